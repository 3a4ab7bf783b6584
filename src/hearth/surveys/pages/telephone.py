"""What an interviewer's screen shows: the person, the number, what to read out, the questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils import timezone

from hearth.register.queries import Channel
from hearth.surveys.models import Attempt, Invitation, Survey
from hearth.surveys.pages import asking
from hearth.surveys.pages.words import language_name
from hearth.surveys.queries import Spoken
from hearth.surveys.rules import answering, paging
from hearth.surveys.rules.instrument import EASY_READ, Instrument, Option, Question, said
from hearth.ui.tables import Table
from hearth.ui.words import day

NOT_READ_OUT = " (do not read out)"


def whom(told: Spoken | None, instrument: Instrument) -> list[tuple[str, Any]]:
    """Who is called, row by row, with what must be known of them (PROF-19)."""
    if told is None:
        return [("Who", "The register does not know them any more")]
    through = told.way is not None and told.way.through == "advocate"
    rows: list[tuple[str, Any]] = [("Survey of", told.name)]
    if through and told.way:
        rows.append(("Speak with", f"{told.way.to_name}, who answers surveys for them"))
    rows.append(("Language", language_words(told.language, instrument)))
    if told.interpreter:
        rows.append(("Interpreter", told.interpreter))
    if told.to_know:
        rows.append(("Take note", "\n".join(told.to_know)))
    return rows


def language_words(language: str, instrument: Instrument) -> str:
    """The language somebody wishes, and whether the questions are in it."""
    name = language_name(language)
    if language in instrument.languages or language.startswith("en"):
        return name
    return f"{name}: the questions are not translated, so somebody must interpret"


def is_relay(told: Spoken | None) -> bool:
    """Whether the call goes through Relay UK."""
    return bool(told and told.way and told.way.channel == Channel.RELAY)


def interview_language(told: Spoken | None, instrument: Instrument) -> str:
    """The language in which the interview begins."""
    if told and told.language in instrument.languages:
        return told.language
    return instrument.languages[0] if instrument.languages else "en"


def introduction(instrument: Instrument, survey: Survey, landlord: str, interviewer: str, language: str) -> list[str]:
    """What is read out first: who calls, why, that nobody must, and what becomes of the answers."""
    from hearth.surveys.pages.words import SECRECY

    return [
        f"Hello, my name is {interviewer}. I am calling for {landlord}.",
        *(part for part in said(instrument.intro, language).split("\n\n") if part.strip()),
        "You do not have to take part, and it makes no difference to the service that you get. "
        "You can leave out any question and stop at any time.",
        said(SECRECY[survey.secrecy], language),
        "Is now a good time?",
    ]


def calls_table(found: list[Attempt]) -> Table | None:
    """The calls and visits so far; None where there were none."""
    rows = tuple(
        (
            f"{day(timezone.localdate(one.at))}, {timezone.localtime(one.at):%H:%M}",
            one.get_mode_display() + (" (Relay UK)" if one.relay else ""),
            one.get_outcome_display(),
            one.note,
        )
        for one in found
    )
    return (
        Table("Earlier calls and visits", ("When", "How", "What came of it", "Note"), rows, stack=True)
        if rows
        else None
    )


def marked(question: Question) -> Question:
    """The question with its silent options marked as not to be read out."""

    def one(option: Option) -> Option:
        if not option.silent:
            return option
        return replace(option, words={language: f"{words}{NOT_READ_OUT}" for language, words in option.words.items()})

    return replace(question, options=tuple(one(option) for option in question.options))


def questions(
    step: paging.Step,
    raw: answering.Raw,
    answers: Mapping[str, Any],
    *,
    language: str,
    stock: str,
    errors: Mapping[str, str],
) -> list[dict[str, Any]]:
    """The sections of one page with the questions that this person is asked, silent options among them."""
    found = []
    for section in step.sections:
        asked = [one for one in section.questions if answering.asks(one, answers, stock=stock)]
        drawn = [
            asking.draw(
                marked(one),
                raw,
                language=language,
                error=errors.get(one.code, ""),
                notes=["This question must be answered."] if one.required else [],
                silent=True,
            )
            for one in asked
        ]
        if drawn:
            about_you = all(one.characteristic for one in asked)
            found.append(
                {
                    "title": said(section.title, language),
                    "intro": said(section.intro, language),
                    "about_you": about_you,
                    "questions": drawn,
                }
            )
    return found


def problems(step: paging.Step, errors: Mapping[str, str], language: str) -> list[dict[str, str]]:
    """What is wrong on a page, each with a link to its answer."""
    return [
        {"text": f"“{said(one.words, language)[:70]}” {errors[one.code]}", "href": f"#{asking.first_input(one)}"}
        for one in step.questions()
        if one.code in errors
    ]


def languages(instrument: Instrument, current: str) -> list[dict[str, Any]]:
    """The languages of the questionnaire, Easy Read among them; none where there is one only."""
    if len(instrument.languages) < 2:
        return []
    return [
        {"code": code, "name": "Easy words" if code == EASY_READ else language_name(code), "here": code == current}
        for code in instrument.languages
    ]


def stock_of(invitation: Invitation | None, survey: Survey) -> str:
    """Which kind of home it is, where that is known."""
    unit = invitation.unit if invitation else None
    return (unit.stock if unit else "") or survey.stock
