"""What is hidden before everybody may read, and what stays with officers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from hearth.reviews.models import Publication
from tests.factories.pages import text_of
from tests.rooms.reviews.signing import approved, director, keeper, submitted

# Invented: 4,233 tenants, of whom some answers count a handful.
PROFILE = {
    "text": "The profile of tenants was taken from the housing system in March 2026.",
    "snapshots": [
        {
            "characteristic": "sexual_orientation",
            "population": "tenants",
            "basis": "first tenant",
            "as_at": "March 2026",
            "source": "Housing system",
            "base": 4233,
            "figures": [
                {"label": "Heterosexual", "count": 3103, "printed": "73.31%"},
                {"label": "Gay or lesbian", "count": 41, "printed": "0.97%"},
                {"label": "Bisexual", "count": 6, "printed": "0.14%"},
                {"label": "Other", "count": 83, "printed": "1.96%"},
                {"label": "Unknown", "count": 1000, "printed": "23.62%", "unknown": True},
            ],
        }
    ],
}
LOOKED = {"looked": ["yes"]}


@pytest.fixture
def boss(user_with: Callable[..., Any]) -> Any:
    return director(user_with)


@pytest.fixture
def clerk(user_with: Callable[..., Any]) -> Any:
    return keeper(user_with)


@pytest.fixture
def signed(review: Any, officer: Any, lawyer: Any, boss: Any) -> Any:
    return approved(review, officer, lawyer, boss, profile=PROFILE)


@pytest.mark.requirement("CAR-48", "PROF-26")
def test_the_public_reads_a_review_without_its_small_numbers_and_officers_see_what_is_hidden(
    signed: Any, clerk: Any, client_as: Any
) -> None:
    browser = client_as(clerk)
    before = text_of(browser.page("reviews:publish", pk=signed.pk))
    hidden = before[before.index("Figures that are hidden") : before.index("As everybody would read it")]
    assert "Bisexual" in hidden
    assert "Fewer people than may be shown" in hidden
    assert browser.send("reviews:publish", LOOKED, pk=signed.pk).status_code == 302
    publication = Publication.objects.get()
    public = text_of(client_as().page("public:review", slug=publication.slug))
    for exact in ("0.14", "3,103", "73.31", "4,233"):
        assert exact not in public
    both = text_of(browser.page("reviews:published", pk=signed.pk))
    assert "0.14%" in both


@pytest.mark.requirement("CAR-48")
def test_what_is_not_approved_is_not_published(review: Any, officer: Any, clerk: Any, client_as: Any) -> None:
    submitted(review, officer)
    browser = client_as(clerk)
    assert "Only an approved review" in text_of(browser.page("reviews:publish", pk=review.pk))
    refused = browser.send("reviews:publish", LOOKED, pk=review.pk)
    assert refused.status_code == 422
    assert not Publication.objects.exists()


def test_only_who_publishes_may_publish(signed: Any, officer: Any, lawyer: Any, client_as: Any) -> None:
    for somebody in (officer, lawyer):
        assert client_as(somebody).send("reviews:publish", LOOKED, pk=signed.pk).status_code == 403
    assert not Publication.objects.exists()


def test_a_publication_is_taken_back_with_a_reason_and_stays_on_record(signed: Any, clerk: Any, client_as: Any) -> None:
    browser = client_as(clerk)
    browser.send("reviews:publish", LOOKED, pk=signed.pk)
    slug = Publication.objects.get().slug
    assert browser.send("reviews:withdraw", {"why": "No."}, pk=signed.pk).status_code == 422
    assert client_as().page("public:review", slug=slug).status_code == 200
    assert browser.send("reviews:withdraw", {"why": "A name stood in it."}, pk=signed.pk).status_code == 302
    assert client_as().page("public:review", slug=slug).status_code == 404
    assert "A name stood in it." in text_of(browser.page("reviews:published", pk=signed.pk))
    assert browser.send("reviews:withdraw", {"why": "A name stood in it."}, pk=signed.pk).status_code == 422


def test_publishing_again_takes_the_place_of_the_page(signed: Any, clerk: Any, client_as: Any) -> None:
    browser = client_as(clerk)
    for _ in range(2):
        assert browser.send("reviews:publish", LOOKED, pk=signed.pk).status_code == 302
    first, second = Publication.objects.order_by("number")
    assert first.withdrawn_at is not None
    assert second.withdrawn_at is None
    assert first.slug == second.slug
    assert client_as().page("public:review", slug=second.slug).status_code == 200
