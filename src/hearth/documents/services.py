"""Keeping files, taking them apart, printing papers, and serving those who asked for another format."""

from __future__ import annotations

import hashlib
import secrets
import socket
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from hearth.audit import services as audit
from hearth.db import news, wall
from hearth.documents import permissions, rules
from hearth.documents.models import FormatRequest, Printed, StoredFile
from hearth.documents.rules import ABOUT, Extracted, Format, Limits
from hearth.documents.rules.scanning import infected
from hearth.kernel.papers import Paper
from hearth.kernel.permits import Actor, check
from hearth.kernel.refusals import Refused
from hearth.landlords import queries as landlords

LEAD_TIMES = {
    Format.LARGE_PRINT_16: "formats.large_print",
    Format.LARGE_PRINT_18: "formats.large_print",
    Format.LARGE_PRINT_24: "formats.large_print",
    Format.BRAILLE: "formats.braille",
    Format.AUDIO: "formats.audio",
}


def passages_of(*, name: str, body: bytes) -> Extracted:
    """Take a file apart. Raises Refused, in one sentence that says what to do, for one that cannot be read safely."""
    return rules.extract(name, body, limits=Limits(size=settings.HEARTH_UPLOAD_MAX))


def _scan(body: bytes) -> StoredFile.Scan:
    """Ask the virus scanner, where one is set up. Raises Refused where it does not answer: nothing goes unscanned."""
    if not settings.HEARTH_SCANNER:
        return StoredFile.Scan.NOT_SCANNED
    host, _, port = settings.HEARTH_SCANNER.partition(":")
    try:
        with socket.create_connection((host, int(port or 3310)), timeout=30) as channel:
            return StoredFile.Scan.INFECTED if infected(channel, body) else StoredFile.Scan.CLEAN
    except (OSError, ValueError):
        raise Refused("The virus scanner does not answer, so no file can be taken now. Try again later.") from None


@transaction.atomic
def keep(*, name: str, body: bytes, purpose: str, media_type: str = "", by: Actor) -> StoredFile:
    """Keep a file unchanged, scanned where a scanner is set up. Refuses an infected one.

    The path on disk is drawn at random: nothing of the given name reaches it.
    """
    found = _scan(body)
    if found == StoredFile.Scan.INFECTED:
        raise Refused(
            "A virus was found in this file, so it was not kept. Ask the sender for a clean copy.", field="file"
        )
    path = default_storage.save(f"{wall.current()}/{secrets.token_hex(16)}", ContentFile(body))
    file = StoredFile.objects.create(
        name=name[:255],
        media_type=media_type or "application/octet-stream",
        size=len(body),
        sha256=hashlib.sha256(body).hexdigest(),
        path=path,
        scan=found,
        purpose=purpose,
        kept_by_id=by.user_id,
    )
    audit.record(by=by, deed="documents.kept", subject=file, sha256=file.sha256)
    return file


@transaction.atomic
def print_paper(*, paper: Paper, format: str, name: str, by: Actor) -> StoredFile:
    """The paper as a file. Made once: the same paper in the same format is the same file.

    Raises Refused where the program for a format is not installed.
    """
    fmt = Format(format)
    kept = Printed.objects.select_related("file").filter(digest=paper.digest(), format=fmt).first()
    if kept:
        return kept.file
    made = rules.render(paper, fmt)
    file = keep(name=f"{name}{made.name_suffix}", body=made.body, purpose="documents.printed",
                media_type=made.media_type, by=by)  # fmt: skip
    try:
        with transaction.atomic():
            Printed.objects.create(digest=paper.digest(), format=fmt, file=file)
    except IntegrityError:  # somebody printed the same at the same moment
        return Printed.objects.select_related("file").get(digest=paper.digest(), format=fmt).file
    return file


def rendered(*, paper: Paper, format: str) -> rules.Rendered:
    """The paper as a file that is not kept here: for what must not lie about, such as somebody's own data.

    Raises Refused where the program for a format is not installed.
    """
    return rules.render(paper, Format(format))


def typeset(*, described: dict[str, Any], template: Path) -> bytes:
    """A tagged PDF (PDF/UA-1) set by the calling room's own Typst template; its words come as data, never as markup."""
    return rules.typeset(described, template)


