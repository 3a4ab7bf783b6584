"""What the pages of the outbox show, in words."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from hearth.documents import queries as documents
from hearth.notifications.models import Message
from hearth.ui.tables import Cell
from hearth.ui.tags import Tag
from hearth.ui.words import moment

COLOURS = {"waiting": "blue", "sent": "green", "failed": "red"}


def state_tag(message: Message) -> Tag:
    """The state of a message."""
    if message.channel == Message.Channel.LETTER and message.state == Message.State.WAITING:
        return Tag("To print and post", "orange")
    return Tag(message.get_state_display(), COLOURS[message.state])


def row(message: Message) -> tuple[Any, ...]:
    """One line of the outbox."""
    href = reverse("notifications:message", kwargs={"pk": message.pk})
    return (
        Cell(message.subject, href=href),
        message.to_name,
        message.get_channel_display(),
        state_tag(message),
        moment(message.sent_at or message.recorded_at),
    )


def files(message: Message) -> list[tuple[str, str]]:
    """The files of a message with their addresses; a letter's printed file comes first."""
    found = [(documents.file(number), place) for place, number in enumerate(message.attachment_ids, 1)]
    return [
        (file.name, reverse("notifications:file", kwargs={"pk": message.pk, "number": place}))
        for file, place in found
        if file is not None
    ]


def rows(message: Message) -> list[tuple[str, Any]]:
    """All that is known of one message."""
    found: list[tuple[str, Any]] = [
        ("State", state_tag(message)),
        ("To", f"{message.to_name}\n{message.to_address}"),
        ("Channel", message.get_channel_display()),
        ("Composed", message.recorded_at),
        ("Tries", str(message.tries)),
    ]
    told: list[tuple[str, Any]] = [
        ("Sent", message.sent_at),
        ("Proof", message.proof),
        ("What went wrong", message.error),
    ]
    return found + [(name, value) for name, value in told if value]
