"""Beginning a review, screening it, and saving its parts without losing anybody's words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import cattrs
from django.db import connection, transaction

from hearth.audit import services as audit
from hearth.db import wall
from hearth.kernel import periods, refs
from hearth.kernel.choices import check_move
from hearth.kernel.permits import Actor, check
from hearth.kernel.refusals import Refused
from hearth.policies import services as policies
from hearth.reviews import permissions, queries
from hearth.reviews.models import Earlier, FormEdition, Override, Part, Review
from hearth.reviews.rules import screening as screening_rules
from hearth.reviews.rules.checks import CATALOGUE
from hearth.reviews.rules.content import part_of, to_plain
from hearth.reviews.rules.form import Form, form_from
from hearth.reviews.rules.lifecycle import EDITABLE, MOVES, SIGNED, Status
from hearth.reviews.rules.treatment import STOPS_PUBLICATION


class Clash(Refused):
    """Somebody else saved the same answer in the meantime. Holds both texts, so that nothing is lost."""

    def __init__(self, part: Part, mine: Mapping[str, Any]) -> None:
        super().__init__(
            f"{part.saved_by} saved this answer while you were writing. Both texts are below: "
            "put together what should stand, and save again."
        )
        self.part, self.mine = part, mine


@transaction.atomic
def store_form(*, definition: Mapping[str, Any], holds_from: date, by: Actor) -> FormEdition:
    """Store an edition of the landlord's form from a day on. The same edition twice changes nothing.

    Raises Refused where the definition is not one, naming what is missing, or differs from what is stored.
    """
    check(by, permissions.FORMS)
    try:
        form = form_from(definition, landlord="")
    except (cattrs.BaseValidationError, KeyError, TypeError, ValueError) as error:
        problems = "; ".join(cattrs.transform_error(error)) if isinstance(error, Exception) else str(error)
        raise Refused(f"This is not a form definition: {problems}.") from None
    kept = FormEdition.objects.filter(key=form.key, edition=form.edition).first()
    if kept:
        if kept.definition != definition:
            raise Refused(f"Edition {form.edition} of this form is stored already. Give the new one its own name.")
        return kept
    edition = FormEdition.objects.create(
        key=form.key, edition=form.edition, holds_from=holds_from, definition=dict(definition)
    )
    audit.record(by=by, deed="reviews.form_stored", subject=edition)
    return edition


@transaction.atomic
def begin(
    *,
    title: str,
    on: date,
    document: Any = None,
    previous: Review | None = None,
    form: FormEdition | None = None,
    by: Actor,
) -> Review:
    """Begin a review with its screening. Every question stands empty."""
    check(by, permissions.WRITE)
    if not title.strip():
        raise Refused("Say what is being assessed.", field="title")
    edition = form or queries.form_on(on)
    if edition is None:
        raise Refused("No form is stored for this landlord. Ask your administrator to store one.")
    review = Review.objects.create(
        reference=next_reference(on.year),
        title=title.strip(),
        form=edition,
        document=document,
        previous=previous,
        officer_id=by.user_id,
    )
    audit.record(by=by, deed="reviews.begun", subject=review)
    return review


def next_reference(year: int) -> str:
    """The next free reference of a year, such as CAR-2026-0007. Two officers at once get two."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s, %s)", [0xCA2, wall.current()])
    start = refs.make("CAR", year, 1)[:9]
    last = Review.objects.filter(reference__startswith=start).order_by("-reference").first()
    return refs.make("CAR", year, refs.parse(last.reference).number + 1 if last else 1)


@transaction.atomic
def screen(*, review: Review, answers: Mapping[str, Any], at: datetime, by: Actor) -> screening_rules.Decision:
    """Record the screening and what its rule decides (CAR-04). "Full" opens the assessment at once."""
    check(by, permissions.WRITE)
    _check_status(review, {Status.SCREENING})
    form = queries.form_of(review)
    decision = screening_rules.decide(answers, form)
    review.screening = {
        "answers": dict(answers),
        "full": decision.full,
        "reason": decision.reason,
        "aims": list(decision.aims),
        "by": by.name,
        "by_id": by.user_id,
        "decided_at": at.isoformat(),
        "source": form.screening_source,
    }
    review.save(update_fields=["screening", "changed_at"])
    audit.record(by=by, deed="reviews.screened", subject=review, full=decision.full)
    if decision.full:
        _open(review, at=at, aims=decision.aims, activity=str(answers.get("activity", "")), by=by)
    return decision


@transaction.atomic
def skip_screening(*, review: Review, reason: str, at: datetime, by: Actor) -> None:
    """Go straight to the full assessment, with a reason (CAR-04). Also when a screening says "not needed"."""
    check(by, permissions.WRITE)
    _check_status(review, {Status.SCREENING})
    if len(reason.split()) < 3:
        raise Refused("Say why there is no screening before this assessment.", field="reason")
    review.screening = {**review.screening, "skipped": reason.strip(), "by": by.name, "skipped_at": at.isoformat()}
    review.save(update_fields=["screening", "changed_at"])
    _open(review, at=at, aims=tuple(review.screening.get("aims", ())), activity="", by=by)
    audit.record(by=by, deed="reviews.screening_skipped", subject=review)


def _open(review: Review, *, at: datetime, aims: tuple[str, ...], activity: str, by: Actor) -> None:
    check_move(MOVES, Status(review.status), Status.DRAFTING, what="review")
    review.status = Status.DRAFTING
    review.save(update_fields=["status", "changed_at"])
    activity = {"changed": "existing"}.get(activity, activity)
    duty = {"aims": list(aims), "activity": activity, "employment": False}
    _write(review, "duty", duty, at=at, by=by)
    details = {**queries.empty("details"), "area": review.title, "assessed": f"{at:%B %Y}"}
    details["officer"] = by.post_titles[0] if by.post_titles else ""
    _write(review, "details", details, at=at, by=by)
    review.assessed_on = at.date().replace(day=1)
    review.save(update_fields=["assessed_on"])


