"""What the pages of the outbox show, in words."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

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
        ("Attachments", str(len(message.attachment_ids)) if message.attachment_ids else ""),
    ]
    return found + [(name, value) for name, value in told if value]
