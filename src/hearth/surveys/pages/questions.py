"""What the pages of the builder show of a questionnaire, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from hearth.surveys.models import Version
from hearth.surveys.pages import asking
from hearth.surveys.pages.words import language_name
from hearth.surveys.queries import READY_SECTIONS
from hearth.surveys.rules import building, comparing, editing
from hearth.surveys.rules.instrument import ENGLISH, Instrument, Option, Question, said
from hearth.surveys.rules.kinds import QuestionKind
from hearth.ui.fields import Option as Offered
from hearth.ui.tables import Cell, Table

WHOM = {"lcra": "low cost rental tenants only", "lcho": "shared owners only"}


@dataclass(frozen=True)
class Line:
    """One question as the list of questions shows it."""

    code: str
    words: str
    kind: str
    answers: str
    notes: tuple[str, ...]
    locked: bool


def line(question: Question, whole: Instrument) -> Line:
    """A question in the list: its words, how it is answered, who is asked."""
    notes = [filter_words(question, whole)] if question.only_if else []
    notes += [f"Asked of {WHOM.get(stock, stock)}" for stock in question.stock]
    if question.required:
        notes.append("Has to be answered")
    if question.characteristic:
        notes.append("Protected characteristic: kept as special-category data")
    if question.comment:
        notes.append("May be published once a person has checked it for names")
    answers = " · ".join(said(option.words) for option in question.options if not option.silent)
    return Line(question.code, said(question.words), question.kind.label, answers, tuple(notes), bool(question.locked))


def filter_words(question: Question, whole: Instrument) -> str:
    """Who is asked a question, in words."""
    if question.only_if is None:
        return "Asked of everybody"
    asked = whole.question(question.only_if.question)
    options = {option.code: said(option.words) for option in asked.options} if asked else {}
    named = [f"“{options.get(code, code)}”" for code in question.only_if.codes]
    return f"Asked only of those who answered {' or '.join(named)} to {question.only_if.question}"


def sections(whole: Instrument) -> list[dict[str, Any]]:
    """The sections with their questions, for the list."""
    return [
        {
            "key": section.key,
            "title": said(section.title),
            "intro": said(section.intro),
            "lines": [line(question, whole) for question in section.questions],
            "first": section is whole.sections[0],
            "last": section is whole.sections[-1],
        }
        for section in whole.sections
    ]


def texts(whole: Instrument) -> list[tuple[str, str]]:
    """What the questionnaire itself says."""
    return [
        ("Title", said(whole.title)),
        ("Introduction", said(whole.intro)),
        ("What becomes of the answers", said(whole.consent)),
        ("How to complain", said(whole.complain)),
        ("Thanks", said(whole.thanks)),
    ]


def parts_left(whole: Instrument) -> list[Offered]:
    """The ready sections that are not in the questionnaire."""
    keys = {section.key for section in whole.sections}
    return [Offered(key, words) for key, words in READY_SECTIONS.items() if key not in keys]


def places_for_question(whole: Instrument, code: str) -> list[Offered]:
    """Where a question may be moved to: "section/<key>" for a beginning, "after/<code>" behind another question."""
    found = []
    for section in whole.sections:
        found.append(Offered(f"section/{section.key}", f"At the beginning of “{said(section.title)}”"))
        found += [
            Offered(f"after/{one.code}", f"After {one.code}: {said(one.words)[:90]}")
            for one in section.questions
            if one.code != code
        ]
    return found


def places_for_section(whole: Instrument, key: str) -> list[Offered]:
    """Where a section may be moved to."""
    others = [section for section in whole.sections if section.key != key]
    return [
        Offered("first/", "At the beginning"),
        *(Offered(f"after/{one.key}", f"After “{said(one.title)}”") for one in others),
    ]


def preview(whole: Instrument, language: str) -> list[dict[str, Any]]:
    """The questionnaire as it is put to people, every question shown with who is asked it."""
    drawn: list[dict[str, Any]] = []
    for section in whole.sections:
        equality = any(question.characteristic for question in section.questions)
        questions: list[tuple[str, Markup]] = [
            (filter_words(question, whole) if question.only_if else "", asking.draw(question, {}, language=language))
            for question in section.questions
        ]
        drawn.append(
            {
                "title": said(section.title, language),
                "intro": said(section.intro, language),
                "consent": said(whole.consent, language) if equality else "",
                "questions": questions,
            }
        )
    return drawn


def languages(whole: Instrument) -> Table:
    """How complete each language is."""
    every = len(building.wordings(whole))
    rows = []
    for language in whole.languages:
        lacking = len(building.untranslated(whole, language)) if language != ENGLISH else 0
        state = "Complete" if not lacking else f"{lacking} of {every} wordings are missing"
        rows.append((Cell(language_name(language), hint=language), state))
    return Table("Languages", ("Language", "How complete"), tuple(rows), hidden_caption=True)


def places_of(whole: Instrument, part: str) -> list[tuple[str, str, Mapping[str, str]]]:
    """The places of one part ("texts" or a section's key) that have English words: (place, label, wording)."""
    codes: set[str] = set()
    if part != "texts":
        codes = {question.code for question in editing.section_of(whole, part).questions}
    found: list[tuple[str, str, Mapping[str, str]]] = []
    for place, wording in building.wordings(whole):
        kind, _, rest = place.partition("/")
        name = rest.partition("/")[0]
        if kind in building.TEXTS if part == "texts" else (kind, name) == ("section", part) or name in codes:
            found.append((place, label_of(place), wording))
    return found


def label_of(place: str) -> str:
    """What a place is called on the page for translators."""
    kind, _, rest = place.partition("/")
    name, _, more = rest.partition("/")
    if kind in building.TEXTS:
        return comparing.NAMES[kind].capitalize()
    if kind == "section":
        return "Title of the section" if more == "title" else "What stands before its questions"
    if kind == "option":
        return f"{name}, answer {more}"
    return f"{name}, question" if more == "words" else f"{name}, hint"


def translation_parts(whole: Instrument, language: str) -> list[dict[str, Any]]:
    """The parts in which a questionnaire is translated, with what is missing of each."""
    lacking = set(building.untranslated(whole, language))
    parts = [("texts", "Texts")] + [(section.key, said(section.title)) for section in whole.sections]
    return [
        {"key": key, "title": title, "missing": sum(place in lacking for place, _, _ in places_of(whole, key))}
        for key, title in parts
    ]


def history(versions: Sequence[Version], instruments: Sequence[Instrument]) -> list[dict[str, Any]]:
    """Each version with what changed since the one before it; latest first."""
    found = []
    for at, version in enumerate(versions):
        before = instruments[at + 1] if at + 1 < len(instruments) else None
        found.append(
            {
                "number": version.number,
                "why": version.why,
                "frozen_at": version.frozen_at,
                "changes": comparing.changes(before, instruments[at]) if before else [],
                "first": before is None,
            }
        )
    return found


def option_rows(question: Question) -> list[dict[str, Any]]:
    """A question's answers as the rows of its form."""
    return [
        {
            "code": option.code,
            "words": said(option.words),
            "flags": [name for name in ("missing", "alone", "silent") if getattr(option, name)],
        }
        for option in question.options
    ]


def question_initial(question: Question) -> dict[str, Any]:
    """A question as its form shows it."""
    plain = ("code", "lowest", "highest", "longest", "comment", "places", "required", "characteristic")
    return {
        **{name: getattr(question, name) for name in plain},
        "kind": question.kind,
        "words": said(question.words),
        "hint": said(question.hint),
        "stock": question.stock[0] if question.stock else "all",
        "options": option_rows(question),
    }


SATISFACTION = ("Very satisfied", "Fairly satisfied", "Neither satisfied nor dissatisfied", "Fairly dissatisfied",
                "Very dissatisfied")  # fmt: skip


def question_from(answers: Mapping[str, Any], before: Question | None) -> Question:
    """The question that a form describes; words in other languages, the filter and the lock stay as they were."""
    kind = QuestionKind(answers["kind"])
    rows = [
        {"code": row["code"], "words": row["words"], **dict.fromkeys(row["flags"], True)} for row in answers["options"]
    ]
    options = editing.options_from(rows, before.options if before else ())
    if kind is QuestionKind.SCALE and not options:
        options = tuple(Option(str(5 - at), {ENGLISH: words}) for at, words in enumerate(SATISFACTION))
    if kind in (QuestionKind.NUMBER, QuestionKind.DATE, QuestionKind.TEXT):
        options = ()
    hint = (answers["hint"] or "").strip()
    number = kind is QuestionKind.NUMBER
    return Question(
        code=answers["code"].strip(),
        kind=kind,
        words=editing.said_in_english(before.words if before else {}, answers["words"].strip()),
        hint=editing.said_in_english(before.hint if before else {}, hint) if hint else {},
        options=options,
        only_if=before.only_if if before else None,
        required=bool(answers["required"]),
        lowest=_number(answers["lowest"]) if number else None,
        highest=_number(answers["highest"]) if number else None,
        longest=answers["longest"] or 2000,
        places=answers["places"] or "",
        characteristic=answers["characteristic"] or "",
        comment=bool(answers["comment"]),
        locked=before.locked if before else "",
        stock=(answers["stock"],) if answers["stock"] else (),
    )


def _number(value: Any) -> float | None:
    return None if value is None else float(value)
