"""A questionnaire on paper: what is printed, how questions and answers are numbered, and the serial of a form. Pure.

Questions are numbered through, answers from 1, and whoever keys a form in types those numbers. What is never read out
is not printed. Every form has a serial with a check letter, so that a wrong digit is noticed while it is typed.
Sources: SUR-02 (the same survey online, by telephone and by post); Equality Act 2010 section 20(6) (large print).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from hearth.kernel.days import spoken
from hearth.kernel.refusals import Refused
from hearth.surveys.rules import codes, paging
from hearth.surveys.rules.instrument import EASY_READ, Instrument, Option, Question, Section, said
from hearth.surveys.rules.kinds import QuestionKind

TEMPLATE = Path(__file__).with_name("form.typ")
POINTS = {"standard": 12, "large": 18}
EASY_POINTS = 16  # Easy Read is large all over
MOST_BOXES = 15  # of a place: more are written, not ticked
BLANK = "B"  # before the number of a form that belongs to no household
SIGNS = "0123456789BCDFGHJKMNPQRSTVWXYZ-"  # of a serial: 31 of them, which is a prime
SERIAL = re.compile(rf"(\d{{1,9}})-(\d{{1,9}}|{BLANK}[{codes.ALPHABET}]{{4,10}})-([A-Z0-9])", re.ASCII)
WORDS = {
    "one": "Tick one box.",
    "many": "Tick all that apply.",
    "rank": "Write 1 beside what matters most to you, 2 beside the next, and so on.",
    "text": "Write in the box.",
    "number": "Write a number.",
    "date": "Write the day, the month and the year.",
    "place": "Write in the box.",
    "only_if": "Answer this only if you chose “{1}” for question {0}.",
    "about_you": "We ask these questions to see whether we treat everybody fairly. You do not have to answer them.",
    "leave_out": "You can leave out any question.",
    "online": "You can also answer online. Point the camera of a telephone at the square, or go to {0}",
    "code": "and enter your code:",
    "back": "Send this form back in the envelope that came with it{0}.",
    "by": " so that we have it by {0}",
    "serial": "Form {0}",
    "page": "Page",
    "square": "Square code that opens {0}",
    "complain": "How to complain",
}
EASY_WORDS = {
    "one": "Tick 1 box.",
    "many": "You can tick more than 1 box.",
    "rank": "Write 1 next to the most important thing. Write 2 next to the next one.",
    "text": "Write your answer here.",
    "only_if": "Only answer this if you ticked “{1}” for question {0}.",
    "leave_out": "You do not have to answer every question.",
    "back": "Put this form in the envelope and post it{0}.",
    "complain": "If you are not happy with us",
}


@dataclass(frozen=True)
class Numbered:
    """A question with its number on the paper."""

    number: int
    question: Question


def printed(instrument: Instrument, *, stock: str = "") -> list[tuple[Section, list[Numbered]]]:
    """What is printed for a household of a stock, section by section, with the numbers of the questions."""
    found, number = [], 0
    for section in paging.in_order(instrument):
        asked = []
        for question in section.questions:
            if not (question.stock and stock and stock not in question.stock):
                number += 1
                asked.append(Numbered(number, question))
        if asked:
            found.append((section, asked))
    return found


def options(question: Question) -> list[tuple[int, Option]]:
    """The answers that are printed, with their numbers."""
    return list(enumerate((one for one in question.options if not one.silent), start=1))


def ticks(question: Question) -> bool:
    """Whether the answers are boxes to tick."""
    many_places = question.kind is QuestionKind.PLACE and not 0 < len(question.options) <= MOST_BOXES
    return bool(question.options) and question.kind is not QuestionKind.RANK and not many_places


# ── the serial ──


def serial(survey: int, number: int | str) -> str:
    """The serial of a form: "12-345-K" for household 345 of survey 12, "12-B7XK2QM-D" for a form of nobody's."""
    return f"{survey}-{number}-{_check_letter(f'{survey}-{number}')}"


def read_serial(survey: int, typed: str) -> str:
    """A serial as it is kept. Raises Refused where it is none, of another survey, or mistyped."""
    found = SERIAL.fullmatch(re.sub(r"[\u2010-\u2015\u2212]", "-", re.sub(r"\s", "", typed)).upper())
    if not found:
        raise Refused(
            "Type the serial as it stands at the foot of the form, like 12-345-K, or the code of the letter.",
            field="serial",
        )
    if int(found[1]) != survey:
        raise Refused("This form belongs to another survey.", field="serial")
    if _check_letter(f"{int(found[1])}-{found[2]}") != found[3]:
        raise Refused("This is not the serial of a form. Check each letter and number.", field="serial")
    return serial(survey, found[2])


def household_of(read: str) -> int | None:
    """The number of the household of a serial; None for a form of nobody's."""
    part = read.split("-")[1]
    return int(part) if part.isdecimal() else None


