"""S01 to S03: figures that give people away. All counts are invented."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.kernel.counts.percent import percent
from hearth.kernel.findings import Level
from hearth.reviews.rules.content import Content, Figure, Impact, Profile, Snapshot, Text
from tests.rules.reviews.checks.figures.building import CONTEXT, PEOPLE, found, review

BASE = 4870


def block(counts: dict[str, int], topic: str = "Sexual orientation") -> Content:
    """A table of percentages with two decimals on the base; the rest is unknown."""
    counts = {**counts, "Unknown": BASE - sum(counts.values())}
    rows = tuple((topic, label, f"{percent(count, BASE)}%") for label, count in counts.items())
    return review(PEOPLE, rows=rows)


def test_a_percentage_that_gives_back_a_handful_is_warned_of() -> None:
    (finding,) = found("S01", block({"Heterosexual": 600, "Bisexual": 4, "Gay man": 30}))
    assert finding.level is Level.WARN
    assert "Bisexual" in finding.message
    assert "Gay man" not in finding.message


@given(st.integers(1, 9))
def test_no_message_says_how_many_people_it_is(count: int) -> None:
    for code in ("S01", "S02", "S03"):
        for finding in found(code, block({"Heterosexual": 600, "Bisexual": count})):
            said = finding.message.replace(f"{percent(count, BASE)}%", "").replace("fewer than 10", "")
            assert str(count) not in said


@pytest.mark.parametrize(("count", "speaks"), [(9, True), (10, False), (0, False)])
def test_the_threshold_is_the_smallest_number_that_may_be_shown(count: int, speaks: bool) -> None:
    assert bool(found("S01", block({"Heterosexual": 600, "Bisexual": count}))) is speaks


@pytest.mark.parametrize(("count", "speaks"), [(4, True), (5, False)])
def test_a_characteristic_that_is_not_sensitive_has_its_own_threshold(count: int, speaks: bool) -> None:
    assert bool(found("S01", block({"Under 25": count, "25 and over": 600}, "Age"))) is speaks


def test_thresholds_are_settings() -> None:
    content = block({"Heterosexual": 600, "Bisexual": 12})
    assert not found("S01", content)
    assert found("S01", content, replace(CONTEXT, threshold=15))


def test_few_unknowns_give_nobody_away() -> None:
    assert not found("S01", block({"Heterosexual": BASE - 103, "Bisexual": 100}))


def test_large_counts_that_can_be_worked_out_are_left_to_the_check_on_precision() -> None:
    content = block({"Heterosexual": 600, "Gay man": 30})
    assert not found("S02", content)
    assert found("D05", content)


def test_two_decimals_give_back_the_exact_count_of_a_small_group() -> None:
    assert found("S02", block({"Heterosexual": 600, "Bisexual": 4}))


def test_one_decimal_on_the_same_base_does_not() -> None:
    rows = (("Religion", "Christian", "60.0%"), ("", "Jewish", "0.1%"), ("", "Unknown", "39.9%"))
    content = review(PEOPLE, rows=rows)
    assert found("S01", content)
    assert not found("S02", content)


def test_hiding_one_small_group_is_not_enough() -> None:
    (finding,) = found("S03", block({"Heterosexual": 600, "Bisexual": 4, "Gay man": 30}))
    assert finding.suggestion


def test_nothing_is_to_be_hidden_where_nothing_is_small() -> None:
    assert not found("S03", block({"Heterosexual": 600, "Bisexual": 40}))


def test_a_census_table_of_a_town_is_not_judged() -> None:
    text = (
        "The borough population is 4,870.\n• Religion – 99.94% of the population are Christian and 0.06% are Jewish.\n"
        "(Source: Census 2021, ONS)"
    )
    assert not found("S01", review(text))


def test_a_count_in_a_sentence_is_found_in_any_part() -> None:
    impact = Impact("gender_reassignment", positive="We know of three tenants who are transgender.")
    (finding,) = found("S01", review(PEOPLE, impacts=(impact,)))
    assert finding.part == "impacts.gender_reassignment"


def test_a_share_in_a_sentence_is_found_in_any_part() -> None:
    said = Text("Only 0.04% of tenants are transgender.")
    (finding,) = found("S01", review(PEOPLE, explanation=said))
    assert finding.part == "explanation"
    assert not found("S01", review("", explanation=said))


def test_people_who_came_to_a_meeting_are_no_count_of_a_characteristic() -> None:
    assert not found("S01", review(PEOPLE, comments=Text("Four disabled tenants attended the meeting.")))


def test_a_count_in_a_snapshot_is_judged() -> None:
    figures = (Figure("Christian", count=90), Figure("Sikh", count=3), Figure("Unknown", count=7, unknown=True))
    content = Content(profile=Profile(snapshots=(Snapshot("religion", figures, base=100, population="tenants"),)))
    (finding,) = found("S01", content)
    assert "Sikh" in finding.quote
