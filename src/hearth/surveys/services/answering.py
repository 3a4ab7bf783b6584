"""The one way in for answers, whatever way they come: web, text message, telephone, paper, at the door, from a file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from psycopg.types.json import Jsonb

from hearth.audit import services as audit
from hearth.db import news, wall
from hearth.kernel.permits import Actor, Forbidden
from hearth.kernel.refusals import Refused
from hearth.surveys import permissions, queries
from hearth.surveys.models import Comment, FirmFile, Invitation, Response, Survey, Version
from hearth.surveys.rules import answering, door
from hearth.surveys.rules.instrument import Instrument
from hearth.surveys.rules.kinds import QuestionKind, Secrecy, Standing, State

SECOND = "A second answer of the same household"
FINISHED = "Was finished later"


class AnswersRefused(Refused):
    """Answers cannot be taken as they are. `errors` has a sentence for each question, by its code."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__("Some answers need another look.")
        self.errors = dict(errors)


def submit(
    *,
    survey: Survey,
    version: Version,
    nonce: str,
    raw: answering.Raw | None = None,
    answers: Mapping[str, Any] | None = None,
    mode: str,
    language: str = "en",
    invitation: Invitation | None = None,
    stock: str = "",
    traits: Mapping[str, str] | None = None,
    part: bool = False,
    started_at: datetime | None = None,
    from_file: FirmFile | None = None,
    at: datetime,
    taken_by: Any = None,
    by: Actor,
) -> Response:
    """Take one answered questionnaire, once.

    Give `raw` (what a form sent, by the names of `rules.answering.fields`) or `answers` (as they are kept). `nonce` is
    at most 64 characters and is the same each time the same form, call or row is sent: the response that was taken the
    first time comes back and nothing is added. A second questionnaire of a household that has answered is kept, set
    aside and not counted; look at `standing`. With `part`, what was answered so far is kept, and a later whole one
    takes its place. `stock` and `traits` are needed only where there is no invitation to tell them.

    Of an anonymous survey nothing is kept that leads to the person: no invitation, no mark, no traits, no time of day.
    Raises AnswersRefused by question, Refused where the survey takes no answers, Forbidden.
    """
    _permit(mode, by)
    household = _held(survey, invitation)
    stock = stock or (household.stock if household else "") or survey.stock
    instrument = queries.instrument(version)
    checked = answering.check(
        instrument,
        answering.raw_of(instrument, answers or {}) if raw is None else raw,
        stock=stock,
        language=language,
        part=part or from_file is not None,  # a firm may not have asked everything: what is not there is not answered
        silent_allowed=mode not in door.BY_THEMSELVES,
    )
    if checked.errors:
        raise AnswersRefused(checked.errors)
    secret = survey.secrecy == Secrecy.ANONYMOUS
    response = Response(
        survey=survey,
        version=version,
        nonce=nonce,
        mode=mode,
        language=language,
        stock=stock,
        answers=checked.answers,
        standing=Standing.PART if part else Standing.COMPLETE,
        started_at=None if secret else started_at,
        given_at=midnight(at) if secret else at,
        seconds=max(0, int((at - started_at).total_seconds())) if started_at else None,
        taken_by=taken_by,
        from_file=from_file,
        traits={} if secret else dict(traits) if traits is not None else household.traits if household else {},
    )
    try:
        _check_open(survey, mode, household, started_at, at, from_file)
    except Refused:
        if before := queries.taken(survey, nonce):  # the same form again, after the survey has closed
            return before
        raise
    with transaction.atomic(savepoint=False):
        if household and not secret:
            _place(response, household, linked=survey.state == State.OPEN or survey.secrecy == Secrecy.NAMED)
        if added := _added(response):
            _follow(response, instrument, None if secret else household, at=at, by=by)
    if added:
        return response
    if before := queries.taken(survey, nonce):
        return before
    raise Refused(door.SENTENCES[door.Door.CLOSED])  # at this very moment


def _follow(
    response: Response, instrument: Instrument, household: Household | None, *, at: datetime, by: Actor
) -> None:
    """What comes with a new response: comments to be checked, the mark that spares a reminder, the trail, the news."""
    _keep_comments(response, instrument)
    if household and response.standing == Standing.COMPLETE:
        _mark(household, at)
    if response.version.frozen_at is None:
        Version.objects.filter(pk=response.version_id, frozen_at=None).update(frozen_at=at)
    if response.from_file_id is None:  # the file's own deed is written down once, with its rows counted
        mode, standing = str(response.mode), str(response.standing)
        audit.record(by=by, deed="surveys.answered", subject=response.survey, mode=mode, standing=standing)
    if household and household.event:
        news.announce("surveys.answered_after_event", response_id=str(response.pk))


def _permit(mode: str, by: Actor) -> None:
    if mode in door.BY_THEMSELVES:
        return
    if not any(by.may(one) for one in (permissions.INTERVIEW, permissions.BUILD, permissions.FIELD)):
        raise Forbidden(f"{by.name or 'Nobody'} may not take answers for other people.")


@dataclass(frozen=True)
class Household:
    """An invitation as it stands, held until the answer is in."""

    invitation: int
    answered: bool
    expires_on: date | None
    event: int | None
    stock: str
    traits: dict[str, Any]


