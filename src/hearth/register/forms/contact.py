"""The shape of what somebody says about how they wish to hear, and of what was said to them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from hearth.kernel.refusals import Refused
from hearth.register.rules.kinds import NOT_OPTIONAL, Channel, Format, Frequency, Level, Purpose, Told
from hearth.register.rules.languages import LANGUAGES, language_words, read_clock
from hearth.ui.fields import Choice, Choices, DateField, LongText, Option, TextField
from hearth.ui.forms import Form


def options(kind: Any, *, without: Any = ()) -> list[Option]:
    """The options of a closed list."""
    return [Option(one.value, one.label) for one in kind if one not in without]


class Clock(TextField):
    """A time of day, given on as `datetime.time`; people type it as they say it."""

    def __init__(self, label: str = "Time", **kwargs: Any) -> None:
        super().__init__(label, **{"width": 5, "hint": "For example, 9:30am or 14:15", "spellcheck": False, **kwargs})

    def clean(self, value: Any) -> Any:
        """The time, or None where nothing was typed."""
        text = value if isinstance(value, str) else f"{value:%H:%M}" if isinstance(value, time) else ""
        found = super().clean(text)
        if found in self.empty_values:
            return None
        try:
            return read_clock(found)
        except Refused as refused:
            raise ValidationError(str(refused), code="clock") from None


class Wishes(Form):
    """How somebody wishes to hear."""

    first = Choice("First way", options=options(Channel), as_list=True, required=False, empty_text="Not said")
    second = Choice("Second way", options=options(Channel), as_list=True, required=False, empty_text="None")
    third = Choice("Third way", options=options(Channel), as_list=True, required=False, empty_text="None")
    refused = Choices(
        "Ways that must not be used",
        options=options(Channel),
        required=False,
        small=True,
        hint="A legal or service notice still goes by letter where nothing else is left.",
    )
    opted_out = Choices(
        "Do not contact about",
        options=options(Purpose, without=NOT_OPTIONAL),
        required=False,
        small=True,
        hint="Service and legal notices, and their own cases, cannot be opted out of.",
    )
    frequency = Choice("How often, for news and involvement?", options=options(Frequency))
    topics = Choices("Topics", options=(), required=False, small=True, hint="None chosen means all topics.")
    level = Choice("How closely do they wish to be involved?", options=options(Level))
    language = Choice("Language to write in", options=(), as_list=True)
    interpreter = TextField(
        "Interpreter needed when speaking",
        required=False,
        most=60,
        hint="The language to interpret, for example Polish or British Sign Language",
    )
    format = Choice("Format", options=options(Format))
    online = Choice(
        "Do they use the internet?", inline=True, options=[("yes", "Yes"), ("no", "No"), ("unknown", "Not known")]
    )
    guardian = TextField("Parent or guardian who agreed", most=160, required=False, hint="Needed for somebody under 16")
    told_by = Choice("Who told us?", options=options(Told, without={Told.IMPORT}), as_list=True)

    def __init__(self, *args: Any, topics: Sequence[tuple[str, str]] = (), child: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = str(self.initial.get("language") or "en")
        said = LANGUAGES if kept in LANGUAGES else {**LANGUAGES, kept: language_words(kept)}
        self.offer("language", [Option(code, words) for code, words in said.items()])
        self.offer("topics", list(topics))
        if not topics:
            del self.fields["topics"]
        if not child:
            del self.fields["guardian"]


class Contact(Form):
    """One contact with somebody, made or tried."""

    incoming = Choice(
        "Who began it?", inline=True, coerce=lambda text: text == "in", options=[("out", "We did"), ("in", "They did")]
    )
    channel = Choice("How?", options=options(Channel), hint="Choose Relay UK where the call came or went through it.")
    purpose = Choice("What for?", options=options(Purpose), as_list=True)
    on = DateField("Day", latest=timezone.localdate)
    clock = Clock("Time")
    reached = Choice(
        "Was it a contact, or only a try?",
        coerce=lambda text: text == "yes",
        options=[("yes", "We spoke, or it arrived"), ("no", "A try: nobody was reached")],
    )
    note = LongText("What was said or done?", rows=4, most=2000, hint="Facts only. The person may ask to read this.")


class Write(Form):
    """A message to one person."""

    purpose = Choice("What is it?", options=options(Purpose), as_list=True)
    subject = TextField("Subject", most=180)
    body = LongText("Message", rows=10, most=20_000)
    standard_because = TextField(
        "Standard print only: why?",
        most=300,
        required=False,
        hint="Leave this empty, and the letter is made in the format that they need.",
    )

    def __init__(self, *args: Any, in_format: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not in_format:
            del self.fields["standard_because"]


class Settle(Form):
    """How somebody was told."""

    outcome = LongText("How were they told?", rows=3, most=300, missing="Say how they were told, or why not")
