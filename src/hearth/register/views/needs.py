"""What somebody needs, what is done differently for them, interpreters; and the report on all of it (PROF-29)."""

from __future__ import annotations

from datetime import date, time
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from hearth.kernel.days import add_months
from hearth.landlords import queries as landlords
from hearth.register import permissions, queries, services
from hearth.register.forms import needs as forms
from hearth.register.models import InterpreterBooking
from hearth.register.pages import contact as pages
from hearth.register.rules.adjustments import BOOKING_MOVES
from hearth.register.views.contact import Deed, OfPerson, moment_of
from hearth.ui.exports import as_csv
from hearth.ui.tables import Cell, Table
from hearth.ui.views import ListPage, PageView


class Needs(OfPerson):
    """What somebody needs and what is done about it."""

    template_name = "register/needs.jinja"

    def get_title(self) -> str:
        return f"Needs of {self.person.name}"

    def context(self) -> dict[str, Any]:
        return {"section": pages.needs_section(self.person, on=self.today, by=self.request.actor)}


class _Deed(Deed):
    above, above_words = "needs", "Needs"


class AddNeed(_Deed):
    """Write down a need (PROF-08)."""

    form_class = forms.Need
    title = "Add a need"
    success_message = "The need is on record."

    def get_initial(self) -> dict[str, Any]:
        return {"started_on": self.today, "told_by": "self"}

    def do(self, **said: Any) -> None:
        services.record_need(person=self.person, on=self.today, by=self.request.actor, **said)


class EndNeed(_Deed):
    """Say that a need is no more."""

    form_class = forms.Confirm
    button = "It ended"
    success_message = "The need has ended. What was done about it stays on record."

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        found = queries.needs(self.person, by=self.request.actor).filter(ended_on=None)
        self.need = get_object_or_404(found, pk=kwargs["need"])

    def get_title(self) -> str:
        return f"Has this need ended? {self.need.what}"

    def do(self) -> None:
        services.end_need(need=self.need, on=self.today, by=self.request.actor)


class AddAdjustment(_Deed):
    """Agree an adjustment (PROF-19)."""

    form_class = forms.Adjustment
    title = "Agree an adjustment"
    success_message = "The adjustment is agreed."

    def get_form_kwargs(self) -> dict[str, Any]:
        self.open_needs = list(queries.needs(self.person, by=self.request.actor).filter(ended_on=None))
        return {"needs": [(str(one.pk), one.what) for one in self.open_needs]}

    def get_initial(self) -> dict[str, Any]:
        months = int(landlords.setting("register.adjustment_months", on=self.today))
        return {"agreed_on": self.today, "review_on": add_months(self.today, months), "told_by": "self"}

    def do(self, *, need: int | None = None, **said: Any) -> None:
        chosen = next((one for one in self.open_needs if one.pk == need), None)
        services.agree_adjustment(person=self.person, need=chosen, on=self.today, by=self.request.actor, **said)


class OfAdjustment(OfPerson):
    """A page about one adjustment."""

    above, above_words = "needs", "Needs"

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        found = queries.every_adjustment(self.person, by=self.request.actor)
        self.adjustment = get_object_or_404(found, pk=kwargs["adjustment"])

    def own(self) -> str:
        """The adjustment's own page."""
        return pages.address("adjustment", self.person, adjustment=self.adjustment.pk)


class Adjustment(OfAdjustment):
    """One adjustment: when it was made, and when it was not and why."""

    template_name = "register/adjustment.jinja"

    def get_title(self) -> str:
        return self.adjustment.what

    def context(self) -> dict[str, Any]:
        return {
            "adjustment": self.adjustment,
            "facts": pages.adjustment_rows(self.adjustment, on=self.today),
            "uses": pages.uses_table(list(queries.uses_of(self.adjustment, by=self.request.actor))),
            "may_work": self.request.actor.may(permissions.WORK) and self.adjustment.ended_on is None,
        }


class _AdjustmentDeed(OfAdjustment, Deed):
    permission: ClassVar[str | None] = permissions.WORK

    def breadcrumbs(self) -> list[dict[str, str]]:
        return [*super().breadcrumbs(), {"text": self.adjustment.what, "href": self.own()}]

    def get_success_url(self) -> str:
        return self.own()

    def cancel(self) -> str:
        return self.own()


