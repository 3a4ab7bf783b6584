"""Two profiles are compared on like answers only, and never by way of what is hidden."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.equality.rules import Common, Part, Side, Way, compare, rolled_up

SEX = Common("sex", ("Female", "Male"), {"Female": Way("Female"), "Male": Way("Male")},
             {"Women": Way("Female"), "Men": Way("Male")})  # fmt: skip


def counted(base: int, places: int = 2, **counts: int | None) -> Side:
    return Side(tuple(Part(label, count) for label, count in counts.items()), base, "", places)


@pytest.mark.requirement("PROF-21")
def test_the_difference_is_that_of_the_printed_shares() -> None:
    tenants = counted(4159, Female=2771, Male=1388)
    borough = Side((Part("Women", share=Decimal("51")), Part("Men", share=Decimal("49"))), None)
    lines = compare(tenants, borough, [SEX]).lines
    assert [(line.label, line.first, line.second, line.difference) for line in lines] == [
        ("Female", Decimal("66.63"), Decimal("51"), Decimal("15.63")),
        ("Male", Decimal("33.37"), Decimal("49"), Decimal("-15.63")),
    ]


@pytest.mark.requirement("PROF-21")
def test_answers_without_a_match_are_not_comparable() -> None:
    one = counted(100, Female=60, Male=30, Other=10)
    lines = compare(one, counted(50, Women=25, Men=25), [SEX]).lines
    assert lines[-1].label == "Other"
    assert not lines[-1].comparable
    assert lines[-1].note.startswith("Not comparable")


@pytest.mark.requirement("CAR-49")
def test_another_definition_shows_both_shares_and_no_difference() -> None:
    ways = {"Disabled": Way("Disabled")}
    wider = {"Disabled or vulnerable": Way("Disabled", "It also counts vulnerability.")}
    common = Common("disability", ("Disabled",), ways, wider)
    line = compare(counted(1000, Disabled=199), Side((Part("Disabled or vulnerable", 255),), 1000), [common]).lines[0]
    assert (line.first, line.second, line.difference) == (Decimal("19.90"), Decimal("25.50"), None)
    assert line.note == "Not comparable: definition differs. It also counts vulnerability."


def test_the_set_that_matches_most_answers_is_used() -> None:
    narrow = Common("broad", ("All",), {"Female": Way("All"), "Male": Way("All")}, {"Women": Way("All")})
    assert compare(counted(10, Female=6, Male=4), counted(10, Women=5, Men=5), [narrow, SEX]).in_set == "sex"


def test_without_a_common_set_nothing_is_subtracted() -> None:
    lines = compare(counted(10, Yes=6, No=4), counted(10, Yes=5, No=5), []).lines
    assert [line.comparable for line in lines] == [False] * 4


@pytest.mark.requirement("PROF-07")
def test_six_groups_roll_up_into_three() -> None:
    side = counted(3000, White=1944, Asian=41, Black=43, Mixed=56, Other=5, Unknown=911)
    ways = {label: Way("BME") for label in ("Asian", "Black", "Mixed", "Other")}
    ways |= {"White": Way("White"), "Unknown": Way("Unknown")}
    parts = rolled_up(side, ways, ("White", "BME", "Unknown"))
    assert [(part.label, str(part.share)) for part in parts] == [
        ("White", "64.80"), ("BME", "4.83"), ("Unknown", "30.37")
    ]  # fmt: skip


def test_a_group_with_one_hidden_answer_among_shown_ones_stays_hidden() -> None:
    side = counted(100, A=50, B=None, C=20, D=None)
    assert side.share_of(["A", "B"]) is None
    assert side.share_of(["B"]) is None
    assert side.share_of(["A", "C"]) == Decimal("70.00")


@given(st.lists(st.one_of(st.none(), st.integers(0, 500)), min_size=2, max_size=6), st.data())
def test_no_group_says_more_than_what_is_printed(counts: list[int | None], data: st.DataObject) -> None:
    """Whatever is said of a group is the same for all hidden values that fit what is printed."""
    labels = [f"L{n}" for n in range(len(counts))]
    group = data.draw(st.sets(st.sampled_from(labels), min_size=1))
    shown = sum(count or 0 for count in counts)
    side = Side(tuple(Part(label, count) for label, count in zip(labels, counts, strict=True)), shown + 40)
    hidden = {label for label, count in zip(labels, counts, strict=True) if count is None}
    said = side.share_of(sorted(group))
    if said is not None and hidden & group:
        assert hidden <= group  # then it is the base less what is printed
