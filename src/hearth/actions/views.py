"""The register of actions, one action with its history, and what may be done with it."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from hearth.actions import forms, pages, permissions, queries, services
from hearth.actions.rules import missing
from hearth.documents import queries as documents
from hearth.landlords.queries import posts
from hearth.ui.exports import as_csv, download
from hearth.ui.views import DeedView, ListPage, PageView

Crumbs = list[dict[str, str]]


def _post(number: str | None) -> Any:
    return posts().get(pk=int(number)) if number else None


class Actions(ListPage):
    """Every action of every source, soonest due first."""

    permission: ClassVar[str | None] = permissions.READ
    template_name = "actions/actions.jinja"
    wide = True
    title = "Actions"
    filter_form_class = forms.Narrow

    def items(self) -> Any:
        self.on: date = timezone.localdate()
        chosen = {name: value for name, value in self.chosen.items() if value}
        return queries.narrowed(queries.register(by=self.request.actor), on=self.on, **chosen)

    def context(self) -> dict[str, Any]:
        return {
            "table": pages.register_table(self.found, on=self.on),
            "tiles": pages.tiles(self.request.actor, on=self.on),
            "may_add": self.request.actor.may(permissions.ADD),
        }


class Export(Actions):
    """The same list as a CSV file."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_filter()
        self.chosen = form.cleaned_data if form and form.is_bound and form.is_valid() else {}
        rows = (pages.export_row(action, on=timezone.localdate()) for action in self.items())
        return as_csv(f"actions-{timezone.localdate().isoformat()}.csv", pages.HEADERS, rows)


class _OfAction(PageView):
    """A page about one action."""

    permission: ClassVar[str | None] = permissions.READ

    def load(self, **kwargs: Any) -> None:
        self.action = get_object_or_404(queries.register(by=self.request.actor), pk=kwargs["pk"])

    def of_action(self) -> str:
        """The address of the action's own page."""
        return reverse("actions:action", args=[self.action.pk])

    def breadcrumbs(self) -> Crumbs:
        register = {"text": "Actions", "href": reverse("actions:actions")}
        return [register, {"text": "The action", "href": self.of_action()}]


class Action(_OfAction):
    """One action: what was promised, how it stands, and its history."""

    template_name = "actions/action.jinja"

    def get_title(self) -> str:
        words = self.action.text
        return words if len(words) <= 120 else f"{words[:117]}…"

    def breadcrumbs(self) -> Crumbs:
        return super().breadcrumbs()[:1]

    def context(self) -> dict[str, Any]:
        on, action, by = timezone.localdate(), self.action, self.request.actor
        may_work = permissions.may_work(by, action.officer_id)
        lacking = missing(officer=action.officer_title, outcome=action.outcome, monitoring=action.monitoring)
        follow_up = action.outcome_reached in ("no", "partly") and by.may(permissions.ADD)
        return {
            "action": action,
            "long": len(action.text) > 120,
            "tags": pages.state_tags(action, on=on, quiet_days=pages.quiet_days(on)),
            "facts": pages.facts(action),
            "lacking": lacking,
            "history": pages.history(action, action.notes.select_related("file")),
            "deeds": pages.deeds(action, on=on) if may_work else [],
            "follow_up": f"{reverse('actions:add')}?after={action.pk}" if follow_up else "",
        }


class File(_OfAction):
    """A document that was attached as evidence."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        note = get_object_or_404(self.action.notes.select_related("file"), pk=kwargs["note"])
        if note.file is None:
            raise Http404
        return download(note.file.name, documents.body_of(note.file), note.file.media_type)


class _ActionDeed(_OfAction, DeedView):
    """Something done with one action, by those who may; it leads back to the action's page."""

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        permissions.check_work(self.request.actor, self.action.officer_id)

    def said(self, **answers: Any) -> dict[str, Any]:
        """The answers with what every deed takes."""
        return {"on": timezone.localdate(), **answers, "action": self.action, "by": self.request.actor}

    def get_success_url(self) -> str:
        return self.of_action()

    def cancel(self) -> str:
        return self.of_action()


