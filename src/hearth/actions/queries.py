"""Reading actions: the register of all, those of one source, and those that somebody must do next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce, TruncDate

from hearth.actions import permissions
from hearth.actions.models import Action
from hearth.actions.rules import FINISHED, Shown, Status, shown
from hearth.kernel.permits import Actor, check
from hearth.landlords import queries as landlords


@dataclass(frozen=True)
class Counts:
    """How many actions of a source are unfinished, and how many of those are late."""

    open: int = 0
    late: int = 0


def register(*, by: Actor) -> QuerySet[Action]:
    """Every action of every source (ACT-01). Raises Forbidden."""
    check(by, permissions.READ)
    return Action.objects.select_related("officer", "manager")


def action(number: int, *, by: Actor) -> Action | None:
    """One action, or None where there is none."""
    return register(by=by).filter(pk=number).first()


def narrowed(
    found: QuerySet[Action],
    *,
    on: date,
    words: str = "",
    status: str = "",
    source: str = "",
    officer: str = "",
    only: str = "",
) -> QuerySet[Action]:
    """The register narrowed: by words, state ("open" is all unfinished), kind of source, post, "late" or "quiet"."""
    if words:
        found = found.filter(
            Q(text__icontains=words) | Q(need__icontains=words) | Q(source_title__icontains=words)
            | Q(outcome__icontains=words) | Q(affected__icontains=words)
        )  # fmt: skip
    if status == "open":
        found = unfinished(found)
    elif status:
        found = found.filter(status=status)
    if source:
        found = found.filter(source_kind=source)
    if officer == "none":
        found = found.filter(officer=None, officer_title="")
    elif officer:
        found = found.filter(officer_id=int(officer))
    if only == "late":
        found = late(found, on=on)
    elif only == "quiet":
        found = quiet(found, on=on)
    return found


def unfinished(found: QuerySet[Action]) -> QuerySet[Action]:
    """Those that are neither done nor dropped nor replaced."""
    return found.exclude(status__in=FINISHED)


def late(found: QuerySet[Action], *, on: date) -> QuerySet[Action]:
    """Those unfinished whose last day has passed."""
    return unfinished(found).filter(due_on__lt=on)


def quiet(found: QuerySet[Action], *, on: date) -> QuerySet[Action]:
    """Those unfinished, not late, of which nothing was heard for the number of days that is set (ACT-06)."""
    since = on - timedelta(days=int(landlords.setting("actions.quiet_days", on=on)))
    return (
        unfinished(found)
        .filter(Q(due_on=None) | Q(due_on__gte=on))
        .exclude(status=Status.OVERDUE)
        .annotate(news_on=Coalesce(F("updated_on"), TruncDate("recorded_at")))
        .filter(news_on__lte=since)
    )


def of_source(source: Any) -> QuerySet[Action]:
    """The actions of one source, for that source's own page."""
    found = Action.objects.filter(source_kind=source._meta.label_lower, source_id=source.pk)
    return found.select_related("officer", "manager")


def open_count(source: Any) -> int:
    """How many actions of one source are unfinished (CAR-40)."""
    return unfinished(of_source(source)).count()


def counts_of(kind: str, ids: Iterable[int], *, on: date) -> dict[int, Counts]:
    """Unfinished and late actions of each source of one kind, in one query. A source without any has zeros."""
    wanted = list(ids)
    rows = (
        unfinished(Action.objects.filter(source_kind=kind, source_id__in=wanted))
        .order_by()
        .values("source_id")
        .annotate(open=Count("id"), late=Count("id", filter=Q(due_on__lt=on)))
    )
    found = {row["source_id"]: Counts(row["open"], row["late"]) for row in rows}
    return {number: found.get(number, Counts()) for number in wanted}


def mine(by: Actor, on: date) -> QuerySet[Action]:
    """What somebody must see to: actions of their own posts, and late ones that their posts manage; soonest first."""
    own = Q(officer_id__in=by.posts) | Q(manager_id__in=by.posts, due_on__lt=on)
    return unfinished(Action.objects.filter(own)).select_related("officer").order_by(F("due_on").asc(nulls_last=True))


def source_kinds() -> list[str]:
    """The kinds of source from which actions came."""
    return list(Action.objects.order_by("source_kind").values_list("source_kind", flat=True).distinct())


def how(action: Action, *, on: date, quiet_days: int) -> Shown:
    """How an action stands on a day, in a word and a colour."""
    return shown(
        status=Status(action.status),
        due_on=action.due_on,
        news_on=action.updated_on or action.recorded_at.date(),
        on=on,
        quiet_days=quiet_days,
    )
