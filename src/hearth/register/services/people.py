"""People, tenancies, leases and applications, written by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.db.models.functions import Greatest

from hearth.audit import services as audit
from hearth.db import news
from hearth.kernel.permits import Actor, check
from hearth.kernel.refusals import Refused
from hearth.register import permissions
from hearth.register.models import (
    Application,
    Home,
    Household,
    HouseholdMember,
    Lease,
    LeaseHolder,
    Person,
    Tenancy,
    TenancyHolder,
)
from hearth.register.queries.places import current
from hearth.register.rules import numbers

DETAILS = (
    "key", "title", "given_name", "family_name", "born_on", "email", "phone", "mobile", "postal_address", "standing",
    "died_on",
)  # fmt: skip


@transaction.atomic
def keep_person(*, person: Person | None = None, on: date, by: Actor, **details: Any) -> Person:
    """Add somebody, or change what is known of them: the fields of DETAILS; what is not said stays.

    Telephone numbers are kept in their international form. Refuses what cannot be, with the field that it is about.
    """
    check(by, permissions.WORK)
    row = person or Person()
    if row.merged_into_id or row.anonymised_on:
        raise Refused("This record is closed, so it cannot be changed.")
    for name in DETAILS:
        if name in details:
            value = details[name]
            setattr(row, name, value.strip() if isinstance(value, str) else value)
    if not row.family_name:
        raise Refused("Enter the family name. If there is only one name, enter it here.", field="family_name")
    for name in ("born_on", "died_on"):
        day = getattr(row, name)
        if day and day > on:
            raise Refused("This day is still to come.", field=name)
    if row.born_on and row.died_on and row.died_on < row.born_on:
        raise Refused("Nobody dies before they are born.", field="died_on")
    if row.email:
        try:
            validate_email(row.email)
        except ValidationError:
            raise Refused(
                "Enter an email address in the correct format, like name@example.com.", field="email"
            ) from None
    for name in ("phone", "mobile"):
        if getattr(row, name):
            try:
                setattr(row, name, numbers.phone(getattr(row, name)))
            except Refused as refused:
                raise Refused(f"{refused.message}.", field=name) from None
    try:
        with transaction.atomic():
            row.save(force_insert=person is None)
    except IntegrityError:
        raise Refused("Somebody else has this reference.", field="key") from None
    deed = "register.person_added" if person is None else "register.person_changed"
    audit.record(by=by, deed=deed, subject=row, person=row.pk, fields=sorted(set(details) & set(DETAILS)))
    return row


def note_seen(*, person: Person, by: Actor) -> None:
    """Write down that somebody looked at a person's record (SEC-03)."""
    audit.record(by=by, deed="register.person_seen", subject=person, person=person.pk)


def note_residents_seen(*, home: Home, by: Actor) -> None:
    """Write down that somebody looked at who lives in a home (SEC-03)."""
    audit.record(by=by, deed="register.residents_seen", subject=home)


@transaction.atomic
def begin_tenancy(
    *, home: Home, tenure: str, started_on: date, lead: Person, others: Sequence[Person] = (), key: str = "", by: Actor
) -> Tenancy:
    """Begin a tenancy with its lead tenant and joint tenants, and their household.

    Refused while somebody else's tenancy of the home goes on, because a household would be counted twice.
    """
    check(by, permissions.WORK)
    Home.objects.select_for_update().get(pk=home.pk)
    if home.tenancies.filter(current(started_on)).exists():
        raise Refused("This home has a tenancy on that day. End it first.", field="started_on")
    if home.ended_on and home.ended_on < started_on:
        raise Refused("This home has ended.", field="started_on")
    household = _household_for(home, [lead, *others], started_on)
    try:
        with transaction.atomic():
            tenancy = Tenancy.objects.create(
                home=home, household=household, tenure=tenure, started_on=started_on, key=key.strip()
            )
    except IntegrityError:
        raise Refused("Another tenancy has this reference.", field="key") from None
    for person in dict.fromkeys([lead, *others]):
        TenancyHolder.objects.create(tenancy=tenancy, person=person, lead=person == lead)
        _live_there(household, person, started_on)
    audit.record(by=by, deed="register.tenancy_begun", subject=tenancy, person=lead.pk)
    return tenancy


