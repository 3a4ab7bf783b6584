"""A survey firm's file of answers: what its columns mean, what its codes mean, and what is wrong row by row.

Both councils of the seeds buy their survey (reference on tenant satisfaction measures, 2.2 and 4.4), so that the file
is the survey. Nothing is guessed silently: numbers without words are proposed and must be looked at, because firms code
"very satisfied" as 1 or as 5.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from hearth.kernel.refusals import Refused
from hearth.kernel.sheets import Cell, Formula, day
from hearth.surveys.rules.instrument import Instrument, Question, said
from hearth.surveys.rules.kinds import Mode, QuestionKind

IGNORE, REFERENCE, MODE, GIVEN_ON, WEIGHT, STOCK, TRAIT, QUESTION = (
    "ignore", "reference", "mode", "given_on", "weight", "stock", "trait", "question",
)  # fmt: skip
MEANINGS = {
    IGNORE: "Leave out",
    REFERENCE: "Reference of the household, as it was given to the firm",
    MODE: "How the answer came",
    GIVEN_ON: "Day of the answer",
    WEIGHT: "The firm's own weight",
    STOCK: "Low cost rental or shared ownership",
}
NOT_ANSWERED = "-"  # what a value may mean besides an option: no answer
CHOSEN = frozenset({QuestionKind.ONE, QuestionKind.SCALE, QuestionKind.MANY})
BLANK = frozenset({"", ".", "-", "#null!", "null", "n/a", "no answer", "not answered", "refused", "99", "-1", "999"})
MODES = {
    "telephone": Mode.TELEPHONE, "phone": Mode.TELEPHONE, "cati": Mode.TELEPHONE,
    "internet": Mode.WEB, "online": Mode.WEB, "web": Mode.WEB, "email": Mode.WEB, "cawi": Mode.WEB,
    "postal": Mode.PAPER, "post": Mode.PAPER, "paper": Mode.PAPER,
    "face to face": Mode.FACE, "face-to-face": Mode.FACE, "facetoface": Mode.FACE, "f2f": Mode.FACE, "capi": Mode.FACE,
    "sms": Mode.SMS, "text": Mode.SMS, "text message": Mode.SMS,
}  # fmt: skip
STOCKS = {
    "lcra": "lcra", "low cost rental": "lcra", "rented": "lcra", "general needs": "lcra", "tenant": "lcra",
    "lcho": "lcho", "shared ownership": "lcho", "shared owner": "lcho", "low cost home ownership": "lcho",
}  # fmt: skip
_NAMES = {
    "reference": REFERENCE, "ref": REFERENCE, "id": REFERENCE, "urn": REFERENCE, "unique reference": REFERENCE,
    "code": REFERENCE, "mode": MODE, "method": MODE, "methodology": MODE, "channel": MODE, "date": GIVEN_ON,
    "interview date": GIVEN_ON, "completed": GIVEN_ON, "weight": WEIGHT, "weighting": WEIGHT, "wt": WEIGHT,
    "stock": STOCK, "tenure": STOCK, "stock type": STOCK,
}  # fmt: skip


@dataclass(frozen=True)
class Column:
    """What one column means. `values` says of each value in it which option it is; `doubtful`: look at it."""

    name: str
    meaning: str
    of: str = ""  # code of the question, or name of the trait
    values: Mapping[str, str] = field(default_factory=dict)
    doubtful: bool = False


@dataclass(frozen=True)
class Seen:
    """What a column holds: its distinct values as text (at most so many), and the words that a file gives for them."""

    name: str
    values: tuple[str, ...]
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """One response of the file, ready to be taken."""

    row: int
    nonce: str
    reference: str
    answers: dict[str, list[str]]
    mode: str
    given_on: date | None
    weight: float | None
    stock: str
    traits: dict[str, str]


@dataclass(frozen=True)
class Problem:
    """Why a row cannot be taken, or what of it was left out. Holds no answer but the value that is not understood."""

    row: int
    column: str
    reason: str


def guess(seen: Sequence[Seen], instrument: Instrument) -> tuple[Column, ...]:
    """What each column most likely means: by the question's code or words, and by names that firms use."""
    taken: set[str] = set()
    found = []
    for one in seen:
        column = _guess_one(one, instrument, taken)
        if column.meaning == QUESTION:
            taken.add(column.of)
        found.append(column)
    return tuple(found)


def _guess_one(one: Seen, instrument: Instrument, taken: set[str]) -> Column:
    name = _plain(one.name)
    question = next(
        (q for q in instrument.questions() if q.code not in taken and _names(name, q)),
        None,
    )
    if question is not None:
        values, doubtful = _values(one, question)
        return Column(one.name, QUESTION, question.code, values, doubtful)
    if name in _NAMES and _NAMES[name] not in taken:
        taken.add(_NAMES[name])
        return Column(one.name, _NAMES[name])
    return Column(one.name, IGNORE)


