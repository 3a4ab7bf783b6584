"""Dated figures of homes and tenants: what they are called, whether the parts make the total, and how they changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from hearth.equality.rules.figures import check_sum
from hearth.kernel.counts import percent
from hearth.kernel.refusals import Refused

KINDS = {
    "homes_owned": "Homes owned",
    "tenants": "Tenants",
    "general_needs": "General needs tenants",
    "housing_scheme": "Housing scheme tenants",
    "leasehold": "Leasehold properties",
}
PARTS = {"tenants": ("general_needs", "housing_scheme")}  # parts that make a total (PROF-03)


@dataclass(frozen=True)
class Change:
    """How a number changed between two days, in numbers and in per cent of the first."""

    number: int
    share: Decimal | None  # None where the first was nought

    def __str__(self) -> str:
        sign = "+" if self.number > 0 else "−" if self.number < 0 else ""
        words = f"{sign}{abs(self.number):,}" if self.number else "No change"
        return words if not self.number or self.share is None else f"{words} ({sign}{abs(self.share)}%)"


def change(before: int, now: int) -> Change:
    """The change, its share rounded half up to two places (PROF-02): 4,230 to 4,194 is −36 (−0.85%)."""
    moved = now - before
    share = percent(abs(moved), before) if before else None
    return Change(moved, -share if share and moved < 0 else share)


def check_parts(numbers: Mapping[str, int]) -> None:
    """Refuse parts of one day that do not make their total (PROF-03). Nothing is said while a part is missing."""
    for total, parts in PARTS.items():
        if total in numbers and all(part in numbers for part in parts):
            named = " and ".join(KINDS[part].lower() for part in parts)
            check_sum(named.capitalize(), (numbers[part] for part in parts), numbers[total])


def check_kind(kind: str) -> None:
    """Refuse a kind of stock figure that is not known."""
    if kind not in KINDS:
        raise Refused("Choose what the number counts.", field="kind")
