"""The neutral "contact safely" marker: set, changed and lifted by cleared staff only.

The trail has one word for all three, and no detail: it shows that the marker was looked at, never why or to what end.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from hearth.audit import services as audit
from hearth.db import news
from hearth.kernel.permits import Actor, check
from hearth.kernel.refusals import Refused
from hearth.register import permissions
from hearth.register.models import HeldMessage, Person, SafeContact
from hearth.register.rules import safe
from hearth.register.rules.kinds import Channel

DEED = "register.contact_safely"


@transaction.atomic
def mark_safe(
    *,
    person: Person,
    channels: Sequence[dict[str, Any]],
    times: Sequence[dict[str, Any]] = (),
    review_on: date,
    on: date,
    by: Actor,
) -> SafeContact:
    """Say by which ways and at which times alone somebody may be reached. What stood before ends today.

    `channels` are {"channel", "to"}, in order; none: nobody writes, calls or visits. `times` are {"days", "from",
    "to"}; none: at any time.
    """
    check(by, permissions.MARK_SAFE)
    safe.check_marker(channels=channels, times=times, review_on=review_on, on=on)
    SafeContact.objects.filter(person=person, ended_on=None).update(ended_on=on)
    kept = SafeContact.objects.create(
        person=person,
        channels=[
            {"channel": str(one["channel"]), "to": safe.read_point(Channel(one["channel"]), str(one["to"]))}
            for one in channels
        ],
        times=[{"days": list(one["days"]), "from": one["from"], "to": one["to"]} for one in times],
        set_by_id=by.user_id,
        set_by_name=by.name,
        started_on=on,
        review_on=review_on,
    )
    _record(person, by=by)
    return kept


@transaction.atomic
def lift_safe(*, person: Person, on: date, by: Actor) -> None:
    """Lift the marker: from now on the person's own wishes hold again."""
    check(by, permissions.MARK_SAFE)
    if not SafeContact.objects.filter(person=person, ended_on=None).update(ended_on=on):
        raise Refused("There is no marker to lift.")
    _record(person, by=by)


def _record(person: Person, *, by: Actor) -> None:
    audit.record(by=by, deed=DEED, subject=person, person=person.pk)
    news.announce("register.contact_safely", person_id=person.pk)


@transaction.atomic
def settle_held(*, held: HeldMessage, outcome: str, at: datetime, by: Actor) -> None:
    """Say how a message that could not be sent was brought to the person after all, or why it no longer matters."""
    check(by, permissions.MARK_SAFE if held.why == HeldMessage.Why.SAFETY else permissions.WORK)
    if held.state != HeldMessage.State.WAITING:
        raise Refused("This message is settled already.")
    if not outcome.strip():
        raise Refused("Say what was done.", field="outcome")
    held.state, held.settled_at, held.outcome = HeldMessage.State.SETTLED, at, outcome.strip()
    held.save(update_fields=["state", "settled_at", "outcome"])
    audit.record(by=by, deed="register.held_settled", subject=held.person, person=held.person_id)
