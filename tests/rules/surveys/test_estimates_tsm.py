"""The perception measures come out as the regulator computes them (reference 1.4)."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from hearth.kernel.refusals import Refused
from hearth.surveys.rules import estimates_tsm as tsm
from hearth.surveys.rules.estimates_tsm import NO, NO_ANSWER, NOT_APPLICABLE, YES, measure, percentage, printed
from hearth.surveys.rules.weighting import Margin, code, weigh


def test_every_published_measure_of_both_councils_is_computed_again(shared: Path) -> None:
    golden = json.loads((shared / "data" / "tsm_golden.json").read_text(encoding="utf-8"))
    seen = 0
    for landlord in golden.values():
        for given in landlord["tp"].values():
            pct = percentage(given["counts"])
            assert pct is not None
            if landlord["year"] == "2023-24":
                assert pct == pytest.approx(given["pct"], abs=5e-5)
            else:  # published with one decimal place
                assert float(printed(pct)) == pytest.approx(given["pct"], abs=1e-9)
            seen += 1
    assert seen == 48


def test_not_applicable_and_no_answer_are_outside_the_base() -> None:
    one = measure("TP05", np.asarray([5, 4, 3, 2, 1, NOT_APPLICABLE, NOT_APPLICABLE, NO_ANSWER]))
    assert one.scale == (1, 1, 1, 1, 1)
    assert (one.numerator, one.denominator, one.pct, one.printed) == (2, 5, 40.0, "40.0")
    assert (one.not_applicable, one.no_answer, one.responses_in_base) == (2, 1, 5)


def test_who_the_filter_sends_past_is_outside_the_base_whatever_they_answered() -> None:
    answers = np.asarray([5, 1, 5, NO_ANSWER, 5])
    asked = np.asarray([YES, YES, NO, YES, -1])
    one = measure("TP02", answers, filtered=asked)
    assert (one.pct, one.denominator, one.no_answer) == (50.0, 2, 1)
    assert (one.yes, one.no, one.filter_unknown, one.filter_share) == (3, 1, 1, 75.0)


def test_weighted_counts_are_sums_of_weights() -> None:
    age = code("age", ["young", "old", "old", "old"])
    made = weigh([age], [Margin.of("age", {"young": 60, "old": 30})])
    one = measure("TP01", np.asarray([1, 5, 4, NO_ANSWER]), sample=made.sample)
    assert one.scale == pytest.approx((10, 10, 0, 0, 60))
    assert one.no_answer == pytest.approx(10)
    assert one.pct == pytest.approx(100 * 20 / 80)
    assert one.estimate is not None
    assert one.estimate.pct == pytest.approx(one.pct)
    assert one.estimate.se is not None


def test_a_filtered_measure_has_the_error_of_those_in_its_base() -> None:
    age = code("age", ["young", "young", "old", "old", "old", "old"])
    made = weigh([age], [Margin.of("age", {"young": 60, "old": 30})])
    one = measure("TP09", np.asarray([1, 5, 5, 4, 1, 2]), sample=made.sample, filtered=np.asarray([1, 1, 1, 2, 2, 1]))
    assert one.estimate is not None
    assert one.estimate.base == one.responses_in_base == 4
    assert one.estimate.pct == pytest.approx(one.pct)


def test_a_base_of_nobody_has_no_value() -> None:
    one = measure("TP01", np.asarray([NO_ANSWER, NO_ANSWER]))
    assert (one.pct, one.printed) == (None, "[U]")


@pytest.mark.parametrize(
    ("pct", "words"), [(72.25, "72.3"), (72.24999999999999, "72.3"), (72.2499, "72.2"), (0, "0.0"), (100, "100.0")]
)
def test_percentages_are_rounded_once_halves_up(pct: float, words: str) -> None:
    assert printed(pct) == Decimal(words)


def test_a_measure_that_has_no_such_answer_refuses_it() -> None:
    with pytest.raises(Refused, match="TP01 does not offer"):
        measure("TP01", np.asarray([5, NOT_APPLICABLE]))
    with pytest.raises(Refused, match="TP04 has no filter"):
        measure("TP04", np.asarray([5]), filtered=np.asarray([YES]))
    with pytest.raises(Refused, match="1 to 5"):
        measure("TP01", np.asarray([5, 6]))
    with pytest.raises(Refused, match="TP13 is no"):
        measure("TP13", np.asarray([5]))
    with pytest.raises(Refused, match="five counts"):
        percentage([1, 2, 3])


def test_the_six_measures_with_not_applicable_and_the_four_with_a_filter() -> None:
    assert set(tsm.WITH_NOT_APPLICABLE).isdisjoint(tsm.FILTERED)
    assert set(tsm.CODES) - set(tsm.WITH_NOT_APPLICABLE) - set(tsm.FILTERED) == {"TP01", "TP04"}
