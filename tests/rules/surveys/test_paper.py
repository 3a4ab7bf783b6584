"""Paper: numbers that can be keyed, serials that notice a wrong digit, two entries compared with the paper."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.kernel.refusals import Refused
from hearth.surveys.rules import answering, codes, entries, paper
from tests.factories.surveys import PLAIN, SMALL

NUMBERS = st.integers(1, 10**6)
PARTS = NUMBERS.map(str) | st.text(codes.ALPHABET, min_size=4, max_size=10).map(lambda one: f"B{one}")


@given(NUMBERS, PARTS)
def test_a_serial_is_read_back_however_it_is_typed(survey: int, part: str) -> None:
    written = paper.serial(survey, part)
    assert paper.read_serial(survey, written) == written
    assert paper.read_serial(survey, f" {written.lower().replace('-', ' – ')} ") == written
    assert paper.household_of(written) == (int(part) if part.isdecimal() else None)


@given(NUMBERS, NUMBERS, st.data())
def test_every_wrong_digit_of_a_serial_is_noticed(survey: int, number: int, data: st.DataObject) -> None:
    written = paper.serial(survey, number)
    digits = [at for at, sign in enumerate(written[:-2]) if sign.isdigit()]
    at = data.draw(st.sampled_from(digits))
    other = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != written[at]]))
    with pytest.raises(Refused):
        paper.read_serial(survey, written[:at] + other + written[at + 1 :])


@given(NUMBERS, st.integers(10, 10**6), st.data())
def test_two_digits_that_changed_places_are_noticed(survey: int, number: int, data: st.DataObject) -> None:
    said = str(number)
    at = data.draw(st.integers(0, len(said) - 2))
    changed = said[:at] + said[at + 1] + said[at] + said[at + 2 :]
    if changed != said:
        letter = paper.serial(survey, number).rpartition("-")[2]
        with pytest.raises(Refused):
            paper.read_serial(survey, f"{survey}-{changed}-{letter}")


@pytest.mark.parametrize("typed", ["", "hello", "12-345", "7XK2-QM9P-HT4D", "12-345-K; drop table", "９-1-1"])
def test_what_is_no_serial_is_refused_with_what_to_do(typed: str) -> None:
    with pytest.raises(Refused, match="foot of the form"):
        paper.read_serial(12, typed)


def test_what_is_never_read_out_is_not_printed_and_the_numbers_stay_whole() -> None:
    data = described(SMALL)
    drawn = [one for section in data["forms"][0]["sections"] for one in section["questions"]]
    assert [one["number"] for one in drawn] == [str(number) for number in range(1, len(drawn) + 1)]
    rooms = next(one for one in drawn if one["words"] == "Which rooms are cold?")
    assert [one["words"] for one in rooms["options"]] == ["Bedroom", "Bathroom", "None of these"]
    speed = next(one for one in drawn if "time it took" in one["words"])
    assert "Answer this only if you chose “Yes” for question 2." in speed["hint"]


def test_easy_read_is_large_and_in_easy_words() -> None:
    data = described(SMALL, language="en-easy")
    assert data["points"] == 16
    assert data["title"] == "Your home"
    assert data["forms"][0]["sections"][0]["questions"][0]["hint"] == "Tick 1 box."
    assert described(SMALL, size="large")["points"] == 18


def described(instrument: Any, *, language: str = "en", size: str = "standard") -> dict[str, Any]:
    return paper.described(
        instrument, [paper.Form(serial="1-2-4")], language=language, landlord="Thornbridge", contact="", secrecy="",
        closes_on=None, size=size,
    )  # fmt: skip


def test_numbers_become_codes_and_are_checked() -> None:
    found = entries.keyed(
        SMALL,
        {
            "overall": ["2"], "repair": ["1"], "rooms": ["1, 2"], "people": ["0"], "moved-day": ["3"],
            "moved-month": ["5"], "moved-year": ["2019"], "first-1": ["2"], "first-3": ["1"], "why": ["-"],
        },
    )  # fmt: skip
    assert found.raw["overall"] == ["2"]
    assert found.raw["repair"] == ["yes"]
    assert found.raw["rooms"] == ["bed", "bath"]
    assert "why" not in found.raw
    assert found.errors == {"people": "Write a number between 1 and 20."}


@pytest.mark.parametrize(
    ("typed", "words"), [("6", "from 1 to 5"), ("1 2", "If two boxes are ticked"), ("x", "from 1 to 5")]
)
def test_a_number_that_is_none_is_said(typed: str, words: str) -> None:
    assert words in entries.keyed(PLAIN, {"overall": [typed]}).errors["overall"]


def test_no_answer_is_an_answer_that_is_not_there() -> None:
    for nothing in ("", "0", "-", "–"):
        assert entries.keyed(PLAIN, {"overall": [nothing]}) == entries.Keyed({}, {})
    assert entries.keyed(SMALL, {"people": ["-"]}) == entries.Keyed({}, {})


@st.composite
def keyings(draw: st.DrawFn) -> dict[str, list[str]]:
    """What might be keyed for SMALL, right throughout."""
    said = {
        "overall": draw(st.sampled_from(["1", "3", "5", "0"])),
        "repair": draw(st.sampled_from(["1", "2", "-"])),
        "speed": draw(st.sampled_from(["2", "4", ""])),
        "why": draw(st.sampled_from(["", "Cold stairs", "Damp\nin the hall"])),
        "rooms": draw(st.sampled_from(["1", "1 2", "3", "0"])),
        "people": draw(st.sampled_from(["", "3", "20"])),
        "where": draw(st.sampled_from(["", "DA1 1DR"])),
        "age": draw(st.sampled_from(["1", "2", "0"])),
    }
    return {name: [value] for name, value in said.items()}


@given(keyings())
def test_a_keyed_form_can_be_drawn_again_and_keyed_again_to_the_same(typed: dict[str, list[str]]) -> None:
    once = entries.keyed(SMALL, typed)
    again = entries.keyed(SMALL, entries.typed_of(SMALL, once.raw))
    assert once.errors == again.errors == {}
    assert entries.differences(SMALL, once.raw, again.raw) == []


@given(keyings(), keyings())
def test_what_is_settled_for_the_first_is_the_first_and_for_the_second_the_second(
    one: dict[str, list[str]], other: dict[str, list[str]]
) -> None:
    first, second = entries.keyed(SMALL, one).raw, entries.keyed(SMALL, other).raw
    codes_ = [each.question.code for each in entries.differences(SMALL, first, second)]
    for right, expected in (("first", first), ("second", second)):
        found = entries.settled(SMALL, first, second, dict.fromkeys(codes_, right), {})
        assert entries.differences(SMALL, found, expected) == []
        assert answering.check(SMALL, found, part=True) == answering.check(SMALL, expected, part=True)


def test_a_difference_that_is_not_settled_is_named() -> None:
    with pytest.raises(Refused, match="Question 1"):
        entries.settled(PLAIN, {"overall": ["1"]}, {"overall": ["2"]}, {}, {})
    neither = entries.settled(PLAIN, {"overall": ["1"]}, {"overall": ["2"]}, {"overall": "other"}, {"overall": ["3"]})
    assert neither == {"overall": ["3"]}


def test_spaces_make_no_difference() -> None:
    assert entries.differences(PLAIN, {"why": ["Cold  stairs\n"]}, {"why": ["Cold stairs"]}) == []


def test_what_was_keyed_is_shown_in_words() -> None:
    asked = {one.question.code: one.question for one in paper.questions(SMALL)}
    assert entries.shown(asked["rooms"], {"rooms": ["bed", "none"]}) == "1 Bedroom, 3 None of these"
    assert entries.shown(asked["moved"], {"moved-day": ["3"], "moved-month": ["5"]}) == "3/5/?"
    assert entries.shown(asked["first"], {"first-1": ["2"], "first-3": ["1"]}) == "2 Heat, 1 Safety"
    assert entries.shown(asked["why"], {}) == "No answer"
