"""Percentages and their errors, against small cases by hand and against the formulas written out row by row."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearth.kernel.refusals import Refused
from hearth.surveys.rules import estimates
from hearth.surveys.rules.estimates import distribution, estimate, estimates_by_group, quantile
from hearth.surveys.rules.weighting import Coded, Margin, Method, Sample, code, fixed_weights, unweighted, weigh

NONE = -1


def row_by_row(sample: Sample, scores: np.ndarray, margins: list[Coded], base: np.ndarray, population: float) -> float:
    """The standard error of a weighted total of scores as the textbooks write it: residuals, then simple random."""
    number = len(scores)
    if margins:
        design = np.column_stack(
            [variable.codes == at for variable in margins for at in range(len(variable.categories))]
        ).astype(float)
        root = np.sqrt(base)[:, None]
        fitted = design @ np.linalg.lstsq(design * root, scores * root[:, 0], rcond=None)[0]
        scores = scores - fitted
    parts = sample.row_weights * scores
    spread = ((parts - parts.mean()) ** 2).sum() * number / (number - 1)
    return sqrt((1 - number / population) * spread)


def test_a_post_stratified_error_by_hand() -> None:
    # Weights 3, 3, 1, 1. The share is 5/8. Within "a" the answers differ by ±1/2, within "b" not at all:
    # 3 x 0.5 / 8 each, so the variance is (1 - 4/8) x 4/3 x 2 x 0.1875².
    group = code("group", ["a", "a", "b", "b"])
    made = weigh([group], [Margin.of("group", {"a": 6, "b": 2})], method=Method.POSTSTRATIFY)
    one = estimate(made.sample, np.asarray([5, 1, 4, 4]))
    assert one.pct == pytest.approx(62.5)
    assert one.se == pytest.approx(100 * sqrt(0.5 * 4 / 3 * 2 * 0.1875**2))
    assert one.errors == "post-stratified by group, with finite population correction"
    assert (one.base, one.count, one.weighted_base, one.weighted_count) == (4, 3, pytest.approx(8), pytest.approx(5))


def test_an_unweighted_error_is_that_of_a_simple_random_sample() -> None:
    answers = np.asarray([5, 4, 1, 1, 2, 3, 4, 5, 5, 5])
    one = estimate(unweighted(10, population=50), answers)
    assert one.pct == pytest.approx(60)
    assert one.se == pytest.approx(100 * sqrt((1 - 10 / 50) * 0.6 * 0.4 / 9))
    assert one.margin == pytest.approx(1.9599639845 * one.se)
    assert (one.low, one.high) == (pytest.approx(60 - one.margin), pytest.approx(60 + one.margin))
    assert one.design_effect == pytest.approx(1)


def test_without_the_correction_for_a_finite_population_the_error_is_larger() -> None:
    answers, sample = np.asarray([5, 1, 5, 1]), unweighted(4, population=8)
    with_it, without = estimate(sample, answers), estimate(sample, answers, fpc=False)
    assert without.se == pytest.approx(with_it.se * sqrt(2))
    assert without.errors == "unweighted, without finite population correction"


def test_a_census_has_no_error_of_sampling() -> None:
    one = estimate(unweighted(4, population=4), np.asarray([5, 1, 5, 1]))
    assert (one.pct, one.se, one.design_effect) == (50.0, 0.0, None)


def test_answers_outside_the_scale_are_outside_the_base() -> None:
    one = estimate(unweighted(6, population=100), np.asarray([5, 0, NONE, 1, 9, -2]))
    assert (one.base, one.pct) == (2, 50.0)


def test_nobody_in_the_base_gives_no_percentage() -> None:
    one = estimate(unweighted(3, population=100), np.asarray([NONE, 0, NONE]))
    assert (one.pct, one.se, one.low, one.margin, one.base) == (None, None, None, None, 0)
    assert one.warnings == ("Nobody answered.",)


def test_few_answers_and_answers_all_alike_are_warned_of() -> None:
    sample = unweighted(40, population=1000)
    few = np.asarray([5, 1] * 10 + [NONE] * 20)
    assert estimate(sample, few).warnings == ("Only 20 answered: the interval is a rough guide.",)
    assert estimate(sample, np.full(40, 5)).warnings == (
        "Nearly everybody answered alike: the interval is a rough guide.",
    )
    assert estimate(sample, np.asarray([5, 1] * 20)).warnings == ()


def test_another_scale_and_other_answers_that_count() -> None:
    one = estimate(unweighted(5, population=100), np.asarray([0, 10, 7, 3, 11]), top=(9, 10), scale=range(11))
    assert (one.base, one.count) == (4, 1)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [({"top": (6,)}, "one of the scale"), ({"scale": (1, 5000), "top": (1,)}, "thousand"), ({"level": 1.0}, "between")],
)
def test_questions_that_make_no_sense_are_refused(options: dict[str, object], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        estimate(unweighted(2, population=9), np.asarray([5, 1]), **options)  # type: ignore[arg-type]


def test_answers_must_be_as_many_as_responses() -> None:
    with pytest.raises(Refused, match="2 answers for 3 responses"):
        estimate(unweighted(3, population=9), np.asarray([5, 1]))


def test_the_quantile_of_95_per_cent() -> None:
    assert quantile(0.95) == pytest.approx(1.959963984540054)


# ── against the formulas written out ──────────────────────────────────────────────────────────────────────


@st.composite
def surveys(draw: st.DrawFn) -> tuple[list[Coded], list[Margin], np.ndarray, np.ndarray | None, float]:
    """Two variables, margins of one population, answers with some missing, and sometimes base weights."""
    number = draw(st.integers(12, 60))
    chance = np.random.default_rng(draw(st.integers(0, 10_000)))
    sizes = [draw(st.integers(2, 4)), draw(st.integers(2, 3))]
    coded = []
    for name, size in zip("ab", sizes, strict=True):
        codes = np.concatenate([np.arange(size), chance.integers(0, size, number - size)])
        coded.append(Coded(name, tuple(f"{name}{at}" for at in range(size)), chance.permutation(codes).astype(np.intp)))
    people = chance.integers(40, 400, sizes)
    margins = [
        Margin.of("a", {f"a{at}": float(total) for at, total in enumerate(people.sum(axis=1))}),
        Margin.of("b", {f"b{at}": float(total) for at, total in enumerate(people.sum(axis=0))}),
    ]
    answers = chance.choice([NONE, 1, 2, 3, 4, 5], number)
    base = chance.uniform(0.5, 2, number) if draw(st.booleans()) else None
    return coded, margins, answers, base, float(people.sum())


@settings(deadline=None, max_examples=60)
@given(surveys(), st.sampled_from([Method.RAKE, Method.LINEAR]))
def test_the_error_is_that_of_the_residuals_row_by_row(
    survey: tuple[list[Coded], list[Margin], np.ndarray, np.ndarray | None, float], method: Method
) -> None:
    coded, margins, answers, base, population = survey
    made = weigh(coded, margins, method=method, base=base)
    weights, inside, hit = made.weights, answers >= 1, answers >= 4
    if not inside.any() or not made.report.converged or (weights * inside).sum() <= 0:
        return
    whole = (weights * inside).sum()
    share = (weights * hit).sum() / whole
    scores = np.where(inside, (hit - share) / whole, 0.0)
    drawn = np.ones(len(answers)) if base is None else base
    one = estimate(made.sample, answers)
    assert one.pct == pytest.approx(100 * share)
    assert one.se == pytest.approx(100 * row_by_row(made.sample, scores, coded, drawn, population), abs=1e-7)
    fixed = estimate(made.sample.as_fixed(), answers)
    assert fixed.se == pytest.approx(100 * row_by_row(made.sample, scores, [], drawn, population), abs=1e-7)


@settings(deadline=None, max_examples=40)
@given(surveys())
def test_the_shares_of_a_distribution_add_up_and_groups_are_the_same_question_within(
    survey: tuple[list[Coded], list[Margin], np.ndarray, np.ndarray | None, float],
) -> None:
    coded, margins, answers, base, _ = survey
    made = weigh(coded, margins, base=base)
    parts = [one for _, one in distribution(made.sample, answers)]
    if parts[0].pct is None:
        return
    assert sum(one.pct or 0 for one in parts) == pytest.approx(100)
    top = estimate(made.sample, answers)
    assert top.pct == pytest.approx((parts[3].pct or 0) + (parts[4].pct or 0))
    for one in estimates_by_group(made.sample, answers, coded[0]):
        within = coded[0].codes == coded[0].categories.index(one.category)
        alone = estimate(made.sample, answers, within=within)
        assert one.estimate.pct == (None if alone.pct is None else pytest.approx(alone.pct))
        assert one.estimate.se == (None if alone.se is None else pytest.approx(alone.se))


def test_many_groups_of_many_cells_are_counted_one_by_one_with_the_same_result(monkeypatch: pytest.MonkeyPatch) -> None:
    group = code("group", ["a", "b", "a", "b", None, "a"])
    made = weigh([code("sex", ["f", "m", "f", "m", "f", "m"])], [Margin.of("sex", {"f": 60, "m": 30})])
    answers = np.asarray([5, 1, 1, 4, 5, NONE])
    together = estimates_by_group(made.sample, answers, group)
    monkeypatch.setattr(estimates, "MOST_AT_ONCE", 1)
    assert estimates_by_group(made.sample, answers, group) == together
    assert [one.estimate.base for one in together] == [2, 2]


def test_a_stratified_draw_counts_the_spread_within_its_strata_only() -> None:
    area = code("area", ["n", "n", "n", "s", "s"])
    known = [Margin.of("area", {"n": 30, "s": 10})]
    made = weigh([area], known, strata=known[0])
    answers = np.asarray([5, 5, 1, 1, 5])
    share = (20 + 5) / 40
    assert estimate(made.sample, answers).pct == pytest.approx(100 * share)
    north = (1 - 3 / 30) * 3 / 2 * 10**2 * (2 / 3)  # three answers 1, 1, 0: their squares around the mean add up to 2/3
    south = (1 - 2 / 10) * 2 / 1 * 5**2 * (1 / 2)
    assert estimate(made.sample, answers).se == pytest.approx(100 * sqrt(north + south) / 40)


def test_weights_of_a_survey_firm_are_taken_as_fixed() -> None:
    weights = np.asarray([2.0, 2.0, 4.0, 2.0])
    one = estimate(fixed_weights(weights, population=10), np.asarray([5, 1, 5, NONE]))
    share = 6 / 8
    parts = weights * np.asarray([1 - share, -share, 1 - share, 0]) / 8
    spread = ((parts - parts.mean()) ** 2).sum() * 4 / 3
    assert one.pct == pytest.approx(75)
    assert one.se == pytest.approx(100 * sqrt((1 - 4 / 10) * spread))
    assert "taken as fixed" in one.errors
