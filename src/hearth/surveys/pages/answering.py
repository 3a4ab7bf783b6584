"""The pages of the public form. A fresh page is drawn once in each process and kept; only the token differs.

They are drawn without a request, so that nothing of one visitor (a message shown once, a name) can reach another.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.template.loader import render_to_string
from django.urls import get_script_prefix, reverse

from hearth.surveys.models import Survey, Version
from hearth.surveys.pages import asking
from hearth.surveys.pages import words as said_around
from hearth.surveys.rules import answering, paging
from hearth.surveys.rules.instrument import EASY_READ, ENGLISH, Instrument, Question, Wording, said
from hearth.ui import look

TOKEN = "hearth-token-hearth"  # noqa: S105 - what the token takes the place of
MOST_KEPT = 200
LONGEST_ABOUT = 70  # characters of a question in the list of what is wrong

_kept: dict[tuple[Any, ...], tuple[str, str]] = {}


@dataclass(frozen=True)
class Sheet:
    """One page of the form, as it is to be drawn."""

    survey: Survey
    version: Version
    instrument: Instrument
    landlord: Any
    footer_links: Callable[[], Any]  # asked for only where a page is drawn
    language: str = ENGLISH
    whole: bool = False
    mode: str = "web"
    stock: str = ""
    personal: bool = False  # somebody who was asked, by their own code
    number: int = 0  # of the page; as many as there are pages: the last one, on which nothing is asked
    raw: answering.Raw = field(default_factory=dict)
    answers: Mapping[str, Any] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    came_back: bool = False
    posted: bool = False  # drawn in answer to a form that was sent, at the address for sending
    stale: str = ""  # what is wrong with the form as a whole

    @property
    def steps(self) -> tuple[paging.Step, ...]:
        """All pages of the form."""
        return paging.steps(self.instrument, whole=self.whole)


def fresh(sheet: Sheet, token: str) -> str:
    """A page on which nothing is typed yet, from what is kept of it."""
    landlord, survey = sheet.landlord, sheet.survey
    key = (
        landlord.pk, landlord.name, landlord.colour, landlord.phone, landlord.email, get_script_prefix(), survey.pk,
        survey.secrecy, survey.closes_on, sheet.version.digest, sheet.language, sheet.whole, sheet.mode, sheet.stock,
        sheet.personal,
    )  # fmt: skip
    halves = _kept.get(key)
    if halves is None:
        before, _, after = drawn(sheet, TOKEN).partition(TOKEN)
        halves = keep(key, (before, after))
    return f"{halves[0]}{token}{halves[1]}"


def keep(key: tuple[Any, ...], halves: tuple[str, str]) -> tuple[str, str]:
    """Keep a drawn page; the oldest goes where there are too many."""
    while len(_kept) >= MOST_KEPT:
        _kept.pop(next(iter(_kept)), None)
    _kept[key] = halves
    return halves


def drawn(sheet: Sheet, token: str) -> str:
    """A page of the form with what was typed."""
    steps, words = sheet.steps, said_around.words(sheet.language)
    last = sheet.number >= len(steps)
    step = paging.Step(sheet.number, ()) if last else steps[sheet.number]
    here = {name for question in step.questions() for name in answering.fields(question)}
    title = _title(sheet, step, last)
    return render_to_string(
        "surveys/answering/form.jinja",
        {
            **around(sheet.landlord, sheet.footer_links),
            "title": title,
            "title_spoken": asking.spoken_attributes({} if last else _title_wording(sheet, step), sheet.language),
            "easy": sheet.language == EASY_READ,
            "caption": words["part"].format(sheet.number + 1, len(steps)) if len(steps) > 1 and not last else "",
            "sheet": sheet,
            "words": words,
            "first": sheet.number == 0,
            "more": sheet.number + 1 < len(steps),
            "sections": [_section(sheet, section, step) for section in step.sections],
            "about_you": step.about_you,
            "consent": told(sheet.instrument.consent, sheet.language),
            "intro": told(sheet.instrument.intro, sheet.language),
            "complain": told(sheet.instrument.complain, sheet.language),
            "secrecy": said(said_around.SECRECY[sheet.survey.secrecy], sheet.language),
            "leave_out": words["leave_out_some" if _something_required(sheet.instrument) else "leave_out"],
            "languages": _languages(sheet),
            "can_be_whole": not sheet.whole and paging.has_filters(sheet.instrument),
            "problems": _problems(sheet, step),
            "carried": [(name, value) for name, values in sheet.raw.items() if name not in here for value in values],
            "token": token,
        },
    )


@dataclass(frozen=True)
class Thanks:
    """The last page."""

    survey: Survey
    version: Version
    instrument: Instrument
    landlord: Any
    footer_links: Callable[[], Any]  # asked for only where a page is drawn
    language: str = ENGLISH
    ticket: str = ""  # for the prize draw
    typed: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)


def thanks(page: Thanks) -> str:
    """The last page; kept where it is the same for everybody."""
    if page.ticket:
        return _thanks_drawn(page)
    landlord = page.landlord
    key = (
        "thanks", landlord.pk, landlord.name, landlord.colour, landlord.phone, landlord.email, get_script_prefix(),
        page.survey.pk, page.version.digest, page.language,
    )  # fmt: skip
    return (_kept.get(key) or keep(key, (_thanks_drawn(page), "")))[0]


def _thanks_drawn(page: Thanks) -> str:
    words = said_around.words(page.language)
    return render_to_string(
        "surveys/answering/thanks.jinja",
        {
            **around(page.landlord, page.footer_links),
            "title": words["thanks"],
            "words": words,
            "easy": page.language == EASY_READ,
            "thanks": told(page.instrument.thanks, page.language),
            "complain": told(page.instrument.complain, page.language),
            "incentive": page.survey.incentive,
            "draw_token": page.ticket,
            "draw_url": reverse("surveys:draw", args=[page.survey.slug]) if page.ticket else "",
            "typed": {"name": "", "contact": "", **page.typed},
            "errors": {"name": "", "contact": "", **page.errors},
            "problems": [{"text": text, "href": f"#{name}"} for name, text in page.errors.items()],
        },
    )


def around(landlord: Any, footer_links: Callable[[], Any]) -> dict[str, Any]:
    """What every page of the form has at its top and foot."""
    return {
        "landlord": landlord,
        "home_url": get_script_prefix(),
        "theme_url": f"{reverse('ui:theme')}?{look.brand(landlord)[1:]}",
        "footer_links": list(footer_links()),
    }


def told(wording: Wording, language: str) -> dict[str, Any]:
    """Paragraphs with the attributes that tell their language; none where nothing is said."""
    paragraphs = [part.strip() for part in said(wording, language).split("\n\n") if part.strip()]
    return {"paragraphs": paragraphs, "attributes": asking.spoken_attributes(wording, language)}


def left_off(sheet: Sheet, errors: Mapping[str, str]) -> int:
    """Where somebody who comes back goes on: the last page on which something was typed, or one before with errors."""
    typed, wrong = [0], []
    for step in sheet.steps:
        asked = paging.asked_on(step, sheet.answers, stock=sheet.stock)
        if any(sheet.raw.get(name) for question in asked for name in answering.fields(question)):
            typed.append(step.number)
        if any(question.code in errors for question in asked):
            wrong.append(step.number)
    return min([max(typed), *wrong])


def _something_required(instrument: Instrument) -> bool:
    return any(question.required for question in instrument.questions())


def _title(sheet: Sheet, step: paging.Step, last: bool) -> str:
    if last:
        return said_around.words(sheet.language)["nothing_more"]
    return said(_title_wording(sheet, step), sheet.language) or sheet.survey.title


def _title_wording(sheet: Sheet, step: paging.Step) -> Wording:
    """The words of a page's title: the survey's on the first page, the section's afterwards."""
    return (step.number and step.sections[0].title) or sheet.instrument.title


