"""What was typed into a form after the session had ended is there again after signing in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from hearth.reviews.models import Part
from hearth.ui import unsaved
from tests.factories import people, reviews
from tests.factories.pages import text_of

TYPED = "Two pages of thoughts about hedges & <fences>."


@pytest.fixture
def officer(user_with: Callable[..., Any]) -> Any:
    return user_with(roles=["housing_policy_officer"])


@pytest.fixture
def review(officer: Any) -> Any:
    return reviews.drafting(people.actor(officer), form=reviews.store_form())


def test_typed_words_come_back_with_a_notice_and_can_be_saved(review: Any, officer: Any, client_as: Any) -> None:
    browser = client_as()
    said = {"text": TYPED, "seen": "0"}
    sent_on = browser.send("reviews:part", said, pk=review.pk, key="comments")
    assert sent_on.status_code == 302
    assert "next=" in sent_on["Location"]
    assert not Part.objects.filter(review=review, key="comments").exists()
    browser.force_login(officer)
    page = browser.page("reviews:part", pk=review.pk, key="comments")
    html = page.content.decode()
    assert "Two pages of thoughts about hedges &amp; &lt;fences&gt;." in html
    assert unsaved.NOTICE in html
    assert "There is a problem" not in html
    assert browser.send("reviews:part", said, pk=review.pk, key="comments").status_code == 302
    assert Part.objects.get(review=review, key="comments").value["text"] == TYPED
    assert unsaved.NOTICE not in browser.page("reviews:part", pk=review.pk, key="comments").content.decode()


def test_a_generic_form_brings_typed_words_back_too(review: Any, officer: Any, client_as: Any) -> None:
    browser = client_as()
    browser.send("reviews:due", {"reason": TYPED}, pk=review.pk)
    browser.force_login(officer)
    other = browser.page("reviews:reopen", pk=review.pk).content.decode()
    assert unsaved.NOTICE not in other
    assert (
        TYPED.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        in browser.page("reviews:due", pk=review.pk).content.decode()
    )


def test_passwords_are_never_kept(client_as: Any, review: Any) -> None:
    browser = client_as()
    browser.send("reviews:due", {"reason": "Words", "password": "secret words", "new_password1": "x"}, pk=review.pk)
    kept = browser.session[unsaved.KEY]
    assert kept["answers"] == {"reason": ["Words"]}


def test_what_is_too_old_is_forgotten(review: Any, officer: Any, client_as: Any) -> None:
    browser = client_as()
    browser.send("reviews:due", {"reason": TYPED}, pk=review.pk)
    session = browser.session
    session[unsaved.KEY] = {**session[unsaved.KEY], "at": 0}
    session.save()
    browser.force_login(officer)
    page = browser.page("reviews:due", pk=review.pk)
    assert unsaved.NOTICE not in text_of(page)
    assert "hedges" not in page.content.decode()
