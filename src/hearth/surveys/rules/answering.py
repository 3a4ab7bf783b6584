"""Answers against the questionnaire: who is asked what, what is a good answer, and how it is kept.

Pure. A form sends words under the names of its inputs (`fields`), the same on a web page, an interviewer's screen, a
keyed paper form or a telephone without signal; `check` makes answers of them, or says what is wrong, question by
question.

Sources: SUR-01 (question sets), SUR-02 (one survey, several channels, one set of results), SUR-18 (prescribed wording).

How answers are kept: one choice and a scale as the option's code ("2"); several choices as codes in the order of the
questionnaire (["a", "c"]); a rank as codes, first choice first; a number as a number; a date as "2026-11-22"; free
text and a place as words. A question that was asked and not answered is simply not there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from hearth.kernel.refusals import Refused
from hearth.surveys.rules.instrument import ENGLISH, Instrument, Option, Question, said
from hearth.surveys.rules.kinds import QuestionKind

Raw = Mapping[str, Sequence[str]]  # {"TP01": ["2"], "moved-day": ["3"], …}: what a form sends
Answer = str | int | float | list[str]
Answers = dict[str, Answer]

CHOOSE_ONE = frozenset({QuestionKind.ONE, QuestionKind.SCALE})
PLACE_LONGEST = 120
NUMBER = re.compile(r"-?(\d{1,12}|\d{1,3}(,\d{3}){1,3})(\.\d{1,6})?", re.ASCII)
WHOLE = re.compile(r"\d{1,4}", re.ASCII)
# Royal Mail's form: one or two letters, a digit, perhaps a letter or digit; then a digit and two letters.
POSTCODE = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})", re.ASCII)
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff￾￿]")
DATE_PARTS = ("day", "month", "year")


@dataclass(frozen=True)
class Checked:
    """What was answered. `asked` are the codes of the questions that this person was to be asked, in order."""

    answers: Answers
    errors: dict[str, str] = field(default_factory=dict)
    asked: tuple[str, ...] = ()


def fields(question: Question) -> tuple[str, ...]:
    """The names of a question's inputs: its code; for a date and a rank its code with a part or an option after it."""
    match question.kind:
        case QuestionKind.DATE:
            return tuple(f"{question.code}-{part}" for part in DATE_PARTS)
        case QuestionKind.RANK:
            return tuple(f"{question.code}-{option.code}" for option in question.options)
        case _:
            return (question.code,)


def asks(question: Question, answers: Mapping[str, Any], *, stock: str = "") -> bool:
    """Whether somebody with these answers so far, in this stock ("": not known), is asked this question."""
    if question.stock and stock and stock not in question.stock:
        return False
    if question.only_if is None:
        return True
    given = answers.get(question.only_if.question)
    chosen = given if isinstance(given, list) else [given]
    return any(code in chosen for code in question.only_if.codes)


def check(
    instrument: Instrument,
    raw: Raw,
    *,
    stock: str = "",
    language: str = ENGLISH,
    part: bool = False,
    silent_allowed: bool = False,
) -> Checked:
    """Make answers of what a form sent.

    Filters are followed in the order of the questionnaire, and what was answered to a question that is not asked is
    dropped. `errors` has one plain sentence for each question that is wrong. With `part` nothing is required. Options
    that are never read out ("Refused") count only where `silent_allowed`, which is for interviewers.
    """
    answers: Answers = {}
    errors: dict[str, str] = {}
    asked: list[str] = []
    for question in instrument.questions():
        if not asks(question, answers, stock=stock):
            continue
        asked.append(question.code)
        try:
            answer = _read(question, raw, language=language, silent_allowed=silent_allowed)
        except Refused as refused:
            errors[question.code] = refused.message
            continue
        if answer is not None:
            answers[question.code] = answer
        elif question.required and not part:
            errors[question.code] = _missing(question)
    return Checked(answers, errors, tuple(asked))


def raw_of(instrument: Instrument, answers: Mapping[str, Any]) -> dict[str, list[str]]:
    """What a form would have sent for these answers: to fill a form again, or to check what did not come by a form."""
    raw: dict[str, list[str]] = {}
    for question in instrument.questions():
        given = answers.get(question.code)
        if given is None or given in ("", []):
            continue
        match question.kind:
            case QuestionKind.DATE:
                year, month, day = (*str(given).split("-"), "", "")[:3]
                raw |= dict(zip(fields(question), ([day], [month], [year]), strict=True))
            case QuestionKind.RANK:
                order = given if isinstance(given, list) else [given]
                raw |= {f"{question.code}-{code}": [str(place)] for place, code in enumerate(order, start=1)}
            case _:
                raw[question.code] = [str(one) for one in given] if isinstance(given, list) else [str(given)]
    return raw


def kept(instrument: Instrument, raw: Raw) -> dict[str, list[str]]:
    """Of what a form sent, what belongs to a question: for a draft, and to draw the form again as it was typed."""
    names = {name for question in instrument.questions() for name in fields(question)}
    return {name: [cleaned(value) for value in values] for name, values in raw.items() if name in names and any(values)}


