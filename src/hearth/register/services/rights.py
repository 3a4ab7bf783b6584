"""Requests about one's own data: asked, identity proved, worked on, answered; and legal holds (SEC-05, SEC-11)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from hearth.accounts import queries as accounts
from hearth.audit import services as audit
from hearth.db import news
from hearth.kernel.days import spoken
from hearth.kernel.permits import Actor, Forbidden, check
from hearth.kernel.refusals import Refused
from hearth.landlords import queries as landlords
from hearth.notifications import services as notifications
from hearth.register import permissions
from hearth.register.models import DataRequest, LegalHold, OptOut, Person
from hearth.register.queries import rights as queries
from hearth.register.rules import retention
from hearth.register.rules import rights as rules
from hearth.register.rules.kinds import Asks, Purpose, RequestState, Told
from hearth.register.rules.rights import Decision, Ground, How
from hearth.register.services.erasing import anonymise
from hearth.register.services.messages import write_to


def _due(on: date) -> date:
    months = int(landlords.setting("register.request_months", on=on))
    return rules.due_on(from_on=on, months=months, calendar=landlords.calendar())


@transaction.atomic
def ask(
    *,
    person: Person | None,
    asked_by: str,
    asks: Asks | str,
    how: How | str,
    received_on: date,
    what: str = "",
    purposes: Collection[Purpose | str] = (),
    on: date,
    by: Actor,
) -> DataRequest:
    """Log a request, however it came: article 12(2) asks for no form. It is due a calendar month after its receipt."""
    check(by, permissions.RIGHTS)
    name = asked_by.strip() or (person.name if person else "")
    if not name:
        raise Refused("Enter the name of whoever asked.", field="asked_by")
    if received_on > on:
        raise Refused("A request cannot have come after today.", field="received_on")
    return _log(person, name, Asks(asks), How(how), received_on, what, purposes, by=by)


@transaction.atomic
def ask_own(
    *, person: Person, asks: Asks | str, what: str = "", purposes: Collection[Purpose | str] = (), on: date, by: Actor
) -> DataRequest:
    """What somebody asks about themselves on their own page. Who they are is proved by their signing in."""
    if by.user_id is None or person.user_id != by.user_id:
        raise Forbidden(f"{by.name or 'Nobody'} may not ask for somebody else.")
    kind = Asks(asks)
    if queries.requests_of(person).filter(asks=kind, state__in=rules.OPEN).exists() and kind is not Asks.CORRECTION:
        raise Refused("You have asked for this already, and we are working on it.")
    made = _log(person, person.name, kind, How.ONLINE, on, what, purposes, by=by)
    made.identity_on, made.identity_how = on, "Signed in to their own account"
    made.save(update_fields=["identity_on", "identity_how"])
    return made


def _log(
    person: Person | None,
    name: str,
    asks: Asks,
    how: How,
    received_on: date,
    what: str,
    purposes: Collection[Purpose | str],
    *,
    by: Actor,
) -> DataRequest:
    if asks is Asks.OBJECTION:
        rules.purposes_that_stop(asks, [Purpose(one) for one in purposes])
    if asks is Asks.CORRECTION and len(what.split()) < 2:
        raise Refused("Say what is wrong, and what is right.", field="what")
    made = DataRequest.objects.create(
        person=person,
        asked_by=name[:160],
        asks=asks,
        how=how,
        what=what.strip(),
        purposes=[str(Purpose(one).value) for one in purposes] if asks is Asks.OBJECTION else [],
        received_on=received_on,
        due_on=_due(received_on),
    )
    audit.record(by=by, deed="register.data_asked", subject=made, asks=asks.value, how=how.value)
    news.announce("register.data_asked", request_id=made.pk)
    return made


def _move(request: DataRequest, there: RequestState, **said: object) -> None:
    kept = DataRequest.objects.select_for_update().get(pk=request.pk)
    rules.check_request_move(RequestState(kept.state), there)
    request.state = there
    for name, value in said.items():
        setattr(request, name, value)
    request.save(update_fields=["state", *said])


@transaction.atomic
def ask_identity(*, request: DataRequest, by: Actor) -> None:
    """Ask for proof of identity, where there is reasonable doubt (UK GDPR article 12(6)); the time runs from it."""
    check(by, permissions.RIGHTS)
    _move(request, RequestState.IDENTITY)
    audit.record(by=by, deed="register.identity_asked", subject=request)


@transaction.atomic
def identity_proved(*, request: DataRequest, how: str, on: date, person: Person | None = None, by: Actor) -> None:
    """Write down what showed who they are. Where proof had to be asked for, the month begins now."""
    check(by, permissions.RIGHTS)
    rules.check_identity(how)
    if on < request.received_on:
        raise Refused("Identity cannot have been proved before the request came.", field="on")
    due = _due(on) if request.state == RequestState.IDENTITY else request.due_on
    said = {"identity_on": on, "identity_how": how.strip()[:300], "due_on": due, "handled_by": by.name}
    if person is not None:
        said["person"] = person
    _move(request, RequestState.WORKING, **said)
    audit.record(by=by, deed="register.identity_proved", subject=request)


@transaction.atomic
def start(*, request: DataRequest, by: Actor) -> None:
    """Take up a request from somebody whose identity is proved already."""
    check(by, permissions.RIGHTS)
    if request.identity_on is None:
        raise Refused("Write down first what showed who they are.")
    _move(request, RequestState.WORKING, handled_by=by.name)
    audit.record(by=by, deed="register.data_started", subject=request)


@transaction.atomic
def extend(*, request: DataRequest, reason: str, on: date, by: Actor) -> None:
    """Put the answer off once, because the request is complex (UK GDPR article 12(3)), and tell the person why."""
    check(by, permissions.RIGHTS)
    rules.check_extension(
        state=RequestState(request.state),
        extended=request.extended_on is not None,
        due=request.due_on,
        on=on,
        reason=reason,
    )
    more = int(landlords.setting("register.request_extension_months", on=on))
    months = int(landlords.setting("register.request_months", on=on))
    begun = request.identity_on if request.identity_on and request.due_on == _due(request.identity_on) else None
    request.due_on = rules.due_on(
        from_on=begun or request.received_on, months=months + more, calendar=landlords.calendar()
    )
    request.extended_on, request.extension_reason = on, reason.strip()[:300]
    request.save(update_fields=["due_on", "extended_on", "extension_reason"])
    audit.record(by=by, deed="register.data_extended", subject=request, due_on=request.due_on.isoformat())
    text = f"We need more time to answer what you asked about your data: {reason.strip()}"
    _tell(request, f"{text}\n\nYou will have our answer by {spoken(request.due_on)}.", "extended", by=by)


@transaction.atomic
def review(*, request: DataRequest, decisions: Sequence[Decision], by: Actor) -> None:
    """Keep what was decided about the parts in doubt; those decided before and not named now stay decided."""
    check(by, permissions.RIGHTS)
    if request.state != RequestState.WORKING:
        raise Refused("A copy is reviewed while the request is being worked on.")
    kept = {one.key: one for one in [*queries.decisions(request), *decisions]}
    request.review = [{"key": one.key, "give": one.give, "why": one.why.strip()} for one in kept.values()]
    request.save(update_fields=["review"])
    given = sum(one.give for one in kept.values())
    audit.record(by=by, deed="register.copy_reviewed", subject=request, given=given, kept_back=len(kept) - given)


@transaction.atomic
def answer(
    *, request: DataRequest, state: RequestState | str, answer: str, ground: Ground | str = "", at: datetime, by: Actor
) -> None:
    """Decide and answer. What is granted is done at once: uses stop, an erasure makes anonymous (SEC-05)."""
    check(by, permissions.RIGHTS)
    there, asks, on = RequestState(state), Asks(request.asks), timezone.localdate(at)
    rules.check_answer(state=there, asks=asks, answer=answer, exception=str(ground))
    if asks in (Asks.ACCESS, Asks.PORTABILITY) and there is not RequestState.REFUSED and request.file_id is None:
        raise Refused("Make the copy first. A copy that is not reviewed cannot be given.")
    person, ground = request.person, Ground(ground) if ground else ""
    _move(request, there, answer=answer.strip(), ground=ground, answered_on=on, handled_by=by.name)
    audit.record(by=by, deed="register.data_answered", subject=request, state=there.value, ground=str(ground))
    _tell(request, answer.strip(), "answered", by=by)
    if there is RequestState.REFUSED or person is None:
        return
    if asks in (Asks.OBJECTION, Asks.RESTRICTION):
        stops = rules.purposes_that_stop(asks, [Purpose(one) for one in request.purposes])
        stop_purposes(person=person, purposes=stops, on=on, by=by)
    if asks is Asks.ERASURE and there is RequestState.GRANTED:
        anonymise(person=person, on=on, by=by)


@transaction.atomic
def withdraw(*, request: DataRequest, on: date, by: Actor) -> None:
    """They no longer ask. They may do so themselves; an officer notes what they said."""
    own = request.person is not None and by.user_id is not None and request.person.user_id == by.user_id
    if not own:
        check(by, permissions.RIGHTS)
    _move(request, RequestState.WITHDRAWN, answered_on=on)
    audit.record(by=by, deed="register.data_withdrawn", subject=request)


def stop_purposes(*, person: Person, purposes: Collection[Purpose], on: date, by: Actor) -> int:
    """Approach somebody no longer for these purposes, and say for how many that is new (UK GDPR article 21)."""
    check(by, permissions.RIGHTS)
    new = 0
    for purpose in purposes:
        _, made = OptOut.objects.get_or_create(
            person=person, purpose=purpose, ended_on=None, defaults={"told_by": Told.SELF, "started_on": on}
        )
        new += made
    audit.record(by=by, deed="register.uses_stopped", subject=person, purposes=[one.value for one in purposes])
    return new


def _tell(request: DataRequest, text: str, what: str, *, by: Actor) -> None:
    """Write to the person by the way that is theirs; it is a duty, so no opt-out stops it, and the marker holds."""
    if request.person is None:
        return
    reference = queries.reference(request)
    write_to(
        person=request.person, purpose=Purpose.LEGAL, subject="What you asked about your data",
        body=f"{text}\n\nOur reference is {reference}.", key=f"register.data.{request.pk}.{what}", at=timezone.now(),
        about=request, by=by,
    )  # fmt: skip


# ── reminders ─────────────────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def remind(*, on: date, by: Actor) -> int:
    """Tell those who answer such requests what is due soon or late; each is told of each date once. Gives messages."""
    days = int(landlords.setting("register.request_reminder_days", on=on))
    due = list(queries.requests_due(until=date.fromordinal(on.toordinal() + days)))
    sent = 0
    for officer in accounts.holding_permission(permissions.RIGHTS, on=on) if due else ():
        for request in due:
            reference = queries.reference(request)
            late = request.due_on < on
            notifications.send(
                key=f"register.data_due.{request.pk}.{request.due_on}.{'late' if late else 'soon'}.{officer.pk}",
                to_name=officer.name,
                to_address=officer.email,
                subject=f"{reference} {'was' if late else 'is'} due on {spoken(request.due_on)}",
                body=f"A request about somebody's own data, {reference}, {'was' if late else 'is'} due on "
                f"{spoken(request.due_on)}. Open Hearth to work on it.",
                by=by,
            )
            sent += 1
    return sent


# ── legal holds ───────────────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def hold(*, person: Person | None, kind: str, reason: str, on: date, by: Actor) -> LegalHold:
    """Keep something past its time: a person's records, a kind of record, or one person's records of a kind."""
    check(by, permissions.RIGHTS)
    known = {one.kind for one in queries.kinds_kept()}
    retention.check_hold(person=person.pk if person else None, kind=kind, reason=reason, known=known)
    made = LegalHold.objects.create(
        person=person, kind=kind, reason=reason.strip()[:300], set_by=by.name[:160], started_on=on
    )
    audit.record(by=by, deed="register.held", subject=made, kind=kind)
    return made


@transaction.atomic
def lift(*, hold: LegalHold, on: date, by: Actor) -> None:
    """Lift a hold: from that day on the records follow their ordinary time."""
    check(by, permissions.RIGHTS)
    retention.check_lifted(started_on=hold.started_on, ended_on=hold.ended_on, on=on)
    hold.ended_on = on
    hold.save(update_fields=["ended_on"])
    audit.record(by=by, deed="register.hold_lifted", subject=hold)
