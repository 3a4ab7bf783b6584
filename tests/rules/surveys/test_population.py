"""The population: one unit a household, whatever the order, with traits of the day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.kernel.refusals import Refused
from hearth.surveys.rules import population
from hearth.surveys.rules.population import Held

DAY = date(2026, 3, 31)
STARTS = [16, 35, 55, 65]


def held(household=1, home=1, person=1, born_on=date(1980, 1, 1), since_on=date(2020, 1, 1), **more):
    return Held(
        household=household, home=home, person=person, tenure="general_needs", stock="lcra",
        tenure_words="General needs tenancy", area=more.get("area", "North"), estate="", home_words="Flat",
        born_on=born_on, since_on=since_on,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("born_on", "band"),
    [
        (date(1991, 3, 31), "35-54"),  # thirty-five on the day
        (date(1991, 4, 1), "16-34"),  # the day after
        (date(1961, 3, 31), "65+"),
        (date(1961, 4, 1), "55-64"),
        (date(2015, 1, 1), "Under 16"),
        (None, "Not known"),
    ],
)
def test_the_age_band_is_that_of_the_day(born_on, band):
    (unit,) = population.freeze([held(born_on=born_on)], on=DAY, age_starts=STARTS)
    assert unit.traits["age"] == band


@pytest.mark.parametrize(
    ("since_on", "words"),
    [(date(2025, 3, 31), "12 months or more"), (date(2025, 4, 1), "Under 12 months")],
)
def test_a_new_customer_has_been_there_under_twelve_months(since_on, words):
    (unit,) = population.freeze([held(since_on=since_on)], on=DAY, age_starts=STARTS)
    assert unit.traits["length_of_tenancy"] == words


def test_a_household_with_two_tenancies_is_asked_once():
    units = population.freeze([held(home=2), held(home=1), held(household=2, home=3)], on=DAY, age_starts=STARTS)
    assert [(unit.household, unit.home) for unit in units] == [(1, 1), (2, 3)]


def test_a_tenancy_without_a_household_counts_by_its_home():
    units = population.freeze(
        [held(household=None, home=1), held(household=None, home=1, person=2), held(household=None, home=2)],
        on=DAY,
        age_starts=STARTS,
    )
    assert len(units) == 2


def test_nobody_to_ask_is_refused():
    with pytest.raises(Refused, match="no household"):
        population.freeze([], on=DAY, age_starts=STARTS)


@given(st.permutations([held(household=n, home=n, person=n) for n in range(1, 8)]))
def test_the_order_in_which_they_come_does_not_matter(rows):
    units = population.freeze(rows, on=DAY, age_starts=STARTS)
    straight = population.freeze(sorted(rows, key=lambda one: one.home), on=DAY, age_starts=STARTS)
    assert population.digest(units) == population.digest(straight)
    assert [unit.number for unit in units] == list(range(1, 8))


@given(st.lists(st.sampled_from(["North", "South", ""]), min_size=1, max_size=40))
def test_the_margins_of_every_trait_make_the_population(areas):
    rows = [held(household=n, home=n, person=n, area=area) for n, area in enumerate(areas, 1)]
    units = population.freeze(rows, on=DAY, age_starts=STARTS)
    margins = population.margins(unit.traits for unit in units)
    assert {sum(values.values()) for values in margins.values()} == {len(areas)}
    assert margins["area"].get("Not known", 0) == areas.count("")


def test_another_trait_gives_another_fingerprint():
    one = population.freeze([held()], on=DAY, age_starts=STARTS)
    other = population.freeze([held(area="South")], on=DAY, age_starts=STARTS)
    assert population.digest(one) != population.digest(other)
