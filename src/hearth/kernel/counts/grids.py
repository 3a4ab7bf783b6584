"""Small-number protection for two-way tables: one characteristic down, another across, with totals both ways.

The promise, t being the threshold. A reader who knows the exact base, every printed cell exactly and why each other
cell is hidden can still not exclude any value from 1 to t-1 for **any one** small cell. It is weaker than the promise
for one-way tables, which holds for all small cells together. It says nothing of other tables of the same people:
print a two-way table beside one-way tables of the same characteristics only if no total that it shows is hidden there.

How. Cells are flows between the lines of the table: a cell may rise by d just when d people can be moved round a
circle of hidden cells. For each small cell we look for the cheapest such circles, hiding cells on the way, until it
can take every value from 1 to t-1. What is hidden later only adds room. Flows with whole bounds have whole solutions,
so the values between the bounds are possible too.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field

from hearth.kernel.counts.percent import decimals_for, percent, round_to
from hearth.kernel.counts.tables import Policy, Reason, TreatedCell
from hearth.kernel.refusals import Refused

TOTAL = "Total"
Place = tuple[int, int]
Node = tuple[str, int]


@dataclass(frozen=True)
class Grid:
    """Counts by row and column without totals. Rows are groups of people, columns what is said of them."""

    name: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    sensitive: bool = True
    unknown_columns: frozenset[str] = frozenset()


@dataclass(frozen=True)
class TreatedGrid:
    """A grid as printed: a last row and a last column hold the totals, their corner the rounded base."""

    name: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[TreatedCell, ...], ...]
    threshold: int


def treat_grid(grid: Grid, policy: Policy) -> TreatedGrid:
    """A two-way table fit to print; shares are of the row. Refuses counts below zero and rows of unequal length."""
    if any(len(row) != len(grid.columns) for row in grid.counts) or len(grid.counts) != len(grid.rows):
        raise Refused(f"“{grid.name}” does not have a figure for every row and column.", field=grid.name)
    if any(count < 0 for row in grid.counts for count in row):
        raise Refused(f"“{grid.name}” has a count below zero.", field=grid.name)
    threshold = policy.sensitive if grid.sensitive else policy.other
    whole = [[*row, sum(row)] for row in grid.counts]
    whole.append([sum(column) for column in zip(*whole, strict=True)] if whole else [0])
    work = _Work(whole, threshold)
    withheld = work.base < threshold or _says_it_of_a_row(grid, policy) or not work.protect()
    cells = tuple(
        tuple(_cell(grid, policy, work, (i, j), withheld) for j in range(len(whole[0]))) for i in range(len(whole))
    )
    return TreatedGrid(grid.name, (*grid.rows, TOTAL), (*grid.columns, TOTAL), cells, threshold)


def _says_it_of_a_row(grid: Grid, policy: Policy) -> bool:
    """Whether some row says of everybody in it that they are one known thing (reference 5.5 no. 1)."""
    if not (policy.guard_certainty and grid.sensitive):
        return False
    known = [i for i, column in enumerate(grid.columns) if column not in grid.unknown_columns]
    return len(grid.columns) > 1 and any(sum(row) and row[i] == sum(row) for row in grid.counts for i in known)


def _cell(grid: Grid, policy: Policy, work: _Work, place: Place, withheld: bool) -> TreatedCell:
    row, column = place
    label = f"{(*grid.rows, TOTAL)[row]}: {(*grid.columns, TOTAL)[column]}"
    reason = work.reasons[place]
    if withheld and (place != work.corner or work.base < work.threshold):
        return TreatedCell(label, Reason.WITHHELD, work.threshold)
    if reason is not Reason.SHOWN:
        return TreatedCell(label, reason, work.threshold)
    shown = round_to(work.whole[row][column], policy.rounding)
    total = round_to(work.whole[row][-1], policy.rounding)
    if work.reasons[(row, len(grid.columns))] is not Reason.SHOWN or not total:
        return TreatedCell(label, reason, work.threshold, shown)  # a share would give the hidden total back
    places = decimals_for(total, shown, work.threshold)
    return TreatedCell(label, reason, work.threshold, shown, percent(shown, total, places))


@dataclass
class _Work:
    """The grid with its totals as a network of flows: which cells are hidden, and what each could still be."""

    whole: list[list[int]]
    threshold: int
    reasons: dict[Place, Reason] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.corner: Place = (len(self.whole) - 1, len(self.whole[0]) - 1)
        self.base = self.whole[-1][-1]
        for i, row in enumerate(self.whole):
            for j, count in enumerate(row):
                small = 0 < count < self.threshold and (i, j) != self.corner
                self.reasons[(i, j)] = Reason.SMALL if small else Reason.SHOWN

    def protect(self) -> bool:
        """Hide what is needed; False if some small cell cannot be protected whatever is hidden."""
        small = sorted(place for place, reason in self.reasons.items() if reason is Reason.SMALL)
        return all(self._free(place, up) for place in small for up in (True, False))

    def _ends(self, place: Place) -> tuple[Node, Node]:
        """From which line to which a cell's people flow; totals flow back, so that each line's flows balance."""
        row, column = ("row", place[0]), ("column", place[1])
        back = (place[0] == self.corner[0]) != (place[1] == self.corner[1])
        return (column, row) if back else (row, column)

    def _room(self, place: Place, moved: int, up: bool) -> int:
        """How much further a cell could rise or fall, were it hidden."""
        count = self.whole[place[0]][place[1]]
        if self.reasons[place] is Reason.SMALL:
            return self.threshold - 1 - count - moved if up else count + moved - 1
        if place == self.corner or count < self.threshold:
            return 0  # the base is known, and none is printed as none
        return self.base if up else count + moved - self.threshold

    def _free(self, place: Place, up: bool) -> bool:
        """Hide the cheapest cells that let this one rise to t-1, or fall to 1."""
        count = self.whole[place[0]][place[1]]
        left = self.threshold - 1 - count if up else count - 1
        tail, head = self._ends(place)
        start, goal = (head, tail) if up else (tail, head)
        moved: dict[Place, int] = {}
        while left:
            steps = self._cheapest(place, start, goal, moved)
            if steps is None:
                return False
            amount = min(left, *(self._room(step, moved.get(step, 0), rises) for step, rises in steps))
            for step, rises in steps:
                moved[step] = moved.get(step, 0) + (amount if rises else -amount)
                if self.reasons[step] is Reason.SHOWN:
                    self.reasons[step] = Reason.PROTECTS
            left -= amount
        return True

    def _cheapest(
        self, but: Place, start: Node, goal: Node, moved: dict[Place, int]
    ) -> list[tuple[Place, bool]] | None:
        """The way from line to line, not over the cell itself, that hides the fewest cells, then the fewest people.

        Each step is a cell and whether it rises.
        """
        best: dict[Node, tuple[int, int]] = {start: (0, 0)}
        came: dict[Node, tuple[Node, tuple[Place, bool]]] = {}
        queue = [((0, 0), start)]
        while queue:
            cost, node = heapq.heappop(queue)
            if node == goal:
                break
            if cost > best[node]:
                continue
            for step, rises, beyond in self._steps(node):
                if step == but or self._room(step, moved.get(step, 0), rises) <= 0:
                    continue
                new = self.reasons[step] is Reason.SHOWN
                dearer = (cost[0] + new, cost[1] + new * self.whole[step[0]][step[1]])
                if beyond not in best or dearer < best[beyond]:
                    best[beyond], came[beyond] = dearer, (node, (step, rises))
                    heapq.heappush(queue, (dearer, beyond))
        if goal not in came:
            return None
        steps, node = [], goal
        while node != start:
            node, step_taken = came[node]
            steps.append(step_taken)
        return steps

    def _steps(self, node: Node) -> list[tuple[Place, bool, Node]]:
        """The cells of a line: along its flow a cell rises, against it it falls."""
        kind, at = node
        if kind == "row":
            places = [(at, j) for j in range(len(self.whole[0]))]
        else:
            places = [(i, at) for i in range(len(self.whole))]
        steps = []
        for place in places:
            tail, head = self._ends(place)
            steps.append((place, tail == node, head if tail == node else tail))
        return steps
