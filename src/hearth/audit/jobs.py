"""The seals are set by the clock, so that no deed waits for another."""

from typing import Any

from hearth.audit import services
from hearth.db.jobs import timetable


@timetable("audit.seal", "*/2 * * * *")
def seal(**_: Any) -> None:
    services.seal()
