"""Giving a survey firm its sample: references and what it needs to reach people, never more (SUR-11).

The firm sends its answers back by reference only. Whoever may not be reached by the firm's way is left out and counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from hearth.audit import services as audit
from hearth.kernel.permits import Actor, check
from hearth.kernel.refusals import Refused
from hearth.register import queries as register
from hearth.register.queries import Channel, Purpose
from hearth.surveys import permissions, queries
from hearth.surveys.models import Handover, Invitation, Survey
from hearth.surveys.rules.kinds import Secrecy, State

WAYS = {Channel.PHONE: "telephone", Channel.EMAIL: "email", Channel.LETTER: "address", Channel.SMS: "mobile"}


@dataclass(frozen=True)
class Given:
    """What a firm was given: the columns, a row a household, and how many were left out."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    left_out: int


@transaction.atomic
def hand_over(*, survey: Survey, ways: Sequence[str], strata: Sequence[str] = (), at: datetime, by: Actor) -> Given:
    """The sample for a survey firm: reference, name, the ways by which it asks, and chosen traits for its quotas.

    Only households that have been invited, have not answered and may be reached by one of the ways are in it. Refused
    without a firm and its agreement, before the survey opens, and of an anonymous survey. Raises Forbidden.
    """
    check(by, permissions.FIELD)
    if not survey.firm.strip():
        raise Refused("Name the survey firm first.", field="ways")
    if not survey.agreement.strip():
        raise Refused(
            "No sample may be shared without a data-sharing agreement. Record it with the survey first.", field="ways"
        )
    if survey.secrecy == Secrecy.ANONYMOUS:
        raise Refused("An anonymous survey has no references, so no sample can be shared.", field="ways")
    if survey.state != State.OPEN:
        raise Refused("The sample is shared while the survey is open.", field="ways")
    chosen = [Channel(way) for way in ways if way in WAYS]
    if not chosen:
        raise Refused("Choose how the firm asks people.", field="ways")
    asked = Invitation.objects.filter(
        survey=survey,
        event=None,
        person__isnull=False,
        state__in=[Invitation.State.WAITING, Invitation.State.SENT],
    ).select_related("unit")
    rows, left_out = _rows(list(asked), chosen, strata, at)
    headers = ("reference", "name", *(WAYS[way] for way in chosen), "language", *strata)
    Handover.objects.create(
        survey=survey, at=at, agreement=survey.agreement, fields=list(headers), rows=len(rows), by_name=by.name
    )
    audit.record(by=by, deed="surveys.sample_shared", subject=survey, rows=len(rows), left_out=left_out)
    return Given(headers, tuple(rows), left_out)


def _rows(
    asked: Iterable[Invitation], chosen: Sequence[Channel], strata: Sequence[str], at: datetime
) -> tuple[list[tuple[str, ...]], int]:
    invited = list(asked)
    people = [one.person_id for one in invited if one.person_id]
    known = register.reach_many_unasked(people, purpose=Purpose.SURVEY, at=at)
    rows, left_out = [], 0
    for one in invited:
        reach = known.get(one.person_id or 0)
        ways = {way.channel: way for way in reach.by(*chosen)} if reach and not reach.safety else {}
        if not ways or one.unit is None:
            left_out += 1
            continue
        first = next(iter(ways.values()))
        points = [ways[way].to if way in ways else "" for way in chosen]
        traits = [str(one.unit.traits.get(name, "")) for name in strata]
        rows.append((queries.code_of(one), first.to_name, *points, first.language, *traits))
    return rows, left_out
