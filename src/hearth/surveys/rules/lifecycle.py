"""When a survey opens and closes, when its results are due, and when a recurring one comes round again.

The states and the moves between them stand in `kinds` (requirements, section 4); days come in as arguments.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from hearth.kernel.choices import check_move
from hearth.kernel.days import add_months, month_end
from hearth.kernel.refusals import Refused
from hearth.surveys.rules.kinds import MOVES, State


@dataclass(frozen=True)
class Span:
    """The first and the last day on which answers are taken."""

    opens_on: date
    closes_on: date


def check_opens(state: State) -> None:
    """Refuse to open what is no draft (requirements section 4)."""
    check_move(MOVES, state, State.OPEN, what="survey")


def check_closes(state: State) -> None:
    """Refuse to close what is not open (requirements section 4)."""
    check_move(MOVES, state, State.CLOSED, what="survey")


def check_analysed(state: State, *, responses: int) -> None:
    """Refuse results of a survey that is not closed, or that nobody answered (requirements section 4: bases)."""
    check_move(MOVES, state, State.ANALYSED, what="survey")
    if not responses:
        raise Refused("Nobody has answered this survey, so there is nothing to count.")


def check_published(state: State) -> None:
    """Refuse to publish results that have not been counted (requirements section 4)."""
    check_move(MOVES, state, State.PUBLISHED, what="survey")


def opens_today(state: State, opens_on: date | None, *, on: date) -> bool:
    """Whether a draft's day has come."""
    return state is State.DRAFT and opens_on is not None and opens_on <= on


def closes_today(state: State, closes_on: date | None, *, rolling: bool, on: date) -> bool:
    """Whether the last day of an open survey is over. One that follows events stays open."""
    return state is State.OPEN and not rolling and closes_on is not None and closes_on < on


def results_due(closes_on: date, days: int) -> date:
    """The day by which results are to be published, so many days after the last day (SUR-09)."""
    return closes_on + timedelta(days=days)


def days_overdue(state: State, results_due_on: date | None, *, on: date) -> int:
    """For how many days results have been overdue; 0 where they are not (SUR-09)."""
    if state in (State.DRAFT, State.OPEN, State.PUBLISHED) or results_due_on is None:
        return 0
    return max((on - results_due_on).days, 0)


def next_span(span: Span, every_months: int, *, before: Iterable[date] = ()) -> Span:
    """When a recurring survey comes round again, open as long as before (SUR-19).

    A survey of the 31st opens on the last day of a shorter month, and on the 31st again after it: `before` are the
    days on which the earlier rounds opened, latest first. Raises Refused where it would open before it has closed.
    """
    if every_months < 1:
        raise Refused("A recurring survey comes round every month or less often.", field="every_months")
    opens_on = add_months(span.opens_on, every_months)
    if opens_on <= span.closes_on:
        raise Refused("A recurring survey must close before it opens again.", field="closes_on")
    wanted = _day_of_month(span.opens_on, before)
    if opens_on.day < wanted:
        opens_on = opens_on.replace(day=min(wanted, month_end(opens_on).day))
    return Span(opens_on, opens_on + (span.closes_on - span.opens_on))


def _day_of_month(last: date, before: Iterable[date]) -> int:
    """The day of the month that a survey keeps: a shorter month may have cut it, and the rounds before it tell."""
    wanted = last.day
    for opened in (last, *before):
        wanted = max(wanted, opened.day)
        if opened != month_end(opened):
            break
    return wanted


def round_title(title: str, opens_on: date) -> str:
    """The title of one round: "Rate my Estate, March 2026"; the month of the round before is taken off."""
    stem, _, last = title.rpartition(", ")
    return f"{stem if stem and last[-4:].isdigit() else title}, {opens_on:%B %Y}"
