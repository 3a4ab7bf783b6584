"""Periods to which data belong, as running text and the titles of statistics print them: "2022-23", "year ending March
2018 to year ending March 2020". A period is kept as the pair of calendar years in which it begins and ends."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_YEAR = r"((?:19|20)\d\d)"
_ENDING = re.compile(
    rf"\byears? ending(?:\s+(?P<month>{_MONTH}))?\s+{_YEAR}"
    rf"(?:\s*(?:to|and|[-–—])\s*(?:the\s+)?(?:years? ending\s+)?(?:{_MONTH}\s+)?{_YEAR})?",
    re.I,
)
_RANGE = re.compile(rf"\b{_YEAR}\s*(?:[-–—/]|to)\s*((?:19|20)\d\d|\d\d)\b(?!\d)")
_CENSUS = re.compile(rf"\bCensus\s+{_YEAR}|\b{_YEAR}\s+Census", re.I)


@dataclass(frozen=True)
class Span:
    """The years in which a period of data begins and ends, with the words that gave it."""

    first: int
    last: int
    printed: str

    def same(self, other: Span) -> bool:
        return (self.first, self.last) == (other.first, other.last)


def read_spans(text: str) -> tuple[Span, ...]:
    """The periods of data that a text names. Dates of publication ("November 2022") are not periods of data."""
    spans: list[Span] = []
    taken: list[tuple[int, int]] = []
    for found in _ENDING.finditer(text):
        first = int(found.group(2))
        last = int(found.group(3)) if found.group(3) else first
        # A year that ends before December began in the year before.
        earlier = 0 if (found.group("month") or "").lower() == "december" else 1
        spans.append(Span(first - earlier, last, found.group(0)))
        taken.append(found.span())
    for found in _RANGE.finditer(text):
        if any(a <= found.start() < b for a, b in taken):
            continue
        first = int(found.group(1))
        tail = found.group(2)
        last = int(tail) if len(tail) == 4 else first // 100 * 100 + int(tail)
        if first <= last <= first + 20:
            spans.append(Span(first, last, found.group(0)))
    for found in _CENSUS.finditer(text):
        year = int(found.group(1) or found.group(2))
        spans.append(Span(year, year, found.group(0)))
    return tuple(spans)