def _household_for(home: Home, people: Sequence[Person], on: date) -> Household:
    """The household of a home, if one of these people lives in it already; otherwise a new one."""
    there = Household.objects.filter(home=home, ended_on=None).first()
    if there is not None:
        if HouseholdMember.objects.filter(household=there, ended_on=None, person__in=people).exists():
            return there
        _end_household(there, _last_day(there) or on)
    return Household.objects.create(home=home, started_on=on)


def _last_day(household: Household) -> date | None:
    found: date | None = household.tenancies.aggregate(last=Max("ended_on"))["last"]
    return found


def _live_there(household: Household, person: Person, on: date | None, relation: str = "") -> None:
    HouseholdMember.objects.get_or_create(
        household=household, person=person, ended_on=None, defaults={"started_on": on, "relation": relation}
    )


def _end_household(household: Household, on: date) -> None:
    household.ended_on = max(on, household.started_on or on)
    household.save(update_fields=["ended_on"])
    HouseholdMember.objects.filter(household=household, ended_on=None).update(
        ended_on=Greatest(F("started_on"), household.ended_on)
    )


@transaction.atomic
def end_tenancy(*, tenancy: Tenancy, on: date, reason: str = "", by: Actor) -> None:
    """End a tenancy on its last day; whoever held it has moved out, and the household goes unless another holds it."""
    check(by, permissions.WORK)
    if tenancy.ended_on is not None:
        raise Refused("This tenancy has ended already.")
    if on < tenancy.started_on:
        raise Refused("A tenancy cannot end before it began.", field="on")
    tenancy.ended_on, tenancy.end_reason = on, reason.strip()
    tenancy.save(update_fields=["ended_on", "end_reason"])
    household = tenancy.household
    if household is not None and household.ended_on is None and not household.tenancies.filter(ended_on=None).exists():
        _end_household(household, on)
    audit.record(by=by, deed="register.tenancy_ended", subject=tenancy)
    for person_id in tenancy.holders.filter(ended_on=None).values_list("person_id", flat=True):
        news.announce("register.person_moved_out", person_id=person_id, tenancy_id=tenancy.pk)


@transaction.atomic
def change_lead(*, tenancy: Tenancy, person: Person, by: Actor) -> None:
    """Another of the tenants is the lead tenant from now on."""
    check(by, permissions.WORK)
    holder = tenancy.holders.filter(person=person, ended_on=None).first()
    if holder is None:
        raise Refused("Only somebody who holds the tenancy can be its lead tenant.", field="person")
    tenancy.holders.filter(lead=True, ended_on=None).update(lead=False)
    holder.lead = True
    holder.save(update_fields=["lead"])
    audit.record(by=by, deed="register.lead_changed", subject=tenancy, person=person.pk)


@transaction.atomic
def join_tenancy(*, tenancy: Tenancy, person: Person, on: date, by: Actor) -> None:
    """Somebody becomes a joint tenant."""
    check(by, permissions.WORK)
    _check_open(tenancy, on)
    if tenancy.holders.filter(person=person, ended_on=None).exists():
        raise Refused("This person holds the tenancy already.", field="who")
    lead = not tenancy.holders.filter(lead=True, ended_on=None).exists()
    TenancyHolder.objects.create(tenancy=tenancy, person=person, started_on=on, lead=lead)
    if tenancy.household is not None:
        _live_there(tenancy.household, person, on)
    audit.record(by=by, deed="register.tenancy_joined", subject=tenancy, person=person.pk)


def _check_open(tenancy: Tenancy, on: date) -> None:
    if tenancy.ended_on is not None:
        raise Refused("This tenancy has ended.")
    if on < tenancy.started_on:
        raise Refused("That is before the tenancy began.", field="on")


@transaction.atomic
def leave_tenancy(*, holder: TenancyHolder, on: date, by: Actor) -> None:
    """A joint tenant leaves, on their last day. The lead tenant leaves by somebody else's taking the lead first."""
    check(by, permissions.WORK)
    tenancy = holder.tenancy
    if holder.ended_on is not None:
        raise Refused("This person has left the tenancy already.")
    _check_open(tenancy, on)
    if holder.lead:
        raise Refused("This is the lead tenant. Make somebody else the lead tenant first, or end the tenancy.")
    holder.ended_on = max(on, holder.started_on or on)
    holder.save(update_fields=["ended_on"])
    HouseholdMember.objects.filter(household=tenancy.household_id, person=holder.person_id, ended_on=None).update(
        ended_on=holder.ended_on
    )
    audit.record(by=by, deed="register.tenancy_left", subject=tenancy, person=holder.person_id)
    news.announce("register.person_moved_out", person_id=holder.person_id, tenancy_id=tenancy.pk)


