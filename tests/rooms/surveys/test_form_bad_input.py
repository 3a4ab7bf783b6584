"""The public form is open to the whole world: nonsense, forgery, too much of everything, and codes that are guessed."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.utils import timezone

from hearth.surveys.models import Comment, Response, WrongCode
from hearth.surveys.rules import guessing
from tests.factories import surveys as make
from tests.factories.pages import PageClient, text_of
from tests.rooms.surveys.visitor import Visitor

pytestmark = pytest.mark.django_db
Visit = Callable[..., Visitor]


@pytest.fixture
def visit(client_as: Any) -> Visit:
    """`visit(survey)`, `visit(survey, code)`: somebody with the form open."""
    return lambda survey, code="", **said: Visitor(client_as(None, **said), survey, code)


class TestTooMuch:
    def test_a_hundred_kilobytes_of_text_come_back_whole_with_the_limit(self, visit: Visit) -> None:
        visitor, long = visit(make.survey()), "Damp & mould. " * 7500
        visitor.open()
        back = visitor.send(overall="1", why=long)
        assert back.status_code == 422
        assert f"Your answer has {len(long.strip()):,} characters. Shorten it to 2,000 or fewer." in text_of(back)
        found = re.search(r"<textarea[^>]*>(.*?)</textarea>", back.content.decode(), re.DOTALL)
        assert found
        assert unescape(found[1]).strip() == long.strip()
        assert not Response.objects.exists()

    def test_ten_thousand_fields_are_refused_in_words(self, visit: Visit) -> None:
        visitor = visit(make.survey())
        visitor.open()
        page = visitor.client.post(visitor.client.address(visitor.path), {f"f{n}": "x" for n in range(10_000)})
        assert page.status_code == 413
        assert "Your answers are too long" in text_of(page)

    def test_six_megabytes_are_refused_in_words(self, visit: Visit) -> None:
        visitor = visit(make.survey())
        visitor.open()
        body = f"hearth-token={visitor.token}&overall=1&why={'x' * 6_000_000}"
        page = visitor.client.post(
            visitor.client.address(visitor.path), body, content_type="application/x-www-form-urlencoded"
        )
        assert page.status_code == 413
        assert "shorten what you wrote" in text_of(page)

    def test_an_answer_given_a_thousand_times_is_one_answer_too_many(self, visit: Visit) -> None:
        visitor = visit(make.survey())
        visitor.open()
        assert visitor.send(overall=["1"] * 1000).status_code == 422


class TestNonsense:
    @pytest.mark.parametrize(
        "body",
        [b"\xff\xfe\x00\x01" * 100, b"&&&===&&", b"%00%ff%zz=%00", b"hearth-step=-1&hearth-go=language:", b"\x00" * 50],
    )
    def test_rubbish_gets_the_form_again(self, visit: Visit, body: bytes) -> None:
        visitor = visit(make.survey(make.SMALL))
        address = visitor.client.address(visitor.path)
        page = visitor.client.post(address, body, content_type="application/x-www-form-urlencoded")
        assert page.status_code == 422
        assert "There is a problem" in text_of(page)
        assert not Response.objects.exists()

    @pytest.mark.parametrize("kind", ["application/json", "text/plain", "multipart/form-data; boundary=x", "nonsense"])
    def test_other_sorts_of_body_are_no_answers(self, visit: Visit, kind: str) -> None:
        visitor = visit(make.survey())
        page = visitor.client.post(visitor.client.address(visitor.path), b'{"overall": "1"}', content_type=kind)
        assert page.status_code in (400, 422)
        assert not Response.objects.exists()

    @pytest.mark.parametrize("step", ["99", "-1", "x", "１", "9" * 400, ""])
    def test_a_page_that_there_is_not_does_no_harm(self, visit: Visit, step: str) -> None:
        visitor = visit(make.survey(make.SMALL))
        visitor.open()
        page = visitor.send(**{"hearth-step": step, "hearth-language": "xx", "overall": "1", "repair": "no"})
        assert page.status_code in (200, 303)

    @pytest.mark.parametrize(
        ("typed", "words"),
        [
            ({"overall": "9"}, "Choose one of the answers that are shown."),
            ({"overall": "2' or '1'='1"}, "Choose one of the answers that are shown."),
            ({"people": "21"}, "Write a number between 1 and 20."),
            ({"moved-day": "31", "moved-month": "2", "moved-year": "2026"}, "Write a real date"),
            ({"rooms": ["attic"]}, "Choose only from the answers that are shown."),
            ({"rooms": ["refused"]}, "Choose only from the answers that are shown."),
            ({"where": "Dartford"}, "Write a full postcode"),
            ({"first-1": "1", "first-2": "1"}, "Use each number once."),
        ],
    )
    def test_an_answer_out_of_range_is_told_beside_its_question(
        self, visit: Visit, typed: dict[str, Any], words: str
    ) -> None:
        visitor = visit(make.survey(make.SMALL))
        visitor.open(whole="1")
        page = visitor.send(**{"overall": "1", "repair": "no", **typed})
        assert page.status_code == 422
        assert text_of(page).count(words) == 2  # in the list at the top, and beside the question
        assert not Response.objects.exists()

    def test_a_script_is_words(self, visit: Visit) -> None:
        script = "</textarea><script>alert('x')</script>"
        visitor = visit(make.survey(make.SMALL))
        visitor.open(whole="1")
        page = visitor.send(repair="no", why=script, people=script).content.decode()
        assert "<script" not in page
        assert "&lt;script&gt;alert" in page
        visitor.send(overall="1", repair="no", why=script, people="2")
        assert Comment.objects.get().text == script

    def test_characters_that_no_database_keeps_are_left_out(self, visit: Visit) -> None:
        visitor = visit(make.survey())
        visitor.open()
        visitor.send(overall="1", why="warm\x00 and \x1bdry")
        assert Response.objects.get().answers["why"] == "warm and dry"


@pytest.mark.requirement("SEC-13")
class TestForgery:
    def test_a_token_that_was_altered_is_not_taken_and_what_was_typed_stays(self, visit: Visit) -> None:
        visitor = visit(make.survey())
        visitor.open()
        page = visitor.send(**{"hearth-token": f"A{visitor.token[1:]}", "overall": "1", "why": "Kept."})
        assert page.status_code == 422
        assert "This page does not belong to this survey." in text_of(page)
        assert "Kept.</textarea>" in page.content.decode()
        assert not Response.objects.exists()
        assert visitor.send(overall="1", why="Kept.").status_code == 303  # the page came back with a good one

    def test_a_form_without_a_token_is_not_taken(self, visit: Visit) -> None:
        visitor = visit(make.survey())
        assert visitor.client.send(visitor.path, {"overall": "1"}).status_code == 422
        assert not Response.objects.exists()

    def test_a_token_of_another_survey_opens_nothing(self, visit: Visit) -> None:
        one, two = visit(make.survey()), visit(make.survey())
        one.open()
        two.open()
        assert two.send(**{"hearth-token": one.token, "overall": "1"}).status_code == 422
        assert not Response.objects.exists()

    def test_a_token_of_another_landlords_survey_opens_nothing(
        self, visit: Visit, within: Any, other_landlord: Any
    ) -> None:
        with within(other_landlord):
            theirs = Visitor(PageClient(other_landlord.slug), make.survey(slug="same"))
            theirs.open()
        ours = visit(make.survey(slug="same"))
        ours.open()
        assert ours.send(**{"hearth-token": theirs.token, "overall": "1"}).status_code == 422
        assert not Response.objects.exists()

    @pytest.mark.parametrize(
        "headers",
        [
            {"Origin": "https://elsewhere.example"},
            {"Origin": "null"},
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site"},
            {"Origin": "http://testserver", "Sec-Fetch-Site": "cross-site"},
        ],
    )
    def test_a_form_sent_from_another_site_is_refused_even_with_a_good_token(
        self, visit: Visit, headers: dict[str, str]
    ) -> None:
        visitor = visit(make.survey())
        visitor.open()
        assert visitor.send(overall="1", headers=headers).status_code == 403
        assert not Response.objects.exists()

    @pytest.mark.parametrize(
        "headers",
        [{}, {"Origin": "http://testserver"}, {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}],
    )
    def test_browsers_old_and_new_are_believed_about_our_own_page(self, visit: Visit, headers: dict[str, str]) -> None:
        visitor = visit(make.survey())
        visitor.open()
        assert visitor.send(overall="1", headers=headers).status_code == 303

    def test_every_page_without_a_session_is_guarded_in_this_way_and_open_to_anybody(self) -> None:
        from django.conf import settings
        from django.urls import URLPattern, get_resolver

        from hearth.kernel.permits import PUBLIC
        from hearth.surveys.views.light import Light

        def leaves(patterns: Any, before: str = "/") -> Any:
            for one in patterns:
                path = f"{before}{one.pattern}"
                yield from [(path, one.callback)] if isinstance(one, URLPattern) else leaves(one.url_patterns, path)

        found = dict(leaves(get_resolver().url_patterns))
        light = {path for path, view in found.items() if getattr(getattr(view, "view_class", None), "light", False)}
        assert light == {path for path in found if path.startswith(settings.HEARTH_LIGHT_PATHS)}
        assert all(issubclass(found[path].view_class, Light) for path in light)
        assert {found[path].view_class.permission for path in light} == {PUBLIC}

    def test_the_page_has_the_same_headers_as_every_other(self, visit: Visit) -> None:
        visitor = visit(make.survey())
        light, other = visitor.open(), visitor.client.page("/")
        for name in (
            "Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy",
            "Cross-Origin-Opener-Policy",
        ):  # fmt: skip
            assert light[name] == other[name]
        assert light["Cache-Control"] == "private, no-cache"


@pytest.mark.requirement("SEC-13")
class TestGuessedCodes:
    GUESS = "2222-3333-44{}{}"

    def guess(self, client: Any, times: int) -> list[int]:
        letters = "BCDFGHJKMNPQRSTVWXYZ"
        codes = [self.GUESS.format(one, two) for one in letters for two in letters][:times]
        return [client.send("/surveys/r/", {"code": code}).status_code for code in codes]

    def test_after_twenty_wrong_ones_an_address_must_wait_even_with_a_right_one(
        self, visit: Visit, client_as: Any
    ) -> None:
        survey = make.survey(draw="census")
        _, code = make.invitation(survey)
        client = client_as()
        assert self.guess(client, 21) == [422] * 20 + [429]
        page = client.send("/surveys/r/", {"code": code})
        assert page.status_code == 429
        assert "Wait 15 minutes" in text_of(page)
        assert f'value="{code}"' in page.content.decode()
        assert client.page(f"/surveys/r/{code}/").status_code == 429
        assert client.page(f"/surveys/r/{code}/saved/").status_code == 429

    def test_codes_guessed_in_the_address_count_too(self, client_as: Any) -> None:
        client = client_as()
        for number in range(20):
            assert (
                client.page(f"/surveys/r/2222-3333-4{number:03}/".replace("0", "B").replace("1", "C")).status_code
                == 404
            )
        assert client.page("/surveys/r/2222-3333-4444/").status_code == 429

    def test_another_address_is_not_kept_waiting(self, client_as: Any, visit: Visit) -> None:
        survey = make.survey(draw="census")
        _, code = make.invitation(survey)
        self.guess(client_as(), 21)
        assert visit(survey, code, REMOTE_ADDR="192.0.2.7").open().status_code == 200

    def test_it_is_counted_in_the_database_so_that_all_processes_know(self, client_as: Any) -> None:
        self.guess(client_as(), 3)
        rows = dict(WrongCode.objects.values_list("who", "count"))
        assert rows.pop(guessing.ALL) == 3
        assert list(rows.values()) == [3]
        assert "127.0.0.1" not in str(rows)

    def test_the_next_quarter_of_an_hour_begins_anew(self, client_as: Any) -> None:
        client = client_as()
        self.guess(client, 21)
        WrongCode.objects.update(since=guessing.window(timezone.now() - timedelta(minutes=15)))
        assert self.guess(client, 1) == [422]
        assert set(WrongCode.objects.values_list("since", flat=True)) == {guessing.window(timezone.now())}

    def test_when_very_many_addresses_guess_at_once_each_has_few_tries(self, client_as: Any) -> None:
        WrongCode.objects.create(who=guessing.ALL, since=guessing.window(timezone.now()), count=guessing.A_LANDLORD)
        assert self.guess(client_as(), 5) == [422] * 4 + [429]

    def test_what_has_not_the_shape_of_a_code_is_no_guess(self, client_as: Any) -> None:
        client = client_as()
        for _ in range(25):
            assert client.send("/surveys/r/", {"code": "my old letter"}).status_code == 422
        assert not WrongCode.objects.exists()

    def test_behind_a_proxy_the_visitors_own_address_counts(self, client_as: Any, settings: Any) -> None:
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
        client = client_as()
        for one in ("192.0.2.1", "192.0.2.2"):
            client.post(
                client.address("/surveys/r/"),
                {"code": "2222-3333-4444"},
                headers={"X-Forwarded-For": f"10.9.9.9, {one}"},
            )
        assert sorted(WrongCode.objects.values_list("count", flat=True)) == [1, 1, 2]
