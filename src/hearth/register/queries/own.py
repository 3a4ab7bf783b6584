"""Reading one's own record: everything that is kept about oneself, and nothing about anybody else (PROF-32)."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.module_loading import import_string

from hearth.accounts import permissions as accounts
from hearth.kernel.permits import Actor, Forbidden, check
from hearth.register.models import (
    AccountCode,
    Adjustment,
    Advocate,
    Application,
    ContactLog,
    HouseholdMember,
    LeaseHolder,
    Need,
    Person,
    TenancyHolder,
)
from hearth.register.queries.people import person_of_user
from hearth.register.rules import own as rules


def own(*, by: Actor) -> Person | None:
    """The record of whoever signs in; None for a visitor and for staff."""
    return person_of_user(by.user_id)


def check_own(person: Person, by: Actor) -> None:
    """Refuse everybody but the person. Raises Forbidden."""
    if by.user_id is None or person.user_id != by.user_id:
        raise Forbidden(f"{by.name or 'Nobody'} may not see another person's own page.")


def homes(person: Person, *, by: Actor) -> list[HouseholdMember]:
    """Where they live and lived, the present home first. Raises Forbidden."""
    check_own(person, by)
    return list(person.memberships.select_related("household__home").order_by("-household__ended_on", "-id"))


def tenancies(person: Person, *, by: Actor) -> list[TenancyHolder]:
    """The tenancies that they hold or held; of others who hold them nothing. Raises Forbidden."""
    check_own(person, by)
    return list(person.tenancies_held.select_related("tenancy__home").order_by("-tenancy__started_on", "-id"))


def leases(person: Person, *, by: Actor) -> list[LeaseHolder]:
    """The leases that they hold or held. Raises Forbidden."""
    check_own(person, by)
    return list(person.leases_held.select_related("lease__home").order_by("-id"))


def applications(person: Person, *, by: Actor) -> list[Application]:
    """What they applied for. Raises Forbidden."""
    check_own(person, by)
    return list(person.applications.all())


def needs(person: Person, *, by: Actor) -> QuerySet[Need]:
    """What they need, open needs first. Raises Forbidden."""
    check_own(person, by)
    return Need.objects.filter(person=person).order_by("-started_on", "-id")


def adjustments(person: Person, *, by: Actor) -> list[Adjustment]:
    """What is done differently for them. Raises Forbidden."""
    check_own(person, by)
    return list(Adjustment.objects.filter(person=person, ended_on=None))


def advocates(person: Person, *, on: date, by: Actor) -> list[Advocate]:
    """Who may act for them on a day. Raises Forbidden."""
    check_own(person, by)
    holding = Q(ended_on=None) | Q(ended_on__gte=on)
    return list(Advocate.objects.filter(holding, person=person, withdrawn_at=None, started_on__lte=on))


def contacts(person: Person, *, by: Actor) -> QuerySet[ContactLog]:
    """When and how they and we were in contact, without the notes: these may tell of others. Raises Forbidden."""
    check_own(person, by)
    return ContactLog.objects.filter(person=person).defer("note", "by_name")


def other_pages() -> list[tuple[str, str]]:
    """Pages of other rooms about oneself, as words and name of the page; named by the wiring."""
    return list(import_string(settings.HEARTH_OWN_PAGES))


# ── accounts ──────────────────────────────────────────────────────────────────────────────────────────────


def may_have_account(person: Person, *, on: date, from_age: int) -> None:
    """Refused where this person may have no account, with the reason (INC-07)."""
    rules.check_may_have_account(
        born_on=person.born_on,
        holds_home=person.tenancies_held.exists() or person.leases_held.exists(),
        guardian=person.guardian,
        gone=person.merged_into_id is not None or person.anonymised_on is not None or person.died_on is not None,
        has_account=person.user_id is not None,
        on=on,
        from_age=from_age,
    )


def codes(person: Person, *, by: Actor) -> QuerySet[AccountCode]:
    """The codes that were sent to somebody, latest first. Raises Forbidden."""
    check(by, accounts.OPEN_FOR_RESIDENTS)
    return AccountCode.objects.filter(person=person)


def code(digest: str) -> AccountCode | None:
    """The code with this digest, for the page on which it is entered."""
    return AccountCode.objects.select_related("person").filter(digest=digest).first()