@transaction.atomic
def join_household(*, household: Household, person: Person, relation: str = "", on: date, by: Actor) -> None:
    """Somebody lives in a household who holds no tenancy of it."""
    check(by, permissions.WORK)
    if household.ended_on is not None:
        raise Refused("This household has ended.")
    if household.members.filter(person=person, ended_on=None).exists():
        raise Refused("This person lives there already.", field="who")
    _live_there(household, person, on, relation.strip())
    audit.record(by=by, deed="register.household_joined", subject=household.home, person=person.pk)


@transaction.atomic
def leave_household(*, member: HouseholdMember, on: date, by: Actor) -> None:
    """Somebody no longer lives in a household. Whoever holds the tenancy leaves that first."""
    check(by, permissions.WORK)
    held = TenancyHolder.objects.filter(tenancy__household=member.household_id, person=member.person_id)
    if held.filter(current(on), current(on, "tenancy__")).exclude(ended_on=on).exists():
        raise Refused("This person holds the tenancy. Take them off the tenancy first.")
    if member.ended_on is not None:
        raise Refused("This person has left already.")
    member.ended_on = max(on, member.started_on or on)
    member.save(update_fields=["ended_on"])
    audit.record(by=by, deed="register.household_left", subject=member.household.home, person=member.person_id)


@transaction.atomic
def begin_lease(*, home: Home, holders: Sequence[Person], started_on: date | None, key: str = "", by: Actor) -> Lease:
    """Begin a long lease with its holders. Of them name and address are enough (PROF-14)."""
    check(by, permissions.WORK)
    if not holders:
        raise Refused("Say who holds the lease.", field="lead")
    if home.leases.filter(ended_on=None).exists():
        raise Refused("This home has a lease already. End it first.", field="started_on")
    try:
        with transaction.atomic():
            lease = Lease.objects.create(home=home, started_on=started_on, key=key.strip())
    except IntegrityError:
        raise Refused("Another lease has this reference.", field="key") from None
    for person in dict.fromkeys(holders):
        LeaseHolder.objects.create(lease=lease, person=person)
    audit.record(by=by, deed="register.lease_begun", subject=lease, person=holders[0].pk)
    return lease


@transaction.atomic
def end_lease(*, lease: Lease, on: date, by: Actor) -> None:
    """End a lease on its last day, as when it is sold."""
    check(by, permissions.WORK)
    if lease.ended_on is not None:
        raise Refused("This lease has ended already.")
    if lease.started_on and on < lease.started_on:
        raise Refused("A lease cannot end before it began.", field="on")
    lease.ended_on = on
    lease.save(update_fields=["ended_on"])
    audit.record(by=by, deed="register.lease_ended", subject=lease)
    for person_id in lease.holders.filter(ended_on=None).values_list("person_id", flat=True):
        news.announce("register.lease_ended", person_id=person_id, lease_id=lease.pk)


@transaction.atomic
def add_application(*, person: Person, kind: str, started_on: date, key: str = "", by: Actor) -> Application:
    """Somebody has applied for a home or for help."""
    check(by, permissions.WORK)
    try:
        with transaction.atomic():
            made = Application.objects.create(person=person, kind=kind, started_on=started_on, key=key.strip())
    except IntegrityError:
        raise Refused("Another application has this reference.", field="key") from None
    audit.record(by=by, deed="register.application_added", subject=made, person=person.pk)
    return made


@transaction.atomic
def end_application(*, application: Application, on: date, by: Actor) -> None:
    """An application is closed: housed, withdrawn or refused."""
    check(by, permissions.WORK)
    if application.ended_on is not None:
        raise Refused("This application has been closed already.")
    if on < application.started_on:
        raise Refused("An application cannot be closed before it was made.", field="on")
    application.ended_on = on
    application.save(update_fields=["ended_on"])
    audit.record(by=by, deed="register.application_ended", subject=application, person=application.person_id)
