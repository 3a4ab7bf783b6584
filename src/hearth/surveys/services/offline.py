"""Asking at the door without a signal: homes given to an interviewer, and what comes in from their device later."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from hearth.accounts import queries as accounts
from hearth.audit import services as audit
from hearth.kernel.permits import Actor, check
from hearth.kernel.refusals import Refused
from hearth.surveys import permissions, queries
from hearth.surveys.models import Hold, Invitation, Survey
from hearth.surveys.rules import answering
from hearth.surveys.rules.kinds import Draw, Mode, Outcome, Secrecy, Standing, State
from hearth.surveys.services.answering import AnswersRefused, submit
from hearth.surveys.services.telephone import hold, note_attempt

MOST_ITEMS = 50  # of one request
MOST_HOMES = 200  # given at once
LOOKED_AT = 500  # invitations at a time
NONCE = re.compile(r"[0-9a-f]{32}")
ALREADY = "The household had answered already: kept, and not counted."


@dataclass(frozen=True)
class Fate:
    """What became of one thing that a device sent: "taken", "set_aside", or "refused" with the reason."""

    nonce: str
    fate: str
    why: str = ""


@transaction.atomic
def give_visits(*, survey: Survey, to: int, number: int, at: datetime, by: Actor) -> int:
    """Put homes on an interviewer's list, in the order of the draw; gives how many there were to give.

    Only homes at whose door somebody may knock at any hour: see `queries.visitable`. Raises Refused, Forbidden.
    """
    check(by, permissions.BUILD)
    _check_face(survey)
    queries.refuse_anonymous(survey)
    if not 1 <= number <= MOST_HOMES:
        raise Refused(f"Give 1 to {MOST_HOMES} homes at once.", field="number")
    interviewer = accounts.holding_permission(permissions.INTERVIEW, on=timezone.localdate(at)).filter(pk=to).first()
    if interviewer is None:
        raise Refused("Choose somebody who may ask people.", field="to")
    given, after = 0, 0
    asked = Invitation.objects.filter(survey=survey, state__in=queries.TO_ASK, unit__isnull=False, event=None)
    asked = asked.exclude(hold__until__gt=at).order_by("unit__drawn", "pk")
    rows = list(asked.values_list("pk", "person_id"))
    while given < number and after < len(rows):
        batch = rows[after : after + LOOKED_AT]
        reached = queries.visitable([person for _, person in batch if person], at=at)
        for pk, person in batch:
            if given < number and person in reached and hold(pk, mode=Mode.FACE, holder=interviewer, at=at):
                given += 1
        after += LOOKED_AT
    audit.record(by=by, deed="surveys.visits_given", subject=survey, homes=given)
    return given


@transaction.atomic
def take_back_visits(*, survey: Survey, to: int, at: datetime, by: Actor) -> int:
    """Take the homes off an interviewer's list that have not answered; what they have asked already still comes in."""
    check(by, permissions.BUILD)
    held = Hold.objects.filter(invitation__survey=survey, mode=Mode.FACE, holder=to, until__gt=at)
    taken = held.update(until=at, holder=None)
    audit.record(by=by, deed="surveys.visits_taken_back", subject=survey, homes=taken)
    return taken


def take_in(*, items: Any, at: datetime, by: Actor) -> list[Fate]:
    """Take what a device sends, each thing by itself and once; what is refused undoes nothing of the others.

    Raises Refused where it is no list of things, Forbidden.
    """
    check(by, permissions.INTERVIEW)
    if not isinstance(items, list) or len(items) > MOST_ITEMS:
        raise Refused(f"Send a list of at most {MOST_ITEMS} interviews and visits.")
    return [_taken(item, at=at, by=by) for item in items]


def _taken(item: Any, *, at: datetime, by: Actor) -> Fate:
    nonce = item.get("nonce") if isinstance(item, dict) else None
    if not isinstance(nonce, str) or not NONCE.fullmatch(nonce):
        return Fate(str(nonce)[:64], "refused", "This cannot be read: it has no number of its own.")
    try:
        with transaction.atomic():
            if item.get("kind") == "visit":
                return _visit(nonce, item, at=at, by=by)
            return _answers(nonce, item, at=at, by=by)
    except AnswersRefused as refused:
        told = "; ".join(f"{code}: {words}" for code, words in list(refused.errors.items())[:3])
        return Fate(nonce, "refused", f"Some answers need another look: {told}")
    except Refused as refused:
        return Fate(nonce, "refused", refused.message)


