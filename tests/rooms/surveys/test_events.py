"""Surveys that follow events: once an event, seldom a person, never where unsafe, and a call where it went badly."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone

from hearth.actions.models import Action
from hearth.kernel.refusals import Refused
from hearth.notifications.models import Message
from hearth.register.models import Building, Home, SafeContact
from hearth.surveys import queries, services
from hearth.surveys.models import Event, Exclusion, Invitation
from hearth.surveys.rules.events import Whom
from hearth.surveys.rules.kinds import Sort
from tests.factories import people
from tests.factories import surveys as make
from tests.factories.tenants import DAY, tenant

pytestmark = pytest.mark.django_db


def today() -> Any:
    return timezone.localdate()


@pytest.fixture
def rolling(inside: Any, officer: Any) -> Any:
    """A survey that follows repairs."""
    survey = make.survey(rolling=True, sort="repair", closes_on=None, secrecy="named")
    services.set_trigger(
        sort=Sort.REPAIR, survey=survey, after_days=1, whom=Whom.REPORTER, low_question="overall", by=officer
    )
    return survey


def repair(person: Any, key: str, officer: Any, *, days: int = 1, **said: Any) -> Event:
    person.key = person.key or f"P{person.pk}"
    person.save()
    told = services.Told(sort="repair", key=key, happened_on=today() - timedelta(days=days), person=person.key, **said)
    return services.note_event(told=told, source="test", today=today(), by=officer)[0]


def follow(officer: Any, *, days: int = 0) -> Any:
    return services.follow(on=today() + timedelta(days=days), at=timezone.now(), by=officer)


@pytest.mark.requirement("SUR-03")
def test_everybody_who_had_a_repair_is_asked_and_the_unsafe_are_counted(
    rolling: Any, officer: Any, run_jobs: Any
) -> None:
    people = [tenant(number) for number in range(10)]
    SafeContact.objects.create(person=people[3], channels=[], set_by_name="X", started_on=DAY, review_on=today())
    for number, person in enumerate(people):
        repair(person, f"J{number}", officer)
    assert follow(officer) == {"ask": 10}
    run_jobs()
    assert Message.objects.count() == 9
    assert Exclusion.objects.get().why == "safety"
    assert queries.not_asked(by=officer) == [(rolling.title, "Cannot be reached safely", 1)]
    assert follow(officer) == {}


@pytest.mark.requirement("SUR-20")
def test_two_repairs_in_one_week_are_one_survey_and_the_second_month_another(rolling: Any, officer: Any) -> None:
    person = tenant(1)
    one, two = repair(person, "J1", officer, days=5), repair(person, "J2", officer, days=2)
    assert follow(officer) == {"merge": 1, "ask": 1}
    one.refresh_from_db()
    assert (one.state, one.merged_into) == ("merged", two)
    repair(person, "J3", officer, days=1)
    assert follow(officer, days=29) == {"recent": 1}
    assert Event.objects.get(key="J3").why == "recent"
    Event.objects.filter(key="J3").update(state="waiting")
    assert follow(officer, days=30) == {"ask": 1}


def test_an_event_is_not_followed_before_its_day_and_the_same_key_is_one_event(rolling: Any, officer: Any) -> None:
    person = tenant(1)
    repair(person, "J1", officer, days=0)
    assert follow(officer) == {}
    again = repair(person, "J1", officer, days=3)
    assert Event.objects.get() == again
    assert again.happened_on == today()


@pytest.mark.requirement("SUR-05")
def test_after_a_case_only_whoever_reported_it_is_asked(inside: Any, officer: Any, run_jobs: Any) -> None:
    survey = make.survey(rolling=True, sort="asb", closes_on=None)
    services.set_trigger(sort=Sort.ASB, survey=survey, after_days=0, whom=Whom.REPORTER, by=officer)
    reporter, other = tenant(1, key="R"), tenant(2, key="C")
    told = services.Told(sort="asb", key="C1", happened_on=today(), person="R", detail={"about": "noise"})
    services.note_event(told=told, source="cases", today=today(), by=officer)
    follow(officer)
    run_jobs()
    assert list(Message.objects.values_list("to_address", flat=True)) == [reporter.email]
    assert other.email


@pytest.mark.requirement("SUR-06", "SUR-04")
def test_after_works_on_a_block_every_household_of_it_is_asked_with_its_own_code(
    inside: Any, officer: Any, run_jobs: Any
) -> None:
    survey = make.survey(rolling=True, sort="works", closes_on=None)
    services.set_trigger(sort=Sort.WORKS, survey=survey, after_days=0, whom=Whom.BUILDING, by=officer)
    block = Building.objects.create(name="Weir House", key="B1")
    for number in range(30):
        tenant(number)
    tenant(99)
    Home.objects.exclude(address__startswith="99 ").update(building=block)
    told = services.Told(sort="works", key="W1", happened_on=today(), building="B1")
    services.note_event(told=told, source="works", today=today(), by=officer)
    assert follow(officer) == {"ask": 30}
    run_jobs()
    assert Message.objects.count() == 30
    assert len({queries.code_of(one) for one in Invitation.objects.all()}) == 30


def test_a_low_answer_raises_a_call_back_once(rolling: Any, officer: Any, run_jobs: Any) -> None:
    repair(tenant(1), "J1", officer, service="Invented Repairs Ltd")
    follow(officer)
    invitation = Invitation.objects.get()
    response = make.respond(rolling, {"overall": "5"}, invitation=invitation)
    assert response.traits == {"service": "Invented Repairs Ltd"}
    run_jobs()
    action = Action.objects.get()
    assert "J1" in action.text
    assert action.due_on is not None
    services.call_back(response_id=str(response.pk), on=today(), by=officer)
    assert Action.objects.count() == 1


@pytest.mark.parametrize(("secrecy", "answers"), [("confidential", {"overall": "5"}), ("named", {"overall": "3"})])
def test_nobody_is_called_for_a_confidential_or_a_middling_answer(
    rolling: Any, officer: Any, run_jobs: Any, secrecy: str, answers: Any
) -> None:
    rolling.secrecy = secrecy
    rolling.save()
    repair(tenant(1), "J1", officer)
    follow(officer)
    make.respond(rolling, answers, invitation=Invitation.objects.get())
    run_jobs()
    assert not Action.objects.exists()


def test_a_reference_that_the_register_does_not_know_is_named(rolling: Any, officer: Any) -> None:
    told = services.Told(sort="repair", key="J1", happened_on=today(), person="nobody")
    with pytest.raises(Refused, match="no person") as refused:
        services.note_event(told=told, source="x", today=today(), by=officer)
    assert refused.value.field == "person"


def send(client: Any, key: str, *told: Any, body: Any = None) -> Any:
    return client.post(
        client.address("surveys:events_in"),
        body if body is not None else json.dumps({"events": list(told)}),
        content_type="application/json",
        headers={"Authorization": f"Bearer {key}"},
    )


def test_a_system_with_a_key_tells_of_events_and_wrong_ones_are_named_one_by_one(
    rolling: Any, officer: Any, client_as: Any
) -> None:
    _, key = services.add_source(name="Repairs", sorts=["repair"], by=officer)
    tenant(1, key="P1")
    on = today().isoformat()
    answered = send(
        client_as(), key,
        {"sort": "repair", "key": "J1", "happened_on": on, "person": "P1"},
        {"sort": "repair", "key": "J2", "happened_on": on, "person": "P9"},
        {"sort": "asb", "key": "A1", "happened_on": on, "person": "P1"},
    )  # fmt: skip
    said = answered.json()
    assert answered.status_code == 422
    assert [one.get("field") for one in said["events"]] == [None, "person", "sort"]
    assert Event.objects.get().source == "Repairs"
    again = send(client_as(), key, {"sort": "repair", "key": "J1", "happened_on": on, "person": "P1"})
    assert again.status_code == 200
    assert again.json()["events"] == [{"key": "J1", "added": False}]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("not json", "no JSON"),
        ("[]", "under “events”"),
        ('{"events": []}', "under “events”"),
        ('{"events": [1]}', "Event 1"),
        ('{"events": [{"happened_on": "3/4/26"}]}', "Event 1: write the day"),
        (json.dumps({"events": [{}] * 1001}), "1000 events"),
    ],
)
def test_a_message_that_cannot_be_read_is_refused_whole(
    inside: Any, officer: Any, client_as: Any, body: str, words: str
) -> None:
    _, key = services.add_source(name="Repairs", sorts=["repair"], by=officer)
    answered = send(client_as(), key, body=body)
    assert answered.status_code == 422
    assert words in answered.json()["error"]


def test_without_a_key_or_with_an_old_one_nothing_is_heard(inside: Any, officer: Any, client_as: Any) -> None:
    source, key = services.add_source(name="Repairs", sorts=["repair"], by=officer)
    assert key not in json.dumps(list(type(source).objects.values()), default=str)
    services.end_source(source=source, by=officer)
    assert send(client_as(), key, {"sort": "repair"}).status_code in (401, 422)
    good = {"sort": "repair", "key": "J1", "happened_on": today().isoformat(), "person": "P1"}
    assert send(client_as(), key, good).status_code == 401
    assert send(client_as(), "", good).status_code == 401
    assert not Event.objects.exists()


def test_an_officer_sets_a_trigger_and_notes_an_event_in_the_browser(
    inside: Any, client_as: Any, user_with: Any
) -> None:
    make.survey(rolling=True, sort="repair", title="After your repair", closes_on=None)
    tenant(1, key="P1")
    page = client_as(user_with(roles=["resident_involvement_officer"]))
    survey = queries.open_survey_of(Sort.REPAIR)
    wrong = page.send(
        "surveys:set_trigger",
        {"sort": "repair", "survey": survey.pk, "after_days": "1", "whom": "reporter", "low_question": "nothing"},
    )
    assert wrong.status_code == 422
    assert "no question “nothing”" in wrong.content.decode()
    page.send(
        "surveys:set_trigger",
        {"sort": "repair", "survey": survey.pk, "after_days": "1", "whom": "reporter", "low_question": "overall"},
    )
    done = page.send(
        "surveys:note_event",
        {"sort": "repair", "key": "J1", "happened_on": today(), "person": "P1"},
        follow=True,
    )
    words = done.content.decode()
    assert "The event is noted." in words
    assert "After your repair" in words
    assert queries.trigger("repair").low_codes == ["4", "5"]


FILE = """Job number,Completed,Tenant ref,Contractor
J1,{on},P1,Invented Repairs Ltd
J2,{on},P9,Invented Repairs Ltd
J3,not a day,P1,
J1,{on},P1,Invented Repairs Ltd
"""


@pytest.mark.requirement("SUR-03")
def test_a_file_of_repairs_is_noted_row_by_row_and_wrong_rows_are_named(
    rolling: Any, client_as: Any, user_with: Any
) -> None:
    tenant(1, key="P1")
    page = client_as(user_with(roles=["resident_involvement_officer"]))
    body = FILE.format(on=f"{today():%d/%m/%Y}").encode()
    done = page.send("surveys:bring_in_events", {"sort": "repair", "file": SimpleUploadedFile("jobs.csv", body)})
    words = " ".join(done.content.decode().split())
    assert "The register knows no person with this reference." in words
    assert "“not a day” is not a day" in words
    assert list(Event.objects.values_list("key", "service")) == [("J1", "Invented Repairs Ltd")]
    officer = people.actor(user_with(roles=["housing_policy_officer"]))
    again = services.bring_in_events(name="jobs.csv", body=body, usual="repair", today=today(), by=officer)
    assert [one.fate for one in again] == ["same", "refused", "refused", "same"]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "empty"),
        (b"a,b\n1,2\n", "no column"),
        (b"reference,date\nJ1,2026-11-20\n", "no column for the person"),
        (b"reference,key,date,person\n", "Two columns mean the same"),
        (b"PK\x03\x04", "spreadsheet"),
    ],
)
def test_a_file_of_events_that_cannot_be_read_says_what_it_lacks(
    inside: Any, officer: Any, body: bytes, words: str
) -> None:
    with pytest.raises(Refused, match="(?i)" + words):
        services.bring_in_events(name="x.csv", body=body, usual="repair", today=today(), by=officer)


def test_a_file_of_events_comes_in_from_the_command_line(rolling: Any, capsys: Any, tmp_path: Any) -> None:
    tenant(1, key="P1")
    kept = tmp_path / "jobs.csv"
    kept.write_text(FILE.format(on=today().isoformat()))
    call_command("surveys", "events", str(kept), "--landlord", "thornbridge", "--sort", "repair")
    said = capsys.readouterr().out
    assert "1 noted, 1 noted before, 2 refused" in said
    assert "Row 3, person: The register knows no person" in said
