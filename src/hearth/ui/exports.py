"""Files that a page hands out: a kept file, or a list as CSV that a spreadsheet opens safely."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
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
