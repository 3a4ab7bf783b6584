"""Small-number protection over tables that share cells: areas in the landlord, grids with one margin (PROF-26).

The promise, t being a cell's threshold. A reader who knows the exact base, every printed cell exactly, and every table
of the book together, learns of the hidden cells no more than this:

1. *From the figures and the words.* A cell that is said to be "fewer than t" may be 1 and may be t-1, each with whole
   numbers everywhere that fit all tables at once, so that no interval narrower than 1 to t-1 can be drawn round it. A
   cell hidden for its sake has at least t-1 values in its interval.
2. *From the figures alone.* Of every hidden cell the greatest possible value is at least t above the least, even for
   somebody who knows that none of them is none.

The promise is for any one cell, not for all small cells at once; of a table that is withheld as a whole no more is said
than what its margins in the other tables say.

How. Tables are taken in their order. A table is a network of sums, in which we look for the cheapest way to move people
so that a small cell reaches 1 and t-1, and hide the cells on the way. A cell that stood in an earlier table is held
still while we do so; but each way that was found there is carried on into every later table that holds its cells, by
hiding what is needed for it. So each way ends as a change that fits every table of the book. A table in which no way
can be found is withheld. Tables whose cells were published already come first, with what was printed of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any

from hearth.kernel.counts.network import Key, Network, Sum
from hearth.kernel.counts.tables import Reason
from hearth.kernel.refusals import Refused

SHOW = Reason.SHOWN


@dataclass(frozen=True)
class Sheet:
    """One table of a book: its sums. `unprinted` cells stand in no table, but could be worked out of several."""

    name: str
    sums: tuple[Sum, ...]
    unprinted: frozenset[Key] = frozenset()
    withhold: bool = False  # for a reason of its own: it says something of everybody in a group
    published: bool = False  # it was printed before, and stays as it is

    @property
    def cells(self) -> list[Key]:
        """Every cell once, in order."""
        return list(dict.fromkeys(key for one in self.sums for key in (one.total, *one.parts)))


@dataclass(frozen=True)
class Book:
    """Tables of the same people. A cell has one key in all of them: whoever has the same key are the same people.

    `known` are figures that every reader has anyway, such as the base. `decided` says what was printed of cells that
    were published already; they stay as they are.
    """

    counts: Mapping[Key, int]
    sheets: tuple[Sheet, ...]
    threshold: int
    known: AbstractSet[Key] = frozenset()
    decided: Mapping[Key, Reason] = field(default_factory=dict)


@dataclass(frozen=True)
class Protected:
    """Why each cell is shown or hidden, and the tables that are withheld."""

    reasons: Mapping[Key, Reason]
    withheld: frozenset[str]


def protect(book: Book) -> Protected:
    """What to hide of a book of tables; the promise is in the module's docstring. Refuses sums that do not hold."""
    work = Protection(book)
    for sheet in book.sheets:
        work.take(sheet)
    return work.done()


@dataclass
class Protection:
    """A book while it is worked through: what is hidden so far, and the ways that were found. See `protect`."""

    book: Book
    reasons: dict[Key, Reason] = field(default_factory=dict)
    ways: list[dict[Key, int]] = field(default_factory=list)
    bare: set[int] = field(default_factory=set)  # ways that need the words of no cell: for the figures alone
    withheld: set[str] = field(default_factory=set)
    lost: set[Key] = field(default_factory=set)  # cells of withheld tables

    def done(self) -> Protected:
        """What is hidden of all tables that were taken."""
        return Protected(self.reasons, frozenset(self.withheld))

    def take(self, sheet: Sheet) -> None:
        """Protect one table, given all before it; withhold it where that cannot be done. Refuses sums that fail."""
        counts = self.book.counts
        for one in sheet.sums:
            if (reached := sum(counts[part] for part in one.parts)) != counts[one.total]:
                raise Refused(f"The figures of “{sheet.name}” add up to {reached:,}, not to {counts[one.total]:,}.")
        if not self.tries(sheet):
            self.withhold(sheet)

    def tries(self, sheet: Sheet) -> bool:
        """Protect one table if it can be done, and say whether it was; if not, all is as it was before."""
        earlier = {key for key in sheet.cells if key in self.reasons}
        before, ways, bare = dict(self.reasons), [dict(way) for way in self.ways], set(self.bare)
        own = [key for key in sheet.cells if key not in earlier]
        for key in own:
            self.reasons[key] = self._first(key, sheet)
        if not (sheet.withhold or earlier & self.lost) and _Sheet(self, sheet, set(own)).protected():
            return True
        self.reasons, self.ways, self.bare = before, ways, bare
        return False

    def withhold(self, sheet: Sheet) -> None:
        """Show nothing of a table but what stands in an earlier one or is known anyway."""
        own = [key for key in sheet.cells if key not in self.reasons]
        for key in own:
            self.reasons[key] = SHOW if key in self.book.known else Reason.WITHHELD
        self.withheld.add(sheet.name)
        self.lost |= set(own) - self.book.known

    def _first(self, key: Key, sheet: Sheet) -> Reason:
        if key in self.book.decided:
            return self.book.decided[key]
        if key in sheet.unprinted:
            return Reason.WITHHELD
        small = 0 < self.book.counts[key] < self.book.threshold and key not in self.book.known
        return Reason.SMALL if small else SHOW


