"""Reading requests about one's own data, what a copy would hold, holds and what retention did."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.utils.module_loading import import_string

from hearth.db import privacy
from hearth.kernel.days import spoken
from hearth.kernel.keeping import Kept
from hearth.kernel.permits import Actor, check
from hearth.landlords import queries as landlords
from hearth.register import permissions
from hearth.register.models import DataRequest, LegalHold, Person, RetentionRun
from hearth.register.queries.places import current
from hearth.register.rules import retention, rights
from hearth.register.rules.kinds import RequestState
from hearth.register.rules.rights import Decision, Item, Said

ANOTHER = "Another person"
OFFICER = "A member of staff"
MOST = 2000  # rows of one kind that a copy holds; more would be read by nobody


def requests(*, by: Actor, open_only: bool = False) -> QuerySet[DataRequest]:
    """What people asked about their own data, by due date. Raises Forbidden."""
    check(by, permissions.RIGHTS)
    found = DataRequest.objects.select_related("person")
    return found.filter(state__in=rights.OPEN) if open_only else found


def request(pk: int, *, by: Actor) -> DataRequest | None:
    """One request with its files. Raises Forbidden."""
    return requests(by=by).select_related("file", "data").filter(pk=pk).first()


def requests_due(*, until: date) -> QuerySet[DataRequest]:
    """The open requests that are due by a day, earliest first, for the reminder."""
    return DataRequest.objects.filter(state__in=rights.OPEN, due_on__lte=until)


def requests_of(person: Person) -> QuerySet[DataRequest]:
    """What one person asked, newest first, for their own page."""
    return DataRequest.objects.filter(person=person).select_related("file", "data").order_by("-received_on", "-id")


def reference(request: DataRequest) -> str:
    """The reference under which a request is spoken of."""
    return f"DATA-{request.pk}"


# ── what a copy would hold ────────────────────────────────────────────────────────────────────────────────


def records_of(*people: Person) -> list[int]:
    """The numbers of people's records, and of those that were merged into them."""
    found = [person.pk for person in people]
    wave = found
    while wave:
        wave = list(Person.objects.filter(merged_into__in=wave).exclude(pk__in=found).values_list("pk", flat=True))
        found = found + wave
    return found


def rows_about(*people: Person) -> Iterator[tuple[type[models.Model], QuerySet[Any]]]:
    """Every kind of row of every room that tells of these people, with the rows. Read off the privacy maps.

    An email address that others have as well leads to what was sent to it; whose it is, is another question.
    """
    ids = records_of(*people)
    records = list(Person.objects.filter(pk__in=ids))
    accounts = [one.user_id for one in records if one.user_id]
    addresses = {one.email.lower() for one in records if one.email}
    for model in privacy.reaching():
        yield model, privacy.rows_about(model, people=ids, accounts=accounts, addresses=sorted(addresses))


def shared_addresses(ids: Collection[int]) -> set[str]:
    """The email addresses of these records that somebody else has as well, in small letters."""
    small = Person.objects.exclude(email="").annotate(small=Lower("email"))
    theirs = small.filter(pk__in=ids).values("small")
    return set(small.exclude(pk__in=ids).filter(small__in=theirs).values_list("small", flat=True))


def items(person: Person, *, by: Actor) -> list[Item]:
    """Every row about a person as a copy would show it, with what is in doubt set apart (SEC-05).

    Left out altogether: other people's rows and names, secrets, and who on the staff did something. Raises Forbidden.
    """
    check(by, permissions.RIGHTS)
    ids = set(records_of(person))
    mine: dict[type[models.Model], list[Any]] = {}
    for model, rows in rows_about(person):
        found = list(rows.order_by("pk")[:MOST])
        if found:
            mine[model] = found
    known = {(model._meta.label_lower, row.pk) for model, rows in mine.items() for row in rows}
    shared = bool(shared_addresses(ids))
    return [_item(row, ids, known, shared) for rows in mine.values() for row in rows]


def _item(row: Any, ids: set[int], known: set[tuple[str, int]], shared: bool) -> Item:
    model: type[models.Model] = type(row)
    found = privacy.map_of(model)
    assert found is not None, model
    sure: list[Said] = []
    part: list[Said] = []
    for field in model._meta.concrete_fields:
        if field.name in ("id", "landlord") or field.primary_key or field.name in found.secret:
            continue
        text = _text(row, field, ids, known, staff=found.words.get(field.name) != "plain")
        if text:
            said = Said(_label(field), text)
            (part if field.name in found.others else sure).append(said)
    return Item(
        key=f"{model._meta.label_lower}:{row.pk}",
        kind=str(model._meta.verbose_name).capitalize(),
        fields=tuple(sure),
        doubt=rights.SEALED if found.sealed else rights.OTHERS if _of_another(row, found, ids, shared) else "",
        part=tuple(part),
        part_doubt=rights.OTHERS if part else "",
    )


