"""Who signs, and a review that is on its way to them: shared by the tests of signing and publishing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from hearth.reviews import services
from tests.factories import people, reviews

DIRECTOR = "Director of Housing & Public Protection"
KEEPER = "Policy & Projects Officer"


def director(user_with: Callable[..., Any]) -> Any:
    return user_with(roles=["director"], posts=[DIRECTOR], name="Dee Rector", email="director@example.org")


def keeper(user_with: Callable[..., Any]) -> Any:
    return user_with(roles=["policy_projects_officer"], posts=[KEEPER], name="Pip Keeper", email="keeper@example.org")


def submitted(review: Any, officer: Any, **parts: Any) -> Any:
    """The review with every answer given, and handed in."""
    by = people.actor(officer)
    reviews.answer_all(review, by=by)
    for key, value in parts.items():
        reviews.answer(review, key, value, by=by)
    services.submit(review=review, at=timezone.now(), by=by)
    review.refresh_from_db()
    return review


def approved(review: Any, officer: Any, *signers: Any, **parts: Any) -> Any:
    """The review signed by everybody along its route, today."""
    submitted(review, officer, **parts)
    for signer in signers:
        services.sign(review=review, on=timezone.localdate(), at=timezone.now(), by=people.actor(signer))
    review.refresh_from_db()
    return review
