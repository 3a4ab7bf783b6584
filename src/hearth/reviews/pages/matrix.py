"""The matrix as a table: every characteristic of the form with its state, blank until somebody decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from hearth.kernel.findings import Finding, Level
from hearth.kernel.words import listed
from hearth.reviews.models import Part, Review
from hearth.reviews.pages.links import review_url
from hearth.reviews.rules.content import Content, Impact, State
from hearth.reviews.rules.form import Form
from hearth.reviews.rules.printing import STATES
from hearth.ui.tables import Cell, Table
from hearth.ui.tags import Tag
from hearth.ui.words import moment

COLOURS = {
    State.BLANK: "grey",
    State.POSITIVE: "green",
    State.NEGATIVE: "orange",
    State.MIXED: "purple",
    State.NO_IMPACT: "blue",
    State.UNKNOWN: "yellow",
    State.NOT_APPLICABLE: "grey",
    State.CONTRADICTORY: "red",
}
ADDED = "Added by the council"


def matrix_table(
    review: Review, form: Form, content: Content, parts: Mapping[str, Part], found: Iterable[Finding], *, links: bool
) -> Table:
    """One row a characteristic, in the form's order."""
    findings = list(found)
    rows: list[tuple[Any, ...]] = []
    for c in form.characteristics:
        key = f"impacts.{c.code}"
        impact, part = content.impact(c.code), parts.get(key)
        href = review_url(review, "part", key=key) if links else ""
        rows.append(
            (
                Cell(f"{c.label}{'*' if c.note else ''}", href=href, hint="" if c.protected else ADDED),
                Tag(STATES[impact.state], COLOURS[impact.state]),
                _aims(impact),
                _found([f for f in findings if f.part == key]),
                Cell(part.saved_by, hint=moment(part.saved_at)) if part else "Nobody yet",
            )
        )
    headers: tuple[str, ...] = (form.columns[0].capitalize(), "Impact", "Aims", "Checks", "Saved by")
    if form.scoring:
        scores = tuple(_score(content.impact(c.code), form) for c in form.characteristics)
        headers = (*headers, "Score")
        rows = [(*row, score) for row, score in zip(rows, scores, strict=True)]
    return Table("Impacts", headers, tuple(rows), stack=True, hidden_caption=True)


def _aims(impact: Impact) -> str:
    aims = sorted({*impact.positive_aims, *impact.negative_aims})
    return listed(aims) if aims else "None named"


def _found(findings: list[Finding]) -> Cell:
    blocks = sum(f.level is Level.BLOCK for f in findings)
    warns = sum(f.level is Level.WARN for f in findings)
    tags: tuple[Tag, ...] = (Tag(f"{blocks} to put right", "red"),) if blocks else ()
    tags += (Tag(f"{warns} to look at", "orange"),) if warns else ()
    return Cell("" if tags else "Nothing found", tags=tags)


def _score(impact: Impact, form: Form) -> str:
    """Severity by likelihood, with the band that the form gives it."""
    if not (impact.severity and impact.likelihood and form.scoring):
        return "Not scored"
    product = impact.severity * impact.likelihood
    bands = [label for floor, label in sorted(form.scoring.bands) if product >= floor]
    return f"{product}: {bands[-1]}" if bands else str(product)
