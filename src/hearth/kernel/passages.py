"""A passage is what can be read off somebody's file, in reading order, before anyone decides what it means.

It is the way in, as `hearth.kernel.papers` is the way out: `documents` takes a Word, OpenDocument, PDF, HTML
or text file apart into passages, and the rooms above find their questions and answers in them. Nothing here
judges or mends.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One paragraph, heading or list item. A list item keeps its mark in the text: "• ", "1. "."""

    text: str
    level: int = 0  # 1 to 9 where the file itself marks the line as a heading; 0 where it does not
    running: bool = False  # printed at the same place on page after page: a running title or foot


@dataclass(frozen=True)
class Row:
    """One row of a table, each cell as it is seen: a merged cell once; below it, empty."""

    cells: tuple[str, ...]
    table: int = 0  # which table of the file it stands in, counted from 1; a nested table has its own number


@dataclass(frozen=True)
class PageBreak:
    """Here a new page begins, as far as the file says."""


@dataclass(frozen=True)
class Image:
    """A picture, such as a signature, not said in words. `description` is its own alternative text."""

    description: str = ""


Passage = Line | Row | PageBreak | Image
