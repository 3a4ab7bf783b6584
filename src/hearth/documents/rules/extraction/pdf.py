"""A PDF page by page, as it is read: words by their place, tables by their lines, ticks and pictures.

A PDF says where ink goes, not what it means, so everything here is a reading; the person checks it afterwards. A row
or sentence that a page break cuts is put together again, as in the file that the PDF was made from.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

import pdfplumber

from hearth.kernel.refusals import Refused

from .gather import Gathering, Limits
from .pdf_pages import (
    Entry,
    Numbered,
    PageLayout,
    Picture,
    blocks,
    every_text,
    joined,
    layout,
    mark_running,
    right_margin,
)
from .pdf_paragraphs import Hyphens
from .pdf_streams import check, unlocked
from .pdf_tables import TableRow

_WORDS = 20_000
SCAN = (
    "This looks like a scan: the file holds pictures of pages and no words. Use the document that it was made "
    "from, or a copy with text recognised."
)


def read(body: bytes, gathering: Gathering, limits: Limits) -> None:
    """All pages in order. Refuses a locked file, too many pages, and pages without any words."""
    body = unlocked(body)
    check(body, limits)
    pages = _layouts(body, gathering, limits)
    mark_running(pages)
    found = [blocks(page, right_margin(pages, page)) for page in pages]
    mend = Hyphens(every_text(found))
    for number, (page, entries) in enumerate(zip(pages, joined(found), strict=True)):
        if number:
            gathering.page_break()
        _write(page, entries, gathering, mend)
    scanned = [number for number, page in enumerate(pages, 1) if not page.words and page.pictures]
    if not any(page.words for page in pages):
        raise Refused(SCAN if scanned else "The PDF holds no text. Use the document that it was made from.",
                      field="file")  # fmt: skip
    if scanned:
        told = ", ".join(map(str, scanned[:20]))
        gathering.warn(f"These pages look like scans and could not be read: {told}. Type in what they say.")


def _layouts(body: bytes, gathering: Gathering, limits: Limits) -> list[PageLayout]:
    made: list[PageLayout] = []
    letters = 0
    with pdfplumber.open(io.BytesIO(body)) as pdf:
        if len(pdf.pages) > limits.pages:
            raise Refused(f"The PDF has more than {limits.pages} pages. Choose a shorter file, or only the pages "
                          "that you need.", field="file")  # fmt: skip
        for page in pdf.pages:
            letters += len(page.chars)
            if letters > limits.characters:
                raise Refused("The file holds too much text to read at once. Split it and try again.", field="file")
            if len(page.chars) > _WORDS * 6:
                raise Refused("A page of the PDF holds too much to read. Print it to a new PDF and try once more.",
                              field="file")  # fmt: skip
            made.append(layout(page))
            page.close()
            if made[-1].drawn:
                gathering.warn("A page holds a large drawing; its tables were read as plain lines.")
    return made


def _write(page: PageLayout, entries: Sequence[Entry], gathering: Gathering, mend: Hyphens) -> None:
    for text in page.head:
        _running(text, gathering)
    for entry in entries:
        if isinstance(entry, Picture):
            gathering.image()
        elif isinstance(entry, Numbered):
            number = gathering.tables if entry.goes_on and gathering.tables else gathering.new_table()
            for row in entry.block.rows:
                gathering.row(_texts(row, mend), number)
                for _ in range(row.pictures):
                    gathering.image()
        else:
            gathering.line(mend.line(entry.text))
    for text in page.foot:
        _running(text, gathering)


def _running(text: str, gathering: Gathering) -> None:
    """A running title or foot; a page number without any words is left out."""
    if re.search(r"[^\W\d_]", text):
        gathering.line(text, running=True)


def _texts(row: TableRow, mend: Hyphens) -> list[str]:
    return ["" if cell is None else "\n".join(mend.line(paragraph.text) for paragraph in cell.paragraphs)
            for cell in row.cells]  # fmt: skip
