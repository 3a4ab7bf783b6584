"""Days as files write them: which of two styles a column uses, and what stands in one cell; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from hearth.kernel.days import MONTHS
from hearth.kernel.refusals import Refused
from hearth.kernel.sheets.workbook import Cell, Formula, from_serial

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_NUMBERS = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})")
_WORDS = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[-/. ]*([a-z]{3,9})[-/., ]*(\d{4}|\d{2})", re.I)
_CLOCK = re.compile(r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s*([AaPp][Mm])?(Z|[+-]\d{2}:?\d{2})?$")
_MONTHS = {month[:3].casefold(): number for number, month in enumerate(MONTHS, start=1)}
EARLIEST, LATEST = date(1890, 1, 1), date(2150, 12, 31)


@dataclass
class Style:
    """What the cells of one column have shown of how it writes days."""

    day_first: int = 0  # row of the first cell that can only be 31/12/2026
    month_first: int = 0  # row of the first cell that can only be 12/31/2026

    def look(self, row: int, cell: Cell) -> None:
        """Look at one cell."""
        if not isinstance(cell, str) or (self.day_first and self.month_first):
            return
        found = _NUMBERS.match(cell.strip())
        if found is None:
            return
        if int(found[1]) > 12:
            self.day_first = self.day_first or row
        elif int(found[2]) > 12:
            self.month_first = self.month_first or row

    @property
    def mixed(self) -> bool:
        """Whether the column holds both styles, so that 03/04/2026 could be either of two days."""
        return bool(self.day_first and self.month_first)

    @property
    def american(self) -> bool:
        """Whether the month comes first. Where nothing tells, the day does, as it is written here."""
        return bool(self.month_first) and not self.day_first


BRITISH = Style()


def day(cell: Cell, style: Style = BRITISH) -> date | None:
    """The day in a cell, None for an empty one. Raises Refused with the beginning of a sentence.

    Understood are days of a spreadsheet and their numbers, 2026-12-31, 31/12/2026, 31.12.26 and 31 Dec 2026; a time of
    day after it is left out.
    """
    if cell is None or cell == "":
        return None
    if isinstance(cell, datetime):
        return _within(cell.date(), str(cell))
    if isinstance(cell, date):
        return _within(cell, str(cell))
    if isinstance(cell, (bool, Formula)):
        raise Refused(f"“{cell}” is not a day")
    if isinstance(cell, (int, float)):
        return _within(from_serial(cell), str(cell))
    return _read(cell.strip(), style.mixed, style.american, style.day_first, style.month_first)


@lru_cache(maxsize=20_000)
def _read(text: str, mixed: bool, american: bool, day_first: int, month_first: int) -> date | None:
    bare = _CLOCK.sub("", text).strip()
    if not bare:
        return None
    if bare.isdigit() and 4 <= len(bare) <= 5:
        return _within(from_serial(float(bare)), text)
    if found := _ISO.fullmatch(bare):
        return _day(int(found[1]), int(found[2]), int(found[3]), text)
    if found := _WORDS.fullmatch(bare):
        month = _MONTHS.get(found[2][:3].casefold())
        named = found[2].casefold()
        if month is None or not (named == "sept" or MONTHS[month - 1].casefold().startswith(named)):
            raise Refused(f"“{text}” is not a day")
        return _day(_year(found[3]), month, int(found[1]), text)
    if not (found := _NUMBERS.fullmatch(bare)):
        raise Refused(f"“{text}” is not a day")
    one, other, year = int(found[1]), int(found[2]), _year(found[3])
    if mixed and one <= 12 and other <= 12 and one != other:
        raise Refused(
            f"“{text}” could be two days: row {day_first:,} of this column writes the day first, "
            f"row {month_first:,} the month"
        )
    month_comes_first = american if one <= 12 and other <= 12 else one <= 12
    return _day(year, one, other, text) if month_comes_first else _day(year, other, one, text)


def _year(text: str) -> int:
    """A year of two digits is in the hundred years that end in 2049: leases are let far ahead, nobody is born there."""
    return int(text) if len(text) == 4 else (2000 if int(text) < 50 else 1900) + int(text)


def _day(year: int, month: int, number: int, text: str) -> date:
    try:
        return _within(date(year, month, number), text)
    except ValueError:
        raise Refused(f"“{text}” is not a day") from None


def _within(found: date | None, text: str) -> date:
    if found is None or not EARLIEST <= found <= LATEST:
        raise Refused(f"“{text}” is not a day that can be right")
    return found
