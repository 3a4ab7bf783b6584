"""Plain text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.kernel.papers import Bullets, Numbers, Paragraph
from hearth.kernel.words import (
    blocks,
    counted,
    listed,
    mentions,
    normalise,
    sentences,
    shorten,
    similarity,
)


def test_typed_text_becomes_paragraphs_and_lists():
    text = "We asked:\n• tenants\n- leaseholders, by\npost\n\nThen we\nwrote.\nEnd.\n1. One\n2) Two\n1. Again"
    assert blocks(text) == (
        Paragraph("We asked:"),
        Bullets(("tenants", "leaseholders, by post")),
        Paragraph("Then we wrote."),
        Paragraph("End."),
        Numbers(("One", "Two")),
        Numbers(("Again",)),
    )


def test_bullets_in_the_middle_of_a_line_are_items():
    assert blocks("Formats: • large print • Braille") == (
        Paragraph("Formats:"),
        Bullets(("large print", "Braille")),
    )


def test_a_hyphen_within_words_or_a_figure_is_no_bullet():
    assert blocks("-5 degrees") == (Paragraph("-5 degrees"),)
    assert blocks("2.5 per cent") == (Paragraph("2.5 per cent"),)
    assert blocks("*note") == (Paragraph("*note"),)


@given(st.text(max_size=200))
def test_no_word_is_lost_in_blocks(text):
    kept = "".join(block.text if isinstance(block, Paragraph) else "".join(block.items) for block in blocks(text))
    letters = [c for c in text if c.isalpha()]
    assert [c for c in kept if c.isalpha()] == letters


def test_sentences_end_at_full_stops_and_not_at_abbreviations():
    text = "Mr. A. Smith wrote, e.g. To the Council. It rose by 5.5%! Did it? “Yes.” See s. 149 of the Act."
    assert sentences(text) == (
        "Mr. A. Smith wrote, e.g. To the Council.",
        "It rose by 5.5%!",
        "Did it?",
        "“Yes.”",
        "See s. 149 of the Act.",
    )


def test_list_items_are_sentences_of_their_own():
    assert sentences("Aims\n- be fair\n- be kind") == ("Aims", "be fair", "be kind")


def test_only_whole_words_are_mentioned():
    assert mentions("Age and engagement of the Trans\u00a0community", ["age", "gage", "trans community"]) == (
        "age",
        "trans community",
    )
    assert mentions("C++ and others", ["C++", "other"]) == ("C++",)
    assert mentions("anything", ["", " "]) == ()


def test_quotes_dashes_and_spaces_are_made_plain():
    assert normalise(" the  Council’s\n“plan” – 2024—25\u00ad ") == 'the Council\'s "plan" - 2024-25'


@given(st.text(max_size=60), st.text(max_size=60))
def test_similarity_is_the_same_both_ways_and_between_0_and_1(one, other):
    assert similarity(one, other) == similarity(other, one)
    assert 0 <= similarity(one, other) <= 1
    assert similarity(one, one) == 1


def test_similarity_sees_words_not_marks():
    assert similarity("Tenants’ voices: heard.", "tenants' voices – heard") == 1
    assert similarity("large print", "wholly unlike") == 0
    assert similarity("all tenants were asked", "all leaseholders were asked") == pytest.approx(0.75)


def test_lists_and_numbers_read_as_one_says_them():
    assert [listed(x) for x in ((), ("a",), ("a", "b"), ("a", "b", "c"))] == ["", "a", "a and b", "a, b and c"]
    assert listed(["a", "b"], "or") == "a or b"
    assert [counted(n, "day") for n in (0, 1, 20, 1200)] == ["no days", "one day", "twenty days", "1,200 days"]
    assert counted(2, "body", "bodies") == "two bodies"


@given(st.text(max_size=80), st.integers(1, 40))
def test_shortened_text_fits_and_begins_as_it_did(text, limit):
    plain = " ".join(text.split())
    short = shorten(text, limit)
    assert len(short) <= limit
    assert short == plain or (short.endswith("…") and plain.startswith(short[:-1]))


def test_text_is_shortened_between_words():
    assert shorten("one two three", 9) == "one two…"
    assert shorten("one two", 7) == "one two"


def test_a_lettered_line_begins_a_paragraph_of_its_own():
    assert blocks("a) the first part\nb) the second part") == (
        Paragraph("a) the first part"),
        Paragraph("b) the second part"),
    )
