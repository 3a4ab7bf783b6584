"""Two-way tables, attacked by linear programming. All numbers are invented."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from hearth.kernel.counts import Grid, Policy, Reason, treat_grid
from hearth.kernel.refusals import Refused

POLICY = Policy(sensitive=10, other=5, rounding=5)
COUNT = st.one_of(st.integers(0, 12), st.integers(0, 60), st.integers(0, 900))


def grid(*counts, sensitive=True):
    rows, columns = (tuple(f"{kind}{i}" for i in range(n)) for kind, n in (("r", len(counts)), ("c", len(counts[0]))))
    return Grid("Age by orientation", rows, columns, tuple(counts), sensitive)


@st.composite
def grids(draw):
    width = draw(st.integers(2, 5))
    rows = draw(st.lists(st.tuples(*[COUNT] * width), min_size=2, max_size=5))
    return grid(*rows, sensitive=draw(st.booleans()))


def bounds_of(exact, done, place):
    """What a reader can say of one cell who knows the base and all printed cells exactly."""
    whole = [[*row, sum(row)] for row in exact.counts]
    whole.append([sum(column) for column in zip(*whole, strict=True)])
    height, width = len(whole), len(whole[0])
    bounds = []
    for i, row in enumerate(done.cells):
        for j, cell in enumerate(row):
            known = {Reason.SMALL: (1, cell.threshold - 1), Reason.PROTECTS: (cell.threshold, None)}
            count = whole[i][j]
            printed = cell.reason is Reason.SHOWN or (i, j) == (height - 1, width - 1)
            bounds.append((count, count) if printed else known.get(cell.reason, (0, None)))
    sums = []
    for i in range(height):
        sums.append(np.zeros((height, width)))
        sums[-1][i, :] = [1] * (width - 1) + [-1]
    for j in range(width):
        sums.append(np.zeros((height, width)))
        sums[-1][:, j] = [1] * (height - 1) + [-1]
    found = []
    for sign in (1, -1):
        goal = np.zeros((height, width))
        goal[place] = sign
        solved = linprog(
            goal.ravel(), A_eq=[s.ravel() for s in sums], b_eq=[0] * len(sums), bounds=bounds, method="highs"
        )
        assert solved.status == 0
        found.append(round(sign * solved.fun, 6))
    return tuple(found)


@pytest.mark.requirement("PROF-26")
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(grids())
def test_no_value_of_any_small_cell_can_be_excluded(exact):
    done = treat_grid(exact, POLICY)
    for i, row in enumerate(done.cells):
        for j, cell in enumerate(row):
            if cell.reason is Reason.SMALL:
                assert bounds_of(exact, done, (i, j)) == (1, cell.threshold - 1)


@given(grids())
def test_no_small_count_is_printed_and_no_share_of_a_hidden_total(exact):
    done = treat_grid(exact, POLICY)
    for counts, row in zip(exact.counts, done.cells, strict=False):
        for count, cell in zip(counts, row, strict=False):
            assert cell.hidden or count == 0 or count >= cell.threshold
            assert cell.percent is None or not (cell.hidden or row[-1].hidden)


def test_one_small_cell_takes_three_more_with_it_so_that_neither_line_gives_it_back():
    done = treat_grid(grid((4, 60, 300), (50, 70, 400), (90, 200, 500)), POLICY)
    hidden = [(i, j) for i, row in enumerate(done.cells) for j, cell in enumerate(row) if cell.hidden]
    assert hidden == [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert done.cells[0][0].printed == "fewer than 10"
    assert done.cells[3][3].printed == "1,675"


def test_a_grid_without_small_cells_is_shown_whole():
    done = treat_grid(grid((40, 60), (50, 70)), POLICY)
    assert not any(cell.hidden for row in done.cells for cell in row)
    assert done.cells[0][0].printed_percent == "40%"


def test_a_grid_too_small_to_protect_is_withheld_but_for_its_base():
    done = treat_grid(grid((4, 3), (2, 11)), POLICY)
    flat = [cell for row in done.cells for cell in row]
    assert [cell.reason for cell in flat[:-1]] == [Reason.WITHHELD] * 8
    assert flat[-1].printed == "20"


def test_a_row_that_says_the_same_of_everybody_in_it_withholds_a_sensitive_grid():
    assert treat_grid(grid((0, 60), (50, 70)), POLICY).cells[0][0].reason is Reason.WITHHELD
    assert treat_grid(grid((0, 60), (50, 70), sensitive=False), POLICY).cells[0][1].printed == "60"


def test_ragged_or_negative_counts_are_refused():
    with pytest.raises(Refused, match="every row and column"):
        treat_grid(Grid("g", ("a",), ("b", "c"), ((1,),)), POLICY)
    with pytest.raises(Refused, match="below zero"):
        treat_grid(Grid("g", ("a",), ("b",), ((-1,),)), POLICY)
