"""What was printed, before anybody knows what it means: lines, table rows, page breaks and images in their order.

Text, Word, PDF and web pages all end as a `Source`, so that the reader has one thing to read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hearth.reviews.rules.reading.fragments import cell_text, tidy
from hearth.reviews.rules.reading.words import plain_words, squeezed


@dataclass(frozen=True)
class Line:
    """A line or paragraph outside any table; `running` where the file shows that it is a running title or foot."""

    text: str
    running: bool = False


@dataclass(frozen=True)
class Row:
    """A row of a table. A cell may hold several lines ("\\n"), bullets ("• …") and rows of an inner table (tabs)."""

    cells: tuple[str, ...]


@dataclass(frozen=True)
class PageBreak:
    """The end of a page."""


@dataclass(frozen=True)
class Image:
    """A picture, such as a signature; what it shows is not known."""

    alt: str = ""


Item = Line | Row | PageBreak | Image


@dataclass(frozen=True)
class Source:
    """A printed document as its items in reading order."""

    items: tuple[Item, ...] = ()

    @classmethod
    def from_text(cls, text: str) -> Source:
        """Read plain text: a tab starts a cell, three blank lines or a form feed end a page.

        HTML inside cells, Markdown bullets and tables, and LaTeX boxes are understood. Never raises.
        """
        return cls(tuple(_items(text)))


_IMAGE = re.compile(r"\s*(?:!?\[image[^\]]*\](?:\([^)]*\))?|<img[^>]*>)\s*", re.IGNORECASE)
_MARKDOWN_RULE = re.compile(r"\s*\|?[\s:|-]*-{3,}[\s:|-]*\|?\s*")


def _items(text: str) -> Iterator[Item]:
    blank = 0
    for raw in _joined_lines(text.replace("\r\n", "\n").replace("\r", "\n")):
        for piece, ends_page in _by_page(raw):
            if not piece.strip():
                blank += not ends_page
            elif _IMAGE.fullmatch(piece):
                yield Image(piece.strip())
                blank = 0
            elif not (set(piece.strip()) <= set("-|: ") and _MARKDOWN_RULE.fullmatch(piece)):
                if blank >= 3:
                    yield PageBreak()
                blank = 0
                yield _item(piece)
            if ends_page:
                yield PageBreak()


def _by_page(raw: str) -> Iterator[tuple[str, bool]]:
    pieces = raw.split("\f")
    for place, piece in enumerate(pieces):
        yield piece, place < len(pieces) - 1


def _joined_lines(text: str) -> Iterator[str]:
    """The lines, with a table or list of HTML that runs over several of them made one."""
    held: list[str] = []
    open_tags = 0
    for line in text.split("\n"):
        lower = line.lower() if "<" in line else ""
        if lower:
            for tag in ("<table", "<ul", "<ol"):
                open_tags += lower.count(tag) - lower.count("</" + tag[1:])
        if open_tags > 0 and "\t" not in line and len(held) < 400 and ("<" in line or held):
            held.append(line)
            continue
        if held:
            # A fragment that is never closed must not swallow the rest of the document.
            open_tags = max(open_tags, 0)
            if "<" in line and "\t" not in line and open_tags == 0:
                yield "\n".join([*held, line])
                held = []
                continue
            yield from held
            held = []
        open_tags = 0
        yield line
    yield from held


def _item(piece: str) -> Item:
    stripped = piece.strip()
    if "\t" in piece:
        return Row(tuple(cell_text(cell) for cell in piece.split("\t")))
    if stripped.startswith("|") and stripped.endswith("|") and stripped.count("|") > 2:
        return Row(tuple(cell_text(cell) for cell in stripped[1:-1].split("|")))
    bullet = re.match(r"\s*[-*+]\s+(?=\S)", piece)
    if bullet:
        return Line(tidy("• " + cell_text(piece[bullet.end() :])))
    return Line(cell_text(re.sub(r"^\s*#{1,6}\s+", "", piece)))


def running_headers(source: Source) -> set[str]:
    """Lines that stand first or last on three pages or more (numbers aside): headers and footers (trap T13)."""
    seen: dict[str, int] = {}
    items = [None, *source.items, None]
    for before, item, after in zip(items, items[1:], items[2:], strict=False):
        at_edge = isinstance(before, PageBreak) or isinstance(after, PageBreak) or before is None or after is None
        if isinstance(item, Line) and at_edge and 2 <= len(plain_words(item.text)) <= 14:
            key = squeezed(item.text)
            seen[key] = seen.get(key, 0) + 1
    return {key for key, times in seen.items() if times >= 3 and key}
