"""Changing actions: promised, started, checked, done, put off, dropped; and what the clock does to them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from hearth.accounts import queries as accounts
from hearth.actions import permissions, queries, rules
from hearth.actions.models import Action, Note
from hearth.actions.rules import MOVES, Status
from hearth.audit import services as audit
from hearth.db import news
from hearth.documents import services as documents
from hearth.kernel.choices import check_move
from hearth.kernel.days import spoken
from hearth.kernel.permits import Actor, check
from hearth.kernel.refusals import Refused
from hearth.landlords import queries as landlords
from hearth.notifications import services as notifications


@transaction.atomic
def promise(
    *,
    source: Any,
    source_key: str,
    kind: str,
    need: str,
    affected: str,
    text: str,
    outcome: str,
    due: str,
    monitoring: str,
    officer_title: str,
    manager: Any = None,
    ongoing: bool = False,
    by: Actor,
) -> Action:
    """Track what a row of a source promises (CAR-40). The same row again is the same action, unchanged.

    For the services of other rooms, which have asked already whether `by` may. What was printed is kept as it was;
    an action without an owner is taken in and shown as one that lacks it (ACT-02, ACT-13).
    """
    where = {"source_kind": source._meta.label_lower, "source_id": source.pk, "source_key": source_key}
    if kept := Action.objects.filter(**where).first():
        return kept
    try:
        with transaction.atomic():
            action = Action.objects.create(
                **where, source_title=str(source)[:300],
                **_said(kind, need, affected, text, outcome, due, monitoring, officer_title, manager, ongoing),
            )  # fmt: skip
    except IntegrityError:  # somebody promised the same at the same moment
        return Action.objects.get(**where)
    audit.record(by=by, deed="actions.promised", subject=action, source=where["source_kind"], number=source.pk)
    news.announce("actions.promised", action_id=action.pk)
    return action


@transaction.atomic
def add(
    *,
    source_title: str,
    text: str,
    outcome: str,
    due: str,
    monitoring: str,
    officer_title: str,
    kind: str = Action.Kind.OTHER,
    need: str = "",
    affected: str = "",
    manager: Any = None,
    ongoing: bool = False,
    after: Action | None = None,
    by: Actor,
) -> Action:
    """Add an action by hand, from a source that Hearth does not keep, or to follow up another (ACT-01, ACT-19).

    Refused without an owner, an outcome or a way of monitoring (ACT-02).
    """
    check(by, permissions.ADD)
    asked = {
        "text": (text, "Say what is to be done."),
        "outcome": (outcome, "Say what this is meant to achieve."),
        "monitoring": (monitoring, "Say how it will be checked."),
        "officer_title": (officer_title, "Choose the post that answers for this action."),
        "source_title": (source_title, "Say where this action comes from, such as a meeting and its date."),
    }
    for field, (value, ask) in asked.items():
        if not value.strip():
            raise Refused(ask, field=field)
    said = _said(kind, need, affected, text, outcome, due, monitoring, officer_title, manager, ongoing)
    if said["due_on"] is None and not ongoing:
        raise Refused("Give a day, month or year, such as 31 March 2027 or Autumn 2027.", field="due")
    action = Action.objects.create(
        source_kind=after.source_kind if after else "other",
        source_id=after.source_id if after else None,
        source_title=source_title.strip()[:300],
        **said,
    )
    audit.record(by=by, deed="actions.added", subject=action, after=after.pk if after else None)
    news.announce("actions.promised", action_id=action.pk)
    return action


def _said(
    kind: str, need: str, affected: str, text: str, outcome: str, due: str, monitoring: str, officer_title: str,
    manager: Any, ongoing: bool,
) -> dict[str, Any]:  # fmt: skip
    when = rules.due(due)
    return {
        "kind": kind,
        "need": need.strip(),
        "affected": affected.strip(),
        "text": text.strip(),
        "outcome": outcome.strip(),
        "due_printed": when.printed[:120],
        "first_on": when.first_on,
        "due_on": when.due_on,
        "monitoring": monitoring.strip(),
        "officer_title": officer_title.strip()[:160],
        "officer": landlords.post_called(officer_title) if officer_title.strip() else None,
        "manager": manager,
        "ongoing": ongoing,
    }


def _lock(action: Action, by: Actor) -> Action:
    found = Action.objects.select_for_update().get(pk=action.pk)
    permissions.check_work(by, found.officer_id)
    return found


def _move(action: Action, there: Status) -> None:
    check_move(MOVES, Status(action.status), there, what="action")
    action.status = there


def _note(action: Action, *, on: date, text: str, by: Actor, **more: Any) -> Note:
    action.updated_on = max(on, action.updated_on or on)
    return Note.objects.create(action=action, on=on, by_name=by.name, status=action.status, text=text, **more)


def _file(upload: Any, by: Actor) -> Any:
    if not upload:
        return None
    body = upload.read()
    documents.passages_of(name=upload.name, body=body)  # refuses what is no readable document
    return documents.keep(
        name=upload.name, body=body, purpose="actions.evidence", media_type=upload.content_type, by=by
    )


@transaction.atomic
def start(*, action: Action, on: date, text: str = "", by: Actor) -> Note:
    """Begin an action, or take one up again that was put off. Refused while nobody answers for it."""
    action = _lock(action, by)
    if not action.officer_title:
        raise Refused("Name the post that answers for this action before it starts.")
    _move(action, Status.IN_PROGRESS)
    note = _note(action, on=on, text=text.strip() or "Work has started.", by=by)
    action.save(update_fields=["status", "updated_on"])
    audit.record(by=by, deed="actions.started", subject=action)
    return note


@transaction.atomic
def check_progress(*, action: Action, on: date, text: str, evidence: str = "", upload: Any = None, by: Actor) -> Note:
    """Record what a check found, on which day and by whom (ACT-11). The state stays as it is."""
    action = _lock(action, by)
    if Status(action.status) in rules.FINISHED:
        raise Refused("This action is finished, so there is nothing more to check.")
    if not text.strip():
        raise Refused("Say what you found.", field="text")
    note = _note(action, on=on, text=text.strip(), evidence=evidence.strip(), file=_file(upload, by), by=by)
    action.save(update_fields=["updated_on"])
    audit.record(by=by, deed="actions.checked", subject=action)
    return note


@transaction.atomic
def complete(
    *,
    action: Action,
    on: date,
    evidence: str,
    outcome_reached: str,
    text: str = "",
    upload: Any = None,
    by: Actor,
) -> Note:
    """Complete an action, with what shows that it was done and whether it did what it should (ACT-11, ACT-19)."""
    action = _lock(action, by)
    check_move(MOVES, Status(action.status), Status.COMPLETE, what="action")
    if upload and not evidence.strip():
        evidence = f"The attached file {upload.name}."
    rules.check_evidence(evidence=evidence, outcome_reached=outcome_reached)
    _move(action, Status.COMPLETE)
    action.evidence, action.outcome_reached, action.finished_on = evidence.strip(), outcome_reached, on
    reached = {"yes": "was reached", "partly": "was partly reached", "no": "was not reached"}[outcome_reached]
    words = " ".join(filter(None, [text.strip(), f"Completed. The intended outcome {reached}."]))
    note = _note(action, on=on, text=words, evidence=action.evidence, file=_file(upload, by), by=by)
    action.save(update_fields=["status", "evidence", "outcome_reached", "finished_on", "updated_on"])
    audit.record(by=by, deed="actions.completed", subject=action, outcome_reached=outcome_reached)
    news.announce("actions.finished", action_id=action.pk)
    return note


@transaction.atomic
def defer(*, action: Action, on: date, due_on: date, reason: str, agreed_by: str, by: Actor) -> Note:
    """Put an action off to a later day, with the reason and the post that agreed (ACT-15)."""
    action = _lock(action, by)
    check_move(MOVES, Status(action.status), Status.DEFERRED, what="action")
    reason = rules.check_reason(reason, field="reason", ask="Say why this is put off.")
    agreed_by = _agreed(agreed_by)
    rules.check_new_date(before=action.due_on, after=due_on, on=on)
    _move(action, Status.DEFERRED)
    note = _redate(action, on=on, due_on=due_on, text=reason, agreed_by=agreed_by, by=by)
    action.save(update_fields=["status", "due_on", "first_on", "updated_on"])
    audit.record(by=by, deed="actions.deferred", subject=action, due_on=due_on.isoformat())
    return note


@transaction.atomic
def change_date(*, action: Action, on: date, due_on: date, reason: str, by: Actor) -> Note:
    """Change the last day of an action that is not late, with a reason; its history shows both days (ACT-15)."""
    action = _lock(action, by)
    status = Status(action.status)
    if status in rules.FINISHED:
        raise Refused("This action is finished, so its date can no longer be changed.")
    if status is Status.OVERDUE or rules.is_late(status, action.due_on, on):
        raise Refused("This action is overdue. Put it off instead, and say who agreed to that.")
    reason = rules.check_reason(reason, field="reason", ask="Say why the date changes.")
    rules.check_new_date(before=action.due_on, after=due_on, on=on)
    note = _redate(action, on=on, due_on=due_on, text=reason, by=by)
    action.save(update_fields=["due_on", "first_on", "updated_on"])
    audit.record(by=by, deed="actions.date_changed", subject=action, due_on=due_on.isoformat())
    return note


def _redate(action: Action, *, on: date, due_on: date, text: str, agreed_by: str = "", by: Actor) -> Note:
    before, action.due_on = action.due_on, due_on
    if action.first_on and action.first_on > due_on:
        action.first_on = due_on
    return _note(action, on=on, text=text, due_before=before, due_after=due_on, agreed_by=agreed_by, by=by)


def _agreed(by_whom: str) -> str:
    if not by_whom.strip():
        raise Refused("Say which post agreed to this.", field="agreed_by")
    return by_whom.strip()[:160]


@transaction.atomic
def drop(*, action: Action, on: date, reason: str, agreed_by: str, by: Actor) -> Note:
    """Drop an action, with the reason and the post that agreed (ACT-15)."""
    return _end(action, Status.DROPPED, on=on, reason=reason, agreed_by=agreed_by, deed="actions.dropped", by=by)


@transaction.atomic
def supersede(*, action: Action, on: date, reason: str, agreed_by: str, by: Actor) -> Note:
    """Mark an action as replaced by another, with the reason and the post that agreed (ACT-15)."""
    return _end(action, Status.SUPERSEDED, on=on, reason=reason, agreed_by=agreed_by, deed="actions.superseded", by=by)


def _end(action: Action, there: Status, *, on: date, reason: str, agreed_by: str, deed: str, by: Actor) -> Note:
    action = _lock(action, by)
    check_move(MOVES, Status(action.status), there, what="action")
    reason = rules.check_reason(reason, field="reason", ask="Say why this will not be done.")
    agreed_by = _agreed(agreed_by)
    _move(action, there)
    action.finished_on = on
    note = _note(action, on=on, text=reason, agreed_by=agreed_by, by=by)
    action.save(update_fields=["status", "finished_on", "updated_on"])
    audit.record(by=by, deed=deed, subject=action)
    news.announce("actions.finished", action_id=action.pk)
    return note


@transaction.atomic
def name_officer(*, action: Action, officer_title: str, on: date, manager: Any = None, by: Actor) -> Action:
    """Say which post answers for an action, and which one manages that (ACT-02, GOV-33)."""
    check(by, permissions.WORK)
    action = _lock(action, by)
    if Status(action.status) in rules.FINISHED:
        raise Refused("This action is finished.")
    if not officer_title.strip():
        raise Refused("Choose the post that answers for this action.", field="officer_title")
    before = action.officer_title
    action.officer_title = officer_title.strip()[:160]
    action.officer = landlords.post_called(officer_title)
    action.manager = manager
    text = f"{action.officer_title} answers for this action now" + (f", not {before}." if before else ".")
    _note(action, on=on, text=text, by=by)
    action.save(update_fields=["officer_title", "officer", "manager", "updated_on"])
    audit.record(by=by, deed="actions.officer_named", subject=action, post=action.officer_title)
    return action


def mark_overdue(*, on: date, by: Actor) -> int:
    """Mark what was not done by its last day, and say how many were (ACT-15). A deferral that ran out counts too."""
    marked = 0
    late = queries.late(Action.objects.exclude(status=Status.OVERDUE), on=on)
    with transaction.atomic():
        for action in late.select_for_update():
            if Status(action.status) is Status.DEFERRED:
                _move(action, Status.IN_PROGRESS)
            _move(action, Status.OVERDUE)
            action.save(update_fields=["status"])
            words = f"It was due by {spoken(action.due_on)} and is not finished." if action.due_on else ""
            Note.objects.create(action=action, on=on, by_name=by.name, status=action.status, text=words)
            audit.record(by=by, deed="actions.overdue", subject=action)
            marked += 1
    return marked


@transaction.atomic
def remind(*, on: date, by: Actor) -> int:
    """Write to whoever holds the post of an action that is due soon, and to the manager once it is late (ACT-14).

    Says how many messages stand for that day. Nobody is written to twice about the same last day.
    """
    ahead = on + timedelta(days=int(landlords.setting("actions.reminder_days", on=on)))
    behind = on - timedelta(days=int(landlords.setting("actions.escalation_days", on=on)))
    holders = accounts.holders_by_post(on=on)
    open_ones = queries.unfinished(Action.objects.select_related("officer", "manager"))
    told = 0
    for action in open_ones.filter(due_on__gte=on, due_on__lte=ahead):
        told += _tell(action, "reminder", [action.officer_id, action.manager_id], holders, by)
    for action in open_ones.filter(due_on__lte=behind):
        told += _tell(action, "overdue", [action.manager_id, action.officer_id], holders, by)
    return told


def _tell(action: Action, what: str, posts: list[int | None], holders: dict[int, list[Any]], by: Actor) -> int:
    """Write to the holders of the first of these posts that has any with an account."""
    for post in posts:
        found = [h for h in holders.get(post or 0, []) if h.user is not None and h.user.is_active]
        for holding in found:
            subject, body = rules.letter(
                what, name=holding.name, text=action.text, source=action.source_title, due_on=action.due_on,
                officer=action.officer_title,
            )  # fmt: skip
            key = f"actions.{what}.{action.pk}.{action.due_on}.{holding.user_id}"
            notifications.send(
                key=key, to_name=holding.name, to_address=holding.user.email, subject=subject, body=body,
                about=action, by=by,
            )  # fmt: skip
        if found:
            return len(found)
    return 0
