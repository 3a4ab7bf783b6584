"""Answers against the questionnaire: filters, ranges, lengths, nonsense."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from hearth.surveys.rules.answering import check, fields, kept, raw_of
from hearth.surveys.rules.instrument import Instrument
from tests.factories.surveys import GOOD, SMALL

GOOD_RAW = {"overall": ["2"], "repair": ["no"], "why": ["The stairs are clean."]}
NAMES = [name for question in SMALL.questions() for name in fields(question)]


def error(instrument: Instrument = SMALL, *, about: str, **raw: Any) -> str:
    """What is said of one question."""
    sent = {name.replace("_", "-"): value if isinstance(value, list) else [value] for name, value in raw.items()}
    return check(instrument, {**GOOD_RAW, **sent}).errors.get(about, "")


def test_good_answers_are_kept_in_their_shapes() -> None:
    raw = {
        **GOOD_RAW, "rooms": ["bath", "bed"], "people": ["1,0"], "moved-day": ["3"], "moved-month": ["10"],
        "moved-year": ["2022"], "first-1": ["2"], "first-3": ["1"], "where": ["da11dr"], "age": ["4"],
    }  # fmt: skip
    found = check(SMALL, {**raw, "people": [" 4 "]})
    assert found.errors == {}
    assert found.answers == {
        **GOOD, "rooms": ["bed", "bath"], "people": 4, "moved": "2022-10-03", "first": ["3", "1"], "where": "DA1 1DR",
        "age": "4",
    }  # fmt: skip
    assert check(SMALL, raw).errors == {"people": "Write a number in figures, like 3."}


def test_a_question_is_asked_only_after_the_answer_it_hangs_on() -> None:
    assert "speed" not in check(SMALL, GOOD_RAW).asked
    asked = check(SMALL, {**GOOD_RAW, "repair": ["yes"]})
    assert "speed" in asked.asked
    assert asked.errors == {"speed": "Choose an answer."}


def test_what_was_answered_before_the_filter_was_changed_is_dropped() -> None:
    found = check(SMALL, {**GOOD_RAW, "speed": ["1"]})
    assert "speed" not in found.answers
    assert found.errors == {}


def test_a_wrong_answer_to_a_question_that_is_not_asked_does_not_matter() -> None:
    assert check(SMALL, {**GOOD_RAW, "speed": ["99"]}).errors == {}


def test_a_question_hanging_on_one_that_is_not_asked_is_not_asked_either() -> None:
    from dataclasses import replace

    from hearth.surveys.rules.instrument import OnlyIf
    from tests.factories.surveys import scale

    service = SMALL.sections[0]
    third = scale("third", "And then?", only_if=OnlyIf("speed", ("1",)))
    longer = replace(SMALL, sections=(replace(service, questions=(*service.questions, third)),))
    assert "third" not in check(longer, {**GOOD_RAW, "speed": ["1"]}).asked
    assert "third" in check(longer, {**GOOD_RAW, "repair": ["yes"], "speed": ["1"]}).asked


def test_stock_decides_what_is_asked() -> None:
    from tests.factories.surveys import scale

    rented = Instrument(
        title={}, sections=(SMALL.sections[0].__class__("s", {}, (scale("TP02", "Repairs?", stock=("lcra",)),)),)
    )
    assert check(rented, {}, stock="lcho").asked == ()
    assert check(rented, {}, stock="lcra").asked == ("TP02",)
    assert check(rented, {}).asked == ("TP02",)


@pytest.mark.parametrize(
    ("about", "raw", "words"),
    [
        ("overall", {"overall": []}, "Choose an answer."),
        ("overall", {"overall": "6"}, "Choose one of the answers"),
        ("overall", {"overall": ["1", "2"]}, "Choose one answer only."),
        ("rooms", {"rooms": ["bed", "attic"]}, "Choose only from"),
        ("rooms", {"rooms": ["bed", "none"]}, "“None of these” by itself"),
        ("rooms", {"rooms": ["refused"]}, "Choose only from"),
        ("people", {"people": "0"}, "between 1 and 20"),
        ("people", {"people": "21"}, "between 1 and 20"),
        ("people", {"people": "nan"}, "in figures"),
        ("people", {"people": "1e1"}, "in figures"),
        ("people", {"people": "٣"}, "in figures"),
        ("people", {"people": ["1", "2"]}, "one answer only"),
        ("moved", {"moved_day": "31", "moved_month": "2", "moved_year": "2026"}, "real date"),
        ("moved", {"moved_day": "3"}, "must have a month and a year"),
        ("moved", {"moved_day": "3", "moved_month": "2", "moved_year": "26"}, "year in full"),
        ("moved", {"moved_day": "x", "moved_month": "2", "moved_year": "2026"}, "real date"),
        ("first", {"first_1": "1", "first_2": "1"}, "each number once"),
        ("first", {"first_1": "2"}, "Begin with 1"),
        ("first", {"first_1": "4"}, "numbers 1 to 3"),
        ("first", {"first_1": "first"}, "numbers 1 to 3"),
        ("where", {"where": "Dartford"}, "full postcode"),
        ("why", {"why": "x" * 100_000}, "100,000 characters. Shorten it to 500 or fewer."),
    ],
)
def test_a_wrong_answer_says_what_to_do(about: str, raw: dict[str, Any], words: str) -> None:
    assert words in error(about=about, **raw)


def test_an_interviewer_may_note_what_is_never_read_out() -> None:
    raw = {**GOOD_RAW, "rooms": ["refused"]}
    assert check(SMALL, raw, silent_allowed=True).answers["rooms"] == ["refused"]


def test_the_option_that_stands_alone_is_named_in_the_persons_language() -> None:
    raw = {**GOOD_RAW, "rooms": ["bed", "none"]}
    assert "None of these" in check(SMALL, raw, language="cy").errors["rooms"]


def test_a_part_answered_form_need_not_be_whole_but_must_be_right() -> None:
    assert check(SMALL, {}, part=True).errors == {}
    assert set(check(SMALL, {"overall": ["7"]}, part=True).errors) == {"overall"}


def test_characters_that_cannot_be_printed_or_kept_are_taken_out() -> None:
    found = check(SMALL, {**GOOD_RAW, "why": ["a\x00b\ud800c\r\nd\x1b[31m"]})
    assert found.answers["why"] == "abc\nd[31m"


def test_markup_is_kept_as_it_was_written() -> None:
    script = "<script>alert('x')</script>"
    assert check(SMALL, {**GOOD_RAW, "why": [script]}).answers["why"] == script


def test_a_draft_keeps_what_was_typed_even_where_it_is_wrong_and_nothing_else() -> None:
    sent = {"people": ["many"], "token": ["t"], "why": ["a\x00"], "rooms": ["bed", "none"], "age": [""]}
    assert kept(SMALL, sent) == {"people": ["many"], "why": ["a"], "rooms": ["bed", "none"]}


@given(some.dictionaries(some.sampled_from(NAMES), some.lists(some.text(max_size=30), max_size=3)))
def test_whatever_is_sent_is_answered_or_refused_and_what_is_kept_is_read_again_the_same(raw: dict[str, Any]) -> None:
    found = check(SMALL, raw)
    assert not found.answers.keys() & found.errors.keys()
    assert found.answers.keys() <= set(found.asked)
    again = check(SMALL, raw_of(SMALL, found.answers), part=True)
    assert again.answers == found.answers
    assert again.errors == {}


@given(some.permutations(["1", "2", "3"]))
def test_a_rank_comes_back_in_its_order(order: list[str]) -> None:
    raw = {**GOOD_RAW, **raw_of(SMALL, {"first": order})}
    assert check(SMALL, raw).answers["first"] == order
