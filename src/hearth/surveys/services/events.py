"""Surveys that follow an event: noting events, asking, and calling back those who were badly served."""

from __future__ import annotations

import hashlib
import hmac
import io
import secrets
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from hearth.actions import services as actions
from hearth.audit import services as audit
from hearth.kernel.days import spoken
from hearth.kernel.permits import Actor, check
from hearth.kernel.refusals import Refused
from hearth.kernel.sheets import Limits, rows_of
from hearth.landlords import queries as landlords
from hearth.register import queries as register
from hearth.surveys import permissions, queries
from hearth.surveys.models import Event, EventSource, Exclusion, Invitation, Response, Survey, Trigger
from hearth.surveys.rules import codes, eventfile, events
from hearth.surveys.rules.events import Fate, Happened, Whom
from hearth.surveys.rules.kinds import Secrecy, Sort, State
from hearth.surveys.services.inviting import last_asked, send_one

CALL_BACK = "call_back"  # the question by which somebody agrees to be called, where answers are confidential


@transaction.atomic
def set_trigger(
    *,
    sort: Sort,
    survey: Survey,
    after_days: int,
    whom: Whom,
    low_question: str = "",
    low_codes: Sequence[str] = (),
    active: bool = True,
    by: Actor,
) -> Trigger:
    """Say which survey follows a kind of event, from whom, how soon, and which answers want a call back.

    One a kind: what was said before is replaced. Raises Refused, Forbidden.
    """
    check(by, permissions.BUILD)
    if not survey.rolling:
        raise Refused("A survey that follows events stays open: mark it as one that follows events.", field="survey")
    if low_question:
        asked = queries.instrument(queries.current_version(survey)).question(low_question)
        if asked is None:
            raise Refused(f"The survey has no question “{low_question}”.", field="low_question")
        known = [option.code for option in asked.options]
        if strange := [one for one in low_codes if one not in known]:
            raise Refused(f"The question has no answer with the code {strange[0]}.", field="low_codes")
        low_codes = low_codes or events.default_low(known)
    Trigger.objects.filter(sort=sort, active=True).update(active=False)
    made = Trigger.objects.create(
        sort=sort, survey=survey, after_days=after_days, whom=whom, low_question=low_question,
        low_codes=list(low_codes), active=active,
    )  # fmt: skip
    audit.record(by=by, deed="surveys.trigger_set", subject=survey, sort=str(sort), active=active)
    return made


@dataclass(frozen=True)
class Told:
    """One event as another system tells of it: by references of the housing management system."""

    sort: str
    key: str
    happened_on: date
    person: str = ""
    home: str = ""
    uprn: str = ""
    building: str = ""
    estate: str = ""
    service: str = ""
    detail: Mapping[str, str] | None = None


@transaction.atomic
def note_event(*, told: Told, source: str, today: date, by: Actor) -> tuple[Event, bool]:
    """Write down an event that is to be followed; gives it and whether it is new. The same key again changes nothing.

    Raises Refused by field, Forbidden.
    """
    check(by, permissions.BUILD)
    kept = Event.objects.filter(sort=told.sort, key=told.key.strip()).first()
    if kept is not None:
        return kept, False
    meant = register.referred(
        person=told.person, home=told.home, uprn=told.uprn, building=told.building, estate=told.estate
    )
    if meant.unknown:
        raise Refused(f"The register knows no {meant.unknown[0]} with this reference.", field=meant.unknown[0])
    trigger = queries.trigger(told.sort)
    whom = Whom(trigger.whom) if trigger else events.usual_whom(_sort(told.sort))
    events.check_event(
        sort=told.sort, key=told.key, happened_on=told.happened_on, today=today, known=meant.found, whom=whom,
        oldest_days=int(landlords.setting("surveys.oldest_event", on=today)),
    )  # fmt: skip
    event = Event.objects.create(
        sort=told.sort, key=told.key.strip(), source=source[:80], happened_on=told.happened_on, person=meant.person,
        home=meant.home, building=meant.building, estate=meant.estate, service=told.service.strip()[:120],
        detail=dict(told.detail or {}),
    )  # fmt: skip
    audit.record(by=by, deed="surveys.event_noted", subject=event, sort=told.sort)
    return event, True


def _sort(said: str) -> Sort:
    try:
        return Sort(said)
    except ValueError:
        return Sort.OTHER


