"""A Word document in the order of its body: paragraphs, lists, tables, ticks and page breaks.

Only the main text and its footnotes are read; page headers, links to outside and deleted text are not.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

from docx import Document
from docx.document import Document as WordFile
from docx.oxml.ns import qn
from lxml import etree

from hearth.kernel.refusals import Refused

from .gather import NOT_TICKED, TICKED, Gathering, symbol
from .word_lists import Lists

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_UNREAD = {qn(f"w:{name}") for name in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr", "sdtPr")}
_DEPTH = 60
PAGE = "\f"  # stands for a page break inside a paragraph's text


def read(body: bytes, gathering: Gathering) -> None:
    """The document's body and then its footnotes."""
    word = Document(io.BytesIO(body))
    _Walk(gathering, word).body(word.element.body, 0)
    for note in _footnotes(word):
        gathering.line(note)


class _Walk:
    def __init__(self, gathering: Gathering, word: WordFile) -> None:
        self.out = gathering
        self.lists = Lists(word)
        self.images: list[str] = []
        self.boxes: list[etree._Element] = []

    def body(self, parent: etree._Element, depth: int) -> None:
        """Paragraphs and tables, also inside content controls and tracked insertions."""
        if depth > _DEPTH:
            raise Refused("The file is nested too deeply to read. Copy its text into a new document.", field="file")
        for child in parent.iterchildren():
            if child.tag == qn("w:p"):
                self._paragraph(child)
            elif child.tag == qn("w:tbl"):
                self._table(child, depth)
            elif child.tag not in _UNREAD and isinstance(child.tag, str):
                self.body(child, depth + 1)

    def _paragraph(self, paragraph: etree._Element) -> None:
        properties = paragraph.find(qn("w:pPr"))
        if properties is not None and properties.find(qn("w:pageBreakBefore")) is not None:
            self.out.page_break()
        text = self._text(paragraph)
        stripped = text.lstrip(" \n")
        if stripped.startswith(PAGE):
            self.out.page_break()
        words = text.replace(PAGE, "")
        mark, level = self.lists.mark(paragraph), self.lists.heading_level(paragraph)
        self.out.line(mark + words if words.strip() else "", level=level)
        if PAGE in stripped.lstrip(PAGE):
            self.out.page_break()
        self._after()
        if properties is not None and (section := properties.find(qn("w:sectPr"))) is not None:
            kind = section.find(qn("w:type"))
            if kind is None or kind.get(qn("w:val")) != "continuous":
                self.out.page_break()

    def _after(self) -> None:
        """What a paragraph or row carried along: pictures and text boxes."""
        for description in self.images:
            self.out.image(description)
        boxes, self.images, self.boxes = self.boxes, [], []
        for box in boxes:
            self.body(box, 10)

    def _text(self, parent: etree._Element, depth: int = 0) -> str:
        if depth > _DEPTH:
            return ""
        return "".join(self._piece(child, depth) for child in parent.iterchildren() if isinstance(child.tag, str))

    def _piece(self, node: etree._Element, depth: int) -> str:
        tag = node.tag
        if tag in {qn("w:t"), f"{_M}t"}:
            return node.text or ""
        if tag in _UNREAD:
            return ""
        if tag in {qn("w:tab"), qn("w:ptab")}:
            return "\t"
        if tag in {qn("w:br"), qn("w:cr")}:
            return PAGE if node.get(qn("w:type")) == "page" else "\n"
        if tag == qn("w:lastRenderedPageBreak"):
            return PAGE
        if tag == qn("w:noBreakHyphen"):
            return "-"
        if tag == qn("w:sym"):
            code = node.get(qn("w:char")) or "0"
            return symbol(int(code, 16), node.get(qn("w:font")) or "")
        if tag == qn("w:r"):
            return self._run(node, depth)
        if tag == qn("w:sdt"):
            return self._control(node, depth)
        if tag == qn("w:checkBox"):
            return _old_box(node)
        if tag in {qn("w:drawing"), qn("w:pict"), qn("w:object")}:
            return self._drawing(node)
        if tag == f"{_MC}AlternateContent":
            choice = node.find(f"{_MC}Choice")
            return self._text(choice if choice is not None else node, depth + 1)
        return self._text(node, depth + 1)

    def _run(self, run: etree._Element, depth: int) -> str:
        properties = run.find(qn("w:rPr"))
        if properties is not None and _on(properties.find(qn("w:vanish"))):
            return ""
        text = self._text(run, depth + 1)
        fonts = properties.find(qn("w:rFonts")) if properties is not None else None
        font = (fonts.get(qn("w:ascii")) or "") if fonts is not None else ""
        if font.startswith("Wingdings"):
            text = "".join(symbol(ord(char), font) or char for char in text)
        return text

    def _control(self, control: etree._Element, depth: int) -> str:
        """A content control: a tick box by its state, anything else by its words."""
        box = control.find(f"{qn('w:sdtPr')}/{_W14}checkbox")
        if box is not None:
            checked = box.find(f"{_W14}checked")
            value = checked.get(f"{_W14}val") if checked is not None else "0"
            return TICKED if value in {"1", "true", "on"} else NOT_TICKED
        content = control.find(qn("w:sdtContent"))
        return self._text(content, depth + 1) if content is not None else ""

    def _drawing(self, node: etree._Element) -> str:
        box = next(node.iter(qn("w:txbxContent")), None)
        if box is not None:
            self.boxes.append(box)
            return ""
        named = next((part for part in node.iter() if str(part.tag).endswith("}docPr")), None)
        shape = next((part for part in node.iter() if str(part.tag).endswith(("}blip", "}imagedata"))), None)
        if shape is not None:
            self.images.append((named.get("descr") or "") if named is not None else "")
        return ""

    def _table(self, table: etree._Element, depth: int) -> None:
        number = self.out.new_table()
        for row in _rows(table, 0):
            cells: list[str] = []
            nested: list[etree._Element] = []
            broken = False
            for cell in _inside(row, qn("w:tc"), 0):
                merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
                if merge is not None and merge.get(qn("w:val")) != "restart":
                    cells.append("")
                    continue
                text = "\n".join(self._cell(cell, nested, 0))
                broken = broken or PAGE in text
                cells.append(text.replace(PAGE, ""))
            self.out.row(cells, number)
            self._after()
            for inner in nested:
                if depth > _DEPTH:
                    raise Refused("The file is nested too deeply to read. Copy its text into a new document.",
                                  field="file")  # fmt: skip
                self._table(inner, depth + 5)
            if broken:
                self.out.page_break()

    def _cell(self, parent: etree._Element, nested: list[etree._Element], depth: int) -> Iterator[str]:
        """The cell's paragraphs; tables inside it are put aside."""
        if depth > _DEPTH:
            return
        for child in parent.iterchildren():
            if child.tag == qn("w:p"):
                yield self.lists.mark(child) + self._text(child)
            elif child.tag == qn("w:tbl"):
                nested.append(child)
            elif child.tag == qn("w:sdt") and child.find(f"{qn('w:sdtPr')}/{_W14}checkbox") is not None:
                yield self._control(child, depth)
            elif isinstance(child.tag, str) and child.tag not in _UNREAD | {qn("w:tcPr")}:
                yield from self._cell(child, nested, depth + 1)