class Start(_ActionDeed):
    """Begin, or take up again."""

    form_class = forms.Start
    title = "Start work on this action"
    button = "Start"
    success_message = "The action has started."

    def do(self, **answers: Any) -> Any:
        return services.start(**self.said(**answers))


class Check(_ActionDeed):
    """Record what a check found."""

    form_class = forms.Check
    title = "Record a check"
    success_message = "The check has been recorded."

    def get_initial(self) -> dict[str, Any]:
        return {"on": timezone.localdate()}

    def do(self, **answers: Any) -> Any:
        return services.check_progress(**self.said(**answers))


class Complete(_ActionDeed):
    """Record that it is done."""

    form_class = forms.Complete
    title = "Complete this action"
    button = "Complete"

    def do(self, **answers: Any) -> Any:
        return services.complete(**self.said(**answers))

    def get_success_message(self) -> str:
        self.action.refresh_from_db()
        if self.action.outcome_reached == "yes":
            return "The action is complete."
        return "The action is complete, but its outcome was not wholly reached. Think about a follow-up action."


class Defer(_ActionDeed):
    """Put it off."""

    form_class = forms.Defer
    title = "Put this action off"
    button = "Put off"
    success_message = "The action has been put off."

    def do(self, **answers: Any) -> Any:
        return services.defer(**self.said(**answers))


class ChangeDate(_ActionDeed):
    """Change its date."""

    form_class = forms.ChangeDate
    title = "Change the date of this action"
    success_message = "The date has been changed."

    def do(self, **answers: Any) -> Any:
        return services.change_date(**self.said(**answers))


class End(_ActionDeed):
    """Drop it, or say that another replaces it."""

    form_class = forms.End
    title = "Drop or replace this action"
    button = "End this action"
    warning = True
    success_message = "The action has ended."

    def do(self, *, how: str, **answers: Any) -> Any:
        deed = services.drop if how == "drop" else services.supersede
        return deed(**self.said(**answers))


class NameOfficer(_ActionDeed):
    """Say who answers for it."""

    permission: ClassVar[str | None] = permissions.WORK
    form_class = forms.NameOfficer
    title = "Say who answers for this action"
    success_message = "The responsible officer has been named."

    def get_initial(self) -> dict[str, Any]:
        return {"officer": self.action.officer_id or "", "manager": self.action.manager_id or ""}

    def do(self, *, officer: str, manager: str | None) -> Any:
        return services.name_officer(**self.said(officer_title=_post(officer).title, manager=_post(manager)))


class Add(DeedView):
    """Add an action by hand, or to follow up another."""

    permission: ClassVar[str | None] = permissions.ADD
    form_class = forms.Add
    title = "Add an action"
    button = "Add"
    success_message = "The action has been added."

    def load(self, **kwargs: Any) -> None:
        after = self.request.GET.get("after", "")
        self.after = queries.action(int(after), by=self.request.actor) if after.isdecimal() else None

    def breadcrumbs(self) -> Crumbs:
        return [{"text": "Actions", "href": self.cancel()}]

    def cancel(self) -> str:
        return reverse("actions:actions")

    def get_initial(self) -> dict[str, Any]:
        if self.after is None:
            return {"kind": "other", "ongoing": False}
        names = ("source_title", "kind", "need", "affected", "outcome", "monitoring")
        kept = {name: getattr(self.after, name) for name in names}
        return {
            **kept,
            "officer": self.after.officer_id or "",
            "manager": self.after.manager_id or "",
            "ongoing": False,
        }

    def do(self, *, officer: str, manager: str | None, **answers: Any) -> Any:
        return services.add(
            **answers, officer_title=_post(officer).title, manager=_post(manager), after=self.after,
            by=self.request.actor,
        )  # fmt: skip

    def get_success_url(self) -> str:
        return reverse("actions:action", args=[self.done.pk])
