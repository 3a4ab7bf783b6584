"""The order of calls: promises first, then whoever was tried least; nobody too often, too soon or too late."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.surveys.rules.calling import OVER, Candidate, Limits, due, may_visit, queue
from hearth.surveys.rules.kinds import Outcome

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
LIMITS = Limits(attempts=5, apart=timedelta(hours=4), first_hour=9, last_hour=20)

moments = st.integers(-72 * 60, 72 * 60).map(lambda minutes: NOON + timedelta(minutes=minutes))


@st.composite
def candidates(draw: st.DrawFn, number: int = 0) -> Candidate:
    attempts = draw(st.integers(0, 7))
    return Candidate(
        number=number or draw(st.integers(1, 10**6)),
        place=draw(st.integers(0, 50)),
        attempts=attempts,
        last=draw(st.sampled_from(Outcome)) if attempts else None,
        last_at=draw(moments) if attempts else None,
        call_again_at=draw(st.none() | moments) if attempts else None,
        group=draw(st.sampled_from(["", "North", "South"])),
    )


@given(st.lists(candidates(), max_size=30), moments)
def test_nobody_is_called_who_has_settled_it_or_was_called_often_enough_or_just_now(
    found: list[Candidate], at: datetime
) -> None:
    for one in queue(found, at=at, limits=LIMITS):
        assert one.last not in OVER
        assert one.call_again_at is not None or one.attempts < LIMITS.attempts
        assert one.call_again_at is None or one.call_again_at <= at
        assert one.call_again_at is not None or one.last_at is None or at - one.last_at >= LIMITS.apart
        assert 9 <= at.hour < 20


@given(st.lists(candidates(), max_size=30), moments)
def test_whoever_may_be_called_is_in_the_queue_once(found: list[Candidate], at: datetime) -> None:
    if 9 <= at.hour < 20:
        expected = [one for one in found if due(one, at=at, limits=LIMITS)]
        called = queue(found, at=at, limits=LIMITS)
        assert sorted(map(repr, called)) == sorted(map(repr, expected))
    else:
        assert queue(found, at=at, limits=LIMITS) == []


@given(st.lists(candidates(), max_size=30), moments)
def test_promises_come_first_by_their_time_and_then_those_who_were_tried_least(
    found: list[Candidate], at: datetime
) -> None:
    called = queue(found, at=at, limits=LIMITS)
    promised = [one.call_again_at for one in called if one.call_again_at]
    assert [one.call_again_at for one in called][: len(promised)] == sorted(promised)
    tried = [one.attempts for one in called[len(promised) :]]
    assert tried == sorted(tried)


@given(st.lists(candidates(), max_size=30), st.permutations(range(30)), moments)
def test_the_order_does_not_depend_on_the_order_of_the_rows(
    found: list[Candidate], places: list[int], at: datetime
) -> None:
    unique = list({one.number: one for one in found}.values())
    mixed = [unique[place] for place in places if place < len(unique)]
    assert queue(mixed, at=at, limits=LIMITS) == queue(unique, at=at, limits=LIMITS)


@given(st.lists(candidates(), max_size=30))
def test_a_full_quota_is_called_no_more(found: list[Candidate]) -> None:
    called = queue(found, at=NOON, limits=LIMITS, quotas={"North": 0, "South": 2})
    assert {one.group for one in called} <= {"South"}


@pytest.mark.parametrize("outcome", [Outcome.INTERPRETER, Outcome.UNABLE])
def test_who_needs_something_first_is_called_only_at_the_time_that_was_arranged(outcome: Outcome) -> None:
    before = NOON - timedelta(days=3)
    waits = Candidate(1, attempts=1, last=outcome, last_at=before)
    assert not due(waits, at=NOON, limits=LIMITS)
    arranged = Candidate(1, attempts=1, last=outcome, last_at=before, call_again_at=NOON - timedelta(minutes=1))
    assert due(arranged, at=NOON, limits=LIMITS)


@pytest.mark.requirement("SUR-16")
def test_nobody_knocks_where_a_marker_stands_or_a_wish_speaks_against_it() -> None:
    may = [said for said in product([True, False], repeat=5) if _may(said)]
    assert all(not safety and reached and not refused for safety, reached, _, refused, _ in may)
    assert _may((False, True, False, False, False))  # has said nothing
    assert not _may((False, True, False, False, True))  # has said, and visits are not among it
    assert _may((False, True, True, False, True))


def _may(said: tuple[bool, ...]) -> bool:
    names = ("safety", "can_be_reached", "wishes_visits", "refuses_visits", "has_said")
    return may_visit(**dict(zip(names, said, strict=True)))
