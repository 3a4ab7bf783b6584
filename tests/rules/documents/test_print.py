"""PDF and large print are tagged, titled and readable; no text can break them."""

from __future__ import annotations

import io
import re
import unicodedata

import pdfplumber
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearth.documents.rules import Format, render
from hearth.documents.rules.rendering.words import clean
from hearth.kernel.papers import Paper, Paragraph, Table

from .samples import LONG, elements, of_text, reader, review, scope
from .test_word_and_opendocument import TEXTS

PRINTED = [Format.PDF, Format.LARGE_PRINT_16, Format.LARGE_PRINT_18, Format.LARGE_PRINT_24]


@pytest.fixture(scope="module")
def made():
    return {fmt: render(review(), fmt).body for fmt in PRINTED}


@pytest.mark.requirement("SYS-11", "CAR-47")
@pytest.mark.parametrize("fmt", PRINTED)
def test_a_pdf_says_that_it_is_tagged_and_in_which_language_and_under_which_title(made, fmt):
    root = reader(made[fmt]).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader(made[fmt]).metadata.title == "Customer access review: allocations policy"
    xmp = root["/Metadata"].get_object().get_data().decode()
    assert re.search(r"pdfuaid:part(>|=\")1", xmp)


def test_a_pdf_has_headings_lists_and_tables_in_reading_order(made):
    kinds = [kind for kind, _ in elements(made[Format.PDF])]
    assert [kind for kind in kinds if re.fullmatch("H[1-6]", kind)] == ["H1", "H2", "H3", "H3", "H2"]
    assert kinds.count("L") == 3
    assert kinds.count("LI") == 6
    assert kinds.count("Table") == 3
    paragraphs = [element for kind, element in elements(made[Format.PDF]) if kind == "P"]
    assert len(paragraphs) == 2 + 3 + 3 + 1  # landlord and contact, paragraphs, captions, the note
    assert kinds.index("H1") < kinds.index("L") < kinds.index("Table")


@pytest.mark.requirement("CAR-47")
def test_header_cells_have_the_scope_of_their_column_or_row(made):
    heads = [scope(element) for kind, element in elements(made[Format.PDF]) if kind == "TH"]
    columns, rows = heads.count("Column"), heads.count("Row")
    assert columns == 2 + 3 + 2
    assert rows == 2 + 6  # the details and the groups; the third table's rows have no heads
    assert len(heads) == columns + rows


@pytest.mark.requirement("CAR-47")
@pytest.mark.parametrize("fmt", PRINTED)
def test_every_page_has_the_running_title_and_its_number(made, fmt):
    pages = reader(made[fmt]).pages
    assert len(pages) > 1
    for number, page in enumerate(pages, 1):
        text = page.extract_text()
        assert "Review of the allocations policy" in text
        assert f"Page {number} of {len(pages)}" in text


def test_a_table_that_goes_over_a_page_repeats_its_headers(made):
    with pdfplumber.open(io.BytesIO(made[Format.PDF])) as pdf:
        firsts = [table[0] for page in pdf.pages for table in page.extract_tables() if len(table[0]) == 3]
    assert len(firsts) > 1
    assert all(first == ["Group", "Impact", "Reason"] for first in firsts)


@pytest.mark.requirement("COM-04", "SYS-11")
@pytest.mark.parametrize(("fmt", "points"), [(Format.LARGE_PRINT_16, 16), (Format.LARGE_PRINT_24, 24)])
def test_large_print_is_as_large_as_it_says_and_never_italic(made, fmt, points):
    with pdfplumber.open(io.BytesIO(made[fmt])) as pdf:
        body = [char for page in pdf.pages for char in page.chars if 70 < char["top"] < page.height - 80]
    assert min(char["size"] for char in body) >= points - 0.01
    assert not any("Italic" in char["fontname"] or "Oblique" in char["fontname"] for char in body)


def test_large_print_turns_a_wide_table_into_named_values(made):
    text = " ".join(reader(made[Format.LARGE_PRINT_18]).pages[2].extract_text().split())
    assert "Impact: No impact" in " ".join(
        " ".join(page.extract_text().split()) for page in reader(made[Format.LARGE_PRINT_18]).pages
    )
    assert "Group Impact Reason" not in text


@pytest.mark.parametrize("fmt", PRINTED)
def test_nothing_is_printed_outside_the_page(fmt):
    url = "https://" + "a-very-long-address" * 12
    rows = tuple((f"Row {n}", url, LONG * 3, "☐ " * 40, "12,345.6") for n in range(3))
    paper = Paper("Wide", "", (Table("Wide table", ("Name", "Address", "Words", "Ticks", "Sum"), rows), Paragraph(url)))
    with pdfplumber.open(io.BytesIO(render(paper, fmt).body)) as pdf:
        for page in pdf.pages:
            assert all(c["x0"] > 0 and c["x1"] < page.width and 0 < c["top"] < page.height for c in page.chars)


def _letters(text: str) -> set[str]:
    return {char for char in unicodedata.normalize("NFKC", text) if char.isalnum() and ord(char) < 0x250}


@given(TEXTS)
@settings(max_examples=25, deadline=None)
def test_any_text_is_printed_and_found_again(text):
    body = render(of_text("begin " + text), Format.PDF).body
    seen = "".join(page.extract_text() for page in reader(body).pages)
    assert "begin" in seen
    assert _letters(clean(text)) <= _letters(seen)


@given(st.text("#[]()$*_`@<>&\\/{}\"'=~^%-+abc ", min_size=1, max_size=40))
@settings(max_examples=20, deadline=None)
def test_signs_of_the_layout_language_are_printed_as_they_stand(text):
    body = render(Paper("Title", "", (Paragraph(f"|{text}|"),)), Format.PDF).body
    seen = "".join("".join(page.extract_text() for page in reader(body).pages).split())
    assert "|" + "".join(text.split()) + "|" in seen


def test_a_sign_that_no_font_has_is_printed_by_its_name():
    body = render(Paper("Title", "", (Paragraph("before \U00013000 after"),)), Format.PDF).body
    seen = " ".join(reader(body).pages[0].extract_text().split())
    assert "before [egyptian hieroglyph a001] after" in seen or "\U00013000" in seen


def test_the_same_paper_gives_the_same_pdf():
    assert render(review(), Format.PDF).body == render(review(), Format.PDF).body
