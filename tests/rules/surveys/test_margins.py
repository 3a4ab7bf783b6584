"""How many responses are needed, and how far a percentage may be off, as the regulator reckons (reference 2.1)."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from math import ceil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.kernel.refusals import Refused
from hearth.surveys.rules.margins import bands_on, margin, required_sample, response_rate, verdict

DAY = date(2026, 4, 1)
TABLE = [
    (1_000, 5, 277.5402, 278), (1_500, 5, 305.8339, 306), (2_000, 5, 322.2603, 323), (2_499, 5, 332.9735, 333),
    (2_500, 4, 484.0335, 485), (3_000, 4, 500.1736, 501), (4_000, 4, 521.9282, 522), (4_160, 4, 524.5607, 525),
    (4_199, 4, 525.1758, 526), (4_202, 4, 525.2227, 526), (5_000, 4, 535.9136, 536), (5_640, 4, 542.5119, 543),
    (5_673, 4, 542.8156, 543), (7_500, 4, 555.7699, 556), (9_999, 4, 566.2570, 567), (10_000, 3, 964.2183, 965),
    (15_000, 3, 996.2380, 997), (20_000, 3, 1013.0588, 1_014), (24_999, 3, 1023.4250, 1_024),
    (25_000, 2, 2190.6135, 2_191), (50_000, 2, 2290.9868, 2_291), (100_000, 2, 2344.7037, 2_345),
]  # fmt: skip


@pytest.mark.parametrize(("population", "accuracy", "exact", "rounded"), TABLE)
def test_the_table_of_required_samples(population: int, accuracy: float, exact: float, rounded: int) -> None:
    needed = required_sample(population, on=DAY)
    assert (needed.accuracy, needed.responses) == (accuracy, rounded)
    assert needed.exact == pytest.approx(exact, abs=5e-5)


@pytest.mark.parametrize(
    ("responses", "population", "points"),
    [(977, 4_160, 2.742854), (771, 5_640, 3.279576)],
)
def test_margins_that_the_regulator_has_published(responses: int, population: int, points: float) -> None:
    assert margin(responses, population) == pytest.approx(points, abs=5e-5)


def test_400_of_4159_is_about_4_7_points() -> None:
    assert f"{margin(400, 4_159):.1f}" == "4.7"
    assert "4.7 points either way" in verdict(400, 4_159, on=DAY).sentence


@pytest.mark.parametrize("edge", [2_500, 10_000, 25_000])
def test_the_edges_of_the_bands_ask_for_confirmation(edge: int) -> None:
    assert required_sample(edge - 1, on=DAY).accuracy == required_sample(edge, on=DAY).accuracy + 1
    assert any("2,500, 10,000 and 25,000" in one for one in required_sample(edge, on=DAY).confirm)
    assert not any("2,500, 10,000" in one for one in required_sample(edge + 1, on=DAY).confirm)


@pytest.mark.parametrize(("population", "by_census"), [(2_499, True), (2_500, True), (2_501, False)])
def test_a_census_is_enough_up_to_2500_households(population: int, by_census: bool) -> None:
    said = verdict(150, population, on=DAY, census=True)
    assert (said.reached, said.by_census) == (False, by_census)
    assert ("everybody was asked" in said.sentence) == by_census
    assert verdict(150, population, on=DAY).by_census is False


def test_a_sample_is_enough_from_the_exact_number_on() -> None:
    assert not verdict(524, 4_160, on=DAY).reached
    assert verdict(525, 4_160, on=DAY).reached
    assert "Publish the reason" in verdict(524, 4_160, on=DAY).sentence


def test_no_responses_have_no_margin() -> None:
    assert verdict(0, 4_160, on=DAY).margin is None
    with pytest.raises(Refused, match="no margin"):
        margin(0, 100)


def test_everybody_has_no_margin_and_more_than_everybody_is_refused() -> None:
    assert margin(100, 100) == 0
    assert margin(1, 1) == 0
    with pytest.raises(Refused, match="one a household"):
        margin(101, 100)


def test_before_the_first_edition_nothing_was_asked() -> None:
    with pytest.raises(Refused, match="before 1 April 2023"):
        bands_on(date(2023, 3, 31))
    assert bands_on(date(2023, 4, 1)).source


@pytest.mark.parametrize("population", [0, -5])
def test_a_population_of_nobody_is_refused(population: int) -> None:
    with pytest.raises(Refused, match="1 household"):
        required_sample(population, on=DAY)


def test_the_response_rate_is_of_those_asked() -> None:
    assert response_rate(977, 4_160) == pytest.approx(23.4856, abs=5e-5)
    with pytest.raises(Refused):
        response_rate(0, 0)


@given(st.integers(1, 2_000_000))
def test_the_required_sample_reaches_its_accuracy_and_never_asks_more_than_everybody(population: int) -> None:
    needed = required_sample(population, on=DAY)
    assert 0 < needed.exact <= needed.responses <= population or population == 1
    assert needed.responses == ceil(round(needed.exact, 9))
    # the two formulas differ by N beside N - 1, hence the hair
    assert margin(min(needed.responses, population), population) <= needed.accuracy * (1 + 1 / population)


@given(st.integers(2, 100_000), st.data())
def test_more_responses_never_widen_the_margin(population: int, data: st.DataObject) -> None:
    fewer = data.draw(st.integers(1, population - 1))
    assert margin(fewer + 1, population) < margin(fewer, population)


def test_pages_can_reckon_margins_without_numpy() -> None:
    code = "import sys, hearth.surveys.rules.margins; sys.exit('numpy' in sys.modules)"
    source = Path(__file__).parents[3] / "src"
    done = subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": str(source)}, check=False)
    assert done.returncode == 0