def _of_another(row: Any, found: privacy.Map, ids: set[int], shared: bool) -> bool:
    """Whether a row that was found by an email address may be somebody else's who has the same one."""
    if found.thing:
        kind, number = (getattr(row, name) for name in found.thing)
        if kind == privacy.subject()._meta.label_lower:
            return number not in ids
    return bool(found.addressed) and shared


def _label(field: Any) -> str:
    return str(field.verbose_name).replace("_", " ").capitalize()


def _text(row: Any, field: Any, ids: set[int], known: set[tuple[str, int]], *, staff: bool) -> str:
    """One field in words; "" where nothing stands in it or it only points back at the person."""
    value = getattr(row, field.attname)
    if value in (None, "", [], {}):
        return ""
    if staff and (field.name.endswith(("_by", "_by_name")) or field.name == "by_name"):
        return OFFICER
    if isinstance(field, models.ForeignKey):
        return _pointed(row, field, value, ids, known)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return words(value)


def _pointed(row: Any, field: Any, value: Any, ids: set[int], known: set[tuple[str, int]]) -> str:
    target = field.related_model
    if target is privacy.subject():
        return "" if value in ids else ANOTHER
    joined = privacy.account()
    if joined and target is joined[1]:
        return "Your account" if (target._meta.label_lower, value) in known else OFFICER
    if privacy.tells_of_somebody(target) and (target._meta.label_lower, value) not in known:
        return "Another record"
    return str(getattr(row, field.name))


def words(value: Any) -> str:
    """A value as a reader wants it: days in words, yes and no, lists with commas."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        return f"{spoken(value.date())}, {value:%H:%M}"
    if isinstance(value, date):
        return spoken(value)
    if isinstance(value, dict):
        return "; ".join(f"{name.replace('_', ' ')}: {words(one)}" for name, one in value.items())
    if isinstance(value, (list, tuple)):
        return ", ".join(words(one) for one in value)
    return str(value) if isinstance(value, (str, int, float)) else json.dumps(value, default=str)


def decisions(request: DataRequest) -> list[Decision]:
    """What the officer decided about the parts in doubt."""
    return [Decision(str(one["key"]), bool(one["give"]), str(one.get("why", ""))) for one in request.review]


# ── erasure, holds and retention ──────────────────────────────────────────────────────────────────────────


def lives_here(person: Person, *, on: date) -> bool:
    """Whether somebody holds a tenancy or a lease, or lives in a household, on a day."""
    ids = records_of(person)
    return any(
        of.filter(current(on), current(on, f"{parent}__"), person_id__in=ids).exists()
        for of, parent in (
            (person.tenancies_held.model.objects, "tenancy"),
            (person.leases_held.model.objects, "lease"),
            (person.memberships.model.objects, "household"),
        )
    )


def holds(*, by: Actor, on: date | None = None) -> QuerySet[LegalHold]:
    """Every legal hold, or those in force on a day, latest first. Raises Forbidden."""
    check(by, permissions.RIGHTS)
    found = LegalHold.objects.select_related("person")
    return found.filter(_in_force(on)) if on else found


def _in_force(on: date) -> Q:
    return Q(started_on__lte=on) & (Q(ended_on=None) | Q(ended_on__gt=on))


def held_reasons(person: Person, *, on: date) -> list[str]:
    """The reasons of the legal holds that keep a person's records on a day."""
    ids = records_of(person)
    return list(LegalHold.objects.filter(_in_force(on), person_id__in=ids).values_list("reason", flat=True))


def holds_on(on: date) -> list[retention.Hold]:
    """The legal holds in force on a day, for the retention job; a hold on a merged record holds what it became."""
    found = []
    for hold in LegalHold.objects.filter(_in_force(on)).select_related("person"):
        if hold.person is None:
            found.append(retention.Hold(None, hold.kind))
            continue
        people = {*records_of(hold.person), hold.person.merged_into_id or hold.person.pk}
        found += [retention.Hold(one, hold.kind) for one in sorted(people)]
    return found


def kinds_kept() -> list[Kept]:
    """Every kind of record that is kept for a time, of all rooms; named by the wiring."""
    found: list[Kept] = []
    for name in import_string(settings.HEARTH_RETAINED):
        told = import_string(name)
        found += [told] if isinstance(told, Kept) else list(told)
    return found


def months_kept(kind: Kept, *, on: date) -> int:
    """For how many months a kind of record is kept, as the dated settings have it on a day."""
    return int(landlords.setting(kind.setting, on=on))


def runs(*, by: Actor) -> QuerySet[RetentionRun]:
    """What the retention job did, latest day first. Raises Forbidden."""
    check(by, permissions.RIGHTS)
    return RetentionRun.objects.all()


def is_open(request: DataRequest) -> bool:
    """Whether a request still waits for its answer."""
    return RequestState(request.state) in rights.OPEN
