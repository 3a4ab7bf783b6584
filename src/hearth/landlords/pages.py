"""What the pages about the organisation show, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from hearth.landlords.rules import Alias, Kind, Value
from hearth.ui.words import day, listed

GROUPS = {
    "disclosure": "What may be published",
    "reviews": "Customer Access Reviews",
    "policies": "Documents and policies",
    "actions": "Actions",
    "formats": "Accessible formats",
}


def worded(kind: Kind, value: Any) -> str:
    """A value with its unit: "20 per cent", or posts in their order."""
    if kind.unit == "posts":
        return listed(value, last="then")
    if kind.unit in ("text", "number"):
        return str(value)
    unit = kind.unit.removesuffix("s") if value == 1 and kind.unit != "per cent" else kind.unit
    return f"{value:g} {unit}"


@dataclass(frozen=True)
class SettingRow:
    """One line of the settings: what holds on a day, and on whose authority."""

    key: str
    title: str
    value: str
    since: str
    source: str
    owner: str
    confirm: bool


def setting_row(kind: Kind, value: Value) -> SettingRow:
    """What the list says about one setting."""
    since = day(value.holds_from) if value.holds_from else "Hearth’s own default"
    said = worded(kind, value.value)
    return SettingRow(kind.key, kind.title, said, since, value.source, value.owner, value.confirm)


def grouped(settings: list[tuple[Kind, Value]]) -> list[tuple[str, list[SettingRow]]]:
    """Settings under the headings of what they are about."""
    found: dict[str, list[SettingRow]] = {}
    for kind, value in settings:
        stem = kind.key.partition(".")[0]
        found.setdefault(GROUPS.get(stem, stem.capitalize()), []).append(setting_row(kind, value))
    return list(found.items())


def typed(kind: Kind, value: Any) -> str:
    """A value as it is typed into the form."""
    return "\n".join(value) if kind.unit == "posts" else str(value)


def alias_words(given: Any) -> str:
    """An alias with the days of its use: "DTLF (1 May 2015 to 30 June 2022)"."""
    alias = Alias.read(given)
    return f"{alias.name}{_between(alias.first_on, alias.last_on)}"


def _between(first_on: date | None, last_on: date | None) -> str:
    if first_on and last_on:
        return f" ({day(first_on)} to {day(last_on)})"
    if first_on or last_on:
        return f" (from {day(first_on)})" if first_on else f" (until {day(last_on)})"
    return ""
