"""Reading the trail: by thing, by person, and as a chain."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.forms.models import model_to_dict

from hearth.audit import permissions, rules
from hearth.audit.models import Event, Seal
from hearth.kernel.permits import Actor, check


def events(
    *, by: Actor, kind: str = "", number: int | None = None, person: int | None = None
) -> QuerySet[Event]:
    """The trail, newest first, of all things, of one thing, or of one person's deeds. Raises Forbidden."""
    check(by, permissions.READ)
    found = Event.objects.all()
    if kind:
        found = found.filter(subject_kind=kind)
    if number is not None:
        found = found.filter(subject_id=number)
    if person is not None:
        found = found.filter(by_id=person)
    return found


def history(subject: Any) -> QuerySet[Event]:
    """What was done to one thing, oldest first: for that thing's own page, whose permission covers it."""
    return Event.objects.filter(subject_kind=subject._meta.label_lower, subject_id=subject.pk).order_by("id")


def said(event: Event) -> dict[str, Any]:
    """Everything that an event says, in the form that is sealed."""
    return {**model_to_dict(event), "at": event.at.isoformat()}


def unsealed() -> QuerySet[Event]:
    """Events that no seal stands for yet, oldest first."""
    sealed = Seal.objects.values("event_id")
    return Event.objects.exclude(id__in=sealed).order_by("id")


def chain() -> Iterator[rules.Link]:
    """The whole chain of this landlord, in order."""
    for seals in _batches(Seal.objects.order_by("position").iterator(chunk_size=2000), 2000):
        found = Event.objects.in_bulk([seal.event_id for seal in seals])
        for seal in seals:
            event = found.get(seal.event_id)
            yield rules.Link(seal.position, seal.event_id, seal.link, said(event) if event else None)


def _batches(rows: Iterator[Seal], size: int) -> Iterator[list[Seal]]:
    batch: list[Seal] = []
    for row in rows:
        batch.append(row)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
