"""A survey firm's file: what columns and codes mean, and what is wrong row by row."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.kernel.refusals import Refused
from hearth.kernel.sheets import Formula
from hearth.surveys.rules import firmfile
from hearth.surveys.rules.firmfile import Column, Seen
from tests.factories.surveys import SMALL

WORDS = (
    "Very satisfied", "Fairly satisfied", "Neither satisfied nor dissatisfied", "Fairly dissatisfied",
    "Very dissatisfied",
)  # fmt: skip
BY_WORDS = {word: str(place) for place, word in enumerate(WORDS, 1)}
COLUMNS = (
    Column("Ref", "reference"),
    Column("Method", "mode"),
    Column("Date", "given_on"),
    Column("Weight", "weight"),
    Column("Overall", "question", "overall", BY_WORDS),
    Column("Speed", "question", "speed", BY_WORDS),
    Column("Rooms", "question", "rooms", {"Bedroom": "bed", "Bathroom": "bath"}),
    Column("Why", "question", "why"),
    Column("Area", "trait", "area"),
)


def read(*cells, columns=COLUMNS, row=2):
    return firmfile.read(row, cells, columns, SMALL, file="abc")


GOOD = ("R1", "Telephone", "03/11/2026", "1.25", "Fairly satisfied", "", "Bedroom; Bathroom", "Clean", "North")


def test_a_good_row_becomes_a_response():
    row, problems = read(*GOOD)
    assert problems == ()
    assert row.reference == "R1"
    assert row.mode == "telephone"
    assert row.given_on == date(2026, 11, 3)
    assert row.weight == 1.25
    assert row.answers == {"overall": ["2"], "rooms": ["bed", "bath"], "why": ["Clean"]}
    assert row.traits == {"area": "North"}


@pytest.mark.parametrize(
    ("place", "cell", "column", "words"),
    [
        (1, "Pigeon", "Method", "no way of answering"),
        (2, "31/02/2026", "Date", "31/02/2026"),
        (3, "a lot", "Weight", "no number"),
        (3, "0", "Weight", "above nought"),
        (4, "Quite happy", "Overall", "no answer to overall"),
        (7, Formula("=1+1"), "Why", "formula"),
    ],
)
def test_what_is_wrong_names_row_and_column_and_the_row_is_not_taken(place, cell, column, words):
    cells = list(GOOD)
    cells[place] = cell
    row, problems = read(*cells, row=17)
    assert row is None
    assert [(one.row, one.column) for one in problems] == [(17, column)]
    assert words in problems[0].reason


def test_a_row_without_any_answer_is_named():
    row, problems = read("R1", "Post", "", "", "", "", "", "", "North")
    assert row is None
    assert "no answer" in problems[0].reason


def test_whoever_answered_what_a_filter_leads_to_has_passed_it():
    row, _ = read("R1", "", "", "", WORDS[0], WORDS[3], "", "", "")
    assert row.answers["repair"] == ["yes"]
    mapped = (*COLUMNS, Column("Repair", "question", "repair", {"No": "no"}))
    row, _ = read("R1", "", "", "", WORDS[0], WORDS[3], "", "", "", "No", columns=mapped)
    assert row.answers["repair"] == ["no"]


@given(st.text(min_size=1, max_size=20), st.integers(2, 10**6))
def test_the_same_reference_is_the_same_response_whatever_its_row(reference, row):
    columns = (Column("Ref", "reference"), Column("Overall", "question", "overall", BY_WORDS))
    one, _ = firmfile.read(row, (reference, WORDS[0]), columns, SMALL, file="abc")
    other, _ = firmfile.read(row + 1, (reference, WORDS[1]), columns, SMALL, file="def")
    if reference.strip():
        assert one.nonce == other.nonce
    else:
        assert one.nonce != other.nonce


def test_without_references_two_equal_rows_are_two_people_and_the_same_file_is_the_same():
    columns = (Column("Overall", "question", "overall", BY_WORDS),)
    one, other = (firmfile.read(row, (WORDS[0],), columns, SMALL, file="abc")[0] for row in (2, 3))
    again = firmfile.read(2, (WORDS[0],), columns, SMALL, file="abc")[0]
    assert one.nonce != other.nonce
    assert one.nonce == again.nonce


@pytest.mark.parametrize(
    "heading", ["overall", "OVERALL", "Q_overall", "overall - satisfaction with service",
                "How satisfied or dissatisfied are you with the service?"],
)  # fmt: skip
def test_a_question_is_known_by_its_code_or_its_words(heading):
    (column,) = firmfile.guess([Seen(heading, WORDS)], SMALL)
    assert (column.meaning, column.of, column.doubtful) == ("question", "overall", False)
    assert column.values == BY_WORDS


def test_numbers_without_words_are_proposed_and_doubted_and_labels_settle_them():
    (bare,) = firmfile.guess([Seen("overall", ("1", "5", "99"))], SMALL)
    assert bare.doubtful
    assert bare.values == {"1": "1", "5": "5", "99": "-"}
    turned = {"1": "Very dissatisfied", "5": "Very satisfied", "99": "Refused"}
    (labelled,) = firmfile.guess([Seen("overall", ("1", "5", "99"), turned)], SMALL)
    assert not labelled.doubtful
    assert labelled.values == {"1": "5", "5": "1", "99": "-"}


def test_names_that_firms_use_are_known_once_and_the_rest_is_left_out():
    found = firmfile.guess([Seen("URN", ()), Seen("Methodology", ()), Seen("id", ()), Seen("Postcode", ())], SMALL)
    assert [one.meaning for one in found] == ["reference", "mode", "ignore", "ignore"]


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ((Column("a", "reference"),), "No column means a question"),
        ((Column("a", "question", "overall"), Column("b", "question", "overall")), "“a” and “b” mean the same"),
        ((Column("a", "question", "nothing"),), "nothing"),
        ((Column("a", "question", "overall"), Column("b", "trait", " ")), "Say what the column “b”"),
        ((Column("a", "question", "overall"),), "reference"),
    ],
)
def test_a_mapping_by_which_nothing_sound_comes_in_is_refused(columns, words):
    with pytest.raises(Refused, match=words):
        firmfile.check_mapping(columns, SMALL, needs_reference=True)


def test_values_that_nothing_is_said_of_are_named_before_anything_is_brought_in():
    seen = [Seen("Overall", (*WORDS, "Delighted"))]
    (problem,) = firmfile.unmapped([COLUMNS[4]], seen, SMALL)
    assert "Delighted" in problem.reason


def test_two_columns_of_one_name_are_refused():
    with pytest.raises(Refused, match="Overall"):
        firmfile.check_headings(["Ref", "Overall", "Overall"])


def test_columns_of_many_values_show_none():
    (few, many) = firmfile.see(["a", "b"], [("x", str(n)) for n in range(50)])
    assert few.values == ("x",)
    assert many.values == ()
