"""What pages about people's answers show: as words for the person, as counts for everybody else."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.urls import reverse

from hearth.equality import queries, rules
from hearth.equality.models import AnswerFile, Campaign, DutyFigure
from hearth.equality.rules import Population, Verdict
from hearth.kernel.counts import Linked, TreatedCell, TreatedGrid
from hearth.ui import charts
from hearth.ui.charts import Bar
from hearth.ui.tables import Cell, Table
from hearth.ui.tags import Tag
from hearth.ui.words import day, listed

COLOURS = {
    Verdict.NONE: "red",
    Verdict.UNDER: "orange",
    Verdict.OVER: "blue",
    Verdict.FAIR: "green",
    Verdict.UNSAID: "grey",
    Verdict.APART: "grey",
}


def chosen(said: Sequence[queries.Said], questions: Mapping[str, Any]) -> dict[str, Any]:
    """What somebody told, as it stands in the form."""
    found: dict[str, Any] = {}
    for one in said:
        kept = questions.get(one.characteristic)
        if kept is None:
            continue
        values = [str(number) for number in one.categories] or [one.standing]
        found[one.characteristic] = values if kept.several else values[0]
    return found


def said_table(said: Iterable[queries.Said]) -> Table:
    """What one person told, now and before, for the person or for cleared staff."""
    rows = tuple(
        (
            rules.title_of(one.characteristic), one.words, one.told_on, one.source,
            Tag("Replaced", "grey") if one.superseded else Tag("Holds now", "green"),
        )
        for one in said
    )  # fmt: skip
    headers = ("About", "Answer", "Told on", "How", "State")
    return Table("Answers", headers, rows, stack=True, hidden_caption=True, empty="Nothing has been told.")


def problems_table(file: AnswerFile, most: int) -> Table:
    """The first problems of a file: row, column and what to do, never what the cell held."""
    rows = tuple((str(row), column or "The whole row", Cell(why)) for row, column, why in file.problems[:most])
    return Table("What is wrong", ("Row", "Column", "What to do"), rows, stack=True, empty="Nothing is wrong.")


def gaps_table(
    found: Sequence[queries.Gap], asked: Collection[str], population: Population, *, may_keep: bool
) -> Table:
    """What is not known of a population, with the way to a campaign."""
    rows = []
    for gap in found:
        todo: Any = ""
        if gap.characteristic in asked and gap.not_known:
            link = f"{reverse('equality:add_campaign')}?ask={gap.characteristic}&population={population.value}"
            todo = Cell("Start a campaign", href=link) if may_keep else "A campaign can ask"
        elif gap.characteristic not in asked and gap.characteristic not in queries.HELD_BY_THE_REGISTER:
            todo = "Not asked of anybody yet: choose a category set"
        elif gap.not_known:
            todo = "Mend it in the register"
        refused = gap.refused or Cell("0", numeric=True)
        rows.append((gap.title, gap.not_known, Cell(gap.share, numeric=True), refused, todo))
    headers = ("Characteristic", "Not known", "Share", "Prefer not to say", "What to do")
    people = found[0].people if found else 0
    source = f"Of {people:,} people. Somebody who prefers not to say has answered, and is not asked again."
    return Table("What is not known", headers, tuple(rows), stack=True, hidden_caption=True, source=source)


def asked_words(campaign: Campaign) -> str:
    """What a campaign asks: "Race and disability"."""
    titles = [rules.title_of(code) for code in campaign.characteristics]
    return listed([titles[0], *(title[:1].lower() + title[1:] for title in titles[1:])]) if titles else ""


def coverage_table(section: queries.CoverageSection) -> Table:
    """One characteristic of those who took part, beside the register."""
    rows = tuple(
        (
            line.label,
            Cell(_share(line.took_part, line.took_part_share), numeric=True),
            Cell(_share(line.register, line.register_share), numeric=True),
            Tag(line.verdict.label, COLOURS[line.verdict]),
        )
        for line in section.lines
    )
    headers = ("Group", "Took part", "Register", "What that says")
    lacking = "" if section.known else "Nobody who took part has told this yet."
    return Table(section.title, headers, rows, stack=True, source=lacking)


def _share(printed: str, share: Any) -> str:
    return printed if share is None else f"{printed} ({share}%)"


def internet(grid: TreatedGrid, population: Population, on: date) -> dict[str, Any]:
    """Internet access by band of age as a table, and the share of each band that is known to have none as a chart."""
    rows = tuple(
        (label, *(Cell(c.printed if c.hidden else f"{c.shown:,}", numeric=not c.hidden) for c in cells))
        for label, cells in zip(grid.rows, grid.cells, strict=True)
    )
    source = f"{population.label}, as at {day(on)}. Counted by Hearth from the register, small numbers hidden."
    table = Table("Internet access by age", ("Age", *grid.columns), rows, stack=True, source=source)
    yes = queries.ONLINE[True]
    chart = None
    if yes in grid.columns:
        place = grid.columns.index(yes)
        bars = []
        for label, cells in list(zip(grid.rows, grid.cells, strict=True))[:-1]:
            cell = cells[place]
            value = None if cell.percent is None else float(cell.percent)
            bars.append(Bar(label, value, shown="hidden" if value is None else f"{cell.percent}%"))
        if any(bar.value is not None for bar in bars):
            chart = charts.bar_chart(
                title="Has internet access, by age", bars=bars, label_header="Age", value_header="Share of the age",
                source=source,
            )  # fmt: skip
    return {"table": table, "chart": chart}


def linked_tables(done: Linked, population: Population, on: date) -> list[Table]:
    """A two-way table and both its margins, as they may be shown together."""
    source = f"{population.label}, as at {day(on)}. Counted by Hearth from the register, small numbers hidden."
    tables = []
    for grid in done.grids:
        rows = tuple(
            (label, *(_figure(cell) for cell in cells)) for label, cells in zip(grid.rows, grid.cells, strict=True)
        )
        tables.append(Table(_title(grid.name), ("Group", *grid.columns), rows, stack=True, source=source))
    for table in done.tables:
        cells = tuple((cell.label, _figure(cell), cell.printed_percent) for cell in table.cells)
        tables.append(Table(_title(table.name), ("Group", "People", "Share"), cells, stack=True, source=source))
    return tables


def _figure(cell: TreatedCell) -> Cell:
    return Cell(cell.printed, numeric=not cell.hidden)


def _title(name: str) -> str:
    """What a table is of, in words: "race by area" is "Race by area"."""
    said = [queries.HELD_BY_THE_REGISTER.get(code) or rules.title_of(code) for code in name.split(" by ")]
    return " by ".join([said[0], *(words[:1].lower() + words[1:] for words in said[1:])])


def duties_table(figures: Sequence[DutyFigure]) -> Table:
    """The shares of homelessness duties, each with its own base."""
    rows = tuple(
        (
            one.year, one.get_duty_display(), Cell(f"{one.share}%", numeric=True),
            "Not published" if one.base is None else one.base, one.source,
        )
        for one in figures
    )  # fmt: skip
    headers = ("Year", "Duty", "Owed because of domestic abuse", "Base: cases of this duty", "Source")
    note = "Each percentage is a share of the cases of its own duty and year."
    return Table("Duties", headers, rows, stack=True, hidden_caption=True, source=note, empty="No figure yet.")
