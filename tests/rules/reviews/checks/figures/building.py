"""Reviews that hold nothing but a profile, and a short way to run one check on them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from hearth.kernel.findings import Finding
from hearth.reviews.rules.checks.context import Context
from hearth.reviews.rules.checks.disclosure import DISCLOSURE_CHECKS
from hearth.reviews.rules.checks.figures import FIGURE_CHECKS
from hearth.reviews.rules.content import Affected, Content, Grid, Profile
from hearth.reviews.rules.form import form_from

ROOT = Path(__file__).parents[5]
EDITION = ROOT / "src/hearth/reviews/editions/dartford.yaml"
FORM = form_from(yaml.safe_load(EDITION.read_text(encoding="utf-8")), landlord="Anytown Council")
CONTEXT = Context(today=date(2026, 5, 1))
CHECKS = {check.code: check for check in (*FIGURE_CHECKS, *DISCLOSURE_CHECKS)}
HOMES = "The council owns 5,120 homes."
PEOPLE = "The total tenant population is 4,870."


def review(text: str = "", *, affected: str = "", rows: tuple[tuple[str, ...], ...] = (), **more: Any) -> Content:
    """A review with this answer to question 5; `rows` are (characteristic, category, figure)."""
    tables = (Grid(rows=rows),) if rows else ()
    content = Content(profile=Profile(text=text, tables=tables), affected=Affected(text=affected))
    return replace(content, **more)


def found(code: str, content: Content, context: Context = CONTEXT) -> tuple[Finding, ...]:
    """What one check says of a review."""
    return CHECKS[code].run(content, FORM, context)


def codes(content: Content, context: Context = CONTEXT) -> set[str]:
    """The codes of all the checks that speak."""
    return {finding.code for check in CHECKS.values() for finding in check.run(content, FORM, context)}
