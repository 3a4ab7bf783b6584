"""Keying at the keyboard: with and without a script, by two people, settled with the paper in hand."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from hearth.surveys import services
from hearth.surveys.models import Invitation, PaperBatch, PaperEntry, Response
from hearth.surveys.rules import paper
from tests.factories import surveys as make
from tests.factories.pages import text_of
from tests.factories.tenants import opened

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey(tenants: Any, officer: Any) -> Any:
    found = opened(make.survey(make.SMALL, state="draft", draw="random", modes=["web", "paper"]), officer)
    services.invite(survey=found, by=officer)
    return found


@pytest.fixture
def keyers(client_as: Any, user_with: Any) -> list[Any]:
    return [client_as(user_with(roles=["interviewer"])) for _ in range(2)]


def serial_of(survey: Any, person: Any) -> str:
    return paper.serial(survey.pk, Invitation.objects.get(survey=survey, person=person).unit.number)


def found(browser: Any, survey: Any, typed_serial: str) -> Any:
    return browser.send("surveys:paper", {"serial": typed_serial}, pk=survey.pk)


def keyed(browser: Any, survey: Any, serial: str, **said: str) -> Any:
    today = timezone.localdate()
    data = {"received_on": today, "language": "en", "overall": "2", "repair": "2", **said}
    return browser.send("surveys:key_paper", data, pk=survey.pk, serial=serial, follow=True)


@pytest.mark.requirement("SUR-02")
def test_a_form_is_found_keyed_twice_and_counted(keyers: list[Any], survey: Any, tenants: Any) -> None:
    serial = serial_of(survey, tenants[0])
    where = found(keyers[0], survey, serial.lower())
    assert where["Location"].endswith(f"/paper/form/{serial}/")
    page = keyers[0].page("surveys:key_paper", pk=survey.pk, serial=serial)
    assert "1. How satisfied or dissatisfied are you with the service?" in text_of(page)
    assert "1 Very satisfied, 2 Fairly satisfied" in text_of(page)
    assert "Refused" not in text_of(page)
    once = keyed(keyers[0], survey, serial)
    assert f"Form {serial} is keyed once" in text_of(once)
    assert "You keyed form" in text_of(found(keyers[0], survey, serial))
    second = keyers[1].page("surveys:key_paper", pk=survey.pk, serial=serial)
    assert 'value="2"' not in second.content.decode()
    assert f"Form {serial} is counted." in text_of(keyed(keyers[1], survey, serial))
    assert Response.objects.get().mode == "paper"
    assert "has been keyed and counted already" in text_of(found(keyers[1], survey, serial))


def test_enter_goes_on_to_the_next_empty_box_without_a_script(keyers: list[Any], survey: Any, tenants: Any) -> None:
    serial = serial_of(survey, tenants[0])
    page = (
        keyers[0]
        .send("surveys:key_paper", {"go": "on", "overall": "2", "repair": ""}, pk=survey.pk, serial=serial)
        .content.decode()
    )
    assert 'name="overall" type="text" spellcheck="false" value="2"' in page
    box = page.index("autofocus")
    assert 'name="repair"' in page[page.rindex("<input", 0, box) : page.index(">", box)]
    assert not PaperEntry.objects.exists()


def test_what_is_wrong_is_said_by_the_number_of_the_question_and_what_was_typed_stays(
    keyers: list[Any], survey: Any, tenants: Any
) -> None:
    serial = serial_of(survey, tenants[0])
    page = keyed(keyers[0], survey, serial, overall="7", people="300")
    assert page.status_code == 422
    assert "Question 1: Type a number from 1 to 5." in text_of(page)
    assert "Question 6: Write a number between 1 and 20." in text_of(page)
    assert 'value="7"' in page.content.decode()


def test_differences_are_settled_question_by_question(keyers: list[Any], survey: Any, tenants: Any) -> None:
    serial = serial_of(survey, tenants[0])
    keyed(keyers[0], survey, serial, why="Cold")
    page = keyed(keyers[1], survey, serial, overall="3", why="Cold")
    entry = PaperEntry.objects.get()
    text = text_of(page)
    assert f"Settle form {serial}" in text
    assert "First: 2 Fairly satisfied" in text
    assert "Second: 3 Neither satisfied nor dissatisfied" in text
    assert "Why do you say so?" not in text  # which is the same in both
    nothing = keyers[0].send("surveys:settle_paper", {}, pk=survey.pk, entry=entry.pk)
    assert "Question 1: say which is right." in text_of(nothing)
    done = keyers[0].send(
        "surveys:settle_paper", {"right-overall": "other", "overall": "4"}, pk=survey.pk, entry=entry.pk, follow=True
    )
    assert f"Form {serial} is counted." in text_of(done)
    assert Response.objects.get().answers["overall"] == "4"


def test_a_form_without_a_serial_gets_one(keyers: list[Any], survey: Any) -> None:
    page = keyers[0].send("surveys:new_serial", {}, pk=survey.pk, follow=True)
    assert f"Write this on the form now: {survey.pk}-B" in text_of(page)


@pytest.mark.parametrize("wrong", ["", "hello", "1-2-3", "<script>alert(1)</script>", "9" * 100])
def test_what_is_no_serial_is_said(keyers: list[Any], survey: Any, wrong: str) -> None:
    assert found(keyers[0], survey, wrong).status_code == 422
    assert keyers[0].page("surveys:key_paper", pk=survey.pk, serial="1-B-x").status_code == 404


def test_an_officer_has_forms_made_and_downloads_them(
    client_as: Any, officer: Any, survey: Any, tenants: Any, run_jobs: Any
) -> None:
    from hearth.accounts.models import User
    from hearth.register.models import ContactChannel

    ContactChannel.objects.create(person=tenants[0], channel="letter", position=0, allowed=True)
    client = client_as(User.objects.get(pk=officer.user_id))
    page = client.send("surveys:print", {}, pk=survey.pk, follow=True)
    assert "The forms are being made" in text_of(page)
    run_jobs()
    assert "Download" in text_of(client.page("surveys:print", pk=survey.pk))
    batch = PaperBatch.objects.get()
    file = client.page("surveys:paper_file", pk=survey.pk, batch=batch.pk)
    assert file.content.startswith(b"%PDF")
    number = Invitation.objects.get(survey=survey, person=tenants[0]).unit.number
    single = client.send(
        "surveys:print_household", {"number": str(number), "size": "large", "language": "cy"}, pk=survey.pk
    )
    assert single.content.startswith(b"%PDF")
    refused = client.send(
        "surveys:print_household", {"number": "99999", "size": "large", "language": "cy"}, pk=survey.pk
    )
    assert "No household with this number was asked" in text_of(refused)


def test_blank_forms_are_for_surveys_that_anybody_may_answer(client_as: Any, officer: Any, survey: Any) -> None:
    from hearth.accounts.models import User

    client = client_as(User.objects.get(pk=officer.user_id))
    data = {"number": "2", "size": "standard", "language": "en"}
    assert "only those who were drawn" in text_of(client.send("surveys:print_blank", data, pk=survey.pk))
    assert client.send("surveys:print_blank", data, pk=make.survey().pk).content.startswith(b"%PDF")


def test_interviewers_print_nothing_and_auditors_key_nothing(
    keyers: list[Any], client_as: Any, user_with: Any, survey: Any
) -> None:
    assert keyers[0].page("surveys:print", pk=survey.pk).status_code == 403
    assert client_as(user_with(roles=["auditor"])).page("surveys:paper", pk=survey.pk).status_code == 403