def propose_values(columns: Sequence[Column], seen: Sequence[Seen], instrument: Instrument) -> tuple[Column, ...]:
    """The columns with proposals for the values of questions of which nothing has been said yet."""
    by_name = {one.name: one for one in seen}
    found = []
    for column in columns:
        question = instrument.question(column.of) if column.meaning == QUESTION and not column.values else None
        if question is not None:
            values, doubtful = _values(by_name[column.name], question)
            column = Column(column.name, column.meaning, column.of, values, doubtful)
        found.append(column)
    return tuple(found)


def _names(name: str, question: Question) -> bool:
    return _is_code(name, question.code) or _plain(said(question.words)) == name


def _is_code(name: str, code: str) -> bool:
    """Whether a heading names a code: all of TP01, "q tp01", "tp01 overall satisfaction" and "tp1" name TP01."""
    wanted = _plain(code)
    short = re.sub(r"\b([a-z]+)0+(\d)", r"\1\2", wanted)
    words = name.split()
    return name in (wanted, short) or (bool(words) and (words[0] in (wanted, short) or words[-1] in (wanted, short)))


def _values(one: Seen, question: Question) -> tuple[dict[str, str], bool]:
    """Which option each value is, by the option's words or the file's own labels; numbers alone are doubtful."""
    if question.kind not in CHOSEN:
        return {}, False
    by_words = {_plain(words): option.code for option in question.options for words in option.words.values()}
    codes = {option.code.casefold(): option.code for option in question.options}
    found: dict[str, str] = {}
    doubtful = False
    for value in one.values:
        label = one.labels.get(value, "")
        known = by_words.get(_plain(label)) or by_words.get(_plain(value))
        if known is None and _plain(value) in BLANK:
            known = NOT_ANSWERED
        if known is None and value.casefold() in codes:
            known, doubtful = codes[value.casefold()], doubtful or not label
        if known is None:
            doubtful = True
            continue
        found[value] = known
    return found, doubtful


def check_mapping(columns: Sequence[Column], instrument: Instrument, *, needs_reference: bool) -> None:
    """Refuse a mapping by which nothing sound comes in. Raises Refused naming the column."""
    used: dict[tuple[str, str], str] = {}
    for column in columns:
        if column.meaning == IGNORE:
            continue
        key = (column.meaning, column.of)
        if key in used:
            raise Refused(f"The columns “{used[key]}” and “{column.name}” mean the same. Leave one of them out.")
        used[key] = column.name
        if column.meaning == QUESTION and instrument.question(column.of) is None:
            raise Refused(f"The column “{column.name}” means a question that the questionnaire has not: {column.of}.")
        if column.meaning == TRAIT and not column.of.strip():
            raise Refused(f"Say what the column “{column.name}” tells of a household.")
    if not any(meaning == QUESTION for meaning, _ in used):
        raise Refused("No column means a question. Say at least of one which question it answers.")
    if needs_reference and (REFERENCE, "") not in used:
        raise Refused("Say which column holds the reference: answers are matched to households by it alone (SUR-11).")


def unmapped(columns: Sequence[Column], seen: Sequence[Seen], instrument: Instrument) -> tuple[Problem, ...]:
    """Values of questions that nothing is said of: rows that hold one would lose that answer."""
    values = {one.name: one.values for one in seen}
    found = []
    for column in columns:
        question = instrument.question(column.of) if column.meaning == QUESTION else None
        if question is None or question.kind not in CHOSEN:
            continue
        for value in values.get(column.name, ()):
            if value not in column.values and _plain(value) not in BLANK:
                found.append(Problem(0, column.name, f"Say which answer “{value[:60]}” is."))
    return tuple(found)


def read(
    row: int, cells: Sequence[Cell], columns: Sequence[Column], instrument: Instrument, *, file: str
) -> tuple[Row | None, tuple[Problem, ...]]:
    """One line of the file as a response, with what is wrong about it. None where it cannot be taken at all.

    `file` is the file's digest: it and the row's number make the nonce where there is no reference, so that the same
    file brought in again adds nothing.
    """
    reader = _Reader(row)
    for column, cell in zip(columns, cells, strict=False):
        if column.meaning != IGNORE:
            reader.take(column, cell, instrument)
    if not any(any(given) for given in reader.answers.values()):
        return None, (*reader.problems, Problem(row, "", "The row holds no answer."))
    fill_filters(reader.answers, columns, instrument)
    nonce = hashlib.sha256(f"{reader.reference or f'{file}:{row}'}".encode()).hexdigest()
    found = Row(
        row, nonce, reader.reference, reader.answers, reader.mode or Mode.OTHER, reader.given_on, reader.weight,
        reader.stock, reader.traits,
    )  # fmt: skip
    return (None if reader.spoilt else found), tuple(reader.problems)


def fill_filters(answers: dict[str, list[str]], columns: Sequence[Column], instrument: Instrument) -> None:
    """Where a firm leaves a filter's own column out, whoever answered what it leads to has passed the filter."""
    mapped = {column.of for column in columns if column.meaning == QUESTION}
    for question in instrument.questions():
        leads = question.only_if
        if leads and question.code in answers and leads.question not in mapped and leads.codes:
            answers.setdefault(leads.question, [leads.codes[0]])


