"""One row of the matrix: the printed columns, the aims that each impact serves, and what a council adds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hearth.kernel.words import listed
from hearth.reviews.forms.parts import Long, PartForm
from hearth.reviews.rules.form import Characteristic
from hearth.ui.fields import Choice, Choices, Option, TextField

TICKS = ("no_impact", "unknown", "not_applicable")


class Impact(PartForm):
    """A row of the matrix. It stands empty until somebody decides."""

    positive = Long("Positive impacts", rows=6)
    positive_aims = Choices("Which aims does the positive impact serve?", options=(), small=True)
    promise = TextField(
        "Which service promise delivers it?", most=300, hint="Such as “same-sex member of staff on request”."
    )
    negative = Long("Negative impacts", rows=6)
    negative_aims = Choices("Which aims does the negative impact touch?", options=(), small=True)
    alternatives = Long("What else was considered?", rows=3, hint="Where an impact is negative.")
    severity = Choice("Severity", options=(), as_list=True, empty_text="Not scored")
    likelihood = Choice("Likelihood", options=(), as_list=True, empty_text="Not scored")
    ticks = Choices("Or tick one", options=(), hint="Only where there is nothing in the boxes above.")
    unknown_reason = Long(
        "If “no impact” is kept although much is unknown, why?",
        rows=3,
        hint="Where the profile knows little of these people.",
    )

    @property
    def row(self) -> Characteristic:
        """The characteristic of this row, as the form definition has it."""
        return self.definition.characteristic(self.key.removeprefix("impacts."))

    def prepare(self) -> None:
        columns = [column.capitalize() for column in self.definition.columns]
        for name, column in zip(("positive", "negative"), columns[1:3], strict=False):
            self.fields[name].label = column
        self._aims()
        self._ticks(columns)
        self._scoring()

    def _aims(self) -> None:
        relevant = set(self.sources.relevant)
        options = [
            Option(aim.code, f"{aim.code}) {aim.label}", "Relevant by the screening" if aim.code in relevant else "")
            for aim in self.definition.aims
            if aim.code in self.row.aims
        ]
        employment = " in the context of employment" if self.row.employment_only else ""
        for name in ("positive_aims", "negative_aims"):
            field: Any = self.fields[name]
            field.source = options
            if len(options) < len(self.definition.aims):
                only = f"For {self.row.label} only aim {listed(self.row.aims)} counts{employment}"
                field.help_text = f"{only}."
                field.error_messages["required"] = f"{only}. Take the others out"

    def _ticks(self, columns: list[str]) -> None:
        words = dict(zip(("no_impact", "unknown"), columns[3:5], strict=False))
        not_applicable = "Not applicable – not employment" if self.row.employment_only else "Not applicable"
        field: Any = self.fields["ticks"]
        field.source = [
            Option("no_impact", words.get("no_impact", "No impact")),
            Option("unknown", words.get("unknown", "Unknown")),
            Option("not_applicable", not_applicable),
        ]

    def _scoring(self) -> None:
        scoring = self.definition.scoring
        for name in ("severity", "likelihood"):
            if scoring is None:
                del self.fields[name]
                continue
            choices = getattr(scoring, name)
            field: Any = self.fields[name]
            field.source = [Option(choice.code, f"{choice.code}: {choice.label}") for choice in choices]
            field.coerce = int

    def from_value(self, value: Mapping[str, Any]) -> dict[str, Any]:
        found = {**value, "ticks": [name for name in TICKS if value.get(name)]}
        if self.sources.fresh and self.row.employment_only and not self.sources.employment:
            found["ticks"] = ["not_applicable"]  # offered, and decided only when it is saved (CAR-23)
        return found

    def to_value(self) -> dict[str, Any]:
        given = super().to_value()
        ticked = given.pop("ticks") or []
        scores: dict[str, Any] = {
            name: self.cleaned_data.get(name) for name in ("severity", "likelihood") if name in self.fields
        }
        return {**given, **scores, **{name: name in ticked for name in TICKS}}
