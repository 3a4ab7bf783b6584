"""The shape of requests about data, their review and answer, and of legal holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from hearth.register.forms.contact import options
from hearth.register.rules.kinds import NOT_OPTIONAL, Asks, Purpose, RequestState
from hearth.register.rules.rights import ANSWERED, Ground, How
from hearth.ui.fields import Choice, Choices, DateField, LongText, Option, TextField
from hearth.ui.forms import FilterForm, Form

WHOSE = "Their reference, email address or full name as the register has it"


class Find(FilterForm):
    """Which requests."""

    open = Choice("Show", options=[("all", "All requests")], as_list=True, empty_text="Open requests")


class Ask(Form):
    """A request, however it came."""

    asks = Choice("What do they ask for?", options=options(Asks), reveals={"objection": ("purposes",)})
    purposes = Choices(
        "Which uses do they object to?", options=options(Purpose, without=NOT_OPTIONAL), required=False, small=True
    )
    asked_by = TextField("Who asks?", most=160, hint="Their name, also where somebody asks for another person")
    whose = TextField("Whose data is it?", most=160, required=False, hint=f"{WHOSE}. Leave it empty if not yet known.")
    how = Choice("How did it come?", options=options(How, without={How.ONLINE}))
    received_on = DateField("Received on", latest=timezone.localdate)
    what = LongText("What did they say?", rows=4, most=4000, required=False, hint="Needed for a correction")


class Identity(Form):
    """What showed who they are."""

    how = TextField("What showed who they are?", most=300, hint="For example: called back on the number in our record")
    on = DateField("On", latest=timezone.localdate)
    whose = TextField("Whose data is it?", most=160, required=False, hint=WHOSE)

    def __init__(self, *args: Any, known: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if known:
            del self.fields["whose"]


class Extend(Form):
    """Why more time is needed."""

    reason = LongText("Why is more time needed?", rows=3, most=300, hint="The person is told this, word for word.")


class Answer(Form):
    """The decision, and what the person is told."""

    state = Choice(
        "Decision",
        options=[Option(one.value, one.label) for one in ANSWERED],
        reveals={RequestState.PARTLY.value: ("ground",), RequestState.REFUSED.value: ("ground_refused",)},
    )
    ground = Choice("Why is something kept?", options=options(Ground), as_list=True, required=False)
    ground_refused = Choice("Why is it refused?", options=options(Ground), as_list=True, required=False)
    answer = LongText("What is the person told?", rows=8, most=5000)


class Review(Form):
    """Which of the parts in doubt the copy holds. Two questions for each part."""

    def __init__(self, *args: Any, parts: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, (_, words) in enumerate(parts):
            self.fields[f"give_{number}"] = Choice(
                words, options=[("yes", "Give it"), ("no", "Keep it back")], inline=True, size="s"
            )
            self.fields[f"why_{number}"] = TextField(
                "Why?", most=200, required=False, hint="Needed where it is kept back, such as “Names her sister”"
            )


class Hold(Form):
    """What must be kept past its time."""

    whose = TextField("Whose records?", most=160, required=False, hint=f"{WHOSE}. Leave it empty for everybody's.")
    kind = Choice(
        "Which kind of record?", options=(), as_list=True, required=False, empty_text="All records of the person"
    )
    reason = TextField("Why must it be kept?", most=300, hint="For example: claim about disrepair, letter of 3 March")
    on = DateField("From")

    def __init__(self, *args: Any, kinds: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("kind", list(kinds))


class OnDay(FilterForm):
    """For which day to look ahead."""

    on = DateField("What would go on")


class Confirm(Form):
    """Nothing to fill in."""
