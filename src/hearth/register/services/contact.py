"""What somebody says about how they wish to hear, and what was said to them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from hearth.audit import services as audit
from hearth.db import news
from hearth.kernel.permits import Actor
from hearth.kernel.refusals import Refused
from hearth.register import permissions, queries
from hearth.register.models import ContactChannel, ContactLog, ContactWishes, OptOut, Person
from hearth.register.rules import reaching
from hearth.register.rules.kinds import NOT_OPTIONAL, Channel, Format, Frequency, Level, Purpose, Told


@transaction.atomic
def set_wishes(
    *,
    person: Person,
    order: Sequence[Channel | str],
    refused: Sequence[Channel | str] = (),
    opted_out: Sequence[Purpose | str] = (),
    language: str = "en",
    interpreter: str = "",
    format: Format | str = Format.STANDARD,
    frequency: Frequency | str = Frequency.MONTHLY,
    level: Level | str = Level.INFORMED,
    topics: Sequence[str] = (),
    told_by: Told | str = Told.STAFF,
    guardian: str = "",
    on: date,
    by: Actor,
) -> ContactWishes:
    """Write down how somebody wishes to hear (PROF-17): they themselves may, and whoever works with people.

    What they did not wish before and wish now ends; what they newly refuse starts on this day. Somebody under sixteen
    needs the name of the parent or guardian who agreed (INC-07).
    """
    permissions.check_own(by, permissions.WORK, person.user_id)
    wanted, unwanted = [Channel(one) for one in order], {Channel(one) for one in refused}
    if both := [one for one in wanted if one in unwanted]:
        raise Refused(f"“{both[0].label}” is both wished and not to be used. Choose one.", field="refused")
    out = {Purpose(one) for one in opted_out}
    if held := out & NOT_OPTIONAL:
        raise Refused(f"{next(iter(held)).label} cannot be opted out of.", field="opted_out")
    _keep_guardian(person, guardian, on=on)
    said, _ = ContactWishes.objects.update_or_create(
        person=person,
        defaults={
            "language": language.strip() or "en",
            "interpreter": interpreter.strip(),
            "format": Format(format),
            "frequency": Frequency(frequency),
            "level": Level(level),
            "topics": list(topics),
            "told_by": Told(told_by),
            "changed_on": on,
        },
    )
    _keep_channels(person, list(dict.fromkeys(wanted)), unwanted)
    _keep_opt_outs(person, out, told_by=Told(told_by), on=on)
    audit.record(by=by, deed="register.wishes_changed", subject=person, person=person.pk)
    news.announce("register.wishes_changed", person_id=person.pk)
    return said


def _keep_guardian(person: Person, guardian: str, *, on: date) -> None:
    if not reaching.is_child(person.born_on, on):
        return
    name = guardian.strip() or person.guardian
    if not name:
        raise Refused(
            f"{person.name} is under {reaching.CHILD_UNDER}. Enter the name of the parent or guardian who agreed.",
            field="guardian",
        )
    person.guardian = name
    person.save(update_fields=["guardian"])


def _keep_channels(person: Person, wanted: list[Channel], unwanted: set[Channel]) -> None:
    ContactChannel.objects.filter(person=person).delete()
    rows = [*((one, True) for one in wanted), *((one, False) for one in Channel if one in unwanted)]
    ContactChannel.objects.bulk_create(
        ContactChannel(person=person, channel=channel, position=place, allowed=allowed)
        for place, (channel, allowed) in enumerate(rows, 1)
    )


def _keep_opt_outs(person: Person, out: set[Purpose], *, told_by: Told, on: date) -> None:
    """Opt-outs end, and are not deleted: it stays known from when to when somebody did not wish to hear."""
    standing = {Purpose(one.purpose): one for one in OptOut.objects.filter(person=person, ended_on=None)}
    for purpose in standing.keys() - out:
        standing[purpose].ended_on = max(on, standing[purpose].started_on)
        standing[purpose].save(update_fields=["ended_on"])
    for purpose in sorted(out - standing.keys()):
        OptOut.objects.create(person=person, purpose=purpose, told_by=told_by, started_on=on)


@transaction.atomic
def begin_wishes(*, person: Person, told_by: Told | str = Told.SELF, on: date, by: Actor) -> ContactWishes:
    """Give somebody who is new the landlord's defaults, such as a monthly email, until they say otherwise (COM-10).

    Wishes that are there already stay as they are.
    """
    permissions.check_own(by, permissions.WORK, person.user_id)
    said = queries.wishes(person)
    if said is not None:
        return said
    first = queries.default_order(on)[0]
    order = [first] if first in (Channel.EMAIL, Channel.SMS) else []
    return set_wishes(
        person=person, order=order, frequency=queries.default_frequency(on), told_by=told_by,
        guardian=person.guardian, on=on, by=by,
    )  # fmt: skip


@transaction.atomic
def set_online(*, person: Person, online: bool | None, on: date, by: Actor) -> None:
    """Write down whether somebody has the internet; None: not known (PROF-18)."""
    permissions.check_own(by, permissions.WORK, person.user_id)
    person.online = online
    person.save(update_fields=["online"])
    audit.record(by=by, deed="register.online_changed", subject=person, person=person.pk)


@transaction.atomic
def log_contact(
    *,
    person: Person,
    at: datetime,
    channel: Channel | str,
    purpose: Purpose | str,
    incoming: bool,
    reached: bool,
    note: str,
    now: datetime,
    by: Actor,
) -> ContactLog:
    """Write down one contact with somebody; a call through Relay UK is a channel of its own (COM-08)."""
    permissions.check_own(by, permissions.WORK, None)
    if at > now:
        raise Refused("A contact cannot be in the future.", field="on")
    if not note.strip():
        raise Refused("Say in a few words what was said, or what was tried.", field="note")
    kept = ContactLog.objects.create(
        person=person, at=at, channel=Channel(channel), purpose=Purpose(purpose), incoming=incoming, reached=reached,
        note=note.strip(), by_name=by.name,
    )  # fmt: skip
    audit.record(by=by, deed="register.contact_logged", subject=person, person=person.pk)
    return kept
