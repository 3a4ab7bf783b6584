"""Who may act for somebody else: for what, and on which days (SEC-14)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from hearth.kernel.refusals import Refused
from hearth.register.rules.kinds import Purpose, Scope

# What a scope lets somebody hear of in another's place. Everything else needs "everything" or "letters".
HEARS = {
    Scope.COMPLAINTS: frozenset({Purpose.CASE}),
    Scope.SURVEYS: frozenset({Purpose.SURVEY}),
    Scope.CONSULTATIONS: frozenset({Purpose.CONSULTATION}),
}
RECEIVES_ALL = frozenset({Scope.EVERYTHING, Scope.LETTERS})


def holds(*, started_on: date, ended_on: date | None, withdrawn_at: datetime | None = None, at: datetime) -> bool:
    """Whether an authority holds at a moment in local time.

    `ended_on` is its last day; one that is withdrawn ends at that moment, not at midnight (SEC-14).
    """
    on = at.date()
    if on < started_on or (ended_on is not None and on > ended_on):
        return False
    return withdrawn_at is None or at < withdrawn_at


def receives(scope: Collection[str]) -> bool:
    """Whether letters and messages go to whoever acts, before they go to the person."""
    return bool(RECEIVES_ALL & set(scope))


def hears_of(scope: Collection[str], purpose: Purpose) -> bool:
    """Whether whoever acts may be written to for a purpose in the person's place."""
    return receives(scope) or any(purpose in HEARS.get(Scope(one), frozenset()) for one in scope)


def covers(scope: Collection[str], wanted: Scope) -> bool:
    """Whether an authority reaches as far as one kind of act, such as complaining."""
    return Scope.EVERYTHING in scope or wanted in scope


def check_authority(
    *, scope: Collection[str], evidence: str, started_on: date, ended_on: date | None, on: date
) -> None:
    """Refuse an authority without scope or evidence, or with days in the wrong order (SEC-14).

    An authority without a last day is one that a court or a registered power gives until it is withdrawn.
    """
    if not scope:
        raise Refused("Say for what this authority holds.", field="scope")
    if len(evidence.split()) < 2:
        raise Refused(
            "Say what shows this authority: for example, the person's signed letter and its date.", field="evidence"
        )
    if ended_on is not None and ended_on < started_on:
        raise Refused("The last day must be the same as or after the first.", field="ended_on")
    if ended_on is not None and ended_on < on:
        raise Refused("This authority has ended already. Enter a last day from today on.", field="ended_on")
