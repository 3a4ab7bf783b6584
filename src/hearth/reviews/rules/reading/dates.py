"""Printed days as dates; periods that are not one day are no date."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = "january february march april may june july august september october november december".split()
_WORDED = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?\s+([A-Za-z]{3,9})\.?,?\s+(\d{4})\b")
_FIGURES = re.compile(r"\b(\d{1,2})[./-](\d{1,2})[./-](\d{4})\b")
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")


def days_in(text: str) -> list[tuple[date, str]]:
    """Every full date printed in a text with its words, in order of kind: "3 October 2022", "27.4.2026" (trap T15)."""
    found: list[tuple[date, str]] = []
    for match in _WORDED.finditer(text):
        name = match[2].lower()
        month = next((at for at, known in enumerate(_MONTHS, 1) if known.startswith(name)), 0)
        _add(found, int(match[3]), month, int(match[1]), match.group())
    for match in _FIGURES.finditer(text):
        _add(found, int(match[3]), int(match[2]), int(match[1]), match.group())
    for match in _ISO.finditer(text):
        _add(found, int(match[1]), int(match[2]), int(match[3]), match.group())
    return found


def _add(found: list[tuple[date, str]], year: int, month: int, day: int, printed: str) -> None:
    try:
        found.append((date(year, month, day), printed))
    except ValueError:
        return
