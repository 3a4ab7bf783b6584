"""How many answers a survey of a known population needs, and how sure its figures are: the regulator's two formulas.

Accuracies and margins are in percentage points either way ("4" is plus or minus 4%), at 95% confidence, for the share
that is hardest to know (one half). Both formulas give back every figure that the Regulator of Social Housing published
for 2024-25 (reference tenant-satisfaction-measures, section 2.1).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hearth.kernel.refusals import Refused

CONFIDENCE = 1.96  # standard errors either side: 95% confidence
_HALF_WIDTH = 100 * CONFIDENCE * 0.5  # 98: percentage points either side of a half, for a single answer


@dataclass(frozen=True)
class Band:
    """The accuracy asked of populations of at least `least`, up to the next band."""

    least: int
    accuracy: float  # percentage points either side


@dataclass(frozen=True)
class Bands:
    """The accuracy that is asked for from a day on. `confirm` and, at the first population of a band, `confirm_edge`
    say what an officer must check before relying on it.

    A landlord of `census_allowance` homes or fewer that asks everybody has done enough, whatever the accuracy.
    """

    holds_from: date
    bands: tuple[Band, ...]
    census_allowance: int
    source: str
    confirm: str = ""
    confirm_edge: str = ""

    def of(self, population: int) -> Band:
        """The band that a population falls into."""
        return max((band for band in self.bands if population >= band.least), key=lambda band: band.least)


EDITIONS = (
    Bands(
        date(2023, 4, 1),
        (Band(0, 5.0), Band(2_500, 4.0), Band(10_000, 3.0), Band(25_000, 2.0)),
        2_500,
        "Tenant survey requirements, sample size table, proved on the regulator's data for 2023-24 and 2024-25 "
        "(tenant-satisfaction-measures, reference 2.1); census allowance: note 3 to those data",
        confirm="Whether the Direction of 1 October 2026 keeps these bands.",
        confirm_edge="Whether populations of exactly 2,500, 10,000 and 25,000 belong to the band above or below.",
    ),
)


def bands_on(day: date, *, editions: Sequence[Bands] = EDITIONS) -> Bands:
    """The accuracy that holds on a day (reference 2.1). Refused for a day before the first edition."""
    held = [edition for edition in editions if edition.holds_from <= day]
    if not held:
        raise Refused("The regulator asked for no accuracy before 1 April 2023.", field="day")
    return max(held, key=lambda edition: edition.holds_from)


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
