"""Finding people and homes by what other systems call them: job systems, survey firms, contractors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from hearth.register.models import Building, Estate, Home, Person
from hearth.register.queries.frame import holders_on


@dataclass(frozen=True)
class Referred:
    """What references were found to mean; None for what was not given. `unknown` names those that mean nothing."""

    person: Person | None = None
    home: Home | None = None
    building: Building | None = None
    estate: Estate | None = None
    unknown: tuple[str, ...] = ()

    @property
    def found(self) -> frozenset[str]:
        """Which of the four were found."""
        return frozenset(name for name in ("person", "home", "building", "estate") if getattr(self, name) is not None)


def referred(*, person: str = "", home: str = "", uprn: str = "", building: str = "", estate: str = "") -> Referred:
    """The records behind references of the housing management system; a merged person stands for the one kept.

    For services whose own deed has been permitted. At most one query a reference that is given.
    """
    found: dict[str, Person | Home | Building | Estate | None] = {}
    if person:
        found["person"] = _kept(Person.objects.select_related("merged_into").filter(key=person).first())
    if home or uprn:
        homes = Home.objects.select_related("building", "estate")
        found["home"] = homes.filter(**({"key": home} if home else {"uprn": uprn})).first()
    if building:
        found["building"] = Building.objects.filter(key=building).first()
    if estate:
        found["estate"] = (
            Estate.objects.filter(key=estate).first() or Estate.objects.filter(name__iexact=estate).first()
        )
    given = {"person": person, "home": home or uprn, "building": building, "estate": estate}
    unknown = [name for name, reference in given.items() if reference and found.get(name) is None]
    return Referred(**found, unknown=tuple(unknown))  # type: ignore[arg-type]


def _kept(person: Person | None) -> Person | None:
    while person is not None and person.merged_into is not None:
        person = person.merged_into
    return person


def lead_tenants_at(
    *, home: int | None = None, building: int | None = None, estate: int | None = None, on: date
) -> QuerySet[Person]:
    """The lead tenants of a home, of a building's homes, or of an estate's, on a day. For services; one query."""
    holders = holders_on(on).filter(lead=True)
    if home is not None:
        holders = holders.filter(tenancy__home=home)
    elif building is not None:
        holders = holders.filter(tenancy__home__building=building)
    elif estate is not None:
        holders = holders.filter(tenancy__home__estate=estate) | holders.filter(
            tenancy__home__estate=None, tenancy__home__building__estate=estate
        )
    else:
        return Person.objects.none()
    return Person.objects.filter(pk__in=holders.values("person_id"), merged_into=None)
