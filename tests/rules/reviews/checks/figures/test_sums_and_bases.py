"""D01, D03, D04, D05 and D17: arithmetic, bases, counts and precision."""

from __future__ import annotations

import pytest

from hearth.reviews.rules.content import Content, Figure, Profile, Snapshot
from tests.rules.reviews.checks.figures.building import HOMES, PEOPLE, found, review

BANDS = "Age – {} of tenants are aged under 35; 35.44% are aged 35 to 54; 34.40% are 55 to 74; and 13.71% are 75 plus."


def snapshot(*figures: Figure, base: int | None = None) -> Content:
    return Content(profile=Profile(snapshots=(Snapshot("religion", figures, base=base),)))


@pytest.mark.requirement("PROF-12")
def test_a_total_short_of_100_is_told_with_the_value_that_a_lost_digit_explains() -> None:
    (finding,) = found("D01", review(BANDS.format("6.45%")))
    assert "90.00%" in finding.message
    assert finding.suggestion == "16.45%"


def test_two_changed_places_are_an_explanation_too() -> None:
    (finding,) = found("D01", review("Sex – 85% of tenants are female and 51% are male."))
    assert "136%" in finding.message
    (finding,) = found("D01", review("Age – 12.0% are under 25; 67.0% are 25 to 64; and 12.0% are 65 and over."))
    assert finding.suggestion == ""  # 76.0 for 67.0, but also 21.0 for either 12.0


@pytest.mark.requirement("PROF-12")
def test_a_total_that_rounding_explains_is_no_fault() -> None:
    assert not found("D01", review(BANDS.format("16.46%")))  # 100.01, 0.02 allowed


def test_nothing_is_suggested_where_no_single_slip_explains_the_total() -> None:
    (finding,) = found("D01", review("Sex – 58.3% of tenants are female and 44.0% are male."))
    assert finding.suggestion == ""


def test_parts_may_not_be_more_than_what_they_are_parts_of() -> None:
    text = "Disability – 15% of tenants are disabled. Of this, 9% are limited a lot and 9% are limited a little."
    assert found("D01", review(text))
    assert not found("D01", review(text.replace("9% are limited a little", "6% are limited a little")))


def test_two_examples_of_a_few_per_cent_are_not_taken_for_a_whole() -> None:
    assert not found("D01", review("Religion – 4% of tenants are Muslim and 2% are Hindu."))


def test_homes_are_no_base_for_people() -> None:
    text = f"{HOMES}\n• Sex – 60% of tenants are female and 40% are male."
    (finding,) = found("D03", review(text))
    assert "5,120 homes" in finding.message
    assert not found("D03", review(f"{PEOPLE} {text}"))


@pytest.mark.requirement("PROF-16")
@pytest.mark.parametrize("basis", ["Tenant 1", "lead tenant", "head of household"])
def test_data_of_one_person_for_each_tenancy_are_said_to_leave_people_out(basis: str) -> None:
    text = f"{PEOPLE} The profile of tenants ({basis} data) is:\n• Sex – 60% of tenants are female and 40% are male."
    (finding,) = found("D03", review(text))
    assert "Joint tenants" in finding.message


def test_the_landlords_own_profile_needs_a_base() -> None:
    assert "No base" in found("D03", review("Sex – 60% of tenants are female and 40% are male."))[0].message


def test_a_base_of_which_no_count_gives_the_figure_is_doubted() -> None:
    text = "The total tenant population is 50.\n• Sex – 33.33% of tenants are female and 66.67% are male."
    assert any("whole number" in finding.message for finding in found("D03", review(text)))


def test_people_who_are_in_no_row_are_counted() -> None:
    text = PEOPLE + "\n• Age – {} of tenants are aged under 35; 35.5% are aged 35 to 54; and 48.0% are 55 plus."
    (finding,) = found("D04", review(text.format("6.5%")))
    assert "about 486 are missing" in finding.message
    assert not found("D04", review(text.format("16.5%")))


def test_counts_of_a_snapshot_add_up_to_its_base() -> None:
    rows = (Figure("Christian", count=60), Figure("No religion", count=30))
    assert found("D04", snapshot(*rows, base=100))
    assert not found("D04", snapshot(*rows, Figure("Unknown", count=10, unknown=True), base=100))


def test_one_precision_in_one_profile() -> None:
    mixed = "The total tenant population is 48,700.\n• Sex – 60% of tenants are female and 40% are male.\n"
    assert found("D05", review(mixed + "• Age – 40.5% of tenants are aged under 40 and 59.5% are aged 40 and over."))
    assert not found("D05", review(mixed + "• Age – 41% of tenants are aged under 40 and 59% are aged 40 and over."))


@pytest.mark.parametrize(
    ("people", "share", "fine"),
    [("870", "60.5", True), ("1,870", "60.5", False), ("4,870", "60.50", True), ("48,700", "60.50", False)],
)
def test_no_more_decimals_than_the_base_carries(people: str, share: str, fine: bool) -> None:
    other = "39.50" if share == "60.50" else "39.5"
    text = f"The total tenant population is {people}.\n• Sex – {share}% of tenants are female and {other}% are male."
    assert bool(found("D05", review(text))) is fine


def test_a_percentage_needs_a_base_or_a_dated_source() -> None:
    text = "Arrears\nArrears were the reason for 6.76% of applicants and for 25.57% of evictions."
    assert found("D17", review(text))
    assert not found("D17", review(f"{text} This is from a survey of 300 people."))


def test_another_bodys_figure_with_a_dated_source_can_be_looked_up() -> None:
    text = "Health\nAbout 30% of adults nationally have a condition.\n(Source: Health survey, NHS, May 2024)"
    assert not found("D17", review(text))
    assert found("D17", review(text.replace(", May 2024", "").replace("survey", "data")))
