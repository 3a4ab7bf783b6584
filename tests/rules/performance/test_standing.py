"""Quartiles as spreadsheets interpolate them, and places in words that know which way is good."""

import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.kernel.refusals import Refused
from hearth.performance.rules import among, analyse, measure_of, percentile, quartiles
from hearth.performance.rules.standing import size_words, standing

from . import books


def test_a_percentile_is_interpolated_between_neighbours():
    assert percentile([1, 2, 3, 4], 0.25) == 1.75  # PERCENTILE.INC({1,2,3,4}, 0.25)
    assert percentile([15, 20, 35, 40, 50], 0.4) == pytest.approx(29)
    assert percentile([7], 0.9) == 7


@given(st.lists(st.floats(0, 100, allow_nan=False), min_size=2, max_size=60))
def test_quartiles_are_those_of_the_inclusive_method(values):
    low, median, high = statistics.quantiles(values, n=4, method="inclusive")
    found = quartiles(values)
    assert (found.low, found.median, found.high) == pytest.approx((low, median, high), abs=1e-9)
    assert found.least <= found.low <= found.median <= found.high <= found.most


def test_no_figures_have_no_quartiles():
    with pytest.raises(Refused):
        quartiles([])


OTHERS = [50.0, 60.0, 70.0, 80.0, 90.0]


@pytest.mark.parametrize(
    ("value", "code", "words", "good"),
    [
        (95, "TP01", "in the highest quarter of 6 councils", True),
        (40, "TP01", "in the lowest quarter of 6 councils", False),
        (69, "TP01", "below the middle of 6 councils", None),
        (71, "TP01", "above the middle of 6 councils", None),
        (40, "RP01", "in the lowest quarter of 6 councils; lower is better", True),
        (95, "RP01", "in the highest quarter of 6 councils; lower is better", False),
        (95, "NM01(1)", "in the highest quarter of 6 councils; neither high nor low is good by itself", None),
        (95, "CH01(1)", "in the highest quarter of 6 councils; neither high nor low is good by itself", None),
    ],
)
def test_a_place_is_said_in_words_that_know_which_way_is_good(value, code, words, good):
    found = standing(value, OTHERS, measure_of(code), "6 councils")
    assert (found.words, found.good) == (words, good)


def test_a_figure_that_many_share_is_no_place_of_its_own():
    found = standing(100, [100] * 7 + [99, 98], measure_of("BS01"), "10 landlords")
    assert found.words == "at the highest figure, with 7 others, of 10 landlords"
    assert (found.above, found.below, found.alike, found.good) == (0, 2, 7, None)


def test_a_landlord_is_set_among_its_own_kind_region_and_size():
    done = analyse("a.xlsx", books.as_xlsx(books.sheets()))
    values = done.values("TP01", "LCRA")
    own = done.workbook.providers["B2"]
    said = {
        group: among(own, group, done.workbook.providers, values, measure_of("TP01"))
        for group in ("all", "kind", "region", "size")
    }
    assert {group: found.spread.n for group, found in said.items()} == {"all": 4, "kind": 2, "region": 2, "size": 2}
    assert said["size"].words.endswith("2 landlords with fewer than 5,000 homes")
    assert said["region"].words.endswith("2 landlords in the South")


def test_size_bands_read_alike_however_they_are_written():
    assert size_words(">40000") == size_words(">40,000") == "more than 40,000 homes"
    assert size_words("5,000-40,000") == "5,000-40,000 homes"
