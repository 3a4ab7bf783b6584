"""Traits are kept only so far as several households share them."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.kernel.refusals import Refused
from hearth.surveys.rules.coarsening import coarse_days, coarsen, ordered_traits

values = st.sampled_from(["a", "b", "c", "d"])
populations = st.dictionaries(st.tuples(values, values, values), st.integers(1, 12), max_size=40)


@given(populations, st.integers(1, 15))
def test_whoever_knows_everybody_has_several_households_to_choose_from(
    counts: dict[tuple[str, ...], int], least: int
) -> None:
    released = coarsen(counts, least=least)
    assert set(released) == set(counts)
    shared: Counter[tuple[str, ...]] = Counter()
    for one, number in counts.items():
        shared[released[one]] += number
    if sum(counts.values()) >= least:
        assert min(shared.values(), default=least) >= least
    else:
        assert set(released.values()) <= {("", "", "")}


@given(populations, st.integers(1, 15))
def test_nothing_is_said_of_anybody_that_is_not_so(counts: dict[tuple[str, ...], int], least: int) -> None:
    for one, kept in coarsen(counts, least=least).items():
        assert all(now in ("", before) for now, before in zip(kept, one, strict=True))


def test_traits_that_many_share_are_all_kept() -> None:
    counts = {("35-54", "North"): 40, ("35-54", "South"): 30}
    assert coarsen(counts, least=5) == {one: one for one in counts}


def test_rare_households_are_put_together_and_lose_only_what_tells_them_apart() -> None:
    counts = {("35-54", "North"): 40, ("35-54", "South"): 3, ("35-54", "East"): 4, ("75+", "North"): 50}
    kept = coarsen(counts, least=5)
    assert kept["35-54", "South"] == kept["35-54", "East"] == ("35-54", "")
    assert kept["35-54", "North"] == ("35-54", "North")


def test_one_rare_household_does_not_stand_alone_in_having_nothing_kept() -> None:
    counts = {("35-54",): 40, ("75+",): 9, ("Under 16",): 1}
    kept = coarsen(counts, least=5)
    assert kept["Under 16",] == kept["75+",] == ("",)
    assert kept["35-54",] == ("35-54",)


def test_a_smallest_group_of_nobody_is_refused() -> None:
    with pytest.raises(Refused):
        coarsen({("a",): 1}, least=0)


first = date(2026, 3, 2)


@given(st.lists(st.integers(1, 9), max_size=40), st.integers(1, 20))
def test_no_day_has_few_answers(numbers: list[int], least: int) -> None:
    days = [(first + timedelta(days=at), number) for at, number in enumerate(numbers)]
    told = coarse_days(days, least=least)
    shared: Counter[date] = Counter()
    for day, number in days:
        shared[told[day]] += number
        assert told[day] <= day
    if sum(numbers) >= least:
        assert min(shared.values(), default=least) >= least
    else:
        assert len(shared) <= 1


def test_traits_are_ordered_by_what_they_are_worth() -> None:
    assert ordered_traits({"estate", "age", "service"}, first=("stock_type", "age")) == ("age", "estate", "service")
