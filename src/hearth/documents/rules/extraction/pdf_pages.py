"""A page of a PDF as its blocks from top to bottom, and pages as one document: what a page break cut is joined."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from pdfplumber.page import Page

from .pdf_columns import columned
from .pdf_paragraphs import Paragraph, paragraphs, pitches, run_on, together, usual
from .pdf_tables import Cell, TableBlock, TableRow, tables_of, too_many
from .pdf_ticks import tick_boxes, with_ticks
from .pdf_words import Box, TextLine, Word, lines_of, words_of

_EDGE = 0.14  # running titles stand in this part of the page's height, at its head and foot
_SAME = 4.0
_LONG = 60  # letters of a cell that holds sentences


@dataclass
class Picture:
    box: Box


Block = Paragraph | TableBlock | Picture


@dataclass
class PageLayout:
    """A page taken apart; `head` and `foot` are the lines that stand on other pages at the same place too."""

    width: float
    height: float
    words: int
    pictures: bool
    tables: list[TableBlock]
    lines: list[TextLine]
    loose: list[Box]
    rules: list[tuple[float, float, float]]
    drawn: bool = False
    head: list[str] = field(default_factory=list)
    foot: list[str] = field(default_factory=list)


def layout(page: Page) -> PageLayout:
    """Takes a page apart."""
    words = words_of(page)
    pictures = [_box(image) for image in page.images if _is_picture(image, page)]
    drawn = too_many(page)
    tables: list[TableBlock] = []
    free: list[Word] = words
    if not drawn:
        boxes = tick_boxes(page)
        words = with_ticks(words, boxes, page)
        tables, free, pictures = tables_of(page, words, boxes, pictures)
    rules = [] if drawn else [(float(e["x0"]), float(e["x1"]), float(e["top"])) for e in page.horizontal_edges]
    lines = lines_of(free)
    return PageLayout(float(page.width), float(page.height), len(words), bool(page.images), tables, lines, pictures,
                      rules, drawn)  # fmt: skip


def mark_running(pages: Sequence[PageLayout]) -> None:
    """Take running titles and page numbers out of the pages' lines: the same words at the same place on many pages."""
    seen: Counter[tuple[int, str]] = Counter()
    for page in pages:
        seen.update({key for line in page.lines if (key := _running_key(line, page))})
    least = max(2, round(0.25 * len(pages)))

    def runs(line: TextLine, page: PageLayout) -> bool:
        key = _running_key(line, page)
        if key is None:
            return False
        count = max(seen[(key[0] + shift, key[1])] for shift in (-1, 0, 1))
        return count >= (max(2, round(0.5 * len(pages))) if key[1] == "#" else least)

    for page in pages:
        first, last = 0, len(page.lines)
        top = min((table.box[1] for table in page.tables), default=page.height)
        bottom = max((table.box[3] for table in page.tables), default=0.0)
        while first < last and page.lines[first].box[3] <= top + 2 and runs(page.lines[first], page):
            first += 1
        while last > first and page.lines[last - 1].box[1] >= bottom - 2 and runs(page.lines[last - 1], page):
            last -= 1
        if 0 < first < last and _one_text(page.lines[first - 1], page.lines[first]):
            first = 0
        if first < last < len(page.lines) and _one_text(page.lines[last - 1], page.lines[last]):
            last = len(page.lines)
        page.head = [line.text for line in page.lines[:first]]
        page.foot = [line.text for line in page.lines[last:]]
        page.lines = page.lines[first:last]


def _one_text(above: TextLine, below: TextLine) -> bool:
    """Whether two lines stand as close as those of one paragraph, and so are neither title nor foot."""
    return below.base - above.base < 1.6 * above.size and abs(below.size - above.size) < 0.5


