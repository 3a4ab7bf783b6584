"""The arithmetic of weighting, on cells: margins in turn (raking), regression, either within bounds, and trimming.

Everything here works on the ratio of a weight to its base weight. The methods are those of calibration: each finds the
weights nearest to the base weights that meet the margins, by another measure of nearness (reference 2.2 asks only that
the characteristics be named; the results are held to those of R's survey package).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from hearth.surveys.rules.weighting.coding import Floats, Ints

HALVINGS = 64
PATIENCE = 50  # sweeps without progress after which no further sweep will help


@dataclass(frozen=True)
class Frame:
    """Cells of like responses: how many responses each has, the base weight of one, and its category in each margin."""

    counts: Ints
    base: Floats
    codes: tuple[Ints, ...]
    totals: tuple[Floats, ...]


@dataclass(frozen=True)
class Fit:
    """Weights of one response of each cell, the sweeps it took, and the largest miss of any category (as a share)."""

    weights: Floats
    sweeps: int
    gap: float
    converged: bool


def gaps(frame: Frame, weights: Floats) -> list[Floats]:
    """For each margin, by category: what the weights miss, as a share of the category's population."""
    mass = weights * frame.counts
    return [
        np.bincount(codes, mass, minlength=len(totals)) / totals - 1
        for codes, totals in zip(frame.codes, frame.totals, strict=True)
    ]


def rake(frame: Frame, *, tolerance: float, limit: int) -> Fit:
    """Meet each margin in turn until none is missed by more than `tolerance` (a share), for at most `limit` sweeps."""
    weights = frame.base.copy()

    def sweep() -> Floats:
        nonlocal weights
        for codes, totals in zip(frame.codes, frame.totals, strict=True):
            met = np.bincount(codes, weights * frame.counts, minlength=len(totals))
            with np.errstate(divide="ignore", invalid="ignore"):
                factor = np.where(met > 0, totals / met, 1.0)
            weights = weights * factor[codes]
        return weights

    return _until_met(frame, sweep, tolerance=tolerance, limit=limit)


def linear(frame: Frame, *, tolerance: float) -> Fit:
    """Weights by regression on the margins (R's `calibrate`, linear): one step, and weights may come out negative."""
    missed = np.concatenate(
        [
            totals - np.bincount(codes, frame.base * frame.counts, minlength=len(totals))
            for codes, totals in zip(frame.codes, frame.totals, strict=True)
        ]
    )
    weights = frame.base
    solve = np.linalg.pinv(normal_matrix(frame.codes, frame.totals, frame.base * frame.counts), 1e-11, hermitian=True)
    ratio = np.ones(len(frame.base))
    for _ in range(2):  # the second step takes away the rounding of the first
        ratio = ratio + spread(solve @ missed, frame.codes, frame.totals)
        weights = frame.base * ratio
        mass = weights * frame.counts
        missed = np.concatenate(
            [t - np.bincount(c, mass, minlength=len(t)) for c, t in zip(frame.codes, frame.totals, strict=True)]
        )
    gap = _largest(gaps(frame, weights))
    return Fit(weights, 1, gap, gap <= tolerance)


def bounded(frame: Frame, *, straight: bool, bounds: tuple[float, float], tolerance: float, limit: int) -> Fit:
    """As `rake` (or, `straight`, as `linear`), with the ratio of weight to base weight held within `bounds`.

    Each margin in turn is met exactly by one shift a category, found by halving: the ratio is a clipped, rising
    function of the shifts. Where the bounds leave no solution the weights stay within them and the gap stays open.
    """
    low, high = bounds
    ratio: Callable[[Floats], Floats] = (
        (lambda shift: np.clip(1 + shift, low, high))
        if straight
        else (lambda shift: np.clip(np.exp(np.minimum(shift, 700)), low, high))
    )
    least, most = (low - 1, high - 1) if straight else (np.log(max(low, 1e-300)), np.log(high))
    shifts = np.zeros(len(frame.base))
    mass = frame.base * frame.counts

    def sweep() -> Floats:
        nonlocal shifts
        for codes, totals in zip(frame.codes, frame.totals, strict=True):
            size = len(totals)
            top, bottom = np.full(size, -np.inf), np.full(size, np.inf)
            np.maximum.at(top, codes, shifts)
            np.minimum.at(bottom, codes, shifts)
            lower, upper = least - top, most - bottom
            for _ in range(HALVINGS):
                middle = (lower + upper) / 2
                short = np.bincount(codes, mass * ratio(shifts + middle[codes]), minlength=size) < totals
                lower, upper = np.where(short, middle, lower), np.where(short, upper, middle)
            shifts = shifts + ((lower + upper) / 2)[codes]
        return frame.base * ratio(shifts)

    return _until_met(frame, sweep, tolerance=tolerance, limit=limit)


def trim(frame: Frame, weights: Floats, *, most: float) -> Floats:
    """Cut weights at `most` times the average, and raise the others in one proportion so that the total stays."""
    total = float((weights * frame.counts).sum())
    cap = most * total / float(frame.counts.sum())
    low, high = 1.0, 2.0
    while float((np.minimum(weights * high, cap) * frame.counts).sum()) < total and high < 1e12:
        high *= 2
    for _ in range(200):
        middle = (low + high) / 2
        short = float((np.minimum(weights * middle, cap) * frame.counts).sum()) < total
        low, high = (middle, high) if short else (low, middle)
    return np.minimum(weights * high, cap)


def normal_matrix(codes: Sequence[Ints], totals: Sequence[Floats], mass: Floats) -> Floats:
    """The cross-products of all categories of all margins, each cell counting `mass`; square and symmetric."""
    sizes = [len(one) for one in totals]
    starts = np.concatenate([[0], np.cumsum(sizes)])
    matrix = np.zeros((starts[-1], starts[-1]))
    for a, first in enumerate(codes):
        for b, second in enumerate(codes[: a + 1]):
            block = np.bincount(first * sizes[b] + second, mass, minlength=sizes[a] * sizes[b])
            block = block.reshape(sizes[a], sizes[b])
            matrix[starts[a] : starts[a + 1], starts[b] : starts[b + 1]] = block
            matrix[starts[b] : starts[b + 1], starts[a] : starts[a + 1]] = block.T
    return matrix


def spread(values: Floats, codes: Sequence[Ints], totals: Sequence[Floats]) -> Floats:
    """One number a category of every margin, added up for each cell."""
    found = np.zeros(len(codes[0]))
    start = 0
    for one, sums in zip(codes, totals, strict=True):
        found += values[start : start + len(sums)][one]
        start += len(sums)
    return found


def _until_met(frame: Frame, sweep: Callable[[], Floats], *, tolerance: float, limit: int) -> Fit:
    best, idle, gap, weights = np.inf, 0, np.inf, frame.base
    for number in range(1, limit + 1):
        weights = sweep()
        gap = _largest(gaps(frame, weights))
        if gap <= tolerance:
            return Fit(weights, number, gap, True)
        best, idle = (gap, 0) if gap < 0.999 * best else (best, idle + 1)
        if idle >= PATIENCE:
            return Fit(weights, number, gap, False)
    return Fit(weights, limit, gap, False)


def _largest(missed: Sequence[Floats]) -> float:
    return max(float(np.abs(one).max()) for one in missed)
