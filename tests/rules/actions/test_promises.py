"""When a promise is due, late or long without news, and what it takes to end it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.actions import rules
from hearth.actions.rules import FINISHED, MOVES, Status
from hearth.kernel.choices import check_move, steps_between
from hearth.kernel.refusals import Refused

DAYS = st.dates(date(2015, 1, 1), date(2040, 12, 31))
ON = date(2026, 6, 1)


def shown(status: Status, due_on: date | None, news_on: date, on: date = ON) -> rules.Shown:
    return rules.shown(status=status, due_on=due_on, news_on=news_on, on=on, quiet_days=90)


@pytest.mark.parametrize(
    ("printed", "last"),
    [
        ("October/November 2023", date(2023, 11, 30)),
        ("2024 (Action in Year 2 of the Strategy)", date(2024, 12, 31)),
        ("31 March 2027", date(2027, 3, 31)),
        ("Ongoing", None),
        ("", None),
    ],
)
def test_the_last_day_of_what_was_printed_counts(printed: str, last: date | None) -> None:
    found = rules.due(printed)
    assert (found.printed, found.due_on) == (printed, last)


@given(due_on=DAYS, on=DAYS, status=st.sampled_from(list(Status)))
def test_an_action_is_late_from_the_day_after_its_last_day_until_it_is_finished(
    due_on: date, on: date, status: Status
) -> None:
    assert rules.is_late(status, due_on, on) == (on > due_on and status not in FINISHED)


def test_after_ninety_days_without_news_an_action_turns_amber_and_says_so() -> None:
    day_before = shown(Status.IN_PROGRESS, None, ON - timedelta(days=89))
    that_day = shown(Status.IN_PROGRESS, None, ON - timedelta(days=90))
    assert (day_before.text, day_before.quiet) == ("In progress", False)
    assert (that_day.text, that_day.colour, that_day.quiet) == ("No update for 90 days", "orange", True)


def test_what_is_late_is_red_even_if_something_was_heard_today() -> None:
    found = shown(Status.IN_PROGRESS, ON - timedelta(days=1), ON)
    assert (found.text, found.colour) == ("Overdue", "red")


@given(status=st.sampled_from(sorted(FINISHED)), due_on=DAYS, news_on=DAYS, on=DAYS)
def test_what_is_finished_is_neither_late_nor_quiet(status: Status, due_on: date, news_on: date, on: date) -> None:
    found = shown(status, due_on, news_on, on)
    assert not found.late
    assert not found.quiet


def test_every_unfinished_state_has_a_way_to_completion_and_no_finished_one_has_a_way_on() -> None:
    for status in Status:
        if status in FINISHED:
            assert not MOVES.get(status)
        else:
            assert steps_between(MOVES, status, Status.COMPLETE)


def test_what_was_never_started_cannot_be_complete() -> None:
    with pytest.raises(Refused, match="First it must be in progress"):
        check_move(MOVES, Status.NOT_STARTED, Status.COMPLETE, what="action")


@pytest.mark.parametrize(("evidence", "reached", "field"), [("", "yes", "evidence"), ("Page 3", "", "outcome_reached")])
def test_completion_needs_evidence_and_a_word_on_the_outcome(evidence: str, reached: str, field: str) -> None:
    with pytest.raises(Refused) as refused:
        rules.check_evidence(evidence=evidence, outcome_reached=reached)
    assert refused.value.field == field


def test_a_new_date_is_another_one_and_not_past() -> None:
    rules.check_new_date(before=ON, after=ON + timedelta(days=1), on=ON)
    for before, after in ((ON, ON), (None, ON - timedelta(days=1))):
        with pytest.raises(Refused):
            rules.check_new_date(before=before, after=after, on=ON)


def test_what_an_action_lacks_is_named() -> None:
    assert rules.missing(officer=" ", outcome="", monitoring="Yearly") == ("no owner", "no outcome")
    assert rules.missing(officer="Housing Manager", outcome="Known", monitoring="Yearly") == ()


def test_letters_name_the_action_its_day_and_who_answers_for_it() -> None:
    subject, body = rules.letter(
        "overdue", name="Ann", text="Ask tenants", source="A review", due_on=ON, officer="Housing Manager"
    )
    assert "1 June 2026" in subject
    assert "Ask tenants" in body
    assert "Housing Manager answers for it" in body
    subject, body = rules.letter("reminder", name="Ann", text="Ask", source="A review", due_on=ON, officer="")
    assert subject == "An action is due by 1 June 2026"
