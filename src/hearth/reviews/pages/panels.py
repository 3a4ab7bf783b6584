"""What stands beside an answer besides its findings: frozen blocks of figures, and how printed dates are understood."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hearth.kernel import periods
from hearth.kernel.days import spoken
from hearth.kernel.words import shorten
from hearth.reviews.rules import printing
from hearth.reviews.rules.content import part_of
from hearth.reviews.rules.form import Form


def understood(printed: str) -> str:
    """How a printed date is understood: the last day of its period, by which the thing is due (CAR-31)."""
    if not printed.strip():
        return ""
    period = periods.read(printed)
    years = periods.strategy_years(printed)
    year = f", year {max(years)} of the strategy" if years else ""
    if period is None:
        return f"not understood as a date{year}"
    return f"by {spoken(period.last)}{year}"


def panels(key: str, value: Mapping[str, Any], form: Form) -> dict[str, Any]:
    """The extra panels of a part: {"dates": [(what, printed, understood)], "blocks": paper blocks}."""
    found: dict[str, Any] = {"dates": [], "blocks": ()}
    if key in ("information_actions", "impact_actions"):
        found["dates"] = [
            (shorten(row.get("need") or row.get("action") or f"Action {n}", 80), row["due"], understood(row["due"]))
            for n, row in enumerate(value.get("rows", ()), start=1)
            if row.get("due")
        ]
    if key == "details" and value.get("assessed"):
        period = periods.read(value["assessed"])
        words = f"{spoken(period.first)} to {spoken(period.last)}" if period else "not understood as a date"
        if period and period.first == period.last:
            words = spoken(period.first)
        found["dates"] = [(form.details.get("assessed", "Date"), value["assessed"], words)]
    if key == "profile" and (value.get("snapshots") or value.get("tables")):
        blocks = part_of(key, {**value, "text": "", "statistics": []})
        found["blocks"] = tuple(printing.profile_blocks(blocks))
    return found
