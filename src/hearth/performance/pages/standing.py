"""Where the landlord stands, in pictures and words: places, years, methods, and what the figures make one ask."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from hearth.kernel.findings import Finding
from hearth.performance import rules
from hearth.performance.models import Commentary, Workbook
from hearth.performance.queries import Place
from hearth.performance.rules import TENURE_WORDS, Better, Tenure, Year, year_words
from hearth.ui.charts import Bar, Chart, Strip, bar_chart, strip_chart
from hearth.ui.tables import Cell, Figure, Table
from hearth.ui.tags import Tag
from hearth.ui.words import number

FEW = "From 2024-25 on, figures of fewer than 50 answers by one method are not shown."
THEMES: list[tuple[str, Callable[[Place], bool], str, float | None]] = [
    ("What tenants say", lambda one: one.measure.perception, "Per cent satisfied", 100.0),
    ("Repairs, safety and complaints in time",
     lambda one: not one.measure.perception and one.measure.per == 100 and one.measure.better == Better.HIGHER,
     "Per cent", 100.0),
    ("Homes that do not meet the Decent Homes Standard",
     lambda one: not one.measure.perception and one.measure.per == 100 and one.measure.better != Better.HIGHER,
     "Per cent of homes", None),
    ("Cases and complaints", lambda one: one.measure.per != 100, "For every 1,000 homes", None),
]  # fmt: skip


def group_words(own: rules.Provider) -> list[tuple[str, str]]:
    """The groups that the landlord may be compared with, for a list to choose from."""
    return [
        (key, f"All {called}" if key == "all" else called[0].upper() + called[1:])
        for key, (called, _) in rules.peers_of(own).items()
    ]


def lower(words: str) -> str:
    """Words inside a sentence: "Landlords in the South" is "landlords in the South"."""
    return words[:1].lower() + words[1:]


TILES = ("TP01", "TP05", "TP09", "RP01")


def tiles(places: Sequence[Place], kept: Workbook) -> list[Figure]:
    """A few figures that stand for the rest, each with its place."""
    return [
        Figure(f"{number(one.value, 1)}{one.measure.unit}", f"{one.measure.name}: {one.standing.words}",
               "Regulator of Social Housing", year_words(kept.year or 0))
        for one in places
        if one.standing and one.value is not None and one.measure.code in TILES
    ]  # fmt: skip


def label(place: Place) -> str:
    """A measure on one line; the tenure where it is not the usual one."""
    tail = "" if place.tenure in (Tenure.LCRA, Tenure.ALL) else f" ({place.tenure.value})"
    return f"{place.measure.code} {place.measure.name}{tail}"


def place_words(place: Place) -> str:
    """Where one measure stands, or why it has no place."""
    return place.standing.words if place.standing else f"no figure: {place.why_none}"


def _axis_end(places: Sequence[Place]) -> float | None:
    """Where an axis without a natural end stops: a few landlords far away do not press the rest together."""
    ends = [max(2 * one.standing.spread.high, one.standing.value) for one in places if one.standing]
    return max(ends) * 1.05 if ends and max(ends) > 0 else None


def charts(places: Sequence[Place], source: str) -> list[Chart]:
    """The spread of each measure with our figure in it, one picture a theme, its numbers beside it."""
    found = []
    for title, belongs, header, top in THEMES:
        some = [one for one in places if belongs(one) and one.standing]
        if some:
            strips = [_strip(one) for one in some]
            found.append(
                strip_chart(
                    title=title, strips=strips, unit="%" if header.startswith("Per cent") else "",
                    value_header=header, top=top or _axis_end(some), source=source,
                )
            )  # fmt: skip
    return found


def _strip(place: Place) -> Strip:
    standing = place.standing
    assert standing is not None
    spread = standing.spread
    return Strip(label(place), spread.least, spread.low, spread.median, spread.high, spread.most, standing.value,
                 standing.words)  # fmt: skip


def trend_table(years: Mapping[int, Year], commentaries: Mapping[tuple[int, str], Commentary]) -> Table:
    """Every measure over the years, with the change in points and the landlord's own words on it."""
    order = sorted(years)
    keys = {key for year in years.values() for key in year.figures if key[0] in rules.MEASURES}
    rows = []
    for code in rules.in_order(key[0] for key in keys):
        for tenure in [one for one in Tenure if (code, one) in keys]:
            figures = [years[year].figures.get((code, tenure)) for year in order]
            values = [figure.value if figure else None for figure in figures]
            if any(value is not None for value in values):
                rows.append(
                    (_named(code, tenure), *map(_cell, values), _change(values), _words(code, order, commentaries))
                )
    headers = ("Measure", *(year_words(year).replace("-", "\u2011") for year in order), "Change", "Our commentary")
    numeric = frozenset(range(1, len(order) + 2))
    return Table(
        "Year by year", headers, tuple(rows), numeric=numeric, hidden_caption=True, stack=True,
        source="Source: Regulator of Social Housing, Tenant Satisfaction Measures.", empty="No year is loaded yet.",
    )  # fmt: skip


