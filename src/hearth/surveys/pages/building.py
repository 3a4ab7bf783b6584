"""What the pages of one survey show: its tabs, its state, its facts, the way back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.urls import NoReverseMatch, reverse

from hearth.kernel.days import spoken
from hearth.kernel.refusals import Refused
from hearth.surveys import permissions
from hearth.surveys.models import Survey
from hearth.surveys.rules import lifecycle
from hearth.surveys.rules.kinds import Mode, Secrecy, State
from hearth.surveys.rules.ready import Ready
from hearth.ui.fields import Option
from hearth.ui.tables import Cell, Table
from hearth.ui.tags import Tag, state_tag

Crumbs = list[dict[str, str]]

# The sections of one survey: words, address and who sees it. One whose address is not there is left out.
TABS = [
    ("Overview", "surveys:survey", permissions.SEE),
    ("Questions", "surveys:questions", permissions.SEE),
    ("Sample", "surveys:sample", permissions.SEE),
    ("Fieldwork", "surveys:fieldwork", permissions.SEE),
    ("Files", "surveys:firm_files", permissions.FIELD),
    ("Results", "surveys:results", permissions.SEE),
]

COLOURS = {
    State.DRAFT: "grey",
    State.OPEN: "green",
    State.CLOSED: "blue",
    State.ANALYSED: "purple",
    State.PUBLISHED: "teal",
}
STOCK_WORDS = {"lcra": "Low cost rental", "lcho": "Low cost home ownership", "": "All"}


def tag(state: str) -> Tag:
    """The tag of a survey's state."""
    return state_tag(State(state), COLOURS)


def address(name: str, survey: Survey, **more: Any) -> str:
    """The address of a page of one survey."""
    return reverse(f"surveys:{name}", kwargs={"pk": survey.pk, **more})


def tabs(survey: Survey, actor: Any, current: str) -> list[dict[str, Any]]:
    """The sections of a survey that somebody may open; `current` is the address name of the one that is shown."""
    found = []
    for text, name, permission in TABS:
        if not actor.may(permission):
            continue
        try:
            href = reverse(name, kwargs={"pk": survey.pk})
        except NoReverseMatch:
            continue
        found.append({"text": text, "href": href, "current": name == current})
    return found


def breadcrumbs(survey: Survey | None = None) -> Crumbs:
    """The way back to all surveys, and to one."""
    found = [{"text": "Surveys", "href": reverse("surveys:surveys")}]
    if survey is not None:
        found.append({"text": survey.title, "href": address("survey", survey)})
    return found


def survey_table(found: Iterable[Survey], *, on: date) -> Table:
    """Surveys as a table; one whose results are late says so."""
    rows = tuple(
        (
            Cell(one.title, href=address("survey", one)),
            one.get_sort_display(),
            Cell(tags=(tag(one.state), *([Tag("Results overdue", "red")] if overdue(one, on=on) else []))),
            one.opens_on,
            one.closes_on or ("Follows events" if one.rolling else ""),
        )
        for one in found
    )
    headers = ("Survey", "Kind", "State", "Opens", "Last day")
    return Table("Surveys", headers, rows, hidden_caption=True, stack=True, empty="No survey was found.")


def overdue(survey: Survey, *, on: date) -> int:
    """For how many days the results have been late."""
    return lifecycle.days_overdue(State(survey.state), survey.results_due_on, on=on)


def ready_options(found: Sequence[Ready], *, on: date) -> list[Option]:
    """Ready questionnaires to choose from, the prescribed ones first, newest edition first."""
    ordered = sorted(
        found, key=lambda one: (not one.locked, -one.holds_from.toordinal() if one.locked else 0, one.title)
    )
    return [Option(one.key, _ready_words(one, on)) for one in ordered]


def _ready_words(one: Ready, on: date) -> str:
    if not one.locked:
        return one.title
    since = f"holds from {spoken(one.holds_from)}" if one.holds_from > on else f"from {spoken(one.holds_from)}"
    return f"{one.title} ({since}{', to be confirmed' if one.confirm else ''})"


def facts(survey: Survey, *, prescribed: str) -> list[tuple[str, Any]]:
    """What a survey is besides its questions, row by row. `prescribed` names the set that it carries, if any."""
    modes = [Mode(mode).label for mode in survey.modes]
    rows: list[tuple[str, Any]] = [
        ("Kind", survey.get_sort_display()),
        ("Why it is asked", survey.purpose),
        ("What is kept of who answered", Secrecy(survey.secrecy).label),
        ("Who is asked", survey.get_draw_display()),
        ("Homes", STOCK_WORDS[survey.stock]),
        ("Ways to answer", ", ".join(modes)),
        ("Reminders", _reminders(survey)),
        ("Survey firm", f"{survey.firm}: {survey.firm_role}" if survey.firm_role else survey.firm),
        ("Data-sharing agreement", survey.agreement),
        ("Incentive", survey.incentive or "None"),
        ("Prescribed set", prescribed or "None"),
    ]
    if survey.without_lettings:
        rows.append(("Why Choice Based Lettings is not asked", survey.without_lettings))
    return rows


def _reminders(survey: Survey) -> str:
    return f"{', '.join(str(day) for day in survey.reminders)} days after it opens" if survey.reminders else "None"


def days(survey: Survey, *, on: date) -> list[tuple[str, Any]]:
    """The days of a survey, row by row."""
    months = survey.every_months
    again = f"Every {months} months" if months and months > 1 else "Every month" if months else "No"
    late = overdue(survey, on=on)
    due: Any = survey.results_due_on
    if late:
        due = Cell(spoken(survey.results_due_on or on), tags=(Tag("Overdue", "red"),))
    return [
        ("Opens", survey.opens_on),
        ("Last day", survey.closes_on or ("Follows events and stays open" if survey.rolling else None)),
        ("Results published by", due),
        ("Comes round again", again),
    ]


def reminder_days(text: str | None) -> list[int]:
    """Days from "10, 20". Raises Refused where one is no number of days."""
    found = [part for part in re.split(r"[,;\s]+", text or "") if part]
    if not all(part.isdecimal() and 0 < int(part[:6]) <= 365 for part in found):
        raise Refused("Give days between 1 and 365 with commas between, like 10, 20.", field="reminders")
    return sorted({int(part) for part in found})


CLOSING = {
    Secrecy.NAMED: "Answers stay with the people who gave them, who were told so.",
    Secrecy.CONFIDENTIAL: "What links a person to an answer is deleted for good when it closes.",
    Secrecy.ANONYMOUS: "There is nothing that links a person to an answer.",
}


def closing_lead(survey: Survey) -> str:
    """What happens when a survey closes."""
    return f"No answer is taken any more, and it cannot be opened again. {CLOSING[Secrecy(survey.secrecy)]}"


def mend(part: str, survey: Survey) -> str:
    """The address of the page on which what a check names can be put right."""
    kind, _, name = part.partition("/")
    if kind == "question":
        return address("question", survey, code=name) if re.fullmatch(r"\w+", name) else address("questions", survey)
    if kind == "section":
        return address("section", survey, key=name)
    if kind == "language":
        return address("translate", survey, language=name, part="texts")
    if kind in ("intro", "consent", "complain", "thanks", "title"):
        return address("texts", survey)
    pages = {"dates": "change_days", "facts": "change_facts", "lettings": "put_in", "sample": "sample"}
    try:
        return address(pages.get(kind, "questions"), survey)
    except NoReverseMatch:
        return address("questions", survey)
