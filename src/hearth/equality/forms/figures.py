"""What officers say about profiles, category sets, stock and outside evidence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.utils import timezone

from hearth.equality import rules
from hearth.kernel.refusals import Refused
from hearth.ui.fields import Choice, Choices, DateField, FileField, LongText, Number, Option, TextField, YesNo
from hearth.ui.forms import FilterForm, Form, Rows

ABOUT = tuple(rules.CHARACTERISTICS.items())


class Profile(Form):
    """What a profile says of itself."""

    title = TextField("Title", hint="For example, Tenant profile, March 2026", most=200)
    population = TextField(
        "Which people does it count?", hint="For example, tenants, or residents of the borough", most=160
    )
    basis = TextField(
        "Who stands for a household?",
        hint="For example, Tenant 1 data, all tenants, or all people in households",
        most=200,
    )
    as_at = DateField("Figures as at", latest=timezone.localdate)
    kind = Choice(
        "What kind of figures are they?",
        options=[
            Option("counted", "Counts of people", hint="Hearth works out the percentages"),
            Option("shares", "Percentages that somebody else published", hint="Such as the census"),
        ],
    )
    base = Number(
        "Base",
        least=1,
        required=False,
        hint="The number of people counted. Only published percentages may come without one.",
    )
    source = TextField("Where do the figures come from?", most=300)


class ChangeProfile(Profile):
    """The same, but for the kind of figures, which stays."""

    kind = None  # type: ignore[assignment]


class ChooseSet(Form):
    """The category set in which counts are to be entered."""

    kept = Choice("Category set", options=(), as_list=True, coerce=int, empty_text="Choose a category set")

    def __init__(self, *args: Any, sets: Iterable[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["kept"]
        field.source = [Option(str(one.pk), f"{one.about}: {one.name}") for one in sets]


class Counts(Form):
    """A number for each answer of a category set."""

    def __init__(self, *args: Any, categories: Iterable[Any], counted: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.categories = list(categories)
        for one in self.categories:
            missing = f"Enter a number for “{one.label}”; 0 where there is nobody"
            if counted:
                field = Number(one.label, least=0, greatest=100_000_000, missing=missing)
            else:
                field = Number(one.label, least=0, greatest=100, places=3, width=5, suffix="%", missing=missing)
            self.fields[f"answer_{one.pk}"] = field

    def answers(self) -> list[rules.Answer]:
        """The answers as they were typed, in the order of the set."""
        return [_answer(one, self.cleaned_data[f"answer_{one.pk}"]) for one in self.categories]


def _answer(category: Any, value: Any) -> rules.Answer:
    if isinstance(value, int):
        return rules.Answer(category.label, value, category.unknown)
    return rules.Answer(category.label, None, category.unknown, printed=value)


class Upload(Form):
    """A sheet of counts, pasted or as a file."""

    file = FileField(
        "Spreadsheet or CSV file", kinds=("xlsx", "xls", "ods", "csv", "txt"), most_megabytes=5, required=False
    )
    pasted = LongText(
        "Or paste the cells here", rows=10, required=False, spellcheck=False, hint="Copy them with their header row"
    )

    def __init__(self, *args: Any, sets: Iterable[rules.Known] = (), base: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sets, self.base = list(sets), base

    def clean(self) -> dict[str, Any]:
        """Read the sheet; each row that is wrong becomes an error of its own."""
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        file, pasted = answers.get("file"), answers.get("pasted")
        if self.quiet or self.errors:
            return answers
        if bool(file) == bool(pasted):
            self.add_error("file", "Select a file or paste the cells, one of the two")
            return answers
        try:
            rows = rules.rows_of(file.read(), file.name) if file else rules.text_rows(str(pasted))
        except Refused as refused:
            self.refuse(refused)
            return answers
        blocks, errors = rules.read_counts(rows, self.sets, self.base)
        name = "file" if file else "pasted"
        for error in errors[:30]:
            self.add_error(name, error)
        if len(errors) > 30:
            self.add_error(name, f"There are {len(errors) - 30} more problems like these.")
        answers["blocks"] = blocks
        return answers


class Average(Form):
    """A mean or a median."""

    of = TextField("Average of what?", hint="For example, age in years", most=60)
    kind = Choice("Which kind of average?", options=[("median", "Median"), ("mean", "Mean")], inline=True)
    value = Number("Average", places=2)


class Why(Form):
    """For what somebody needs the exact counts."""

    why = TextField("What do you need the exact counts for?", most=200, missing="Say what you need them for")
    shown = Choice("How?", options=[("page", "On this page"), ("csv", "As a CSV file")], inline=True)


class Compare(FilterForm):
    """Which two profiles."""

    first = Choice("First profile", options=(), as_list=True, coerce=int)
    second = Choice("Second profile", options=(), as_list=True, coerce=int)

    def __init__(self, *args: Any, profiles: Iterable[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options = [Option(str(one.pk), one.title) for one in profiles]
        for field in self.fields.values():
            field.source = options  # type: ignore[attr-defined]


class OneAnswer(Form):
    """One answer of a new set."""

    label = TextField("Answer", most=160)
    unknown = Choices("Unknown", options=[("unknown", "Says nothing about the person")], required=False, small=True,
                      hidden_label=True)  # fmt: skip


class CategorySet(Form):
    """A new category set."""

    characteristic = Choice("Characteristic", options=ABOUT, as_list=True)
    name = TextField("Name of the set", most=160)
    source = TextField("Who made it, and where does it stand?", most=300)
    address = TextField("Web address of the source", most=400, required=False, spellcheck=False)
    holds_from = DateField("From which day does it hold?")
    note = TextField("What should people know when they read it?", most=500, required=False)
    rows: ClassVar[dict[str, Rows]] = {
        "categories": Rows(OneAnswer, "answer", least=1, most=60, legend="Answers", hint="In the order in which they "
                           "are to be shown")
    }  # fmt: skip


class MapAnswer(Form):
    """As what an answer counts in another set."""

    category = Choice("Answer of this set", options=(), as_list=True, coerce=int)
    target = Choice("Counts as", options=(), as_list=True, coerce=int)
    differs = TextField(
        "What is different?",
        most=300,
        required=False,
        hint="Leave this empty where they mean the same people. Otherwise the two are shown side by side, but not "
        "subtracted.",
    )

    def __init__(self, *args: Any, own: Iterable[Any] = (), others: Iterable[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["category"].source = [Option(str(one.pk), one.label) for one in own]
        fields["target"].source = [
            Option(str(one.pk), f"{kept.name}: {one.label}") for kept in others for one in kept.categories.all()
        ]


class StockFigure(Form):
    """How many homes or tenants there were on a day."""

    as_at = DateField("Figure as at", latest=timezone.localdate)
    kind = Choice("What does it count?", options=tuple(rules.KINDS.items()), as_list=True)
    number = Number("Number", least=0, greatest=100_000_000)
    basis = TextField("Basis", hint="For example, Tenant 1 data", most=200, required=False)
    source = TextField("Where does the figure come from?", most=300)
    official = YesNo("Is it the official figure for this day?")


class Statistic(Form):
    """A figure that somebody else published."""

    text = LongText("What does it say?", hint="With its number, as it should stand in a review", rows=3)
    publisher = TextField("Publisher", most=160)
    title = TextField("Title of the publication", most=300)
    period = TextField("Period that the figure is of", hint="For example, year ending March 2022", most=160)
    published = TextField("When was it published?", hint="For example, November 2022", most=60)
    characteristic = Choice(
        "Which characteristic is it about?", options=ABOUT, as_list=True, required=False, empty_text="None of them"
    )
    draft = YesNo("Is the publication a draft?")
    replaced_by = TextField(
        "What has replaced it?",
        most=300,
        required=False,
        hint="The publisher, title and day of a newer or final version, if there is one",
    )


class FindStatistic(FilterForm):
    """What to look for in the evidence library."""

    words = TextField("Words", width=20)
    characteristic = Choice("Characteristic", options=ABOUT, as_list=True, empty_text="All")


class FindSet(FilterForm):
    """Which category sets to list."""

    characteristic = Choice("Characteristic", options=ABOUT, as_list=True, empty_text="All")


class Confirm(Form):
    """A button and nothing else."""
