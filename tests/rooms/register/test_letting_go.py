"""What the retention job lets go of, what a hold keeps, and what it reports."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from hearth.documents import services as documents
from hearth.kernel.permits import Forbidden
from hearth.kernel.refusals import Refused
from hearth.landlords.models import Setting
from hearth.register.jobs import retention as jobs
from hearth.register.models import (
    Application,
    ContactLog,
    DataRequest,
    Import,
    ImportProblem,
    Need,
    Person,
    RetentionRun,
    Source,
    Tenancy,
    TenancyHolder,
)
from hearth.register.services import retention, rights
from tests.rooms.register.residents import LONG_AGO, resident

TODAY = date(2030, 6, 3)


@pytest.fixture
def officer(actor):
    return actor("data_protection_officer")


def former(name="Ann", *, left=date(2020, 6, 1), **said):
    """Somebody whose only tenancy ended on a day."""
    person = resident(name, **said)
    member = person.memberships.get()
    held = Tenancy.objects.create(
        home=member.household.home, tenure="general_needs", started_on=LONG_AGO, ended_on=left
    )
    TenancyHolder.objects.create(tenancy=held, person=person, lead=True, started_on=LONG_AGO)
    person.memberships.update(ended_on=left)
    return person


def line(key, report):
    return next(one for one in report if one["kind"] == key)


def known():
    return set(Person.objects.filter(anonymised_on=None).values_list("given_name", flat=True))


@pytest.mark.requirement("SEC-11")
def test_six_years_after_their_last_home_people_are_made_anonymous_and_the_run_says_how_many(inside, officer):
    former("Long", left=date(2024, 6, 3))
    former("Recent", left=date(2024, 6, 4))
    resident("Here")
    run = retention.let_go(on=TODAY, by=officer)
    assert known() == {"Recent", "Here"}
    assert line("register.former_residents", run.report)["anonymised"] == 1
    assert "Long" not in str(run.report)


@pytest.mark.requirement("SEC-11")
@pytest.mark.parametrize("kind", ["", "register.person", "register.need"])
def test_what_is_under_hold_is_kept_and_goes_once_the_hold_is_lifted(inside, officer, kind):
    person = former("Held")
    Need.objects.create(
        person=person, kind="access", what="A ramp", told_by="self", started_on=LONG_AGO, ended_on=date(2021, 1, 1)
    )
    held = rights.hold(person=person, kind=kind, reason="Claim about disrepair", on=date(2029, 1, 1), by=officer)
    run = retention.let_go(on=TODAY, by=officer)
    assert known() == {"Held"}
    assert line("register.former_residents", run.report)["held"] == 1
    assert Need.objects.exists() == (kind != "register.person")
    rights.lift(hold=held, on=TODAY, by=officer)
    run = retention.let_go(on=TODAY + timedelta(days=1), by=officer)
    assert known() == set()
    assert not Need.objects.exists()
    assert line("register.former_residents", run.report) | {"words": "", "rule": ""} == {
        "kind": "register.former_residents", "words": "", "rule": "", "deleted": 0, "anonymised": 1, "held": 0,
    }  # fmt: skip


@pytest.mark.requirement("SEC-11")
def test_a_hold_on_a_kind_keeps_every_record_of_it(inside, officer):
    person = resident()
    ContactLog.objects.create(
        person=person, at=datetime(2021, 1, 1, tzinfo=UTC), channel="phone", purpose="case", by_name="Una"
    )
    rights.hold(person=None, kind="register.contactlog", reason="An inquiry by the regulator", on=LONG_AGO, by=officer)
    report = retention.let_go(on=TODAY, by=officer).report
    assert (line("register.contacts", report)["deleted"], line("register.contacts", report)["held"]) == (0, 1)


def test_who_has_anything_left_here_stays_known(inside, officer):
    again = former("Again")
    Application.objects.create(person=again, kind="transfer", started_on=LONG_AGO)
    merged = former("Merged")
    Person.objects.filter(pk=resident("Stays").pk).update(merged_into=merged)
    former("Member", standing="community")
    asking = former("Asking")
    rights.ask(person=asking, asked_by="", asks="access", how="email", received_on=LONG_AGO, on=TODAY, by=officer)
    retention.let_go(on=TODAY, by=officer)
    assert {"Again", "Merged", "Member", "Asking"} <= known()


def test_somebody_who_only_applied_goes_earlier_than_a_tenant(inside, officer):
    person = Person.objects.create(given_name="Applied", family_name="Once")
    Application.objects.create(person=person, kind="housing", started_on=LONG_AGO, ended_on=date(2028, 6, 3))
    former("Tenant", left=date(2028, 6, 3))
    report = retention.let_go(on=TODAY, by=officer).report
    assert known() == {"Tenant"}
    assert line("register.former_applicants", report)["anonymised"] == 1


@pytest.mark.requirement("SEC-11")
def test_a_second_run_of_the_same_day_changes_nothing(inside, officer):
    former("Long")
    former("Kept")
    rights.hold(
        person=Person.objects.get(given_name="Kept"), kind="", reason="Claim about damp", on=LONG_AGO, by=officer
    )
    first = retention.let_go(on=TODAY, by=officer).report
    second = retention.let_go(on=TODAY, by=officer).report
    assert first == second
    assert RetentionRun.objects.count() == 1


@pytest.mark.requirement("SEC-11")
def test_the_preview_says_what_would_go_and_changes_nothing(inside, officer, actor):
    former("Long")
    told = {one.kind: one for one in retention.preview(on=TODAY, by=officer)}
    assert told["register.former_residents"].anonymised == 1
    assert known() == {"Long"}
    assert not RetentionRun.objects.exists()
    assert [one.stored() for one in told.values()] == retention.let_go(on=TODAY, by=officer).report
    with pytest.raises(Forbidden):
        retention.preview(on=TODAY, by=actor("register_keeper"))


@pytest.mark.requirement("SEC-11")
def test_how_long_is_what_the_landlords_dated_setting_says(inside, officer):
    former("Long", left=date(2025, 6, 3))
    Setting.objects.create(
        key="register.keep_former_residents", value=60, holds_from=date(2030, 1, 1), source="Policy", owner="DPO"
    )
    retention.let_go(on=TODAY, by=officer)
    assert known() == set()


def test_files_that_were_brought_in_lose_their_content_and_their_failed_rows(inside, officer):
    file = documents.keep(name="people.csv", body=b"Cressida Vale", purpose="register.import", by=officer)
    one = Import.objects.create(
        source=Source.objects.create(name="Northgate"), file=file, as_at=LONG_AGO, by_name="Una", state="done",
        samples=[["Cressida Vale"]],
    )  # fmt: skip
    ImportProblem.objects.create(of=one, row=2, reason="No such day", values=["Cressida Vale"])
    report = retention.let_go(on=TODAY, by=officer).report
    one.refresh_from_db()
    file.refresh_from_db()
    assert (one.samples, ImportProblem.objects.count(), file.path) == ([], 0, "")
    assert line("register.import_files", report)["anonymised"] == 1


def test_an_answered_request_loses_its_copy_first_and_its_names_later(inside, officer):
    file = documents.keep(name="DATA-1.pdf", body=b"%PDF", purpose="register.copy", by=officer)
    made = DataRequest.objects.create(
        asked_by="Cressida Vale", asks="access", received_on=LONG_AGO, due_on=LONG_AGO, answered_on=date(2029, 6, 3),
        state="granted", answer="Here it is", file=file,
    )  # fmt: skip
    retention.let_go(on=TODAY, by=officer)
    made.refresh_from_db()
    assert (made.file.emptied_on is not None, made.asked_by) == (True, "Cressida Vale")
    retention.let_go(on=date(2032, 6, 3), by=officer)
    made.refresh_from_db()
    assert (made.asked_by, made.answer, made.state) == ("Anonymous", "", "granted")


def test_more_rows_than_one_chunk_all_go(inside, officer, monkeypatch):
    monkeypatch.setattr(retention, "CHUNK", 2)
    person = resident()
    for day in range(1, 8):
        ContactLog.objects.create(
            person=person, at=datetime(2021, 1, day, tzinfo=UTC), channel="phone", purpose="case", by_name="Una"
        )
    assert line("register.contacts", retention.let_go(on=TODAY, by=officer).report)["deleted"] == 7


def test_the_timetable_lets_go_for_the_day_that_it_runs_for(inside):
    former("Long")
    jobs.let_go(landlord_id=inside.pk, on="2030-06-03")
    assert known() == set()
    assert RetentionRun.objects.get().on == TODAY


def test_a_hold_must_name_a_kind_that_is_kept_for_a_time(inside, officer):
    with pytest.raises(Refused, match="kinds of record in the list"):
        rights.hold(person=None, kind="register.home", reason="A good enough reason", on=TODAY, by=officer)


def test_messages_lose_their_words_after_their_time_unless_whoever_had_them_is_under_hold(inside, officer):
    from hearth.notifications import services as notifications
    from hearth.notifications.models import Message

    ann, bob = resident("Ann"), resident("Bob")
    for person in (ann, bob):
        for about in (person, None):
            one = notifications.send(
                key=f"{person.pk}.{about}", to_name=person.name, to_address=person.email, subject="Notice",
                body="Words", about=about, by=officer,
            )  # fmt: skip
            Message.objects.filter(pk=one.pk).update(sent_at=datetime(2021, 1, 1, tzinfo=UTC))
    rights.hold(person=bob, kind="", reason="Claim about damp", on=LONG_AGO, by=officer)
    report = retention.let_go(on=TODAY, by=officer).report
    assert set(Message.objects.exclude(body="").values_list("to_address", flat=True)) == {bob.email}
    assert line("notifications.messages", report)["anonymised"] == 2
    assert line("notifications.messages", report)["held"] == 2
    assert line("notifications.messages", retention.let_go(on=TODAY, by=officer).report)["anonymised"] == 2
