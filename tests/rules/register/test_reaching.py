"""How somebody may be reached: no wish, authority or marker is ever passed over."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.register.rules import reaching, safe
from hearth.register.rules.kinds import NOT_OPTIONAL, Authority, Channel, Format, Frequency, Purpose, Scope
from hearth.register.rules.reaching import Acting, Facts, Reach, reach
from hearth.register.rules.safe import Marker, SafeTime, SafeWay

LONDON = ZoneInfo("Europe/London")
NOON = datetime(2026, 6, 3, 12, 0, tzinfo=LONDON)  # a Wednesday
KNOWN = {
    "name": "Ann Other", "email": "ann@example.org", "phone": "+441632960001", "mobile": "+447700900001",
    "home": "1 High Street\nDA1 1AA",
}  # fmt: skip
WORKING_HOURS = SafeTime(frozenset({0, 1, 2}), time(9), time(15))


def known(**said: object) -> Facts:
    return Facts(**{**KNOWN, **said})  # type: ignore[arg-type]


def asked(facts: Facts, purpose: Purpose = Purpose.SURVEY, at: datetime = NOON) -> Reach:
    return reach(facts, purpose=purpose, at=at)


channels = st.sampled_from(list(Channel))
purposes = st.sampled_from(list(Purpose))
moments = st.datetimes(datetime(2024, 1, 1), datetime(2028, 1, 1), timezones=st.just(LONDON))  # noqa: DTZ001 - bare bounds
days = st.dates(date(2024, 1, 1), date(2028, 1, 1))
points = st.sampled_from(["", "one@example.org", "+447700900002", "2 Low Road\nDA1 2BB"])
times = st.builds(
    SafeTime,
    st.frozensets(st.integers(0, 6), min_size=1),
    st.times(max_value=time(11)),
    st.times(min_value=time(12)),
)
markers = st.builds(
    Marker,
    st.lists(st.builds(SafeWay, channels, points.filter(bool)), max_size=3).map(tuple),
    st.lists(times, max_size=2).map(tuple),
)
acting = st.builds(
    Acting,
    name=st.just("Acting Friend"),
    kind=st.sampled_from(list(Authority)),
    scope=st.frozensets(st.sampled_from([scope.value for scope in Scope]), min_size=1),
    started_on=days,
    ended_on=st.none() | days,
    withdrawn_at=st.none() | moments,
    email=points,
    phone=points,
    address=points,
)
anybody = st.builds(
    Facts,
    name=st.just("Ann Other"),
    email=points, phone=points, mobile=points, address=points, home=points,
    order=st.lists(channels, unique=True).map(tuple),
    refused=st.frozensets(channels),
    opted_out=st.frozensets(purposes),
    format=st.sampled_from(list(Format)),
    language=st.sampled_from(["en", "pl", "pa-IN"]),
    acting=st.lists(acting, max_size=3).map(tuple),
    marker=st.none() | markers,
    born_on=st.none() | days,
    guardian=st.sampled_from(["", "A parent"]),
    died_on=st.none() | days,
    anonymised=st.booleans(),
)  # fmt: skip


@pytest.mark.requirement("SUR-16")
@given(anybody.filter(lambda one: one.marker is not None), purposes, moments)
def test_nobody_is_reached_outside_their_marker(facts: Facts, purpose: Purpose, at: datetime) -> None:
    found = reach(facts, purpose=purpose, at=at)
    marker = facts.marker
    assert marker is not None
    assert {(way.channel, way.to) for way in found.ways} <= {(way.channel, way.to) for way in marker.ways}
    assert all(way.channel == Channel.LETTER or marker.open_at(at, way.channel) for way in found.ways)
    assert not (found.withheld and found.ways)
    if found.later is not None:
        assert found.later >= at
        assert reach(facts, purpose=purpose, at=found.later).ways


@pytest.mark.requirement("COM-20")
@given(anybody, purposes, moments)
def test_nobody_hears_for_a_purpose_that_they_opted_out_of(facts: Facts, purpose: Purpose, at: datetime) -> None:
    if purpose in facts.opted_out and purpose not in NOT_OPTIONAL:
        found = reach(facts, purpose=purpose, at=at)
        assert not found.ways
        assert not found.withheld


@pytest.mark.requirement("COM-20")
@given(anybody, st.frozensets(purposes), moments)
def test_an_opt_out_never_keeps_a_service_notice_away(
    facts: Facts, opted_out: frozenset[Purpose], at: datetime
) -> None:
    without = Facts(**{**facts.__dict__, "opted_out": frozenset()})
    with_them = Facts(**{**facts.__dict__, "opted_out": opted_out})
    for purpose in NOT_OPTIONAL:
        assert reach(with_them, purpose=purpose, at=at) == reach(without, purpose=purpose, at=at)


@pytest.mark.requirement("SEC-14")
@given(anybody, purposes, moments)
def test_nobody_acts_outside_their_scope_or_time(facts: Facts, purpose: Purpose, at: datetime) -> None:
    found = reach(facts, purpose=purpose, at=at)
    may = {
        one.name
        for one in facts.acting
        if one.started_on <= at.date()
        and (one.ended_on is None or at.date() <= one.ended_on)
        and (one.withdrawn_at is None or at < one.withdrawn_at)
        and (
            one.scope & {"everything", "letters"}
            or (purpose, True) in {
                (Purpose.CASE, "complaints" in one.scope),
                (Purpose.SURVEY, "surveys" in one.scope),
                (Purpose.CONSULTATION, "consultations" in one.scope),
            }
        )
    }  # fmt: skip
    assert {way.to_name for way in found.ways if way.through == "advocate"} <= may
    assert facts.marker is None or all(way.through == "person" for way in found.ways)


@given(anybody, purposes, moments)
def test_what_somebody_refuses_is_used_only_where_it_must_reach_them(
    facts: Facts, purpose: Purpose, at: datetime
) -> None:
    own = [way for way in reach(facts, purpose=purpose, at=at).ways if way.through == "person"]
    refused = [way for way in own if way.channel in facts.refused]
    assert not refused or purpose in NOT_OPTIONAL
    if facts.order and purpose not in NOT_OPTIONAL and facts.marker is None:
        assert [way.channel for way in own] == [c for c in facts.order if c in {way.channel for way in own}]


@given(anybody, purposes, moments)
def test_nobody_writes_to_the_dead_or_to_an_unasked_child(facts: Facts, purpose: Purpose, at: datetime) -> None:
    found = reach(facts, purpose=purpose, at=at)
    if facts.died_on or facts.anonymised:
        assert not found.ways
    child = facts.born_on is not None and at.date() < facts.born_on.replace(year=facts.born_on.year + 16)
    if child and not facts.guardian and purpose not in NOT_OPTIONAL:
        assert not found.ways


@pytest.mark.parametrize(
    ("at", "later"),
    [
        (NOON, datetime(2026, 6, 8, 9, tzinfo=LONDON)),  # a Wednesday
        (datetime(2026, 6, 3, 15, 0, tzinfo=LONDON), datetime(2026, 6, 8, 9, tzinfo=LONDON)),
        (datetime(2026, 6, 8, 8, 59, tzinfo=LONDON), datetime(2026, 6, 8, 9, tzinfo=LONDON)),
    ],
)
def test_the_next_safe_hour_is_named(at: datetime, later: datetime) -> None:
    hours = SafeTime(frozenset({0, 1}), time(9), time(15))
    facts = known(marker=Marker((SafeWay(Channel.EMAIL, "safe@example.org"),), (hours,)))
    found = asked(facts, at=at)
    assert (found.ways, found.withheld, found.later) == ((), True, later)


def test_a_safe_hour_is_local_time_in_winter_and_in_summer() -> None:
    facts = known(marker=Marker((SafeWay(Channel.PHONE, "+441632960009"),), (WORKING_HOURS,)))
    for day in (datetime(2026, 1, 5, 9, tzinfo=LONDON), datetime(2026, 7, 6, 9, tzinfo=LONDON)):
        assert asked(facts, at=day).ways
        assert not asked(facts, at=day - timedelta(minutes=1)).ways


def test_a_letter_is_bound_to_no_hour_because_nobody_knows_when_it_arrives() -> None:
    facts = known(marker=Marker((SafeWay(Channel.LETTER, "c/o The Centre\nDA1 9ZZ"),), (WORKING_HOURS,)))
    assert asked(facts, at=datetime(2026, 6, 6, 23, tzinfo=LONDON)).ways[0].to == "c/o The Centre\nDA1 9ZZ"


def test_a_marker_without_a_safe_way_withholds_everything() -> None:
    found = asked(known(marker=Marker()), Purpose.LEGAL)
    assert (found.ways, found.withheld, found.later) == ((), True, None)
    assert found.words.startswith("Contact safely: do not write, call or visit.")


def test_the_words_of_a_marker_are_made_of_its_ways_and_times_alone() -> None:
    marker = Marker((SafeWay(Channel.EMAIL, "safe@example.org"),), (WORKING_HOURS,))
    words = "Contact safely: only by email: safe@example.org. Only at these times: Monday to Wednesday, 09:00 to 15:00."
    assert safe.words(marker) == words
    assert asked(known(marker=marker, opted_out=frozenset({Purpose.NEWS}), format=Format.BRAILLE)).words == words


def test_the_wished_order_leads_and_what_is_not_wished_is_named_with_its_reason() -> None:
    found = asked(known(order=(Channel.SMS, Channel.EMAIL), refused=frozenset({Channel.VISIT})))
    assert [way.channel for way in found.ways] == [Channel.SMS, Channel.EMAIL]
    why = dict(found.why_not)
    assert why[Channel.VISIT] == "They asked not to be reached this way."
    assert why[Channel.LETTER] == "It is not among the ways that they wish."


def test_a_legal_notice_goes_by_letter_where_every_other_way_is_refused() -> None:
    refused = frozenset(Channel)
    assert [way.channel for way in asked(known(refused=refused), Purpose.LEGAL).ways] == [Channel.LETTER]
    assert asked(known(refused=refused), Purpose.NEWS).ways == ()


def test_letters_go_to_whoever_receives_them_and_a_legal_notice_first_to_the_person() -> None:
    friend = Acting("Bo Friend", Authority.ATTORNEY, frozenset({Scope.LETTERS.value}), date(2026, 1, 1),
                    email="bo@example.org")  # fmt: skip
    assert asked(known(acting=(friend,)), Purpose.NEWS).ways[0].to == "bo@example.org"
    legal = asked(known(acting=(friend,)), Purpose.LEGAL).ways
    assert (legal[0].through, legal[-1].to) == ("person", "bo@example.org")


@pytest.mark.requirement("SEC-14")
def test_an_authority_holds_through_its_last_day_and_a_withdrawn_one_ends_at_once() -> None:
    def ways(at: datetime, **said: object) -> list[str]:
        one = Acting("Bo Friend", Authority.ADVOCATE, frozenset({"surveys"}), date(2026, 1, 1), email="bo@example.org",
                     **said)  # type: ignore[arg-type]  # fmt: skip
        return [way.to for way in asked(known(acting=(one,)), at=at).ways if way.through == "advocate"]

    late = datetime(2026, 6, 3, 23, 59, tzinfo=LONDON)
    assert ways(late, ended_on=date(2026, 6, 3)) == ["bo@example.org"]
    assert ways(late + timedelta(minutes=1), ended_on=date(2026, 6, 3)) == []
    assert ways(NOON, withdrawn_at=NOON) == []


@pytest.mark.requirement("COM-08")
def test_relay_uk_is_dialled_with_its_prefix() -> None:
    way = asked(known(order=(Channel.RELAY,))).ways[0]
    assert way.dial == "18001 01632 960001"


@pytest.mark.requirement("INC-07")
def test_a_child_is_asked_only_with_a_guardian_until_the_sixteenth_birthday() -> None:
    born = date(2010, 6, 4)
    assert asked(known(born_on=born)).ways == ()
    assert "parent or guardian" in asked(known(born_on=born)).words
    assert asked(known(born_on=born, guardian="A parent")).ways
    assert asked(known(born_on=born), at=NOON + timedelta(days=1)).ways


@given(st.sampled_from(list(Frequency)), st.none() | moments, moments)
def test_nobody_hears_more_often_than_they_wish(frequency: Frequency, last: datetime | None, at: datetime) -> None:
    again = reaching.next_due(frequency, last, at)
    assert again >= at
    assert reaching.due(frequency, last, at) == (again == at)
    if last is not None and frequency != Frequency.AS_IT_HAPPENS:
        assert again - last >= timedelta(days=reaching.APART[frequency])
    assert reaching.due(frequency, last, again)


def test_a_topic_is_wanted_by_whoever_chose_it_or_chose_none() -> None:
    assert reaching.wants([], "repairs")
    assert reaching.wants(["repairs"], "repairs")
    assert not reaching.wants(["repairs"], "events")
