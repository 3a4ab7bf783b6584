"""Everything that is checked in a Customer Access Review: `run`, `blocking` and the `CATALOGUE`.

C01 to C30 look at reasoning and process, G01 to G05 at what the requirements ask besides, V01 to V18 at completeness,
D and S at figures and at small numbers. A check only speaks: nothing is changed, and no message judges what is lawful.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from hearth.kernel.findings import Finding, Level
from hearth.reviews.rules.checks.actions import ACTION_CHECKS
from hearth.reviews.rules.checks.catalogue import Check
from hearth.reviews.rules.checks.comparing import COMPARING_CHECKS
from hearth.reviews.rules.checks.completeness import COMPLETENESS_CHECKS
from hearth.reviews.rules.checks.context import Context
from hearth.reviews.rules.checks.disclosure import DISCLOSURE_CHECKS
from hearth.reviews.rules.checks.figures import FIGURE_CHECKS
from hearth.reviews.rules.checks.groups import uncovered_groups, uncovered_names
from hearth.reviews.rules.checks.impacts import IMPACT_CHECKS
from hearth.reviews.rules.checks.people import PEOPLE_CHECKS
from hearth.reviews.rules.checks.sources import SOURCE_CHECKS
from hearth.reviews.rules.checks.timing import TIMING_CHECKS
from hearth.reviews.rules.content import Content
from hearth.reviews.rules.form import Form

__all__ = ["CATALOGUE", "Check", "blocking", "run", "uncovered_groups", "uncovered_names"]

REASONING_CHECKS = (*TIMING_CHECKS, *PEOPLE_CHECKS, *IMPACT_CHECKS, *ACTION_CHECKS, *SOURCE_CHECKS, *COMPARING_CHECKS)
CATALOGUE: tuple[Check, ...] = tuple(
    sorted((*REASONING_CHECKS, *COMPLETENESS_CHECKS, *FIGURE_CHECKS, *DISCLOSURE_CHECKS), key=lambda check: check.code)
)
_LOUDNESS = {Level.BLOCK: 0, Level.WARN: 1, Level.INFORM: 2}


def run(content: Content, form: Form, context: Context) -> tuple[Finding, ...]:
    """Every finding of every check, in the order of the form's parts, the loudest first within a part."""
    found = [finding for check in CATALOGUE for finding in check.run(content, form, context)]
    places = _places(form)
    last = len(places)
    return tuple(sorted(found, key=lambda f: (places.get(f.part, last), _LOUDNESS[f.level], f.code, f.part, f.message)))


def blocking(findings: Iterable[Finding], overrides: Mapping[str, str]) -> tuple[Finding, ...]:
    """The findings that still stop a signature: those of level BLOCK, less those with a recorded reason.

    `overrides` holds reasons by check code. A reason counts only for a check that is overridable.
    """
    passable = {check.code for check in CATALOGUE if check.overridable and overrides.get(check.code, "").strip()}
    return tuple(f for f in findings if f.level is Level.BLOCK and f.code not in passable)


def _places(form: Form) -> dict[str, int]:
    """The position of each part on the form."""
    order = ["details"]
    for question in form.questions:
        for part in (question.answers, *(lettered.answers for lettered in question.parts)):
            if part == "impacts":
                order += ["duty", "impacts", *(f"impacts.{c.code}" for c in form.characteristics)]
            elif part:
                order.append(part)
    return {part: place for place, part in reversed(list(enumerate(order)))}
