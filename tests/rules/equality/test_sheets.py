"""Spreadsheets coming in and going out: what Excel does to numbers, and what a cell may do to Excel."""

from __future__ import annotations

import contextlib
import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.equality import rules
from hearth.equality.rules import Known
from hearth.kernel.refusals import Refused

SETS = [
    Known("Religion of 2021", "religion", {"Christian": False, "Hindu": False, "Sikh": False, "Not answered": True}),
    Known("Sex", "sex", {"Female": False, "Male": False}),
    Known("Ages", "age", {"10-14": False, "15-19": False}),
]
HEAD = ("Characteristic", "Answer", "Number")


def read(*rows: tuple[object, ...], base: int = 10) -> tuple[dict[str, dict[str, int | None]], tuple[str, ...]]:
    numbered = [(number, row) for number, row in enumerate((HEAD, *rows), start=1)]
    blocks, errors = rules.read_counts(numbered, SETS, base)
    return {b.characteristic: {a.label: a.count for a in b.answers} for b in blocks}, errors


@pytest.mark.parametrize(
    ("cell", "count"),
    [
        ("1,388", 1388),
        (" 1 388 ", 1388), ("1\u00a0388", 1388), ("1388.0", 1388), (1388.0, 1388), (0, 0), ("１２", 12),
        ("'7", 7),
    ],
)  # fmt: skip
def test_a_count_is_read_also_where_excel_holds_it_as_text(cell: object, count: int) -> None:
    assert rules.whole_number(cell) == count


@pytest.mark.parametrize(
    "cell", ["33.37%", "12.5", 12.5, "-3", -3, "", None, "many", "1e3", True, date(2026, 3, 1), "=2+3"]
)
def test_what_is_no_count_is_refused(cell: object) -> None:
    with pytest.raises(Refused):
        rules.whole_number(cell)


def test_a_percentage_in_the_place_of_a_count_says_what_to_do() -> None:
    _, errors = read(("Sex", "Female", "66.63%"))
    assert "Row 2 (“Female”)" in errors[0]
    assert "give the number of people" in errors[0]


@pytest.mark.requirement("PROF-23")
def test_a_double_answer_is_named_with_both_rows() -> None:
    _, errors = read(("Religion", "Hindu", 6), ("", "Sikh", 1), ("", "hindu", 3))
    assert errors == ("Row 4: “hindu” stands in row 2 already.",)


def test_answers_that_the_sheet_leaves_out_are_none_of_the_people() -> None:
    blocks, errors = read(("Religion or belief", "Hindu", 4), ("", "Christian", "6"))
    assert errors == ()
    assert blocks == {"religion": {"Christian": 6, "Hindu": 4, "Sikh": 0, "Not answered": 0}}


def test_a_sum_that_misses_the_base_says_by_how_much() -> None:
    _, errors = read(("Sex", "Female", 5), ("Sex", "Male", 6))
    assert errors == ("Sex: the answers add up to 11, which is 1 more than the base of 10.",)


def test_an_age_band_that_excel_made_a_date_is_explained() -> None:
    _, errors = read(("Age", date(2014, 10, 1), 5), ("Age", "15-19", 5))
    assert "Excel may have taken a band such as 10-14 for a date" in errors[0]


def test_a_misspelt_answer_gets_a_suggestion_with_its_row() -> None:
    _, errors = read(("Religion", "Hindoo", 10))
    assert errors[0] == "Row 2: “Hindoo” is not an answer of the category set “Religion of 2021”. Did you mean “Hindu”?"


def test_a_total_row_is_checked_and_left_out() -> None:
    blocks, errors = read(("Sex", "Female", 4), ("Sex", "Male", 6), ("Sex", "Total", 10))
    assert errors == ()
    assert blocks["sex"] == {"Female": 4, "Male": 6}
    _, errors = read(("Sex", "Female", 4), ("Sex", "Male", 6), ("Sex", "Total", 11))
    assert "the total is 11, but the rows above it add up to 10" in errors[0]


def test_columns_may_stand_in_any_order_below_a_title_but_must_be_named() -> None:
    rows = [(1, ("Our figures",)), (3, ("Count", "Category", "Protected characteristic")), (4, ("10", "Male", "sex"))]
    blocks, errors = rules.read_counts(rows, SETS, 10)
    assert errors == ()
    assert blocks[0].answers[1].count == 10
    assert "must name the columns" in rules.read_counts([(1, ("a", "b"))], SETS, 10)[1][0]


def test_an_unknown_characteristic_is_named_with_its_row() -> None:
    _, errors = read(("Shoe size", "42", 10))
    assert errors[0] == "Row 2: “Shoe size” is not a characteristic that Hearth knows."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_text_files_of_every_kind_that_excel_saves_are_read(encoding: str, mark: str) -> None:
    lines = [mark.join(row) for row in (("Characteristic", "Answer", "Number"), ("Sex", "Café – “x”", "1"))]
    rows = rules.rows_of("\r\n".join(lines).encode(encoding), "counts.csv")
    assert rows == [(1, ("Characteristic", "Answer", "Number")), (2, ("Sex", "Café – “x”", "1"))]


def test_what_is_no_spreadsheet_is_refused_in_words() -> None:
    with pytest.raises(Refused, match="could not be read as a spreadsheet"):
        rules.rows_of(b"hello", "counts.xlsx")


@pytest.mark.requirement("SYS-10")
@pytest.mark.parametrize("cell", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", "\t=1", "\r=1", " =1", "|x"])
def test_words_that_begin_like_a_formula_are_made_safe(cell: str) -> None:
    written = next(
        iter(csv.reader(io.StringIO(rules.to_csv((), [(cell,)]).lstrip("\ufeff").lstrip("\r\n"), newline="")))
    )
    assert written[0].startswith("'")


@pytest.mark.requirement("SYS-10")
@pytest.mark.parametrize("cell", [-36, "-36", "−0.85%", "+1", "4,159", "Under 25", ""])
def test_numbers_and_plain_words_stay_as_they_are(cell: object) -> None:
    assert rules.safe(cell) == str(cell)


@given(st.text(max_size=30))
def test_no_cell_that_goes_out_begins_a_formula(text: str) -> None:
    out = rules.safe(text)
    try:
        float(out.replace(",", "").replace("%", "").replace("−", "-") or "0")
    except ValueError:
        assert out.lstrip()[:1] not in ("=", "+", "-", "@")


@given(st.binary(max_size=300))
def test_no_file_breaks_the_reader(content: bytes) -> None:
    with contextlib.suppress(Refused):
        rules.read_counts(rules.rows_of(content, "counts.csv"), SETS, 10)
