"""What printed percentages give away. All numbers are invented."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.kernel.counts import percent, recover, safe_to_print


def block(*counts, places=2):
    base = sum(counts)
    return [(chr(97 + i), percent(count, base, places)) for i, count in enumerate(counts)], base


@pytest.mark.requirement("PROF-26")
def test_single_people_are_given_back_by_two_decimals_of_a_few_thousand():
    exposure = safe_to_print(*block(2, 2, 8, 4_008), 10)
    assert [(c.label, c.least) for c in exposure.exact] == [("a", 2), ("b", 2), ("c", 8)]
    assert not exposure.safe
    assert not exposure.hiding_is_enough
    assert exposure.further == ("d",)


def test_the_next_smallest_that_is_large_enough_should_be_hidden_too():
    exposure = safe_to_print(*block(8, 61, 66, 81, 2_540), 10)
    assert [c.label for c in exposure.small] == ["a"]
    assert exposure.further == ("b",)


def test_a_block_without_small_cells_is_safe():
    exposure = safe_to_print(*block(1_310, 2_710), 10)
    assert exposure.safe
    assert exposure.small == ()
    assert exposure.hiding_is_enough


def test_nothing_is_said_of_figures_that_do_not_fit_the_base():
    exposure = safe_to_print([("a", Decimal("0.03")), ("b", Decimal("99.97"))], 1_000, 10)
    assert not exposure.fits
    assert not exposure.safe


def test_whole_percentages_of_many_people_give_no_small_count_back():
    exposure = safe_to_print(*block(40, 4_000, 6_000, places=0), 10)
    assert exposure.small == ()


def test_a_whole_block_is_to_be_withheld_where_no_further_cell_will_do():
    exposure = safe_to_print(*block(4, 11), 10)
    assert exposure.small
    assert not exposure.hiding_is_enough
    assert exposure.further == ()


@given(st.lists(st.integers(0, 800), min_size=2, max_size=7).filter(sum), st.integers(0, 2), st.integers(5, 15))
def test_true_counts_are_always_among_those_recovered(counts, places, threshold):
    percents, base = block(*counts, places=places)
    exposure = safe_to_print(percents, base, threshold)
    assert exposure.fits
    for count, cell in zip(counts, exposure.cells, strict=True):
        assert cell.least <= count <= cell.most
        assert cell.least >= recover(cell.printed, base)[0]
    for cell in exposure.small:
        true = counts[ord(cell.label) - 97]
        assert 1 <= true < threshold
        assert not cell.exact or cell.least == true
