"""The life of a governed document, when it is reviewed, and when a law or an aim applies."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.kernel.choices import check_move, steps_between
from hearth.kernel.days import add_months
from hearth.kernel.refusals import Refused
from hearth.policies import rules
from hearth.policies.rules import MOVES, Reason, Status

DAYS = st.dates(date(2000, 1, 1), date(2050, 12, 31))
MAYBE = st.none() | DAYS


def test_a_draft_becomes_approved_only_through_all_the_steps_between_which_the_refusal_names() -> None:
    with pytest.raises(Refused) as refused:
        check_move(MOVES, Status.DRAFT, Status.APPROVED, what="document")
    for step in ("internal consultation", "external consultation", "revised", "submitted"):
        assert step in str(refused.value)


def test_every_document_can_be_published_unless_it_has_ended() -> None:
    for status in Status:
        way = steps_between(MOVES, status, Status.PUBLISHED)
        assert (way is None) == (status in rules.ENDED)


@given(approved_on=DAYS, months=st.integers(1, 60), ends_on=MAYBE)
def test_a_review_is_never_planned_later_than_the_policy_or_the_term_allows(
    approved_on: date, months: int, ends_on: date | None
) -> None:
    found = rules.review_due(approved_on=approved_on, months=months, ends_on=ends_on)
    assert found <= add_months(approved_on, months)
    assert ends_on is None or found <= ends_on
    assert found in (add_months(approved_on, months), ends_on)


def test_a_document_approved_in_january_2023_is_reviewed_by_the_same_day_in_2026() -> None:
    assert rules.review_due(approved_on=date(2023, 1, 15), months=36, ends_on=None) == date(2026, 1, 15)


def test_a_review_starts_early_for_one_of_four_reasons_only() -> None:
    due, before = date(2026, 1, 15), date(2025, 6, 1)
    for reason in Reason:
        rules.check_review_reason(reason=reason.value, review_on=due, on=before)
    for reason in ("", "due", "because"):
        with pytest.raises(Refused):
            rules.check_review_reason(reason=reason, review_on=due, on=before)
    rules.check_review_reason(reason="due", review_on=due, on=due)


@given(st.integers(0, 999), st.integers(0, 999))
def test_versions_count_up(major: int, minor: int) -> None:
    assert rules.next_minor(f"{major}.{minor}") == f"{major}.{minor + 1}"
    assert rules.next_major(f"{major}.{minor}") == f"{major + 1}.0"


def test_a_version_that_is_no_number_is_refused() -> None:
    with pytest.raises(Refused):
        rules.next_minor("final")


@given(from_on=MAYBE, to_on=MAYBE, on=DAYS, replaced=st.booleans())
def test_a_law_applies_from_its_first_day_to_its_last_and_both_count(
    from_on: date | None, to_on: date | None, on: date, replaced: bool
) -> None:
    found = rules.standing(draft=False, from_on=from_on, to_on=to_on, replaced=replaced, on=on)
    assert found.applies == ((from_on is None or from_on <= on) and (to_on is None or on <= to_on))


def test_a_draft_never_applies_and_a_replaced_law_is_called_superseded() -> None:
    assert not rules.standing(draft=True, from_on=None, to_on=None, replaced=False, on=date(2026, 1, 1)).applies
    old = rules.standing(draft=False, from_on=None, to_on=date(2024, 3, 31), replaced=True, on=date(2024, 4, 1))
    assert old.text == "Superseded"


@given(first=DAYS, length=st.integers(0, 3000), plan_first=DAYS, plan_length=st.integers(0, 3000))
def test_an_aim_is_out_of_time_exactly_when_no_day_of_its_plan_is_a_day_of_the_document(
    first: date, length: int, plan_first: date, plan_length: int
) -> None:
    last, plan_last = first + timedelta(days=length), plan_first + timedelta(days=plan_length)
    shared = max(first, plan_first) <= min(last, plan_last)
    assert rules.outside(plan=(plan_first, plan_last), document=(first, last)) == (not shared)


def test_a_document_without_a_term_is_in_time_for_every_aim() -> None:
    assert not rules.outside(plan=(date(2000, 1, 1), date(2001, 1, 1)), document=(None, None))


@pytest.mark.parametrize("status", sorted(rules.ASKED))
def test_a_step_that_rests_on_a_record_is_refused_without_one(status: Status) -> None:
    with pytest.raises(Refused) as refused:
        rules.check_text("ok", status)
    assert refused.value.field == "text"
