"""Profiles and outside figures in a review, the checks with their reasons, and profiles of several years."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from hearth.reviews import queries
from tests.factories import people, reviews
from tests.rooms.reviews.conftest import said

SINGLE = 7  # invented, of the shape that must be printed with two places


@pytest.fixture
def profile(inside: Any) -> Any:
    """Tenants by sex and disability; nothing is held on the other characteristics."""
    from hearth.db.jobs import system
    from hearth.equality import services
    from hearth.equality.rules import Answer

    by = system(inside.pk)
    made = services.add_profile(
        title="Tenants in March 2026", population="tenants", basis="first tenant of each home",
        as_at=date(2026, 3, 31), base=4000, source="Housing register", by=by,
    )  # fmt: skip
    for characteristic, answers in (
        ("sex", [Answer("Female", 2593), Answer("Male", 1400), Answer("Unknown", SINGLE, True)]),
        ("disability", [Answer("Disabled", 1022), Answer("Not disabled", 2978)]),
    ):
        services.set_figures(profile=made, characteristic=characteristic, answers=answers, by=by)
    return made


def test_a_profile_is_put_in_block_by_block_with_base_and_not_held(
    any_review: Any, desk: Any, profile: Any, inside: Any
) -> None:
    page = desk.send("reviews:insert_profile", {"profile": str(profile.pk)}, pk=any_review.pk, follow=True)
    words = said(page)
    assert "The profile has been put in and frozen" in words
    assert "Unknown 7 0.18%" in words  # 0.175 goes up
    assert "Base: 4,000" in words
    assert "As at 31 March 2026" in words
    assert "Source: Housing register" in words
    printed = said(desk.page("reviews:preview", pk=any_review.pk))
    for name in ("Religion", "Pregnancy", "Marriage"):
        assert f"{name}: not held." in printed
    profile.refresh_from_db()
    assert profile.frozen_at is not None


@pytest.mark.requirement("CAR-10", "PROF-13")
def test_the_answer_on_people_is_filled_from_the_profile(review: Any, desk: Any, profile: Any) -> None:
    desk.send("reviews:insert_profile", {"profile": str(profile.pk)}, pk=review.pk)
    blocks = {block["characteristic"]: block for block in queries.parts_of(review)["profile"].value["snapshots"]}
    form = queries.form_of(review)
    assert list(blocks) == [c.code for c in form.characteristics]
    assert [figure["printed"] for figure in blocks["sex"]["figures"]] == ["64.83%", "35.00%", "0.18%"]
    assert {code for code, block in blocks.items() if block["held"]} == {"sex", "disability"}


@pytest.mark.requirement("CAR-11")
def test_later_changes_of_the_data_do_not_alter_the_review(review: Any, desk: Any, profile: Any, inside: Any) -> None:
    from hearth.db.jobs import system
    from hearth.equality import services
    from hearth.equality.rules import Answer
    from hearth.kernel.refusals import Refused

    desk.send("reviews:insert_profile", {"profile": str(profile.pk)}, pk=review.pk)
    profile.refresh_from_db()
    with pytest.raises(Refused):
        services.set_figures(
            profile=profile, characteristic="sex", answers=[Answer("Female", 4000)], by=system(inside.pk)
        )
    profile.cells.all().delete()  # even if it were gone, the review keeps what was decided on
    words = said(desk.page("reviews:preview", pk=review.pk))
    assert "Base: 4,000" in words
    assert "64.83%" in words


def test_putting_a_profile_in_keeps_the_words_and_a_second_time_replaces_its_blocks(
    review: Any, desk: Any, profile: Any, officer: Any
) -> None:
    reviews.answer(review, "profile", {"text": "My words."}, by=people.actor(officer))
    for _ in range(2):
        desk.send("reviews:insert_profile", {"profile": str(profile.pk)}, pk=review.pk)
    value = queries.parts_of(review)["profile"].value
    assert value["text"] == "My words."
    assert len(value["snapshots"]) == len(queries.form_of(review).characteristics)
    sent = {"seen": str(queries.parts_of(review)["profile"].number), "text": "My words.", "take_out": ["empty"]}
    desk.send("reviews:part", {**sent, "statistics-rows": "0"}, pk=review.pk, key="profile")
    kept = queries.parts_of(review)["profile"].value["snapshots"]
    assert [block["characteristic"] for block in kept] == ["disability", "sex"]


@pytest.mark.requirement("CAR-12")
def test_an_outside_figure_needs_its_source_and_prints_it_in_brackets(review: Any, desk: Any, officer: Any) -> None:
    row = {"statistics-rows": "1", "statistics-0-text": "15.2% of residents are disabled."}
    page = desk.send("reviews:part", {"seen": "0", **row}, pk=review.pk, key="profile", follow=True)
    bare = said(page)
    told = {"publisher": "ONS", "title": "Census 2021", "period": "March 2021", "published": "January 2023"}
    full = {**row, **{f"statistics-0-{name}": words for name, words in told.items()}}
    number = str(queries.parts_of(review)["profile"].number)
    page = desk.send("reviews:part", {"seen": number, **full}, pk=review.pk, key="profile", follow=True)
    codes = [f.code for f in queries.findings(review, on=date(2026, 3, 31)) if "publisher" in f.message.lower()]
    assert "publisher" in bare.lower().replace("when it was published", "")
    assert codes == []
    printed = said(desk.page("reviews:preview", pk=review.pk))
    assert "(Source: ONS, Census 2021, March 2021, January 2023)" in printed


def test_figures_of_the_evidence_library_are_cited_once_with_their_source(review: Any, desk: Any, inside: Any) -> None:
    from hearth.db.jobs import system
    from hearth.equality import services

    kept = services.add_statistic(
        text="One in five has an impairment.", publisher="ONS", title="Survey", period="2024", published="May 2025",
        characteristic="disability", by=system(inside.pk),
    )  # fmt: skip
    for _ in range(2):
        desk.send("reviews:add_evidence", {"statistics": [str(kept.pk)]}, pk=review.pk)
    assert [row["text"] for row in queries.parts_of(review)["profile"].value["statistics"]] == [kept.text]
    number = str(queries.parts_of(review)["profile"].number)
    sent = {"statistics-rows": "1", "statistics-0-text": kept.text, "statistics-0-publisher": "ONS", "text": "Words"}
    desk.send("reviews:part", {"seen": number, **sent}, pk=review.pk, key="profile")
    assert queries.parts_of(review)["profile"].value["statistics"][0]["characteristic"] == "disability"


def test_all_checks_stand_in_one_list_by_step_and_level(any_review: Any, desk: Any, officer: Any) -> None:
    found = queries.findings(any_review, on=date(2026, 3, 31))
    page = said(desk.page("reviews:checks", pk=any_review.pk))
    assert all(finding.message in page for finding in found if finding.level == "block")
    blocks = sum(finding.level == "block" for finding in found)
    only = said(desk.page("reviews:checks", pk=any_review.pk, query={"level": "block"}))
    assert f"To put right ({blocks})" in only
    assert "Look again" not in only.partition("Checks warn and ask")[2]
    assert "unlawful" not in page.replace("unlawful discrimination", "")


def test_a_check_that_stops_is_set_aside_only_with_a_reason_that_is_printed(
    review: Any, desk: Any, officer: Any
) -> None:
    reviews.answer_all(review, by=people.actor(officer))
    before = {"negative": "Heavier bins for people over 75.", "negative_aims": ["b"]}
    reviews.answer(review, "impacts.age", before, by=people.actor(officer))
    row = said(desk.page("reviews:part", pk=review.pk, key="impacts.age"))
    assert "Put right or say why The impact on Age is negative and no alternative is told" in row
    code = next(f.code for f in queries.findings(review, on=date(2026, 3, 31)) if "no alternative" in f.message)
    link = desk.address("reviews:set_aside", pk=review.pk, code=code)
    assert link in desk.page("reviews:part", pk=review.pk, key="impacts.age").content.decode()
    short = desk.send("reviews:set_aside", {"reason": "No."}, pk=review.pk, code=code)
    assert short.status_code == 422
    assert "Give the reason in a sentence" in said(short)
    stopping = len(queries.stopping(queries.findings(review, on=date(2026, 3, 31)), review))
    reason = "The lighter bins were tried in 2024 and broke within weeks."
    desk.send("reviews:set_aside", {"reason": reason}, pk=review.pk, code=code)
    review = type(review).objects.get(pk=review.pk)
    assert len(queries.stopping(queries.findings(review, on=date(2026, 3, 31)), review)) < stopping
    assert "Set aside by Olu Adair" in said(desk.page("reviews:checks", pk=review.pk))
    assert reason in said(desk.page("reviews:preview", pk=review.pk))
    assert desk.page("reviews:set_aside", pk=review.pk, code="V01").status_code == 404  # to be mended, not set aside


def test_a_whole_review_is_submitted_and_then_stands_still(any_review: Any, desk: Any, officer: Any) -> None:
    reviews.answer_all(any_review, by=people.actor(officer))
    page = said(desk.page("reviews:submit", pk=any_review.pk))
    assert "Head of Legal Services" in page
    assert desk.send("reviews:submit", pk=any_review.pk).status_code == 302
    any_review.refresh_from_db()
    assert any_review.status == "submitted"
    assert "With Legal Services" in said(desk.page("reviews:review", pk=any_review.pk))
    assert desk.page("reviews:set_aside", pk=any_review.pk, code="C02").status_code in (200, 404)


def test_a_returned_review_shows_its_comments_and_is_taken_up_again(review: Any, desk: Any) -> None:
    from django.utils import timezone

    from hearth.reviews.models import Comment

    Comment.objects.create(review=review, text="Say who was asked.", by_name="Lea Crane", at=timezone.now())
    type(review).objects.filter(pk=review.pk).update(status="returned")
    words = said(desk.page("reviews:review", pk=review.pk))
    assert "Say who was asked." in words
    assert "Take this review up again" in words
    desk.send("reviews:resume", pk=review.pk)
    review.refresh_from_db()
    assert review.status == "drafting"
    assert "Say who was asked." in said(desk.page("reviews:review", pk=review.pk))


def test_the_task_list_says_who_else_saved_lately(review: Any, desk: Any, colleague: Any) -> None:
    reviews.answer(review, "aims", {"text": "Tidy gardens"}, by=people.actor(colleague))
    words = said(desk.page("reviews:review", pk=review.pk))
    assert "Mo Brand saved Question 1" in words
    assert "Saved by Mo Brand" in words
    assert "2. Who will be affected by the activity or proposal? Not started" in words


@pytest.mark.requirement("CAR-49")
def test_profiles_of_two_years_stand_side_by_side_and_say_that_the_definition_differs(
    review: Any, desk: Any, officer: Any, shared: Path
) -> None:
    from hearth.reviews import services
    from hearth.reviews.rules.content import to_parts

    seeds = sorted((shared / "seeds").glob("00[02]_*.txt"))
    assert len(seeds) == 2
    contents = [
        services.read_offline(
            name=seed.name, body=seed.read_bytes(), on=date(2026, 5, 1), definition=reviews.definition("dartford")
        )[0].content
        for seed in seeds
    ]
    by = people.actor(officer)
    earlier = reviews.drafting(by, title="Tenancy strategy", on=date(2022, 9, 1))
    reviews.answer(earlier, "profile", to_parts(contents[0])["profile"], by=by)
    type(review).objects.filter(pk=earlier.pk).update(
        status="monitoring", assessed_on=date(2022, 9, 1), approved_on=date(2022, 10, 3)
    )
    reviews.answer(review, "profile", to_parts(contents[1])["profile"], by=by)
    type(review).objects.filter(pk=review.pk).update(assessed_on=date(2026, 3, 1))
    words = said(desk.page("reviews:compare", pk=review.pk))
    part = words[words.index("Disability") :]
    assert "19.95%" in part
    assert "25.56%" in part
    assert "2022 and 2026 cannot be compared as they stand: the definition differs" in part
