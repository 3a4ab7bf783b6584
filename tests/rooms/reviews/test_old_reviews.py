"""Reviews that were signed before Hearth: the three real documents, with their actions and their oddities."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from hearth.actions.models import Action
from hearth.kernel.refusals import Refused
from hearth.reviews import queries, services
from hearth.reviews.models import Review
from tests.factories import people


@pytest.fixture
def taken_in(shared: Path, dartford: Any, officer: Any) -> Callable[[str], Review]:
    """A seed, read and recorded as signed before Hearth."""
    by = people.actor(officer)

    def take(number: str) -> Review:
        path = next((shared / "seeds").glob(f"{number}_*.txt"))
        review = services.take_in(name=path.name, body=path.read_bytes(), at=timezone.now(), by=by)
        return services.as_history(review=review, by=by)

    return take


def promised(review: Review) -> list[tuple[date | None, str]]:
    return [
        (action.due_on, action.officer_title)
        for action in Action.objects.filter(source_id=review.pk, kind="information").order_by("id")
    ]


@pytest.mark.requirement("ACT-05", "CAR-31", "CAR-40")
def test_the_actions_of_the_three_reviews_are_tracked_as_printed(taken_in: Any, user_with: Any) -> None:
    policy = "Housing Policy & Performance Officer"
    assert promised(taken_in("000")) == [(date(2024, 12, 31), "Resident Involvement Officer")]
    assert promised(taken_in("001")) == [(date(2023, 11, 30), policy)] * 3 + [(date(2024, 1, 31), policy)]
    latest = taken_in("002")
    assert promised(latest) == [], "it was approved out of order, so nothing follows from it yet"
    approver = user_with(roles=["director"], name="Ana Price", posts=["Deputy Chief Executive"])
    services.confirm_again(review=latest, on=date(2026, 11, 22), by=people.actor(approver))
    assert promised(latest) == [(date(2026, 5, 31), policy)]


@pytest.mark.requirement("CAR-33", "CAR-34")
def test_an_approval_before_legal_review_is_flagged_and_does_not_count(taken_in: Any) -> None:
    review = taken_in("002")
    words = [one["words"] for one in review.exceptions]
    assert "Approved 13 days before legal review." in words
    assert "The name of the person who signed for Deputy Chief Executive is missing." in words
    assert review.status == "legal_reviewed"
    assert review.approved_on is None


def test_only_the_approver_can_confirm_it_and_not_who_took_it_in(taken_in: Any, officer: Any, user_with: Any) -> None:
    review = taken_in("002")
    clerk = user_with(roles=["legal"], name="Ida West", posts=["Committee Clerk"])
    with pytest.raises(Refused, match="Only the holder of the post"):
        services.confirm_again(review=review, on=date(2026, 11, 22), by=people.actor(clerk))


@pytest.mark.requirement("CAR-46")
def test_consultations_that_ended_after_the_approval_ask_for_an_addendum(taken_in: Any) -> None:
    review = taken_in("001")
    assert review.approved_on == date(2023, 10, 13)
    assert "Views from the Housing Advisory Board" in queries.asks_for_addendum(review)


@pytest.mark.requirement("CAR-41")
def test_groups_that_nobody_asked_are_listed(taken_in: Any) -> None:
    findings = queries.findings(taken_in("001"), on=date(2026, 11, 22))
    (found,) = [finding for finding in findings if finding.code == "G01"]
    for group in ("applicants", "homeless applicants", "residents"):
        assert group in found.message.lower()
