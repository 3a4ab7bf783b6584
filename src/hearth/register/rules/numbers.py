"""Telephone numbers, postcodes and property numbers as people and spreadsheets write them (SYS-10); pure."""

from __future__ import annotations

import re
from functools import lru_cache

from hearth.kernel.refusals import Refused

_ORNAMENT = re.compile(r"[\s().\-–/]+")
_BRITISH = re.compile(r"(?:\+44|0044|0|44(?=\d{10}$))0?([1-9]\d{9})")
# The shapes of postcodes in use (Royal Mail, "Programmers' guide to the Postcode Address File").
_POSTCODE = re.compile(r"(GIR0AA|[A-Z]{1,2}\d[A-Z\d]?\d[ABD-HJLNP-UW-Z]{2})")
_SHORTENED = re.compile(r"\d(\.\d+)?E\+?\d+", re.I)


@lru_cache(maxsize=4096)
def phone(text: str) -> str:
    """A telephone number in its international form, +441632960001. Raises Refused for what cannot be one.

    A number without a country is British. British numbers of ten digits, nearly all that there are, are known by
    their shape; all others are left to the library, which is much slower.
    """
    bare = _ORNAMENT.sub("", text)
    if british := _BRITISH.fullmatch(bare):
        return f"+44{british[1]}"
    import phonenumbers

    try:
        read = phonenumbers.parse(text, "GB")
    except phonenumbers.NumberParseException:
        raise Refused(f"“{text}” is not a telephone number") from None
    if not phonenumbers.is_possible_number(read) or re.search(r"[a-z]{3}", text, re.I):
        raise Refused(f"“{text}” is not a telephone number")
    return phonenumbers.format_number(read, phonenumbers.PhoneNumberFormat.E164)


def is_mobile(number: str) -> bool:
    """Whether a British number can take text messages: 07, but not 070 (personal numbers) and 076 (pagers)."""
    return number.startswith("+447") and number[4:5] not in ("0", "6")


def shown_phone(number: str) -> str:
    """A number as it is written here: 01632 960001; one from abroad in its international form."""
    if not number:
        return ""
    import phonenumbers

    try:
        read = phonenumbers.parse(number, "GB")
    except phonenumbers.NumberParseException:
        return number
    form = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(read, form.NATIONAL if read.country_code == 44 else form.INTERNATIONAL)


@lru_cache(maxsize=4096)
def postcode(text: str) -> str:
    """A postcode with its one space, "DA1 1DR". Raises Refused."""
    bare = re.sub(r"[\s\-]+", "", text).upper()
    if not _POSTCODE.fullmatch(bare):
        raise Refused(f"“{text}” is not a postcode")
    return f"{bare[:-3]} {bare[-3:]}"


def uprn(text: str) -> str:
    """A unique property reference number: up to 12 digits without the zeros before them. Raises Refused.

    It is given by the Ordnance Survey's GeoPlace; there is no check digit.
    """
    if _SHORTENED.fullmatch(text):
        raise Refused(
            f"“{text}” is a number that a spreadsheet has shortened: set the column to text and export it again"
        )
    bare = re.sub(r"\s+", "", text)
    bare = bare[:-2] if bare.endswith(".0") else bare
    digits = bare.lstrip("0")
    if not re.fullmatch(r"[0-9]{1,12}", digits):
        raise Refused(f"“{text}” is not a UPRN: it has up to 12 digits")
    return digits


def reference(text: str) -> str:
    """A reference of another system, as it is written there. Raises Refused for one that a spreadsheet has spoilt."""
    if _SHORTENED.fullmatch(text) and "+" in text:
        raise Refused(
            f"“{text}” is a number that a spreadsheet has shortened: set the column to text and export it again"
        )
    if len(text) > 60:
        raise Refused("The reference is longer than 60 characters")
    return text
