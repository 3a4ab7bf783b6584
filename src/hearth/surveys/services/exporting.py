"""Exported files of answers and tables: heavy work, imported with the first export, since it brings numpy and more."""

from __future__ import annotations

import csv
import io
import secrets
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hearth.kernel.refusals import Refused
from hearth.surveys import queries
from hearth.surveys.models import Survey
from hearth.surveys.rules import coarsening, codebook
from hearth.surveys.rules.codebook import NO_ANSWER, NOT_ASKED, NOT_TOLD, Variable
from hearth.surveys.rules.columns import Columns
from hearth.surveys.rules.kinds import QuestionKind
from hearth.surveys.services import counting
from hearth.surveys.services.privacy import WORTH
from hearth.ui.exports import safe_cell

MOST_ODS = 20_000  # rows: the format is one XML text
MOST_XLSX = 1_000_000
ODS = "application/vnd.oasis.opendocument.spreadsheet"


@dataclass(frozen=True)
class Rows:
    """Answers as they are handed out: columns with their meaning, one array each."""

    variables: tuple[Variable, ...]
    arrays: tuple[NDArray[Any], ...]

    def __len__(self) -> int:
        return len(self.arrays[0]) if self.arrays else 0

    @property
    def names(self) -> list[str]:
        return [one.name for one in self.variables]

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """Row by row, as plain numbers."""
        yield from zip(*(array.tolist() for array in self.arrays), strict=True)


def rows_of(survey: Survey, *, least: int) -> Rows:
    """The answers of a survey without anybody's identity: in random order, with traits that `least` share.

    Equality answers count as traits; weights are those of a whole class, so that they do not tell of what is left out.
    """
    columns = counting.read(survey)
    weights = counting.weights_in_order(survey, columns, queries.weighting_of(survey))
    found = codebook.variables(
        [question for question, _ in columns.questions], columns.traits, columns.modes, columns.stocks
    )
    coded = {one.name: _codes(columns, one) for one in found if one.array}
    quasi = _quasi(found)
    place = _coarsened(coded, quasi, least)
    order = np.random.default_rng(secrets.randbits(64)).permutation(columns.rows)
    weights = _of_class(weights, place)
    arrays = []
    for one in found:
        if one.name == "response":
            arrays.append(np.arange(1, columns.rows + 1))
        elif one.name == "weight" and not one.array:
            arrays.append(weights[order])
        else:
            values = coded[one.name]
            arrays.append((_common(values, least) if _is_number(one) else values)[order])
    return Rows(found, tuple(arrays))


def _is_number(one: Variable) -> bool:
    return one.question is not None and one.question.kind is QuestionKind.NUMBER


def _codes(columns: Columns, one: Variable) -> NDArray[Any]:
    """A column of answers as the codebook has it."""
    raw = columns.arrays[one.array]
    if one.question is None:  # how it was answered, stock, traits
        book = np.asarray([*one.codes, NOT_TOLD])
        return book[raw.astype(np.intp)]
    put = columns.put(one.question)
    if _is_number(one):
        return np.where(put, np.where(np.isnan(raw), NO_ANSWER, raw), NOT_ASKED)
    if one.question.kind in (QuestionKind.MANY, QuestionKind.RANK):
        return np.where(put, np.where(raw < 0, NO_ANSWER, raw), NOT_ASKED).astype(np.int64)
    book = np.asarray([*one.codes, NO_ANSWER])
    return np.where(put, book[raw.astype(np.intp)], NOT_ASKED)


def _quasi(found: Sequence[Variable]) -> list[Variable]:
    """The columns by which somebody could be recognised, by what they are worth: traits, then equality answers."""
    traits = {one.array.removeprefix("trait:"): one for one in found if one.array.startswith("trait:")}
    order = coarsening.ordered_traits(traits, first=WORTH)
    return [*(traits[name] for name in order), *(one for one in found if one.question and one.question.characteristic)]


