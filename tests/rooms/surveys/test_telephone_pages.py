"""The interviewer's screens: only what is needed of a person, questions in their order, nothing lost on the way."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from hearth.landlords.models import Setting
from hearth.surveys import queries, services
from hearth.surveys.models import Attempt, Invitation, Response
from tests.factories import surveys as make
from tests.factories.pages import text_of
from tests.factories.tenants import opened

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_any_hour(inside: Any) -> None:
    for key, value in (("surveys.call_from", 0), ("surveys.call_until", 24)):
        Setting.objects.create(key=key, value=value, holds_from=date(2020, 1, 1), source="Test", owner="Test")


@pytest.fixture
def survey(at_any_hour: None, tenants: Any, officer: Any) -> Any:
    for number, person in enumerate(tenants):
        person.phone = f"+4416329601{number:02}"
        person.save()
    modes = ["web", "telephone", "paper"]
    found = opened(make.survey(make.SMALL, state="draft", draw="random", modes=modes), officer)
    services.invite(survey=found, by=officer)
    return found


@pytest.fixture
def browser(client_as: Any, user_with: Any) -> Any:
    return client_as(user_with(roles=["interviewer"], name="Ines Okafor"))


def call(browser: Any, survey: Any) -> str:
    """The address of the call that comes next, without the landlord's word."""
    answer = browser.send("surveys:next_call", pk=survey.pk)
    assert answer.status_code == 302
    return str(answer["Location"]).removeprefix(f"/{browser.slug}")


@pytest.mark.requirement("SUR-02", "COM-08")
def test_an_interview_from_the_queue_to_the_answer(browser: Any, survey: Any) -> None:
    listed = text_of(browser.page("surveys:interviews"))
    assert "Ask by telephone" in listed
    assert "12 households can be called now" in text_of(browser.page("surveys:telephone", pk=survey.pk))
    path = call(browser, survey)
    page = text_of(browser.page(path))
    assert "18001 01632 9601" in page
    assert "Hello, my name is Ines Okafor. I am calling for Thornbridge Borough Council." in page
    ask = f"{path}ask/"
    first = browser.page(ask)
    assert "How satisfied or dissatisfied are you with the service?" in text_of(first)
    wrong = browser.post(browser.address(f"{ask}?part=0"), {"overall": "", "repair": "no"})
    assert wrong.status_code == 422
    assert "Choose an answer" in text_of(wrong)
    sent = {"overall": "2", "repair": "no"}
    where = browser.post(browser.address(f"{ask}?part=0"), sent)["Location"].removeprefix(f"/{browser.slug}")
    filtered = text_of(browser.page(where))
    assert "Why do you say so?" in filtered
    assert "the time it took" not in filtered  # there was no repair
    where = browser.post(browser.address(where), {})["Location"].removeprefix(f"/{browser.slug}")
    second = text_of(browser.page(where))
    assert "Refused (do not read out)" in second
    browser.post(browser.address(where), {"rooms": "refused"})
    last = browser.post(browser.address(f"{ask}?part=3"), {"age": "2"})["Location"].removeprefix(f"/{browser.slug}")
    assert "You can complain at any time" in text_of(browser.page(last))
    done = browser.post(browser.address(last), {}, follow=True)
    assert "The answers are in" in text_of(done)
    response = Response.objects.get(survey=survey)
    assert response.mode == "telephone"
    assert response.answers == {"overall": "2", "repair": "no", "rooms": ["refused"], "age": "2"}
    again = browser.post(browser.address(last), {}, follow=True)
    assert "handed in" in text_of(again)
    assert Response.objects.count() == 1


def test_what_was_typed_is_there_when_the_interview_goes_on(browser: Any, survey: Any) -> None:
    ask = f"{call(browser, survey)}ask/"
    browser.post(browser.address(f"{ask}?part=0"), {"overall": "4", "go": "save"})
    page = browser.page(ask).content.decode()
    assert 'value="4" checked' in page


def test_nobody_but_the_interviewer_who_calls_opens_the_call(
    browser: Any, survey: Any, client_as: Any, user_with: Any
) -> None:
    path = call(browser, survey)
    other = client_as(user_with(roles=["interviewer"]))
    page = other.get(other.address(path), follow=True)
    assert "Somebody else is asking this household now" in text_of(page)
    assert client_as(user_with(roles=["auditor"])).page(path).status_code == 403


def test_what_came_of_a_call_is_kept_and_shown_to_whoever_calls_next(browser: Any, survey: Any) -> None:
    path = call(browser, survey)
    bad = browser.send(path, {"outcome": "later"})
    assert bad.status_code == 422
    assert "Say when they want to be called" in text_of(bad)
    late = browser.send(path, {"outcome": "no_answer", "note": "Rang for a minute", "relay": False}, follow=True)
    assert "Saved: no answer" in text_of(late)
    attempt = Attempt.objects.get()
    assert (attempt.outcome, attempt.note, attempt.relay) == ("no_answer", "Rang for a minute", False)
    code = queries.code_of(attempt.invitation)
    again = browser.send("surveys:telephone", {"code": code}, follow=True, pk=survey.pk)
    assert "Rang for a minute" in text_of(again)


def test_a_code_that_is_none_is_said(browser: Any, survey: Any) -> None:
    page = browser.send("surveys:telephone", {"code": "AAAA-BBBB-CCCC"}, pk=survey.pk)
    assert "No household of this survey has this code" in text_of(page)


def test_a_household_that_answered_in_the_meantime_is_counted_once_and_it_is_said(browser: Any, survey: Any) -> None:
    ask = f"{call(browser, survey)}ask/"
    browser.post(browser.address(f"{ask}?part=0"), {"overall": "2", "repair": "no"})
    invitation = Invitation.objects.get(hold__isnull=False)
    make.respond(survey, {"overall": "1", "repair": "no"}, invitation=invitation)
    done = browser.post(browser.address(f"{ask}?part=9"), {}, follow=True)
    assert "This household had answered already" in text_of(done)
    assert sorted(Response.objects.values_list("standing", flat=True)) == ["complete", "set_aside"]


def test_a_survey_that_is_open_to_anybody_is_asked_without_a_household(
    browser: Any, at_any_hour: None, inside: Any
) -> None:
    survey = make.survey()
    begun = browser.send("surveys:begin_interview", pk=survey.pk)["Location"]
    browser.post(begun, {"overall": "3"})
    browser.post(f"{begun}?part=1", {}, follow=True)
    response = Response.objects.get(survey=survey)
    assert (response.mode, response.invitation_id) == ("telephone", None)


@pytest.mark.requirement("SUR-02")
def test_fieldwork_shows_one_result_set_split_by_the_ways(client_as: Any, officer: Any, survey: Any) -> None:
    from hearth.accounts.models import User

    make.respond(survey, {"overall": "1", "repair": "no"}, mode="web")
    for mode in ("telephone", "telephone", "paper"):
        make.respond(survey, {"overall": "1", "repair": "no"}, mode=mode, by=officer)
    client = client_as(User.objects.get(pk=officer.user_id))
    page = text_of(client.page("surveys:fieldwork", pk=survey.pk))
    assert "Internet 1 0 0 Telephone 2 0 0 Postal 1 0 0 All 4 0 0" in page
    assert "Answers by day" in page
