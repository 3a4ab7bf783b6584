"""An OpenDocument text in the order of its body: headings, paragraphs, lists, tables, ticks and page breaks."""

from __future__ import annotations

import io
from collections.abc import Iterator

from lxml import etree
from odfdo import Document

from hearth.kernel.refusals import Refused

from .gather import NOT_TICKED, TICKED, Gathering, ordinal

_URN = "{urn:oasis:names:tc:opendocument:xmlns:"
_TEXT, _TABLE, _DRAW = _URN + "text:1.0}", _URN + "table:1.0}", _URN + "drawing:1.0}"
_OFFICE, _STYLE, _SVG = _URN + "office:1.0}", _URN + "style:1.0}", _URN + "svg-compatible:1.0}"
_FORM, _FO = _URN + "form:1.0}", _URN + "xsl-fo-compatible:1.0}"
_LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
_UNREAD = {f"{_TEXT}tracked-changes", f"{_OFFICE}annotation", f"{_OFFICE}forms", f"{_TEXT}sequence-decls"}
_DEPTH = 60
PAGE = "\f"


def read(body: bytes, gathering: Gathering) -> None:
    """The body of the text and then its footnotes."""
    packed = Document(io.BytesIO(body))
    content, styles = (_xml(packed, name) for name in ("content.xml", "styles.xml"))
    text = content.find(f"{_OFFICE}body/{_OFFICE}text") if content is not None else None
    if content is None or text is None:
        raise Refused("The file holds no text. Open it where it was made, save it again and try once more.",
                      field="file")  # fmt: skip
    walk = _Walk(gathering, [part for part in (content, styles) if part is not None])
    walk.body(text, 0)
    for note in walk.notes:
        gathering.line(note)


def _xml(packed: Document, name: str) -> etree._Element | None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    container = packed.container
    blob = container.get_part(name) if container is not None else None
    return etree.fromstring(blob, parser) if isinstance(blob, bytes) else None


