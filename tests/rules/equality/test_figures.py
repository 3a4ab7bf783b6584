"""Sums, shares, totals, stock and warnings."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.equality import rules
from hearth.equality.rules import Answer, Figures
from hearth.kernel.refusals import Refused


@pytest.mark.requirement("PROF-03")
def test_parts_that_miss_the_total_are_refused_with_the_sum() -> None:
    rules.check_parts({"tenants": 4159, "general_needs": 3732, "housing_scheme": 427})
    with pytest.raises(Refused, match="add up to 4,160, which is 1 more than 4,159"):
        rules.check_parts({"tenants": 4159, "general_needs": 3732, "housing_scheme": 428})


def test_nothing_is_said_while_a_part_is_missing() -> None:
    rules.check_parts({"tenants": 4159, "general_needs": 1})


@pytest.mark.requirement("PROF-02")
@pytest.mark.parametrize(
    ("before", "now", "words"),
    [
        (4230, 4194, "−36 (−0.85%)"), (100, 100, "No change"), (0, 5, "+5"), (200, 201, "+1 (+0.50%)"),
        (8, 7, "−1 (−12.50%)"),
    ],
)  # fmt: skip
def test_a_change_is_said_in_numbers_and_per_cent(before: int, now: int, words: str) -> None:
    assert str(rules.change(before, now)) == words


@given(st.integers(1, 10**6), st.integers(0, 10**6))
def test_a_change_there_is_the_change_back_in_numbers(before: int, now: int) -> None:
    assert rules.change(before, now).number == -rules.change(now, before).number


@pytest.mark.requirement("PROF-05", "PROF-12")
def test_a_total_says_whether_rounding_explains_it() -> None:
    ages = [Decimal(s) for s in ("2.09", "11.59", "17.94", "17.99", "21.30", "15.27", "13.54", "0.29")]
    assert rules.total_words(ages) == "100.01% (rounding)"
    assert rules.total_words([Decimal("6.45"), Decimal("35.44"), Decimal("34.40"), Decimal("13.71")]) == (
        "90.00% (does not make 100%)"
    )
    assert rules.total_words([Decimal("51"), Decimal("49")]) == "100%"


@pytest.mark.requirement("PROF-12")
def test_published_shares_that_make_more_than_100_are_refused() -> None:
    printed = ("91.2", "1.5", "0.91", "0.14", "0.03", "0.00", "0.01", "6.54")
    answers = [Answer(f"Answer {n}", None, printed=Decimal(p)) for n, p in enumerate(printed)]
    with pytest.raises(Refused, match=r"add up to 100\.33%"):
        rules.check_shares(characteristic="sexual_orientation", answers=answers)


@pytest.mark.requirement("PROF-23")
def test_an_answer_that_stands_twice_is_refused_by_its_rows() -> None:
    answers = [Answer("Hindu", 38), Answer("Muslim", 35), Answer(" hindu ", 17)]
    with pytest.raises(Refused, match="stands in row 1 and again in row 3"):
        rules.check_figures(characteristic="religion", answers=answers, base=90)


@pytest.mark.requirement("PROF-06")
def test_the_printed_bands_of_2022_are_refused_by_age() -> None:
    with pytest.raises(Refused, match="Ages 35, 55 and 75 fall in two bands"):
        rules.check_set(characteristic="age", labels=["up to 35", "35 to 55", "55 to 75", "75 plus"])
    with pytest.raises(Refused, match="Age 35 falls in no band"):
        rules.check_set(characteristic="age", labels=["up to 34", "36 and over"])


@pytest.mark.parametrize(
    ("label", "ages"),
    [("Under 25", (0, 24)), ("25-35", (25, 35)), ("75 and over", (75, None)), ("Unknown", (None,) * 2)],
)
def test_the_ages_of_a_band_are_read_from_its_label(label: str, ages: tuple[int | None, int | None]) -> None:
    assert rules.ages_of(label) == ages


@pytest.mark.requirement("PROF-13")
def test_shares_are_half_up_of_the_base_and_published_ones_stay_as_printed() -> None:
    assert str(Answer("Not applicable", 7).share(4159)) == "0.17"
    assert str(Answer("Female", None, printed=Decimal("51")).share(None)) == "51"
    with pytest.raises(Refused):
        Answer("Female", 5).share(None)


def test_the_unknown_share_is_of_counts_or_of_published_shares() -> None:
    assert Figures("race", (Answer("White", 70), Answer("Unknown", 30, True)), 100).unknown_share == Decimal("30.00")
    printed = (Answer("a", None, printed=Decimal("93.5")), Answer("?", None, True, Decimal("6.54")))
    assert Figures("race", printed, None).unknown_share == Decimal("6.54")


@pytest.mark.requirement("PROF-16", "PROF-22")
def test_other_people_and_other_averages_give_a_warning() -> None:
    assert rules.check_same_basis("Tenant 1 data", "tenant 1 data ") == ""
    assert "count different people" in rules.check_same_basis("Tenant 1 data", "All tenants")
    assert rules.check_averages("mean", "mean") == ""
    assert "different kinds of average" in rules.check_averages("mean", "median")


@pytest.mark.requirement("CAR-13")
def test_a_draft_or_a_replaced_source_gives_a_warning() -> None:
    assert "draft" in rules.outdated(draft=True, replaced_by="")
    assert "July 2022" in rules.outdated(draft=True, replaced_by="Statutory guidance, July 2022")
    assert rules.outdated(draft=False, replaced_by="") == ""
