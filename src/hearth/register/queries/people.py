"""Reading people, households and by what right somebody lives where they live."""

from __future__ import annotations

import re
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from hearth.kernel.permits import Actor, check
from hearth.kernel.refusals import Refused
from hearth.register import permissions, rules
from hearth.register.models import (
    Application,
    Household,
    HouseholdMember,
    Lease,
    LeaseHolder,
    Person,
    Tenancy,
    TenancyHolder,
)
from hearth.register.queries.places import current

_POSTCODE = re.compile(r"\b([a-z]{1,2}\d[a-z\d]?)\s*(\d[a-z]{2})\b", re.I)


def people(*, by: Actor, words: str = "") -> QuerySet[Person]:
    """People who were not merged away, by parts of name, reference, email, or of the address where they live now.

    Every word must be found somewhere, in any order. Raises Forbidden.
    """
    check(by, permissions.SEE)
    found = Person.objects.filter(merged_into=None)
    for word in _words(words):
        lives = HouseholdMember.objects.filter(person=OuterRef("pk"), ended_on=None).filter(
            Q(household__home__address__icontains=word) | Q(household__home__postcode__icontains=word)
        )
        leases = LeaseHolder.objects.filter(person=OuterRef("pk"), ended_on=None).filter(
            Q(lease__home__address__icontains=word) | Q(lease__home__postcode__icontains=word)
        )
        found = found.filter(
            Q(family_name__icontains=word)
            | Q(given_name__icontains=word)
            | Q(key__iexact=word)
            | Q(email__istartswith=word)
            | Exists(lives)
            | Exists(leases)
        )
    return found


def _words(words: str) -> list[str]:
    """What to look for; a postcode is one word, written as it is kept: "DA1 1AA"."""
    together = _POSTCODE.sub(r"\1_\2", words)
    return [word.replace("_", " ") for word in together.split()]


def person(pk: int, *, by: Actor) -> Person | None:
    """One person, also one who was merged into another (`merged_into`). Raises Forbidden."""
    check(by, permissions.SEE)
    return Person.objects.select_related("merged_into").filter(pk=pk).first()


def person_called(words: str, *, by: Actor) -> Person:
    """The one person whom a reference, or else a name, means. Raises Refused for nobody and for several, Forbidden."""
    said = words.strip()
    found = list(people(by=by).filter(key__iexact=said)[:1]) if said else []
    found = found or (list(people(by=by, words=said)[:2]) if said else [])
    if len(found) == 1:
        return found[0]
    if found:
        raise Refused(f"Several people are found by “{said}”. Enter the reference that stands on the person's page.")
    raise Refused(f"Nobody is found by “{said}”. Add the person first.")


def living_at(people: list[Person]) -> dict[int, str]:
    """Where each of many people lives now, or has a lease; in two queries. For pages whose permission covers them."""
    ids = [person.pk for person in people]
    found: dict[int, str] = {}
    for rows, home in (
        (LeaseHolder.objects.filter(person_id__in=ids, ended_on=None, lease__ended_on=None), "lease__home"),
        (HouseholdMember.objects.filter(person_id__in=ids, ended_on=None, household__ended_on=None), "household__home"),
    ):
        for number, address, postcode in rows.values_list("person_id", f"{home}__address", f"{home}__postcode"):
            found[number] = f"{address}, {postcode}"
    return found


def person_of_user(user_id: int | None) -> Person | None:
    """The person who signs in with an account, for that person's own pages. None for a visitor and for staff."""
    if user_id is None:
        return None
    return Person.objects.filter(user_id=user_id, merged_into=None).first()


def households_of(person: Person, *, by: Actor) -> QuerySet[HouseholdMember]:
    """Where somebody lives and lived, the present household first. Raises Forbidden."""
    _own_or_see(person, by)
    return person.memberships.select_related("household__home").order_by("-household__ended_on", "-id")


def tenancies_of(person: Person, *, by: Actor) -> QuerySet[TenancyHolder]:
    """Every tenancy that somebody holds or held, with its home, the latest first. Raises Forbidden."""
    _own_or_see(person, by)
    return person.tenancies_held.select_related("tenancy__home").order_by("-tenancy__started_on", "-id")


def leases_of(person: Person, *, by: Actor) -> QuerySet[LeaseHolder]:
    """Every lease that somebody holds or held, with its home. Raises Forbidden."""
    _own_or_see(person, by)
    return person.leases_held.select_related("lease__home").order_by("-id")


def applications_of(person: Person, *, by: Actor) -> QuerySet[Application]:
    """What somebody applied for, the latest first. Raises Forbidden."""
    _own_or_see(person, by)
    return person.applications.all()


def _own_or_see(person: Person, by: Actor) -> None:
    """People see their own record without a permission."""
    if by.user_id is None or person.user_id != by.user_id:
        check(by, permissions.SEE)


