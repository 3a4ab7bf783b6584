"""Dated settings: what holds on a day, and what may be typed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.kernel.refusals import Refused
from hearth.landlords.rules import Alias, Kind, Value, kind_of, on_day

LIMIT = Kind("trial.limit", "Trial limit", "days", 10, "A law", floor=5, ceiling=40)
DAYS = st.dates(date(2015, 1, 1), date(2035, 1, 1))


def value(number, day):
    return Value("trial.limit", number, day, "Minute", "Post", confirm=False)


@given(days=st.lists(DAYS, unique=True, max_size=6), day=DAYS)
@pytest.mark.requirement("SYS-03")
def test_the_latest_value_that_began_holds_and_before_the_first_the_default(days, day):
    said = [value(number, start) for number, start in enumerate(days)]
    found = on_day(LIMIT, said, day)
    begun = [start for start in days if start <= day]
    if begun:
        assert found.holds_from == max(begun)
    else:
        assert (found.value, found.holds_from, found.source) == (10, None, "A law")


def test_a_value_holds_from_its_very_day():
    day = date(2026, 4, 1)
    assert on_day(LIMIT, [value(21, day)], day).value == 21
    assert on_day(LIMIT, [value(21, day)], day - timedelta(days=1)).value == 10


@pytest.mark.parametrize(("typed", "read"), [("5", 5), (" 12 ", 12), ("7.5", 7.5), (40, 40)])
def test_a_number_is_read_from_what_was_typed(typed, read):
    assert LIMIT.read(typed) == read


@pytest.mark.parametrize(
    ("typed", "why"), [("4", "5 or more"), ("41", "40 or less"), ("soon", "must be a number, like 10"), ("", "number")]
)
def test_a_number_beyond_its_bounds_is_refused(typed, why):
    with pytest.raises(Refused, match=why) as refused:
        LIMIT.read(typed)
    assert refused.value.field == "value"


@pytest.mark.parametrize("typed", ["nan", "inf", "-inf", "1e999"])
def test_what_only_a_computer_calls_a_number_is_refused(typed):
    with pytest.raises(Refused, match="must be a number"):
        Kind("trial.free", "Trial", "number", 1, "A law").read(typed)


def test_a_route_is_one_post_a_line_and_never_empty():
    route = Kind("trial.route", "Route", "posts", ["A"], "A law")
    assert route.read("Head of Law\n\n Director \n") == ["Head of Law", "Director"]
    assert route.read(["A", " "]) == ["A"]
    with pytest.raises(Refused, match="at least one post"):
        route.read("\n")


def test_an_unknown_setting_is_refused():
    with pytest.raises(Refused, match="no such setting"):
        kind_of("x", {"trial.limit": LIMIT})


@given(first=st.none() | DAYS, last=st.none() | DAYS)
@pytest.mark.requirement("GOV-11")
def test_an_alias_comes_back_from_the_register_as_it_went_in(first, last):
    alias = Alias("TTLF", first, last)
    if first and last and last < first:
        with pytest.raises(Refused, match="before it was first used"):
            alias.stored()
    else:
        assert Alias.read(alias.stored()) == alias


def test_a_bare_name_is_an_alias_without_days():
    assert Alias.read(" TTLF ") == Alias("TTLF")