@transaction.atomic
def follow(*, on: date, at: datetime, by: Actor) -> Counter[str]:
    """Ask after the events that are due on a day; gives what became of them, in counts.

    Done twice on a day it asks nobody twice. Whoever cannot be reached safely is counted without a reason (SUR-16).
    """
    check(by, permissions.BUILD)
    counted: Counter[str] = Counter()
    for trigger in Trigger.objects.filter(active=True, survey__state=State.OPEN).select_related("survey"):
        counted += _follow_one(trigger, on, at, by)
    return counted


def _follow_one(trigger: Trigger, on: date, at: datetime, by: Actor) -> Counter[str]:
    """The events of one kind."""
    latest = on - timedelta(days=trigger.after_days)
    waiting = {
        one.pk: one
        for one in Event.objects.select_for_update()
        .filter(sort=trigger.sort, state=Event.State.WAITING, happened_on__lte=latest)
        .order_by("happened_on", "pk")
    }
    happened = [
        Happened(event.pk, person, event.happened_on)
        for event in waiting.values()
        for person in _people(event, Whom(trigger.whom), on)
    ]
    planned = events.plan(
        happened,
        last_asked=last_asked({one.person for one in happened}),
        on=on,
        days_between=int(landlords.setting("surveys.days_between", on=on)),
        statutory=trigger.survey.statutory,
    )
    counted: Counter[str] = Counter()
    asked: dict[int, set[Fate]] = {}
    for one in planned:
        event = waiting[one.event]
        if one.fate is Fate.ASK:
            _ask(trigger.survey, event, one.person, at, by)
        elif one.fate is Fate.RECENT:
            Exclusion.objects.create(survey=trigger.survey, why=Exclusion.Why.RECENT)
        else:
            event.merged_into_id = one.into
        asked.setdefault(one.event, set()).add(one.fate)
        counted[one.fate.value] += 1
    for number, event in waiting.items():
        _settle(event, asked.get(number, set()))
    return counted


def _people(event: Event, whom: Whom, on: date) -> list[int]:
    """Who is asked: the person whose event it is, or whoever leads the tenancies of its home, building or estate."""
    if whom is Whom.REPORTER:
        if event.person_id:
            return [register.survivor(event.person_id)]
        found = register.lead_tenants_at(home=event.home_id, on=on)
    else:
        home = event.home
        building = event.building_id or (home.building_id if home else None)
        estate = event.estate_id or (home.estate_id if home else None)
        if whom is Whom.BUILDING and building:
            found = register.lead_tenants_at(building=building, on=on)
        elif estate:
            found = register.lead_tenants_at(estate=estate, on=on)
        else:
            found = register.lead_tenants_at(home=event.home_id, on=on)
    return list(found.values_list("pk", flat=True))


def _ask(survey: Survey, event: Event, person: int, at: datetime, by: Actor) -> None:
    digest = codes.digest(queries.secret(), queries.code_of_event(survey.pk, event.pk, person))
    days = int(landlords.setting("surveys.event_days", on=timezone.localdate(at)))
    invitation, new = Invitation.objects.get_or_create(
        code_digest=digest,
        defaults={
            "survey": survey, "event": event, "person_id": person,
            "expires_on": timezone.localdate(at) + timedelta(days=days),
        },
    )  # fmt: skip
    if new:
        send_one(invitation, survey, key=f"surveys.invitation:{invitation.pk}", at=at, by=by)


def _settle(event: Event, fates: Collection[Fate]) -> None:
    """What became of an event as a whole; one of a building may have been asked about by some and merged for others."""
    if Fate.ASK in fates:
        event.state = Event.State.ASKED
    elif Fate.RECENT in fates:
        event.state, event.why = Event.State.SKIPPED, Exclusion.Why.RECENT
    elif Fate.MERGE in fates:
        event.state = Event.State.MERGED
    else:
        event.state, event.why = Event.State.SKIPPED, Exclusion.Why.NO_WAY
    event.save(update_fields=["state", "why", "merged_into"])


@transaction.atomic
def call_back(*, response_id: str, on: date, by: Actor) -> Any:
    """Promise a call to somebody whose answer about an event is low; gives the action, or None where none is wanted.

    Only where the survey is named, or where they said yes to being called: an answer given in confidence is no reason
    to ring somebody up.
    """
    response = Response.objects.select_related("survey", "invitation__event").filter(pk=response_id).first()
    event = response.invitation.event if response and response.invitation else None
    if response is None or event is None:
        return None
    trigger = queries.trigger(event.sort)
    agreed = response.survey.secrecy == Secrecy.NAMED or response.answers.get(CALL_BACK) == "yes"
    if trigger is None or not agreed:
        return None
    if not events.is_low(response.answers, question=trigger.low_question, codes=trigger.low_codes):
        return None
    days = int(landlords.setting("surveys.call_back_days", on=on))
    due = landlords.calendar().add(on, days)
    return actions.promise(
        source=event,
        source_key=str(response.pk),
        kind="other",
        need="An answer about a service was low, and the person may be called.",
        affected="",
        text=f"Call back after a low answer: {event.get_sort_display().lower()}, {event.key}",
        outcome="The person has been heard, and what went wrong is put right or explained",
        due=spoken(due),
        monitoring="",
        officer_title=str(landlords.setting("surveys.call_back_post", on=on)),
        by=by,
    )


