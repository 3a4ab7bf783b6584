"""Whose turn it is to sign, what waits for somebody, and whether a signature still stands over what was signed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from hearth.kernel.days import add_months
from hearth.kernel.permits import Actor
from hearth.landlords import queries as landlords
from hearth.reviews import permissions
from hearth.reviews.models import Addendum, Reading, Review, SignOff
from hearth.reviews.queries.reviews import content_of, route_on, sign_offs_of
from hearth.reviews.rules import lifecycle, printing
from hearth.reviews.rules.lifecycle import Status

OPEN = {Status.SUBMITTED, Status.LEGAL_REVIEWED}


def next_post(review: Review) -> str | None:
    """The post whose signature comes next; None where the review waits for none."""
    if Status(review.status) not in OPEN:
        return None
    return _next(review.route, sign_offs_of(review))


def next_post_of_addendum(addendum: Addendum, review: Review, *, on: date) -> str | None:
    """The post that signs an addendum next: the review's own route, else the one that holds on the day."""
    standing = [s for s in addendum.sign_offs.all() if not s.void]
    return _next(review.route or route_on(on), standing)


def _next(route: Sequence[str], standing: Sequence[SignOff]) -> str | None:
    return route[len(standing)] if len(standing) < len(route) else None


def needs_confirming(review: Review) -> bool:
    """Whether an old review, signed out of order, waits for its approver to confirm it again (CAR-34)."""
    return review.history and Status(review.status) is Status.LEGAL_REVIEWED


def _plain(title: str) -> str:
    return " ".join(title.lower().replace("&", "and").split())


def fills(by: Actor) -> Callable[[str | None], bool]:
    """Whether `by` holds a post that goes by a title, or by another name of it. One query."""
    held = {_plain(title) for title in by.post_titles}
    for post in landlords.posts().filter(pk__in=by.posts):
        held |= {_plain(name) for name in (post.title, *post.aliases)}
    return lambda title: title is not None and _plain(title) in held


def confirms(review: Review, *, on: date, by: Actor) -> bool:
    """Whether `by` holds the post that approves reviews, then or now, and may confirm an old one."""
    route, holds = route_on(on), fills(by)
    return bool(review.route) and (holds(review.route[-1]) or bool(route and holds(route[-1])))


def waiting_for(*, on: date, by: Actor) -> list[tuple[Review, str]]:
    """The reviews that somebody is to sign or confirm now, each with the post, longest waiting first (SYS-08)."""
    if not by.may(permissions.SIGN):
        return []
    holds, route = fills(by), route_on(on)
    found = []
    for review in Review.objects.filter(status__in=OPEN).prefetch_related("sign_offs").order_by("submitted_at", "id"):
        post = next_post(review)
        if needs_confirming(review) and review.route:
            post = next((title for title in (review.route[-1], *route[-1:]) if holds(title)), None)
        if post is not None and holds(post):
            found.append((review, post))
    return found


def mine(*, on: date, by: Actor) -> list[tuple[Review, str, date | None]]:
    """The reviews that somebody has to go on with: what to do, and by when where a day is set (SYS-08)."""
    found: list[tuple[Review, str, date | None]] = []
    if by.may(permissions.WRITE):
        own = Review.objects.filter(officer_id=by.user_id)
        words = {
            Status.SCREENING: "Screen",
            Status.DRAFTING: "Go on writing",
            Status.RETURNED: "Returned to you",
            Status.DUE_FOR_REVIEW: "Due for review",
        }
        for review in own.filter(status__in=words).filter(next_editions=None).order_by("next_review_on", "id"):
            due = review.next_review_on if Status(review.status) is Status.DUE_FOR_REVIEW else None
            found.append((review, words[Status(review.status)], due))
        soon = add_months(on, int(landlords.setting("reviews.reminder_months", on=on)))
        for review in own.filter(status=Status.MONITORING, next_review_on__lte=soon).order_by("next_review_on"):
            found.append((review, "Comes up for review", review.next_review_on))
    if by.may(permissions.DISPATCHED):
        for review in Review.objects.filter(status=Status.APPROVED).order_by("id"):
            found.append((review, "Approved, and not yet sent on", review.approved_on))
    return found


def addenda_waiting_for(*, on: date, by: Actor) -> list[tuple[Addendum, str]]:
    """The addenda that somebody is to sign now, each with the post."""
    if not by.may(permissions.SIGN):
        return []
    holds, found = fills(by), []
    waiting = Addendum.objects.filter(approved_on=None).select_related("review").prefetch_related("sign_offs")
    for addendum in waiting:
        post = next_post_of_addendum(addendum, addendum.review, on=on)
        if post is not None and holds(post):
            found.append((addendum, post))
    return found


@dataclass(frozen=True)
class Standing:
    """A signature, and whether it stands over the words as they are now (SEC-09)."""

    sign_off: SignOff
    valid: bool
    words: str


def standing(review: Review) -> list[Standing]:
    """Every signature under a review, those that were undone too. One from before Hearth binds to no hash."""
    digest = content_of(review).digest()
    rows = review.sign_offs.filter(addendum=None)
    return [_standing(row, digest, "review") for row in rows]


def standing_of_addendum(addendum: Addendum) -> list[Standing]:
    """Every signature under an addendum."""
    digest = printing.addendum_digest(addendum.need, addendum.findings, addendum.effect, addendum.ended_on)
    return [_standing(row, digest, "addendum") for row in addendum.sign_offs.all()]


def _standing(sign_off: SignOff, digest: str, what: str) -> Standing:
    if sign_off.void:
        return Standing(sign_off, False, f"No longer stands: the {what} was returned after it")
    if not sign_off.digest:
        return Standing(sign_off, True, "Signed on paper, before Hearth")
    if sign_off.digest != digest:
        return Standing(sign_off, False, f"No longer valid: the {what} was changed after it was signed")
    return Standing(sign_off, True, f"Valid: the {what} is as it was signed")


def reading_of(review: Review) -> Reading | None:
    """What was read off the document that a review was taken from; None where it was written here."""
    return Reading.objects.select_related("file").filter(review=review).first()


def asks_for_addendum(review: Review) -> list[str]:
    """Information needs whose work ends after the approval, and which no addendum answers yet (CAR-46, Q-12)."""
    if review.approved_on is None:
        return []
    late = lifecycle.late_consultations(content_of(review), approved_on=review.approved_on)
    answered = set(review.addenda.values_list("need", flat=True))
    return [need for need in late if need[:300] not in answered]
