"""A questionnaire between its objects and JSON: what is kept, shown and moved about is the same thing.

`load` says in plain words where content is wrong ("sections 2, questions 1, kind: …"); `dump` leaves out what has its
usual value. What is asked in vain, twice or in the wrong order is a matter of `checking`: a draft may still be wrong.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import cattrs

from hearth.kernel.kinds import Kind
from hearth.kernel.refusals import Refused
from hearth.surveys.rules.instrument import ENGLISH, Instrument, OnlyIf, Option, Question, Section, Wording

LANDLORD = "{landlord}"  # the one placeholder: stands for the landlord's name in ready questionnaires (reference 1.4)


def _exactly(kind: type, words: str) -> Callable[[Any, Any], Any]:
    def structured(value: Any, _: Any) -> Any:
        if isinstance(value, kind) and (kind is bool or not isinstance(value, bool)):
            return value
        raise ValueError(f"must be {words}, not {value!r}")

    return structured


def _float(value: Any, _: Any) -> float:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    raise ValueError(f"must be a number, not {value!r}")


def _wording(value: Any) -> Wording:
    if not isinstance(value, Mapping):
        raise ValueError("must be words, or words by language")
    for language, words in value.items():
        if not isinstance(language, str) or not isinstance(words, str):
            raise ValueError(f"must be words, not {words!r}")
    return dict(value)


_converter = cattrs.Converter(forbid_extra_keys=True, omit_if_default=True)
_converter.register_structure_hook(str, _exactly(str, "words"))
_converter.register_structure_hook(Kind, lambda value, kind: kind(value))  # which would else be taken for words
_converter.register_structure_hook_func(
    lambda cls: cls == Wording,
    lambda value, _: _wording({ENGLISH: value} if isinstance(value, str) else value),  # words alone are English words
)
_converter.register_structure_hook(bool, _exactly(bool, "true or false"))
_converter.register_structure_hook(int, _exactly(int, "a whole number"))
_converter.register_structure_hook(float, _float)


def load(content: Mapping[str, Any]) -> Instrument:
    """The questionnaire of its plain form. Raises Refused, naming every place that is wrong."""
    return _structured(content, Instrument)


def load_sections(content: Any) -> tuple[Section, ...]:
    """Some sections of their plain form. Raises Refused, naming every place that is wrong."""
    return _structured(content, tuple[Section, ...])


def _structured(content: Any, kind: Any) -> Any:
    try:
        return _converter.structure(content, kind)
    except Exception as error:  # cattrs gathers errors of every kind in one group
        found = [_placed(one) for one in cattrs.transform_error(error, path="", format_exception=_told)]
        raise Refused(f"This is not a questionnaire. {'; '.join(found)}.") from None


def _placed(problem: str) -> str:
    """A problem with its place before it, counted from one: "sections 2, questions 1, kind: must be …"."""
    words, _, path = problem.rpartition(" @ ")
    steps = re.findall(r"\[(\d+)\]|\['([^']*)'\]|([^.\[\]]+)", path)
    place = "".join(f" {int(n) + 1}" if n else f", {key or name}" for n, key, name in steps).lstrip(", ")
    return f"{place}: {words}" if place else words


def _told(error: BaseException, kind: type | None) -> str:
    """One problem in words."""
    if isinstance(kind, type) and issubclass(kind, Kind):
        return f"must be one of {', '.join(one.value for one in kind)}"
    if isinstance(error, KeyError):
        return f"“{error.args[0]}” is missing"
    if isinstance(error, cattrs.ForbiddenExtraKeysError):
        return f"“{', '.join(sorted(error.extra_fields))}” is not known"
    if isinstance(error, (TypeError, AttributeError)):
        return f"must be {'a list' if 'tuple' in str(kind) else 'a mapping of names'}"
    return str(error)


def dump(instrument: Instrument) -> dict[str, Any]:
    """The plain form of a questionnaire, as JSON holds it: `load(dump(x)) == x`."""
    plain: dict[str, Any] = json.loads(json.dumps(_converter.unstructure(instrument)))
    return plain


def digest(content: Mapping[str, Any]) -> str:
    """The SHA-256 of a plain questionnaire, whatever the order in which a database keeps its keys."""
    plain = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(plain.encode()).hexdigest()


def named(instrument: Instrument, landlord: str) -> Instrument:
    """The questionnaire with the landlord's name wherever the placeholder stands."""
    return each_wording(instrument, lambda words: words.replace(LANDLORD, landlord))


def each_question(instrument: Instrument, change: Callable[[Question], Question]) -> Instrument:
    """The questionnaire with every question changed alike."""
    sections = tuple(
        replace(section, questions=tuple(change(one) for one in section.questions)) for section in instrument.sections
    )
    return replace(instrument, sections=sections)


def each_wording(instrument: Instrument, change: Callable[[str], str]) -> Instrument:
    """The questionnaire with every wording changed alike, in every language."""
    return each_place(instrument, lambda _, wording: {language: change(words) for language, words in wording.items()})


TEXTS = ("title", "intro", "consent", "complain", "thanks")  # what an instrument itself says


def each_place(instrument: Instrument, change: Callable[[str, Wording], Wording]) -> Instrument:
    """The questionnaire with the wording of each place replaced.

    Places are "title" and the other texts; "section/<key>/title" and "/intro"; "question/<code>/words" and "/hint";
    "option/<code>/<option's code>".
    """

    def question(one: Question) -> Question:
        options = tuple(
            replace(option, words=change(f"option/{one.code}/{option.code}", option.words)) for option in one.options
        )
        words, hint = (change(f"question/{one.code}/{name}", getattr(one, name)) for name in ("words", "hint"))
        return replace(one, words=words, hint=hint, options=options)

    def section(one: Section) -> Section:
        title, intro = (change(f"section/{one.key}/{name}", getattr(one, name)) for name in ("title", "intro"))
        return replace(one, title=title, intro=intro, questions=tuple(question(each) for each in one.questions))

    texts: dict[str, Any] = {name: change(name, getattr(instrument, name)) for name in TEXTS}
    return replace(instrument, **texts, sections=tuple(section(one) for one in instrument.sections))


def wordings(instrument: Instrument) -> list[tuple[str, Wording]]:
    """Every place that has words in English, with its wording, in order."""
    found: list[tuple[str, Wording]] = []

    def note(place: str, wording: Wording) -> Wording:
        if wording.get(ENGLISH):
            found.append((place, wording))
        return wording

    each_place(instrument, note)
    return found


def untranslated(instrument: Instrument, language: str) -> list[str]:
    """The places that say something in English and nothing in a language."""
    return [place for place, wording in wordings(instrument) if not wording.get(language)]


__all__ = [
    "LANDLORD",
    "TEXTS",
    "Instrument",
    "OnlyIf",
    "Option",
    "Question",
    "Section",
    "digest",
    "dump",
    "each_place",
    "each_question",
    "each_wording",
    "load",
    "load_sections",
    "named",
    "untranslated",
    "wordings",
]
