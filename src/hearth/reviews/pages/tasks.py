"""The task list of a review: the steps of its form, and how far each answer is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from hearth.kernel.findings import Finding, Level
from hearth.reviews.models import Part, Review
from hearth.reviews.pages.links import part_url
from hearth.reviews.pages.questions import place_of, places
from hearth.reviews.rules.form import Form
from hearth.ui.tags import Tag
from hearth.ui.words import moment

LATELY = timedelta(hours=24)


@dataclass(frozen=True)
class Task:
    """One line of the list: a question with how far its answer is."""

    text: str
    hint: str
    status: Tag | str
    href: str = ""


@dataclass(frozen=True)
class TaskStep:
    """A step of the form with its tasks; instructions have no answer and stand as they are printed."""

    title: str
    tasks: tuple[Task, ...]
    instructions: tuple[str, ...] = ()


def _status(part: Part | None, found: list[Finding]) -> Tag | str:
    if part is None:
        return Tag("Not started", "grey")
    levels = [finding.level for finding in found]
    if Level.BLOCK in levels:
        return Tag(f"{levels.count(Level.BLOCK)} to put right", "red")
    if Level.WARN in levels:
        return Tag(f"{levels.count(Level.WARN)} to look at", "orange")
    return "Answered"


def _hint(part: Part | None) -> str:
    return f"Saved by {part.saved_by}, {moment(part.saved_at)}" if part else ""


def task_steps(
    review: Review, form: Form, parts: Mapping[str, Part], found: Iterable[Finding], *, links: bool
) -> list[TaskStep]:
    """The steps with their questions. The matrix is one task, with its own overview behind it."""
    by_part: dict[str, list[Finding]] = {}
    for finding in found:
        stem = "impacts" if finding.part == "duty" or finding.part.startswith("impacts") else finding.part
        by_part.setdefault(stem, []).append(finding)
    grouped: dict[str, list[str]] = {"": []}
    for key, step in places(form):
        stem = "impacts" if key == "duty" or key.startswith("impacts.") else key
        if stem not in grouped.setdefault(step, []):
            grouped[step].append(stem)
    steps = []
    if grouped[""]:
        details = tuple(_task(key, review, form, parts, by_part, links) for key in grouped[""])
        steps.append(TaskStep("Assessment details", details))
    for form_step in form.steps:
        title = f"Step {form_step.number}: {form_step.title}"
        tasks = tuple(_task(key, review, form, parts, by_part, links) for key in grouped.get(title, []))
        orders = tuple(
            f"{q.number}. {form.say(q.wording)}"
            for q in form_step.questions
            if not q.answers and not any(part.answers for part in q.parts)
        )
        steps.append(TaskStep(title, tasks, orders))
    return steps


def _task(
    key: str, review: Review, form: Form, parts: Mapping[str, Part], found: Mapping[str, list[Finding]], links: bool
) -> Task:
    href = part_url(review, key, form) if links else ""
    if key == "impacts":
        return _matrix_task(review, form, parts, found.get(key, []), href)
    part = parts.get(key)
    place = place_of(key, form)
    number = place.label.removeprefix("Question ")
    wording = place.label if not place.wording else f"{number}. {place.wording}"
    return Task(wording, _hint(part), _status(part, found.get(key, [])), href)


def _matrix_task(review: Review, form: Form, parts: Mapping[str, Part], found: list[Finding], href: str) -> Task:
    rows = [parts[key] for c in form.characteristics if (key := f"impacts.{c.code}") in parts]
    latest = max(rows, key=lambda part: part.saved_at, default=None)
    done = f"{len(rows)} of {len(form.characteristics)} characteristics touched"
    hint = f"{done}. {_hint(latest)}" if latest else done
    question = form.question_for("impacts.")
    number = question.number if question else ""
    wording = form.say(question.wording) if question else ""
    return Task(f"{number}. {wording}", hint, _status(latest, found), href)


def progress(form: Form, parts: Mapping[str, Any]) -> tuple[int, int]:
    """How many parts have been touched, of how many."""
    keys = [key for key, _ in places(form) if key != "duty"]
    return sum(key in parts for key in keys), len(keys)


def lately(parts: Iterable[Part], form: Form, *, me: str, now: datetime) -> list[str]:
    """What others saved within a day, the latest first."""
    others = [p for p in parts if p.saved_by != me and now - p.saved_at < LATELY]
    others.sort(key=lambda part: part.saved_at, reverse=True)
    found = []
    for part in others[:5]:
        try:
            found.append(f"{part.saved_by} saved {place_of(part.key, form).label}, {moment(part.saved_at)}")
        except KeyError:
            continue
    return found
