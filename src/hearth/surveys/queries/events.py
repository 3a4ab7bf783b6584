"""Events that are followed by surveys: which survey follows which, and what became of them, in counts."""

from __future__ import annotations

from django.db.models import Count, QuerySet

from hearth.kernel.permits import Actor, check
from hearth.surveys import permissions
from hearth.surveys.models import Event, EventSource, Exclusion, Survey, Trigger
from hearth.surveys.rules.kinds import Sort, State


def trigger(sort: str) -> Trigger | None:
    """Which survey follows a kind of event now, or None."""
    return Trigger.objects.select_related("survey").filter(sort=sort, active=True).first()


def triggers(*, by: Actor) -> QuerySet[Trigger]:
    """Every kind of event that is followed. Raises Forbidden."""
    check(by, permissions.SEE)
    return Trigger.objects.select_related("survey").filter(active=True)


def event_counts(*, by: Actor) -> list[tuple[str, dict[str, int]]]:
    """By kind of event, how many wait, were asked about, merged or not followed. One query. Raises Forbidden."""
    check(by, permissions.SEE)
    found: dict[str, dict[str, int]] = {}
    for row in Event.objects.values("sort", "state").annotate(n=Count("pk")).order_by("sort", "state"):
        found.setdefault(row["sort"], {})[row["state"]] = row["n"]
    return [(Sort(sort).label, states) for sort, states in found.items()]


def not_asked(*, by: Actor) -> list[tuple[str, str, int]]:
    """By survey that follows events, why people were not asked, with how many; of safety only how many (SUR-16).

    Raises Forbidden.
    """
    check(by, permissions.SEE)
    rows = (
        Exclusion.objects.filter(survey__rolling=True)
        .values("survey__title", "why")
        .annotate(n=Count("pk"))
        .order_by("survey__title", "why")
    )
    return [(row["survey__title"], str(Exclusion.Why(row["why"]).label), row["n"]) for row in rows]


def rolling_surveys(*, by: Actor) -> QuerySet[Survey]:
    """Surveys that may follow events. Raises Forbidden."""
    check(by, permissions.BUILD)
    return Survey.objects.filter(rolling=True, state__in=[State.DRAFT, State.OPEN])


def event_sources(*, by: Actor) -> QuerySet[EventSource]:
    """Systems that tell of events. Raises Forbidden."""
    check(by, permissions.BUILD)
    return EventSource.objects.all()
