"""Telling people about reviews: whose turn it is, what came back, what falls due, and what somebody asked for."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from hearth.accounts import queries as accounts
from hearth.documents import queries as documents_kept
from hearth.documents import services as documents
from hearth.kernel.days import add_months, spoken
from hearth.kernel.permits import Actor
from hearth.kernel.refusals import Refused
from hearth.landlords import queries as landlords
from hearth.notifications import queries as messages
from hearth.notifications import services as notifications
from hearth.policies import queries as policies
from hearth.reviews import queries
from hearth.reviews.models import Publication, Review
from hearth.reviews.rules.lifecycle import Status
from hearth.reviews.services import signing

SIGN_IN = "Sign in to Hearth and open “My work”."


def _holders(title: str, *, on: date) -> list[Any]:
    post = landlords.post_called(title)
    holding = accounts.holders(post.pk, on=on) if post else ()
    return [held.user for held in holding if held.user is not None and held.user.is_active]


def _write_to(people: list[Any], *, key: str, subject: str, body: str, about: Any, by: Actor) -> None:
    for person in people:
        notifications.send(
            key=f"{key}.{person.pk}", to_name=person.name, to_address=person.email, subject=subject,
            body=f"{body}\n\n{SIGN_IN}", about=about, by=by,
        )  # fmt: skip


def _officer(review: Review) -> list[Any]:
    return [review.officer] if review.officer and review.officer.is_active else []


@transaction.atomic
def ask_signatory(*, review_id: int, on: date, by: Actor) -> None:
    """Write to whoever holds the post whose signature is next; to the officer where nobody with an account does."""
    review = Review.objects.select_related("officer").get(pk=review_id)
    post = queries.next_post(review)
    if post is None:
        return
    key = f"reviews.sign.{review.pk}.{review.submitted_at:%Y%m%d%H%M%S}.{post}"
    people = _holders(post, on=on)
    if people:
        body = (
            f"{review.reference}, {review.title}, waits for the signature of {post}. Read it, then sign or return it."
        )
        _write_to(
            people, key=key, subject=f"{review.reference} waits for your signature", body=body, about=review, by=by
        )
    else:
        body = f"{review.reference} waits for the signature of {post}, but nobody with an account holds this post."
        subject = f"Nobody can sign {review.reference} yet"
        _write_to(_officer(review), key=key, subject=subject, body=body, about=review, by=by)


@transaction.atomic
def tell_managers(*, review_id: int, on: date, by: Actor) -> None:
    """Write to every manager who is named in the review that it was handed in (CAR-03)."""
    review = Review.objects.get(pk=review_id)
    for post in queries.content_of(review).details.managers:
        body = f"{review.reference}, {review.title}, was submitted for signature. You are named in it as {post}."
        key, subject = f"reviews.managers.{review.pk}.{post}", f"{review.reference} was submitted"
        _write_to(_holders(post, on=on), key=key, subject=subject, body=body, about=review, by=by)


@transaction.atomic
def ask_addendum_signatory(*, review_id: int, on: date, by: Actor) -> None:
    """Write to whoever signs next under an addendum that waits for a signature (CAR-46)."""
    review = Review.objects.get(pk=review_id)
    for addendum in queries.addenda_of(review).filter(approved_on=None):
        post = queries.next_post_of_addendum(addendum, review, on=on)
        if post is not None:
            subject = f"An addendum to {review.reference} waits for your signature"
            body = f"Findings that came after the approval of {review.title} wait for the signature of {post}."
            key = f"reviews.addendum.{addendum.pk}.{post}"
            _write_to(_holders(post, on=on), key=key, subject=subject, body=body, about=review, by=by)


@transaction.atomic
def tell_returned(*, review_id: int, by: Actor) -> None:
    """Write to the officer that the review came back, with what was said."""
    review = Review.objects.select_related("officer").get(pk=review_id)
    comment = review.comments.last()
    if comment is not None:
        body = f"{comment.by_name} returned {review.reference}, {review.title}:\n\n{comment.text}"
        _write_to(
            _officer(review), key=f"reviews.returned.{comment.pk}", subject=f"{review.reference} was returned",
            body=body, about=review, by=by,
        )  # fmt: skip


def dispatch_or_tell(*, review_id: int, at: datetime, by: Actor) -> None:
    """Dispatch an approved review (CAR-39); where that is not possible yet, say so to its officer, once."""
    review = Review.objects.select_related("officer").get(pk=review_id)
    try:
        signing.dispatch(review=review, at=at, by=by)
    except Refused as refused:
        body = f"{review.reference}, {review.title}, is approved, but it could not be sent on. {refused}"
        subject = f"{review.reference} could not be sent on"
        _write_to(
            _officer(review), key=f"reviews.undispatched.{review.pk}", subject=subject, body=body, about=review, by=by
        )


def remind(*, on: date, by: Actor) -> None:
    """Every morning: remind of reviews that come due, and mark those whose day has come (CAR-38, check C21)."""
    ahead = int(landlords.setting("reviews.reminder_months", on=on))
    soon = Review.objects.select_related("officer").filter(
        status=Status.MONITORING, next_review_on__lte=add_months(on, ahead)
    )
    for review in soon:
        day = review.next_review_on or on  # the filter above leaves out those without a day
        late = day <= on
        if late:
            signing.fall_due(review=review, reason="its day has come", by=by)
        word = "is due for review" if late else "comes up for review"
        _write_to(
            _officer(review), key=f"reviews.{'due' if late else 'soon'}.{review.pk}.{day:%Y-%m-%d}",
            subject=f"{review.reference} {word}", by=by, about=review,
            body=f"{review.title} {word} on {spoken(day)}. Its next edition can be opened from its page.",
        )  # fmt: skip


@transaction.atomic
def open_next(*, document_id: int, on: date, by: Actor) -> None:
    """The review of a document starts, so the next edition of its own review is opened too (CAR-38)."""
    waiting = Review.objects.filter(document_id=document_id, status__in=[Status.MONITORING, Status.DUE_FOR_REVIEW])
    for review in waiting:
        signing.reopen(review=review, on=on, by=by)


@transaction.atomic
def law_changed(*, law_id: int, on: date, by: Actor) -> None:
    """A law, standard or piece of guidance changed: tell the officers of the reviews that name it (GOV-22)."""
    law = next((one for one in policies.laws() if one.pk == law_id), None)
    if law is None:
        return
    for review in queries.naming_law((law.title, *law.aliases)):
        _write_to(
            _officer(review), key=f"reviews.law.{review.pk}.{law_id}.{on:%Y-%m-%d}",
            subject=f"{law.title} has changed", by=by, about=review,
            body=f"{review.reference}, {review.title}, names {law.title}, whose entry in the register has changed. "
            "Look whether the review must be opened again.",
        )  # fmt: skip


def serve_format(*, request_id: int, by: Actor) -> None:
    """Make what somebody asked for of a published review, and send it where the contact is an email address (COM-04).

    What cannot be made here, or goes by post, stays on the officers' list with its day.
    """
    request = documents_kept.request(request_id)
    if request is None or request.subject_kind != Publication._meta.label_lower:
        return
    publication = Publication.objects.select_related("review__form").filter(pk=request.subject_id).first()
    if publication is None:
        return
    try:
        request = documents.make_for_request(request=request, paper=queries.published_paper(publication), by=by)
    except Refused:
        return
    if request.file_id and "@" in request.contact and len(request.contact.split()) == 1:
        notifications.send(
            key=f"documents.format.{request.pk}", to_name=request.name, to_address=request.contact,
            subject=f"{publication.title}: {documents_kept.format_words(request.format)}",
            body=f"You asked for “{publication.title}” in another format. It is attached.\n\n"
            f"{landlords.own().name}",
            attachments=[request.file_id], about=request, by=by,
        )  # fmt: skip


@transaction.atomic
def note_sent(*, message_id: int, at: datetime, by: Actor) -> None:
    """A message left; where it carried a format that somebody asked for, that is the proof of sending."""
    message = messages.message(message_id)
    if message is None or message.about_kind != "documents.formatrequest":
        return
    request = documents_kept.request(message.about_id or 0)
    if request is not None and request.sent_on is None:
        documents.sent(request=request, on=at.date(), proof=f"Emailed to {message.to_address}. {message.proof}", by=by)
