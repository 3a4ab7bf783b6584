"""What the clock does to actions, every morning."""

from datetime import date

from hearth.actions import services
from hearth.db.jobs import timetable
from hearth.kernel.permits import Actor


@timetable("actions.overdue", "5 3 * * *")
def overdue(*, on: date, by: Actor) -> None:
    services.mark_overdue(on=on, by=by)


@timetable("actions.remind", "15 6 * * *")
def remind(*, on: date, by: Actor) -> None:
    services.remind(on=on, by=by)
