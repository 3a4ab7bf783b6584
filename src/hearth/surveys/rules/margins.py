"""How many responses the regulator asks for, and how far a percentage may be off (reference 2.1; SUR-17).

Pure Python without numpy, so that pages may use it. The formulas give every figure that the regulator has published for
landlords in 2023-24 and 2024-25. The regulator's margin takes no account of weighting; the errors of
`hearth.surveys.rules.estimates` do.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import ceil, sqrt

from hearth.kernel import samples
from hearth.kernel.refusals import Refused
from hearth.kernel.samples import Band, Bands, bands_on

__all__ = [
    "Band", "Bands", "Required", "Verdict", "bands_on", "margin", "required_sample", "response_rate", "verdict",
]  # fmt: skip
Z = samples.CONFIDENCE


@dataclass(frozen=True)
class Required:
    """The responses that a population needs: exactly, rounded up, and to which accuracy (percentage points)."""

    population: int
    accuracy: float
    exact: float
    responses: int
    confirm: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class Verdict:
    """Whether a survey was large enough. `margin` is in percentage points (None with fewer than one response)."""

    required: Required
    responses: int
    margin: float | None
    reached: bool
    by_census: bool
    sentence: str


def required_sample(population: int, *, on: date, accuracy: float | None = None) -> Required:
    """The responses that are needed: n0 / (1 + n0/N) with n0 = 1.96² · 0.25 / e² (reference 2.1).

    `population` is the relevant tenant population of one tenure, in households; `accuracy` in percentage points, of the
    population's band where none is given. The regulator's data leave decimals in 2024-25 and round up in 2023-24.
    """
    _check_population(population)
    edition = bands_on(on)
    within = edition.of(population).accuracy if accuracy is None else accuracy
    if not 0 < within < 50:
        raise Refused("An accuracy is a number of percentage points between 0 and 50, like 4.", field="accuracy")
    exact = samples.required_sample(population, within)
    edge = edition.confirm_edge if any(population == band.least for band in edition.bands) else ""
    confirm = tuple(filter(None, (edge, edition.confirm))) if accuracy is None else ()
    return Required(population, within, exact, ceil(round(exact, 9)), confirm, edition.source)


def margin(responses: float, population: float, *, share: float = 0.5, z: float = Z) -> float:
    """The margin of error of a percentage, in points: 98/√n · √((N−n)/(N−1)) at one half (reference 2.1; SUR-17).

    `share` is the percentage as a share (one half is the worst case, and the regulator's), `z` the number of standard
    errors. 400 responses of 4,159 households give 4.66. Unweighted: for weighted results use the estimate's own margin.
    """
    _check_population(population)
    if responses <= 0:
        raise Refused("With no responses there is no margin of error.", field="responses")
    if responses > population:
        raise Refused(
            f"There are more responses ({responses:,.0f}) than households ({population:,.0f}): one a household.",
            field="responses",
        )
    if not 0 <= share <= 1:
        raise Refused("A share lies between 0 and 1.", field="share")
    at_one_half = samples.margin(int(population), responses)
    return at_one_half * 2 * sqrt(share * (1 - share)) * z / Z


def verdict(responses: int, population: int, *, on: date, census: bool = False) -> Verdict:
    """Whether so many responses are enough, with the allowance for a small landlord's census (reference 2.1)."""
    needed = required_sample(population, on=on)
    off = margin(responses, population) if responses else None
    reached = responses >= needed.exact
    allowed = not reached and census and population <= bands_on(on).census_allowance
    points = "" if off is None else f" The margin of error is {off:.1f} points either way."
    homes = f"{population:,} households"
    if reached:
        said = (
            f"{responses:,} responses from {homes} are enough: {needed.responses:,} were needed for {_within(needed)}."
        )
    elif allowed:
        said = (
            f"{responses:,} responses from {homes} are fewer than the {needed.responses:,} for {_within(needed)}, but "
            f"everybody was asked, which is enough for {bands_on(on).census_allowance:,} households or fewer."
        )
    else:
        said = (
            f"{responses:,} responses from {homes} are fewer than the {needed.responses:,} for {_within(needed)}. "
            "Publish the reason."
        )
    return Verdict(needed, responses, off, reached, allowed, said + points)


def response_rate(responses: int, asked: int) -> float:
    """The percentage of those asked who answered (SUR-17, reference 2.3)."""
    if asked <= 0:
        raise Refused("Nobody was asked, so there is no response rate.", field="asked")
    return 100 * responses / asked


def _within(needed: Required) -> str:
    return f"an accuracy of {needed.accuracy:g} points"


def _check_population(population: float) -> None:
    if population < 1:
        raise Refused("The population must be 1 household or more.", field="population")
