"""The rows of an XLSX workbook as they stream by (ECMA-376 part 1, 18.3 and 18.8); pure.

Entities and document types are refused, so that no text can grow out of a small one.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any, BinaryIO
from xml.parsers import expat

from hearth.kernel.refusals import Refused
from hearth.kernel.sheets import cut

Cell = str | int | float | bool | date | None
Row = tuple[int, list[Cell]]
_CHUNK = 1 << 16
# What a file that is damaged, or made to do harm, may raise while it is unpacked and read.
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, struct.error, expat.ExpatError, LookupError, ValueError, ArithmeticError, EOFError,
    NotImplementedError, RuntimeError, OSError,
)  # fmt: skip
# Formats of numbers that are dates without saying so (ECMA-376 part 1, 18.8.30).
_BUILT_IN_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_NOT_READ = "This file could not be read as a spreadsheet. Save it again as XLSX or CSV."


class Formula(str):
    """A cell whose content is worked out by the spreadsheet; the text is what it last showed."""


class _Parser:
    """An expat parser with three hooks: a tag's start (name, attributes), its end, and the text within."""

    def __init__(
        self,
        start: Callable[[str, dict[str, str]], None],
        end: Callable[[str], None] = lambda name: None,
        text: Callable[[str], None] | None = None,
    ) -> None:
        self.expat = expat.ParserCreate(namespace_separator=" ")
        self.expat.buffer_text = True
        self.expat.StartElementHandler = lambda name, said: start(name.rpartition(" ")[2], said)
        self.expat.EndElementHandler = lambda name: end(name.rpartition(" ")[2])
        if text is not None:
            self.expat.CharacterDataHandler = text
        self.expat.StartDoctypeDeclHandler = _refuse_doctype

    def feed(self, stream: Any, first: bytes = b"") -> Iterator[None]:
        """Read the stream to its end; after each piece the caller may take what has been found."""
        if first:
            self.expat.Parse(first, False)
            yield
        while piece := stream.read(_CHUNK):
            self.expat.Parse(piece, False)
            yield
        self.expat.Parse(b"", True)
        yield


def _refuse_doctype(*_: Any) -> None:
    raise Refused(_NOT_READ, field="file")


def workbook_rows(
    stream: BinaryIO, most_unpacked: int, most_columns: int, wanted: str = ""
) -> Iterator[tuple[int, list[Cell]]]:
    """Row numbers and cells of the wanted sheet, or of the first visible one that holds anything. Raises Refused."""
    try:
        with zipfile.ZipFile(stream) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > most_unpacked:
                raise Refused("This file is too large once unpacked. Divide it, or save it as CSV.", field="file")
            book = _Book(archive, most_columns)
            names = [name for name in book.visible if not wanted or name == wanted]
            if wanted and not names:
                raise Refused(f"This workbook has no sheet “{wanted}”.", field="sheet")
            for name in names:
                empty = True
                for row in book.rows(name):
                    empty = False
                    yield row
                if not empty:
                    return
    except _DAMAGED:
        raise Refused(_NOT_READ, field="file") from None


