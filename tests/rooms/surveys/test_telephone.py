"""Asking by telephone: who is called, by whom, when; and the interview, which is one answer like any other."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from hearth.kernel.permits import Forbidden
from hearth.kernel.refusals import Refused
from hearth.register.models import ContactChannel, ContactWishes, OptOut, SafeContact
from hearth.surveys import queries, services
from hearth.surveys.models import Attempt, Draft, Hold, Invitation, Response
from hearth.surveys.rules.kinds import Outcome
from tests.factories import surveys as make
from tests.factories.tenants import opened

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 23, 12, tzinfo=ZoneInfo("Europe/London"))


@pytest.fixture
def interviewer(actor: Any) -> Any:
    return actor("interviewer")


@pytest.fixture
def another(actor: Any) -> Any:
    return actor("interviewer")


@pytest.fixture
def survey(inside: Any, tenants: Any, officer: Any) -> Any:
    """Open, everybody invited; only the first five tenants have a telephone."""
    for number, person in enumerate(tenants[:5]):
        person.phone = f"+44163296010{number}"
        person.save()
    draft = make.survey(state="draft", draw="random", modes=["web", "telephone"])
    found = opened(draft, officer)
    services.invite(survey=found, by=officer)
    return found


def called(survey: Any, by: Any, at: datetime = MONDAY) -> Any:
    """The person whom somebody calls next; they are left again without an answer."""
    held = services.next_call(survey=survey, at=at, by=by)
    if held is None:
        return None
    services.note_attempt(invitation=held.invitation, outcome=Outcome.NO_ANSWER, at=at, by=by)
    return held.invitation.person


def test_two_interviewers_never_have_the_same_household(survey: Any, interviewer: Any, another: Any) -> None:
    first = services.next_call(survey=survey, at=MONDAY, by=interviewer)
    second = services.next_call(survey=survey, at=MONDAY, by=another)
    assert first
    assert second
    assert first.invitation_id != second.invitation_id
    again = services.next_call(survey=survey, at=MONDAY + timedelta(minutes=29), by=interviewer)
    assert again
    assert again.pk == first.pk


def test_a_household_that_was_left_alone_is_another_interviewers_after_a_while(
    survey: Any, interviewer: Any, another: Any
) -> None:
    first = services.next_call(survey=survey, at=MONDAY, by=interviewer)
    later = MONDAY + timedelta(minutes=31)
    found = {called(survey, another, later) for _ in range(5)}
    assert first
    assert first.invitation.person in found
    with pytest.raises(Refused, match="Somebody else"):
        services.keep_hold(hold=first, at=later, by=interviewer)


def test_only_those_with_a_number_are_called_and_each_once_before_anybody_twice(
    survey: Any, interviewer: Any, tenants: Any
) -> None:
    found = [called(survey, interviewer) for _ in range(6)]
    assert set(found[:5]) == set(tenants[:5])
    assert found[5] is None  # four hours lie between two calls
    assert called(survey, interviewer, MONDAY + timedelta(hours=5)) == found[0]


@pytest.mark.requirement("SUR-16")
def test_who_is_to_be_contacted_safely_is_called_only_by_the_safe_number_at_the_safe_hours(
    survey: Any, interviewer: Any, tenants: Any
) -> None:
    afternoons = [{"days": ["mon"], "from": "14:00", "to": "16:00"}]
    safe = [{"channel": "phone", "to": "+441632960999"}]
    SafeContact.objects.create(
        person=tenants[0], channels=safe, times=afternoons, started_on=MONDAY.date(), review_on=MONDAY.date()
    )
    SafeContact.objects.create(
        person=tenants[1],
        channels=[{"channel": "email", "to": "a@example.org"}],
        times=[],
        started_on=MONDAY.date(),
        review_on=MONDAY.date(),
    )
    noon = [called(survey, interviewer) for _ in range(4)]
    assert noon == [*noon[:3], None]
    assert set(noon[:3]) == set(tenants[2:5])
    held = services.next_call(survey=survey, at=MONDAY.replace(hour=14), by=interviewer)
    assert held
    assert held.invitation.person == tenants[0]
    told = queries.spoken_to(held.invitation, at=MONDAY.replace(hour=14), by=interviewer)
    assert told
    assert told.way
    assert told.way.to == "+441632960999"
    late = queries.spoken_to(held.invitation, at=MONDAY.replace(hour=17), by=interviewer)
    assert late
    assert late.way is None


@pytest.mark.requirement("COM-08")
def test_who_wishes_relay_uk_is_called_with_18001_and_the_call_says_so(
    survey: Any, interviewer: Any, tenants: Any
) -> None:
    ContactChannel.objects.create(person=tenants[0], channel="relay", position=0, allowed=True)
    held = services.take_call(survey=survey, code=_code(survey, tenants[0]), at=MONDAY, by=interviewer)
    told = queries.spoken_to(held.invitation, at=MONDAY, by=interviewer)
    assert told
    assert told.way
    assert told.way.dial.startswith("18001 ")
    services.note_attempt(invitation=held.invitation, outcome=Outcome.NO_ANSWER, relay=True, at=MONDAY, by=interviewer)
    assert Attempt.objects.get().relay


def test_who_asked_not_to_be_surveyed_is_not_called(survey: Any, interviewer: Any, tenants: Any) -> None:
    OptOut.objects.create(person=tenants[0], purpose="survey", started_on=MONDAY.date())
    ContactChannel.objects.create(person=tenants[1], channel="phone", position=0, allowed=False)
    assert {called(survey, interviewer) for _ in range(5)} == {*tenants[2:5], None}


def test_a_promised_call_comes_first_at_its_time_and_not_before(survey: Any, interviewer: Any) -> None:
    first = services.next_call(survey=survey, at=MONDAY, by=interviewer)
    assert first
    at_three = MONDAY.replace(hour=15)
    with pytest.raises(Refused, match="when"):
        services.note_attempt(invitation=first.invitation, outcome=Outcome.LATER, at=MONDAY, by=interviewer)
    services.note_attempt(
        invitation=first.invitation, outcome=Outcome.LATER, call_again_at=at_three, at=MONDAY, by=interviewer
    )
    second = services.next_call(survey=survey, at=MONDAY, by=interviewer)
    assert second
    assert second.invitation_id != first.invitation_id
    services.let_go(hold=second, at=MONDAY, by=interviewer)
    third = services.next_call(survey=survey, at=at_three, by=interviewer)
    assert third
    assert third.invitation_id == first.invitation_id


@pytest.mark.parametrize("outcome", [Outcome.REFUSED, Outcome.WRONG])
def test_who_refuses_or_has_another_number_is_called_no_more(survey: Any, interviewer: Any, outcome: Outcome) -> None:
    held = services.next_call(survey=survey, at=MONDAY, by=interviewer)
    assert held
    services.note_attempt(invitation=held.invitation, outcome=outcome, at=MONDAY, by=interviewer)
    held.invitation.refresh_from_db()
    assert (held.invitation.state == Invitation.State.REFUSED) == (outcome == Outcome.REFUSED)
    tomorrow = MONDAY + timedelta(days=1)
    assert held.invitation.person not in {called(survey, interviewer, tomorrow) for _ in range(6)}


def test_nobody_is_called_at_night_or_too_often(survey: Any, interviewer: Any) -> None:
    with pytest.raises(Refused, match="9:00 to 20:00"):
        services.next_call(survey=survey, at=MONDAY.replace(hour=20), by=interviewer)
    for day in range(6):
        for _ in range(5):
            called(survey, interviewer, MONDAY + timedelta(days=day))
    assert set(Attempt.objects.values_list("invitation", flat=True).distinct()).__len__() == 5
    assert Attempt.objects.count() == 25  # five each


def test_a_full_quota_is_called_no_more(survey: Any, interviewer: Any, officer: Any, tenants: Any) -> None:
    from hearth.surveys.models import Population

    survey.draw = "quota"
    survey.save()
    frozen = Population.objects.get(survey=survey)
    frozen.draw = {"method": "quota", "stratum": "area", "by_stratum": {"North": 1, "Not known": 9}, "size": 10}
    frozen.save()
    assert queries.quotas_left(survey) == {"North": 1, "Not known": 9}
    make.respond(survey, traits={"area": "North"})
    assert queries.quotas_left(survey) == {"North": 0, "Not known": 9}
    found = {called(survey, interviewer) for _ in range(5)} - {None}
    assert found == {person for number, person in enumerate(tenants[:5], 1) if number % 2 == 0}


def test_an_interview_is_saved_taken_up_by_another_and_handed_in_once(
    survey: Any, interviewer: Any, another: Any
) -> None:
    held = services.next_call(survey=survey, at=MONDAY, by=interviewer)
    assert held
    said = {"survey": survey, "nonce": held.nonce, "language": "en", "at": MONDAY}
    services.save_interview(**said, raw={"overall": ["2"]}, by=interviewer)
    services.note_attempt(invitation=held.invitation, outcome=Outcome.PART, at=MONDAY, by=interviewer)
    code = _code(survey, held.invitation.person)
    other = services.take_call(survey=survey, code=code, at=MONDAY, by=another)
    assert other.nonce == held.nonce
    draft = queries.interview_draft(survey, other.nonce)
    assert draft
    assert draft.answers == {"overall": ["2"]}
    first = services.finish_interview(survey=survey, nonce=held.nonce, at=MONDAY, by=another)
    second = services.finish_interview(survey=survey, nonce=held.nonce, at=MONDAY, by=another)
    assert first.pk == second.pk
    assert Response.objects.get().mode == "telephone"
    assert Response.objects.get().taken_by_id == another.user_id
    assert not Draft.objects.exists()
    assert not Hold.objects.exists()
    held.invitation.refresh_from_db()
    assert held.invitation.state == Invitation.State.ANSWERED


def test_the_interviewer_does_not_see_what_the_person_saved_on_the_web(survey: Any, interviewer: Any) -> None:
    held = services.next_call(survey=survey, at=MONDAY, by=interviewer)
    assert held
    services.save_draft(
        survey=survey, version=queries.form_of(survey), nonce="f" * 32, raw={"why": ["secret"]}, mode="web",
        language="en", started_at=MONDAY, at=MONDAY, invitation=held.invitation, by=interviewer,
    )  # fmt: skip
    assert queries.interview_draft(survey, held.nonce) is None
    services.save_interview(
        survey=survey, nonce=held.nonce, raw={"overall": ["1"]}, language="en", at=MONDAY, by=interviewer
    )
    kept = queries.draft_of(held.invitation)
    assert kept
    assert kept.answers == {"why": ["secret"]}


@pytest.mark.requirement("PROF-19")
def test_the_interviewer_is_told_of_adjustments_language_and_interpreter(
    survey: Any, interviewer: Any, tenants: Any
) -> None:
    from hearth.register.models import Adjustment

    ContactWishes.objects.create(person=tenants[0], language="pl", interpreter="Polish", changed_on=MONDAY.date())
    Adjustment.objects.create(
        person=tenants[0], what="Speak slowly and leave time", agreed_on=MONDAY.date(), review_on=MONDAY.date()
    )
    held = services.take_call(survey=survey, code=_code(survey, tenants[0]), at=MONDAY, by=interviewer)
    told = queries.spoken_to(held.invitation, at=MONDAY, by=interviewer)
    assert told
    assert told.interpreter == "Polish"
    assert "Adjustment agreed: Speak slowly and leave time" in told.to_know


def test_an_anonymous_survey_calls_nobody_by_name(survey: Any, interviewer: Any) -> None:
    survey.secrecy = "anonymous"
    survey.save()
    with pytest.raises(Refused, match="anonymous"):
        services.next_call(survey=survey, at=MONDAY, by=interviewer)


def test_only_interviewers_call(survey: Any, actor: Any) -> None:
    with pytest.raises(Forbidden):
        services.next_call(survey=survey, at=MONDAY, by=actor("auditor"))


def test_nothing_of_calls_is_left_once_the_survey_has_closed(survey: Any, interviewer: Any, officer: Any) -> None:
    held = services.next_call(survey=survey, at=MONDAY, by=interviewer)
    assert held
    services.note_attempt(invitation=held.invitation, outcome=Outcome.NO_ANSWER, at=MONDAY, by=interviewer)
    services.close_survey(survey=survey, at=MONDAY, on=MONDAY.date(), by=officer)
    assert not Hold.objects.exists()
    assert not Attempt.objects.exists()


def _code(survey: Any, person: Any) -> str:
    return queries.code_of(Invitation.objects.get(survey=survey, person=person))
