"""Where a landlord stands among others: quartiles and places, in figures and in words (reference 5).

Quartiles are interpolated as spreadsheets do (PERCENTILE.INC), so that they are those of the regulator's own tables.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from hearth.kernel.refusals import Refused
from hearth.performance.rules.measures import Better, Measure
from hearth.performance.rules.reading import Provider


@dataclass(frozen=True)
class Quartiles:
    """How a figure spreads over landlords."""

    n: int
    least: float
    low: float  # a quarter of landlords are at or below
    median: float
    high: float  # a quarter are at or above
    most: float


@dataclass(frozen=True)
class Standing:
    """One landlord's figure among others'."""

    value: float
    spread: Quartiles
    above: int  # landlords with a higher figure
    below: int
    alike: int  # others with the same figure
    words: str
    good: bool | None  # whether the place is one of the better (True) or worse (False) quarters; None if neither


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which a share (0 to 1) lies, interpolated between neighbours (Excel's PERCENTILE.INC)."""
    if not values or not 0 <= share <= 1:
        raise Refused("A percentile needs at least one figure, and a share between 0 and 1.")
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    under = math.floor(place)
    if under == len(ordered) - 1:
        return ordered[-1]
    return ordered[under] + (place - under) * (ordered[under + 1] - ordered[under])


def quartiles(values: Sequence[float]) -> Quartiles:
    """The five figures of a spread. Raises Refused where there is no value."""
    ordered = sorted(values)
    low, median, high = (percentile(ordered, share) for share in (0.25, 0.5, 0.75))
    return Quartiles(len(ordered), ordered[0], low, median, high, ordered[-1])


def standing(value: float, others: Sequence[float], measure: Measure, group: str) -> Standing:
    """A landlord among a group, its own figure counted in. `group` ends the sentence: "158 councils"."""
    ordered = sorted([*others, value])
    spread = quartiles(ordered)
    below, above = bisect_left(ordered, value), len(ordered) - bisect_right(ordered, value)
    alike = len(ordered) - below - above - 1
    quarter = _quarter(value, spread)
    words = f"{_words(value, spread, quarter, alike)} {group}"
    return Standing(value, spread, above, below, alike, words + _direction(measure), _good(quarter, measure))


def _quarter(value: float, spread: Quartiles) -> int:
    """1 for below the lower quartile to 4 for above the upper; 0 where the figure is the median itself."""
    if value < spread.low:
        return 1
    if value > spread.high:
        return 4
    return 2 if value < spread.median else 3 if value > spread.median else 0


def _words(value: float, spread: Quartiles, quarter: int, alike: int) -> str:
    if alike and value in (spread.least, spread.most) and quarter not in (1, 4):
        end = "highest" if value == spread.most else "lowest"
        return f"at the {end} figure, with {alike:,} {'other' if alike == 1 else 'others'}, of"
    return {
        0: "in the middle of",
        1: "in the lowest quarter of",
        2: "below the middle of",
        3: "above the middle of",
        4: "in the highest quarter of",
    }[quarter]


def _direction(measure: Measure) -> str:
    return {
        Better.HIGHER: "",
        Better.LOWER: "; lower is better",
        Better.NEITHER: "; neither high nor low is good by itself",
    }[measure.better]


def _good(quarter: int, measure: Measure) -> bool | None:
    if measure.better == Better.NEITHER or quarter not in (1, 4):
        return None
    return (quarter == 4) == (measure.better == Better.HIGHER)


Peers = tuple[str, str, Callable[[Provider], bool]]
PEERS = ("all", "kind", "region", "size")


def size_words(size: str) -> str:
    """A size band as it reads: ">40000" is "more than 40,000 homes"."""
    bare = size.replace(" ", "")
    if bare[:1] in "<>" and bare[1:].replace(",", "").isdigit():
        word = "fewer" if bare[0] == "<" else "more"
        return f"{word} than {int(bare[1:].replace(',', '')):,} homes"
    return f"{size} homes" if any(c.isdigit() for c in size) else size


def peers_of(own: Provider) -> dict[str, tuple[str, Callable[[Provider], bool]]]:
    """The groups that a landlord may be set among: how each is called after its number, and who is in it."""
    found: dict[str, tuple[str, Callable[[Provider], bool]]] = {"all": ("landlords", lambda other: True)}
    kind = "councils" if own.council else "private registered providers"
    found["kind"] = (kind, lambda other: other.council == own.council)
    if own.region and not own.region.lower().startswith("merged"):
        place = f"landlords in {'' if own.region in ('London',) else 'the '}{own.region}"
        place = "landlords of mixed regions" if own.region == "Mixed" else place
        found["region"] = (place, lambda other: other.region == own.region)
    if own.size and not own.size.lower().startswith("merged"):
        found["size"] = (
            f"landlords with {size_words(own.size)}",
            lambda other: size_words(other.size) == size_words(own.size),
        )
    return found


def among(
    own: Provider,
    group: str,
    providers: Mapping[str, Provider],
    values: Mapping[str, float],
    measure: Measure,
) -> Standing | None:
    """A landlord's place in a group ("all", "kind", "region", "size"); None where it has no figure or no such group."""
    groups = peers_of(own)
    if group not in groups or own.code not in values:
        return None
    called, belongs = groups[group]
    others = [
        value for code, value in values.items() if code != own.code and code in providers and belongs(providers[code])
    ]
    return standing(values[own.code], others, measure, f"{len(others) + 1:,} {called}")