class _Reader:
    """What one row has told so far."""

    def __init__(self, row: int) -> None:
        self.row = row
        self.answers: dict[str, list[str]] = {}
        self.problems: list[Problem] = []
        self.reference = self.mode = self.stock = ""
        self.given_on: date | None = None
        self.weight: float | None = None
        self.traits: dict[str, str] = {}
        self.spoilt = False

    def take(self, column: Column, cell: Cell, instrument: Instrument) -> None:
        """One cell, as its column means it."""
        if isinstance(cell, Formula):
            self._spoil(column, "The cell holds a formula. Save the file with its values only.")
            return
        text = text_of(cell)
        match column.meaning:
            case "reference":
                self.reference = text
            case "mode":
                self._mode(column, text)
            case "given_on":
                self._day(column, cell)
            case "weight":
                self._weight(column, text)
            case "stock":
                self.stock = STOCKS.get(_plain(text), "")
            case "trait":
                self.traits[column.of] = text[:120]
            case "question":
                question = instrument.question(column.of)
                if question is not None:
                    self._answer(column, question, text)

    def _mode(self, column: Column, text: str) -> None:
        known = MODES.get(_plain(text))
        if known is None and text:
            self._spoil(column, f"“{text[:60]}” is no way of answering that is known.")
        self.mode = known or ""

    def _day(self, column: Column, cell: Cell) -> None:
        try:
            self.given_on = day(cell)
        except Refused as refused:
            self._spoil(column, str(refused))

    def _weight(self, column: Column, text: str) -> None:
        try:
            self.weight = float(text) if text else None
        except ValueError:
            self._spoil(column, f"“{text[:60]}” is no number.")
            return
        if self.weight is not None and not 0 < self.weight < 1_000_000:
            self._spoil(column, "A weight is a number above nought.")

    def _answer(self, column: Column, question: Question, text: str) -> None:
        if question.kind not in CHOSEN:
            if _plain(text) not in {"", "#null!"}:
                self._words(column, question, text)
            return
        parts = re.split(r"\s*[;|]\s*", text) if question.kind is QuestionKind.MANY else [text]
        given = []
        for part in parts:
            code = column.values.get(part)
            if code == NOT_ANSWERED or (code is None and _plain(part) in BLANK):
                continue
            if code is None:
                self._spoil(column, f"“{part[:60]}” is no answer to {question.code} that is known.")
                return
            given.append(code)
        if given:
            self.answers[question.code] = given

    def _words(self, column: Column, question: Question, text: str) -> None:
        """A number, a day, a place or free text, as it is kept."""
        if question.kind is QuestionKind.DATE:
            try:
                found = day(text)
            except Refused as refused:
                self._spoil(column, str(refused))
                return
            text = found.isoformat() if found else ""
        self.answers[question.code] = [text]

    def _spoil(self, column: Column, reason: str) -> None:
        self.spoilt = True
        self.problems.append(Problem(self.row, column.name, reason))


def as_kept(answers: Mapping[str, list[str]], instrument: Instrument) -> dict[str, Any]:
    """Answers in the form in which they are kept: a list only where several may be chosen."""
    several = {QuestionKind.MANY, QuestionKind.RANK}
    found: dict[str, Any] = {}
    for question in instrument.questions():
        given = answers.get(question.code)
        if given:
            found[question.code] = list(given) if question.kind in several else given[0]
    return found


def text_of(cell: Cell) -> str:
    """A cell as text: 1.0 is "1", a day is written as 2026-11-22."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell).strip()


def see(headings: Sequence[str], rows: Iterable[Sequence[Cell]], *, most: int = 40, labels: Any = None) -> list[Seen]:
    """The distinct values of each column, in the order in which they come; columns of many values show none of them."""
    values: list[dict[str, None] | None] = [{} for _ in headings]
    for cells in rows:
        for place, cell in enumerate(cells[: len(headings)]):
            kept = values[place]
            if kept is None:
                continue
            kept[text_of(cell)] = None
            if len(kept) > most:
                values[place] = None
    named = labels or {}
    return [
        Seen(name, tuple(value for value in (kept or {}) if value), named.get(name, {}))
        for name, kept in zip(headings, values, strict=True)
    ]


def check_headings(headings: Sequence[Cell]) -> list[str]:
    """The names of the columns. Raises Refused for none, or for two that are alike."""
    names = [text_of(one) or f"Column {place}" for place, one in enumerate(headings, 1)]
    if not names:
        raise Refused("The file is empty.", field="file")
    twice = [name for place, name in enumerate(names) if name in names[:place]]
    if twice:
        raise Refused(f"Two columns are called “{twice[0]}”. Give each its own name.", field="file")
    return names


def _plain(words: str) -> str:
    return " ".join(re.sub(r"[^\w\s/#.-]", " ", words.casefold().replace("_", " ")).split())
