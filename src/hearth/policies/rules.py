"""The life of a governed document (GOV-02; data/states.yaml, policy_document), and when a law or an aim applies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from hearth.kernel.days import add_months, spoken
from hearth.kernel.refusals import Refused


class Status(StrEnum):
    DRAFT = "draft"
    INTERNAL_CONSULTATION = "internal_consultation"
    EXTERNAL_CONSULTATION = "external_consultation"
    REVISED = "revised"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    PUBLISHED = "published"
    UNDER_REVIEW = "under_review"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The state in words."""
        return self.value.replace("_", " ").capitalize()


MOVES = {
    Status.DRAFT: {Status.INTERNAL_CONSULTATION, Status.WITHDRAWN},
    Status.INTERNAL_CONSULTATION: {Status.EXTERNAL_CONSULTATION},
    Status.EXTERNAL_CONSULTATION: {Status.REVISED},
    Status.REVISED: {Status.SUBMITTED, Status.WITHDRAWN},
    Status.SUBMITTED: {Status.APPROVED, Status.REVISED, Status.WITHDRAWN},
    Status.APPROVED: {Status.PUBLISHED},
    Status.PUBLISHED: {Status.UNDER_REVIEW, Status.SUPERSEDED},
    Status.UNDER_REVIEW: {Status.DRAFT},
}
IN_FORCE = {Status.PUBLISHED, Status.UNDER_REVIEW}  # the text that people may rely on
ENDED = {Status.SUPERSEDED, Status.WITHDRAWN}

# What must be said at a step, because it is the record that the step rests on (GOV-03, GOV-08, GOV-26).
ASKED = {
    Status.EXTERNAL_CONSULTATION: "Say which officers were consulted, when, and what came of it.",
    Status.REVISED: "Say what the draft is revised for: what the consultation led to, or why it was returned.",
    Status.PUBLISHED: "Say where it is published and how you checked that it is accessible.",
    Status.SUPERSEDED: "Say what replaces this document.",
    Status.WITHDRAWN: "Say why this document is withdrawn.",
}


class Reason(StrEnum):
    """Why a document is reviewed or changed before its time (GOV-17, GOV-18)."""

    LEGISLATIVE = "legislative"
    REGULATORY = "regulatory"
    BEST_PRACTICE = "best practice"
    OPERATIONAL = "operational"


DUE = "due"  # the planned review


class Outcome(StrEnum):
    """What a formal body did with a report (GOV-08)."""

    APPROVED = "approved"
    RETURNED = "returned"
    NOTED = "noted"

    @property
    def label(self) -> str:
        """The outcome in words."""
        return {"approved": "Approved", "returned": "Returned for changes", "noted": "Noted or recommended"}[self.value]


def review_due(*, approved_on: date, months: int, ends_on: date | None) -> date:
    """The day of the next full review: months after approval, or the end of the term (GOV-17, GOV-19)."""
    planned = add_months(approved_on, months)
    return min(planned, ends_on) if ends_on else planned


def check_review_reason(*, reason: str, review_on: date | None, on: date) -> None:
    """Refuse a review without a reason; before its day only the four reasons count (GOV-17)."""
    if reason in [r.value for r in Reason]:
        return
    if reason != DUE:
        raise Refused(
            "Give the reason: a change of law, of regulation, of best practice, or in how we work.", field="reason"
        )
    if review_on and on < review_on:
        raise Refused(
            f"Its review is not due before {spoken(review_on)}. Give the reason for an early one.", field="reason"
        )


def check_text(text: str, there: Status) -> None:
    """Refuse a step whose record says nothing."""
    if there in ASKED and len(text.split()) < 3:
        raise Refused(ASKED[there], field="text")


def next_minor(number: str) -> str:
    """The number of an in-term change: 1.0, 1.1, 1.2 … (GOV-18)."""
    major, minor = _numbers(number)
    return f"{major}.{minor + 1}"


def next_major(number: str) -> str:
    """The number that a full review begins: 1.4 becomes 2.0."""
    return f"{_numbers(number)[0] + 1}.0"


def _numbers(number: str) -> tuple[int, int]:
    parts = number.strip().lower().removeprefix("v").split(".")
    try:
        return int(parts[0]), int(parts[1]) if len(parts) > 1 else 0
    except ValueError:
        raise Refused("Give the version as two numbers, such as 1.0.", field="number") from None


@dataclass(frozen=True)
class Standing:
    """Whether a law, standard or guidance applies on a day, in a word and a colour (GOV-22, GOV-23)."""

    text: str
    colour: str
    applies: bool


def standing(*, draft: bool, from_on: date | None, to_on: date | None, replaced: bool, on: date) -> Standing:
    """How a law stands on a day; its last day counts."""
    if to_on and to_on < on:
        return Standing("Superseded" if replaced else "No longer in force", "red", applies=False)
    if draft:
        return Standing("Draft", "purple", applies=False)
    if from_on and on < from_on:
        return Standing("Not yet in force", "blue", applies=False)
    return Standing("In force", "green", applies=True)


def outside(*, plan: tuple[date, date], document: tuple[date | None, date | None]) -> bool:
    """Whether a corporate plan does not run during any part of a document's term (GOV-30)."""
    starts_on, ends_on = document
    return bool((starts_on and plan[1] < starts_on) or (ends_on and plan[0] > ends_on))


def check_term(starts_on: date | None, ends_on: date | None) -> None:
    """Refuse a term that ends before it begins."""
    if starts_on and ends_on and ends_on < starts_on:
        raise Refused("The last day must not be before the first.", field="ends_on")
