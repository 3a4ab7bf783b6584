"""What somebody typed is never lost: not to a colleague who was quicker, nor to a session that ran out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.xdist_group("journeys")
Arrive = Callable[..., Visitor]
Ask = Callable[..., list[tuple[Any, ...]]]
TITLE = "Damp and Mould Procedure"  # of the demonstration, half written
HERS = "Tenants with asthma wrote that mould makes it worse."
HIS = "Families with small children wait longest for repairs."


def test_two_officers_who_answer_at_once_see_both_texts_and_lose_neither(visitor: Arrive, rows: Ask) -> None:
    review = given_a_review_that_is_being_written(rows)
    nadia, alice = visitor("nadia@dartford.example"), visitor("alice@dartford.example")
    when_both_open_the_same_answer(review, nadia, alice)
    nadia.fills("Answer", HERS).presses("Save", exact=True).sees("has been saved.")
    alice.fills("Answer", HIS).presses("Save", exact=True)
    then_both_texts_stand_on_the_page(alice)
    alice.fills("Answer", f"{HERS}\n{HIS}").presses("Save", exact=True).sees("has been saved.")
    then_the_answer_is(nadia, review, f"{HERS}\n{HIS}")
    then_the_earlier_text_can_be_read(nadia, review, HERS)


def test_what_was_typed_when_the_session_had_run_out_is_there_after_signing_in_again(
    visitor: Arrive, rows: Ask
) -> None:
    review = given_a_review_that_is_being_written(rows)
    nadia = visitor("nadia@dartford.example")
    nadia.goes_to(f"/reviews/{review}/answers/gaps/").fills("In your own words", HERS)
    nadia.fills_by_name(**{"gaps-0-gap": HIS})
    when_the_session_runs_out(nadia)
    nadia.presses("Save", exact=True)
    assert nadia.heading == "Sign in"
    nadia.gives_password("nadia@dartford.example")
    assert nadia.path == f"/reviews/{review}/answers/gaps/"
    assert nadia.field("In your own words").input_value() == HERS
    assert nadia.tab.locator("[name=gaps-0-gap]").input_value() == HIS
    nadia.presses("Save", exact=True).sees("has been saved.")
    nadia.reloads()
    assert nadia.tab.locator("[name=gaps-0-gap]").input_value() == HIS


def test_an_error_keeps_what_was_typed(visitor: Arrive, rows: Ask) -> None:
    review = given_a_review_that_is_being_written(rows)
    nadia = visitor("nadia@dartford.example")
    nadia.goes_to(f"/reviews/{review}/answers/consultation/")
    nadia.fills_by_name(**{"exercises-0-who": HERS, "exercises-0-responses": "a few"})
    nadia.presses("Save", exact=True)
    assert nadia.status == 422
    assert nadia.errors
    assert nadia.tab.locator("[name=exercises-0-who]").input_value() == HERS
    assert nadia.tab.locator("[name=exercises-0-responses]").input_value() == "a few"


def given_a_review_that_is_being_written(rows: Ask) -> int:
    (found,) = rows("select id from reviews_review where title = %s", TITLE)
    return int(found[0])


def when_both_open_the_same_answer(review: int, *officers: Visitor) -> None:
    for officer in officers:
        officer.goes_to(f"/reviews/{review}/answers/comments/")


def then_both_texts_stand_on_the_page(officer: Visitor) -> None:
    assert officer.status == 409
    officer.sees("Two texts for one answer", HERS, "You wrote", HIS, "Nadia Okafor saved")
    assert officer.field("Answer").input_value() == HIS


def then_the_answer_is(officer: Visitor, review: int, text: str) -> None:
    officer.goes_to(f"/reviews/{review}/answers/comments/")
    assert officer.field("Answer").input_value().splitlines() == text.splitlines()


def then_the_earlier_text_can_be_read(officer: Visitor, review: int, text: str) -> None:
    officer.follows("1 earlier version").sees(text)


def when_the_session_runs_out(officer: Visitor) -> None:
    officer.context.clear_cookies(name="sessionid")
