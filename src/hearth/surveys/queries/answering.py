"""What the public form reads: few rows, each by its own key. Open to anybody; what may be shown, the door decides."""

from __future__ import annotations

import functools
import hashlib
import hmac
from datetime import datetime

from django.conf import settings
from django.db.models import Case, QuerySet, Value, When

from hearth.surveys.models import Draft, Invitation, Response, Survey, Version, WrongCode
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
    found = _current(_versions().filter(survey=survey))
    if found is None:
        raise Version.DoesNotExist(f"{survey} has no questionnaire.")
    return found


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
    return Draft.objects.select_related("version").filter(invitation=invitation).first()


def taken(survey: Survey, nonce: str) -> Response | None:
    """The response of a form that was sent already."""
    return Response.objects.filter(survey=survey, nonce=nonce).first()


def guesses(who: str, *, at: datetime) -> tuple[int, int]:
    """How many wrong codes came in this quarter of an hour: from one address, and from all. One query."""
    rows = WrongCode.objects.filter(who__in=[who, guessing.ALL], since=guessing.window(at))
    found = dict(rows.values_list("who", "count"))
    return found.get(who, 0), found.get(guessing.ALL, 0)