class _Book:
    """A workbook: which sheets there are, the texts that cells share, and which formats mean dates."""

    def __init__(self, archive: zipfile.ZipFile, most_columns: int) -> None:
        self.archive, self.most_columns = archive, most_columns
        self.visible: dict[str, str] = {}  # name of a sheet: its id in the relations
        self.start_1904 = False
        self._each("xl/workbook.xml", self._workbook)
        self.parts: dict[str, str] = {}
        self._each("xl/_rels/workbook.xml.rels", self._relation)
        self.shared = self._shared()
        self.date_styles = self._date_styles()

    def _each(self, part: str, start: Callable[[str, dict[str, str]], None]) -> None:
        with self.archive.open(part) as opened:
            for _ in _Parser(start).feed(opened):
                pass

    def _workbook(self, name: str, said: dict[str, str]) -> None:
        if name == "workbookPr":
            self.start_1904 = said.get("date1904") in ("1", "true")
        elif name == "sheet" and said.get("state", "visible") == "visible":
            relation = next((value for key, value in said.items() if key.endswith(" id")), "")
            self.visible[said["name"]] = relation

    def _relation(self, name: str, said: dict[str, str]) -> None:
        if name == "Relationship" and said["Type"].endswith("/worksheet"):
            self.parts[said["Id"]] = said["Target"].removeprefix("/xl/").removeprefix("/")

    def _shared(self) -> list[str]:
        """Texts that cells share; the phonetic reading of a text is no part of it."""
        if "xl/sharedStrings.xml" not in self.archive.namelist():
            return []
        found: list[str] = []
        parts: list[str] = []
        state = {"text": False, "phonetic": False}

        def start(name: str, said: dict[str, str]) -> None:
            if name == "si":
                parts.clear()
            elif name == "rPh":
                state["phonetic"] = True
            state["text"] = name == "t" and not state["phonetic"]

        def end(name: str) -> None:
            state["text"] = False
            if name == "si":
                found.append("".join(parts))
            elif name == "rPh":
                state["phonetic"] = False

        def text(words: str) -> None:
            if state["text"]:
                parts.append(words)

        with self.archive.open("xl/sharedStrings.xml") as opened:
            for _ in _Parser(start, end, text).feed(opened):
                pass
        return found

    def _date_styles(self) -> set[str]:
        if "xl/styles.xml" not in self.archive.namelist():
            return set()
        formats: dict[str, bool] = {}
        found: list[bool] = []
        within = {"cellXfs": False}

        def start(name: str, said: dict[str, str]) -> None:
            if name == "numFmt":
                bare = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", said.get("formatCode", ""))
                formats[said["numFmtId"]] = bool(re.search(r"[dy]|mm", bare, re.I))
            elif name == "cellXfs":
                within["cellXfs"] = True
            elif name == "xf" and within["cellXfs"]:
                number = said.get("numFmtId", "0")
                found.append(formats.get(number, int(number) in _BUILT_IN_DATES))

        def end(name: str) -> None:
            if name == "cellXfs":
                within["cellXfs"] = False

        with self.archive.open("xl/styles.xml") as opened:
            for _ in _Parser(start, end).feed(opened):
                pass
        return {str(index) for index, dated in enumerate(found) if dated}

    def rows(self, sheet: str) -> Iterator[Row]:
        """The rows of a sheet that hold any cell, with their numbers."""
        with self.archive.open(f"xl/{self.parts[self.visible[sheet]]}") as opened:
            head = opened.read(_CHUNK)
            if cut.is_plain(head):
                yield from self._quickly(head, opened)
            else:
                yield from self._carefully(head, opened)

    def _carefully(self, head: bytes, opened: Any) -> Iterator[Row]:
        """The rows as the parser of XML gives them, whatever the file looks like."""
        reader = _Sheet(self)
        for _ in _Parser(reader.start, reader.end, reader.text).feed(opened, head):
            yield from reader.rows
            reader.rows.clear()

    def _quickly(self, head: bytes, opened: Any) -> Iterator[Row]:
        """The rows of a sheet as the usual programs write it, much faster: each is cut out and its cells matched.

        A row in which anything is unusual (a formula, letters that XML writes in words) goes to the parser by itself.
        """
        for row, body in cut.rows(head, opened):
            found = cut.cells(body)
            if found is None:
                reader = _Sheet(self)
                whole = b'<w xmlns:x14ac="-"><row>' + body + b"</row></w>"
                for _ in _Parser(reader.start, reader.end, reader.text).feed(io.BytesIO(whole)):
                    pass
                if reader.rows:
                    yield row, reader.rows[0][1]
                continue
            cells: list[Cell] = []
            for column, style, kind, text in found:
                if column <= self.most_columns:
                    cells.extend([None] * (column - len(cells)))
                    cells[column - 1] = self.shared[int(text)] if kind == b"s" else self.value(text, kind, style)
            if cells:
                yield row, cells

    def value(self, text: bytes, kind: bytes, style: bytes) -> Cell:
        """What a cell that is no formula holds."""
        return self.value_of(text.decode(), kind.decode() or "n", style.decode())

    def value_of(self, text: str, kind: str, style: str) -> Cell:
        """What a cell that is no formula holds, by its kind and style."""
        if kind == "s":
            return self.shared[int(text)]
        if kind == "b":
            return text == "1"
        if kind == "d":
            return date.fromisoformat(text[:10])
        if kind != "n":
            return text
        number = float(text)
        if style in self.date_styles:
            return from_serial(number, start_1904=self.start_1904) or number
        return int(number) if number.is_integer() and abs(number) < 1e15 else number


class _Sheet:
    """What has been read of a sheet."""

    def __init__(self, book: _Book) -> None:
        self.book = book
        self.rows: list[tuple[int, list[Cell]]] = []
        self.row, self.cells = 0, list[Cell]()
        self.column, self.kind, self.style, self.formula = 0, "", "", False
        self.parts: list[str] = []
        self.taking = False

    def start(self, name: str, said: dict[str, str]) -> None:
        if name == "c":
            place = said.get("r", "")
            self.column = cut.column(place) if place else self.column + 1
            self.kind, self.style, self.formula = said.get("t", "n"), said.get("s", ""), False
            self.parts.clear()
        elif name in ("v", "t"):
            self.taking = True
        elif name == "f":
            self.formula = True
        elif name == "row":
            self.row = int(said["r"]) if "r" in said else self.row + 1
            self.column, self.cells = 0, []

    def end(self, name: str) -> None:
        if name in ("v", "t"):
            self.taking = False
        elif name == "c":
            if (self.parts or self.formula) and self.column <= self.book.most_columns:
                self.cells.extend([None] * (self.column - len(self.cells)))
                self.cells[self.column - 1] = self._value("".join(self.parts))
        elif name == "row" and self.cells:
            self.rows.append((self.row, self.cells))

    def text(self, words: str) -> None:
        if self.taking:
            self.parts.append(words)

    def _value(self, text: str) -> Cell:
        if self.formula:
            return Formula(self.book.shared[int(text)] if self.kind == "s" and text else text)
        return self.book.value_of(text, self.kind, self.style)


def from_serial(number: float, *, start_1904: bool = False) -> date | None:
    """The day that a spreadsheet means by a number; None for one that is none. It counts a 29 February 1900 as 60."""
    days = int(number)
    if start_1904:
        return date(1904, 1, 1) + timedelta(days=days) if 0 <= days < 110_000 else None
    if days < 1 or days == 60 or days > 110_000:
        return None
    return date(1899, 12, 31 if days < 60 else 30) + timedelta(days=days)
