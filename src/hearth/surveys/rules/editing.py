"""Changing a questionnaire, one thing at a time (requirement SUR-01: question sets).

Each function gives a new questionnaire; the old one stays as it was.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from hearth.kernel.refusals import Refused
from hearth.surveys.rules.building import each_place, each_question
from hearth.surveys.rules.instrument import ENGLISH, Instrument, OnlyIf, Option, Question, Section, Wording

CODE = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,29}")  # of a question: the name of a column in every export
OPTION_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_+.-]{0,29}")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,8})?")


def said_in_english(wording: Wording, words: str) -> Wording:
    """A wording with other English words; what it says in other languages stays, and is looked at again by a person."""
    return {**wording, ENGLISH: words}


def add_section(whole: Instrument, *, title: str, intro: str = "") -> tuple[Instrument, str]:
    """The questionnaire with a section at its end, and the section's key."""
    if not title.strip():
        raise Refused("Give the section a title.", field="title")
    stem = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:40] or "section"
    taken = {section.key for section in whole.sections}
    key = next(one for one in (stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))) if one not in taken)
    section = Section(key, {ENGLISH: title.strip()}, (), {ENGLISH: intro.strip()} if intro.strip() else {})
    return replace(whole, sections=(*whole.sections, section)), key


def change_section(whole: Instrument, key: str, *, title: str, intro: str) -> Instrument:
    """The questionnaire with another title and introduction of one section."""
    if not title.strip():
        raise Refused("Give the section a title.", field="title")
    section = section_of(whole, key)
    told = said_in_english(section.intro, intro.strip()) if intro.strip() else {}
    return _with_section(whole, replace(section, title=said_in_english(section.title, title.strip()), intro=told))


def remove_section(whole: Instrument, key: str) -> Instrument:
    """The questionnaire without a section. Refused where a question elsewhere depends on one of it."""
    gone = {question.code for question in section_of(whole, key).questions}
    _check_free(whole, gone)
    return replace(whole, sections=tuple(one for one in whole.sections if one.key != key))


def move_section(whole: Instrument, key: str, *, after: str) -> Instrument:
    """The questionnaire with a section after another one; at the beginning where `after` is empty."""
    moved = section_of(whole, key)
    if after == key:
        return whole
    rest = [one for one in whole.sections if one.key != key]
    at = 1 + rest.index(section_of(whole, after)) if after else 0
    return replace(whole, sections=(*rest[:at], moved, *rest[at:]))


def add_question(whole: Instrument, key: str, question: Question, *, after: str = "") -> Instrument:
    """The questionnaire with a question at the end of a section, or after another one of it."""
    _check_code(whole, question.code)
    section = section_of(whole, key)
    at = next((n + 1 for n, one in enumerate(section.questions) if one.code == after), len(section.questions))
    return _with_section(
        whole, replace(section, questions=(*section.questions[:at], question, *section.questions[at:]))
    )


def change_question(whole: Instrument, code: str, question: Question) -> Instrument:
    """The questionnaire with one question replaced; filters follow where its code changes."""
    question_of(whole, code)
    if question.code != code:
        _check_code(whole, question.code)

    def changed(one: Question) -> Question:
        if one.code == code:
            return question
        if one.only_if is not None and one.only_if.question == code:
            return replace(one, only_if=replace(one.only_if, question=question.code))
        return one

    return each_question(whole, changed)


def remove_question(whole: Instrument, code: str) -> Instrument:
    """The questionnaire without a question. Refused where another one depends on it."""
    question_of(whole, code)
    _check_free(whole, {code})
    return replace(
        whole,
        sections=tuple(
            replace(section, questions=tuple(one for one in section.questions if one.code != code))
            for section in whole.sections
        ),
    )


def move_question(whole: Instrument, code: str, *, section: str = "", after: str = "") -> Instrument:
    """The questionnaire with a question after another one, or (`section`) at the beginning of a section."""
    moved = question_of(whole, code)
    if after == code:
        return whole
    rest = replace(
        whole,
        sections=tuple(
            replace(one, questions=tuple(each for each in one.questions if each.code != code)) for one in whole.sections
        ),
    )
    if not after:
        target = section_of(rest, section)
        return _with_section(rest, replace(target, questions=(moved, *target.questions)))
    question_of(rest, after)
    target = next(one for one in rest.sections if any(each.code == after for each in one.questions))
    at = next(n + 1 for n, each in enumerate(target.questions) if each.code == after)
    return _with_section(rest, replace(target, questions=(*target.questions[:at], moved, *target.questions[at:])))


