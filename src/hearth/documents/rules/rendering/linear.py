"""A paper read from top to bottom, one thing after another: for text, Braille, audio and large print.

Tables become "heading: value" lines, so that nobody has to remember what stood at the top of a column.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from hearth.kernel.papers import Block, Bullets, Heading, Note, Numbers, Pairs, Paper, Paragraph, Table


class Kind(StrEnum):
    """What sort of thing is read out next."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    CAPTION = "caption"
    RECORD = "record"  # the first line of a table row
    VALUE = "value"  # a further cell of that row
    NOTE = "note"


@dataclass(frozen=True)
class Step:
    """One thing read out. `mark` is a list item's bullet or number."""

    kind: Kind
    text: str
    level: int = 0
    mark: str = ""


def linear(paper: Paper) -> Iterator[Step]:
    """The paper's title, landlord, contact line and blocks in reading order."""
    yield Step(Kind.TITLE, paper.title, 1)
    if paper.landlord:
        yield Step(Kind.PARAGRAPH, paper.landlord)
    if paper.contact:
        yield Step(Kind.PARAGRAPH, paper.contact)
    for block in paper.blocks:
        yield from _steps(block)


def _steps(block: Block) -> Iterator[Step]:
    match block:
        case Heading(level, text):
            yield Step(Kind.HEADING, text, level)
        case Paragraph(text):
            for part in text.split("\n"):
                yield Step(Kind.PARAGRAPH, part)
        case Note(text):
            yield Step(Kind.NOTE, text)
        case Bullets(items):
            for item in items:
                yield Step(Kind.ITEM, item, mark="-")
        case Numbers(items):
            for number, item in enumerate(items, 1):
                yield Step(Kind.ITEM, item, mark=f"{number}.")
        case Pairs(caption, pairs):
            yield from _caption(caption)
            for term, value in pairs:
                yield Step(Kind.RECORD, joined(term, value))
        case Table(caption, _, rows):
            yield from _caption(caption)
            for row in rows:
                yield from _row(block, row)


def _caption(caption: str) -> Iterator[Step]:
    if caption:
        yield Step(Kind.CAPTION, caption)


def _row(table: Table, row: tuple[str, ...]) -> Iterator[Step]:
    """ "Age: no impact" for two columns; for more, the row's name and then each cell under its heading."""
    if table.row_headers and len(row) == 2:
        yield Step(Kind.RECORD, joined(row[0], row[1]))
        return
    cells = [joined(header, cell) for header, cell in zip(table.headers, row, strict=True)]
    first = row[0] if table.row_headers else cells[0]
    yield Step(Kind.RECORD, first or cells[0])
    for cell in cells[1:]:
        yield Step(Kind.VALUE, cell)


def joined(name: str, value: str) -> str:
    """ "Name: value"; an empty value is said, so that it is not taken for the next one."""
    if not name:
        return value
    return f"{name}: {value or 'blank'}"
