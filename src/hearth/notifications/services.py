"""One outbox: composed, sent, retried, never twice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.utils.module_loading import import_string

from hearth.audit import services as audit
from hearth.db import news
from hearth.documents import queries as documents
from hearth.kernel.keeping import Fate, Kept
from hearth.kernel.permits import Actor, check
from hearth.kernel.refusals import Refused
from hearth.notifications import permissions, rules
from hearth.notifications.models import Message

SENT_BY_HEARTH = (Message.Channel.EMAIL, Message.Channel.SMS)  # letters are printed and posted by people


@transaction.atomic
def send(
    *,
    key: str,
    to_name: str,
    to_address: str,
    subject: str,
    body: str,
    attachments: Sequence[int] = (),
    about: Any = None,
    channel: str = "email",
    by: Actor,
) -> Message:
    """Put a message into the outbox. The same `key` again gives the same message: nobody is written to twice.

    An email or a text leaves once this transaction is committed, and is tried again when it fails. A letter waits until
    somebody posts it; its printed file is among the attachments.
    """
    kept = Message.objects.filter(key=key).first()
    if kept:
        return kept
    try:
        with transaction.atomic():
            message = Message.objects.create(
                key=key,
                channel=channel,
                to_name=to_name,
                to_address=to_address,
                subject=" ".join(subject.split())[:200],
                body=body,
                attachment_ids=list(attachments),
                about_kind=about._meta.label_lower if about is not None else "",
                about_id=about.pk if about is not None else None,
            )
    except IntegrityError:
        return Message.objects.get(key=key)
    audit.record(by=by, deed="notifications.composed", subject=message, channel=channel)
    if channel in SENT_BY_HEARTH:
        news.defer("notifications.deliver", message_id=message.pk)
    return message


def deliver(*, message_id: int, at: datetime) -> None:
    """Try to send one email or text. A failure is kept with its error and raised, so that the queue tries again."""
    with transaction.atomic():
        message = Message.objects.select_for_update().get(pk=message_id)
        if message.state == Message.State.SENT:
            return
        message.tries += 1
        try:
            _hand_over(message)
        except (OSError, SMTPException) as error:
            message.error = str(error)[:2000]
            message.state = Message.State.FAILED if rules.gives_up(message.tries) else Message.State.WAITING
            message.save(update_fields=["tries", "error", "state"])
            failed: Exception | None = error
        else:
            message.state, message.sent_at, message.error = Message.State.SENT, at, ""
            taker = "mail server" if message.channel == Message.Channel.EMAIL else "sender of texts"
            message.proof = f"Handed to the {taker} on {at:%d %B %Y at %H:%M}."
            message.save(update_fields=["tries", "error", "state", "sent_at", "proof"])
            news.announce("notifications.sent", message_id=message.pk)
            failed = None
    if failed and message.state == Message.State.WAITING:
        raise Undelivered(str(failed))


class Undelivered(Exception):
    """The mail server or the sender of texts did not take the message; the queue tries again later."""


def _hand_over(message: Message) -> None:
    if message.channel == Message.Channel.SMS:
        import_string(settings.HEARTH_TEXTS)(to=message.to_address, text=message.body, key=message.key)
        return
    mail = EmailMessage(message.subject, message.body, to=[f'"{message.to_name}" <{message.to_address}>'])
    for number in message.attachment_ids:
        file = documents.file(number)
        if file is not None:
            mail.attach(file.name, documents.body_of(file), file.media_type)
    mail.send()


@transaction.atomic
def try_again(*, message: Message, by: Actor) -> None:
    """Put a failed message back into the outbox."""
    check(by, permissions.OUTBOX)
    if message.state != Message.State.FAILED:
        raise Refused("Only a message that failed can be tried again.")
    message.state, message.tries = Message.State.WAITING, 0
    message.save(update_fields=["state", "tries"])
    news.defer("notifications.deliver", message_id=message.pk)
    audit.record(by=by, deed="notifications.tried_again", subject=message)


@transaction.atomic
def posted(*, message: Message, at: datetime, proof: str, by: Actor) -> None:
    """Record that a printed letter was posted, and how we know."""
    check(by, permissions.OUTBOX)
    if message.channel != Message.Channel.LETTER:
        raise Refused("Only letters are posted by hand.")
    if message.state == Message.State.SENT:
        raise Refused("This letter was posted already.")
    if not proof.strip():
        raise Refused("Say how it was posted: first class, or with its tracking number.", field="proof")
    message.state, message.sent_at, message.proof = Message.State.SENT, at, proof.strip()
    message.save(update_fields=["state", "sent_at", "proof"])
    audit.record(by=by, deed="notifications.posted", subject=message)
    news.announce("notifications.sent", message_id=message.pk)


# ── how long messages are kept ────────────────────────────────────────────────────────────────────────────


def _let_go(rows: Any, by: Actor) -> int:
    """Messages lose whom they went to and what they said; that they went, when and about what stays."""
    return int(rows.update(to_name="", to_address="", subject=GONE, body="", proof="", attachment_ids=[]))


GONE = "Deleted, because its time was over"
KEPT = Kept(
    "notifications.messages", "Messages and letters", "notifications.message", "notifications.keep_messages",
    "the day on which it was sent", Fate.ANONYMISED,
    lambda day: Message.objects.filter(sent_at__date__lte=day).exclude(subject=GONE), _let_go,
)  # fmt: skip
