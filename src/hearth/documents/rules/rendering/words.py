"""Text made fit for a file: no control characters, and a name in words for a sign that cannot be shown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace

from hearth.kernel.papers import Block, Bullets, Heading, Note, Numbers, Pairs, Paper, Paragraph, Table

# XML 1.0 section 2.2 allows only these; the C1 controls and the noncharacters are of no use either.
# Nor is the byte order mark, which PDF/UA forbids.
_UNFIT = re.compile("[^\t\n\u0020-\u007e\u00a0-\ud7ff\ue000-\ufdcf\ufdf0-\ufefe\uff00-\ufffd\U00010000-\U0010fffd]")
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")

# A list of terms is laid out as a table, and a table needs a header row (WCAG 2.2, 1.3.1).
PAIR_HEADERS = ("Item", "Details")

SIGNS = {
    "☐": "not ticked",
    "☑": "ticked",
    "☒": "ticked",
    "✓": "ticked",
    "✔": "ticked",
    "✗": "crossed",
    "✘": "crossed",
}


def clean(text: str) -> str:
    """The text with one kind of line break and without characters that a file may not hold."""
    return _UNFIT.sub("", _BREAKS.sub("\n", text))


def named(char: str) -> str:
    """A sign in words, in square brackets: "☒" is "[ticked]", an emoji its Unicode name."""
    words = SIGNS.get(char) or unicodedata.name(char, "").lower() or f"sign {ord(char):X}"
    return f"[{words}]"


def cleaned(paper: Paper) -> Paper:
    """The same paper with every text made fit for a file; a heading's level is kept between 2 and 6 and in order."""
    blocks = tuple(block for block in map(_cleaned, paper.blocks) if _says_something(block))
    return replace(
        paper,
        title=clean(paper.title).replace("\n", " ").strip() or "Untitled",
        landlord=clean(paper.landlord),
        running_title=clean(paper.running_title).replace("\n", " "),
        contact=clean(paper.contact),
        blocks=tuple(_in_order(blocks)),
    )


def _in_order(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Headings that never skip a level downwards (WCAG 2.2, 1.3.1; PDF/UA-1 7.4.2): the title is level 1."""
    above = 1
    for block in blocks:
        if isinstance(block, Heading):
            above = min(block.level, above + 1)
            yield replace(block, level=above)
        else:
            yield block


def _says_something(block: Block) -> bool:
    """Empty headings, paragraphs and lists only make noise in a screen reader."""
    match block:
        case Heading(_, text) | Paragraph(text) | Note(text):
            return bool(text.strip())
        case Bullets(items) | Numbers(items):
            return bool(items)
        case Pairs(caption, pairs):
            return bool(caption.strip() or pairs)
        case Table(caption, headers, rows):
            return bool(caption.strip() or rows or any(headers))


def _cleaned(block: Block) -> Block:
    match block:
        case Heading(level, text):
            return Heading(min(max(level, 2), 6), clean(text).replace("\n", " "))
        case Paragraph(text):
            return Paragraph(clean(text))
        case Note(text):
            return Note(clean(text))
        case Bullets(items):
            return Bullets(tuple(text for item in items if (text := clean(item)).strip()))
        case Numbers(items):
            return Numbers(tuple(clean(item) for item in items))
        case Pairs(caption, pairs):
            return Pairs(clean(caption), tuple((clean(term), clean(value)) for term, value in pairs))
        case Table():
            return _even(block)


def _even(table: Table) -> Table:
    """Every row as wide as the widest, so that no format loses a cell or breaks on a short row."""
    width = max([len(table.headers), *(len(row) for row in table.rows), 1])

    def full(cells: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(clean(cell) for cell in cells) + ("",) * (width - len(cells))

    rows = tuple(full(row) for row in table.rows)
    return replace(table, caption=clean(table.caption), headers=full(table.headers), rows=rows)


def widths(table: Table) -> list[float]:
    """How wide each column should be, in shares: by its longest word and by how much it holds."""
    shares: list[float] = []
    for column, header in enumerate(table.headers):
        cells = [header, *(row[column] for row in table.rows)]
        longest = max((len(word) for cell in cells for word in cell.split()), default=1)
        whole = sum(len(cell) for cell in cells) / len(cells)
        shares.append(round(min(longest, 20) + min(whole, 300) ** 0.5 * 2.5 + 2, 2))
    return shares