class UseAdjustment(_AdjustmentDeed):
    """Write down that it was made, or was not and why (PROF-19)."""

    form_class = forms.Use
    title = "Was the adjustment made?"
    success_message = "It is on record."

    def get_initial(self) -> dict[str, Any]:
        return {"used_on": self.today}

    def do(self, *, reason: str | None, **said: Any) -> None:
        services.record_use(
            adjustment=self.adjustment, reason=reason or "", on=self.today, by=self.request.actor, **said
        )


class ReviewAdjustment(_AdjustmentDeed):
    """Look at it again."""

    form_class = forms.Review
    title = "Does the adjustment still help?"
    success_message = "The review is on record."

    def get_initial(self) -> dict[str, Any]:
        months = int(landlords.setting("register.adjustment_months", on=self.today))
        return {"review_on": add_months(self.today, months)}

    def do(self, *, goes_on: bool, review_on: date | None) -> None:
        services.review_adjustment(
            adjustment=self.adjustment, goes_on=goes_on, review_on=review_on, on=self.today, by=self.request.actor
        )


class BookInterpreter(_Deed):
    """Book an interpreter for one contact (COM-07)."""

    form_class = forms.Interpreter
    title = "Book an interpreter"
    success_message = "The interpreter is asked for. Confirm it here once the supplier has."

    def get_initial(self) -> dict[str, Any]:
        said = queries.wishes(self.person)
        return {"language": said.interpreter if said else ""}

    def do(self, *, on: date, clock: time, **said: Any) -> None:
        services.book_interpreter(
            person=self.person, at=moment_of(on, clock), now=timezone.now(), by=self.request.actor, **said
        )


class MoveInterpreter(_Deed):
    """Say where a booking stands (COM-07)."""

    form_class = forms.MoveInterpreter
    title = "Change the booking of an interpreter"
    success_message = "The booking is changed."

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        self.booking = get_object_or_404(queries.interpreters(self.person, by=self.request.actor), pk=kwargs["booking"])

    def get_form_kwargs(self) -> dict[str, Any]:
        words = dict(InterpreterBooking.State.choices)
        moves = BOOKING_MOVES.get(self.booking.state, frozenset())
        return {"states": [(state, words[state]) for state in words if state in moves]}

    def get_initial(self) -> dict[str, Any]:
        return {"supplier": self.booking.supplier}

    def do(self, *, state: str, supplier: str | None, outcome: str | None) -> None:
        services.move_interpreter(
            booking=self.booking, state=state, supplier=supplier or "", outcome=outcome or "", by=self.request.actor
        )


class NeedsReport(ListPage):
    """Each need with the adjustments made for it; those for which nothing was made come first (PROF-29)."""

    permission: ClassVar[str | None] = permissions.SEE
    template_name = "register/needs_report.jinja"
    title = "Needs and what we did about them"
    filter_form_class = forms.FindNeeds
    wide = True

    def items(self) -> Any:
        self.all_needs = queries.needs_report(on=timezone.localdate(), by=self.request.actor)
        met, kind = self.chosen.get("met"), self.chosen.get("kind")
        return [
            one
            for one in self.all_needs
            if (not kind or one.need.kind == kind) and (not met or one.unmet == (met == "none"))
        ]

    def context(self) -> dict[str, Any]:
        on, by = timezone.localdate(), self.request.actor
        due = list(queries.adjustments_due(on=on)) if by.may(permissions.WORK) else []
        return {
            "table": pages.report_table(list(self.found)),
            "unmet": sum(one.unmet for one in self.all_needs),
            "total": len(self.all_needs),
            "due": _due_table(due),
            "on": on,
        }


def _due_table(due: list[Any]) -> Table:
    rows = [
        (
            Cell(one.what, href=pages.address("adjustment", one.person, adjustment=one.pk)),
            one.person.name,
            one.review_on,
        )
        for one in due
    ]
    return Table("Adjustments to look at again", ("Adjustment", "Person", "Review"), tuple(rows), stack=True)


class NeedsFile(PageView):
    """The same as a CSV file."""

    permission: ClassVar[str | None] = permissions.SEE

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        found = queries.needs_report(on=timezone.localdate(), by=self.request.actor)
        return as_csv("needs.csv", pages.REPORT_HEADERS, pages.report_rows(found))
