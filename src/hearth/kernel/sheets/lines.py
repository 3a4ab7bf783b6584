"""The rows of a CSV or XLSX file, one at a time, whatever its size: memory does not grow with the rows; pure.

Excel files are read here and not by a library, because the fast ones hold the whole sheet as a rectangle: one stray
cell in the last row of a sheet makes that a gigabyte, and none of them says which cells are formulas.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from hearth.kernel.refusals import Refused
from hearth.kernel.sheets.workbook import Cell, Formula, workbook_rows

__all__ = ["Cell", "Formula", "Limits", "Line", "rows_of"]

MIXED = "This row is not in the same encoding as the rest of the file, so its letters cannot be trusted"


@dataclass(frozen=True)
class Limits:
    """What one file may hold: rows that are not blank, columns, and bytes once unpacked."""

    rows: int = 1_000_000
    columns: int = 200
    unpacked: int = 2 * 1024**3


@dataclass(frozen=True, slots=True)
class Line:
    """A row that is not blank: its number as a spreadsheet counts, its cells, and why it cannot be trusted."""

    row: int
    cells: list[Cell]
    fault: str = ""


def rows_of(stream: BinaryIO, name: str, *, limits: Limits, sheet: str = "") -> Iterator[Line]:
    """The rows of a file that are not blank, its headings first. Raises Refused in words for the page.

    `stream` is read from its start, twice where it is CSV; `name` is what the file was called; `sheet` names one of a
    workbook's sheets, otherwise the first visible one that holds anything.
    """
    stream.seek(0)
    start = stream.read(8)
    stream.seek(0)
    lines: Iterator[Line]
    if start.startswith(b"PK\x03\x04"):
        lines = (Line(row, cells) for row, cells in workbook_rows(stream, limits.unpacked, limits.columns, sheet))
    elif start.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused(
            "This is an old Excel file, or one with a password. Take the password off, and save it as XLSX or CSV.",
            field="file",
        )
    elif name.lower().endswith((".xlsx", ".xlsm", ".xls", ".ods")):
        raise Refused("This file could not be read as a spreadsheet. Save it again as XLSX or CSV.", field="file")
    else:
        lines = _csv_rows(stream, limits.columns)
    count = 0
    for line in lines:
        if not any(cell is not None and cell != "" for cell in line.cells):
            continue
        count += 1
        if count > limits.rows + 1:  # the headings are one
            raise Refused(f"This file has more than {limits.rows:,} rows. Divide it.", field="file")
        yield line


@dataclass
class _Text:
    """Lines of text out of bytes, remembering those that are not in the file's encoding."""

    stream: BinaryIO
    mixed: set[int] = field(default_factory=set)

    def lines(self) -> Iterator[str]:
        """Each line with its end, decoded; a line that is not UTF-8 in a file that is, is read as Windows text."""
        start = self.stream.read(4)
        self.stream.seek(0)
        if start[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            yield from self._whole("utf-16")
        elif len(start) == 4 and start[1] == start[3] == 0:
            yield from self._whole("utf-16-le")
        elif len(start) == 4 and start[0] == start[2] == 0:
            yield from self._whole("utf-16-be")
        else:
            yield from self._bytes(self._is_utf8())

    def _whole(self, encoding: str) -> Iterator[str]:
        try:
            raw: Any = _Open(self.stream)
            yield from io.TextIOWrapper(io.BufferedReader(raw), encoding=encoding, newline="")
        except UnicodeError:
            raise Refused("This file is damaged: its text cannot be read. Export it again.", field="file") from None

    def _is_utf8(self) -> bool:
        """Whether any line holds letters that only UTF-8 writes so. One that holds none is Windows text, or plain."""
        try:
            for line in self.stream:
                if not line.isascii():
                    try:
                        line.decode("utf-8")
                    except UnicodeDecodeError:
                        continue
                    return True
            return False
        finally:
            self.stream.seek(0)

    def _bytes(self, utf8: bool) -> Iterator[str]:
        for number, line in enumerate(self.stream, start=1):
            if number == 1:
                line = line.removeprefix(codecs.BOM_UTF8)
            if line.isascii():
                yield line.decode("ascii")
                continue
            if utf8:
                try:
                    yield line.decode("utf-8")
                    continue
                except UnicodeDecodeError:
                    self.mixed.add(number)
            yield line.decode("cp1252", errors="replace")


class _Open(io.RawIOBase):
    """A stream that stays open when its reader goes, so that it can be read again."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        body = self.stream.read(len(buffer))
        buffer[: len(body)] = body
        return len(body)


def _csv_rows(stream: BinaryIO, most_columns: int) -> Iterator[Line]:
    """The records of a CSV file, however its cells are parted. A cell may hold line ends within quotation marks."""
    text = _Text(stream)
    lines = text.lines()
    first = next(lines, "")
    stream.seek(0)
    marks = max("\t;,|", key=first.count)
    reader = csv.reader((line.replace("\0", "") for line in text.lines()), delimiter=marks)
    row = seen = 0
    try:
        for cells in reader:
            row += 1
            here, seen = range(seen + 1, reader.line_num + 1), reader.line_num
            fault = MIXED if text.mixed and not text.mixed.isdisjoint(here) else ""
            yield Line(row, list(cells[:most_columns]), fault)
    except csv.Error:
        raise Refused(
            f"Row {row + 1:,} could not be read: a quotation mark is opened there and not closed. "
            "Correct the row, or save the file again as CSV UTF-8.",
            field="file",
        ) from None
