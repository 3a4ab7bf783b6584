"""What the pages of one survey show: its tabs, its state, the way back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import NoReverseMatch, reverse

from hearth.surveys import permissions
from hearth.surveys.models import Survey
from hearth.surveys.rules.kinds import State
from hearth.ui.tables import Cell, Table
from hearth.ui.tags import Tag, state_tag

Crumbs = list[dict[str, str]]

# The sections of one survey: words, address and who sees it. One whose address is not there is left out.
TABS = [
    ("Overview", "surveys:survey", permissions.SEE),
    ("Questions", "surveys:questions", permissions.SEE),
    ("Sample", "surveys:sample", permissions.SEE),
    ("Fieldwork", "surveys:fieldwork", permissions.SEE),
    ("Results", "surveys:results", permissions.SEE),
]

COLOURS = {
    State.DRAFT: "grey",
    State.OPEN: "green",
    State.CLOSED: "blue",
    State.ANALYSED: "purple",
    State.PUBLISHED: "teal",
}


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


def survey_table(found: Iterable[Survey]) -> Table:
    """Surveys as a table."""
    rows = tuple(
        (
            Cell(one.title, href=address("survey", one)),
            one.get_sort_display(),
            tag(one.state),
            one.opens_on,
            one.closes_on,
        )
        for one in found
    )
    headers = ("Survey", "Kind", "State", "Opens", "Closes")
    return Table("Surveys", headers, rows, hidden_caption=True, stack=True, empty="There is no survey yet.")
