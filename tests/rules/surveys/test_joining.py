"""Groups of few responses join their neighbours."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hearth.surveys.rules.joining import joined

AGES = ["16-24", "25-34", "35-54", "55+"]


def test_a_group_of_whom_nobody_answered_joins_the_smaller_neighbour() -> None:
    found = joined(AGES, {"16-24": 0, "25-34": 12, "35-54": 40, "55+": 60}, below=5)
    assert found == {"16-24": "16-24, 25-34", "25-34": "16-24, 25-34", "35-54": "35-54", "55+": "55+"}


def test_where_all_are_large_enough_nothing_is_joined() -> None:
    assert joined(AGES, dict.fromkeys(AGES, 5), below=5) == {one: one for one in AGES}


@given(st.lists(st.integers(0, 30), min_size=1, max_size=9), st.integers(0, 40))
def test_no_group_is_left_below_unless_it_is_everybody_and_neighbours_stay_together(
    numbers: list[int], below: int
) -> None:
    names = [f"g{at}" for at in range(len(numbers))]
    responses = dict(zip(names, numbers, strict=True))
    found = joined(names, responses, below=below)
    groups = list(dict.fromkeys(found.values()))
    assert [one for group in groups for one in group.split(", ")] == names
    for group in groups:
        assert len(groups) == 1 or sum(responses[one] for one in group.split(", ")) >= below
