"""Mystery shops: scores, what closes one, and the quarter's view."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.kernel.refusals import Refused
from hearth.surveys.rules import shops

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("said", "field"),
    [({"score": -1}, "score"), ({"score": 11}, "score"), ({"comment": " "}, "comment"),
     ({"done_on": TODAY + timedelta(1)}, "done_on")],
)  # fmt: skip
def test_a_result_needs_score_and_words(said, field):
    with pytest.raises(Refused) as refused:
        shops.check_result(**{"score": 5, "comment": "Polite.", "done_on": TODAY, "today": TODAY, **said})
    assert refused.value.field == field


def test_the_ends_of_the_scale_are_scores():
    for score in (0, 10):
        shops.check_result(score=score, comment="x", done_on=TODAY, today=TODAY)


@pytest.mark.parametrize(
    ("score", "actions", "no_change", "closes"),
    [(6, 0, "It was a bad day", False), (6, 1, "", True), (7, 0, "", False), (7, 0, "All as it should be", True)],
)
def test_below_the_standard_only_an_improvement_closes(score, actions, no_change, closes):
    if closes:
        shops.check_closing(score=score, pass_score=7, actions=actions, no_change=no_change)
        return
    with pytest.raises(Refused):
        shops.check_closing(score=score, pass_score=7, actions=actions, no_change=no_change)


def test_a_quarter_names_the_service_that_nobody_tried():
    found = shops.quarter([("Repairs", 6, 7), ("Repairs", 9, 7), ("Repairs", 8, 7)], ["Repairs", "Lettings"])
    assert [(one.service, one.shops, one.average, one.below) for one in found] == [
        ("Lettings", 0, None, 0),
        ("Repairs", 3, Decimal("7.7"), 1),
    ]


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_every_day_lies_in_its_quarter(day):
    first, last = shops.quarter_of(day)
    assert first <= day <= last
    assert shops.quarter_of(last + timedelta(1))[0] == last + timedelta(1)
    assert 90 <= (last - first).days + 1 <= 92
