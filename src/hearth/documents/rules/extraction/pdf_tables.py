"""Tables of a page of a PDF by their ruled lines: rows, merged cells, tables in cells, and cells that a page cuts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pdfplumber.page import Page
from pdfplumber.table import (
    Table,
    cells_to_tables,
    edges_to_intersections,
    intersections_to_cells,
    merge_edges,
)

from .pdf_paragraphs import Paragraph, paragraphs, pitches, usual
from .pdf_words import Box, Word, lines_of, parted, within

_EDGES = 4000  # ruled lines on one page; a drawing has more, a table never has
_NEAR = 3.0  # double lines and lines that nearly meet are one


@dataclass
class Cell:
    """A cell with its paragraphs; rows of a table within it are paragraphs whose cells are parted by tabs."""

    box: Box
    paragraphs: list[Paragraph] = field(default_factory=list)


@dataclass
class TableRow:
    """A row; None stands where a cell of the row above goes on."""

    cells: list[Cell | None]
    pictures: int = 0

    @property
    def edges(self) -> tuple[tuple[float, float], ...]:
        """Left and right of each cell."""
        return tuple((cell.box[0], cell.box[2]) for cell in self.cells if cell is not None)

    @property
    def empty(self) -> bool:
        return not self.pictures and not any(cell and cell.paragraphs for cell in self.cells)


@dataclass
class TableBlock:
    """A table or the part of one that stands on a page; `open_*` says that no line closes it there."""

    rows: list[TableRow]
    box: Box
    open_top: bool = False
    open_bottom: bool = False
    ruled: bool = True


def too_many(page: Page) -> bool:
    """Whether the page is drawn rather than ruled."""
    return len(page.edges) > _EDGES


def tables_of(page: Page, words: Sequence[Word], boxes: Sequence[Box], pictures: Sequence[Box]
              ) -> tuple[list[TableBlock], list[Word], list[Box]]:  # fmt: skip
    """The ruled tables; the words that stand in none; the pictures that stand in none. `boxes` are tick boxes."""
    edges = [edge for edge in page.edges
             if edge["orientation"] and not any(within(_place(edge), box, 1.5) for box in boxes)]  # fmt: skip
    merged = [e for e in merge_edges(edges, _NEAR, _NEAR, _NEAR, _NEAR) if _length(e) >= _NEAR]
    tops, bottoms = _closing(merged, "top"), _closing(merged, "bottom")
    crossings = edges_to_intersections(merged + tops + bottoms, _NEAR, _NEAR)
    found = [Table(page, cells) for cells in cells_to_tables(intersections_to_cells(crossings)) if len(cells) > 1]
    words = [piece for word in words for piece in parted(word, _crossed(word, found))]
    pitch = _pitch(found, words)
    inner = {id(one): host for one in found if (host := _host(one, found)) is not None}
    free, loose = list(words), list(pictures)
    made: list[TableBlock] = []
    for table in found:
        if id(table) in inner:
            continue
        block = _Reading(found, inner, pitch).block(table, free, loose)
        cells = [cell for cell in table.cells if cell]
        free = [word for word in free if not any(within(word.start, cell) for cell in cells)]
        loose = [one for one in loose if not any(within(one, cell) for cell in cells)]
        block.open_top = any(abs(edge["top"] - block.box[1]) < 1 for edge in tops)
        block.open_bottom = any(abs(edge["top"] - block.box[3]) < 1 for edge in bottoms)
        made.append(block)
    return made, free, loose


def _crossed(word: Word, tables: Sequence[Table]) -> list[Box]:
    """The cells on which a word stands, from left to right."""
    middle = (word.box[1] + word.box[3]) / 2
    return sorted(
        _box(cell)
        for table in tables
        if table.bbox[1] < middle < table.bbox[3] and table.bbox[0] < word.box[2] and table.bbox[2] > word.box[0]
        for cell in table.cells
        if cell[1] < middle < cell[3] and cell[0] < word.box[2] and cell[2] > word.box[0]
    )


class _Reading:
    """Reads the cells of a table and of the tables within them."""

    def __init__(self, tables: Sequence[Table], inner: dict[int, Box], pitch: float) -> None:
        self.tables = tables
        self.inner = inner
        self.pitch = pitch

    def block(self, table: Table, words: Sequence[Word], pictures: Sequence[Box], depth: int = 0) -> TableBlock:
        mine = [word for word in words if within(word.start, table.bbox)]
        lefts = [min((float(c[0]) for c in column if c), default=None) for column in _columns(table)]
        rows: list[TableRow] = []
        for row in table.rows:
            cells: list[Cell | None] = []
            right = 0.0
            for place, box in enumerate(row.cells):
                if box is None:
                    left = lefts[place]
                    if left is not None and left >= right - 1:
                        cells.append(None)
                    continue
                right = float(box[2])
                cells.append(self.cell(_box(box), mine, depth))
            held = sum(any(cell and within(one, cell.box) for cell in cells) for one in pictures)
            rows.append(TableRow(cells, held))
        return TableBlock(rows, _box(table.bbox))

    def cell(self, box: Box, words: Sequence[Word], depth: int) -> Cell:
        inside = [word for word in words if within(word.start, box)]
        nested = [table for table in self.tables if self.inner.get(id(table)) == box] if depth < 3 else []
        found: list[Paragraph] = []
        for table in nested:
            mine = [word for word in inside if any(within(word.start, cell) for cell in table.cells)]
            inside = [word for word in inside if word not in mine]
            for row in self.block(table, mine, (), depth + 1).rows:
                texts = ["" if cell is None else "\n".join(p.text.replace("\t", " ") for p in cell.paragraphs)
                         for cell in row.cells]  # fmt: skip
                if any(texts):
                    tops = [cell.box for cell in row.cells if cell]
                    found.append(Paragraph("\t".join(texts), 0, 0, tops[0][1], tops[0][3]))
        lines = lines_of(inside)
        if lines:
            # What stands above a table in the cell does not go on below it.
            cuts = sorted({float(table.bbox[1]) for table in nested})
            for part in _parted(lines, cuts):
                found += paragraphs(part, _right(box, part), self.pitch)
        return Cell(box, sorted(found, key=lambda paragraph: paragraph.top))


def _parted(lines: list[Any], cuts: list[float]) -> list[list[Any]]:
    parts: list[list[Any]] = [[] for _ in range(len(cuts) + 1)]
    for line in lines:
        parts[sum(line.box[1] >= cut for cut in cuts)].append(line)
    return [part for part in parts if part]


def _right(box: Box, lines: Sequence[Any]) -> float:
    """Where lines of a cell end at the latest: as far from its right side as they begin from its left."""
    inset = min(min(line.box[0] for line in lines) - box[0], 14.0)
    return max(box[2] - max(inset, 0.0), max(line.box[2] for line in lines))


def _pitch(tables: Sequence[Table], words: Sequence[Word]) -> float:
    """The usual distance of lines in the cells of a page, in letter heights."""
    found: list[float] = []
    for table in tables:
        mine = [word for word in words if within(word.start, table.bbox)]
        for cell in table.cells:
            lines = lines_of(word for word in mine if within(word.start, cell))
            found += pitches(lines, _right(_box(cell), lines)) if len(lines) > 1 else []
    return usual(found)


def _columns(table: Table) -> list[list[Any]]:
    return [list(column) for column in zip(*(row.cells for row in table.rows), strict=False)]


def _host(table: Table, tables: Sequence[Table]) -> Box | None:
    """The cell of another table in which this one stands."""
    held = [
        _box(cell)
        for other in tables
        if other is not table
        for cell in other.cells
        if within(_box(table.bbox), _box(cell), 1)
    ]
    return min(held, key=lambda box: (box[2] - box[0]) * (box[3] - box[1]), default=None)


def _closing(edges: Sequence[dict[str, Any]], side: str) -> list[dict[str, Any]]:
    """Lines that close a table where a page cut it: its upright lines end together and no line joins their ends."""
    upright = [edge for edge in edges if edge["orientation"] == "v"]
    flat = [edge for edge in edges if edge["orientation"] == "h"]
    made: list[dict[str, Any]] = []
    heights: list[float] = []
    for edge in sorted(upright, key=lambda e: float(e[side])):
        if not heights or edge[side] - heights[-1] > _NEAR:
            heights.append(float(edge[side]))
    for height in heights:
        ends = [edge for edge in upright if -1 <= edge[side] - height <= _NEAR]
        left, right = min(float(e["x0"]) for e in ends), max(float(e["x0"]) for e in ends)
        if right - left < 10:
            continue
        there = sum(min(float(e["x1"]), right) - max(float(e["x0"]), left) for e in flat
                    if abs(e["top"] - height) <= 2 * _NEAR and e["x1"] > left and e["x0"] < right)  # fmt: skip
        if there < 0.5 * (right - left):
            made.append({"object_type": "line_edge", "orientation": "h", "x0": left, "x1": right, "top": height,
                         "bottom": height, "width": right - left, "height": 0})  # fmt: skip
    return made


def _place(edge: dict[str, Any]) -> Box:
    return (float(edge["x0"]), float(edge["top"]), float(edge["x1"]), float(edge["bottom"]))


def _length(edge: dict[str, Any]) -> float:
    return float(edge["x1"] - edge["x0"] if edge["orientation"] == "h" else edge["bottom"] - edge["top"])


def _box(box: Any) -> Box:
    return (float(box[0]), float(box[1]), float(box[2]), float(box[3]))
