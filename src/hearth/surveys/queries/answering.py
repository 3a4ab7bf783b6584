"""What the public form reads: few rows, each by its own key. Open to anybody; the door is asked before anything shows."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Case, QuerySet, Value, When

from hearth.surveys.models import Draft, Invitation, Response, Survey, Version, WrongCode
from hearth.surveys.rules import guessing


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


def draft_by_key(digest: str) -> Draft | None:
    """The draft that a key opens."""
    return Draft.objects.select_related("survey").filter(key_digest=digest).first()


def draft_of(invitation: Invitation) -> Draft | None:
    """The draft of somebody who was asked."""
    return Draft.objects.select_related("survey").filter(invitation=invitation).first()


def taken(survey: Survey, nonce: str) -> Response | None:
    """The response of a form that was sent already."""
    return Response.objects.filter(survey=survey, nonce=nonce).first()


def guesses(who: str, *, at: datetime) -> tuple[int, int]:
    """How many wrong codes came in this quarter of an hour: from one address, and from all. One query."""
    rows = WrongCode.objects.filter(who__in=[who, guessing.ALL], since=guessing.window(at))
    found = dict(rows.values_list("who", "count"))
    return found.get(who, 0), found.get(guessing.ALL, 0)
