"""References that people read out on the telephone, such as "CAR-2026-0007"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hearth.kernel.refusals import Refused
from hearth.kernel.words import normalise

PREFIX = re.compile(r"[A-Z][A-Z0-9]{1,9}")
SHAPE = re.compile(r"([A-Z][A-Z0-9]{1,9})[-/ ]?\s*((?:19|20)\d\d)\s*[-/ ]\s*(\d{1,9})")


@dataclass(frozen=True, order=True)
class Reference:
    """What a reference says: the register it is of, the year it was opened in and its number in that year."""

    prefix: str
    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.prefix}-{self.year}-{self.number:04d}"


def make(prefix: str, year: int, number: int) -> str:
    """The reference as it is printed; four digits at least. ValueError on what could not be read back."""
    if not PREFIX.fullmatch(prefix) or not 1900 <= year <= 2099 or not 1 <= number <= 999_999_999:
        raise ValueError(f"No reference can be made of {prefix!r}, {year!r} and {number!r}")
    return str(Reference(prefix, year, number))


def parse(text: str) -> Reference:
    """Read a reference however it was typed: small letters, spaces, slashes, long dashes. Refuses anything else."""
    found = SHAPE.fullmatch(normalise(text).upper().replace(" - ", "-"))
    if found is None or int(found[3]) == 0:
        raise Refused("Enter a reference such as CAR-2026-0007.", field="reference")
    return Reference(found[1], int(found[2]), int(found[3]))
