"""How days, moments, numbers and telephone numbers read on a page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from hearth.kernel.days import MONTHS
from hearth.kernel.words import blocks, listed

__all__ = ["blocks", "day", "listed", "moment", "month", "number", "plural", "relay", "tel"]


def day(value: date | datetime | None, short: bool = False) -> str:
    """A date as "3 October 2022" (or "3 Oct 2022"); nothing for None. A moment is first brought to local time."""
    if value is None:
        return ""
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    month = MONTHS[value.month - 1]
    return f"{value.day} {month[:3] if short else month} {value.year}"


def moment(value: datetime | None) -> str:
    """A moment in local time as "3 October 2022 at 4:05pm"; midday and midnight in words."""
    if value is None:
        return ""
    if timezone.is_aware(value):
        value = timezone.localtime(value)
    if value.minute == 0 and value.hour in (0, 12):
        clock = "midday" if value.hour else "midnight"
    else:
        minutes = f":{value.minute:02}" if value.minute else ""
        clock = f"{value.hour % 12 or 12}{minutes}{'am' if value.hour < 12 else 'pm'}"
    return f"{day(value)} at {clock}"


def month(value: date | None) -> str:
    """A month as "October 2022"."""
    return "" if value is None else f"{MONTHS[value.month - 1]} {value.year}"


def number(value: int | float | Decimal | None, places: int | None = None) -> str:
    """A number with commas, "12,345"; `places` fixes the decimals. Words (such as "fewer than 5") pass unchanged."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return f"{value:,}" if places is None else f"{value:,.{places}f}"


def plural(count: int | Iterable[Any], one: str, many: str = "") -> str:
    """The count with its noun: "1 review", "2 reviews", "3 people" when `many` is given."""
    many = many or one + "s"
    size = count if isinstance(count, int) else sum(1 for _ in count)
    return f"{size:,} {one if size == 1 else many}"


def relay(phone: str) -> str:
    """The number to dial through Relay UK: the prefix 18001 before the whole number (Relay UK's own advice)."""
    return f"18001 {phone}"


def tel(phone: str) -> str:
    """The address of a telephone link: digits only, a leading + kept."""
    return "tel:" + re.sub(r"(?!^\+)[^\d]", "", phone.strip())
