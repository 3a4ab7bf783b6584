"""The door of weighting: coded variables and margins in, weights with a report out (reference 2.2, SUR-18)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from hearth.kernel.refusals import Refused
from hearth.surveys.rules.weighting.coding import (
    AGREE,
    Coded,
    Floats,
    Ints,
    Margin,
    Missing,
    Target,
    Where,
    check_margins,
    meet,
)
from hearth.surveys.rules.weighting.fitting import Fit, Frame, bounded, gaps, linear, rake, trim
from hearth.surveys.rules.weighting.reporting import Report, lines, suggestions_of, summary, warnings_of
from hearth.surveys.rules.weighting.samples import Sample, cells_of

TOLERANCE = 1e-10
BOUNDED_TOLERANCE = 1e-8
LIMIT = 1000


class Method(StrEnum):
    """How weights are fitted to margins."""

    RAKE = "rake"  # each margin in turn
    POSTSTRATIFY = "poststratify"  # one margin, exactly: the cells of one or more variables
    LINEAR = "linear"  # by regression


LABELS = {Method.RAKE: "raked", Method.POSTSTRATIFY: "post-stratified", Method.LINEAR: "linearly calibrated"}


@dataclass(frozen=True)
class Weighting:
    """Weights that were fitted, how it went, and the sample that the errors of estimates are computed from."""

    method: Method
    sample: Sample
    report: Report

    @property
    def weights(self) -> Floats:
        """One weight a response, in their order; they add up to the population."""
        return self.sample.row_weights


def weigh(
    variables: Iterable[Coded],
    margins: Sequence[Margin],
    *,
    method: Method = Method.RAKE,
    bounds: tuple[float, float] | None = None,
    trim_at: float | None = None,
    base: Sequence[float] | Floats | None = None,
    strata: Margin | None = None,
    missing: Missing = Missing.REFUSE,
    population: float | None = None,
    tolerance: float | None = None,
    limit: int = LIMIT,
    where: Where = lambda place: f"response {place + 1}",
) -> Weighting:
    """Fit weights to what is known of the population.

    `bounds` hold the ratio of a weight to its base weight (both scaled to the population): (0.3, 3). `trim_at` cuts
    weights afterwards at so many times the average, after which the margins are met less well, as the report says.
    `base` are the weights of the draw (one a response; else all alike), `strata` the strata of a stratified draw with
    their population. `population` scales margins that are shares, or that differ by rounding. `tolerance` is the share
    of a category that may be missed, `limit` the most rounds. `where` names a response in refusals. Refused wherever
    responses and margins do not fit; not converging is no refusal: see `report.converged`.
    """
    book = {variable.name: variable for variable in variables}
    total = check_margins(margins, population=population)
    number = _responses(book, total)
    _check_options(method, margins, bounds, trim_at)
    drawn, sizes = _drawn(strata, book, number, total, where)
    given = _base(base, drawn, sizes, number, total, where)
    targets = [meet(one, book, total=total, base=given, missing=missing, where=where) for one in margins]
    frame, cell, stratum = _frame(targets, given, drawn, len(sizes))
    fit = _fit(frame, method, bounds, tolerance, limit)
    if trim_at is not None:
        fit = _trimmed(frame, fit, trim_at, tolerance or TOLERANCE)
    if not np.isfinite(fit.weights).all():
        raise Refused("These margins give weights without end. Join categories, or set bounds.", field="margins")
    name = f"{LABELS[method]} by {_and([target.name for target in targets])}"
    sample = Sample(name, cell, fit.weights, frame.base, frame.counts, frame.codes, stratum, sizes)
    return Weighting(method, sample, _report(sample, targets, fit, method, bounds, trim_at, tolerance))


def _responses(book: Mapping[str, Coded], total: float) -> int:
    lengths = {len(variable) for variable in book.values()}
    if len(lengths) > 1:
        raise Refused("The variables speak of different numbers of responses.", field="variables")
    number = next(iter(lengths), 0)
    if not number:
        raise Refused("There are no responses to weight.", field="responses")
    if number > total:
        raise Refused(
            f"There are {number:,} responses and a population of {total:,.0f}. One response a household: look for "
            "doubles, or for margins that leave somebody out.",
            field="population",
        )
    return number


def _check_options(
    method: Method, margins: Sequence[Margin], bounds: tuple[float, float] | None, trim_at: float | None
) -> None:
    if method is Method.POSTSTRATIFY and len(margins) != 1:
        raise Refused(
            "Post-stratification takes one table of cells; rake to weight to several margins.", field="method"
        )
    if bounds is not None and not 0 <= bounds[0] < 1 < bounds[1]:
        raise Refused("The bounds of weights are two numbers with 1 between them, like 0.3 and 3.", field="bounds")
    if bounds is not None and method is Method.POSTSTRATIFY:
        raise Refused("Post-stratified weights are what they are: rake to hold weights within bounds.", field="bounds")
    if trim_at is not None and not trim_at > 1:
        raise Refused("Weights are trimmed at a number of times the average that is more than 1.", field="trim")


def _drawn(
    strata: Margin | None, book: Mapping[str, Coded], number: int, total: float, where: Where
) -> tuple[Ints, Floats]:
    """Each response's stratum of the draw, and the population of each."""
    if strata is None:
        return np.zeros(number, dtype=np.intp), np.asarray([total])
    check_margins([strata], population=None)
    if abs(strata.total - total) > AGREE:
        raise Refused(
            f"The strata add up to {strata.total:,.1f} and the margins to {total:,.1f}. Both must count the same "
            "population.",
            field=strata.name,
        )
    even = np.ones(number)
    target = meet(strata, book, total=strata.total, base=even, missing=Missing.REFUSE, where=where)
    for at, label in enumerate(target.labels):
        if target.responses[at] == 1 and target.totals[at] > 1:
            raise Refused(
                f"Stratum “{label}” has one response, so nothing says how sure it is. Join it with another.",
                field=strata.name,
            )
        if target.responses[at] > target.totals[at]:
            raise Refused(f"Stratum “{label}” has more responses than people.", field=strata.name)
    return target.codes, target.totals


