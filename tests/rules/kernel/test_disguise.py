"""Invented values: of like shape, the same for the same value, never two for one and never the value itself."""

import re
import string
from datetime import UTC, date, datetime
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from hearth.kernel.disguise import Disguise

ONE, OTHER = Disguise(b"one secret"), Disguise(b"another secret")
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=90)


def shape(text):
    kinds = {"vowel": "aeiou", "lower": string.ascii_lowercase, "Vowel": "AEIOU", "upper": string.ascii_uppercase}
    return [next((kind for kind, signs in kinds.items() if sign in signs), sign.isdigit() or sign) for sign in text]


@given(TEXTS)
def test_what_is_invented_is_as_long_and_the_same_every_time(text):
    made = ONE.text(text, unique=True)
    assert made == ONE.text(text, unique=True)
    if "@" not in text:
        assert len(made) == len(text)


@given(st.from_regex(r"[A-Z][a-z]{2,12} [A-Z][a-z]{2,12}", fullmatch=True))
def test_a_name_becomes_another_name_of_the_same_shape(name):
    made = ONE.text(name)
    assert made != name
    assert shape(made) == shape(name)
    assert made != OTHER.text(name)


def test_no_two_of_a_thousand_references_become_one_and_none_stays():
    keys = [f"T{number:03}" for number in range(1000)]
    made = [ONE.text(key, unique=True) for key in keys]
    assert len(set(made)) == 1000
    assert all(re.fullmatch(r"[B-Z]\d{3}", one) for one in made)
    assert [key for key, one in zip(keys, made, strict=True) if key == one] == []


@given(st.integers(0, 9999))
def test_a_permutation_of_small_shapes_leaves_nothing_where_it_was(number):
    text = str(number)
    assert ONE.text(text, unique=True) != text


@given(st.sets(st.from_regex(r"[a-zA-Z0-9.]{1,12}@[a-z]{1,6}\.(org|uk|com)", fullmatch=True), min_size=2, max_size=30))
def test_addresses_stay_different_whatever_their_case_and_lead_nowhere(addresses):
    made = {ONE.text(one) for one in addresses}
    assert len(made) == len({one.lower() for one in addresses})
    assert all(one.endswith(".example") for one in made)


@given(st.from_regex(r"(\+44|0)7\d{9}", fullmatch=True))
def test_a_telephone_number_becomes_one_that_nobody_has(number):
    assert re.fullmatch(r"(\+447700|07700 )900\d{3}", ONE.text(number))


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.text())
def test_days_of_one_row_move_alike_by_at_most_half_a_year(first, second, row):
    moved = ONE.day(first, row)
    assert 1 <= abs((moved - first).days) <= 180
    assert ONE.day(second, row) - moved == second - first


def test_a_moment_keeps_its_hour():
    moment = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
    assert ONE.day(moment, "row").time() == moment.time()


@given(st.integers(-(10**12), 10**12))
def test_a_whole_number_keeps_its_digits(number):
    made = ONE.whole(number)
    assert len(str(abs(made))) == len(str(abs(number)))


@given(st.decimals(0, 10**6, places=2), st.text())
def test_an_amount_stays_near_with_its_decimals(amount, row):
    made = ONE.near(amount, row)
    assert amount / 2 - Decimal("0.01") <= made <= amount * Decimal("1.5") + Decimal("0.01")
    assert made.as_tuple().exponent == -2


@settings(max_examples=30)
@given(st.text(string.ascii_letters + " ", min_size=61, max_size=3000))
def test_long_words_keep_their_shape_and_nothing_of_their_words(text):
    made = ONE.text(text)
    assert shape(made) == shape(text)
    kept = {word for word in text.split() if len(word) > 8} & {word for word in made.split() if len(word) > 8}
    assert kept == set()


@given(st.text("ąćęłńóśźżéèüöаяبت ", min_size=1, max_size=20))
def test_letters_of_other_alphabets_are_disguised_too(text):
    made = ONE.text(text, unique=True)
    for before, after in zip(text, made, strict=True):
        assert before.isalpha() == after.isalpha()


def test_a_few_options_are_picked_by_row_and_all_of_them_occur():
    picked = [ONE.pick(["a", "b", "c"], str(row)) for row in range(60)]
    assert set(picked) == {"a", "b", "c"}
    assert ONE.hexadecimal("token", 64) != OTHER.hexadecimal("token", 64)
    assert re.fullmatch(r"[0-9a-f]{64}", ONE.hexadecimal("token", 64))
