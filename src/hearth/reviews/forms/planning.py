"""The parts that promise and decide: actions, approval, committee, monitoring and the next review."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from hearth.reviews.forms.parts import MANY, Long, PartForm, lines, listing
from hearth.ui.fields import Choice, Choices, DateField, LongText, Number, TextField
from hearth.ui.forms import Form, Rows

DUE = "As you would print it: “November 2026”, “October/November 2026”, “2027 (Year 2 of the Strategy)”."


class ActionRow(Form):
    """An action that closes a gap in information. The labels come from the form's columns."""

    marks_optional = False
    need = LongText("Information needs", rows=2, required=False)
    action = LongText("Action", rows=2, required=False)
    outcome = LongText("Intended outcome", rows=2, required=False)
    due = TextField("Date for completion", required=False, most=120, hint=DUE)
    monitoring = LongText("How this will be monitored", rows=2, required=False)
    officer = TextField("Responsible officer", required=False, most=160, hint="The post.")


class ImpactActionRow(ActionRow):
    """An action against a negative impact, with who is affected."""

    affected = TextField("Who is affected", required=False, most=300)
    field_order = ["need", "affected", "action", "outcome", "due", "monitoring", "officer"]


NAMES = ("need", "action", "outcome", "due", "monitoring", "officer")


class _Actions(PartForm):
    """A table of actions; its columns are the form's own."""

    first = ("rows",)
    none = Choices("If there are no actions", options=[("none", "Not applicable: no action is needed")])

    def prepare(self) -> None:
        columns = next((p.columns for q in self.definition.questions for p in q.parts if p.answers == self.key), ())
        for row in self.repeated["rows"].forms:
            for name, column in zip(NAMES, columns, strict=False):
                row.fields[name].label = column

    def from_value(self, value: Mapping[str, Any]) -> dict[str, Any]:
        return {**value, "none": ["none"] if value.get("none") else []}

    def to_value(self) -> dict[str, Any]:
        given = super().to_value()
        return {**given, "none": bool(self.cleaned_data["none"])}


class InformationActions(_Actions):
    """Actions that gather information."""

    rows: ClassVar[dict[str, Rows]] = {"rows": Rows(ActionRow, "action", most=MANY, legend="Actions")}


class ImpactActions(_Actions):
    """Actions against negative impacts."""

    rows: ClassVar[dict[str, Rows]] = {"rows": Rows(ImpactActionRow, "action", most=MANY, legend="Actions")}


class Approval(PartForm):
    """Who approves it."""

    text = Long("Answer", rows=4)
    posts = LongText("Posts named", rows=3, hint="One on each line. Signing follows the landlord’s own route.")

    def from_value(self, value: Mapping[str, Any]) -> dict[str, Any]:
        return {**value, "posts": listing(value.get("posts", ()))}

    def to_value(self) -> dict[str, Any]:
        return {**super().to_value(), "posts": lines(self.cleaned_data["posts"])}


class Committee(PartForm):
    """Whether it goes to a committee, and to which."""

    answer = Choice("Answer", options=[("yes", "Yes"), ("no", "No")], inline=True)
    body = TextField("Which committee or body?", most=200)

    def prepare(self) -> None:
        if self.stored.get("yes") and self.stored.get("no"):
            self.fields["answer"].help_text = "The document has both boxes ticked. Select the right one."

    def from_value(self, value: Mapping[str, Any]) -> dict[str, Any]:
        yes, no = value.get("yes"), value.get("no")
        return {**value, "answer": None if yes == no else "yes" if yes else "no"}

    def to_value(self) -> dict[str, Any]:
        given = super().to_value()
        answer = given.pop("answer")
        if not answer:
            return given
        return {**given, "yes": answer == "yes", "no": answer == "no"}


class Monitoring(PartForm):
    """How it will be watched, and how often."""

    text = Long("Answer", rows=6, hint="Name the groups, the figures and who looks at them.")
    every_months = Number("How often, in months?", least=1, greatest=120, width=3, suffix="months")

    def to_value(self) -> dict[str, Any]:
        return {**super().to_value(), "every_months": self.cleaned_data["every_months"]}


class NextReview(PartForm):
    """When it will be reviewed."""

    text = Long("Answer", rows=3)
    on = DateField("Date of the next review", hint="For example, 27 3 2027")

    def from_value(self, value: Mapping[str, Any]) -> dict[str, Any]:
        try:
            on = date.fromisoformat(value.get("on") or "")
        except ValueError:
            on = None
        return {**value, "on": on}

    def to_value(self) -> dict[str, Any]:
        on = self.cleaned_data["on"]
        return {**super().to_value(), "on": on.isoformat() if on else ""}
