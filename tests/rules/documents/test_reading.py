"""What stands in a file comes out in reading order: lists, merged cells, ticks, pictures and page breaks."""

from __future__ import annotations

import io
import zlib

import pytest
from docx import Document
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from hearth.documents.rules import Kind, extract
from hearth.kernel.passages import Image, Line, PageBreak, Row

from . import hostile

W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'


def saved(word) -> bytes:
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def read_word(word) -> tuple:
    return extract("a.docx", saved(word)).passages


def control(checked: int) -> str:
    return (
        f"<w:sdt {nsdecls('w')} {W14}><w:sdtPr><w14:checkbox><w14:checked w14:val='{checked}'/></w14:checkbox>"
        "</w:sdtPr><w:sdtContent><w:r><w:t>?</w:t></w:r></w:sdtContent></w:sdt>"
    )


def test_word_tick_boxes_are_read_by_their_state():
    word = Document()
    for checked in (1, 0):
        word.add_paragraph("Yes ")._p.append(parse_xml(control(checked)))
    sym = f"<w:r {nsdecls('w')}><w:sym w:font='Wingdings' w:char='F0FE'/><w:t> Positive</w:t></w:r>"
    word.add_paragraph()._p.append(parse_xml(sym))
    old = (
        f"<w:r {nsdecls('w')}><w:fldChar w:fldCharType='begin'><w:ffData><w:checkBox><w:default w:val='0'/>"
        "<w:checked/></w:checkBox></w:ffData></w:fldChar></w:r>"
    )
    word.add_paragraph("Old ")._p.append(parse_xml(old))
    assert [p.text for p in read_word(word)] == ["Yes ☒", "Yes ☐", "☒ Positive", "Old ☒"]


def test_merged_word_cells_are_read_once_and_nested_tables_follow_their_row():
    word = Document()
    table = word.add_table(3, 3)
    table.cell(0, 0).merge(table.cell(0, 2)).text = "Step 3"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "Disability"
    table.cell(1, 1).text, table.cell(2, 1).text = "first", "second"
    inner = table.cell(1, 2).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "Yes", "19.95 %"
    assert read_word(word) == (
        Row(("Step 3",), 1),
        Row(("Disability", "first", ""), 1),
        Row(("Yes", "19.95 %"), 2),
        Row(("", "second", ""), 1),
    )


def test_word_page_breaks_deleted_and_hidden_text_and_pictures():
    word = Document()
    word.add_heading("Step 1", level=2)
    word.add_paragraph("before").add_run().add_break(WD_BREAK.PAGE)
    paragraph = word.add_paragraph("after")
    paragraph.add_run(" hidden").font.hidden = True
    deleted = f"<w:del {nsdecls('w')}><w:r><w:delText>deleted</w:delText></w:r></w:del>"
    inserted = f"<w:ins {nsdecls('w')}><w:r><w:t> inserted</w:t></w:r></w:ins>"
    for xml in (deleted, inserted):
        paragraph._p.append(parse_xml(xml))
    word.add_paragraph("Signed:").add_run().add_picture(io.BytesIO(_png()))
    assert read_word(word) == (
        Line("Step 1", 2),
        Line("before"),
        PageBreak(),
        Line("after inserted"),
        Line("Signed:"),
        Image(),
    )


def test_word_lists_keep_the_marks_that_word_draws():
    word = Document()
    for style, text in (("List Bullet", "a"), ("List Number", "b"), ("List Number", "c")):
        word.add_paragraph(text, style=style)
    assert [line.text for line in read_word(word)] == ["• a", "1. b", "2. c"]


def test_an_opendocument_with_ticks_spans_lists_and_notes():
    content = (
        '<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
        'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" '
        'xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0" '
        'office:version="1.3"><office:body><office:text>'
        '<text:h text:outline-level="2">Step<text:s text:c="2"/>2</text:h>'
        "<text:list><text:list-item><text:p>point</text:p><text:list><text:list-item><text:p>under</text:p>"
        "</text:list-item></text:list></text:list-item></text:list>"
        '<text:p>Tick <loext:content-control loext:checkbox="true" loext:checked="true">x</loext:content-control>'
        '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>'
        "<text:p>the note</text:p></text:note-body></text:note></text:p><text:soft-page-break/>"
        '<table:table><table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>wide</text:p>'
        '</table:table-cell><table:covered-table-cell/><table:table-cell table:number-rows-spanned="2">'
        "<text:p>tall</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell><text:p>a"
        "</text:p></table:table-cell><table:table-cell><text:p>b</text:p></table:table-cell>"
        "<table:covered-table-cell/></table:table-row></table:table>"
        "<text:p><draw:frame><draw:image/><svg:desc>Signature</svg:desc></draw:frame></text:p>"
        "</office:text></office:body></office:document-content>"
    )
    parts = hostile.parts_of(hostile.small(hostile.Format.ODT)) | {"content.xml": content}
    assert extract("a.odt", hostile.zipped(parts)).passages == (
        Line("Step 2", 2),
        Line("• point"),
        Line("• under"),
        Line("Tick ☒"),
        PageBreak(),
        Row(("wide", "tall"), 1),
        Row(("a", "b", ""), 1),
        Image("Signature"),
        Line("the note"),
    )