def set_filter(whole: Instrument, code: str, asked: str, codes: Sequence[str]) -> Instrument:
    """The questionnaire with a question asked only of those who gave one of these answers; none: of everybody."""
    question = question_of(whole, code)
    if not codes:
        return change_question(whole, code, replace(question, only_if=None))
    known = {option.code for option in question_of(whole, asked).options}
    if not set(codes) <= known:
        raise Refused("Choose answers that this question offers.", field="codes")
    return change_question(whole, code, replace(question, only_if=OnlyIf(asked, tuple(codes))))


def set_texts(whole: Instrument, texts: Mapping[str, str]) -> Instrument:
    """The questionnaire with other English words in its own texts ("title", "intro", "consent"…)."""
    told: dict[str, Any] = {
        name: said_in_english(getattr(whole, name), words) if words else {} for name, words in texts.items()
    }
    if "title" in told and not told["title"]:
        raise Refused("Give the questionnaire a title.", field="title")
    return replace(whole, **told)


def set_languages(whole: Instrument, languages: Sequence[str]) -> Instrument:
    """The questionnaire in these languages, English first. Words in others are kept in case one comes back."""
    for one in languages:
        if not LANGUAGE.fullmatch(one):
            raise Refused(f"“{one}” is not the code of a language, like cy or pl.", field="languages")
    return replace(whole, languages=(ENGLISH, *dict.fromkeys(one for one in languages if one != ENGLISH)))


def translate(whole: Instrument, language: str, words: Mapping[str, str]) -> Instrument:
    """The questionnaire with words in one language, by the place they stand in (see `building.each_place`)."""
    if language == ENGLISH or language not in whole.languages:
        raise Refused("This questionnaire is not offered in that language.")

    def told(place: str, wording: Wording) -> Wording:
        if place not in words:
            return wording
        rest = {name: kept for name, kept in wording.items() if name != language}
        return {**rest, language: words[place].strip()} if words[place].strip() else rest

    return each_place(whole, told)


def options_from(rows: Sequence[Mapping[str, object]], before: Sequence[Option]) -> tuple[Option, ...]:
    """Options from rows of a form: `code` (empty: the next free number), `words`, `missing`, `alone`, `silent`.

    A code is what is stored, for ever; words in other languages follow it.
    """
    kept = {option.code: option for option in before}
    given = [str(row.get("code") or "").strip() for row in rows]
    taken = {*given, *kept}
    highest = max((int(code) for code in taken if code.isdecimal()), default=0)
    made: list[Option] = []
    for row, code in zip(rows, given, strict=True):
        if not code:
            highest += 1
            code = str(highest)
        if not OPTION_CODE.fullmatch(code):
            raise Refused(f"“{code}” is not a code: use letters and numbers, without spaces.")
        if code in {option.code for option in made}:
            raise Refused(f"Two answers have the code {code}. Each needs its own.")
        old = kept[code].words if code in kept else {}
        flags = {name: bool(row.get(name)) for name in ("missing", "alone", "silent")}
        made.append(Option(code, said_in_english(old, str(row.get("words") or "").strip()), **flags))
    return tuple(made)


def section_of(whole: Instrument, key: str) -> Section:
    """The section of a key. Raises Refused where there is none."""
    for section in whole.sections:
        if section.key == key:
            return section
    raise Refused("This section is no longer in the questionnaire.")


def question_of(whole: Instrument, code: str) -> Question:
    """The question of a code. Raises Refused where there is none."""
    found = whole.question(code)
    if found is None:
        raise Refused("This question is no longer in the questionnaire.")
    return found


def earlier(whole: Instrument, code: str) -> tuple[Question, ...]:
    """The questions before one, whose answers may decide whether it is asked: those with answers to choose from."""
    found: list[Question] = []
    for question in whole.questions():
        if question.code == code:
            break
        found.append(question)
    return tuple(question for question in found if any(not option.silent for option in question.options))


def _with_section(whole: Instrument, section: Section) -> Instrument:
    return replace(whole, sections=tuple(section if one.key == section.key else one for one in whole.sections))


def _check_code(whole: Instrument, code: str) -> None:
    if not CODE.fullmatch(code):
        raise Refused("A code begins with a letter and has letters, numbers and “_” only, like REPAIR_1.", field="code")
    if any(question.code.lower() == code.lower() for question in whole.questions()):
        raise Refused(f"Another question has the code {code}. Choose one of its own.", field="code")


def _check_free(whole: Instrument, gone: set[str]) -> None:
    for question in whole.questions():
        if question.only_if is not None and question.only_if.question in gone and question.code not in gone:
            raise Refused(
                f"{question.code} is asked depending on the answer to {question.only_if.question}. Change that first."
            )
