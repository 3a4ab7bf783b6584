"""What interviewers type: a code, and what came of a call."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from hearth.kernel.refusals import Refused
from hearth.surveys.rules.kinds import Outcome
from hearth.ui.fields import Choice, DateField, LongText, TextField, YesNo
from hearth.ui.forms import Form

TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?", re.IGNORECASE)
CALLED = [one for one in Outcome if one is not Outcome.ANSWERED]
NAMES_TIME = (Outcome.LATER, Outcome.PART, Outcome.INTERPRETER, Outcome.UNABLE)


class TakeCall(Form):
    """Somebody who was asked calls us."""

    code = TextField("Code of their letter or message", width=20, most=40, spellcheck=False)


class CameOfIt(Form):
    """What came of a call."""

    outcome = Choice("What came of the call?", options=CALLED)
    call_again_on = DateField(
        "Call again on", required=False, hint="If they asked to be called later", earliest=timezone.localdate
    )
    call_again_time = TextField("At what time?", required=False, width=5, hint="Like 14:30 or 2.30pm")
    relay = YesNo("Did you call through Relay UK?", required=False)
    note = LongText(
        "Note for whoever calls next", required=False, rows=2, most=300, hint="Nothing about health or others"
    )


def moment(on: date | None, at: str) -> datetime | None:
    """The moment that was named for the next call. Raises Refused where day or time is missing or no time."""
    if on is None and not at:
        return None
    if on is None:
        raise Refused("Say on which day to call again.", field="call_again_on")
    found = TIME.fullmatch(at.strip())
    if not found:
        raise Refused("Say at what time to call again, like 14:30.", field="call_again_time")
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 23 or minute > 59:
        raise Refused("Say at what time to call again, like 14:30.", field="call_again_time")
    return timezone.make_aware(datetime.combine(on, time(hour, minute)))


__all__: list[Any] = ["CameOfIt", "TakeCall", "moment"]