def _named(code: str, tenure: Tenure) -> Cell:
    measure = rules.measure_of(code)
    return Cell(
        f"{code} {measure.name}",
        hint=f"{TENURE_WORDS[tenure]}, {'per cent' if measure.per == 100 else measure.unit.strip()}",
    )


def _cell(value: float | None) -> Cell:
    return Cell("no figure" if value is None else number(value, 1), numeric=True)


def _change(values: Sequence[float | None]) -> Cell:
    """The last year's change in points; a true minus sign, and none where a year is missing."""
    if len(values) < 2 or values[-1] is None or values[-2] is None:
        return Cell("", numeric=True)
    change = round(values[-1], 1) - round(values[-2], 1)
    sign = "+" if change > 0.05 else "−" if change < -0.05 else ""
    return Cell(f"{sign}{number(abs(change), 1)}", numeric=True)


def _words(code: str, order: Sequence[int], commentaries: Mapping[tuple[int, str], Commentary]) -> str:
    written = [commentaries[year, code].text for year in reversed(order) if (year, code) in commentaries]
    return written[0] if written else ""


def mode_charts(years: Mapping[int, Year]) -> list[Chart]:
    """How people answered, and how satisfied they were by that, one picture a year and tenure, latest first.

    Telephone answers tend to be kinder than written ones, so the mix stands beside every trend (reference 4.5 no. 11).
    """
    found = []
    for year in sorted(years, reverse=True):
        for tenure, survey in years[year].surveys.items():
            shares = survey.shares()
            if not shares:
                continue
            bars = [
                Bar(f"{method}: {number(survey.by_method[method])} answers", survey.tp01_by_method.get(method),
                    shown="" if method in survey.tp01_by_method else "not shown")
                for method in shares
            ]  # fmt: skip
            mix = ", ".join(f"{method.lower()} {share:.0f}%" for method, share in shares.items())
            found.append(
                bar_chart(
                    title=f"Overall satisfaction by method, {year_words(year)}, {TENURE_WORDS[tenure]}",
                    bars=bars, label_header="Method", value_header="Per cent satisfied (TP01)",
                    description=f"How people answered: {mix}.",
                    source=f"Source: the regulator's workbook of {year_words(year)}. {FEW}",
                )
            )  # fmt: skip
    return found


def questions_table(
    findings: Iterable[Finding], commentaries: Mapping[tuple[int, str], Commentary], year: int
) -> Table:
    """What the figures make one ask, the loudest first, with the landlord's own words where it wrote some."""
    rows = []
    for one in sorted(findings, key=lambda one: one.level.value != "warn"):
        written = commentaries.get((year, one.part))
        tag = Tag("Look again", "orange") if one.level.value == "warn" else Tag("For information", "blue")
        rows.append(
            (one.part, Cell(one.message, hint=one.quote), Cell(tags=(tag,)), written.text if written else "none yet")
        )
    headers = ("Measure", "What to look at", "", "Our commentary")
    return Table("What the figures make us ask", headers, tuple(rows), stack=True,
                 empty="The figures raise no question.")  # fmt: skip


def export_rows(
    own: Year, groups: Mapping[str, Sequence[Place]], kept: Workbook
) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    """Everything about a year as rows for a spreadsheet: figures, counts, and the place in each group."""
    headers = (
        "Year", "Measure", "Name", "Tenure", "Published", "Numerator", "Denominator", "Compared with", "Landlords",
        "Lower quartile", "Median", "Upper quartile", "Higher figures", "Lower figures", "Place", "Source",
    )  # fmt: skip
    rows: list[tuple[Any, ...]] = []
    for group, places in groups.items():
        for one in places:
            figure, at = own.figures[one.measure.code, one.tenure], one.standing
            spread = at.spread if at else None
            rows.append((
                year_words(own.year), one.measure.code, one.measure.name, one.tenure.value, one.value,
                figure.numerator, figure.denominator, group, spread.n if spread else None,
                spread.low if spread else None, spread.median if spread else None, spread.high if spread else None,
                at.above if at else None, at.below if at else None, place_words(one), kept.name,
            ))  # fmt: skip
    return headers, rows
