"""Figures are worked out, and people told of them, while nobody waits."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from hearth.db import news
from hearth.db.jobs import job, timetable
from hearth.kernel.permits import Actor
from hearth.surveys import queries, services


@job("surveys.compute")
def compute(*, survey_id: int, by: Actor) -> None:
    """Work out the figures of one survey."""
    survey = queries.survey(survey_id, by=by)
    if survey is not None:
        services.compute(survey=survey, at=timezone.now(), by=by)


@timetable("surveys.keep_results", "*/5 * * * *")
def keep_results(*, on: date, by: Actor) -> None:
    """Every few minutes: count again where enough answers have come in."""
    for number in services.due(by=by):
        news.defer_once("surveys.compute", lock=f"compute:{number}", survey_id=number)


@timetable("surveys.unlink_late", "40 2 * * *")
def unlink_late(*, on: date, by: Actor) -> None:
    """Every night: papers and files that came in after the last day lose their links too."""
    services.unlink_late(at=timezone.now(), by=by)


@job("surveys.tell_results")
def tell_results(*, survey_id: int, after: int = 0, by: Actor, **_: Any) -> None:
    """Tell the next people who were asked that the results are out."""
    services.tell_results(survey_id=survey_id, after=after, at=timezone.now(), by=by)


__all__ = ["compute", "keep_results", "tell_results", "unlink_late"]
