"""The life of a governed document: added, consulted on, submitted, approved, published, changed, reviewed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction

from hearth.accounts import queries as accounts
from hearth.audit import services as audit
from hearth.db import news
from hearth.documents import services as files
from hearth.kernel.choices import check_move
from hearth.kernel.days import add_months, spoken
from hearth.kernel.permits import Actor, check
from hearth.kernel.refusals import Refused
from hearth.landlords import queries as landlords
from hearth.notifications import services as notifications
from hearth.policies import permissions, queries, rules
from hearth.policies.models import Aim, Clearance, Document, Law, Step, Version
from hearth.policies.rules import MOVES, Reason, Status


@transaction.atomic
def add_document(
    *,
    title: str,
    kind: str,
    aliases: Iterable[str] = (),
    owner: Any = None,
    officer: Any = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    version: str = "1.0",
    law_ids: Iterable[int] = (),
    aim_ids: Iterable[int] = (),
    replaces: Document | None = None,
    adopted_on: date | None = None,
    review_on: date | None = None,
    on: date,
    by: Actor,
) -> Document:
    """Take a document under governance (GOV-01): as a draft or, with `adopted_on`, as one that is in force already.

    A document in force gets the review date that is given, else the one that the policy sets (GOV-17, GOV-19).
    """
    check(by, permissions.WRITE)
    _check_said(title, kind)
    rules.check_term(starts_on, ends_on)
    rules.next_minor(version)  # refuses a number that is none
    if adopted_on and adopted_on > on:
        raise Refused("It cannot have been adopted on a day to come.", field="adopted_on")
    if adopted_on and owner is None:
        raise Refused("Choose the post that answers for this document.", field="owner")
    document = Document.objects.create(
        title=title.strip(), kind=kind, aliases=_names(aliases), owner=owner, officer=officer, version=version.strip(),
        starts_on=starts_on, ends_on=ends_on, replaces=replaces,
    )  # fmt: skip
    _link(document, law_ids, aim_ids)
    Step.objects.create(document=document, status=Status.DRAFT, on=adopted_on or on, by_name=by.name)
    if adopted_on:
        document.status, document.approved_on = Status.PUBLISHED, adopted_on
        document.review_on = review_on or _review_due(document, adopted_on)
        document.save(update_fields=["status", "approved_on", "review_on"])
        text = "Recorded as a document that was in force already."
        Step.objects.create(document=document, status=document.status, on=adopted_on, by_name=by.name, text=text)
        _supersede_replaced(document, on=on, by=by)
    audit.record(by=by, deed="policies.document_added", subject=document)
    return document


@transaction.atomic
def change_document(
    *,
    document: Document,
    title: str,
    kind: str,
    aliases: Iterable[str],
    owner: Any,
    officer: Any,
    starts_on: date | None,
    ends_on: date | None,
    law_ids: Iterable[int],
    aim_ids: Iterable[int],
    review_on: date | None,
    by: Actor,
) -> Document:
    """Change what the register says of a document; its text changes by a new version only."""
    check(by, permissions.WRITE)
    document = _lock(document)
    _check_said(title, kind)
    rules.check_term(starts_on, ends_on)
    if owner is None and Status(document.status) not in {Status.DRAFT, Status.WITHDRAWN}:
        raise Refused("Choose the post that answers for this document.", field="owner")
    if review_on and document.approved_on:
        latest = rules.review_due(
            approved_on=document.approved_on, months=_months(document.approved_on), ends_on=ends_on
        )
        if review_on > latest:
            raise Refused(f"The review is due by {spoken(latest)} at the latest.", field="review_on")
    document.title, document.kind, document.aliases = title.strip(), kind, _names(aliases)
    document.owner, document.officer = owner, officer
    document.starts_on, document.ends_on, document.review_on = starts_on, ends_on, review_on
    document.save()
    _link(document, law_ids, aim_ids)
    audit.record(by=by, deed="policies.document_changed", subject=document)
    return document


def _check_said(title: str, kind: str) -> None:
    if not title.strip():
        raise Refused("Enter the title.", field="title")
    if kind not in Document.Kind.values:
        raise Refused("Select the kind of document.", field="kind")


def _names(aliases: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(alias.strip() for alias in aliases if alias.strip()))


def _link(document: Document, law_ids: Iterable[int], aim_ids: Iterable[int]) -> None:
    document.laws.set(Law.objects.filter(pk__in=list(law_ids)))
    document.aims.set(Aim.objects.filter(pk__in=list(aim_ids)))


def _lock(document: Document) -> Document:
    return Document.objects.select_for_update().get(pk=document.pk)


def _months(on: date) -> int:
    return int(landlords.setting("policies.review_months", on=on))


def _review_due(document: Document, approved_on: date) -> date:
    return rules.review_due(approved_on=approved_on, months=_months(approved_on), ends_on=document.ends_on)


@transaction.atomic
def move(*, document: Document, to: str, on: date, text: str = "", reason: str = "", by: Actor) -> Step:
    """Move a document to its next state. A move that is not in the table is refused, naming the missing steps (GOV-02).

    `text` is the record on which the step rests; `reason` is asked for a review (GOV-17). Approval is the deed of those
    who record decisions.
    """
    there = Status(to)
    check(by, permissions.DECIDE if there is Status.APPROVED else permissions.WRITE)
    return step(document=document, there=there, on=on, text=text, reason=reason, by=by)


def step(*, document: Document, there: Status, on: date, text: str = "", reason: str = "", by: Actor) -> Step:
    """Move along the table, with its guards, for whoever may; `move` and the committee reports ask that first."""
    kept = document
    document = _lock(document)
    check_move(MOVES, Status(document.status), there, what="document")
    last = document.steps.order_by("on").last()
    if last and on < last.on:
        raise Refused(f"The step before this one was on {spoken(last.on)}. This one cannot be earlier.", field="on")
    rules.check_text(text, there)
    _guard(document, there, text=text, reason=reason, on=on)
    document.status = there
    if there is Status.APPROVED:
        document.approved_on, document.review_on, document.review_reason = on, _review_due(document, on), ""
    elif there is Status.UNDER_REVIEW:
        document.review_reason = reason
        text = text.strip() or f"Reason: {reason}."
    elif there is Status.DRAFT:
        document.version = rules.next_major(document.version)
    document.save(update_fields=["status", "approved_on", "review_on", "review_reason", "version"])
    made = Step.objects.create(document=document, status=there, on=on, by_name=by.name, text=text.strip())
    if there is Status.PUBLISHED:
        _supersede_replaced(document, on=on, by=by)
    kept.refresh_from_db()
    audit.record(by=by, deed="policies.moved", subject=document, to=there.value)
    news.announce("policies.moved", document_id=document.pk)
    if there is Status.UNDER_REVIEW:
        news.announce("policies.review_started", document_id=document.pk)
    return made


def _guard(document: Document, there: Status, *, text: str, reason: str, on: date) -> None:
    if there is Status.INTERNAL_CONSULTATION and (document.owner_id is None or document.officer_id is None):
        raise Refused("Name the owner and the responsible officer of this document first.")
    if there is Status.SUBMITTED:
        check_cleared(document)
    if there is Status.APPROVED and not text.strip():
        raise Refused("Say which body or post approved it, and what it decided.", field="text")
    if there is Status.PUBLISHED and document.owner_id is None:
        raise Refused("Name the owner, who answers for the decision, before this is published.")
    if there is Status.UNDER_REVIEW:
        rules.check_review_reason(reason=reason, review_on=document.review_on, on=on)


def check_cleared(document: Document) -> None:
    """Refuse to take a document to committee without its review, or a screening that none is needed (GOV-04)."""
    if queries.clearance_of(document) is None:
        raise Refused(
            "This document has no approved Customer Access Review, and no screening that says that none is needed. "
            "It cannot go to committee before it has one."
        )


def _supersede_replaced(document: Document, *, on: date, by: Actor) -> None:
    """A document that is published ends the one that it replaces (GOV-29)."""
    old = document.replaces
    if old is not None and Status(old.status) is Status.PUBLISHED:
        last = old.steps.order_by("on").last()
        day = max(on, last.on) if last else on
        step(document=old, there=Status.SUPERSEDED, on=day, text=f"Replaced by {document.title}.", by=by)


@transaction.atomic
def start_review(*, document: Document, reason: str, on: date, by: Actor) -> Step:
    """Begin the full review of a published document; early only for one of the four reasons (GOV-17).

    Whoever keeps its Customer Access Review hears it and opens the next one (CAR-38).
    """
    return move(document=document, to=Status.UNDER_REVIEW, on=on, reason=reason, by=by)


@transaction.atomic
def new_version(
    *,
    document: Document,
    on: date,
    note: str,
    reason: str = "",
    text: str = "",
    upload: Any = None,
    by: Actor,
) -> Version:
    """Keep a new version of a document's text; the earlier ones stay readable (GOV-18, GOV-29).

    In a document's term it takes one of the four reasons and is numbered 1.1, 1.2 and so on.
    """
    check(by, permissions.WRITE)
    document = _lock(document)
    status = Status(document.status)
    if status in rules.ENDED:
        raise Refused("This document has ended, so its text stays as it is.")
    if status in {Status.SUBMITTED, Status.APPROVED}:
        raise Refused("This text is with the body that decides on it. It can change when it is returned or published.")
    in_term = status in rules.IN_FORCE and document.versions.exists()
    if in_term and reason not in [r.value for r in Reason]:
        raise Refused("Give the reason for changing it in its term.", field="reason")
    if len(note.split()) < 2:
        raise Refused("Say what changed.", field="note")
    if not text.strip() and not upload:
        raise Refused("Paste the text, or attach the file.", field="text")
    newest = document.versions.first()
    if newest and on < newest.on:
        raise Refused(f"The version before this one is of {spoken(newest.on)}. This one cannot be earlier.", field="on")
    file, text = _text(text, upload, by)
    taken = set(document.versions.values_list("number", flat=True))
    while document.version in taken:
        document.version = rules.next_minor(document.version)
    document.save(update_fields=["version"])
    version = Version.objects.create(
        document=document, number=document.version, on=on, reason=reason, note=note.strip(), by_name=by.name, text=text,
        file=file, digest=hashlib.sha256(f"{text}\n{file.sha256 if file else ''}".encode()).hexdigest(),
    )  # fmt: skip
    audit.record(by=by, deed="policies.version_added", subject=document, number=version.number, digest=version.digest)
    return version


def _text(text: str, upload: Any, by: Actor) -> tuple[Any, str]:
    if not upload:
        return None, text.strip()
    body = upload.read()
    found = files.passages_of(name=upload.name, body=body)
    kept = files.keep(
        name=upload.name, body=body, purpose="policies.version", media_type=upload.content_type or "", by=by
    )
    return kept, text.strip() or "\n\n".join(line for passage in found.passages if (line := _line(passage).strip()))


def _line(passage: Any) -> str:
    """A paragraph as it reads, or a row of a table with its cells side by side."""
    return " | ".join(passage.cells) if hasattr(passage, "cells") else str(getattr(passage, "text", ""))


@transaction.atomic
def record_clearance(*, document: Document, subject: Any, title: str, on: date, by: Actor) -> Clearance:
    """Record that a review was approved, or found not to be needed, so that its document may go to committee (GOV-04).

    For the services of the room that keeps reviews, which has asked already whether `by` may. Once a review.
    """
    kept, made = Clearance.objects.get_or_create(
        document=document, subject_kind=subject._meta.label_lower, subject_id=subject.pk,
        defaults={"title": title[:300], "on": on},
    )  # fmt: skip
    if made:
        audit.record(by=by, deed="policies.cleared", subject=document, source=kept.subject_kind, number=subject.pk)
    return kept


@transaction.atomic
def warn_of_reviews(*, on: date, by: Actor) -> int:
    """Write to those who answer for a document whose review comes due: ahead of it, and on its day (GOV-19).

    Says how many messages stand for that day. Nobody is written to twice about the same day of review.
    """
    ahead = add_months(on, int(landlords.setting("policies.term_alert_months", on=on)))
    holders = accounts.holders_by_post(on=on)
    told = 0
    for document in Document.objects.filter(status=Status.PUBLISHED, review_on__lte=ahead):
        what = "due" if document.review_on and document.review_on <= on else "ahead"
        told += _tell(document, what, holders, by)
    return told


def _tell(document: Document, what: str, holders: dict[int, list[Any]], by: Actor) -> int:
    day = spoken(document.review_on) if document.review_on else ""
    people = {
        holding.user_id: holding
        for post in (document.officer_id, document.owner_id)
        for holding in holders.get(post or 0, [])
        if holding.user is not None and holding.user.is_active
    }
    first = f"The review of {document.title} was due on {day} and has not begun." if what == "due" else (
        f"The review of {document.title} is due on {day}."
    )  # fmt: skip
    for holding in people.values():
        notifications.send(
            key=f"policies.review.{what}.{document.pk}.{document.review_on}.{holding.user_id}",
            to_name=holding.name, to_address=holding.user.email, about=document, by=by,
            subject=f"Review of {document.title}, due {day}",
            body=f"Dear {holding.name},\n\n{first}\n\nPlease plan it, and start it in Hearth when it begins.\n",
        )  # fmt: skip
    return len(people)


@transaction.atomic
def bring_review_forward(*, document: Document, reason: str, on: date, by: Actor) -> None:
    """Let a published document's review fall due now, because what it answers to has changed (GOV-20)."""
    document = _lock(document)
    if Status(document.status) is not Status.PUBLISHED:
        return
    document.review_on = min(on, document.review_on or on)
    document.review_reason = reason
    document.save(update_fields=["review_on", "review_reason"])
    audit.record(by=by, deed="policies.review_brought_forward", subject=document, reason=reason)
    _tell(document, "due", accounts.holders_by_post(on=on), by)


__all__ = [
    "add_document",
    "bring_review_forward",
    "change_document",
    "check_cleared",
    "move",
    "new_version",
    "record_clearance",
    "start_review",
    "step",
    "warn_of_reviews",
]
