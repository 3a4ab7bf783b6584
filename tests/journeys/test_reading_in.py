"""A review that was written and signed elsewhere is read in, looked through, corrected and put on record."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.xdist_group("journeys")
ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "docs" / "examples" / "example-review.txt"
SEEDS = ["000_67da68a6b50ae487.txt", "001_23afed834ed17ed9.txt", "002_2d387df9b588c815.txt"]
Arrive = Callable[..., Visitor]


@pytest.mark.requirement("CAR-34")
def test_a_review_approved_before_legal_saw_it_counts_only_once_its_approver_confirms_it(visitor: Arrive) -> None:
    nadia = visitor("nadia@dartford.example")
    review = when_a_document_is_read_in(nadia, EXAMPLE)
    then_document_and_draft_stand_side_by_side(nadia, "Communal Garden Policy", "Seating and level paths make")
    when_an_answer_of_the_draft_is_corrected(nadia, review)
    then_the_correction_stands_beside_the_document(nadia, review)
    when_it_is_recorded_as_signed_before_hearth(nadia, review, odd="Approved 6 days before legal review.")
    then_it_is_not_approved_yet(nadia, review)
    graham = visitor("graham@dartford.example")
    when_the_approver_confirms_it_again(graham, review)
    then_it_is_being_monitored(graham, review)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_published_review_is_read_in_whole(visitor: Arrive, shared: Path, seed: str) -> None:
    nadia = visitor("nadia@dartford.example")
    when_a_document_is_read_in(nadia, shared / "seeds" / seed)
    then_every_question_has_its_place(nadia)


@pytest.mark.requirement("CAR-34")
def test_the_review_of_2026_shows_that_it_was_approved_thirteen_days_before_legal_review(
    visitor: Arrive, shared: Path
) -> None:
    nadia = visitor("nadia@dartford.example")
    review = when_a_document_is_read_in(nadia, shared / "seeds" / SEEDS[2])
    when_it_is_recorded_as_signed_before_hearth(nadia, review, odd="Approved 13 days before legal review.")
    then_it_is_not_approved_yet(nadia, review)


def test_a_text_that_found_no_place_is_put_into_an_answer_by_hand(visitor: Arrive, tmp_path: Path) -> None:
    nadia = visitor("nadia@dartford.example")
    review = when_a_document_is_read_in(nadia, given_an_example_with_a_loose_remark(tmp_path))
    when_the_loose_text_is_put_into(nadia, "Question 11", "The mobile library calls on Tuesdays")
    nadia.goes_to(f"/reviews/{review}/answers/comments/")
    assert "The mobile library calls on Tuesdays" in nadia.tab.locator("textarea").first.input_value()


def given_an_example_with_a_loose_remark(folder: Path) -> Path:
    text = EXAMPLE.read_text(encoding="utf-8")
    remark = "The mobile library calls on Tuesdays and has nothing to do with gardens."
    path = folder / "with a remark.txt"
    path.write_text(f"{text}\n\n{remark}\n", encoding="utf-8")
    return path


def when_a_document_is_read_in(officer: Visitor, file: Path) -> int:
    """Returns the number of the draft."""
    officer.goes_to("/reviews/").follows("Read in an existing one")
    officer.attaches("Documents", file).presses("Read", exact=True)
    assert officer.heading == "What was read", officer.errors
    found = re.search(r"/reviews/(\d+)/reading/", officer.path)
    assert found
    return int(found[1])


def then_document_and_draft_stand_side_by_side(officer: Visitor, *words: str) -> None:
    sides = [
        officer.tab.get_by_role("region", name=name, exact=True) for name in ("The document", "The draft made from it")
    ]
    for side in sides:
        said = " ".join(side.inner_text().split())
        for one in words:
            assert one in said, f"“{one}” does not stand on this side: {said[:2000]}"
    boxes = [side.bounding_box() for side in sides]
    assert boxes[0]
    assert boxes[1]
    assert boxes[0]["x"] + boxes[0]["width"] <= boxes[1]["x"] + 1, "The two sides do not stand side by side."
    assert abs(boxes[0]["y"] - boxes[1]["y"]) < 5


def when_an_answer_of_the_draft_is_corrected(officer: Visitor, review: int) -> None:
    officer.follows("Change Question 11")
    officer.fills("Answer", "The garden club was not asked.").presses("Save", exact=True)
    officer.sees("Question 11 has been saved.")
    officer.goes_to(f"/reviews/{review}/reading/")


def then_the_correction_stands_beside_the_document(officer: Visitor, review: int) -> None:
    officer.sees("The garden club was not asked.", "Corrected since it was read.")


def when_it_is_recorded_as_signed_before_hearth(officer: Visitor, review: int, *, odd: str) -> None:
    officer.goes_to(f"/reviews/{review}/reading/").follows("Record as signed before Hearth")
    officer.sees(odd, "It will not count as approved until")
    officer.presses("Record as signed")


def then_it_is_not_approved_yet(officer: Visitor, review: int) -> None:
    officer.sees("It counts as approved once the approving post confirms it again.", "Legally reviewed")
    assert "not" in officer.tab.locator("dt:has-text('Approved on') + dd").inner_text().lower()
    officer.does_not_see("Publish it")


def when_the_approver_confirms_it_again(approver: Visitor, review: int) -> None:
    approver.goes_to(f"/reviews/{review}/life/").follows("Confirm the approval again")
    approver.presses("Confirm", exact=True).sees("The approval is confirmed.")


def then_it_is_being_monitored(approver: Visitor, review: int) -> None:
    approver.goes_to(f"/reviews/{review}/life/").sees("Monitoring", "Approval confirmed again")


def then_every_question_has_its_place(officer: Visitor) -> None:
    draft = officer.tab.get_by_role("region", name="The draft made from it", exact=True)
    labels = [one.get_attribute("aria-label") or "" for one in draft.locator("section").all()]
    for number in range(1, 17):
        assert any(re.match(rf"Question {number}(\D|$)", label) for label in labels), f"Question {number} is missing."
    missing = draft.locator("section", has_text="Not found in the document")
    lacking = {one.get_attribute("aria-label") or "" for one in missing.all()}
    assert all("before you begin" in label.lower() for label in lacking), lacking  # which no printed form has


def when_the_loose_text_is_put_into(officer: Visitor, place: str, words: str) -> None:
    waiting = officer.tab.locator(".hearth-finding", has_text=words)
    entries = [entry.strip() for entry in waiting.locator("option").all_inner_texts()]
    waiting.locator("select").select_option(label=next(entry for entry in entries if entry.startswith(place)))
    officer.presses("Put it there", nth=officer.tab.locator(".hearth-finding:has(select)").count() - 1)
    officer.sees("The text has been put into the answer.")
