"""One characteristic by another, with small numbers hidden in all tables that are shown together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hearth.equality import permissions, rules
from hearth.equality.queries.counting import HELD_BY_THE_REGISTER, known_labels, labels
from hearth.equality.queries.population import Counted, members
from hearth.equality.queries.treated import policy_on
from hearth.equality.rules import Population
from hearth.kernel.counts import Cell, Grid, Linked, Table, treat_linked
from hearth.kernel.permits import Actor, check


def crossed(population: Population, *, down: str, across: str, on: date, by: Actor) -> Linked:
    """A characteristic by another, such as race by area, beside both of them by themselves; protected together.

    `down` and `across` are codes of characteristics or "tenure", "area", "online". Raises Forbidden.
    """
    check(by, permissions.SEE)
    people = members(population, on=on, by=by)
    grid = grid_of(people, down, across, on=on, by=by)
    heads = [Cell(label, sum(row[n] for row in grid.counts)) for n, label in enumerate(grid.columns)]
    sides = [Cell(label, sum(row)) for label, row in zip(grid.rows, grid.counts, strict=True)]
    tables = [Table(across, tuple(heads), _sensitive(across)), Table(down, tuple(sides), _sensitive(down))]
    return treat_linked(tables, [grid], policy_on(on))


def grid_of(people: Sequence[Counted], down: str, across: str, *, on: date, by: Actor) -> Grid:
    """How many of these people are in each category of one characteristic and of another: exact, for treatment."""
    check(by, permissions.SEE)
    sides = labels(people, down, on=on, by=by)
    heads = labels(people, across, on=on, by=by)
    rows, columns = _order(down, sides, on), _order(across, heads, on)
    counts = {(row, column): 0 for row in rows for column in columns}
    for one in people:
        counts[sides[one.person_id], heads[one.person_id]] += 1
    unknown = frozenset(column for column in columns if column in _nothing(across, on))
    table = tuple(tuple(counts[row, column] for column in columns) for row in rows)
    return Grid(
        f"{across} by {down}", tuple(rows), tuple(columns), table, sensitive=_sensitive(across) or _sensitive(down),
        unknown_columns=unknown, down=down, across=across,
    )  # fmt: skip


def _sensitive(characteristic: str) -> bool:
    return characteristic not in rules.LESS_SENSITIVE | set(HELD_BY_THE_REGISTER)


def _nothing(characteristic: str, on: date) -> set[str]:
    """The labels that say nothing about a person."""
    return {*rules.SAY_NOTHING, *(label for label, nothing in known_labels(characteristic, on=on)[0] if nothing)}


def _order(characteristic: str, found: dict[int, str], on: date) -> list[str]:
    """The categories that anybody is in, in the order of their set; what says nothing of a person comes last."""
    held = set(found.values())
    known = [label for label, _ in known_labels(characteristic, on=on)[0] if label in held]
    rest = sorted(held - set(known), key=lambda label: (label in rules.SAY_NOTHING, label))
    return known + rest
