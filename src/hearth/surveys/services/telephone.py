"""Asking by telephone: one household at a time for each interviewer, what came of each call, the interview itself."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from hearth.accounts import queries as accounts
from hearth.audit import services as audit
from hearth.kernel.permits import Actor, check
from hearth.kernel.refusals import Refused
from hearth.landlords import queries as landlords
from hearth.surveys import permissions, queries
from hearth.surveys.models import Attempt, Draft, Hold, Invitation, Response, Survey, Version
from hearth.surveys.rules import calling
from hearth.surveys.rules.kinds import Mode, Outcome, State
from hearth.surveys.services.answering import submit
from hearth.surveys.services.drafts import drop_draft, save_draft
from hearth.surveys.services.inviting import note_refusal

LOOKED_AT = 2000  # households whose ways are looked up for one call
NOTE_LONGEST = 300


@transaction.atomic
def next_call(*, survey: Survey, at: datetime, by: Actor) -> Hold | None:
    """The household that somebody calls next, kept for them for some minutes; None where nobody may be called now.

    Whoever has one already gets the same. Two interviewers never get the same household. Raises Refused, Forbidden.
    """
    check(by, permissions.INTERVIEW)
    _check_telephone(survey)
    if mine := queries.own_holds(survey, mode=Mode.TELEPHONE, at=at, by=by).first():
        return mine
    limits = queries.call_limits(timezone.localdate(at))
    if not calling.at_this_hour(timezone.localtime(at), limits):
        raise Refused(f"People are called from {limits.first_hour}:00 to {limits.last_hour}:00.")
    me = _me(by)
    waiting = [one.number for one in queries.call_queue(survey, at=at)[:LOOKED_AT]]
    for number in queries.callable_now(waiting, at=at):
        if held := hold(number, mode=Mode.TELEPHONE, holder=me, at=at):
            return held
    return None


@transaction.atomic
def take_call(*, survey: Survey, code: str, at: datetime, by: Actor) -> Hold:
    """Somebody who was asked calls us: their household, by the code of their letter. Raises Refused, Forbidden."""
    check(by, permissions.INTERVIEW)
    _check_telephone(survey)
    invitation = queries.invitation_by_code(code)
    if invitation is None or invitation.survey_id != survey.pk:
        raise Refused("No household of this survey has this code. Ask them to read it again.", field="code")
    if invitation.state == Invitation.State.ANSWERED:
        raise Refused("This household has answered already.", field="code")
    held = hold(invitation.pk, mode=Mode.TELEPHONE, holder=_me(by), at=at, anyway=True)
    if held is None:
        raise Refused("Somebody else is speaking with this household now, or has it on their list.", field="code")
    return held


@transaction.atomic
def begin_interview(*, survey: Survey, language: str, at: datetime, by: Actor) -> str:
    """Begin an interview with somebody who was not drawn, in a survey that is open to anybody; gives its nonce."""
    check(by, permissions.INTERVIEW)
    if survey.draw != "open":
        raise Refused("In this survey only those who were drawn are asked. Ask for the code of their letter.")
    nonce = secrets.token_hex(16)
    save_interview(survey=survey, nonce=nonce, raw={}, language=language, at=at, by=by)
    return nonce


@transaction.atomic
def keep_hold(*, hold: Hold, at: datetime, by: Actor) -> None:
    """The interviewer is still at it: the household stays theirs. Raises Refused where it is somebody else's by now."""
    check(by, permissions.INTERVIEW)
    own = Hold.objects.select_for_update().filter(pk=hold.pk).first()
    if own is None or own.holder_id != by.user_id:
        raise Refused("Somebody else is asking this household now. What you have saved is kept for them.")
    own.until = _until(Mode.TELEPHONE, at)
    own.save(update_fields=["until"])


@transaction.atomic
def let_go(*, hold: Hold, at: datetime, by: Actor) -> None:
    """Leave a household to others, without a call."""
    check(by, permissions.INTERVIEW)
    Hold.objects.filter(pk=hold.pk, holder=by.user_id).update(until=at, holder=None)


@transaction.atomic
def note_attempt(
    *,
    invitation: Invitation,
    outcome: str,
    at: datetime,
    by: Actor,
    mode: str = Mode.TELEPHONE,
    call_again_at: datetime | None = None,
    relay: bool = False,
    note: str = "",
    key: str = "",
    later_named: bool = True,
) -> Attempt:
    """Write down a call or a visit and what came of it; the household is free for others then.

    `key` is drawn on a device that sends later: what is sent twice is written down once. Who refuses is asked no more.
    With `later_named` whoever asks to be called later must have named a time. Raises Refused, Forbidden.
    """
    check(by, permissions.INTERVIEW)
    queries.refuse_anonymous(invitation.survey)
    if invitation.survey.state != State.OPEN:
        raise Refused("This survey is not open.")
    came_of_it = Outcome(outcome)
    _check_time(came_of_it, call_again_at, at, needed=later_named)
    if len(note) > NOTE_LONGEST:
        raise Refused(f"Write {NOTE_LONGEST} characters or fewer.", field="note")
    if key and (before := Attempt.objects.filter(key=key).first()):
        return before
    made = Attempt.objects.create(
        invitation=invitation, mode=mode, at=at, outcome=came_of_it, call_again_at=call_again_at, note=note.strip(),
        relay=relay, key=key, by_name=by.name,
    )  # fmt: skip
    if mode != Mode.FACE or came_of_it not in calling.COME_BACK:
        Hold.objects.filter(invitation=invitation).update(until=at, holder=None)
    audit.record(by=by, deed="surveys.attempt_noted", subject=invitation.survey, mode=str(mode), outcome=str(outcome))
    if came_of_it is Outcome.REFUSED:
        note_refusal(invitation=invitation, by=by)
    return made


