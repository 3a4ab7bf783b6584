"""Percentages from counts, and counts from percentages: what a printed figure says and what it gives away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from hearth.kernel.refusals import Refused


def percent(count: int, base: int, places: int = 2) -> Decimal:
    """So many of the base in per cent, rounded half up (PROF-13): percent(7, 4159) is 0.17."""
    if base <= 0:
        raise Refused("A percentage needs a base above zero.", field="base")
    if count < 0:
        raise Refused("A count cannot be below zero.", field="count")
    # Whole numbers throughout: no binary fraction can tip a half the wrong way.
    units = (2 * count * 10 ** (places + 2) + base) // (2 * base)
    return Decimal(units).scaleb(-places)


def decimals(figure: Decimal) -> int:
    """How many decimals a figure is printed with: two for 0.10, none for 33."""
    exponent = figure.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def rounding_tolerance(places: Iterable[int]) -> Decimal:
    """How far rounding alone can take a sum: half a unit of each figure's last decimal (reference 5.7)."""
    return sum((Decimal(5).scaleb(-place - 1) for place in places), Decimal(0))


def sum_gap(values: Iterable[Decimal], total: Decimal | int = 100) -> Decimal:
    """How far the values are above (or, negative, below) the total that they ought to reach."""
    return sum(values, Decimal(0)) - Decimal(total)


def sums_to(values: Sequence[Decimal], total: Decimal | int = 100) -> bool:
    """Whether printed values reach the total within what rounding explains: |sum - total| <= tolerance."""
    return abs(sum_gap(values, total)) <= rounding_tolerance(decimals(value) for value in values)


def recover(printed: Decimal, base: int) -> range:
    """The whole counts of the base that are printed as this percentage, with its decimals, rounded half up.

    An empty range means that no count of this base could have been printed so.
    """
    if base <= 0 or printed < 0:
        return range(0)
    places = decimals(printed)
    scale = 2 * 10 ** (places + 2)
    unit = int(printed.scaleb(places))
    # Half up: (unit - 1/2) <= count * 10^(d+2) / base < (unit + 1/2); ceilings by negated floors.
    first = -(-base * (2 * unit - 1) // scale)
    end = -(-base * (2 * unit + 1) // scale)
    return range(max(first, 0), min(end, base + 1)) if end > max(first, 0) else range(0)


def exactly_recoverable(places: int, base: int) -> bool:
    """Whether every percentage with so many decimals gives back its exact count (reference 5.5 no. 4).

    The rule read is N < 10^(d+2). N = 10^(d+2) gives every count back too, because each is then exactly one
    unit of the last decimal; above it two counts must share a figure. So the exact bound, used here, is
    N <= 10^(d+2).
    """
    return 0 < base <= 10 ** (places + 2)


def bases_that_fit(printed: Sequence[Decimal], lowest: int, highest: int) -> tuple[int, ...]:
    """The bases, both ends included, of which every printed percentage is that of a whole count."""
    bases = range(max(lowest, 1), highest + 1)
    return tuple(base for base in bases if all(len(recover(figure, base)) for figure in printed))


def decimals_for(base: int, cell: int, threshold: int, most: int = 2) -> int:
    """How many decimals a percentage may be printed with (reference 5.5 no. 3).

    None below a base of 1,000; one below 10,000; `most` above; never any for a cell under the threshold. At
    1,000 and 10,000 themselves one fewer, because a base of exactly 10^(d+2) still gives every count back.
    """
    if cell < threshold:
        return 0
    return max((places for places in range(1, most + 1) if not exactly_recoverable(places, base)), default=0)


def round_to(count: int, step: int = 5) -> int:
    """A count to the nearest multiple of the step, halves up; a step of 1 leaves it as it is."""
    if step < 1:
        raise ValueError("Counts are rounded to steps of 1 or more")
    return (2 * count + step) // (2 * step) * step
