"""Questions about files of the housing management system, and about people who may be kept twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hearth.register.models import Person
from hearth.register.queries.people import shown_value
from hearth.register.rules import mapping
from hearth.register.rules.importing_words import RIGHTS
from hearth.register.rules.merging import CHOSEN, ONE, OTHER
from hearth.ui import fields
from hearth.ui.choosing import Option
from hearth.ui.forms import Form

WHOLE = [
    ("no", "Some of our tenancies", "What is not in the file stays as it is"),
    ("yes", "All of our tenancies of the tenures in it", "What is missing from the file has ended; nothing is deleted"),
]


class TakeFile(Form):
    """A file to take in."""

    file = fields.FileField(
        "File", hint="CSV or XLSX, with the names of the columns in the first row", missing="Select a file",
        kinds=("csv", "txt", "xlsx", "xlsm"),
    )  # fmt: skip
    source = fields.TextField(
        "From which system does it come?",
        hint="What its columns mean is kept under this name",
        most=160,
        width=20,
    )
    as_at = fields.DateField("Of which day does the file tell?")
    whole = fields.Choice("What is in the file?", options=WHOLE, coerce=lambda text: text == "yes")


class Columns(Form):
    """What each column means, what words of tenure stand for, and whether the file is whole."""

    marks_optional = False
    whole = fields.Choice("What is in the file?", options=WHOLE, coerce=lambda text: text == "yes", size="m")

    def __init__(
        self,
        *args: Any,
        headings: Sequence[str],
        words: Sequence[tuple[str, str]],
        left_out: Sequence[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        meanings = [(field.key, field.label) for field in mapping.FIELDS.values()]
        self.columns = {
            f"column_{n}": heading for n, heading in enumerate(headings) if heading not in left_out and heading
        }
        for name, heading in self.columns.items():
            self.fields[name] = fields.Choice(
                f"Column “{heading}”", options=meanings, as_list=True, required=False, empty_text="Not used"
            )
        rights = [(key, label) for key, (_, label) in RIGHTS.items()]
        self.tenures = {f"tenure_{n}": said for n, (said, _) in enumerate(words)}
        for name, said in self.tenures.items():
            self.fields[name] = fields.Choice(
                f"“{said}”", options=rights, as_list=True, required=False, empty_text="Not known: leave these rows out"
            )

    @property
    def column_names(self) -> list[str]:
        """The names of the fields about columns."""
        return list(self.columns)

    @property
    def tenure_names(self) -> list[str]:
        """The names of the fields about words of tenure."""
        return list(self.tenures)

    def said(self, answers: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, str]]:
        """What was answered: each heading's meaning, and each word's right."""
        columns = {heading: str(answers.get(name) or "") for name, heading in self.columns.items()}
        tenures = {said: str(answers.get(name)) for name, said in self.tenures.items() if answers.get(name)}
        return columns, tenures


class Nothing(Form):
    """A deed that asks nothing."""


class Confirmed(Form):
    """A deed that must be confirmed."""

    confirmed = fields.Choices(
        "All of these tenancies have ended", options=[("yes", "I have looked: the file is whole and they have ended")],
        missing="Say that they have ended, or check the file",
    )  # fmt: skip


class MergeForm(Form):
    """Which record stays, and which value of each is kept where they differ."""

    stays = fields.Choice("Which record stays?", options=(), size="m", coerce=int)

    def __init__(self, *args: Any, one: Person, other: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.one, self.other = one, other
        self.offer("stays", [Option(str(p.pk), p.name, hint=f"Reference {p.key}" if p.key else "No reference")
                             for p in (one, other)])  # fmt: skip
        self.differ = [name for name in CHOSEN if shown_value(one, name) != shown_value(other, name)]
        for name in self.differ:
            given = [Option(str(p.pk), shown_value(p, name) or "Nothing") for p in (one, other)]
            self.fields[name] = fields.Choice(CHOSEN[name], options=given, coerce=int)

    def choices(self, answers: Mapping[str, Any]) -> dict[str, str]:
        """Of which record each value stays, for the service: the one that stays, or the other."""
        return {name: ONE if answers[name] == answers["stays"] else OTHER for name in self.differ}
