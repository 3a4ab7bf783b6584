"""Every night: the entries of prize draws lose the order in which they came."""

from __future__ import annotations

from datetime import date

from hearth.db.jobs import timetable
from hearth.kernel.permits import Actor
from hearth.surveys import services


@timetable("surveys.mix_entries", "40 3 * * *")
def mix_entries(*, on: date, by: Actor) -> None:
    services.mix_entries(by=by)


__all__ = ["mix_entries"]
