"""When surveys open, close and come round, and from when results are late."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.kernel.refusals import Refused
from hearth.surveys.rules import lifecycle
from hearth.surveys.rules.kinds import State
from hearth.surveys.rules.lifecycle import Span

days = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@pytest.mark.requirement("SUR-19")
@given(days, st.integers(0, 27), st.integers(1, 12), st.integers(2, 14))
def test_rounds_never_overlap_keep_their_length_and_their_day_of_the_month(first, length, months, rounds):
    span = Span(first, first + timedelta(days=length))
    opened: list[date] = []
    for number in range(1, rounds):
        following = lifecycle.next_span(span, months, before=opened)
        opened.insert(0, span.opens_on)
        assert following.opens_on > span.closes_on
        assert following.closes_on - following.opens_on == timedelta(days=length)
        month = (first.month - 1 + number * months) % 12 + 1
        assert following.opens_on.month == month
        assert following.opens_on.day == min(first.day, lifecycle.month_end(following.opens_on).day)
        span = following


def test_a_round_must_close_before_the_next_opens():
    assert lifecycle.next_span(Span(date(2026, 1, 1), date(2026, 1, 31)), 1).opens_on == date(2026, 2, 1)
    with pytest.raises(Refused, match="must close before it opens again"):
        lifecycle.next_span(Span(date(2026, 1, 1), date(2026, 2, 1)), 1)


@pytest.mark.parametrize(
    ("title", "expected"),
    [("Rate my Estate", "Rate my Estate, March 2026"), ("Rate my Estate, February 2026", "Rate my Estate, March 2026")],
)
def test_a_round_is_called_by_its_month(title, expected):
    assert lifecycle.round_title(title, date(2026, 3, 1)) == expected


@pytest.mark.requirement("SUR-09")
@given(days, st.integers(1, 120), st.integers(0, 400))
def test_results_are_late_from_the_day_after_they_were_due(closes_on, allowed, after):
    due = lifecycle.results_due(closes_on, allowed)
    on = closes_on + timedelta(days=after)
    assert lifecycle.days_overdue(State.CLOSED, due, on=on) == max(after - allowed, 0)
    assert lifecycle.days_overdue(State.ANALYSED, due, on=on) == max(after - allowed, 0)
    assert lifecycle.days_overdue(State.PUBLISHED, due, on=on) == 0


@given(days, st.integers(-5, 5))
def test_a_survey_opens_on_its_day_and_closes_after_its_last(day, away):
    on = day + timedelta(days=away)
    assert lifecycle.opens_today(State.DRAFT, day, on=on) == (away >= 0)
    assert lifecycle.closes_today(State.OPEN, day, rolling=False, on=on) == (away > 0)
    assert not lifecycle.closes_today(State.OPEN, day, rolling=True, on=on)
    assert not lifecycle.opens_today(State.CLOSED, day, on=on)


def test_steps_are_taken_one_by_one():
    with pytest.raises(Refused, match="First it must be open"):
        lifecycle.check_closes(State.DRAFT)
    with pytest.raises(Refused, match="already open"):
        lifecycle.check_opens(State.OPEN)
    with pytest.raises(Refused, match="First it must be closed"):
        lifecycle.check_analysed(State.OPEN, responses=3)
    with pytest.raises(Refused, match="Nobody has answered"):
        lifecycle.check_analysed(State.CLOSED, responses=0)
    with pytest.raises(Refused, match="First it must be analysed"):
        lifecycle.check_published(State.CLOSED)
