"""When a survey takes answers, and from whom. Pure."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from hearth.surveys.rules.kinds import Mode, State

AFTER_MIDNIGHT = timedelta(days=1)  # how much later than it was begun a form may be sent
BY_THEMSELVES = frozenset({Mode.WEB, Mode.SMS})  # the person answers alone, on a page that anybody may open


class Door(StrEnum):
    """Whether somebody may answer now."""

    OPEN = "open"
    NOT_YET = "not_yet"
    CLOSED = "closed"
    EXPIRED = "expired"  # this code's own last day is over
    ELSEWHERE = "elsewhere"  # by telephone or on paper only
    ANSWERED = "answered"  # this household has answered


# What is shown and said where the door is not open.
SENTENCES = {
    Door.NOT_YET: "This survey is not open yet.",
    Door.CLOSED: "This survey has closed.",
    Door.EXPIRED: "This code has run out.",
    Door.ELSEWHERE: "This survey is not answered on the web.",
    Door.ANSWERED: "Somebody in your household has answered this survey already.",
}


def door(
    *,
    state: str,
    opens_on: date | None,
    closes_on: date | None,
    today: date,
    begun_on: date | None = None,
    expires_on: date | None = None,
    mode: str = Mode.WEB,
) -> Door:
    """Whether answers come in: while the survey is open, from its first day to its last.

    Whoever began on the last day may send the day after, where the survey is not closed by then. An interviewer or
    whoever keys in paper is not held to the days, only to the state.
    """
    if state == State.DRAFT:
        return Door.NOT_YET
    if state != State.OPEN:
        return Door.CLOSED
    if mode not in BY_THEMSELVES:
        return Door.OPEN
    if opens_on and today < opens_on:
        return Door.NOT_YET
    day = max(begun_on, today - AFTER_MIDNIGHT) if begun_on and begun_on < today else today
    if closes_on and day > closes_on:
        return Door.CLOSED
    if expires_on and day > expires_on:
        return Door.EXPIRED
    return Door.OPEN
