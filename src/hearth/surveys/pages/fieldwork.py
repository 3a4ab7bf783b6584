"""What the pages about the asking show: how it goes, and the way from one to the other."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from hearth.kernel.permits import Actor
from hearth.surveys import permissions, queries
from hearth.surveys.models import Survey
from hearth.surveys.pages import building
from hearth.surveys.queries import Fieldwork
from hearth.surveys.rules.kinds import Mode, Outcome, Secrecy, Standing, State
from hearth.ui.charts import Bar, Chart, bar_chart
from hearth.ui.tables import Table

Crumbs = list[dict[str, str]]
PAPER_STATES = (("once", "Keyed once"), ("differs", "Keyed twice: differs"), ("agreed", "Agreed and counted"))


def breadcrumbs(survey: Survey | None, by: Actor) -> Crumbs:
    """The way back: for those who see surveys through the survey, for interviewers through their list."""
    if survey is not None and by.may(permissions.SEE):
        return [
            *building.breadcrumbs(survey),
            {"text": "Fieldwork", "href": reverse("surveys:fieldwork", kwargs={"pk": survey.pk})},
        ]
    return [{"text": "Interviews", "href": reverse("surveys:interviews")}]


def mode_table(found: Fieldwork) -> Table:
    """Answers by the way in which they came."""
    rows: list[tuple[Any, ...]] = []
    for mode in Mode:
        by_standing = found.by_mode.get(mode, {})
        if by_standing:
            whole = by_standing.get(Standing.COMPLETE, 0)
            rows.append((mode.label, whole, by_standing.get(Standing.PART, 0), by_standing.get(Standing.SET_ASIDE, 0)))
    if len(rows) > 1:
        rows.append(("All", *(sum(row[at] for row in rows) for at in (1, 2, 3))))
    headers = ("Way", "Complete", "Part answered", "Set aside")
    return Table("Answers by the way they came", headers, tuple(rows), empty="No answers have come in yet.")


def quota_table(found: Fieldwork) -> Table | None:
    """Quotas, what came and what is left; None where there are none."""
    if not found.quotas:
        return None
    rows = tuple((group or "All", wanted, wanted - left, left) for group, (wanted, left) in found.quotas.items())
    return Table("Quotas", ("Group", "Wanted", "Answered", "Still to come"), rows)


def attempts_table(found: Fieldwork) -> Table | None:
    """What came of calls and visits; None where there were none."""
    if not found.attempts:
        return None
    modes = [mode for mode in Mode if mode in found.attempts]
    rows = tuple(
        (outcome.label, *(found.attempts[mode].get(outcome, 0) for mode in modes))
        for outcome in Outcome
        if any(found.attempts[mode].get(outcome) for mode in modes)
    )
    return Table("Calls and visits", ("What came of it", *(mode.label for mode in modes)), rows)


def papers_table(found: Fieldwork) -> Table | None:
    """Where the paper forms stand; None where there are none."""
    if not found.papers:
        return None
    rows = tuple((words, found.papers[state]) for state, words in PAPER_STATES if state in found.papers)
    return Table("Paper forms", ("State", "Forms"), rows)


def days_chart(found: Fieldwork, survey: Survey) -> Chart | None:
    """Answers by day, the last fortnight on which any came; None before the first."""
    if not found.by_day:
        return None
    days = list(found.by_day.items())[-14:]
    shown = [Bar(f"{day.day} {day:%B}", count) for day, count in days]
    return bar_chart(
        title="Answers by day",
        bars=shown,
        description=f"How many answers to “{survey.title}” came in on each day.",
        label_header="Day",
        value_header="Answers",
        unit="",
        source="Answers that count, as they stand now.",
    )


def ways(survey: Survey, by: Actor) -> list[dict[str, str]]:
    """The pages for each way of asking that this person may open now."""
    open_now, found = survey.state == State.OPEN, []
    if by.may(permissions.INTERVIEW) and open_now:
        if Mode.TELEPHONE in survey.modes and survey.secrecy != Secrecy.ANONYMOUS:
            found.append({"text": "Ask by telephone", "href": building.address("telephone", survey)})
        if Mode.PAPER in survey.modes:
            found.append({"text": "Key in paper forms", "href": building.address("paper", survey)})
        if Mode.FACE in survey.modes:
            found.append({"text": "Ask at the door, without a signal too", "href": reverse("surveys:offline")})
    if by.may(permissions.BUILD) and open_now:
        if Mode.PAPER in survey.modes:
            found.append({"text": "Print paper forms", "href": building.address("print", survey)})
        if Mode.FACE in survey.modes and survey.secrecy != Secrecy.ANONYMOUS:
            found.append({"text": "Give homes to interviewers", "href": building.address("visits", survey)})
    return found


def interviews(by: Actor) -> list[dict[str, Any]]:
    """The open surveys with the ways in which this person can ask."""
    return [{"survey": survey, "ways": ways(survey, by)} for survey in queries.surveys_to_ask(by=by)]
