"""Following events, and calls to those who were badly served."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from hearth.db.jobs import job, timetable
from hearth.kernel.permits import Actor
from hearth.surveys import services


@timetable("surveys.follow_events", cron="30 9 * * *")
def follow_events(*, on: date, by: Actor) -> None:
    """Ask after the events that are due."""
    services.follow(on=on, at=timezone.now(), by=by)


@job("surveys.call_back")
def call_back(*, response_id: str, by: Actor) -> None:
    """Promise a call where an answer is low."""
    services.call_back(response_id=response_id, on=timezone.localdate(), by=by)
