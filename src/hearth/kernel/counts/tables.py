"""The shapes that small-number protection works on: exact tables going in, tables fit to print coming out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from hearth.kernel.refusals import Refused


@dataclass(frozen=True)
class Cell:
    """One category with its exact count of people; `children` are parts that add up to it.

    `unknown` marks "not stated", "prefer not to say" and the like: to be in it says nothing about a person.
    """

    label: str
    count: int
    unknown: bool = False
    children: tuple[Cell, ...] = ()


@dataclass(frozen=True)
class Table:
    """Categories of one characteristic that together hold everybody in the base once."""

    name: str
    cells: tuple[Cell, ...]
    sensitive: bool = True


@dataclass(frozen=True)
class Policy:
    """How a landlord protects small numbers; every number comes from its dated settings (Q-13, PROF-26).

    `sensitive` and `other` are the smallest counts that may be printed in sensitive and other tables, `rounding` the
    step to which printed counts are rounded (1: not at all), `lowest` the floor below which no threshold may be set.
    `merge` names, by table, the category into which small ones are merged in preference to hiding them.
    With `guard_certainty` a sensitive table is withheld if it would say that everybody is the same known thing.
    """

    sensitive: int
    other: int
    rounding: int
    lowest: int = 5
    merge: Mapping[str, str] = field(default_factory=dict)
    guard_certainty: bool = True

    def __post_init__(self) -> None:
        if min(self.sensitive, self.other) < self.lowest:
            raise Refused(f"The smallest number to publish may not be set below {self.lowest}.", field="threshold")
        if not 1 <= self.rounding <= min(self.sensitive, self.other):
            raise Refused("Counts may be rounded to 1 or more, and to no more than the threshold.", field="rounding")

    def threshold(self, table: Table) -> int:
        """The smallest count that may be printed in this table."""
        return self.sensitive if table.sensitive else self.other


class Reason(StrEnum):
    """Why a cell is printed, or is not."""

    SHOWN = "shown"
    SMALL = "small"  # primary: 1 to t-1 people
    PROTECTS = "protects"  # secondary: t people or more, hidden so that a small one cannot be worked out
    CHANGE = "change"  # would show, beside the last edition, that a few people changed
    PARENT = "parent"  # a part of something hidden
    WITHHELD = "withheld"  # no part of this group of figures can be printed safely


@dataclass(frozen=True)
class TreatedCell:
    """A cell as printed: `shown` is the rounded count and `percent` its share of the rounded base; None if hidden."""

    label: str
    reason: Reason
    threshold: int
    shown: int | None = None
    percent: Decimal | None = None
    merged: tuple[str, ...] = ()  # the categories that were merged into this one
    children: tuple[TreatedCell, ...] = ()

    @property
    def hidden(self) -> bool:
        return self.shown is None

    @property
    def printed(self) -> str:
        """The words or the figure for the page."""
        if self.shown is not None:
            return f"{self.shown:,}"
        return {
            Reason.SMALL: f"fewer than {self.threshold}",
            Reason.PROTECTS: "hidden so that a smaller number cannot be worked out",
            Reason.CHANGE: "hidden so that a small change cannot be worked out",
            Reason.PARENT: "hidden with the group it is part of",
        }.get(self.reason, "not shown: too few people to show this safely")

    @property
    def printed_percent(self) -> str:
        """The percentage for the page, or nothing where the count is hidden."""
        return "" if self.percent is None else f"{self.percent}%"


@dataclass(frozen=True)
class TreatedTable:
    """A table as printed."""

    name: str
    cells: tuple[TreatedCell, ...]
    threshold: int

    def walk(self) -> Iterator[tuple[tuple[str, ...], TreatedCell]]:
        """Every cell with the labels that lead to it, a parent before its children."""
        yield from _walk((), self.cells)


def _walk(path: tuple[str, ...], cells: tuple[TreatedCell, ...]) -> Iterator[tuple[tuple[str, ...], TreatedCell]]:
    for cell in cells:
        here = (*path, cell.label)
        yield here, cell
        yield from _walk(here, cell.children)


@dataclass(frozen=True)
class Cost:
    """What protection costs: cells hidden, of how many, and the people in them. For officers: never print `people`."""

    hidden: int
    cells: int
    people: int


@dataclass(frozen=True)
class Treated:
    """Tables fit to print with their rounded base, which is None if the base itself is below the threshold.

    `earlier` are the editions of the same tables before this one, where it was read from what was published.
    """

    base: int | None
    tables: tuple[TreatedTable, ...]
    cost: Cost
    rounding: int = 5
    earlier: tuple[Treated, ...] = ()

    @property
    def editions(self) -> tuple[Treated, ...]:
        """This edition and all before it."""
        return (self, *self.earlier)

    def table(self, name: str) -> TreatedTable | None:
        """The table of that name, if there is one."""
        return next((table for table in self.tables if table.name == name), None)
