"""Reasonable adjustments: agreed, looked at again, and really made or not, with the reason.

Sources: Equality Act 2010 sections 20 and 29(7) (a provider of services must make reasonable adjustments);
PROF-19, PROF-29.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from hearth.kernel.days import add_months
from hearth.kernel.refusals import Refused


def year_before(on: date) -> date:
    """The same day a year earlier: what was done on it is more than twelve months ago."""
    return add_months(on, -12)


def review_due(review_on: date, on: date) -> bool:
    """Whether an adjustment is to be looked at again."""
    return review_on <= on


def check_agreed(*, what: str, agreed_on: date, review_on: date, on: date) -> None:
    """Refuse an adjustment that says nothing, was agreed in the future, or is never looked at again."""
    if not what.strip():
        raise Refused("Say what we will do differently.", field="what")
    if agreed_on > on:
        raise Refused("The day on which it was agreed cannot be in the future.", field="agreed_on")
    if review_on <= agreed_on:
        raise Refused("The review must be after the day on which it was agreed.", field="review_on")


def check_use(*, made: bool, reason: str, used_on: date, agreed_on: date, on: date) -> None:
    """Refuse an adjustment that was not made without saying why (PROF-19), and days that cannot be."""
    if not made and len(reason.split()) < 3:
        raise Refused("Say in a few words why the adjustment was not made.", field="reason")
    if used_on > on:
        raise Refused("This cannot be in the future.", field="used_on")
    if used_on < agreed_on:
        raise Refused("This was before the adjustment was agreed.", field="used_on")


class Booking(StrEnum):
    """How far the booking of an interpreter has come (COM-07)."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


BOOKING_MOVES: dict[str, frozenset[Booking]] = {
    Booking.ASKED: frozenset({Booking.CONFIRMED, Booking.CANCELLED, Booking.FAILED}),
    Booking.CONFIRMED: frozenset({Booking.DONE, Booking.FAILED, Booking.CANCELLED}),
}
MUST_SAY = frozenset({Booking.DONE, Booking.FAILED, Booking.CANCELLED})  # with what result


def check_booking_move(here: str, there: str, *, supplier: str, outcome: str) -> None:
    """Refuse a move that cannot be, a confirmation without a supplier, and an end without its outcome (COM-07)."""
    if there not in BOOKING_MOVES.get(here, frozenset()):
        raise Refused("This booking cannot be changed in that way any more.", field="state")
    if there == Booking.CONFIRMED and not supplier:
        raise Refused("Say who supplies the interpreter.", field="supplier")
    if there in MUST_SAY and not outcome.strip():
        raise Refused("Say how it went, or why it did not take place.", field="outcome")
