"""When an answer is due, what an objection stops, and what a copy may hold."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.kernel.days import Calendar, add_months
from hearth.kernel.refusals import Refused
from hearth.register.rules import rights
from hearth.register.rules.kinds import NOT_OPTIONAL, Asks, Purpose, RequestState
from hearth.register.rules.rights import Decision, Item, Said

DAYS = st.dates(date(2018, 5, 25), date(2050, 12, 31))


def test_an_answer_is_due_on_the_same_day_of_the_next_month():
    assert rights.due_on(from_on=date(2026, 9, 3), months=1, calendar=Calendar()) == date(
        2026, 10, 5
    )  # after a Saturday
    assert rights.due_on(from_on=date(2026, 3, 3), months=1, calendar=Calendar()) == date(2026, 4, 7)  # after Easter
    assert rights.due_on(from_on=date(2026, 6, 3), months=1, calendar=Calendar()) == date(2026, 7, 3)


def test_a_month_that_is_shorter_ends_on_its_last_day():
    assert rights.due_on(from_on=date(2028, 1, 31), months=1, calendar=Calendar()) == date(2028, 2, 29)


@given(DAYS, st.integers(1, 3))
def test_an_answer_is_due_on_a_working_day_at_or_just_after_the_months_end(received, months):
    calendar = Calendar()
    due = rights.due_on(from_on=received, months=months, calendar=calendar)
    plain = add_months(received, months)
    assert due >= plain
    assert calendar.is_working(due)
    assert not any(calendar.is_working(plain + timedelta(days=n)) for n in range((due - plain).days))


def test_every_state_of_a_request_can_be_left_or_is_an_end():
    ends = set(RequestState) - set(rights.REQUEST_MOVES)
    assert ends == {*rights.ANSWERED, RequestState.WITHDRAWN}
    assert set(rights.OPEN) == set(rights.REQUEST_MOVES)


def test_nothing_is_granted_before_it_was_worked_on():
    with pytest.raises(Refused, match="First it must be being worked on"):
        rights.check_request_move(RequestState.RECEIVED, RequestState.GRANTED)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"extended": True}, "extended already"),
        ({"on": date(2026, 7, 4)}, "was due on 3 July 2026"),
        ({"reason": "busy"}, "why more time"),
        ({"state": RequestState.GRANTED}, "no longer matters"),
    ],
)
def test_an_answer_is_put_off_once_in_time_and_with_a_reason(said, words):
    right = {
        "state": RequestState.WORKING, "extended": False, "due": date(2026, 7, 3), "on": date(2026, 7, 1),
        "reason": "Eleven requests about four homes",
    }  # fmt: skip
    rights.check_extension(**right)
    with pytest.raises(Refused, match=words):
        rights.check_extension(**{**right, **said})


def test_a_restriction_stops_all_that_is_optional_and_nothing_that_must_be_said():
    stopped = rights.purposes_that_stop(Asks.RESTRICTION, [])
    assert set(stopped) == set(Purpose) - NOT_OPTIONAL


@pytest.mark.parametrize("purpose", sorted(NOT_OPTIONAL))
def test_a_service_notice_cannot_be_objected_to(purpose):
    with pytest.raises(Refused, match="cannot be stopped"):
        rights.purposes_that_stop(Asks.OBJECTION, [Purpose.NEWS, purpose])


def test_an_erasure_that_is_refused_names_its_legal_exception():
    words = {"asks": Asks.ERASURE, "answer": "We must keep this.", "state": RequestState.REFUSED}
    with pytest.raises(Refused, match="legal exception"):
        rights.check_answer(**words, exception="")
    rights.check_answer(**words, exception="claims")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"lives_here": True}, "the record is needed"),
        ({"held": ["Claim about disrepair"]}, "Claim about disrepair"),
        ({"already": True}, "already"),
    ],
)
def test_who_lives_here_or_is_under_hold_is_not_made_anonymous(said, words):
    rights.check_erasable(lives_here=False, held=[], already=False)
    with pytest.raises(Refused, match=words):
        rights.check_erasable(**{"lives_here": False, "held": [], "already": False, **said})


SURE = Item("register.need:1", "Need", (Said("What", "A ramp"),))
SEALED = Item("register.safecontact:2", "Safe contact", (Said("Channels", "phone"),), doubt=rights.SEALED)
MIXED = Item(
    "register.contactlog:3",
    "Contact",
    (Said("At", "today"),),
    part=(Said("Note", "Ivy rang"),),
    part_doubt=rights.OTHERS,
)
ALL = [SURE, SEALED, MIXED]


def texts(items):
    return {said.text for item in items for said in item.fields}


@pytest.mark.requirement("SEC-05")
def test_what_is_in_doubt_stays_out_of_the_copy_until_it_was_decided_to_give_it():
    assert texts(rights.given(ALL, [])) == {"A ramp", "today"}
    decided = [Decision(SEALED.key, True), Decision(f"{MIXED.key}+", False, "Speaks of a neighbour")]
    assert texts(rights.given(ALL, decided)) == {"A ramp", "today", "phone"}
    assert rights.kept_back(ALL, decided) == [("Contact", 1, "Speaks of a neighbour")]


def test_no_copy_is_made_before_every_doubt_is_decided_with_a_reason():
    with pytest.raises(Refused, match="2 parts are still to be reviewed"):
        rights.check_reviewed(ALL, [])
    with pytest.raises(Refused, match="1 part is still"):
        rights.check_reviewed(ALL, [Decision(SEALED.key, True)])
    with pytest.raises(Refused, match="Say why"):
        rights.check_reviewed(ALL, [Decision(SEALED.key, False), Decision(f"{MIXED.key}+", True)])
    rights.check_reviewed(ALL, [Decision(SEALED.key, False, "Would harm them"), Decision(f"{MIXED.key}+", True)])


@given(st.lists(st.booleans(), min_size=3, max_size=3))
def test_each_part_in_doubt_is_either_given_or_named_as_left_out(choices):
    keys = [key for item in ALL for key in item.doubts()]
    decided = [Decision(key, give, "because of it") for key, give in zip(keys, choices, strict=False)]
    left = sum(count for _, count, _ in rights.kept_back(ALL, decided))
    assert left == sum(not one.give for one in decided)
    assert len(texts(rights.given(ALL, decided))) == 2 + sum(one.give for one in decided)
