"""Sending invitations and reminders, one batch a job."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from hearth.db import news
from hearth.db.jobs import job, timetable
from hearth.kernel.permits import Actor
from hearth.surveys import queries, services
from hearth.surveys.rules.kinds import State


@job("surveys.send_invitations")
def send_invitations(*, survey_id: int, after: int = 0, by: Actor) -> None:
    """Send the next invitations that wait."""
    services.send_batch(survey_id=survey_id, after=after, at=timezone.now(), by=by)


@job("surveys.invite")
def invite(*, survey_id: int, by: Actor) -> None:
    """Invite everybody who was drawn, once the survey has opened; nobody where it has closed since."""
    survey = queries.survey(survey_id, by=by)
    if survey is not None and survey.state == State.OPEN:
        services.invite(survey=survey, by=by)


@job("surveys.send_reminders")
def send_reminders(*, survey_id: int, number: int, after: int = 0, by: Actor) -> None:
    """Remind the next households that have not answered."""
    services.remind(survey_id=survey_id, number=number, after=after, at=timezone.now(), by=by)


@timetable("surveys.reminders", cron="0 9 * * *")
def reminders(*, on: date, by: Actor) -> None:
    """Begin the reminders of the day."""
    for survey, number in services.due_reminders(on=on):
        news.defer_once(
            "surveys.send_reminders", lock=f"remind:{survey.pk}:{number}", survey_id=survey.pk, number=number, after=0
        )
