"""Asking at the door: whose homes are given, what a device takes along, and what comes back from it, once."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from hearth.kernel.permits import Forbidden
from hearth.kernel.refusals import Refused
from hearth.register.models import ContactChannel, OptOut, SafeContact
from hearth.surveys import queries, services
from hearth.surveys.models import Attempt, Hold, Invitation, Response
from tests.factories import surveys as make
from tests.factories.tenants import opened

pytestmark = pytest.mark.django_db


@pytest.fixture
def interviewer(user_with: Any) -> Any:
    return user_with(roles=["interviewer"], name="Ines Okafor")


@pytest.fixture
def by(interviewer: Any) -> Any:
    from tests.factories import people

    return people.actor(interviewer)


@pytest.fixture
def survey(inside: Any, tenants: Any, officer: Any) -> Any:
    found = opened(make.survey(make.SMALL, state="draft", draw="random", modes=["web", "face", "telephone"]), officer)
    services.invite(survey=found, by=officer)
    return found


def give(survey: Any, interviewer: Any, officer: Any, number: int = 3) -> int:
    return services.give_visits(survey=survey, to=interviewer.pk, number=number, at=timezone.now(), by=officer)


def item(survey: Any, ref: str = "", **said: Any) -> dict[str, Any]:
    """An interview as a device sends it."""
    now = timezone.now()
    return {
        "nonce": uuid4().hex, "kind": "answers", "survey": survey.pk, "version": queries.form_of(survey).pk, "ref": ref,
        "language": "en", "raw": {"overall": ["2"], "repair": ["no"]}, "label": "7 Mill Lane", "state": "waiting",
        "startedAt": (now - timedelta(minutes=9)).isoformat(), "finishedAt": (now - timedelta(minutes=2)).isoformat(),
        **said,
    }  # fmt: skip


def refs(by: Any) -> list[str]:
    return [queries.visit_ref(one.invitation) for one in queries.visits_of(at=timezone.now(), by=by)]


def send(by: Any, *items: Any) -> list[tuple[str, str]]:
    return [(one.fate, one.why) for one in services.take_in(items=list(items), at=timezone.now(), by=by)]


# ── whose homes ──


@pytest.mark.requirement("SUR-16")
def test_homes_at_which_nobody_may_knock_are_not_given(
    survey: Any, interviewer: Any, officer: Any, by: Any, tenants: Any
) -> None:
    today = timezone.localdate()
    SafeContact.objects.create(
        person=tenants[0], channels=[{"channel": "visit", "to": "1 Mill Lane"}], times=[], started_on=today,
        review_on=today,
    )  # fmt: skip
    OptOut.objects.create(person=tenants[1], purpose="survey", started_on=today)
    ContactChannel.objects.create(person=tenants[2], channel="visit", position=0, allowed=False)
    ContactChannel.objects.create(person=tenants[3], channel="email", position=0, allowed=True)
    assert give(survey, interviewer, officer, 50) == 8
    visited = {one.invitation.person for one in queries.visits_of(at=timezone.now(), by=by)}
    assert visited == set(tenants[4:])


def test_a_marker_that_comes_later_takes_the_home_off_what_is_fetched(
    survey: Any, interviewer: Any, officer: Any, client_as: Any, tenants: Any
) -> None:
    give(survey, interviewer, officer, 50)
    today = timezone.localdate()
    SafeContact.objects.create(person=tenants[0], channels=[], times=[], started_on=today, review_on=today)
    work = client_as(interviewer).page("surveys:offline_work").json()
    homes = {home["address"][0] for home in work["surveys"][0]["visits"]}
    assert len(homes) == 11
    assert "1 Mill Lane" not in homes


def test_a_home_on_a_list_is_nobody_elses_and_is_not_called(
    survey: Any, interviewer: Any, officer: Any, actor: Any, user_with: Any
) -> None:
    give(survey, interviewer, officer, 10)
    other = user_with(roles=["interviewer"])
    assert give(survey, other, officer, 10) == 2
    assert queries.candidates(survey, at=timezone.now()) == []
    assert services.take_back_visits(survey=survey, to=interviewer.pk, at=timezone.now(), by=officer) == 10
    assert give(survey, other, officer, 10) == 10


def test_homes_are_given_by_officers_to_interviewers(
    survey: Any, interviewer: Any, officer: Any, by: Any, user_with: Any
) -> None:
    with pytest.raises(Forbidden):
        give(survey, interviewer, by)
    with pytest.raises(Refused, match="may ask people"):
        give(survey, user_with(roles=["auditor"]), officer)


def test_a_device_takes_along_addresses_and_questions_and_no_names_numbers_or_answers(
    survey: Any, interviewer: Any, officer: Any, client_as: Any, tenants: Any
) -> None:
    make.respond(survey, {"overall": "1", "repair": "no", "why": "A secret"}, by=officer)
    tenants[0].phone = "+441632960123"
    tenants[0].save()
    give(survey, interviewer, officer, 50)
    answer = client_as(interviewer).page("surveys:offline_work")
    work, text = answer.json(), answer.content.decode()
    homes = work["surveys"][0]["visits"]
    assert len(homes) == 12
    assert set(homes[0]) == {"ref", "address", "language", "stock", "to_know", "until"}
    for person in tenants:
        assert person.name not in text
        assert queries.code_of(Invitation.objects.get(survey=survey, person=person)) not in text
    assert "960123" not in text
    assert "A secret" not in text


# ── what comes back ──


@pytest.mark.requirement("SUR-02")
def test_what_a_device_sends_is_taken_once_however_often_it_comes(
    survey: Any, interviewer: Any, officer: Any, by: Any
) -> None:
    give(survey, interviewer, officer)
    first = item(survey, refs(by)[0])
    assert send(by, first, first) == [("taken", ""), ("taken", "")]
    assert send(by, first) == [("taken", "")]
    response = Response.objects.get()
    assert (response.mode, response.answers, response.nonce) == (
        "face", {"overall": "2", "repair": "no"}, first["nonce"],
    )  # fmt: skip
    assert response.taken_by_id == by.user_id
    assert response.seconds == 420
    assert Attempt.objects.get().outcome == "answered"
    assert len(refs(by)) == 2


def test_one_that_is_refused_undoes_nothing_of_the_others(survey: Any, interviewer: Any, officer: Any, by: Any) -> None:
    give(survey, interviewer, officer)
    one, two, three = refs(by)
    wrong = item(survey, two, raw={"overall": ["9"], "repair": ["no"]})
    fates = send(by, item(survey, one), wrong, item(survey, three), item(survey, one))
    assert [fate for fate, _ in fates] == ["taken", "refused", "taken", "set_aside"]
    assert "overall: Choose one of the answers" in fates[1][1]
    assert "had answered already" in fates[3][1]
    assert sorted(Response.objects.values_list("standing", flat=True)) == ["complete", "complete", "set_aside"]


def test_somebody_who_answered_on_the_web_meanwhile_is_counted_once(
    survey: Any, interviewer: Any, officer: Any, by: Any
) -> None:
    give(survey, interviewer, officer)
    ref = refs(by)[0]
    make.respond(survey, {"overall": "1", "repair": "no"}, invitation=queries.invitation_of_visit(ref))
    assert [fate for fate, _ in send(by, item(survey, ref))] == ["set_aside"]


def test_what_was_asked_comes_in_although_the_home_was_taken_off_the_list(
    survey: Any, interviewer: Any, officer: Any, by: Any
) -> None:
    give(survey, interviewer, officer)
    ref = refs(by)[0]
    services.take_back_visits(survey=survey, to=interviewer.pk, at=timezone.now(), by=officer)
    assert [fate for fate, _ in send(by, item(survey, ref))] == ["taken"]


def test_a_visit_without_an_interview_is_noted_once_and_the_home_stays_where_somebody_comes_back(
    survey: Any, interviewer: Any, officer: Any, by: Any
) -> None:
    give(survey, interviewer, officer)
    one, two, _ = refs(by)
    nobody = item(survey, one, kind="visit", outcome="no_answer", note="Dog\x00\ud800")
    refused = item(survey, two, kind="visit", outcome="refused", note="")
    for _ in range(2):
        assert [fate for fate, _ in send(by, nobody, refused)] == ["taken", "taken"]
    assert sorted(Attempt.objects.values_list("outcome", "mode")) == [("no_answer", "face"), ("refused", "face")]
    assert queries.invitation_of_visit(two).state == Invitation.State.REFUSED
    assert one in refs(by)
    assert two not in refs(by)


def test_a_clock_that_is_fast_does_not_bring_answers_of_tomorrow(
    survey: Any, interviewer: Any, officer: Any, by: Any
) -> None:
    give(survey, interviewer, officer)
    tomorrow = (timezone.now() + timedelta(days=1)).isoformat()
    send(by, item(survey, refs(by)[0], startedAt=tomorrow, finishedAt=tomorrow))
    response = Response.objects.get()
    assert response.given_at <= timezone.now()
    assert response.seconds == 0


def test_a_survey_that_has_closed_refuses_with_the_reason(survey: Any, interviewer: Any, officer: Any, by: Any) -> None:
    give(survey, interviewer, officer)
    late = item(survey, refs(by)[0])
    services.close_survey(survey=survey, at=timezone.now(), on=timezone.localdate(), by=officer)
    assert send(by, late) == [("refused", "This survey has closed.")]
    assert not Hold.objects.exists()


def test_nobody_is_asked_who_was_not_drawn(survey: Any, by: Any) -> None:
    assert [fate for fate, _ in send(by, item(survey))] == ["refused"]
    open_to_all = make.survey()
    raw = {"overall": ["2"]}
    assert [fate for fate, _ in send(by, item(open_to_all, raw=raw))] == ["taken"]


@pytest.mark.parametrize(
    "wrong",
    [
        None, 7, "x", [], {}, {"nonce": 3}, {"nonce": "short"}, {"survey": "1"}, {"survey": True}, {"survey": 10**30},
        {"version": -1}, {"ref": 5}, {"ref": "1:forged"}, {"ref": "\ud800:1"}, {"raw": []}, {"raw": {"overall": "2"}},
        {"raw": {"overall": [2]}}, {"language": "<script>"}, {"language": None}, {"startedAt": "yesterday"},
        {"finishedAt": None}, {"finishedAt": "2026-02-31T10:00:00Z"}, {"kind": "visit", "outcome": "answered"},
        {"kind": "visit", "outcome": []}, {"kind": "visit", "outcome": "no_answer", "note": 3},
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_and_breaks_nothing(
    survey: Any, interviewer: Any, officer: Any, by: Any, wrong: Any
) -> None:
    give(survey, interviewer, officer)
    one, two, _ = refs(by)
    sent = {**item(survey, one), **wrong} if isinstance(wrong, dict) and wrong else wrong
    fates = send(by, sent, item(survey, two))
    assert [fate for fate, _ in fates] == ["refused", "taken"]
    assert fates[0][1]


# ── the doors ──


def test_the_door_takes_json_from_interviewers_only(
    survey: Any, interviewer: Any, officer: Any, by: Any, client_as: Any, user_with: Any
) -> None:
    give(survey, interviewer, officer)
    client = client_as(interviewer)
    body = json.dumps({"items": [item(survey, refs(by)[0])]})

    def post(browser: Any, body: str) -> Any:
        return browser.post(browser.address("surveys:offline_in"), body, content_type="application/json")

    assert post(client, body).json()["fates"][0]["fate"] == "taken"
    for bad in ("", "{", "[]", '{"items": 3}', json.dumps({"items": [1] * 51}), "[" * 5000):
        assert post(client, bad).status_code == 400
    assert post(client_as(user_with(roles=["auditor"])), body).status_code == 403
    assert post(client_as(), body).status_code == 302


def test_sending_needs_the_token_that_came_with_the_work(interviewer: Any, client_as: Any, survey: Any) -> None:
    client = client_as(interviewer, enforce_csrf_checks=True)
    token = client.page("surveys:offline_work").json()["token"]
    address = client.address("surveys:offline_in")
    assert client.post(address, '{"items": []}', content_type="application/json").status_code == 403
    with_token = client.post(address, '{"items": []}', content_type="application/json", headers={"X-CSRFToken": token})
    assert with_token.json() == {"fates": []}


def test_the_page_that_is_kept_on_devices_names_nobody(interviewer: Any, client_as: Any, survey: Any) -> None:
    client = client_as(interviewer)
    page = client.page("surveys:offline").content.decode()
    assert "Ines" not in page
    assert "csrf" not in page
    worker = client_as().page("surveys:offline_worker")
    assert worker["Service-Worker-Allowed"] == f"/{client.slug}/"
    assert "surveys/offline/page" in worker.content.decode()
    manifest = client_as().page("surveys:offline_manifest").json()
    assert manifest["start_url"] == f"/{client.slug}/surveys/offline/"
