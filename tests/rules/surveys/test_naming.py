"""What in a comment may tell who is meant is marked for the person who checks it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.kernel.refusals import Refused
from hearth.surveys.rules.naming import KEPT, check_shown, mended, passages, pieces, themes


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("Please ask Mr Oakley about it.", ["Mr Oakley"]),
        ("Call me on 07700 900123, or write to sam.lee@example.org", ["07700 900123", "sam.lee@example.org"]),
        ("I live at 12 Mill Lane, DA1 1DR.", ["12 Mill Lane", "DA1 1DR"]),
        ("Flat 4 makes a noise at night", ["Flat 4"]),
        ("The caretaker called Dave is rude", ["Dave"]),
        ("We never see Priya Shah any more", ["Priya Shah"]),
        ("My boiler broke on 12/11/2025.", ["12/11/2025"]),
        ("nobody in Mill Court cares", ["Mill Court"]),
        ("Repairs are slow. Nobody rings back. The Council should listen.", []),
        ("I think the Housing Team is good on Mondays", []),
    ],
)  # fmt: skip
def test_names_numbers_and_addresses_are_marked(text: str, marked: list[str]) -> None:
    assert [text[one.start : one.end] for one in passages(text)] == marked or (
        not marked and all(one.end - one.start < 8 for one in passages(text))
    )


@given(st.text(max_size=300))
def test_the_pieces_are_the_whole_text(text: str) -> None:
    assert "".join(words for words, _ in pieces(text)) == text


@given(st.text(max_size=200))
def test_what_is_marked_is_not_in_the_suggestion(text: str) -> None:
    assert mended(text).count(KEPT) >= len(passages(text))


def test_words_to_show_must_be_there_and_not_be_more_than_was_said() -> None:
    assert check_shown("The damp is bad", "  The damp ") == "The damp"
    with pytest.raises(Refused):
        check_shown("The damp", " ")
    with pytest.raises(Refused):
        check_shown("The damp", "x" * 400)


def test_themes_are_each_there_once_in_small_letters() -> None:
    assert themes("Damp,  Repairs ; damp\nSafety") == ["damp", "repairs", "safety"]
    assert themes("") == []