def _base(
    given: Sequence[float] | Floats | None, drawn: Ints, sizes: Floats, number: int, total: float, where: Where
) -> Floats:
    """The weight of each response before fitting, scaled so that all add up to the population."""
    if given is None:
        weights = (sizes / np.maximum(np.bincount(drawn, minlength=len(sizes)), 1))[drawn]
    else:
        weights = np.asarray(given, dtype=float)
        if len(weights) != number:
            raise Refused(f"There are {len(weights):,} base weights for {number:,} responses.", field="base")
        wrong = ~np.isfinite(weights) | (weights <= 0)
        if wrong.any():
            raise Refused(f"The base weight in {where(int(np.argmax(wrong)))} must be more than 0.", field="base")
    return weights * (total / weights.sum())


def _frame(targets: Sequence[Target], base: Floats, drawn: Ints, strata: int) -> tuple[Frame, Ints, Ints]:
    """Responses gathered into cells: (what fitting needs, the cell of each response, the stratum of each cell)."""
    parts: list[tuple[Ints, int]] = [(target.codes, len(target.labels)) for target in targets]
    if strata > 1:
        parts.append((drawn, strata))
    if base.min() != base.max():
        distinct, place = np.unique(base, return_inverse=True)
        parts.append((place.astype(np.intp), len(distinct)))
    first, cell = cells_of(parts)
    counts = np.bincount(cell, minlength=len(first)).astype(np.intp)
    codes = tuple(target.codes[first] for target in targets)
    return Frame(counts, base[first], codes, tuple(target.totals for target in targets)), cell, drawn[first]


def _fit(frame: Frame, method: Method, bounds: tuple[float, float] | None, tolerance: float | None, limit: int) -> Fit:
    if bounds is not None:
        return bounded(
            frame,
            straight=method is Method.LINEAR,
            bounds=bounds,
            tolerance=tolerance or BOUNDED_TOLERANCE,
            limit=limit,
        )
    if method is Method.LINEAR:
        return linear(frame, tolerance=tolerance or BOUNDED_TOLERANCE)
    return rake(frame, tolerance=tolerance or TOLERANCE, limit=limit)


def _trimmed(frame: Frame, fit: Fit, most: float, tolerance: float) -> Fit:
    weights = trim(frame, fit.weights, most=most)
    gap = max(float(np.abs(one).max()) for one in gaps(frame, weights))
    return Fit(weights, fit.sweeps, gap, fit.converged)


def _report(
    sample: Sample,
    targets: Sequence[Target],
    fit: Fit,
    method: Method,
    bounds: tuple[float, float] | None,
    trim_at: float | None,
    tolerance: float | None,
) -> Report:
    made = summary(sample.weights, sample.counts.astype(float))
    categories = lines(targets, sample.row_weights)
    rounds = "1 round" if fit.sweeps == 1 else f"{fit.sweeps} rounds"
    said = [f"{made.responses:,} responses were {sample.name}, to a population of {sample.population:,.0f}."]
    if fit.converged and trim_at is None:
        said.append(f"The weights meet every margin after {rounds}.")
    if bounds is not None:
        said.append(f"Every weight is {bounds[0]:g} to {bounds[1]:g} times what it was before.")
    if trim_at is not None:
        worst = max(categories, key=lambda line: abs(line.missed))
        said.append(
            f"Weights above {trim_at:g} times the average were cut. The margin that is now missed most is "
            f"{worst.variable} “{worst.category}”: {worst.weighted:,.1f} of {worst.population:,.1f}."
        )
    said.append(
        f"Weights lie between {made.smallest:,.3f} and {made.largest:,.3f}. The design effect is "
        f"{made.design_effect:.3f}: the responses tell as much as {made.effective:,.0f} equal ones."
    )
    share = tolerance or (BOUNDED_TOLERANCE if bounds is not None or method is Method.LINEAR else TOLERANCE)
    return Report(
        LABELS[method],
        fit.converged,
        fit.sweeps,
        fit.gap,
        made,
        categories,
        tuple(said),
        warnings_of(categories, made, fit, share),
        suggestions_of(targets, made, fit, bounded=bounds is not None),
    )


def _and(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
