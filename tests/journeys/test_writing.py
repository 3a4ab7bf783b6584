"""A review is written from its screening to its submission, on its pages."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.journeys import laundry
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.xdist_group("journeys")
Arrive = Callable[..., Visitor]
REASON = "Every block has one laundry room only, and the Forum asked that nobody be kept out of it."


@pytest.mark.requirement("CAR-04")
def test_a_review_is_written_from_its_screening_to_its_submission(visitor: Arrive) -> None:
    nadia = visitor("nadia@dartford.example")
    review = when_a_review_is_begun(nadia, laundry.TITLE)
    when_its_screening_finds_that_people_may_be_harmed(nadia)
    then_the_full_assessment_opens(nadia)
    when_an_empty_answer_is_looked_at_then_a_check_says_so_beside_it(nadia, review)
    when_every_part_is_written(nadia, review)
    when_the_profile_and_a_figure_of_the_library_are_put_in(nadia, review)
    then_no_answer_is_missing(nadia, review)
    then_it_cannot_be_submitted_yet(nadia, review)
    when_the_check_that_stops_is_set_aside_with_a_reason(nadia, review)
    when_it_is_submitted(nadia, review)
    then_its_answers_can_no_longer_be_changed(nadia, review)
    then_the_reasons_are_printed_in_it(nadia, review)


def when_a_review_is_begun(officer: Visitor, title: str) -> int:
    officer.goes_to("/reviews/").follows("Begin a review")
    officer.fills("What is being assessed?", title)
    officer.chooses("Is it new, changed or existing?", "A new proposal")
    officer.presses("Go on to the screening")
    found = re.search(r"/reviews/(\d+)/screening/", officer.path)
    assert found, officer.errors
    return int(found[1])


def when_its_screening_finds_that_people_may_be_harmed(officer: Visitor) -> None:
    officer.presses("Decide")
    assert any("Disability" in error for error in officer.errors), officer.errors  # nothing is taken for granted
    officer.chooses("What is being screened?", "Policy")
    officer.chooses("Does it commit or remove significant resources?", "No")
    officer.chooses("Could it affect relations between groups", "No")
    officer.tab.get_by_label("b) promoting equality of opportunity").check()
    for group in officer.tab.get_by_role("group", name=re.compile("adverse impact likely")).all():
        disability = (group.locator("legend").inner_text() or "").startswith("Disability")
        group.get_by_label("Yes" if disability else "No", exact=True).check()
    officer.presses("Decide")


def then_the_full_assessment_opens(officer: Visitor) -> None:
    assert officer.heading == "Result of the screening", officer.errors
    officer.sees("full assessment", "Disability")


def when_an_empty_answer_is_looked_at_then_a_check_says_so_beside_it(officer: Visitor, review: int) -> None:
    officer.goes_to(f"/reviews/{review}/answers/monitoring/")
    beside = officer.tab.get_by_role("complementary", name="Beside this answer").inner_text()
    assert "Put right or say why" in beside or "Put right" in beside, beside


def when_every_part_is_written(officer: Visitor, review: int) -> None:
    """From one part to the next by "Save and go on"; each kind of part comes once at least."""
    written = []
    officer.goes_to(f"/reviews/{review}/").follows("Assessment details")
    while True:
        key = officer.path.split("/")[-2]
        laundry.PARTS[key](officer)
        written.append(key)
        on = officer.button("Save and go on").count() > 0
        officer.presses("Save and go on" if on else "Save", exact=True)
        officer.sees("has been saved.")
        if not on:
            break
    assert written == list(laundry.PARTS), written


def when_the_profile_and_a_figure_of_the_library_are_put_in(officer: Visitor, review: int) -> None:
    officer.goes_to(f"/reviews/{review}/answers/profile/").presses("Save and put in a profile")
    officer.tab.get_by_label("Tenant profile, March 2026").check()
    officer.presses("Put in this profile").sees("The profile has been put in and frozen.")
    officer.presses("Save and cite the evidence library")
    officer.tab.get_by_role("checkbox").first.check()
    officer.presses("Cite these figures").sees("each with its source")


def then_no_answer_is_missing(officer: Visitor, review: int) -> None:
    officer.goes_to(f"/reviews/{review}/").does_not_see("Not started")
    officer.goes_to(f"/reviews/{review}/impacts/").does_not_see("Not decided")


def then_it_cannot_be_submitted_yet(officer: Visitor, review: int) -> None:
    officer.goes_to(f"/reviews/{review}/").sees("2 checks stop it")
    assert not officer.link("Submit for signing").count()


def when_the_check_that_stops_is_set_aside_with_a_reason(officer: Visitor, review: int) -> None:
    officer.goes_to(f"/reviews/{review}/answers/impacts.religion/").follows("Go on all the same, with a reason")
    save = officer.tab.locator("main button[type=submit]").last.inner_text().strip()
    officer.fills("Reason", "No room.").presses(save)
    assert officer.errors == ["Give the reason in a sentence. It is printed in the review."]
    officer.fills("Reason", REASON).presses(save)
    assert officer.errors == []


def when_it_is_submitted(officer: Visitor, review: int) -> None:
    officer.goes_to(f"/reviews/{review}/")
    assert officer.link("Submit for signing").count(), officer.goes_to(f"/reviews/{review}/checks/?level=block").text
    officer.follows("Submit for signing").sees("Head of Legal Services", "Deputy Chief Executive")
    officer.presses("Submit", exact=True).sees("The review has been submitted.")


def then_its_answers_can_no_longer_be_changed(officer: Visitor, review: int) -> None:
    officer.goes_to(f"/reviews/{review}/").sees("With Legal Services")
    officer.goes_to(f"/reviews/{review}/answers/aims/").sees("its answers can no longer be changed")
    assert officer.tab.locator("textarea").count() == 0


def then_the_reasons_are_printed_in_it(officer: Visitor, review: int) -> None:
    officer.goes_to(f"/reviews/{review}/preview/").sees(REASON, "One lowered machine in every room")
