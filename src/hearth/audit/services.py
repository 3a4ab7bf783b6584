"""Writing the trail: one event a deed, and the seals."""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction

from hearth.audit import queries, rules
from hearth.audit.models import Event, Seal
from hearth.db import privacy, wall
from hearth.kernel.permits import Actor


def record(*, by: Actor, deed: str, subject: Any, person: int | None = None, **detail: Any) -> Event:
    """Write down one deed. `subject` is a saved record; `detail` holds plain facts, never what a record says."""
    return Event.objects.create(
        by_id=by.user_id,
        by_name=by.name or "A visitor",
        by_posts=list(by.post_titles),
        deed=deed,
        subject_kind=subject._meta.label_lower,
        subject_id=subject.pk,
        subject_name=_named(subject)[:300],
        about_person=person,
        detail=detail,
    )


def _named(subject: Any) -> str:
    """What the trail calls a thing. What tells of a person has a number only: the trail outlives their right to go."""
    if privacy.tells_of_somebody(type(subject)):
        return f"{subject._meta.verbose_name} {subject.pk}".capitalize()
    return str(subject)


def record_refusal(*, by: Actor, path: str) -> Event:
    """Write down that somebody asked for what they may not have (SEC-01)."""
    return Event.objects.create(
        by_id=by.user_id,
        by_name=by.name or "A visitor",
        by_posts=list(by.post_titles),
        deed="access.refused",
        subject_kind="page",
        subject_name=path[:300],
    )


@transaction.atomic
def seal() -> int:
    """Bind the new events of this landlord into its chain, and say how many. One at a time per landlord."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s, %s)", [0x5EA1, wall.current()])
    last = Seal.objects.order_by("-position").first()
    position, before = (last.position, last.link) if last else (0, rules.START)
    seals = []
    for event in queries.unsealed():
        position, before = position + 1, rules.seal(before, queries.said(event))
        seals.append(Seal(position=position, event_id=event.pk, link=before))
    Seal.objects.bulk_create(seals)
    return len(seals)
