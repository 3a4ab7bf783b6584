"""The form is data: steps, questions, wordings, notes and the sign-off block, per landlord and from a day on.

A definition says for each question which part of the `Content` answers it, so that nothing in the code knows the
numbers or the wording of any one council's form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import cattrs


@dataclass(frozen=True)
class Choice:
    code: str
    label: str


@dataclass(frozen=True)
class Characteristic:
    """A row of the matrix. `aims` are those that the law lets count for it; `note` is printed as its footnote."""

    code: str
    label: str
    aliases: tuple[str, ...] = ()
    aims: tuple[str, ...] = ("a", "b", "c")
    employment_only: bool = False
    note: str = ""
    protected: bool = True  # False for groups that a council adds of its own accord
    words: tuple[str, ...] = ()  # words by which prose speaks of it


@dataclass(frozen=True)
class Lettered:
    """A lettered part of a question: "a)" with its own wording and the part of the content that answers it."""

    letter: str
    wording: str
    answers: str = ""
    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    number: int
    wording: str
    answers: str = ""  # a field of Content, "extra.<key>", "impacts" or "" for an instruction
    parts: tuple[Lettered, ...] = ()
    notes: tuple[str, ...] = ()
    hint: str = ""
    older: tuple[str, ...] = ()  # wordings of earlier editions, recognised with low confidence


@dataclass(frozen=True)
class Step:
    number: int
    title: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Scoring:
    """An optional severity by likelihood score; a product at or above a band's floor falls into the band."""

    severity: tuple[Choice, ...]
    likelihood: tuple[Choice, ...]
    bands: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class ScreeningQuestion:
    code: str
    wording: str
    kind: str  # "aims", "yes_no", "extent", "per_characteristic", "choice", "text"
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class Form:
    key: str
    edition: str
    title: str
    landlord: str  # the name that stands in the wording for {landlord}
    details: Mapping[str, str]  # label by field of Details, in the order in which they are printed
    steps: tuple[Step, ...]
    characteristics: tuple[Characteristic, ...]
    groups: tuple[Choice, ...]
    aims: tuple[Choice, ...]
    columns: tuple[str, ...]
    verb: str = "Reviewed by"
    scoring: Scoring | None = None
    screening: tuple[ScreeningQuestion, ...] = ()
    screening_source: str = ""
    footnotes: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()  # codes of optional packs that are switched on, such as "combined"

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(question for step in self.steps for question in step.questions)

    def question(self, number: int) -> Question:
        """The question with this number. Raises KeyError where the form has none."""
        for question in self.questions:
            if question.number == number:
                return question
        raise KeyError(number)

    def question_for(self, part: str) -> Question | None:
        """The question that a part of the content answers ("impacts.age" belongs to the matrix question)."""
        stem = part.split(".")[0] if not part.startswith("extra.") else part
        for question in self.questions:
            if stem == question.answers or stem in [lettered.answers for lettered in question.parts]:
                return question
            if stem == "duty" and question.answers == "impacts":
                return question
        return None

    def characteristic(self, code: str) -> Characteristic:
        """The row with this code. Raises KeyError where the form has none."""
        for characteristic in self.characteristics:
            if characteristic.code == code:
                return characteristic
        raise KeyError(code)

    def say(self, wording: str) -> str:
        """A wording with the landlord's name put in."""
        return wording.replace("{landlord}", self.landlord)


def form_from(plain: Mapping[str, Any], *, landlord: str) -> Form:
    """A form definition from its plain form (YAML or JSON). Raises cattrs errors that name the missing field.

    The details are a list there, because a database that keeps JSON does not keep the order of a mapping.
    """
    details = {one.code: one.label for one in cattrs.structure(plain["details"], tuple[Choice, ...])}
    return cattrs.structure({**plain, "details": details, "landlord": landlord}, Form)
