"""Signing in order, returning, dispatch, addenda, and what a changed word does to a signature."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from hearth.actions.models import Action
from hearth.kernel.refusals import Refused
from hearth.policies import queries as policies
from hearth.reviews import queries, services
from hearth.reviews.models import Part, Review, SignOff
from tests.factories import people, reviews
from tests.factories.pages import text_of
from tests.rooms.reviews.signing import approved, director, keeper, submitted


@pytest.fixture
def boss(user_with: Callable[..., Any]) -> Any:
    return director(user_with)


@pytest.fixture
def clerk(user_with: Callable[..., Any]) -> Any:
    return keeper(user_with)


def today() -> dict[str, Any]:
    return {"regard": ["yes"], "on": timezone.localdate()}


@pytest.mark.requirement("CAR-32", "CAR-33", "CAR-39", "CAR-40", "CAR-45")
def test_a_review_is_signed_in_order_approved_sent_on_and_monitored(
    review: Any, officer: Any, lawyer: Any, boss: Any, clerk: Any, client_as: Any, run_jobs: Any
) -> None:
    action = {"need": "Know more", "action": "Ask tenants again", "outcome": "We know", "due": "June 2027",
              "officer": "Policy Officer", "monitoring": "Quarterly"}  # fmt: skip
    submitted(review, officer, information_actions={"rows": [action]})
    run_jobs()
    assert [message.to for message in mail.outbox] == [[f'"{lawyer.name}" <{lawyer.email}>']]

    page = text_of(client_as(lawyer).page("reviews:sign", pk=review.pk))
    for words in (
        "end discrimination",
        "cannot be handed on",
        "You sign as Head of Legal Services",
        "Ask tenants again",
    ):
        assert words in page
    assert client_as(lawyer).send("reviews:sign", today(), pk=review.pk).status_code == 302
    review.refresh_from_db()
    assert review.status == "legal_reviewed"
    run_jobs()
    assert mail.outbox[-1].to == [f'"{boss.name}" <{boss.email}>']

    assert client_as(boss).send("reviews:sign", today(), pk=review.pk).status_code == 302
    review.refresh_from_db()
    assert review.status == "approved"
    assert review.approved_on == timezone.localdate()
    assert Action.objects.filter(source_id=review.pk, text="Ask tenants again").exists()
    run_jobs()
    review.refresh_from_db()
    assert review.status == "monitoring"
    sent = mail.outbox[-1]
    assert sent.to == [f'"{clerk.name}" <{clerk.email}>']
    assert sent.attachments[0][0].endswith(".docx")
    life = text_of(client_as(officer).page("reviews:life", pk=review.pk))
    assert "Head of Legal Services" in life
    assert lawyer.name in life
    assert boss.name in life
    assert "Policy & Projects Officer" in life.replace("&amp;", "&")


@pytest.mark.requirement("CAR-34")
def test_nobody_signs_before_it_is_their_turn(review: Any, officer: Any, boss: Any, client_as: Any) -> None:
    submitted(review, officer)
    page = client_as(boss).page("reviews:sign", pk=review.pk)
    assert "the next signature is that of Head of Legal Services" in text_of(page)
    refused = client_as(boss).send("reviews:sign", today(), pk=review.pk)
    assert refused.status_code == 422
    assert "not this post" in refused.content.decode()
    assert not SignOff.objects.exists()


@pytest.mark.requirement("CAR-35")
def test_who_wrote_a_review_cannot_sign_it_though_they_hold_the_post(
    dartford: Any, user_with: Callable[..., Any], client_as: Any
) -> None:
    both = user_with(roles=["housing_policy_officer", "legal"], posts=["Head of Legal Services"])
    review = reviews.drafting(people.actor(both), form=dartford)
    submitted(review, both)
    refused = client_as(both).send("reviews:sign", today(), pk=review.pk)
    assert refused.status_code == 422
    assert "somebody else must sign it" in refused.content.decode()
    assert not SignOff.objects.exists()


def test_signing_asks_for_due_regard(review: Any, officer: Any, lawyer: Any, client_as: Any) -> None:
    submitted(review, officer)
    refused = client_as(lawyer).send("reviews:sign", {"on": timezone.localdate()}, pk=review.pk)
    assert refused.status_code == 422
    assert "Select that you have read the review" in refused.content.decode()
    assert not SignOff.objects.exists()


@pytest.mark.requirement("CAR-35")
def test_a_signature_is_not_dated_before_the_assessment(review: Any, officer: Any, lawyer: Any, client_as: Any) -> None:
    submitted(review, officer)
    early = {"regard": ["yes"], "on": date(2026, 2, 27)}  # the assessment is of March 2026
    refused = client_as(lawyer).send("reviews:sign", early, pk=review.pk)
    assert refused.status_code == 422
    assert "before the assessment began" in refused.content.decode()


@pytest.mark.requirement("CAR-45")
def test_a_returned_review_goes_back_with_its_comments_and_its_signatures_fall(
    review: Any, officer: Any, lawyer: Any, boss: Any, client_as: Any, run_jobs: Any
) -> None:
    submitted(review, officer)
    client_as(lawyer).send("reviews:sign", today(), pk=review.pk)
    said = {"text": "Say who was asked.", "part": "consultation"}
    assert client_as(boss).send("reviews:return", said, pk=review.pk).status_code == 302
    review.refresh_from_db()
    assert review.status == "returned"
    run_jobs()
    assert "Say who was asked." in mail.outbox[-1].body
    assert officer.email in mail.outbox[-1].to[0]
    services.resume(review=review, by=people.actor(officer))
    life = text_of(client_as(officer).page("reviews:life", pk=review.pk))
    assert "Say who was asked." in life
    assert "No longer stands" in life


@pytest.mark.requirement("SEC-09")
def test_a_word_changed_behind_the_back_of_hearth_makes_the_signature_invalid(
    review: Any, officer: Any, lawyer: Any, client_as: Any
) -> None:
    submitted(review, officer)
    client_as(lawyer).send("reviews:sign", today(), pk=review.pk)
    assert "Valid: the review is as it was signed" in text_of(client_as(officer).page("reviews:life", pk=review.pk))
    Part.objects.filter(review=review, key="aims").update(value={"text": "To cut the service."})
    life = text_of(client_as(officer).page("reviews:life", pk=review.pk))
    assert "No longer valid: the review was changed after it was signed" in life


def test_what_is_dispatched_is_dispatched_once(
    review: Any, officer: Any, lawyer: Any, boss: Any, clerk: Any, run_jobs: Any
) -> None:
    approved(review, officer, lawyer, boss)
    run_jobs()
    run = people.actor(clerk)
    first = services.dispatch(review=review, at=timezone.now(), by=run)
    assert services.dispatch(review=review, at=timezone.now(), by=run) == first
    run_jobs()
    assert len([message for message in mail.outbox if message.attachments]) == 1


def test_where_nobody_keeps_the_register_the_officer_is_told_and_it_can_be_sent_later(
    review: Any, officer: Any, lawyer: Any, boss: Any, user_with: Callable[..., Any], client_as: Any, run_jobs: Any
) -> None:
    approved(review, officer, lawyer, boss)
    run_jobs()
    review.refresh_from_db()
    assert review.status == "approved"
    assert any("could not be sent on" in message.subject for message in mail.outbox)
    clerk = keeper(user_with)
    assert "not yet sent on" in text_of(client_as(clerk).page("desk:home"))
    assert client_as(clerk).send("reviews:dispatch", pk=review.pk).status_code == 302
    review.refresh_from_db()
    assert review.status == "monitoring"


@pytest.mark.requirement("CAR-46")
def test_findings_after_the_approval_are_asked_for_as_an_addendum_that_is_signed_in_order(
    review: Any, officer: Any, lawyer: Any, boss: Any, client_as: Any, run_jobs: Any
) -> None:
    late = (timezone.localdate() + timedelta(days=400)).strftime("%B %Y")
    row = {"need": "What leaseholders think", "action": "Survey", "outcome": "Known", "due": late,
           "officer": "Policy Officer", "monitoring": "Monthly"}  # fmt: skip
    approved(review, officer, lawyer, boss, information_actions={"rows": [row]})
    life = text_of(client_as(officer).page("reviews:life", pk=review.pk))
    assert "What leaseholders think" in life
    assert "Add them as an addendum" in life
    answers = {"need": "What leaseholders think", "findings": "They agree.", "effect": "Nothing, for all agree.",
               "ended_on": timezone.localdate()}  # fmt: skip
    assert client_as(officer).send("reviews:addendum", answers, pk=review.pk).status_code == 302
    assert queries.asks_for_addendum(review) == []
    run_jobs()
    assert any("An addendum" in message.subject and lawyer.email in message.to[0] for message in mail.outbox)
    early = client_as(boss).send("reviews:sign_addendum", today(), pk=review.pk, number=1)
    assert early.status_code == 422
    for signer in (lawyer, boss):
        assert client_as(signer).send("reviews:sign_addendum", today(), pk=review.pk, number=1).status_code == 302
    addendum = review.addenda.get()
    assert addendum.approved_on == timezone.localdate()
    preview = text_of(client_as(officer).page("reviews:preview", pk=review.pk))
    assert "They agree." in preview


@pytest.mark.requirement("CAR-36")
def test_a_committee_gets_the_findings_and_the_file(
    review: Any, officer: Any, lawyer: Any, boss: Any, client_as: Any, inside: Any
) -> None:
    from hearth.landlords.models import Body

    Body.objects.create(name="Cabinet", kind="cabinet")
    approved(review, officer, lawyer, boss, committee={"yes": True, "body": "Cabinet"})
    attachment = policies.report_attachment(review)
    assert attachment is not None
    assert "Positive impact" in attachment.findings
    assert client_as(officer).send("reviews:report", {"format": "docx"}, pk=review.pk).status_code == 302
    attachment.refresh_from_db()
    assert attachment.file is not None
    assert attachment.file.name.endswith(".docx")


@pytest.mark.requirement("CAR-38")
def test_a_review_falls_due_and_its_next_edition_is_linked_to_it(
    review: Any, officer: Any, lawyer: Any, boss: Any, clerk: Any, client_as: Any, run_jobs: Any, inside: Any
) -> None:
    from hearth.db.jobs import TIMED

    approved(review, officer, lawyer, boss, next_review={"on": "2028-03-31"})
    run_jobs()
    remind = TIMED["reviews.remind"].func
    remind(landlord_id=inside.pk, on="2027-12-30")
    assert not Review.objects.filter(status="due_for_review").exists()
    before = len(mail.outbox)
    for _ in range(2):  # twice on a day writes once
        remind(landlord_id=inside.pk, on="2028-01-02")
    run_jobs()
    assert len(mail.outbox) == before + 1
    assert "comes up for review" in mail.outbox[-1].subject
    remind(landlord_id=inside.pk, on="2028-03-31")
    review.refresh_from_db()
    assert review.status == "due_for_review"
    assert client_as(officer).send("reviews:reopen", pk=review.pk).status_code == 302
    edition = Review.objects.get(previous=review)
    assert client_as(officer).send("reviews:reopen", pk=review.pk).status_code == 302
    assert Review.objects.filter(previous=review).count() == 1
    page = client_as(officer).page("reviews:life", pk=edition.pk)
    assert review.reference in text_of(page)
    with pytest.raises(Refused):
        reviews.answer(review, "aims", {"text": "Changed."}, by=people.actor(officer))


@pytest.mark.requirement("CAR-40")
def test_a_review_is_not_closed_while_an_action_is_open(
    review: Any, officer: Any, lawyer: Any, boss: Any, clerk: Any, client_as: Any, run_jobs: Any
) -> None:
    approved(review, officer, lawyer, boss)
    run_jobs()
    review.refresh_from_db()
    services.fall_due(review=review, reason="the law changed", by=people.actor(officer))
    refused = client_as(clerk).send("reviews:close", pk=review.pk)
    assert refused.status_code == 422
    assert "neither finished nor dropped" in refused.content.decode()


def test_the_page_of_a_life_asks_the_database_a_fixed_number_of_times(
    review: Any, officer: Any, lawyer: Any, boss: Any, client_as: Any, queries: Any
) -> None:
    approved(review, officer, lawyer, boss)
    browser = client_as(officer)
    browser.page("reviews:life", pk=review.pk)
    with queries(21):
        browser.page("reviews:life", pk=review.pk)


@pytest.mark.requirement("CAR-38")
def test_the_next_edition_opens_when_the_review_of_its_document_starts(
    review: Any, officer: Any, lawyer: Any, boss: Any, clerk: Any, run_jobs: Any, inside: Any
) -> None:
    from hearth.db import news
    from hearth.policies.models import Document

    document = Document.objects.create(title="Garden strategy", kind="strategy")
    Review.objects.filter(pk=review.pk).update(document=document)
    review.refresh_from_db()
    approved(review, officer, lawyer, boss)
    run_jobs()
    for _ in range(2):  # told twice, it opens one
        news.announce("policies.review_started", document_id=document.pk)
    run_jobs()
    edition = Review.objects.get(previous=review)
    assert edition.document == document
    review.refresh_from_db()
    assert review.status == "due_for_review"


def test_a_law_that_changes_is_told_to_the_officers_of_reviews_that_name_it(
    review: Any, officer: Any, lawyer: Any, boss: Any, clerk: Any, run_jobs: Any, inside: Any
) -> None:
    from hearth.db import news
    from hearth.policies.models import Law

    law = Law.objects.create(title="Equality Act 2010", kind="act")
    other = Law.objects.create(title="Care Act 2014", kind="act")
    approved(review, officer, lawyer, boss)
    run_jobs()
    before = len(mail.outbox)
    for one in (law, law, other):
        news.announce("policies.law_changed", law_id=one.pk)
    run_jobs()
    told = mail.outbox[before:]
    assert [message.subject for message in told] == ["Equality Act 2010 has changed"]
    assert officer.email in told[0].to[0]
