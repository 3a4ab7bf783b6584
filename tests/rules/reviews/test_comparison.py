"""Profiles of several years beside each other: what may be compared, and what may not."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from hearth.reviews.rules.comparison import compared
from hearth.reviews.rules.content import Content, Figure, Profile, Snapshot
from hearth.reviews.rules.form import form_from

EDITIONS = Path(__file__).parents[3] / "src" / "hearth" / "reviews" / "editions"
FORM = form_from(yaml.safe_load((EDITIONS / "thornbridge.yaml").read_text(encoding="utf-8")), landlord="A council")


def review(*figures: tuple[str, str], basis: str = "first tenant", base: int = 4000) -> Content:
    """A review whose profile holds these shares of age."""
    shares = tuple(Figure(label, printed, unknown=label == "Unknown") for label, printed in figures)
    block = Snapshot("age", shares, base, "tenants", basis, "31 March 2026", "Housing register")
    return Content(profile=Profile(snapshots=(block,)))


THEN = review(("16-24", "10%"), ("25-59", "60%"), ("60 and over", "30%"))


def test_bands_are_the_same_whatever_their_dash() -> None:
    now = review(("16 to 24", "12%"), ("25 to 59", "58%"), ("60+", "30%"))
    [topic] = compared(("Now", 2026, now), [("Then", 2022, THEN)], FORM)
    assert topic.notes == ()
    assert topic.labels == ("16 to 24", "25 to 59", "60+")
    assert [topic.figure(column, "16 to 24") for column in topic.columns] == ["12%", "10%"]


@pytest.mark.parametrize(
    ("now", "why"),
    [
        (review(("16 to 29", "12%"), ("30 to 59", "58%"), ("60+", "30%")), "the bands differ"),
        (review(("16 to 24", "12%"), ("25 to 59", "58%"), ("60+", "30%"), basis="all tenants"), "the base differs"),
        (
            review(("16 to 24", "12%"), ("25 to 59", "50%"), ("60+", "30%"), ("Unknown", "8%")),
            "people not known are counted only in the later one",
        ),
    ],
)
def test_what_cannot_be_compared_says_why(now: Content, why: str) -> None:
    [topic] = compared(("Now", 2026, now), [("Then", 2022, THEN)], FORM)
    assert len(topic.notes) == 1
    assert topic.notes[0].startswith("2022 and 2026 cannot be compared as they stand: ")
    assert why in topic.notes[0]


def test_a_year_without_figures_is_shown_as_holding_none() -> None:
    [topic] = compared(("Now", 2026, Content()), [("Then", 2022, THEN)], FORM)
    assert [column.held for column in topic.columns] == [False, True]
    assert compared(("Now", 2026, Content()), [], FORM) == []
