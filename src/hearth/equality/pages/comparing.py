"""Profiles side by side and in other category sets, as everybody with a right to profiles may see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from hearth.equality import queries, rules
from hearth.equality.models import CategorySet, Profile
from hearth.equality.rules import Comparison, Part, Side
from hearth.ui import charts
from hearth.ui.charts import Bar, Chart
from hearth.ui.tables import Cell, Table


def sides(profile: Profile, on: date) -> dict[str, Side]:
    """Each characteristic of a profile as it may be compared by anybody who may see profiles: treated."""
    done, covered = queries.treated(profile, on), queries.printed_hidden(profile, on)
    found: dict[str, Side] = {}
    for figures in queries.figures_of(profile):
        code, unknown = figures.characteristic, {answer.label for answer in figures.answers if answer.unknown}
        if figures.counted:
            table = done.table(rules.table_name(code, profile.population))
            cells = table.cells if table else ()
            parts = tuple(Part(cell.label, cell.shown, unknown=cell.label in unknown) for cell in cells)
            places = max((-int(c.percent.as_tuple().exponent) for c in cells if c.percent is not None), default=0)
            found[code] = Side(parts, done.base, figures.category_set, places)
        else:
            hidden = covered.get(code, set())
            parts = tuple(
                Part(a.label, share=None if a.label in hidden else a.printed, unknown=a.unknown)
                for a in figures.answers
            )
            found[code] = Side(parts, None, figures.category_set)
    return found


@dataclass(frozen=True)
class ComparedSection:
    """One characteristic of two profiles: like answers, those that only one profile has, and what to know."""

    title: str
    table: Table
    apart: Table | None = None
    in_set: str = ""
    warnings: tuple[str, ...] = ()
    chart: Chart | None = None  # where there is something to draw; it carries the same rows as the table


def compared(first: Profile, second: Profile, on: date) -> list[ComparedSection]:
    """Two profiles side by side, by characteristic (PROF-21, CAR-49)."""
    left, right = sides(first, on), sides(second, on)
    left_sets, right_sets = queries.sets_of(first), queries.sets_of(second)
    sections = []
    for code in [code for code in rules.CHARACTERISTICS if code in left or code in right]:
        title = rules.title_of(code)
        if code not in left or code not in right:
            lacking = second.title if code in left else first.title
            none = Table(title, ("Answer",), (), empty=f"Not held in “{lacking}”.")
            sections.append(ComparedSection(title, none))
            continue
        commons = queries.commons(left_sets.get(code), right_sets.get(code))
        done = rules.compare(left[code], right[code], commons)
        sections.append(_compared_section(title, first, second, done))
    return sections


def _compared_section(title: str, first: Profile, second: Profile, done: Comparison) -> ComparedSection:
    headers = ("Answer", first.title, second.title, "Difference", "Note")
    like = [line for line in done.lines if line.first_answers and line.second_answers]
    rows = tuple(
        (line.label, _share(line.first), _share(line.second), _points(line.difference), line.note) for line in like
    )
    table = Table(title, headers, rows, stack=True, empty="Not comparable: no answer means the same in both.")
    chart = None
    if any(line.first is not None for line in like):
        # Bars for the first profile, strokes for the second: census, stock or another year.
        bars = [Bar(line.label, _number(line.first), _number(line.second)) for line in like]
        drawn = charts.bar_chart(
            title=title, bars=bars, label_header="Answer", value_header="Share in the first profile",
            comparison_header="The second profile",
        )  # fmt: skip
        chart = replace(drawn, headers=headers, rows=rows)
    alone = tuple(
        (line.label, _share(line.first if line.first_answers else line.second),
         first.title if line.first_answers else second.title)
        for line in done.lines if line not in like
    )  # fmt: skip
    apart = Table(f"{title}: not comparable", ("Answer", "Share", "Profile"), alone, stack=True, caption_size="s")
    return ComparedSection(title, table, apart if alone else None, done.in_set, done.warnings, chart)


def _number(share: Decimal | None) -> float | None:
    return None if share is None else float(share)


def _share(share: Decimal | None) -> Cell:
    return Cell("hidden" if share is None else f"{share}%", numeric=True)


def _points(points: Decimal | None) -> Cell:
    if points is None:
        return Cell("not comparable", numeric=True)
    sign = "+" if points > 0 else "−" if points < 0 else ""
    return Cell(f"{sign}{abs(points)} points", numeric=True)


def rolled_table(side: Side, target: CategorySet, ways: Mapping[str, Any], labels: Sequence[str]) -> Table:
    """A characteristic in the answers of another set (PROF-07)."""
    parts = rules.rolled_up(side, ways, labels)
    shares = [part.share for part in parts if part.share is not None]
    rows: list[tuple[Any, ...]] = [
        (part.label, Cell("hidden: too few people" if part.share is None else f"{part.share}%", numeric=True))
        for part in parts
    ]
    complete = len(shares) == len(parts) and all(part.label in ways for part in side.parts)
    if complete and not any(way.differs for way in ways.values()):
        rows.append(("Total", Cell(rules.total_words(shares), numeric=True)))
    lost = [part.label for part in side.parts if part.label not in ways or ways[part.label].differs]
    source = f"Left out, because they mean other people there: {'; '.join(lost)}." if lost else ""
    return Table(target.name, ("Answer", "Share"), tuple(rows), source=source)


def compared_averages(first: Profile, second: Profile) -> list[tuple[str, str, str, str]]:
    """Averages of the same thing in two profiles: what of, both values, and a warning or the difference (PROF-22)."""
    found = []
    for one in first.averages.all():
        for two in second.averages.all():
            if one.of != two.of:
                continue
            note = rules.check_averages(one.kind, two.kind)
            if not note:
                note = f"Difference: {one.value - two.value:+}".replace("-", "−")
            named = [f"{each.get_kind_display()} {each.value.normalize():f}" for each in (one, two)]
            found.append((one.of, named[0], named[1], note))
    return found
