"""Files are checked and brought in, and people who are kept twice are looked for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils import timezone

from hearth.db.jobs import job, job_in_steps, timetable
from hearth.kernel.permits import Actor
from hearth.register import services


@job_in_steps("register.check_import")
def check_import(*, import_id: int, by: Actor) -> Iterator[None]:
    return services.check_in_steps(import_id=import_id, by=by)


@job_in_steps("register.bring_in")
def bring_in(*, import_id: int, by: Actor) -> Iterator[None]:
    return services.bring_in_steps(import_id=import_id, by=by)


@timetable("register.forget_rows", "10 4 * * *")
def forget_rows(*, on: date, by: Actor) -> None:
    services.forget_rows(on=on, by=by)


@job("register.find_duplicates")
def find_duplicates(*, by: Actor) -> None:
    services.find_duplicates(on=timezone.localdate(), by=by)


@timetable("register.look_for_duplicates", "20 3 * * 0")
def look_for_duplicates(*, on: date, by: Actor) -> None:
    services.find_duplicates(on=on, by=by)
