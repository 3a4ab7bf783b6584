"""Messages that waited for a safe hour, or until somebody wished to hear again, are sent when their time has come."""

from __future__ import annotations

from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.apps import apps
from django.db import transaction

from hearth.kernel.permits import Actor
from hearth.kernel.words import counted
from hearth.notifications import services as notifications
from hearth.register import queries
from hearth.register.models import HeldMessage, Person, SafeContact
from hearth.register.rules.kinds import NOT_OPTIONAL, Purpose
from hearth.register.rules.reaching import CAPPED, WRITTEN
from hearth.register.services.messages import Draft, send_by

Why, State = HeldMessage.Why, HeldMessage.State


@transaction.atomic
def release(*, at: datetime, by: Actor) -> int:
    """Send what may go now, and say how many messages that were. Each is asked about anew: much may have changed.

    News of several topics that waited for the same person becomes one message (PROF-17).
    """
    due = HeldMessage.objects.select_for_update(skip_locked=True).filter(state=State.WAITING, until__lte=at)
    rows = list(due.order_by("person_id", "purpose", "id"))
    sent = 0
    for (person_id, purpose), waiting in groupby(rows, key=lambda one: (one.person_id, one.purpose)):
        together = list(waiting)
        parts = [together] if purpose in CAPPED else [[one] for one in together]
        for part in parts:
            sent += len(part) if _release(person_id, Purpose(purpose), part, at=at, by=by) else 0
    return sent


def _release(person_id: int, purpose: Purpose, waiting: list[HeldMessage], *, at: datetime, by: Actor) -> bool:
    person = Person.objects.select_for_update().get(pk=queries.survivor(person_id))
    reach = queries.reach_unasked(person.pk, purpose=purpose, at=at)
    if reach.later:
        _move(waiting, why=Why.SAFETY, until=reach.later)
        return False
    way = next(iter(reach.by(*WRITTEN)), None)
    if way is None:
        _give_up(waiting, withheld=reach.withheld, by_people=bool(reach.ways), purpose=purpose, at=at)
        return False
    next_time = queries.next_due(person.pk, purpose=purpose, at=at)
    if next_time > at:
        _move(waiting, why=Why.FREQUENCY, until=next_time)
        return False
    send_by(person=person, draft=_together(waiting, purpose), way=way, reach=reach, at=at, by=by)
    HeldMessage.objects.filter(pk__in=[one.pk for one in waiting]).update(state=State.SENT, settled_at=at)
    return True


def _move(waiting: list[HeldMessage], *, why: Any, until: datetime) -> None:
    HeldMessage.objects.filter(pk__in=[one.pk for one in waiting]).update(why=why, until=until)


def _give_up(waiting: list[HeldMessage], *, withheld: bool, by_people: bool, purpose: Purpose, at: datetime) -> None:
    """Nothing can be written any more: people must tell what must be told, and the rest is settled unsent."""
    rows = HeldMessage.objects.filter(pk__in=[one.pk for one in waiting])
    if purpose in NOT_OPTIONAL and (withheld or by_people):
        rows.update(why=Why.SAFETY if withheld else Why.SPOKEN, until=None)
    else:
        why = Why.SAFETY if withheld else Why.FREQUENCY
        rows.update(why=why, until=None, state=State.SETTLED, settled_at=at, subject="", body="", attachment_ids=[])


def _together(waiting: list[HeldMessage], purpose: Purpose) -> Draft:
    """Several messages as one, each under its own heading."""
    first = waiting[0]
    about = _about(first) if len(waiting) == 1 else None
    files = tuple(dict.fromkeys(number for one in waiting for number in one.attachment_ids))
    if len(waiting) == 1:
        subject, body = first.subject, first.body
    else:
        subject = f"{counted(len(waiting), 'piece').capitalize()} of news"
        body = "\n\n".join(f"{one.subject}\n\n{one.body}" for one in waiting)
    said = {first.language: body}
    return Draft(purpose, {first.language: subject}, said, first.key, files, about, first.topic)


def _about(held: HeldMessage) -> Any:
    if not held.about_kind or held.about_id is None:
        return None
    return apps.get_model(held.about_kind)._base_manager.filter(pk=held.about_id).first()


@transaction.atomic
def tell_cleared(*, held_id: int, by: Actor) -> None:
    """Write to whoever set the marker that a message waits: without a name, a subject or a reason."""
    held = HeldMessage.objects.get(pk=held_id)
    marker = SafeContact.objects.filter(person=held.person_id, ended_on=None).select_related("set_by").first()
    user = marker.set_by if marker else None
    if user is None or not user.is_active or held.state != State.WAITING:
        return
    notifications.send(
        key=f"register.held.{held.pk}", to_name=user.name, to_address=user.email,
        subject="A message waits for you to pass on",
        body="A message could not be sent and waits for somebody who is cleared to pass it on. Sign in to see it.",
        by=by,
    )  # fmt: skip


@transaction.atomic
def remind_of_markers(*, on: date, by: Actor) -> int:
    """Write to whoever set a marker that its review has come: once for each review, without a name."""
    told = 0
    due = SafeContact.objects.filter(ended_on=None, review_on__lte=on).select_related("set_by")
    for marker in due.order_by("review_on", "id"):
        if marker.set_by is None or not marker.set_by.is_active:
            continue
        notifications.send(
            key=f"register.marker.{marker.pk}.{marker.review_on}", to_name=marker.set_by.name,
            to_address=marker.set_by.email, subject="A review has come due",
            body="Something that you asked to look at again has come due. Sign in to see it.", by=by,
        )  # fmt: skip
        told += 1
    return told
