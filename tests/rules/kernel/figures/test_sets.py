"""Totals within the tolerance of rounding, and what forms refuse."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.kernel.counts.percent import percent
from hearth.kernel.figures import (
    Average,
    FigureSet,
    Printed,
    check_averages,
    check_labels,
    check_total,
    likely_set,
    read_spans,
    topic_of,
)
from hearth.kernel.refusals import Refused


def printed(*values: str) -> FigureSet:
    figures = []
    for n, value in enumerate(values):
        decimals = len(value.partition(".")[2])
        figures.append(Printed(f"group {n}", Decimal(value), decimals, f"{value}%"))
    return FigureSet("Age", tuple(figures), additive=True)


@pytest.mark.requirement("PROF-12")
@pytest.mark.parametrize(
    ("values", "complete"),
    [
        (("6.45", "35.44", "34.40", "13.71"), False),  # 90.00
        (("50.01", "50.00"), True),  # 0.01 off, 0.01 allowed
        (("50.01", "50.01"), False),  # 0.02 off, 0.01 allowed
        (("33", "33", "33"), True),  # 1 off, 1.5 allowed
        (("33", "33", "32"), False),  # 2 off
        (("50.5", "50"), True),  # 0.5 off, 0.55 allowed
        (("50.6", "50"), False),
    ],
)
def test_a_total_is_sound_within_half_a_unit_of_each_last_decimal(values: tuple[str, ...], complete: bool) -> None:
    found = printed(*values)
    assert found.complete is complete
    if not complete:
        with pytest.raises(Refused, match="add up to"):
            check_total(found)


@given(st.lists(st.integers(0, 5000), min_size=2, max_size=12).filter(any), st.integers(0, 3))
def test_percentages_of_real_counts_always_make_100_within_the_tolerance(counts: list[int], places: int) -> None:
    base = sum(counts)
    found = printed(*(f"{percent(count, base, places):.{places}f}" for count in counts))
    assert found.complete


@given(st.integers(2, 9), st.integers(0, 2))
def test_one_unit_beyond_the_tolerance_is_a_fault(parts: int, places: int) -> None:
    unit = Decimal(1).scaleb(-places)
    beyond = Decimal(100) + (Decimal(parts) / 2 // 1 + 1) * unit
    values = [Decimal(1).quantize(unit)] * (parts - 1)
    assert not printed(*(f"{v:.{places}f}" for v in [*values, beyond - sum(values)])).complete


@pytest.mark.requirement("PROF-23")
def test_two_equal_names_in_one_characteristic_are_refused_with_the_row() -> None:
    with pytest.raises(Refused, match="“hindu” stands in row 2 and again in row 4"):
        check_labels(("Christian", "Hindu", "Muslim", "hindu"))
    check_labels(("Christian", "Hindu", "Muslim", "Sikh"))


@pytest.mark.requirement("PROF-22")
def test_a_mean_is_not_compared_with_a_median() -> None:
    median, mean = (Average(kind, Decimal(37), "years", "", "") for kind in ("median", "mean"))
    with pytest.raises(Refused, match="different kinds of average"):
        check_averages((median, mean))
    check_averages((median, median))


@pytest.mark.parametrize(
    ("heading", "topic"),
    [
        ("Sexual Orientation", "sexual_orientation"),
        ("Gender", "sex"),
        ("Gender reassignment", "gender_reassignment"),
        ("Religion/Belief", "religion"),
        ("Age profile of tenants", "age"),
        ("Marriage and Civil Partnership*", "marriage"),
        ("Manager", ""),
        ("Package of measures", ""),
    ],
)
def test_a_heading_names_its_characteristic(heading: str, topic: str) -> None:
    assert topic_of(heading) == topic


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("in 2019-2020", [(2019, 2020)]),
        ("in 2022-23", [(2022, 2023)]),
        ("the year ending March 2022, ONS, November 2022", [(2021, 2022)]),
        ("year ending March 2018 to year ending March 2020", [(2017, 2020)]),
        ("years ending March 2015 to 2017", [(2014, 2017)]),
        ("year ending December 2021", [(2021, 2021)]),
        ("Census 2021", [(2021, 2021)]),
        ("published in November 2022", []),
    ],
)
def test_periods_of_data_are_read_and_dates_of_publication_are_not(text: str, years: list[tuple[int, int]]) -> None:
    assert [(s.first, s.last) for s in read_spans(text)] == years


def test_a_set_that_lacks_one_category_is_still_known() -> None:
    labels = ("Christian", "Buddhist", "Hindu", "Jewish", "Muslim", "Other religion", "No religion", "Not answered")
    known = likely_set("religion", labels)
    assert known is not None
    assert known.missing(labels) == ("Sikh",)


def test_a_set_of_two_follows_no_known_set() -> None:
    assert likely_set("religion", ("Christian", "Other")) is None
