"""On random surveys the weights and errors are those of svy, which statisticians write (a development package)."""

from __future__ import annotations

import numpy as np
import pytest

from hearth.surveys.rules.estimates import estimate
from hearth.surveys.rules.weighting import Coded, Margin, weigh

pl = pytest.importorskip("polars")
svy = pytest.importorskip("svy")
pytestmark = pytest.mark.slow


@pytest.mark.parametrize("seed", range(8))
def test_raked_weights_percentages_and_errors_are_those_of_svy(seed: int) -> None:
    chance = np.random.default_rng(seed)
    number, sizes = 600, [int(size) for size in chance.integers(2, 6, 3)]
    people = chance.integers(5, 60, sizes).astype(float)
    population = float(people.sum() * 10)
    coded, margins, frame = [], [], {}
    for axis, size in enumerate(sizes):
        name = f"v{axis}"
        codes = chance.permutation(np.concatenate([np.arange(size), chance.integers(0, size, number - size)]))
        coded.append(Coded(name, tuple(f"c{at}" for at in range(size)), codes.astype(np.intp)))
        sums = people.sum(axis=tuple(other for other in range(3) if other != axis)) * 10
        margins.append(Margin.of(name, {f"c{at}": float(total) for at, total in enumerate(sums)}))
        frame[name] = [f"c{code}" for code in codes]
    answers = chance.choice([-1, 1, 2, 3, 4, 5], number)
    frame["hit"] = [None if one < 0 else float(one >= 4) for one in answers]
    ours = weigh(coded, margins)
    table = pl.DataFrame(frame).with_columns(
        pl.lit(population / number).alias("base"), pl.lit(population).alias("people")
    )
    sample = svy.Sample(table, svy.Design(wgt="base", pop_size="people")).weighting.rake(
        controls={one.name: {cell[0]: total for cell, total in one.population.items()} for one in margins},
        tol=1e-11,
        max_iter=2000,
    )
    np.testing.assert_allclose(ours.weights, sample.data["rk_wgt"].to_numpy(), rtol=1e-7)
    theirs = sample.estimation.mean("hit", drop_nulls=True).estimates[0]
    mine = estimate(ours.sample, answers)
    assert mine.pct == pytest.approx(100 * theirs.est, abs=1e-6)
    assert mine.se == pytest.approx(100 * theirs.se, abs=1e-6)
