"""Asking people to take part: codes, letters, emails and text messages by the way that is each person's, and reminders.

The register says how somebody may be reached and sends it by that way only; whoever cannot be reached safely is counted
and nothing more is said (SUR-16).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from hearth.audit import services as audit
from hearth.db import news
from hearth.kernel.permits import Actor, check
from hearth.kernel.refusals import Refused
from hearth.landlords import queries as landlords
from hearth.register import queries as known
from hearth.register import services as register
from hearth.register.queries import Channel, Purpose
from hearth.surveys import permissions, queries
from hearth.surveys.models import Exclusion, Invitation, Survey
from hearth.surveys.rules import codes, inviting
from hearth.surveys.rules.kinds import Mode, Secrecy, State

BATCH = 200  # invitations of one job: what a kill undoes and does again


@transaction.atomic
def invite(*, survey: Survey, by: Actor) -> int:
    """Write down an invitation for every drawn household that has none, and put their sending on the queue.

    Gives how many are new. Done twice it adds nothing. Raises Refused, Forbidden.
    """
    check(by, permissions.BUILD)
    survey = Survey.objects.select_for_update().get(pk=survey.pk)
    if survey.state != State.OPEN:
        raise Refused("Invitations go out once the survey is open.")
    units = (
        queries.drawn(survey)
        .exclude(pk__in=Invitation.objects.filter(survey=survey).values("unit_id"))
        .values_list("pk", "number", "person_id")
    )
    secret = queries.secret()
    made = Invitation.objects.bulk_create(
        [
            Invitation(
                survey=survey,
                unit_id=unit,
                person_id=person,
                code_digest=codes.digest(secret, queries.code_of_unit(survey.pk, number)),
                expires_on=survey.closes_on,
            )
            for unit, number, person in units
        ],
        batch_size=5000,
        ignore_conflicts=True,
    )
    audit.record(by=by, deed="surveys.invited", subject=survey, invitations=len(made))
    if made:
        news.defer("surveys.send_invitations", survey_id=survey.pk, after=0)
    return len(made)


@transaction.atomic
def send_batch(*, survey_id: int, after: int, at: datetime, by: Actor) -> int | None:
    """Send the next invitations that wait, by number; gives the last number, or None where none was left.

    One job sends one batch and puts the next on the queue in the same transaction: a kill loses and doubles nothing,
    since the outbox takes each invitation's message once.
    """
    survey = Survey.objects.get(pk=survey_id)
    if survey.state != State.OPEN:
        return None
    waiting = list(
        Invitation.objects.select_related("unit", "event", "person")
        .filter(survey=survey, state=Invitation.State.WAITING, channel="", pk__gt=after)
        .order_by("pk")[:BATCH]
    )
    if not waiting:
        return None
    texted = _texted(waiting, at)
    crowded = _lately_asked([one.person_id for one in waiting if one.person_id], survey, on=timezone.localdate(at))
    for invitation in waiting:
        if invitation.person_id in crowded:
            _withhold(invitation, Exclusion.Why.RECENT)
        else:
            send_one(invitation, survey, key=f"surveys.invitation:{invitation.pk}", texted=texted, at=at, by=by)
    last = waiting[-1].pk
    news.defer("surveys.send_invitations", survey_id=survey.pk, after=last)
    return last


def _lately_asked(people: Sequence[int], survey: Survey, *, on: date) -> set[int]:
    """Who was asked by another survey too short a time ago (SUR-20); a statutory survey asks all the same."""
    days = int(landlords.setting("surveys.days_between", on=on))
    if survey.statutory:
        return set()
    others = Invitation.objects.exclude(survey=survey)
    return {person for person, last in last_asked(people, among=others).items() if (on - last).days < days}


def last_asked(people: Iterable[int], *, among: QuerySet[Invitation] | None = None) -> dict[int, date]:
    """The day on which each person was last asked by a survey that counts: the statutory ones do not. One query."""
    asked = (among if among is not None else Invitation.objects.all()).filter(
        person__in=list(people), sent_on__isnull=False, survey__statutory=False
    )
    return dict(asked.values_list("person_id").annotate(last=Max("sent_on")).order_by())


def send_one(
    invitation: Invitation,
    survey: Survey,
    *,
    key: str,
    reminder: int = 0,
    texted: Collection[int] | None = None,
    at: datetime,
    by: Actor,
) -> None:
    """One message by the person's own way; what became of it is kept on the invitation.

    `texted` are the people whose way is a text message, where whoever calls has asked for many at once: their link says
    so, and what they answer by it is counted as such.
    """
    if invitation.person is None:
        _withhold(invitation, Exclusion.Why.NO_WAY)
        return
    if texted is None:
        texted = _texted([invitation], at)
    words = _words(invitation, survey, reminder=reminder, by_text=invitation.person_id in texted)
    written = register.write_to(
        person=invitation.person,
        purpose=Purpose.SURVEY,
        subject=words.subject,
        body=words.body,
        key=key,
        about=survey,
        at=at,
        by=by,
    )
    state = register.State
    if written.state == state.SENT:
        invitation.state = Invitation.State.SENT
        invitation.channel = written.way.channel if written.way else invitation.channel
        invitation.language = written.language or invitation.language
        invitation.sent_on = invitation.sent_on or timezone.localdate(at)
        invitation.reminded = max(invitation.reminded, reminder)
    elif written.state == state.WITHHELD:
        _withhold(invitation, Exclusion.Why.SAFETY)
        return
    elif written.state == state.SPOKEN:
        _to_be_spoken_to(invitation, survey)
        return
    elif written.state == state.WAITS:
        invitation.channel = Channel.LETTER if written.way is None else written.way.channel
    else:
        opted = Purpose.SURVEY in {one.purpose for one in known.opt_outs(invitation.person, on=timezone.localdate(at))}
        _withhold(invitation, Exclusion.Why.OPT_OUT if opted else Exclusion.Why.NO_WAY)
        return
    invitation.save(update_fields=["state", "channel", "language", "sent_on", "reminded"])


def _texted(invitations: Sequence[Invitation], at: datetime) -> set[int]:
    """The people among them whose first way in writing is a text message. A fixed number of queries."""
    people = [one.person_id for one in invitations if one.person_id]
    written = (Channel.EMAIL, Channel.SMS, Channel.LETTER)
    reached = known.reach_many_unasked(people, purpose=Purpose.SURVEY, at=at)
    firsts = {number: next(iter(reach.by(*written)), None) for number, reach in reached.items()}
    return {number for number, way in firsts.items() if way is not None and way.channel == Channel.SMS}


def _to_be_spoken_to(invitation: Invitation, survey: Survey) -> None:
    """Somebody who can only be told by telephone or in person: for the interviewers, where the survey has any."""
    spoken = {Mode.TELEPHONE: Channel.PHONE, Mode.FACE: Channel.VISIT}
    channel = next((way for mode, way in spoken.items() if mode in survey.modes), None)
    if channel is None:
        _withhold(invitation, Exclusion.Why.NO_WAY)
        return
    invitation.channel = channel
    invitation.save(update_fields=["channel"])


def _withhold(invitation: Invitation, why: str) -> None:
    """Not asked, counted with its reason. Of safety nothing but the count is kept."""
    invitation.state = Invitation.State.WITHHELD
    invitation.save(update_fields=["state"])
    if invitation.unit_id:
        Exclusion.objects.get_or_create(
            survey_id=invitation.survey_id, unit_id=invitation.unit_id, defaults={"why": why}
        )
    else:
        Exclusion.objects.create(survey_id=invitation.survey_id, why=why)


def _words(invitation: Invitation, survey: Survey, *, reminder: int, by_text: bool) -> inviting.Words:
    """What stands in the message, in every language of the questionnaire."""
    landlord = landlords.own()
    anonymous = survey.secrecy == Secrecy.ANONYMOUS
    code = "" if anonymous else queries.code_of(invitation)
    path = f"surveys/s/{survey.slug}/" if anonymous else f"surveys/r/{code}/"
    return inviting.words(
        queries.instrument(queries.current_version(survey)),
        landlord=landlord.name,
        address=landlords.address_of(landlord, f"{path}?m=s" if by_text else path),
        enter_at=landlords.address_of(landlord, "surveys/r/"),
        code=code,
        closes_on=survey.closes_on,
        reminder=reminder,
        incentive=survey.incentive,
    )


@dataclass(frozen=True)
class Reminded:
    """How many reminders a day brought, of which survey."""

    survey_id: int
    sent: int


def due_reminders(*, on: date) -> Iterable[tuple[Survey, int]]:
    """Open surveys with a reminder due on a day, and which reminder it is (1, 2…)."""
    for survey in Survey.objects.filter(state=State.OPEN, rolling=False, opens_on__isnull=False):
        for number, days in enumerate(sorted(int(one) for one in survey.reminders), 1):
            if survey.opens_on and survey.opens_on + timedelta(days=days) == on:
                yield survey, number


@transaction.atomic
def remind(*, survey_id: int, number: int, at: datetime, by: Actor, after: int = 0) -> int | None:
    """Remind the next households that have not answered; those that have are spared. Gives the last, or None.

    Of an anonymous survey nobody knows who has answered, so that everybody who was asked is reminded once more, with
    words that say so. The same reminder is sent once.
    """
    survey = Survey.objects.get(pk=survey_id)
    if survey.state != State.OPEN:
        return None
    asked = list(
        Invitation.objects.select_related("unit", "event", "person")
        .filter(survey=survey, state=Invitation.State.SENT, reminded__lt=number, pk__gt=after)
        .order_by("pk")[:BATCH]
    )
    if not asked:
        return None
    texted = _texted(asked, at)
    for invitation in asked:
        key = f"surveys.reminder:{invitation.pk}:{number}"
        send_one(invitation, survey, key=key, reminder=number, texted=texted, at=at, by=by)
    last = asked[-1].pk
    news.defer("surveys.send_reminders", survey_id=survey.pk, number=number, after=last)
    return last


@transaction.atomic
def note_refusal(*, invitation: Invitation, by: Actor) -> None:
    """Somebody who was asked does not wish to take part: no reminder, no further call. Raises Forbidden."""
    check(by, permissions.INTERVIEW)
    Invitation.objects.filter(pk=invitation.pk).exclude(state=Invitation.State.ANSWERED).update(
        state=Invitation.State.REFUSED
    )
    audit.record(by=by, deed="surveys.refusal_noted", subject=invitation.survey)
