"""What the clock does for people's rights: requests that are due are told each morning, and each month it lets go."""

from __future__ import annotations

from datetime import date

from hearth.db.jobs import timetable
from hearth.kernel.permits import Actor
from hearth.register.services import retention, rights


@timetable("register.remind_of_requests", "35 6 * * *")
def remind_of_requests(*, on: date, by: Actor) -> None:
    rights.remind(on=on, by=by)


@timetable("register.let_go", "30 2 2 * *")
def let_go(*, on: date, by: Actor) -> None:
    retention.let_go(on=on, by=by)
