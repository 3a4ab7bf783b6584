"""Reading the outbox."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from hearth.kernel.permits import Actor, check
from hearth.notifications import permissions
from hearth.notifications.models import Message


def outbox(*, by: Actor, state: str = "") -> QuerySet[Message]:
    """All messages, newest first, or those in one state. Raises Forbidden."""
    check(by, permissions.OUTBOX)
    return Message.objects.filter(state=state) if state else Message.objects.all()


def about(subject: Any) -> QuerySet[Message]:
    """The messages about one thing, for that thing's own page."""
    return Message.objects.filter(about_kind=subject._meta.label_lower, about_id=subject.pk)


def message(number: int) -> Message | None:
    """One message, for the job that follows its sending and for its own page."""
    return Message.objects.filter(pk=number).first()


def with_key(key: str) -> Message | None:
    """The message that was sent under a key, for the room that asks whether it wrote already."""
    return Message.objects.filter(key=key).first()


def failed(*, by: Actor) -> QuerySet[Message]:
    """Messages that could not be sent, and letters that wait to be printed, oldest first. Raises Forbidden."""
    letters = Q(channel=Message.Channel.LETTER, state=Message.State.WAITING)
    return outbox(by=by).filter(Q(state=Message.State.FAILED) | letters).order_by("id")
