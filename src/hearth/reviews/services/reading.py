"""Taking an existing review in: read the file, keep it, and make a draft of what it says."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from hearth.audit import services as audit
from hearth.documents import services as documents
from hearth.kernel import passages as passage
from hearth.kernel import periods
from hearth.kernel.choices import check_move
from hearth.kernel.findings import Finding
from hearth.kernel.permits import Actor, check
from hearth.kernel.refusals import Refused
from hearth.reviews import permissions, queries
from hearth.reviews.models import FormEdition, Part, Reading, Review, SignOff
from hearth.reviews.rules import checks, lifecycle, reading
from hearth.reviews.rules.checks.context import Context
from hearth.reviews.rules.content import to_parts
from hearth.reviews.rules.form import Form, form_from
from hearth.reviews.rules.lifecycle import MOVES, Status
from hearth.reviews.services.signing import next_review_of, promise_actions
from hearth.reviews.services.writing import _write, next_reference, save_part

log = logging.getLogger(__name__)


LONGEST = 400_000  # characters; the longest review that was seen has 36,000, and a reading must not hold up the server


@dataclass(frozen=True)
class Read:
    """What was read off a document, before anything is saved."""

    name: str
    passages: tuple[passage.Passage, ...]
    warnings: tuple[str, ...]
    reading: reading.Reading
    findings: tuple[Finding, ...]
    edition: FormEdition


class NotAReview(Refused):
    """The file is safe and could be read, but it is not a review on this form, so it is kept and no draft is made."""


def read_document(*, name: str, body: bytes, on: date, form: FormEdition | None = None) -> Read:
    """Read a document and check what it says. Saves nothing.

    Raises Refused, in one sentence that says what to do, for a file that cannot be read or is not a review.
    """
    edition = form or queries.form_on(on)
    if edition is None:
        raise Refused("No form is stored for this landlord. Ask your administrator to store one.")
    known = queries.form_from_edition(edition)
    taken, found = _taken(name, body, known)
    context = Context(today=_checked_on(found, on), sign_offs=found.sign_offs, register=queries.citations())
    findings = checks.run(found.content, known, context)
    return Read(name, shown(taken), taken.warnings, found, findings, edition)


def read_offline(
    *, name: str, body: bytes, on: date, definition: Mapping[str, Any]
) -> tuple[reading.Reading, tuple[Finding, ...]]:
    """Read and check a document by a form definition alone, without any database. Raises Refused."""
    known = form_from(definition, landlord=definition.get("landlord", "the Council"))
    _, found = _taken(name, body, known)
    context = Context(today=_checked_on(found, on), sign_offs=found.sign_offs)
    return found, checks.run(found.content, known, context)


def _checked_on(found: reading.Reading, on: date) -> date:
    """The day for which a document is judged: the day it was signed, else today. What has changed since then is said
    once the review is opened again."""
    return max((sign_off.on for sign_off in found.sign_offs if sign_off.on), default=on)


def _taken(name: str, body: bytes, form: Form) -> tuple[documents.Extracted, reading.Reading]:
    taken = documents.passages_of(name=name, body=body)
    length = sum(len(getattr(one, "text", "") or "".join(getattr(one, "cells", ()))) for one in taken.passages)
    if length > LONGEST:
        raise NotAReview(f"{name} is far longer than any {form.title}. Choose the review itself.", field="file")
    try:
        found = reading.read(source_of(taken.kind, taken.passages), form)
    except Exception as error:  # a document can be laid out in ways that nobody has met yet
        log.exception("The reader failed on a file of kind %s.", taken.kind)
        raise NotAReview(f"{name} could not be understood, so no draft was made of it.", field="file") from error
    if not found.is_review:
        raise NotAReview(f"{name} does not look like a {form.title}. {found.reason}", field="file")
    return taken, found


def source_of(kind: str, passages: Sequence[passage.Passage]) -> reading.Source:
    """What was taken from a file, as the reader of reviews takes it. Plain text carries its own marks of tables."""
    if kind == "txt":
        lines = [one.text if isinstance(one, passage.Line) else "\f" for one in passages]
        return reading.Source.from_text("\n".join(lines))
    found: list[reading.Item] = []
    for one in passages:
        if isinstance(one, passage.Line):
            found.append(reading.Line(one.text, one.running))
        elif isinstance(one, passage.Row):
            found.append(reading.Row(one.cells))
        elif isinstance(one, passage.PageBreak):
            found.append(reading.PageBreak())
        else:
            found.append(reading.Image(one.description))
    return reading.Source(tuple(found))


def shown(taken: documents.Extracted) -> tuple[passage.Passage, ...]:
    """The document as people are to see it: plain text that carries marks of tables and pages is shown without them."""
    if taken.kind != "txt":
        return taken.passages
    found: list[passage.Passage] = []
    table = 0
    for item in source_of(taken.kind, taken.passages).items:
        if isinstance(item, reading.Row):
            table += not found or not isinstance(found[-1], passage.Row)
            found.append(passage.Row(item.cells, table))
        elif isinstance(item, reading.Line):
            found.append(passage.Line(item.text))
        else:
            found.append(passage.PageBreak() if isinstance(item, reading.PageBreak) else passage.Image(item.alt))
    return tuple(found)


def passages_plain(passages: Sequence[passage.Passage]) -> list[dict[str, Any]]:
    """Passages as JSON can hold them, for the page that shows document and draft side by side."""
    plain: list[dict[str, Any]] = []
    for one in passages:
        if isinstance(one, passage.Line):
            plain.append({"line": one.text, "level": one.level})
        elif isinstance(one, passage.Row):
            plain.append({"row": list(one.cells), "table": one.table})
        elif isinstance(one, passage.PageBreak):
            plain.append({"page": True})
        else:
            plain.append({"image": one.description})
    return plain


@transaction.atomic
def save_reading(*, read: Read, body: bytes, at: datetime, by: Actor) -> Review:
    """Keep what was read as a draft, with its file and every doubt. Nothing printed is corrected (Q-33)."""
    check(by, permissions.WRITE)
    file = documents.keep(name=read.name, body=body, purpose="reviews.reading", by=by)
    content = read.reading.content
    period = periods.read(content.details.assessed)
    review = Review.objects.create(
        reference=next_reference(period.first.year if period else at.year),
        title=content.details.area or read.name,
        form=read.edition,
        status=Status.DRAFTING,
        officer_id=by.user_id,
        assessed_on=period.first if period else None,
        screening={"skipped": "Read from a document that was written before Hearth.", "by": by.name},
    )
    for key, value in to_parts(content).items():
        _write(review, key, value, at=at, by=by)
    Reading.objects.create(
        review=review, file=file, report=read.reading.to_plain(), passages=passages_plain(read.passages)
    )
    audit.record(by=by, deed="reviews.read_in", subject=review, file=file.sha256)
    return review


def take_in(*, name: str, body: bytes, at: datetime, by: Actor) -> Review:
    """Read a document and keep it as a draft, whole or not at all.

    Raises Refused; a safe file that is no review is kept all the same, so that nobody has to look for it again.
    """
    check(by, permissions.WRITE)
    try:
        read = read_document(name=name, body=body, on=at.date())
    except NotAReview:
        documents.keep(name=name, body=body, purpose="reviews.not_read", by=by)
        raise
    return save_reading(read=read, body=body, at=at, by=by)


@transaction.atomic
def place(*, held: Reading, index: int, key: str, seen: int, at: datetime, by: Actor) -> Part:
    """Put a text that the reader could not place at the end of an answer. What was put where stays on record.

    `key` is a part, or "impacts.age:positive" for a column of the matrix; `seen` is the part's version.
    """
    check(by, permissions.WRITE)
    held = Reading.objects.select_for_update(of=("self",)).select_related("review__form").get(pk=held.pk)
    if held.review is None:
        raise Refused("This reading belongs to no review.")
    texts, placed = held.report.get("unplaced", []), held.report.get("placed_later", [])
    if not 0 <= index < len(texts) or any(one["index"] == index for one in placed):
        raise Refused("This text is not waiting any more: somebody has put it into an answer.")
    part, _, column = key.partition(":")
    column = column or "text"
    kept = Part.objects.filter(review=held.review, key=part).first()
    value = dict(kept.value if kept else queries.empty(part))
    value[column] = "\n\n".join(words for words in (value.get(column, ""), texts[index]) if words)
    saved = save_part(review=held.review, key=part, value=value, seen=seen, at=at, by=by)
    held.report["placed_later"] = [*placed, {"index": index, "key": key, "by": by.name, "at": at.isoformat()}]
    held.save(update_fields=["report"])
    return saved


@transaction.atomic
def as_history(*, review: Review, by: Actor) -> Review:
    """Record a review that was signed before Hearth, with its old signatures and whatever is odd about them.

    Signed out of order it does not count as approved until its approver confirms it again (CAR-34, Q-11).
    """
    check(by, permissions.WRITE)
    held: Reading | None = Reading.objects.filter(review=review).first()
    if held is None or Status(review.status) is not Status.DRAFTING:
        raise Refused("Only a draft that was read from a signed document can be recorded as signed before Hearth.")
    printed = held.report.get("sign_offs", [])
    if not printed:
        raise Refused("The document shows no signature, so it cannot be recorded as signed.")
    kept = [_old_signature(review, position, one) for position, one in enumerate(printed, start=1)]
    odd = lifecycle.exceptions(queries.signed(kept), begun=review.assessed_on)
    review.history = True
    review.exceptions = [{"code": one.code, "words": one.words} for one in odd]
    review.route = [one.post_title for one in kept]
    for step in (Status.SUBMITTED, Status.LEGAL_REVIEWED):
        check_move(MOVES, Status(review.status), step, what="review")
        review.status = step
    if not lifecycle.out_of_order(odd):
        _approved_of_old(review, max((one.on for one in kept if one.on), default=None), by=by)
    review.save()
    audit.record(by=by, deed="reviews.recorded_as_signed", subject=review, exceptions=[one.code for one in odd])
    return review


def _old_signature(review: Review, position: int, printed: dict[str, Any]) -> SignOff:
    return SignOff.objects.create(
        review=review,
        position=position,
        post_title=printed["post"],
        verb=printed.get("verb") or queries.form_of(review).verb,
        name=printed.get("name") or "",
        on=date.fromisoformat(printed["on"]) if printed.get("on") else None,
        printed_on=printed.get("printed_on", ""),
        image=bool(printed.get("image")),
        note="Read from the printed document.",
    )


def _approved_of_old(review: Review, on: date | None, *, by: Actor) -> None:
    if on is None:
        raise Refused("No date of a signature could be read. Put the date into the document and read it again.")
    content = queries.content_of(review)
    review.approved_on, review.next_review_on = on, next_review_of(review, content, on=on)
    for step in (Status.APPROVED, Status.DISPATCHED, Status.MONITORING):
        check_move(MOVES, Status(review.status), step, what="review")
        review.status = step
    review.save()
    promise_actions(review, content, by=by)


@transaction.atomic
def confirm_again(*, review: Review, on: date, by: Actor) -> None:
    """The approver of an old review that was signed out of order confirms it, today, over its own words."""
    check(by, permissions.SIGN)
    if not review.history or Status(review.status) is not Status.LEGAL_REVIEWED:
        raise Refused("There is nothing to confirm again.")
    if by.user_id is not None and by.user_id == review.officer_id:
        raise Refused("You took this review in, so somebody else must confirm it.")
    last = review.route[-1]
    if last.lower() not in {title.lower() for title in by.post_titles} and not _route_holder(by, on):
        raise Refused(f"Only the holder of the post that approves reviews can confirm this one ({last} signed it).")
    SignOff.objects.create(
        review=review, position=len(review.route) + 1, post_title=by.post_titles[0] if by.post_titles else last,
        verb="Confirmed by", name=by.name, user_id=by.user_id, on=on, digest=queries.content_of(review).digest(),
        note="Confirms an approval that was signed before legal review.",
    )  # fmt: skip
    _approved_of_old(review, on, by=by)
    audit.record(by=by, deed="reviews.confirmed_again", subject=review)


def _route_holder(by: Actor, on: date) -> bool:
    route = queries.route_on(on)
    return bool(route) and route[-1].lower() in {title.lower() for title in by.post_titles}
