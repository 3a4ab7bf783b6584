"""The three reviews that this council has printed: exactly the faults that are known in them (reference 5.7)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from hearth.reviews.rules.checks.context import Neighbour
from hearth.reviews.rules.content import Content
from hearth.reviews.rules.reading import read
from tests.rules.reviews.checks.figures.building import CHECKS, CONTEXT, FORM, codes, found

FAULTS = {
    "000": "D01 D02 D03 D04 D05 D06 D07 D08 D09",
    "001": "D01 D05 D10 D11 D12 D13 D14 D15 D16 D17 D18",
    "002": "D02 D03 D05 D06 D07 D08 D09 D19 D20 S01 S02 S03",
}


def content_of(shared: Path, number: str) -> Content:
    (path,) = (shared / "seeds").glob(f"{number}_*.txt")
    return read(path.read_text(encoding="utf-8"), FORM).content


@pytest.mark.parametrize("number", sorted(FAULTS))
def test_the_known_faults_are_found_and_no_others(shared: Path, number: str) -> None:
    assert codes(content_of(shared, number)) == set(FAULTS[number].split())


@pytest.mark.requirement("PROF-12")
def test_the_age_bands_of_2022_make_90_and_a_lost_digit_is_suggested(shared: Path) -> None:
    (finding,) = found("D01", content_of(shared, "000"))
    assert "90.00%" in finding.message
    assert finding.suggestion == "16.45%"


def test_the_age_bands_of_2022_leave_out_423(shared: Path) -> None:
    (finding,) = found("D04", content_of(shared, "000"))
    assert "423" in finding.message


@pytest.mark.requirement("PROF-06")
def test_the_age_bands_of_2022_overlap_at_three_ages(shared: Path) -> None:
    (finding,) = found("D02", content_of(shared, "000"))
    assert "35, 55 and 75" in finding.message


def test_only_sexual_orientation_is_off_in_2023(shared: Path) -> None:
    (finding,) = found("D01", content_of(shared, "001"))
    assert "100.33%" in finding.message


def test_only_homelessness_lacks_its_base_in_2023(shared: Path) -> None:
    (finding,) = found("D17", content_of(shared, "001"))
    assert "6.76%, 25.57% and 4.46%" in finding.message


def test_three_characteristics_of_2026_have_no_figures(shared: Path) -> None:
    (finding,) = found("D09", content_of(shared, "002"))
    assert "3 of 9" in finding.message


def test_three_blocks_of_2026_give_people_away(shared: Path) -> None:
    assert len(found("S01", content_of(shared, "002"))) == 3


@pytest.mark.requirement("PROF-16")
def test_the_profile_of_2026_cannot_be_compared_with_that_of_2022(shared: Path) -> None:
    earlier = (
        Neighbour("Domestic abuse strategy", 2023, content_of(shared, "001")),
        Neighbour("Engagement strategy", 2022, content_of(shared, "000")),
    )
    (finding,) = found("D21", content_of(shared, "002"), replace(CONTEXT, earlier=earlier))
    assert "2022" in finding.message
    assert "Tenant 1" in finding.message


def test_every_check_has_a_code_of_its_own_in_order() -> None:
    wanted = [f"D{n:02}" for n in range(1, 22)] + ["S01", "S02", "S03"]
    assert list(CHECKS) == wanted
