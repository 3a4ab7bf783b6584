"""Ready questionnaires: what a survey begins with (requirement SUR-01). They are data with a source and a day.

A file names what several questionnaires share (`{put_in: name}`): the equality questions, the internet question, Choice
Based Lettings, scales, the text on complaints. The one placeholder is `{landlord}`; it becomes the landlord's name when
a survey is added, so that a version keeps the words as they were put.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import cattrs

from hearth.kernel.refusals import Refused
from hearth.surveys.rules.building import each_question, load, named
from hearth.surveys.rules.instrument import Instrument, Question, Section, Wording
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
    same_as: str = ""  # another edition whose questionnaire this one has unchanged
    days: int | None = None  # how long it stays open, where that is usual
    questionnaire: Mapping[str, Any] = field(default_factory=dict)


_converter = cattrs.Converter(forbid_extra_keys=True)
_converter.register_structure_hook(date, lambda value, _: value)  # YAML reads dates by itself


def described(files: Mapping[str, Any]) -> tuple[Ready, ...]:
    """The ready questionnaires of their files, by the file's name. Raises cattrs errors that name the field."""
    found = {name: _converter.structure(plain, Ready) for name, plain in files.items()}
    return tuple(
        replace(one, questionnaire=found[one.same_as].questionnaire) if one.same_as else one for one in found.values()
    )


def instrument(ready: Ready, parts: Mapping[str, Any], *, landlord: str, stock: str = "") -> Instrument:
    """The questionnaire of a ready one, with its parts put in and the landlord's name.

    `parts` are what questionnaires share, by name, in plain form: it stands wherever `put_in` names it. `stock` leaves
    out what is not asked of that kind. Raises Refused where the data is no questionnaire or names a part there is not.
    """
    whole = load(_put_in({**TEXTS, **ready.questionnaire}, parts))
    if ready.same_as:
        whole = _of_edition(whole, ready.same_as, ready.key)
    return for_stock(named(whole, landlord), stock)


def section(name: str, parts: Mapping[str, Any], *, landlord: str) -> Section:
    """One shared section, with the landlord's name. Raises Refused where there is no part of that name."""
    plain = {"title": name, "sections": [_put_in({"put_in": name}, parts)]}
    return named(load(plain), landlord).sections[0]


def texts(parts: Mapping[str, Any], *, landlord: str) -> dict[str, Wording]:
    """The words that every questionnaire has unless it has its own, with the landlord's name."""
    whole = named(load({"title": "Texts", "sections": [], **_put_in(TEXTS, parts)}), landlord)
    return {name: getattr(whole, name) for name in TEXTS}


TEXTS = {name: {"put_in": name} for name in ("consent", "complain", "thanks")}  # unless a questionnaire has its own


def _put_in(value: Any, parts: Mapping[str, Any]) -> Any:
    """A plain form with every `{"put_in": "name"}` replaced by the part of that name."""
    if isinstance(value, Mapping):
        if set(value) == {"put_in"}:
            if value["put_in"] not in parts:
                raise Refused(f"There is no part “{value['put_in']}” for ready questionnaires.")
            return _put_in(parts[value["put_in"]], parts)
        return {key: _put_in(one, parts) for key, one in value.items()}
    return [_put_in(one, parts) for one in value] if isinstance(value, list) else value


def _of_edition(whole: Instrument, before: str, key: str) -> Instrument:
    """The questionnaire of one edition, marked as prescribed by another that says the same."""

    def marked(question: Question) -> Question:
        name, _, code = question.locked.partition(":")
        return replace(question, locked=f"{key}:{code}") if name == before else question

    return each_question(whole, marked)


def for_stock(whole: Instrument, stock: str) -> Instrument:
    """The questionnaire for one kind of stock ("lcra", "lcho"), without what is never asked there; "" keeps all."""
    if not stock:
        return whole

    def asked(question: Question) -> bool:
        return not question.stock or stock in question.stock

    sections = tuple(
        replace(section, questions=tuple(one for one in section.questions if asked(one))) for section in whole.sections
    )
    return replace(whole, sections=tuple(section for section in sections if section.questions))


def edition_on(found: Iterable[Ready], sort: Sort, day: date) -> Ready | None:
    """The prescribed edition of a sort that holds on a day: the latest that began on or before it."""
    ready = [one for one in found if one.sort == sort and one.locked and one.holds_from <= day]
    return max(ready, key=lambda one: one.holds_from, default=None)


__all__ = ["Ready", "described", "edition_on", "for_stock", "instrument", "section", "texts"]
