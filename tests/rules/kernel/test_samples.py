"""The regulator's two formulas for samples: required size and margin."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.kernel.refusals import Refused
from hearth.kernel.samples import Band, accuracy_for, margin, required_sample, top_of_band

BANDS = [Band(0, 5), Band(2500, 4), Band(10_000, 3), Band(25_000, 2)]

WORKED = [  # population, accuracy, exact, rounded up: the table of reference section 2.1
    (1_000, 5, 277.5402, 278),
    (2_000, 5, 322.2603, 323),
    (2_499, 5, 332.9735, 333),
    (2_500, 4, 484.0335, 485),
    (4_160, 4, 524.5607, 525),
    (5_640, 4, 542.5119, 543),
    (9_999, 4, 566.2570, 567),
    (10_000, 3, 964.2183, 965),
    (24_999, 3, 1023.4250, 1_024),
    (25_000, 2, 2190.6135, 2_191),
    (100_000, 2, 2344.7037, 2_345),
]


@pytest.mark.parametrize(("population", "accuracy", "exact", "whole"), WORKED)
def test_the_required_sample_is_the_regulators(population, accuracy, exact, whole):
    assert accuracy_for(population, BANDS) == accuracy
    assert round(required_sample(population, accuracy), 4) == exact
    assert math.ceil(required_sample(population, accuracy)) == whole


@pytest.mark.parametrize(("population", "n", "points"), [(4160, 977, 2.742854), (5640, 771, 3.279576)])
def test_the_margin_is_the_regulators(population, n, points):
    assert margin(population, n) == pytest.approx(points, abs=5e-7)


@given(st.integers(2, 300_000), st.sampled_from([5, 4, 3, 2]))
def test_the_required_sample_reaches_the_accuracy_that_it_was_made_for(population, accuracy):
    need = required_sample(population, accuracy)
    assert 0 < need <= population
    # The two formulas differ by the correction (N against N - 1) and by nothing else.
    assert margin(population, need) * math.sqrt((population - 1) / population) == pytest.approx(accuracy, rel=1e-9)


@given(st.integers(3, 100_000), st.data())
def test_more_answers_never_make_the_margin_wider(population, data):
    n = data.draw(st.integers(1, population - 1))
    assert margin(population, n + 1) < margin(population, n)


def test_when_everybody_answers_there_is_no_margin():
    assert margin(500, 500) == 0
    assert margin(1, 1) == 0


def test_the_top_of_a_band_is_the_largest_population_before_the_next():
    assert top_of_band(5_673, BANDS) == 9_999
    assert top_of_band(2_500, BANDS) == 9_999
    assert top_of_band(25_000, BANDS) is None


@pytest.mark.parametrize(
    "ask",
    [
        lambda: required_sample(0, 5),
        lambda: required_sample(100, 0),
        lambda: margin(0, 1),
        lambda: margin(100, 0),
        lambda: accuracy_for(0, BANDS),
        lambda: accuracy_for(100, BANDS[1:]),
    ],
)
def test_figures_that_mean_nothing_are_refused(ask):
    with pytest.raises(Refused):
        ask()
