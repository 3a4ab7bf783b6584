"""What somebody needs, what we do differently for them, and who interprets."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from hearth.accounts import queries as accounts
from hearth.audit import services as audit
from hearth.kernel.permits import Actor, check
from hearth.kernel.refusals import Refused
from hearth.landlords import queries as landlords
from hearth.notifications import services as notifications
from hearth.register import permissions, queries
from hearth.register.models import Adjustment, AdjustmentUse, InterpreterBooking, Need, Person
from hearth.register.rules import adjustments
from hearth.register.rules.kinds import NeedKind, Told


@transaction.atomic
def record_need(
    *, person: Person, kind: NeedKind | str, what: str, told_by: Told | str, started_on: date, on: date, by: Actor
) -> Need:
    """Write down a support need, a vulnerability, or a need in communication or access (PROF-08, PROF-19)."""
    permissions.check_own(by, permissions.WORK, person.user_id)
    if not what.strip():
        raise Refused("Say what the person needs.", field="what")
    if started_on > on:
        raise Refused("This cannot be in the future.", field="started_on")
    kept = Need.objects.create(
        person=person, kind=NeedKind(kind), what=what.strip(), told_by=Told(told_by), started_on=started_on
    )
    audit.record(by=by, deed="register.need_recorded", subject=person, person=person.pk)
    return kept


@transaction.atomic
def end_need(*, need: Need, on: date, by: Actor) -> None:
    """Say that a need is no more. What was done about it stays on record; its adjustments go on until they end."""
    permissions.check_own(by, permissions.WORK, need.person.user_id)
    if need.ended_on is not None:
        raise Refused("This need ended already.")
    need.ended_on = max(on, need.started_on)
    need.save(update_fields=["ended_on"])
    audit.record(by=by, deed="register.need_ended", subject=need.person, person=need.person_id)


@transaction.atomic
def agree_adjustment(
    *,
    person: Person,
    what: str,
    need: Need | None = None,
    told_by: Told | str,
    agreed_on: date,
    review_on: date,
    on: date,
    by: Actor,
) -> Adjustment:
    """Agree what we do differently for somebody, and when we look at it again (Equality Act 2010 section 20)."""
    check(by, permissions.WORK)
    adjustments.check_agreed(what=what, agreed_on=agreed_on, review_on=review_on, on=on)
    if need is not None and need.person_id != person.pk:
        raise Refused("Choose a need of this person.", field="need")
    kept = Adjustment.objects.create(
        person=person, need=need, what=what.strip(), agreed_on=agreed_on, review_on=review_on, told_by=Told(told_by)
    )
    audit.record(by=by, deed="register.adjustment_agreed", subject=person, person=person.pk)
    return kept


@transaction.atomic
def review_adjustment(*, adjustment: Adjustment, goes_on: bool, review_on: date | None, on: date, by: Actor) -> None:
    """Look at an adjustment again: it goes on until a later review, or it ends."""
    check(by, permissions.WORK)
    if adjustment.ended_on is not None:
        raise Refused("This adjustment ended already.")
    if goes_on:
        if review_on is None or review_on <= on:
            raise Refused("Enter the day of the next review, after today.", field="review_on")
        adjustment.review_on = review_on
        adjustment.save(update_fields=["review_on"])
    else:
        adjustment.ended_on = on
        adjustment.save(update_fields=["ended_on"])
    audit.record(by=by, deed="register.adjustment_reviewed", subject=adjustment.person, person=adjustment.person_id)


@transaction.atomic
def record_use(
    *, adjustment: Adjustment, made: bool, where: str, reason: str = "", used_on: date, on: date, by: Actor
) -> AdjustmentUse:
    """Write down that an adjustment was made, or was not and why (PROF-19, PROF-29).

    For the rooms above as well: whoever handles a letter, a meeting or a case says so here.
    """
    check(by, permissions.WORK)
    adjustments.check_use(made=made, reason=reason, used_on=used_on, agreed_on=adjustment.agreed_on, on=on)
    if not where.strip():
        raise Refused("Say in what: a letter, a visit, a meeting or a case.", field="where")
    kept = AdjustmentUse.objects.create(
        adjustment=adjustment, on=used_on, made=made, where=where.strip(), reason="" if made else reason.strip(),
        by_name=by.name,
    )  # fmt: skip
    audit.record(by=by, deed="register.adjustment_used", subject=adjustment.person, person=adjustment.person_id)
    return kept


@transaction.atomic
def remind_of_adjustments(*, on: date, by: Actor) -> int:
    """Write to whoever holds the post that looks at adjustments again, once for each review; say how many are due.

    The message names nobody: what somebody needs is read after signing in.
    """
    due = list(queries.adjustments_due(on=on))
    post = landlords.post_called(str(landlords.setting("register.needs_post", on=on)))
    if not due or post is None:
        return len(due)
    for holding in accounts.holders(post.pk, on=on):
        if holding.user is None or not holding.user.is_active:
            continue
        for adjustment in due:
            notifications.send(
                key=f"register.adjustment.{adjustment.pk}.{adjustment.review_on}.{holding.user_id}",
                to_name=holding.name, to_address=holding.user.email,
                subject="A reasonable adjustment is to be looked at again",
                body="Sign in and open “Needs and adjustments” to see whose, and whether it still helps.",
                about=adjustment, by=by,
            )  # fmt: skip
    return len(due)


@transaction.atomic
def book_interpreter(
    *,
    person: Person,
    language: str,
    mode: str,
    at: datetime,
    what_for: str,
    supplier: str = "",
    now: datetime,
    by: Actor,
) -> InterpreterBooking:
    """Ask for an interpreter for one contact: by telephone, by video or face to face, in a spoken language or BSL."""
    check(by, permissions.WORK)
    if not language.strip():
        raise Refused("Say which language is to be interpreted.", field="language")
    if at < now:
        raise Refused("The booking must be for a time from now on.", field="on")
    kept = InterpreterBooking.objects.create(
        person=person, language=language.strip(), mode=InterpreterBooking.Mode(mode), at=at, what_for=what_for.strip(),
        supplier=supplier.strip(),
    )  # fmt: skip
    audit.record(by=by, deed="register.interpreter_booked", subject=person, person=person.pk)
    return kept


@transaction.atomic
def move_interpreter(
    *, booking: InterpreterBooking, state: str, supplier: str = "", outcome: str = "", by: Actor
) -> None:
    """Say where a booking stands: confirmed by its supplier, took place, did not, or was cancelled (COM-07)."""
    check(by, permissions.WORK)
    adjustments.check_booking_move(booking.state, state, supplier=supplier.strip() or booking.supplier, outcome=outcome)
    booking.state = InterpreterBooking.State(state)
    booking.supplier = supplier.strip() or booking.supplier
    booking.outcome = outcome.strip() or booking.outcome
    booking.save(update_fields=["state", "supplier", "outcome"])
    audit.record(by=by, deed="register.interpreter_moved", subject=booking.person, person=booking.person_id)
