"""Fields for a day and for a month: boxes to type in, errors that say which box and what to do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from hearth.kernel.days import MONTHS
from hearth.ui.drawing import Drawn, DrawnField
from hearth.ui.widgets import Boxes, Typed
from hearth.ui.words import day, listed

Limit = date | Callable[[], date] | None


def month_number(text: str) -> int | None:
    """1 to 12 from "10", "Oct" or "october"; None where it is no month."""
    if text.isdecimal():
        return int(text) if 1 <= int(text) <= 12 else None
    bare = text.lower().rstrip(".")
    found = [n for n, name in enumerate(MONTHS, 1) if len(bare) >= 3 and name.lower().startswith(bare)]
    return found[0] if len(found) == 1 else None


def _reached(limit: Limit) -> date | None:
    return limit() if callable(limit) else limit


class DateField(Drawn):
    """A date in three boxes, given on as `datetime.date`. `earliest` and `latest` may be dates or functions of none."""

    component = "date-input"
    grouped = True
    parts: tuple[str, ...] = ("day", "month", "year")
    widths = {"day": 2, "month": 2, "year": 4}

    def __init__(self, label: str = "", *, earliest: Limit = None, latest: Limit = None, **kwargs: Any) -> None:
        super().__init__(label, widget=Boxes(self.parts), **kwargs)
        self.earliest, self.latest = earliest, latest

    def _fail(self, sentence: str, parts: tuple[str, ...] | list[str]) -> ValidationError:
        """An error that knows its boxes: the code lists them."""
        return ValidationError(sentence, code="boxes:" + ",".join(parts))

    def clean(self, value: Any) -> date | None:
        """The date; refuses what is missing or no real date, and names the boxes."""
        if isinstance(value, date):
            return value
        typed: Typed = value or dict.fromkeys(self.parts, "")
        name = self.subject()
        if not any(typed.values()):
            if self.required:
                raise self._fail(str(self.error_messages["required"]), self.parts)
            return None
        missing = [part for part in self.parts if not typed.get(part)]
        if missing:
            raise self._fail(f"{name} must include a {listed(missing)}", missing)
        found = self._read(typed, name)
        self._hold(found, name)
        return found

    def _read(self, typed: Typed, name: str) -> date:
        day_text, year_text = typed.get("day", "1"), typed["year"]
        month = month_number(typed["month"])
        wrong = [] if day_text.isdecimal() and 1 <= int(day_text) <= 31 else ["day"]
        wrong += [] if month else ["month"]
        if not (year_text.isdecimal() and len(year_text) == 4 and int(year_text) > 0):
            if not wrong:
                raise self._fail("Year must include 4 numbers", ["year"])
            wrong.append("year")
        if not wrong and month:
            try:
                return date(int(year_text), month, int(day_text))
            except ValueError:
                wrong = ["day"]
        raise self._fail(f"{name} must be a real {'date' if 'day' in self.parts else 'month'}", wrong)

    def _hold(self, found: date, name: str) -> None:
        earliest, latest = _reached(self.earliest), _reached(self.latest)
        if earliest and found < earliest:
            raise self._fail(f"{name} must be the same as or after {day(earliest)}", self.parts)
        if latest and found > latest:
            raise self._fail(f"{name} must be the same as or before {day(latest)}", self.parts)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether what was typed differs from the initial date."""
        return self._as_typed(initial) != self._as_typed(data)

    def _as_typed(self, value: Any) -> Typed:
        if isinstance(value, date):
            return {part: str(getattr(value, part)) for part in self.parts}
        return value if isinstance(value, dict) else dict.fromkeys(self.parts, "")

    def wrong_parts(self, bound: DrawnField) -> list[str]:
        """The boxes that the first error is about."""
        if bound.form.quiet:
            return []
        errors = bound.form.errors.as_data().get(bound.name, [])
        if not errors:
            return []
        code = str(errors[0].code or "")
        return code[6:].split(",") if code.startswith("boxes:") else list(self.parts)

    def params(self, bound: DrawnField) -> dict[str, Any]:
        """The boxes with what was typed; the wrong ones are marked."""
        found = super().params(bound)
        found.pop("idPrefix")
        found.pop("name")
        typed, wrong = self._as_typed(bound.value()), self.wrong_parts(bound)
        found["id"] = bound.id
        found["items"] = [
            {
                "name": f"{bound.html_name}-{part}",
                "id": f"{bound.id}-{part}",
                "label": part.capitalize(),
                "value": typed.get(part, ""),
                "inputmode": "numeric" if part != "month" else "text",
                "classes": f"govuk-input--width-{self.width_of(part, typed)}"
                + (" govuk-input--error" if part in wrong else ""),
            }
            for part in self.parts
        ]
        return found

    def width_of(self, part: str, typed: Typed) -> int:
        """How many characters a box shows: more for a month that was typed as a word."""
        return 10 if len(typed.get(part, "")) > self.widths[part] else self.widths[part]

    def problem_id(self, bound: DrawnField) -> str:
        """The first wrong box."""
        return f"{bound.id}-{(self.wrong_parts(bound) or list(self.parts))[0]}"


class MonthField(DateField):
    """A month in two boxes, given on as the first day of the month."""

    parts = ("month", "year")

    def _hold(self, found: date, name: str) -> None:
        earliest, latest = _reached(self.earliest), _reached(self.latest)
        if earliest and found < earliest.replace(day=1):
            raise self._fail(f"{name} must not be before {MONTHS[earliest.month - 1]} {earliest.year}", self.parts)
        if latest and found > latest:
            raise self._fail(f"{name} must not be after {MONTHS[latest.month - 1]} {latest.year}", self.parts)
