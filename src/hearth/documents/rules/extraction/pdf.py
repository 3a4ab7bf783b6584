"""A PDF page by page, as it is read: words by their place, tables by their ruled lines, ticks and pictures.

A PDF says where ink goes, not what it means, so everything here is a reading; the person checks it afterwards.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pdfplumber
from pdfplumber.page import Page
from pdfplumber.table import Table

from hearth.kernel.refusals import Refused

from .gather import NOT_TICKED, TICKED, Gathering, Limits, symbol
from .pdf_streams import check, unlocked

_EDGES = 4000  # ruled lines on one page; a drawing has more, a table never has
_WORDS = 20_000
SCAN = (
    "This looks like a scan: the file holds pictures of pages and no words. Use the document that it was made "
    "from, or a copy with text recognised."
)

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Word:
    """A word and where it stands: left, top, right, bottom in points from the top left corner."""

    text: str
    box: Box


def read(body: bytes, gathering: Gathering, limits: Limits) -> None:
    """All pages in order. Refuses a locked file, too many pages, and pages without any words."""
    body = unlocked(body)
    check(body, limits)
    with pdfplumber.open(io.BytesIO(body)) as pdf:
        if len(pdf.pages) > limits.pages:
            raise Refused(f"The PDF has more than {limits.pages} pages. Choose a shorter file, or only the pages "
                          "that you need.", field="file")  # fmt: skip
        scanned = []
        for number, page in enumerate(pdf.pages, 1):
            if number > 1:
                gathering.page_break()
            if not _page(page, gathering) and page.images:
                scanned.append(number)
            page.close()
    if not any(hasattr(passage, "text") or hasattr(passage, "cells") for passage in gathering.passages):
        raise Refused(SCAN if scanned else "The PDF holds no text. Use the document that it was made from.",
                      field="file")  # fmt: skip
    if scanned:
        pages = ", ".join(map(str, scanned[:20]))
        gathering.warn(f"These pages look like scans and could not be read: {pages}. Type in what they say.")


def _page(page: Page, gathering: Gathering) -> bool:
    """Adds the page's passages from top to bottom; says whether it had any words."""
    words = _words(page)
    if len(words) > _WORDS:
        raise Refused(
            "A page of the PDF holds too much to read. Print it to a new PDF and try once more.", field="file"
        )
    tables = _tables(page, gathering)
    inside = {id(word) for table in tables for word in words if _within(word.box, table.bbox)}
    free = [word for word in words if id(word) not in inside]
    things: list[tuple[float, int, Any]] = [(line[0].box[1], 0, _joined(line)) for line in _lines(free)]
    things += [(table.bbox[1], 1, table) for table in tables]
    things += [(float(image["top"]), 2, "") for image in page.images if _is_picture(image, page)]
    for _, kind, thing in sorted(things, key=lambda entry: entry[:2]):
        if kind == 0:
            gathering.line(thing)
        elif kind == 1:
            _table(thing, words, gathering)
        else:
            gathering.image()
    return bool(words)


def _words(page: Page) -> list[Word]:
    found = [
        Word(_signs(word["text"], word.get("fontname") or ""),
             (float(word["x0"]), float(word["top"]), float(word["x1"]), float(word["bottom"])))
        for word in page.extract_words(x_tolerance=1.5, keep_blank_chars=False, extra_attrs=["fontname"])
    ]  # fmt: skip
    for field in page.annots:
        text = _field(field.get("data") or {})
        if text:
            box = (float(field["x0"]), float(field["top"]), float(field["x1"]), float(field["bottom"]))
            found.append(Word(text, box))
    return found


def _signs(text: str, font: str) -> str:
    """Boxes and ticks of symbol fonts, which a PDF keeps as letters of that font."""
    symbols = "Wingdings" in font or "Webdings" in font
    return "".join(
        symbol(ord(char), font) or char if symbols or "\uf000" <= char <= "\uf0ff" else char for char in text
    )


def _field(data: dict[str, Any]) -> str:
    """What a form field on the page says: a tick box or typed words."""
    kind = _name(data.get("FT"))
    if kind == "Btn":
        state = _name(data.get("AS"))
        return "" if not state else NOT_TICKED if state == "Off" else TICKED
    value = data.get("V")
    if kind == "Tx" and isinstance(value, bytes):
        return value.decode("utf-16" if value.startswith((b"\xfe\xff", b"\xff\xfe")) else "latin-1", "replace")
    return ""


def _name(value: Any) -> str:
    return str(getattr(value, "name", "") or "")


def _tables(page: Page, gathering: Gathering) -> list[Table]:
    if len(page.edges) > _EDGES:
        gathering.warn("A page holds a large drawing; its tables were read as plain lines.")
        return []
    found = [table for table in page.find_tables() if len(table.cells) > 1]
    # A table inside another's cell is read with that cell.
    return [one for one in found if not any(one is not other and _within(one.bbox, other.bbox) for other in found)]


def _table(table: Table, words: list[Word], gathering: Gathering) -> None:
    number = gathering.new_table()
    mine = [word for word in words if _within(word.box, table.bbox)]
    for row in table.rows:
        cells: list[str] = []
        right = 0.0
        columns = [cell[0] if cell else None for cell in row.cells]
        for place, cell in enumerate(row.cells):
            if cell is None:
                left = _column_left(table, place)
                if left is not None and left >= right - 1 and columns[place] is None:
                    cells.append("")  # a cell of the row above goes on here
                continue
            right = cell[2]
            inside = [word for word in mine if _within(word.box, cell)]
            cells.append("\n".join(_joined(line) for line in _lines(inside)))
        gathering.row(cells, number)


def _column_left(table: Table, place: int) -> float | None:
    cells = [row.cells[place] for row in table.rows if place < len(row.cells)]
    return min((float(cell[0]) for cell in cells if cell), default=None)


def _within(inner: Box, outer: Box) -> bool:
    """Whether the middle of one box lies in the other."""
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return outer[0] <= x <= outer[2] and outer[1] <= y <= outer[3]


def _lines(words: list[Word]) -> list[list[Word]]:
    """Words on one height are a line; a line is read from left to right."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda w: ((w.box[1] + w.box[3]) / 2, w.box[0])):
        middle = (word.box[1] + word.box[3]) / 2
        if lines and lines[-1][0].box[1] <= middle <= lines[-1][0].box[3]:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda w: w.box[0]) for line in lines]


def _joined(line: list[Word]) -> str:
    """The words of a line; a wide gap is a tab, as between columns without ruled lines."""
    made = line[0].text
    for before, word in pairwise(line):
        height = max(before.box[3] - before.box[1], 1)
        made += ("\t" if word.box[0] - before.box[2] > 3 * height else " ") + word.text
    return made


def _is_picture(image: dict[str, Any], page: Page) -> bool:
    """Not a dot or a rule, and not the whole page, which is a background or a scan."""
    width, height = float(image["width"]), float(image["height"])
    return width > 15 and height > 8 and width * height < 0.8 * float(page.width) * float(page.height)