def _coarsened(coded: dict[str, NDArray[Any]], quasi: Sequence[Variable], least: int) -> NDArray[np.intp]:
    """Leave out of these columns what few share; gives the class of each response."""
    if not quasi:
        return np.zeros(len(next(iter(coded.values()))), dtype=np.intp)
    table = np.column_stack([coded[one.name] for one in quasi])
    alike, place = np.unique(table, axis=0, return_inverse=True)
    counts = np.bincount(place.ravel(), minlength=len(alike))
    words = [tuple(str(value) for value in row) for row in alike.tolist()]
    kept = coarsening.coarsen(dict(zip(words, counts.tolist(), strict=True)), least=least)
    classes = {one: at for at, one in enumerate(dict.fromkeys(kept.values()))}
    told = np.asarray([[int(value) if value else NOT_TOLD for value in kept[one]] for one in words]).reshape(
        len(words), -1
    )
    for at, one in enumerate(quasi):
        coded[one.name] = told[place.ravel(), at]
    return np.asarray([classes[kept[one]] for one in words], dtype=np.intp)[place.ravel()]


def _of_class(weights: NDArray[Any], place: NDArray[np.intp]) -> NDArray[Any]:
    """The mean weight of each class: what all classes add up to stays as it is."""
    sums, counts = np.bincount(place, weights), np.bincount(place)
    return (sums / np.maximum(counts, 1))[place]


def _common(values: NDArray[Any], least: int) -> NDArray[Any]:
    """Numbers that few gave are left out."""
    found = Counter(values.tolist())
    rare = [value for value, number in found.items() if number < least and value >= 0]
    return np.where(np.isin(values, rare), NOT_TOLD, values)


# --- files


def as_csv(headers: Sequence[str], rows: Iterator[Sequence[Any]]) -> bytes:
    """A list as CSV that no spreadsheet runs."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([safe_cell(header) for header in headers])
    writer.writerows([safe_cell(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(sheets: Sequence[tuple[str, Sequence[str], Iterator[Sequence[Any]]]]) -> bytes:
    """Lists as a workbook, a row at a time; text never becomes a formula or a link."""
    from xlsxwriter import Workbook

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        with Workbook(str(path), {"constant_memory": True, "tmpdir": folder, **plain}) as book:
            bold = book.add_format({"bold": True})
            for title, headers, rows in sheets:
                sheet = book.add_worksheet(title[:31])
                sheet.freeze_panes(1, 0)
                sheet.write_row(0, 0, list(headers), bold)
                for number, row in enumerate(rows, 1):
                    if number > MOST_XLSX:
                        raise Refused("There are more rows than a workbook holds. Download them as CSV.")
                    sheet.write_row(number, 0, list(row))
        return path.read_bytes()


def as_ods(sheets: Sequence[tuple[str, Sequence[str], Iterator[Sequence[Any]]]]) -> bytes:
    """Lists as an OpenDocument spreadsheet; text stays text."""
    from odfdo import Cell, Document, Row, Table

    book = Document("ods")
    book.body.clear()
    for title, headers, rows in sheets:
        table = Table(title[:31])
        for number, values in enumerate([headers, *rows]):
            if number > MOST_ODS:
                raise Refused("There are more rows than an OpenDocument file should hold. Download them as CSV.")
            row = Row()
            for value in values:
                row.append_cell(Cell(value=value) if value is not None else Cell(), clone=False)
            table.append_row(row, clone=False)
        book.body.append(table)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_sav(rows: Rows, *, title: str) -> bytes:
    """Answers as an SPSS file with labels, value labels and missing values."""
    import polars
    import pyreadstat

    frame = polars.DataFrame(
        {name: array.astype(np.float64) for name, array in zip(rows.names, rows.arrays, strict=True)}
    )
    labels = {
        one.name: {float(code): words for code, words in one.labels.items()} for one in rows.variables if one.labels
    }
    missing: dict[str, Any] = {
        one.name: [{"lo": float(code), "hi": float(code)} for code in sorted(one.missing)][:3] if len(one.missing) <= 3
        else _range(one.missing)
        for one in rows.variables
        if one.missing
    }  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "answers.sav"
        pyreadstat.write_sav(
            frame, str(path), file_label=title[:60],
            column_labels={one.name: one.label[:250] for one in rows.variables},
            variable_value_labels=labels, missing_ranges=missing, compress=True,
            variable_format={one.name: "F8.4" if one.decimals else "F8.0" for one in rows.variables},
        )  # fmt: skip
        return path.read_bytes()


def _range(missing: Sequence[int]) -> list[dict[str, float]]:
    """More than three missing codes as SPSS takes them: a range and one more."""
    low = [float(code) for code in missing if code < 0]
    high = sorted(float(code) for code in missing if code >= 0)
    found = [{"lo": min(low), "hi": max(low)}] if low else []
    return found + ([{"lo": high[0], "hi": high[0]}] if high else [])
