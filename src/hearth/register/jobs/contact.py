"""What waited is sent when its time has come, and reviews that have come due are told."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from hearth.db.jobs import job, timetable
from hearth.kernel.permits import Actor
from hearth.register import services


@timetable("register.release_held", "*/15 * * * *")
def release_held(*, on: date, by: Actor) -> None:
    services.release(at=timezone.now(), by=by)


@timetable("register.remind", "25 6 * * *")
def remind(*, on: date, by: Actor) -> None:
    services.remind_of_adjustments(on=on, by=by)
    services.remind_of_markers(on=on, by=by)


@job("register.tell_cleared")
def tell_cleared(*, held_id: int, by: Actor, **_: Any) -> None:
    services.tell_cleared(held_id=held_id, by=by)
