"""Building a survey: from ready to open, with the prescribed set locked and every version kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from hearth.audit.models import Event
from hearth.kernel.permits import Forbidden
from hearth.kernel.refusals import Refused
from hearth.notifications.models import Message
from hearth.surveys import queries, services
from hearth.surveys.models import Survey, Version
from hearth.surveys.rules import checking, editing
from hearth.surveys.rules.instrument import Question, said
from hearth.surveys.rules.kinds import QuestionKind, State
from tests.factories import surveys as make

pytestmark = pytest.mark.django_db

OFFICER = "resident_involvement_officer"
TODAY = date(2026, 3, 2)


@pytest.fixture
def officer(actor: Any) -> Any:
    return actor(OFFICER, name="Olive Officer", email="olive@example.org")


def ready(key: str, officer: Any, **said_: Any) -> Survey:
    return services.add_survey(title="Ours", on=TODAY, ready=key, by=officer, **said_)


def questionnaire(survey: Survey) -> Any:
    return queries.instrument(queries.written_version(survey))


def opened(officer: Any, key: str = "pulse-estate", **facts: Any) -> Survey:
    today = timezone.localdate()
    made = ready(key, officer)
    days = {"opens_on": today, "closes_on": today + timedelta(days=13)}
    services.change_facts(survey=made, draw="open", purpose="To know.", by=officer, **{**days, **facts})
    return services.open_survey(survey=made, at=timezone.now(), by=officer)


@pytest.mark.requirement("SUR-01")
@pytest.mark.parametrize(
    ("key", "code"), [("star", "STAR01"), ("tsm-2023", "TP01"), ("engagement", "ENG1"), ("repair", "REP1")]
)
def test_a_survey_begins_with_the_ready_questions_of_its_kind(officer: Any, key: str, code: str) -> None:
    made = ready(key, officer)
    assert questionnaire(made).question(code) is not None
    assert "Thornbridge Borough Council" in said(questionnaire(made).intro)
    assert Event.objects.filter(deed="surveys.added", subject_id=made.pk).exists()


def test_only_who_builds_surveys_may_add_one(actor: Any) -> None:
    with pytest.raises(Forbidden):
        ready("star", actor("service_manager"))


def test_a_copy_of_a_former_survey_has_its_questions_and_follows_it(officer: Any) -> None:
    first = ready("star", officer)
    second = services.add_survey(title="Again", on=TODAY, former=first, by=officer)
    assert questionnaire(second) == questionnaire(first)
    assert (second.follows, second.sort, second.secrecy) == (first, "star", "confidential")
    assert second.slug != first.slug


def test_an_empty_survey_still_says_how_to_complain(officer: Any) -> None:
    made = services.add_survey(title="Empty", on=TODAY, sort="other", by=officer)
    assert "complain" in said(questionnaire(made).complain)


@pytest.mark.requirement("SUR-18")
def test_a_change_of_a_prescribed_question_is_refused_and_nothing_is_kept(officer: Any) -> None:
    made = ready("tsm-2023", officer, stock="lcra")

    def change(whole: Any) -> Any:
        question = editing.question_of(whole, "TP01")
        return editing.change_question(whole, "TP01", replace(question, words={"en": "Are you happy?"}))

    with pytest.raises(Refused, match=r"The wording of TP01 must be .*The regulator drops the whole perception return"):
        services.edit(survey=made, change=change, by=officer)
    assert "Taking everything into account" in said(questionnaire(made).question("TP01").words)


@pytest.mark.requirement("SUR-18")
def test_shared_owners_get_their_own_set(officer: Any) -> None:
    made = ready("tsm-2023", officer, stock="lcho")
    assert questionnaire(made).question("TP02") is None
    services.change_facts(survey=made, stock="lcra", by=officer)
    assert questionnaire(made).question("TP02") is not None


@pytest.mark.requirement("SUR-07")
def test_choice_based_lettings_goes_only_with_a_reason_which_is_kept(officer: Any) -> None:
    made = ready("star", officer)
    assert questionnaire(made).question("LET2") is not None
    with pytest.raises(Refused, match="Say why"):
        services.remove_lettings(survey=made, reason="no", by=officer)
    services.edit(survey=made, change=lambda whole: editing.remove_section(whole, "lettings"), by=officer)
    assert any(one.part == "lettings" for one in checking.stopping(queries.findings(made, on=TODAY)))

    other = ready("star", officer)
    services.remove_lettings(survey=other, reason="Asked in the letting survey instead", by=officer)
    assert questionnaire(other).question("LET2") is None
    assert Survey.objects.get(pk=other.pk).without_lettings == "Asked in the letting survey instead"
    assert not any(one.part == "lettings" for one in queries.findings(other, on=TODAY))

    services.put_in(survey=other, part="lettings", by=officer)
    assert questionnaire(other).question("LET2") is not None
    assert Survey.objects.get(pk=other.pk).without_lettings == ""


def test_a_draft_is_changed_in_place_and_an_open_one_in_a_new_version(officer: Any) -> None:
    made = ready("pulse-estate", officer)
    services.edit(survey=made, change=lambda whole: editing.remove_question(whole, "EST3"), by=officer)
    assert [one.number for one in queries.versions(made)] == [1]

    survey = opened(officer)
    response = make.respond(survey, {"EST2": "5"})
    services.edit(survey=survey, change=lambda whole: editing.remove_question(whole, "EST3"), by=officer)
    assert queries.current_version(survey).number == 1
    assert queries.has_unused_changes(survey)
    services.use_version(survey=survey, why="EST3 was asked twice", at=timezone.now(), by=officer)
    assert queries.current_version(survey).number == 2
    response.refresh_from_db()
    assert response.version.number == 1
    assert queries.instrument(response.version).question("EST3") is not None


def test_a_version_that_is_in_use_is_never_written_again(officer: Any) -> None:
    survey = opened(officer)
    before = Version.objects.get(survey=survey).digest
    for code in ("EST3", "EST4"):
        services.edit(survey=survey, change=lambda whole, code=code: editing.remove_question(whole, code), by=officer)
    assert Version.objects.get(survey=survey, number=1).digest == before
    assert [one.number for one in queries.versions(survey)] == [2, 1]


def test_a_survey_opens_only_when_everything_is_in_order(officer: Any) -> None:
    made = ready("star", officer)
    with pytest.raises(Refused, match="cannot be opened yet"):
        services.open_survey(survey=made, at=timezone.now(), by=officer)
    assert Survey.objects.get(pk=made.pk).state == State.DRAFT


def test_opening_freezes_the_questionnaire(officer: Any) -> None:
    survey = opened(officer)
    assert survey.state == State.OPEN
    assert Version.objects.get(survey=survey).frozen_at is not None
    with pytest.raises(Refused, match="while people answer"):
        services.change_facts(survey=survey, secrecy="named", by=officer)


@pytest.mark.requirement("SUR-09")
def test_results_fall_due_and_are_asked_for_once_a_week_until_they_are_published(officer: Any) -> None:
    survey = opened(officer, every_months=None)
    survey = services.close_survey(survey=survey, at=timezone.now(), by=officer)
    due = survey.results_due_on
    assert due is not None
    services.remind_of_results(on=due, by=officer)
    assert not Message.objects.filter(subject__startswith="Results are overdue").exists()
    for days in (1, 1, 7, 8):
        services.remind_of_results(on=due + timedelta(days=days), by=officer)
    found = Message.objects.filter(subject__startswith="Results are overdue")
    assert [one.to_address for one in found] == ["olive@example.org"] * 2
    Survey.objects.filter(pk=survey.pk).update(state=State.PUBLISHED)
    services.remind_of_results(on=due + timedelta(days=30), by=officer)
    assert found.count() == 2


def test_closing_cuts_the_link_from_a_person_to_an_answer(officer: Any) -> None:
    survey = make.survey(opens_on=timezone.localdate())
    invitation, _ = make.invitation(survey)
    response = make.respond(survey, invitation=invitation)
    assert response.invitation == invitation
    services.close_survey(survey=survey, at=timezone.now(), by=officer)
    assert list(survey.responses.values_list("invitation", flat=True)) == [None]


@pytest.mark.requirement("SUR-19")
def test_a_pulse_survey_opens_and_closes_by_itself_every_month(officer: Any) -> None:
    first = ready("pulse-estate", officer)
    services.change_facts(
        survey=first, opens_on=date(2026, 1, 31), closes_on=date(2026, 2, 13), purpose="To know.", by=officer
    )
    seen = []
    day = date(2026, 1, 30)
    while day < date(2026, 4, 20):
        services.keep_days(on=day, at=timezone.now(), by=officer)
        services.keep_days(on=day, at=timezone.now(), by=officer)
        seen.append((day, Survey.objects.filter(state=State.OPEN).count()))
        day += timedelta(days=1)
    rounds = list(Survey.objects.order_by("opens_on").values_list("opens_on", "closes_on", "state"))
    assert rounds == [
        (date(2026, 1, 31), date(2026, 2, 13), "closed"),
        (date(2026, 2, 28), date(2026, 3, 13), "closed"),
        (date(2026, 3, 31), date(2026, 4, 13), "closed"),
        (date(2026, 4, 30), date(2026, 5, 13), "draft"),
    ]
    is_open = [day for day, count in seen if count]
    assert is_open[0] == date(2026, 1, 31)
    assert len(is_open) == 3 * 14
    assert Survey.objects.get(opens_on=date(2026, 2, 28)).title == "Ours, February 2026"


def test_stopping_a_recurring_survey_keeps_its_next_round_shut(officer: Any) -> None:
    survey = opened(officer)
    services.close_survey(survey=survey, at=timezone.now(), by=officer)
    survey.refresh_from_db()
    services.stop_recurring(survey=survey, by=officer)
    services.keep_days(on=timezone.localdate() + timedelta(days=100), at=timezone.now(), by=officer)
    assert not Survey.objects.filter(state=State.OPEN).exists()


def test_a_survey_that_cannot_open_on_its_day_tells_its_owner_once(officer: Any) -> None:
    made = ready("star", officer)
    services.change_facts(survey=made, opens_on=TODAY, closes_on=TODAY + timedelta(days=30), by=officer)
    for _ in range(3):
        services.keep_days(on=TODAY, at=timezone.now(), by=officer)
    message = Message.objects.get(subject="Ours could not be opened")
    assert "Nobody has been drawn yet" in message.body


def test_what_is_kept_is_read_once_for_the_same_content(officer: Any) -> None:
    one, two = ready("star", officer), ready("star", officer)
    assert questionnaire(one) is questionnaire(two)


def test_the_days_of_a_survey_stay_in_order(officer: Any) -> None:
    made = ready("star", officer)
    with pytest.raises(Refused, match="same as or after"):
        services.change_facts(survey=made, opens_on=TODAY, closes_on=TODAY - timedelta(days=1), by=officer)
    with pytest.raises(Refused, match="Another survey has this address"):
        services.change_facts(survey=made, slug=ready("star", officer).slug, by=officer)
    question = Question("EXTRA", QuestionKind.TEXT, {"en": "Why?"})
    services.edit(survey=made, change=lambda whole: editing.add_question(whole, "overall", question), by=officer)
    assert Event.objects.filter(deed="surveys.questions_changed").count() == 1
