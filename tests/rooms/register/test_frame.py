"""The population of a survey and the figures of the register."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from hearth.db.jobs import system
from hearth.kernel.permits import Actor, Forbidden

pytestmark = pytest.mark.django_db

ON = date(2026, 3, 31)


@pytest.fixture
def street(inside: Any) -> Any:
    """Two blocks and a house: joint tenants, a tenant with two tenancies, a leaseholder, one who left, one to come."""
    from hearth.register.models import (
        Building,
        Estate,
        Home,
        Household,
        HouseholdMember,
        Lease,
        LeaseHolder,
        Person,
        Tenancy,
        TenancyHolder,
    )

    estate = Estate.objects.create(name="Mill Bank", area="Riverside")
    block = Building.objects.create(name="Alder Court", estate=estate, height_m=19, storeys=6)
    homes = [
        Home.objects.create(key=f"H{n}", address=f"{n} Alder Court", postcode="TB1 1AA", building=block, kind="flat")
        for n in range(1, 5)
    ]
    homes.append(Home.objects.create(key="H5", address="5 Mill Lane", postcode="TB1 1AB", kind="house"))
    people = {name: Person.objects.create(key=name, given_name=name, family_name="Example") for name in "ABCDEFG"}

    def let(home: Home, tenure: str, lead: str, *others: str, first: date, last: date | None = None) -> Tenancy:
        household = Household.objects.create(home=home, started_on=first, ended_on=last)
        tenancy = Tenancy.objects.create(
            key=f"T-{home.key}-{first}", home=home, household=household, tenure=tenure, started_on=first, ended_on=last
        )
        for name in (lead, *others):
            TenancyHolder.objects.create(tenancy=tenancy, person=people[name], lead=name == lead)
            HouseholdMember.objects.create(household=household, person=people[name])
        return tenancy

    let(homes[0], "general_needs", "A", "B", first=date(2010, 1, 4))
    let(homes[1], "general_needs", "C", first=date(2015, 1, 5), last=date(2026, 3, 30))
    let(homes[1], "supported", "D", first=date(2026, 3, 31))
    let(homes[2], "general_needs", "A", first=date(2020, 1, 6))
    lease = Lease.objects.create(home=homes[3], started_on=date(2001, 1, 1))
    LeaseHolder.objects.create(lease=lease, person=people["E"])
    let(homes[4], "shared_ownership", "F", first=date(2026, 4, 1))
    return {"estate": estate, "block": block, "homes": homes, "people": people}


def test_the_frame_holds_the_lead_tenant_of_each_tenancy_of_the_day(street):
    from hearth.register import queries

    by = system(street["estate"].landlord_id)
    units = list(queries.frame(on=ON, by=by))
    names = {person.pk: name for name, person in street["people"].items()}
    assert [names[unit.person_id] for unit in units] == ["A", "D", "A"]
    assert [(unit.estate, unit.area, unit.building, unit.tenure) for unit in units] == [
        ("Mill Bank", "Riverside", "Alder Court", "general_needs"),
        ("Mill Bank", "Riverside", "Alder Court", "supported"),
        ("Mill Bank", "Riverside", "Alder Court", "general_needs"),
    ]
    everybody = [names[unit.person_id] for unit in queries.frame(on=ON, lead_only=False, by=by)]
    assert everybody == ["A", "B", "D", "A"]
    supported = list(queries.frame(on=ON, tenures={queries.Tenure.SUPPORTED}, by=by))
    assert [names[unit.person_id] for unit in supported] == ["D"]


def test_on_its_last_day_a_tenancy_is_still_in_the_frame(street):
    from hearth.register import queries

    by = system(street["estate"].landlord_id)
    names = {person.pk: name for name, person in street["people"].items()}
    before = [names[unit.person_id] for unit in queries.frame(on=date(2026, 3, 30), by=by)]
    assert before == ["A", "C", "A"]
    later = [names[unit.person_id] for unit in queries.frame(on=date(2026, 4, 1), by=by)]
    assert later == ["A", "D", "A", "F"]


def test_the_frame_is_one_query_whatever_its_size(street, queries):
    from hearth.register import queries as register

    with queries(1):
        list(register.frame(on=ON, by=system(street["estate"].landlord_id)))


def test_tenants_and_lead_tenants_are_two_figures(street):
    from hearth.register import queries

    found = queries.counts(on=ON)
    assert (found.tenants, found.lead_tenants) == (3, 2)  # A and B hold one, A another, D the third
    assert found.tenants_by_tenure == {"general_needs": 2, "supported": 1}
    assert found.lead_tenants_by_tenure == {"general_needs": 1, "supported": 1}
    assert (found.leaseholders, found.leases, found.homes, found.households) == (1, 1, 5, 3)


def test_residents_of_a_building_are_who_lives_there_on_the_day(street):
    from hearth.register import queries

    by = system(street["estate"].landlord_id)
    assert [one.given_name for one in queries.residents_of(street["block"], on=ON, by=by)] == ["A", "B", "D", "E"]
    assert {one.given_name for one in queries.residents_of(street["estate"], on=date(2026, 3, 30), by=by)} == set(
        "ABCE"
    )


def test_nobody_without_the_permission_reads_people_or_homes(street):
    from hearth.register import queries

    visitor = Actor(landlord_id=street["estate"].landlord_id)
    for read in (
        lambda: queries.people(by=visitor),
        lambda: queries.person(street["people"]["A"].pk, by=visitor),
        lambda: list(queries.frame(on=ON, by=visitor)),
        lambda: queries.homes(by=visitor),
        lambda: queries.residents_of(street["block"], on=ON, by=visitor),
    ):
        with pytest.raises(Forbidden):
            read()


def test_another_landlords_people_are_not_there(street, within, other_landlord):
    from hearth.register import queries

    with within(other_landlord):
        assert list(queries.frame(on=ON, by=system(other_landlord.pk))) == []
        assert queries.person(street["people"]["A"].pk, by=system(other_landlord.pk)) is None


@pytest.mark.requirement("PROF-31")
def test_everybody_has_a_tenure_kind_on_the_day(street):
    from hearth.register import queries

    kinds = queries.tenures_of(list(street["people"].values()), on=ON)
    said = {name: kinds[person.pk].value for name, person in street["people"].items()}
    assert said == {
        "A": "general_needs", "B": "general_needs", "C": "former", "D": "supported", "E": "leaseholder",
        "F": "community", "G": "community",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("b example", "B"),
        ("TB1 1AB", "F"),
        ("tb11ab", "F"),
        ("mill lane", "F"),
        ("4 alder", "E"),
        ("nobody", ""),
        ("F", "F"),
    ],
)
def test_people_are_found_by_name_reference_and_address(street, words, found):
    from hearth.register import queries

    by = system(street["estate"].landlord_id)
    for name, person in street["people"].items():
        person.given_name, person.family_name = f"Given{name}", {"B": "Example"}.get(name, "Else")
        person.save()
    assert "".join(one.key for one in queries.people(by=by, words=words)) == found
