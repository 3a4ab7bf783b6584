"""What the pages of format requests show, in words."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse

from hearth.documents import queries
from hearth.documents.models import FormatRequest
from hearth.ui.tables import Cell
from hearth.ui.tags import Tag

COLOURS = {"asked": "blue", "made": "teal", "sent": "green", "declined": "grey"}
OPEN = ("asked", "made")


def state_tag(request: FormatRequest, *, on: date) -> Tag:
    """The state of a request; what is late says so."""
    if request.state in OPEN and request.due_on < on:
        return Tag("Overdue", "red")
    return Tag(request.get_state_display(), COLOURS[request.state])


def row(request: FormatRequest, *, on: date) -> tuple[Any, ...]:
    """One line of the list."""
    return (
        Cell(
            request.subject_title,
            href=reverse("documents:request", kwargs={"pk": request.pk}),
            hint=queries.reference(request),
        ),
        queries.format_words(request.format),
        request.name,
        state_tag(request, on=on),
        request.due_on,
    )


def rows(request: FormatRequest, *, on: date) -> list[tuple[str, Any]]:
    """All that is known of one request."""
    found: list[tuple[str, Any]] = [
        ("State", state_tag(request, on=on)),
        ("Format", queries.format_words(request.format)),
    ]
    if request.language:
        found.append(("Language or wish", request.language))
    found += [
        ("For", request.name),
        ("To", request.contact),
        ("Asked on", request.asked_on),
        ("Due on", request.due_on),
        ("Version", request.subject_version[:16]),
    ]
    told: list[tuple[str, Any]] = [
        ("Sent on", request.sent_on),
        ("Proof", request.proof),
        ("Made by", request.supplier),
        ("Cost", "" if request.cost is None else f"£{request.cost:,.2f}"),
        ("Declined because", request.reason),
    ]
    return found + [(name, value) for name, value in told if value]
