"""The states of a promise and the moves between them (ACT-15; data/states.yaml, action)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from hearth.kernel import periods
from hearth.kernel.days import spoken
from hearth.kernel.refusals import Refused


class Status(StrEnum):
    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    OVERDUE = "overdue"
    COMPLETE = "complete"
    DEFERRED = "deferred"
    DROPPED = "dropped"
    SUPERSEDED = "superseded"

    @property
    def label(self) -> str:
        """The state in words."""
        return self.value.replace("_", " ").capitalize()


MOVES = {
    Status.NOT_STARTED: {Status.IN_PROGRESS, Status.OVERDUE, Status.DEFERRED, Status.DROPPED, Status.SUPERSEDED},
    Status.IN_PROGRESS: {
        Status.OVERDUE,
        Status.COMPLETE,
        Status.DEFERRED,
        Status.DROPPED,
        Status.SUPERSEDED,
    },
    Status.OVERDUE: {Status.COMPLETE, Status.DEFERRED, Status.DROPPED, Status.SUPERSEDED},
    Status.DEFERRED: {Status.IN_PROGRESS, Status.DROPPED, Status.SUPERSEDED},
}
FINISHED = {Status.COMPLETE, Status.DROPPED, Status.SUPERSEDED}

OUTCOMES = {"yes": "Yes", "partly": "Partly", "no": "No"}  # was the intended outcome reached (ACT-19)


@dataclass(frozen=True)
class Due:
    """When something is due: what was printed, and the first and last day of what it names (CAR-31)."""

    printed: str
    first_on: date | None
    due_on: date | None


def due(printed: str) -> Due:
    """A printed date as days: its last day counts. Words that name no day ("ongoing") have none."""
    period = periods.read(printed) if printed.strip() else None
    return Due(printed.strip(), period.first if period else None, period.last if period else None)


def is_late(status: Status, due_on: date | None, on: date) -> bool:
    """Whether an action is unfinished although its last day has passed."""
    return status not in FINISHED and due_on is not None and due_on < on


@dataclass(frozen=True)
class Shown:
    """How an action stands, in a word and a colour that says the same: red late, amber long silent (ACT-06)."""

    text: str
    colour: str
    late: bool = False
    quiet: bool = False


COLOURS = {
    Status.NOT_STARTED: "grey",
    Status.IN_PROGRESS: "blue",
    Status.OVERDUE: "red",
    Status.COMPLETE: "green",
    Status.DEFERRED: "purple",
    Status.DROPPED: "grey",
    Status.SUPERSEDED: "grey",
}


def shown(*, status: Status, due_on: date | None, news_on: date, on: date, quiet_days: int) -> Shown:
    """How an action stands on a day. `news_on` is the day of its last update, else of its start (ACT-06)."""
    if status is Status.OVERDUE or is_late(status, due_on, on):
        return Shown("Overdue", "red", late=True)
    if status not in FINISHED and on - news_on >= timedelta(days=quiet_days):
        return Shown(f"No update for {(on - news_on).days} days", "orange", quiet=True)
    return Shown(status.label, COLOURS[status])


def missing(*, officer: str, outcome: str, monitoring: str) -> tuple[str, ...]:
    """What an action lacks, in words that say so (ACT-02, ACT-13)."""
    named = {"no owner": officer, "no outcome": outcome, "no way of monitoring": monitoring}
    return tuple(words for words, value in named.items() if not value.strip())


def check_reason(text: str, *, field: str, ask: str) -> str:
    """A reason in at least three words. Raises Refused (ACT-15)."""
    if len(text.split()) < 3:
        raise Refused(ask, field=field)
    return text.strip()


def check_new_date(*, before: date | None, after: date, on: date) -> None:
    """Refuse a new last day that is past or no change."""
    if after == before:
        raise Refused("That is the day by which it is due already. Choose another day.", field="due_on")
    if after < on:
        raise Refused(f"The new day must not be before {spoken(on)}.", field="due_on")


def check_evidence(*, evidence: str, outcome_reached: str) -> None:
    """Refuse to complete without evidence, or without saying whether the outcome was reached (ACT-11, ACT-19)."""
    if not evidence.strip():
        raise Refused("Say what shows that this was done, or attach it.", field="evidence")
    if outcome_reached not in OUTCOMES:
        raise Refused("Say whether the intended outcome was reached.", field="outcome_reached")


def letter(what: str, *, name: str, text: str, source: str, due_on: date | None, officer: str) -> tuple[str, str]:
    """Subject and text of the message about an action that is due soon ("reminder") or late ("overdue") (ACT-14)."""
    when = spoken(due_on) if due_on else "no day"
    if what == "reminder":
        subject, first = f"An action is due by {when}", f"This action is due by {when}:"
        last = "Please record in Hearth what has been done, or put it off with a reason."
    else:
        subject, first = f"An action is overdue since {when}", f"This action was due by {when} and is not finished:"
        last = f"{officer or 'Nobody'} answers for it. Please see that it is done, put off or dropped with a reason."
    return subject, f"Dear {name},\n\n{first}\n\n{text}\n\nIt comes from: {source}.\n\n{last}\n"
