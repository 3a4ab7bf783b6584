"""Making the files of printed forms, one a job, and letting go of them once a survey has closed."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from hearth.db.jobs import job, timetable
from hearth.kernel.permits import Actor
from hearth.surveys import services


@job("surveys.print_forms")
def print_forms(*, batch_id: int, after: int = 0, by: Actor) -> None:
    """Make the next file of forms."""
    services.print_batch(batch_id=batch_id, after=after, at=timezone.now(), by=by)


@timetable("surveys.let_go_of_prints", cron="40 3 * * *")
def let_go_of_prints(*, on: date, by: Actor) -> None:
    """Delete the printed forms of surveys that have closed."""
    services.let_go_of_prints(on=on, by=by)


__all__ = ["let_go_of_prints", "print_forms"]
