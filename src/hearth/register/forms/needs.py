"""The shape of a need, an adjustment and the booking of an interpreter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from hearth.register.forms.contact import Clock, options
from hearth.register.models import InterpreterBooking
from hearth.register.rules.kinds import NeedKind, Told
from hearth.ui.fields import Choice, DateField, LongText, TextField, YesNo
from hearth.ui.forms import FilterForm, Form

TOLD = options(Told, without={Told.IMPORT})


class Need(Form):
    """What somebody needs."""

    kind = Choice("What kind of need is it?", options=options(NeedKind))
    what = TextField(
        "What do they need?",
        most=300,
        hint="For example: cannot use stairs; reads with a screen reader. "
        "Disability itself and health are kept in the equality record, not here.",
    )
    told_by = Choice("Who told us?", options=TOLD, as_list=True)
    started_on = DateField("Since when, or when were we told?", latest=timezone.localdate)


class Adjustment(Form):
    """What we do differently for somebody."""

    what = TextField("What will we do differently?", most=300, hint="For example: ring before a visit and wait longer")
    need = Choice(
        "Which need is it for?", options=(), as_list=True, required=False, coerce=int, empty_text="None of those listed"
    )
    told_by = Choice("Who asked for it?", options=TOLD, as_list=True)
    agreed_on = DateField("Agreed on", latest=timezone.localdate)
    review_on = DateField("Look at it again on")

    def __init__(self, *args: Any, needs: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("need", list(needs))
        if not needs:
            del self.fields["need"]


class Review(Form):
    """Whether an adjustment still helps."""

    goes_on = YesNo(
        "Does it still help?", yes="Yes, it goes on", no="No, it ends today", reveals={"yes": ("review_on",)}
    )
    review_on = DateField("Look at it again on", required=False)


class Use(Form):
    """That an adjustment was made, or was not."""

    made = YesNo("Was the adjustment made?", reveals={"no": ("reason",)})
    reason = LongText("Why not?", rows=3, most=300, required=False)
    where = TextField("In what?", most=200, hint="For example: letter about the survey, visit, meeting")
    used_on = DateField("On which day?", latest=timezone.localdate)


class Interpreter(Form):
    """An interpreter for one contact."""

    language = TextField("Language", most=60, hint="For example, Polish or British Sign Language")
    mode = Choice("How?", options=InterpreterBooking.Mode)
    on = DateField("Day")
    clock = Clock("Time")
    what_for = TextField("What for?", most=200)
    supplier = TextField("Supplier, if known", most=160, required=False)


class MoveInterpreter(Form):
    """Where a booking stands."""

    state = Choice("What happened?", options=())
    supplier = TextField("Supplier", most=160, required=False)
    outcome = TextField("How did it go, or why not?", most=300, required=False, hint="Not needed to confirm it")

    def __init__(self, *args: Any, states: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("state", list(states))


class FindNeeds(FilterForm):
    """Which needs the report lists."""

    met = Choice(
        "Adjustments in the last 12 months",
        options=[("none", "None made"), ("some", "Some made")],
        as_list=True,
        empty_text="All needs",
    )
    kind = Choice("Kind of need", options=options(NeedKind), as_list=True, empty_text="All kinds")


class Confirm(Form):
    """A button and nothing else."""