def _rows(table: etree._Element, depth: int) -> Iterator[etree._Element]:
    return _inside(table, qn("w:tr"), depth)


def _inside(parent: etree._Element, name: str, depth: int) -> Iterator[etree._Element]:
    """Rows of a table or cells of a row, also inside content controls; not those of a table within."""
    for child in parent.iterchildren():
        if child.tag == name:
            if child.find(f"{qn('w:trPr')}/{qn('w:del')}") is None:
                yield child
        elif depth < 10 and child.tag in {qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml")}:
            yield from _inside(child, name, depth + 1)


def _on(flag: etree._Element | None) -> bool:
    return flag is not None and flag.get(qn("w:val")) not in {"0", "false", "off"}


def _old_box(box: etree._Element) -> str:
    """A tick box of Word's older forms: its state, else what it began with."""
    checked = box.find(qn("w:checked"))
    return TICKED if _on(checked if checked is not None else box.find(qn("w:default"))) else NOT_TICKED


def _footnotes(word: WordFile) -> Iterator[str]:
    for relation in word.part.rels.values():
        if relation.is_external or not relation.reltype.endswith("/footnotes"):
            continue
        root = etree.fromstring(relation.target_part.blob, etree.XMLParser(resolve_entities=False, no_network=True))
        for note in root.iterchildren(qn("w:footnote")):
            if note.get(qn("w:type")) in {None, "normal"}:
                yield "".join(text.text or "" for text in note.iter(qn("w:t")))
