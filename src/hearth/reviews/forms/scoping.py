"""The parts that say what is assessed, for whom, and what dictates it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hearth.reviews.forms.parts import Long, PartForm, known_and_free, lines, listing
from hearth.ui.fields import Choice, Choices, LongText, Option, TextField, YesNo


class Details(PartForm):
    """The assessment details; the labels are the form's own."""

    area = TextField("Assessment area", most=300)
    assessed = TextField("Date of assessment", width=20, hint="A month and a year will do, such as March 2026.")
    directorate = TextField("Directorate and service", most=200)
    managers = LongText("Manager", rows=2, hint="The post. Where there are several, one on each line.")
    officer = TextField("Officer conducting assessment", most=160, hint="The post, not a person’s name.")

    def prepare(self) -> None:
        for name, label in self.definition.details.items():
            if name in self.fields:
                self.fields[name].label = label

    def order(self) -> tuple[str, ...]:
        printed = [name for name in self.definition.details if name in self.fields]
        return (*printed, *(name for name in self.fields if name not in printed))

    def from_value(self, value: Mapping[str, Any]) -> dict[str, Any]:
        return {**value, "managers": listing(value.get("managers", ()))}

    def to_value(self) -> dict[str, Any]:
        return {**super().to_value(), "managers": lines(self.cleaned_data["managers"])}


class Aims(PartForm):
    """What the activity is for."""

    text = Long("Aims")
    objectives = Long("Objectives", rows=6, hint="One on each line.")

    def from_value(self, value: Mapping[str, Any]) -> dict[str, Any]:
        return {**value, "objectives": listing(value.get("objectives", ()))}

    def to_value(self) -> dict[str, Any]:
        return {**super().to_value(), "objectives": lines(self.cleaned_data["objectives"])}


class Affected(PartForm):
    """Who is touched by it."""

    groups = Choices("Groups affected", options=(), hint="Select all that apply.")
    text = Long("In your own words", rows=5)

    def prepare(self) -> None:
        groups = [Option(group.code, group.label) for group in self.definition.groups]
        self.fields["groups"].source = groups  # type: ignore[attr-defined]


class Contribution(PartForm):
    """Indicators, and the aims of the landlord that it serves."""

    no_indicator = Choices("Is there an indicator?", options=[("none", "No KPI related to this activity")])
    indicators = Choices("Key performance indicators", options=(), small=True)
    other_indicators = TextField(
        "Codes that are not in the list", hint="Separated by commas, such as HPI-16, TP01.", most=300
    )
    indicators_text = Long("More about the indicators", rows=3)
    objectives = Choices("Corporate aims and objectives", options=(), small=True)
    other_objectives = Long("Aims, values or objectives that are not in the list", rows=3, hint="One on each line.")
    text = Long("In your own words", rows=5)

    def prepare(self) -> None:
        for name, options in (("indicators", self.sources.indicators), ("objectives", self.sources.aims)):
            if options:
                self.fields[name].source = options  # type: ignore[attr-defined]
            else:
                del self.fields[name]
        if not self.sources.indicators:
            self.fields["other_indicators"].label = "Codes of key performance indicators"
        if not self.sources.aims:
            self.fields["other_objectives"].label = "Aims, values or objectives"

    def from_value(self, value: Mapping[str, Any]) -> dict[str, Any]:
        indicators, codes = known_and_free(value.get("indicators", ()), self.sources.indicators)
        objectives, others = known_and_free(value.get("objectives", ()), self.sources.aims)
        return {
            **value,
            "no_indicator": ["none"] if value.get("no_indicator") else [],
            "indicators": indicators,
            "other_indicators": ", ".join(codes),
            "objectives": objectives,
            "other_objectives": listing(others),
        }

    def to_value(self) -> dict[str, Any]:
        given = super().to_value()
        codes = [code.strip() for code in given.pop("other_indicators").split(",") if code.strip()]
        chosen = self.cleaned_data
        return {
            **given,
            "no_indicator": bool(chosen["no_indicator"]),
            "indicators": _together(chosen.get("indicators"), codes),
            "objectives": _together(chosen.get("objectives"), lines(given.pop("other_objectives"))),
        }


def _together(chosen: list[str] | None, typed: list[str]) -> list[str]:
    return list(dict.fromkeys([*(chosen or []), *typed]))


class Dictated(PartForm):
    """What the law dictates, and where there is a choice."""

    laws = Choices("Acts, standards and guidance", options=(), small=True, hint="Select all that dictate part of it.")
    other_laws = Long("Others that are not in the list", rows=4, hint="One on each line.")
    text = Long("In your own words", rows=5)
    discretion = Long("Where is there discretion in how it is delivered?", rows=4, hint="If there is none, say “none”.")

    def prepare(self) -> None:
        if self.sources.laws:
            self.fields["laws"].source = self.sources.laws  # type: ignore[attr-defined]
        else:
            del self.fields["laws"]
            self.fields["other_laws"].label = "Acts, standards and guidance"

    def from_value(self, value: Mapping[str, Any]) -> dict[str, Any]:
        known, others = known_and_free(value.get("laws", ()), self.sources.laws)
        return {**value, "laws": known, "other_laws": listing(others)}

    def to_value(self) -> dict[str, Any]:
        given = super().to_value()
        return {**given, "laws": _together(self.cleaned_data.get("laws"), lines(given.pop("other_laws")))}


class Duty(PartForm):
    """Before the matrix: which aims are relevant, and what kind of activity it is."""

    aims = Choices("Which aims of the duty are relevant?", options=(), hint="As the screening found; change it here.")
    activity = Choice(
        "Is it an existing activity or a new proposal?",
        options=[("existing", "An existing activity"), ("new", "A new proposal")],
    )
    employment = YesNo("Does it touch people as employees of the landlord?")

    def prepare(self) -> None:
        aims = [Option(aim.code, f"{aim.code}) {aim.label}") for aim in self.definition.aims]
        self.fields["aims"].source = aims  # type: ignore[attr-defined]

    def to_value(self) -> dict[str, Any]:
        return {**super().to_value(), "employment": bool(self.cleaned_data["employment"])}
