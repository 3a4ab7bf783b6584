"""A tenant answers the tenant satisfaction survey: on a telephone, in Easy Read, with the keyboard, on two evenings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.house.processes import RealHearth
from tests.journeys.test_ways_of_using import (
    focused,
    then_the_error_summary_has_the_focus,
    when_enter_is_pressed,
    when_keys_reach,
)
from tests.journeys.visitor import DESK, TELEPHONE, Visitor

pytestmark = pytest.mark.xdist_group("journeys")
Arrive = Callable[..., Visitor]
Ask = Callable[..., list[tuple[Any, ...]]]
MAKE = """
from dataclasses import replace
from hearth.db import wall
from hearth.landlords.queries import landlord_at
from hearth.surveys import queries
from tests.factories import surveys
with wall.within(landlord_at(slug="dartford").pk):
    tsm = queries.ready_instrument("tsm-2023", landlord="Dartford Borough Council", stock="lcra")
    tsm = replace(
        tsm, languages=("en", "en-easy"), title={**tsm.title, "en-easy": "What you think of us"},
        intro={**tsm.intro, "en-easy": "We want to know what you think of your home and of us."},
    )
    survey = surveys.survey(tsm, slug="tsm-journey", title="Tenant survey", draw="census", stock="lcra")
    print("CODES", *(surveys.invitation(survey)[1] for _ in range(4)))
    surveys.survey(surveys.SMALL, slug="small-journey", incentive="A draw for a £50 voucher")
"""


@pytest.fixture(scope="module")
def codes(hearth: RealHearth) -> Iterator[str]:
    """The codes of four households that were asked, and an open survey beside."""
    return iter(hearth.manage("shell", "-c", MAKE).partition("CODES ")[2].split())


@pytest.mark.requirement("SUR-02", "COM-21")
@pytest.mark.parametrize("width", [DESK, TELEPHONE])
def test_the_survey_is_begun_on_one_evening_and_finished_on_another_in_easy_read(
    visitor: Arrive, rows: Ask, codes: Iterator[str], width: int
) -> None:
    code = next(codes)
    given_a_code_in_a_letter(tenant := visitor(width=width), code)
    tenant.follows("Easy Read").sees("We want to know what you think of your home and of us.")
    assert tenant.heading == "What you think of us"
    when_the_first_page_is_answered(tenant, repair="Yes")
    tenant.sees("overall repairs service")
    tenant.chooses("How satisfied or dissatisfied are you with the overall repairs service", "Fairly satisfied")
    tenant.presses("Stop now and finish later").sees("Your answers are saved", code)

    given_a_code_in_a_letter(later := visitor(width=width), code)
    later.sees("We kept your answers")
    assert chosen(later, "TP02") == "4"
    later.presses("Back")
    assert (chosen(later, "TP01"), chosen(later, "TP02F")) == ("5", "yes")
    when_all_other_pages_are_passed(later)
    later.sees("Thank you. We have your answers")
    ((answers, language, mode),) = rows(
        "select r.answers, r.language, r.mode from surveys_response r join surveys_survey s on s.id = r.survey_id"
        " where s.slug = 'tsm-journey' and r.answers ? 'TP02' order by given_at desc limit 1"
    )
    assert (answers["TP01"], answers["TP02F"], answers["TP02"], language, mode) == ("5", "yes", "4", "en-easy", "web")
    later.reloads().sees("Thank you. We have your answers")
    given_a_code_in_a_letter(visitor(width=width), code).sees("your household has answered")


def test_what_hangs_on_a_filter_is_never_seen_by_whom_it_does_not_concern(
    visitor: Arrive, codes: Iterator[str]
) -> None:
    tenant = given_a_code_in_a_letter(visitor(), next(codes))
    when_the_first_page_is_answered(tenant, repair="No")
    tenant.does_not_see("overall repairs service", "your most recent repair")
    tenant.sees("well maintained")


@pytest.mark.requirement("COM-21")
def test_a_form_is_answered_with_the_keyboard_alone_and_without_a_script(visitor: Arrive, codes: Iterator[str]) -> None:
    """The first thing that is wrong has the focus, and leads to its answer."""
    assert codes
    tenant = visitor()
    tenant.goes_to("/surveys/s/small-journey/")
    assert tenant.tab.locator("script").count() == 0
    when_keys_reach(
        tenant, lambda: focused(tenant, "tagName") == "BUTTON" and "Continue" in focused(tenant, "innerText")
    )
    when_enter_is_pressed(tenant)
    then_the_error_summary_has_the_focus(tenant)
    tenant.tab.keyboard.press("Tab")
    tenant.tab.keyboard.press("Enter")
    assert focused(tenant, "name") == "overall"
    tenant.tab.keyboard.press("Space")
    when_keys_reach(tenant, lambda: focused(tenant, "name") == "repair")
    tenant.tab.keyboard.press("Space")
    tenant.tab.keyboard.press("ArrowDown")
    when_keys_reach(
        tenant, lambda: focused(tenant, "tagName") == "BUTTON" and "Continue" in focused(tenant, "innerText")
    )
    when_enter_is_pressed(tenant)
    assert tenant.heading == "The service", tenant.errors
    for _ in range(2):
        tenant.presses("Continue")
    tenant.presses("Send my answers").sees("A draw for a £50 voucher")
    tenant.fills("Your name", "Sam Lee").fills("Telephone number, email address or address", "01632 960004")
    tenant.presses("Enter", exact=True).sees("You are in the draw")


def test_an_impatient_double_click_is_one_answer(visitor: Arrive, rows: Ask, codes: Iterator[str]) -> None:
    assert codes
    count = (
        "select count(*) from surveys_response r join surveys_survey s on s.id = r.survey_id"
        " where s.slug = 'small-journey'"
    )
    ((before,),) = rows(count)
    tenant = visitor(width=TELEPHONE)
    tenant.goes_to("/surveys/s/small-journey/?whole=1")
    tenant.chooses("How satisfied or dissatisfied are you with the service?", "Very satisfied")
    tenant.chooses("Have we carried out a repair", "No")
    with tenant.going():
        tenant.button("Send my answers").dblclick()
    tenant.tab.wait_for_url(re.compile("thanks"))
    tenant.sees("Thank you. We have your answers")
    tenant.tab.go_back()
    tenant.presses("Send my answers").sees("Thank you. We have your answers")
    assert rows(count) == [(before + 1,)]


def given_a_code_in_a_letter(tenant: Visitor, code: str) -> Visitor:
    tenant.goes_to("/surveys/r/")
    return tenant.fills("Your code", code.lower()).presses("Continue")


def when_the_first_page_is_answered(tenant: Visitor, *, repair: str) -> None:
    tenant.chooses("Taking everything into account", "Very satisfied")
    tenant.chooses("carried out a repair to your home", repair)
    tenant.presses("Next page" if "easy" in str(hidden(tenant, "hearth-language")) else "Continue")


def when_all_other_pages_are_passed(tenant: Visitor) -> None:
    for _ in range(12):
        if tenant.button("Send my answers").count():
            tenant.presses("Send my answers")
            return
        tenant.presses("Next page")
    raise AssertionError("The form has no end.")


def chosen(tenant: Visitor, name: str) -> str | None:
    """The value of the radio button that is chosen."""
    return tenant.tab.locator(f"[name='{name}']:checked").get_attribute("value")


def hidden(tenant: Visitor, name: str) -> str | None:
    return tenant.tab.locator(f"[name='{name}']").get_attribute("value")
