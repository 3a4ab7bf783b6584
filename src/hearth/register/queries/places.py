"""Reading estates, buildings and homes."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Q, QuerySet

from hearth.kernel.permits import Actor, check
from hearth.register import permissions
from hearth.register.models import Building, Estate, Home


def current(on: date, prefix: str = "") -> Q:
    """What has begun and is not over on a day, both days included; a start or end that is not known is open."""
    begun = Q(**{f"{prefix}started_on": None}) | Q(**{f"{prefix}started_on__lte": on})
    return begun & (Q(**{f"{prefix}ended_on": None}) | Q(**{f"{prefix}ended_on__gte": on}))


def estates(*, by: Actor, words: str = "") -> QuerySet[Estate]:
    """Every estate, with its number of homes as `homes_count`. Raises Forbidden."""
    check(by, permissions.SEE_HOMES)
    found = Estate.objects.annotate(homes_count=Count("homes", filter=Q(homes__ended_on=None)))
    for word in words.split():
        found = found.filter(Q(name__icontains=word) | Q(area__icontains=word) | Q(key__iexact=word))
    return found.order_by("name", "pk")


def estate(pk: int, *, by: Actor) -> Estate | None:
    """One estate. Raises Forbidden."""
    return estates(by=by).filter(pk=pk).first()


def buildings(*, by: Actor, words: str = "", estate_id: int | None = None) -> QuerySet[Building]:
    """Every building with its estate and its number of homes as `homes_count`. Raises Forbidden."""
    check(by, permissions.SEE_HOMES)
    found = Building.objects.select_related("estate").annotate(
        homes_count=Count("homes", filter=Q(homes__ended_on=None))
    )
    if estate_id is not None:
        found = found.filter(estate_id=estate_id)
    for word in words.split():
        found = found.filter(Q(name__icontains=word) | Q(estate__name__icontains=word) | Q(key__iexact=word))
    return found.order_by("name", "pk")


def building(pk: int, *, by: Actor) -> Building | None:
    """One building. Raises Forbidden."""
    return buildings(by=by).filter(pk=pk).first()


def homes(
    *, by: Actor, words: str = "", estate_id: int | None = None, building_id: int | None = None
) -> QuerySet[Home]:
    """Every home with its building and estate, by part of the address, postcode, reference or UPRN. Raises Forbidden.

    A home belongs to the estate that it names, else to the estate of its building.
    """
    check(by, permissions.SEE_HOMES)
    found = Home.objects.select_related("building__estate", "estate")
    if estate_id is not None:
        found = found.filter(Q(estate_id=estate_id) | Q(estate=None, building__estate_id=estate_id))
    if building_id is not None:
        found = found.filter(building_id=building_id)
    for word in words.split():
        found = found.filter(
            Q(address__icontains=word) | Q(postcode__icontains=word) | Q(key__iexact=word) | Q(uprn=word)
        )
    return found


def home(pk: int, *, by: Actor) -> Home | None:
    """One home. Raises Forbidden."""
    return homes(by=by).filter(pk=pk).first()
