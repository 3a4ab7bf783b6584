"""Draws: repeatable, without favour, and no larger than what is there."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.kernel.refusals import Refused
from hearth.surveys.rules import drawing
from hearth.surveys.rules.kinds import Draw


def test_the_same_seed_draws_the_same_whatever_the_order_of_the_list():
    one = drawing.draw(Draw.RANDOM, range(1, 101), seed="spring 2026", size=10)
    other = drawing.draw(Draw.RANDOM, list(reversed(range(1, 101))), seed="spring 2026", size=10)
    assert one == other
    assert one != drawing.draw(Draw.RANDOM, range(1, 101), seed="autumn 2026", size=10)


def test_a_lot_can_be_checked_with_any_program():
    # printf '%s' 'spring 2026|1' | sha256sum
    import hashlib

    assert drawing.lot("spring 2026", 1) == hashlib.sha256(b"spring 2026|1").hexdigest()


def test_every_household_has_the_same_chance():
    drawn = Counter(
        number
        for seed in range(2000)
        for number in drawing.draw(Draw.RANDOM, range(1, 11), seed=str(seed), size=3).order
    )
    assert min(drawn.values()) > 520  # 600 each, within four standard deviations
    assert max(drawn.values()) < 680


@given(st.integers(1, 60), st.data())
def test_a_random_draw_has_its_size_and_nobody_twice(there, data):
    size = data.draw(st.integers(1, there))
    drawn = drawing.draw(Draw.RANDOM, range(there), seed="x", size=size)
    assert len(drawn.order) == len(set(drawn.order)) == size


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 400), min_size=1), st.data())
def test_shares_make_the_size_and_are_within_one_of_the_proportion(there, data):
    total = sum(there.values())
    size = data.draw(st.integers(1, total))
    shares = drawing.share_out(size, there)
    assert sum(shares.values()) == size
    for name, share in shares.items():
        assert abs(share - size * there[name] / total) < 1
        assert share <= there[name]


def test_a_stratified_draw_takes_from_each_group_its_share():
    strata = {number: "old" if number <= 30 else "new" for number in range(1, 101)}
    drawn = drawing.draw(Draw.STRATIFIED, range(1, 101), seed="x", size=20, strata=strata)
    assert Counter(strata[number] for number in drawn.order) == {"old": 6, "new": 14}


def test_a_census_takes_everybody():
    assert sorted(drawing.draw(Draw.CENSUS, range(1, 51), seed="x").order) == list(range(1, 51))


def test_with_quotas_everybody_of_a_wanted_group_may_be_asked_until_it_is_full():
    strata = {1: "a", 2: "a", 3: "b", 4: "c"}
    drawn = drawing.draw(Draw.QUOTA, [1, 2, 3, 4], seed="x", strata=strata, sizes={"a": 1, "b": 1})
    assert sorted(drawn.order) == [1, 2, 3]
    assert drawing.quota_left({"a": 1, "b": 1}, {"a": 3}) == {"a": 0, "b": 1}


@pytest.mark.parametrize(
    ("method", "more", "words"),
    [
        (Draw.RANDOM, {"size": 6}, "only 5 households"),
        (Draw.RANDOM, {"size": 0}, "how many"),
        (Draw.STRATIFIED, {"size": 2}, "Choose the characteristic"),
        (Draw.STRATIFIED, {"strata": dict.fromkeys(range(5), "a"), "sizes": {"a": 6}}, "a: there are only 5"),
        (Draw.QUOTA, {"strata": dict.fromkeys(range(5), "a"), "sizes": {"b": 1}}, "b: there are only 0"),
        (Draw.QUOTA, {"strata": dict.fromkeys(range(5), "a"), "sizes": {}}, "from each group"),
        (Draw.OPEN, {}, "no sample"),
    ],
)
def test_a_draw_that_cannot_be_is_refused_with_the_figure(method, more, words):
    with pytest.raises(Refused, match=words):
        drawing.draw(method, range(5), seed="x", **more)


def test_a_draw_without_a_seed_is_refused():
    with pytest.raises(Refused, match="seed"):
        drawing.draw(Draw.CENSUS, range(5), seed=" ")
