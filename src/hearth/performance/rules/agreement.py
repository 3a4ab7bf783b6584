"""Where a published figure and its counts do not agree, and the rule that explains it; never a list of names.

Whether a figure agrees depends on how its edition rounds: that is told from all figures of its family in the file. A
difference is explained by what reproduces the published figure: a hundredth typed, a row swapped, another base.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from hearth.kernel.samples import Band, accuracy_for, required_sample, top_of_band
from hearth.performance.rules.cells import CODE_WORDS, Code
from hearth.performance.rules.measures import Tenure, measure_of
from hearth.performance.rules.recompute import MARGIN, REQUIRED, Family, Figure

MOSTLY = 0.95  # of a family's figures that must fit a rounding for the file to be taken to round so
FINEST = 4  # decimals; a file with more is taken to print unrounded
EXACT = 1e-6
_FUZZ = 1e-9


class Verdict(StrEnum):
    """What came of a figure."""

    AGREES = "agrees"
    DIFFERS = "differs"
    NOT_COMPARED = "not compared"


@dataclass(frozen=True)
class Checked:
    """A figure with its verdict and, unless it agrees, the reason in words."""

    figure: Figure
    verdict: Verdict
    kind: str = ""  # "swapped", "hundredth", "zero denominator" …: for counting
    reason: str = ""


def decimals(values: Sequence[float]) -> int | None:
    """With how many decimals figures are printed: the fewest that nearly all fit; None where they are unrounded."""
    for places in range(FINEST + 1):
        scale = 10**places
        fitting = sum(abs(value * scale - round(value * scale)) < 1e-7 * max(scale, 1) for value in values)
        if values and fitting >= MOSTLY * len(values):
            return places
    return None


Roundings = dict[tuple[Tenure, Family], int | None]


def roundings(figures: Sequence[Figure]) -> Roundings:
    """How the file rounds the figures of each family, one tenure at a time: its sheets do not all do the same."""
    found: dict[tuple[Tenure, Family], list[float]] = {}
    for figure in figures:
        if figure.published is not None and figure.denominator != 0:
            found.setdefault((figure.tenure, figure.family), []).append(figure.published)
    return {key: decimals(values) for key, values in found.items()}


def fits(published: float, computed: float, places: int | None, *, up: bool = False) -> bool:
    """Whether a figure is the printed form of another: within half a unit, or with `up` rounded up to whole."""
    if places is None:
        return abs(published - computed) <= EXACT * max(1.0, abs(computed))
    if up and places == 0:
        return abs(published - math.ceil(computed - _FUZZ)) < _FUZZ
    return abs(published - computed) <= 0.5 * 10**-places + _FUZZ


def check(figures: Sequence[Figure], bands: Sequence[Band], names: Mapping[str, str]) -> tuple[Checked, ...]:
    """Each figure with its verdict. `names` are landlords' names by code, for the words of a reason."""
    places = roundings(figures)
    first = [_first(figure, places.get((figure.tenure, figure.family))) for figure in figures]
    apart = [one.figure for one in first if one.verdict == Verdict.DIFFERS]
    told = _Told(places, bands, names, apart)
    return tuple(_explained(one, told) if one.verdict == Verdict.DIFFERS else one for one in first)


def _first(figure: Figure, places: int | None) -> Checked:
    published, computed = figure.published, figure.computed
    if published is None:
        if figure.why_none == Code.NO_DENOMINATOR and figure.denominator:
            reason = f"No figure is published, as if there were nothing to divide by, but it comes to {computed:.1f}."
            return Checked(figure, Verdict.DIFFERS, "missing", reason)
        why = CODE_WORDS[figure.why_none] if figure.why_none else "no figure is published"
        return Checked(figure, Verdict.NOT_COMPARED, why, f"{why[0].upper()}{why[1:]}.")
    if figure.denominator == 0:
        if published == 0:
            reason = "There was nothing to divide by; this edition prints 0 where a later one prints [U]."
            return Checked(figure, Verdict.NOT_COMPARED, "zero denominator", reason)
        return Checked(figure, Verdict.DIFFERS, "zero denominator", "A figure is published with nothing to divide by.")
    if computed is None:
        reason = "The counts behind the figure are not in the file."
        return Checked(figure, Verdict.NOT_COMPARED, "no counts", reason)
    up = figure.family == Family.REQUIRED
    return Checked(figure, Verdict.AGREES if fits(published, computed, places, up=up) else Verdict.DIFFERS)


@dataclass(frozen=True)
class _Told:
    places: Roundings
    bands: Sequence[Band]
    names: Mapping[str, str]
    apart: Sequence[Figure]  # all that differ: swapped rows are among them

    def rounding(self, figure: Figure) -> int | None:
        """With how many decimals the file prints figures like this one."""
        return self.places.get((figure.tenure, figure.family))


def _explained(one: Checked, told: _Told) -> Checked:
    if one.reason:
        return one
    kind, reason = next(_reasons(one.figure, told))
    return Checked(one.figure, Verdict.DIFFERS, kind, reason)


