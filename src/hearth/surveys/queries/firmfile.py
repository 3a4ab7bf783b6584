"""Survey firms' files: what was sent, and how far each is."""

from __future__ import annotations

from django.db.models import QuerySet

from hearth.kernel.permits import Actor, check
from hearth.surveys import permissions
from hearth.surveys.models import FirmFile, Survey


def firm_files(survey: Survey, *, by: Actor) -> QuerySet[FirmFile]:
    """The files of a survey, latest first. Raises Forbidden."""
    check(by, permissions.FIELD)
    return FirmFile.objects.filter(survey=survey).select_related("file")


def firm_file(survey: Survey, pk: int, *, by: Actor) -> FirmFile | None:
    """One of them, or None. Raises Forbidden."""
    return firm_files(survey, by=by).filter(pk=pk).first()
