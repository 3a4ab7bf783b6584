"""The first page after signing in: everything that waits for somebody, in the order in which it is due."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from hearth.actions.models import Action
from hearth.documents.models import FormatRequest
from hearth.landlords.models import Post
from hearth.reviews.models import Review
from tests.factories import people, reviews
from tests.factories.pages import text_of
from tests.rooms.reviews.signing import approved, director, submitted


@pytest.fixture
def officer(user_with: Callable[..., Any]) -> Any:
    return user_with(roles=["housing_policy_officer"], posts=["Policy Officer"], name="Olu Adair")


@pytest.fixture
def lawyer(user_with: Callable[..., Any]) -> Any:
    return user_with(roles=["legal"], posts=["Head of Legal Services"], name="Lea Crane")


@pytest.fixture
def review(officer: Any) -> Any:
    return reviews.drafting(people.actor(officer), form=reviews.store_form())


def action(post: str, text: str, due: Any) -> Action:
    held = Post.objects.get(title=post)
    return Action.objects.create(
        source_kind="test", source_title="Pets in flats", text=text, officer=held, due_on=due, officer_title=post
    )


@pytest.mark.requirement("SYS-08")
def test_work_of_all_rooms_stands_in_the_order_in_which_it_is_due(
    officer: Any, review: Any, client_as: Any, inside: Any
) -> None:
    today = timezone.localdate()
    action("Policy Officer", "Ask tenants again", today + timedelta(days=20))
    action("Policy Officer", "Print the leaflet", today - timedelta(days=3))
    FormatRequest.objects.create(
        subject_kind="x", subject_id=1, subject_title="Pets in flats", subject_version="d", format="braille",
        name="Ann", contact="ann@example.org", asked_on=today, due_on=today + timedelta(days=10),
    )  # fmt: skip
    due = reviews.drafting(people.actor(officer), title="Lettings", form=review.form)
    Review.objects.filter(pk=due.pk).update(
        status="monitoring", approved_on=today, next_review_on=today + timedelta(days=5)
    )
    page = text_of(client_as(officer).page("desk:home"))
    order = ["Print the leaflet", "Comes up for review", "Send Braille", "Ask tenants again", "Go on writing"]
    places = [page.index(words) for words in order]
    assert places == sorted(places)
    assert "Late" in page[places[0] : places[1]]


@pytest.mark.requirement("SYS-08")
def test_who_signs_next_sees_the_review_and_nobody_else_does(
    officer: Any, lawyer: Any, review: Any, client_as: Any, user_with: Any
) -> None:
    boss = director(user_with)
    submitted(review, officer)
    assert f"Sign or return {review.reference}" in text_of(client_as(lawyer).page("desk:home"))
    for somebody in (boss, officer):
        assert review.reference not in text_of(client_as(somebody).page("desk:home"))


def test_a_review_returned_to_its_officer_is_theirs_again(
    officer: Any, lawyer: Any, review: Any, client_as: Any, run_jobs: Any
) -> None:
    submitted(review, officer)
    client_as(lawyer).send("reviews:return", {"text": "Say who was asked."}, pk=review.pk)
    assert f"Returned to you: {review.reference}" in text_of(client_as(officer).page("desk:home"))


def test_an_addendum_waits_for_its_signatory(
    officer: Any, lawyer: Any, review: Any, client_as: Any, user_with: Any
) -> None:
    boss = director(user_with)
    approved(review, officer, lawyer, boss)
    said = {"need": "other", "other": "Leaseholders", "findings": "They agree.", "effect": "Nothing.",
            "ended_on": timezone.localdate()}  # fmt: skip
    assert client_as(officer).send("reviews:addendum", said, pk=review.pk).status_code == 302
    assert "Sign Addendum 1" in text_of(client_as(lawyer).page("desk:home"))
    assert "Sign Addendum 1" not in text_of(client_as(boss).page("desk:home"))


def test_settings_that_nobody_confirmed_wait_for_the_administrator(user_with: Any, client_as: Any) -> None:
    assert "settings that nobody has looked at" in text_of(
        client_as(user_with(roles=["administrator"])).page("desk:home")
    )


def test_whoever_has_nothing_to_do_is_told_so(user_with: Any, client_as: Any) -> None:
    assert "Nothing waits for you today" in text_of(client_as(user_with(roles=["councillor"])).page("desk:home"))


def test_signing_in_is_asked_of_a_visitor(client_as: Any) -> None:
    assert client_as().page("desk:home").status_code == 302


def test_my_work_asks_as_often_for_much_as_for_little(
    officer: Any, lawyer: Any, review: Any, client_as: Any, queries: Any
) -> None:
    action("Policy Officer", "One", timezone.localdate())
    browser = client_as(officer)
    browser.page("desk:home")
    with queries(13):
        browser.page("desk:home")
    for number in range(12):
        action("Policy Officer", f"Action {number}", timezone.localdate())
        reviews.drafting(people.actor(officer), title=f"Review {number}", form=review.form)
    with queries(13):
        browser.page("desk:home")


def test_the_letters_of_a_survey_are_one_duty_and_not_hundreds(user_with: Any, client_as: Any) -> None:
    from hearth.notifications.models import Message

    for number, subject in enumerate(["Tenant survey"] * 6 + ["Your request"]):
        Message.objects.create(key=str(number), channel="letter", to_name="Ann", to_address="1 Mill Lane",
                               subject=subject, body="Dear Ann")  # fmt: skip
    keeper = client_as(user_with(roles=["policy_projects_officer"]))
    page = text_of(keeper.page("desk:home"))
    assert page.count("Tenant survey") == 1
    assert "Print and post 6 letters: Tenant survey" in page
    assert "Print and post: Your request" in page
    assert "Tenant survey" in text_of(keeper.page("/messages/", query={"letters": "letter", "state": "waiting"}))
