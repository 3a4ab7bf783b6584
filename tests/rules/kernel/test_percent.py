"""Percentages from counts, and what a percentage gives back."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.kernel.counts import (
    bases_that_fit,
    decimals_for,
    exactly_recoverable,
    percent,
    recover,
    round_to,
    rounding_tolerance,
    sum_gap,
    sums_to,
)
from hearth.kernel.refusals import Refused

D = Decimal
BASES = st.integers(1, 30_000)


@pytest.mark.requirement("PROF-13")
def test_percentages_are_rounded_half_up_to_two_places():
    assert str(percent(7, 4159)) == "0.17"
    assert str(percent(1, 800, 2)) == "0.13"  # 0.125 exactly
    assert str(percent(3, 6, 2)) == "50.00"
    assert str(percent(1, 200, 0)) == "1"  # 0.5 exactly


@given(st.data(), BASES, st.integers(0, 3))
def test_percentages_agree_with_exact_decimals(data, base, places):
    count = data.draw(st.integers(0, base))
    exact = (D(count) * 100 / D(base)).quantize(D(1).scaleb(-places), ROUND_HALF_UP)
    assert percent(count, base, places) == exact


def test_a_percentage_of_nobody_is_refused():
    with pytest.raises(Refused):
        percent(0, 0)
    with pytest.raises(Refused):
        percent(-1, 10)


@given(st.data(), BASES, st.integers(0, 3))
def test_recovering_gives_just_the_counts_that_print_so(data, base, places):
    count = data.draw(st.integers(0, base))
    printed = percent(count, base, places)
    counts = recover(printed, base)
    assert count in counts
    assert all(percent(c, base, places) == printed for c in (counts[0], counts[-1]))
    assert counts[0] == 0 or percent(counts[0] - 1, base, places) != printed
    assert counts[-1] == base or percent(counts[-1] + 1, base, places) != printed


def test_a_figure_that_no_count_prints_gives_back_nothing():
    assert len(recover(D("0.01"), 300)) == 0
    assert len(recover(D("101"), 300)) == 0
    assert len(recover(D("5"), 0)) == 0


@given(st.integers(1, 400), st.integers(0, 1))
def test_figures_give_back_exact_counts_just_when_the_rule_says(base, places):
    apart = len({percent(count, base, places) for count in range(base + 1)}) == base + 1
    assert exactly_recoverable(places, base) == apart


def test_the_rule_as_read_holds_and_its_bound_is_exact():
    assert exactly_recoverable(2, 9_999)
    assert exactly_recoverable(2, 10_000)
    assert not exactly_recoverable(2, 10_001)
    assert exactly_recoverable(1, 999)
    assert not exactly_recoverable(1, 1_001)


@given(st.integers(1, 30_000), st.integers(0, 30_000), st.integers(5, 20))
def test_the_decimals_printed_never_give_every_count_back(base, cell, threshold):
    places = decimals_for(base, cell, threshold)
    assert places == 0 or not exactly_recoverable(places, base)
    assert places <= (0 if base < 1_000 or cell < threshold else 1 if base < 10_000 else 2)


def test_decimals_grow_with_the_base():
    assert [decimals_for(n, 500, 10) for n in (999, 1_000, 1_001, 9_999, 10_001)] == [0, 0, 1, 1, 2]
    assert decimals_for(5_000, 9, 10) == 0


def test_a_sum_may_miss_by_half_a_unit_of_each_last_decimal():
    assert rounding_tolerance([2, 2, 1]) == D("0.06")
    assert sums_to([D("33.3"), D("33.3"), D("33.3")])
    assert not sums_to([D("33.33"), D("33.33"), D("33.2")])
    assert sum_gap([D("60"), D("41.5")]) == D("1.5")


@given(st.lists(st.integers(0, 500), min_size=2, max_size=9).filter(sum), st.integers(0, 2))
def test_honest_percentages_always_add_up_within_the_tolerance(counts, places):
    assert sums_to([percent(count, sum(counts), places) for count in counts])


@given(st.lists(st.integers(0, 900), min_size=2, max_size=6).filter(sum))
def test_the_true_base_always_fits(counts):
    base = sum(counts)
    printed = [percent(count, base) for count in counts]
    assert base in bases_that_fit(printed, base - 20, base + 20)


def test_bases_that_do_not_fit_are_left_out():
    assert bases_that_fit([D("33.33")], 1, 10) == (3, 6, 9)


@given(st.integers(0, 10_000), st.integers(1, 20))
def test_rounding_moves_a_count_by_at_most_half_a_step(count, step):
    assert round_to(count, step) % step == 0
    assert abs(round_to(count, step) - count) * 2 <= step
