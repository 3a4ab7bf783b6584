"""What the pages of homes and people show, in words and tables."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import NoReverseMatch, reverse

from hearth.kernel.permits import Actor
from hearth.register import permissions, queries, rules
from hearth.register.models import (
    Building,
    Estate,
    Home,
    HouseholdMember,
    Lease,
    LeaseHolder,
    Person,
    Tenancy,
    TenancyHolder,
)
from hearth.register.rules.kinds import Tenure
from hearth.ui.tables import Cell, Figure, Table
from hearth.ui.tags import Tag

TABS = [
    ("Overview", "front", permissions.SEE_HOMES),
    ("People", "people", permissions.SEE),
    ("Homes", "homes", permissions.SEE_HOMES),
    ("Buildings", "buildings", permissions.SEE_HOMES),
    ("Estates", "estates", permissions.SEE_HOMES),
    ("Files", "imports", permissions.IMPORT),
    ("Kept twice?", "pairs", permissions.MERGE),
]


def tabs(here: str, by: Actor) -> list[dict[str, Any]]:
    """The sections of this room that somebody may open."""
    found = []
    for text, name, permission in TABS:
        if by.may(permission):
            found.append({"text": text, "href": reverse(f"register:{name}"), "current": name == here})
    return found


def person_href(pk: int) -> str:
    """The page of a person."""
    return reverse("register:person", kwargs={"pk": pk})


def home_href(pk: int) -> str:
    """The page of a home."""
    return reverse("register:home", kwargs={"pk": pk})


def figures(counts: queries.Counts) -> list[Figure]:
    """Homes and people on a day; tenants and lead tenants are never the same figure."""
    source = "Register of homes and people"
    rows = [
        (counts.homes, "Homes"),
        (counts.households, "Households"),
        (counts.tenants, "Tenants, joint tenants among them"),
        (counts.lead_tenants, "Lead tenants, one a tenancy"),
        (counts.leaseholders, "Leaseholders"),
    ]
    return [Figure(value, label, source, counts.on) for value, label in rows]


def tenure_table(counts: queries.Counts) -> Table:
    """Tenants and lead tenants by tenure."""
    rows = tuple(
        (one.label, counts.lead_tenants_by_tenure.get(one.value, 0), counts.tenants_by_tenure.get(one.value, 0))
        for one in Tenure
        if counts.tenants_by_tenure.get(one.value)
    )
    return Table("Tenancies by tenure", ("Tenure", "Lead tenants", "All tenants"), rows, stack=True,
                 empty="There is no tenancy yet.",
                 source="Somebody with tenancies of two tenures is in both rows.")  # fmt: skip


def people_table(people: list[Person], *, on: date, by: Actor) -> Table:
    """A list of people: what each is to the landlord, and where they live. Four queries and some, whatever its size."""
    kinds, homes = queries.tenures_of(people, on=on), queries.living_at(people)
    marked = queries.marker([person.pk for person in people], by=by)
    rows = []
    for one in people:
        tags = (Tag("Contact safely", "orange"),) if marked.get(one.pk) else ()
        rows.append(
            (Cell(one.name, href=person_href(one.pk), tags=tags), kinds[one.pk].label, homes.get(one.pk, ""), one.key)
        )
    headers = ("Name", "What they are", "Home", "Reference")
    return Table("People", headers, tuple(rows), hidden_caption=True, stack=True, empty="Nobody was found.")


def homes_table(homes: Iterable[Home], caption: str = "Homes") -> Table:
    """A list of homes."""
    rows = tuple(
        (
            Cell(str(one), href=home_href(one.pk), tags=(Tag("Ended", "grey"),) if one.ended_on else ()),
            one.get_kind_display(),
            one.building.name if one.building else "",
            estate_of(one),
            one.key,
        )
        for one in homes
    )
    headers = ("Home", "Kind", "Building", "Estate", "Reference")
    return Table(caption, headers, rows, hidden_caption=True, stack=True, empty="No home was found.")


def estate_of(home: Home) -> str:
    """The estate that a home belongs to: its own, or that of its building."""
    estate = home.estate or (home.building.estate if home.building else None)
    return estate.name if estate else ""


def buildings_table(buildings: Iterable[Building]) -> Table:
    """A list of buildings."""
    rows = tuple(
        (
            Cell(one.name, href=reverse("register:building", kwargs={"pk": one.pk})),
            one.estate.name if one.estate else "",
            one.height_m if one.height_m is not None else "",
            one.storeys if one.storeys is not None else "",
            risk_words(one.higher_risk),
            one.homes_count,  # type: ignore[attr-defined]
        )
        for one in buildings
    )
    headers = ("Building", "Estate", "Height in metres", "Storeys", "Higher-risk", "Homes")
    return Table("Buildings", headers, rows, hidden_caption=True, stack=True, empty="No building was found.")


def estates_table(estates: Iterable[Estate]) -> Table:
    """A list of estates."""
    rows = tuple(
        (Cell(one.name, href=reverse("register:estate", kwargs={"pk": one.pk})), one.area, one.homes_count)  # type: ignore[attr-defined]
        for one in estates
    )
    return Table("Estates", ("Estate", "Ward or area", "Homes"), rows, hidden_caption=True, stack=True,
                 empty="No estate was found.")  # fmt: skip


def risk_words(known: bool | None) -> str:
    """Whether a building is higher-risk, or that nobody has said so yet."""
    return {True: "Yes", False: "No", None: "Not known yet"}[known]


def risk_hint(building: Building, limits: dict[str, Any]) -> str:
    """What the figures say beside what is recorded; nothing where they agree or say nothing."""
    said = rules.higher_risk_hint(
        height_m=building.height_m, storeys=building.storeys, homes=building.homes_count, **limits  # type: ignore[attr-defined]
    )  # fmt: skip
    if said is None or said == building.higher_risk:
        return ""
    height, storeys = f"{limits['least_height_m']:g} metres", f"{limits['least_storeys']:g} storeys"
    todo = "Find out, and record it." if building.higher_risk is None else "Look whether what is recorded is right."
    if said:
        return (
            f"With its height or storeys this building is likely to be a higher-risk building ({height} or {storeys} "
            f"and more, Building Safety Act 2022 section 65). {todo}"
        )
    return (
        f"By its height and storeys this building is likely not to be a higher-risk building (below {height} and "
        f"{storeys}, or too few homes; Building Safety Act 2022 section 65). {todo}"
    )


def tenancies_table(tenancies: Iterable[Tenancy]) -> Table:
    """The tenancies of a home, with who holds and held them."""
    rows = tuple(
        (
            Cell(one.get_tenure_display(), href=reverse("register:tenancy", kwargs={"pk": one.pk})),
            one.started_on,
            one.ended_on or Tag("Goes on", "green"),
            ", ".join(holder_words(holder) for holder in one.holders.all()),
        )
        for one in tenancies
    )
    return Table("Tenancies", ("Tenure", "First day", "Last day", "Tenants"), rows, stack=True,
                 empty="There is no tenancy of this home.")  # fmt: skip


def holder_words(holder: TenancyHolder) -> str:
    """A tenant, with what sort of tenant they are."""
    words = "lead tenant" if holder.lead else "joint tenant"
    return f"{holder.person.name} ({words}{', left' if holder.ended_on else ''})"


def leases_table(leases: Iterable[Lease], *, may_work: bool) -> Table:
    """The leases of a home with their holders."""
    rows = []
    for one in leases:
        end: Any = one.ended_on or Tag("Goes on", "green")
        if one.ended_on is None and may_work:
            end = Cell("End this lease", href=reverse("register:end_lease", kwargs={"pk": one.pk}))
        rows.append((", ".join(holder.person.name for holder in one.holders.all()), one.started_on or "Not known", end))
    return Table("Leases", ("Leaseholders", "First day", "Last day"), tuple(rows), stack=True)


def members_table(members: Iterable[HouseholdMember], tenancies: Iterable[Tenancy], *, may_work: bool) -> Table:
    """Who lives in a household now, and what part each has in it."""
    parts = {
        holder.person_id: "Lead tenant" if holder.lead else "Joint tenant"
        for tenancy in tenancies
        if tenancy.ended_on is None
        for holder in tenancy.holders.all()
        if holder.ended_on is None
    }
    rows = []
    for one in members:
        leave = Cell("Has left", href=reverse("register:leave_household", kwargs={"pk": one.pk})) if may_work else ""
        name = Cell(one.person.name, href=person_href(one.person_id))
        rows.append((name, parts.get(one.person_id) or one.relation, one.started_on or "Not known", leave))
    return Table("Who lives here", ("Name", "Part in the household", "Since", "\u00a0"), tuple(rows), stack=True)


def person_rows(person: Person, kind: rules.TenureKind) -> list[tuple[str, Any]]:
    """What is known of somebody, for the summary of their page."""
    rows: list[tuple[str, Any]] = [
        ("What they are", Tag(kind.label, "blue")),
        ("Name", " ".join(part for part in (person.title, person.name) if part)),
        ("Date of birth", person.born_on or "Not known"),
        ("Reference", person.key or "None in the housing management system"),
    ]
    if person.standing:
        rows.append(("Standing", person.get_standing_display()))
    if person.died_on:
        rows.append(("Died", person.died_on))
    return rows


def rights_of(
    tenancies: Iterable[TenancyHolder], leases: Iterable[LeaseHolder], households: Iterable[HouseholdMember]
) -> Table:
    """By what right somebody lives and lived where, the present first."""
    rows: list[tuple[Any, ...]] = []
    seen = set()
    for held in tenancies:
        one = held.tenancy
        words = f"{one.get_tenure_display()}, {'lead tenant' if held.lead else 'joint tenant'}"
        tenancy = Cell(words, href=reverse("register:tenancy", kwargs={"pk": one.pk}))
        rows.append((tenancy, Cell(str(one.home), href=home_href(one.home_id)), held.started_on or one.started_on,
                     held.ended_on or one.ended_on or Tag("Goes on", "green")))  # fmt: skip
        seen.add(one.household_id)
    for leased in leases:
        lease = leased.lease
        rows.append(("Lease", Cell(str(lease.home), href=home_href(lease.home_id)), lease.started_on or "Not known",
                     leased.ended_on or lease.ended_on or Tag("Goes on", "green")))  # fmt: skip
    for member in households:
        if member.household_id not in seen:
            home = member.household.home
            rows.append((f"Lives there{f' ({member.relation})' if member.relation else ''}",
                         Cell(str(home), href=home_href(home.pk)), member.started_on or "Not known",
                         member.ended_on or Tag("Goes on", "green")))  # fmt: skip
    return Table("Homes and tenancies", ("By what right", "Home", "First day", "Last day"), tuple(rows), stack=True,
                 empty="No home of ours is known for this person.")  # fmt: skip


def also(by: Actor) -> list[dict[str, str]]:
    """Pages of this room beside its sections, which the reader may open."""
    found = []
    for text, name, permission in (
        ("Needs and adjustments due", "needs_report", permissions.SEE),
        ("Requests about data", "data_requests", permissions.RIGHTS),
    ):
        try:
            if by.may(permission):
                found.append({"text": text, "href": reverse(f"register:{name}")})
        except NoReverseMatch:
            continue
    return found
