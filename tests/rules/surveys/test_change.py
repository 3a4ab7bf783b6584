"""A change between waves is told from chance, and from another way of asking (reference 4.5, trap 11)."""

from __future__ import annotations

from math import erfc, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearth.kernel.refusals import Refused
from hearth.surveys.rules.change import Wave, compare
from hearth.surveys.rules.estimates import estimate
from hearth.surveys.rules.weighting import Margin, code, unweighted, weigh

POPULATION = 40_000


def wave(name: str, *, population: float = POPULATION, **modes: tuple[int, int]) -> Wave:
    """A wave in which, by mode, so many of so many were satisfied."""
    answers, how = [], []
    for mode, (satisfied, all_) in modes.items():
        answers += [5] * satisfied + [1] * (all_ - satisfied)
        how += [mode] * all_
    return Wave(name, unweighted(len(answers), population=population), np.asarray(answers), code("mode", how))


def test_a_change_that_is_all_another_mix_of_modes_is_said_to_be() -> None:
    # 80 % by telephone and 60 % on the web, in both years; only the mix moves from 3 to 1 to 1 to 3.
    change = compare(
        wave("2024", telephone=(1200, 1500), web=(300, 500)), wave("2025", telephone=(400, 500), web=(900, 1500))
    )
    assert change.raw.points == pytest.approx(-10)
    assert change.raw.significant
    assert change.same_mix is not None
    assert change.same_mix.points == pytest.approx(0)
    assert not change.same_mix.significant
    assert (change.explained, change.explained_share) == (pytest.approx(-10), pytest.approx(100))
    assert change.sentences[0].startswith("The result fell from 75.0 % in 2024 to 65.0 % in 2025, -10.0 points")
    assert change.sentences[-1] == "The change in the mix explains -10.0 of the -10.0 points (100 %)."


def test_a_change_at_the_same_mix_is_the_raw_change() -> None:
    change = compare(
        wave("2024", telephone=(600, 1000), web=(500, 1000)), wave("2025", telephone=(700, 1000), web=(600, 1000))
    )
    assert change.raw.points == pytest.approx(10)
    assert change.same_mix is not None
    assert change.same_mix.points == pytest.approx(10)
    assert change.explained == pytest.approx(0)


def test_a_mix_that_hides_a_change_is_said_to_hide_it() -> None:
    change = compare(
        wave("2024", telephone=(1200, 1500), web=(300, 500)), wave("2025", telephone=(425, 500), web=(975, 1500))
    )
    assert change.raw.points == pytest.approx(-5)
    assert change.same_mix is not None
    assert change.same_mix.points == pytest.approx(5)
    assert "explains all of it" in change.sentences[-1]
    other = compare(
        wave("2024", telephone=(1200, 1500), web=(300, 500)), wave("2025", telephone=(475, 500), web=(1175, 1500))
    )
    assert other.raw.points > 0
    assert "hides some of it" in other.sentences[-1]


def test_the_test_is_the_two_sample_z_on_the_errors_of_the_estimates() -> None:
    first, second = wave("a", web=(500, 1000)), wave("b", web=(550, 1000))
    raw = compare(first, second).raw
    errors = [estimate(one.sample, one.answers).se or 0 for one in (first, second)]
    assert raw.se == pytest.approx(sqrt(errors[0] ** 2 + errors[1] ** 2))
    assert raw.z == pytest.approx(5 / raw.se)
    assert raw.p == pytest.approx(erfc(abs(raw.z) / sqrt(2)))
    assert raw.low == pytest.approx(5 - 1.959963984540054 * raw.se)
    assert raw.significant == (raw.p < 0.05)


