"""A paper as OpenDocument text, the format that GOV.UK names for documents to be edited."""

from __future__ import annotations

import io
import re
from xml.sax.saxutils import escape, quoteattr

from odfdo import Cell, Document, Element, Header, List, ListItem, Row
from odfdo import Paragraph as TextParagraph
from odfdo import Table as TextTable

from hearth.kernel.papers import Block, Bullets, Heading, Note, Numbers, Pairs, Paper, Paragraph, Table

from .opendocument_styles import styles
from .words import PAIR_HEADERS, widths


def make(paper: Paper) -> bytes:
    """The .odt: title, headings from level 1, lists, tables with header rows, page header and footer."""
    document = Document("text")
    language, country = _language(paper.language)
    running = escape(paper.running_title or paper.title)
    document.container.set_part("styles.xml", styles(language, country, running).encode())
    document.meta.title = paper.title
    document.meta.language = f"{language}-{country}" if country else language
    document.meta.creator = paper.landlord
    for name in ("Thumbnails/thumbnail.png",):
        document.container.del_part(name)
    body = document.body
    body.clear()
    body.append(Header(1, "", style="Heading_20_1"))
    body.children[-1].append_plain_text(paper.title)
    for text in (paper.landlord, paper.contact):
        if text:
            body.append(_paragraph(text))
    for number, block in enumerate(paper.blocks):
        for element in _elements(block, number, document):
            body.append(element)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _language(tag: str) -> tuple[str, str]:
    found = re.fullmatch(r"([a-z]{2,3})(?:-([A-Z]{2}))?", tag)
    return (found[1], found[2] or "none") if found else ("en", "GB")


def _paragraph(text: str, style: str = "Text_20_body") -> TextParagraph:
    paragraph = TextParagraph("", style=style)
    paragraph.append_plain_text(text)
    return paragraph


def _elements(block: Block, number: int, document: Document) -> list[Element]:
    match block:
        case Heading(level, text):
            header = Header(level, "", style=f"Heading_20_{level}")
            header.append_plain_text(text)
            return [header]
        case Paragraph(text):
            return [_paragraph(text)]
        case Note(text):
            return [_paragraph(text, "Note")]
        case Bullets(items):
            return [_list(items, "Bullets")]
        case Numbers(items):
            return [_list(items, "Numbers")]
        case Pairs(caption, pairs):
            return _table(Table(caption, PAIR_HEADERS, pairs), number, document)
        case Table():
            return _table(block, number, document)


def _list(items: tuple[str, ...], style: str) -> List:
    made = List(style=style)
    for item in items:
        entry = ListItem()
        entry.append(_paragraph(item))
        made.append(entry)
    return made


def _table(table: Table, number: int, document: Document) -> list[Element]:
    name = f"Table{number + 1}"
    made = TextTable(name, style="Grid")
    for place, share in enumerate(widths(table)):
        style = f"{name}.{place + 1}"
        document.insert_style(
            Element.from_tag(
                f'<style:style style:name={quoteattr(style)} style:family="table-column">'
                f'<style:table-column-properties style:rel-column-width="{int(share * 100)}*"/></style:style>'
            ),
            automatic=True,
        )
        made._append(Element.from_tag(f"<table:table-column table:style-name={quoteattr(style)}/>"))
    heads = Element.from_tag("<table:table-header-rows/>")
    heads._append(_row(table.headers, header=True, row_headers=False))
    made._append(heads)
    for row in table.rows:
        made._append(_row(row, header=False, row_headers=table.row_headers))
    if not table.caption:
        return [made, _paragraph("", "After_20_table")]
    made._append_title = None
    return [_paragraph(table.caption, "Caption"), made, _paragraph("", "After_20_table")]


def _row(cells: tuple[str, ...], *, header: bool, row_headers: bool) -> Row:
    row = Row()
    for place, text in enumerate(cells):
        cell = Cell(style="Cell")
        cell.set_attribute("office:value-type", "string")
        head = header or (row_headers and place == 0)
        cell.append(_paragraph(text, "Table_20_heading" if head else "Table_20_text"))
        Element._append(row, cell)
    return row
