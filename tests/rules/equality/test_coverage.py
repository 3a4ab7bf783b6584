"""Whether those who took part stand for everybody, told from printed figures alone."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.equality.rules import Verdict, judge, lines
from hearth.kernel.counts import Cell, Policy, Reason, Table, TreatedCell, treat

POLICY = Policy(10, 5, 5, guard_certainty=False)


def shown(count, share, threshold=5):
    return TreatedCell("g", Reason.SHOWN, threshold, count, Decimal(share))


def verdict(took, registered, people=100, unknown=False):
    return judge(took, registered, people=people, rounding=5, unknown=unknown)


@pytest.mark.requirement("PROF-28")
def test_eighty_women_in_a_hundred_are_too_many_beside_two_in_three():
    assert verdict(shown(80, "80"), shown(2770, "66.6")) is Verdict.OVER
    assert verdict(shown(20, "20"), shown(1390, "33.4")) is Verdict.UNDER
    assert verdict(shown(65, "65"), shown(2770, "66.6")) is Verdict.FAIR


@pytest.mark.requirement("INC-02")
def test_a_group_of_which_nobody_took_part_is_named_however_small_it_is_in_the_register():
    assert verdict(shown(0, "0"), shown(85, "2.09")) is Verdict.NONE
    assert verdict(shown(0, "0"), TreatedCell("g", Reason.SMALL, 10)) is Verdict.NONE
    assert verdict(shown(0, "0"), shown(0, "0")) is Verdict.FAIR


def test_what_is_said_of_people_of_whom_nothing_is_known_is_nothing():
    assert verdict(shown(90, "90"), shown(30, "3"), unknown=True) is Verdict.APART


COUNTS = st.lists(st.integers(0, 60), min_size=3, max_size=6)


@pytest.mark.requirement("PROF-26")
@given(COUNTS, st.lists(st.integers(20, 900), min_size=6, max_size=6), st.randoms(use_true_random=False))
def test_a_verdict_is_the_same_whatever_a_small_figure_that_is_hidden_is(counts, register, random):
    """Every small count gives way to another, made up for in a hidden cell: the printed page stays as it is."""
    register = register[: len(counts)]
    if sum(counts) < 10:
        return

    def page(these):
        took = treat([Table("t", cells(these))], sum(these), POLICY).tables[0]
        ours = treat([Table("t", cells(register))], sum(register), POLICY).tables[0]
        return took, lines(took, ours, people=sum(these), rounding=5, unknown=frozenset())

    def cells(these):
        return tuple(Cell(f"c{n}", count) for n, count in enumerate(these))

    took, said = page(counts)
    small = [n for n, cell in enumerate(took.cells) if cell.reason is Reason.SMALL]
    cover = [n for n, cell in enumerate(took.cells) if cell.reason is Reason.PROTECTS]
    if not small or not cover:
        return
    other = list(counts)
    for place in small:
        other[place] = random.randint(1, 9)
    other[cover[0]] += sum(counts) - sum(other)
    if other[cover[0]] < 10:
        return
    again, told = page(other)
    if [cell.reason for cell in again.cells] == [cell.reason for cell in took.cells]:
        assert told == said
