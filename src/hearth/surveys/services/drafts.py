"""Saving what was answered so far, and codes that opened nothing."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from hearth.audit import services as audit
from hearth.kernel.permits import Actor
from hearth.kernel.refusals import Refused
from hearth.surveys import queries
from hearth.surveys.models import Draft, Invitation, Survey, Version, WrongCode
from hearth.surveys.rules import answering, codes, guessing
from hearth.surveys.rules.kinds import Secrecy, State


def new_key() -> str:
    """A key drawn at random, in the shape of a code: it opens one draft."""
    drawn = "".join(secrets.choice(codes.ALPHABET) for _ in range(codes.LENGTH))
    return "-".join(drawn[at : at + codes.GROUP] for at in range(0, codes.LENGTH, codes.GROUP))


@transaction.atomic
def save_draft(
    *,
    survey: Survey,
    version: Version,
    nonce: str,
    raw: Mapping[str, Sequence[str]],
    mode: str,
    language: str,
    started_at: datetime,
    at: datetime,
    invitation: Invitation | None = None,
    key: str = "",
    taken_by: Any = None,
    by: Actor,
) -> str:
    """Keep what was typed so far, right or wrong, and say by which key it is taken up ("": by the invitation's code).

    The same form saved again is the same draft. In an anonymous survey a draft never belongs to an invitation.
    Raises Refused where the survey is not open.
    """
    if survey.state != State.OPEN:
        raise Refused("This survey is not open.")
    if survey.secrecy == Secrecy.ANONYMOUS:
        invitation = None
    said: dict[str, Any] = {
        "version": version,
        "mode": mode,
        "language": language,
        "answers": answering.kept(queries.instrument(version), raw),
        "started_at": started_at,
        "changed_at": at,
        "taken_by": taken_by,
    }
    if invitation is not None:
        key, said["key_digest"] = "", ""
        made = Draft.objects.update_or_create(survey=survey, invitation=invitation, defaults={**said, "nonce": nonce})
    else:
        key = key or new_key()
        said["key_digest"] = queries.draft_digest(key)
        made = Draft.objects.update_or_create(survey=survey, nonce=nonce, defaults=said)
    if made[1]:
        audit.record(by=by, deed="surveys.saved_for_later", subject=survey, mode=str(mode))
    return key


@transaction.atomic
def drop_draft(*, draft: Draft, by: Actor) -> None:
    """Let go of what was saved on the way: it was sent. The sending is what is written down."""
    Draft.objects.filter(pk=draft.pk).delete()


@transaction.atomic
def note_wrong_code(*, who: str, at: datetime) -> None:
    """Count a code that opened nothing, for its address and for all. What was counted earlier goes.

    No deed of anybody's: it is not written to the trail, which would grow with every guess.
    """
    since = guessing.window(at)
    for one in (who, guessing.ALL):
        counted = WrongCode.objects.filter(who=one, since=since)
        if not counted.update(count=F("count") + 1):
            WrongCode.objects.filter(since__lt=since).delete()
            WrongCode.objects.bulk_create([WrongCode(who=one, since=since)], ignore_conflicts=True)
            counted.update(count=F("count") + 1)


__all__ = ["drop_draft", "new_key", "note_wrong_code", "save_draft"]
