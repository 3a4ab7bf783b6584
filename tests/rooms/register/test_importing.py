"""Files of the housing management system, from upload to register."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from hearth.kernel.permits import Forbidden
from hearth.kernel.refusals import Refused
from tests.rooms.register.files import (
    ON,
    as_csv,
    as_xlsx,
    brought_in,
    counted,
    drive,
    row,
    street,
    taken,
)

pytestmark = pytest.mark.django_db

EVERYTHING = (
    "Estate", "Building", "Home", "Person", "Household", "HouseholdMember", "Tenancy", "TenancyHolder", "Lease",
    "LeaseHolder", "Application",
)  # fmt: skip


@pytest.fixture
def keeper(actor: Callable[..., Any]) -> Any:
    return actor("register_keeper")


def everything() -> dict[str, list[Any]]:
    """All that the register keeps of homes and people, to the last field."""
    from django.apps import apps

    return {name: list(apps.get_model("register", name).objects.order_by("pk").values()) for name in EVERYTHING}


def test_a_file_becomes_homes_people_tenancies_leases_and_applications(inside, keeper):
    from hearth.register.models import Application, Home, HouseholdMember, LeaseHolder, Person, Tenancy, TenancyHolder

    one = brought_in(as_csv(street()), by=keeper)
    assert counted(one) == {
        "estates": (1, 0, 0, 0), "buildings": (1, 0, 0, 0), "homes": (3, 0, 0, 0), "people": (6, 0, 0, 0),
        "tenancies": (2, 0, 0, 0), "tenants": (3, 0, 0, 0), "leases": (1, 0, 0, 0), "leaseholders": (1, 0, 0, 0),
        "applications": (1, 0, 0, 0),
    }  # fmt: skip
    home = Home.objects.get(key="H1")
    assert (home.uprn, home.postcode, home.kind, home.bedrooms) == ("100000000001", "TB1 1AA", "flat", 2)
    assert (home.building.name, home.building.estate.name, home.building.estate.area) == (
        "Alder Court", "Mill Bank", "Riverside",
    )  # fmt: skip
    ann = Person.objects.get(key="P1")
    assert (ann.name, ann.born_on, ann.mobile) == ("Ann Example", date(1970, 3, 2), "+447700900123")
    assert Person.objects.get(key="P3").born_on == date(2015, 6, 7)
    tenancy = Tenancy.objects.get(key="T1")
    assert (tenancy.tenure, tenancy.started_on, tenancy.ended_on) == ("general_needs", date(2010, 1, 4), None)
    assert list(tenancy.holders.values_list("person__key", "lead")) == [("P1", True), ("P2", False)]
    members = HouseholdMember.objects.filter(household=tenancy.household).order_by("person__key")
    assert list(members.values_list("person__key", "relation")) == [("P1", ""), ("P2", ""), ("P3", "Son")]
    assert Tenancy.objects.get(key="T2").tenure == "supported"
    assert LeaseHolder.objects.get().person.key == "P5"
    flo = Application.objects.get()
    assert (flo.person.postal_address, flo.kind) == ("9 Elsewhere, ZZ1 1ZZ", "housing")
    assert TenancyHolder.objects.count() == 3


def secure() -> list[dict[str, Any]]:
    """The street with two tenancies of one tenure."""
    return [one | ({"tenure": "Secure"} if one["right"] == "T2" else {}) for one in street()]


def test_the_same_file_twice_changes_nothing(inside, keeper):
    brought_in(as_csv(street()), by=keeper, whole=True)
    before = everything()
    again = brought_in(as_csv(street()), by=keeper, whole=True)
    assert everything() == before
    for added, changed, ended, same in counted(again).values():
        assert (added, changed, ended) == (0, 0, 0)
        assert same > 0


def test_checking_a_file_changes_nothing_and_says_what_bringing_it_in_will_do(inside, keeper):
    brought_in(as_csv(street()), by=keeper)
    before = everything()
    rows = street()
    rows[0] |= {"family": "Renamed", "end": "20/03/2026"}
    rows[1] |= {"end": "20/03/2026"}
    rows[2] |= {"end": "20/03/2026"}
    rows.append(row(home="H9", uprn="", address="9 Alder Court", right="T9", person="P9", given="Gus"))
    checked = taken(as_csv(rows), by=keeper)
    assert everything() == before
    said = counted(checked)
    assert said["tenancies"] == (1, 0, 1, 1)
    assert said["people"] == (1, 1, 0, 5)
    changed = [s for s in checked.samples if s["kind"] == "people" and s["sort"] == "changed"]
    assert changed == [
        {"kind": "people", "sort": "changed", "row": 2, "title": "Ann Renamed",
         "changes": [["Family name", "Example", "Renamed"]]}
    ]  # fmt: skip
    from hearth.register import services

    services.bring_in(one=checked, by=keeper)
    drive(services.bring_in_steps, import_id=checked.pk, by=keeper)
    checked.refresh_from_db()
    assert counted(checked) == said


def test_what_is_not_in_a_file_stays_unless_the_file_is_whole(inside, keeper):
    from hearth.register.models import Household, Tenancy

    brought_in(as_csv(secure()), by=keeper)
    less = [one for one in secure() if one["right"] != "T2"]
    brought_in(as_csv(less), by=keeper, as_at=date(2026, 4, 30))
    assert Tenancy.objects.get(key="T2").ended_on is None
    whole = brought_in(as_csv(less), by=keeper, as_at=date(2026, 5, 31), whole=True, confirmed=True)
    assert counted(whole)["tenancies"] == (0, 0, 1, 1)
    tenancy = Tenancy.objects.get(key="T2")
    assert tenancy.ended_on == date(2026, 5, 30)
    assert tenancy.end_reason == "Not in the file of 31 May 2026"
    assert Household.objects.get(home__key="H2").ended_on == date(2026, 5, 30)
    assert Tenancy.objects.count() == 2


def test_a_whole_file_ends_nothing_of_a_tenure_that_it_does_not_hold_at_all(inside, keeper):
    from hearth.register.models import Lease, Tenancy

    brought_in(as_csv(street()), by=keeper)
    brought_in(as_csv(street()[:3]), by=keeper, as_at=date(2026, 4, 30), whole=True)
    assert Tenancy.objects.get(key="T2").ended_on is None
    assert Lease.objects.get().ended_on is None


def test_somebody_whom_a_whole_file_no_longer_names_has_left_the_tenancy(inside, keeper):
    from hearth.register.models import HouseholdMember, TenancyHolder

    brought_in(as_csv(street()), by=keeper)
    less = [one for one in street() if one["person"] not in ("P2", "P3")] + [
        row(person="P8", given="Ina", role="Niece")
    ]
    one = brought_in(as_csv(less), by=keeper, as_at=date(2026, 4, 30), whole=True)
    assert counted(one)["tenants"] == (0, 0, 1, 2)
    assert TenancyHolder.objects.get(person__key="P2").ended_on == date(2026, 4, 29)
    left = HouseholdMember.objects.exclude(ended_on=None)
    assert sorted(left.values_list("person__key", "ended_on")) == [
        ("P2", date(2026, 4, 29)), ("P3", date(2026, 4, 29)),
    ]  # fmt: skip


def test_a_cut_off_file_ends_nothing_until_somebody_confirms_it(inside, keeper):
    from hearth.register import services
    from hearth.register.models import Tenancy

    brought_in(as_csv(secure()), by=keeper)
    half = taken(as_csv([one for one in secure() if one["right"] != "T2"]), by=keeper, whole=True)
    with pytest.raises(Refused, match="would end 1 of 2 tenancies"):
        services.bring_in(one=half, by=keeper)
    half.refresh_from_db()
    assert half.state == "checked"
    assert Tenancy.objects.filter(ended_on=None).count() == 2


def test_a_refused_row_is_not_taken_to_be_missing_from_a_whole_file(inside, keeper):
    from hearth.register.models import Tenancy

    brought_in(as_csv(secure()), by=keeper)
    rows = secure()
    rows[3]["postcode"] = "nonsense"
    one = brought_in(as_csv(rows), by=keeper, whole=True)
    assert Tenancy.objects.get(key="T2").ended_on is None
    problem = one.problems.get()
    assert (problem.row, problem.column, problem.refused) == (5, "Postcode", True)
    assert "nonsense" in problem.reason
    assert problem.values[0] == "H2"


def test_nothing_is_missing_where_a_refused_row_does_not_say_which_tenancy_it_is(inside, keeper):
    from hearth.register.models import Tenancy

    brought_in(as_csv(secure()), by=keeper)
    rows = [one for one in secure() if one["right"] != "T2"]
    rows[1] |= {"right": "X" * 61}
    one = brought_in(as_csv(rows), by=keeper, whole=True)
    assert one.options["held_back"] == 1
    assert Tenancy.objects.filter(ended_on=None).count() == 2


def test_a_tenancy_that_ends_is_announced_for_each_who_held_it(inside, keeper, monkeypatch):
    from hearth.db import news

    told = []
    monkeypatch.setattr(news, "announce", lambda topic, **ids: told.append((topic, ids)))
    brought_in(as_csv(street()), by=keeper)
    told.clear()
    rows = street()
    for one in rows[:3]:
        one["end"] = "20/03/2026"
    brought_in(as_csv(rows), by=keeper)
    from hearth.register.models import Person

    moved = [ids["person_id"] for topic, ids in told if topic == "register.person_moved_out"]
    assert moved == list(Person.objects.filter(key__in=("P1", "P2")).order_by("pk").values_list("pk", flat=True))


def test_a_home_let_again_gets_a_new_household(inside, keeper):
    from hearth.register.models import Household, HouseholdMember

    brought_in(as_csv(street()), by=keeper)
    rows = street()[:3]
    for one in rows:
        one["end"] = "20/03/2026"
    rows.append(row(right="T1b", start="23/03/2026", person="P7", given="Hal"))
    brought_in(as_csv(rows), by=keeper)
    old, new = Household.objects.filter(home__key="H1").order_by("pk")
    assert (old.ended_on, new.started_on, new.ended_on) == (date(2026, 3, 20), date(2026, 3, 23), None)
    assert list(new.members.values_list("person__key", flat=True)) == ["P7"]
    assert not HouseholdMember.objects.filter(household=old, ended_on=None).exists()


def test_after_a_succession_the_household_goes_on(inside, keeper):
    from hearth.register.models import Household, Tenancy

    brought_in(as_csv(street()), by=keeper)
    rows = street()[:3]
    for one in rows:
        one["end"] = "20/03/2026"
    rows.append(row(right="T1b", start="21/03/2026", person="P2", given="Bob", born="2 Apr 1971"))
    brought_in(as_csv(rows), by=keeper)
    household = Household.objects.get(home__key="H1")
    assert household.ended_on is None
    assert Tenancy.objects.get(key="T1b").household == household


def test_another_lead_tenant_takes_the_lead(inside, keeper):
    from hearth.register.models import TenancyHolder

    brought_in(as_csv(street()), by=keeper)
    rows = street()
    rows[0] |= {"lead": "N", "role": "Joint tenant"}
    rows[1] |= {"lead": "Y", "role": "Tenant"}
    one = brought_in(as_csv(rows), by=keeper)
    assert counted(one)["tenants"] == (0, 2, 0, 1)
    holders = TenancyHolder.objects.filter(tenancy__key="T1").order_by("person__key")
    assert list(holders.values_list("person__key", "lead")) == [("P1", False), ("P2", True)]


def test_an_empty_cell_never_wipes_out_what_is_kept(inside, keeper):
    from hearth.register.models import Person

    brought_in(as_csv(street()), by=keeper)
    rows = street()
    rows[0] |= {"email": "", "mobile": "", "title": ""}
    one = brought_in(as_csv(rows), by=keeper)
    assert counted(one)["people"] == (0, 0, 0, 6)
    assert Person.objects.get(key="P1").email == "ann@example.org"


def test_an_older_file_than_the_last_is_refused(inside, keeper):
    brought_in(as_csv(street()), by=keeper)
    with pytest.raises(Refused, match="later file"):
        taken(as_csv(street()), by=keeper, as_at=date(2026, 3, 30))


@pytest.mark.requirement("PROF-14", "SEC-04")
def test_of_leaseholders_only_name_and_address_come_in_without_their_consent(inside, keeper):
    from hearth.register.models import Person

    more = {"email": "ed@example.org", "mobile": "07700 900555", "born": "1/1/1960"}
    rows = street()
    rows[4] |= more
    one = brought_in(as_csv(rows), by=keeper)
    ed = Person.objects.get(key="P5")
    assert (ed.name, ed.email, ed.mobile, ed.born_on) == ("Ed Example", "", "", None)
    problem = one.problems.get()
    assert problem.refused is False
    assert problem.reason.endswith("Left out: “DOB”, “Email” and “Mobile”.")
    rows[4] |= {"consent": "Yes"}
    brought_in(as_csv(rows), by=keeper)
    ed.refresh_from_db()
    assert (ed.email, ed.mobile, ed.born_on) == ("ed@example.org", "+447700900555", date(1960, 1, 1))


def test_an_excel_file_says_the_same_as_a_csv_file(inside, keeper):
    brought_in(as_csv(street()), by=keeper)
    rows = street()
    rows[0] |= {"start": date(2010, 1, 4), "born": date(1970, 3, 2)}
    one = brought_in(as_xlsx(rows), by=keeper, name="extract.xlsx")
    assert {sort[:3] for sort in counted(one).values()} == {(0, 0, 0)}
    assert one.problems.count() == 0


def test_an_import_that_was_killed_goes_on_where_it_was_and_doubles_nothing(inside, keeper, monkeypatch):
    from hearth.register import services
    from hearth.register.services.importing import staging

    monkeypatch.setattr(staging, "STEP", 2)
    one = taken(as_csv(street()), by=keeper)
    services.bring_in(one=one, by=keeper)
    drive(services.bring_in_steps, import_id=one.pk, by=keeper, at_most=2)
    one.refresh_from_db()
    assert (one.state, one.at_row) == ("running", 3)
    drive(services.bring_in_steps, import_id=one.pk, by=keeper)  # as another worker takes it up
    one.refresh_from_db()
    assert one.state == "done"
    assert counted(one)["people"] == (6, 0, 0, 0)
    in_steps = everything()
    assert {name: len(rows) for name, rows in in_steps.items()}["TenancyHolder"] == 3
    again = brought_in(as_csv(street()), by=keeper)
    assert {said[:3] for said in counted(again).values()} == {(0, 0, 0)}


def test_an_import_can_be_stopped_and_gone_on_with(inside, keeper, monkeypatch):
    from hearth.register import services
    from hearth.register.models import Person
    from hearth.register.services.importing import staging

    monkeypatch.setattr(staging, "STEP", 2)
    one = taken(as_csv(street()), by=keeper)
    services.bring_in(one=one, by=keeper)
    steps = services.bring_in_steps(import_id=one.pk, by=keeper)
    next(steps)
    next(steps)
    services.stop(one=one, by=keeper) if one.refresh_from_db() is None else None
    assert next(steps, "end") == "end"
    one.refresh_from_db()
    assert (one.state, one.at_row, Person.objects.count()) == ("stopped", 3, 2)
    services.bring_in(one=one, by=keeper)
    drive(services.bring_in_steps, import_id=one.pk, by=keeper)
    one.refresh_from_db()
    assert (one.state, Person.objects.count()) == ("done", 6)


def test_the_jobs_check_and_bring_in(inside, keeper, run_jobs):
    from hearth.register import services
    from hearth.register.models import Import, Person

    one = services.take_file(source="HMS", name="e.csv", body=as_csv(street()), as_at=ON, on=ON, by=keeper)
    services.check_file(one=one, by=keeper)
    assert "register.check_import" in run_jobs()
    one = Import.objects.get(pk=one.pk)
    assert one.state == "checked"
    services.bring_in(one=one, by=keeper)
    assert "register.bring_in" in run_jobs()
    one.refresh_from_db()
    assert (one.state, Person.objects.count()) == ("done", 6)
    assert one.read_rows.count() == 0


def test_two_homes_of_one_uprn_keep_it_where_it_is(inside, keeper):
    from hearth.register.models import Home

    brought_in(as_csv(street()), by=keeper)
    rows = [row(home="H8", uprn="100000000001", address="8 Alder Court", right="T8", person="P8", given="Ida")]
    one = brought_in(as_csv(rows), by=keeper)
    assert "The UPRN 100000000001 belongs to the home “H1” already" in one.problems.get().reason
    assert Home.objects.get(key="H8").uprn == ""
    assert Home.objects.get(key="H1").uprn == "100000000001"


def test_a_home_that_was_typed_in_is_found_by_its_uprn(inside, keeper):
    from hearth.register.models import Home

    Home.objects.create(address="1, Alder Ct", postcode="TB1 1AA", uprn="100000000001")
    one = brought_in(as_csv(street()), by=keeper)
    assert counted(one)["homes"] == (2, 1, 0, 0)
    assert Home.objects.get(uprn="100000000001").key == "H1"


def test_words_of_tenure_that_are_not_known_are_settled_once_for_the_source(inside, keeper):
    from hearth.register import services
    from hearth.register.models import Tenancy

    rows = [one | ({"tenure": "XQ7"} if one["right"] == "T2" else {}) for one in street()]
    one = taken(as_csv(rows), by=keeper)
    assert "XQ7" in one.problems.get().reason
    assert ("XQ7", "") in services.words_to_settle(one)
    columns = dict(one.mapping)
    services.name_columns(one=one, columns=columns, tenures={"XQ7": "tenancy:temporary"}, whole=False, by=keeper)
    again = brought_in(as_csv(rows), by=keeper)
    assert again.problems.count() == 0
    assert Tenancy.objects.get(key="T2").tenure == "temporary"


@pytest.mark.requirement("PROF-14")
def test_a_column_of_a_protected_characteristic_is_refused(inside, keeper):
    from hearth.register import services
    from tests.rooms.register.files import HEADINGS

    body = as_csv(street(), headings=(*HEADINGS[:-1], "Ethnicity"))
    one = services.take_file(source="Conveyancing", name="e.csv", body=body, as_at=ON, on=ON, by=keeper)
    assert "Ethnicity" not in one.mapping
    columns = {**one.mapping, "Ethnicity": "part.consent"}
    with pytest.raises(Refused, match="Ethnicity"):
        services.name_columns(one=one, columns=columns, tenures={}, whole=False, by=keeper)


def test_whoever_may_not_import_is_refused(inside, actor):
    with pytest.raises(Forbidden):
        taken(as_csv(street()), by=actor("housing_officer"))


def test_a_file_says_what_is_wrong_with_it(inside, keeper):
    for body, words in (
        (b"", "empty"),
        (b"a\n1\n", "first row must name the columns"),
        (b"a,a\n1,2\n", "same heading"),
        (b"PK\x03\x04 not a zip", "could not be read"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "password"),
    ):
        with pytest.raises(Refused, match=words):
            taken(body, by=keeper)
    no_tenure = as_csv(street()).replace(b",Tenure,", b",Something,")
    with pytest.raises(Refused, match="Say which column is: Tenure"):
        taken(no_tenure, by=keeper)


def test_rows_nobody_brought_in_are_forgotten_in_time(inside, keeper):
    from datetime import timedelta

    from django.utils import timezone

    from hearth.register import services

    one = taken(as_csv(street()), by=keeper)
    today = timezone.localdate()
    assert services.forget_rows(on=today + timedelta(days=30), by=keeper) == 0
    assert services.forget_rows(on=today + timedelta(days=31), by=keeper) == 1
    one.refresh_from_db()
    assert (one.read_rows.count(), one.samples) == (0, [])
    with pytest.raises(Refused, match="Check it first"):
        services.bring_in(one=one, by=keeper)


def test_refused_rows_of_a_file_that_was_brought_in_are_forgotten_in_time(inside, keeper):
    from datetime import timedelta

    from django.utils import timezone

    from hearth.register import services

    rows = street()
    rows[3]["postcode"] = "nowhere"
    one = brought_in(as_csv(rows), by=keeper)
    assert one.samples == []
    assert one.problems.count() == 1
    services.forget_rows(on=timezone.localdate() + timedelta(days=31), by=keeper)
    one.refresh_from_db()
    assert (one.state, one.problems.count(), one.rows) == ("done", 0, 7)


def test_a_column_that_writes_the_month_first_is_read_so(inside, keeper):
    from hearth.register.models import Tenancy

    rows = street()
    for one in rows[:3]:
        one["start"] = "01/04/2010"
    rows[3]["start"] = "02/28/2020"
    rows[4]["start"] = rows[5]["start"] = "03/13/2020"
    one = brought_in(as_csv(rows), by=keeper)
    assert one.problems.count() == 0
    assert counted(one)["people"] == (6, 0, 0, 0)
    days = Tenancy.objects.order_by("key").values_list("started_on", flat=True)
    assert list(days) == [date(2010, 1, 4), date(2020, 2, 28)]


def test_with_two_styles_of_days_in_a_column_the_rows_in_doubt_are_named(inside, keeper):
    from hearth.register.models import Tenancy

    rows = street()
    rows[4]["start"], rows[5]["start"] = "13/03/2020", "03/13/2020"
    one = brought_in(as_csv(rows), by=keeper)
    doubted = list(one.problems.values_list("row", "column"))
    assert doubted == [(2, "Start Date"), (3, "Start Date"), (4, "Start Date")]
    assert "row 6 of this column writes the day first, row 7 the month" in one.problems.first().reason
    assert list(Tenancy.objects.values_list("key", flat=True)) == ["T2"]
