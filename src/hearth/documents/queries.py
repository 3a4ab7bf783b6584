"""Reading files and format requests."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from django.core.files.storage import default_storage
from django.db.models import QuerySet

from hearth.documents import permissions, rules
from hearth.documents.models import FormatRequest, Printed, StoredFile
from hearth.documents.rules import ABOUT, Format
from hearth.kernel.days import spoken
from hearth.kernel.permits import Actor, check
from hearth.kernel.refusals import Refused


def file(number: int) -> StoredFile | None:
    """One stored file. The calling room decides whether it may be seen."""
    return StoredFile.objects.filter(pk=number).first()


def body_of(file: StoredFile) -> bytes:
    """What a stored file holds. Raises Refused where it was deleted because its time was over."""
    if file.emptied_on is not None:
        raise Refused(f"This file was deleted on {spoken(file.emptied_on)}, because its time was over.")
    with default_storage.open(file.path) as opened:
        return opened.read()


@lru_cache(maxsize=1)
def formats() -> tuple[tuple[Format, str, str], ...]:
    """Every format with its name and, where this machine cannot make it, why not."""
    why = rules.available()
    return tuple((fmt, ABOUT[fmt].words, why[fmt]) for fmt in Format)


def requests(*, by: Actor, open_only: bool = False) -> QuerySet[FormatRequest]:
    """What people have asked for in other formats, by due date (COM-04). Raises Forbidden."""
    check(by, permissions.FORMATS)
    found = FormatRequest.objects.select_related("file")
    return found.filter(state__in=["asked", "made"]) if open_only else found


def overdue(*, by: Actor, on: date) -> QuerySet[FormatRequest]:
    """Requests whose day has passed without the format being sent."""
    return requests(by=by, open_only=True).filter(due_on__lt=on)


def requests_about(subject: Any) -> QuerySet[FormatRequest]:
    """The requests for one thing, for that thing's own page."""
    return FormatRequest.objects.filter(subject_kind=subject._meta.label_lower, subject_id=subject.pk)


def request(number: int) -> FormatRequest | None:
    """One request, for the job that serves it and for its own page."""
    return FormatRequest.objects.select_related("file").filter(pk=number).first()


def printed(digest: str, format: str) -> StoredFile | None:
    """The file that was already made of a paper in a format. The calling room decides whether it may be seen."""
    kept = Printed.objects.select_related("file").filter(digest=digest, format=format).first()
    return kept.file if kept else None


BY_HAND = {"translation": "Another language", "easy_read": "Easy read", "other": "Another format"}


def format_words(format: str) -> str:
    """What a format is called, also where people make it by hand."""
    return ABOUT[Format(format)].words if format in list(Format) else BY_HAND.get(format, format)


def reference(request: FormatRequest) -> str:
    """The reference under which a request is spoken of."""
    return f"FORMAT-{request.pk}"
