"""Roles are held from a day and until a day; an invitation is good for a week."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.accounts import rules
from hearth.accounts.rules import Role
from hearth.kernel.refusals import Refused

DAYS = st.dates(date(2000, 1, 1), date(2050, 1, 1))
SENT = datetime(2026, 4, 1, 9, 30)  # noqa: DTZ001 - the rule compares, it does not convert


def test_the_first_and_the_last_day_of_a_role_count():
    first, last = date(2026, 4, 1), date(2026, 4, 30)
    assert rules.held(first, last, first)
    assert rules.held(first, last, last)
    assert not rules.held(first, last, date(2026, 3, 31))
    assert not rules.held(first, last, date(2026, 5, 1))


@given(first=DAYS, day=DAYS)
def test_a_role_without_a_last_day_is_held_from_its_first_day_for_ever(first, day):
    assert rules.held(first, None, day) == (day >= first)


def test_roles_together_allow_what_each_allows_and_unknown_roles_nothing():
    known = {"a": Role("a", "A", frozenset({"x", "y"})), "b": Role("b", "B", frozenset({"y", "z"}))}
    assert rules.permissions_of(["a", "b"], known) == {"x", "y", "z"}
    assert rules.permissions_of(["a", "gone"], known) == {"x", "y"}
    assert rules.permissions_of([], known) == frozenset()


@given(late=st.timedeltas(timedelta(0), timedelta(days=30)))
def test_an_invitation_is_good_for_a_week_and_no_longer(late):
    if late <= timedelta(days=7):
        rules.check_invitation(sent_at=SENT, used=False, now=SENT + late)
    else:
        with pytest.raises(Refused, match="has run out"):
            rules.check_invitation(sent_at=SENT, used=False, now=SENT + late)


def test_an_invitation_is_good_once():
    with pytest.raises(Refused, match="has been used"):
        rules.check_invitation(sent_at=SENT, used=True, now=SENT)


def test_the_letter_says_who_invites_where_to_go_and_how_long_it_is_good():
    subject, text = rules.invitation_letter(
        name="Nadia", landlord="Thornbridge", by="Alex", address="https://example.org/x/", email="n@example.org"
    )
    assert subject == "Set up your account at Thornbridge"
    for words in ("Dear Nadia", "Alex has opened", "https://example.org/x/", "within 7 days", "n@example.org"):
        assert words in text
