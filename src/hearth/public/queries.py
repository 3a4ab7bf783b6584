"""A published review as pictures, and which formats of it are had at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hearth.reviews import queries as reviews
from hearth.ui import charts, words

SMALL = ("docx", "odt", "pdf", "large_print_16", "large_print_18", "large_print_24", "txt")  # made at once
MARKS = {
    "positive": charts.Mark("Positive impact", "triangle-up", "#0f7a52"),
    "negative": charts.Mark("Negative impact", "triangle-down", "#b3262e"),
    "mixed": charts.Mark("Positive and negative impact", "cross", "#54319f"),
    "no_impact": charts.Mark("No impact", "circle", "#1d4f5b"),
    "unknown": charts.Mark("Unknown", "diamond", "#6d4a00"),
    "not_applicable": charts.Mark("Not applicable", "square", "#484949"),
    "contradictory": charts.Mark("Contradictory answers", "cross", "#b3262e"),
    "blank": charts.Mark("Not decided", "diamond", "#484949"),
}


def charts_of(publication: Any) -> tuple[charts.Chart, list[charts.Chart]]:
    """The matrix of a published review, and its profile, as pictures with their tables."""
    facts = reviews.published_facts(publication)
    shown = reviews.pictures_of(facts.content, facts.form)
    cells = [(label, (MARKS[state.value],)) for label, state in shown.matrix]
    matrix = charts.matrix_overview(
        title="Impact on people with each protected characteristic",
        columns=("What was found",),
        cells=cells,
        description="What the review found for each characteristic. The reasons stand under question 8.",
        source=f"Source: this review, as published on {words.day(publication.at)}.",
    )
    return matrix, list(_profile(shown.profile))


def _profile(shares: Iterable[Any]) -> Iterable[charts.Chart]:
    for one in shares:
        bars = [charts.Bar(bar.label, bar.value, shown=bar.shown) for bar in one.bars]
        yield charts.bar_chart(title=one.title, bars=bars, value_header="Share", source=one.source)
