"""A paper as OpenDocument text, the format that GOV.UK names for documents to be edited.

The body is written as ODF 1.3 XML; odfdo packs it with its manifest and properties.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from odfdo import Document

from hearth.kernel.papers import Block, Bullets, Heading, Note, Numbers, Pairs, Paper, Paragraph, Table

from .opendocument_styles import GRID_STYLES, NAMESPACES, column_style, styles
from .words import PAIR_HEADERS, widths

_SPACES = re.compile(r" {2,}|^ | $|\t|\n", re.MULTILINE)


def make(paper: Paper) -> bytes:
    """The .odt: title, headings from level 1, lists, tables with header rows, page header and footer."""
    document = Document("text")
    language, country = _language(paper.language)
    running = _text(paper.running_title or paper.title)
    container = document.container
    assert container is not None
    container.set_part("styles.xml", styles(language, country, running).encode())
    container.set_part("content.xml", _content(paper).encode())
    document.meta.title = paper.title
    document.meta.language = paper.language if country else language
    document.meta.creator = paper.landlord
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _language(tag: str) -> tuple[str, str]:
    found = re.fullmatch(r"([a-z]{2,3})(?:-([A-Z]{2}))?", tag)
    return (found[1], found[2] or "") if found else ("en", "GB")


def _content(paper: Paper) -> str:
    automatic = [GRID_STYLES]
    body = [_heading(1, paper.title)]
    body += [_paragraph(text) for text in (paper.landlord, paper.contact) if text]
    for number, block in enumerate(paper.blocks, 1):
        if isinstance(block, Pairs):
            block = Table(block.caption, PAIR_HEADERS, block.pairs)
        if isinstance(block, Table):
            name = f"Table{number}"
            automatic += [column_style(name, place, share) for place, share in enumerate(widths(block), 1)]
            body += _table(block, name)
        else:
            body.append(_block(block))
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content {NAMESPACES} office:version="1.3">'
        f"<office:automatic-styles>{''.join(automatic)}</office:automatic-styles>"
        f"<office:body><office:text>{''.join(body)}</office:text></office:body></office:document-content>"
    )


def _block(block: Block) -> str:
    match block:
        case Heading(level, text):
            return _heading(level, text)
        case Note(text):
            return _paragraph(text, "Note")
        case Bullets(items):
            return _list(items, "Bullets")
        case Numbers(items):
            return _list(items, "Numbers")
        case Paragraph(text):
            return _paragraph(text)
    raise AssertionError(block)  # tables are made by _table


def _text(text: str) -> str:
    """Text in XML; ODF 1.3 part 3, 6.1.2 drops runs of spaces, so they are written as elements."""

    def space(found: re.Match[str]) -> str:
        if found[0] == "\n":
            return "<text:line-break/>"
        return "<text:tab/>" if found[0] == "\t" else f'<text:s text:c="{len(found[0])}"/>'

    return _SPACES.sub(space, escape(text))


def _heading(level: int, text: str) -> str:
    return f'<text:h text:style-name="Heading_20_{level}" text:outline-level="{level}">{_text(text)}</text:h>'


def _paragraph(text: str, style: str = "Text_20_body") -> str:
    return f'<text:p text:style-name="{style}">{_text(text)}</text:p>'


def _list(items: tuple[str, ...], style: str) -> str:
    entries = "".join(f"<text:list-item>{_paragraph(item, 'List_20_item')}</text:list-item>" for item in items)
    return f'<text:list text:style-name="{style}">{entries}</text:list>'


def _table(table: Table, name: str) -> Iterator[str]:
    if table.caption:
        yield _paragraph(table.caption, "Caption")
    columns = "".join(
        f'<table:table-column table:style-name="{name}.{place}"/>' for place, _ in enumerate(table.headers, 1)
    )
    rows = "".join(_row(row, header=False, row_headers=table.row_headers) for row in table.rows)
    title = f"<table:title>{escape(table.caption)}</table:title>" if table.caption else ""
    heads = _row(table.headers, header=True, row_headers=False)
    yield (
        f'<table:table table:name={quoteattr(name)} table:style-name="Grid">{title}{columns}'
        f"<table:table-header-rows>{heads}</table:table-header-rows>{rows}</table:table>"
    )
    yield _paragraph("", "After_20_table")


def _row(cells: tuple[str, ...], *, header: bool, row_headers: bool) -> str:
    made = []
    for place, text in enumerate(cells):
        style = "Table_20_heading" if header or (row_headers and place == 0) else "Table_20_text"
        made.append(
            f'<table:table-cell table:style-name="Cell" office:value-type="string">'
            f"{_paragraph(text, style)}</table:table-cell>"
        )
    return f"<table:table-row>{''.join(made)}</table:table-row>"
