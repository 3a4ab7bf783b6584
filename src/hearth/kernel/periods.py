"""Printed dates as people type them into an action table, read as a first and a last day (CAR-31, reference trap T15).

What was printed is always kept; the last day is when the thing is due. Conventions, where English usage wavers:

- Numbers are read day first: 3.4.2026 is 3 April. A year of two digits is in this century.
- "2024/25" and "2024-2025" are years from 1 April to 31 March; years further apart ("2023-28") are calendar years.
  "2011-12" could be either and is read as the ISO month December 2011; "2011/12" is the financial year.
- Quarters of such a year begin on 1 April ("Q1 2024/25" ends on 30 June 2024); quarters of one year ("Q1 2024")
  are calendar quarters.
- Spring begins on 1 March, summer on 1 June, autumn on 1 September, and winter on 1 December of the year named; so
  "Winter 2025" and "Winter 2025/26" both end in February 2026 (the meteorological seasons).
- Words around a date ("by end of", "early", "before") do not change the period that it names.
- Several dates in one text make one period, from the first day of the earliest to the last day of the latest.
- A strategy year counts from the day the strategy starts: "Year 2" of one that began on 1 April 2022 ends on
  31 March 2024. Where a date is printed too, the date counts and the strategy year is kept beside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from hearth.kernel.days import MONTHS, add_months, month_end
from hearth.kernel.words import SMALL_NUMBERS, normalise


class Precision(StrEnum):
    """How exactly a period was printed. `months` is a run of months, `years` of years, `days` of days."""

    DAY = "day"
    DAYS = "days"
    MONTH = "month"
    MONTHS = "months"
    QUARTER = "quarter"
    SEASON = "season"
    YEAR = "year"
    YEARS = "years"
    STRATEGY_YEAR = "strategy year"


@dataclass(frozen=True)
class Period:
    """A printed date as days: `first` and `last` are included; `strategy_year` is the last one named, if any."""

    printed: str
    first: date
    last: date
    strategy_year: int | None = None
    precision: Precision = Precision.DAY


Span = tuple[date, date, Precision]

MONTH = "|".join(rf"{name[:3]}(?:{name[3:]})?" if name != "May" else name for name in MONTHS).replace(
    "Sep(?:tember)?", "Sep(?:t(?:ember)?)?"
)
YEAR = r"(?:19|20)\d\d"
DASH = r"\s*(?:-|/|&|,|\bto\b|\band\b|\buntil\b|\bor\b|\bthrough\b)+\s*(?:(?:the\s+)?end\s+of\s+)?"
DAY = r"\d{1,2}(?:st|nd|rd|th)?"
EDGE = r"(?<![\w£$.])"
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_COUNT = r"\d{1,2}|" + "|".join(SMALL_NUMBERS[1:])
STRATEGY_YEAR = re.compile(
    rf"\b(?:years?|yrs?)\.?\s*((?:{_COUNT})(?:\s*(?:,|-|&|/|\band\b|\bto\b)+\s*(?:{_COUNT}))*)\b(?!\s*(?:/|-)?\d)", re.I
)


def read(printed: str, *, strategy_start: date | None = None) -> Period | None:
    """What period a printed date names; None if it names none, or one that does not exist ("31 February 2026").

    "Year 2" needs `strategy_start`; without it, and without another date, the answer is None (ACT-03).
    """
    text = normalise(printed)
    years = strategy_years(text)
    text = STRATEGY_YEAR.sub(" ", text)
    strategy_year = max(years, default=None)
    try:
        span = _whole(text) or _strategy_span(years, strategy_start)
    except (ValueError, OverflowError):
        return None
    if span is None or span[1] < span[0]:
        return None
    return Period(printed, span[0], span[1], strategy_year, span[2])


def strategy_years(printed: str) -> tuple[int, ...]:
    """The strategy years that a text names: "Year 1, 2 and 3" and "Years 1-3" both give (1, 2, 3)."""
    years: set[int] = set()
    for found in STRATEGY_YEAR.finditer(normalise(printed)):
        parts = re.findall(r"\w+|-", re.sub(r"\bto\b", "-", found[1].lower()))
        numbers = [int(p) if p.isdigit() else SMALL_NUMBERS.index(p) for p in parts if p not in ("-", "and")]
        years.update(range(min(numbers), max(numbers) + 1) if "-" in parts else numbers)
    return tuple(sorted(years - {0}))


def _strategy_span(years: tuple[int, ...], start: date | None) -> Span | None:
    if not years or start is None:
        return None
    first = add_months(start, 12 * (min(years) - 1))
    return first, add_months(start, 12 * max(years)) - timedelta(days=1), Precision.STRATEGY_YEAR


def _whole(text: str) -> Span | None:
    """The span from the earliest to the latest of all dates in a text; ValueError if one of them does not exist."""
    spans: list[Span] = []
    for pattern, reader in _READERS:
        for found in pattern.finditer(text):
            spans.append(reader(found))
        # What has been read is blanked, so that "27.4.2026" is not read again as the year 2026.
        text = pattern.sub(lambda found: "\n" * len(found[0]), text)
    if len(spans) < 2:
        return spans[0] if spans else None
    return min(s[0] for s in spans), max(s[1] for s in spans), _joined({s[2] for s in spans})


def _joined(kinds: set[Precision]) -> Precision:
    """The precision of several dates together: the coarsest of them, as a run."""
    for kind, run in (
        ({Precision.YEAR, Precision.YEARS}, Precision.YEARS),
        ({Precision.MONTH, Precision.MONTHS, Precision.QUARTER, Precision.SEASON}, Precision.MONTHS),
    ):
        if kinds & kind:
            return run
    return Precision.DAYS


def _month(name: str) -> int:
    return next(n for n, month in enumerate(MONTHS, 1) if name[:3].lower() == month[:3].lower())


def _day(digits: str) -> int:
    return int(re.sub(r"\D", "", digits))


def _year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _one_day(year: str, month: int, day: str) -> Span:
    found = date(_year(year), month, _day(day))
    return found, found, Precision.DAY


def _days_in_month(found: re.Match[str]) -> Span:
    month, year = _month(found[3]), _year(found[4])
    return date(year, month, _day(found[1])), date(year, month, _day(found[2])), Precision.DAYS


def _days_across(found: re.Match[str]) -> Span:
    last = date(_year(found[5]), _month(found[4]), _day(found[3]))
    first_month = _month(found[2])
    return date(last.year - (first_month > last.month), first_month, _day(found[1])), last, Precision.DAYS


def _months(found: re.Match[str]) -> Span:
    """Months that share the year printed after the last: "November, December and January 2024" begins in 2023."""
    names = re.findall(rf"\b(?:{MONTH})\b", found[1], re.I)
    last = date(_year(found[2]), _month(names[-1]), 1)
    first = last
    for name in reversed(names[:-1]):
        first = date(first.year - (_month(name) > first.month), _month(name), 1)
    return first, month_end(last), Precision.MONTHS if len(names) > 1 else Precision.MONTH


def _one_month(year: str, month: int) -> Span:
    first = date(_year(year), month, 1)
    return first, month_end(first), Precision.MONTH


def _run(first: date, months: int, precision: Precision) -> Span:
    return first, add_months(first, months) - timedelta(days=1), precision


def _years(found: re.Match[str]) -> Span:
    """Two years: a financial year if the second follows the first, otherwise both calendar years and all between."""
    first, second = int(found[1]), found[2]
    last = int(second) if len(second) == 4 else first // 100 * 100 + int(second)
    if last < first and first % 100 == 99:
        last += 100  # "1999/00"
    if last == first + 1:
        return _run(date(first, 4, 1), 12, Precision.YEAR)
    return date(first, 1, 1), date(last, 12, 31), Precision.YEARS


def _quarter(number: str, year: str, second: str | None) -> Span:
    quarter = ORDINALS.get(number.lower()) or int(number)
    start = date(_year(year), 4 if second else 1, 1)
    return _run(add_months(start, 3 * (quarter - 1)), 3, Precision.QUARTER)


def _season(found: re.Match[str]) -> Span:
    return _run(date(int(found[2]), SEASONS[found[1].lower()], 1), 3, Precision.SEASON)


def _pattern(body: str) -> re.Pattern[str]:
    return re.compile(rf"{EDGE}(?:{body})(?![\w£%])(?!,\d)", re.I)


_OF = r"\s*,?\s*(?:of\s+)?"
_TAIL = r"(?:\s*[/-]\s*(\d{2}|\d{4}))?"
_FINANCIAL = rf"(\d{{2}}|{YEAR})\s*[/-]\s*(\d{{2}}|\d{{4}})"
# From the most exact to the least; what one has read, the next no longer sees.
_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Span]], ...] = (
    (_pattern(r"(\d{4})-(\d\d)-(\d\d)(?:T[\d:.Z+-]+)?"), lambda m: _one_day(m[1], int(m[2]), m[3])),
    (_pattern(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d\d)"), lambda m: _one_day(m[4], int(m[3]), m[1])),
    (_pattern(rf"({DAY}){DASH}({DAY}){_OF}({MONTH})\b\.?,?\s*({YEAR})"), _days_in_month),
    (_pattern(rf"({DAY}){_OF}({MONTH})\.?{DASH}({DAY}){_OF}({MONTH})\b\.?,?\s*({YEAR})"), _days_across),
    (
        _pattern(rf"({DAY})(?:{_OF}|-)({MONTH})\b(?:\.?,?\s*|-)({YEAR}|'?\d\d)"),
        lambda m: _one_day(m[3].lstrip("'"), _month(m[2]), m[1]),
    ),
    (
        _pattern(rf"({MONTH})\b\.?\s*({DAY})\b,?\s*({YEAR})"),
        lambda m: _one_day(m[3], _month(m[1]), m[2]),
    ),
    (
        _pattern(rf"((?:(?:{MONTH})\b\.?{DASH})*(?:{MONTH})\b)(?:\.?{_OF}|-)({YEAR}|(?<=-)\d\d|(?<=')\d\d)"),
        _months,
    ),
    (_pattern(rf"({MONTH})\s*(?:-|')\s*(\d\d)"), lambda m: _one_month(m[2], _month(m[1]))),
    (
        _pattern(rf"(?:Q|Qtr|Quarter)\.?\s*([1-4]){_OF}(?:FY\s*)?(?:{_FINANCIAL}|({YEAR}))"),
        lambda m: _quarter(m[1], m[2] or m[4], m[3]),
    ),
    (
        _pattern(rf"(first|second|third|fourth|1st|2nd|3rd|4th) quarter{_OF}(?:{_FINANCIAL}|({YEAR}))"),
        lambda m: _quarter(m[1], m[2] or m[4], m[3]),
    ),
    (
        _pattern(rf"(?:{_FINANCIAL}|({YEAR}))\s*,?\s*(?:Q|Quarter)\s*([1-4])"),
        lambda m: _quarter(m[4], m[1] or m[3], m[2]),
    ),
    (_pattern(rf"({'|'.join(SEASONS)}){_OF}({YEAR}){_TAIL}"), _season),
    (_pattern(rf"({YEAR})-(0[1-9]|1[0-2])"), lambda m: _one_month(m[1], int(m[2]))),
    (_pattern(rf"(0?[1-9]|1[0-2])[/.]({YEAR})"), lambda m: _one_month(m[2], int(m[1]))),
    (_pattern(rf"({YEAR})\s*(?:/|-|\bto\b)\s*(\d{{4}}|\d\d)"), _years),
    (_pattern(rf"(?:mid-)?({YEAR})"), lambda m: _run(date(int(m[1]), 1, 1), 12, Precision.YEAR)),
)
