"""What is no Customer Access Review is not read as one, and the reader says why."""

from __future__ import annotations

import random
import string

import pytest

from hearth.reviews.rules.form import Form
from hearth.reviews.rules.reading import read

OTHER_COUNCIL = """Equality Impact Assessment
Name of policy\tWinter fuel scheme
Lead officer\tService Lead
Date\tMay 2024
Section 1: What is the proposal?
The scheme gives a payment to households in arrears with their heating.
Section 2: Who will be affected by the proposal?
Households on low incomes.
Protected characteristic\tPositive\tNegative\tNeutral\tMitigation
Age\tYes\t\t\tOlder people are told by post.
Disability\tYes\t\t\tLarge print is offered.
Sex\t\t\tYes\t
Race\t\t\tYes\t
Section 3: Have you consulted?
A survey was sent to 300 households.
Signed off by: Head of Service
"""

PROSE = """It was late when the last bus came down the hill. Nobody who waited for it asked what the driver thought,
and the driver, who had views on most things, kept them to himself until the depot. There he told the cleaner.
1. He had seen a fox.
2. The fox had seen him.
"""


@pytest.mark.parametrize("text", [OTHER_COUNCIL, PROSE, "Who will be affected?", "Age\tDisability\tSex", "1.\t2.\t3."])
def test_another_document_is_not_read_as_a_review(form: Form, text: str) -> None:
    reading = read(text, form)
    assert not reading.is_review
    assert "questions" in reading.reason
    assert reading.edition_guess == ""
    assert reading.confidence <= 0.2


@pytest.mark.parametrize("text", ["", " \n\t\n ", "\f\f\f"])
def test_an_empty_document_is_said_to_be_empty(form: Form, text: str) -> None:
    reading = read(text, form)
    assert not reading.is_review
    assert reading.reason == "There is no text to read."


@pytest.mark.slow
def test_much_garbage_is_refused(form: Form) -> None:
    text = "".join(random.Random(1).choices(string.printable, k=200_000))
    reading = read(text, form)
    assert not reading.is_review
    assert reading.reason


@pytest.mark.slow
@pytest.mark.parametrize("alphabet", ["<>p/ \t\n", "<td>", "☒\t \n1.", "a ", "\x00\u202e￾é"])
def test_garbage_of_one_kind_is_refused(form: Form, alphabet: str) -> None:
    chance = random.Random(1)
    text = "".join(chance.choices(alphabet, k=200_000))
    reading = read(text, form)
    assert not reading.is_review
    assert reading.reason


@pytest.mark.slow
@pytest.mark.parametrize("unit", ["<p>", "<table><tr><td>", "<ul><li>", "• ", "- ", "1. ", "<", "&amp;", "\\boxtimes "])
def test_one_thing_repeated_without_end_is_refused(form: Form, unit: str) -> None:
    assert not read(unit * (300_000 // len(unit)), form).is_review
