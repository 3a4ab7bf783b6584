"""What the pages about actions show, in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from hearth.actions import queries, rules
from hearth.actions.models import Action, Note
from hearth.actions.rules import MOVES, OUTCOMES, Status
from hearth.kernel.permits import Actor
from hearth.landlords import queries as landlords
from hearth.ui.subjects import address_of, words_for
from hearth.ui.tables import Cell, Figure, Table
from hearth.ui.tags import Tag
from hearth.ui.words import day

SOURCE = "the register of actions"


def quiet_days(on: date) -> int:
    """Days without news after which an action is shown in amber (ACT-06)."""
    return int(landlords.setting("actions.quiet_days", on=on))


def state_tags(action: Action, *, on: date, quiet_days: int) -> tuple[Tag, ...]:
    """How an action stands, as tags: its state and, where nothing was heard for long, that (ACT-06)."""
    shown = queries.how(action, on=on, quiet_days=quiet_days)
    tag = Tag(shown.text, shown.colour)
    if not shown.quiet:
        return (tag,)
    status = Status(action.status)
    return Tag(status.label, rules.COLOURS[status]), tag


def due_words(action: Action) -> str:
    """When an action is due: as printed, with the day that counts where that is not plain."""
    if action.due_on is None:
        return action.due_printed or ("Goes on" if action.ongoing else "No date")
    day_words = day(action.due_on)
    if not action.due_printed or rules.due(action.due_printed).due_on != action.due_on:
        return day_words
    return day_words if action.due_printed == day_words else f"{action.due_printed} (by {day_words})"


def news_words(action: Action) -> str:
    """When something was last heard of an action."""
    return day(action.updated_on) if action.updated_on else f"None since {day(timezone.localdate(action.recorded_at))}"


def register_table(actions: Iterable[Action], *, on: date) -> Table:
    """The register as a table."""
    quiet = quiet_days(on)
    rows = tuple(
        (
            Cell(action.text, reverse("actions:action", args=[action.pk]), hint=action.source_title),
            Cell(tags=state_tags(action, on=on, quiet_days=quiet)),
            due_words(action),
            action.officer_title or Tag("No owner", "orange"),
            news_words(action),
        )
        for action in actions
    )
    headers = ("Action", "State", "Due", "Responsible officer", "Last update")
    return Table("Actions", headers, rows, hidden_caption=True, stack=True,
                 empty="No action was found. Try other words, or clear the filter.")  # fmt: skip


def tiles(by: Actor, *, on: date) -> list[Figure]:
    """What is open, late and long without news."""
    found = queries.register(by=by)
    here = reverse("actions:actions")
    open_ones = queries.unfinished(found).count()
    return [
        Figure(open_ones, "open", SOURCE, on, href=f"{here}?status=open"),
        Figure(queries.late(found, on=on).count(), "overdue", SOURCE, on, f"{open_ones:,} open", f"{here}?only=late"),
        Figure(queries.quiet(found, on=on).count(), f"without an update for {quiet_days(on)} days", SOURCE, on,
               f"{open_ones:,} open", f"{here}?only=quiet"),
    ]  # fmt: skip


def facts(action: Action) -> list[tuple[str, Any]]:
    """Everything that an action says (ACT-02)."""
    need = "Identified impact" if action.kind == Action.Kind.MITIGATION else "Information need or impact"
    source = Cell(action.source_title, address_of(action.source_kind, action.source_id),
                  hint=words_for(action.source_kind))  # fmt: skip
    rows: list[tuple[str, Any]] = [
        ("Where it comes from", source),
        ("Kind", action.get_kind_display()),
        (need, action.need),
        ("Who is affected", action.affected),
        ("Intended outcome", action.outcome),
        ("Due", due_words(action)),
        ("How it is monitored", action.monitoring),
        ("Responsible officer", action.officer_title),
        ("Responsible manager", action.manager.title if action.manager else ""),
        ("Last update", news_words(action)),
    ]
    if action.finished_on:
        rows.append(("Finished on", action.finished_on))
    if action.outcome_reached:
        rows.append(("Was the outcome reached?", OUTCOMES[action.outcome_reached]))
        rows.append(("Evidence", action.evidence))
    hidden = {"Who is affected", need} if action.kind in {Action.Kind.OTHER, Action.Kind.MONITORING} else set()
    return [row for row in rows if row[1] or row[0] not in hidden]


def history(action: Action, notes: Iterable[Note]) -> list[dict[str, Any]]:
    """The life of an action, newest first."""
    steps = [
        {
            "title": Status(note.status).label,
            "when": note.on,
            "by": note.by_name,
            "text": note.text,
            "evidence": note.evidence,
            "dates": _dates(note),
            "agreed_by": note.agreed_by,
            "file": note.file,
            "file_href": reverse("actions:file", args=[action.pk, note.pk]) if note.file else "",
        }
        for note in notes
    ]
    made = {"title": "Promised", "when": timezone.localdate(action.recorded_at), "by": "", "text": action.source_title}
    return [*reversed(steps), made]


def _dates(note: Note) -> str:
    if note.due_after is None:
        return ""
    return f"Due {day(note.due_after)} instead of {day(note.due_before) if note.due_before else 'no date'}."


def deeds(action: Action, *, on: date) -> list[dict[str, str]]:
    """What may be done with an action as it stands, the next step first."""
    status = Status(action.status)
    there = MOVES.get(status, set())
    if status in rules.FINISHED:
        return []
    late = rules.is_late(status, action.due_on, on) or status is Status.OVERDUE
    begin = "Start work again" if status is Status.DEFERRED else "Start work"
    named = [
        ("actions:complete", "Complete it", Status.COMPLETE in there),
        ("actions:start", begin, Status.IN_PROGRESS in there),
        ("actions:check", "Record a check", True),
        ("actions:change_date", "Change its date", not late),
        ("actions:defer", "Put it off", Status.DEFERRED in there),
        ("actions:end", "Drop or replace it", Status.DROPPED in there),
        ("actions:officer", "Say who answers for it", True),
    ]
    return [{"text": text, "href": reverse(name, args=[action.pk])} for name, text, may in named if may]


HEADERS = (
    "Number", "Where it comes from", "Kind", "Need or impact", "Who is affected", "Action", "Intended outcome",
    "Due as printed", "Due by", "How monitored", "Responsible officer", "Manager", "State", "Overdue", "Last update",
    "Finished on", "Outcome reached", "Evidence",
)  # fmt: skip


def export_row(action: Action, *, on: date) -> tuple[Any, ...]:
    """One action as a line of the exported list (SYS-10)."""
    return (
        action.pk, action.source_title, action.get_kind_display(), action.need, action.affected, action.text,
        action.outcome, action.due_printed, action.due_on, action.monitoring, action.officer_title,
        action.manager.title if action.manager else "", Status(action.status).label,
        rules.is_late(Status(action.status), action.due_on, on), action.updated_on, action.finished_on,
        OUTCOMES.get(action.outcome_reached, ""), action.evidence,
    )  # fmt: skip
