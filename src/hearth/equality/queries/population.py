"""Whom the register knows, as this room counts them: an age, a tenure, an area, the internet; no name leaves here."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from hearth.equality.rules import Population
from hearth.kernel.permits import Actor
from hearth.register import permissions as register_permissions
from hearth.register import queries as register


@dataclass(frozen=True, slots=True)
class Counted:
    """One person as they are counted. `tenure` and `area` are words to show; empty where none is known."""

    person_id: int
    born_on: date | None
    tenure: str
    area: str


def counting(by: Actor) -> Actor:
    """Who asked, as this room reads the register for them: people are counted here, and only counts leave."""
    needed = {register_permissions.SEE, register_permissions.SEE_HOMES}
    return Actor(
        by.landlord_id, by.user_id, by.name, by.roles, by.permissions | needed, by.posts, by.post_titles, by.system
    )


def members(population: Population, *, on: date, area: str = "", by: Actor) -> list[Counted]:
    """Everybody of a population on a day, each once; `area` narrows it to a ward, patch or estate by its name."""
    if population in (Population.LEAD_TENANTS, Population.TENANTS):
        found = _tenants(on, lead_only=population is Population.LEAD_TENANTS, by=by)
    elif population is Population.LEASEHOLDERS:
        found = described(_leaseholders(on, by=by), on=on, by=by)
    elif population is Population.RESIDENTS:
        found = described(_residents(on, by=by), on=on, by=by)
    else:
        return []
    return [one for one in found if not area or one.area == area]


def _tenants(on: date, *, lead_only: bool, by: Actor) -> list[Counted]:
    found: dict[int, Counted] = {}
    for unit in register.frame(on=on, lead_only=lead_only, by=counting(by)):
        words = register.Tenure(unit.tenure).label
        found.setdefault(
            unit.person_id, Counted(unit.person_id, unit.born_on, words, unit.area or unit.estate or unit.building)
        )
    return list(found.values())


def _leaseholders(on: date, *, by: Actor) -> list[int]:
    people = register.people(by=counting(by))
    held = people.filter(register.current(on, "leases_held__"), register.current(on, "leases_held__lease__"))
    return list(held.order_by("pk").values_list("pk", flat=True).distinct())


def _residents(on: date, *, by: Actor) -> list[int]:
    people = register.people(by=counting(by)).filter(died_on=None)
    lives = people.filter(register.current(on, "memberships__"), register.current(on, "memberships__household__"))
    found = {unit.person_id for unit in register.frame(on=on, lead_only=False, by=counting(by))}
    found |= set(lives.values_list("pk", flat=True)) | set(_leaseholders(on, by=by))
    return sorted(found)


def described(person_ids: Iterable[int], *, on: date, by: Actor) -> list[Counted]:
    """The people with these numbers as they are counted, each once, in the order given; strangers are left out."""
    wanted = list(dict.fromkeys(person_ids))
    holding = {one.person_id: one for one in _tenants(on, lead_only=False, by=by)}
    rest = {one.pk: one for one in people_by_number([pk for pk in wanted if pk not in holding], by=counting(by))}
    tenures = register.tenures_of(list(rest.values()), on=on)
    for pk, one in rest.items():
        holding[pk] = Counted(pk, one.born_on, tenures[pk].label, "")
    return [holding[pk] for pk in wanted if pk in holding]


def people_by_number(person_ids: Collection[int], *, by: Actor) -> list[Any]:
    """The records of people, some at a time so that no question to the database grows too long."""
    ids = list(person_ids)
    found: list[Any] = []
    for start in range(0, len(ids), 5000):
        found += register.people(by=by).filter(pk__in=ids[start : start + 5000])
    return found


def online_of(*, by: Actor) -> dict[int, bool]:
    """Who has the internet and who has not, as far as it is known (PROF-18)."""
    rows = register.people(by=counting(by)).exclude(online=None).order_by()
    return {pk: bool(online) for pk, online in rows.values_list("pk", "online")}


def wants_help_online(*, on: date, by: Actor) -> list[Any]:
    """The people who want help to get online, for staff who may see people (PROF-18). Raises Forbidden."""
    open_now = Q(needs__ended_on=None) | Q(needs__ended_on__gte=on)
    found = register.people(by=by).filter(open_now, needs__kind="online", needs__started_on__lte=on)
    return list(found.distinct())


def areas(*, by: Actor) -> list[str]:
    """The areas by which people can be counted, in order."""
    names = {estate.area or estate.name for estate in register.estates(by=counting(by))}
    return sorted(name for name in names if name)
