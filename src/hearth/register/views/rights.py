"""Requests about data, their review and answer; legal holds; what retention did and would do."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from hearth.audit import services as audit
from hearth.documents.queries import body_of
from hearth.kernel.refusals import Refused
from hearth.register import permissions
from hearth.register import queries as register
from hearth.register.forms import rights as forms
from hearth.register.models import DataRequest, Person
from hearth.register.pages import rights as pages
from hearth.register.queries import rights as queries
from hearth.register.rules.rights import Decision
from hearth.register.services import export, retention, rights
from hearth.register.views.own import as_file
from hearth.ui.views import DeedView, ListPage, PageView
from hearth.ui.words import day

Crumbs = list[dict[str, str]]


class Rights(PageView):
    """A page for whoever works on people's rights."""

    permission: ClassVar[str | None] = permissions.RIGHTS

    def breadcrumbs(self) -> Crumbs:
        return [{"text": "Requests about data", "href": pages.address("data_requests")}]

    @property
    def today(self) -> date:
        """The day of asking."""
        return timezone.localdate()

    def one_person(self, whose: str | None) -> Person | None:
        """The one person whom these words mean; None where nothing was typed. Raises Refused for none or several."""
        words = (whose or "").strip()
        if not words:
            return None
        exact = register.people(by=self.request.actor, words=words)
        found = list(exact.filter(key__iexact=words)[:1]) or list(exact[:2])
        if len(found) == 1:
            return found[0]
        many = "More than one person is" if found else "Nobody is"
        raise Refused(f"{many} found by “{words}”. Enter their reference as it stands on their page.", field="whose")


class Requests(Rights, ListPage):
    """Every request, by due date."""

    template_name = "register/rights/requests.jinja"
    title = "Requests about data"
    filter_form_class = forms.Find

    def breadcrumbs(self) -> Crumbs:
        return []

    def items(self) -> Any:
        return queries.requests(by=self.request.actor, open_only=self.chosen.get("open") != "all")

    def context(self) -> dict[str, Any]:
        return {"table": pages.request_table(list(self.found), on=self.today)}


class Add(Rights, DeedView):
    """Log a request, however it came."""

    form_class = forms.Ask
    title = "Log a request about data"
    lead = "A request counts in whatever words and by whatever way it came. It is due a month after you had it."

    def get_initial(self) -> dict[str, Any]:
        return {"received_on": self.today, "whose": self.request.GET.get("whose", "")}

    def do(self, *, whose: str, what: str, purposes: list[str] | None, **said: Any) -> Any:
        return rights.ask(
            person=self.one_person(whose), what=what or "", purposes=purposes or [], on=self.today,
            by=self.request.actor, **said,
        )  # fmt: skip

    def get_success_message(self) -> str:
        return f"{queries.reference(self.done)} is logged."

    def get_success_url(self) -> str:
        return pages.address("data_request", pk=self.done.pk)

    def cancel(self) -> str:
        return pages.address("data_requests")


class OfRequest(Rights):
    """A page about one request."""

    asked: DataRequest

    def load(self, **kwargs: Any) -> None:
        """Find the request."""
        found = queries.request(kwargs["pk"], by=self.request.actor)
        if found is None:
            raise Http404
        self.asked = found
        self.caption = queries.reference(found)

    def of_request(self) -> str:
        """The address of the request's own page."""
        return pages.address("data_request", pk=self.asked.pk)

    def breadcrumbs(self) -> Crumbs:
        return [*super().breadcrumbs(), {"text": queries.reference(self.asked), "href": self.of_request()}]


class RequestDeed(OfRequest, DeedView):
    """Something done with one request; it leads back to it."""

    def get_success_url(self) -> str:
        return self.of_request()

    def cancel(self) -> str:
        return self.of_request()


