"""What the public may read of a review: the same words, with small numbers hidden (CAR-48, PROF-26; reference 5.5).

Figures are treated wherever they stand: in frozen profiles, in tables, and in running text. A printed percentage that
gives back a count is treated as that count. What is hidden, and why, is told to officers; the original stays theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from hearth.kernel.counts import Cell, Policy, Table, Treated, TreatedCell, recover, treat
from hearth.kernel.figures import (
    PERCENT,
    SENSITIVE,
    FigureSet,
    Printed,
    Setting,
    read_sets,
    read_setting,
    set_from_rows,
)
from hearth.kernel.refusals import Refused
from hearth.reviews.rules.content import Content, Figure, Grid, Snapshot, from_parts, to_parts

# Figures that do not make 100 stop a publication until they are mended or a reason is recorded (PROF-12).
STOPS_PUBLICATION = frozenset({"D01"})


@dataclass(frozen=True)
class Hidden:
    """One figure that the public does not see. For officers only."""

    part: str
    characteristic: str
    label: str
    printed: str
    why: str


@dataclass(frozen=True)
class Treatment:
    """The content as published, what was hidden, and the treated tables, for the next publication to compare with."""

    content: Content
    hidden: tuple[Hidden, ...]
    tables: Mapping[str, Treated]  # by characteristic and population


def publishable(content: Content, policy: Policy, previous: Mapping[str, Treated] | None = None) -> Treatment:
    """Treat every figure of a review. `previous` holds the last published tables by the same names."""
    before = previous or {}
    hidden: list[Hidden] = []
    tables: dict[str, Treated] = {}
    setting = read_setting(content.profile.text)
    snapshots = tuple(_snapshot(s, policy, before, hidden, tables) for s in content.profile.snapshots)
    grids = tuple(_grid(g, setting, policy, before, hidden, tables) for g in content.profile.tables)
    content = replace(content, profile=replace(content.profile, snapshots=snapshots, tables=grids))
    parts = {key: _prose(key, value, setting, policy, hidden) for key, value in to_parts(content).items()}
    return Treatment(from_parts(parts), tuple(hidden), tables)


def _name(topic: str, population: str) -> str:
    return f"{topic}|{' '.join(population.lower().split())}"


def _treated(
    topic: str, population: str, cells: list[Cell], base: int, policy: Policy, before: Mapping[str, Treated]
) -> Treated | None:
    name = _name(topic, population)
    table = Table(name, tuple(cells), sensitive=topic in SENSITIVE or topic not in {"age", "sex"})
    try:
        return treat([table], base, policy, before.get(name))
    except Refused:
        return None  # the figures do not add up, so no count can be worked out by subtraction


def _by_label(done: Treated) -> dict[str, TreatedCell]:
    """Cells by label; a category that was merged into another is found under its own label too."""
    found: dict[str, TreatedCell] = {}
    for table in done.tables:
        for _, cell in table.walk():
            found |= dict.fromkeys((cell.label, *cell.merged), cell)
    return found


def _snapshot(
    snapshot: Snapshot, policy: Policy, before: Mapping[str, Treated], hidden: list[Hidden], tables: dict[str, Treated]
) -> Snapshot:
    counts = [figure.count for figure in snapshot.figures]
    if not counts or None in counts:
        return _snapshot_of_shares(snapshot, policy, before, hidden, tables)
    cells = [Cell(f.label, f.count or 0, f.unknown) for f in snapshot.figures]
    base = sum(cell.count for cell in cells)
    done = _treated(snapshot.characteristic, snapshot.population, cells, base, policy, before)
    return snapshot if done is None else _rewritten(snapshot, done, hidden, tables)


def _snapshot_of_shares(
    snapshot: Snapshot, policy: Policy, before: Mapping[str, Treated], hidden: list[Hidden], tables: dict[str, Treated]
) -> Snapshot:
    rows = [(snapshot.characteristic, figure.label, figure.printed) for figure in snapshot.figures]
    if snapshot.base is None or not rows:
        return snapshot
    for block in set_from_rows(rows):
        cells = _counts(replace(block, base=snapshot.base))
        if cells:
            done = _treated(snapshot.characteristic, snapshot.population, cells, snapshot.base, policy, before)
            if done:
                return _rewritten(snapshot, done, hidden, tables)
    return snapshot


def _rewritten(snapshot: Snapshot, done: Treated, hidden: list[Hidden], tables: dict[str, Treated]) -> Snapshot:
    tables[_name(snapshot.characteristic, snapshot.population)] = done
    figures = []
    for table in done.tables:
        for _, cell in table.walk():
            words = cell.printed if cell.hidden else cell.printed_percent
            figures.append(Figure(cell.label, printed=words, count=cell.shown))
            if cell.hidden:
                hidden.append(Hidden("profile", snapshot.characteristic, cell.label, "", cell.reason.value))
    return replace(snapshot, figures=tuple(figures), base=done.base)


def _counts(block: FigureSet) -> list[Cell]:
    """The whole numbers behind a block's percentages, where there is one for each and they make the base."""
    if not block.base:
        return []
    cells = []
    for figure in block.members:
        fits = recover(figure.value.quantize(Decimal(1).scaleb(-figure.decimals)), block.base)
        if len(fits) != 1:
            return []
        cells.append(Cell(figure.label, fits[0], figure.unknown))
    return cells if sum(cell.count for cell in cells) == block.base else []