def _section(sheet: Sheet, section: Any, step: paging.Step) -> dict[str, Any]:
    shown = [question for question in section.questions if _shown(sheet, question)]
    alone = len(step.sections) == 1 and step.number > 0  # its title is the page's
    return {
        "title": "" if alone or len(sheet.instrument.sections) == 1 else said(section.title, sheet.language),
        "intro": told(section.intro, sheet.language),
        "about_you": all(question.characteristic for question in section.questions),
        "questions": [_question(sheet, question) for question in shown],
    }


def _shown(sheet: Sheet, question: Question) -> bool:
    """On pages, what this person is asked; on one page, everything that may be asked in their stock."""
    if sheet.whole:
        return not (question.stock and sheet.stock and sheet.stock not in question.stock)
    return answering.asks(question, sheet.answers, stock=sheet.stock)


def _question(sheet: Sheet, question: Question) -> Any:
    notes = []
    if sheet.whole and question.only_if:
        notes.append(asking.only_if_note(sheet.instrument, question, sheet.language))
    if question.required:
        notes.append(said_around.words(sheet.language)["must"])
    return asking.draw(
        question, sheet.raw, language=sheet.language, error=sheet.errors.get(question.code, ""), notes=notes
    )


def _problems(sheet: Sheet, step: paging.Step) -> list[dict[str, str]]:
    """What is wrong on this page, each with a link to its answer."""
    found = [{"text": sheet.stale, "href": "#main-content"}] if sheet.stale else []
    for question in step.questions():
        if error := sheet.errors.get(question.code):
            about = said(question.words, sheet.language)
            about = about if len(about) <= LONGEST_ABOUT else f"{about[: LONGEST_ABOUT - 1].rsplit(' ', 1)[0]} …"
            found.append({"text": f"“{about}” {error}", "href": f"#{asking.first_input(question)}"})
    return found


def _languages(sheet: Sheet) -> list[dict[str, Any]]:
    if len(sheet.instrument.languages) < 2:
        return []
    return [
        {
            "code": code,
            "name": said_around.language_name(code),
            "lang": said_around.html_lang(code),
            "here": code == sheet.language,
        }
        for code in sheet.instrument.languages
    ]
