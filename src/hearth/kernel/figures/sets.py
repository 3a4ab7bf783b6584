"""The shapes in which printed figures are kept: a figure, an average, a base, and the set that belongs together."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from hearth.kernel.counts.percent import rounding_tolerance
from hearth.kernel.refusals import Refused

PERCENT = "%"
COUNT = "count"

HUNDRED = Decimal(100)

UNKNOWN = re.compile(
    r"\b(unknown|not known|not stated|not recorded|not held|not answered|did not answer|do not answer|"
    r"(prefer|preferred|chose|choose|declined|refused)( not)? to (say|state|answer|disclose)|no answer|no response|"
    r"blank|missing|undisclosed|withheld|no data|(did|do) not (say|state))\b",
    re.I,
)


@dataclass(frozen=True)
class Printed:
    """One figure as it stands in a document. `value` is in per cent, or people where `unit` is "count".

    `within` names the figure of which this one is a part ("Of this, 6.6% …"); empty for a part of the whole.
    """

    label: str
    value: Decimal
    decimals: int
    printed: str
    unit: str = PERCENT
    context: str = ""  # the sentence or the row
    within: str = ""
    unknown: bool = False  # "unknown", "prefer not to say", "did not answer"


@dataclass(frozen=True)
class Average:
    """An average that was named: `kind` is "mean" or "median"; "average" where the kind is not said."""

    kind: str
    value: Decimal
    unit: str  # "years"
    printed: str
    context: str


@dataclass(frozen=True)
class Base:
    """A number of people or of homes on which percentages may rest."""

    value: int
    printed: str  # "4,230"
    words: str  # "homes"
    homes: bool = False
    total: bool = False  # said to be the total
    leasehold: bool = False
    context: str = ""


@dataclass(frozen=True)
class FigureSet:
    """Figures that stand together under one heading.

    `additive` is True only where the members are shares of one whole, so that they should make 100; rates and
    comparisons in running text are never added. `topic` is the code of a protected characteristic, or empty.
    """

    heading: str
    figures: tuple[Printed, ...] = ()
    additive: bool = False
    topic: str = ""
    base: int | None = None
    base_printed: str = ""
    base_words: str = ""
    base_homes: bool = False
    population: str = ""
    basis: str = ""  # "Tenant 1"
    source: str = ""
    source_text: str = ""  # the source with its title and publisher, as printed
    averages: tuple[Average, ...] = ()
    text: str = ""  # the paragraph; empty for a table
    around: str = ""  # all of the section that rests on the same source

    @property
    def members(self) -> tuple[Printed, ...]:
        """The percentages that are parts of the whole, without parts of parts."""
        return tuple(f for f in self.figures if f.unit == PERCENT and not f.within)

    @property
    def total(self) -> Decimal:
        """The sum of the members, in per cent."""
        return sum((f.value for f in self.members), Decimal(0))

    @property
    def tolerance(self) -> Decimal:
        """How far rounding alone may carry the total from 100: half a unit of each figure's last decimal."""
        return rounding_tolerance(f.decimals for f in self.members)

    @property
    def complete(self) -> bool:
        """Whether the members make 100 within the tolerance of rounding."""
        return len(self.members) > 1 and abs(self.total - HUNDRED) <= self.tolerance

    @property
    def has_unknown(self) -> bool:
        return any(f.unknown for f in self.members)


def says_unknown(label: str) -> bool:
    """Whether a label stands for people of whom nothing is known."""
    return bool(UNKNOWN.search(label))


def plain_label(label: str) -> str:
    """A label for comparing: lower case, no punctuation, no articles."""
    words = re.sub(r"[^a-z0-9+]+", " ", label.lower()).split()
    return " ".join(w for w in words if w not in {"the", "a", "an"})


def check_labels(labels: Iterable[str]) -> None:
    """Refuse two categories of one name inside one characteristic, naming the rows (PROF-23). Raises Refused."""
    seen: dict[str, int] = {}
    for row, label in enumerate(labels, start=1):
        name = plain_label(label)
        if name and name in seen:
            raise Refused(f"“{label}” stands in row {seen[name]} and again in row {row}.", field="categories")
        seen[name] = row


def check_total(figures: FigureSet) -> None:
    """Refuse a set of shares that does not make 100 within what rounding explains (PROF-12). Raises Refused."""
    if not figures.complete:
        raise Refused(f"The figures add up to {figures.total}%, not to 100%.", field="figures")


def check_averages(averages: Iterable[Average]) -> None:
    """Refuse to compare a mean with a median (PROF-22). Raises Refused."""
    if len({average.kind for average in averages}) > 1:
        raise Refused("These are different kinds of average. Compare a mean with a mean, a median with a median.")
