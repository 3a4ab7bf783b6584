"""The attacker: everything a reader knows of treated tables as linear bounds, solved to bound every hidden cell.

A one-way table with parts is a tree of sums, whose matrix is totally unimodular: the bounds that linear programming
finds are whole numbers, and every whole number between them is possible.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import linprog

from hearth.kernel.counts import Cell, Reason, Treated, TreatedCell

Path = tuple[str, ...]


@dataclass
class Attack:
    """`exact` cells are those whose true value the reader is supposed to know besides what is printed."""

    treated: Treated
    base: int | None = None  # the exact base, if the reader knows it
    exact: Mapping[Path, int] = field(default_factory=dict)
    bounds: dict[Path, tuple[float, float | None]] = field(default_factory=dict)
    sums: list[tuple[Path, list[Path]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        slack = self.treated.rounding // 2
        base = self.treated.base
        if self.base is not None:
            self.bounds[()] = (self.base, self.base)
        else:
            self.bounds[()] = (0, None) if base is None else (base - slack, base + slack)
        for table in self.treated.tables:
            self._take((), (table.name,), table.cells, slack)

    def _take(self, total: Path, at: Path, cells: tuple[TreatedCell, ...], slack: int) -> None:
        for cell in cells:
            path = (*at, cell.label)
            self.bounds[path] = self._known(path, cell, slack)
            if cell.children:
                self._take(path, path, cell.children, slack)
        self.sums.append((total, [(*at, cell.label) for cell in cells]))

    def _known(self, path: Path, cell: TreatedCell, slack: int) -> tuple[float, float | None]:
        if path in self.exact:
            return self.exact[path], self.exact[path]
        if cell.shown is not None:  # nothing from 1 to t-1 is ever shown
            return (0, 0) if cell.shown == 0 else (max(cell.shown - slack, cell.threshold), cell.shown + slack)
        if cell.reason is Reason.SMALL:
            return 1, cell.threshold - 1
        return (cell.threshold, None) if cell.reason is Reason.PROTECTS else (0, None)

    def solve(self, path: Path, sign: int, fixed: Mapping[Path, int] | None = None) -> float | None:
        """The least (sign 1) or greatest (sign -1) value that the cell can have; None if nothing fits."""
        places = {name: i for i, name in enumerate(self.bounds)}
        sums = np.zeros((len(self.sums), len(places)))
        for row, (total, parts) in enumerate(self.sums):
            sums[row, places[total]] -= 1
            for part in parts:
                sums[row, places[part]] += 1
        goal = np.zeros(len(places))
        goal[places[path]] = sign
        bounds = [(fixed[p], fixed[p]) if fixed and p in fixed else b for p, b in self.bounds.items()]
        found = linprog(goal, A_eq=sums, b_eq=np.zeros(len(self.sums)), bounds=bounds, method="highs")
        if found.status == 3:
            return float("inf") * -sign
        return None if found.status == 2 else sign * found.fun

    def interval(self, path: Path) -> tuple[float, float]:
        """The bounds that the reader can put on one cell."""
        least, most = self.solve(path, 1), self.solve(path, -1)
        assert least is not None, "the true table must fit what is printed"
        assert most is not None
        return round(least, 6), round(most, 6)

    def possible(self, fixed: Mapping[Path, int]) -> bool:
        """Whether these values, all at once, fit what is known."""
        return self.solve((), 1, fixed) is not None


def exact_values(name: str, cells: tuple[Cell, ...]) -> dict[Path, int]:
    """Every true count by its path."""
    values: dict[Path, int] = {}
    for cell in cells:
        values[(name, cell.label)] = cell.count
        below = exact_values(name, cell.children)
        values.update({(name, cell.label, *path[1:]): count for path, count in below.items()})
    return values
