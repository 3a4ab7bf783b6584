"""Surveys that follow events: one a person in a period, about the latest, and no event twice."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.kernel.refusals import Refused
from hearth.surveys.rules import events
from hearth.surveys.rules.events import Fate, Happened, Whom

TODAY = date(2026, 11, 22)


def test_two_repairs_in_one_week_are_one_survey_about_the_later():
    planned = events.plan(
        [Happened(1, 7, TODAY - timedelta(6)), Happened(2, 7, TODAY - timedelta(1))],
        last_asked={}, on=TODAY, days_between=30,
    )  # fmt: skip
    assert [(one.event, one.fate, one.into) for one in planned] == [(1, Fate.MERGE, 2), (2, Fate.ASK, None)]


@pytest.mark.parametrize(("days", "fate"), [(29, Fate.RECENT), (30, Fate.ASK), (0, Fate.RECENT)])
def test_whoever_was_asked_under_thirty_days_ago_is_spared(days, fate):
    (planned,) = events.plan(
        [Happened(1, 7, TODAY)], last_asked={7: TODAY - timedelta(days)}, on=TODAY, days_between=30
    )
    assert planned.fate == fate


def test_a_statutory_survey_asks_all_the_same():
    (planned,) = events.plan([Happened(1, 7, TODAY)], last_asked={7: TODAY}, on=TODAY, days_between=30, statutory=True)
    assert planned.fate == Fate.ASK


@given(
    st.lists(st.tuples(st.integers(1, 5), st.integers(0, 40)), max_size=30),
    st.dictionaries(st.integers(1, 5), st.integers(0, 60)),
)
def test_every_event_has_one_fate_and_nobody_is_asked_twice(drawn, lately):
    happened = [Happened(n, person, TODAY - timedelta(days)) for n, (person, days) in enumerate(drawn)]
    last = {person: TODAY - timedelta(days) for person, days in lately.items()}
    planned = events.plan(happened, last_asked=last, on=TODAY, days_between=30)
    assert sorted(one.event for one in planned) == [one.event for one in happened]
    asked = [one.person for one in planned if one.fate is Fate.ASK]
    assert len(asked) == len(set(asked))
    assert all((TODAY - last[person]).days >= 30 for person in asked if person in last)
    kept = {one.event for one in planned if one.fate is not Fate.MERGE}
    assert all(one.into in kept for one in planned if one.fate is Fate.MERGE)


def check(**said):
    usual = {
        "sort": "repair", "key": "J1", "happened_on": TODAY, "today": TODAY, "known": {"person"}, "whom": "reporter",
        "oldest_days": 60,
    }  # fmt: skip
    events.check_event(**{**usual, **said})


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"sort": "tsm"}, "sort"),
        ({"key": " "}, "key"),
        ({"key": "x" * 81}, "key"),
        ({"happened_on": TODAY + timedelta(1)}, "happened_on"),
        ({"happened_on": TODAY - timedelta(61)}, "happened_on"),
        ({"known": set()}, "person"),
        ({"known": {"estate"}}, "person"),
        ({"known": {"person"}, "whom": "building"}, "home"),
    ],
)
def test_an_event_that_cannot_be_followed_names_the_field(said, field):
    with pytest.raises(Refused) as refused:
        check(**said)
    assert refused.value.field == field


def test_the_oldest_event_that_is_followed_and_the_longest_key():
    check(happened_on=TODAY - timedelta(60), key="x" * 80)
    check(known={"home"}, whom="estate")


@pytest.mark.parametrize(("answer", "low"), [("4", True), ("5", True), ("3", False), (None, False)])
def test_the_two_worst_answers_want_a_call_back(answer, low):
    codes = events.default_low(["1", "2", "3", "4", "5"])
    assert events.is_low({"overall": answer}, question="overall", codes=codes) is low


def test_after_works_the_residents_are_asked_and_after_a_case_the_reporter():
    assert events.usual_whom(events.Sort.WORKS) is Whom.BUILDING
    assert events.usual_whom(events.Sort.ASB) is Whom.REPORTER
