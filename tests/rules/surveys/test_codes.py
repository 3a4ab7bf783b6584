"""Codes: made again from the secret, known by a digest, forgiving in how they are typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.surveys.rules import codes

SECRET = b"a secret of these tests"


def test_a_code_is_three_groups_of_four_without_look_alikes():
    made = codes.code(SECRET, 3, "unit", 17)
    assert [len(group) for group in made.split("-")] == [4, 4, 4]
    assert not set(made) & set("01OILAEU")


def test_a_code_can_be_made_again_and_differs_by_row_survey_kind_and_secret():
    made = {
        codes.code(SECRET, 3, "unit", 17),
        codes.code(SECRET, 3, "unit", 18),
        codes.code(SECRET, 4, "unit", 17),
        codes.code(SECRET, 3, "event", 17),
        codes.code(b"another", 3, "unit", 17),
    }
    assert len(made) == 5
    assert codes.code(SECRET, 3, "unit", 17) in made


@given(st.integers(1, 10**6), st.sampled_from([" ", "-", "", "\u2013", ". "]))
def test_however_it_is_typed_it_is_the_same_code(number, between):
    made = codes.code(SECRET, 1, "unit", number)
    typed = between.join(codes.normal(made)).lower()
    assert codes.digest(SECRET, typed) == codes.digest(SECRET, made)
    assert codes.could_be(typed)


@pytest.mark.parametrize("typed", ["", "7XK2", "7XK2-QM9P-HT4D-9", "7XK2-QM9P-HT4O", "../../etc", "7" * 5000])
def test_what_has_not_the_shape_of_a_code_is_none(typed):
    assert not codes.could_be(typed)