def _running_key(line: TextLine, page: PageLayout) -> tuple[int, str] | None:
    box = line.box
    if box[3] < _EDGE * page.height:
        place = round(box[1] / _SAME)
    elif box[1] > (1 - _EDGE) * page.height:
        place = -round((page.height - box[3]) / _SAME) - 1
    else:
        return None
    text = re.sub(r"\s+", " ", re.sub(r"\d+", "#", line.text)).strip(" -–|")
    return (place, text) if text and len(text) <= 160 else None


def right_margin(pages: Sequence[PageLayout], page: PageLayout) -> float:
    """Where lines outside tables end at the latest on pages of this width."""
    lines = [line for other in pages if abs(other.width - page.width) < 2 for line in other.lines]
    left = min((line.box[0] for line in lines), default=0.0)
    symmetrical = max(page.width - left, page.width * 0.6)
    long = [line.box[2] for line in lines if line.box[2] - left > 0.6 * (symmetrical - left)]
    return max(long) if len(long) >= 3 else symmetrical


def blocks(page: PageLayout, right: float) -> list[Block]:
    """The page's blocks from top to bottom."""
    things: list[Block] = [*page.tables, *(Picture(box) for box in page.loose)]
    cuts = sorted(_top(thing) for thing in things)
    runs: dict[int, list[TextLine]] = {}
    for line in page.lines:
        runs.setdefault(sum(line.box[1] >= cut for cut in cuts), []).append(line)
    pitch = usual(pitches(page.lines, right))
    for lines in runs.values():
        together_: list[TextLine] = []
        for part in columned(lines, page.rules, pitch):
            if isinstance(part, TableBlock):
                things += paragraphs(together_, right, pitch)
                together_ = []
                things.append(part)
            else:
                together_.append(part)
        things += paragraphs(together_, right, pitch)
    return sorted(things, key=_top)


def _top(block: Block) -> float:
    if isinstance(block, Picture):
        return (block.box[1] + block.box[3]) / 2  # a picture may be cut to its frame, which the PDF does not tell
    return block.top if isinstance(block, Paragraph) else block.box[1]


# ------------------------------------------------------------------ what a page break cut


@dataclass
class Numbered:
    """A table in the document: its number is that of the table which it goes on."""

    block: TableBlock
    goes_on: bool = False


Entry = Paragraph | Numbered | Picture


def joined(pages: Sequence[list[Block]]) -> list[list[Entry]]:
    """The blocks of all pages, where a row or sentence that goes on over a page stands whole on its first page."""
    out: list[list[Entry]] = []
    heads: list[TableRow] = []  # the first rows of the table that is open at the foot of the page
    last: tuple[list[Entry], int] | None = None  # where the last block stands
    for found in pages:
        entries: list[Entry] = [Numbered(one) if isinstance(one, TableBlock) else one for one in found]
        if entries and last is not None:
            before, first = last[0][last[1]], entries[0]
            if isinstance(before, Numbered) and isinstance(first, Numbered):
                _join_tables(before.block, first, heads)
                if not first.block.rows:
                    entries.pop(0)
            elif isinstance(before, Paragraph) and isinstance(first, Paragraph) and run_on(before, first):
                last[0][last[1]] = together(before, first)
                entries.pop(0)
        out.append(entries)
        if entries:
            last = (entries, len(entries) - 1)
            end = entries[-1]
            if isinstance(end, Numbered) and not (end.goes_on and len(entries) == 1):
                heads = end.block.rows[:1]
    return out


def _join_tables(before: TableBlock, after: Numbered, heads: list[TableRow]) -> None:
    """Join the row that a page cut; drop the head row that is printed again on the new page."""
    if not before.rows or not _same_columns(before, after.block):
        return
    after.goes_on = True
    rows = after.block.rows
    repeated = bool(heads) and len(rows) > 1 and _is_head(heads[0]) and _texts(rows[0]) == _texts(heads[0])
    if repeated:
        rows.pop(0)
    if rows and _cut(before, after.block, rows[0], repeated=repeated):
        _append(before.rows[-1], rows.pop(0))
        before.open_bottom = after.block.open_bottom and not rows
    if not rows:
        before.open_bottom = after.block.open_bottom


