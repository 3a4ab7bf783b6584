"""The pages of writing, on every form that is shipped: wording to the letter, and no code that knows one form."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from hearth.reviews import queries
from tests.factories import people, reviews
from tests.rooms.reviews.conftest import said

PAGES = ("review", "checks", "submit", "preview", "compare", "matrix", "insert_profile", "add_evidence")


@pytest.mark.parametrize("full", [False, True], ids=["empty", "full"])
def test_every_page_of_a_review_opens_on_every_form(any_review: Any, desk: Any, officer: Any, full: bool) -> None:
    if full:
        reviews.answer_all(any_review, by=people.actor(officer))
    for page in PAGES:
        assert desk.page(f"reviews:{page}", pk=any_review.pk).status_code == 200, page
    for key in queries.part_keys(queries.form_of(any_review)):
        opened = desk.page("reviews:part", pk=any_review.pk, key=key)
        assert opened.status_code == 200, key
        assert "Dartford" not in said(opened)


def test_a_part_shows_the_wording_of_its_own_form_to_the_letter(any_review: Any, desk: Any) -> None:
    form = queries.form_of(any_review)
    for key in queries.part_keys(form):
        question = form.question_for(key)
        if question is None:
            continue
        words = said(desk.page("reviews:part", pk=any_review.pk, key=key))
        letter = next((part for part in question.parts if part.answers == key), None)
        assert form.say(letter.wording if letter else question.wording) in words, key
        for note in question.notes:
            assert form.say(note) in words, key


@pytest.mark.requirement("CAR-01")
def test_the_task_list_has_the_steps_and_questions_as_printed(
    review: Any, desk: Any, shared: Path, landlord: Any
) -> None:
    page = said(desk.page("reviews:review", pk=review.pk))
    printed = yaml.safe_load((shared / "data" / "refdata.yaml").read_text(encoding="utf-8"))["car_template"]
    assert len(printed["steps"]) == 6
    seen, place = [], 0
    for step in printed["steps"]:
        heading = f"Step {step['no']}: {step['title']}"
        assert page.index(heading) > place, heading
        place = page.index(heading)
        seen += list(step["questions"])
    assert seen == list(range(1, 19))
    form = queries.form_of(review)
    for step in printed["steps"]:
        for number, wording in step["questions"].items():
            question = form.question(number)
            whole = " ".join(
                [form.say(question.wording)]
                + [f"{part.letter}) {form.say(part.wording)}" for part in question.parts if number == 3]
            )
            ours = wording.replace("Dartford Borough Council", landlord.name)
            assert whole.rstrip(":") == ours.rstrip(":"), number
            shown = page
            if number == 12:  # each lettered part is a task of its own; the question heads the printed review
                shown = said(desk.page("reviews:preview", pk=review.pk))
            assert form.say(question.wording) in shown, number


@pytest.mark.requirement("CAR-18")
def test_the_matrix_has_its_rows_in_the_printed_order_and_its_four_columns(
    review: Any, desk: Any, shared: Path
) -> None:
    printed = yaml.safe_load((shared / "data" / "refdata.yaml").read_text(encoding="utf-8"))["car_template"]
    words = said(desk.page("reviews:matrix", pk=review.pk))
    places = [words.index(f"{label} Not decided") for label in _starred(printed["characteristics"])]
    assert places == sorted(places)
    assert len(places) == 9
    row = said(desk.page("reviews:part", pk=review.pk, key="impacts.age"))
    for column in printed["columns"]:
        assert column.capitalize() in row


def _starred(labels: list[str]) -> list[str]:
    return [f"{label}*" if label == "Marriage and Civil Partnership" else label for label in labels]


def test_nothing_is_decided_until_somebody_decides(any_review: Any, desk: Any) -> None:
    form = queries.form_of(any_review)
    words = said(desk.page("reviews:matrix", pk=any_review.pk))
    assert words.count("Nobody yet") == len(form.characteristics)
    for c in form.characteristics:
        page = desk.page("reviews:part", pk=any_review.pk, key=f"impacts.{c.code}").content.decode()
        assert (" checked" in page) is c.employment_only  # offered there, and decided only by saving


def test_groups_that_a_council_adds_and_its_score_are_asked_like_the_others(
    inside: Any, desk: Any, officer: Any
) -> None:
    form = reviews.store_form("thornbridge")
    review = reviews.drafting(people.actor(officer), form=form)
    desk.send(
        "reviews:part",
        {"seen": "0", "negative": "Higher cost.", "negative_aims": ["b"], "severity": "3", "likelihood": "4"},
        pk=review.pk,
        key="impacts.carers",
    )
    words = said(desk.page("reviews:matrix", pk=review.pk))
    for label in ("Unpaid carers", "Care-experienced people", "Socio-economic disadvantage", "Armed forces community"):
        assert f"{label} Added by the council" in words
    assert "12: High" in words
    desk.send("reviews:part", {"seen": "0", "text": "It costs £4,000."}, pk=review.pk, key="extra.cost")
    assert "It costs £4,000." in said(desk.page("reviews:preview", pk=review.pk))


@pytest.mark.requirement("CAR-24")
def test_the_note_that_fits_the_kind_of_activity_stands_out(review: Any, desk: Any) -> None:
    for activity, note, other in (
        ("existing", "For existing activities", "For new proposals"),
        ("new", "For new proposals", "For existing activities"),
    ):
        seen = queries.parts_of(review)["duty"].number
        desk.send("reviews:part", {"seen": str(seen), "activity": activity}, pk=review.pk, key="duty")
        page = desk.page("reviews:matrix", pk=review.pk).content.decode()
        assert f"<strong>{note}" in page
        assert f"<strong>{other}" not in page
        assert ("See what the profiles say of each group" in page) is (activity == "existing")


def test_nobody_without_the_right_opens_a_page_of_writing(review: Any, client_as: Any, user_with: Any) -> None:
    reader = client_as(user_with(roles=["auditor"]))
    assert reader.page("reviews:review", pk=review.pk).status_code == 200
    assert reader.page("reviews:part", pk=review.pk, key="aims").status_code == 403
    assert reader.page("reviews:submit", pk=review.pk).status_code == 403
    councillor = client_as(user_with(roles=["councillor"]))
    assert councillor.page("reviews:reviews").status_code == 403
