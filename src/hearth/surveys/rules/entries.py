"""Paper forms keyed in by numbers, twice, and compared question by question. Pure.

What is typed stands under the names of `rules.answering.fields`: for a choice the number that is printed beside the
box, for several choices their numbers, for the rest what is written. "0" or "-" says that the paper has no answer.
Answers on paper are checked as all others are, so that they are one result set with them (SUR-02).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from hearth.kernel.refusals import Refused
from hearth.surveys.rules import answering, paper
from hearth.surveys.rules.instrument import Instrument, Question, said
from hearth.surveys.rules.kinds import QuestionKind

NOTHING = frozenset({"", "0", "-", "–"})
Raw = dict[str, list[str]]


@dataclass(frozen=True)
class Keyed:
    """What was keyed, as a form would have sent it, and what is wrong with it by question."""

    raw: Raw
    errors: dict[str, str]


def keyed(instrument: Instrument, typed: Mapping[str, Sequence[str]], *, stock: str = "") -> Keyed:
    """The numbers that were typed as codes of answers, checked as every answer is."""
    raw: Raw = {}
    errors: dict[str, str] = {}
    for one in paper.questions(instrument, stock=stock):
        try:
            raw |= _raw(one.question, typed)
        except Refused as refused:
            errors[one.question.code] = refused.message
    checked = answering.check(_all_asked(instrument), raw, stock=stock, part=True)
    return Keyed(raw, {**checked.errors, **errors})


def typed_of(instrument: Instrument, raw: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """What would be typed for these answers, to draw a keyed form again."""
    typed = {name: list(values) for name, values in raw.items()}
    for question in instrument.questions():
        if paper.ticks(question) and question.code in raw:
            numbers = {option.code: str(number) for number, option in paper.options(question)}
            found = [numbers.get(code, "") for code in raw[question.code]]
            typed[question.code] = [" ".join(found)]
    return typed


def differences(
    instrument: Instrument,
    first: Mapping[str, Sequence[str]],
    second: Mapping[str, Sequence[str]],
    *,
    stock: str = "",
) -> list[paper.Numbered]:
    """The questions for which two people keyed different answers. Spaces and line ends make no difference."""
    return [
        one
        for one in paper.questions(instrument, stock=stock)
        if _plain(one.question, first) != _plain(one.question, second)
    ]


def settled(
    instrument: Instrument,
    first: Mapping[str, Sequence[str]],
    second: Mapping[str, Sequence[str]],
    chosen: Mapping[str, str],
    instead: Mapping[str, Sequence[str]],
    *,
    stock: str = "",
) -> Raw:
    """The answers after somebody looked at the paper again.

    `chosen` says of each question that differs whether the "first", the "second" or neither ("other") was right;
    `instead` holds what the paper says then. Raises Refused, naming the question, while one is not settled.
    """
    raw: Raw = {name: list(values) for name, values in first.items()}
    for one in differences(instrument, first, second, stock=stock):
        code, names = one.question.code, answering.fields(one.question)
        right = {"first": first, "second": second, "other": instead}.get(chosen.get(code, ""))
        if right is None:
            raise Refused(f"Question {one.number}: say which is right.", field=code)
        for name in names:
            raw.pop(name, None)
            if name in right:
                raw[name] = list(right[name])
    return raw


def shown(question: Question, raw: Mapping[str, Sequence[str]]) -> str:
    """What was keyed for a question, in words."""
    given = {name: [value for value in raw.get(name, ()) if value] for name in answering.fields(question)}
    if not any(given.values()):
        return "No answer"
    if question.kind is QuestionKind.RANK:
        return ", ".join(
            f"{given[f'{question.code}-{option.code}'][0]} {said(option.words)}"
            for option in question.options
            if given[f"{question.code}-{option.code}"]
        )
    if question.kind is QuestionKind.DATE:
        return "/".join((values or ["?"])[0] for values in given.values())
    numbers = {option.code: f"{number} {said(option.words)}" for number, option in paper.options(question)}
    return ", ".join(numbers.get(value, value) for value in given[question.code])


def _raw(question: Question, typed: Mapping[str, Sequence[str]]) -> Raw:
    if paper.ticks(question):
        text = " ".join(typed.get(question.code, ())).strip()
        chosen = _chosen(question, text)
        return {question.code: chosen} if chosen else {}
    found: Raw = {}
    for name in answering.fields(question):
        values = [answering.cleaned(value).strip() for value in typed.get(name, ())]
        nothing = NOTHING - {"0"} if question.kind is QuestionKind.NUMBER else NOTHING
        if values and values[0] not in nothing:
            found[name] = values[:1]
    return found


def _chosen(question: Question, text: str) -> list[str]:
    if text in NOTHING:
        return []
    codes = {str(number): option.code for number, option in paper.options(question)}
    parts = [part for part in re.split(r"[\s,;.+/]+", text) if part]
    if any(part not in codes for part in parts):
        last = len(codes)
        raise Refused(f"Type a number from 1 to {last}{', or several with spaces between' * _many(question)}.")
    if len(parts) > 1 and not _many(question):
        raise Refused("Type one number. If two boxes are ticked on the paper, type 0.")
    return [codes[part] for part in dict.fromkeys(parts)]


def _many(question: Question) -> bool:
    return question.kind is QuestionKind.MANY


def _plain(question: Question, raw: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """An answer as it is compared."""
    ordered = question.kind is QuestionKind.MANY
    found = [
        [" ".join(value.split()) for value in raw.get(name, ()) if value.strip()] for name in answering.fields(question)
    ]
    return [sorted(values) for values in found] if ordered else found


def _all_asked(instrument: Instrument) -> Instrument:
    """The questionnaire without filters: on paper somebody may answer what they were not asked, and it is keyed too."""
    return replace(
        instrument,
        sections=tuple(
            replace(section, questions=tuple(replace(one, only_if=None) for one in section.questions))
            for section in instrument.sections
        ),
    )


__all__ = ["NOTHING", "Keyed", "differences", "keyed", "settled", "shown", "typed_of"]
