"""What a PDF shows comes out as it was written: sentences whole, tables in rows, ticks, pictures, nothing lost."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearth.kernel.passages import Image, Line, PageBreak, Row

from . import pdfs

QUESTION = "What do you know about the groups of people who will be affected by the activity or proposal?"
FIRST = "The landlord lets nine hundred garages on its estates, most of them to people who live close by. " * 4
SECOND = "Nothing else is held about those who rent them, and a survey of them is planned for next spring. " * 5
NARROW = "width: 105mm, height: 120mm, margin: 10mm"


@pytest.mark.parametrize("tags", [True, False], ids=["tagged", "untagged"])
@pytest.mark.parametrize("page", ['paper: "a4"', NARROW, 'paper: "a5", flipped: true'])
def test_a_cell_that_goes_on_over_pages_is_one_cell_with_its_paragraphs(page: str, tags: bool) -> None:
    data = [(f"1. {QUESTION}", f"{FIRST}\n{SECOND}\n{FIRST}"), ("2. Who will be affected?", "Tenants.")]
    body = pdfs.table(data, columns="(1fr, 2fr)", page=page, tags=tags)
    paragraphs = "\n".join([FIRST.strip(), SECOND.strip(), FIRST.strip()])
    assert pdfs.rows(body) == [(f"1. {QUESTION}", paragraphs), ("2. Who will be affected?", "Tenants.")]


def test_rows_on_the_next_page_are_not_joined_to_the_row_above() -> None:
    data = [(f"{number}.", QUESTION, f"Answer {number} is short.") for number in range(1, 40)]
    assert pdfs.rows(pdfs.table(data, columns="(2em, 1fr, 1fr)")) == data


def test_a_category_below_a_merged_cell_stays_a_row_of_its_own_over_the_page() -> None:
    data = [("Sex", "Male", "40.0%"), ("", "Female", "60.0%"), *(("", f"Band {n}", f"{n}.5%") for n in range(60))]
    assert pdfs.rows(pdfs.table(data, columns="(1fr, 1fr, 1fr)")) == data


def test_repeated_heads_are_read_once_and_running_titles_are_marked() -> None:
    heads = ("Protected characteristic", "Positive impacts", "Negative impacts", "No impact", "Unknown")
    data = [heads, *((f"Group {n}", SECOND.strip() if n % 3 == 0 else "", "", "☒", "☐") for n in range(24))]
    body = pdfs.made(
        """
#set page(paper: "a4", flipped: true, header: [Customer Access Review – Full Assessment],
  footer: context [Official #h(1fr) #counter(page).display()])
#set text(size: 10pt)
#table(columns: (1fr, 3fr, 1fr, 1fr, 1fr), table.header(..data.at(0)), ..data.slice(1).flatten())
""",
        data,
    )
    found = pdfs.passages(body)
    assert [passage.cells for passage in found if isinstance(passage, Row)] == data
    pages = 1 + sum(isinstance(passage, PageBreak) for passage in found)
    running = [passage.text for passage in found if isinstance(passage, Line) and passage.running]
    assert pages > 2
    assert running.count("Customer Access Review – Full Assessment") == pages
    assert not [passage for passage in found if isinstance(passage, Line) and not passage.running]
    assert len({passage.table for passage in found if isinstance(passage, Row)}) == 1


def test_wrapped_lines_are_one_paragraph_and_ended_lines_stay_apart() -> None:
    body = pdfs.made("""
#set page(width: 110mm, height: 200mm)
= Step 1: scoping
A sentence that is long enough to be wrapped by the margin of this narrow page, more than once in fact.

Reviewed by Legal Services: \\
A. Person \\
3 October 2024

- a first point that is also long enough to be wrapped at the margin of this page
- a second
+ one
+ two
""")
    assert pdfs.lines(body) == [
        "Step 1: scoping",
        "A sentence that is long enough to be wrapped by the margin of this narrow page, more than once in fact.",
        "Reviewed by Legal Services:",
        "A. Person",
        "3 October 2024",
        "• a first point that is also long enough to be wrapped at the margin of this page",
        "• a second",
        "1. one",
        "2. two",
    ]


def test_words_that_the_layout_parted_are_whole_and_own_hyphens_stay() -> None:
    said = "Communication about accommodation, administration and consultation reaches disadvantaged communities. "
    own = "Face-to-face interpreting and decision-making are well-known. "
    text = ((said + own) * 8).strip()
    body = pdfs.made(
        """
#set page(width: 70mm, height: 250mm, margin: 8mm)
#set text(lang: "en", hyphenate: true, size: 12pt)
#set par(justify: true)
#data
""",
        text,
    )
    assert " ".join(pdfs.lines(body)) == text


def test_a_page_break_does_not_end_a_sentence() -> None:
    body = pdfs.made("#set page(width: 100mm, height: 60mm, margin: 8mm)\n#data", SECOND.strip())
    assert pdfs.lines(body) == [SECOND.strip()]


def test_ticks_are_read_as_glyphs_as_drawings_and_as_form_fields() -> None:
    body = pdfs.made("""
#set page(width: 200mm, height: 120mm, margin: 10mm)
#let tick(mark) = box(square(size: 10pt, stroke: 0.7pt, inset: 1pt, align(center + horizon, text(size: 8pt, mark))))
#let cross = box(width: 10pt, height: 10pt, stroke: 0.7pt, {
  place(line(start: (1.5pt, 1.5pt), end: (8.5pt, 8.5pt), stroke: 0.7pt))
  place(line(start: (8.5pt, 1.5pt), end: (1.5pt, 8.5pt), stroke: 0.7pt))
})
#table(columns: (1fr, 1fr, 1fr), [Age], [☒], [☐], [Sex], [#tick[X]], [#tick[]], [Race], [#cross Yes], [#tick[] No])
""")
    assert pdfs.rows(body) == [("Age", "☒", "☐"), ("Sex", "☒", "☐"), ("Race", "☒ Yes", "☐ No")]
    plain = pdfs.made("""