class Request(OfRequest):
    """One request, what the copy would hold, and what may be done next."""

    template_name = "register/rights/request.jinja"

    def get_title(self) -> str:
        return f"{self.asked.get_asks_display()}: {self.asked.asked_by}"

    def breadcrumbs(self) -> Crumbs:
        return super().breadcrumbs()[:1]

    def context(self) -> dict[str, Any]:
        one = self.asked
        wants_copy = one.asks in ("access", "portability") and one.state == "working" and one.person
        items = queries.items(one.person, by=self.request.actor) if wants_copy and one.person else []
        return {
            "asked": one,
            "rows": pages.request_rows(one),
            "steps": pages.steps(one, items=items, on=self.today),
            "copy": pages.copy_rows(items, one),
            "undecided": len(pages.undecided(items, one)),
            "files": [
                (name, pages.address("data_file", pk=one.pk, format=kind))
                for name, kind, file in (("PDF", "pdf", one.file), ("JSON", "json", one.data))
                if file is not None and file.emptied_on is None
            ],
        }


class AskIdentity(RequestDeed):
    """Ask for proof of identity, where there is doubt."""

    form_class = forms.Confirm
    title = "Ask for proof of identity"
    lead = "Only where there is reasonable doubt. The month begins when the proof is there."
    button = "I have asked for proof"
    success_message = "It is on record that proof was asked for."

    def do(self) -> None:
        rights.ask_identity(request=self.asked, by=self.request.actor)


class Proved(RequestDeed):
    """Write down what showed who they are."""

    form_class = forms.Identity
    title = "Proof of identity"
    success_message = "The request can be worked on."

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"known": self.asked.person_id is not None}

    def get_initial(self) -> dict[str, Any]:
        return {"on": self.today}

    def do(self, *, how: str, on: date, whose: str = "") -> None:
        person = self.one_person(whose)
        rights.identity_proved(request=self.asked, how=how, on=on, person=person, by=self.request.actor)


class Start(RequestDeed):
    """Take a request up."""

    form_class = forms.Confirm
    title = "Start work on this request"
    button = "Start"
    success_message = "You are working on it."

    def do(self) -> None:
        rights.start(request=self.asked, by=self.request.actor)


class Extend(RequestDeed):
    """Put the answer off."""

    form_class = forms.Extend
    title = "Put the answer off"
    lead = "Once, by two months at most, because the request is complex or because there are many."
    success_message = "The answer is put off, and the person is told why."

    def do(self, *, reason: str) -> None:
        rights.extend(request=self.asked, reason=reason, on=self.today, by=self.request.actor)


class Review(RequestDeed):
    """Decide what of the parts in doubt is given, a few at a time."""

    form_class = forms.Review
    title = "Review what is in doubt"
    lead = "Whatever tells of somebody else, or is sealed, stays out of the copy unless you give it here."
    success_message = "Your decisions are on record."

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        if self.asked.person is None:
            raise Http404
        items = queries.items(self.asked.person, by=self.request.actor)
        self.left = pages.undecided(items, self.asked)
        self.parts = self.left[: pages.AT_ONCE]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"parts": self.parts}

    def do(self, **said: Any) -> None:
        decisions = []
        for number, (key, _) in enumerate(self.parts):
            give, why = said[f"give_{number}"] == "yes", said[f"why_{number}"] or ""
            if not give and len(why.split()) < 2:
                raise Refused("Say why this is kept back, in a few words.", field=f"why_{number}")
            decisions.append(Decision(key, give, why))
        rights.review(request=self.asked, decisions=decisions, by=self.request.actor)

    def get_success_url(self) -> str:
        return self.request.path if len(self.left) > len(self.parts) else self.of_request()


class Copy(RequestDeed):
    """Make the copy."""

    form_class = forms.Confirm
    title = "Make the copy"
    lead = "It is made of everything that every part of Hearth keeps about this person, as it stands now."
    button = "Make the copy"
    success_message = "The copy is made. Look at it before you give it."

    def do(self) -> None:
        export.make_copy(request=self.asked, on=self.today, by=self.request.actor)


