"""Which two records are likely to be one person."""

from __future__ import annotations

from typing import Any

import pytest

from hearth.register.rules import duplicates as rules

ANN = {"given": "Ann Marie", "family": "Quarrington", "born": "1970-03-02", "email": "ann@example.org",
       "phones": ("+447700900123",), "address": "1 Alder Court", "postcode": "TB1 1AA"}  # fmt: skip


def record(id: int, **said: Any) -> dict[str, Any]:
    return rules.record(id=id, **{**ANN, **said})


def test_levels_of_every_comparison_add_up_and_end_with_all_else():
    for one in rules.comparisons(50_000):
        assert sum(level.m for level in one.levels) == pytest.approx(1)
        assert sum(level.u for level in one.levels) == pytest.approx(1, abs=0.02)
        assert one.levels[-1].condition == "ELSE"
        assert one.words(0) == one.levels[-1].words
        assert one.words(len(one.levels) - 1) == one.levels[0].words
        assert one.words(-1) == ""


def test_what_agrees_is_said_before_what_does_not():
    assert rules.reasons({"family": 5, "given": 0, "born": 2}) == [
        "Same family name and contact details", "Same date of birth", "Different given names",
    ]  # fmt: skip
    assert rules.reasons({"family": -1, "given": 4, "born": -1}) == ["Same given names"]


def test_records_are_compared_without_accents_marks_and_capitals():
    one = record(1, given="Ann-Marie", family="O’Néill", email="ANN@example.org", address="1, Alder  court")
    other = record(2, given="ann marie", family="oneill", email="ann@EXAMPLE.org")
    assert {**one, "id": 2} == other
    assert record(1, born="1970-03-02")["swapped"] == "1970-02-03"


def test_what_is_missing_is_not_compared():
    bare = rules.record(id=1, given="", family="Lee", born="", email="", phones=("", ""), address="", postcode="")
    assert [bare[name] for name in ("given", "born", "email", "phones", "mobile", "home", "postcode")] == [
        None, None, None, [], None, None, None,
    ]  # fmt: skip
