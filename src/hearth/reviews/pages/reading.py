"""What was read off a document, beside the document itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from hearth.kernel.findings import Finding
from hearth.reviews.models import Part, Reading, Review
from hearth.reviews.pages.answers import said
from hearth.reviews.pages.links import part_url
from hearth.reviews.pages.questions import place_of, places
from hearth.reviews.rules.checks.context import SignOff
from hearth.reviews.rules.content import PART_CLASSES
from hearth.reviews.rules.form import Form
from hearth.reviews.rules.lifecycle import Exception_, exceptions
from hearth.ui.tags import Tag

SURE, FAIRLY = 0.85, 0.6


@dataclass(frozen=True)
class Piece:
    """A stretch of the document: a line, a whole table, a page break or a picture."""

    kind: str  # "line", "heading", "table", "page", "image"
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    number: int = 0  # of the page, or of the table


def pieces(passages: Iterable[Mapping[str, Any]]) -> list[Piece]:
    """The document in pieces; rows of one table come together."""
    found: list[Piece] = []
    rows: list[tuple[str, ...]] = []
    table, page, tables = None, 1, 0
    for one in [*passages, {"end": True}]:
        if rows and one.get("table") != table:
            tables += 1
            width = max(len(row) for row in rows)
            found.append(Piece("table", rows=tuple((*row, *[""] * (width - len(row))) for row in rows), number=tables))
            rows = []
        if "row" in one:
            table = one.get("table")
            rows.append(tuple(one["row"]))
        elif "page" in one:
            page += 1
            found.append(Piece("page", number=page))
        elif "image" in one:
            found.append(Piece("image", text=one["image"]))
        elif "line" in one and one["line"].strip():
            found.append(Piece("heading" if one.get("level") else "line", text=one["line"]))
    return found


@dataclass(frozen=True)
class Answer:
    """One answer as it was read and stands now."""

    key: str
    label: str
    heading: str
    said: list[tuple[str, str]]
    confidence: Tag | None
    reason: str
    doubts: list[Mapping[str, str]]
    findings: list[Finding]
    changed: bool  # somebody has corrected it since it was read
    href: str


def confidence(share: float) -> Tag:
    """How sure the reader is, in a word and a figure."""
    word, colour = (
        ("Sure", "green") if share >= SURE else ("Fairly sure", "yellow") if share >= FAIRLY else ("Unsure", "orange")
    )
    return Tag(f"{word}: {round(share * 100)}%", colour)


def answers(
    review: Review, form: Form, report: Mapping[str, Any], parts: Mapping[str, Part], found: Iterable[Finding]
) -> list[tuple[str, list[Answer]]]:
    """Every answer, by step: what it says, how sure the reader was, and what is doubtful about it."""
    findings = list(found)
    steps: dict[str, list[Answer]] = {}
    for key, step in places(form):
        steps.setdefault(step or "Assessment details", []).append(
            _answer(key, review, form, report, parts.get(key), findings)
        )
    return list(steps.items())


def _answer(
    key: str, review: Review, form: Form, report: Mapping[str, Any], part: Part | None, findings: list[Finding]
) -> Answer:
    where = place_of(key, form)
    placed = report.get("placed", {}).get(key)
    return Answer(
        key=key,
        label=where.label,
        heading=where.heading,
        said=said(part.key, part.value, form) if part else [],
        confidence=confidence(placed["confidence"]) if placed else None,
        reason=placed["reason"] if placed else "",
        doubts=[doubt for doubt in report.get("doubts", []) if doubt["part"] == key],
        findings=[finding for finding in findings if finding.part == key],
        changed=part is not None and part.number > 1,
        href=part_url(review, key, form),
    )


def elsewhere(form: Form, report: Mapping[str, Any]) -> list[Mapping[str, str]]:
    """Doubts that are about no one answer, such as the signatures."""
    keys = {key for key, _ in places(form)}
    return [doubt for doubt in report.get("doubts", []) if doubt["part"] not in keys]


@dataclass(frozen=True)
class Loose:
    """A text of the document that stands under no question."""

    index: int
    text: str
    put: str = ""  # where somebody has put it since, and who


def loose(form: Form, held: Reading) -> list[Loose]:
    """What could not be placed; nothing of it is ever thrown away."""
    names = dict(slots(form))
    put = {
        one["index"]: f"{names.get(one['key'], one['key'])}, by {one['by']}"
        for one in held.report.get("placed_later", [])
    }
    texts = held.report.get("unplaced", [])
    return [Loose(index, text, put.get(index, "")) for index, text in enumerate(texts)]


def slots(form: Form) -> list[tuple[str, str]]:
    """The answers that can take a text: those with words of their own, and both columns of the matrix."""
    found: list[tuple[str, str]] = []
    for key, _ in places(form):
        where = place_of(key, form)
        if key.startswith("impacts."):
            found += [(f"{key}:positive", f"{where.label}: positive"), (f"{key}:negative", f"{where.label}: negative")]
        elif key.startswith("extra.") or hasattr(PART_CLASSES[key](), "text"):
            found.append((key, f"{where.label}: {where.heading}" if where.heading not in where.label else where.label))
    return found


def old_signatures(report: Mapping[str, Any]) -> tuple[SignOff, ...]:
    """The signatures that the document shows."""
    return tuple(
        SignOff(
            post=one["post"],
            on=date.fromisoformat(one["on"]) if one.get("on") else None,
            name=one.get("name"),
            verb=one.get("verb", ""),
            printed_on=one.get("printed_on", ""),
            image=bool(one.get("image")),
        )
        for one in report.get("sign_offs", [])
    )


def odd(report: Mapping[str, Any], *, begun: date | None) -> list[Exception_]:
    """What is odd about the signatures that the document shows (CAR-34)."""
    return exceptions(old_signatures(report), begun=begun)