def _reasons(figure: Figure, told: _Told) -> Iterator[tuple[str, str]]:
    """The first of the explanations that reproduces the published figure; the last is that none does."""
    published, computed = figure.published or 0.0, figure.computed or 0.0
    places = told.rounding(figure)
    yield from _swaps(figure, told)
    # A slip of the point has the digits of the figure, so it is held to the digits that it was typed with.
    typed = _typed_places(published)
    if fits(published, computed / 100, typed):
        yield "hundredth", f"A hundredth of the computed {computed:.4g}: typed as a fraction instead of per cent."
    if fits(published, computed * 100, typed):
        yield "hundredfold", f"A hundred times the computed {computed:.4g}: the point is in the wrong place."
    per = measure_of(figure.quantity).per
    if (
        figure.family in (Family.PERCEPTION, Family.MANAGEMENT)
        and per == 100
        and fits(published, 100 - computed, places)
    ):
        yield "opposite", f"The share of the opposite: 100 less the computed {computed:.1f}."
    if figure.numerator and figure.denominator and fits(published, per * figure.denominator / figure.numerator, places):
        yield "upside down", "Numerator and denominator are exchanged."
    yield from _sample_reasons(figure, told, published)
    if places is not None and abs(published - computed) < 10**-places:
        yield "rounding", f"Rounded the other way from the computed {computed:.{places + 2}f}."
    if (unit := _unit_of_counts(figure)) and _within_rounded_counts(figure, unit):
        printed = "with one decimal" if unit < 1 else "as whole numbers"
        yield "rounded counts", f"The weighted counts are printed {printed}, which explains the difference."
    yield "unexplained", f"It comes to {_short(computed)}, and no rule explains {_short(published)}."


def _swaps(figure: Figure, told: _Told) -> Iterator[tuple[str, str]]:
    """Another row of the same column whose figure this is."""
    places, up = told.rounding(figure), figure.family == Family.REQUIRED
    for other in told.apart:
        same = (other.sheet, other.tenure, other.quantity) == (figure.sheet, figure.tenure, figure.quantity)
        if other is figure or not same or None in (other.published, other.computed, figure.computed):
            continue
        mine = fits(figure.published or 0.0, other.computed or 0.0, places, up=up)
        theirs = fits(other.published or 0.0, figure.computed or 0.0, places, up=up)
        name = told.names.get(other.provider, other.provider)
        if mine and theirs:
            yield "swapped", f"Swapped with {name}: each carries the figure that the other's counts come to."
        elif mine:
            yield "another row", f"Equal to what the counts of {name} come to: taken from another row."


def _sample_reasons(figure: Figure, told: _Told, published: float) -> Iterator[tuple[str, str]]:
    """What sizes and margins are mistaken for."""
    if figure.quantity == REQUIRED and figure.denominator:
        population = int(figure.denominator)
        if abs(published - (figure.computed or 0.0)) < 1:
            yield "rounding", f"Rounded down; {figure.computed:.2f} answers need {math.ceil(figure.computed or 0):,}."
        top = top_of_band(population, told.bands)
        if top and fits(published, required_sample(top, accuracy_for(top, told.bands)), 0, up=True):
            yield "top of band", f"The size for {top:,} homes, the top of the band, instead of {population:,}."
        for band in told.bands:
            if fits(published, required_sample(population, band.accuracy), 0, up=True):
                yield "another band", f"The size for an accuracy of ±{band.accuracy:g}%."
    if figure.quantity == MARGIN and figure.numerator:
        uncorrected = 98 / math.sqrt(figure.numerator)
        if fits(published, uncorrected, told.rounding(figure)):
            yield "no correction", "The margin without the correction for a finite population."


def _typed_places(value: float) -> int:
    """With how many decimals a value was typed: 0.0377 has four."""
    return min(len(repr(value).partition(".")[2].rstrip("0")), 12) if "e" not in repr(value) else 12


def _unit_of_counts(figure: Figure) -> float | None:
    """The unit that sums of weights are printed in: 0.1 or 1; None where people were counted one by one."""
    if figure.family != Family.PERCEPTION or figure.numerator is None or not figure.denominator:
        return None
    if float(figure.numerator).is_integer() and float(figure.denominator).is_integer():
        return 1.0 if figure.weighted else None
    return 0.1


def _within_rounded_counts(figure: Figure, unit: float) -> bool:
    """Whether the five counts, each up to half a unit off, could come to the published figure.

    Two counts are in the numerator, three beside it.
    """
    satisfied = figure.numerator or 0.0
    rest = (figure.denominator or 0.0) - satisfied

    def share(top: float, other: float) -> float:
        top, other = max(top, 0.0), max(other, 0.0)
        return 100 * top / (top + other) if top + other else 0.0

    least, most = share(satisfied - unit, rest + 1.5 * unit), share(satisfied + unit, rest - 1.5 * unit)
    return least <= (figure.published or 0.0) <= most


def _short(value: float) -> str:
    return f"{value:,.4f}".rstrip("0").rstrip(".")


@dataclass(frozen=True)
class Tally:
    """How much of one kind of figure agreed."""

    compared: int
    agreed: int
    not_compared: Mapping[str, int]  # by reason


def tally(checked: Sequence[Checked]) -> dict[tuple[str, str], Tally]:
    """How much agreed, by tenure and quantity, in the order in which they were read."""
    found: dict[tuple[str, str], list[Checked]] = {}
    for one in checked:
        found.setdefault((one.figure.tenure.value, one.figure.quantity), []).append(one)
    return {
        key: Tally(
            sum(one.verdict != Verdict.NOT_COMPARED for one in ones),
            sum(one.verdict == Verdict.AGREES for one in ones),
            dict(Counter(one.kind for one in ones if one.verdict == Verdict.NOT_COMPARED)),
        )
        for key, ones in found.items()
    }