def _same_columns(before: TableBlock, after: TableBlock) -> bool:
    if before.ruled != after.ruled:
        return False
    if abs(before.box[0] - after.box[0]) > _SAME or abs(before.box[2] - after.box[2]) > _SAME:
        return False
    known = [x for row in before.rows for edge in row.edges for x in edge]
    new = [x for row in after.rows for edge in row.edges for x in edge]
    return all(any(abs(x - y) <= _SAME for y in known) for x in new) or all(
        any(abs(x - y) <= _SAME for y in new) for x in known
    )


def _cut(before: TableBlock, after: TableBlock, row: TableRow, *, repeated: bool) -> bool:
    """Whether the page break cut the last row, so that this one is the rest of it."""
    last = before.rows[-1]
    if len(last.edges) != len(row.edges) or any(
        abs(x - y) > _SAME for one, other in zip(last.edges, row.edges, strict=True)
        for x, y in zip(one, other, strict=True)
    ):  # fmt: skip
        return False
    if before.ruled and (before.open_bottom or (after.open_top and not repeated)):
        return True
    pairs = [(one, other) for one, other in zip(_cells(last), _cells(row), strict=True) if other.paragraphs]
    if not pairs or any(not one.paragraphs for one, _ in pairs):
        return False
    goes_on = [run_on(one.paragraphs[-1], other.paragraphs[0]) for one, other in pairs]
    if _cells(row)[0].paragraphs:
        return goes_on[0]
    return any(goes_on) or (_headed(before) and any(_length(one) >= _LONG for one, _ in pairs))


def _headed(table: TableBlock) -> bool:
    """Whether every row of a table has something in its first cell, so that a row without it is the rest of one."""
    return all(_cells(row)[0].paragraphs for row in table.rows if row.cells and row.cells[0] is not None)


def _length(cell: Cell) -> int:
    return sum(len(paragraph.text) for paragraph in cell.paragraphs)


def _append(row: TableRow, rest: TableRow) -> None:
    row.pictures += rest.pictures
    for cell, more in zip(_cells(row), _cells(rest), strict=True):
        if cell.paragraphs and more.paragraphs and _same_paragraph(cell.paragraphs[-1], more.paragraphs[0]):
            cell.paragraphs[-1] = together(cell.paragraphs[-1], more.paragraphs.pop(0))
        cell.paragraphs += more.paragraphs


def _same_paragraph(before: Paragraph, after: Paragraph) -> bool:
    """In a row that is known to be cut: whether its paragraph went on, or a new one begins on the new page."""
    if after.marked or "\t" in before.text + after.text or (before.ended and after.text.startswith("(")):
        return False
    return after.first >= before.room


def _cells(row: TableRow) -> list[Cell]:
    return [cell for cell in row.cells if cell is not None]


def _is_head(row: TableRow) -> bool:
    texts = [text for text in _texts(row) if text]
    return len(texts) >= 2 and not any(text.isdigit() for text in texts)


def _texts(row: TableRow) -> list[str]:
    return [" ".join(p.text for p in cell.paragraphs).replace("\n", " ") for cell in _cells(row)]


def every_text(pages: Sequence[list[Block]]) -> Iterator[str]:
    """The raw text of every paragraph, for what the document knows of its own words."""
    for page in pages:
        for block in page:
            if isinstance(block, Paragraph):
                yield block.text
            elif isinstance(block, TableBlock):
                for row in block.rows:
                    for cell in _cells(row):
                        yield from (paragraph.text for paragraph in cell.paragraphs)


def _box(shape: dict[str, Any]) -> Box:
    return (float(shape["x0"]), float(shape["top"]), float(shape["x1"]), float(shape["bottom"]))


def _is_picture(image: dict[str, Any], page: Page) -> bool:
    """Not a dot or a rule, and not the whole page, which is a background or a scan."""
    width, height = float(image["width"]), float(image["height"])
    return width > 15 and height > 8 and width * height < 0.8 * float(page.width) * float(page.height)
