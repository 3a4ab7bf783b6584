"""A review is signed in order, sent on, acted upon; and it is not closed before its promises are kept."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from email import message_from_bytes
from email.policy import default
from typing import Any

import psycopg
import pytest

from tests.house.processes import RealHearth
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.xdist_group("journeys")
Arrive = Callable[..., Visitor]
Ask = Callable[..., list[tuple[Any, ...]]]
TITLE = "Mobility Scooter Storage and Charging Policy"  # of the demonstration, submitted
OWN = "You conducted this assessment, so somebody else must sign it."


@pytest.mark.requirement("CAR-32", "CAR-35", "CAR-39", "CAR-40")
def test_a_review_is_signed_in_order_and_closed_only_once_its_promises_are_kept(
    visitor: Arrive, rows: Ask, hearth: RealHearth
) -> None:
    review = given_a_submitted_review(rows)
    priya, graham, tom = (visitor(f"{name}@dartford.example") for name in ("priya", "graham", "tom"))

    then_an_officer_without_the_post_is_shown_the_door(visitor("nadia@dartford.example"), review)
    when_somebody_signs_out_of_turn_it_is_refused(graham, review)
    when_somebody_signs_their_own_review_it_is_refused(priya, review, hearth)
    when_the_next_signatory_signs_from_their_own_work(priya, TITLE)
    then_it_waits_for(graham, review, "Deputy Chief Executive")
    when_the_next_signatory_signs_from_their_own_work(graham, TITLE)
    then_it_is_sent_to_the_policy_and_projects_officer_with_its_file(tom, review, hearth)
    then_its_actions_are_tracked(tom)

    when_an_action_is_completed(visitor("marcus@dartford.example"))
    nadia = visitor("nadia@dartford.example")
    when_the_review_falls_due(nadia, review)
    then_it_cannot_be_closed_while_actions_are_open(tom, review)


def given_a_submitted_review(rows: Ask) -> int:
    (found,) = rows("select id, status from reviews_review where title = %s", TITLE)
    assert found[1] == "submitted"
    return int(found[0])


def then_an_officer_without_the_post_is_shown_the_door(officer: Visitor, review: int) -> None:
    officer.goes_to(f"/reviews/{review}/sign/")
    assert officer.status == 403


def when_somebody_signs_out_of_turn_it_is_refused(signatory: Visitor, review: int) -> None:
    signatory.goes_to(f"/reviews/{review}/sign/").sees(
        "It is not your turn: the next signature is that of Head of Legal Services."
    )
    assert not signatory.button("Sign", exact=True).count()
    refused = when_the_form_is_sent_past_the_page(signatory, f"/reviews/{review}/sign/")
    assert "It is not this post" in refused
    assert "Head of Legal Services" in refused


def when_somebody_signs_their_own_review_it_is_refused(signatory: Visitor, review: int, hearth: RealHearth) -> None:
    own = given_it_was_conducted_by(hearth, review, signatory_email="priya@dartford.example")
    signatory.goes_to(f"/reviews/{review}/sign/").sees(OWN)
    assert not signatory.button("Sign", exact=True).count()
    assert OWN in when_the_form_is_sent_past_the_page(signatory, f"/reviews/{review}/sign/")
    given_it_was_conducted_by(hearth, review, number=own)


def given_it_was_conducted_by(
    hearth: RealHearth, review: int, *, signatory_email: str = "", number: int | None = None
) -> int:
    """Put another officer under the review, straight in the database; returns who it was before."""
    with psycopg.connect(hearth.database_url) as connection:
        connection.execute(
            "select set_config('hearth.landlord', id::text, true) from landlords_landlord where slug = 'dartford'"
        )
        before = connection.execute("select officer_id from reviews_review where id = %s", [review]).fetchone()
        if number is None:
            found = connection.execute("select id from accounts_user where email = %s", [signatory_email]).fetchone()
            number = found[0] if found else None
        connection.execute("update reviews_review set officer_id = %s where id = %s", [number, review])
    return int(before[0]) if before else 0


def when_the_form_is_sent_past_the_page(somebody: Visitor, path: str) -> str:
    """Send what the signing form would send, although the page offers none; what comes back."""
    token = next(one["value"] for one in somebody.context.cookies() if one["name"] == "csrftoken")
    today = datetime.now(tz=UTC).date()
    answers: dict[str, str | float | bool] = {"csrfmiddlewaretoken": token, "regard": "yes", **_boxes("on", today)}
    response = somebody.context.request.post(f"{somebody.url}/{somebody.slug}{path}", form=answers)
    assert response.status in (403, 422), response.status
    return " ".join(response.text().split())


def _boxes(name: str, day: date) -> dict[str, str]:
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


def when_the_next_signatory_signs_from_their_own_work(signatory: Visitor, title: str) -> None:
    signatory.goes_to("/desk/").follows(title)
    signatory.sees("SHA-256 of what you sign")
    signatory.presses("Sign", exact=True)  # without the acknowledgement
    assert signatory.errors == ["Select that you have read the review"]
    signatory.tab.get_by_label("I have read this review").check()
    signatory.presses("Sign", exact=True).sees("You have signed the review.")


def then_it_waits_for(somebody: Visitor, review: int, post: str) -> None:
    somebody.goes_to(f"/reviews/{review}/life/").sees(f"Waits for the signature of {post}", "Legally reviewed")


def then_it_is_sent_to_the_policy_and_projects_officer_with_its_file(
    keeper: Visitor, review: int, hearth: RealHearth
) -> None:
    until(lambda: "Monitoring" in keeper.goes_to(f"/reviews/{review}/life/").text)
    keeper.sees("Sent on")
    sent = until(
        lambda: [one for one in letters(hearth) if "tom@dartford.example" in one["To"] and TITLE in one.as_string()]
    )
    (letter,) = sent
    assert "has been approved" in letter["Subject"]
    (file,) = letter.iter_attachments()
    assert file.get_filename().endswith(".docx")
    assert file.get_content()[:2] == b"PK"
    keeper.goes_to("/messages/").sees("has been approved", "Sent")


def letters(hearth: RealHearth) -> list[Any]:
    """The letters that left, as the mail server would have got them."""
    files = sorted((hearth.data / "letters").glob("*"))
    texts = [text for file in files for text in file.read_bytes().split(b"-" * 79 + b"\n") if text.strip()]
    return [message_from_bytes(text, policy=default) for text in texts]


def until(there: Callable[[], Any], seconds: float = 60) -> Any:
    """Wait for what the worker does."""
    deadline = time.monotonic() + seconds
    while not (found := there()):
        assert time.monotonic() < deadline, "The worker has not done it within a minute."
        time.sleep(0.5)
    return found


def then_its_actions_are_tracked(keeper: Visitor) -> None:
    keeper.goes_to("/actions/").sees("Add a question on assistance animals", TITLE)


def when_an_action_is_completed(manager: Visitor) -> None:
    manager.goes_to("/desk/").follows("Add a question on assistance animals", nth=0)
    manager.follows("Start work").presses("Start", exact=True)
    manager.follows("Complete it")
    manager.chooses("Was the intended outcome reached?", "Yes")
    manager.fills("What shows that it was done?", "The visit form of 2 November 2026 has the question.")
    manager.presses("Complete", exact=True).sees("The action is complete.")


def when_the_review_falls_due(officer: Visitor, review: int) -> None:
    officer.goes_to(f"/reviews/{review}/life/").follows("Mark it as due for review")
    officer.fills("Why is it due now?", "The rules on charging have changed.").presses("Mark as due")
    officer.sees("The review is marked as due.")


def then_it_cannot_be_closed_while_actions_are_open(keeper: Visitor, review: int) -> None:
    keeper.goes_to(f"/reviews/{review}/life/").follows("Close it as superseded").presses("Close", exact=True)
    (error,) = keeper.errors
    assert error.startswith("This review cannot be closed:")
    assert "neither finished nor dropped" in error
    keeper.goes_to(f"/reviews/{review}/life/").sees("Due for review")
