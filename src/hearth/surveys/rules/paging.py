"""A questionnaire in pages, so that a filter has been answered before what hangs on it is shown. Pure.

Without filters everything is on one page: one request to see it, one to send it, and a telephone that loses its signal
in between has lost nothing. With filters a new page begins before the first question that hangs on an answer of the
same page; so no page needs a script to hide what does not apply. Questions about the person themselves come last.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from hearth.surveys.rules.answering import asks
from hearth.surveys.rules.instrument import Instrument, Question, Section


@dataclass(frozen=True)
class Step:
    """One page of the form: sections, or what of a section is on this page."""

    number: int  # from 0
    sections: tuple[Section, ...]

    def questions(self) -> Iterator[Question]:
        """The page's questions in order."""
        for section in self.sections:
            yield from section.questions

    @property
    def about_you(self) -> bool:
        """Whether the page asks about the person themselves, for which it must say why."""
        return any(question.characteristic for question in self.questions())


def has_filters(instrument: Instrument) -> bool:
    """Whether some question hangs on the answer to another."""
    return any(question.only_if for question in instrument.questions())


def steps(instrument: Instrument, *, whole: bool = False) -> tuple[Step, ...]:
    """The pages of a questionnaire. With `whole` everything is on one page, filters or not."""
    sections = in_order(instrument)
    if whole or not has_filters(instrument):
        return (Step(0, sections),)
    parts = [part for section in sections for part in _parts(section)]
    return tuple(Step(number, (part,)) for number, part in enumerate(parts))


def in_order(instrument: Instrument) -> tuple[Section, ...]:
    """The sections with questions in them, those that are only about the person themselves last."""

    def about_you(section: Section) -> bool:
        return all(question.characteristic for question in section.questions)

    return tuple(sorted((section for section in instrument.sections if section.questions), key=about_you))


def asked_on(step: Step, answers: Mapping[str, Any], *, stock: str = "") -> tuple[Question, ...]:
    """What somebody with these answers is asked on a page."""
    return tuple(question for question in step.questions() if asks(question, answers, stock=stock))


def next_step(
    pages: tuple[Step, ...], after: int, answers: Mapping[str, Any], *, stock: str = "", back: bool = False
) -> int | None:
    """The number of the next page (or, with `back`, the one before) on which anything is asked; None: there is none."""
    numbers = range(after - 1, -1, -1) if back else range(after + 1, len(pages))
    return next((number for number in numbers if asked_on(pages[number], answers, stock=stock)), None)


def _parts(section: Section) -> list[Section]:
    """A section cut before each question that hangs on an answer of the same page; its introduction stays on top."""
    runs: list[list[Question]] = [[]]
    for question in section.questions:
        if question.only_if and question.only_if.question in {one.code for one in runs[-1]}:
            runs.append([])
        runs[-1].append(question)
    return [
        replace(section, questions=tuple(run), intro=section.intro if number == 0 else {})
        for number, run in enumerate(runs)
    ]
