"""The pictures of a review: profile, matrix, life, and all reviews by state and due date (CAR-50)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from hearth.reviews.models import Review
from hearth.reviews.rules.checks.figures.profile import read_profile
from hearth.reviews.rules.content import Content, Impact, State
from hearth.reviews.rules.form import Form
from hearth.reviews.rules.lifecycle import LABELS, Status
from hearth.ui.charts import Bar, Chart, Due, Event, Mark, bar_chart, matrix_overview, states_and_due, timeline_chart

MARKS = {
    State.BLANK: Mark("Not decided", "diamond", "#6f777b"),
    State.POSITIVE: Mark("Positive", "triangle-up", "#0f7a52"),
    State.NEGATIVE: Mark("Negative", "triangle-down", "#b3262e"),
    State.MIXED: Mark("Both", "cross", "#54319f"),
    State.NO_IMPACT: Mark("No impact", "circle", "#1d4f5b"),
    State.UNKNOWN: Mark("Unknown", "square", "#a3541b"),
    State.NOT_APPLICABLE: Mark("Not applicable", "circle", "#6f777b"),
    State.CONTRADICTORY: Mark("Contradictory", "cross", "#b3262e"),
}


def matrix_chart(form: Form, content: Content) -> Chart:
    """Each characteristic with its state, and the aims that its impacts serve."""
    columns = ("Impact", *(f"Aim {aim.code}" for aim in form.aims))
    cells = []
    for c in form.characteristics:
        impact = content.impact(c.code)
        cells.append((c.label, (MARKS[impact.state], *(_aim_mark(impact, aim.code) for aim in form.aims))))
    aims = "; ".join(f"aim {aim.code}: {aim.label}" for aim in form.aims)
    return matrix_overview(
        title="Impacts at a glance", columns=columns, cells=cells, description=f"{aims.capitalize()}."
    )


def _aim_mark(impact: Impact, aim: str) -> Mark | None:
    good, bad = aim in impact.positive_aims, aim in impact.negative_aims
    if good and bad:
        return MARKS[State.MIXED]
    return MARKS[State.POSITIVE] if good else MARKS[State.NEGATIVE] if bad else None


def profile_charts(form: Form, content: Content) -> list[Chart]:
    """A chart of each set of shares that makes a whole, from frozen profiles or read from the answer's own words."""
    names = {c.code: c.label for c in form.characteristics}
    charts: list[Chart] = []
    for found in read_profile(content).wholes:
        about = names.get(found.topic) or found.heading or "Profile"
        people = f" of {found.population}" if found.population and found.population not in about else ""
        base = f"Base: {found.base:,}. " if found.base else ""
        bars = [Bar(figure.label, float(figure.value), shown=figure.printed) for figure in found.members]
        source = f"{base}{'Source: ' + found.source if found.source else ''}".strip()
        title = f"{about}{people}"
        while any(chart.title == title for chart in charts):
            title += " (again)"
        charts.append(bar_chart(title=title, bars=bars, label_header="Category", value_header="Share", source=source))
    return charts


def _day(value: datetime | date | str | None) -> date | None:
    if isinstance(value, str):
        value = parse_datetime(value)
    if isinstance(value, datetime):
        return timezone.localtime(value).date()
    return value


def life(review: Review, *, on: date) -> Chart:
    """The days of a review's life, and the next one to come."""
    done: list[tuple[str, date | None]] = [
        ("Begun", None if review.history else _day(review.recorded_at)),
        ("Assessed", review.assessed_on),
        ("Screened", _day(review.screening.get("decided_at"))),
        ("Submitted", _day(review.submitted_at)),
    ]
    done += [(f"Signed: {s.post_title}", s.on) for s in review.sign_offs.all() if not s.void and s.addendum_id is None]
    done += [
        ("Approved", review.approved_on),
        ("Dispatched", _day(review.dispatched_at)),
        ("Published", _day(review.published_at)),
        ("Next review", review.next_review_on),
    ]
    events = [Event(label, when, kind="To come" if when > on else "Done") for label, when in done if when]
    events.sort(key=lambda event: event.on)
    return timeline_chart(
        title="Life of the review", events=events, description=f"It is now: {review.get_status_display().lower()}."
    )


def states_chart(rows: Iterable[Mapping[str, object]]) -> Chart:
    """All reviews by state, and whether their next review is in time, soon or late."""
    by_state = {str(row["status"]): row for row in rows}
    due = [
        Due(LABELS[state], *(int(str(by_state[state][part])) for part in ("in_time", "soon", "late")))
        for state in Status
        if state in by_state
    ]
    return states_and_due(
        title="All reviews by state and due date",
        counts=due,
        description="Late: the day of the next review has passed. Due soon: it comes within three months.",
    )
