"""What does not agree is explained by a rule, never by a list of names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.performance.rules import Verdict, analyse
from hearth.performance.rules.agreement import decimals, fits

from . import books

FIRST = "Proportion of respondents who report that they are satisfied with"
MARGIN, REQUIRED = "Estimated margin of error", "Required minimum sample"


def found(book):
    """What differs, by landlord and quantity."""
    done = analyse("invented.xlsx", books.as_xlsx(book))
    return {(done.name(one.figure.provider), one.figure.quantity): one for one in done.differing()}


def value(book, sheet, landlord, caption):
    rows = next(rows for name, rows in book.items() if sheet in name)
    return books.row_of(rows, landlord)[books.column(rows, caption)]


def many():
    """Enough landlords for one slip not to look like the file's way of rounding."""
    more = [
        (f"M{n}", f"Maple Homes {n}", "PRP", "<5,000", "North", 3001 + 7 * n, 600 + n, (31 + n, 20, 7, 11, 13),
         (40, 21 + n, 10, 10, 5, 3))
        for n in range(30)
    ]  # fmt: skip
    return books.sheets(landlords=[*books.LANDLORDS, *more])


def test_a_margin_typed_as_a_fraction_is_a_hundredth():
    book = many()
    books.put(book, "LCRA", "Anvil Homes", MARGIN, round(value(book, "LCRA", "Anvil Homes", MARGIN) / 100, 6))
    one = found(book)["Anvil Homes", "margin"]
    assert one.kind == "hundredth"
    assert "typed as a fraction" in one.reason


def test_two_rows_that_carry_each_others_figures_are_swapped():
    book = many()
    one, other = (value(book, "LCRA", name, REQUIRED) for name in ("Anvil Homes", "Brook District Council"))
    books.put(book, "LCRA", "Anvil Homes", REQUIRED, other)
    books.put(book, "LCRA", "Brook District Council", REQUIRED, one)
    differing = found(book)
    assert {key[0]: found.kind for key, found in differing.items()} == {
        "Anvil Homes": "swapped",
        "Brook District Council": "swapped",
    }
    assert "Swapped with Brook District Council" in differing["Anvil Homes", "required sample"].reason


@pytest.mark.parametrize(
    ("sheet", "caption", "change", "kind"),
    [
        ("LCRA", FIRST, lambda was: 100 - was, "opposite"),
        ("LCRA", FIRST, lambda was: was * 100, "hundredfold"),
        ("LCRA", FIRST, lambda was: was + 3.21, "unexplained"),
        ("LCRA", REQUIRED, lambda was: 567, "top of band"),
        ("LCRA", MARGIN, lambda was: 98 / 977**0.5, "no correction"),
        ("Management", "Proportion of homes that", lambda was: 100 * 4160 / 83, "upside down"),
    ],
)
def test_a_difference_has_the_reason_that_reproduces_it(sheet, caption, change, kind):
    book = many()
    books.put(book, sheet, "Anvil Homes", caption, change(value(book, sheet, "Anvil Homes", caption)))
    (one,) = found(book).values()
    assert one.kind == kind
    assert one.verdict == Verdict.DIFFERS


def test_dont_know_in_the_base_does_not_agree():
    book = many()
    books.put(book, "LCRA", "Anvil Homes", "Proportion of respondents who report that they are satisfied that",
              100 * 75 / 103)  # fmt: skip
    assert ("Anvil Homes", "TP05") in found(book)


def test_nothing_to_divide_by_is_no_result_whether_printed_as_zero_or_as_a_code():
    for printed in (0, "[U]"):
        book = many()
        books.put(book, "Management", "Anvil Homes", "Number of homes, homes checked for gas", 0)
        books.put(book, "Management", "Anvil Homes", "Proportion of homes checked for gas", printed)
        done = analyse("a.xlsx", books.as_xlsx(book))
        one = next(c for c in done.checked if c.figure.provider == "A1" and c.figure.quantity == "BS01")
        assert one.verdict == Verdict.NOT_COMPARED
        assert one.figure.value is None


def test_a_figure_that_is_hidden_although_it_can_be_worked_out_is_said():
    book = many()
    books.put(book, "Management", "Anvil Homes", "Proportion of homes checked for gas", "[U]")
    assert found(book)["Anvil Homes", "BS01"].kind == "missing"


def test_how_a_file_rounds_is_told_from_its_figures():
    assert decimals([3.1, 2.0, 4.4]) == 1
    assert decimals([526, 543, 1014]) == 0
    assert decimals([3.123456, 2.987654]) is None
    assert decimals([3.1] * 99 + [0.03770191]) == 1  # one slip does not change what the file does


@given(st.floats(0, 100), st.integers(0, 4))
def test_a_rounded_figure_fits_what_it_was_rounded_from(value, places):
    assert fits(round(value, places), value, places)
    assert not fits(round(value, places) + 1.01 * 10**-places, value, places)