def homes_of(person: Person, *, on: date, by: Actor) -> list[str]:
    """The addresses at which somebody lives on a day: "1 Example Road, DA1 1AA". Raises Forbidden."""
    return [str(row.household.home) for row in households_of(person, by=by).filter(current(on)) if row.household_id]


def tenancies_at(home_id: int, *, by: Actor) -> QuerySet[Tenancy]:
    """Every tenancy of a home with its holders, the latest first. Raises Forbidden."""
    check(by, permissions.SEE)
    return Tenancy.objects.filter(home_id=home_id).prefetch_related("holders__person")


def leases_at(home_id: int, *, by: Actor) -> QuerySet[Lease]:
    """Every lease of a home with its holders. Raises Forbidden."""
    check(by, permissions.SEE)
    return Lease.objects.filter(home_id=home_id).prefetch_related("holders__person").order_by("-id")


def households_at(home_id: int, *, by: Actor) -> QuerySet[Household]:
    """Every household of a home with its members, the latest first. Raises Forbidden."""
    check(by, permissions.SEE)
    return Household.objects.filter(home_id=home_id).prefetch_related("members__person").order_by("-id")


def tenancy(pk: int, *, by: Actor) -> Tenancy | None:
    """One tenancy with its home and holders. Raises Forbidden."""
    check(by, permissions.SEE)
    return Tenancy.objects.select_related("home", "household").prefetch_related("holders__person").filter(pk=pk).first()


def lease(pk: int, *, by: Actor) -> Lease | None:
    """One lease with its home. Raises Forbidden."""
    check(by, permissions.SEE)
    return Lease.objects.select_related("home").filter(pk=pk).first()


def member(pk: int, *, by: Actor) -> HouseholdMember | None:
    """That somebody lives in a household, with both. Raises Forbidden."""
    check(by, permissions.SEE)
    return HouseholdMember.objects.select_related("household__home", "person").filter(pk=pk).first()


def tenure_of(person: Person, *, on: date) -> rules.TenureKind:
    """What somebody is to the landlord on a day (PROF-31); `.label` are the words."""
    return tenures_of([person], on=on)[person.pk]


def tenures_of(people: list[Person], *, on: date) -> dict[int, rules.TenureKind]:
    """The same for many people, in four queries."""
    ids = [person.pk for person in people]
    tenancies: dict[int, list[tuple[rules.Tenure, rules.Span]]] = {}
    for number, tenure, first, last, own_first, own_last in TenancyHolder.objects.filter(person_id__in=ids).values_list(
        "person_id", "tenancy__tenure", "tenancy__started_on", "tenancy__ended_on", "started_on", "ended_on"
    ):
        tenancies.setdefault(number, []).append((rules.Tenure(tenure), _both(first, last, own_first, own_last)))
    leases = _spans(LeaseHolder.objects.filter(person_id__in=ids), "lease")
    households = _spans(HouseholdMember.objects.filter(person_id__in=ids), "household")
    applications: dict[int, list[rules.Span]] = {}
    for number, first, last in Application.objects.filter(person_id__in=ids).values_list(
        "person_id", "started_on", "ended_on"
    ):
        applications.setdefault(number, []).append(rules.Span(first, last))
    return {
        one.pk: rules.tenure_of(
            rules.Ties(
                tuple(tenancies.get(one.pk, ())),
                tuple(leases.get(one.pk, ())),
                tuple(households.get(one.pk, ())),
                tuple(applications.get(one.pk, ())),
                rules.Standing(one.standing),
            ),
            on=on,
        )
        for one in people
    }


def _both(first: date | None, last: date | None, own_first: date | None, own_last: date | None) -> rules.Span:
    """The days on which both a right and somebody's share in it hold."""
    firsts, lasts = [d for d in (first, own_first) if d], [d for d in (last, own_last) if d]
    return rules.Span(max(firsts, default=None), min(lasts, default=None))


def _spans(rows: QuerySet[LeaseHolder] | QuerySet[HouseholdMember], of: str) -> dict[int, list[rules.Span]]:
    found: dict[int, list[rules.Span]] = {}
    for number, first, last, own_first, own_last in rows.values_list(
        "person_id", f"{of}__started_on", f"{of}__ended_on", "started_on", "ended_on"
    ):
        found.setdefault(number, []).append(_both(first, last, own_first, own_last))
    return found


def shown_value(person: Person, name: str) -> str:
    """What a record says in one of its fields, as it is compared with another by a person; empty for nothing."""
    value = getattr(person, name)
    if name in ("phone", "mobile"):
        return rules.shown_phone(value)
    if name == "standing":
        return str(person.get_standing_display()) if value else ""
    if name == "online":
        return {True: "Yes", False: "No"}.get(value, "")
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return str(value or "")
