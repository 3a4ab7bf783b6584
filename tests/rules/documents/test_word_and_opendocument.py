"""Word and OpenDocument files hold real headings, lists and table headers."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document as open_word
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from odfdo import Document as OpenDocument

from hearth.documents.rules import Format, extract, render
from hearth.documents.rules.rendering.words import clean
from hearth.kernel.papers import Heading, Paper, Paragraph

from .samples import CHARACTERISTICS, of_text, review


def word():
    return open_word(io.BytesIO(render(review(), Format.DOCX).body))


def opendocument():
    return OpenDocument(io.BytesIO(render(review(), Format.ODT).body))


@pytest.mark.requirement("SYS-11", "CAR-47")
def test_a_word_file_has_its_headings_in_order_and_its_sections_in_the_order_of_the_paper():
    headings = [(p.style.name, p.text) for p in word().paragraphs if p.style.name.startswith("Heading")]
    assert headings == [
        ("Heading 1", "Customer access review: allocations policy"),
        ("Heading 2", "Step 1: what is reviewed"),
        ("Heading 3", "Question 1: what is the aim?"),
        ("Heading 3", "Question 8: who is affected?"),
        ("Heading 2", "Step 4: sign-off"),
    ]


@pytest.mark.requirement("CAR-47")
def test_every_word_table_repeats_its_first_row_as_a_header_and_only_that():
    for table in word().tables:
        marked = [row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in table.rows]
        assert marked == [True] + [False] * (len(table.rows) - 1)


def test_word_is_told_which_tables_have_row_headers():
    looks = [table._tbl.tblPr.find(qn("w:tblLook")).get(qn("w:firstColumn")) for table in word().tables]
    assert looks == ["1", "1", "0"]


def test_word_table_properties_stand_in_the_order_that_the_schema_asks():
    for table in word().tables:
        names = [child.tag.split("}")[1] for child in table._tbl.tblPr]
        order = ["tblStyle", "tblW", "jc", "tblLayout", "tblLook", "tblCaption"]
        assert names == [name for name in order if name in names]


def test_word_lists_are_lists_and_a_second_numbered_list_begins_at_one():
    paragraphs = word().paragraphs
    assert [p.text for p in paragraphs if p.style.name == "List Bullet"] == [
        "Letters in plain English",
        "Calls back within a day",
    ]
    lines = [line.text for line in extract("a.docx", render(review(), Format.DOCX).body).lines]
    assert [line for line in lines if line[:1].isdigit()] == ["1. Ask", "2. Listen", "3. Decide", "1. Begin again"]


@pytest.mark.requirement("CAR-47")
def test_a_word_file_has_language_title_running_title_and_page_numbers():
    made = word()
    assert made.core_properties.title == "Customer access review: allocations policy"
    languages = {lang.get(qn("w:val")) for lang in made.styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"}
    assert made.sections[0].header.paragraphs[0].text == "Review of the allocations policy"
    fields = [f.get(qn("w:instr")) for f in made.sections[0].footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_word_text_is_sans_serif_of_twelve_point_without_italics():
    made = word()
    assert made.styles["Normal"].font.size.pt == 12
    for name in ("Normal", "Heading 1", "Heading 2", "Heading 3", "Caption"):
        fonts = made.styles[name].element.rPr.find(qn("w:rFonts"))
        assert {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "cs")} == {"Arial"}
        assert not made.styles[name].font.italic


@pytest.mark.requirement("SYS-11")
def test_an_opendocument_file_has_its_headings_in_order():
    headings = [(int(h.level), h.inner_text) for h in opendocument().body.get_headers()]
    assert [level for level, _ in headings] == [1, 2, 3, 3, 2]
    assert headings[1][1] == "Step 1: what is reviewed"


def test_an_opendocument_file_has_language_title_lists_and_header_rows():
    made = opendocument()
    assert made.meta.title == "Customer access review: allocations policy"
    assert str(made.meta.language) == "en-GB"
    styles = made.get_part("styles.xml").serialize().decode()
    assert 'fo:language="en"' in styles
    assert 'fo:country="GB"' in styles
    assert "Review of the allocations policy" in styles
    assert len(made.body.get_lists()) == 3
    tables = made.body.get_tables()
    assert len(tables) == 3
    for table in tables:
        assert len(table.get_elements("table:table-header-rows/table:table-row")) == 1


def test_an_opendocument_file_begins_with_its_unpacked_media_type():
    with zipfile.ZipFile(io.BytesIO(render(review(), Format.ODT).body)) as packed:
        first = packed.infolist()[0]
        assert first.filename == "mimetype"
        assert first.compress_type == zipfile.ZIP_STORED


@pytest.mark.parametrize("fmt", [Format.DOCX, Format.ODT])
def test_what_is_written_is_read_again(fmt):
    got = extract(f"a.{fmt}", render(review(), fmt).body)
    assert [row.cells[0] for row in got.rows if row.table == 2][1:] == list(CHARACTERISTICS)
    assert ("Race", "☒ positive") in [row.cells for row in got.rows]
    assert not got.warnings


def test_headings_never_skip_a_level_and_empty_ones_are_left_out():
    paper = Paper("Title", "", (Heading(4, "Deep"), Heading(3, " "), Heading(6, "Deeper"), Paragraph("x")))
    made = open_word(io.BytesIO(render(paper, Format.DOCX).body))
    names = [p.style.name for p in made.paragraphs if p.style.name.startswith("Heading")]
    assert names == ["Heading 1", "Heading 2", "Heading 3"]


TEXTS = st.one_of(
    st.text(max_size=60),
    st.text("#$*_`@<>&\\/{}[]\"'=~^%-+•\t\n\r\x00\x0b\x1b\x85\u2028\ufeff\u202e", max_size=30),
    st.text("العربية עברית 👩‍👩‍👧 😀 漢字 Ł ﷺ \u0301\ue000\ufffe", max_size=20),
    st.just("x" * 500),
)


@given(TEXTS)
@settings(max_examples=25, deadline=None)
def test_any_text_is_found_again_in_word_and_opendocument(text):
    wanted = clean(text).split()
    for fmt in (Format.DOCX, Format.ODT):
        got = extract("a", render(of_text("begin " + text), fmt).body)
        seen = " ".join(line.text for line in got.lines) + " ".join(cell for row in got.rows for cell in row.cells)
        for word_ in wanted:
            fit = "".join(char for char in word_ if char not in "\u00ad\u200b\u2060\ufeff")
            assert fit in seen
