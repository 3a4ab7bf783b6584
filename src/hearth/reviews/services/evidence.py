"""Putting evidence into a review: profiles frozen as they are today, and figures that somebody else published."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from hearth.equality import queries as equality
from hearth.equality import services as equality_services
from hearth.kernel.permits import Actor, check
from hearth.kernel.refusals import Refused
from hearth.reviews import permissions, queries
from hearth.reviews.models import Part, Review
from hearth.reviews.queries.evidence import snapshots_of
from hearth.reviews.rules.content import Statistic, to_plain
from hearth.reviews.services.writing import save_part

PART = "profile"


@transaction.atomic
def insert_profile(*, review: Review, profile: int, at: datetime, by: Actor) -> Part:
    """Put a profile into a review, one block for each characteristic of its form, and freeze it (CAR-10, CAR-11).

    Where the profile says nothing of a characteristic, its block says "not held". Blocks of the same people that the
    review had before are replaced; what stood before is kept as an earlier version.
    """
    check(by, permissions.WRITE)
    found = equality.profile(profile, by=by)
    if found is None:
        raise Refused("There is no such profile.", field="profile")
    equality_services.freeze(profile=found, at=at, by=by)
    blocks = [to_plain(snapshot) for snapshot in snapshots_of(found, form=queries.form_of(review))]
    new = {(block["characteristic"], block["population"]) for block in blocks}

    def change(value: dict[str, Any]) -> dict[str, Any]:
        kept = [b for b in value.get("snapshots", ()) if (b["characteristic"], b["population"]) not in new]
        return {**value, "snapshots": [*kept, *blocks]}

    return _change(review, change, at=at, by=by)


@transaction.atomic
def cite_statistics(*, review: Review, statistics: Sequence[int], at: datetime, by: Actor) -> Part:
    """Put figures of the evidence library into a review, each with where it comes from (CAR-12, PROF-25)."""
    check(by, permissions.WRITE)
    chosen = equality.statistics().filter(pk__in=statistics)
    rows = [
        to_plain(
            Statistic(
                text=one.text, publisher=one.publisher, title=one.title, period=one.period, published=one.published,
                characteristic=one.characteristic,
            )
        )
        for one in chosen
    ]  # fmt: skip
    if not rows:
        raise Refused("Select at least one figure.", field="statistics")

    def change(value: dict[str, Any]) -> dict[str, Any]:
        return {**value, "statistics": _without_twins([*value.get("statistics", ()), *rows])}

    return _change(review, change, at=at, by=by)


def _without_twins(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    kept: list[dict[str, Any]] = []
    for row in rows:
        if row not in kept:
            kept.append(row)
    return kept


def _change(review: Review, change: Any, *, at: datetime, by: Actor) -> Part:
    """Add to the answer as it stands now: blocks are only added, so nobody's words are in the way."""
    Review.objects.select_for_update().get(pk=review.pk)
    part = Part.objects.filter(review=review, key=PART).first()
    value = change(part.value if part else queries.empty(PART))
    return save_part(review=review, key=PART, value=value, seen=part.number if part else 0, at=at, by=by)
