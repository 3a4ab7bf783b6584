"""Surveys of the demonstration: last year's measures, this year's while people answer, and a monthly pulse.

Who was asked and what was answered is added by `fill_last_year`, `fill_this_year` and `fill_pulse`, which are called
with the survey once it stands as it should. Everything is invented.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from hearth.config.demo import responses
from hearth.kernel.permits import Actor
from hearth.kernel.refusals import Refused
from hearth.register.queries import Tenure
from hearth.surveys import queries, services
from hearth.surveys.models import Survey
from hearth.surveys.rules.kinds import Draw, State

LOW_COST_RENTAL = (Tenure.GENERAL_NEEDS, Tenure.SUPPORTED, Tenure.TEMPORARY, Tenure.INTERMEDIATE)


@dataclass(frozen=True)
class Loaded:
    """The three surveys."""

    last_year: Survey
    this_year: Survey
    pulse: Survey


def load(*, today: date, by: Actor, owner: Actor | None = None) -> Loaded:
    """Add the surveys of the landlord that this works for; `owner` keeps them. Needs nothing but the landlord."""
    keeper = owner or by
    return Loaded(
        last_year=_last_year(today, keeper, by),
        this_year=_this_year(today, keeper, by),
        pulse=_pulse(today, keeper, by),
    )


def _last_year(today: date, owner: Actor, by: Actor) -> Survey:
    """Tenant satisfaction measures of low cost rental homes, asked last summer and closed."""
    opens, closes = date(today.year - 1, 7, 1), date(today.year - 1, 8, 11)
    survey = _measures(opens, closes, owner)
    survey = services.change_facts(
        survey=survey,
        firm="Meridian Fieldwork Ltd",
        firm_role="asked by telephone and keyed the paper forms",
        agreement="DSA 14, signed in June",
        incentive="A draw for three vouchers of £50",
        by=owner,
    )
    survey = _opened(survey, opens, today, by)
    fill_last_year(survey=survey, today=today, by=by)
    survey = services.close_survey(survey=survey, at=_evening(closes), on=closes + timedelta(days=1), by=by)
    responses.show(survey, at=_evening(closes) + timedelta(days=40), by=by)
    survey.refresh_from_db()
    return survey


def _this_year(today: date, owner: Actor, by: Actor) -> Survey:
    """The measures again, open now."""
    opens = today - timedelta(days=10)
    survey = _opened(_measures(opens, today + timedelta(days=31), owner), opens, today, by)
    fill_this_year(survey=survey, today=today, by=by)
    return survey


def _pulse(today: date, owner: Actor, by: Actor) -> Survey:
    """ "Rate my Estate": anonymous, every month, open now."""
    opens = today - timedelta(days=3)
    survey = services.add_survey(title=f"Rate my Estate, {opens:%B %Y}", on=opens, ready="pulse-estate", by=owner)
    survey = services.change_facts(
        survey=survey,
        purpose="To see every month how caretaking and cleaning are on each estate.",
        opens_on=opens,
        closes_on=opens + timedelta(days=13),
        by=owner,
    )
    survey = services.open_survey(survey=survey, at=_morning(opens), on=opens, by=by)
    fill_pulse(survey=survey, today=today, by=by)
    return survey


def _measures(opens: date, closes: date, owner: Actor) -> Survey:
    """The measures of one year as a draft, in the edition of the day on which it opens."""
    edition = queries.prescribed_on(opens)
    if edition is None:
        raise Refused("No edition of the measures holds on the demonstration's day.")
    survey = services.add_survey(
        title=f"Tenant satisfaction survey {opens.year}", on=opens, ready=edition.key, stock="lcra", by=owner
    )
    return services.change_facts(
        survey=survey,
        purpose="To measure what tenants think of their homes and services, as the regulator requires every year.",
        opens_on=opens,
        closes_on=closes,
        reminders=[10, 20],
        by=owner,
    )


def _opened(survey: Survey, opens: date, today: date, by: Actor) -> Survey:
    """Draw everybody in the register and open; where the register is empty, open it to anybody instead."""
    try:
        services.freeze_population(survey=survey, on=min(opens, today), tenures=LOW_COST_RENTAL, by=by)
        services.draw_sample(survey=survey, by=by)
    except Refused:
        survey = services.change_facts(survey=survey, draw=Draw.OPEN, by=by)
    survey = services.open_survey(survey=survey, at=_morning(opens), on=opens, by=by)
    assert survey.state == State.OPEN
    return survey


def fill_last_year(*, survey: Survey, today: date, by: Actor) -> None:
    """Invitations and answers of last year's measures are added here, while the survey is open."""
    responses.fill(survey, today=today, share=0.45, seed=1, last=survey.closes_on, by=by)


def fill_this_year(*, survey: Survey, today: date, by: Actor) -> None:
    """Invitations and the answers so far of this year's measures are added here."""
    responses.fill(survey, today=today, share=0.3, seed=2, by=by)
    services.compute(survey=survey, at=timezone.now(), by=by)


def fill_pulse(*, survey: Survey, today: date, by: Actor) -> None:
    """The answers so far of this month's pulse are added here."""
    responses.fill(survey, today=today, share=0.5, seed=3, by=by)
    services.compute(survey=survey, at=timezone.now(), by=by)


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(9)))


def _evening(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(23, 59)))
