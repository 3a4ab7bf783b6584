"""Profiles, published tables and stock as pages show them: charts, tables and where each figure comes from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString

from hearth.equality import permissions, queries, rules
from hearth.equality.models import CategorySet, Profile, PublishedTable, StockFigure
from hearth.equality.rules import Figures
from hearth.kernel.counts import Policy, Reason, Treated, TreatedCell, TreatedTable
from hearth.kernel.permits import Actor
from hearth.ui import charts
from hearth.ui.charts import Bar, Chart
from hearth.ui.tables import Cell, Table
from hearth.ui.tags import Tag
from hearth.ui.words import day, number

WHY = {
    Reason.SHOWN: "Shown",
    Reason.SMALL: "Too few people",
    Reason.PROTECTS: "Protects a smaller one",
    Reason.CHANGE: "Too small a change",
    Reason.PARENT: "Part of a hidden one",
    Reason.WITHHELD: "Whole group withheld",
}
PUBLISHED_HIDDEN = "Hidden: the percentage would give a small number away"


def tabs(here: str, by: Actor) -> list[dict[str, Any]]:
    """The sections of this room that somebody may open."""
    sections = [
        ("Profiles", "evidence", permissions.SEE),
        ("Compare", "compare", permissions.SEE),
        ("What is not known", "gaps", permissions.SEE),
        ("Write down answers", "collect", permissions.COLLECT),
        ("Who took part", "coverage", permissions.KEEP),
        ("Internet access", "online", permissions.SEE),
        ("One by another", "crossed", permissions.SEE),
        ("Category sets", "sets", permissions.SEE),
        ("Homes and tenants", "stock", permissions.SEE),
        ("Homelessness duties", "duties", permissions.SEE),
        ("Evidence library", "library", permissions.SEE),
        ("Published tables", "published", permissions.SEE),
    ]
    return [
        {"text": text, "href": reverse(f"equality:{name}"), "current": name == here}
        for text, name, permission in sections
        if by.may(permission)
    ]


def source_words(profile: Profile, base: int | None, rounding: int = 1) -> str:
    """Where a figure comes from: base, basis, day and source (SYS-13, PROF-13, PROF-16)."""
    if base is None:
        said = "Base not stated" if profile.base is None else "Base too small to show"
    else:
        said = f"Base: {base:,} {profile.population}"
        said += f", rounded to the nearest {rounding}" if rounding > 1 else ""
    return f"{said}. {profile.basis}, as at {day(profile.as_at)}. Source: {profile.source}."


@dataclass(frozen=True)
class Section:
    """One characteristic of a profile: its chart, which carries the table, and what to know when reading it."""

    code: str
    title: str
    chart: Chart
    set_name: str
    set_href: str
    unknown: str = ""
    hidden: int = 0


def treated_sections(profile: Profile, on: date, policy: Policy | None = None) -> tuple[list[Section], Treated]:
    """A profile as everybody with a right to it may see it: small numbers hidden."""
    policy = policy or queries.policy_on(on)
    done, covered = queries.treated(profile, on, policy), queries.printed_hidden(profile, on, policy)
    sets, sections = queries.sets_of(profile), []
    for figures in queries.figures_of(profile):
        code, kept = figures.characteristic, sets.get(figures.characteristic)
        table = done.table(rules.table_name(code, profile.population))
        if figures.counted and table is not None:
            sections.append(_treated_section(profile, figures, kept, table, done))
        elif not figures.counted:
            sections.append(_printed_section(profile, figures, kept, covered.get(code, set())))
    return sections, done


def _treated_section(
    profile: Profile, figures: Figures, kept: CategorySet | None, table: TreatedTable, done: Treated
) -> Section:
    unknowns = {answer.label for answer in figures.answers if answer.unknown}
    bars = [_treated_bar(cell) for cell in table.cells]
    shares = [cell.percent for cell in table.cells if cell.percent is not None]
    rows: list[tuple[Any, ...]] = [
        (cell.label, cell.printed if cell.hidden else number(cell.shown), cell.printed_percent) for cell in table.cells
    ]
    hidden = sum(cell.hidden for cell in table.cells)
    if not hidden:
        rows.append(("Total", number(done.base), rules.total_words(shares)))
    known = [cell for cell in table.cells if cell.label in unknowns]
    unknown = ""
    if known and all(cell.percent is not None for cell in known):
        unknown = f"{sum((cell.percent or Decimal(0) for cell in known), Decimal(0))}%"
    source = source_words(profile, done.base, done.rounding)
    return _section(figures.characteristic, kept, bars, rows, source, unknown=unknown, hidden=hidden)


def _treated_bar(cell: TreatedCell) -> Bar:
    if cell.percent is None:
        return Bar(cell.label, None, shown="hidden" if cell.reason is not Reason.SMALL else cell.printed)
    return Bar(cell.label, float(cell.percent), shown=f"{cell.percent}%")


def _printed_section(profile: Profile, figures: Figures, kept: CategorySet | None, covered: set[str]) -> Section:
    bars, rows, shares = [], [], []
    for answer in figures.answers:
        if answer.label in covered:
            bars.append(Bar(answer.label, None, shown="hidden"))
            rows.append((answer.label, PUBLISHED_HIDDEN))
            continue
        share = answer.share(None)
        shares.append(share)
        bars.append(Bar(answer.label, float(share), shown=f"{share}%"))
        rows.append((answer.label, f"{share}%"))
    if not covered:
        rows.append(("Total", rules.total_words(shares)))
    unknown = f"{figures.unknown_share}%" if not covered and any(a.unknown for a in figures.answers) else ""
    source = source_words(profile, profile.base)
    return _section(figures.characteristic, kept, bars, rows, source, unknown=unknown, hidden=len(covered))


def _section(
    code: str,
    kept: CategorySet | None,
    bars: Sequence[Bar],
    rows: Sequence[tuple[Any, ...]],
    source: str,
    *,
    unknown: str = "",
    hidden: int = 0,
) -> Section:
    title = rules.title_of(code)
    headers = ("Answer", "Share") if rows and len(rows[0]) == 2 else ("Answer", "Number", "Share")
    cells = tuple((row[0], *(Cell(text, numeric=text[:1].isdigit()) for text in row[1:])) for row in rows)
    if any(bar.value is not None for bar in bars):
        chart = charts.bar_chart(title=title, bars=bars, label_header="Answer", value_header="Share", source=source)
        chart = replace(chart, headers=headers, rows=cells)
    else:
        chart = Chart(SafeString(""), title, "", headers, cells, source)  # nothing of it can be drawn
    href = reverse("equality:set", kwargs={"pk": kept.pk}) if kept else ""
    return Section(code, title, chart, kept.name if kept else "", href, unknown, hidden)


def exact_tables(profile: Profile, figures: Iterable[Figures], on: date) -> list[Table]:
    """The exact counts with their shares, and what is printed in their place: for officers with the right to them."""
    done = queries.treated(profile, on)
    tables = []
    for one in figures:
        treated = done.table(rules.table_name(one.characteristic, profile.population))
        printed = {cell.label: cell.printed for cell in treated.cells} if treated else {}
        rows: list[tuple[Any, ...]] = []
        for answer in one.answers:
            count = "not given" if answer.count is None else answer.count
            share = Cell(f"{answer.share(profile.base)}%", numeric=True)
            rows.append((answer.label, count, share, printed.get(answer.label, "as it was printed")))
        shares = [answer.share(profile.base) for answer in one.answers]
        total = profile.base if one.counted else ""
        rows.append(("Total", total, Cell(rules.total_words(shares), numeric=True), ""))
        headers = ("Answer", "Number", "Share", "What others see")
        source = source_words(profile, profile.base)
        tables.append(Table(rules.title_of(one.characteristic), headers, tuple(rows), source=source))
    return tables


def cost_words(done: Treated) -> str:
    """What protection costs here, beside the least that it could cost: the small figures alone."""
    small = sum(cell.reason is Reason.SMALL for table in done.tables for _, cell in table.walk())
    further = done.cost.hidden - small
    if not done.cost.hidden:
        return "Nothing is hidden, because no figure is small."
    least = f"{small} {'figure is' if small == 1 else 'figures are'} hidden because too few people stand behind "
    least += "it." if small == 1 else "them."
    more = f" {further} more {'is' if further == 1 else 'are'} hidden so that nobody can work those out."
    return least + (more if further else "") + f" {done.cost.cells - done.cost.hidden} are shown."


def other_answers_words(characteristic: str) -> str:
    """What to say where a characteristic of the same people was published in other answers."""
    title = rules.title_of(characteristic)
    return (
        f"{title} of these people was published before in other answers. Hearth cannot subtract one from the other: "
        "look whether a few people lie between them before you publish this."
    )


def hidden_table(table: TreatedTable) -> Table:
    """What would be printed of one characteristic, and why the rest would not."""
    code = table.name.partition("|")[0]
    rows = tuple(
        (cell.label, cell.printed, cell.printed_percent, Tag(WHY[cell.reason], "orange" if cell.hidden else "green"))
        for _, cell in table.walk()
    )
    return Table(rules.title_of(code), ("Answer", "What is printed", "Share", "Why"), rows, stack=True)


def published_table(kept: PublishedTable) -> list[Table]:
    """A table as it was published."""
    done = rules.treated_from_plain(kept.treated)
    base = "too small to show" if done.base is None else number(done.base)
    source = f"Base: {base}, rounded to the nearest {done.rounding}. Published {day(kept.published_at)}, {kept.where}."
    return [replace(hidden_table(table), source=source) for table in done.tables]


def csv_rows(profile: Profile, on: date) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    """A profile as everybody with a right to it may download it: small numbers hidden, base and source in each row."""
    headers = ("Characteristic", "Answer", "Number", "Share (%)", "Base", "Basis", "As at", "Source", "Category set")
    sections, done = treated_sections(profile, on)
    rows: list[tuple[Any, ...]] = []
    for section in sections:
        base = done.base if len(section.chart.headers) == 3 else profile.base
        told = ("" if base is None else base, profile.basis, profile.as_at.isoformat(), profile.source)
        for row in section.chart.rows:
            texts = [value.text for value in row[1:]]
            label, rest = row[0], [text.replace(",", "") if _is_figure(text) else text for text in texts]
            count, share = rest if len(rest) == 2 else ("", rest[0])
            rows.append((section.title, label, count, str(share).removesuffix("%"), *told, section.set_name))
    return headers, rows


def exact_csv_rows(profile: Profile, figures: Iterable[Figures]) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    """The exact counts of a profile for a spreadsheet, in the columns in which they can be uploaded again."""
    headers = ("Characteristic", "Answer", "Number", "Share (%)", "Base", "As at", "Category set")
    rows = [
        (rules.title_of(one.characteristic), answer.label, "" if answer.count is None else answer.count,
         answer.share(profile.base), profile.base or "", profile.as_at.isoformat(), one.category_set)
        for one in figures for answer in one.answers
    ]  # fmt: skip
    return headers, rows


def _is_figure(value: Any) -> bool:
    return str(value).replace(",", "").isdecimal()


def stock_rows(figures: Sequence[StockFigure]) -> list[tuple[StockFigure, str, str]]:
    """Each stock figure with its change since the official one before it, and the day of that one (PROF-02)."""
    official: dict[str, StockFigure] = {}
    found: list[tuple[StockFigure, str, str]] = []
    for figure in sorted(figures, key=lambda one: (one.as_at, one.official)):
        before = official.get(figure.kind)
        if before is not None and before.as_at < figure.as_at:
            found.append((figure, str(rules.change(before.number, figure.number)), day(before.as_at)))
        else:
            found.append((figure, "", ""))
        if figure.official:
            official[figure.kind] = figure
    order = {one.pk: place for place, one in enumerate(figures)}
    return sorted(found, key=lambda row: order[row[0].pk])
