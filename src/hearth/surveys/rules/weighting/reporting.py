"""What a weighting did, in plain words: whether it met its margins, what it cost, and which categories are thin.

Every characteristic used must be named and the method told (summary of survey approach, items e and f, reference 2.3).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from hearth.surveys.rules.weighting.coding import Floats, Target, neighbour
from hearth.surveys.rules.weighting.fitting import Fit

FEW = 20  # responses in a category below which its weight rests on too few people
COSTLY = 2.0  # a design effect from which half of the sample's worth is gone
UNEVEN = 10.0  # largest weight over smallest
SAID = 12  # categories named in one report


@dataclass(frozen=True)
class CategoryLine:
    """One category of one margin: how many answered, how many there are, and what the weights make of them."""

    variable: str
    category: str
    responses: int
    population: float
    weighted: float

    @property
    def missed(self) -> float:
        """What the weights miss of the population, as a share of it; below 0 where they fall short."""
        return self.weighted / self.population - 1


@dataclass(frozen=True)
class Summary:
    """What weights do to a sample: Kish's design effect and the number of equal responses that would tell as much."""

    responses: int
    total: float
    smallest: float
    largest: float
    mean: float
    design_effect: float
    effective: float


@dataclass(frozen=True)
class Report:
    """How a weighting went. `sentences` say what was done, `warnings` what is doubtful, `suggestions` what may help."""

    method: str
    converged: bool
    sweeps: int
    largest_miss: float  # a share of the category's population
    summary: Summary
    categories: tuple[CategoryLine, ...]
    sentences: tuple[str, ...]
    warnings: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()

    def to_plain(self) -> dict[str, Any]:
        """The report for machines."""
        return {
            "method": self.method,
            "converged": self.converged,
            "sweeps": self.sweeps,
            "largest_miss": self.largest_miss,
            "weights": vars(self.summary),
            "categories": [{**vars(line), "missed": line.missed} for line in self.categories],
            "sentences": list(self.sentences),
            "warnings": list(self.warnings),
            "suggestions": list(self.suggestions),
        }


def summary(weights: Floats, counts: Floats | None = None) -> Summary:
    """Kish's design effect n·Σw²/(Σw)² and effective sample n/deff; `counts` responses have each weight (else one)."""
    weights = np.asarray(weights, dtype=float)
    counts = np.ones(len(weights)) if counts is None else np.asarray(counts, dtype=float)
    number, total = float(counts.sum()), float((weights * counts).sum())
    effect = number * float((weights**2 * counts).sum()) / total**2
    return Summary(
        int(number), total, float(weights.min()), float(weights.max()), total / number, effect, number / effect
    )


def lines(targets: Sequence[Target], weights: Floats) -> tuple[CategoryLine, ...]:
    """Each category of each margin with what the weights (one a response) make of it."""
    found = []
    for target in targets:
        met = np.bincount(target.codes, weights, minlength=len(target.labels))
        for at, label in enumerate(target.labels):
            number = int(target.responses[at])
            found.append(CategoryLine(target.name, label, number, float(target.totals[at]), float(met[at])))
    return tuple(found)


def warnings_of(categories: Sequence[CategoryLine], made: Summary, fit: Fit, tolerance: float) -> tuple[str, ...]:
    """What a reader of the results has to know."""
    said = []
    if not fit.converged:
        missed = sorted(
            (line for line in categories if abs(line.missed) > tolerance), key=lambda line: -abs(line.missed)
        )
        named = "; ".join(
            f"{line.variable} “{line.category}” reaches {line.weighted:,.1f} of {line.population:,.1f}"
            for line in missed[:SAID]
        )
        more = f"; and {len(missed) - SAID} more" if len(missed) > SAID else ""
        said.append(f"The weights do not meet the margins after {fit.sweeps} rounds: {named}{more}.")
    thin = [line for line in categories if line.responses < FEW]
    said += [
        f"Only {line.responses} {'response is' if line.responses == 1 else 'responses are'} in {line.variable} "
        f"“{line.category}”, which stands for {line.population:,.0f}."
        for line in thin[:SAID]
    ]
    if len(thin) > SAID:
        said.append(f"{len(thin) - SAID} more categories have fewer than {FEW} responses.")
    if made.smallest < 0:
        said.append(f"The smallest weight is {made.smallest:,.3f}: a person cannot count less than nothing.")
    elif made.smallest == 0 or made.largest / made.smallest > UNEVEN:
        times = "" if made.smallest == 0 else f", {made.largest / made.smallest:,.1f} times the smallest"
        said.append(f"The largest weight is {made.largest:,.2f}{times}.")
    if made.design_effect >= COSTLY:
        said.append(
            f"The weights cost much precision: {made.responses:,} responses tell as much as {made.effective:,.0f} "
            "would without weights."
        )
    return tuple(said)


def suggestions_of(targets: Sequence[Target], made: Summary, fit: Fit, *, bounded: bool) -> tuple[str, ...]:
    """What may help: thin categories to join, bounds to set or to widen."""
    said = []
    for target in targets:
        for at in np.flatnonzero(target.responses < FEW)[:SAID]:
            near = neighbour(target.labels, target.responses, int(at))
            if near:
                said.append(f"Join {target.name} “{target.labels[at]}” with “{near}”, or with another that is like it.")
    if not fit.converged and bounded:
        said.append(
            "Widen the bounds, join categories, or leave out a margin: within these bounds no weights meet all."
        )
    elif not fit.converged:
        said.append(
            "Join categories, or weight to fewer margins: some combinations that the margins need have no responses."
        )
    if made.smallest < 0:
        said.append("Rake, or set bounds, so that no weight is negative.")
    return tuple(said)
