"""What runs after a workbook was given: it is read, then its figures are kept in steps."""

from __future__ import annotations

from django.utils import timezone

from hearth.db.jobs import job
from hearth.kernel.permits import Actor
from hearth.performance import services


@job("performance.read_workbook")
def read_workbook(*, workbook_id: int, by: Actor) -> None:
    services.read_workbook(workbook_id=workbook_id, by=by)


@job("performance.keep_figures")
def keep_figures(*, workbook_id: int, start: int, by: Actor) -> None:
    services.keep_figures(workbook_id=workbook_id, start=start, at=timezone.now(), by=by)
