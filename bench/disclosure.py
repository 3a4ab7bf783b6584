"""What the protection of small numbers costs, beside the least that could be: an exact optimum by integer programming.

    .venv/bin/python bench/disclosure.py [--tables 200] [--grids 40] [--books 60] [--print]

Writes docs/disclosure.md, unless told to print only. Random tables, fixed seeds, invented numbers. The optimum is found
by HiGHS (scipy): the fewest hidden figures with which every small one can still be 1 and t-1 (and, for the figures
alone, one and t+1). It leaves out what Hearth promises of the larger hidden figures, so it is a bound from below.
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import lil_array

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from tests.rules.kernel.test_linked import linked_tables  # noqa: E402

from hearth.kernel.counts import (  # noqa: E402  # noqa: E402
    Book,
    Cell,
    Policy,
    Reason,
    Sheet,
    Table,
    cross,
    line,
    linked_book,
    protect,
    treat,
)

T = 10
POLICY = Policy(T, 5, 5, guard_certainty=False)
PAGE = ROOT / "docs" / "disclosure.md"
BIG = 10_000


@dataclass
class Tally:
    """How much was hidden over many tables, and how long it took."""

    what: str
    tables: int = 0
    withheld: int = 0
    cells: int = 0
    small: int = 0
    hidden: int = 0
    least: int = 0
    equal: int = 0
    seconds: float = 0.0
    slow: float = 0.0
    notes: list[str] = field(default_factory=list)

    def row(self) -> str:
        """A line of the page."""
        share = f"{100 * self.hidden / self.least:.1f}%" if self.least else ""
        return (
            f"| {self.what} | {self.tables} | {self.cells} | {self.small} | {self.hidden} "
            f"| {self.least or 'not sought'} "
            f"| {share} | {self.equal or ''} | {self.withheld} | {1000 * self.seconds / max(self.tables, 1):.1f} |"
        )


def least(book: Book) -> int | None:
    """The fewest figures to hide in a book of one table, small ones included; None if there is no way.

    For each small figure and each end there is a change of all figures: it keeps every sum, moves that figure to the
    end, and moves another only if that is hidden, a larger one to no fewer than t (1 for the figures alone).
    """
    sheet = book.sheets[0]
    keys = [key for key in sheet.cells if key not in book.known]
    place = {key: n for n, key in enumerate(keys)}
    small = [key for key in keys if 0 < book.counts[key] < T]
    if not small:
        return 0
    ways = [(key, end, bare) for key in small for end, bare in ((1, False), (T - 1, False), (T + 1, True))]
    width = len(keys)
    total = width * (1 + len(ways))  # first whether each is hidden, then one change after another
    rows: list[tuple[dict[int, float], float, float]] = []
    low, high = np.full(total, -np.inf), np.full(total, np.inf)
    low[:width], high[:width] = 0, 1
    for key in keys:
        count = book.counts[key]
        if key in small:
            low[place[key]] = 1
        elif count < T:
            high[place[key]] = 0  # none is printed as none
    for number, (key, end, bare) in enumerate(ways, start=1):
        start = number * width
        for one in sheet.sums:
            terms: dict[int, float] = {}
            for cell, sign in ((one.total, -1.0), *((part, 1.0) for part in one.parts)):
                if cell in place:
                    terms[start + place[cell]] = sign
            rows.append((terms, 0, 0))
        for cell in keys:
            at, count = start + place[cell], book.counts[cell]
            if cell == key:
                low[at] = high[at] = end - count
                continue
            floor = 1 if bare or cell in small else T
            down = count - floor if count >= floor else 0
            up = BIG if bare or cell not in small else T - 1 - count
            rows.append(({at: 1.0, place[cell]: float(-up)}, -np.inf, 0))
            rows.append(({at: 1.0, place[cell]: float(down)}, 0, np.inf))
    matrix = lil_array((len(rows), total))
    for n, (terms, _, _) in enumerate(rows):
        for at, value in terms.items():
            matrix[n, at] = value
    goal = np.zeros(total)
    goal[:width] = 1
    whole = np.zeros(total)
    whole[:width] = 1
    found = milp(
        goal, integrality=whole, bounds=Bounds(low, high), options={"time_limit": 60},
        constraints=LinearConstraint(matrix.tocsr(), [r[1] for r in rows], [r[2] for r in rows]),
    )  # fmt: skip
    return round(found.fun) if found.status == 0 else None


def sizes(random: Random, number: int) -> list[int]:
    """Uneven counts: some none, some small, some large."""
    return [random.randint(0, random.choice((0, 9, 30, 90, 400, 2_000))) for _ in range(number)]


def counted(tally: Tally, book: Book, reasons: dict, seconds: float) -> None:
    """Add one table to the tally, with its optimum."""
    keys = [key for key in book.sheets[0].cells if key not in book.known]
    hidden = sum(reasons[key] is not Reason.SHOWN for key in keys)
    tally.tables += 1
    tally.cells += len(keys)
    tally.small += sum(0 < book.counts[key] < T for key in keys)
    tally.seconds += seconds
    began = time.perf_counter()
    best = least(book)
    tally.slow += time.perf_counter() - began
    if any(reasons[key] is Reason.WITHHELD for key in keys):
        tally.withheld += 1
        if best is not None:
            tally.notes.append(f"withheld, though {best} of {len(keys)} would do")
        return
    tally.hidden += hidden
    tally.least += best or 0
    tally.equal += hidden == best


def one_way(tables: int) -> Tally:
    """Single tables of three to nine figures."""
    random, tally = Random(1), Tally("One-way tables of 3 to 9 figures")
    while tally.tables < tables:
        counts = sizes(random, random.randint(3, 9))
        if sum(counts) < T or not any(0 < c < T for c in counts):
            continue
        cells = tuple(Cell(f"c{n}", c) for n, c in enumerate(counts))
        began = time.perf_counter()
        done = treat([Table("t", cells)], sum(counts), POLICY).tables[0]
        seconds = time.perf_counter() - began
        keys = {f"c{n}": c for n, c in enumerate(counts)}
        book = Book({"all": sum(counts), **keys}, (line("t", "all", keys),), T, known=frozenset({"all"}))
        counted(tally, book, {cell.label: cell.reason for cell in done.cells}, seconds)
    return tally


def grids(number: int) -> Tally:
    """Single two-way tables with totals."""
    random, tally = Random(2), Tally("Two-way tables, 3 by 3 to 4 by 5, with totals")
    while tally.tables < number:
        height, width = random.randint(3, 4), random.randint(3, 5)
        rows, columns = [frozenset({f"r{n}"}) for n in range(height)], [frozenset({f"c{n}"}) for n in range(width)]
        everybody: frozenset[str] = frozenset()
        counts = dict.fromkeys([everybody, *rows, *columns], 0)
        for row in rows:
            for column, count in zip(columns, sizes(random, width), strict=True):
                counts[row | column] = count
                for key in (everybody, row, column):
                    counts[key] += count
        if counts[everybody] < 200 or not any(0 < c < T for c in counts.values()):
            continue
        sheet: Sheet = cross("g", everybody, rows, columns)
        book = Book(counts, (sheet,), T, known=frozenset({everybody}))
        began = time.perf_counter()
        done = protect(book)
        counted(tally, book, dict(done.reasons), time.perf_counter() - began)
    return tally


def books(number: int) -> Tally:
    """Five linked tables: two margins, and race by age, by area, and by patch of an area. No optimum is sought."""
    random, tally = Random(20), Tally("Books of five linked tables")
    for _ in range(number):
        tables, crossed = linked_tables(random)
        began = time.perf_counter()
        book, work, _ = linked_book(tables, crossed, POLICY, T)
        tally.seconds += time.perf_counter() - began
        keys = list(dict.fromkeys(key for sheet in book.sheets for key in sheet.cells if key not in book.known))
        tally.tables += 1
        tally.cells += len(keys)
        tally.small += sum(0 < book.counts[key] < T for key in keys)
        tally.hidden += sum(work.reasons[key] is not Reason.SHOWN for key in keys)
        tally.withheld += len(work.withheld)
    return tally


def page(found: list[Tally]) -> str:
    """The page of figures."""
    heads = (
        "What | Tables | Figures | Small | Hidden by Hearth | Least possible | Hidden / least | Equal to the least "
        "| Withheld | Milliseconds a table"
    )
    rows = "\n".join(tally.row() for tally in found)
    notes = "\n".join(
        f"- {tally.what}: {len(tally.notes)} withheld tables could have been shown in part"
        + (f" (for example {tally.notes[0]})." if tally.notes else ".")
        for tally in found
        if tally.least
    )
    return f"""# What hiding small numbers costs

