"""What the columns of exported answers mean: names, words, codes with labels, and which codes are no answer (C.8).

Names and codes suit SPSS, the narrowest of the formats, so that all formats say the same. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from hearth.surveys.rules.instrument import Question, said
from hearth.surveys.rules.kinds import Mode, QuestionKind
from hearth.surveys.rules.population import NAMES

NOT_TOLD, NOT_ASKED, NO_ANSWER = -7, -8, -9
NOTHING = {NOT_ASKED: "Not asked", NO_ANSWER: "No answer"}
FEW = {NOT_TOLD: "Left out: few share it, or not known"}
FIRST_MISSING = 91
LEFT_OUT = frozenset({QuestionKind.TEXT, QuestionKind.DATE, QuestionKind.PLACE})  # may tell who answered


@dataclass(frozen=True)
class Variable:
    """One column. `labels` are the words of its codes; `missing` the codes that are no answer.

    `array` names the column of answers that it comes from, `codes` what each place there becomes.
    """

    name: str
    label: str
    labels: Mapping[int, str] = field(default_factory=dict)
    missing: tuple[int, ...] = ()
    array: str = ""
    codes: tuple[int, ...] = ()
    question: Question | None = None
    decimals: bool = False


def variables(
    questions: Sequence[Question], traits: Mapping[str, Sequence[str]], modes: Sequence[str], stocks: Sequence[str]
) -> tuple[Variable, ...]:
    """Every column of an export, in order: number, mode, stock, traits, answers, weight."""
    found = [
        Variable("response", "Number of the response in this file, drawn at random"),
        _listed("mode", "How it was answered", [Mode(one).label for one in modes], array="mode"),
    ]
    if any(stocks):
        found.append(_listed("stock", "Stock", [one.upper() for one in stocks], array="stock"))
    for name, values in traits.items():
        found.append(_listed(name, NAMES.get(name, name), values, array=f"trait:{name}", extra=FEW))
    for question in questions:
        found += _of(question)
    found.append(Variable("weight", "Weight; 1 where responses are not weighted", decimals=True))
    return tuple(_unlike(found))


def _listed(
    name: str, label: str, words: Sequence[str], *, array: str, extra: Mapping[int, str] | None = None
) -> Variable:
    codes = tuple(range(1, len(words) + 1))
    labels = dict(zip(codes, words, strict=True)) | dict(extra or {})
    return Variable(name, label, labels, tuple(extra or ()), array, codes)


def _of(question: Question) -> Iterator[Variable]:
    """The columns of one question; none of what may tell who answered."""
    words = said(question.words)
    if question.kind in LEFT_OUT:
        return
    if question.kind in (QuestionKind.ONE, QuestionKind.SCALE):
        codes = codes_of(question)
        labels = {code: said(one.words) for code, one in zip(codes, question.options, strict=True)}
        missing = [code for code, one in zip(codes, question.options, strict=True) if one.missing]
        extra = NOTHING | (FEW if question.characteristic else {})
        yield Variable(question.code, words, labels | extra, (*missing, *extra), question.code, codes, question)
        return
    if question.kind is QuestionKind.NUMBER:
        yield Variable(question.code, words, NOTHING | FEW, (NOT_TOLD, *NOTHING), question.code, (), question, True)
        return
    for option in question.options:
        name, label = f"{question.code}_{option.code}", f"{words} – {said(option.words)}"
        if question.kind is QuestionKind.MANY:
            told: dict[int, str] = {0: "Not chosen", 1: "Chosen"}
        else:
            told = {0: "Not ranked", **{place: f"Place {place}" for place in range(1, len(question.options) + 1)}}
        codes = tuple(sorted(told))
        yield Variable(name, label, told | NOTHING, tuple(NOTHING), f"{question.code}/{option.code}", codes, question)


def codes_of(question: Question) -> tuple[int, ...]:
    """The number of each option: its own code where that is a number, else its place; from 91 on for no answers."""
    numbers = [int(one.code) if re.fullmatch(r"\d{1,2}", one.code) else None for one in question.options]
    plain = [number for number in numbers if number is not None]
    fit = len(set(plain)) == len(plain) and all(number < FIRST_MISSING for number in plain)
    counted = [one for one in question.options if not one.missing]
    own = fit and all(
        number is not None for number, one in zip(numbers, question.options, strict=True) if not one.missing
    )
    found, missing = [], FIRST_MISSING
    for number, option in zip(numbers, question.options, strict=True):
        if option.missing:
            found.append(missing)
            missing += 1
        else:
            found.append(number if own and number is not None else counted.index(option) + 1)
    return tuple(found)


def _unlike(found: Iterable[Variable]) -> Iterator[Variable]:
    """The columns with names that SPSS takes: a letter first, letters, digits and underscores, each once."""
    taken: set[str] = set()
    for one in found:
        name = re.sub(r"\W", "_", one.name, flags=re.ASCII)[:60]
        name = name if re.match(r"[A-Za-z]", name) else f"v_{name}"
        stem, number = name, 2
        while name.lower() in taken:
            name, number = f"{stem}_{number}", number + 1
        taken.add(name.lower())
        yield Variable(name, one.label, one.labels, one.missing, one.array, one.codes, one.question, one.decimals)


def lines(found: Sequence[Variable]) -> Iterator[tuple[str, str, int | str, str, str]]:
    """The codebook as rows: column, words, code, label, and whether the code is no answer."""
    for one in found:
        if not one.labels:
            yield one.name, one.label, "", "", ""
        for code, label in one.labels.items():
            yield one.name, one.label, code, label, "Yes" if code in one.missing else ""
