"""Tables that are printed together, one-way and two-way, protected as one book (the promise stands in `linked`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from hearth.kernel.counts.linked import Book, Protected, Protection, Sheet, cross
from hearth.kernel.counts.network import Sum
from hearth.kernel.counts.percent import decimals_for, percent, round_to
from hearth.kernel.counts.tables import Cell, Cost, Policy, Reason, Table, TreatedCell, TreatedTable
from hearth.kernel.refusals import Refused

TOTAL = "Total"
OTHERS = "All others"
SHOWN = Reason.SHOWN
People = frozenset[tuple[str, str]]  # what the people of a cell have in common: {("race", "White"), ("area", "North")}
ALL: People = frozenset()


@dataclass(frozen=True)
class Grid:
    """Counts by row and column without totals. Rows are groups of people, columns what is said of them.

    Grids and tables that are printed together are linked by `down` and `across`, what rows and columns are about: the
    same label of the same thing is the same people. `of` names the group, also of `down`, whose parts the rows are:
    the patches of one area, where the areas stand in another grid.
    """

    name: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    sensitive: bool = True
    unknown_columns: frozenset[str] = frozenset()
    down: str = "row"
    across: str = "column"
    of: str = ""

    @property
    def total(self) -> People:
        """The people of the whole grid."""
        return frozenset({(self.down, self.of)}) if self.of else ALL

    def row(self, label: str) -> People:
        """The people of a row."""
        return frozenset({(self.down, label)})

    def column(self, label: str) -> People:
        """What the people of a column have in common; beside those of the whole grid."""
        return frozenset({(self.across, label)})


@dataclass(frozen=True)
class TreatedGrid:
    """A grid as printed: a last row and a last column hold the totals, their corner the rounded base."""

    name: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[TreatedCell, ...], ...]
    threshold: int


@dataclass(frozen=True)
class Linked:
    """Tables and grids as they may be printed together, in the order in which they were given, and what it costs."""

    tables: tuple[TreatedTable, ...]
    grids: tuple[TreatedGrid, ...]
    cost: Cost


def treat_grid(grid: Grid, policy: Policy) -> TreatedGrid:
    """A two-way table fit to print by itself; shares are of the row. Refuses a grid that is not whole."""
    return treat_linked((), (grid,), policy).grids[0]


def treat_linked(tables: Sequence[Table], grids: Sequence[Grid], policy: Policy) -> Linked:
    """Tables and grids of the same people, fit to print together; the first decide what is hidden of a shared figure.

    A table's name is what it is about: its cells are margins of the grids whose `down` or `across` is that name. What
    is hidden in an earlier table stands in a later one only within "All others", so that none of its parts is told.
    The highest threshold of them all holds for all. Refuses figures that do not agree with each other.
    """
    for grid in grids:
        _check_whole(grid)
    sensitive = [one.sensitive for one in tables] + [one.sensitive for one in grids]
    threshold = policy.sensitive if any(sensitive) else policy.other
    book, work, joined = linked_book(tables, grids, policy, threshold)
    printed = _Printed(book.counts, work.done(), policy, threshold)
    treated_tables = tuple(
        TreatedTable(table.name, tuple(printed.tree(table.name, cell) for cell in table.cells), threshold)
        for table in tables
    )
    treated_grids = tuple(printed.grid(grid) for grid in joined)
    cells = [key for key in dict.fromkeys(key for sheet in book.sheets for key in sheet.cells) if key != ALL]
    hidden = [key for key in cells if work.reasons[key] is not Reason.SHOWN]
    return Linked(treated_tables, treated_grids, Cost(len(hidden), len(cells), sum(book.counts[k] for k in hidden)))


def linked_book(
    tables: Sequence[Table], grids: Sequence[Grid], policy: Policy, threshold: int
) -> tuple[Book, Protection, list[Grid]]:
    """The book of these tables, what is hidden of it, and the grids as they are printed: with "All others"."""
    counts: dict[People, int] = {}
    sheets = [_table_sheet(table, counts) for table in tables]
    first = _grid_sheet(grids[0], {}, policy) if grids and not tables else None
    base = counts[ALL] if tables else (sum(map(sum, grids[0].counts)) if first else 0)
    few = base < threshold  # then the base is no figure that every reader has
    known: set[People] = set() if few else {ALL}
    work = Protection(Book(counts, (), threshold, known=known))
    for sheet in sheets:
        work.take(replace(sheet, withhold=few))
    joined = []
    for number, grid in enumerate(grids):
        linked = bool(number or tables)
        apart = _apart(grid, work) if linked else []
        while True:
            shown = _joined(grid, work, threshold, apart) if linked else grid
            known |= _left_over(shown, work, threshold) if linked else set()
            sheet = _grid_sheet(shown, counts, policy)
            sheet = replace(sheet, withhold=few or sheet.withhold)
            more = _next_apart(grid, apart) if linked and not few else None
            if work.tries(sheet):
                break
            if more is None:
                work.withhold(sheet)
                break
            apart = more
        sheets.append(sheet)
        joined.append(shown)
    return Book(counts, tuple(sheets), threshold, known=frozenset(known)), work, joined


def _apart(grid: Grid, work: Protection) -> list[int]:
    """The columns whose total an earlier table hides, so that they can only stand in this one together."""
    about = {name for key in work.reasons for name, _ in key}
    if grid.across not in about:
        return []
    totals = [work.reasons.get(grid.total | grid.column(label)) for label in grid.columns]
    return [number for number, reason in enumerate(totals) if reason is not SHOWN]


def _next_apart(grid: Grid, apart: Sequence[int]) -> list[int] | None:
    """The columns to make one if those are not enough: the smallest besides, as long as two columns are left."""
    totals = {n: sum(row[n] for row in grid.counts) for n in range(len(grid.columns)) if n not in apart}
    order = sorted((n for n in totals if totals[n]), key=lambda n: totals[n])
    left = [n for n in totals if n not in order]  # a column of nobody hides nothing
    if len(order) < (2 if apart else 3):  # two columns must be left, or the grid says nothing
        return None
    return [*apart, *left, *(order[:1] if apart else order[:2])]


def _joined(grid: Grid, work: Protection, threshold: int, apart: Sequence[int]) -> Grid:
    """The grid with these columns made one; and its rows of too few people too.

    The total of those columns together is known anyway: it is what the others leave of all.
    """
    columns, counts = _merged(grid.columns, [list(row) for row in grid.counts], apart)
    sizes = [sum(row) for row in grid.counts]
    hidden = [work.reasons.get(grid.row(label), SHOWN) is not SHOWN for label in grid.rows]
    few = [number for number, size in enumerate(sizes) if 0 < size < threshold or hidden[number]]
    for number in sorted(set(range(len(sizes))) - set(few), key=lambda n: sizes[n]):
        if not few or (len(few) > 1 and sum(sizes[n] for n in few) >= threshold):
            break
        if sizes[number]:
            few.append(number)
    rows, turned = _merged(grid.rows, [list(column) for column in zip(*counts, strict=True)], few)
    return replace(grid, rows=rows, columns=columns, counts=tuple(zip(*turned, strict=True)))


def _left_over(grid: Grid, work: Protection, threshold: int) -> set[People]:
    """The totals of joined columns that every reader can work out, because all the others and the whole are shown."""
    if grid.total != ALL and work.reasons.get(grid.total) is not SHOWN:
        return set()
    counts = [sum(row[n] for row in grid.counts) for n in range(len(grid.columns))]
    return {
        grid.total | grid.column(label)
        for label, count in zip(grid.columns, counts, strict=True)
        if label.startswith(OTHERS) and (count == 0 or count >= threshold)
    }


def _merged(
    labels: Sequence[str], lines: Sequence[list[int]], apart: Sequence[int]
) -> tuple[tuple[str, ...], list[list[int]]]:
    """Lines of counts in which the columns `apart` are one, which comes last."""
    if len(apart) < 2:
        return tuple(labels), list(lines)
    stay = [n for n in range(len(labels)) if n not in apart]
    name = f"{OTHERS} ({'; '.join(labels[n] for n in sorted(apart))})"
    merged = [[line[n] for n in stay] + [sum(line[n] for n in apart)] for line in lines]
    return (*(labels[n] for n in stay), name), merged


def _check_whole(grid: Grid) -> None:
    if any(len(row) != len(grid.columns) for row in grid.counts) or len(grid.counts) != len(grid.rows):
        raise Refused(f"“{grid.name}” does not have a figure for every row and column.", field=grid.name)
    if any(count < 0 for row in grid.counts for count in row):
        raise Refused(f"“{grid.name}” has a count below zero.", field=grid.name)


def _put(counts: dict[People, int], key: People, count: int, name: str) -> None:
    """Note a figure, which must be the same wherever it stands."""
    if counts.setdefault(key, count) != count:
        about = ", ".join(sorted(label for _, label in key)) or "everybody"
        raise Refused(f"“{name}” has {count:,} for {about}, and another table has {counts[key]:,}.", field=name)


def _table_sheet(table: Table, counts: dict[People, int]) -> Sheet:
    sums: list[Sum] = []

    def add(total: People, cells: Sequence[Cell], whole: int) -> None:
        keys = []
        for cell in cells:
            key: People = frozenset({(table.name, cell.label)})
            _put(counts, key, cell.count, table.name)
            keys.append(key)
            if cell.children:
                add(key, cell.children, cell.count)
        _put(counts, total, whole, table.name)
        sums.append(Sum(total, tuple(keys)))

    add(ALL, table.cells, sum(cell.count for cell in table.cells))
    return Sheet(table.name, tuple(sums))


def _grid_sheet(grid: Grid, counts: dict[People, int], policy: Policy) -> Sheet:
    for label, row in zip(grid.rows, grid.counts, strict=True):
        _put(counts, grid.row(label), sum(row), grid.name)
        for column, count in zip(grid.columns, row, strict=True):
            _put(counts, grid.row(label) | grid.column(column), count, grid.name)
    for number, column in enumerate(grid.columns):
        _put(counts, grid.total | grid.column(column), sum(row[number] for row in grid.counts), grid.name)
    _put(counts, grid.total, sum(map(sum, grid.counts)), grid.name)
    return cross(
        grid.name, grid.total, [grid.row(label) for label in grid.rows], [grid.column(c) for c in grid.columns],
        withhold=_says_it_of_a_row(grid, policy),
    )  # fmt: skip


def _says_it_of_a_row(grid: Grid, policy: Policy) -> bool:
    """Whether some row says of everybody in it that they are one known thing (reference 5.5 no. 1)."""
    if not (policy.guard_certainty and grid.sensitive):
        return False
    known = [i for i, column in enumerate(grid.columns) if column not in grid.unknown_columns]
    return len(grid.columns) > 1 and any(sum(row) and row[i] == sum(row) for row in grid.counts for i in known)


@dataclass(frozen=True)
class _Printed:
    """What is printed of each cell."""

    counts: Mapping[People, int]
    done: Protected
    policy: Policy
    threshold: int

    def cell(self, label: str, key: People, of: People, children: tuple[TreatedCell, ...] = ()) -> TreatedCell:
        """One cell; its share is of the people named by `of`, where their number is printed."""
        reason = self.done.reasons[key]
        if reason is not Reason.SHOWN:
            return TreatedCell(label, reason, self.threshold, children=children)
        shown = round_to(self.counts[key], self.policy.rounding)
        total = round_to(self.counts[of], self.policy.rounding)
        if self.done.reasons[of] is not Reason.SHOWN or not total:
            return TreatedCell(label, reason, self.threshold, shown, children=children)
        share = percent(shown, total, decimals_for(total, shown, self.threshold))
        return TreatedCell(label, reason, self.threshold, shown, share, children=children)

    def tree(self, name: str, cell: Cell) -> TreatedCell:
        """A cell of a one-way table with its parts."""
        parts = tuple(self.tree(name, child) for child in cell.children)
        return self.cell(cell.label, frozenset({(name, cell.label)}), ALL, parts)

    def grid(self, grid: Grid) -> TreatedGrid:
        """A grid with its totals."""
        sides = [grid.row(label) for label in grid.rows] + [grid.total]
        heads = [grid.column(label) for label in grid.columns] + [ALL]
        cells = tuple(
            tuple(
                self.cell(f"{row}: {column}", side | head, side)
                for column, head in zip((*grid.columns, TOTAL), heads, strict=True)
            )
            for row, side in zip((*grid.rows, TOTAL), sides, strict=True)
        )
        return TreatedGrid(grid.name, (*grid.rows, TOTAL), (*grid.columns, TOTAL), cells, self.threshold)
