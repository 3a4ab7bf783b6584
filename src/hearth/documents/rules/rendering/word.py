"""A paper as a Word document: real headings, lists and header rows, so that Word and screen readers find their way."""

from __future__ import annotations

import io
from collections.abc import Sequence

from docx import Document
from docx.document import Document as WordFile
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph

from hearth.kernel.papers import Block, Bullets, Heading, Note, Numbers, Pairs, Paper, Paragraph, Table

from .words import PAIR_HEADERS, widths

FONT = "Arial"
TEXT_WIDTH = Cm(16.6)
_SIZES = {1: 20, 2: 16, 3: 14, 4: 12, 5: 12, 6: 12}
_INK = RGBColor(0x0B, 0x0C, 0x0C)


def make(paper: Paper) -> bytes:
    """The .docx: title, headings from level 1, lists, tables with repeated header rows, page header and footer."""
    word = Document()
    _set_up(word, paper)
    word.add_heading("", level=1).add_run(paper.title)
    for text in (paper.landlord, paper.contact):
        if text:
            _write(word.add_paragraph(), text)
    for block in paper.blocks:
        _add(word, block)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def _set_up(word: WordFile, paper: Paper) -> None:
    properties = word.core_properties
    properties.title, properties.language = paper.title[:255], paper.language
    properties.author, properties.comments = paper.landlord[:255], ""
    normal = word.styles["Normal"]
    normal.font.size = Pt(12)
    normal.paragraph_format.space_after = Pt(8)
    normal.paragraph_format.line_spacing = 1.25
    names = ["Normal", "Caption", *(f"Heading {level}" for level in _SIZES)]
    for name in names:
        style = word.styles[name]
        style.font.color.rgb = _INK
        style.font.italic = False
        _set_font(style.element.get_or_add_rPr())
    for level, size in _SIZES.items():
        word.styles[f"Heading {level}"].font.size = Pt(size)
    word.styles["Caption"].font.size = Pt(12)
    word.styles["Caption"].paragraph_format.keep_with_next = True
    _set_language(word, paper.language)
    _compatible(word)
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.header.paragraphs[0].add_run(paper.running_title or paper.title)
    _page_numbers(section.footer.paragraphs[0])


def _set_font(properties: BaseOxmlElement) -> None:
    """One sans serif font for every script; the template's theme fonts would win otherwise."""
    fonts = properties.find(qn("w:rFonts"))
    if fonts is not None:
        properties.remove(fonts)
    fonts = OxmlElement("w:rFonts")
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)
    properties.insert(0, fonts)


def _set_language(word: WordFile, language: str) -> None:
    for found in word.styles.element.iter(qn("w:lang")):
        found.set(qn("w:val"), language)


def _compatible(word: WordFile) -> None:
    """Says that the file is of today's Word, so that it does not open in compatibility mode."""
    for setting in word.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")


def _page_numbers(paragraph: WordParagraph) -> None:
    paragraph.add_run("Page ")
    _field(paragraph, "PAGE")
    paragraph.add_run(" of ")
    _field(paragraph, "NUMPAGES")


def _field(paragraph: WordParagraph, code: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _write(paragraph: WordParagraph, text: str, *, bold: bool = False) -> None:
    """The text with its line breaks."""
    for number, line in enumerate(text.split("\n")):
        run = paragraph.add_run()
        if number:
            run.add_break(WD_BREAK.LINE)
        run.add_text(line)
        run.bold = bold or None


def _add(word: WordFile, block: Block) -> None:
    match block:
        case Heading(level, text):
            word.add_heading("", level=level).add_run(text)
        case Paragraph(text):
            _write(word.add_paragraph(), text)
        case Note(text):
            paragraph = word.add_paragraph()
            paragraph.paragraph_format.left_indent = Cm(0.8)
            _write(paragraph, text)
        case Bullets(items):
            for item in items:
                _write(word.add_paragraph(style="List Bullet"), item)
        case Numbers(items):
            _numbered(word, items)
        case Pairs(caption, pairs):
            _table(word, Table(caption, PAIR_HEADERS, pairs))
        case Table():
            _table(word, block)


def _numbered(word: WordFile, items: Sequence[str]) -> None:
    """A numbered list that begins at 1: Word would go on counting from the list before."""
    numbering = word.part.numbering_part.element
    style = word.styles["List Number"].element
    abstract = numbering.num_having_numId(style.pPr.numPr.numId.val).abstractNumId.val
    number = numbering.add_num(abstract)
    number.add_lvlOverride(ilvl=0).add_startOverride(1)
    for item in items:
        paragraph = word.add_paragraph(style="List Number")
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = number.numId
        _write(paragraph, item)


def _table(word: WordFile, table: Table) -> None:
    if table.caption:
        _write(word.add_paragraph(style="Caption"), table.caption)
    grid = word.add_table(rows=0, cols=len(table.headers), style="Table Grid")
    _describe(grid, table)
    shares = widths(table)
    sizes = [int(TEXT_WIDTH * share / sum(shares)) for share in shares]
    grid.autofit = False
    for column, size in zip(grid.columns, sizes, strict=True):
        column.width = size
    for number, cells in enumerate((table.headers, *table.rows)):
        row = grid.add_row()
        for place, (cell, text) in enumerate(zip(row.cells, cells, strict=True)):
            cell.width = sizes[place]
            _fill(cell, text, bold=number == 0 or (place == 0 and table.row_headers))
        if number == 0:
            properties = row._tr.get_or_add_trPr()
            properties.append(OxmlElement("w:cantSplit"))
            properties.append(OxmlElement("w:tblHeader"))
    word.add_paragraph().paragraph_format.space_after = Pt(0)  # Word joins two tables that touch


def _fill(cell: _Cell, text: str, *, bold: bool) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(2)
    _write(paragraph, text, bold=bold)


def _describe(grid: WordTable, table: Table) -> None:
    """Tells Word which cells are headers and what the table is called."""
    properties = grid._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    if look is None:
        look = OxmlElement("w:tblLook")
        properties.append(look)
    for name in list(look.attrib):
        del look.attrib[name]
    flags = {"firstRow": "1", "lastRow": "0", "lastColumn": "0", "noHBand": "1", "noVBand": "1"}
    flags["firstColumn"] = "1" if table.row_headers else "0"
    look.set(qn("w:val"), "06A0" if table.row_headers else "0620")
    for name, value in flags.items():
        look.set(qn(f"w:{name}"), value)
    if table.caption:
        caption = OxmlElement("w:tblCaption")
        caption.set(qn("w:val"), table.caption[:255].replace("\n", " "))
        properties.append(caption)
