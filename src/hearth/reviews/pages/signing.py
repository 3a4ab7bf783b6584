"""The life of a review in words: what was done, what comes next, and what somebody may do about it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from hearth.kernel.permits import Actor
from hearth.reviews import permissions
from hearth.reviews.models import Review
from hearth.reviews.pages.links import review_url
from hearth.reviews.rules.lifecycle import SIGNED, Status

DEEDS = {
    "reviews.begun": "Begun",
    "reviews.screened": "Screened",
    "reviews.screening_skipped": "Screening left out",
    "reviews.not_required": "Agreed that no full assessment is needed",
    "reviews.read_in": "Read from a document",
    "reviews.submitted": "Submitted for signing",
    "reviews.signed": "Signed",
    "reviews.returned": "Returned with comments",
    "reviews.resumed": "Taken up again",
    "reviews.approved": "Approved",
    "reviews.recorded_as_signed": "Recorded as signed before Hearth",
    "reviews.confirmed_again": "Approval confirmed again",
    "reviews.dispatched": "Sent on",
    "reviews.check_set_aside": "A check set aside with a reason",
    "reviews.addendum_added": "Addendum added",
    "reviews.addendum_signed": "Addendum signed",
    "reviews.due": "Due for review",
    "reviews.published": "Published",
    "reviews.withdrawn": "Publication taken back",
    "reviews.superseded": "Superseded",
}
TOLD = ("post", "reason")  # what of an event's facts is shown


def steps(events: Iterable[Any], review: Review, *, turn: str | None, on: date) -> list[dict[str, Any]]:
    """What was done to a review, oldest first, and what comes next."""
    found = [
        {
            "title": DEEDS[event.deed],
            "state": "done",
            "when": event.at,
            "by": event.by_name,
            "text": ", ".join(str(event.detail[name]) for name in TOLD if event.detail.get(name)),
        }
        for event in events
        if event.deed in DEEDS
    ]
    if turn:
        found.append({"title": f"Waits for the signature of {turn}", "state": "now"})
    if review.next_review_on and Status(review.status) in SIGNED - {Status.SUPERSEDED, Status.DUE_FOR_REVIEW}:
        found.append({"title": "Next review", "state": "next", "when": review.next_review_on})
    return found


def possible(review: Review, *, mine: bool, confirms: bool, late: bool, by: Actor) -> list[tuple[str, str]]:
    """What somebody may do with a review now, each with its page."""
    status = Status(review.status)
    writes, keeps, publishes = (by.may(one) for one in (permissions.WRITE, permissions.DISPATCHED, permissions.PUBLISH))
    alive = SIGNED - {Status.SUPERSEDED}
    offers = [
        (mine, "sign", "Sign it, or return it"),
        (confirms, "confirm", "Confirm the approval again"),
        (status is Status.APPROVED and keeps, "dispatch", "Send it on"),
        (status in alive and writes, "addendum", "Add an addendum" + (" (findings are awaited)" if late else "")),
        (status in SIGNED and publishes, "publish", "Publish it"),
        (status is Status.MONITORING and writes, "due", "Mark it as due for review"),
        (status in (Status.MONITORING, Status.DUE_FOR_REVIEW) and writes, "reopen", "Open the next edition"),
        (status is Status.DUE_FOR_REVIEW and keeps, "close", "Close it as superseded"),
    ]
    return [(words, review_url(review, page)) for allowed, page, words in offers if allowed]
