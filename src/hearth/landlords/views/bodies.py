"""The register of formal bodies, found by any of their names (GOV-11)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from django.urls import reverse

from hearth.landlords import forms, pages, permissions, queries, services
from hearth.landlords.rules import Alias
from hearth.ui.views import DeedView, ListPage, PageView

Crumbs = list[dict[str, str]]


class Bodies(ListPage):
    """Every body, found by its name, an earlier name or an abbreviation."""

    permission: ClassVar[str | None] = permissions.SEE_SETTINGS
    template_name = "landlords/bodies.jinja"
    title = "Formal bodies"
    filter_form_class = forms.FindBody

    def breadcrumbs(self) -> Crumbs:
        return [{"text": "Settings", "href": reverse("landlords:settings")}]

    def items(self) -> Any:
        words = self.chosen.get("words")
        return queries.find_bodies(words) if words else queries.bodies()

    def context(self) -> dict[str, Any]:
        bodies = [(body, [pages.alias_words(alias) for alias in body.aliases]) for body in self.found]
        return {"bodies": bodies, "may_change": self.request.actor.may(permissions.CONFIGURE)}


class Body(PageView):
    """One body with its names, its rhythm and its terms."""

    permission: ClassVar[str | None] = permissions.SEE_SETTINGS
    template_name = "landlords/body.jinja"

    def load(self, **kwargs: Any) -> None:
        self.body = get_object_or_404(queries.bodies().select_related("parent"), pk=kwargs["pk"])

    def get_title(self) -> str:
        return self.body.name

    def breadcrumbs(self) -> Crumbs:
        settings = {"text": "Settings", "href": reverse("landlords:settings")}
        return [settings, {"text": "Formal bodies", "href": reverse("landlords:bodies")}]

    def context(self) -> dict[str, Any]:
        return {
            "body": self.body,
            "aliases": [pages.alias_words(alias) for alias in self.body.aliases],
            "children": list(self.body.children.all()),
            "may_change": self.request.actor.may(permissions.CONFIGURE),
        }


def _said(parent: str | None, **answers: Any) -> dict[str, Any]:
    return {**answers, "parent": queries.bodies().get(pk=int(parent)) if parent else None}


class AddBody(DeedView):
    """Add a body to the register."""

    permission: ClassVar[str | None] = permissions.CONFIGURE
    form_class = forms.Body
    title = "Add a body"
    success_message = "The body has been added."

    def breadcrumbs(self) -> Crumbs:
        settings = {"text": "Settings", "href": reverse("landlords:settings")}
        return [settings, {"text": "Formal bodies", "href": self.cancel()}]

    def do(self, **answers: Any) -> Any:
        return services.add_body(**_said(**answers), by=self.request.actor)

    def get_success_url(self) -> str:
        return reverse("landlords:body", kwargs={"pk": self.done.pk})

    def cancel(self) -> str:
        return reverse("landlords:bodies")


class ChangeBody(Body, DeedView):
    """Change a body's names, kind, rhythm, terms or the body that it reports to."""

    permission: ClassVar[str | None] = permissions.CONFIGURE
    template_name = "ui/form.jinja"
    form_class = forms.Body
    success_message = "The body has been changed."

    def get_title(self) -> str:
        return "Change this body"

    def breadcrumbs(self) -> Crumbs:
        return [*super().breadcrumbs(), {"text": self.body.name, "href": self.cancel()}]

    def get_initial(self) -> dict[str, Any]:
        names = ("name", "kind", "decides", "frequency", "terms")
        known = [Alias.read(alias) for alias in self.body.aliases]
        return {
            **{name: getattr(self.body, name) for name in names},
            "parent": self.body.parent_id,
            "aliases": [{"name": a.name, "first_on": a.first_on, "last_on": a.last_on} for a in known],
        }

    def do(self, **answers: Any) -> Any:
        return services.change_body(body=self.body, by=self.request.actor, **_said(**answers))

    def get_success_url(self) -> str:
        return self.cancel()

    def cancel(self) -> str:
        return reverse("landlords:body", kwargs={"pk": self.body.pk})
