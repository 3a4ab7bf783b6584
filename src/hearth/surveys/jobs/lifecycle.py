"""Every morning: surveys close and open on their days, and late results are asked for."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from hearth.db.jobs import timetable
from hearth.kernel.permits import Actor
from hearth.surveys import services


@timetable("surveys.keep_days", "10 4 * * *")
def keep_days(*, on: date, by: Actor) -> None:
    services.keep_days(on=on, at=timezone.now(), by=by)


__all__ = ["keep_days"]
