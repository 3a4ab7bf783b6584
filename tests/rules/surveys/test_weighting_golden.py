"""Weights, percentages, errors, intervals and design effects equal those of R's survey package (reference folder)."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest

from hearth.surveys.rules import estimates, margins, weighting
from hearth.surveys.rules.weighting import Method, Responses, Weighting

CLOSE = 1e-6
QUESTIONS = [f"q{number:02}" for number in range(1, 13)]
DESIGNS = (
    "unweighted_srs_fpc",
    "rake",
    "poststrat_age_sex",
    "calib_linear",
    "rake_weights_as_fixed_fpc",
    "rake_weights_as_fixed_nofpc",
)


@pytest.fixture(scope="module")
def golden(shared: Path) -> Path:
    return shared / "data" / "golden"


@lru_cache(maxsize=16)
def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@lru_cache(maxsize=1)
def weighted(golden: Path) -> tuple[Responses, dict[str, Weighting]]:
    """The responses, and the three weightings by the names of their columns."""
    with (golden / "small_margins.csv").open(encoding="utf-8") as lines:
        known = weighting.read_margins(lines)
    with (golden / "small_poststrata_age_sex.csv").open(encoding="utf-8") as lines:
        cells = weighting.read_poststrata(lines)
    with (golden / "small_responses.csv").open(encoding="utf-8") as lines:
        names = {margin.name: [cell[0] for cell in margin.population] for margin in known}
        responses = weighting.read_responses(lines, variables=names)
    return responses, {
        "w_rake": weighting.weigh(responses.variables, known),
        "w_poststrat_age_sex": weighting.weigh(responses.variables, [cells], method=Method.POSTSTRATIFY),
        "w_calib_linear": weighting.weigh(responses.variables, known, method=Method.LINEAR),
    }


@pytest.mark.parametrize("column", ["w_rake", "w_poststrat_age_sex", "w_calib_linear"])
def test_every_weight_is_that_of_r(golden: Path, column: str) -> None:
    responses, made = weighted(golden)
    rows = table(golden / "small_weights_R.csv")
    assert responses.ids == [row["id"] for row in rows]
    assert made[column].report.converged
    np.testing.assert_allclose(made[column].weights, [float(row[column]) for row in rows], rtol=0, atol=CLOSE)


@pytest.mark.parametrize("column", ["w_rake", "w_poststrat_age_sex", "w_calib_linear"])
def test_every_weight_of_a_cell_is_that_of_r(golden: Path, column: str) -> None:
    responses, made = weighted(golden)
    labels = zip(
        *([variable.categories[code] for code in variable.codes] for variable in responses.variables), strict=True
    )
    ours: dict[tuple[str, ...], list[float]] = {}
    for cell, weight in zip(labels, made[column].weights, strict=True):
        ours.setdefault(cell, []).append(float(weight))
    rows = table(golden / "small_cell_weights_R.csv")
    assert len(rows) == len(ours)
    for row in rows:
        found = ours[row["age"], row["sex"], row["ethnicity"], row["disability"]]
        assert len(found) == int(row["n"])
        np.testing.assert_allclose(found, float(row[column]), rtol=0, atol=CLOSE)


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("design", DESIGNS)
def test_every_estimate_is_that_of_r(golden: Path, design: str, question: str) -> None:
    responses, made = weighted(golden)
    raked = made["w_rake"].sample
    sample = {
        "unweighted_srs_fpc": weighting.unweighted(len(responses), population=raked.population),
        "rake": raked,
        "poststrat_age_sex": made["w_poststrat_age_sex"].sample,
        "calib_linear": made["w_calib_linear"].sample,
        "rake_weights_as_fixed_fpc": raked.as_fixed(),
        "rake_weights_as_fixed_nofpc": raked.as_fixed(),
    }[design]
    one = estimates.estimate(sample, responses.answers[question], fpc=not design.endswith("nofpc"))
    [row] = [
        row for row in table(golden / "small_estimates_R.csv") if (row["design"], row["item"]) == (design, question)
    ]
    assert one.base == int(row["n"])
    ours = (one.pct, one.se, one.low, one.high, one.margin, one.design_effect)
    theirs = [float(row[name]) for name in ("pct", "se_pp", "ci_lo", "ci_hi", "moe95_pp", "deff")]
    np.testing.assert_allclose(np.asarray(ours, dtype=float), theirs, rtol=0, atol=CLOSE)


def test_no_row_of_the_estimates_is_left_out(golden: Path) -> None:
    rows = table(golden / "small_estimates_R.csv")
    assert {(row["design"], row["item"]) for row in rows} == {(d, q) for d in DESIGNS for q in QUESTIONS}
    assert len(rows) == len(DESIGNS) * len(QUESTIONS)


def test_percentages_by_group_and_their_errors_are_those_of_r(golden: Path) -> None:
    responses, made = weighted(golden)
    ours = [
        (one.variable, one.category, one.estimate.pct, one.estimate.se)
        for variable in responses.variables
        for one in estimates.estimates_by_group(made["w_rake"].sample, responses.answers["q01"], variable)
    ]
    rows = table(golden / "small_q01_by_group_R.csv")
    assert [one[:2] for one in ours] == [(row["variable"], row["category"]) for row in rows]
    theirs = [(float(row["pct"]), float(row["se_pp"])) for row in rows]
    np.testing.assert_allclose(np.asarray([one[2:] for one in ours], dtype=float), theirs, rtol=0, atol=CLOSE)


def test_the_distribution_and_its_errors_are_those_of_r(golden: Path) -> None:
    responses, made = weighted(golden)
    ours = estimates.distribution(made["w_rake"].sample, responses.answers["q01"])
    rows = table(golden / "small_q01_distribution_R.csv")
    assert [str(value) for value, _ in ours] == [row["value"] for row in rows]
    theirs = [(float(row["pct"]), float(row["se_pp"])) for row in rows]
    np.testing.assert_allclose([(one.pct, one.se) for _, one in ours], theirs, rtol=0, atol=CLOSE)


def test_design_effects_effective_sample_and_margins_are_those_of_the_summary(golden: Path) -> None:
    responses, made = weighted(golden)
    [row] = table(golden / "small_summary_R.csv")
    raked, cells = made["w_rake"].report.summary, made["w_poststrat_age_sex"].report.summary
    number, population, exact = len(responses), float(row["N"]), estimates.quantile(0.95)
    ours = {
        "N": made["w_rake"].sample.population,
        "n": raked.responses,
        "p": 0.5,
        "moe95_nofpc_pp": 100 * exact * 0.5 / number**0.5,
        "moe95_fpc_pp": margins.margin(number, population, z=exact),
        "kish_deff_rake": raked.design_effect,
        "kish_deff_poststrat": cells.design_effect,
        "neff_rake": raked.effective,
        "w_min": raked.smallest,
        "w_max": raked.largest,
        "w_sum": raked.total,
    }
    assert ours == pytest.approx({name: float(value) for name, value in row.items()}, abs=CLOSE, rel=0)
