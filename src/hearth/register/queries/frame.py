"""The population that surveys draw from, and how many homes and people there are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce

from hearth.kernel.permits import Actor, check
from hearth.register import permissions
from hearth.register.models import (
    Building,
    Estate,
    Home,
    Household,
    HouseholdMember,
    LeaseHolder,
    Person,
    TenancyHolder,
)
from hearth.register.queries.places import current
from hearth.register.rules import Tenure

_FIELDS = (
    "tenancy__household_id",
    "tenancy__home_id",
    "tenancy_id",
    "person_id",
    "lead",
    "tenancy__tenure",
    "estate_id",
    "estate_name",
    "estate_area",
    "tenancy__home__building_id",
    "tenancy__home__building__name",
    "tenancy__home__building__higher_risk",
    "tenancy__home__kind",
    "tenancy__home__postcode",
    "person__born_on",
    "tenancy__started_on",
)


@dataclass(frozen=True, slots=True)
class Unit:
    """One person who holds a tenancy on the day: with `lead_only`, one a tenancy. Holds no name and no address."""

    household_id: int | None
    home_id: int
    tenancy_id: int
    person_id: int
    lead: bool
    tenure: str  # a value of Tenure
    estate_id: int | None
    estate: str
    area: str
    building_id: int | None
    building: str
    higher_risk: bool | None
    home_kind: str  # a value of HomeKind
    postcode: str
    born_on: date | None
    tenancy_started_on: date


def frame(
    *, on: date, tenures: set[Tenure] | frozenset[Tenure] | None = None, lead_only: bool = True, by: Actor
) -> Iterator[Unit]:
    """Everybody who holds a tenancy on a day, in one query whatever the size, in the order of homes and tenancies.

    `tenures` narrows it (None: all); `lead_only` gives the lead tenant of each tenancy, otherwise all who hold one.
    Leaseholders hold no tenancy and are not in it. Two tenancies of one household give two units with its number.
    Raises Forbidden.
    """
    check(by, permissions.SEE_HOMES)
    rows = holders_on(on, tenures=tenures)
    if lead_only:
        rows = rows.filter(lead=True)
    rows = rows.annotate(
        estate_id=Coalesce("tenancy__home__estate_id", "tenancy__home__building__estate_id"),
        estate_name=Coalesce("tenancy__home__estate__name", "tenancy__home__building__estate__name"),
        estate_area=Coalesce("tenancy__home__estate__area", "tenancy__home__building__estate__area"),
    ).order_by("tenancy__home_id", "tenancy_id", "id")
    for row in rows.values_list(*_FIELDS).iterator(chunk_size=5000):
        said: tuple[Any, ...] = (*row[:7], row[7] or "", row[8] or "", row[9], row[10] or "", *row[11:])
        yield Unit(*said)


def holders_on(on: date, *, tenures: set[Tenure] | frozenset[Tenure] | None = None) -> QuerySet[TenancyHolder]:
    """Who holds a tenancy on a day."""
    rows = TenancyHolder.objects.filter(current(on), current(on, "tenancy__"))
    return rows if tenures is None else rows.filter(tenancy__tenure__in=tenures)


@dataclass(frozen=True)
class Counts:
    """How many there are on a day. `tenants` are all who hold a tenancy, `lead_tenants` one a tenancy."""

    on: date
    homes: int
    households: int
    tenants: int
    lead_tenants: int
    leaseholders: int
    leases: int
    tenants_by_tenure: dict[str, int]  # values of Tenure
    lead_tenants_by_tenure: dict[str, int]
    people: int  # records, whoever they are


def counts(*, on: date) -> Counts:
    """Homes, households, tenants, lead tenants and leaseholders on a day; only figures, no people.

    Somebody with two tenancies is one tenant, and a lead tenant once a tenure.
    """
    by_tenure: dict[str, dict[str, int]] = {"all": {}, "lead": {}}
    for row in (
        holders_on(on)
        .values("tenancy__tenure")
        .annotate(all=Count("person", distinct=True), led=Count("person", filter=Q(lead=True), distinct=True))
        .order_by("tenancy__tenure")
    ):
        by_tenure["all"][row["tenancy__tenure"]] = row["all"]
        by_tenure["lead"][row["tenancy__tenure"]] = row["led"]
    total = holders_on(on).aggregate(
        all=Count("person", distinct=True), led=Count("person", filter=Q(lead=True), distinct=True)
    )
    leased = LeaseHolder.objects.filter(current(on), current(on, "lease__")).aggregate(
        holders=Count("person", distinct=True), leases=Count("lease", distinct=True)
    )
    return Counts(
        on=on,
        homes=Home.objects.filter(current(on)).count(),
        households=Household.objects.filter(current(on)).count(),
        tenants=total["all"],
        lead_tenants=total["led"],
        leaseholders=leased["holders"],
        leases=leased["leases"],
        tenants_by_tenure=by_tenure["all"],
        lead_tenants_by_tenure=by_tenure["lead"],
        people=Person.objects.filter(merged_into=None, anonymised_on=None).count(),
    )


def residents_of(place: Building | Estate, *, on: date, by: Actor) -> QuerySet[Person]:
    """Everybody who lives in a building or on an estate on a day: members of households, tenants and leaseholders.

    Raises Forbidden.
    """
    check(by, permissions.SEE)
    lives = HouseholdMember.objects.filter(current(on), current(on, "household__"), _at(place, "household__home__"))
    holds = holders_on(on).filter(_at(place, "tenancy__home__"))
    leases = LeaseHolder.objects.filter(current(on), current(on, "lease__"), _at(place, "lease__home__"))
    ids: Any = lives.values("person_id").union(holds.values("person_id"), leases.values("person_id"))
    return Person.objects.filter(pk__in=ids, merged_into=None)


def _at(place: Building | Estate, home: str) -> Q:
    if isinstance(place, Building):
        return Q(**{f"{home}building_id": place.pk})
    return Q(**{f"{home}estate_id": place.pk}) | Q(**{f"{home}estate_id": None, f"{home}building__estate_id": place.pk})


def homes_without_tenancy(*, on: date, by: Actor) -> QuerySet[Home]:
    """Homes in which nobody holds a tenancy or a lease on a day. Raises Forbidden."""
    check(by, permissions.SEE_HOMES)
    let = holders_on(on).values(home=F("tenancy__home_id"))
    sold = LeaseHolder.objects.filter(current(on), current(on, "lease__")).values(home=F("lease__home_id"))
    return Home.objects.filter(current(on)).exclude(pk__in=let).exclude(pk__in=sold)