@dataclass
class _Sheet:
    """One table while it is protected. `own` are its cells that no earlier table holds: only they may be hidden now."""

    work: Protection
    sheet: Sheet
    own: set[Key]

    def __post_init__(self) -> None:
        self.network = Network(self.sheet.sums)
        self.t = self.work.book.threshold
        self.counts = self.work.book.counts
        self.still = set(self.sheet.cells) - self.own
        self.fixed = {*self.work.book.known, *self.work.book.decided}

    def protected(self) -> bool:
        """Whether all ways can be carried on into this table and all its own hidden cells can be protected."""
        for number, way in enumerate(self.work.ways):
            forced = {key: way[key] for key in self.still if way.get(key)}
            if forced:
                more = self._found(forced, bare=number in self.work.bare)
                if more is None:
                    return False
                way.update(more)
        done: set[Key] = set()
        while waiting := [key for key in self.sheet.cells if key in self.own - done and self._hidden(key)]:
            for key in waiting:
                done.add(key)
                if not self._free(key) and not self.sheet.published:  # what was printed cannot be mended
                    return False
        return True

    def _hidden(self, key: Key) -> bool:
        if self.work.reasons[key] is Reason.WITHHELD:  # in no table: only a small one tells of a few people
            return 0 < self.counts[key] < self.t
        return self.work.reasons[key] is not SHOW

    def _free(self, key: Key) -> bool:
        """Find and keep the ways by which one hidden cell can take the values of the promise."""
        count, reason = self.counts[key], self.work.reasons[key]
        if reason is Reason.SMALL:
            wanted = [(self.t - 1 - count, False), (1 - count, False), (self.t + 1 - count, True)]
            return all(self._keep(key, amount, bare) for amount, bare in wanted if amount)
        return (reason is Reason.WITHHELD or self._wide(key, self.t - 2, bare=False)) and self._wide(
            key, self.t, bare=True
        )

    def _wide(self, key: Key, width: int, *, bare: bool) -> bool:
        """Make the interval of a cell that wide: with what is hidden already, up or down, or else by hiding more."""
        up = next((n for n in range(width, 0, -1) if self._keep(key, n, bare, hide=False)), 0)
        floor = self._floor(key, bare)
        left = min(width - up, self.counts[key] - floor)
        down = next((n for n in range(left, 0, -1) if self._keep(key, -n, bare, hide=False)), 0)
        return up + down >= width or self._keep(key, width, bare)

    def _keep(self, key: Key, amount: int, bare: bool, hide: bool = True) -> bool:
        found = self._found({key: amount}, bare=bare, hide=hide)
        if found is None:
            return False
        if bare:
            self.work.bare.add(len(self.work.ways))
        self.work.ways.append({key: amount, **found})
        return True

    def _found(self, forced: Mapping[Key, int], *, bare: bool, hide: bool = True) -> dict[Key, int] | None:
        """A way that moves these cells so, by cells of this table's own; what it needs is hidden."""

        def room(key: Key, moved: int, rises: bool) -> int:
            count, reason = self.counts[key], self.work.reasons[key]
            if reason is SHOW and (not hide or count < self.t or key in self.fixed):
                return 0
            if rises:
                return self.t - 1 - count - moved if reason is Reason.SMALL and not bare else self.t * 10**6
            return count + moved - self._floor(key, bare)

        def price(key: Key) -> tuple[int, int]:
            return (1, self.counts[key]) if self.work.reasons[key] is SHOW else (0, 0)

        found = self.network.move(forced, room=room, price=price, but=self.still)
        for key in found or ():
            if self.work.reasons[key] is SHOW:
                self.work.reasons[key] = Reason.PROTECTS
        return found

    def _floor(self, key: Key, bare: bool) -> int:
        """The least that a cell can be said to be: by its words, or, for the figures alone, one."""
        reason = self.work.reasons[key]
        if reason is Reason.WITHHELD:
            return 0
        return 1 if reason is Reason.SMALL or bare else self.t


def line(name: str, total: Key, parts: Iterable[Key], **more: Any) -> Sheet:
    """A one-way table: parts that add up to a total."""
    return Sheet(name, (Sum(total, tuple(parts)),), **more)


def cross(
    name: str, total: frozenset[Any], rows: Sequence[frozenset[Any]], columns: Sequence[frozenset[Any]], **more: Any
) -> Sheet:
    """A two-way table with totals both ways, of the people of `total` (all: the empty set).

    People are named by what they have in common: those of a row and a column by both. A row that stands for parts of
    `total` replaces it: the rows of the areas within North are "North, first patch" and so on, their total "North".
    """
    sums = [Sum(row, tuple(row | column for column in columns)) for row in rows]
    sums += [Sum(total | column, tuple(row | column for row in rows)) for column in columns]
    # The row of totals adds up because its columns do and the totals of the rows do: one of these sums is enough.
    sums.append(Sum(total, tuple(rows)))
    return Sheet(name, tuple(sums), **more)
