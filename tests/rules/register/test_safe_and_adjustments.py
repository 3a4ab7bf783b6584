"""The marker's own rules, authorities, adjustments, bookings, and hours as people type them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.kernel.refusals import Refused
from hearth.register.rules import adjustments, authority, safe
from hearth.register.rules.kinds import Channel, Purpose, Scope
from hearth.register.rules.languages import language_words, read_clock
from hearth.register.rules.safe import Marker, SafeTime, SafeWay

LONDON = ZoneInfo("Europe/London")
TODAY = date(2026, 6, 3)
WAY = {"channel": "email", "to": "safe@example.org"}
HOURS = {"days": ["mon", "wed"], "from": "09:00", "to": "12:30"}

moments = st.datetimes(datetime(2024, 1, 1), datetime(2028, 1, 1), timezones=st.just(LONDON))  # noqa: DTZ001 - bounds
spans = st.builds(
    SafeTime,
    st.frozensets(st.integers(0, 6), min_size=1),
    st.times(max_value=time(11, 59)),
    st.times(min_value=time(12)),
)


def test_a_kept_marker_is_read_back_and_a_way_without_an_address_is_none() -> None:
    found = safe.read_marker(channels=[WAY, {"channel": "sms", "to": " "}], times=[HOURS])
    assert found == Marker(
        (SafeWay(Channel.EMAIL, "safe@example.org"),), (SafeTime(frozenset({0, 2}), time(9), time(12, 30)),)
    )
    assert safe.words(found).endswith("Monday and Wednesday, 09:00 to 12:30.")


def test_what_is_safe_is_kept_in_one_form_and_shown_as_people_write_it() -> None:
    phone = safe.read_point(Channel.SMS, " 07700 900 123 ")
    letter = safe.read_point(Channel.LETTER, "c/o The Centre, 2 Low Road,DA1 9ZZ")
    assert (phone, letter) == ("+447700900123", "c/o The Centre\n2 Low Road\nDA1 9ZZ")
    assert safe.shown(Channel.SMS, phone) == "07700 900123"
    assert safe.shown(Channel.LETTER, letter) == "c/o The Centre, 2 Low Road, DA1 9ZZ"


@given(st.lists(spans, min_size=1, max_size=3).map(tuple), moments)
def test_the_next_safe_moment_is_safe_and_none_before_it_is(times: tuple[SafeTime, ...], at: datetime) -> None:
    marker = Marker((SafeWay(Channel.EMAIL, "a@example.org"),), times)
    found = marker.next_open(at)
    assert found is not None
    assert marker.open_at(found, Channel.EMAIL)
    assert found - at <= timedelta(days=7)
    for minutes in range(1, 8):
        between = at + (found - at) * minutes / 8
        assert between >= found or not marker.open_at(between, Channel.EMAIL)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"channels": [{"channel": "email", "to": " "}]}, "channels"),
        ({"channels": [{"channel": "pigeon", "to": "loft"}]}, "channels"),
        ({"channels": [{"channel": "email", "to": "loft"}]}, "channels"),
        ({"channels": [{"channel": "sms", "to": "soon"}]}, "channels"),
        ({"times": [{**HOURS, "days": []}]}, "times"),
        ({"times": [{**HOURS, "to": "09:00"}]}, "times"),
        ({"review_on": TODAY}, "review_on"),
        ({"review_on": TODAY + timedelta(days=367)}, "review_on"),
    ],
)
def test_an_unclear_marker_is_refused_beside_its_answer(said: dict[str, object], field: str) -> None:
    whole = {"channels": [WAY], "times": [HOURS], "review_on": TODAY + timedelta(days=30)}
    safe.check_marker(**whole, on=TODAY)  # type: ignore[arg-type]
    with pytest.raises(Refused) as refused:
        safe.check_marker(**{**whole, **said}, on=TODAY)  # type: ignore[arg-type]
    assert refused.value.field == field


@given(st.frozensets(st.sampled_from([scope.value for scope in Scope]), min_size=1))
def test_nobody_hears_of_more_than_their_scope(scope: frozenset[str]) -> None:
    all_of_it = bool(scope & {"everything", "letters"})
    assert authority.hears_of(scope, Purpose.NEWS) == all_of_it
    assert authority.hears_of(scope, Purpose.SURVEY) == (all_of_it or "surveys" in scope)
    assert authority.covers(scope, Scope.RENT) == bool(scope & {"everything", "rent"})


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"scope": []}, "scope"),
        ({"evidence": "letter"}, "evidence"),
        ({"ended_on": date(2026, 5, 1)}, "ended_on"),
        ({"started_on": date(2026, 7, 2), "ended_on": date(2026, 7, 1)}, "ended_on"),
    ],
)
def test_an_authority_without_scope_evidence_or_order_is_refused(said: dict[str, object], field: str) -> None:
    whole = {"scope": ["surveys"], "evidence": "Signed letter", "started_on": date(2026, 4, 1), "ended_on": None}
    authority.check_authority(**whole, on=TODAY)  # type: ignore[arg-type]
    with pytest.raises(Refused) as refused:
        authority.check_authority(**{**whole, **said}, on=TODAY)  # type: ignore[arg-type]
    assert refused.value.field == field


@pytest.mark.requirement("PROF-19")
def test_an_adjustment_that_was_not_made_says_why() -> None:
    said = {"used_on": TODAY, "agreed_on": TODAY, "on": TODAY}
    adjustments.check_use(made=True, reason="", **said)
    adjustments.check_use(made=False, reason="The lift was broken", **said)
    with pytest.raises(Refused, match="why the adjustment was not made"):
        adjustments.check_use(made=False, reason="no time", **said)
    with pytest.raises(Refused, match="before the adjustment was agreed"):
        adjustments.check_use(made=True, reason="", **{**said, "used_on": TODAY - timedelta(days=1)})


def test_a_booking_moves_only_forward_and_says_how_it_ended() -> None:
    adjustments.check_booking_move("asked", "confirmed", supplier="Hands Ltd", outcome="")
    with pytest.raises(Refused, match="who supplies"):
        adjustments.check_booking_move("asked", "confirmed", supplier="", outcome="")
    with pytest.raises(Refused, match="how it went"):
        adjustments.check_booking_move("confirmed", "done", supplier="Hands Ltd", outcome=" ")
    with pytest.raises(Refused, match="cannot be changed"):
        adjustments.check_booking_move("done", "confirmed", supplier="Hands Ltd", outcome="")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("9", time(9)), ("9am", time(9)), ("12am", time(0)), ("12 pm", time(12)), ("12:01am", time(0, 1)),
        ("14.15", time(14, 15)), ("2:15 PM", time(14, 15)), ("midday", time(12)), ("00:00", time(0)),
    ],
)  # fmt: skip
def test_hours_are_read_as_people_type_them(typed: str, read: time) -> None:
    assert read_clock(typed) == read


@pytest.mark.parametrize("typed", ["", "nine", "25:00", "13pm", "0am", "9:7", "9:60", "-1", "9:30:00"])
def test_what_is_no_hour_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(Refused, match="9:30am or 14:15"):
        read_clock(typed)


@given(st.times())
def test_every_minute_is_read_back(at: time) -> None:
    minute = at.replace(second=0, microsecond=0)
    assert read_clock(f"{minute:%H:%M}") == minute
    assert read_clock(f"{minute:%I:%M%p}") == minute


def test_a_language_is_called_by_its_name_and_an_unknown_one_by_its_code() -> None:
    assert [language_words(code) for code in ("pl", "pa-IN", "xx")] == ["Polish", "Panjabi", "xx"]
