"""Telephone numbers, postcodes and property numbers."""

from __future__ import annotations

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.kernel.refusals import Refused
from hearth.register.rules import numbers

TEN = st.from_regex(r"[1-9][0-9]{9}", fullmatch=True)


@given(TEN, st.sampled_from(["0", "+44", "0044", "+44 (0)", "44"]), st.sampled_from(["", " ", "-", ".", ") "]))
def test_the_quick_way_reads_british_numbers_as_the_library_does(digits, start, gap):
    written = f"{start}{digits[:4]}{gap}{digits[4:]}"
    read = phonenumbers.parse(f"0{digits}", "GB")
    assert numbers.phone(written) == phonenumbers.format_number(read, phonenumbers.PhoneNumberFormat.E164)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("01632 960001", "+441632960001"),
        ("(01632) 960-001", "+441632960001"),
        ("+48 22 123 45 67", "+48221234567"),
        ("00353 1 234 5678", "+35312345678"),
    ],
)
def test_numbers_are_kept_in_their_international_form(written, kept):
    assert numbers.phone(written) == kept
    assert numbers.phone(kept) == kept


@pytest.mark.parametrize("written", ["none", "ex directory", "123", "0", "01632 96000199999", "n/a", "01632 ask Ann"])
def test_what_cannot_be_a_number_is_refused(written):
    with pytest.raises(Refused):
        numbers.phone(written)


@pytest.mark.parametrize(
    ("number", "mobile"),
    [("+447700900123", True), ("+447000900123", False), ("+447600900123", False), ("+441632960001", False)],
)
def test_only_mobiles_take_text_messages(number, mobile):
    assert numbers.is_mobile(number) is mobile


def test_numbers_are_shown_as_they_are_written_here():
    assert numbers.shown_phone("+441632960001") == "01632 960001"
    assert numbers.shown_phone("+48221234567") == "+48 22 123 45 67"
    assert numbers.shown_phone("") == ""


@pytest.mark.parametrize(
    ("written", "kept"),
    [("da11dr", "DA1 1DR"), ("DA1  1DR", "DA1 1DR"), ("ec1a1bb", "EC1A 1BB"), ("W1A 0AX", "W1A 0AX"),
     ("m11ae", "M1 1AE")],
)  # fmt: skip
def test_a_postcode_has_one_space(written, kept):
    assert numbers.postcode(written) == kept


@pytest.mark.parametrize("written", ["", "DA1", "1DA 1DR", "DA1 1D", "DA1 1CK", "DAA1 1DR", "DA111 1DR", "unknown"])
def test_what_is_no_postcode_is_refused(written):
    with pytest.raises(Refused):
        numbers.postcode(written)


@given(st.integers(min_value=1, max_value=10**12 - 1))
def test_a_uprn_survives_a_spreadsheet(number):
    assert numbers.uprn(str(number)) == numbers.uprn(f"{number}.0") == numbers.uprn(f"{number:012}") == str(number)


@pytest.mark.parametrize("written", ["1.00012E+11", "1000123456789", "10001234567A", "", "0", "٣٤٥", "12.5", "-5"])
def test_what_is_no_uprn_is_refused(written):
    with pytest.raises(Refused):
        numbers.uprn(written)


def test_a_reference_that_a_spreadsheet_has_shortened_is_refused():
    with pytest.raises(Refused, match="shortened"):
        numbers.reference("1.2E+12")
    assert numbers.reference("7E10") == "7E10"
