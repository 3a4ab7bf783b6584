"""A check on consistency: how other reviews of this landlord counted the same measure (CAR-26).

Source: Customer Access Review reference, section 2.3; fault F-34.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hearth.kernel.findings import Finding, Level
from hearth.reviews.rules.checks import words
from hearth.reviews.rules.checks.catalogue import Check
from hearth.reviews.rules.checks.context import Context
from hearth.reviews.rules.content import Content, State
from hearth.reviews.rules.form import Form

CONSISTENT = "One measure, one answer: how earlier reviews counted it"

MEASURES = {
    "Braille": r"\bbraille\b",
    "audio": r"\baudio",
    "large print": r"\blarge[- ]print\b",
    "Easy Read": r"\beasy read\b",
    "translation": r"\btranslat",
    "sign language": r"\bsign language\b",
    "interpreting": r"(?<!sign language )\binterpret",
    "Relay UK": r"\brelay\b",
    "transport": r"\btransport\b",
    "accessible venues": r"\bwheel\s?-?chair|\baccessible (?:venue|meeting|lift|toilet)|\bramps?\b|\bmobility needs\b",
    "alternative formats": r"\balternative formats?\b",
    "hearing loops": r"\bhearing loops?\b",
    "childcare": r"\bchild\s?care\b",
    "advocates": r"\badvocates?\b",
    "reasonable adjustments": r"\breasonable adjustments?\b",
    "a choice of staff": r"\bmember of staff\b.{0,40}\bsame sex\b|\bsame[- ]sex (?:member of )?staff\b",
}


def measures_in(text: str) -> frozenset[str]:
    """The measures that a text tells of, by their plain names."""
    straight = words.plain(text).lower()
    return frozenset(name for name, pattern in MEASURES.items() if re.search(pattern, straight))


def counted_otherwise(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """G05: another review counted the same measure as positive for a row that says something else here."""
    explained = content.explanation.text
    for c, impact in words.rows_of(content, form):
        if impact.state in {State.POSITIVE, State.MIXED, State.BLANK, State.NOT_APPLICABLE}:
            continue
        here = measures_in(f"{explained}\n{impact.positive}")
        same: dict[int, frozenset[str]] = {}
        for other in context.earlier:
            there = other.content.impact(c.code)
            if there.state in {State.POSITIVE, State.MIXED} and here & measures_in(there.positive):
                same[other.year] = here & measures_in(there.positive)
        if same:
            names = words.listed(sorted(frozenset[str]().union(*same.values())))
            years = words.listed(str(year) for year in sorted(same))
            message = f"A similar measure ({names}) was recorded as positive for {c.label} in {years}. Use one answer."
            yield Finding("G05", Level.INFORM, message, f"impacts.{c.code}", names, CONSISTENT, State.POSITIVE.value)


COMPARING_CHECKS = (
    Check(
        "G05",
        Level.INFORM,
        "Other reviews counted the same measure otherwise",
        CONSISTENT,
        counted_otherwise,
        ("impacts", "explanation"),
    ),
)
