"""A file of events, one a row: what its columns mean, and what each row tells (SUR-03 to SUR-06, SYS-10)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from hearth.kernel.kinds import Kind
from hearth.kernel.refusals import Refused
from hearth.kernel.sheets import Cell, Formula, Line, Style, day
from hearth.surveys.rules.firmfile import text_of
from hearth.surveys.rules.kinds import AFTER_AN_EVENT, Sort

COLUMNS = {
    "sort": ("sort", "kind", "type", "event"),
    "key": ("key", "reference", "job", "job number", "job ref", "case", "case number", "case ref"),
    "happened_on": ("happened on", "date", "completed", "completed on", "closed on", "day"),
    "person": ("person", "person ref", "tenant ref", "customer ref", "reporter"),
    "home": ("home", "home ref", "property ref", "property"),
    "uprn": ("uprn",),
    "building": ("building", "block", "block ref"),
    "estate": ("estate", "scheme"),
    "service": ("service", "contractor", "team"),
}
NEEDED = ("key", "happened_on")


class Fate(Kind):
    """What becomes of a row."""

    ADDED = "added", "Noted"
    SAME = "same", "Noted before"
    REFUSED = "refused", "Refused"


@dataclass(frozen=True)
class EventRow:
    """One row that could be read."""

    row: int
    sort: str
    key: str
    happened_on: date
    person: str = ""
    home: str = ""
    uprn: str = ""
    building: str = ""
    estate: str = ""
    service: str = ""


@dataclass(frozen=True)
class BadRow:
    """One row that could not be read, and why."""

    row: int
    column: str
    reason: str


def columns(headings: Sequence[Cell]) -> dict[str, int]:
    """Where each thing stands. Raises Refused naming the column that is missing or there twice."""
    found: dict[str, int] = {}
    for place, heading in enumerate(headings):
        words = " ".join(text_of(heading).casefold().replace("_", " ").split())
        name = next((name for name, known in COLUMNS.items() if words in known), None)
        if name is None:
            continue
        if name in found:
            raise Refused(f"Two columns mean the same: “{headings[found[name]]}” and “{heading}”.", field="file")
        found[name] = place
    for name in NEEDED:
        if name not in found:
            raise Refused(f"The file has no column “{COLUMNS[name][0]}”. It needs one.", field="file")
    if not {"person", "home", "uprn", "building", "estate"} & set(found):
        raise Refused("The file has no column for the person, home, building or estate. It needs one.", field="file")
    return found


def read(lines: Iterable[Line], *, usual: str = "") -> Iterator[EventRow | BadRow]:
    """Every row below the headings. `usual` is the kind of event where the file does not say it. Raises Refused."""
    lines = iter(lines)
    first = next(lines, None)
    if first is None:
        raise Refused("The file is empty.", field="file")
    where = columns(first.cells)
    if "sort" not in where and not usual:
        raise Refused("The file does not say what happened. Choose the kind of event.", field="sort")
    style = Style()
    kept = list(lines)
    for line in kept:
        place = where["happened_on"]
        if place < len(line.cells):
            style.look(line.row, line.cells[place])
    for line in kept:
        yield _one(line, where, usual, style)


def _one(line: Line, where: dict[str, int], usual: str, style: Style) -> EventRow | BadRow:
    if line.fault:
        return BadRow(line.row, "", line.fault)
    cells = {name: line.cells[place] if place < len(line.cells) else None for name, place in where.items()}
    for name, cell in cells.items():
        if isinstance(cell, Formula):
            return BadRow(line.row, name, "The cell holds a formula. Save the file with its values only.")
    try:
        on = day(cells["happened_on"], style)
    except Refused as refused:
        return BadRow(line.row, "happened_on", str(refused))
    if on is None:
        return BadRow(line.row, "happened_on", "Say on which day it happened.")
    words = {name: text_of(cell) for name, cell in cells.items() if name not in ("happened_on", "sort")}
    said = text_of(cells.get("sort")) or usual
    sort = sort_of(said)
    if sort is None:
        return BadRow(line.row, "sort", f"“{said[:60]}” is no kind of event that is followed.")
    return EventRow(line.row, sort, words.pop("key"), on, **words)


def sort_of(said: str) -> str | None:
    """The kind of event that words mean, by its code or its label: "repair", "After a repair", "Repairs"."""
    words = said.casefold().strip()
    for sort in Sort:
        if sort in AFTER_AN_EVENT and words in (sort.value, sort.label.casefold(), f"{sort.value}s"):
            return sort.value
    return None
