"""How people may be reached: what the register knows, put before the rule (`rules.reaching`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, BooleanField, F, Func, Q, Value
from django.utils import timezone

from hearth.kernel.permits import Actor, check
from hearth.landlords import queries as landlords
from hearth.register import permissions
from hearth.register.models import (
    Advocate,
    ContactChannel,
    ContactWishes,
    HouseholdMember,
    LeaseHolder,
    OptOut,
    Person,
    SafeContact,
    TenancyHolder,
)
from hearth.register.rules import reaching, safe
from hearth.register.rules.kinds import Authority, Channel, Format, Purpose
from hearth.register.rules.reaching import Acting, Facts, Reach
from hearth.register.rules.safe import Marker


def reach(person_id: int, *, purpose: Purpose | str, at: datetime, by: Actor) -> Reach:
    """How one person may be reached for a purpose at a moment. Raises Forbidden; KeyError where nobody is known."""
    return reach_many([person_id], purpose=purpose, at=at, by=by)[person_id]


def reach_many(person_ids: Iterable[int], *, purpose: Purpose | str, at: datetime, by: Actor) -> dict[int, Reach]:
    """The same for many people, in a fixed number of queries, by the numbers that were asked for.

    The number of a record that was merged into another stands for the other. Unknown numbers are left out.
    """
    check(by, permissions.SEE)
    return reach_many_unasked(person_ids, purpose=Purpose(purpose), at=at)


def reach_many_unasked(person_ids: Iterable[int], *, purpose: Purpose, at: datetime) -> dict[int, Reach]:
    """The same, for services whose own deed has been permitted already."""
    local = timezone.localtime(at)
    facts = facts_of(person_ids, on=local.date())
    return {number: reaching.reach(one, purpose=purpose, at=local) for number, one in facts.items()}


def facts_of(person_ids: Iterable[int], *, on: date) -> dict[int, Facts]:
    """All that is known of how people may be reached, by their numbers. For the rule only; no page shows it."""
    asked = list(dict.fromkeys(person_ids))
    people = {one.pk: one for one in Person.objects.filter(among("id", asked))}
    stands_for = _survivors(people)
    living = {pk: stands_for.get(pk, pk) for pk in asked if pk in people}
    ids = list(set(living.values()))
    shared = _Known(ids, on)
    facts = {pk: shared.facts(people[pk]) for pk in ids}
    return {number: facts[pk] for number, pk in living.items()}


def among(field: str, numbers: Iterable[int]) -> Func:
    """That a number is one of many: as one array, which stays quick where Django's list of thousands does not."""
    array = Value(list(numbers), output_field=ArrayField(BigIntegerField()))
    return Func(F(field), array, template="(%(expressions)s))", arg_joiner=" = any(", output_field=BooleanField())


def _survivors(people: dict[int, Person]) -> dict[int, int]:
    """Whose record each merged record became, however often; those records are added to `people`."""
    while missing := {p.merged_into_id for p in people.values() if p.merged_into_id} - set(people):
        people.update({one.pk: one for one in Person.objects.filter(among("id", missing))})
    found: dict[int, int] = {}
    for pk, person in people.items():
        seen = {pk}
        while person.merged_into_id and person.merged_into_id not in seen:
            person = people[person.merged_into_id]
            seen.add(person.pk)
        found[pk] = person.pk
    return found


