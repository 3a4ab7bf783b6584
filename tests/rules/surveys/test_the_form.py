"""The public form's own rules: its token, its pages, when it takes answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from hearth.kernel.refusals import Refused
from hearth.surveys.rules import nonce
from hearth.surveys.rules.door import Door, door
from hearth.surveys.rules.instrument import OnlyIf
from hearth.surveys.rules.paging import asked_on, next_step, steps
from tests.factories.surveys import PLAIN, SMALL, scale

KEY = b"a key for tests only"
BEGUN = datetime(2026, 11, 22, 18, 30, tzinfo=UTC)
TODAY = date(2026, 11, 22)


def token(**said: Any) -> str:
    usual = {"purpose": nonce.FORM, "landlord": 1, "survey": 2, "version": 3, "nonce": b"n" * 16, "begun_at": BEGUN}
    return nonce.seal(KEY, **{**usual, **said})


def read(sent: str, **said: Any) -> nonce.Token:
    return nonce.read(KEY, sent, **{"purpose": nonce.FORM, "landlord": 1, "survey": 2, **said})


class TestTheToken:
    @given(some.binary(min_size=16, max_size=16), some.integers(0, 2**63))
    def test_it_says_what_was_put_into_it(self, drawn: bytes, version: int) -> None:
        found = read(token(nonce=drawn, version=version))
        assert (found.nonce, found.version, found.begun_at) == (drawn.hex(), version, BEGUN)

    @pytest.mark.requirement("SEC-13")
    @pytest.mark.parametrize("said", [{"landlord": 9}, {"survey": 9}, {"purpose": nonce.DRAW}])
    def test_it_opens_no_other_survey_landlord_or_draw(self, said: dict[str, Any]) -> None:
        with pytest.raises(Refused, match="does not belong"):
            read(token(), **said)

    @pytest.mark.requirement("SEC-13")
    @given(some.integers(0, 57), some.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"))
    def test_one_altered_character_spoils_it(self, place: int, put: str) -> None:
        sent = token()
        altered = sent[:place] + put + sent[place + 1 :]
        if altered == sent:
            return
        with pytest.raises(Refused):
            read(altered)

    @given(some.text(max_size=100))
    def test_nonsense_is_refused(self, sent: str) -> None:
        with pytest.raises(Refused):
            read(sent)

    def test_another_installations_key_makes_other_tokens(self) -> None:
        with pytest.raises(Refused):
            nonce.read(b"another", token(), purpose=nonce.FORM, landlord=1, survey=2)


class TestPages:
    def test_without_filters_everything_is_on_one_page(self) -> None:
        (page,) = steps(PLAIN)
        assert len(list(page.questions())) == 6

    def test_what_hangs_on_an_answer_is_on_a_later_page(self) -> None:
        pages = steps(SMALL)
        assert [[one.code for one in page.questions()] for page in pages] == [
            ["overall", "repair"],
            ["speed", "why"],
            ["rooms", "people", "moved", "first", "where"],
            ["age"],
        ]
        assert [page.number for page in pages] == [0, 1, 2, 3]

    def test_questions_about_the_person_come_last_wherever_they_were_written(self) -> None:
        turned = replace(SMALL, sections=SMALL.sections[::-1])
        assert steps(turned)[-1].about_you
        assert [one.code for one in steps(turned)[-1].questions()] == ["age"]

    def test_everything_on_one_page_where_it_is_asked_for(self) -> None:
        (page,) = steps(SMALL, whole=True)
        assert [section.key for section in page.sections] == ["service", "home", "you"]

    def test_a_page_on_which_nothing_is_asked_is_passed_over_both_ways(self) -> None:
        service = SMALL.sections[0]
        only = scale("only", "?", only_if=OnlyIf("repair", ("yes",)))
        last = replace(service, key="last", questions=(scale("last", "?"),))
        pages = steps(replace(SMALL, sections=(service, replace(service, key="more", questions=(only,)), last)))
        number = next(page.number for page in pages if page.sections[0].key == "more")
        assert asked_on(pages[number], {"repair": "no"}) == ()
        assert next_step(pages, number - 1, {"repair": "no"}) == number + 1
        assert next_step(pages, number - 1, {"repair": "yes"}) == number
        assert next_step(pages, number + 1, {"repair": "no"}, back=True) == number - 1
        assert next_step(pages, number + 1, {"repair": "no"}) is None


class TestTheDoor:
    def at(self, today: date = TODAY, **said: Any) -> Door:
        usual = {"state": "open", "opens_on": TODAY - timedelta(7), "closes_on": TODAY, "today": today}
        return door(**{**usual, **said})

    def test_the_first_and_the_last_day_count(self) -> None:
        assert self.at() is Door.OPEN
        assert self.at(TODAY - timedelta(7)) is Door.OPEN
        assert self.at(TODAY - timedelta(8)) is Door.NOT_YET
        assert self.at(TODAY + timedelta(1)) is Door.CLOSED

    def test_a_form_begun_on_the_last_day_may_be_sent_after_midnight_but_not_a_day_later(self) -> None:
        assert self.at(TODAY + timedelta(1), begun_on=TODAY) is Door.OPEN
        assert self.at(TODAY + timedelta(2), begun_on=TODAY) is Door.CLOSED
        assert self.at(TODAY + timedelta(30), begun_on=TODAY) is Door.CLOSED

    def test_a_survey_that_somebody_has_closed_is_closed_at_once(self) -> None:
        assert self.at(state="closed", begun_on=TODAY) is Door.CLOSED

    def test_a_code_has_a_last_day_of_its_own(self) -> None:
        assert self.at(expires_on=TODAY) is Door.OPEN
        assert self.at(expires_on=TODAY - timedelta(1)) is Door.EXPIRED

    def test_paper_that_comes_late_may_be_keyed_in_while_the_survey_is_open(self) -> None:
        assert self.at(TODAY + timedelta(5), mode="paper") is Door.OPEN
        assert self.at(state="closed", mode="paper") is Door.CLOSED
