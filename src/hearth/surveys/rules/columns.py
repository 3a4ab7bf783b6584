"""Answers as columns of small numbers, so that a million of them fit into memory and are counted at once.

One whole number an answer: the place of the chosen option in the questionnaire, -1 where nothing was answered. Rows
come in bit by bit (`Columns.add`); what was read is let go of at once. Pure; numpy.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hearth.surveys.rules.instrument import Instrument, Option, Question
from hearth.surveys.rules.kinds import QuestionKind
from hearth.surveys.rules.weighting.coding import Coded

Row = tuple[Mapping[str, Any], Mapping[str, Any], str, str, float | None]  # answers, traits, mode, stock, given weight
Bools = NDArray[np.bool_]

CHOSEN = frozenset({QuestionKind.ONE, QuestionKind.SCALE})
SEVERAL = frozenset({QuestionKind.MANY, QuestionKind.RANK})
NOTHING = -1


def asked(instruments: Sequence[Instrument]) -> tuple[tuple[Question, str], ...]:
    """Every question that any version puts, with the title of its section; newest version first.

    Where a version offered other options, those that are gone follow the newest version's own.
    """
    found: dict[str, tuple[Question, str]] = {}
    for instrument in instruments:
        for section in instrument.sections:
            title = section.title.get("en", "")
            for question in section.questions:
                there = found.get(question.code)
                if there is None:
                    found[question.code] = (question, title)
                    continue
                known = {option.code for option in there[0].options}
                gone = tuple(option for option in question.options if option.code not in known)
                if gone:
                    found[question.code] = (replace(there[0], options=(*there[0].options, *gone)), there[1])
    return tuple(found.values())


@dataclass
class Column:
    """One column that grows: what was added so far, in pieces."""

    pieces: list[NDArray[Any]] = field(default_factory=list)

    def whole(self, kind: Any) -> NDArray[Any]:
        """All of it."""
        return np.concatenate(self.pieces) if self.pieces else np.zeros(0, dtype=kind)


@dataclass
class Reading:
    """Responses while they are read. `questions` as `asked` gives them."""

    questions: tuple[tuple[Question, str], ...]
    columns: dict[str, Column] = field(default_factory=dict)
    traits: dict[str, dict[str, int]] = field(default_factory=dict)  # {"age": {"35-54": 0, …}}
    modes: dict[str, int] = field(default_factory=dict)
    stocks: dict[str, int] = field(default_factory=dict)
    rows: int = 0

    def add(self, rows: Sequence[Row]) -> None:
        """Take in some responses."""
        size = len(rows)
        if not size:
            return
        answers = [row[0] for row in rows]
        for question, _ in self.questions:
            for name, values in _codes(question, answers):
                self._column(name).pieces.append(values)
        for name in sorted({name for row in rows for name in row[1]} - self.traits.keys()):
            self.traits[name] = {}
            self._column(f"trait:{name}").pieces.append(np.full(self.rows, NOTHING, dtype=np.int16))
        for name, book in self.traits.items():
            places = (_place(book, row[1].get(name)) for row in rows)
            self._column(f"trait:{name}").pieces.append(np.fromiter(places, np.int16, size))
        self._column("mode").pieces.append(np.fromiter((_place(self.modes, row[2]) for row in rows), np.int8, size))
        self._column("stock").pieces.append(np.fromiter((_place(self.stocks, row[3]) for row in rows), np.int8, size))
        weights = (np.nan if row[4] is None else row[4] for row in rows)
        self._column("weight").pieces.append(np.fromiter(weights, np.float64, size))
        self.rows += size

    def _column(self, name: str) -> Column:
        return self.columns.setdefault(name, Column())

    def done(self) -> Columns:
        """All responses that were read."""
        arrays = {name: column.whole(np.int8) for name, column in self.columns.items()}
        return Columns(
            self.questions,
            arrays,
            {name: tuple(book) for name, book in self.traits.items()},
            tuple(self.modes),
            tuple(self.stocks),
            self.rows,
        )


@dataclass(frozen=True)
class Columns:
    """Responses as columns. `arrays` are named by question, "question/option", "trait:name", "mode" and "stock"."""

    questions: tuple[tuple[Question, str], ...]
    arrays: Mapping[str, NDArray[Any]]
    traits: Mapping[str, tuple[str, ...]]
    modes: tuple[str, ...]
    stocks: tuple[str, ...]
    rows: int

    def only(self, which: Bools) -> Columns:
        """Some of the responses."""
        kept = {name: array[which] for name, array in self.arrays.items()}
        return replace(self, arrays=kept, rows=int(which.sum()))

    def of_stock(self, stock: str) -> Bools:
        """Which responses are of a kind of stock; of "" all."""
        if not stock:
            return np.ones(self.rows, dtype=bool)
        if stock not in self.stocks:
            return np.zeros(self.rows, dtype=bool)
        return np.asarray(self.arrays["stock"] == self.stocks.index(stock))

    def mode(self) -> Coded:
        """How each response was given."""
        return Coded("mode", self.modes, self.arrays["mode"].astype(np.intp))

    def trait(self, name: str) -> Coded:
        """A trait of the households that answered."""
        return Coded(name, self.traits[name], self.arrays[f"trait:{name}"].astype(np.intp))

    def answer(self, question: Question) -> Coded:
        """The answers to a question of one choice, by the words of its options; what is outside the base is -1."""
        counted = in_base(question)
        book = np.full(len(question.options) + 1, NOTHING, dtype=np.intp)
        for at, (place, _) in enumerate(counted):
            book[place] = at
        words = tuple(option.words.get("en", option.code) for _, option in counted)
        return Coded(question.code, words, book[self.arrays[question.code]])

    def put(self, question: Question) -> Bools:
        """Which of them were asked a question: as its stock and its filter have it."""
        mask = np.ones(self.rows, dtype=bool)
        if question.stock and len(self.stocks):
            other = [at for at, stock in enumerate(self.stocks) if stock and stock not in question.stock]
            mask &= ~np.isin(self.arrays["stock"], other)
        if question.only_if is None:
            return mask
        earlier = next((one for one, _ in self.questions if one.code == question.only_if.question), None)
        if earlier is None:
            return mask
        if earlier.kind in CHOSEN:
            places = [at for at, one in enumerate(earlier.options) if one.code in question.only_if.codes]
            return mask & np.isin(self.arrays[earlier.code], places)
        named = [f"{earlier.code}/{code}" for code in question.only_if.codes]
        chosen = [self.arrays[name] > 0 for name in named if name in self.arrays]
        return mask & np.logical_or.reduce(chosen) if chosen else mask


def in_base(question: Question) -> tuple[tuple[int, Option], ...]:
    """The options that count, with their places: not those that stand outside any percentage."""
    return tuple((at, option) for at, option in enumerate(question.options) if not option.missing)


def _place(book: dict[str, int], value: Any) -> int:
    return book.setdefault(str(value), len(book)) if value else NOTHING


def _codes(question: Question, answers: list[Mapping[str, Any]]) -> Iterable[tuple[str, NDArray[Any]]]:
    """The columns of one question for some responses."""
    code, size = question.code, len(answers)
    given = [one.get(code) for one in answers]
    if question.kind in CHOSEN:
        book: dict[Any, int] = {option.code: at for at, option in enumerate(question.options)}
        yield code, np.fromiter((book.get(one, NOTHING) if isinstance(one, str) else NOTHING for one in given), np.int8,
                                size)  # fmt: skip
    elif question.kind in SEVERAL:
        lists = [one if isinstance(one, list) else None for one in given]
        ranked = question.kind is QuestionKind.RANK
        for option in question.options:
            places = (NOTHING if one is None else _mark(one, option.code, ranked) for one in lists)
            yield f"{code}/{option.code}", np.fromiter(places, np.int8, size)
    elif question.kind is QuestionKind.NUMBER:
        numbers = (float(one) if isinstance(one, int | float) else np.nan for one in given)
        yield code, np.fromiter(numbers, np.float64, size)
    else:
        yield code, np.fromiter((0 if one else NOTHING for one in given), np.int8, size)


def _mark(chosen: list[str], code: str, ranked: bool) -> int:
    if code not in chosen:
        return 0
    return min(chosen.index(code) + 1, 100) if ranked else 1
