"""Reading the trail: by thing, by person, and as a chain."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Max, QuerySet
from django.forms.models import model_to_dict
from django.utils import timezone

from hearth.audit import permissions, rules
from hearth.audit.models import Event, Seal
from hearth.kernel.permits import Actor, check


def events(*, by: Actor, kind: str = "", number: int | None = None, person: int | None = None) -> QuerySet[Event]:
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


def found(
    *,
    by: Actor,
    who: str = "",
    thing: str = "",
    deed: str | None = None,
    first_on: date | None = None,
    last_on: date | None = None,
) -> QuerySet[Event]:
    """The trail by parts of names, by deed and by days (both included), newest first. Raises Forbidden."""
    trail = events(by=by)
    if who:
        trail = trail.filter(by_name__icontains=who)
    if thing:
        trail = trail.filter(subject_name__icontains=thing)
    if deed:
        trail = trail.filter(deed=deed)
    if first_on:
        trail = trail.filter(at__gte=_midnight(first_on))
    if last_on:
        trail = trail.filter(at__lt=_midnight(last_on + timedelta(days=1)))
    return trail


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def deeds() -> list[str]:
    """Every deed that stands in this landlord's trail."""
    return list(Event.objects.order_by("deed").values_list("deed", flat=True).distinct())


def history(subject: Any) -> QuerySet[Event]:
    """What was done to one thing, oldest first: for that thing's own page, whose permission covers it."""
    return Event.objects.filter(subject_kind=subject._meta.label_lower, subject_id=subject.pk).order_by("id")


def last_change(kind: str) -> datetime | None:
    """The moment of the last deed done to any thing of a kind; None where nothing was done yet."""
    return Event.objects.filter(subject_kind=kind).aggregate(at=Max("at"))["at"]


def said(event: Event) -> dict[str, Any]:
    """Everything that an event says, in the form that is sealed."""
    return {**model_to_dict(event), "at": event.at.isoformat()}


def unsealed() -> QuerySet[Event]:
    """Events that no seal stands for yet, oldest first."""
    sealed = Seal.objects.values("event_id")
    return Event.objects.exclude(id__in=sealed).order_by("id")


def sealed() -> QuerySet[Seal]:
    """Every seal of this landlord, in order."""
    return Seal.objects.order_by("position")


def seal_of(event: Event) -> Seal | None:
    """The seal that stands for an event, where it has one already."""
    return Seal.objects.filter(event_id=event.pk).first()


def check_chain(*, by: Actor) -> rules.Broken | None:
    """Walk this landlord's whole chain; the first place at which it does not hold (GOV-36). Raises Forbidden."""
    check(by, permissions.READ)
    return rules.verify(chain())


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
