"""Finding reviews, beginning one, and screening it; the questions of the screening come from the form definition."""

from __future__ import annotations

from typing import Any

from hearth.reviews.rules.form import Form as Definition
from hearth.reviews.rules.form import ScreeningQuestion
from hearth.reviews.rules.lifecycle import LABELS, Status
from hearth.ui.fields import Choice, Choices, LongText, Option, TextField
from hearth.ui.forms import FilterForm, Form

ACTIVITIES = [
    Option("new", "A new proposal"),
    Option("changed", "A change"),
    Option("existing", "An existing activity"),
]
ADVERSE = [("yes", "Yes"), ("no", "No"), ("unknown", "Don’t know, or no information")]


class Find(FilterForm):
    """What to look for among all reviews."""

    words = TextField("Title or reference")
    status = Choice("State", options=[(s, LABELS[s]) for s in Status], as_list=True, empty_text="Every state")


class Begin(Form):
    """What is to be assessed."""

    title = TextField("What is being assessed?", most=300, hint="Such as the name of the policy, strategy or service.")
    document = Choice(
        "Which document is it about?", options=(), as_list=True, required=False, empty_text="None, or not in Hearth"
    )
    activity = Choice("Is it new, changed or existing?", options=ACTIVITIES)

    def __init__(self, *args: Any, documents: list[Option], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["document"].source = documents  # type: ignore[attr-defined]


class Screening(Form):
    """The questions of the landlord's screening, as its form definition lists them."""

    marks_optional = False

    def __init__(self, *args: Any, definition: Definition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.definition = definition
        for question in definition.screening:
            for name, field in screening_fields(question, definition):
                self.fields[name] = field
        for name, value in self.initial.items():
            if name in self.fields:
                self.fields[name].initial = value

    def answers(self) -> dict[str, Any]:
        """The cleaned answers by question code; those by characteristic are a mapping."""
        found: dict[str, Any] = {}
        for question in self.definition.screening:
            if question.kind == "per_characteristic":
                given = {c.code: self.cleaned_data[_place(question, c.code)] for c in self.definition.characteristics}
                found[question.code] = given
            else:
                found[question.code] = self.cleaned_data[question.code] or ""
        return found


def _place(question: ScreeningQuestion, characteristic: str) -> str:
    return f"{question.code}-{characteristic}"


def screening_fields(question: ScreeningQuestion, definition: Definition) -> list[tuple[str, Any]]:
    """The fields that ask one question of the screening: one, or one for each characteristic."""
    wording = definition.say(question.wording)
    choices = [(choice.code, choice.label) for choice in question.choices]
    if question.kind == "aims":
        aims = [(aim.code, f"{aim.code}) {aim.label}") for aim in definition.aims]
        hint = "Select all that are relevant. Leave all empty if none is."
        return [(question.code, Choices(wording, options=aims, size="s", hint=hint, required=False))]
    if question.kind == "yes_no":
        return [(question.code, Choice(wording, options=[("yes", "Yes"), ("no", "No")], inline=True, size="s"))]
    if question.kind == "per_characteristic":
        return [
            (
                _place(question, c.code),
                Choice(
                    f"{c.label}: {wording[:1].lower()}{wording[1:]}",
                    options=ADVERSE,
                    size="s",
                    small=True,
                    inline=True,
                    missing=f"Say for {c.label} whether an adverse impact is likely",
                ),
            )
            for c in definition.characteristics
        ]
    if choices:
        return [(question.code, Choice(wording, options=choices, size="s"))]
    return [(question.code, LongText(wording, rows=4, size="s", required=False))]


class Reason(Form):
    """Why something is done otherwise than the rule says."""

    reason = LongText("Reason", rows=4, hint="It stays on record and may be read by anybody who asks.")


class NotRequired(Form):
    """Why a full assessment can be left out."""

    reason = LongText(
        "Why is no full assessment needed?",
        rows=4,
        hint="In a sentence or more. A screening alone does not stand up: the reason is what would be read in court.",
    )


class Nothing(Form):
    """Nothing to fill in."""
