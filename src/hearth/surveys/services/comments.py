"""Comments are read by a person before anybody else sees them (SUR-04; issue 3, C.8)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from hearth.audit import services as audit
from hearth.kernel.permits import Actor, check
from hearth.kernel.refusals import Refused
from hearth.surveys import permissions
from hearth.surveys.models import Comment
from hearth.surveys.rules import naming


@transaction.atomic
def check_comment(
    *, comment: Comment, verdict: str, shown: str = "", themes: Sequence[str] = (), at: datetime, by: Actor
) -> Comment:
    """Say whether a comment may be shown: as it is, as mended (`shown`), or not. It may be looked at again.

    `verdict` is "shown", "mended" or "kept_back". Raises Refused, Forbidden.
    """
    check(by, permissions.CHECK)
    comment = Comment.objects.select_for_update().get(pk=comment.pk)
    state = Comment.State
    if verdict not in (state.SHOWN, state.MENDED, state.KEPT_BACK):
        raise Refused("Say whether this comment may be shown.", field="verdict")
    words = {state.SHOWN: comment.text, state.MENDED: shown, state.KEPT_BACK: ""}[state(verdict)]
    comment.shown = naming.check_shown(comment.text, words) if verdict == state.MENDED else words
    comment.state, comment.themes = verdict, list(themes)
    comment.checked_by, comment.checked_at = by.name, at
    comment.save(update_fields=["shown", "state", "themes", "checked_by", "checked_at"])
    audit.record(by=by, deed="surveys.comment_checked", subject=comment.survey, verdict=verdict)
    return comment


__all__ = ["check_comment"]
