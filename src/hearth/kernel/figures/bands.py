"""Bands of age: reading them from labels, and saying where a set of them overlaps, leaves a gap or is uneven."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hearth.kernel.refusals import Refused

OLDEST = 200  # stands for "no upper end"

_N = r"(\d{1,3})"
_YEARS = r"(?:\s*years?(?:\s+olds?)?)?"
_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"\b(?:under|below|less than|younger than)\s+{_N}\b", re.I), "under"),
    (re.compile(rf"\bup to(?: and including)?\s+{_N}\b", re.I), "to"),
    (re.compile(rf"\b{_N}{_YEARS}\s*(?:to|[-–—]|and)\s*{_N}\b", re.I), "between"),
    (re.compile(rf"\b{_N}{_YEARS}\s*(?:or|and|&)\s*(?:under|below|younger|less)\b", re.I), "to"),
    (re.compile(rf"\b{_N}{_YEARS}\s*(?:(?:or|and|&)\s*(?:over|above|older|more)\b|plus\b|\+)", re.I), "from"),
    (re.compile(rf"\b(?:over|above|older than|more than)\s+{_N}\b", re.I), "over"),
    (re.compile(rf"^\s*(?:aged?\s*)?{_N}{_YEARS}\s*$", re.I), "at"),
)


@dataclass(frozen=True, order=True)
class Band:
    """Whole years of age, both ends included; `high` is OLDEST where the band is open."""

    low: int
    high: int

    @property
    def closed(self) -> bool:
        """Whether the band has both a lower and an upper end."""
        return self.low > 0 and self.high < OLDEST

    @property
    def width(self) -> int:
        """How many years of age fall in the band."""
        return self.high - self.low + 1

    def __str__(self) -> str:
        if self.high >= OLDEST:
            return f"{self.low} and over"
        return f"{self.high} and under" if self.low == 0 else f"{self.low} to {self.high}"


def read_band(label: str) -> Band | None:
    """The band that a label names ("up to 35", "25-35", "75 plus", "under 25"), or None."""
    for pattern, kind in _PATTERNS:
        found = pattern.search(label)
        if not found:
            continue
        first = int(found.group(1))
        if kind == "between":
            second = int(found.group(2))
            return Band(first, second) if first <= second else None
        return {
            "under": Band(0, max(first - 1, 0)),
            "to": Band(0, first),
            "from": Band(first, OLDEST),
            "over": Band(first + 1, OLDEST),
            "at": Band(first, first),
        }[kind]
    return None


def overlapping_ages(bands: tuple[Band, ...]) -> tuple[int, ...]:
    """The ages that fall in more than one band, rising (at most those up to 130)."""
    return tuple(age for age in range(131) if sum(b.low <= age <= b.high for b in bands) > 1)


def missing_ages(bands: tuple[Band, ...]) -> tuple[int, ...]:
    """The ages between the lowest and the highest band that fall in none, rising."""
    if not bands:
        return ()
    start, end = min(b.low for b in bands), min(max(b.high for b in bands), 130)
    return tuple(age for age in range(start, end + 1) if not any(b.low <= age <= b.high for b in bands))


def off_grid(bands: tuple[Band, ...]) -> tuple[Band, ...]:
    """The bands that do not begin where the census's five-year bands do, so that they cannot be compared with them.

    A first band of adults may begin at 16 or 18. Source: Census 2021, age in five-year bands 0-4 … 85 and over.
    """
    return tuple(b for b in sorted(bands) if b.low % 5 and b.low not in {16, 18})


def uneven(bands: tuple[Band, ...]) -> tuple[Band, ...]:
    """The closed bands whose width is not the usual one of the set."""
    widths = [b.width for b in bands if b.closed]
    if not widths:
        return ()
    usual = max(set(widths), key=lambda w: (widths.count(w), -w))
    return tuple(b for b in sorted(bands) if b.closed and b.width != usual)


def ages(numbers: tuple[int, ...]) -> str:
    """Ages as words: "35, 55 and 75", runs as "36 to 39"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    words = [str(r[0]) if len(r) == 1 else f"{r[0]} to {r[-1]}" for r in runs]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


def check_bands(labels: tuple[str, ...]) -> None:
    """Refuse a set of age bands that overlap or leave a gap (PROF-06). Labels that name no age are left out.

    Raises Refused, naming the ages.
    """
    bands = tuple(band for band in map(read_band, labels) if band)
    if twice := overlapping_ages(bands):
        fall = "falls" if len(twice) == 1 else "fall"
        noun = "Age" if len(twice) == 1 else "Ages"
        raise Refused(f"{noun} {ages(twice)} {fall} in two bands.", field="bands")
    if none := missing_ages(bands):
        fall = "falls" if len(none) == 1 else "fall"
        noun = "Age" if len(none) == 1 else "Ages"
        raise Refused(f"{noun} {ages(none)} {fall} in no band.", field="bands")
