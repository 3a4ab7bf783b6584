"""The shape of the "contact safely" marker. It asks for no reason, and there is no field that could hold one."""

from __future__ import annotations

from typing import ClassVar

from hearth.register.forms.contact import Clock, options
from hearth.register.rules.kinds import Channel
from hearth.register.rules.safe import DAYS
from hearth.ui.fields import Choice, Choices, DateField, LongText, TextField
from hearth.ui.forms import Form, Rows


class SafeWay(Form):
    """One safe way."""

    channel = Choice("How?", options=options(Channel), as_list=True)
    to = TextField("Number or address that is safe", most=300)


class SafeTime(Form):
    """Days and hours that are safe."""

    days = Choices("Days", options=list(DAYS.items()), small=True)
    start = Clock("From")
    end = Clock("Until")


class Marker(Form):
    """Safe ways, safe times and when to look again."""

    review_on = DateField("Look at it again on", hint="Within a year")
    rows: ClassVar[dict[str, Rows]] = {
        "channels": Rows(
            SafeWay,
            "safe way",
            most=6,
            legend="Safe ways",
            hint="In order. None at all means: nobody "
            "writes, calls or visits, and what must reach them is passed to you.",
        ),
        "times": Rows(
            SafeTime,
            "safe time",
            most=6,
            legend="Safe times",
            hint="None at all means at any time. A letter is bound to no hour, because nobody knows when it arrives.",
        ),
    }


class Settle(Form):
    """What was done about a message that could not be sent."""

    outcome = LongText("What was done?", rows=3, most=300, missing="Say what was done")
