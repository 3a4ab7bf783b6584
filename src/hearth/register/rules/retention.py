"""How long each kind of record is kept, and what keeps it longer (SEC-11).

Personal data is kept no longer than is needed (UK GDPR article 5(1)(e)). How long that is, each landlord says in dated
settings; a legal hold stops the clock for a person, for a kind of record, or for one person's records of a kind.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from hearth.kernel.days import add_months
from hearth.kernel.refusals import Refused


@dataclass(frozen=True)
class Hold:
    """What a legal hold holds: a person, a kind of record, or one person's records of a kind (SEC-11)."""

    person: int | None
    kind: str


@dataclass(frozen=True)
class Line:
    """What the retention job did, or would do, with one kind of record. Counts only."""

    kind: str
    words: str
    rule: str
    deleted: int = 0
    anonymised: int = 0
    held: int = 0

    def stored(self) -> dict[str, Any]:
        """The line as the report keeps it."""
        return {
            "kind": self.kind,
            "words": self.words,
            "rule": self.rule,
            "deleted": self.deleted,
            "anonymised": self.anonymised,
            "held": self.held,
        }


def last_day(on: date, months: int) -> date:
    """The latest day from which something counted is past its time on a day (SEC-11)."""
    return add_months(on, -months)


def wholly_held(kind: str, holds: Iterable[Hold]) -> bool:
    """Whether a hold keeps every record of a kind (SEC-11)."""
    return any(hold.person is None and hold.kind == kind for hold in holds)


def held_people(kind: str, holds: Iterable[Hold]) -> frozenset[int]:
    """The people whose records of a kind are held: by a hold on all of theirs, or on this kind (SEC-11)."""
    return frozenset(hold.person for hold in holds if hold.person is not None and hold.kind in ("", kind))


def people_held_at_all(holds: Iterable[Hold]) -> frozenset[int]:
    """Who may not be made anonymous: to lose a name would empty whatever a hold keeps of theirs (SEC-11)."""
    return frozenset(hold.person for hold in holds if hold.person is not None)


def rule_in_words(months: int, since: str) -> str:
    """A rule as the report says it: "72 months (6 years) from the end of the tenancy" (SEC-11)."""
    years, rest = divmod(months, 12)
    if years and not rest:
        return f"{months} months ({years} {'year' if years == 1 else 'years'}) from {since}"
    return f"{months} {'month' if months == 1 else 'months'} from {since}"


def added(earlier: Iterable[dict[str, Any]], lines: Iterable[Line]) -> list[dict[str, Any]]:
    """The day's report with what a later run of the same day did: counts add up, what is held is as it now stands."""
    found = {line["kind"]: line for line in earlier}
    for line in lines:
        before = found.get(line.kind)
        made = line.stored()
        if before:
            made["deleted"] += before["deleted"]
            made["anonymised"] += before["anonymised"]
        found[line.kind] = made
    return list(found.values())


def check_hold(*, person: int | None, kind: str, reason: str, known: Collection[str]) -> None:
    """A hold names what it holds and why (SEC-11)."""
    if person is None and not kind:
        raise Refused("Say what is held: a person, a kind of record, or both.", field="kind")
    if kind and kind not in known:
        raise Refused("Choose one of the kinds of record in the list.", field="kind")
    if len(reason.split()) < 3:
        raise Refused("Say why it must be kept, such as “Claim about disrepair, letter of 3 March”.", field="reason")


def check_lifted(*, started_on: date, ended_on: date | None, on: date) -> None:
    """A hold is lifted once, and not before it began (SEC-11)."""
    if ended_on is not None:
        raise Refused("This hold has been lifted already.")
    if on < started_on:
        raise Refused("A hold cannot be lifted before it began.", field="on")
