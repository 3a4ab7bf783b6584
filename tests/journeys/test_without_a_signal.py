"""Asking at the door: no signal, a killed page, a server that fails in the middle, and nothing lost or doubled."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.house.processes import RealHearth
from tests.journeys.visitor import RULES, TELEPHONE, Visitor, _axe

pytestmark = pytest.mark.xdist_group("journeys")
Arrive = Callable[..., Visitor]
Ask = Callable[..., list[tuple[Any, ...]]]
ROOT = Path(__file__).parents[2]
PAGE = "/surveys/offline/"
BRYONY = "bryony@dartford.example"

# A survey that is asked at the door, with six homes on Bryony's list and one that anybody may answer.
PREPARE = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from django.utils import timezone
from hearth.accounts import queries as accounts
from hearth.accounts.models import User
from hearth.db import wall
from hearth.landlords.models import Landlord
from hearth.surveys import services
from tests.factories import surveys as make
from tests.factories.tenants import tenant
with wall.within(Landlord.objects.get(slug="dartford").pk):
    now, today = timezone.now(), timezone.localdate()
    alice, bryony = (User.objects.get(email=f"{{name}}@dartford.example") for name in ("alice", "bryony"))
    by = accounts.actor(alice, on=today)
    drawn = make.survey(make.SMALL, title="Asked at the door", slug="door", draw="census", modes=["face"])
    for number in range(901, 907):
        person = tenant(number)
        make.invitation(drawn, at=make.unit(drawn, person=person, drawn=number), person=person)
    services.give_visits(survey=drawn, to=bryony.pk, number=100, at=now, by=by)
    make.survey(make.PLAIN, title="Open to all", slug="door-open", modes=["face"])
"""


@pytest.fixture(scope="module")
def prepared(hearth: RealHearth) -> None:
    """The surveys of this journey."""
    hearth.manage("shell", "-v", "0", "-c", PREPARE)


@pytest.fixture
def bryony(visitor: Arrive, prepared: None) -> Visitor:
    """The interviewer with a telephone, who has fetched her work."""
    one = visitor(BRYONY, width=TELEPHONE)
    one.goes_to(PAGE)
    one.button("Fetch my work", exact=True).click()
    one.tab.get_by_text("Asked at the door").wait_for()
    one.tab.evaluate("async () => { await navigator.serviceWorker.ready }")
    one.tab.wait_for_function("() => navigator.serviceWorker.controller !== null")
    return one


def without_signal(one: Visitor) -> None:
    one.context.set_offline(True)


def with_signal(one: Visitor) -> None:
    one.context.set_offline(False)


def heading(one: Visitor, words: str) -> None:
    one.tab.get_by_role("heading", level=1, name=words).wait_for()


def begins(one: Visitor, survey: str = "Asked at the door") -> str:
    """Begin the next interview; the home where it is."""
    if survey == "Open to all":
        one.button("Begin an interview: Open to all").click()
        home = survey
    else:
        home = one.tab.locator("table th").first.inner_text()
        one.tab.locator("table").get_by_role("button", name="Ask").first.click()
    one.button("Begin the questions").click()
    return home


def goes_on(one: Visitor) -> None:
    one.button("Continue", exact=True).click()


def answers_small(one: Visitor) -> None:
    """From the first page of questions to the last."""
    one.chooses("How satisfied or dissatisfied are you with the service?", "Fairly satisfied")
    one.chooses("Have we carried out a repair in the last 12 months?", "No")
    goes_on(one)
    one.fills("Why do you say so?", "The stairs are clean.")
    goes_on(one)
    one.tab.get_by_role("group", name="Which rooms are cold?").wait_for()
    reads_aloud(one)
    goes_on(one)
    goes_on(one)
    one.tab.get_by_text("There are no more questions.").wait_for()


def finishes(one: Visitor) -> None:
    one.button("Finish", exact=True).click()
    heading(one, "Ask at the door")


def waits_for(one: Visitor, words: str) -> None:
    one.tab.get_by_text(words).first.wait_for()


def kept_in(rows: Ask, slug: str) -> list[tuple[Any, ...]]:
    return rows(
        "select r.mode, r.standing, r.answers from surveys_response r join surveys_survey s on s.id = r.survey_id "
        "where s.slug = %s order by r.recorded_at",
        slug,
    )


