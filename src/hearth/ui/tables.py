"""Tables as a page describes them, before they are drawn: a caption, headers with their scope, and cells."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from hearth.ui import words
from hearth.ui.tags import Tag


@dataclass(frozen=True)
class Cell:
    """One cell: words, perhaps a link, tags and a smaller second line."""

    text: str = ""
    href: str = ""
    tags: tuple[Tag, ...] = ()
    hint: str = ""
    numeric: bool = False


@dataclass(frozen=True)
class Table:
    """A data table. The first cell of each row heads it, unless `row_headers` is off; `stack` lays rows out one below
    the other on a small screen instead of letting the table scroll sideways.

    A row holds cells, tags, dates, numbers or words; numbers are set to the right, and their column's header with them.
    """

    caption: str
    headers: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    row_headers: bool = True
    caption_size: str = "m"
    hidden_caption: bool = False
    stack: bool = False
    source: str = ""  # where figures come from, as at which day, of how many
    empty: str = "There is nothing to show."
    numeric: frozenset[int] = field(default_factory=frozenset)  # columns set to the right whatever they hold

    def drawn_rows(self) -> list[list[Cell]]:
        """The rows as cells."""
        return [[cell(value, numeric=index in self.numeric) for index, value in enumerate(row)] for row in self.rows]

    def numeric_columns(self) -> set[int]:
        """The columns whose header is set to the right: all of whose cells hold numbers."""
        found = set(self.numeric)
        rows = self.drawn_rows()
        for index in range(1 if self.row_headers else 0, len(self.headers)):
            column = [row[index] for row in rows if index < len(row)]
            if column and all(one.numeric for one in column):
                found.add(index)
        return found


def cell(value: Any, numeric: bool = False) -> Cell:
    """Any value as a cell: dates and moments in words, numbers with commas, yes and no, nothing as empty."""
    if isinstance(value, Cell):
        return value
    if isinstance(value, Tag):
        return Cell(tags=(value,))
    if isinstance(value, bool):
        return Cell("Yes" if value else "No", numeric=numeric)
    if isinstance(value, (int, float, Decimal)):
        return Cell(words.number(value), numeric=True)
    if isinstance(value, datetime):
        return Cell(words.moment(value))
    if isinstance(value, date):
        return Cell(words.day(value))
    return Cell("" if value is None else str(value), numeric=numeric)


@dataclass(frozen=True)
class Figure:
    """A figure that stands out on a tile: never without where it comes from (SYS-13).

    `as_at` is the day, or the words for the period, that the figure is of; `base` says of how many.
    """

    value: int | float | Decimal | str
    label: str
    source: str
    as_at: date | str
    base: int | str = ""
    href: str = ""
