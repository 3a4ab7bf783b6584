"""The public form: what a tenant sees, sends, gets wrong, saves and comes back to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.utils import timezone

from hearth.surveys.models import Draft, PrizeEntry, Response
from tests.factories import surveys as make
from tests.factories.pages import text_of
from tests.rooms.surveys.visitor import Visitor

pytestmark = pytest.mark.django_db
Visit = Callable[..., Visitor]
THANKS = "Thank you. We have your answers"


@pytest.fixture
def visit(client_as: Any) -> Visit:
    """`visit(survey)`, `visit(survey, code)`: somebody with the form open."""
    return lambda survey, code="": Visitor(client_as(), survey, code)


class TestOnePage:
    @pytest.mark.requirement("SUR-02", "SYS-12")
    def test_everything_is_on_one_page_and_sent_with_one_click(self, visit: Visit) -> None:
        visitor = visit(make.survey())
        assert text_of(visitor.open()).count("How satisfied") == 5
        done = visitor.send(overall="1", why="It is warm.", follow=True)
        assert THANKS in text_of(done)
        kept = Response.objects.get()
        assert kept.answers == {"overall": "1", "why": "It is warm."}
        assert (kept.mode, kept.language) == ("web", "en")

    def test_it_needs_no_cookie_and_sets_none(self, visit: Visit) -> None:
        visitor = visit(make.survey())
        visitor.open()
        visitor.send(overall="1", follow=True)
        assert not visitor.client.cookies

    def test_the_page_says_how_to_complain_and_what_becomes_of_the_answers(self, visit: Visit) -> None:
        said = text_of(visit(make.survey()).open())
        assert "How to complain" in said
        assert "you can complain at any time" in said
        assert "Your answers are confidential." in said

    def test_what_is_wrong_is_said_at_the_top_and_beside_it_and_nothing_typed_is_lost(self, visit: Visit) -> None:
        visitor = visit(make.survey())
        visitor.open()
        back = visitor.send(home="4", why="Rain comes in.")
        assert back.status_code == 422
        page = back.content.decode()
        assert "There is a problem" in page
        assert (
            '<a href="#q-overall">“How satisfied or dissatisfied are you with the service?” Choose an answer.</a>'
            in page
        )
        assert re.search(r'name="home"[^>]*value="4" checked', page)
        assert "Rain comes in.</textarea>" in page
        assert not Response.objects.exists()
        assert THANKS in text_of(visitor.send(overall="1", home="4", why="Rain comes in.", follow=True))

    def test_an_answer_by_text_message_is_counted_as_that(self, visit: Visit) -> None:
        visitor = visit(make.survey())
        visitor.open(m="s")
        visitor.send(overall="1")
        assert Response.objects.get().mode == "sms"

    def test_without_text_messages_among_its_ways_it_is_counted_as_web(self, visit: Visit) -> None:
        visitor = visit(make.survey(modes=["web"]))
        visitor.open(m="s")
        visitor.send(overall="1")
        assert Response.objects.get().mode == "web"

    def test_at_the_landlords_own_host_name_too(self, inside: Any, settings: Any) -> None:
        from django.test import Client

        settings.ALLOWED_HOSTS = ["homes.example"]
        inside.hostname = "homes.example"
        inside.save()
        survey = make.survey()
        client = Client(headers={"host": "homes.example"})
        page = client.get(f"/surveys/s/{survey.slug}/")
        token = re.search(r'name="hearth-token" value="([^"]+)"', page.content.decode())
        assert token
        sent = client.post(f"/surveys/s/{survey.slug}/send/", {"hearth-token": token[1], "overall": "1"})
        assert sent["Location"] == f"/surveys/s/{survey.slug}/thanks/"
        assert THANKS in text_of(client.get(sent["Location"]))

    def test_two_visitors_have_two_tokens_although_the_page_is_drawn_once(self, visit: Visit) -> None:
        survey = make.survey()
        one, two = visit(survey), visit(survey)
        one.open()
        two.open()
        assert one.token != two.token
        one.send(overall="1")
        two.send(overall="2")
        assert Response.objects.count() == 2


class TestOnce:
    def test_a_double_click_is_one_response_and_thanked_both_times(self, visit: Visit) -> None:
        visitor = visit(make.survey())
        visitor.open()
        form = visitor.page
        for _ in range(2):
            visitor.page = form
            assert THANKS in text_of(visitor.send(overall="1", follow=True))
        assert Response.objects.count() == 1

    def test_going_back_and_sending_other_answers_changes_nothing(self, visit: Visit) -> None:
        visitor = visit(make.survey())
        visitor.open()
        form = visitor.page
        visitor.send(overall="1")
        visitor.page = form
        assert THANKS in text_of(visitor.send(overall="5", follow=True))
        assert Response.objects.get().answers["overall"] == "1"

    def test_a_reload_of_the_last_page_sends_nothing(self, visit: Visit) -> None:
        visitor = visit(make.survey())
        visitor.open()
        sent = visitor.send(overall="1")
        assert sent.status_code == 303
        for _ in range(2):
            assert THANKS in text_of(visitor.client.get(sent["Location"]))
        assert Response.objects.count() == 1

    def test_a_form_sent_again_after_the_survey_closed_is_still_thanked(self, visit: Visit) -> None:
        survey = make.survey()
        visitor = visit(survey)
        visitor.open()
        form = visitor.page
        visitor.send(overall="1")
        survey.state = "closed"
        survey.save()
        visitor.page = form
        assert THANKS in text_of(visitor.send(overall="1", follow=True))


class TestPages:
    def walk(self, visitor: Visitor, *pages: dict[str, Any]) -> Any:
        visitor.open()
        for page in pages:
            found = visitor.send(**page)
        return found

    def test_what_hangs_on_an_answer_is_asked_only_after_it(self, visit: Visit) -> None:
        visitor = visit(make.survey(make.SMALL))
        assert "the time it took" not in text_of(visitor.open())
        assert "the time it took" in text_of(visitor.send(overall="1", repair="yes"))
        visitor.open()
        assert "the time it took" not in text_of(visitor.send(overall="1", repair="no"))

    def test_all_pages_make_one_response(self, visit: Visit) -> None:
        visitor = visit(make.survey(make.SMALL))
        found = self.walk(
            visitor,
            {"overall": "2", "repair": "yes"},
            {"speed": "1", "why": "Quick & “clean” <b>"},
            {"rooms": ["bed", "bath"], "people": "3", "moved-day": "1", "moved-month": "5", "moved-year": "2019"},
        )
        assert not Response.objects.exists()
        assert "age" in text_of(found) or "How old are you?" in text_of(found)
        visitor.send(age="2")
        assert Response.objects.get().answers == {
            "overall": "2", "repair": "yes", "speed": "1", "why": "Quick & “clean” <b>", "rooms": ["bed", "bath"],
            "people": 3, "moved": "2019-05-01", "age": "2",
        }  # fmt: skip

    def test_a_page_that_is_wrong_comes_back_before_the_next_one(self, visit: Visit) -> None:
        visitor = visit(make.survey(make.SMALL))
        back = self.walk(visitor, {"overall": "2"})
        assert back.status_code == 422
        assert "Have we carried out a repair" in text_of(back)

    def test_going_back_keeps_everything_and_a_changed_filter_drops_what_hung_on_it(self, visit: Visit) -> None:
        visitor = visit(make.survey(make.SMALL))
        self.walk(visitor, {"overall": "2", "repair": "yes"}, {"speed": "5", "why": "Slow."})
        visitor.send(go="back")
        assert "Slow.</textarea>" in visitor.page.content.decode()
        visitor.send(go="back", speed="5", why="Slow.")
        assert re.search(r'name="repair"[^>]*value="yes" checked', visitor.page.content.decode())
        visitor.send(overall="2", repair="no")
        visitor.send(why="Slow.")
        visitor.send()
        visitor.send()
        assert Response.objects.get().answers == {"overall": "2", "repair": "no", "why": "Slow."}

    def test_questions_about_the_person_come_last_with_the_reason(self, visit: Visit) -> None:
        visitor = visit(make.survey(make.SMALL))
        last = self.walk(visitor, {"overall": "2", "repair": "no"}, {}, {})
        said = text_of(last)
        assert said.startswith("Part 4 of 4 About you")
        assert "They help us to treat everybody fairly." in said
        assert "You do not have to answer them." in said

    def test_everything_on_one_page_for_whoever_wants_it_so(self, visit: Visit) -> None:
        visitor = visit(make.survey(make.SMALL))
        visitor.open()
        page = visitor.open(whole="1")
        assert "Answer this only if you chose “Yes” for “Have we carried out a repair" in text_of(page)
        assert visitor.send(overall="2", repair="yes").status_code == 422
        visitor.send(overall="2", repair="no", speed="3", age="1")
        assert Response.objects.get().answers == {"overall": "2", "repair": "no", "age": "1"}

    def test_pages_that_nobody_is_asked_are_followed_by_one_that_says_so(self, visit: Visit) -> None:
        service = make.SMALL.sections[0]
        short = replace(make.SMALL, sections=(replace(service, questions=service.questions[:3]),))
        visitor = visit(make.survey(short))
        last = self.walk(visitor, {"overall": "1", "repair": "no"})
        assert "There are no more questions" in text_of(last)
        visitor.send()
        assert Response.objects.count() == 1


class TestLanguages:
    def test_each_language_has_its_link_and_its_words(self, visit: Visit) -> None:
        visitor = visit(make.survey(make.SMALL))
        page = visitor.open()
        assert 'lang="cy">Cymraeg</a>' in page.content.decode()
        page = visitor.open(language="cy")
        assert text_of(page).startswith("Part 1 of 4 Eich cartref a ni")
        assert '<h1 class="govuk-heading-l" lang="cy" dir="ltr">Eich cartref a ni</h1>' in page.content.decode()

    @pytest.mark.requirement("COM-21")
    def test_easy_read_has_words_of_its_own_around_the_questions_too(self, visit: Visit) -> None:
        page = visit(make.survey(make.SMALL)).open(language="en-easy")
        assert text_of(page).startswith("Page 1 of 4 Your home")
        assert "We want to know what you think." in text_of(page)
        assert "You do not have to answer every question." in text_of(page)
        assert "Next page" in text_of(page)

    def test_another_language_half_way_keeps_what_was_typed(self, visit: Visit) -> None:
        visitor = visit(make.survey(make.SMALL))
        visitor.open()
        visitor.send(overall="1", repair="no")
        visitor.send(go="language:cy", why="Glân")
        assert "Glân</textarea>" in visitor.page.content.decode()
        for _ in range(3):
            visitor.send(**({"why": "Glân"} if "why" not in visitor.hidden() else {}))
        kept = Response.objects.get()
        assert (kept.language, kept.answers["why"], kept.answers["overall"]) == ("cy", "Glân", "1")

    def test_a_language_that_the_questionnaire_has_not_falls_back(self, visit: Visit) -> None:
        assert "Your home and us" in text_of(visit(make.survey(make.SMALL)).open(language="xx"))

    def test_the_invitations_language_comes_first(self, visit: Visit) -> None:
        survey = make.survey(make.SMALL, draw="census")
        _, code = make.invitation(survey, language="cy")
        assert "Eich cartref a ni" in text_of(visit(survey, code).open())


class TestSaving:
    def test_saved_without_a_code_it_is_taken_up_by_the_key_and_has_its_words(
        self, visit: Visit, client_as: Any
    ) -> None:
        survey = make.survey(make.SMALL)
        visitor = visit(survey)
        visitor.open(language="cy")
        visitor.send(overall="1", repair="yes")
        saved = visitor.send(go="save", why="Half way", people="wrong", follow=True)
        said = text_of(saved)
        assert "Your answers are saved" in said
        code = re.search(r"[2-9B-Z]{4}-[2-9B-Z]{4}-[2-9B-Z]{4}", said)[0]  # type: ignore[index]

        later = client_as()
        entered = later.send("/surveys/r/", {"code": code.lower().replace("-", " ")}, follow=True)
        assert "Half way</textarea>" in entered.content.decode()
        again = Visitor(later, survey, code)
        again.open()
        assert "We have kept your answers" in text_of(again.page)
        again.send(speed="1", why="Half way, and all of it")
        again.send()
        again.send(age="1")
        kept = Response.objects.get()
        assert (kept.answers["why"], kept.answers["overall"], kept.language) == ("Half way, and all of it", "1", "cy")
        assert not Draft.objects.exists()
        assert again.client.page(f"/surveys/r/{code}/").status_code == 404

    def test_saved_with_a_code_it_is_taken_up_by_the_same_code(self, visit: Visit) -> None:
        survey = make.survey(make.SMALL, draw="census")
        invitation, code = make.invitation(survey)
        visitor = visit(survey, code)
        visitor.open()
        assert code in text_of(visitor.send(go="save", overall="4", follow=True))
        assert Draft.objects.get().invitation == invitation
        again = visit(survey, code)
        assert re.search(r'name="overall"[^>]*value="4" checked', again.open().content.decode())

    def test_the_form_that_was_saved_and_the_one_taken_up_are_one_response(self, visit: Visit) -> None:
        survey = make.survey()
        visitor = visit(survey)
        visitor.open()
        form = visitor.page
        saved = visitor.send(go="save", overall="1")
        key = urlsplit(saved["Location"]).path.split("/")[-3]
        again = visit(survey, key)
        again.open()
        again.send(overall="2")
        visitor.page = form
        visitor.send(overall="3")
        assert Response.objects.get().answers == {"overall": "2"}

    def test_saving_twice_keeps_one_draft(self, visit: Visit) -> None:
        visitor = visit(make.survey())
        visitor.open()
        form = visitor.page
        for words in ("one", "two"):
            visitor.page = form
            visitor.send(go="save", why=words)
        assert Draft.objects.get().answers == {"why": ["two"]}

    def test_a_draft_cannot_be_saved_once_the_survey_has_closed(self, visit: Visit) -> None:
        survey = make.survey()
        visitor = visit(survey)
        visitor.open()
        survey.state = "closed"
        survey.save()
        assert visitor.send(go="save", why="x").status_code == 410
        assert not Draft.objects.exists()


class TestOnesOwnCode:
    def test_the_code_opens_the_survey_once(self, visit: Visit, client_as: Any) -> None:
        survey = make.survey(draw="census")
        invitation, code = make.invitation(survey)
        entered = client_as().send("/surveys/r/", {"code": f" {code.lower()} "}, follow=True)
        assert "How are we doing?" in text_of(entered)
        visitor = visit(survey, code)
        assert "One person in each household answers, once." in text_of(visitor.open())
        assert THANKS in text_of(visitor.send(overall="1", follow=True))
        kept = Response.objects.get()
        assert (kept.invitation, kept.traits) == (invitation, {"area": "North", "age": "35-54"})
        assert "your household has answered" in text_of(visit(survey, code).open())

    def test_of_two_in_a_household_with_one_code_the_first_counts(self, visit: Visit) -> None:
        survey = make.survey(draw="census")
        _, code = make.invitation(survey)
        one, two = visit(survey, code), visit(survey, code)
        one.open()
        two.open()
        one.send(overall="1")
        assert "your household has answered" in text_of(two.send(overall="5", follow=True))
        assert Response.objects.exclude(standing="set_aside").get().answers == {"overall": "1"}

    def test_a_survey_with_a_sample_is_not_open_to_whoever_finds_its_address(self, visit: Visit) -> None:
        found = visit(make.survey(draw="census")).open()
        assert found.status_code == 303
        assert found["Location"].endswith("/surveys/r/")

    def test_a_wrong_code_says_so_and_keeps_what_was_typed(self, client_as: Any) -> None:
        page = client_as().send("/surveys/r/", {"code": "2222-3333-4444"})
        assert page.status_code == 422
        assert "We do not know this code." in text_of(page)
        assert 'value="2222-3333-4444"' in page.content.decode()

    @pytest.mark.parametrize("typed", ["", "12", "<script>alert(1)</script>", "\x00", "ABC" * 50])
    def test_what_is_no_code_is_told_apart(self, client_as: Any, typed: str) -> None:
        page = client_as().send("/surveys/r/", {"code": typed})
        assert page.status_code == 422
        assert "<script>alert" not in page.content.decode()

    def test_a_code_has_its_own_last_day(self, visit: Visit) -> None:
        survey = make.survey(draw="census")
        _, code = make.invitation(survey, expires_on=timezone.localdate() - timedelta(days=1))
        page = visit(survey, code).open()
        assert (page.status_code, "This code has run out" in text_of(page)) == (410, True)


class TestWhenItIsNotOpen:
    @pytest.mark.parametrize(
        ("said", "status", "words"),
        [
            ({"state": "draft"}, 200, "This survey is not open yet"),
            ({"opens_on": timezone.localdate() + timedelta(days=2)}, 200, "It opens on"),
            ({"state": "closed"}, 410, "This survey has closed"),
            ({"closes_on": timezone.localdate() - timedelta(days=1)}, 410, "This survey has closed"),
        ],
    )
    def test_the_page_says_so(self, visit: Visit, said: dict[str, Any], status: int, words: str) -> None:
        page = visit(make.survey(**said)).open()
        assert page.status_code == status
        assert words in text_of(page)

    def test_answers_sent_after_it_has_closed_are_not_taken_and_the_page_says_so(self, visit: Visit) -> None:
        survey = make.survey()
        visitor = visit(survey)
        visitor.open()
        survey.state = "closed"
        survey.save()
        page = visitor.send(overall="1")
        assert page.status_code == 410
        assert "Your answers were not sent." in text_of(page)
        assert not Response.objects.exists()

    def test_a_survey_that_is_not_answered_on_the_web_says_how_it_is(self, visit: Visit) -> None:
        assert "not answered on the web" in text_of(visit(make.survey(modes=["telephone", "paper"])).open())

    def test_there_is_nothing_at_an_address_that_nobody_made(self, client_as: Any) -> None:
        assert client_as().page("/surveys/s/no-such-survey/").status_code == 404


class TestThePrizeDraw:
    def test_the_entry_follows_the_thanks_and_is_kept_apart(self, visit: Visit) -> None:
        visitor = visit(make.survey(incentive="A draw for a £50 voucher"))
        visitor.open()
        visitor.page = visitor.send(overall="1", follow=True)
        draw = f"/surveys/s/{visitor.survey.slug}/draw/"
        wrong = visitor.client.send(draw, {"hearth-token": visitor.token, "name": "Sam Lee", "contact": ""})
        assert wrong.status_code == 422
        assert 'value="Sam Lee"' in wrong.content.decode()
        for _ in range(2):
            done = visitor.client.send(
                draw, {"hearth-token": visitor.token, "name": "Sam Lee", "contact": "01632 960003"}, follow=True
            )
            assert "You are in the draw" in text_of(done)
        assert PrizeEntry.objects.get().nonce != Response.objects.get().nonce

    def test_nobody_enters_without_having_answered(self, visit: Visit) -> None:
        visitor = visit(make.survey(incentive="A voucher"))
        visitor.open()
        draw = f"/surveys/s/{visitor.survey.slug}/draw/"
        sent = visitor.client.send(draw, {"hearth-token": visitor.token, "name": "Sam", "contact": "01632 960003"})
        assert sent.status_code == 422
        assert not PrizeEntry.objects.exists()


class TestHowLittleIsAsked:
    def test_a_response_takes_few_queries(self, visit: Visit, queries: Any) -> None:
        survey = make.survey()
        visit(survey).open()  # the page is drawn, the questionnaire read
        visitor = visit(survey)
        with queries(2):
            visitor.open()
        with queries(5):
            sent = visitor.send(overall="1", why="Warm.")
        with queries(2):
            assert THANKS in text_of(visitor.client.get(sent["Location"]))

    @pytest.fixture
    def kept_for_a_while(self, settings: Any) -> Iterator[None]:
        """As in service, where what was read is trusted for a second; here for longer, so that no clock decides."""
        from hearth.config import middleware
        from hearth.surveys.views import light

        settings.HEARTH_BRIEFLY = 600
        yield
        middleware._landlords.forget()
        light._shown.forget()

    def test_in_service_a_page_asks_nothing_and_a_response_takes_three_statements(
        self, visit: Visit, queries: Any, kept_for_a_while: None
    ) -> None:
        survey = make.survey()
        visit(survey).open()
        visitor = visit(survey)
        with queries(0):
            visitor.open()
        with queries(3):  # the answer, its comment, the trail
            sent = visitor.send(overall="1", why="Warm.")
        with queries(0):
            assert THANKS in text_of(visitor.client.get(sent["Location"]))

    def test_an_answer_does_not_rest_on_what_was_read_a_moment_ago(self, visit: Visit, kept_for_a_while: None) -> None:
        survey = make.survey()
        visitor = visit(survey)
        visitor.open()
        survey.state = "closed"
        survey.save()
        assert visit(survey).open().status_code == 200
        assert visitor.send(overall="1").status_code == 410
        assert not Response.objects.exists()

    def test_the_first_page_asks_for_nothing_but_styles(self, visit: Visit) -> None:
        page = visit(make.survey()).open().content.decode()
        assert len(page.encode()) < 25_000
        assert "<script" not in page
        assert re.findall(r'<(?:link|img)[^>]*(?:href|src)="([^"?]+)', page) == [
            "/static/hearth/favicon.svg",
            "/static/hearth/govuk.css",
            "/static/hearth/hearth.css",
            "/thornbridge/theme.css",
        ]