@transaction.atomic
def agree_not_required(*, review: Review, reason: str, on: date, by: Actor) -> None:
    """Agree that no full assessment is needed: with a reason, and by somebody other than who screened it."""
    check(by, permissions.SIGN)
    if not review.screening.get("decided_at") or review.screening.get("full"):
        raise Refused("The screening does not say that a full assessment can be left out.")
    check_move(MOVES, Status(review.status), Status.NOT_REQUIRED, what="review")
    mine = by.user_id is not None and by.user_id in (review.officer_id, review.screening.get("by_id"))
    screening_rules.check_not_required(reason=reason, approver_is_officer=mine)
    review.screening = {**review.screening, "agreed_by": by.name, "agreed_reason": reason.strip()}
    review.status = Status.NOT_REQUIRED
    review.save(update_fields=["screening", "status", "changed_at"])
    if review.document:
        policies.record_clearance(document=review.document, subject=review, title=str(review), on=on, by=by)
    audit.record(by=by, deed="reviews.not_required", subject=review)


@transaction.atomic
def save_part(*, review: Review, key: str, value: Mapping[str, Any], seen: int, at: datetime, by: Actor) -> Part:
    """Save one answer. `seen` is the version that the writer had before them (0: none).

    Raises Clash where somebody saved it in the meantime, and Refused where the review is no longer being written.
    """
    check(by, permissions.WRITE)
    locked = Review.objects.select_for_update().get(pk=review.pk)
    if Status(locked.status) not in EDITABLE:
        raise Refused("This review is being signed or is signed, so its answers can no longer be changed.")
    form = queries.form_of(review)
    if key not in queries.part_keys(form):
        raise Refused("This form has no such question.")
    plain = _plain(key, value, form)
    part = Part.objects.filter(review=review, key=key).first()
    if part and part.value == plain:
        return part
    if part and part.number != seen:
        raise Clash(part, plain)
    saved = _write(review, key, plain, at=at, by=by)
    if key == "details":
        _keep_in_step(review, plain)
    audit.record(by=by, deed="reviews.answered", subject=review, part=key, number=saved.number)
    return saved


def _plain(key: str, value: Mapping[str, Any], form: Form) -> Any:
    if key.startswith("extra."):
        return {"text": str(value.get("text", ""))}
    try:
        part = part_of(key, value)
    except (cattrs.BaseValidationError, TypeError, ValueError):
        raise Refused("This answer could not be understood. Nothing was saved; check it and try again.") from None
    if key.startswith("impacts."):
        characteristic = form.characteristic(part.characteristic)
        beyond = [a for a in (*part.positive_aims, *part.negative_aims) if a not in characteristic.aims]
        if beyond:
            raise Refused(
                f"For {characteristic.label} only aim {', '.join(characteristic.aims)} counts, in the context of "
                "employment.",
                field="positive_aims",
            )
    return to_plain(part)


def _write(review: Review, key: str, value: Any, *, at: datetime, by: Actor) -> Part:
    part = Part.objects.filter(review=review, key=key).first()
    if part is None:
        return Part.objects.create(review=review, key=key, value=value, saved_by=by.name, saved_at=at)
    Earlier.objects.create(
        part=part, number=part.number, value=part.value, saved_by=part.saved_by, saved_at=part.saved_at
    )
    part.value, part.number, part.saved_by, part.saved_at = value, part.number + 1, by.name, at
    part.save(update_fields=["value", "number", "saved_by", "saved_at"])
    return part


def _keep_in_step(review: Review, details: Mapping[str, Any]) -> None:
    period = periods.read(details.get("assessed", ""))
    review.title = details.get("area") or review.title
    review.assessed_on = period.first if period else review.assessed_on
    review.save(update_fields=["title", "assessed_on", "changed_at"])


@transaction.atomic
def restore(*, part: Part, number: int, at: datetime, by: Actor) -> Part:
    """Bring an earlier version of an answer back, as a new version."""
    earlier = part.earlier.filter(number=number).first()
    if earlier is None:
        raise Refused("That version is not kept here.")
    return save_part(review=part.review, key=part.key, value=earlier.value, seen=part.number, at=at, by=by)


@transaction.atomic
def override(*, review: Review, code: str, reason: str, on: date, by: Actor) -> Override:
    """Go on although a check stops, with a reason that is printed in the review."""
    for_publication = code in STOPS_PUBLICATION and Status(review.status) in SIGNED
    check(by, permissions.PUBLISH if for_publication else permissions.WRITE)
    if not for_publication:
        _check_status(review, EDITABLE)
    known = {entry.code: entry for entry in CATALOGUE}
    if code not in STOPS_PUBLICATION and (code not in known or not known[code].overridable):
        raise Refused("This check cannot be set aside: mend what it names.")
    if len(reason.split()) < 5:
        raise Refused("Give the reason in a sentence. It is printed in the review.", field="reason")
    kept, _ = Override.objects.update_or_create(
        review=review, code=code, defaults={"reason": reason.strip(), "by_name": by.name, "on": on}
    )
    audit.record(by=by, deed="reviews.check_set_aside", subject=review, code=code)
    return kept


def _check_status(review: Review, allowed: set[Status] | frozenset[Status]) -> None:
    if Status(review.status) not in allowed:
        raise Refused(f"This is not possible while the review is {review.get_status_display().lower()}.")
