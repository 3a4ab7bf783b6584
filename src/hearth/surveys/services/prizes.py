"""The draw for an incentive: kept apart from the answers, repeatable, seen by those who run it only."""

from __future__ import annotations

import random
import secrets

from django.db import transaction

from hearth.audit import services as audit
from hearth.kernel.permits import Actor, check
from hearth.kernel.refusals import Refused
from hearth.surveys import permissions
from hearth.surveys.models import PrizeEntry, Survey
from hearth.surveys.rules.kinds import State


@transaction.atomic
def draw_prizes(*, survey: Survey, winners: int, prize: str, seed: str = "", by: Actor) -> list[PrizeEntry]:
    """Draw winners from the entries, once a prize; the same seed draws the same. Raises Refused, Forbidden.

    The seed and the numbers are written down, so that the draw can be repeated; no name stands in the trail.
    """
    check(by, permissions.BUILD)
    if survey.state in (State.DRAFT, State.OPEN):
        raise Refused("The draw is held once the survey has closed.")
    if not prize.strip():
        raise Refused("Say what is won.", field="prize")
    entries = list(PrizeEntry.objects.select_for_update().filter(survey=survey, won="").order_by("nonce"))
    if not 1 <= winners <= len(entries):
        raise Refused(f"Draw between 1 and {len(entries):,} winners.", field="winners")
    seed = seed.strip() or secrets.token_hex(8)
    won = random.Random(seed).sample(entries, winners)  # noqa: S311 - repeatable is what is wanted here
    PrizeEntry.objects.filter(pk__in=[one.pk for one in won]).update(won=prize.strip())
    audit.record(by=by, deed="surveys.prizes_drawn", subject=survey, winners=winners, entries=len(entries), seed=seed)
    return won


@transaction.atomic
def forget_entries(*, survey: Survey, by: Actor) -> int:
    """Delete the names of all who entered, once the prizes are with the winners; gives how many. Raises Forbidden."""
    check(by, permissions.BUILD)
    gone, _ = PrizeEntry.objects.filter(survey=survey).delete()
    audit.record(by=by, deed="surveys.prize_entries_deleted", subject=survey, entries=gone)
    return gone


__all__ = ["draw_prizes", "forget_entries"]
