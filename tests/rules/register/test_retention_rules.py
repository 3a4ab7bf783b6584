"""What is past its time, what a hold keeps, and how a day's report adds up."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.kernel.refusals import Refused
from hearth.register.rules import retention
from hearth.register.rules.retention import Hold, Line

KINDS = st.sampled_from(["", "register.need", "register.person"])
HOLDS = st.lists(st.builds(Hold, st.none() | st.integers(1, 5), KINDS))


def test_six_years_after_the_end_of_a_tenancy_its_time_is_over():
    assert retention.last_day(date(2026, 4, 1), 72) == date(2020, 4, 1)
    assert retention.last_day(date(2024, 2, 29), 12) == date(2023, 2, 28)


@given(HOLDS)
def test_a_hold_on_a_person_keeps_each_kind_that_it_names_and_a_bare_one_keeps_all(holds):
    for kind in ("register.need", "register.person"):
        people = retention.held_people(kind, holds)
        assert people == {one.person for one in holds if one.person and one.kind in ("", kind)}
        assert people <= retention.people_held_at_all(holds)
        assert retention.wholly_held(kind, holds) == (Hold(None, kind) in holds)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 9), st.integers(0, 9)), max_size=12))
def test_a_second_run_adds_what_it_did_and_nothing_when_it_did_nothing(rounds):
    report = []
    for kind, deleted, held in rounds:
        report = retention.added(report, [Line(kind, kind, "", deleted=deleted, held=held)])
    for kind in {kind for kind, _, _ in rounds}:
        line = next(one for one in report if one["kind"] == kind)
        assert line["deleted"] == sum(n for k, n, _ in rounds if k == kind)
        assert line["held"] == [h for k, _, h in rounds if k == kind][-1]
    again = [Line(one["kind"], one["words"], one["rule"], held=one["held"]) for one in report]
    assert retention.added(report, again) == report


def test_a_rule_is_said_in_months_and_whole_years():
    assert retention.rule_in_words(72, "the end") == "72 months (6 years) from the end"
    assert retention.rule_in_words(12, "the end") == "12 months (1 year) from the end"
    assert retention.rule_in_words(1, "the end") == "1 month from the end"


@pytest.mark.parametrize(
    "said", [{"person": None, "kind": ""}, {"person": 1, "kind": "no.such"}, {"person": 1, "reason": "claim"}]
)
def test_a_hold_names_what_it_holds_and_why(said):
    right = {"person": 1, "kind": "", "reason": "Claim about disrepair", "known": ["register.need"]}
    retention.check_hold(**right)
    with pytest.raises(Refused):
        retention.check_hold(**{**right, **said})
