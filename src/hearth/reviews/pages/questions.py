"""Where a part stands on the form: its question, wording, notes and neighbours, all from the form definition."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hearth.reviews.rules.form import Form, Lettered, Question


@dataclass(frozen=True)
class Note:
    """A note of the form; `fits` where it speaks of just this kind of activity (CAR-24)."""

    text: str
    fits: bool = False


@dataclass(frozen=True)
class Place:
    """A part on its form. `wording` is printed exactly; `heading` is short, for titles and lists."""

    key: str
    heading: str
    label: str  # in a list: "Question 5"
    wording: str = ""
    lettered: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    hint: str = ""
    footnote: str = ""
    step: str = ""
    before: str = ""  # the key of the part before it
    after: str = ""


def places(form: Form) -> list[tuple[str, str]]:
    """Every part that the form asks for, in its order, with the step to which it belongs ("" for the details)."""
    found = [("details", "")]
    for step in form.steps:
        title = f"Step {step.number}: {step.title}"
        for question in step.questions:
            found += [(key, title) for key in keys_of(question, form)]
    return found


def keys_of(question: Question, form: Form) -> Iterator[str]:
    """The parts that answer one question."""
    if question.answers == "impacts":
        yield "duty"
        yield from (f"impacts.{c.code}" for c in form.characteristics)
    elif question.answers:
        yield question.answers
    else:
        yield from (lettered.answers for lettered in question.parts if lettered.answers)


def place_of(key: str, form: Form, *, activity: str = "") -> Place:
    """Where a part stands. Raises KeyError where the form does not ask for it."""
    order = places(form)
    keys = [one for one, _ in order]
    if key == "impacts":
        at, step = keys.index("duty"), dict(order)["duty"]
    else:
        if key not in keys:
            raise KeyError(key)
        at, step = keys.index(key), dict(order)[key]
    question = form.question_for(key)
    if key == "details" or question is None:
        return Place(key, "Assessment details", "Assessment details", after=keys[at + 1])
    heading, wording = _named(key, question, form)
    matrix = question.answers == "impacts"
    return Place(
        key=key,
        heading=heading,
        label=heading,
        wording=wording,
        lettered=tuple(f"{part.letter}) {form.say(part.wording)}" for part in _listed(question, key)),
        notes=tuple(Note(form.say(note), _fits(note, activity)) for note in question.notes)
        if matrix
        else _notes(question, form),
        hint=form.say(question.hint),
        footnote=_footnote(key, form),
        step=step,
        before=keys[at - 1],
        after=keys[at + 1] if at + 1 < len(keys) else "",
    )


def _named(key: str, question: Question, form: Form) -> tuple[str, str]:
    letter = _letter(key, question)
    if letter:
        return f"Question {question.number}{letter.letter}", form.say(letter.wording)
    wording = form.say(question.wording)
    if key.startswith("impacts."):
        label = form.characteristic(key.removeprefix("impacts.")).label
        return f"Question {question.number}: {label}", wording
    if key == "duty":
        return f"Question {question.number}: before you begin", wording
    return f"Question {question.number}", wording


def _letter(key: str, question: Question) -> Lettered | None:
    return next((part for part in question.parts if part.answers == key), None)


def _listed(question: Question, key: str) -> tuple[Lettered, ...]:
    return () if _letter(key, question) else question.parts


def _notes(question: Question, form: Form) -> tuple[Note, ...]:
    return tuple(Note(form.say(note)) for note in question.notes)


def _fits(note: str, activity: str) -> bool:
    """Whether a note speaks of this kind of activity, by its own words ("For existing activities, …")."""
    return bool(activity) and bool(re.search(rf"\b{re.escape(activity)}\b", note, re.IGNORECASE))


def _footnote(key: str, form: Form) -> str:
    if key.startswith("impacts."):
        return form.say(form.characteristic(key.removeprefix("impacts.")).note)
    return "\n".join(form.say(note) for note in form.footnotes) if key == "impacts" else ""
