"""What officers say about surveys that follow events."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from hearth.surveys.rules.events import Whom
from hearth.surveys.rules.kinds import AFTER_AN_EVENT, Sort
from hearth.ui.fields import Choice, Choices, DateField, FileField, Number, TextField
from hearth.ui.forms import Form

SORTS = [(sort.value, sort.label) for sort in Sort if sort in AFTER_AN_EVENT]


class Trigger(Form):
    """Which survey follows a kind of event."""

    sort = Choice("After what?", options=SORTS)
    survey = Choice("Which survey follows it?", options=(), as_list=True, coerce=int, empty_text="Choose a survey")
    after_days = Number("How many days afterwards at the earliest?", least=0, greatest=60)
    whom = Choice("Who is asked?", options=Whom)
    low_question = TextField(
        "Which question tells that somebody was badly served?",
        required=False,
        most=60,
        hint="Its code, for example overall. The two worst answers then raise a call back. Leave it empty for none",
    )

    def __init__(self, *args: Any, surveys: Iterable[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("survey", [(str(number), title) for number, title in surveys])


class Event(Form):
    """One event, noted by hand."""

    sort = Choice("What happened?", options=SORTS)
    key = TextField(
        "Its reference", hint="Such as the job or case number. The same reference is followed once", most=80
    )
    happened_on = DateField("When?", latest=timezone.localdate)
    person = TextField("Person", required=False, most=60, hint="The reference in the housing management system")
    home = TextField("Home", required=False, most=60, hint="The reference in the housing management system")
    building = TextField("Building", required=False, most=60)
    estate = TextField("Estate", required=False, most=160, hint="Its name or reference")
    service = TextField("Which team or contractor?", required=False, most=120)


class Upload(Form):
    """A file of events."""

    sort = Choice("What happened?", options=SORTS, required=False, hint="Where the file has no column that says so")
    file = FileField("File of events", hint="CSV or Excel (.xlsx), one row for each event")


class Source(Form):
    """A system that tells of events by itself."""

    name = TextField("Name of the system", most=80)
    sorts = Choices("What may it tell of?", options=SORTS)
