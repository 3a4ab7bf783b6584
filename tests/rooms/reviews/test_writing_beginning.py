"""Beginning a review and screening it (CAR-04), and the overview of all (CAR-50)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from hearth.reviews import queries
from hearth.reviews.models import Review
from tests.factories import people, reviews
from tests.rooms.reviews.conftest import said


def answers(form: Any, *, adverse: str = "no", aims: tuple[str, ...] = (), resources: str = "no") -> dict[str, Any]:
    """A screening, as its page sends it."""
    found: dict[str, Any] = {"aims": list(aims)}
    for question in form.screening:
        if question.kind == "choice":
            found[question.code] = question.choices[0].code
        elif question.kind == "yes_no":
            found[question.code] = resources if question.code == "resources" else "no"
        elif question.kind == "per_characteristic":
            found |= {f"{question.code}-{c.code}": adverse for c in form.characteristics}
    return found


def test_a_review_is_begun_and_goes_on_to_its_screening(dartford: Any, desk: Any) -> None:
    page = desk.send("reviews:begin", {"title": "Lettings", "activity": "new"}, follow=True)
    assert "Screening" in said(page)
    assert 'value="new" checked' in page.content.decode()
    review = Review.objects.get()
    assert (review.title, review.status) == ("Lettings", "screening")
    assert desk.page("reviews:part", pk=review.pk, key="aims").status_code == 200  # to read; nothing can be saved yet
    assert desk.send("reviews:part", {"seen": "0", "text": "x"}, pk=review.pk, key="aims").status_code == 422


def test_without_a_form_nothing_is_begun_and_the_page_says_who_can_help(inside: Any, desk: Any) -> None:
    page = desk.send("reviews:begin", {"title": "Lettings", "activity": "new"})
    assert page.status_code == 422
    assert "Ask your administrator" in said(page)
    assert "Lettings" in page.content.decode()


@pytest.mark.requirement("CAR-04")
def test_a_screening_with_relevant_aims_opens_the_full_assessment_with_them(
    each_form: Any, desk: Any, officer: Any
) -> None:
    review = reviews.begun(people.actor(officer), form=each_form)
    form = queries.form_of(review)
    page = desk.page("reviews:screening", pk=review.pk)
    assert "A default, not this council's own" in said(page)
    sent = answers(form, adverse="unknown", aims=("a", "b"))
    result = desk.send("reviews:screening", sent, pk=review.pk, follow=True)
    assert "A full assessment is needed. An aim of the duty is relevant" in said(result)
    review.refresh_from_db()
    assert review.status == "drafting"
    duty = desk.page("reviews:part", pk=review.pk, key="duty").content.decode()
    assert [letter for letter in "abc" if f'value="{letter}" checked' in duty] == ["a", "b"]
    row = said(desk.page("reviews:part", pk=review.pk, key="impacts.age"))
    assert row.count("Relevant by the screening") == 4  # two aims, at the positive and at the negative impact


def test_a_screening_that_is_not_finished_names_what_is_missing_and_keeps_the_rest(
    dartford: Any, desk: Any, officer: Any
) -> None:
    review = reviews.begun(people.actor(officer))
    sent = answers(queries.form_of(review), aims=("a",))
    del sent["adverse-race"]
    page = desk.send("reviews:screening", {**sent, "use": "Everybody uses it"}, pk=review.pk)
    assert page.status_code == 422
    assert "Say for Race whether an adverse impact is likely" in said(page)
    assert "Everybody uses it" in page.content.decode()
    review.refresh_from_db()
    assert review.screening == {}


@pytest.mark.requirement("CAR-04")
def test_without_screening_a_full_assessment_needs_a_reason(dartford: Any, desk: Any, officer: Any) -> None:
    review = reviews.begun(people.actor(officer))
    page = desk.send("reviews:skip_screening", {"reason": "Because."}, pk=review.pk)
    assert page.status_code == 422
    assert "Say why there is no screening" in said(page)
    review.refresh_from_db()
    assert review.status == "screening"
    reason = "The cabinet has asked for a full assessment."
    desk.send("reviews:skip_screening", {"reason": reason}, pk=review.pk)
    review.refresh_from_db()
    assert review.status == "drafting"
    assert reason in said(desk.page("reviews:screening_result", pk=review.pk))


def test_leaving_the_assessment_out_is_agreed_by_somebody_else_with_a_reason(
    dartford: Any, desk: Any, officer: Any, lawyer: Any, client_as: Any
) -> None:
    review = reviews.begun(people.actor(officer))
    result = desk.send("reviews:screening", answers(queries.form_of(review)), pk=review.pk, follow=True)
    assert "No aim of the duty is relevant" in said(result)
    assert desk.page("reviews:not_required", pk=review.pk).status_code == 403
    other = client_as(lawyer)
    assert other.send("reviews:not_required", {"reason": "Too short"}, pk=review.pk).status_code == 422
    reason = "The change is of the colour of a form and touches nobody."
    page = other.send("reviews:not_required", {"reason": reason}, pk=review.pk, follow=True)
    assert reason in said(page)
    review.refresh_from_db()
    assert review.status == "not_required"


def made(officer: Any, **said: Any) -> Any:
    """A review straight into the register."""
    form = queries.form_on(timezone.localdate())
    return Review.objects.create(**{"form": form, "officer": officer, **said})


@pytest.mark.requirement("CAR-50")
def test_the_overview_shows_state_approver_actions_next_review_and_what_is_late(
    dartford: Any, desk: Any, officer: Any
) -> None:
    from hearth.actions.models import Action
    from hearth.reviews.models import SignOff

    today = timezone.localdate()
    old = made(officer, reference="CAR-2022-0001", title="Tenancy policy", status="monitoring",
               approved_on=date(2022, 10, 3), next_review_on=today - timedelta(days=1))  # fmt: skip
    SignOff.objects.create(review=old, position=2, post_title="Director of Housing", name="Dee", verb="Reviewed by")
    for n, due in enumerate((today - timedelta(days=9), today + timedelta(days=9), None)):
        Action.objects.create(source_kind="reviews.review", source_id=old.pk, source_key=str(n), text="Act", due_on=due)
    made(officer, reference="CAR-2026-0001", title="Abuse policy", status="submitted",
         route=["Head of Legal Services", "Director of Housing"])  # fmt: skip
    words = said(desk.page("reviews:reviews"))
    assert "Tenancy policy CAR-2022-0001 Monitoring Olu Adair Director of Housing Dee 3" in words
    assert "1 late action, review overdue" in words
    assert "Abuse policy CAR-2026-0001 With Legal Services Olu Adair Head of Legal Services Signs next 0" in words
    assert "Monitoring 0 0 1" in words  # the table beside the picture
    found = said(desk.page("reviews:reviews", query={"words": "abuse"}))
    assert "1 review" in found
    assert "Tenancy policy" not in found
    found = said(desk.page("reviews:reviews", query={"status": "monitoring"}))
    assert "Abuse policy" not in found


def test_the_overview_asks_the_database_as_often_for_ten_thousand_as_for_few(
    dartford: Any, desk: Any, officer: Any, queries_of: Any
) -> None:
    for n in range(30):
        made(officer, reference=f"CAR-2024-{n:04}", title=f"Policy {n}", status="drafting")
    desk.page("reviews:reviews")  # what is drawn once is kept
    few = queries_of(lambda: desk.page("reviews:reviews"))
    form = queries.form_on(timezone.localdate())
    Review.objects.bulk_create(
        Review(form=form, officer=officer, reference=f"CAR-2025-{n:05}", title=f"Policy {n}", status="drafting")
        for n in range(10_000)
    )
    desk.page("reviews:reviews")
    many = queries_of(lambda: desk.page("reviews:reviews"))
    assert few == many
    assert many <= 13
