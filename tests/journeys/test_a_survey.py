"""An officer adds the tenant satisfaction survey and asks a whole estate; a tenant answers by the code in a letter."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.house.processes import RealHearth
from tests.journeys.visitor import TELEPHONE, Visitor

pytestmark = pytest.mark.xdist_group("journeys")
Arrive = Callable[..., Visitor]
Ask = Callable[..., list[tuple[Any, ...]]]
ESTATE, TITLE = "Larkfield Rise", "Tenant satisfaction survey of Larkfield Rise"
LETTER = "Tenant satisfaction survey"  # the prescribed questionnaire's own title
LONDON = ZoneInfo("Europe/London")
PATIENCE = 60  # seconds until the worker has written the letters
MAKE = f"""
from hearth.db import wall
from hearth.landlords.queries import landlord_at
from hearth.register.models import Estate
from tests.factories import tenants
with wall.within(landlord_at(slug="dartford").pk):
    estate = Estate.objects.create(name="{ESTATE}")
    for number in (9001, 9002, 9003):
        tenants.tenant(number, estate=estate, email="", given_name="Robin", family_name=f"Larkfield{{number}}")
"""


@pytest.fixture(scope="module")
def estate(hearth: RealHearth) -> str:
    """An estate of three households who have no email address, so that each gets a letter."""
    hearth.manage("shell", "-c", MAKE)
    return ESTATE


@pytest.mark.requirement("SUR-17", "SUR-18")
def test_a_whole_estate_is_asked_and_a_tenant_answers_by_the_code_in_the_letter(
    visitor: Arrive, rows: Ask, estate: str
) -> None:
    nadia = visitor("nadia@dartford.example")
    survey = when_the_measures_are_added_as_a_survey(nadia)
    then_their_wording_cannot_be_changed(nadia, survey)
    then_it_cannot_be_opened_yet(nadia, survey)
    when_its_facts_and_days_are_said(nadia, survey)
    when_the_population_is_frozen_and_everybody_drawn(nadia, survey, estate)
    when_it_is_opened(nadia, survey)
    code = when_the_letter_is_opened_by_whoever_posts_it(visitor("tom@dartford.example"), rows)
    tenant = visitor(width=TELEPHONE)
    when_a_tenant_answers(tenant, code)
    then_the_officer_sees_the_count(nadia, survey)


def when_the_measures_are_added_as_a_survey(officer: Visitor) -> int:
    officer.goes_to("/surveys/").follows("Add a survey")
    officer.fills("Title", TITLE).chooses("Begin with", "A ready questionnaire")
    officer.selects("Which one?", "Tenant satisfaction measures")
    officer.chooses("Which homes is it about?", "Low cost rental accommodation")
    officer.presses("Add the survey")
    found = re.search(r"/surveys/(\d+)/questions/", officer.path)
    assert found, officer.errors
    return int(found[1])


def then_their_wording_cannot_be_changed(officer: Visitor, survey: int) -> None:
    officer.goes_to(f"/surveys/{survey}/questions/").sees("Taking everything into account, how satisfied")
    officer.goes_to(f"/surveys/{survey}/questions/change/TP01/")
    box = officer.tab.get_by_label(re.compile("^Question"))
    if box.count():
        box.first.fill("Are you happy with us?")
        officer.presses("Save", exact=True)
        assert any("regulator" in error.lower() for error in officer.errors), officer.text
    else:
        officer.sees("regulator")


def then_it_cannot_be_opened_yet(officer: Visitor, survey: int) -> None:
    officer.goes_to(f"/surveys/{survey}/checks/").sees("Put")


def when_its_facts_and_days_are_said(officer: Visitor, survey: int) -> None:
    officer.goes_to(f"/surveys/{survey}/change/")
    officer.fills("Why is it asked?", "To measure what tenants of Larkfield Rise think of their homes.")
    officer.chooses("Who is asked?", "Census: every household")
    officer.presses("Save", exact=True).sees("The survey has been changed.")
    officer.goes_to(f"/surveys/{survey}/days/")
    opens = datetime.now(tz=LONDON).date()
    closes = opens + timedelta(days=30)
    officer.dates("Opens on", opens.day, opens.month, opens.year)
    officer.dates("Last day", closes.day, closes.month, closes.year)
    officer.presses("Save", exact=True).sees("The days have been changed.")


def when_the_population_is_frozen_and_everybody_drawn(officer: Visitor, survey: int, estate: str) -> None:
    officer.goes_to(f"/surveys/{survey}/sample/").follows("Freeze the population")
    officer.chooses("Only some estates?", estate)
    officer.presses("Freeze the population").sees("The population is frozen: 3 households.")
    officer.follows("Draw the sample").presses("Draw", exact=True).sees("3 households are drawn.")


def when_it_is_opened(officer: Visitor, survey: int) -> None:
    officer.goes_to(f"/surveys/{survey}/checks/")
    officer.goes_to(f"/surveys/{survey}/open/").presses("Open it now")
    assert officer.errors == [], officer.errors
    officer.sees("The survey is open. Its questionnaire is frozen.")


def when_the_letter_is_opened_by_whoever_posts_it(keeper: Visitor, rows: Ask) -> str:
    """Letters are written behind the page; gives the code that stands in one of this estate's."""
    written = "select id from notifications_message where to_name like 'Robin Larkfield%%' order by id desc limit 1"
    until = time.monotonic() + PATIENCE
    while not (found := rows(written)) and time.monotonic() < until:
        keeper.tab.wait_for_timeout(500)
    assert found, "No letter was written."
    keeper.goes_to(f"/messages/{found[0][0]}/").sees(LETTER, "Robin Larkfield", "Letter, to print and post")
    code = re.search(r"enter your code: ([A-Z0-9]{4}(?:-[A-Z0-9]{4}){2})", keeper.text)
    assert code, keeper.text
    return code[1]


def when_a_tenant_answers(tenant: Visitor, code: str) -> None:
    tenant.goes_to("/surveys/r/")
    tenant.fills("Your code", code.lower().replace("-", " ")).presses("Continue")
    assert tenant.errors == [], tenant.errors
    tenant.chooses("Taking everything into account", "Fairly satisfied")
    for _ in range(12):
        last = tenant.button("Send my answers").count() > 0
        tenant.presses("Send my answers" if last else "Continue")
        if last:
            break
    tenant.sees("Thank you. We have your answers")


def then_the_officer_sees_the_count(officer: Visitor, survey: int) -> None:
    officer.goes_to(f"/surveys/{survey}/sample/")
    table = officer.tab.locator("main table").first.inner_text()
    assert re.search(r"Households that have answered\s+1\b", table), table
