"""Opening and closing, by hand and on the day; a recurring survey comes round by itself; results must not be late."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from hearth.audit import services as audit
from hearth.db import news
from hearth.kernel.days import spoken
from hearth.kernel.permits import Actor, check
from hearth.kernel.refusals import Refused
from hearth.landlords import queries as landlords
from hearth.notifications import services as notifications
from hearth.surveys import permissions, queries
from hearth.surveys.models import Survey
from hearth.surveys.rules import checking, lifecycle
from hearth.surveys.rules.kinds import State
from hearth.surveys.services import building, privacy

REMIND_EVERY_DAYS = 7  # of results that are overdue


@transaction.atomic
def open_survey(*, survey: Survey, at: datetime, on: date | None = None, by: Actor) -> Survey:
    """Open a survey: its questionnaire is frozen and answers are taken from now on.

    Refused while a check stops it, naming the first thing that is to be put right. Where it opens before its day, the
    day becomes this one.
    """
    check(by, permissions.BUILD)
    survey = Survey.objects.select_for_update().get(pk=survey.pk)
    lifecycle.check_opens(State(survey.state))
    today = on or timezone.localdate(at)
    if survey.opens_on is None or survey.opens_on > today:
        survey.opens_on = today
    stopping = checking.stopping(queries.findings(survey, on=today))
    if stopping:
        raise Refused(f"This survey cannot be opened yet. {stopping[0].message}")
    version = queries.written_version(survey)
    version.frozen_at = at
    version.save(update_fields=["frozen_at"])
    survey.state, survey.opened_at = State.OPEN, at
    survey.save(update_fields=["state", "opens_on", "opened_at"])
    audit.record(by=by, deed="surveys.opened", subject=survey, version=version.number)
    news.announce("surveys.opened", survey_id=survey.pk)
    return survey


@transaction.atomic
def close_survey(*, survey: Survey, at: datetime, on: date | None = None, by: Actor) -> Survey:
    """Close a survey: no answer is taken any more, and nothing tells any more who gave which (`privacy.unlink`).

    A recurring survey's next round is added as a draft that opens by itself on its day (SUR-19).
    """
    check(by, permissions.BUILD)
    survey = Survey.objects.select_for_update().get(pk=survey.pk)
    lifecycle.check_closes(State(survey.state))
    today = on or timezone.localdate(at)
    if survey.closes_on is None or survey.closes_on > today:
        survey.closes_on = max(today, survey.opens_on or today)
    if survey.results_due_on is None:
        days = int(landlords.setting("surveys.results_days", on=today))
        survey.results_due_on = lifecycle.results_due(survey.closes_on, days)
    survey.state, survey.closed_at = State.CLOSED, at
    survey.save(update_fields=["state", "closes_on", "closed_at", "results_due_on"])
    privacy.unlink(survey=survey, at=at, by=by)
    audit.record(by=by, deed="surveys.closed", subject=survey)
    privacy.unlink(survey=survey, at=at, by=by)
    news.announce("surveys.closed", survey_id=survey.pk)
    if survey.every_months:
        next_round(survey=survey, by=by)
    return survey


@transaction.atomic
def next_round(*, survey: Survey, by: Actor) -> Survey | None:
    """The next round of a recurring survey: the one there is, else a new draft with its days (SUR-19).

    None where the survey does not recur.
    """
    check(by, permissions.BUILD)
    if not survey.every_months or not survey.opens_on or not survey.closes_on:
        return None
    following = Survey.objects.filter(follows=survey, every_months__isnull=False).first()
    if following is not None:
        return following
    span = lifecycle.Span(survey.opens_on, survey.closes_on)
    span = lifecycle.next_span(span, survey.every_months, before=queries.opened_before(survey))
    made = building.add_survey(
        title=lifecycle.round_title(survey.title, span.opens_on), on=span.opens_on, former=survey, by=by
    )
    days = int(landlords.setting("surveys.results_days", on=span.closes_on))
    made.opens_on, made.closes_on = span.opens_on, span.closes_on
    made.results_due_on = lifecycle.results_due(span.closes_on, days)
    made.owner_id = survey.owner_id
    made.save(update_fields=["opens_on", "closes_on", "results_due_on", "owner"])
    return made


@transaction.atomic
def stop_recurring(*, survey: Survey, by: Actor) -> None:
    """Let this be the last round. A round that is waiting as a draft is not opened."""
    check(by, permissions.BUILD)
    survey.every_months = None
    survey.save(update_fields=["every_months"])
    for waiting in Survey.objects.filter(follows=survey, state=State.DRAFT, every_months__isnull=False):
        waiting.every_months = None
        waiting.opens_on = None
        waiting.save(update_fields=["every_months", "opens_on"])
    audit.record(by=by, deed="surveys.recurring_stopped", subject=survey)


def keep_days(*, on: date, at: datetime, by: Actor) -> None:
    """Every morning: close what is over, open what begins, and remind of results that are late. May run twice a day."""
    for survey in Survey.objects.filter(state=State.OPEN, closes_on__lt=on).order_by("closes_on", "id"):
        if lifecycle.closes_today(State(survey.state), survey.closes_on, rolling=survey.rolling, on=on):
            close_survey(survey=survey, at=at, on=on, by=by)
    for survey in Survey.objects.filter(state=State.DRAFT, opens_on__lte=on).order_by("opens_on", "id"):
        _open_on_its_day(survey, on=on, at=at, by=by)
    remind_of_results(on=on, by=by)


def _open_on_its_day(survey: Survey, *, on: date, at: datetime, by: Actor) -> None:
    """Open a draft whose day has come, or tell its owner what stops it (once)."""
    try:
        open_survey(survey=survey, at=at, on=on, by=by)
    except Refused as refused:
        _write_to_owner(
            survey, key=f"surveys.not_opened.{survey.pk}.{survey.opens_on:%Y-%m-%d}",
            subject=f"{survey.title} could not be opened", by=by,
            body=f"“{survey.title}” was to open on {spoken(survey.opens_on or on)}. {refused.message}",
        )  # fmt: skip


@transaction.atomic
def remind_of_results(*, on: date, by: Actor) -> None:
    """Tell the owner of each survey whose results are late, on the first day and then every week (SUR-09)."""
    for survey in queries.results_overdue(on=on):
        late = lifecycle.days_overdue(State(survey.state), survey.results_due_on, on=on)
        week = (late - 1) // REMIND_EVERY_DAYS
        due = spoken(survey.results_due_on or on)
        _write_to_owner(
            survey, key=f"surveys.results_late.{survey.pk}.{week}", subject=f"Results are overdue: {survey.title}",
            by=by, body=f"The results of “{survey.title}” were to be published by {due}, and those who answered told.",
        )  # fmt: skip


def _write_to_owner(survey: Survey, *, key: str, subject: str, body: str, by: Actor) -> None:
    """One message to whoever keeps the survey; where nobody does, it waits on the survey's own page."""
    owner = survey.owner
    if owner is None or not owner.email:
        return
    notifications.send(
        key=key, to_name=owner.name, to_address=owner.email, subject=subject, body=body, about=survey, by=by
    )
