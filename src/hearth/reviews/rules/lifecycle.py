"""The life of a review and who may sign it when (CAR-32 to CAR-35, CAR-45, CAR-46; data/states.yaml, car)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from hearth.kernel import periods
from hearth.kernel.refusals import Refused
from hearth.kernel.words import similarity
from hearth.reviews.rules.checks.context import SignOff
from hearth.reviews.rules.content import Content


class Status(StrEnum):
    SCREENING = "screening"
    NOT_REQUIRED = "not_required"
    DRAFTING = "drafting"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    LEGAL_REVIEWED = "legal_reviewed"
    APPROVED = "approved"
    DISPATCHED = "dispatched"
    MONITORING = "monitoring"
    DUE_FOR_REVIEW = "due_for_review"
    SUPERSEDED = "superseded"


MOVES = {
    Status.SCREENING: {Status.DRAFTING, Status.NOT_REQUIRED},
    Status.DRAFTING: {Status.SUBMITTED},
    Status.SUBMITTED: {Status.LEGAL_REVIEWED, Status.RETURNED},
    Status.LEGAL_REVIEWED: {Status.APPROVED, Status.RETURNED},
    Status.RETURNED: {Status.DRAFTING},
    Status.APPROVED: {Status.DISPATCHED},
    Status.DISPATCHED: {Status.MONITORING},
    Status.MONITORING: {Status.DUE_FOR_REVIEW},
    Status.DUE_FOR_REVIEW: {Status.SUPERSEDED},
}
LABELS = {
    Status.SCREENING: "Screening",
    Status.NOT_REQUIRED: "Not required",
    Status.DRAFTING: "Drafting",
    Status.SUBMITTED: "With Legal Services",
    Status.RETURNED: "Returned",
    Status.LEGAL_REVIEWED: "Legally reviewed",
    Status.APPROVED: "Approved",
    Status.DISPATCHED: "Dispatched",
    Status.MONITORING: "Monitoring",
    Status.DUE_FOR_REVIEW: "Due for review",
    Status.SUPERSEDED: "Superseded",
}
EDITABLE = {Status.DRAFTING, Status.RETURNED}
SIGNED = {Status.APPROVED, Status.DISPATCHED, Status.MONITORING, Status.DUE_FOR_REVIEW, Status.SUPERSEDED}


@dataclass(frozen=True)
class Signature:
    """A signature that stands, in the order of the route."""

    position: int  # from 1
    post: str
    on: date | None
    digest: str


def check_signing(
    *,
    route: Sequence[str],
    position: int,
    signed: Sequence[Signature],
    on: date,
    begun: date | None,
    today: date,
    signer_is_officer: bool,
    digest: str,
) -> None:
    """Refuse a signature out of order, too early, over other words, or by the officer who wrote the review.

    `position` counts from 1 along the dated `route` of posts; `begun` is the first day of the assessment. A new
    signature is never backdated before an earlier one (CAR-34), nor before the assessment (CAR-35), nor postdated.
    """
    if signer_is_officer:
        raise Refused("You conducted this assessment, so somebody else must sign it.")
    if position != len(signed) + 1:
        waiting = route[len(signed)] if len(signed) < len(route) else "nobody"
        raise Refused(f"It is not this post's turn. The next signature is that of {waiting}.")
    if any(signature.digest != digest for signature in signed):
        raise Refused("The review was changed after it was first signed. Return it, so that all sign the same words.")
    if on > today:
        raise Refused("A signature cannot carry a day that is still to come.", field="on")
    if begun and on < begun:
        raise Refused("A signature cannot be dated before the assessment began.", field="on")
    latest = max((signature.on for signature in signed if signature.on), default=None)
    if latest and on < latest:
        raise Refused("A signature cannot be dated before the one that comes before it.", field="on")


@dataclass(frozen=True)
class Exception_:
    """What is odd about the signatures of a review from before Hearth, in words."""

    code: str
    words: str


def exceptions(sign_offs: Sequence[SignOff], *, begun: date | None, legal_first: bool = True) -> list[Exception_]:
    """What a record of old signatures must be flagged with (CAR-33, CAR-34, Q-11). Nothing is refused here."""
    found = []
    dated = [sign_off for sign_off in sign_offs if sign_off.on]
    if legal_first and len(dated) >= 2:
        legal = next((s for s in dated if "legal" in s.post.lower()), None)
        final = next((s for s in reversed(dated) if "legal" not in s.post.lower()), None)
        if legal and final and legal.on and final.on and final.on < legal.on:
            days = (legal.on - final.on).days
            found.append(Exception_("order", f"Approved {days} {'day' if days == 1 else 'days'} before legal review."))
    for sign_off in sign_offs:
        if not sign_off.name:
            found.append(Exception_("name", f"The name of the person who signed for {sign_off.post} is missing."))
        if sign_off.on is None:
            found.append(Exception_("date", f"The date on which {sign_off.post} signed could not be read."))
        elif begun and sign_off.on < begun:
            found.append(Exception_("early", f"{sign_off.post} signed before the assessment began."))
    return found


def out_of_order(found: Sequence[Exception_]) -> bool:
    """Whether an old review may not count as approved until its approver confirms it again (CAR-34)."""
    return any(exception.code == "order" for exception in found)


def late_consultations(content: Content, *, approved_on: date) -> list[str]:
    """Information needs whose work ends after the approval: each wants an addendum (CAR-46, Q-12)."""
    late = []
    for row in content.information_actions.rows:
        period = periods.read(row.due)
        if period and period.last > approved_on:
            late.append(row.need or row.action)
    return late


def check_closable(*, actions_open: int) -> None:
    """Refuse to close a review while promises of it are open (CAR-40)."""
    if actions_open:
        what = "action is" if actions_open == 1 else "actions are"
        raise Refused(f"This review cannot be closed: {actions_open} {what} neither finished nor dropped.")


def interval_of(text: str) -> int | None:
    """The months between two checks that a text names: "every year" is 12; "on a regular basis" names none (CAR-37)."""
    low = f" {text.lower()} "
    for words, months in (
        (("every three years", "three yearly", "every 3 years"), 36),
        (("every two years", "biennial", "every 2 years"), 24),
        (("every six months", "six monthly", "six-monthly", "half-yearly", "twice a year", "every 6 months"), 6),
        (("quarterly", "every quarter", "every three months", "every 3 months"), 3),
        (("monthly", "every month", "each month"), 1),
        (("every year", "annual", "yearly", "each year", "once a year", "every 12 months"), 12),
    ):
        if any(word in low for word in words):
            return months
    return None


def same_measure(text: str, other: str) -> bool:
    """Whether two texts speak of the same measure, so that one may be set beside the other (CAR-26)."""
    return similarity(text, other) >= 0.6