def _grid(
    grid: Grid,
    setting: Setting,
    policy: Policy,
    before: Mapping[str, Treated],
    hidden: list[Hidden],
    tables: dict[str, Treated],
) -> Grid:
    swaps: dict[tuple[str, str], str] = {}
    for block in set_from_rows(grid.rows, headers=grid.headers, setting=setting):
        topic, population = block.topic or block.heading, block.population or setting.population
        for figure, words in _swaps(block, topic, population, policy, before, hidden, tables):
            swaps[(figure.label, figure.printed)] = words
    rows = []
    for row in grid.rows:
        labels = [cell.strip() for cell in row]
        rows.append(tuple(next((swaps[(n, c.strip())] for n in labels if (n, c.strip()) in swaps), c) for c in row))
    return replace(grid, rows=tuple(rows))


def _swaps(
    block: FigureSet,
    topic: str,
    population: str,
    policy: Policy,
    before: Mapping[str, Treated],
    hidden: list[Hidden],
    tables: dict[str, Treated] | None,
) -> Iterable[tuple[Printed, str]]:
    """Which printed figures of a block give way to which words. Nothing where nothing in the block is hidden."""
    cells = _counts(block)
    if not cells or not block.base:
        yield from _single(block, topic, policy, hidden)
        return
    done = _treated(topic, population, cells, block.base, policy, before)
    if done is None:
        return
    if tables is not None:
        tables[_name(topic, population)] = done
    found = _by_label(done)
    if not any(cell.hidden for cell in found.values()):
        return
    for figure in block.members:
        cell = found[figure.label]
        yield figure, cell.printed if cell.hidden else cell.printed_percent
        if cell.hidden:
            hidden.append(Hidden("profile", topic, figure.label, figure.printed, cell.reason.value))


def _single(block: FigureSet, topic: str, policy: Policy, hidden: list[Hidden]) -> Iterable[tuple[Printed, str]]:
    """Figures outside a whole: one that can only stand for a few people is hidden by itself."""
    if not block.topic:
        return
    threshold = policy.sensitive if topic in SENSITIVE else policy.other
    for figure in block.figures:
        if figure.unit == PERCENT and block.base:
            fits = recover(figure.value, block.base)
            few = len(fits) > 0 and 0 < fits[-1] < threshold
        else:
            few = figure.unit != PERCENT and 0 < figure.value < threshold
        if few:
            hidden.append(Hidden("profile", topic, figure.label, figure.printed, "small"))
            yield figure, f"fewer than {threshold}"


def _prose(key: str, value: Any, setting: Setting, policy: Policy, hidden: list[Hidden]) -> Any:
    """Every text of a part with its small figures hidden. Texts without a digit are passed over."""
    if isinstance(value, dict):
        return {name: _prose(key, held, setting, policy, hidden) for name, held in value.items()}
    if isinstance(value, list):
        return [_prose(key, held, setting, policy, hidden) for held in value]
    if not isinstance(value, str) or not any(character.isdigit() for character in value):
        return value
    for block in read_sets(value):
        if block.base is None and setting.bases and block.topic and len(block.members) > 1 and key == "profile":
            continue  # without a base of its own nothing can be worked back from it
        for figure, words in list(
            _swaps(block, block.topic or block.heading, block.population, policy, {}, hidden, None)
        ):
            value = _replaced(value, figure, words)
    return value


def _replaced(text: str, figure: Printed, words: str) -> str:
    start = text.find(figure.context) if figure.context else 0
    place = text.find(figure.printed, max(start, 0))
    if place < 0:
        return text
    return f"{text[:place]}[{words}]{text[place + len(figure.printed) :]}"
