"""What people say about themselves, and what officers say to collect and count it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone

from hearth.equality import rules
from hearth.equality.rules import Standing, Told
from hearth.kernel.refusals import Refused
from hearth.ui.choosing import Given
from hearth.ui.fields import Choice, Choices, DateField, FileField, LongText, Number, Option, TextField
from hearth.ui.forms import FilterForm, Form

REMOVE = "remove"
POPULATIONS = [(kind.value, kind.label) for kind in rules.Population if kind is not rules.Population.PEOPLE]


class AboutSomebody(Form):
    """A question for each characteristic that is asked; every one may be left open.

    `standings` are offered beside the set's own answers; `held` are the characteristics that were answered before, of
    which the answer may be taken away.
    """

    marks_optional = False
    standings: tuple[Standing, ...] = (Standing.PREFER_NOT,)

    def __init__(
        self, *args: Any, questions: Mapping[str, Any], held: Iterable[str] = (), consent: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.questions, self.held = questions, set(held)
        for code, kept in questions.items():
            known = [Option(str(c.pk), c.label) for c in kept.categories.all() if not c.unknown]
            said = [Option(s.value, s.label, divider="or" if n == 0 else "") for n, s in enumerate(self.standings)]
            if code in self.held:
                said.append(Option(REMOVE, "Take my answer away"))
            label = kept.question or rules.title_of(code)
            if kept.several:
                hint = "Select all that apply."
                self.fields[code] = Choices(label, options=[*known, *said], required=False, hint=hint)
            else:
                self.fields[code] = Choice(label, options=[*known, *said], required=False)
        if consent:
            agree = [Option("yes", consent)]
            self.fields["consent"] = Choices("Do you agree?", options=agree, required=False, small=True)

    def told(self) -> tuple[list[Told], list[str]]:
        """What was told, and the characteristics whose answers are to be taken away. Raises Refused."""
        told, gone = [], []
        for code in self.questions:
            given = self.cleaned_data.get(code)
            chosen = given if isinstance(given, list) else [given] if given else []
            if REMOVE in chosen:
                gone.append(code)
                continue
            if not chosen:
                continue
            standing = next((s for s in Standing if s.value in chosen), None)
            if standing and len(chosen) > 1:
                raise Refused(f"Select answers, or “{standing.label}”, but not both.", field=code)
            numbers = tuple(int(value) for value in chosen if not standing)
            told.append(Told(code, standing or Standing.ANSWERED, numbers))
        if not told and not gone:
            raise Refused("Answer at least one question, or leave this page.")
        return told, gone


class AboutYou(AboutSomebody):
    """What a resident says on their own page."""


class Collected(AboutSomebody):
    """What an officer writes down, without seeing what was told before."""

    standings = (Standing.PREFER_NOT, Standing.UNKNOWN, Standing.NOT_APPLICABLE)
    source = Choice(
        "How did they tell it?",
        options=[(s.value, s.label) for s in (rules.Source.OFFICER, rules.Source.PAPER)],
        inline=True,
    )
    told_on = DateField("When?", latest=timezone.localdate)


class FindPerson(FilterForm):
    """Whom to look for."""

    words = TextField("Name, reference, email or address", width=20)


class WhyAnswers(Form):
    """For what somebody needs to see one person's answers."""

    why = TextField("What do you need this for?", most=200, missing="Say what you need it for")


class Purpose(Form):
    """For what people are asked, and what the law allows it by."""

    text = LongText("Why do you ask?", hint="In plain words, as people will read it beside the questions", rows=4)
    lawful_basis = Choice("Lawful basis (UK GDPR article 6)", options=lambda: _kinds(rules.LawfulBasis))
    condition = Choice("Condition for special-category data (article 9)", options=lambda: _kinds(rules.Condition))
    consent_words = LongText("What do people agree to?", hint="The words beside the box that they tick", rows=3)
    holds_from = DateField("From which day does it hold?")
    kept_years = Number("Years to keep answers after somebody has left", least=0, greatest=30, width=3)


def _kinds(kinds: Any) -> Given:
    return [(kind.value, kind.label) for kind in kinds]


class AskWith(Form):
    """From when people are asked with a set."""

    from_on = DateField("From which day are people asked with these answers?")
    question = TextField("The question as people read it", most=300, required=False, hint="For example: What is your "
                         "ethnic group? Leave it empty to ask by the name of the characteristic.")  # fmt: skip


class AnswersFile(Form):
    """A sheet of people's answers."""

    file = FileField("Spreadsheet or CSV file", kinds=("xlsx", "xls", "ods", "csv", "txt"), most_megabytes=20)
    source = Choice(
        "Where do the answers come from?",
        options=[(rules.Source.IMPORT.value, "Another system"), (rules.Source.PAPER.value, "Paper forms")],
    )
    told_on = DateField("On which day were they given?", latest=timezone.localdate)

    def clean(self) -> dict[str, Any]:
        """Read the rows; what is wrong in single rows is told after the check."""
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        file = answers.get("file")
        if file:
            try:
                answers["rows"] = rules.rows_of(file.read(), file.name, rules.MOST_PEOPLE)
            except Refused as refused:
                self.refuse(refused)
        return answers


class CountProfile(Form):
    """Whom to count from the register."""

    title = TextField("Title", hint="For example, Lead tenants, March 2026", most=200)
    population = Choice("Who is counted?", options=POPULATIONS)
    area = Choice("Area", options=(), as_list=True, required=False, empty_text="All areas")
    as_at = DateField("As at which day?", latest=timezone.localdate)


class ChoosePopulation(FilterForm):
    """Which population a page is about."""

    population = Choice("Who?", options=POPULATIONS, as_list=True)


class Cross(FilterForm):
    """Which two things to count people by."""

    population = Choice("Who?", options=POPULATIONS, as_list=True)
    down = Choice("Rows", options=(), as_list=True)
    across = Choice("Columns", options=(), as_list=True)

    def __init__(self, *args: Any, about: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("down", "across"):
            self.offer(name, list(about.items()))


class Campaign(Form):
    """An effort to ask the people of whom something is missing."""

    title = TextField("Title", hint="For example, Ethnic group: tenants not asked yet", most=200)
    characteristics = Choices("What is to be asked?", options=())
    population = Choice("Of whom?", options=POPULATIONS)
    ends_on = DateField("When should it be done?", required=False)


class Took(Form):
    """Who took part in something, by their references."""

    references = LongText(
        "References of those who took part", rows=8, hint="One on each line, as the register holds them",
        spellcheck=False,
    )  # fmt: skip
    against = Choice("Beside whom?", options=POPULATIONS)


class DutyFigure(Form):
    """A share of a homelessness duty."""

    year = TextField("Financial year", hint="For example, 2022-23", width=10)
    duty = Choice("Duty", options=lambda: _kinds(rules.Duty))
    share = Number("Share owed because of domestic abuse", least=0, greatest=100, places=2, width=5, suffix="%")
    base = Number("Cases of this duty in the year", least=0, required=False, hint="The base. Leave it empty where it "
                  "was not published.")  # fmt: skip
    source = TextField("Where does the figure come from?", most=300)


class AddUp(Form):
    """Figures that somebody wants added up."""

    marks_optional = False
    chosen = Choices("Figures", options=(), required=True, missing="Select the figures", coerce=int)
