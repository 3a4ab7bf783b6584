"""The parts that tell: plain text, the people affected, consultation, gaps and partners."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from hearth.reviews.forms.parts import MANY, Long, PartForm
from hearth.ui.fields import Choices, LongText, Number, Option, TextField
from hearth.ui.forms import Form, Rows


class PlainText(PartForm):
    """An answer in words."""

    text = Long("Answer", rows=10)


class StatisticRow(Form):
    """A figure that somebody else published."""

    marks_optional = False
    text = LongText("Figure, with its words", rows=2, required=False)
    publisher = TextField("Publisher", required=False, most=160)
    title = TextField("Title of the source", required=False, most=300)
    period = TextField("Period that it is about", required=False, width=20)
    published = TextField("When it was published", required=False, width=20)


class Profile(PartForm):
    """What is known of the people affected. Blocks of figures are put in on pages of their own."""

    rows: ClassVar[dict[str, Rows]] = {
        "statistics": Rows(
            StatisticRow,
            "outside figure",
            most=MANY,
            legend="Figures that somebody else published",
            hint="Each with its publisher, title, period and day of publication.",
        )
    }
    first = ("text", "statistics")
    text = Long("In your own words", rows=10)
    take_out = Choices("Take out when this is saved", options=(), small=True)

    def prepare(self) -> None:
        snapshots = self.stored.get("snapshots", ())
        blocks = [Option(f"s{n}", block_name(s)) for n, s in enumerate(snapshots) if s.get("held", True)]
        if len(blocks) < len(snapshots):
            blocks.append(Option("empty", f"All blocks that say “not held” ({len(snapshots) - len(blocks)})"))
        blocks += [
            Option(f"t{n}", t.get("caption") or f"Table {n + 1} from the document")
            for n, t in enumerate(self.stored.get("tables", ()))
        ]
        if blocks:
            self.fields["take_out"].source = blocks  # type: ignore[attr-defined]
        else:
            del self.fields["take_out"]

    def to_value(self) -> dict[str, Any]:
        given = super().to_value()
        out = set(given.pop("take_out", ()) or ())
        characteristics = {s["text"]: s.get("characteristic", "") for s in self.stored.get("statistics", ())}
        given["statistics"] = [
            {**row, "characteristic": characteristics.get(row["text"], "")} for row in given["statistics"]
        ]
        for name, letter in (("snapshots", "s"), ("tables", "t")):
            given[name] = [b for n, b in enumerate(self.stored.get(name, ())) if f"{letter}{n}" not in out]
        if "empty" in out:
            given["snapshots"] = [block for block in given["snapshots"] if block.get("held", True)]
        return given


def block_name(snapshot: Mapping[str, Any]) -> str:
    """How a block of figures is called: "Age of tenants, 31 March 2026"."""
    name = str(snapshot["characteristic"]).replace("_", " ").capitalize()
    of = f" of {snapshot['population']}" if snapshot.get("population") else ""
    return f"{name}{of}{', ' + snapshot['as_at'] if snapshot.get('as_at') else ''}"


class Exercise(Form):
    """Who was asked, how, when, and what they said."""

    marks_optional = False
    who = TextField("Who was consulted", required=False, most=300)
    groups = Choices("Groups among them", options=(), small=True, required=False)
    when = TextField("When", required=False, width=20)
    how = TextField("How", required=False, most=200)
    responses = Number("Number of responses", required=False, least=0, width=5)
    findings = LongText("Key findings", rows=4, required=False)


class _WithGroups(PartForm):
    """A part whose rows choose among the form's groups."""

    table: ClassVar[str] = ""

    def prepare(self) -> None:
        groups = [Option(group.code, group.label) for group in self.definition.groups]
        for row in self.repeated[self.table].forms:
            row.fields["groups"].source = groups  # type: ignore[attr-defined]


class Consultation(_WithGroups):
    """What was asked of whom."""

    table = "exercises"
    rows: ClassVar[dict[str, Rows]] = {"exercises": Rows(Exercise, "consultation", most=MANY, legend="Consultations")}
    text = Long("In your own words", rows=8)

    def to_value(self) -> dict[str, Any]:
        given = super().to_value()
        kept = [
            {**row, "responses": row["responses"] if row["responses"] != "" else None} for row in given["exercises"]
        ]
        return {**given, "exercises": kept}


class GapRow(Form):
    """Something that is not known, and what will be done about it."""

    marks_optional = False
    gap = LongText("What is not known", rows=2, required=False)
    planned = LongText("Research or consultation that will close it", rows=2, required=False)
    groups = Choices("Who will be asked", options=(), small=True, required=False)
    reason = LongText("If nothing will be done, why?", rows=2, required=False)


class Gaps(_WithGroups):
    """Gaps in information."""

    table = "gaps"
    rows: ClassVar[dict[str, Rows]] = {"gaps": Rows(GapRow, "gap", most=MANY, legend="Gaps in information")}
    text = Long("In your own words", rows=6)


class PartnerRow(Form):
    """A partner with what could touch groups differently."""

    marks_optional = False
    name = TextField("Partner", required=False, most=200)
    circumstances = LongText("Circumstances that could give rise to an impact", rows=2, required=False)


class Partners(PartForm):
    """Partners, or the statement that there is nothing to say of them."""

    rows: ClassVar[dict[str, Rows]] = {"partners": Rows(PartnerRow, "partner", most=MANY, legend="Partners")}
    none = Choices("Statement", options=[("none", "There are no known circumstances")])
    text = Long("In your own words", rows=6)

    def from_value(self, value: Mapping[str, Any]) -> dict[str, Any]:
        return {**value, "none": ["none"] if value.get("none") else []}

    def to_value(self) -> dict[str, Any]:
        return {**super().to_value(), "none": bool(self.cleaned_data["none"])}
