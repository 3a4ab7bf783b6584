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
from enum import Enum
from typing import Any

import cattrs

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
# By function, because a hook for a class would also take its subclasses, and every Kind is a string.
_converter.register_structure_hook_func(lambda cls: cls is str, _exactly(str, "words"))
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
    if isinstance(kind, type) and issubclass(kind, Enum):
        return f"must be one of {', '.join(str(one.value) for one in kind)}"
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
    """The questionnaire with every wording changed alike."""

    def told(wording: Wording) -> Wording:
        return {language: change(words) for language, words in wording.items()}

    def section(one: Section) -> Section:
        questions = tuple(question(each) for each in one.questions)
        return replace(one, title=told(one.title), intro=told(one.intro), questions=questions)

    def question(one: Question) -> Question:
        options = tuple(replace(option, words=told(option.words)) for option in one.options)
        return replace(one, words=told(one.words), hint=told(one.hint), options=options)

    return replace(
        instrument,
        title=told(instrument.title),
        intro=told(instrument.intro),
        consent=told(instrument.consent),
        complain=told(instrument.complain),
        thanks=told(instrument.thanks),
        sections=tuple(section(one) for one in instrument.sections),
    )


__all__ = [
    "LANDLORD",
    "Instrument",
    "OnlyIf",
    "Option",
    "Question",
    "Section",
    "digest",
    "dump",
    "each_question",
    "each_wording",
    "load",
    "load_sections",
    "named",
]