@transaction.atomic
def add_source(*, name: str, sorts: Sequence[str], by: Actor) -> tuple[EventSource, str]:
    """Let a system tell of events; gives it and its key, which is shown this once. Raises Refused, Forbidden."""
    check(by, permissions.BUILD)
    if not name.strip():
        raise Refused("Give the system a name.", field="name")
    if EventSource.objects.filter(name=name.strip()).exists():
        raise Refused("There is a system of this name already.", field="name")
    key = secrets.token_urlsafe(32)
    made = EventSource.objects.create(name=name.strip(), key_digest=digest(key), sorts=list(sorts))
    audit.record(by=by, deed="surveys.event_source_added", subject=made)
    return made, key


@transaction.atomic
def end_source(*, source: EventSource, by: Actor) -> None:
    """Stop listening to a system; its key is void from now on. Raises Forbidden."""
    check(by, permissions.BUILD)
    EventSource.objects.filter(pk=source.pk).update(active=False)
    audit.record(by=by, deed="surveys.event_source_ended", subject=source)


@transaction.atomic
def hear(*, key: str, told: Sequence[Told], at: datetime, by: Actor) -> tuple[str, list[dict[str, Any]]]:
    """Take in what a system tells, with its key; gives the system's name and, event by event, what became of it.

    Each event stands for itself: a wrong one is named with its reason, the others are kept. Raises Refused where the
    key is none.
    """
    source = EventSource.objects.select_for_update().filter(key_digest=digest(key), active=True).first()
    if source is None:
        raise Refused("This key is not known.")
    EventSource.objects.filter(pk=source.pk).update(last_heard_at=at)
    officer = Actor(landlord_id=by.landlord_id, name=source.name, permissions=frozenset({permissions.BUILD}))
    heard: list[dict[str, Any]] = []
    for one in told:
        if one.sort not in source.sorts:
            heard.append({"key": one.key, "refused": f"This system may not tell of “{one.sort}”.", "field": "sort"})
            continue
        try:
            with transaction.atomic():
                _, new = note_event(told=one, source=source.name, today=timezone.localdate(at), by=officer)
        except Refused as refused:
            heard.append({"key": one.key, "refused": str(refused), "field": refused.field or ""})
        else:
            heard.append({"key": one.key, "added": new})
    return source.name, heard


def digest(key: str) -> str:
    """What the database knows a system's key by."""
    return hmac.new(queries.secret(), f"event source:{key}".encode(), hashlib.sha256).hexdigest()


@dataclass(frozen=True)
class Brought:
    """What became of one row of a file of events."""

    row: int
    fate: eventfile.Fate
    column: str = ""
    reason: str = ""


MOST_ROWS = 20_000  # of one file of events


@transaction.atomic
def bring_in_events(*, name: str, body: bytes, usual: str, today: date, by: Actor) -> tuple[Brought, ...]:
    """Note the events of a CSV or XLSX file, row by row; the same file twice changes nothing.

    A row that is wrong is named with its reason and the others are noted. Raises Refused for a file that cannot be
    read, Forbidden.
    """
    check(by, permissions.BUILD)
    lines = rows_of(io.BytesIO(body), name, limits=Limits(rows=MOST_ROWS, columns=100, unpacked=100 * 1024**2))
    found = []
    for one in eventfile.read(lines, usual=usual):
        if isinstance(one, eventfile.BadRow):
            found.append(Brought(one.row, eventfile.Fate.REFUSED, one.column, one.reason))
            continue
        told = Told(**{key: value for key, value in asdict(one).items() if key != "row"})
        try:
            with transaction.atomic():
                _, new = note_event(told=told, source=name, today=today, by=by)
        except Refused as refused:
            found.append(Brought(one.row, eventfile.Fate.REFUSED, refused.field or "", str(refused)))
        else:
            found.append(Brought(one.row, eventfile.Fate.ADDED if new else eventfile.Fate.SAME))
    return tuple(found)
