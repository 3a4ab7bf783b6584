"""Tables to and from spreadsheets: safe to open going out, wary of what Excel did coming in (SYS-10)."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from hearth.kernel.refusals import Refused

MOST_ROWS = 5_000  # of a sheet of counts
MOST_PEOPLE = 200_000  # rows of a sheet of people's answers
MOST_UNPACKED = 50 * 1024 * 1024
_FORMULA = re.compile(r"^[\s\x00]*[=+\-@\t\r|]")
_NUMBER = re.compile(r"^[+−-]?\d[\d,]*(\.\d+)?%?$")

Row = tuple[int, tuple[Any, ...]]  # the row's number as the spreadsheet counts it, and its cells


def safe(value: Any) -> str:
    """A cell that no spreadsheet takes for a formula: words that begin like one get an apostrophe; numbers stay."""
    text = "" if value is None else str(value)
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.match(text.strip()) else text


def to_csv(headers: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """A table as CSV, with a mark by which Excel knows that it is UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out)
    for row in (headers, *rows):
        writer.writerow([safe(value) for value in row])
    return f"\ufeff{out.getvalue()}"


def rows_of(content: bytes, name: str, most: int = MOST_ROWS) -> list[Row]:
    """The rows of a CSV, Excel or OpenDocument file that are not empty. Raises Refused in words for the page."""
    if content[:4] == b"PK\x03\x04" or content[:4] == b"\xd0\xcf\x11\xe0":
        return _workbook_rows(content, most)
    if name.lower().endswith((".xlsx", ".xls", ".ods")):
        raise Refused("This file could not be read as a spreadsheet. Save it again, or save it as CSV.", field="file")
    return text_rows(_decoded(content), most)


def text_rows(text: str, most: int = MOST_ROWS) -> list[Row]:
    """The rows of pasted or CSV text: tabs, semicolons or commas part the cells, whichever the first lines use."""
    lines = [line for line in text.replace("\x00", "").splitlines() if line.strip()]
    if not lines:
        return []
    marks = {mark: sum(line.count(mark) for line in lines[:10]) for mark in "\t;,"}
    mark = next((mark for mark in "\t;" if marks[mark] >= min(len(lines[:10]), 2)), ",")
    text = text.replace("\x00", "").lstrip("\ufeff")
    rows: list[Row] = []
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=mark), start=1):
            _take(rows, number, [cell.strip().removeprefix("'") for cell in cells], most)
    except csv.Error:
        raise Refused("This file could not be read as CSV. Save it again as CSV UTF-8.", field="file") from None
    return rows


def _take(rows: list[Row], number: int, cells: Sequence[Any], most: int) -> None:
    if any(cell not in ("", None) for cell in cells):
        rows.append((number, tuple(cells)))
    if len(rows) > most:
        what = "Upload counts, not a list of people." if most == MOST_ROWS else "Upload it in parts."
        raise Refused(f"There are more than {most:,} rows. {what}", field="file")


def _decoded(content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _workbook_rows(content: bytes, most: int) -> list[Row]:
    """The rows of the first visible sheet that holds anything."""
    # Imported with the first spreadsheet, so that commands and pages without one start sooner.
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    _check_size(content)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            for sheet in book.sheets_metadata:
                if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible:
                    read = book.get_sheet_by_name(sheet.name)
                    rows: list[Row] = []
                    for number, cells in enumerate(read.iter_rows(), start=(read.start or (0, 0))[0] + 1):
                        plain = [c.strip().removeprefix("'") if isinstance(c, str) else c for c in cells]
                        _take(rows, number, plain, most)
                    if rows:
                        return rows
    except PasswordError:
        raise Refused("This file has a password. Take it off and upload the file again.", field="file") from None
    except (CalamineError, OSError, ValueError):
        raise Refused(
            "This file could not be read as a spreadsheet. Save it again, or save it as CSV.", field="file"
        ) from None
    return []


def _check_size(content: bytes) -> None:
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
            raise Refused("This spreadsheet is too large. Upload only the counts.", field="file")


def whole_number(value: Any) -> int:
    """A count out of a cell, also where Excel holds the number as text. Raises Refused with the end of a sentence."""
    if isinstance(value, (bool, date, datetime, time, timedelta)):
        raise Refused(f"“{value}” is not a number of people")
    if isinstance(value, (int, float)):
        if value != int(value):
            raise Refused(f"“{value}” is not a whole number")
        value = int(value)
        if value < 0:
            raise Refused(f"“{value}” is below zero")
        return value
    text = unicodedata.normalize("NFKC", str(value or "")).strip()
    bare = re.sub(r"[\s,'’]", "", text)
    if not bare:
        raise Refused("the number is missing; write 0 where there is nobody")
    if bare.endswith("%"):
        raise Refused(f"“{text}” is a percentage; give the number of people, Hearth works out the percentage")
    if re.fullmatch(r"\d+(\.0+)?", bare):
        return int(bare.partition(".")[0])
    if re.fullmatch(r"-\d+", bare):
        raise Refused(f"“{text}” is below zero")
    if re.fullmatch(r"\d*\.\d+", bare):
        raise Refused(f"“{text}” is not a whole number")
    raise Refused(f"“{text}” is not a number")
