"""The builder as officers meet it: every page, without a script, with refusals beside what they are about."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hearth.surveys import queries, services
from hearth.surveys.models import Survey
from hearth.surveys.rules.instrument import said
from tests.factories import people
from tests.factories.pages import look_at

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 2)


@pytest.fixture
def user(user_with: Any) -> Any:
    return user_with(roles=["resident_involvement_officer"], name="Olive Officer")


@pytest.fixture
def browser(client_as: Any, user: Any) -> Any:
    return client_as(user)


def ready(user: Any, key: str = "star", **said_: Any) -> Survey:
    return services.add_survey(title="Ours", on=TODAY, ready=key, by=people.actor(user), **said_)


def questionnaire(survey: Survey) -> Any:
    return queries.instrument(queries.written_version(survey))


def words(response: Any) -> str:
    look_at(response.content.decode())
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.mark.requirement("SUR-01")
@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ({"begin": "ready", "ready": "star", "stock": "all"}, "STAR01"),
        ({"begin": "ready", "ready": "tsm-2026", "stock": "lcra"}, "TP04"),
        ({"begin": "empty", "sort": "other"}, None),
    ],
)
def test_an_officer_adds_a_survey(browser: Any, answers: Any, code: str | None) -> None:
    shown = words(browser.page("surveys:add_survey"))
    assert "Tenant satisfaction measures, Direction of 2026" in shown
    response = browser.send("surveys:add_survey", {"title": "Spring survey", **answers}, follow=True)
    survey = Survey.objects.get()
    assert "Spring survey" in words(response)
    assert response.request["PATH_INFO"].endswith(f"/surveys/{survey.pk}/questions/")
    assert (code is None) or questionnaire(survey).question(code)


def test_a_former_survey_is_copied(browser: Any, user: Any) -> None:
    former = ready(user)
    browser.send("surveys:add_survey", {"title": "Again", "begin": "former", "former": former.pk})
    assert Survey.objects.get(title="Again").follows == former


@pytest.mark.parametrize(
    "name",
    [
        "survey", "checks", "change_facts", "change_days", "open", "questions", "texts", "put_in", "add_section",
        "languages", "preview", "versions",
    ],
)  # fmt: skip
def test_every_page_of_a_survey_opens(browser: Any, user: Any, name: str) -> None:
    survey = ready(user, "pulse-estate")
    assert browser.page(f"surveys:{name}", pk=survey.pk).status_code == 200


@pytest.mark.parametrize("key", ["star", "tsm-2023", "letting", "activity", "repair"])
def test_the_preview_shows_every_question_as_it_is_put(browser: Any, user: Any, key: str) -> None:
    survey = ready(user, key)
    shown = words(browser.page("surveys:preview", pk=survey.pk))
    for question in questionnaire(survey).questions():
        assert said(question.words).replace("’", "’") in shown.replace("&#39;", "'").replace("&amp;", "&")
    assert "Unable to answer or refused" not in shown


def test_easy_read_is_previewed_in_its_own_words(browser: Any, user: Any) -> None:
    survey = ready(user, "repair")
    shown = words(browser.page("surveys:preview", pk=survey.pk, query={"language": "en-easy"}))
    assert "Are you happy with the repair?" in shown


def test_a_question_is_added_changed_filtered_moved_and_taken_out(browser: Any, user: Any) -> None:
    survey = ready(user)
    new = {
        "words": "Do you have a garden?", "code": "GARDEN", "kind": "one", "required": "no", "comment": "no",
        "options-rows": "2", "options-0-words": "Yes", "options-0-code": "yes", "options-1-words": "No",
        "stock": "all",
    }  # fmt: skip
    assert browser.send("surveys:add_question", new, pk=survey.pk, key="home").status_code == 302
    question = questionnaire(survey).question("GARDEN")
    assert [(one.code, said(one.words)) for one in question.options] == [("yes", "Yes"), ("1", "No")]

    shown = browser.page("surveys:question", pk=survey.pk, code="GARDEN")
    assert "Do you have a garden?" in words(shown)
    changed = {**new, "words": "Do you have a garden of your own?", "options-1-code": "1"}
    browser.send("surveys:question", changed, pk=survey.pk, code="GARDEN")
    assert said(questionnaire(survey).question("GARDEN").words).endswith("of your own?")

    first = browser.send("surveys:filter", {"asked": "STAR03"}, pk=survey.pk, code="GARDEN")
    assert first["Location"].endswith("?asked=STAR03")
    page = browser.address("surveys:filter", pk=survey.pk, code="GARDEN")
    assert "Very satisfied" in words(browser.get(page, query_params={"asked": "STAR03"}))
    browser.post(f"{page}?asked=STAR03", {"codes": ["5", "4"]})
    assert questionnaire(survey).question("GARDEN").only_if.codes == ("5", "4")
    shown = words(browser.page("surveys:questions", pk=survey.pk))
    assert "Asked only of those who answered “Very satisfied” or “Fairly satisfied” to STAR03" in shown

    browser.send("surveys:move_question", {"place": "after/STAR05"}, pk=survey.pk, code="GARDEN")
    codes = [one.code for one in questionnaire(survey).questions()]
    assert codes.index("GARDEN") == codes.index("STAR05") + 1
    browser.send("surveys:move_section", {"place": "first/"}, pk=survey.pk, key="home")
    assert questionnaire(survey).sections[0].key == "home"
    browser.send("surveys:remove_question", pk=survey.pk, code="GARDEN")
    assert questionnaire(survey).question("GARDEN") is None


def test_a_row_for_another_answer_comes_without_a_script_and_keeps_what_was_typed(browser: Any, user: Any) -> None:
    survey = ready(user)
    typed = {"words": "Half a questi", "kind": "one", "options-rows": "1", "options-0-words": "Yes", "options-add": "1"}
    response = browser.send("surveys:add_question", typed, pk=survey.pk, key="home")
    assert response.status_code == 200
    assert "Half a questi" in response.content.decode()
    assert 'name="options-1-words"' in response.content.decode()


@pytest.mark.requirement("SUR-18")
def test_a_change_of_a_prescribed_question_comes_back_with_the_reason_and_what_was_typed(
    browser: Any, user: Any
) -> None:
    survey = ready(user, "tsm-2023", stock="lcra")
    new = {
        "words": "How old is your boiler?", "code": "BOILER", "kind": "number", "required": "no", "comment": "no",
        "options-rows": "0", "stock": "all",
    }  # fmt: skip
    assert browser.send("surveys:add_question", new, pk=survey.pk, key="suggestion").status_code == 302
    response = browser.send("surveys:move_question", {"place": "after/TP11"}, pk=survey.pk, code="BOILER")
    assert response.status_code == 422
    assert "Only a question in free text may follow TP11" in words(response)
    assert "The regulator drops the whole perception return" in words(response)

    response = browser.send(
        "surveys:question",
        {**new, "words": "Are you happy?", "code": "TP01", "kind": "scale", "options-rows": "0"},
        pk=survey.pk,
        code="TP01",
    )
    assert response.status_code == 422
    assert "The wording of TP01 must be" in words(response)
    assert "Are you happy?" in response.content.decode()
    listed = words(browser.page("surveys:questions", pk=survey.pk))
    assert listed.count("Prescribed") == 15


@pytest.mark.requirement("SUR-07")
def test_taking_choice_based_lettings_out_asks_for_a_reason(browser: Any, user: Any) -> None:
    survey = ready(user)
    address = {"pk": survey.pk, "key": "lettings"}
    assert "unless there is a reason" in words(browser.page("surveys:remove_section", **address))
    assert browser.send("surveys:remove_section", {}, **address).status_code == 422
    assert questionnaire(survey).question("LET2")
    browser.send("surveys:remove_section", {"reason": "Asked in the letting survey this year"}, **address)
    assert questionnaire(survey).question("LET2") is None
    assert "Asked in the letting survey this year" in words(browser.page("surveys:survey", pk=survey.pk))


def test_translating_counts_down_what_is_missing(browser: Any, user: Any) -> None:
    survey = ready(user, "pulse-estate")
    browser.send("surveys:languages", {"languages": "en-easy, cy"}, pk=survey.pk)
    assert questionnaire(survey).languages == ("en", "en-easy", "cy")
    shown = words(browser.page("surveys:languages", pk=survey.pk))
    assert "wordings are missing" in shown
    page = {"pk": survey.pk, "language": "cy", "part": "texts"}
    assert "Rate my Estate" in words(browser.page("surveys:translate", **page))
    browser.send("surveys:translate", {"place-0": "Graddio fy Ystâd"}, **page)
    assert questionnaire(survey).title["cy"] == "Graddio fy Ystâd"
    assert "Put it right" in words(browser.page("surveys:checks", pk=survey.pk))


def test_a_survey_is_opened_changed_and_closed(browser: Any, user: Any) -> None:
    survey = ready(user, "pulse-estate")
    today = timezone.localdate()
    browser.send(
        "surveys:change_days",
        {"opens_on": today, "closes_on": today + timedelta(days=9), "rolling": False},
        pk=survey.pk,
    )
    survey.refresh_from_db()
    assert survey.results_due_on == today + timedelta(days=69)
    assert browser.send("surveys:open", pk=survey.pk).status_code == 302
    browser.send("surveys:remove_question", pk=survey.pk, code="EST4")
    assert "the change is not put to people yet" in words(browser.page("surveys:survey", pk=survey.pk))
    assert "EST4 was taken out" in words(browser.page("surveys:versions", pk=survey.pk))
    browser.send("surveys:use_version", {"why": "EST4 was too much"}, pk=survey.pk)
    assert queries.current_version(survey).number == 2
    browser.send("surveys:close", pk=survey.pk)
    survey.refresh_from_db()
    assert survey.state == "closed"
    shown = words(browser.page("surveys:questions", pk=survey.pk))
    assert "Add a question" not in shown


def test_the_page_to_open_says_what_stops_it_and_offers_no_button(browser: Any, user: Any) -> None:
    survey = ready(user)
    shown = browser.page("surveys:open", pk=survey.pk)
    assert "Say on which day the survey opens" in words(shown)
    assert "Open it now" not in words(shown)
    assert browser.send("surveys:open", pk=survey.pk).status_code == 422


@pytest.mark.requirement("SUR-09")
def test_late_results_are_marked_in_the_list_and_on_the_survey(browser: Any, user: Any) -> None:
    survey = ready(user)
    day = timezone.localdate() - timedelta(days=3)
    Survey.objects.filter(pk=survey.pk).update(state="closed", results_due_on=day)
    assert "Results overdue" in words(browser.page("surveys:surveys"))
    assert "overdue for 3 days" in words(browser.page("surveys:survey", pk=survey.pk))
    Survey.objects.filter(pk=survey.pk).update(state="results_published")
    assert "Results overdue" not in words(browser.page("surveys:surveys"))


def test_who_only_sees_surveys_changes_nothing(client_as: Any, user_with: Any, user: Any) -> None:
    survey = ready(user)
    reader = client_as(user_with(roles=["service_manager"]))
    assert "Add a survey" not in words(reader.page("surveys:surveys"))
    assert "Change" not in words(reader.page("surveys:questions", pk=survey.pk))
    assert reader.page("surveys:change_facts", pk=survey.pk).status_code == 403
    assert reader.send("surveys:remove_question", pk=survey.pk, code="STAR02").status_code == 403
    assert questionnaire(survey).question("STAR02")


def test_the_list_asks_as_many_queries_for_thirty_surveys_as_for_three(browser: Any, user: Any) -> None:
    counts = []
    for many in (3, 20):
        for _ in range(many):
            ready(user, "activity")
        with CaptureQueriesContext(connection) as caught:
            browser.page("surveys:surveys")
        counts.append(len(caught))
    assert counts[0] == counts[1]


def test_the_facts_of_a_survey_are_changed(browser: Any, user: Any) -> None:
    survey = ready(user)
    facts = {
        "title": "Ours, mended", "slug": "mended", "secrecy": "named", "whom": "random", "modes": ["web", "paper"],
        "stock": "lcra", "reminders": "20, 10", "firm": "Meridian Ltd", "agreement": "",
    }  # fmt: skip
    assert browser.send("surveys:change_facts", facts, pk=survey.pk).status_code == 302
    survey.refresh_from_db()
    assert (survey.title, survey.slug, survey.secrecy, survey.draw) == ("Ours, mended", "mended", "named", "random")
    assert (survey.modes, survey.stock, survey.reminders) == (["web", "paper"], "lcra", [10, 20])
    assert "No data-sharing agreement with Meridian Ltd" in words(browser.page("surveys:checks", pk=survey.pk))


@pytest.mark.parametrize("typed", ["x", "10, abc", "0", "400", "²"])
def test_reminders_that_are_no_days_come_back(browser: Any, user: Any, typed: str) -> None:
    survey = ready(user)
    page = browser.page("surveys:change_facts", pk=survey.pk)
    assert page.status_code == 200
    facts = {
        "title": "Ours", "slug": "ours", "secrecy": "confidential", "whom": "census", "modes": ["web"], "stock": "all",
        "reminders": typed,
    }  # fmt: skip
    response = browser.send("surveys:change_facts", facts, pk=survey.pk)
    assert response.status_code == 422
    assert "Give days between 1 and 365" in words(response)