def reads_aloud(one: Visitor) -> None:
    """What is on the page now breaks none of the accessibility guidelines that axe can find, and fits a telephone."""
    found = _axe.run(one.tab, options={"runOnly": RULES, "resultTypes": ["violations"]}).response
    assert [(v["id"], [n["html"] for n in v["nodes"]][:3]) for v in found["violations"]] == []
    one.fits(TELEPHONE)


def forget_complaints(one: Visitor) -> None:
    """A browser complains of each request that fails; here they were meant to."""
    one.complaints = [words for words in one.complaints if "Failed to load resource" not in words]


def test_an_interview_without_a_signal_survives_a_reload_and_a_killed_page_and_is_sent_once(
    bryony: Visitor, rows: Ask
) -> None:
    before = len(kept_in(rows, "door"))
    without_signal(bryony)
    bryony.tab.reload()
    heading(bryony, "Ask at the door")
    reads_aloud(bryony)
    home = begins(bryony)
    goes_on(bryony)
    assert len(bryony.errors) == 2  # what must be answered is said without a server
    reads_aloud(bryony)
    bryony.chooses("How satisfied or dissatisfied are you with the service?", "Fairly satisfied")
    bryony.tab.close()  # in the middle of a page
    bryony.open_tab()
    bryony.tab.goto(f"{bryony.url}/dartford{PAGE}")
    bryony.tab.get_by_role("link", name=f"Go on: {', '.join(home.splitlines()[:1])}").click()
    group = bryony.tab.get_by_role("group", name="How satisfied or dissatisfied are you with the service?")
    assert group.get_by_label("Fairly satisfied").is_checked()
    bryony.tab.reload()  # at the question itself
    group.get_by_label("Fairly satisfied").wait_for()
    answers_small(bryony)
    reads_aloud(bryony)
    finishes(bryony)
    reads_aloud(bryony)
    waits_for(bryony, "1 finished and not sent yet")
    assert len(kept_in(rows, "door")) == before
    with_signal(bryony)
    waits_for(bryony, "1 sent.")
    found = kept_in(rows, "door")[before:]
    assert found == [
        ("face", "complete", {"overall": "2", "repair": "no", "why": "The stairs are clean."}),
    ]
    assert home not in bryony.text
    forget_complaints(bryony)


def test_a_server_that_fails_in_the_middle_or_whose_answer_is_lost_neither_loses_nor_doubles(
    bryony: Visitor, rows: Ask
) -> None:
    before = len(kept_in(rows, "door"))
    calls: list[str] = []

    def fail(route: Any) -> None:
        calls.append("sent")
        if len(calls) == 1:
            route.fulfill(status=500, body="broken")  # it never came to the server
        elif len(calls) == 2:
            route.fetch()
            route.abort()  # it was taken, and nobody heard
        else:
            route.continue_()

    bryony.context.route("**/surveys/offline/in/", fail)
    begins(bryony)
    answers_small(bryony)
    finishes(bryony)
    waits_for(bryony, "The server cannot take this at the moment. Nothing was lost")
    bryony.button("Send now").click()
    waits_for(bryony, "There is no signal, or the server does not answer. Nothing was lost")
    assert len(kept_in(rows, "door")) == before + 1
    bryony.button("Send now").click()
    waits_for(bryony, "1 sent.")
    assert len(calls) == 3
    assert len(kept_in(rows, "door")) == before + 1
    forget_complaints(bryony)


def test_two_tabs_that_send_at_once_send_it_once(bryony: Visitor, rows: Ask) -> None:
    before = len(kept_in(rows, "door-open"))
    without_signal(bryony)
    for _ in range(2):
        begins(bryony, "Open to all")
        bryony.chooses("How satisfied or dissatisfied are you with the service?", "Very satisfied")
        goes_on(bryony)
        finishes(bryony)
        waits_for(bryony, "finished and not sent yet")
    other = bryony.context.new_page()
    other.goto(f"{bryony.url}/dartford{PAGE}")
    other.get_by_text("2 finished and not sent yet").wait_for()
    with_signal(bryony)  # both tabs hear of it and send
    waits_for(bryony, "Fetched by")
    bryony.tab.get_by_text("finished and not sent yet").wait_for(state="detached")
    other.reload()
    other.get_by_text("Fetched by").wait_for()
    assert other.get_by_text("finished and not sent yet").count() == 0
    assert len(kept_in(rows, "door-open")) == before + 2
    other.close()
    forget_complaints(bryony)