#set page(width: 200mm, height: 100mm, margin: 10mm)
#table(columns: (60mm, 60mm), rows: 20mm, [Age], [], [Comments], [])
""")
    high, low = (100 - 20) / 25.4 * 72, (100 - 40) / 25.4 * 72
    left = 80 / 25.4 * 72
    fields = [
        ("Btn", "yes", "On", (left, high, left + 10, high + 10)),
        ("Btn", "no", "Off", (left + 30, high, left + 40, high + 10)),
        ("Tx", "said", "Nothing.\nAsk again in May.", (left, low - 10, left + 140, low + 20)),
    ]
    assert pdfs.rows(pdfs.with_fields(plain, fields)) == [("Age", "☒ ☐"), ("Comments", "Nothing.\nAsk again in May.")]


def test_a_table_within_a_cell_is_rows_parted_by_tabs_at_its_place() -> None:
    body = pdfs.made("""
#set page(paper: "a4")
#table(columns: (1fr, 2fr), [5. What do you know?], [
  Who rents a garage:
  #table(columns: 3, table.cell(rowspan: 2)[Sex], [Male], [40.00%], [Female], [60.00%], [Age], [36-45], [17.94%])
  Nothing is held about leaseholders.
], [6. Consultation], [A survey.])
""")
    rows = "Sex\tMale\t40.00%\n\tFemale\t60.00%\nAge\t36-45\t17.94%"
    answer = f"Who rents a garage:\n{rows}\nNothing is held about leaseholders."
    assert pdfs.rows(body) == [("5. What do you know?", answer), ("6. Consultation", "A survey.")]


def test_a_word_that_fills_its_column_does_not_swallow_the_next_cell() -> None:
    body = pdfs.made("""
#set page(paper: "a4")
#set text(size: 11pt)
#table(columns: (56pt, 60pt, 1fr), inset: (x: 0.5pt, y: 5pt), [completion], [will be], [monitored])
""")
    assert pdfs.rows(body) == [("completion", "will be", "monitored")]


@pytest.mark.parametrize("rules", ["none", "(x: none, y: 0.5pt)"])
def test_columns_without_upright_lines_are_rows(rules: str) -> None:
    data = [
        ("Assessment area", "Parking Permit Procedure"),
        ("Date of assessment", "May 2024"),
        ("Directorate and service", "Estates, and whoever else looks after the car parks of the landlord"),
        ("Manager", "Parking Manager"),
    ]
    more = "stroke: none" if rules == "none" else "stroke: (x, y) => (top: 0.5pt, bottom: 0.5pt)"
    assert pdfs.rows(pdfs.table(data, columns="(50mm, 70mm)", more=f"{more}, row-gutter: 8pt,")) == data


def test_a_picture_stands_where_it_was_signed_also_in_a_cell() -> None:
    body = pdfs.made(
        """
#set page(paper: "a4")
#let pixel = image(bytes(data), width: 40mm, height: 10mm)
Reviewed by Legal Services:

#pixel

13 October 2024

#table(columns: 2, [Agreed by], [#pixel], [Date], [14 October 2024])
""",
        list(pdfs.png()),
    )
    assert pdfs.passages(body) == (
        Line("Reviewed by Legal Services:"),
        Image(),
        Line("13 October 2024"),
        Row(("Agreed by", ""), 1),
        Image(),
        Row(("Date", "14 October 2024"), 1),
    )


def test_turned_heads_are_read_from_the_foot_up() -> None:
    body = pdfs.made("""
#set page(paper: "a4")
#let up(it) = rotate(-90deg, reflow: true, it)
#table(columns: 3, [Group], up[No impact], up[Not known], [Age], [☒], [☐])
""")
    assert pdfs.rows(body) == [("Group", "No impact", "Not known"), ("Age", "☒", "☐")]


def test_letters_of_two_sizes_and_raised_letters_stay_in_their_line() -> None:
    body = pdfs.made("""
#set page(paper: "a4")
On the 3#super[rd] of May #text(size: 16pt)[large] words and #text(size: 7pt)[small] words, #strong[bo]ld
and file, office, waffle.
""")
    assert pdfs.lines(body) == ["On the 3rd of May large words and small words, bold and file, office, waffle."]


def test_sixteen_pages_are_read() -> None:
    data = [(f"{n}. {QUESTION}", f"{FIRST}\n{SECOND}") for n in range(52)]
    body = pdfs.table(data, columns="(1fr, 2fr)")
    found = pdfs.passages(body)
    assert sum(isinstance(passage, PageBreak) for passage in found) >= 14


WORDS = st.lists(
    st.sampled_from(
        ["rent", "garage", "tenant", "estate", "well-being", "home.", "ask,", "12.5%", "(see)", "Age:", "May"]
    ),
    max_size=90,
)


@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=6))
@settings(max_examples=20, deadline=None)
def test_no_word_of_a_table_is_lost_or_told_twice_or_out_of_its_order(cells: list) -> None:
    data = [(" ".join(one) or "x", " ".join(other) or "y") for one, other in cells]
    found = pdfs.rows(pdfs.table(data, columns="(1fr, 2fr)", page=NARROW))
    for place in (0, 1):
        printed = re.sub(r"\s+", " ", " ".join(row[place] for row in data)).strip()
        assert re.sub(r"\s+", " ", " ".join(row[place] for row in found)).strip() == printed
