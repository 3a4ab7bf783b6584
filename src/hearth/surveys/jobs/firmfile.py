"""Survey firms' files are looked at, checked and brought in."""

from __future__ import annotations

from collections.abc import Iterator

from hearth.db.jobs import job, job_in_steps
from hearth.kernel.permits import Actor
from hearth.surveys import services


@job("surveys.look_at_firm_file")
def look_at_firm_file(*, file_id: int, by: Actor) -> None:
    """See what the columns hold."""
    services.look_at_firm_file(file_id=file_id, by=by)


@job("surveys.check_firm_file")
def check_firm_file(*, file_id: int, by: Actor) -> None:
    """Count what would come of the rows."""
    services.check_firm_file(file_id=file_id, by=by)


@job_in_steps("surveys.bring_in_firm_file")
def bring_in_firm_file(*, file_id: int, by: Actor) -> Iterator[None]:
    """Bring the rows in."""
    return services.bring_in_steps(file_id=file_id, by=by)