def cleaned(text: str) -> str:
    """Words without characters that cannot be printed or kept, and with one sort of line end."""
    return UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _read(question: Question, raw: Raw, *, language: str, silent_allowed: bool) -> Answer | None:
    """One answer; None where there is none. Raises Refused with the sentence for the page."""
    given = [[value for value in map(_stripped, raw.get(name, ())) if value] for name in fields(question)]
    if not any(given):
        return None
    if question.kind in CHOOSE_ONE:
        return _one(question, given[0], silent_allowed=silent_allowed)
    match question.kind:
        case QuestionKind.MANY:
            return _many(question, given[0], language=language, silent_allowed=silent_allowed)
        case QuestionKind.RANK:
            return _rank(question, given)
        case QuestionKind.DATE:
            return _date(given)
    if len(given[0]) > 1:
        raise Refused("Give one answer only.")
    match question.kind:
        case QuestionKind.NUMBER:
            return _number(question, given[0][0])
        case QuestionKind.PLACE:
            return _place(question, given[0][0])
        case _:
            return _text(given[0][0], longest=question.longest)


def _stripped(value: str) -> str:
    return cleaned(value).strip()


def _options(question: Question, *, silent_allowed: bool) -> dict[str, Option]:
    return {option.code: option for option in question.options if silent_allowed or not option.silent}


def _one(question: Question, given: list[str], *, silent_allowed: bool) -> str:
    if len(given) > 1:
        raise Refused("Choose one answer only.")
    if given[0] not in _options(question, silent_allowed=silent_allowed):
        raise Refused("Choose one of the answers that are shown.")
    return given[0]


def _many(question: Question, given: list[str], *, language: str, silent_allowed: bool) -> list[str]:
    options = _options(question, silent_allowed=silent_allowed)
    if not options.keys() >= set(given):
        raise Refused("Choose only from the answers that are shown.")
    chosen = [code for code in options if code in given]
    alone = next((options[code] for code in chosen if options[code].alone), None)
    if alone and len(chosen) > 1:
        raise Refused(f"Choose “{said(alone.words, language)}” by itself, or choose from the other answers.")
    return chosen


def _rank(question: Question, given: list[list[str]]) -> list[str]:
    """Places from 1 on, each once. Not everything must be ranked."""
    places: dict[int, str] = {}
    for option, values in zip(question.options, given, strict=True):
        if not values:
            continue
        place = int(values[0]) if len(values) == 1 and WHOLE.fullmatch(values[0]) else 0
        if not 1 <= place <= len(question.options):
            raise Refused(f"Use the numbers 1 to {len(question.options)} to put these in order.")
        if place in places:
            raise Refused(f"Use each number once. You have used {place} more than once.")
        places[place] = option.code
    if max(places) != len(places):
        raise Refused("Begin with 1 and leave no number out.")
    return [places[place] for place in sorted(places)]


def _date(given: list[list[str]]) -> str:
    parts = [values[0] if len(values) == 1 else "" for values in given]
    missing = [name for name, value in zip(DATE_PARTS, parts, strict=True) if not value]
    if missing:
        raise Refused(f"The date must have a {' and a '.join(missing)}.")
    try:
        day, month, year = (int(part) if WHOLE.fullmatch(part) else 0 for part in parts)
        answer = date(year, month, day)
    except ValueError:
        raise Refused("Write a real date in numbers, like 27 3 2026.") from None
    if not 1900 <= answer.year <= 2200:
        raise Refused("Write the year in full, like 2026.")
    return answer.isoformat()


def _number(question: Question, given: str) -> int | float:
    if not NUMBER.fullmatch(given):
        raise Refused("Write a number in figures, like 3.")
    number = float(given.replace(",", ""))
    lowest, highest = question.lowest, question.highest
    if (lowest is not None and number < lowest) or (highest is not None and number > highest):
        if lowest is None:
            raise Refused(f"Write a number that is {highest:g} or less.")
        if highest is None:
            raise Refused(f"Write a number that is {lowest:g} or more.")
        raise Refused(f"Write a number between {lowest:g} and {highest:g}.")
    return int(number) if number.is_integer() else number


def _place(question: Question, given: str) -> str:
    if question.places == "postcode":
        found = POSTCODE.fullmatch(re.sub(r"[\s.-]", "", given.upper()))
        if not found:
            raise Refused("Write a full postcode, like DA1 1DR.")
        return f"{found[1]} {found[2]}"
    if question.options and given not in {option.code for option in question.options}:
        raise Refused("Choose one of the places that are shown.")
    return _text(given, longest=PLACE_LONGEST)


def _text(given: str, *, longest: int) -> str:
    if len(given) > longest:
        raise Refused(f"Your answer has {len(given):,} characters. Shorten it to {longest:,} or fewer.")
    return given


def _missing(question: Question) -> str:
    match question.kind:
        case QuestionKind.MANY:
            return "Choose at least one answer."
        case QuestionKind.NUMBER:
            return "Write a number."
        case QuestionKind.DATE:
            return "Write a date."
        case QuestionKind.RANK:
            return "Put these in order, beginning with 1."
        case QuestionKind.TEXT | QuestionKind.PLACE:
            return "Write an answer."
        case _:
            return "Choose an answer."
