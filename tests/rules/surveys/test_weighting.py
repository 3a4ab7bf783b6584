"""Weights meet the population, stay within bounds, and what does not fit is said by its name."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearth.kernel.refusals import Refused
from hearth.surveys.rules.weighting import (
    Coded,
    Margin,
    Method,
    Missing,
    code,
    fixed_weights,
    summary,
    unweighted,
    weigh,
)

AGES, SEXES, AREAS = ("young", "middle", "old"), ("women", "men"), ("north", "south")


def variables(rows: list[tuple[str, str]]) -> list[Coded]:
    return [code("age", [age for age, _ in rows], AGES), code("sex", [sex for _, sex in rows], SEXES)]


def counts(age: tuple[float, float, float], sex: tuple[float, float]) -> list[Margin]:
    return [
        Margin.of("age", dict(zip(AGES, age, strict=True))),
        Margin.of("sex", dict(zip(SEXES, sex, strict=True))),
    ]


EVERY = [(age, sex) for age in AGES for sex in SEXES]


# ── what the weights are ──────────────────────────────────────────────────────────────────────────────────


def test_post_stratified_weights_are_the_population_over_the_responses_of_each_cell() -> None:
    rows = [("young", "women"), ("young", "men"), ("young", "men"), ("old", "women")]
    cells = Margin(("age", "sex"), {("young", "women"): 30, ("young", "men"): 40, ("old", "women"): 10})
    made = weigh(variables(rows), [cells], method=Method.POSTSTRATIFY)
    assert made.weights.tolist() == pytest.approx([30, 20, 20, 10])
    assert made.report.sentences[0] == "4 responses were post-stratified by age by sex, to a population of 80."


def test_raked_weights_of_a_table_of_independent_margins_are_products() -> None:
    made = weigh(variables(EVERY), counts((60, 90, 150), (200, 100)))
    assert made.weights.tolist() == pytest.approx([40, 20, 60, 30, 100, 50])
    assert made.report.converged


def test_base_weights_are_kept_in_proportion_where_the_margins_leave_them_free() -> None:
    rows = [("young", "women"), ("young", "women"), ("middle", "men"), ("old", "men")]
    made = weigh(variables(rows), [Margin.of("age", {"young": 30, "middle": 10, "old": 10})], base=[1, 2, 1, 1])
    assert made.weights.tolist() == pytest.approx([10, 20, 10, 10])


def test_kish_design_effect_and_effective_sample_by_hand() -> None:
    made = summary(np.asarray([1.0, 1.0, 2.0]))
    assert made.design_effect == pytest.approx(3 * 6 / 16)
    assert made.effective == pytest.approx(16 / 6)
    assert (made.responses, made.total, made.smallest, made.largest) == (3, 4.0, 1.0, 2.0)
    assert summary(np.asarray([1.0, 2.0]), np.asarray([2.0, 1.0])) == made


# ── what holds of any survey ──────────────────────────────────────────────────────────────────────────────


@st.composite
def surveys(draw: st.DrawFn) -> tuple[list[tuple[str, str]], list[Margin]]:
    """Responses in every combination, and margins that a population has: those of some table of people."""
    rows = EVERY + draw(st.lists(st.sampled_from(EVERY), max_size=40))
    people = np.asarray([draw(st.integers(20, 500)) for _ in EVERY], dtype=float).reshape(3, 2)
    return rows, counts(tuple(people.sum(axis=1)), tuple(people.sum(axis=0)))


@settings(deadline=None, max_examples=60)
@given(surveys(), st.sampled_from([Method.RAKE, Method.LINEAR]))
def test_the_weights_of_each_category_add_up_to_its_population(
    survey: tuple[list[tuple[str, str]], list[Margin]], method: Method
) -> None:
    rows, known = survey
    made = weigh(variables(rows), known, method=method)
    assert made.report.converged
    for at, margin in enumerate(known):
        for (category,), population in margin.population.items():
            met = sum(weight for row, weight in zip(rows, made.weights, strict=True) if row[at] == category)
            assert met == pytest.approx(population, rel=1e-8)


@settings(deadline=None, max_examples=40)
@given(surveys(), st.randoms(use_true_random=False))
def test_the_order_of_responses_and_margins_changes_no_weight(
    survey: tuple[list[tuple[str, str]], list[Margin]], chance: object
) -> None:
    rows, known = survey
    order = list(range(len(rows)))
    chance.shuffle(order)  # type: ignore[attr-defined]
    straight = weigh(variables(rows), known).weights
    shuffled = weigh(variables([rows[at] for at in order])[::-1], known[::-1]).weights
    np.testing.assert_allclose(shuffled, straight[order], rtol=1e-7)


@settings(deadline=None, max_examples=40)
@given(surveys())
def test_raking_to_one_table_of_cells_is_post_stratification(
    survey: tuple[list[tuple[str, str]], list[Margin]],
) -> None:
    rows, _ = survey
    cells = Margin(("age", "sex"), {cell: 30 + 7 * at + rows.count(cell) for at, cell in enumerate(EVERY)})
    raked = weigh(variables(rows), [cells])
    exact = [cells.population[row] / rows.count(row) for row in rows]
    assert raked.report.sweeps == 1
    np.testing.assert_allclose(raked.weights, exact, rtol=1e-12)


@pytest.mark.slow
@settings(deadline=None, max_examples=60)
@given(
    surveys(),
    st.floats(0.05, 0.9),
    st.floats(1.1, 6),
    st.sampled_from([Method.RAKE, Method.LINEAR]),
)
def test_bounded_weights_stay_within_their_bounds_whether_or_not_the_margins_can_be_met(
    survey: tuple[list[tuple[str, str]], list[Margin]], low: float, high: float, method: Method
) -> None:
    rows, known = survey
    made = weigh(variables(rows), known, method=method, bounds=(low, high))
    ratio = made.weights * len(rows) / known[0].total
    assert ratio.min() >= low - 1e-9
    assert ratio.max() <= high + 1e-9
    if made.report.converged:
        assert max(abs(line.missed) for line in made.report.categories) < 1e-7
    else:
        assert made.report.warnings[0].startswith("The weights do not meet the margins")


@pytest.mark.slow
@settings(deadline=None, max_examples=60)
@given(surveys(), st.floats(0.05, 0.9), st.floats(1.1, 6))
def test_bounded_weights_meet_the_margins_wherever_some_weights_within_the_bounds_do(
    survey: tuple[list[tuple[str, str]], list[Margin]], low: float, high: float
) -> None:
    from scipy.optimize import linprog  # slow to import

    rows, known = survey
    before = known[0].total / len(rows)
    sums = np.asarray(
        [
            [float(row[at] == category) for row in rows]
            for at, margin in enumerate(known)
            for (category,) in margin.population
        ]
    )
    totals = [population for margin in known for population in margin.population.values()]
    inside = (before * low * 1.02, before * high * 0.98)
    solvable = linprog(np.zeros(len(rows)), A_eq=sums, b_eq=totals, bounds=[inside] * len(rows)).status == 0
    report = weigh(variables(rows), known, bounds=(low, high)).report
    assert report.converged or not solvable


@settings(deadline=None, max_examples=30)
@given(surveys())
def test_bounds_that_no_weight_reaches_change_nothing(survey: tuple[list[tuple[str, str]], list[Margin]]) -> None:
    rows, known = survey
    np.testing.assert_allclose(
        weigh(variables(rows), known, bounds=(1e-6, 1e6)).weights, weigh(variables(rows), known).weights, rtol=1e-6
    )


@settings(deadline=None, max_examples=40)
@given(surveys(), st.floats(1.05, 4))
def test_trimmed_weights_keep_the_total_and_their_ceiling(
    survey: tuple[list[tuple[str, str]], list[Margin]], most: float
) -> None:
    rows, known = survey
    made = weigh(variables(rows), known, trim_at=most)
    total = known[0].total
    assert made.weights.sum() == pytest.approx(total, rel=1e-9)
    assert made.weights.max() <= most * total / len(rows) * (1 + 1e-9)
    assert "cut" in " ".join(made.report.sentences)


# ── what the report says ──────────────────────────────────────────────────────────────────────────────────


def test_what_did_not_converge_is_named_with_what_it_reaches() -> None:
    rows = [("young", "women")] * 30 + [("old", "men")] * 30
    known = [Margin.of("age", {"young": 600, "old": 400}), Margin.of("sex", {"women": 500, "men": 500})]
    report = weigh(variables(rows), known).report
    assert not report.converged
    assert "age “young” reaches 500.0 of 600.0" in report.warnings[0]
    assert report.suggestions[-1].startswith("Join categories, or weight to fewer margins")


def test_bounds_that_are_too_narrow_are_said_to_be() -> None:
    rows = [("young", "women")] * 10 + [("old", "women")] * 90
    report = weigh(variables(rows), [Margin.of("age", {"young": 500, "old": 500})], bounds=(0.5, 2)).report
    assert not report.converged
    assert "age “young” reaches 200.0 of 500.0" in report.warnings[0]
    assert "Widen the bounds" in " ".join(report.suggestions)


def test_thin_categories_are_named_and_a_neighbour_to_join_is_suggested() -> None:
    rows = [("young", "women")] * 3 + [("middle", "women")] * 40 + [("old", "men")] * 60
    report = weigh(variables(rows), [Margin.of("age", {"young": 90, "middle": 110, "old": 200})]).report
    assert "Only 3 responses are in age “young”, which stands for 90." in report.warnings
    assert report.suggestions == ("Join age “young” with “middle”, or with another that is like it.",)


def test_negative_weights_of_a_regression_are_warned_of() -> None:
    rows = [("young", "women")] * 1 + [("young", "men")] * 30 + [("old", "women")] * 30 + [("old", "men")] * 30
    known = [Margin.of("age", {"young": 20, "old": 980}), Margin.of("sex", {"women": 20, "men": 980})]
    made = weigh(variables(rows), known, method=Method.LINEAR)
    assert made.weights.min() < 0
    assert any("count less than nothing" in one for one in made.report.warnings)
    assert weigh(variables(rows), known, method=Method.LINEAR, bounds=(0.001, 50)).weights.min() > 0


def test_a_report_for_machines_holds_what_the_sentences_say() -> None:
    plain = weigh(variables(EVERY), counts((60, 90, 150), (200, 100))).report.to_plain()
    assert plain["converged"] is True
    assert plain["weights"]["effective"] == pytest.approx(300**2 / (40**2 + 20**2 + 60**2 + 30**2 + 100**2 + 50**2))
    assert plain["categories"][0]["variable"] == "age"
    assert plain["categories"][0]["weighted"] == pytest.approx(60)


# ── responses that do not say ─────────────────────────────────────────────────────────────────────────────


def test_a_missing_category_is_refused_with_its_place() -> None:
    ages = code("age", ["young", None, "old", ""], AGES)
    with pytest.raises(Refused, match=r"2 responses do not say age; the first is in response 2") as refused:
        weigh([ages], [Margin.of("age", {"young": 5, "old": 5})])
    assert refused.value.field == "age"


def test_kept_responses_without_a_category_keep_their_share_and_the_rest_meets_the_margins() -> None:
    ages = code("age", ["young", "young", "old", "old", None], AGES)
    known = [Margin.of("age", {"young": 75, "old": 25})]
    made = weigh([ages], known, missing=Missing.KEEP)
    assert made.weights.tolist() == pytest.approx([30, 30, 10, 10, 20])
    assert [line.category for line in made.report.categories] == ["young", "old", "(not known)"]


def test_where_nobody_says_there_is_nothing_to_weight_by() -> None:
    with pytest.raises(Refused, match=r"(No response says|has answered)"):
        weigh([code("age", [None, None])], [Margin.of("age", {"young": 75})], missing=Missing.KEEP)


# ── what does not fit ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("margins", "sentence", "field"),
    [
        ([], "no margins", "margins"),
        ([Margin.of("age", {"young": 50, "old": 50}), Margin.of("sex", {"women": 60, "men": 60})],
         "age adds up to 100 and sex to 120", "sex"),
        ([Margin.of("age", {"young": 100})],
         "age “old” in response 3 is not in the margins, which have “young”", "age"),
        ([Margin.of("age", {"young": 50, "middle": 10, "old": 40})],
         "Nobody of age “middle” (10 in the population) has answered", "age"),
        ([Margin.of("age", {"young": 100, "old": 0})],
         "The margins give nobody for age “old”, but 1 response is in it.", "age"),
        ([Margin.of("age", {"young": 110, "old": -10})], "age “old” must be 0 or more", "age"),
        ([Margin.of("age", {"young": float("nan"), "old": 1})], "must be 0 or more", "age"),
        ([Margin.of("age", {"young": 0, "old": 0})], "adds up to 0", "age"),
        ([Margin.of("age", {"young": 1, "old": 1})], "3 responses and a population of 2", "population"),
        ([Margin.of("tenure", {"flat": 10})], "the responses have no such column", "tenure"),
        ([Margin.of("age", {"young": 5, "old": 5})] * 2, "given twice", "age"),
    ],
)  # fmt: skip
def test_margins_that_do_not_fit_are_refused_by_name(margins: list[Margin], sentence: str, field: str) -> None:
    rows = [("young", "women"), ("young", "men"), ("old", "women")]
    with pytest.raises(Refused) as refused:
        weigh(variables(rows), margins)
    assert sentence in refused.value.message
    assert refused.value.field == field


def test_an_empty_cell_names_a_neighbour_to_join() -> None:
    rows = [("young", "women"), ("old", "women"), ("old", "women")]
    with pytest.raises(Refused, match="Join it with “young”"):
        weigh(variables(rows), [Margin.of("age", {"young": 10, "middle": 10, "old": 10})])


def test_shares_are_weighted_to_a_population_that_is_named() -> None:
    known = [
        Margin.of("age", {"young": 0.2, "middle": 0.3, "old": 0.5}),
        Margin.of("sex", {"women": 0.6, "men": 0.401}),
    ]
    made = weigh(variables(EVERY), known, population=1000)
    assert made.weights.sum() == pytest.approx(1000)
    with pytest.raises(Refused, match="disagree"):
        weigh(variables(EVERY), [known[0], Margin.of("sex", {"women": 0.6, "men": 0.6})], population=1000)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"bounds": (1.2, 3.0)}, "1 between them"),
        ({"trim_at": 0.9}, "more than 1"),
        ({"base": [1, 2]}, "2 base weights for 6 responses"),
        ({"base": [1, 2, 0, 1, 1, 1]}, "in response 3 must be more than 0"),
        ({"method": Method.POSTSTRATIFY}, "takes one table of cells"),
    ],
)
def test_options_that_make_no_sense_are_refused(options: dict[str, object], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        weigh(variables(EVERY), counts((60, 90, 150), (200, 100)), **options)  # type: ignore[arg-type]


def test_a_population_of_nobody_in_a_category_that_nobody_is_in_is_no_matter() -> None:
    made = weigh(
        variables([("young", "women"), ("old", "women")]), [Margin.of("age", {"young": 4, "middle": 0, "old": 6})]
    )
    assert made.weights.tolist() == pytest.approx([4, 6])


# ── samples that were drawn in other ways ─────────────────────────────────────────────────────────────────


def test_strata_of_the_draw_give_the_base_weights() -> None:
    area = code("area", ["north", "north", "south", "south"], AREAS)
    sex = code("sex", ["women", "men", "women", "men"], SEXES)
    made = weigh(
        [area, sex], [Margin.of("sex", {"women": 55, "men": 55})], strata=Margin.of("area", {"north": 10, "south": 100})
    )
    assert made.weights.tolist() == pytest.approx([5, 5, 50, 50])
    assert made.sample.stratum_sizes.tolist() == [10, 100]


def test_a_stratum_with_one_response_is_refused_by_name() -> None:
    area = code("area", ["north", "south", "south"], AREAS)
    with pytest.raises(Refused, match="Stratum “north” has one response"):
        weigh(
            [area],
            [Margin.of("area", {"north": 10, "south": 100})],
            strata=Margin.of("area", {"north": 10, "south": 100}),
        )


def test_strata_and_margins_must_count_the_same_population() -> None:
    area = code("area", ["north", "north", "south", "south"], AREAS)
    with pytest.raises(Refused, match="strata add up to 110"):
        weigh(
            [area],
            [Margin.of("area", {"north": 10, "south": 90})],
            strata=Margin.of("area", {"north": 10, "south": 100}),
        )


def test_weights_of_others_are_taken_as_fixed_and_checked() -> None:
    sample = fixed_weights([2.0, 3.0, 2.0], population=10)
    assert sample.row_weights.tolist() == [2.0, 3.0, 2.0]
    assert sample.margins == ()
    with pytest.raises(Refused, match="weight of response 2"):
        fixed_weights([2.0, float("nan")], population=10)


def test_more_responses_than_people_are_refused() -> None:
    with pytest.raises(Refused, match="11 responses and a population of 10"):
        unweighted(11, population=10)
