"""The overview of all reviews, line by line (CAR-50)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from hearth.reviews.models import Review, SignOff
from hearth.reviews.pages.links import review_url
from hearth.reviews.rules.lifecycle import LABELS, SIGNED, Status
from hearth.ui.tables import Cell
from hearth.ui.tags import Tag
from hearth.ui.words import day, plural

COLOURS = {
    Status.SCREENING: "grey",
    Status.NOT_REQUIRED: "grey",
    Status.DRAFTING: "blue",
    Status.SUBMITTED: "purple",
    Status.RETURNED: "orange",
    Status.LEGAL_REVIEWED: "purple",
    Status.APPROVED: "green",
    Status.DISPATCHED: "green",
    Status.MONITORING: "teal",
    Status.DUE_FOR_REVIEW: "red",
    Status.SUPERSEDED: "grey",
}
HEADERS = ("Review", "State", "Officer", "Approver", "Open actions", "Next review", "Late")


def status_tag(status: str) -> Tag:
    """The state of a review in words, with its colour."""
    state = Status(status)
    return Tag(LABELS[state], COLOURS[state])


def approver(review: Review, sign_offs: Sequence[SignOff], route: Sequence[str]) -> Cell:
    """Who approved it, or who signs next; before it is submitted, who will approve it by the route of today."""
    standing = [s for s in sign_offs if not s.void and s.addendum_id is None]
    if Status(review.status) in SIGNED or review.history:
        last = max(standing, key=lambda s: s.position, default=None)
        if last is None:
            return Cell("Not held")
        return Cell(last.post_title, hint=last.name or "Name not held")
    if review.route:
        signed = len(standing)
        return Cell(review.route[signed] if signed < len(review.route) else "", hint="Signs next")
    if Status(review.status) is Status.NOT_REQUIRED:
        return Cell(str(review.screening.get("agreed_by", "")), hint="Agreed that none is required")
    return Cell(route[-1] if route else "", hint="By the route of today")


def register_row(review: Review, counts: Any, *, route: Sequence[str], on: date) -> tuple[Any, ...]:
    """One line of the overview."""
    late = plural(counts.late, "late action") if counts.late else ""
    overdue = review.next_review_on is not None and review.next_review_on < on
    overdue = overdue and review.status != Status.SUPERSEDED
    items = ", ".join(words for words in (late, "review overdue" if overdue else "") if words)
    return (
        Cell(review.title, href=review_url(review), hint=review.reference),
        status_tag(review.status),
        Cell(review.officer.name if review.officer else "Not held"),
        approver(review, list(review.sign_offs.all()), route),
        Cell(str(counts.open), numeric=True),
        Cell(day(review.next_review_on, short=True) or "Not set"),
        Cell("", tags=(Tag(items.capitalize(), "red"),)) if items else Cell("None"),
    )
