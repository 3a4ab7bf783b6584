"""Files that a page hands out: a kept file, or lists as CSV or as a workbook that a spreadsheet opens safely."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")  # what a spreadsheet may take as the start of a formula


def download(name: str, body: bytes, media_type: str) -> HttpResponse:
    """A file to save, never shown inside the page."""
    header = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return HttpResponse(body, content_type=media_type, headers={"Content-Disposition": header})


def safe_cell(value: Any) -> str:
    """A value as text that no spreadsheet runs: an apostrophe goes before what could start a formula (SYS-10).

    Numbers and dates stay as they are, so that they can be counted and sorted.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, date):
        return value.isoformat()
    text = str(value)
    risky = not isinstance(value, (int, float)) and text.lstrip(" \ufeff").startswith(FORMULA)
    return f"'{text}" if risky else text


def as_csv(name: str, headers: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """A list as CSV in UTF-8, with the mark by which spreadsheets know it."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(headers)
    writer.writerows([safe_cell(value) for value in row] for row in rows)
    return download(name, out.getvalue().encode("utf-8-sig"), "text/csv; charset=utf-8")


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Sheet = tuple[Sequence[str], Iterable[Sequence[Any]]]  # its headers and its rows


def as_xlsx(name: str, sheets: Mapping[str, Sheet]) -> HttpResponse:
    """Lists as an Excel workbook, one sheet each; numbers stay numbers, and no text becomes a formula or a link."""
    # Imported with the first workbook, so that pages without one start sooner.
    from xlsxwriter import Workbook

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(out, options) as book:
        bold = book.add_format({"bold": True})
        for title, (headers, rows) in sheets.items():
            sheet = book.add_worksheet(title[:31])
            sheet.write_row(0, 0, headers, bold)
            sheet.freeze_panes(1, 1)
            for number, row in enumerate(rows, start=1):
                sheet.write_row(number, 0, [_cell(value) for value in row])
            sheet.autofit()
    return download(name, out.getvalue(), XLSX)


def _cell(value: Any) -> Any:
    """A value as a cell holds it: numbers as they are, days as people sort them, all else as text."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)
