"""What is asked: questions in sections, with wording in each language, filters and versions. Data, not code."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from hearth.surveys.rules.kinds import QuestionKind

Wording = dict[str, str]  # by language: "en", "cy", "pl"…; Easy Read wording is the language "en-easy"
ENGLISH = "en"
EASY_READ = "en-easy"


@dataclass(frozen=True)
class Option:
    """One answer that may be chosen. Its code is what is stored, for ever; its words may be put better."""

    code: str
    words: Wording
    missing: bool = False  # "Not applicable/ don't know": an answer, but outside the base of any percentage
    alone: bool = False  # of several choices: this one excludes the others ("None of these")
    silent: bool = False  # never read out or shown; the interviewer may note it ("Refused")


@dataclass(frozen=True)
class OnlyIf:
    """That a question is asked only of those who gave one of these codes to an earlier question."""

    question: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """One question."""

    code: str  # "TP01": unique in the instrument, and the name of its column everywhere
    kind: QuestionKind
    words: Wording
    hint: Wording = field(default_factory=dict)
    options: tuple[Option, ...] = ()
    only_if: OnlyIf | None = None
    required: bool = False
    lowest: float | None = None  # of a number
    highest: float | None = None
    longest: int = 2000  # characters of free text
    places: str = ""  # of a place: "postcode" or "estate"
    characteristic: str = ""  # an equality question: which characteristic; its answers are special-category data
    comment: bool = False  # free text that may be published once a person has checked it
    locked: str = ""  # "tsm-2023:TP01": wording, order, options and filter are the regulator's and cannot be changed
    stock: tuple[str, ...] = ()  # asked only of these kinds of stock ("lcra", "lcho"); none: of all


@dataclass(frozen=True)
class Section:
    """Questions that belong together, on one page of a paper form."""

    key: str
    title: Wording
    questions: tuple[Question, ...]
    intro: Wording = field(default_factory=dict)


@dataclass(frozen=True)
class Instrument:
    """A whole questionnaire. Every answer belongs to the version of the questionnaire to which it was given."""

    title: Wording
    sections: tuple[Section, ...]
    languages: tuple[str, ...] = (ENGLISH,)
    intro: Wording = field(default_factory=dict)  # who asks, why, how long it takes
    consent: Wording = field(default_factory=dict)  # what becomes of the answers, before the equality section
    complain: Wording = field(default_factory=dict)  # how to complain (Complaint Handling Code 1.6)
    thanks: Wording = field(default_factory=dict)

    def questions(self) -> Iterator[Question]:
        """Every question in order."""
        for section in self.sections:
            yield from section.questions

    def question(self, code: str) -> Question | None:
        """The question of that code."""
        return next((question for question in self.questions() if question.code == code), None)


def said(wording: Wording, language: str = ENGLISH) -> str:
    """The words in a language, else in English."""
    return wording.get(language) or wording.get(ENGLISH, "")
