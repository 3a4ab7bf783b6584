"""Small-number protection for tables of people (PROF-26, CAR-48; reference 5.5, "Suggested engine" 1 to 5).

The promise, for one-way tables with or without parts, t being the table's threshold. A reader who knows the exact
base, the exact value of every cell that is printed (although we print them rounded) and why each other cell is hidden
("fewer than t" means 1 to t-1, "so that a smaller number cannot be worked out" means t or more) learns nothing more
about the small cells: **every combination of values from 1 to t-1 for all the small cells together still fits
everything that is printed**, and every cell hidden for their sake may still have at least t-1 different values.

Why that holds. In a group of cells with the total T let k be the number of small cells and S the cells hidden for
their sake. The hidden sum H = T - (what is printed) is known. If the small cells had any other values, their sum would
lie between k and k(t-1), so the cells of S would have to give up at most k(t-1) - k = k(t-2). We choose S so that the
sum of (s - t) over S is at least k(t-2), hence they can, with none of them falling below t. Each group of a tree is one
such equation whose total is printed or constant, and no two groups share a hidden cell, so that groups do not help
each other. Where no S will do, the whole group is withheld, with one and the same words for all its cells.

The same holds for a reader who goes by the figures alone and by no words: of every hidden cell the greatest possible
value is at least t above the least. For a group hides k small cells and S, so that H >= k + |S|t + k(t-2), and each
cell can be anything from 1 to H less one for each other: that is at least 2t-3 apart.

It also holds for a reader of all editions together. An edition that agrees with the present figures in everything that
it prints is taken to be of the same people: what it shows is known and gives nothing up, so that only cells which all
such editions hide count towards S. Beside editions that differ, of other days, no change of 1 to t-1 is printed in any
cell, whichever of them it is compared with.

The choice of S depends on how many cells are small, never on how small. What is not promised: safety against a reader
who knows things about the people from elsewhere, or who reasons backwards from which of the larger cells was chosen.

The rule as read ("two hidden cells or more whose sum is t or more") is not enough: 9 and 9 hidden alone with a known
sum of 18 are both given back. The rule here implies it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from hearth.kernel.counts.percent import decimals_for, percent, round_to
from hearth.kernel.counts.tables import (
    Cell,
    Cost,
    Policy,
    Reason,
    Table,
    Treated,
    TreatedCell,
    TreatedTable,
)
from hearth.kernel.refusals import Refused

EXACT_SEARCH_UP_TO = 12  # candidates; 2^12 subsets take a few milliseconds

Path = tuple[str, ...]


@dataclass(frozen=True)
class _Edition:
    """An earlier edition of a table: its cells by their path of labels, and what it was rounded to."""

    cells: dict[Path, TreatedCell]
    rounding: int

    def agrees(self, path: Path, cells: Sequence[Cell]) -> bool:
        """Whether all that it prints of a group is what the present figures would print: the same people, for all
        that a reader can see."""
        if {cell.label for cell in cells} != {at[-1] for at in self.cells if at[:-1] == path}:
            return False
        for cell in cells:
            then = self.cells[(*path, cell.label)]
            if then.shown is not None and then.shown != round_to(cell.count, self.rounding):
                return False
            if then.reason is Reason.SMALL and not 0 < cell.count < then.threshold:
                return False
        return True


@dataclass(frozen=True)
class Difference:
    """A cell whose change since the last edition is smaller than the threshold, as a reader would see it."""

    table: str
    path: tuple[str, ...]
    before: str
    now: str


def treat(tables: Sequence[Table], base: int, policy: Policy, previous: Treated | None = None) -> Treated:
    """Tables fit to print, each of which must add up to the base; the promise is in the module's docstring.

    `previous` is the last edition of the same population, with all before it as its `earlier`: changes too small to
    print are hidden, cells hidden then stay hidden while their group needs it, and what any of them has shown of the
    same people is no help in hiding. Refuses figures that do not add up.
    """
    for table in tables:
        _check_adds_up(table.name, table.cells, base)
    floor = max((policy.threshold(table) for table in tables), default=policy.sensitive)
    merged = [_merge(table, policy) for table in tables]
    treated: list[TreatedTable] = []
    for table, parts in merged:
        threshold = policy.threshold(table)
        before = _editions(previous, table.name)
        work = _Work(policy, threshold, round_to(base, policy.rounding), table.sensitive, parts, before)
        if base < floor:
            cells = work.without_figures(table.cells, Reason.WITHHELD)
        else:
            cells = work.group((), table.cells, base)
        treated.append(TreatedTable(table.name, cells, threshold))
    people = sum(_people_hidden(table.cells, done.cells) for (table, _), done in zip(merged, treated, strict=True))
    flat = [cell for table in treated for _, cell in table.walk()]
    cost = Cost(sum(cell.hidden for cell in flat), len(flat), people)
    printed_base = round_to(base, policy.rounding) if base >= floor else None
    return Treated(printed_base, tuple(treated), cost, policy.rounding)


def check_against(previous: Treated, now: Treated) -> tuple[Difference, ...]:
    """The cells whose printed change since any earlier edition is 1 to t-1 people (reference 5.5 no. 5).

    It judges what a reader can subtract: printed figures. A small cell that is now none, or now just above the
    threshold, is a small change too. `treat(..., previous=...)` leaves none of them.
    """
    found: list[Difference] = []
    for table in now.tables:
        for path, cell in table.walk():
            for edition in _editions(previous, table.name):
                then = edition.cells.get(path)
                if then is not None and cell.shown is not None and _small_change(then, cell.shown, table.threshold):
                    found.append(Difference(table.name, path, then.printed, cell.printed))
                    break
    return tuple(found)


def needed_slack(small: int, threshold: int) -> int:
    """How many people the cells hidden for their sake must be able to give up for so many small cells: k(t-2)."""
    return small * (threshold - 2)


def choose(candidates: Iterable[tuple[int, int]], slack: int, threshold: int) -> tuple[int, ...] | None:
    """The cheapest cells to hide besides the small ones: indices into the candidates; None if all would not do.

    A candidate is (count, cells hidden with it). What is chosen gives at least `slack` people above the threshold.
    Cheapest is fewest cells, then fewest people: exact for up to twelve candidates, near it for more.
    """
    pool = list(candidates)
    gives = [count - threshold for count, _ in pool]
    if not pool or sum(gives) < slack:
        return None
    order = sorted(range(len(pool)), key=lambda i: (pool[i][1], pool[i][0]))
    most = len(pool) if len(pool) <= EXACT_SEARCH_UP_TO else 2
    sets = (chosen for size in range(1, most + 1) for chosen in combinations(order, size))
    fitting = [chosen for chosen in sets if sum(gives[i] for i in chosen) >= slack]
    if fitting:
        return min(fitting, key=lambda chosen: (sum(pool[i][1] for i in chosen), sum(pool[i][0] for i in chosen)))
    chosen, given = [], 0
    for index in sorted(range(len(pool)), key=lambda i: -gives[i]):
        chosen.append(index)
        given += gives[index]
        if given >= slack:
            break
    return tuple(chosen)


@dataclass(frozen=True)
class _Work:
    """What the treatment of one table needs to know at every level."""

    policy: Policy
    threshold: int
    printed_base: int
    sensitive: bool
    merged: tuple[str, ...]  # the merged category, then what was merged into it
    before: tuple[_Edition, ...]  # the newest first

    def group(self, path: tuple[str, ...], cells: Sequence[Cell], total: int) -> tuple[TreatedCell, ...]:
        """Treat the cells that add up to one printed total."""
        reasons = self._reasons(path, cells, total)
        if reasons is None:
            return self.without_figures(cells, Reason.WITHHELD)
        return tuple(self._cell(path, cell, reason) for cell, reason in zip(cells, reasons, strict=True))

    def _cell(self, path: tuple[str, ...], cell: Cell, reason: Reason) -> TreatedCell:
        if reason is not Reason.SHOWN:
            return replace(self.without_figures((cell,), Reason.PARENT)[0], reason=reason)
        shown = round_to(cell.count, self.policy.rounding)
        places = decimals_for(self.printed_base, shown, self.threshold)
        share = percent(shown, self.printed_base, places) if self.printed_base else None
        children = self.group((*path, cell.label), cell.children, cell.count) if cell.children else ()
        parts = self.merged[1:] if not path and cell.label in self.merged[:1] else ()
        return TreatedCell(cell.label, reason, self.threshold, shown, share, parts, children)

    def without_figures(self, cells: Sequence[Cell], reason: Reason) -> tuple[TreatedCell, ...]:
        """The cells, and all their parts, with no figure."""
        return tuple(
            TreatedCell(cell.label, reason, self.threshold, children=self.without_figures(cell.children, Reason.PARENT))
            for cell in cells
        )

    def _reasons(self, path: tuple[str, ...], cells: Sequence[Cell], total: int) -> list[Reason] | None:
        """Why each cell is shown or hidden; None if the group must be withheld."""
        t = self.threshold
        if self._says_it_of_everybody(cells, total):
            return None
        reasons = [Reason.SMALL if 0 < cell.count < t else Reason.SHOWN for cell in cells]
        for index, cell in enumerate(cells):
            shown = round_to(cell.count, self.policy.rounding)
            then = [one for edition in self.before if (one := edition.cells.get((*path, cell.label)))]
            if reasons[index] is Reason.SHOWN and any(_small_change(one, shown, t) for one in then):
                reasons[index] = Reason.CHANGE
        if all(reason is Reason.SHOWN for reason in reasons):
            return reasons
        same = [edition for edition in self.before if edition.agrees(path, cells)]
        known = [any(not edition.cells[(*path, cell.label)].hidden for edition in same) for cell in cells]
        for index, cell in enumerate(cells):
            then = [one for edition in (*self.before[:1], *same) if (one := edition.cells.get((*path, cell.label)))]
            if reasons[index] is Reason.SHOWN and cell.count >= t and any(one.hidden for one in then):
                reasons[index] = Reason.PROTECTS  # shown now, it would undo what hid it then
        return self._protected(cells, reasons, known)

    def _protected(self, cells: Sequence[Cell], reasons: list[Reason], known: Sequence[bool]) -> list[Reason] | None:
        """Hide further cells until the hidden ones can give up what the promise needs; None if they never can.

        What a reader knows of the same people from an earlier edition gives nothing up.
        """
        t = self.threshold
        small = reasons.count(Reason.SMALL)
        whole = list(zip(cells, reasons, known, strict=True))
        if any(told and reason is Reason.SMALL for _, reason, told in whole):
            return None
        changed = [max(c.count - t, 0) for c, r, told in whole if r is Reason.CHANGE and not told]
        kept = [c.count - t for c, r, told in whole if r is Reason.PROTECTS and not told]
        # A changed cell must itself be able to move by t, so the others must give that up without its help.
        slack = needed_slack(small, t) + (t + max(changed) if changed else 0)
        have = sum(changed) + sum(kept)
        if have >= slack and kept:
            return reasons
        free = [i for i, c in enumerate(cells) if reasons[i] is Reason.SHOWN and c.count >= t and not known[i]]
        chosen = choose([(cells[i].count, _size(cells[i])) for i in free], max(slack - have, 0), t)
        if chosen is None:
            return None
        return [Reason.PROTECTS if i in {free[j] for j in chosen} else r for i, r in enumerate(reasons)]

    def _says_it_of_everybody(self, cells: Sequence[Cell], total: int) -> bool:
        """Whether the group says of everybody in it that they are one known thing (reference 5.5 no. 1)."""
        if not (self.policy.guard_certainty and self.sensitive and total) or len(cells) < 2:
            return False
        return any(cell.count == total and not cell.unknown for cell in cells)


def _small_change(then: TreatedCell, shown: int, threshold: int) -> bool:
    """Whether a reader of both editions sees a change of 1 to t-1 people in a cell that is now to be shown."""
    if then.shown is not None:
        return 0 < abs(shown - then.shown) < threshold
    # It was 1 to t-1: only a count of 2t-1 or more is certainly t people away.
    return then.reason is Reason.SMALL and shown < 2 * threshold - 1


def _editions(previous: Treated | None, name: str) -> tuple[_Edition, ...]:
    """Every edition of a table, the newest first."""
    every = [(edition.table(name), edition.rounding) for edition in (previous.editions if previous else ())]
    return tuple(_Edition(dict(table.walk()), rounding) for table, rounding in every if table)


def _check_adds_up(name: str, cells: Sequence[Cell], total: int) -> None:
    """Refuse negative counts, two cells of one label, and cells that do not reach their total."""
    labels = [cell.label for cell in cells]
    if len(set(labels)) < len(labels):
        raise Refused(f"“{name}” has the same category twice.", field=name)
    if any(cell.count < 0 for cell in cells):
        raise Refused(f"“{name}” has a count below zero.", field=name)
    if (reached := sum(cell.count for cell in cells)) != total:
        raise Refused(f"The figures for “{name}” add up to {reached:,}, not to {total:,}.", field=name)
    for cell in cells:
        if cell.children:
            _check_adds_up(f"{name}: {cell.label}", cell.children, cell.count)


def _merge(table: Table, policy: Policy) -> tuple[Table, tuple[str, ...]]:
    """The table with its small known categories made one, and (the label, the categories merged) if that was done.

    Next smallest categories join until the threshold is reached. Nothing is merged if that would leave no category
    as it was, or if parts are shown; then the small ones are hidden instead.
    """
    label = policy.merge.get(table.name)
    threshold = policy.threshold(table)
    known = sorted((c for c in table.cells if not c.unknown and c.count and not c.children), key=lambda c: c.count)
    if label is None or not any(c.count < threshold for c in known):
        return table, ()
    taken: list[Cell] = []
    while known and (sum(c.count for c in taken) < threshold or known[0].count < threshold or len(taken) < 2):
        taken.append(known.pop(0))
    names = {c.label for c in taken}
    if not known or len(taken) < 2 or label in {c.label for c in table.cells} - names:
        return table, ()
    one = Cell(label, sum(c.count for c in taken))
    place = min(i for i, c in enumerate(table.cells) if c.label in names)
    after = (c for c in table.cells[place:] if c.label not in names)
    merged = replace(table, cells=(*table.cells[:place], one, *after))
    return merged, (label, *(c.label for c in table.cells if c.label in names))


def _size(cell: Cell) -> int:
    """How many figures are lost with a cell: itself and all its parts."""
    return 1 + sum(_size(child) for child in cell.children)


def _people_hidden(cells: Sequence[Cell], treated: Sequence[TreatedCell]) -> int:
    """People in hidden cells, those in parts of a hidden cell counted once."""
    return sum(
        cell.count if done.hidden else _people_hidden(cell.children, done.children)
        for cell, done in zip(cells, treated, strict=True)
    )
