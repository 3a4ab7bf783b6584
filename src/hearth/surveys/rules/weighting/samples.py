"""A weighted sample as its errors see it: cells of like responses, their weights, and the margins that they meet.

The variance of any estimate is that of the sum of its linearised scores. Where weights were fitted to margins, what the
margins already know of a score is taken away first (the residual of its regression on them, with the base weights), as
R's survey package does for post-stratified, raked and calibrated designs; hence a fitted weight gives a smaller error
than the same weight taken as fixed (dependencies, section 8; margins of error with the finite population, reference
2.1).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from hearth.kernel.refusals import Refused
from hearth.surveys.rules.weighting.coding import Floats, Ints, combine
from hearth.surveys.rules.weighting.fitting import normal_matrix, spread


@dataclass(frozen=True)
class Sample:
    """Responses with weights. `cell` has each response's cell; all else has one entry a cell.

    `margins` are the fitted margins (codes by cell), empty where weights are taken as fixed. `strata` and
    `stratum_sizes` say how the sample was drawn: one stratum for a simple random sample. `name` says in words how it
    was weighted.
    """

    name: str
    cell: Ints  # (responses,)
    weights: Floats
    base: Floats
    counts: Ints
    margins: tuple[Ints, ...]
    strata: Ints
    stratum_sizes: Floats  # (strata,): the population of each

    @property
    def responses(self) -> int:
        """How many responses there are."""
        return len(self.cell)

    @property
    def population(self) -> float:
        """How many people or households the sample was drawn from."""
        return float(self.stratum_sizes.sum())

    @property
    def row_weights(self) -> Floats:
        """The weight of each response, in their order."""
        return self.weights[self.cell]

    def as_fixed(self) -> Sample:
        """The same weights, taken as if they had been given and not fitted: the usual, larger error."""
        return replace(self, margins=(), name=f"{self.name}, weights taken as fixed")

    def tabulate(self, classes: Ints, size: int) -> Floats:
        """How many responses of each cell are in each class; (cells, size). Responses of class -1 are left out."""
        if len(classes) != self.responses:
            raise Refused(f"There are {len(classes):,} answers for {self.responses:,} responses.", field="answers")
        key = self.cell * (size + 1) + (classes + 1)
        table = np.bincount(key, minlength=len(self.counts) * (size + 1))
        return table.reshape(len(self.counts), size + 1)[:, 1:].astype(np.float64)

    def variance(self, table: Floats, scores: Floats, *, fpc: bool = True) -> float:
        """The variance of the weighted total of a score: `scores[k]` in class k of `table`, and 0 outside them all."""
        rest = self.counts - table.sum(axis=1)
        full = np.column_stack([table, rest])
        known = self._known(table @ scores)
        parts = self.weights[:, None] * (np.append(scores, 0.0)[None, :] - known[:, None])
        drawn = np.bincount(self.strata, self.counts, minlength=len(self.stratum_sizes))
        sums = np.bincount(self.strata, (full * parts).sum(axis=1), minlength=len(drawn))
        centred = parts - (sums / np.maximum(drawn, 1))[self.strata][:, None]
        squares = np.bincount(self.strata, (full * centred**2).sum(axis=1), minlength=len(drawn))
        left = np.clip(1 - drawn / self.stratum_sizes, 0, None) if fpc else np.ones(len(drawn))
        return float((left * np.where(drawn > 1, drawn / np.maximum(drawn - 1, 1), 0) * squares).sum())

    def _known(self, sums: Floats) -> Floats:
        """What the margins know of a score whose total in each cell is `sums`, for one response of each cell."""
        if not self.margins:
            return np.zeros(len(self.counts))
        weighted = self.base * sums
        if len(self.margins) == 1:
            codes = self.margins[0]
            mass = np.bincount(codes, self.base * self.counts)
            known: Floats = np.bincount(codes, weighted) / np.where(mass > 0, mass, 1)
            return known[codes]
        shares = np.concatenate([np.bincount(codes, weighted) for codes in self.margins])
        return spread(self._solver @ shares, self.margins, self._sizes)

    @cached_property
    def _sizes(self) -> list[Floats]:
        return [np.zeros(int(codes.max()) + 1) for codes in self.margins]

    @cached_property
    def _solver(self) -> Floats:
        matrix = normal_matrix(self.margins, self._sizes, self.base * self.counts)
        solver: Floats = np.asarray(np.linalg.pinv(matrix, 1e-11, hermitian=True), dtype=np.float64)
        return solver


def simple(name: str, cell: Ints, weights: Floats, counts: Ints, *, population: float) -> Sample:
    """A simple random sample from a population, with weights that nothing was fitted to."""
    if len(cell) > population:
        raise Refused(
            f"There are {len(cell):,} responses and a population of {population:,.0f}. One response a household: look "
            "for doubles, or for a population that leaves somebody out.",
            field="population",
        )
    return Sample(
        name,
        cell,
        weights,
        np.full(len(counts), population / max(len(cell), 1)),
        counts,
        (),
        np.zeros(len(counts), dtype=np.intp),
        np.asarray([float(population)]),
    )


def unweighted(responses: int, *, population: float) -> Sample:
    """Every response counts alike: a simple random sample of `responses` from `population`."""
    if responses < 1:
        raise Refused("There are no responses.", field="responses")
    return simple(
        "unweighted",
        np.zeros(responses, dtype=np.intp),
        np.asarray([population / responses]),
        np.asarray([responses], dtype=np.intp),
        population=population,
    )


def fixed_weights(weights: Sequence[float] | Floats, *, population: float) -> Sample:
    """Weights that somebody else computed (a survey firm's): their error cannot know what they were fitted to."""
    given = np.asarray(weights, dtype=float)
    if not len(given):
        raise Refused("There are no responses.", field="responses")
    if not np.isfinite(given).all() or (given < 0).any() or given.sum() <= 0:
        at = int(np.argmax(~np.isfinite(given) | (given < 0)))
        raise Refused(f"The weight of response {at + 1} is not a number of 0 or more.", field="weights")
    distinct, place = np.unique(given, return_inverse=True)
    counts = np.bincount(place).astype(np.intp)
    return simple("weights taken as fixed", place.astype(np.intp), distinct, counts, population=population)


def cells_of(parts: Sequence[tuple[Ints, int]]) -> tuple[Ints, Ints]:
    """Responses that are alike in all parts (codes, number of categories): the first of each cell, and each's cell."""
    return combine([codes for codes, _ in parts], [size for _, size in parts])