class File(OfRequest):
    """The copy as PDF or JSON, or made in another format from the same words. That it was taken is written down."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        kind = kwargs["format"]
        file = {"pdf": self.asked.file, "json": self.asked.data}.get(kind)
        name = queries.reference(self.asked)
        if file is not None and file.emptied_on is None:
            found = as_file(body_of(file), name=file.name, media_type=file.media_type)
        elif kind in ("docx", "odt", "large_print_18", "txt") and self.asked.data and not self.asked.data.emptied_on:
            made = export.in_format(request=self.asked, format=kind)
            found = as_file(made.body, name=f"{name}{made.name_suffix}", media_type=made.media_type)
        else:
            raise Http404
        audit.record(by=self.request.actor, deed="register.copy_taken", subject=self.asked, format=kind)
        return found


class Answer(RequestDeed):
    """Decide, do it, and tell the person."""

    form_class = forms.Answer
    title = "Decide and answer"
    lead = (
        "What you grant is done at once: uses stop, an erasure takes the name out everywhere. They are told by the way "
        "that is theirs."
    )
    button = "Send the answer"
    success_message = "The answer is on its way."

    def do(self, *, state: str, answer: str, ground: str | None, ground_refused: str | None) -> None:
        rights.answer(
            request=self.asked, state=state, answer=answer, ground=ground or ground_refused or "", at=timezone.now(),
            by=self.request.actor,
        )  # fmt: skip


class Withdraw(RequestDeed):
    """They no longer ask."""

    form_class = forms.Confirm
    title = "They no longer ask"
    button = "They no longer ask"
    success_message = "It is on record that they no longer ask."

    def do(self) -> None:
        rights.withdraw(request=self.asked, on=self.today, by=self.request.actor)


# ── holds and retention ───────────────────────────────────────────────────────────────────────────────────


class Holds(Rights):
    """Every legal hold."""

    template_name = "register/rights/holds.jinja"
    title = "Legal holds"

    def context(self) -> dict[str, Any]:
        return {"table": pages.hold_table(list(queries.holds(by=self.request.actor)))}


class AddHold(Rights, DeedView):
    """Keep something past its time."""

    form_class = forms.Hold
    title = "Place a legal hold"
    success_message = "The hold is in force."

    def breadcrumbs(self) -> Crumbs:
        return [*super().breadcrumbs(), {"text": "Legal holds", "href": pages.address("holds")}]

    def get_form_kwargs(self) -> dict[str, Any]:
        kinds = {kind.kind: kind.words for kind in queries.kinds_kept()}
        return {"kinds": list(kinds.items())}

    def get_initial(self) -> dict[str, Any]:
        return {"on": self.today, "whose": self.request.GET.get("whose", "")}

    def do(self, *, whose: str, kind: str, reason: str, on: date) -> Any:
        person = self.one_person(whose)
        return rights.hold(person=person, kind=kind or "", reason=reason, on=on, by=self.request.actor)

    def get_success_url(self) -> str:
        return pages.address("holds")

    def cancel(self) -> str:
        return pages.address("holds")


class LiftHold(Rights, DeedView):
    """Lift a hold."""

    form_class = forms.Confirm
    title = "Lift this hold"
    button = "Lift the hold"
    warning = True
    success_message = "The hold is lifted. What is past its time goes with the next run."

    def load(self, **kwargs: Any) -> None:
        self.hold = get_object_or_404(queries.holds(by=self.request.actor).filter(ended_on=None), pk=kwargs["pk"])
        self.lead = self.hold.reason

    def breadcrumbs(self) -> Crumbs:
        return [*super().breadcrumbs(), {"text": "Legal holds", "href": pages.address("holds")}]

    def do(self) -> None:
        rights.lift(hold=self.hold, on=self.today, by=self.request.actor)

    def get_success_url(self) -> str:
        return reverse("register:holds")

    def cancel(self) -> str:
        return reverse("register:holds")


class Retention(Rights):
    """What would go on a day, and what went."""

    template_name = "register/rights/retention.jinja"
    title = "How long records are kept"

    def context(self) -> dict[str, Any]:
        by = self.request.actor
        form = forms.OnDay(self.request.GET or None, initial={"on": self.today})
        on = (form.cleaned_data.get("on") if form.is_bound and form.is_valid() else None) or self.today
        lines = retention.preview(on=on, by=by)
        return {
            "filter_form": form,
            "preview": pages.line_table(lines, caption=f"What would go on {day(on)}"),
            "runs": [(run, pages.run_table(run)) for run in queries.runs(by=by)[:6]],
        }