def test_a_server_that_is_killed_while_answers_come_in_has_them_once(
    bryony: Visitor, rows: Ask, hearth: RealHearth
) -> None:
    before = len(kept_in(rows, "door-open"))
    begins(bryony, "Open to all")
    bryony.chooses("How satisfied or dissatisfied are you with the service?", "Very satisfied")
    goes_on(bryony)
    hearth.kill_web()
    finishes(bryony)
    waits_for(bryony, "Nothing was lost")
    hearth.start_web()
    bryony.button("Send now").click()
    waits_for(bryony, "1 sent.")
    assert len(kept_in(rows, "door-open")) == before + 1
    forget_complaints(bryony)


def test_what_the_server_does_not_take_stays_on_the_device_with_the_reason(
    bryony: Visitor, rows: Ask, hearth: RealHearth
) -> None:
    without_signal(bryony)
    home = begins(bryony)
    answers_small(bryony)
    finishes(bryony)
    closed = "update surveys_survey set state = %s where slug = 'door'"
    _change(hearth, closed, "closed")
    try:
        with_signal(bryony)
        waits_for(bryony, "This survey has closed.")
        assert home.splitlines()[0] in bryony.text
    finally:
        _change(hearth, closed, "open")
    before = len(kept_in(rows, "door"))
    bryony.button("Try again").click()
    waits_for(bryony, "1 sent.")
    assert len(kept_in(rows, "door")) == before + 1
    forget_complaints(bryony)


def test_a_visit_without_an_interview_is_noted(bryony: Visitor, rows: Ask) -> None:
    bryony.link("No interview").first.click()
    heading(bryony, "No interview")
    reads_aloud(bryony)
    bryony.chooses("What came of the visit?", "Does not wish to take part")
    bryony.button("Save", exact=True).click()
    waits_for(bryony, "1 sent.")
    found = rows("select outcome from surveys_attempt where mode = 'face' and outcome = 'refused'")
    assert found == [("refused",)]


def test_signing_out_takes_the_homes_off_the_device_and_keeps_what_is_not_sent(bryony: Visitor, rows: Ask) -> None:
    without_signal(bryony)
    begins(bryony, "Open to all")
    bryony.chooses("How satisfied or dissatisfied are you with the service?", "Very satisfied")
    goes_on(bryony)
    finishes(bryony)
    bryony.context.route("**/surveys/offline/in/", lambda route: route.abort())
    with_signal(bryony)
    waits_for(bryony, "Nothing was lost")
    forget_complaints(bryony)
    bryony.signs_out()
    bryony.tab.goto(f"{bryony.url}/dartford{PAGE}")
    waits_for(bryony, "Fetch your work while you have a signal")
    bryony.sees("1 finished on this device and not sent yet").does_not_see("Mill Lane", "Go on:")
    bryony.context.unroute("**/surveys/offline/in/")
    before = len(kept_in(rows, "door-open"))
    bryony.button("Fetch my work", exact=True).click()
    waits_for(bryony, "You are signed out")
    bryony.link("Sign in").first.click()
    bryony.gives_password(BRYONY)
    bryony.button("Fetch my work", exact=True).click()
    waits_for(bryony, "1 sent.")
    assert len(kept_in(rows, "door-open")) == before + 1
    forget_complaints(bryony)


def _change(hearth: RealHearth, statement: str, *values: object) -> None:
    import psycopg

    with psycopg.connect(hearth.database_url) as connection:
        found = connection.execute("select id from landlords_landlord where slug = 'dartford'").fetchone()
        connection.execute("select set_config('hearth.landlord', %s, true)", [str(found[0] if found else "")])
        assert connection.execute(statement, values).rowcount == 1  # type: ignore[call-overload]
