"""How many answers a survey of a known population needs, and how sure its figures are: the regulator's two formulas.

Accuracies and margins are in percentage points either way ("4" is plus or minus 4%), at 95% confidence, for the share
that is hardest to know (one half). Both formulas give back every figure that the Regulator of Social Housing published
for 2024-25 (reference tenant-satisfaction-measures, section 2.1).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from hearth.kernel.refusals import Refused

CONFIDENCE = 1.96  # standard errors either side: 95% confidence
_HALF_WIDTH = 100 * CONFIDENCE * 0.5  # 98: percentage points either side of a half, for a single answer


@dataclass(frozen=True)
class Band:
    """The accuracy asked of populations of at least `least`, up to the next band."""

    least: int
    accuracy: float  # percentage points either side


def accuracy_for(population: int, bands: Sequence[Band]) -> float:
    """The accuracy asked of a population, in percentage points either side; Refused where no band covers it."""
    fitting = [band for band in bands if band.least <= population]
    if population <= 0 or not fitting:
        raise Refused("No accuracy is set for a population of this size.", field="population")
    return max(fitting, key=lambda band: band.least).accuracy


def top_of_band(population: int, bands: Sequence[Band]) -> int | None:
    """The largest population that falls in the same band; None in the last band, which has no top."""
    above = [band.least for band in bands if band.least > population]
    return min(above) - 1 if above else None


def required_sample(population: int, accuracy: float) -> float:
    """The answers needed for an accuracy, as a fraction: n0 / (1 + n0/N), n0 = 0.9604/e² (reference 2.1).

    Round it up for people: required_sample(4160, 4) is 524.56, so 525 answers.
    """
    if population <= 0:
        raise Refused("A population must be above zero.", field="population")
    if accuracy <= 0:
        raise Refused("An accuracy must be above zero.", field="accuracy")
    unlimited = (_HALF_WIDTH / accuracy) ** 2
    return unlimited / (1 + unlimited / population)


def margin(population: int, n: float) -> float:
    """The margin of n answers, percentage points either side: 98/√n · √((N − n)/(N − 1)) (reference 2.1).

    Nothing when everybody answered. Weights are ignored, as the regulator does. margin(4160, 977) is 2.742854.
    """
    if population <= 0:
        raise Refused("A population must be above zero.", field="population")
    if n <= 0:
        raise Refused("A margin needs at least one answer.", field="n")
    if n >= population:
        return 0.0
    return _HALF_WIDTH / math.sqrt(n) * math.sqrt((population - n) / (population - 1))
