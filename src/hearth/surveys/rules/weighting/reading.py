"""Reading responses and margins from lines of CSV, for analysts who weight without the web (SUR-18, reference 2.2).

Pure: whoever calls opens the file. The layout is one row a response (`id`, one column a variable, one a question), one
row a category (`variable,category,population`) and one row a cell (one column a variable, then `population`). Cells
become whole numbers as they are read, block by block, so that memory holds codes and not text. What is wrong is said
with its row and column, up to `MOST_FAULTS` at once.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

import numpy as np
from numpy.typing import NDArray

from hearth.kernel.refusals import Refused
from hearth.surveys.rules.weighting.coding import Coded, Floats, Margin

BLOCK = 8192
MOST_FAULTS = 20
MOST_CATEGORIES = 5000
NO_ANSWER = -1
BLANK = frozenset({"", "NA", "N/A", "."})
QUESTION = re.compile(r"q\d+\Z", re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?((\d{1,3}(,\d{3})+|\d+)(\.\d*)?|\.\d+)([eE][+-]?\d{1,2})?\Z", re.ASCII)
_FORMULA = re.compile(r"[=@\t\r|]|[+-](?![\d.]+\Z)")

Answers = NDArray[np.int16]


@dataclass(frozen=True)
class Responses:
    """A file of responses, coded. `rows` has the row of each response as a spreadsheet counts it."""

    ids: list[str]
    rows: NDArray[np.int32]
    variables: tuple[Coded, ...]
    answers: Mapping[str, Answers]
    base: Floats | None = None
    unused: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.ids)

    def where(self, place: int) -> str:
        """A response as sentences name it."""
        return f"row {self.rows[place]}"


@dataclass
class _Faults:
    """What is wrong with a file; raised together."""

    name: str
    said: list[str] = field(default_factory=list)

    def add(self, sentence: str) -> None:
        self.said.append(sentence)
        if len(self.said) >= MOST_FAULTS:
            self.said.append("There may be more: reading stopped here.")
            self.stop()

    def stop(self) -> None:
        if self.said:
            raise Refused("\n".join(f"{self.name}: {sentence}" for sentence in self.said), field=self.name)


@dataclass
class _Column:
    """One column that is being coded: a book from text to number, and the numbers so far."""

    name: str
    parts: list[NDArray[np.int32]] = field(default_factory=list)
    book: dict[str, int] = field(default_factory=dict)

    def learn(self, text: str) -> int | None:
        """The number of a text that was not met before; None where it cannot be read."""
        raise NotImplementedError

    def take(self, texts: Sequence[str], rows: Sequence[int], faults: _Faults) -> None:
        if unmet := set(texts) - self.book.keys():
            for text in dict.fromkeys(texts):  # in the order in which they stand
                if text not in unmet:
                    continue
                number = self.learn(text)
                if number is None:
                    faults.add(self.refusal(text, rows[texts.index(text)]))
                self.book[text] = NO_ANSWER if number is None else number
        self.parts.append(np.fromiter(map(self.book.__getitem__, texts), dtype=np.int32, count=len(texts)))

    def refusal(self, text: str, row: int) -> str:
        """What is wrong with a text that cannot be read."""
        raise NotImplementedError

    def codes(self) -> NDArray[np.int32]:
        return np.concatenate(self.parts) if self.parts else np.zeros(0, dtype=np.int32)


@dataclass
class _Variable(_Column):
    """A column of categories, which are told apart by their text without the blanks around it."""

    categories: dict[str, int] = field(default_factory=dict)

    def learn(self, text: str) -> int | None:
        name = text.strip()
        if not name:
            return NO_ANSWER
        if len(self.categories) >= MOST_CATEGORIES and name not in self.categories:
            return None
        return self.categories.setdefault(name, len(self.categories))

    def refusal(self, text: str, row: int) -> str:
        return f"row {row}, column {self.name}: more than {MOST_CATEGORIES:,} categories; is this a column of groups?"


@dataclass
class _Question(_Column):
    """A column of answers: numbers of the scale, or what stands for no answer in the base."""

    scale: frozenset[int] = frozenset()
    outside: frozenset[str] = frozenset()

    def learn(self, text: str) -> int | None:
        said = text.strip()
        if said in self.outside or said.upper() in BLANK:
            return NO_ANSWER
        try:
            number = float(said)
        except ValueError:
            return None
        return int(number) if number in self.scale else None

    def refusal(self, text: str, row: int) -> str:
        return (
            f"row {row}, column {self.name}: “{text[:40]}” is not an answer from {min(self.scale)} to "
            f"{max(self.scale)}. Name the codes that stand for no answer or “not applicable” with --outside."
        )


@dataclass
class _Number(_Column):
    """A column of base weights."""

    values: list[float] = field(default_factory=list)

    def learn(self, text: str) -> int | None:
        number = _number(text)
        if number is None or number <= 0:
            return None
        self.values.append(number)
        return len(self.values) - 1

    def refusal(self, text: str, row: int) -> str:
        return f"row {row}, column {self.name}: the base weight “{text[:40]}” must be a number of more than 0."


def read_responses(
    lines: Iterable[str],
    *,
    variables: Mapping[str, Sequence[str]],
    questions: Sequence[str] | None = None,
    id_column: str = "id",
    base_column: str | None = None,
    scale: Collection[int] = (1, 2, 3, 4, 5),
    outside: Collection[str] = (),
    name: str = "responses",
) -> Responses:
    """Responses from lines of CSV. `variables` are columns of categories, each with those that are known, in order;
    others follow as they are met. `questions` None takes every column named q and a number (q01, Q2).

    `outside` are codes that stand for no answer in the base, besides blank, NA and N/A. Refused with row and column.
    """
    faults = _Faults(name)
    header, records = _open(lines, faults)
    places = {title: at for at, title in enumerate(header)}
    asked = [title for title in header if QUESTION.match(title)] if questions is None else list(questions)
    wanted = [id_column, *variables, *asked, *([base_column] if base_column else [])]
    for title in dict.fromkeys(wanted):
        if title not in places:
            faults.add(f"there is no column {title}; the columns are {', '.join(header[:30])}.")
    faults.stop()
    wide = [
        _Variable(title, categories={category: at for at, category in enumerate(known)})
        for title, known in variables.items()
    ]
    scales = [_Question(title, scale=frozenset(scale), outside=frozenset(outside)) for title in asked]
    base = _Number(base_column) if base_column else None
    columns: list[_Column] = [*wide, *scales, *([base] if base else [])]
    ids: list[str] = []
    numbers: list[NDArray[np.int32]] = []
    for rows, cells in _blocks(records, len(header), faults):
        block = [text.strip() for text in cells[places[id_column]]]
        _check_ids(block, rows, id_column, faults)
        ids += block
        numbers.append(np.asarray(rows, dtype=np.int32))
        for column in columns:
            column.take(cells[places[column.name]], rows, faults)
    row_numbers = np.concatenate(numbers) if numbers else np.zeros(0, dtype=np.int32)
    _check_unique(ids, row_numbers, id_column, faults)
    if not ids:
        faults.add("there are no responses below the header.")
    faults.stop()
    return Responses(
        ids,
        row_numbers,
        tuple(Coded(one.name, tuple(one.categories), one.codes().astype(np.intp)) for one in wide),
        {one.name: one.codes().astype(np.int16) for one in scales},
        np.asarray(base.values)[base.codes()] if base else None,
        tuple(title for title in header if title and title not in wanted),
    )


def read_margins(lines: Iterable[str], *, name: str = "margins") -> tuple[Margin, ...]:
    """Margins from lines of CSV with the columns variable, category and population."""
    faults = _Faults(name)
    header, records = _open(lines, faults)
    needed = ("variable", "category", "population")
    if not set(needed) <= set(header):
        faults.add(f"the columns must be variable, category and population, and they are {', '.join(header[:30])}.")
        faults.stop()
    places = [header.index(title) for title in needed]
    found: dict[str, dict[str, float]] = {}
    for rows, cells in _blocks(records, len(header), faults):
        for row, variable, category, text in zip(rows, *(cells[at] for at in places), strict=True):
            variable, category, number = variable.strip(), category.strip(), _number(text)
            if not variable or not category:
                faults.add(f"row {row}: a variable and a category must be named.")
            elif number is None or number < 0:
                faults.add(f"row {row}, column population: “{text[:40]}” must be a number of 0 or more.")
            elif category in found.setdefault(variable, {}):
                faults.add(f"row {row}: {variable} “{category}” is given twice.")
            else:
                found[variable][category] = number
    if not found:
        faults.add("there are no margins below the header.")
    faults.stop()
    return tuple(Margin.of(variable, population) for variable, population in found.items())


def read_poststrata(lines: Iterable[str], *, name: str = "poststrata") -> Margin:
    """A table of cells from lines of CSV: one column a variable, and the last, population."""
    faults = _Faults(name)
    header, records = _open(lines, faults)
    if "population" not in header or len(header) < 2:
        faults.add("the columns must be one or more variables and population.")
        faults.stop()
    last = header.index("population")
    variables = tuple(title for title in header if title != "population")
    found: dict[tuple[str, ...], float] = {}
    for rows, cells in _blocks(records, len(header), faults):
        for row, *texts in zip(rows, *cells, strict=True):
            number = _number(texts[last])
            cell = tuple(text.strip() for at, text in enumerate(texts) if at != last)
            if not all(cell):
                faults.add(f"row {row}: every variable must have a category.")
            elif number is None or number < 0:
                faults.add(f"row {row}, column population: “{texts[last][:40]}” must be a number of 0 or more.")
            elif cell in found:
                faults.add(f"row {row}: {', '.join(cell)} is given twice.")
            else:
                found[cell] = number
    if not found:
        faults.add("there are no cells below the header.")
    faults.stop()
    return Margin(variables, found)


def _open(lines: Iterable[str], faults: _Faults) -> tuple[list[str], Iterator[list[str]]]:
    """The titles of the columns, and the records below them; commas, semicolons or tabs part the cells."""
    stream = iter(lines)
    first = next(stream, "").lstrip("\ufeff")
    mark = max(",;\t", key=first.count)
    records = csv.reader(chain([first], stream), delimiter=mark)
    header = [title.strip() for title in next(iter(_block(records, 1, faults)), [])]
    if not any(header):
        faults.add("the first row must name the columns.")
    for title in dict.fromkeys(header):
        if title and header.count(title) > 1:
            faults.add(f"two columns are called {title}.")
    faults.stop()
    return header, records


def _blocks(
    records: Iterator[list[str]], width: int, faults: _Faults
) -> Iterator[tuple[Sequence[int], list[Sequence[str]]]]:
    """Blocks of records as columns, with the rows' numbers. Empty rows are passed over; a row that is too short, or
    too long with something in it, is a fault."""
    start = 2
    while block := _block(records, BLOCK, faults):
        rows: Sequence[int] = range(start, start + len(block))
        start += len(block)
        if {len(record) for record in block} != {width} or not all(record[0] for record in block):
            rows, block = _whole(rows, block, width, faults)
        if block:
            yield rows, list(zip(*block, strict=True))


def _block(records: Iterator[list[str]], size: int, faults: _Faults) -> list[list[str]]:
    try:
        return list(islice(records, size))
    except csv.Error as error:
        place = getattr(records, "line_num", 0)
        faults.add(f"line {place} cannot be read as CSV ({error}). Is a quotation mark left open?")
        faults.stop()
        return []


def _whole(
    rows: Sequence[int], block: list[list[str]], width: int, faults: _Faults
) -> tuple[Sequence[int], list[list[str]]]:
    kept_rows, kept = [], []
    for row, record in zip(rows, block, strict=True):
        if not any(text.strip() for text in record):
            continue
        if len(record) < width or any(text.strip() for text in record[width:]):
            faults.add(f"row {row} has {len(record)} cells where the header has {width}.")
            continue
        kept_rows.append(row)
        kept.append(record[:width])
    return kept_rows, kept


def _check_ids(block: list[str], rows: Sequence[int], title: str, faults: _Faults) -> None:
    if not all(block):
        for row, text in zip(rows, block, strict=True):
            if not text:
                faults.add(f"row {row}, column {title}: every response needs a reference.")
    if any(map(_FORMULA.match, block)):
        for row, text in zip(rows, block, strict=True):
            if _FORMULA.match(text):
                faults.add(f"row {row}, column {title}: “{text[:40]}” begins like a formula.")


def _check_unique(ids: list[str], rows: NDArray[np.int32], title: str, faults: _Faults) -> None:
    if len(set(ids)) == len(ids):
        return
    seen: dict[str, int] = {}
    for at, text in enumerate(ids):
        if text in seen:
            faults.add(f"row {rows[at]}, column {title}: “{text[:40]}” stands already in row {rows[seen[text]]}.")
        else:
            seen[text] = at


def _number(text: str) -> float | None:
    """A number as people type it ("2,452", "2452.0"); None where it is none, or could be read in two ways."""
    said = text.strip()
    return float(said.replace(",", "")) if _NUMBER.match(said) else None
