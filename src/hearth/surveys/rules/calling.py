"""Whom an interviewer calls next, and who may be visited. Pure.

A call that somebody asked for comes first, at the time that they named; then those who have been tried least and
longest ago, so that nobody is called again before everybody has been called. How often, how far apart and at which
hours are dated settings. Who may be called at all, by which number and at which hour, the register says (COM-05,
SUR-16).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from hearth.surveys.rules.kinds import Outcome

OVER = frozenset({Outcome.ANSWERED, Outcome.REFUSED, Outcome.WRONG})  # nobody calls again
ARRANGED = frozenset({Outcome.INTERPRETER, Outcome.UNABLE})  # only at a time that was arranged
COME_BACK = frozenset({Outcome.NO_ANSWER, Outcome.LATER})  # a home that was visited stays on its interviewer's list
PROMISED = frozenset({Outcome.LATER, Outcome.PART, *ARRANGED})  # a time may be named for these


@dataclass(frozen=True)
class Limits:
    """How often and when people are called (dated settings "surveys.call_…")."""

    attempts: int  # calls to one household at most
    apart: timedelta  # between two calls that nobody answered
    first_hour: int  # of the day, in local time
    last_hour: int  # from which nobody is called any more


@dataclass(frozen=True)
class Candidate:
    """A household that has not answered, with what came of the calls so far."""

    number: int
    place: int = 0  # in the draw
    attempts: int = 0
    last: Outcome | None = None
    last_at: datetime | None = None
    call_again_at: datetime | None = None  # named with the last call
    group: str = ""  # of its quota


def at_this_hour(at: datetime, limits: Limits) -> bool:
    """Whether people are called at all at a moment in local time."""
    return limits.first_hour <= at.hour < limits.last_hour


def due(one: Candidate, *, at: datetime, limits: Limits, quotas: Mapping[str, int] | None = None) -> bool:
    """Whether a household may be called at a moment, as far as earlier calls and full quotas go.

    `quotas` says how many answers each group still lacks; none given: there are no quotas.
    """
    if one.last in OVER or (quotas is not None and quotas.get(one.group, 0) <= 0):
        return False
    if one.call_again_at is not None:
        return at >= one.call_again_at
    if one.last in ARRANGED or one.attempts >= limits.attempts:
        return False
    return one.last_at is None or at - one.last_at >= limits.apart


def queue(
    candidates: Iterable[Candidate], *, at: datetime, limits: Limits, quotas: Mapping[str, int] | None = None
) -> list[Candidate]:
    """Who may be called at a moment, in the order in which they are called. Nobody outside the hours of calling."""
    if not at_this_hour(at, limits):
        return []
    return sorted((one for one in candidates if due(one, at=at, limits=limits, quotas=quotas)), key=_turn)


def _turn(one: Candidate) -> tuple[bool, float, int, float, int, int]:
    promised = one.call_again_at.timestamp() if one.call_again_at else 0.0
    tried = one.last_at.timestamp() if one.last_at else 0.0
    return (one.call_again_at is None, promised, one.attempts, tried, one.place, one.number)


def may_visit(*, safety: bool, can_be_reached: bool, wishes_visits: bool, refuses_visits: bool, has_said: bool) -> bool:
    """Whether an interviewer may knock at a door without knowing beforehand at which hour.

    Never where a contact-safely marker stands (SUR-16) or nothing may go to the person at all (an opt-out, a death);
    never against a wish that was said. Whoever has not said how they wish to be reached may be visited.
    """
    if safety or not can_be_reached or refuses_visits:
        return False
    return wishes_visits or not has_said


__all__ = [
    "ARRANGED", "COME_BACK", "OVER", "PROMISED", "Candidate", "Limits", "at_this_hour", "due", "may_visit", "queue",
]  # fmt: skip