class _Walk:
    def __init__(self, gathering: Gathering, parts: list[etree._Element]) -> None:
        self.out = gathering
        self.images: list[str] = []
        self.boxes: list[etree._Element] = []
        self.notes: list[str] = []
        self.numbered: dict[str, str] = {}  # list style -> number format; bullets are not in it
        self.breaks: dict[str, str] = {}  # paragraph style -> "before" or "after"
        self.ticks: dict[str, bool] = {}
        for part in parts:
            self._styles(part)

    def _styles(self, part: etree._Element) -> None:
        for style in part.iter(f"{_TEXT}list-style"):
            first = next(style.iter(f"{_TEXT}list-level-style-number"), None)
            if first is not None and first.get(f"{_TEXT}level") == "1":
                self.numbered[style.get(f"{_STYLE}name") or ""] = first.get(f"{_STYLE}num-format") or "1"
        for style in part.iter(f"{_STYLE}style"):
            for properties in style.iter(f"{_STYLE}paragraph-properties"):
                for side in ("before", "after"):
                    if properties.get(f"{_FO}break-{side}") == "page":
                        self.breaks[style.get(f"{_STYLE}name") or ""] = side
        for box in part.iter(f"{_FORM}checkbox"):
            state = box.get(f"{_FORM}current-state") or box.get(f"{_FORM}state")
            for name in (f"{_FORM}id", "{http://www.w3.org/XML/1998/namespace}id"):
                self.ticks[box.get(name) or ""] = state == "checked"

    def body(self, parent: etree._Element, depth: int) -> None:
        if depth > _DEPTH:
            raise Refused("The file is nested too deeply to read. Copy its text into a new document.", field="file")
        for child in parent.iterchildren():
            tag = child.tag
            if tag in _UNREAD or not isinstance(tag, str):
                continue
            if tag in {f"{_TEXT}p", f"{_TEXT}h"}:
                self._paragraph(child)
            elif tag == f"{_TEXT}list":
                for text in self._list(child, 0):
                    self._put(text)
            elif tag == f"{_TABLE}table":
                self._table(child, depth)
            elif tag == f"{_TEXT}soft-page-break":
                self.out.page_break()
            elif tag == f"{_DRAW}frame":
                self._frame(child)
                self._after()
            else:
                self.body(child, depth + 1)

    def _paragraph(self, node: etree._Element) -> None:
        side = self.breaks.get(node.get(f"{_TEXT}style-name") or "")
        if side == "before":
            self.out.page_break()
        outline = node.get(f"{_TEXT}outline-level") or "1"
        level = min(max(int(outline), 1), 9) if node.tag == f"{_TEXT}h" and outline.isdigit() else 0
        self._put(self._text(node, 0), level)
        if side == "after":
            self.out.page_break()

    def _put(self, text: str, level: int = 0) -> None:
        if text.lstrip(" \n").startswith(PAGE):
            self.out.page_break()
        self.out.line(text.replace(PAGE, ""), level=level)
        if PAGE in text.lstrip(" \n" + PAGE):
            self.out.page_break()
        self._after()

    def _after(self) -> None:
        boxes, images = self.boxes, self.images
        self.boxes, self.images = [], []
        for description in images:
            self.out.image(description)
        for box in boxes:
            self.body(box, 10)

    def _text(self, node: etree._Element, depth: int) -> str:
        if depth > _DEPTH:
            return ""
        made = [_plain(node.text)]
        for child in node.iterchildren():
            if isinstance(child.tag, str):
                made.append(self._piece(child, depth))
            made.append(_plain(child.tail))
        return "".join(made)

    def _piece(self, node: etree._Element, depth: int) -> str:
        tag = node.tag
        if tag == f"{_TEXT}s":
            count = node.get(f"{_TEXT}c") or "1"
            return " " * (min(int(count), 100) if count.isdigit() else 1)
        if tag == f"{_TEXT}tab":
            return "\t"
        if tag == f"{_TEXT}line-break":
            return "\n"
        if tag == f"{_TEXT}soft-page-break":
            return PAGE
        if tag == f"{_TEXT}note":
            body = node.find(f"{_TEXT}note-body")
            if body is not None:
                self.notes.append(" ".join(filter(None, ("".join(p.itertext()).strip() for p in body))))
            return ""
        if tag == f"{_DRAW}frame":
            self._frame(node)
            return ""
        if tag == f"{_DRAW}control":
            name = node.get(f"{_DRAW}control") or ""
            return (TICKED if self.ticks[name] else NOT_TICKED) if name in self.ticks else ""
        if tag == f"{_LOEXT}content-control" and node.get(f"{_LOEXT}checkbox") == "true":
            return TICKED if node.get(f"{_LOEXT}checked") == "true" else NOT_TICKED
        return "" if tag in _UNREAD else self._text(node, depth + 1)

    def _frame(self, frame: etree._Element) -> None:
        box = frame.find(f"{_DRAW}text-box")
        if box is not None:
            self.boxes.append(box)
        elif frame.find(f"{_DRAW}image") is not None:
            words = [frame.findtext(f"{_SVG}{name}") or "" for name in ("title", "desc")]
            self.images.append(" ".join(filter(None, words)))

    def _list(self, node: etree._Element, depth: int) -> Iterator[str]:
        style = self.numbered.get(node.get(f"{_TEXT}style-name") or "")
        number = 0
        if depth > _DEPTH:
            return
        for item in node.iterchildren(f"{_TEXT}list-item", f"{_TEXT}list-header"):
            mark = "• "
            if item.tag == f"{_TEXT}list-header":
                mark = ""
            elif style:
                start = item.get(f"{_TEXT}start-value") or ""
                number = int(start) if start.isdigit() else number + 1
                mark = f"{ordinal(number, style)}. "
            for child in item.iterchildren():
                if child.tag == f"{_TEXT}list":
                    yield from self._list(child, depth + 1)
                elif child.tag in {f"{_TEXT}p", f"{_TEXT}h"}:
                    text = self._text(child, 0)
                    yield mark + text if text.strip() else text
                    mark = ""

    def _table(self, table: etree._Element, depth: int) -> None:
        if depth > _DEPTH:
            raise Refused("The file is nested too deeply to read. Copy its text into a new document.", field="file")
        number = self.out.new_table()
        for row in _rows(table, 0):
            cells: list[str] = []
            nested: list[etree._Element] = []
            beside = 0  # cells still covered by the one to their left
            for cell in row.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
                repeated = _count(cell, "number-columns-repeated")
                if cell.tag == f"{_TABLE}covered-table-cell":
                    covered = min(beside, repeated)
                    beside -= covered
                    cells += [""] * (repeated - covered)
                    continue
                beside = _count(cell, "number-columns-spanned") - 1
                cells += ["\n".join(self._cell(cell, nested, 0))] * repeated
            broken = any(PAGE in text for text in cells)
            self.out.row([text.replace(PAGE, "") for text in cells], number)
            self._after()
            for inner in nested:
                self._table(inner, depth + 5)
            if broken:
                self.out.page_break()

    def _cell(self, parent: etree._Element, nested: list[etree._Element], depth: int) -> Iterator[str]:
        if depth > _DEPTH:
            return
        for child in parent.iterchildren():
            if child.tag in {f"{_TEXT}p", f"{_TEXT}h"}:
                yield self._text(child, 0)
            elif child.tag == f"{_TEXT}list":
                yield from self._list(child, 0)
            elif child.tag == f"{_TABLE}table":
                nested.append(child)
            elif isinstance(child.tag, str) and child.tag not in _UNREAD:
                yield from self._cell(child, nested, depth + 1)


def _rows(parent: etree._Element, depth: int) -> Iterator[etree._Element]:
    for child in parent.iterchildren():
        if child.tag == f"{_TABLE}table-row":
            yield child
        elif child.tag == f"{_TEXT}soft-page-break" or depth > 10:
            continue
        elif child.tag in {f"{_TABLE}table-{name}" for name in ("header-rows", "rows", "row-group")}:
            yield from _rows(child, depth + 1)


def _count(cell: etree._Element, name: str) -> int:
    text = cell.get(f"{_TABLE}{name}") or "1"
    return min(max(int(text), 1), 100) if text.isdigit() else 1


def _plain(text: str | None) -> str:
    """XML's own line breaks are only spaces in OpenDocument."""
    return " ".join((text or "").replace("\n", " ").split(" "))
