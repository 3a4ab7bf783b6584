"""Dates and periods as the checks need them; the reading of printed periods itself is the kernel's."""

from __future__ import annotations

import re
from datetime import date

from hearth.kernel import periods
from hearth.reviews.rules.content import Content

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905
_MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"  # noqa: E501
_DATED = re.compile(
    rf"\b{_MONTH}\.?,?\s+(?:19|20)\d\d\b|\b\d{{1,2}}[./-]\d{{1,2}}[./-](?:20)?\d\d\b|\b20\d\d-\d\d-\d\d\b",
    re.IGNORECASE,
)
VAGUE_AFTER_DAYS = 92  # a quarter of a year is the widest span that still tells when
_INTERVALS = (
    (r"\bmonthly\b|\bevery month\b|\beach month\b", 1),
    (r"\bquarterly\b|\bevery quarter\b|\beach quarter\b", 3),
    (r"\bsix[- ]monthly\b|\bhalf[- ]yearly\b|\btwice (?:a|per|each) year\b", 6),
    (r"\bannual(?:ly)?\b|\byearly\b|\b(?:every|each|once a|per) year\b", 12),
    (r"\bevery (?:two|2|second|other) years?\b", 24),
    (r"\bevery (?:three|3|third) years?\b", 36),
)
_NUMBERS = {"two": 2, "three": 3, "four": 4, "six": 6, "nine": 9, "twelve": 12, "eighteen": 18}


def first_day(printed: str) -> date | None:
    """The first day of a printed period; None where it cannot be read."""
    period = periods.read(printed) if printed.strip() else None
    return period.first if period else None


def last_day(printed: str) -> date | None:
    """The last day of a printed period ("October/November 2023" -> 30 November 2023); None where unreadable."""
    period = periods.read(printed) if printed.strip() else None
    return period.last if period else None


def is_vague(printed: str) -> bool:
    """Whether a printed date can be read but spans more than a quarter ("2024")."""
    period = periods.read(printed) if printed.strip() else None
    return period is not None and (period.last - period.first).days > VAGUE_AFTER_DAYS


def assessed_year(content: Content) -> int | None:
    """The year in which the review was assessed, as printed; None where it cannot be read."""
    day = last_day(content.details.assessed)
    return day.year if day else None


def holds_date(text: str) -> bool:
    """Whether a text names a day or a month of a year; the years in a title alone are no date."""
    return bool(_DATED.search(text))


def interval_months(text: str) -> int | None:
    """The interval that a text names, in months ("every year" -> 12); None for "regularly" and the like."""
    lower = text.lower()
    counted = re.search(r"\bevery (\d{1,2}|two|three|four|six|nine|twelve|eighteen) months\b", lower)
    if counted:
        return _NUMBERS.get(counted[1]) or int(counted[1]) or None
    return next((months for pattern, months in _INTERVALS if re.search(pattern, lower)), None)


def spell(day: date) -> str:
    """A day as GOV.UK writes it: "13 October 2023"."""
    return f"{day.day} {day:%B %Y}"
