"""One characteristic by another, with small numbers hidden in all tables that are shown together."""

from __future__ import annotations

from datetime import date

from hearth.equality import permissions
from hearth.equality.models import CategorySet
from hearth.equality.queries.counting import known_labels, labels
from hearth.equality.queries.population import Counted
from hearth.kernel.counts import Grid
from hearth.kernel.permits import Actor, check


def grid_of(
    people: list[Counted], rows: str, columns: str, *, on: date, by: Actor, kept: CategorySet | None = None
) -> Grid:
    """How many of these people are in each category of one characteristic and of another: exact, for treatment."""
    check(by, permissions.SEE)
    down = labels(people, rows, on=on, by=by)
    across = labels(people, columns, kept=kept, on=on, by=by)
    heads, sides = _order(rows, down, on), _order(columns, across, on)
    counts = {(row, column): 0 for row in heads for column in sides}
    for one in people:
        counts[down[one.person_id], across[one.person_id]] += 1
    unknown = frozenset(label for label, nothing in known_labels(columns, on=on)[0] if nothing)
    table = tuple(tuple(counts[row, column] for column in sides) for row in heads)
    return Grid(f"{columns} by {rows}", tuple(heads), tuple(sides), table, unknown_columns=unknown)


def _order(characteristic: str, found: dict[int, str], on: date) -> list[str]:
    """The categories that anybody is in, in the order of their set."""
    held = set(found.values())
    known = [label for label, _ in known_labels(characteristic, on=on)[0] if label in held]
    return known + sorted(held - set(known))
