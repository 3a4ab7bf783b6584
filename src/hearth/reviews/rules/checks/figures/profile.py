"""The figures of a review's profile (question 5), read once for all the checks that judge them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from hearth.kernel.figures import (
    COUNT,
    PERCENT,
    FigureSet,
    Printed,
    Setting,
    plain,
    read_basis,
    read_sets,
    read_setting,
    read_value,
    says_unknown,
    set_from_rows,
    topic_of,
)
from hearth.reviews.rules.content import Content, Grid, Snapshot, Statistic
from hearth.reviews.rules.form import Form

PART = "profile"
# The landlord's own people, as against the people of a place.
OWN = re.compile(r"\b(tenan\w*|leasehold\w*|applicants?|households?|customers?|our residents|lettings?)\b", re.I)
AREA = re.compile(
    r"\b(population|borough|district|county|city|wards?|england|wales|kingdom|national(?:ly)?|residents?|census)\b",
    re.I,
)
OFFICIAL = re.compile(r"\b(census|ons|office for national statistics|nomis|home office)\b", re.I)
NEGATIVE = re.compile(r"\b(no|not|none|never|without)\b", re.I)
RESIDUAL = re.compile(r"\bother\b", re.I)
HALF = Decimal(50)


@dataclass(frozen=True)
class Profile:
    """Every set of figures in question 5, and those that were put under question 6 by mistake."""

    sets: tuple[FigureSet, ...]
    setting: Setting
    not_held: tuple[str, ...] = ()  # characteristics for which a snapshot says "not held"

    @property
    def wholes(self) -> tuple[FigureSet, ...]:
        """The sets whose members are shares of one whole, two members or more."""
        return tuple(s for s in self.sets if is_whole(s))

    @property
    def own(self) -> tuple[FigureSet, ...]:
        """The wholes that are about the landlord's own people."""
        return tuple(s for s in self.wholes if not is_outside(s))


def read_profile(content: Content) -> Profile:
    """Read the profile of a review. Never raises."""
    return _read(
        content.profile.text,
        content.consultation.text,
        content.profile.tables,
        content.profile.snapshots,
        content.profile.statistics,
    )


@lru_cache(maxsize=32)  # twenty-four checks ask one after another
def _read(
    text: str,
    consultation: str,
    tables: tuple[Grid, ...],
    snapshots: tuple[Snapshot, ...],
    statistics: tuple[Statistic, ...],
) -> Profile:
    words = "\n".join([plain(text), *(plain(grid.caption) for grid in tables)])
    setting = read_setting(words)
    sets = list(read_sets(text, setting))
    sets += _from_grids(tables, setting)
    sets += [_from_snapshot(s) for s in snapshots if s.held]
    for statistic in statistics:
        sets += _from_statistic(statistic)
    # Profile figures are at times printed under the next question; only what is plainly a profile is taken from there.
    sets += [s for s in read_sets(consultation, setting) if s.additive and s.topic]
    not_held = tuple(s.characteristic for s in snapshots if not s.held)
    return Profile(tuple(_joined(sets)), setting, not_held)


def _from_grids(grids: Iterable[Grid], setting: Setting) -> Iterator[FigureSet]:
    heading = ""
    for grid in grids:
        captioned = grid.caption if topic_of(grid.caption) else ""
        headers = () if any(read_value(cell) for cell in grid.headers) else grid.headers
        rows = grid.rows if headers else (grid.headers, *grid.rows)
        found = set_from_rows(rows, headers=headers, heading=captioned or heading, setting=setting)
        yield from found
        heading = found[-1].heading if found else heading


def _from_snapshot(snapshot: Snapshot) -> FigureSet:
    figures = []
    for figure in snapshot.figures:
        unknown = figure.unknown or says_unknown(figure.label)
        value = read_value(figure.printed)
        if value:
            amount, decimals, unit = value
            figures.append(Printed(figure.label, amount, decimals, figure.printed, unit, unknown=unknown))
        if figure.count is not None and (value is None or value[2] == PERCENT):
            count = Decimal(figure.count)
            figures.append(Printed(figure.label, count, 0, str(figure.count), COUNT, unknown=unknown))
    return FigureSet(
        heading=snapshot.characteristic.replace("_", " ").capitalize(),
        figures=tuple(figures),
        additive=True,
        topic=topic_of(snapshot.characteristic.replace("_", " ")) or snapshot.characteristic,
        base=snapshot.base,
        base_printed=f"{snapshot.base:,}" if snapshot.base else "",
        population=snapshot.population,
        basis=read_basis(snapshot.basis) or snapshot.basis,
        source=snapshot.source,
        source_text=snapshot.source if OFFICIAL.search(snapshot.source) else "",
    )


def _from_statistic(statistic: Statistic) -> Iterator[FigureSet]:
    source = ", ".join(p for p in (statistic.title, statistic.publisher, statistic.period, statistic.published) if p)
    for found in read_sets(statistic.text):
        topic = found.topic or statistic.characteristic
        yield replace(found, source=statistic.publisher, source_text=source, topic=topic)


def _joined(sets: list[FigureSet]) -> list[FigureSet]:
    """Sets of one heading that a page break cut in two, made one again."""
    joined: list[FigureSet] = []
    for found in sets:
        last = joined[-1] if joined else None
        if last and _continues(last, found):
            joined[-1] = replace(last, figures=last.figures + found.figures)
        else:
            joined.append(found)
    return joined


def _continues(last: FigureSet, found: FigureSet) -> bool:
    same = last.additive and found.additive and last.heading and last.heading == found.heading
    if not same or last.text or found.text or last.population != found.population:
        return False
    labels = {f.label for f in last.members}
    return not last.complete and not labels & {f.label for f in found.members}


def is_whole(figures: FigureSet) -> bool:
    """Whether the members are meant to be all of one whole.

    A paragraph that gives two shares of a few per cent each names examples, so prose must reach half of the whole.
    """
    return figures.additive and len(figures.members) > 1 and (not figures.text or figures.total >= HALF)


def is_outside(figures: FigureSet) -> bool:
    """Whether the figures are about the people of a place, not the landlord's own: a census, or "the population"."""
    if OWN.search(figures.population):
        return False
    if is_official(figures):
        return True
    return bool(AREA.search(figures.population))


def is_official(figures: FigureSet) -> bool:
    """Whether the figures are quoted from a census or an office of statistics."""
    return bool(OFFICIAL.search(f"{figures.source} {figures.source_text}"))


def topics_of(form: Form) -> dict[str, str]:
    """The kernel's topic of each characteristic of a form, by its code, in the form's order."""
    found = {}
    for characteristic in form.characteristics:
        names = (characteristic.code.replace("_", " "), characteristic.label, *characteristic.aliases)
        found[characteristic.code] = next((t for name in names if (t := topic_of(name))), characteristic.code)
    return found


def name(figures: FigureSet) -> str:
    """How a message calls a set: its heading, or its topic."""
    return figures.heading or figures.topic.replace("_", " ").capitalize() or "Figures"


def quote(figures: FigureSet, most: int = 9) -> str:
    """The printed figures of a set with their labels, for showing."""
    shown = [f"{f.label} {f.printed}".strip() for f in figures.members[:most]]
    return "; ".join(shown) + ("; …" if len(figures.members) > most else "")


def listed(words: Iterable[str]) -> str:
    """Words in a row: "a, b and c"."""
    words = list(dict.fromkeys(words))
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""