def test_the_error_at_one_mix_is_that_of_its_parts_where_modes_are_strata_of_the_weighting() -> None:
    # Post-stratified by mode, so that the share of each mode is known: the variance is the sum over modes.
    def weighted(name: str, telephone: tuple[int, int], web: tuple[int, int]) -> Wave:
        one = wave(name, telephone=telephone, web=web)
        assert one.mode is not None
        made = weigh([one.mode], [Margin.of("mode", {"telephone": 10_000, "web": 30_000})])
        return Wave(name, made.sample, one.answers, one.mode)

    waves = weighted("a", (300, 400), (200, 600)), weighted("b", (700, 1000), (100, 200))
    change = compare(*waves)
    assert change.same_mix is not None
    assert change.same_mix.points == pytest.approx(change.raw.points)
    variance = 0.0
    for (phone, web), number in ((((300, 400), (200, 600)), 1000), (((700, 1000), (100, 200)), 1200)):
        inner = 0.0
        for (good, all_), people in ((phone, 10_000), (web, 30_000)):
            share = good / all_
            inner += (people / all_) ** 2 * all_ * share * (1 - share)
        variance += (1 - number / POPULATION) * number / (number - 1) * inner / POPULATION**2
    assert change.same_mix.se == pytest.approx(100 * sqrt(variance))


def test_a_mode_that_one_wave_lacks_is_warned_of_and_left_out() -> None:
    change = compare(
        wave("2024", telephone=(300, 500), post=(90, 100)), wave("2025", telephone=(300, 500), web=(50, 200))
    )
    assert change.same_mix is not None
    assert change.same_mix.points == pytest.approx(0)
    assert change.warnings == (
        "Nobody answered by post in 2025, so the 100 answers by post in 2024 are left out of the comparison at one "
        "mix.",
        "Nobody answered by web in 2024, so the 200 answers by web in 2025 are left out of the comparison at one mix.",
    )
    assert [(line.mode, line.common_share) for line in change.modes] == [("telephone", 100), ("post", 0), ("web", 0)]
    assert change.modes[1].pct_after is None


def test_waves_without_a_mode_in_common_cannot_be_told_from_how_people_were_asked() -> None:
    change = compare(wave("2024", telephone=(300, 500)), wave("2025", web=(300, 500)))
    assert (change.same_mix, change.explained) == (None, None)
    assert "No mode was used in both waves" in change.warnings[-1]


def test_few_answers_by_a_mode_are_warned_of() -> None:
    change = compare(wave("a", telephone=(300, 500), web=(10, 49)), wave("b", telephone=(300, 500), web=(30, 50)))
    assert change.warnings == ("Only 49 answered by web in a.",)


def test_without_modes_the_change_is_told_and_the_gap_is_said() -> None:
    first, second = wave("a", web=(500, 1000)), wave("b", web=(510, 1000))
    change = compare(Wave("a", first.sample, first.answers), second)
    assert change.same_mix is None
    assert "may be chance" in change.sentences[0]
    assert "mix of modes is not allowed for" in change.warnings[0]


def test_a_wave_that_nobody_answered_is_refused() -> None:
    empty = Wave("2025", unweighted(3, population=10), np.asarray([-1, 0, -1]))
    with pytest.raises(Refused, match="Nobody answered this question in 2025"):
        compare(wave("2024", web=(1, 2)), empty)


def test_two_censuses_differ_without_doubt() -> None:
    change = compare(wave("a", population=10, web=(5, 10)), wave("b", population=10, web=(6, 10)))
    assert (change.raw.se, change.raw.z, change.raw.p, change.raw.significant) == (0, None, 0.0, True)
    same = compare(wave("a", population=10, web=(5, 10)), wave("b", population=10, web=(5, 10)))
    assert (same.raw.p, same.raw.significant) == (1.0, False)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(60, 90)), min_size=2, max_size=2),
    st.lists(st.tuples(st.integers(0, 60), st.integers(60, 90)), min_size=2, max_size=2),
)
def test_the_parts_add_up_and_turning_the_waves_round_turns_the_signs(
    first: list[tuple[int, int]], second: list[tuple[int, int]]
) -> None:
    before = wave("a", web=first[0], telephone=first[1])
    after = wave("b", web=second[0], telephone=second[1])
    there, back = compare(before, after), compare(after, before)
    assert there.same_mix is not None
    assert back.same_mix is not None
    assert there.explained is not None
    assert there.raw.points == pytest.approx(there.same_mix.points + there.explained)
    assert there.raw.points == pytest.approx(-back.raw.points)
    assert there.same_mix.points == pytest.approx(-back.same_mix.points, abs=1e-9)
    assert there.raw.p == pytest.approx(back.raw.p)
