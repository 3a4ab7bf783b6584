"""Bands of age read from labels, and what is wrong with a set of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.kernel.figures import Band, ages, check_bands, missing_ages, off_grid, overlapping_ages, read_band, uneven
from hearth.kernel.figures.bands import OLDEST
from hearth.kernel.refusals import Refused


@pytest.mark.parametrize(
    ("label", "band"),
    [
        ("up to 35", Band(0, 35)),
        ("aged 35 to 55 years", Band(35, 55)),
        ("75 plus", Band(75, OLDEST)),
        ("aged 75 years plus", Band(75, OLDEST)),
        ("75+", Band(75, OLDEST)),
        ("Under 25", Band(0, 24)),
        ("25-35", Band(25, 35)),
        ("25–35 years", Band(25, 35)),
        ("aged 14 years or under", Band(0, 14)),
        ("75 and over", Band(75, OLDEST)),
        ("85 or older", Band(85, OLDEST)),
        ("over 65", Band(66, OLDEST)),
        ("16", Band(16, 16)),
    ],
)
def test_a_band_is_read_as_people_word_it(label: str, band: Band) -> None:
    assert read_band(label) == band


@pytest.mark.parametrize("label", ["Unknown", "White", "", "55-45", "Prefer not to say"])
def test_other_labels_are_no_bands(label: str) -> None:
    assert read_band(label) is None


@pytest.mark.requirement("PROF-06")
def test_bands_that_share_their_ends_are_refused_with_the_ages_named() -> None:
    with pytest.raises(Refused, match="Ages 35, 55 and 75 fall in two bands"):
        check_bands(("up to 35", "35 to 55", "55 to 75", "75 plus"))


@pytest.mark.requirement("PROF-06")
def test_bands_that_leave_an_age_out_are_refused() -> None:
    with pytest.raises(Refused, match="Age 25 falls in no band"):
        check_bands(("under 25", "26 to 40", "41 and over"))


def test_bands_that_meet_are_accepted() -> None:
    check_bands(("Under 25", "25-35", "36-45", "46 and over", "Unknown"))


def test_ten_year_bands_of_the_census_are_on_the_grid() -> None:
    census = tuple(Band(low, low + 9) for low in range(15, 75, 10))
    assert off_grid((Band(0, 14), *census, Band(75, OLDEST))) == ()


def test_an_adult_band_may_begin_at_16() -> None:
    assert off_grid((Band(16, 24), Band(25, 34), Band(35, OLDEST))) == ()


def test_bands_that_begin_a_year_late_are_off_the_grid_and_uneven() -> None:
    bands = (Band(25, 35), Band(36, 45), Band(46, 55), Band(56, OLDEST))
    assert off_grid(bands) == bands[1:]
    assert uneven(bands) == (Band(25, 35),)


def test_ages_are_said_in_runs() -> None:
    assert ages((35, 40, 41, 42, 75)) == "35, 40 to 42 and 75"


@given(st.lists(st.integers(1, 100), min_size=1, max_size=8, unique=True))
def test_bands_cut_at_any_ages_neither_overlap_nor_leave_a_gap(cuts: list[int]) -> None:
    cuts.sort()
    bands = tuple(Band(low, high) for low, high in zip([0, *cuts], [*(c - 1 for c in cuts), OLDEST], strict=True))
    assert overlapping_ages(bands) == missing_ages(bands) == ()


@given(st.integers(0, 90), st.integers(1, 20))
def test_a_printed_band_is_read_back(low: int, width: int) -> None:
    assert read_band(f"{low} to {low + width}") == Band(low, low + width)