class _Known:
    """What is known of a set of people: one query a table, whatever the number of people."""

    def __init__(self, ids: list[int], on: date) -> None:
        self.wishes = {one.person_id: one for one in ContactWishes.objects.filter(among("person", ids))}
        self.channels = _grouped(
            ContactChannel.objects.filter(among("person", ids)).order_by("person", "position", "id")
        )
        self.opt_outs = _grouped(
            OptOut.objects.filter(among("person", ids), started_on__lte=on).filter(
                Q(ended_on=None) | Q(ended_on__gt=on)
            )
        )
        self.advocates = _grouped(Advocate.objects.filter(among("person", ids)).filter(_holding(on, last_day=True)))
        self.markers = markers_of(ids)
        self.homes = addresses_of(ids, on=on)
        self.order = default_order(on)

    def facts(self, person: Person) -> Facts:
        wish = self.wishes.get(person.pk)
        rows = self.channels[person.pk]
        home = self.homes.get(person.pk, "")
        return Facts(
            name=person.name,
            email=person.email,
            phone=person.phone,
            mobile=person.mobile,
            address=person.postal_address or home,
            home=home,
            order=tuple(Channel(one.channel) for one in rows if one.allowed),
            refused=frozenset(Channel(one.channel) for one in rows if not one.allowed),
            default_order=self.order,
            opted_out=frozenset(Purpose(one.purpose) for one in self.opt_outs[person.pk]),
            language=wish.language if wish else "en",
            interpreter=wish.interpreter if wish else "",
            format=Format(wish.format) if wish else Format.STANDARD,
            acting=tuple(_acting(one) for one in self.advocates[person.pk]),
            marker=self.markers.get(person.pk),
            born_on=person.born_on,
            guardian=person.guardian,
            died_on=person.died_on,
            anonymised=person.anonymised_on is not None,
        )


def _grouped(rows: Iterable[Any]) -> defaultdict[int, list[Any]]:
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.person_id].append(row)
    return found


def _holding(on: date, *, last_day: bool) -> Q:
    """The rows that hold on a day; `last_day` says that a row still holds on the day on which it ends."""
    started = Q(started_on=None) | Q(started_on__lte=on)
    return started & (Q(ended_on=None) | (Q(ended_on__gte=on) if last_day else Q(ended_on__gt=on)))


def _acting(one: Advocate) -> Acting:
    withdrawn = timezone.localtime(one.withdrawn_at) if one.withdrawn_at else None
    return Acting(
        one.name, Authority(one.kind), frozenset(one.scope), one.started_on, one.ended_on, withdrawn,
        one.email, one.phone, one.postal_address,
    )  # fmt: skip


def default_order(on: date) -> tuple[Channel, ...]:
    """In what order people are reached who have not said: the landlord's first choice, then the others (COM-10)."""
    said = str(landlords.setting("register.default_channel", on=on))
    rest = reaching.DEFAULT_ORDER
    first = Channel(said) if said in list(Channel) else rest[0]
    return (first, *(channel for channel in rest if channel != first))


def markers_of(person_ids: Iterable[int]) -> dict[int, Marker]:
    """The markers that stand, by person. One query. A marker stands until it is lifted, reviewed or not."""
    rows = SafeContact.objects.filter(among("person", person_ids), ended_on=None)
    return {one.person_id: safe.read_marker(channels=one.channels, times=one.times) for one in rows}


def marker(person_ids: Iterable[int], *, by: Actor) -> dict[int, str]:
    """What a banner says of each person who is to be contacted safely: one sentence, without a reason.

    For everybody who works with people, on every page about one of them. Raises Forbidden.
    """
    check(by, permissions.SEE)
    return {pk: safe.words(marker) for pk, marker in markers_of(person_ids).items()}


def addresses_of(person_ids: Iterable[int], *, on: date) -> dict[int, str]:
    """Where people live on a day, as an address of several lines: by household, tenancy or lease. Three queries.

    A lease comes last: who owns a home need not live in it.
    """
    ids = list(person_ids)
    found: dict[int, str] = {}
    for model, path in ((LeaseHolder, "lease"), (TenancyHolder, "tenancy"), (HouseholdMember, "household")):
        outer = {f"{path}__ended_on": None}, {f"{path}__ended_on__gte": on}
        rows = (
            model.objects.filter(_holding(on, last_day=True), among("person", ids))  # type: ignore[attr-defined]
            .filter(Q(**outer[0]) | Q(**outer[1]))
            .order_by("id")
            .values_list("person_id", f"{path}__home__address", f"{path}__home__postcode")
        )
        for person_id, address, postcode in rows:
            found[person_id] = "\n".join([*(part.strip() for part in address.split(",")), postcode])
    return found