def _check_letter(text: str) -> str:
    """One sign that notices every wrong sign and every two that changed places: weights 1, 2, 3… to a prime modulus."""
    total = sum(place * SIGNS.index(sign) for place, sign in enumerate(text, start=1)) % len(SIGNS)
    return SIGNS[total].replace("-", "A")


# ── what is printed ──


@dataclass(frozen=True)
class Form:
    """What is particular to one form."""

    serial: str
    address: tuple[str, ...] = ()  # name and address, line by line; none: a form of nobody's
    code: str = ""
    enter_at: str = ""  # where the code is typed
    opens: str = ""  # the address in the square code
    square: str = ""  # the square code as SVG
    stock: str = ""


def described(
    instrument: Instrument,
    forms: list[Form],
    *,
    language: str,
    landlord: str,
    contact: str,
    secrecy: str,
    closes_on: date | None,
    size: str = "standard",
) -> dict[str, Any]:
    """The data from which the template sets the forms, each on pages of its own."""
    words = {**WORDS, **EASY_WORDS} if language == EASY_READ else WORDS
    points = max(POINTS[size], EASY_POINTS) if language == EASY_READ else POINTS[size]
    spoken_by = words["by"].format(spoken(closes_on)) if closes_on else ""
    return {
        "points": points,
        "lang": "en" if language == EASY_READ else language.partition("-")[0],
        "region": "GB" if language in ("en", EASY_READ) else None,
        "title": said(instrument.title, language),
        "landlord": landlord,
        "contact": contact,
        "page": words["page"],
        "forms": [_form(instrument, one, language, words, secrecy=secrecy, back=spoken_by) for one in forms],
    }


def _form(
    instrument: Instrument, one: Form, language: str, words: dict[str, str], *, secrecy: str, back: str
) -> dict[str, Any]:
    numbers = {each.question.code: each.number for _, asked in printed(instrument, stock=one.stock) for each in asked}
    return {
        "serial": words["serial"].format(one.serial),
        "address": list(one.address),
        "intro": _paragraphs(said(instrument.intro, language)),
        "told": f"{words['leave_out']} {secrecy}",
        "online": words["online"].format(one.enter_at) if one.opens else "",
        "code_words": words["code"] if one.code else "",
        "code": one.code,
        "square": one.square,
        "square_words": words["square"].format(one.enter_at) if one.square else "",
        "back": words["back"].format(back),
        "complain_title": words["complain"],
        "complain": _paragraphs(said(instrument.complain, language)),
        "sections": [
            {
                "title": said(section.title, language),
                "intro": _section_intro(instrument, section, asked, language, words),
                "questions": [_question(instrument, each, numbers, language, words) for each in asked],
            }
            for section, asked in printed(instrument, stock=one.stock)
        ],
    }


def _section_intro(
    instrument: Instrument, section: Section, asked: list[Numbered], language: str, words: dict[str, str]
) -> list[str]:
    about_you = all(one.question.characteristic for one in asked)
    told = said(instrument.consent, language) or words["about_you"]
    return [*(_paragraphs(told) if about_you else []), *_paragraphs(said(section.intro, language))]


def _question(
    instrument: Instrument, one: Numbered, numbers: dict[str, int], language: str, words: dict[str, str]
) -> dict[str, Any]:
    question = one.question
    hints = [said(question.hint, language)] if question.hint else []
    if question.only_if and (asked := instrument.question(question.only_if.question)):
        chosen = [said(each.words, language) for each in asked.options if each.code in question.only_if.codes]
        hints.insert(0, words["only_if"].format(numbers.get(asked.code, ""), "” or “".join(chosen)))
    kind, how = _kind(question)
    return {
        "number": str(one.number),
        "words": said(question.words, language),
        "hint": " ".join([*hints, words[how]]),
        "kind": kind,
        "options": [
            {"number": str(number), "words": said(option.words, language)} for number, option in options(question)
        ],
        "lines": 1 if question.longest <= 200 or question.kind is not QuestionKind.TEXT else 5,
    }


def _kind(question: Question) -> tuple[str, str]:
    """How an answer is drawn, and what to do."""
    if question.kind is QuestionKind.MANY:
        return "ticks", "many"
    if ticks(question):
        return "ticks", "one"
    match question.kind:
        case QuestionKind.RANK:
            return "rank", "rank"
        case QuestionKind.DATE:
            return "date", "date"
        case QuestionKind.NUMBER:
            return "number", "number"
        case QuestionKind.PLACE:
            return "lines", "place"
        case _:
            return "lines", "text"


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in text.split("\n\n") if part.strip()]


def questions(instrument: Instrument, *, stock: str = "") -> Iterator[Numbered]:
    """Every printed question with its number."""
    for _, asked in printed(instrument, stock=stock):
        yield from asked


__all__ = [
    "BLANK", "TEMPLATE", "Form", "Numbered", "described", "household_of", "options", "printed", "questions",
    "read_serial", "serial", "ticks",
]  # fmt: skip
