"""The code by which somebody opens their own survey: short enough to read over the telephone, too long to guess.

A code is made from the installation's secret and the number of the row that it opens, so that it can be printed again
and is nowhere stored; the database holds its digest alone.
"""

from __future__ import annotations

import hashlib
import hmac

ALPHABET = "23456789BCDFGHJKMNPQRSTVWXYZ"  # no vowels, so that no words come out, and no letter that looks like another
LENGTH = 12  # 28 to the power 12: at a million guesses a second, two thousand years
GROUP = 4
LIKENESS = str.maketrans("", "", " -\u2010\u2011\u2012\u2013\u2014.\u00a0\t\n\r")


def code(secret: bytes, survey: int, kind: str, number: int) -> str:
    """The code of a row: "unit" 17 of survey 3 has always the same. In groups of four: "7XK2-QM9P-HT4D"."""
    drawn = hmac.new(secret, f"survey code:{survey}:{kind}:{number}".encode(), hashlib.sha256).digest()
    value = int.from_bytes(drawn, "big")
    letters = []
    for _ in range(LENGTH):
        value, place = divmod(value, len(ALPHABET))
        letters.append(ALPHABET[place])
    return "-".join("".join(group) for group in _groups(letters))


def digest(secret: bytes, typed: str) -> str:
    """What the database knows a code by. The same for capitals, small letters, spaces and hyphens of any kind."""
    return hmac.new(secret, f"survey code digest:{normal(typed)}".encode(), hashlib.sha256).hexdigest()


def normal(typed: str) -> str:
    """A code as it is compared: capitals, without what people put between the groups."""
    return typed.translate(LIKENESS).upper()


def could_be(typed: str) -> bool:
    """Whether something typed has the shape of a code at all; what has not is no guess."""
    found = normal(typed)
    return len(found) == LENGTH and set(found) <= set(ALPHABET)


def _groups(letters: list[str]) -> list[list[str]]:
    return [letters[start : start + GROUP] for start in range(0, len(letters), GROUP)]