def _answers(nonce: str, item: Mapping[str, Any], *, at: datetime, by: Actor) -> Fate:
    survey = _survey(item)
    version = queries.form_shown(survey, _whole(item, "version"))
    if version is None:
        raise Refused("This questionnaire does not belong to the survey.")
    invitation = _invitation(item, survey)
    if invitation is None and survey.draw != Draw.OPEN and survey.secrecy != Secrecy.ANONYMOUS:
        raise Refused("In this survey only those who were drawn are asked.")
    again = queries.taken(survey, nonce)
    begun, done = _moment(item, "startedAt", at), _moment(item, "finishedAt", at)
    response = submit(
        survey=survey,
        version=version,
        nonce=nonce,
        raw=_raw(item.get("raw")),
        mode=Mode.FACE,
        language=_language(item),
        invitation=invitation,
        started_at=min(begun, done),
        at=done,
        taken_by=accounts.users().filter(pk=by.user_id).first() if by.user_id else None,
        by=by,
    )
    if invitation is not None and again is None and survey.secrecy != Secrecy.ANONYMOUS:
        note_attempt(invitation=invitation, outcome=Outcome.ANSWERED, mode=Mode.FACE, at=done, key=nonce, by=by)
        Hold.objects.filter(invitation=invitation).delete()
    if response.standing == Standing.SET_ASIDE:
        return Fate(nonce, "set_aside", ALREADY)
    return Fate(nonce, "taken")


def _visit(nonce: str, item: Mapping[str, Any], *, at: datetime, by: Actor) -> Fate:
    survey = _survey(item)
    invitation = _invitation(item, survey)
    outcome, note = item.get("outcome"), item.get("note", "")
    known = {one.value for one in Outcome if one is not Outcome.ANSWERED}
    if invitation is None or not isinstance(outcome, str) or outcome not in known or not isinstance(note, str):
        raise Refused("This visit cannot be read.")
    note_attempt(
        invitation=invitation, outcome=outcome, mode=Mode.FACE, at=_moment(item, "finishedAt", at),
        note=answering.cleaned(note)[:300], key=nonce, later_named=False, by=by,
    )  # fmt: skip
    return Fate(nonce, "taken")


def _survey(item: Mapping[str, Any]) -> Survey:
    found = Survey.objects.filter(pk=_whole(item, "survey")).first()
    if found is None:
        raise Refused("This survey is not there any more.")
    _check_face(found)
    return found


def _invitation(item: Mapping[str, Any], survey: Survey) -> Invitation | None:
    ref = item.get("ref", "")
    if ref == "":
        return None
    found = queries.invitation_of_visit(ref) if isinstance(ref, str) else None
    if found is None or found.survey_id != survey.pk:
        raise Refused("This home is not one of the survey's.")
    return found


def _whole(item: Mapping[str, Any], name: str) -> int:
    value = item.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value < 2**63:
        raise Refused(f"This cannot be read: {name} must be a number.")
    return value


def _language(item: Mapping[str, Any]) -> str:
    value = item.get("language", "en")
    if not isinstance(value, str) or not re.fullmatch(r"[a-z]{2,3}(-[a-z]{1,10})?", value):
        raise Refused("This cannot be read: the language is none.")
    return value


def _moment(item: Mapping[str, Any], name: str, at: datetime) -> datetime:
    """When a device says that it was, never later than now: clocks of telephones differ."""
    value = item.get(name)
    try:
        found = parse_datetime(value) if isinstance(value, str) else None
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise Refused(f"This cannot be read: {name} is no moment.")
    return min(found, at)


def _raw(given: Any) -> dict[str, Sequence[str]]:
    """What was typed, by the names of inputs."""
    right = isinstance(given, dict) and all(
        isinstance(name, str) and isinstance(values, list) and all(isinstance(one, str) for one in values)
        for name, values in given.items()
    )
    if not right:
        raise Refused("These answers cannot be read.")
    return given


def _check_face(survey: Survey) -> None:
    if survey.state != State.OPEN:
        raise Refused("This survey has closed.")
    if Mode.FACE not in survey.modes:
        raise Refused("This survey is not asked face to face.")


__all__ = ["Fate", "give_visits", "take_back_visits", "take_in"]
