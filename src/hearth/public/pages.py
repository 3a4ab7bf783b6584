"""What the public pages show besides the words of a review."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import quote

from django.http import HttpResponse

from hearth.documents import queries as documents
from hearth.public.queries import SMALL

STATEMENT_ON = date(2026, 11, 22)  # on which the accessibility statement was last looked over


def downloads() -> list[dict[str, Any]]:
    """Every format: its name, and how it is had: at once, after a short while, or not here and why."""
    found = []
    for fmt, name, why in documents.formats():
        wait = fmt.value not in SMALL
        found.append({"format": fmt.value, "words": name, "why": why, "wait": wait})
    return found


def as_file(file: Any, body: bytes) -> HttpResponse:
    """A stored file as a download under its own name; browsers are told to save it, not to open it here."""
    response = HttpResponse(body, content_type=file.media_type)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file.name)}"
    return response
