"""Reading the outbox."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Count, Min, Q, QuerySet

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


TO_POST = Q(channel=Message.Channel.LETTER, state=Message.State.WAITING)


def failed(*, by: Actor, but_letters_on: Collection[str] = ()) -> QuerySet[Message]:
    """Messages that could not be sent, and letters that wait to be printed, oldest first. Raises Forbidden.

    Letters with one of the subjects `but_letters_on` are left out.
    """
    letters = TO_POST & ~Q(subject__in=but_letters_on) if but_letters_on else TO_POST
    return outbox(by=by).filter(Q(state=Message.State.FAILED) | letters).order_by("id")


def letters_waiting(*, by: Actor) -> list[dict[str, Any]]:
    """Letters that wait to be printed, by subject: `subject`, `letters`, `since`, most first. Raises Forbidden."""
    found = outbox(by=by).filter(TO_POST).order_by().values("subject")
    rows: Any = found.annotate(letters=Count("id"), since=Min("recorded_at")).order_by("-letters", "subject")
    return list(rows)
