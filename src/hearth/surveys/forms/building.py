"""The shapes of answers when a survey is added and its questionnaire is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hearth.kernel.figures.topics import TOPICS
from hearth.surveys.rules.kinds import Draw, Mode, QuestionKind, Secrecy, Sort, State
from hearth.ui.fields import Choice, Choices, DateField, LongText, Number, Option, TextField, YesNo
from hearth.ui.forms import FilterForm, Form, Rows

STOCKS = (
    Option("lcra", "Low cost rental accommodation"),
    Option("lcho", "Low cost home ownership (shared ownership)"),
    Option("all", "Both, or it does not matter", "Results are told apart by what each home is"),
)


def stock_of(chosen: str) -> str:
    """The stock as it is kept: nothing where it is about all homes."""
    return "" if chosen == "all" else chosen


BEGIN = (
    Option("ready", "A ready questionnaire"),
    Option("former", "A copy of a former survey"),
    Option("empty", "An empty page"),
)


class FindSurvey(FilterForm):
    """Which surveys are listed."""

    words = TextField("Words", hint="In the title or the purpose")
    sort = Choice("Kind", options=Sort, as_list=True, empty_text="All")
    state = Choice("State", options=State, as_list=True, empty_text="All")


class AddSurvey(Form):
    """What a survey begins with."""

    title = TextField("Title", hint="As residents will read it, like Tenant satisfaction survey 2026", most=200)
    begin = Choice(
        "Begin with",
        options=BEGIN,
        reveals={"ready": ("ready", "stock"), "former": ("former",), "empty": ("sort",)},
    )
    ready = Choice("Which one?", options=(), as_list=True)
    stock = Choice("Which homes is it about?", options=STOCKS, coerce=stock_of)
    former = Choice("Which survey?", options=(), as_list=True, coerce=int)
    sort = Choice("What is it for?", options=Sort, as_list=True)

    def __init__(self, *args: Any, ready: Sequence[Option] = (), former: Sequence[Option] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("ready", ready)
        self.offer("former", former)


class Facts(Form):
    """What a survey is besides its questions."""

    title = TextField("Title", most=200)
    slug = TextField("Word in its address", hint="Small letters, numbers and hyphens", most=60, width=20)
    purpose = LongText(
        "Why is it asked?", rows=3, most=2000, required=False, hint="Officers see this, and the privacy notice uses it"
    )
    secrecy = Choice("What is kept of who answered?", options=Secrecy)
    whom = Choice("Who is asked?", options=Draw)
    modes = Choices("How can people answer?", options=Mode)
    stock = Choice("Which homes is it about?", options=STOCKS, coerce=stock_of)
    reminders = TextField(
        "Reminders after so many days",
        hint="Days after it opens, like 10, 20. Whoever has answered is not reminded",
        required=False,
        width=10,
    )
    firm = TextField("Survey firm", most=160, required=False)
    firm_role = TextField("What the firm does", most=300, required=False)
    agreement = TextField(
        "Data-sharing agreement with the firm",
        hint="Its reference and date. Nothing is handed over without one",
        most=300,
        required=False,
    )
    incentive = TextField(
        "Incentive", hint="Its type and amount. It is published with the results", most=300, required=False
    )


class Days(Form):
    """When a survey is open, and by when its results are published."""

    opens_on = DateField("Opens on", required=False)
    closes_on = DateField("Last day", required=False)
    results_due_on = DateField(
        "Results published by", required=False, hint="Left empty, it follows from the last day and the setting"
    )
    every_months = Number(
        "Comes round again after so many months",
        least=1,
        greatest=60,
        required=False,
        width=2,
        hint="For short recurring surveys. The next round opens and closes by itself",
    )
    rolling = YesNo("Does it follow events, such as repairs, and stay open?")


class Section(Form):
    """A section's title and what stands before its questions."""

    title = TextField("Title of the section", most=200)
    intro = LongText("What stands before its questions", rows=3, most=2000, required=False)


class OptionRow(Form):
    """One answer to choose from."""

    words = TextField("Answer", most=300)
    code = TextField(
        "Code", hint="Stored for ever; given by itself where you leave it empty", most=30, required=False, width=5
    )
    flags = Choices(
        "What is special about it?",
        options=[
            ("missing", "Outside percentages, like “prefer not to say”"),
            ("alone", "Excludes the other answers, like “none of these”"),
            ("silent", "Never shown or read out; an interviewer may note it"),
        ],
        small=True,
        required=False,
    )


