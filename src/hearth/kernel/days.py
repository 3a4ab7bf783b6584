"""Days as the law and the Codes count them: England's working days, calendar days, months.

Nothing here reads a clock. A one-off bank holiday that the government adds after the `holidays` package was
built is given in `Calendar.extra`; the days on which the council itself is shut in `Calendar.closures`.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import holidays

from hearth.kernel.words import counted, listed

MONTHS = [
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
]  # fmt: skip
SATURDAY = 5


@lru_cache(maxsize=256)
def bank_holidays(year: int) -> dict[date, str]:
    """England's bank holidays of a year with their names (Banking and Financial Dealings Act 1971)."""
    return dict(holidays.country_holidays("GB", subdiv="ENG", years=year))


def spoken(day: date) -> str:
    """A date as GOV.UK writes it: "3 October 2022"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def spoken_days(days: Iterable[date]) -> str:
    """Days in order without their years: "25 and 26 December and 1 January"."""
    months: dict[tuple[int, int], list[str]] = {}
    for day in sorted(set(days)):
        months.setdefault((day.year, day.month), []).append(str(day.day))
    return listed(f"{listed(numbers)} {MONTHS[month - 1]}" for (_, month), numbers in months.items())


def days_before(day: date, days: int) -> date:
    """The day that is so many calendar days before; negative `days` gives a day after."""
    return day - timedelta(days=days)


def add_months(day: date, months: int) -> date:
    """The same day so many months later (earlier, if negative), or the month's last day if it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def month_end(day: date) -> date:
    """The last day of the month in which the day falls."""
    return day.replace(day=monthrange(day.year, day.month)[1])


@dataclass(frozen=True)
class Calendar:
    """England's working days: Monday to Friday, less bank and extra holidays and closures."""

    closures: frozenset[date] = frozenset()
    extra: frozenset[date] = frozenset()

    def is_working(self, day: date) -> bool:
        """Whether the council works on that day."""
        return day.weekday() < SATURDAY and not self.is_left_out(day)

    def is_left_out(self, day: date) -> bool:
        """Whether the day is a bank holiday or a closure, whatever day of the week it is."""
        return day in self.closures or day in self.extra or day in bank_holidays(day.year)

    def add(self, day: date, working_days: int) -> date:
        """The n-th working day after the day, which itself is not counted; before it, if n is negative.

        With 0: the day itself or, if the council does not work then, the next working day.
        """
        step = timedelta(days=-1 if working_days < 0 else 1)
        if working_days == 0:
            while not self.is_working(day):
                day += step
            return day
        left = abs(working_days)
        while left:
            day += step
            left -= self.is_working(day)
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """How many working days `end` lies after `start`: `end` counts, `start` does not; negative if before."""
        if end < start:
            return -sum(self.is_working(end + timedelta(days=n)) for n in range((start - end).days))
        return sum(self.is_working(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))

    def left_out(self, start: date, end: date) -> tuple[date, ...]:
        """The weekdays after `start` up to `end` on which the council does not work, in order."""
        days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
        return tuple(day for day in days if day.weekday() < SATURDAY and self.is_left_out(day))

    def explain(self, start: date, working_days: int) -> str:
        """How a due date was counted, in one sentence fit to show.

        "12 January: ten working days from 24 December, leaving out 25 and 26 December and 1 January".
        """
        due = self.add(start, working_days)
        direction = "before" if working_days < 0 else "from"
        sentence = (
            f"{spoken_days([due])}: {counted(abs(working_days), 'working day')} {direction} {spoken_days([start])}"
        )
        first, last = sorted((start, due))
        skipped = [day for day in self.left_out(first, last) if day != start]
        return f"{sentence}, leaving out {spoken_days(skipped)}" if skipped else sentence