HTML = """<!DOCTYPE html><html><head><title>t</title><style>p{}</style></head><body>
<script>evil()</script><h2>Step <b>1</b></h2><p>One<br>two &pound;5</p><p hidden>no</p><p style="display:none">no</p>
<ul><li>a<ol start="3"><li>b</li></ol></li></ul>
<table><caption>Q8</caption><tr><th>Group</th><th colspan=2>Impact</th><th>Why</th></tr>
<tr><td rowspan=2>Age</td><td><input type="checkbox" checked> yes</td><td><input type=checkbox> no</td>
<td>x<p>y</p></td></tr><tr><td colspan=2>both</td><td><table><tr><td>n1</td><td>n2</td></tr></table></td></tr></table>
<div style="page-break-before: always">later <img src="http://example.org/x.png" alt="Signature"></div></body></html>"""


def test_a_web_page_with_spans_ticks_nested_tables_and_scripts():
    got = extract("a.html", HTML.encode())
    assert got.kind is Kind.HTML
    assert got.passages == (
        Line("Step 1", 2),
        Line("One"),
        Line("two £5"),
        Line("• a"),
        Line("3. b"),
        Line("Q8"),
        Row(("Group", "Impact", "Why"), 1),
        Row(("Age", "☒ yes", "☐ no", "x\ny"), 1),
        Row(("", "both", ""), 1),
        Row(("n1", "n2"), 2),
        PageBreak(),
        Line("later"),
        Image("Signature"),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_text_in_any_usual_alphabet_comes_out_the_same(encoding):
    words = "Rent of £95 – “fair” café\r\nQ8\tAge\x0cSecond page"
    got = extract("a.txt", words.encode(encoding))
    assert got.passages == (Line("Rent of £95 – “fair” café"), Line("Q8\tAge"), PageBreak(), Line("Second page"))
    assert bool(got.warnings) == (encoding == "cp1252")


def test_a_pdf_is_read_by_place_with_tables_ticks_and_pictures():
    stream = (
        b"0 0 0 RG 1 w 50 500 200 100 re S 250 500 200 100 re S 50 400 200 100 re S 250 400 200 100 re S\n"
        b"BT /F 12 Tf 60 560 Td (Age) Tj 200 0 Td (No impact) Tj 0 -100 Td (\x6f yes) Tj ET\n"
        b"BT /F 12 Tf 50 700 Td (Above the table) Tj ET BT /F 12 Tf 50 300 Td (Below) Tj ET\n"
        b"q 80 0 0 40 50 200 cm /I Do Q\n"
    )
    picture = zlib.compress(b"\x10" * 64)
    box = b"<< /Type /Annot /Subtype /Widget /FT /Btn /AS /%s /Rect [%d 450 %d 462] /T (a) >>"
    body = hostile.pdf_of(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> "
            b"/XObject << /I 6 0 R >> >> /Annots [7 0 R 8 0 R] >>",
            b"<< /Length %d >>\nstream\n" % len(stream) + stream + b"endstream",
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            b"<< /Type /XObject /Subtype /Image /Width 8 /Height 8 /ColorSpace /DeviceGray /BitsPerComponent 8 "
            b"/Filter /FlateDecode /Length %d >>\nstream\n" % len(picture) + picture + b"\nendstream",
            box % (b"Yes", 60, 72),
            box % (b"Off", 80, 92),
        ]
    )
    assert extract("a.pdf", body).passages == (
        Line("Above the table"),
        Row(("Age", "No impact"), 1),
        Row(("☒ ☐", "o yes"), 1),
        Line("Below"),
        Image(),
    )


def _png() -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")

    header = (1).to_bytes(4, "big") * 2 + b"\x08\x00\x00\x00\x00"
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")
