"""A web page, such as one saved from a council's site. Scripts, styles and hidden parts are not read; nothing is
fetched from anywhere."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup
from bs4.element import CData, NavigableString, Tag

from hearth.kernel.refusals import Refused

from .gather import NOT_TICKED, TICKED, Gathering, Limits, ordinal
from .text import decoded

_UNREAD = {"script", "style", "head", "template", "iframe", "object", "embed", "svg", "math", "noscript", "canvas"}
_BLOCKS = {
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "ul",
}
_DEPTH = 150
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_BREAK = re.compile(r"(page-)?break-(before|after)\s*:\s*(always|page)", re.IGNORECASE)


def read(body: bytes, gathering: Gathering, limits: Limits) -> None:
    """The page's text in order; lists keep their marks, tables become rows."""
    body = re.sub(rb"data:[a-z]+/[a-z0-9.+-]+;base64,[A-Za-z0-9+/=\s]+", b"", body)
    if len(body) > limits.markup:
        raise Refused("The web page is too large to read. Copy its text into a Word document and try again.",
                      field="file")  # fmt: skip
    declared = re.search(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", body[:2048])
    text, _ = decoded(body, declared[1].decode() if declared else "")
    soup = BeautifulSoup(text, "html.parser")
    _Walk(gathering).root(soup)


class _Walk:
    """Goes through the page once, keeping the line that is being written."""

    def __init__(self, gathering: Gathering) -> None:
        self.out = gathering
        self.words: list[str] = []
        self.level = 0
        self.after: list[Tag] = []  # nested tables wait until their cell's row is out

    def root(self, soup: Tag) -> None:
        self._children(soup, 0)
        self._end()

    def _end(self) -> None:
        self.out.line(_spaced("".join(self.words)), level=self.level)
        self.words = []

    def _children(self, tag: Tag, depth: int) -> None:
        if depth > _DEPTH:
            self.out.warn("Some very deeply nested parts of the page were read as plain text.")
            self.words.append(tag.get_text(" "))
            return
        for child in tag.children:
            if isinstance(child, Tag):
                self._tag(child, depth + 1)
            elif type(child) in {NavigableString, CData}:
                self.words.append(re.sub(r"[ \r\n\f]+", " ", str(child)))

    def _tag(self, tag: Tag, depth: int) -> None:
        name, style = tag.name.lower(), str(tag.get("style") or "")
        if name in _UNREAD or tag.has_attr("hidden") or _HIDDEN.search(style):
            return
        if _BREAK.search(style):
            self._end()
            self.out.page_break()
        if name == "br":
            self.words.append("\n")
        elif name == "img":
            self._end()
            self.out.image(str(tag.get("alt") or ""))
        elif name in {"input", "textarea", "select"}:
            self.words.append(_answer(tag))
        elif name == "table":
            self._end()
            self._table(tag, depth)
        elif name in {"ul", "ol"}:
            self._end()
            self._list(tag, depth)
        elif name in _BLOCKS:
            self._block(tag, depth)
        else:
            self._children(tag, depth)

    def _block(self, tag: Tag, depth: int) -> None:
        self._end()
        before = self.level
        found = re.fullmatch(r"h([1-6])", tag.name.lower())
        self.level = int(found[1]) if found else before
        self._children(tag, depth)
        self._end()
        self.level = before

    def _list(self, tag: Tag, depth: int) -> None:
        start = str(tag.get("start") or "1")
        number = int(start) if re.fullmatch(r"\d{1,6}", start) else 1
        for child in tag.children:
            if not isinstance(child, Tag):
                continue
            if child.name == "li":
                style = str(tag.get("type") or "1")
                self.words.append(f"{ordinal(number, style)}. " if tag.name == "ol" else "• ")
                number += 1
                self._children(child, depth + 1)
                self._end()
            else:
                self._tag(child, depth + 1)
                self._end()

    def _table(self, table: Tag, depth: int) -> None:
        number = self.out.new_table()
        held: dict[int, tuple[int, int]] = {}  # column -> rows that a cell above still covers, and its width
        for part in _own(table, {"caption", "tr"}):
            if part.name == "caption":
                self.out.line(_spaced(part.get_text(" ")))
                continue
            cells: list[str] = []
            nested: list[Tag] = []
            images: list[str] = []
            column = 0
            for cell in _own(part, {"td", "th"}):
                column = _covered(held, column, cells)
                inner = _Cell(self.out, depth)
                cells.append(inner.text(cell))
                nested += inner.tables
                images += inner.images
                width = _span(cell, "colspan")
                held[column] = (_span(cell, "rowspan") - 1, width)
                column += width
            _covered(held, column, cells)
            self.out.row(cells, number)
            for description in images:
                self.out.image(description)
            for inner_table in nested:
                if depth < _DEPTH:
                    self._table(inner_table, depth + 10)


class _Cell:
    """One cell's text, with its pictures and inner tables kept for after the row."""

    def __init__(self, gathering: Gathering, depth: int) -> None:
        self.walk = _Walk(Gathering(Limits()))
        self.tables: list[Tag] = []
        self.images: list[str] = []
        self.depth = depth

    def text(self, cell: Tag) -> str:
        for table in _own(cell, {"table"}):
            self.tables.append(table)
        for table in self.tables:
            table.extract()
        self.walk.words = []
        self.walk._children(cell, self.depth)
        self.walk._end()
        lines = []
        for passage in self.walk.out.passages:
            if hasattr(passage, "text"):
                lines.append(passage.text)
            elif hasattr(passage, "description"):
                self.images.append(passage.description)
        return "\n".join(lines)


def _own(tag: Tag, names: set[str]) -> list[Tag]:
    """The parts of these names that belong to this element and not to a table inside it."""
    found: list[Tag] = []
    waiting = [child for child in reversed(list(tag.children)) if isinstance(child, Tag)]
    while waiting:
        child = waiting.pop()
        if child.name in names:
            found.append(child)
        elif child.name not in {"table", "td", "th"} | _UNREAD:
            waiting += [inner for inner in reversed(list(child.children)) if isinstance(inner, Tag)]
    return found


def _covered(held: dict[int, tuple[int, int]], column: int, cells: list[str]) -> int:
    """Empty cells where a cell from the row above goes on; the next free column."""
    while held.get(column, (0, 0))[0] > 0:
        rows, width = held[column]
        held[column] = (rows - 1, width)
        cells.append("")
        column += width
    return column


def _span(cell: Tag, name: str) -> int:
    text = str(cell.get(name) or "1")
    return min(max(int(text), 1), 100) if re.fullmatch(r"\d{1,4}", text) else 1


def _answer(tag: Tag) -> str:
    """What a form field says: a tick, a typed text, a chosen option."""
    if tag.name == "textarea":
        return tag.get_text()
    if tag.name == "select":
        chosen = tag.find_all("option", selected=True)
        return ", ".join(option.get_text(" ", strip=True) for option in chosen)
    kind = str(tag.get("type") or "text").lower()
    if kind in {"checkbox", "radio"}:
        return f" {TICKED if tag.has_attr('checked') else NOT_TICKED} "
    return str(tag.get("value") or "") if kind in {"text", "date", "number", "email", "tel"} else ""


def _spaced(text: str) -> str:
    return "\n".join(re.sub(" {2,}", " ", line).strip(" ") for line in text.split("\n"))