CHARACTERISTICS = [Option(code, names[0].capitalize()) for code, names in TOPICS]


class Question(Form):
    """One question: its wording, its kind and what may be answered."""

    rows = {
        "options": Rows(
            OptionRow,
            "answer",
            most=40,
            legend="Answers to choose from",
            hint="For one choice, several choices, a five-point scale, a rank or a place. "
            "A five-point scale without any gets very satisfied to very dissatisfied",
        )
    }

    words = LongText("Question", rows=3, most=1000)
    code = TextField(
        "Code", hint="The name of its column in every export: letters, numbers and _, like REPAIR_1", most=30, width=10
    )
    kind = Choice(
        "Kind of answer",
        options=QuestionKind,
        reveals={
            "number": ("lowest", "highest"),
            "text": ("longest", "comment"),
            "place": ("places",),
        },
    )
    lowest = Number("Lowest number", required=False, places=2)
    highest = Number("Highest number", required=False, places=2)
    longest = Number("Longest answer in characters", least=1, greatest=20_000, required=False)
    comment = YesNo("May it be published once a person has checked it for names?")
    places = Choice("What kind of place?", options=[("postcode", "Postcode"), ("estate", "One of our estates")])
    hint = LongText("Hint below the question", rows=2, most=500, required=False)
    required = YesNo("Does it have to be answered?")
    characteristic = Choice(
        "Does it ask for a protected characteristic?",
        options=CHARACTERISTICS,
        as_list=True,
        required=False,
        empty_text="No",
        hint="Its answers are then special-category data, kept and shown as such",
    )
    stock = Choice(
        "Who is asked it?",
        options=[
            Option("lcra", "Low cost rental tenants only"),
            Option("lcho", "Shared owners only"),
            Option("all", "Everybody"),
        ],
        coerce=stock_of,
    )


class FilterQuestion(Form):
    """Which earlier question decides."""

    asked = Choice("Which question decides?", options=(), as_list=True, required=False, empty_text="Nobody is left out")

    def __init__(self, *args: Any, questions: Sequence[Option] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("asked", questions)


class FilterAnswers(Form):
    """Which of its answers let the question be asked."""

    codes = Choices("Asked only of those who answered", options=())

    def __init__(self, *args: Any, answers: Sequence[Option] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("codes", answers)


class Place(Form):
    """Where something is moved to."""

    place = Choice("Where should it stand?", options=(), as_list=True)

    def __init__(self, *args: Any, places: Sequence[Option] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("place", places)


class Texts(Form):
    """What the questionnaire itself says."""

    title = TextField("Title of the questionnaire", most=200)
    intro = LongText("Introduction", rows=6, most=4000, hint="Who asks, why, and how long it takes")
    consent = LongText(
        "What becomes of the answers", rows=5, most=4000, required=False, hint="Stands before the equality questions"
    )
    complain = LongText(
        "How to complain",
        rows=5,
        most=4000,
        hint="Complaint Handling Code 1.6: everybody who is asked is told",
    )
    thanks = LongText("Thanks, at the end", rows=3, most=2000, required=False)


class Languages(Form):
    """In which languages the questionnaire is offered besides English."""

    languages = TextField(
        "Languages besides English",
        hint="Codes with commas between: cy for Welsh, pl for Polish, en-easy for Easy Read",
        required=False,
    )


class Translation(Form):
    """The words of some places in another language; one field a place."""

    def __init__(
        self, *args: Any, places: Sequence[tuple[str, str, Mapping[str, str]]] = (), language: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.places = {f"place-{n}": place for n, (place, _, _) in enumerate(places)}
        for n, (_, label, wording) in enumerate(places):
            field = LongText(label, rows=2, most=4000, required=False, hint=wording.get("en", ""), spellcheck=False)
            self.fields[f"place-{n}"] = field
            self.initial.setdefault(f"place-{n}", wording.get(language, ""))

    def words(self) -> dict[str, str]:
        """What was written, by place."""
        return {self.places[name]: self.cleaned_data[name] or "" for name in self.places}


class Reason(Form):
    """Why."""

    reason = LongText("Why?", rows=3, most=300)


class Why(Form):
    """What was changed, and why."""

    why = LongText("What was changed, and why?", rows=3, most=300)


class PutIn(Form):
    """A ready section."""

    part = Choice("Which section?", options=())

    def __init__(self, *args: Any, parts: Sequence[Option] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("part", parts)


class Nothing(Form):
    """A deed that needs no answers."""
