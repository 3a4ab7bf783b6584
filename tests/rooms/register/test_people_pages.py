"""Homes and people on their pages: found, seen with a trail, written by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.factories.pages import text_of
from tests.rooms.register.files import as_csv, brought_in, street

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled(inside: Any, actor: Callable[..., Any]) -> Any:
    """The small landlord, brought in from its file."""
    brought_in(as_csv(street()), by=actor("register_keeper"))
    return inside


@pytest.fixture
def officer(client_as: Callable[..., Any], user_with: Callable[..., Any]) -> Any:
    return client_as(user_with(roles=["housing_officer"], name="Olive Officer"))


@pytest.fixture
def reader(client_as: Callable[..., Any], user_with: Callable[..., Any]) -> Any:
    """Somebody who may see homes, but nobody in them."""
    return client_as(user_with(roles=["housing_policy_officer"]))


def the(model: str, **said: Any) -> Any:
    from django.apps import apps

    return apps.get_model("register", model).objects.get(**said)


def test_the_first_page_counts_tenants_and_lead_tenants_apart(filled, officer):
    words = text_of(officer.page("register:front"))
    assert "3 Homes" in words
    assert "3 Tenants, joint tenants among them" in words
    assert "2 Lead tenants, one a tenancy" in words
    assert "1 Leaseholders" in words
    assert "General needs tenancy 1 2" in words


def test_people_are_looked_for_and_shown_with_home_and_tenure(filled, officer):
    assert "Ann Example" not in text_of(officer.page("register:people"))
    words = text_of(officer.page("register:people", query={"words": "TB1 1AA ann"}))
    assert "Ann Example General needs tenant 1 Alder Court, TB1 1AA P1" in words
    assert "Bob Example" not in words


@pytest.mark.requirement("PROF-31")
def test_a_persons_page_says_what_they_are_and_where_they_live(filled, officer):
    ann = the("Person", key="P1")
    words = text_of(officer.page("register:person", pk=ann.pk))
    assert "What they are General needs tenant" in words
    assert "General needs tenancy, lead tenant 1 Alder Court, TB1 1AA 4 January 2010 Goes on" in words
    flo = the("Person", key="P6")
    assert "What they are Applicant" in text_of(officer.page("register:person", pk=flo.pk))
    son = the("Person", key="P3")
    assert "Lives there (Son)" in text_of(officer.page("register:person", pk=son.pk))


@pytest.mark.requirement("SEC-03")
def test_each_look_at_a_person_and_at_who_lives_in_a_home_is_recorded(filled, officer):
    from hearth.audit.models import Event

    ann, home = the("Person", key="P1"), the("Home", key="H1")
    officer.page("register:person", pk=ann.pk)
    officer.page("register:home", pk=home.pk)
    seen = Event.objects.filter(deed__in=["register.person_seen", "register.residents_seen"]).order_by("id")
    assert [(one.deed, one.by_name, one.subject_id, one.about_person) for one in seen] == [
        ("register.person_seen", "Olive Officer", ann.pk, ann.pk),
        ("register.residents_seen", "Olive Officer", home.pk, None),
    ]


def test_whoever_may_see_homes_alone_sees_nobody_in_them(filled, reader):
    from hearth.audit.models import Event

    home = the("Home", key="H1")
    words = text_of(reader.page("register:home", pk=home.pk))
    assert "1 Alder Court, TB1 1AA" in words
    assert "Example" not in words
    assert reader.page("register:people").status_code == 403
    assert reader.page("register:person", pk=the("Person", key="P1").pk).status_code == 403
    assert not Event.objects.filter(deed="register.residents_seen").exists()


def test_the_page_of_a_merged_record_leads_to_the_one_that_stays(filled, officer):
    ann, bob = the("Person", key="P1"), the("Person", key="P2")
    bob.merged_into = ann
    bob.save()
    response = officer.page("register:person", pk=bob.pk)
    assert response.status_code == 302
    assert response["Location"] == officer.address("register:person", pk=ann.pk)


def test_a_person_is_added_and_changed_by_hand(filled, officer):
    from hearth.audit.models import Event

    said = {"family_name": "Newcomer", "given_name": "Nia", "mobile": "07700 900 456", "standing": "community"}
    response = officer.send("register:add_person", said)
    assert response.status_code == 302
    nia = the("Person", family_name="Newcomer")
    assert (nia.mobile, nia.standing) == ("+447700900456", "community")
    page = officer.page("register:change_person", pk=nia.pk)
    assert "07700 900456" in page.content.decode()
    wrong = officer.send("register:change_person", {**said, "phone": "no phone"}, pk=nia.pk)
    assert wrong.status_code == 422
    assert "“no phone” is not a telephone number." in text_of(wrong)
    assert "no phone" in wrong.content.decode()
    officer.send("register:change_person", {**said, "given_name": "Nina", "born_on": date(1980, 2, 29)}, pk=nia.pk)
    nia.refresh_from_db()
    assert (nia.given_name, nia.born_on) == ("Nina", date(1980, 2, 29))
    deeds = Event.objects.filter(about_person=nia.pk).values_list("deed", flat=True)
    assert {"register.person_added", "register.person_changed"} <= set(deeds)


def test_a_tenancy_ends_and_the_next_begins(filled, officer, monkeypatch):
    from hearth.db import news

    told = []
    monkeypatch.setattr(news, "announce", lambda topic, **ids: told.append((topic, ids["person_id"])))
    home, tenancy = the("Home", key="H1"), the("Tenancy", key="T1")
    early = officer.send("register:begin_tenancy", _tenancy("P4", date(2026, 5, 1)), pk=home.pk)
    assert "This home has a tenancy on that day. End it first." in text_of(early)
    ended = officer.send("register:end_tenancy", {"on": date(2026, 4, 26), "reason": "Moved"}, pk=tenancy.pk)
    assert ended.status_code == 302
    people = [the("Person", key=key).pk for key in ("P1", "P2")]
    assert told == [("register.person_moved_out", pk) for pk in people]
    household = tenancy.household
    household.refresh_from_db()
    assert household.ended_on == date(2026, 4, 26)
    assert not household.members.filter(ended_on=None).exists()
    begun = officer.send("register:begin_tenancy", _tenancy("P4", date(2026, 4, 27)), pk=home.pk)
    assert begun.status_code == 302, text_of(begun)
    new = the("Tenancy", home=home, ended_on=None)
    assert [(h.person.key, h.lead) for h in new.holders.all()] == [("P4", True)]
    assert new.household != household


def _tenancy(lead: str, first: date) -> dict[str, Any]:
    return {"tenure": "general_needs", "started_on": first, "lead": lead}


def test_the_lead_goes_to_another_tenant_and_the_first_can_leave(filled, officer):
    tenancy, ann, bob = the("Tenancy", key="T1"), the("Person", key="P1"), the("Person", key="P2")
    lead = tenancy.holders.get(person=ann)
    stays = officer.send("register:leave_tenancy", {"on": date(2026, 5, 1)}, pk=tenancy.pk, holder=lead.pk)
    assert "This is the lead tenant" in text_of(stays)
    officer.send("register:change_lead", {"person": str(bob.pk)}, pk=tenancy.pk)
    officer.send("register:leave_tenancy", {"on": date(2026, 5, 1)}, pk=tenancy.pk, holder=lead.pk)
    holders = tenancy.holders.order_by("person__key").values_list("person__key", "lead", "ended_on")
    assert list(holders) == [("P1", False, date(2026, 5, 1)), ("P2", True, None)]
    officer.send("register:join_tenancy", {"who": "Di Example", "on": date(2026, 5, 2)}, pk=tenancy.pk)
    assert tenancy.holders.filter(person__key="P4", ended_on=None, lead=False).exists()


def test_somebody_whom_nobody_or_several_are_called_is_asked_for_again(filled, officer):
    home = the("Home", key="H3")
    for words, said in (("Example", "Several people are found by"), ("Zebedee", "Nobody is found by")):
        response = officer.send("register:begin_tenancy", _tenancy(words, date(2026, 5, 1)), pk=home.pk)
        assert response.status_code == 422
        assert said in text_of(response)


def test_who_lives_with_a_tenant_comes_and_goes(filled, officer):
    home, di = the("Home", key="H1"), the("Person", key="P4")
    officer.send("register:join_household", {"who": "P4", "on": date(2026, 5, 1), "relation": "Aunt"}, pk=home.pk)
    member = the("HouseholdMember", person=di, household__home=home)
    assert member.relation == "Aunt"
    officer.send("register:leave_household", {"on": date(2026, 6, 1)}, pk=member.pk)
    member.refresh_from_db()
    assert member.ended_on == date(2026, 6, 1)
    tenant = the("HouseholdMember", person__key="P1")
    stays = officer.send("register:leave_household", {"on": date(2026, 6, 1)}, pk=tenant.pk)
    assert "Take them off the tenancy first" in text_of(stays)


def test_leases_and_applications_begin_and_end(filled, officer):
    home, lease, flo = the("Home", key="H3"), the("Lease", home__key="H3"), the("Person", key="P6")
    officer.send("register:end_lease", {"on": date(2026, 4, 1)}, pk=lease.pk)
    officer.send("register:begin_lease", {"lead": "P4", "second": "P2"}, pk=home.pk)
    new = the("Lease", home=home, ended_on=None)
    assert sorted(new.holders.values_list("person__key", flat=True)) == ["P2", "P4"]
    application = the("Application")
    officer.send("register:end_application", {"on": date(2026, 5, 1)}, pk=flo.pk, application=application.pk)
    officer.send("register:add_application", {"kind": "transfer", "started_on": date(2026, 5, 2)}, pk=flo.pk)
    assert list(flo.applications.values_list("kind", "ended_on")) == [
        ("transfer", None), ("housing", date(2026, 5, 1)),
    ]  # fmt: skip


def test_a_building_shows_what_its_height_says_beside_what_is_recorded(filled, officer):
    block = the("Building")
    said = {
        "name": "Alder Court",
        "estate": str(block.estate_id),
        "height_m": "19",
        "storeys": "6",
        "higher_risk": "unknown",
    }
    officer.send("register:change_building", said, pk=block.pk)
    words = text_of(officer.page("register:building", pk=block.pk))
    assert "Higher-risk building Not known yet" in words
    assert (
        "likely to be a higher-risk building (18 metres or 7 storeys and more, Building Safety Act 2022 section 65)"
        in words
    )
    officer.send("register:change_building", {**said, "higher_risk": "yes"}, pk=block.pk)
    words = text_of(officer.page("register:building", pk=block.pk))
    assert "Higher-risk building Yes" in words
    assert "likely" not in words
    block.refresh_from_db()
    assert block.higher_risk is True


def test_homes_buildings_and_estates_are_added_by_hand(filled, officer):
    officer.send("register:add_estate", {"name": "Oak Park", "area": "North"})
    estate = the("Estate", name="Oak Park")
    again = officer.send("register:add_estate", {"name": "Oak Park"})
    assert "Another one has this name." in text_of(again)
    officer.send("register:add_building", {"name": "Elm House", "estate": str(estate.pk), "higher_risk": "no"})
    building = the("Building", name="Elm House")
    home = {"address": "1 Elm House", "postcode": "tb11zz", "kind": "flat", "building": str(building.pk)}
    wrong = officer.send("register:add_home", {**home, "uprn": "100000000001"})
    assert "Another home has this UPRN." in text_of(wrong)
    officer.send("register:add_home", {**home, "uprn": "100000000099"})
    made = the("Home", address="1 Elm House")
    assert (made.postcode, made.building.estate) == ("TB1 1ZZ", estate)
    officer.send("register:end_home", {"on": date(2026, 5, 1)}, pk=made.pk)
    made.refresh_from_db()
    assert made.ended_on == date(2026, 5, 1)
    assert "Oak Park" in text_of(officer.page("register:estates", query={"words": "oak"}))
    assert "1 Elm House" in text_of(officer.page("register:estate", pk=estate.pk))


def test_the_number_of_queries_does_not_grow_with_the_lists(filled, officer, queries):
    from hearth.register.models import Building, Estate, Home, Household, HouseholdMember, Person

    def fill(count: int) -> None:
        for _ in range(count):
            home = Home.objects.create(
                address="Row",
                postcode="TB1 1AA",
                building=Building.objects.create(
                    name="Block", estate=Estate.objects.create(name=f"Estate {Estate.objects.count()}")
                ),
            )
            household = Household.objects.create(home=home)
            person = Person.objects.create(family_name="Rowe", given_name="A")
            HouseholdMember.objects.create(household=household, person=person)

    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    pages = [
        ("register:people", {"words": "row"}),
        ("register:homes", {}),
        ("register:buildings", {}),
        ("register:estates", {}),
    ]
    fill(2)
    before = []
    for name, query in pages:
        with CaptureQueriesContext(connection) as caught:
            officer.page(name, query=query)
        before.append(len(caught))
    fill(12)
    for (name, query), count in zip(pages, before, strict=True):
        with CaptureQueriesContext(connection) as caught:
            officer.page(name, query=query)
        assert len(caught) == count, name
