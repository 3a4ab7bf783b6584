"""What the public form reads: few rows, each by its own key. Open to anybody; what may be shown, the door decides."""

from __future__ import annotations

import functools
import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import connection
from django.db.models import Case, QuerySet, Value, When

from hearth.surveys.models import Draft, Invitation, Response, Survey, Unit, Version
from hearth.surveys.queries.sample import secret
from hearth.surveys.rules import codes, guessing


@functools.cache
def form_key(purpose: str = "form") -> bytes:
    """A key of the installation's own for one purpose, made from its secret and kept nowhere."""
    return hmac.new(settings.SECRET_KEY.encode(), f"hearth surveys {purpose}".encode(), hashlib.sha256).digest()


def draft_digest(key: str) -> str:
    """What the database knows a draft's key by."""
    return codes.digest(form_key("draft"), key)


def counted_as(address: str) -> str:
    """What an address is counted under; nobody can tell the address from it without the installation's secret."""
    return hmac.new(form_key("address"), address.encode(), hashlib.sha256).hexdigest()


def _versions() -> QuerySet[Version]:
    """Versions with their survey. The questionnaire itself is read only where no process has it yet."""
    return Version.objects.select_related("survey").defer("content")


def _current(versions: QuerySet[Version]) -> Version | None:
    """The one put to people: the last frozen one, else the last. As `current_version`, with its survey in one query."""
    return versions.order_by(Case(When(frozen_at=None, then=Value(1)), default=Value(0)), "-number").first()


def form_at(slug: str) -> Version | None:
    """The questionnaire at a public address, with its survey."""
    return _current(_versions().filter(survey__slug=slug))


def form_of(survey: Survey) -> Version:
    """The questionnaire that is put to people now."""
    found = form_of_number(survey.pk)
    if found is None:
        raise Version.DoesNotExist(f"{survey} has no questionnaire.")
    return found


def form_of_number(survey: int) -> Version | None:
    """The questionnaire that is put to people now, with its survey, by the survey's number; or None."""
    return _current(_versions().filter(survey=survey))


def form_shown(survey: Survey, number: int) -> Version | None:
    """The version by the number of its row, as a form's token names it."""
    return _versions().filter(survey=survey, pk=number).first()


def draft_by_key(typed: str) -> Draft | None:
    """The draft that a key opens, or None."""
    if not codes.could_be(typed):
        return None
    return Draft.objects.select_related("survey", "version").filter(key_digest=draft_digest(typed)).first()


def draft_of(invitation: Invitation) -> Draft | None:
    """The draft of somebody who was asked."""
    return Draft.objects.select_related("survey", "version").filter(invitation=invitation).first()


def taken(survey: Survey, nonce: str) -> Response | None:
    """The response of a form that was sent already."""
    return Response.objects.filter(survey=survey, nonce=nonce).first()


@dataclass(frozen=True)
class Knock:
    """Who knocks with a code, and whether it may be looked at."""

    blocked: bool  # too many wrong codes came from there: nothing else is said
    invitation: Invitation | None = None  # with what the form needs of it and of its unit, and no more
    draft: int | None = None  # the number of what the invited person has saved


# By hand, because on the last evening of a survey it comes before every page of everybody who was asked.
KNOCK = """
    select (select count from surveys_wrongcode where who = %(who)s and since = %(since)s),
        (select count from surveys_wrongcode where who = '' and since = %(since)s),
        i.id, i.survey_id, i.state, i.expires_on, i.language, u.id, u.stock, d.id
    from (select 1) always
    left join surveys_invitation i on i.code_digest = %(digest)s
    left join surveys_unit u on u.id = i.unit_id
    left join surveys_draft d on d.invitation_id = i.id
"""


def knock(typed: str, *, address: str, at: datetime) -> Knock:
    """Whom a code belongs to, unless too many wrong ones came from that address. One query."""
    digest = codes.digest(secret(), typed) if codes.could_be(typed) else ""
    with connection.cursor() as cursor:
        cursor.execute(KNOCK, {"who": counted_as(address), "since": guessing.window(at), "digest": digest})
        of_address, of_all, pk, survey, state, expires_on, language, unit, stock, draft = cursor.fetchone()
    if guessing.blocked(of_address=of_address or 0, of_all=of_all or 0):
        return Knock(blocked=True)
    if not digest or pk is None:
        return Knock(blocked=False)
    home = Unit(pk=unit, survey_id=survey, stock=stock) if unit else None
    found = Invitation(pk=pk, survey_id=survey, unit=home, state=state, expires_on=expires_on, language=language)
    return Knock(blocked=False, invitation=found, draft=draft)