@transaction.atomic
def empty(*, file: StoredFile, on: date, by: Actor) -> None:
    """Delete what a file holds, because its time is over (SEC-11). That it was kept, with its hash, stays on record.

    Whoever calls has asked whether it may go. Harmless when repeated.
    """
    if file.emptied_on is not None:
        return
    path, file.path, file.name, file.size, file.emptied_on = file.path, "", "Deleted", 0, on
    file.save(update_fields=["path", "name", "size", "emptied_on"])
    Printed.objects.filter(file=file).delete()  # the same paper asked for again would be made again
    transaction.on_commit(lambda: default_storage.delete(path))
    audit.record(by=by, deed="documents.emptied", subject=file, sha256=file.sha256)


def lead_time(format: str, *, on: date) -> int:
    """Working days within which a format is supplied (Q-30)."""
    key = LEAD_TIMES.get(Format(format), "formats.other") if format in list(Format) else f"formats.{format}"
    return int(landlords.setting(key, on=on))


@transaction.atomic
def ask_for_format(
    *, subject: Any, version: str, format: str, name: str, contact: str, on: date, language: str = "", by: Actor
) -> FormatRequest:
    """Record that somebody asked for a document in another format, with the day by which it is due (COM-04).

    Anybody may ask, without an account.
    """
    if not name.strip():
        raise Refused("Enter your name, so that we know whom it is for.", field="name")
    if not contact.strip():
        raise Refused("Enter an email address or a postal address, so that we can send it.", field="contact")
    if format == "translation" and not language.strip():
        raise Refused("Say which language you would like.", field="language")
    request = FormatRequest.objects.create(
        subject_kind=subject._meta.label_lower,
        subject_id=subject.pk,
        subject_title=str(subject)[:300],
        subject_version=version,
        format=format,
        language=language.strip(),
        name=name.strip(),
        contact=contact.strip(),
        asked_on=on,
        due_on=landlords.calendar().add(on, lead_time(format, on=on)),
    )
    audit.record(by=by, deed="documents.format_asked", subject=request, format=format)
    news.announce("documents.format_asked", request_id=request.pk)
    return request


@transaction.atomic
def make_for_request(*, request: FormatRequest, paper: Paper, by: Actor) -> FormatRequest:
    """Make the file that was asked for. A format that people make by hand stays with the officer."""
    if request.format not in list(Format):
        return request
    request.file = print_paper(paper=paper, format=request.format, name=request.subject_title, by=by)
    request.state = FormatRequest.State.MADE
    request.save(update_fields=["file", "state"])
    audit.record(by=by, deed="documents.format_made", subject=request, format=request.format)
    return request


OPEN = (FormatRequest.State.ASKED, FormatRequest.State.MADE)


def _check_open(request: FormatRequest) -> None:
    if request.state not in OPEN:
        raise Refused(f"This request is settled already: {request.get_state_display().lower()}.")


@transaction.atomic
def make_again(*, request: FormatRequest, by: Actor) -> None:
    """Ask the room that the document belongs to for the file once more."""
    check(by, permissions.FORMATS)
    _check_open(request)
    audit.record(by=by, deed="documents.format_wanted_again", subject=request)
    news.announce("documents.format_asked", request_id=request.pk)


@transaction.atomic
def sent(*, request: FormatRequest, on: date, proof: str, supplier: str = "", cost: Any = None, by: Actor) -> None:
    """Record that the format went out, with the proof."""
    check(by, permissions.FORMATS)
    _check_open(request)
    if not proof.strip():
        raise Refused("Say how it was sent: email, post with its reference, or handed over.", field="proof")
    if on < request.asked_on:
        raise Refused("It cannot have been sent before it was asked for.", field="on")
    request.state, request.sent_on, request.proof = FormatRequest.State.SENT, on, proof.strip()
    request.supplier, request.cost = supplier, cost
    request.save(update_fields=["state", "sent_on", "proof", "supplier", "cost"])
    audit.record(by=by, deed="documents.format_sent", subject=request)


@transaction.atomic
def decline(*, request: FormatRequest, reason: str, by: Actor) -> None:
    """Decline a request, with a reason that can stand in the record."""
    check(by, permissions.FORMATS)
    _check_open(request)
    if len(reason.split()) < 3:
        raise Refused("Say why it cannot be supplied, and what was offered instead.", field="reason")
    request.state, request.reason = FormatRequest.State.DECLINED, reason.strip()
    request.save(update_fields=["state", "reason"])
    audit.record(by=by, deed="documents.format_declined", subject=request)


def file_name(title: str, format: str) -> str:
    """The name under which a printed paper is offered."""
    return f"{title}{ABOUT[Format(format)].suffix}"
