"""Estates, buildings and homes, written by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from hearth.audit import services as audit
from hearth.kernel.permits import Actor, check
from hearth.kernel.refusals import Refused
from hearth.register import permissions
from hearth.register.models import Building, Estate, Home
from hearth.register.queries.places import current
from hearth.register.rules import numbers


def _kept(row: Any, made: bool, *, by: Actor, deed: str) -> Any:
    """Save a row, and say in words where something of its own kind has the same name or reference."""
    try:
        with transaction.atomic():
            row.save(force_insert=made)
    except IntegrityError as error:
        if "uprn" in str(error):
            raise Refused("Another home has this UPRN.", field="uprn") from None
        if "_a_key" in str(error):
            raise Refused("Another one has this reference.", field="key") from None
        raise Refused("Another one has this name.", field="name") from None
    audit.record(by=by, deed=f"register.{deed}_{'added' if made else 'changed'}", subject=row)
    return row


@transaction.atomic
def keep_estate(*, estate: Estate | None = None, name: str, area: str = "", key: str = "", by: Actor) -> Estate:
    """Add an estate, or change one."""
    check(by, permissions.WORK)
    row = estate or Estate()
    row.name, row.area, row.key = name.strip(), area.strip(), key.strip()
    if not row.name:
        raise Refused("Enter the name of the estate.", field="name")
    return _kept(row, estate is None, by=by, deed="estate")


@transaction.atomic
def keep_building(
    *,
    building: Building | None = None,
    name: str,
    estate: Estate | None = None,
    height_m: Decimal | None = None,
    storeys: int | None = None,
    higher_risk: bool | None = None,
    accountable_person: str = "",
    key: str = "",
    by: Actor,
) -> Building:
    """Add a building, or change one. `higher_risk` is what somebody has found out, never worked out from the height."""
    check(by, permissions.WORK)
    row = building or Building()
    row.name, row.estate, row.key = name.strip(), estate, key.strip()
    row.height_m, row.storeys, row.higher_risk = height_m, storeys, higher_risk
    row.accountable_person = accountable_person.strip()
    if not row.name:
        raise Refused("Enter the name of the building.", field="name")
    if row.height_m is not None and not 0 < row.height_m < 500:
        raise Refused("The height must be between 0 and 500 metres.", field="height_m")
    return _kept(row, building is None, by=by, deed="building")


@transaction.atomic
def keep_home(
    *,
    home: Home | None = None,
    address: str,
    postcode: str,
    kind: str,
    bedrooms: int | None = None,
    building: Building | None = None,
    estate: Estate | None = None,
    uprn: str = "",
    key: str = "",
    started_on: date | None = None,
    by: Actor,
) -> Home:
    """Add a home, or change one. A home in a building belongs to the building's estate."""
    check(by, permissions.WORK)
    row = home or Home()
    row.address = " ".join(address.split())
    row.postcode = _read(numbers.postcode, postcode, "postcode")
    row.uprn = _read(numbers.uprn, uprn, "uprn") if uprn.strip() else ""
    row.kind, row.bedrooms, row.building, row.key = kind, bedrooms, building, key.strip()
    row.estate = None if building is not None and building.estate_id else estate
    row.started_on = started_on
    if not row.address:
        raise Refused("Enter the address, without the postcode.", field="address")
    return _kept(row, home is None, by=by, deed="home")


def _read(reader: Any, text: str, field: str) -> str:
    try:
        return str(reader(text.strip()))
    except Refused as refused:
        raise Refused(f"{refused.message}.", field=field) from None


@transaction.atomic
def end_home(*, home: Home, on: date, by: Actor) -> None:
    """A home is sold or pulled down: it has a last day, and stays in the register."""
    check(by, permissions.WORK)
    if home.ended_on is not None:
        raise Refused("This home has ended already.")
    if home.started_on and on < home.started_on:
        raise Refused("A home cannot end before it began.", field="on")
    if home.tenancies.filter(current(on)).exclude(ended_on=on).exists():
        raise Refused("Somebody has a tenancy of this home on that day. End the tenancy first.", field="on")
    home.ended_on = on
    home.save(update_fields=["ended_on"])
    audit.record(by=by, deed="register.home_ended", subject=home)
