"""Every page of writing opens, on every form, empty and full."""

from __future__ import annotations

from typing import Any

import pytest

from hearth.reviews import queries
from tests.factories import people, reviews
from tests.factories.pages import text_of

PAGES = ("review", "checks", "submit", "preview", "compare", "matrix", "insert_profile", "add_evidence")


@pytest.mark.parametrize("full", [False, True], ids=["empty", "full"])
def test_every_page_of_a_review_opens_on_every_form(any_review: Any, desk: Any, officer: Any, full: bool) -> None:
    if full:
        reviews.answer_all(any_review, by=people.actor(officer))
    for page in PAGES:
        assert desk.page(f"reviews:{page}", pk=any_review.pk).status_code == 200, page
    for key in queries.part_keys(queries.form_of(any_review)):
        opened = desk.page("reviews:part", pk=any_review.pk, key=key)
        assert opened.status_code == 200, key
        assert "Dartford" not in text_of(opened)
