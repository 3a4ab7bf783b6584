"""Full dates in running text (trap T15). What they mean is the kernel's to say; here they are only found."""

from __future__ import annotations

import re
from datetime import date

from hearth.kernel import periods

_DAY = re.compile(
    r"\b\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?[A-Za-z]{3,9}\.?,?\s+\d{2,4}\b|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|"
    r"\b[A-Za-z]{3,9}\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}\b|\b\d{4}-\d{2}-\d{2}\b"
)


def days_in(text: str) -> list[tuple[date, str]]:
    """Every full date that exists in a text, with its words: "3 October 2022", "27.4.2026"."""
    found: list[tuple[date, str]] = []
    for match in _DAY.finditer(text):
        period = periods.read(match.group())
        if period is not None and period.precision is periods.Precision.DAY:
            found.append((period.first, match.group()))
    return found
