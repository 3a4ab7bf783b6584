"""What the pictures of a review show, before they are drawn: its matrix, and the shares in its profile.

A picture shows nothing that the words do not say: figures are read off the same text and tables, so a figure that was
hidden before publishing is not in the picture either (CAR-48).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hearth.kernel.figures import PERCENT, FigureSet, read_sets, read_value, set_from_rows
from hearth.reviews.rules.content import Content, Profile, Snapshot, State
from hearth.reviews.rules.form import Form

LEAST = 3  # figures that make a picture worth its place


@dataclass(frozen=True)
class Bar:
    """One share in per cent; None where it is not shown, and then `shown` says why."""

    label: str
    value: float | None
    shown: str = ""


@dataclass(frozen=True)
class Shares:
    """The shares of one characteristic."""

    title: str
    bars: tuple[Bar, ...]
    source: str = ""


@dataclass(frozen=True)
class Pictures:
    """What was found for each characteristic, and the profile."""

    matrix: tuple[tuple[str, State], ...]
    profile: tuple[Shares, ...]


def of(content: Content, form: Form) -> Pictures:
    """The pictures of a review on its form."""
    rows = tuple((c.label, content.impact(c.code).state) for c in form.characteristics)
    return Pictures(rows, tuple(_profile(content.profile, form)))


def _profile(profile: Profile, form: Form) -> Iterable[Shares]:
    labels = {c.code: c.label for c in form.characteristics}
    for snapshot in profile.snapshots:
        if len(snapshot.figures) >= LEAST:
            name = labels.get(snapshot.characteristic, snapshot.characteristic.replace("_", " ").capitalize())
            yield Shares(name, tuple(_bars(snapshot)), _source(snapshot))
    for grid in profile.tables:
        for block in set_from_rows(grid.rows, headers=grid.headers):
            yield from _block(block, labels, grid.caption)
    for block in read_sets(profile.text):
        yield from _block(block, labels, "")


def _bars(snapshot: Snapshot) -> Iterable[Bar]:
    for figure in snapshot.figures:
        read = read_value(figure.printed)
        if read is not None and "%" in figure.printed:
            yield Bar(figure.label, float(read[0]))
        elif figure.count is not None and snapshot.base:
            yield Bar(figure.label, round(100 * figure.count / snapshot.base, 1))
        else:
            yield Bar(figure.label, None, figure.printed or "not shown")


def _source(snapshot: Snapshot) -> str:
    told = [
        f"Source: {snapshot.source}" if snapshot.source else "",
        snapshot.basis,
        f"As at {snapshot.as_at}" if snapshot.as_at else "",
        f"Base: {snapshot.base:,}" if snapshot.base else "",
    ]
    return ". ".join(words for words in told if words)


def _block(block: FigureSet, labels: dict[str, str], caption: str) -> Iterable[Shares]:
    shares = [figure for figure in block.members if figure.unit == PERCENT and figure.label]
    if len(shares) < LEAST or not block.topic or not (block.additive or caption):
        return
    bars = tuple(
        Bar(label, float(figure.value)) for label, figure in zip(_apart([f.label for f in shares]), shares, strict=True)
    )
    told = [
        f"Source: {block.source or caption or 'the text of this review, where it says more about it'}",
        block.basis,
        f"Base: {block.base:,}" if block.base else "",
    ]
    name = labels.get(block.topic, block.topic.replace("_", " ").capitalize())
    yield Shares(name, bars, ". ".join(words for words in told if words))


def _apart(labels: list[str]) -> list[str]:
    """Labels that differ: a document may print the same answer twice, and both bars are shown."""
    return [label if label not in labels[:n] else f"{label} (printed again)" for n, label in enumerate(labels)]