# By hand, as `ADD` below: it comes before every answer of somebody who was asked.
LOOK = """
    select i.survey_id, i.state, i.expires_on, i.event_id, u.stock, u.traits, e.service
    from surveys_invitation i
    left join surveys_unit u on u.id = i.unit_id
    left join surveys_event e on e.id = i.event_id
    where i.id = %s
"""
HOLD = f"{LOOK} for update of i"
MARK = """
    with gone as (delete from surveys_draft where invitation_id = %(invitation)s)
    update surveys_invitation set state = %(state)s, answered_on = %(on)s where id = %(invitation)s
"""


def _held(survey: Survey, invitation: Invitation | None) -> Household | None:
    """The invitation, held until this is done: two answers of a household come one after the other."""
    if invitation is None:
        return None
    with connection.cursor() as cursor:
        # A lock leaves the transaction's number on the invitation, which would lead from it to an anonymous answer.
        cursor.execute(LOOK if survey.secrecy == Secrecy.ANONYMOUS else HOLD, [invitation.pk])
        found = cursor.fetchone()
    if found is None or found[0] != survey.pk:
        raise Refused("This code belongs to another survey.")
    _, state, expires_on, event, stock, traits, service = found
    kept = json.loads(traits) if traits else {}
    return Household(
        invitation=invitation.pk,
        answered=state == Invitation.State.ANSWERED,
        expires_on=expires_on,
        event=event,
        stock=stock or "",
        traits={**kept, "service": service} if service else kept,
    )


def _check_open(
    survey: Survey,
    mode: str,
    household: Household | None,
    started_at: datetime | None,
    at: datetime,
    from_file: FirmFile | None,
) -> None:
    if from_file is not None and survey.state == State.CLOSED:
        return  # a survey firm hands its file in after the last day
    standing = door.door(
        state=survey.state,
        opens_on=survey.opens_on,
        closes_on=None if survey.rolling else survey.closes_on,
        today=timezone.localdate(at),
        begun_on=timezone.localdate(started_at) if started_at else None,
        expires_on=household.expires_on if household else None,
        mode=mode,
    )
    if standing != door.Door.OPEN:
        raise Refused(door.SENTENCES[standing])


# One statement, because it is the busiest of all: the survey must be open at this very moment (whoever closes it waits
# for this, or this waits and finds it closed), and a form that was sent before adds nothing.
ADD = """
    with survey as (select id from surveys_survey where id = %s and state = any(%s) for share)
    insert into surveys_response (
        landlord_id, recorded_at, id, survey_id, version_id, nonce, invitation_id, mode, language, stock, traits,
        answers, standing, why_set_aside, started_at, given_at, seconds, taken_by_id, from_file_id
    )
    select %s, %s, %s, id, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s from survey
    on conflict do nothing
    returning id
"""


def _added(response: Response) -> bool:
    """Put the response into its table; False where it is there already, or the survey is not open any more."""
    r, states = response, [State.OPEN.value]
    if r.from_file_id:
        states.append(State.CLOSED.value)  # a survey firm hands its file in after the last day
    values: list[Any] = [
        r.survey_id, states, wall.current(), r.given_at if r.survey.secrecy == Secrecy.ANONYMOUS else timezone.now(),
        r.pk, r.version_id, r.nonce, r.invitation_id, str(r.mode), r.language, r.stock, Jsonb(r.traits),
        Jsonb(r.answers), str(r.standing), r.why_set_aside, r.started_at, r.given_at, r.seconds, r.taken_by_id,
        r.from_file_id,
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(ADD, values)
        return cursor.fetchone() is not None


def _place(response: Response, household: Household, *, linked: bool) -> None:
    """Link the response to its invitation, and see that only one of a household counts."""
    others = Response.objects.filter(invitation=household.invitation).exclude(nonce=response.nonce)
    counted = others.exclude(standing=Standing.SET_ASIDE).values_list("pk", "standing").first()
    if counted and counted[1] == Standing.PART and response.standing == Standing.COMPLETE:
        others.filter(pk=counted[0]).update(standing=Standing.SET_ASIDE, why_set_aside=FINISHED)
    elif counted or household.answered:
        response.standing, response.why_set_aside = Standing.SET_ASIDE, SECOND
    if linked:
        response.invitation_id = household.invitation


def _keep_comments(response: Response, instrument: Instrument) -> None:
    """Free text that may be published is kept once more, to be checked for names first."""
    found = [
        Comment(survey_id=response.survey_id, response=response, question=one.code, text=response.answers[one.code])
        for one in instrument.questions()
        if one.comment and one.kind == QuestionKind.TEXT and one.code in response.answers
    ]
    if found:
        Comment.objects.bulk_create(found)


def _mark(household: Household, at: datetime) -> None:
    """The household has answered: it gets no reminder, and its draft goes."""
    said: dict[str, Any] = {
        "invitation": household.invitation,
        "state": Invitation.State.ANSWERED,
        "on": timezone.localdate(at),
    }
    with connection.cursor() as cursor:
        cursor.execute(MARK, said)


def midnight(at: datetime) -> datetime:
    """The beginning of the day: what is kept of a moment that would tell whose it was."""
    return timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)


__all__ = ["AnswersRefused", "midnight", "submit"]
