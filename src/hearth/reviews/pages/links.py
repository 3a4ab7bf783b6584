"""Where the pages of a review are."""

from __future__ import annotations

from django.urls import reverse

from hearth.reviews.models import Review
from hearth.reviews.rules.form import Form

Crumbs = list[dict[str, str]]


def review_url(review: Review, page: str = "review", **more: str | int) -> str:
    """The address of one of a review's pages."""
    return reverse(f"reviews:{page}", kwargs={"pk": review.pk, **more})


def part_url(review: Review, key: str, form: Form) -> str:
    """The page on which a part is written; the matrix has an overview of its own, and an unknown part the task list."""
    if key == "impacts":
        return review_url(review, "matrix")
    known = key in ("details", "duty") or form.question_for(key) is not None
    return review_url(review, "part", key=key) if known else review_url(review)


def breadcrumbs(review: Review | None = None) -> Crumbs:
    """The way back: all reviews, then this one."""
    found = [{"text": "Reviews", "href": reverse("reviews:reviews")}]
    if review is not None:
        found.append({"text": review.reference, "href": review_url(review)})
    return found