Written by `bench/disclosure.py`. Invented numbers, fixed seeds, threshold {T}. What is promised stands in
`src/hearth/kernel/counts/disclosure.py` (one-way tables) and `src/hearth/kernel/counts/linked.py` (tables that share
figures), and is attacked in `tests/rules/kernel/` by a reader with a solver for linear programs who lays everything
side by side that was ever printed.

"Least possible" is the exact optimum of an integer program that hides the fewest figures with which every small one can
still take both its ends. It may look at how small the small figures are; Hearth's choice for one-way tables does not,
because the choice itself would tell, and it keeps every combination of small figures possible at once, not one at a
time. The optimum leaves out what Hearth promises of the larger hidden figures, so it is a bound from below. Tables that
are withheld as a whole are left out of both columns.

| {heads} |
| {" | ".join(["---"] * 10)} |
{rows}

{notes}
"""


def main() -> None:
    """Measure and write."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--tables", type=int, default=200)
    asked.add_argument("--grids", type=int, default=40)
    asked.add_argument("--books", type=int, default=60)
    asked.add_argument("--print", action="store_true", help="leave docs/disclosure.md as it is")
    said = asked.parse_args()
    found = [one_way(said.tables), grids(said.grids), books(said.books)]
    text = page(found)
    print(text)
    if not said.print:
        PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
