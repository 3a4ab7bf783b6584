"""Ready questionnaires: what a survey begins with. They are data with a source and a day; see `editions/`.

A file holds whole sections and names parts that several questionnaires share (`put_in`): the equality questions, the
internet question, Choice Based Lettings. The one placeholder is `{landlord}`; it becomes the landlord's name when a
survey is added, so that a version keeps the words as they were put.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from hearth.kernel.refusals import Refused
from hearth.surveys.rules.building import load, named
from hearth.surveys.rules.instrument import Instrument, Question, Section
from hearth.surveys.rules.kinds import Mode, Secrecy, Sort


@dataclass(frozen=True)
class Ready:
    """A ready questionnaire, before a landlord's name stands in it."""

    key: str  # "tsm-2023"
    sort: Sort
    title: str
    holds_from: date
    source: str
    about: str = ""  # one sentence for who chooses
    confirm: bool = False  # not checked against its source yet
    locked: bool = False  # prescribed: see rules.tsm
    secrecy: Secrecy = Secrecy.CONFIDENTIAL
    modes: tuple[Mode, ...] = (Mode.WEB,)
    statutory: bool = False
    every_months: int | None = None
    days: int | None = None  # how long it stays open, where that is usual
    questionnaire: Mapping[str, Any] = field(default_factory=dict)


def instrument(ready: Ready, parts: Mapping[str, Mapping[str, Any]], *, landlord: str, stock: str = "") -> Instrument:
    """The questionnaire of a ready one, with its parts put in and the landlord's name.

    `parts` are the shared sections by name, each its plain form. `stock` leaves out what is not asked of that kind.
    Raises Refused where the data is no questionnaire or names a part that there is not.
    """
    plain = dict(ready.questionnaire)
    sections: list[Any] = []
    for one in plain.get("sections", ()):
        wanted = one.get("put_in") if isinstance(one, Mapping) else None
        if wanted is None:
            sections.append(one)
        elif wanted in parts:
            sections.append(parts[wanted])
        else:
            raise Refused(f"There is no part “{wanted}” for ready questionnaires.")
    return for_stock(named(load({**plain, "sections": sections}), landlord), stock)


def for_stock(whole: Instrument, stock: str) -> Instrument:
    """The questionnaire for one kind of stock ("lcra", "lcho"), without what is never asked there; "" keeps all."""
    if not stock:
        return whole

    def asked(question: Question) -> bool:
        return not question.stock or stock in question.stock

    def kept(section: Section) -> Section:
        return replace(section, questions=tuple(one for one in section.questions if asked(one)))

    sections = tuple(kept(section) for section in whole.sections)
    return replace(whole, sections=tuple(section for section in sections if section.questions))


def edition_on(found: Iterable[Ready], sort: Sort, day: date) -> Ready | None:
    """The prescribed edition of a sort that holds on a day: the latest that began on or before it."""
    ready = [one for one in found if one.sort == sort and one.locked and one.holds_from <= day]
    return max(ready, key=lambda one: one.holds_from, default=None)


__all__ = ["Ready", "edition_on", "for_stock", "instrument"]