@transaction.atomic
def save_interview(
    *, survey: Survey, nonce: str, raw: Mapping[str, Sequence[str]], language: str, at: datetime, by: Actor
) -> None:
    """Keep the answers of an interview so far. Never together with what the person saved themselves on the web."""
    check(by, permissions.INTERVIEW)
    draft = queries.interview_draft(survey, nonce)
    save_draft(
        survey=survey,
        version=draft.version if draft else queries.form_of(survey),
        nonce=nonce,
        raw=raw,
        mode=Mode.TELEPHONE,
        language=language,
        started_at=draft.started_at if draft else at,
        at=at,
        taken_by=_me(by),
        by=by,
    )


@transaction.atomic
def finish_interview(*, survey: Survey, nonce: str, at: datetime, relay: bool = False, by: Actor) -> Response:
    """Hand in what was answered on the telephone, once. Raises AnswersRefused, Refused, Forbidden."""
    check(by, permissions.INTERVIEW)
    if taken := queries.taken(survey, nonce):
        return taken
    draft = queries.interview_draft(survey, nonce)
    if draft is None:
        raise Refused("This interview is not there any more.")
    hold = queries.hold_by_nonce(survey, nonce)
    response = submit(
        survey=survey,
        version=draft.version,
        nonce=nonce,
        raw=draft.answers,
        mode=Mode.TELEPHONE,
        language=draft.language,
        invitation=hold.invitation if hold else None,
        started_at=draft.started_at,
        at=at,
        taken_by=_me(by),
        by=by,
    )
    if hold:
        note_attempt(invitation=hold.invitation, outcome=Outcome.ANSWERED, relay=relay, at=at, by=by)
        hold.delete()
    drop_draft(draft=draft, by=by)
    return response


def version_of_interview(survey: Survey, draft: Draft | None) -> Version:
    """The questionnaire of an interview: the one with which it was begun."""
    return draft.version if draft else queries.form_of(survey)


def hold(number: int, *, mode: str, holder: Any, at: datetime, anyway: bool = False) -> Hold | None:
    """Keep a household for somebody, where nobody else has it at this very moment; None where somebody has.

    Part of a deed that has been permitted. `anyway`: also one that is on the holder's own list of visits.
    """
    asked = Invitation.objects.select_for_update(skip_locked=True, of=("self",))
    invitation = asked.filter(pk=number).exclude(state=Invitation.State.ANSWERED).first()
    if invitation is None or (not anyway and invitation.state not in queries.TO_ASK):
        return None
    held = Hold.objects.filter(invitation=invitation).first()
    if held and held.until > at and (held.holder_id != holder.pk or not anyway):
        return None
    if held is None:
        held = Hold(invitation=invitation, nonce=secrets.token_hex(16))
    held.holder, held.mode, held.until = holder, mode, _until(mode, at)
    held.save()
    return held


def _until(mode: str, at: datetime) -> datetime:
    on = timezone.localdate(at)
    if mode == Mode.FACE:
        return at + timedelta(days=int(landlords.setting("surveys.visit_days", on=on)))
    return at + timedelta(minutes=int(landlords.setting("surveys.hold_minutes", on=on)))


def _me(by: Actor) -> Any:
    return accounts.users().filter(pk=by.user_id).first() if by.user_id else None


def _check_telephone(survey: Survey) -> None:
    queries.refuse_anonymous(survey)
    if survey.state != State.OPEN:
        raise Refused("This survey is not open.")
    if Mode.TELEPHONE not in survey.modes:
        raise Refused("This survey is not asked by telephone.")


def _check_time(outcome: Outcome, again: datetime | None, at: datetime, *, needed: bool) -> None:
    if needed and outcome is Outcome.LATER and again is None:
        raise Refused("Say when they want to be called.", field="call_again_on")
    if again is not None and outcome not in calling.PROMISED:
        raise Refused("A time to call again goes with people who asked for it.", field="call_again_on")
    if again is not None and again <= at:
        raise Refused("The time to call again must be later than now.", field="call_again_on")


__all__ = [
    "begin_interview",
    "finish_interview",
    "hold",
    "keep_hold",
    "let_go",
    "next_call",
    "note_attempt",
    "save_interview",
    "take_call",
    "version_of_interview",
]
