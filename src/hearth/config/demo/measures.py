"""Measures of the demonstration: two years of an invented workbook, and which landlord of it is ours."""

from __future__ import annotations

from datetime import date, datetime

from hearth.config.demo import workbook
from hearth.kernel.permits import Actor
from hearth.performance import services


def load(*, slug: str, today: date, at: datetime, by: Actor) -> None:
    """Load the two latest years that the regulator would have published by now, and say who we are."""
    latest = workbook.latest_year(today)
    for year in (latest - 1, latest):
        name = f"Invented_TSM_Data_{year + 1}_v1.0.xlsx"
        services.load_at_once(name=name, body=workbook.made(year), at=at, by=by)
    if slug in workbook.OWN:
        services.say_who_we_are(code=workbook.OWN[slug], by=by)
    text = (
        "Fewer people answered by telephone than the year before, and more on the web, where people are less content."
    )
    services.say_commentary(year=latest, measure="TP01", text=text, at=at, by=by)
