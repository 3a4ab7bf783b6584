"""What the pages about events show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from hearth.kernel.permits import Actor
from hearth.surveys import queries
from hearth.surveys.models import Event
from hearth.surveys.rules.eventfile import Fate
from hearth.surveys.rules.events import Whom
from hearth.surveys.services import Brought
from hearth.ui.tables import Table


def trigger_table(actor: Actor) -> Table:
    """Which survey follows what."""
    rows = tuple(
        (
            one.get_sort_display(),
            one.survey.title,
            one.survey.get_state_display(),
            Whom(one.whom).label,
            f"{one.after_days} days",
            one.low_question or "None",
        )
        for one in queries.triggers(by=actor)
    )
    return Table(
        caption="What is followed",
        headers=("After", "Survey", "State", "Who is asked", "Not before", "Call back by"),
        rows=rows,
        stack=True,
        empty="No kind of event is followed by a survey yet.",
    )


def count_table(actor: Actor) -> Table:
    """What became of events."""
    states = list(Event.State)
    rows: tuple[tuple[Any, ...], ...] = tuple(
        (sort, *(counted.get(state.value, 0) for state in states)) for sort, counted in queries.event_counts(by=actor)
    )
    return Table(
        caption="What became of the events",
        headers=("Event", *(str(state.label) for state in states)),
        rows=rows,
        stack=True,
        empty="No event has been noted yet.",
    )


def spared_table(actor: Actor) -> Table:
    """Why people were not asked: numbers only."""
    return Table(
        caption="Who was not asked, and why",
        headers=("Survey", "Reason", "People"),
        rows=tuple(queries.not_asked(by=actor)),
        stack=True,
        empty="Nobody has been spared.",
    )


def brought_tables(brought: Sequence[Brought]) -> list[Table]:
    """What became of the rows of a file: the counts, and every row that was refused with its reason."""
    counts = Counter(one.fate for one in brought)
    refused = [one for one in brought if one.fate is Fate.REFUSED]
    found = [
        Table(
            caption="What became of the rows",
            headers=("What", "Rows"),
            rows=tuple((fate.label, counts[fate]) for fate in Fate),
        )
    ]
    if refused:
        rows = tuple((str(one.row), one.column.replace("_", " "), one.reason) for one in refused)
        headers = ("Row", "Column", "Why not")
        found.append(Table(caption="Rows that were refused", headers=headers, rows=rows, stack=True))
    return found
