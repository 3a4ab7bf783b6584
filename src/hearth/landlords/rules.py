"""Dated settings: every number or route that a law, a Code or a policy sets, with its source and its day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Any

from hearth.kernel.refusals import Refused


@dataclass(frozen=True)
class Kind:
    """One setting that Hearth knows: what it is, in which unit, and what holds where a landlord says nothing.

    `unit` is "number", "per cent", "days", "working days", "months", "posts" or "text". `floor` and `ceiling` bound a
    number. `confirm` marks a default that an officer must confirm before it is relied on.
    """

    key: str
    title: str
    unit: str
    default: Any
    source: str
    confirm: bool = False
    floor: float | None = None
    ceiling: float | None = None

    def read(self, given: Any) -> Any:
        """What was typed or stored, as a value of this kind. Raises Refused with a sentence that says what to do."""
        if self.unit == "text":
            return str(given).strip()
        if self.unit == "posts":
            posts = given if isinstance(given, list) else str(given).splitlines()
            posts = [str(post).strip() for post in posts if str(post).strip()]
            if not posts:
                raise Refused("Enter at least one post, one on a line, in the order in which they sign.", field="value")
            return posts
        try:
            number = float(str(given).strip())
            if not isfinite(number):
                raise ValueError
        except ValueError:
            raise Refused(f"{self.title} must be a number, like {self.default}.", field="value") from None
        if self.floor is not None and number < self.floor:
            raise Refused(f"{self.title} must be {self.floor:g} or more.", field="value")
        if self.ceiling is not None and number > self.ceiling:
            raise Refused(f"{self.title} must be {self.ceiling:g} or less.", field="value")
        return int(number) if number.is_integer() else number


@dataclass(frozen=True)
class Value:
    """What a setting says on a day, and on whose authority."""

    key: str
    value: Any
    holds_from: date | None  # None: Hearth's own default
    source: str
    owner: str
    confirm: bool


def on_day(kind: Kind, said: Iterable[Value], day: date) -> Value:
    """The value that holds on a day: the latest that began on or before it, else the default (SYS-03)."""
    holding = [value for value in said if value.holds_from is not None and value.holds_from <= day]
    if holding:
        return max(holding, key=lambda value: value.holds_from or date.min)
    return Value(kind.key, kind.default, None, kind.source, "", kind.confirm)


def kind_of(key: str, kinds: Mapping[str, Kind]) -> Kind:
    """The setting with this key. Raises Refused where Hearth knows none."""
    if key not in kinds:
        raise Refused("There is no such setting.")
    return kinds[key]


@dataclass(frozen=True)
class Alias:
    """Another name of a body, with the days on which it was used as far as they are known (GOV-11)."""

    name: str
    first_on: date | None = None
    last_on: date | None = None

    @classmethod
    def read(cls, given: str | Mapping[str, Any]) -> Alias:
        """An alias as it is stored or typed: a bare name, or a name with its days."""
        if isinstance(given, str):
            return cls(given.strip())
        return cls(str(given["name"]).strip(), _day(given.get("first_on")), _day(given.get("last_on")))

    def stored(self) -> dict[str, str | None]:
        """The alias as the register keeps it. Raises Refused where its days are in the wrong order."""
        if self.first_on and self.last_on and self.last_on < self.first_on:
            raise Refused(f"“{self.name}” cannot have been given up before it was first used.")
        first, last = (day.isoformat() if day else None for day in (self.first_on, self.last_on))
        return {"name": self.name, "first_on": first, "last_on": last}


def _day(given: Any) -> date | None:
    return date.fromisoformat(given) if isinstance(given, str) and given else given or None
