"""Homelessness duties owed because of domestic abuse, each with a base of its own (PROF-24)."""

from __future__ import annotations

from typing import Any, ClassVar

from hearth.equality import forms, pages, permissions, queries, rules, services
from hearth.equality.views.base import Crumbs, Seen, address, crumb
from hearth.ui.views import DeedView


class Duties(Seen, DeedView):
    """The figures by year; whoever wants to add up shares of different bases is told why not."""

    form_class = forms.AddUp
    template_name = "equality/duties.jinja"
    title = "Homelessness duties"
    tab = "duties"
    button = "Add up"

    def load(self, **kwargs: Any) -> None:
        self.figures = list(queries.duties(by=self.request.actor))

    def breadcrumbs(self) -> Crumbs:
        return [crumb("Evidence", "evidence")]

    def context(self) -> dict[str, Any]:
        return {"table": pages.duties_table(self.figures), "some": len(self.figures) > 1}

    def get_form(self) -> Any:
        form = super().get_form()
        form.offer("chosen", [(str(one.pk), f"{one}: {one.share}%") for one in self.figures])
        return form

    def do(self, *, chosen: list[int]) -> Any:
        return rules.added_up([(one.year, one.duty, one.share) for one in self.figures if one.pk in chosen])

    def get_success_message(self) -> str:
        return f"The sum is {self.done}%."


class AddDuty(Seen, DeedView):
    """Add a figure."""

    permission: ClassVar[str | None] = permissions.KEEP
    form_class = forms.DutyFigure
    title = "Add a homelessness figure"
    success_message = "The figure has been added."

    def breadcrumbs(self) -> Crumbs:
        return [crumb("Homelessness duties", "duties")]

    def do(self, **answers: Any) -> Any:
        return services.add_duty_figure(**answers, by=self.request.actor)

    def get_success_url(self) -> str:
        return address("duties")

    def cancel(self) -> str:
        return address("duties")
