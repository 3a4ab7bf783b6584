"""Invented values in the place of real ones: of like shape, the same for the same value, and never the value itself.

For the copy of the database that developers work with. A value that must stay unique is disguised by a permutation of
all values of its shape (a Feistel network with cycle walking, as in NIST SP 800-38G), so that two values never become
one and joins on values hold. Who does not know the secret cannot turn it back.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import TypeVar

Day = TypeVar("Day", date, datetime)
T = TypeVar("T")

_ROUNDS = 10
_SMALL = 1 << 40  # up to here a value could well stay itself, so that it is moved on by one
_SETS = ("aeiou", "bcdfghjklmnpqrstvwxyz", "AEIOU", "BCDFGHJKLMNPQRSTVWXYZ", "0123456789")
_PHONE = re.compile(r"\+?[\d][\d\s()./-]{7,}\d")
LONG = 60  # characters from which words are made of a stream instead of a permutation


class Disguise:
    """Invented values by one secret: bytes that nobody keeps, or that are kept to make the same copy again."""

    def __init__(self, secret: bytes) -> None:
        self._secret = hashlib.blake2b(secret, digest_size=32).digest()

    def text(self, value: str, *, unique: bool = False) -> str:
        """Words of like shape: letters become letters of the same case, vowels vowels, digits digits.

        `unique`: two values never become one. An email address ends in .example, and a telephone number that need not
        be unique is one of those that Ofcom keeps for drama, so that nothing sent to it reaches anybody.
        """
        if "@" in value and " " not in value.strip():
            return self.email(value)
        if not unique and _PHONE.fullmatch(value.strip()):
            return self.phone(value)
        if unique or len(value) <= LONG:
            return self._permuted(value)
        return self._streamed(value)

    def email(self, value: str) -> str:
        """An address below .example (RFC 2606), different for different addresses whatever their case."""
        local, _, domain = value.strip().lower().rpartition("@")
        return f"{self._permuted(local)}@{self._permuted(domain)}.example"

    def phone(self, value: str) -> str:
        """A number that Ofcom keeps for drama: 07700 900000 to 900999."""
        number = self.number(value, 1000)
        return f"+447700900{number:03}" if value.strip().startswith("+") else f"07700 900{number:03}"

    def whole(self, value: int) -> int:
        """A whole number of as many digits, different for different numbers."""
        if value < 0:
            return -self.whole(-value)
        low = 0 if value < 10 else 10 ** (len(str(value)) - 1)
        return low + self._moved(value - low, 10 ** len(str(value)) - low, "whole")

    def near(self, value: T, row: str) -> T:
        """A number between half and one and a half times as large, with as many decimals."""
        share = Decimal(500 + self.number(row, 1001)) / 1000
        if isinstance(value, Decimal):
            return (value * share).quantize(value)  # type: ignore[return-value]
        return type(value)(float(value) * float(share))  # type: ignore[call-arg, arg-type]

    def day(self, value: Day, row: str) -> Day:
        """Another day up to half a year away; all days of one row move alike, so that they stay in order."""
        shift = 1 + self.number(f"days of {row}", 180)
        return value + timedelta(days=shift if self.number(f"way of {row}", 2) else -shift)

    def pick(self, options: Sequence[T], row: str) -> T:
        """One of the options, by the row and not by what stood in it, because few values are easily guessed."""
        return options[self.number(row, len(options))]

    def hexadecimal(self, value: str, length: int) -> str:
        """Hexadecimal digits in the place of a digest or a token."""
        return self._stream(f"hex {value}", (length + 1) // 2).hex()[:length]

    def number(self, value: str, below: int) -> int:
        """A number from 0 up to and without `below`."""
        return int.from_bytes(self._stream(f"number {value}", 16), "big") % below

    # ── the machinery ─────────────────────────────────────────────────────────────────────────────────────

    def _stream(self, what: str, length: int) -> bytes:
        return hashlib.shake_256(self._secret + what.encode()).digest(length)

    def _streamed(self, value: str) -> str:
        noise = self._stream(f"text {value}", 2 * len(value))
        made = []
        for at, char in enumerate(value):
            letters = _alphabet(char)
            number = int.from_bytes(noise[2 * at : 2 * at + 2], "big")
            made.append(letters[number % len(letters)] if letters else char)
        return "".join(made)

    def _permuted(self, value: str) -> str:
        alphabets = [_alphabet(char) for char in value]
        size, number = 1, 0
        for char, letters in zip(value, alphabets, strict=True):
            if letters:
                number = number * len(letters) + letters.index(char)
                size *= len(letters)
        if size == 1:
            return value
        shape = "".join(letters[0] if letters else char for char, letters in zip(value, alphabets, strict=True))
        moved = self._moved(number, size, shape)
        made = []
        for char, letters in zip(reversed(value), reversed(alphabets), strict=True):
            if letters:
                moved, at = divmod(moved, len(letters))
                made.append(letters[at])
            else:
                made.append(char)
        return "".join(reversed(made))

    def _moved(self, number: int, size: int, shape: str) -> int:
        """A permutation of the numbers below `size` that leaves none of few where it was."""
        if size < 2:
            return number
        there = self._walk(number, size, shape, forth=True)
        return self._walk((there + 1) % size, size, shape, forth=False) if size < _SMALL else there

    def _walk(self, number: int, size: int, shape: str, *, forth: bool) -> int:
        half = max(1, ((size - 1).bit_length() + 1) // 2)
        while True:  # on average fewer than four times: the network is less than four times as wide as the numbers
            number = self._feistel(number, half, shape, forth=forth)
            if number < size:
                return number

    def _feistel(self, number: int, half: int, shape: str, *, forth: bool) -> int:
        mask = (1 << half) - 1
        left, right = number >> half, number & mask
        for turn in range(_ROUNDS) if forth else reversed(range(_ROUNDS)):
            if forth:
                left, right = right, left ^ self._round(turn, right, half, shape)
            else:
                left, right = right ^ self._round(turn, left, half, shape), left
        return (left << half) | right

    def _round(self, turn: int, value: int, half: int, shape: str) -> int:
        found = self._stream(f"{turn} {half} {shape} {value}", (half + 7) // 8)
        return int.from_bytes(found, "big") & ((1 << half) - 1)


@lru_cache(maxsize=4096)
def _alphabet(char: str) -> str:
    """The signs that may stand in the place of one; "" for a sign that stays."""
    for letters in _SETS:
        if char in letters:
            return letters
    if not char.isalpha() and not char.isdigit():
        return ""
    start, kind = ord(char) & ~0x7F, unicodedata.category(char)
    return "".join(one for one in map(chr, range(start, start + 128)) if unicodedata.category(one) == kind)
