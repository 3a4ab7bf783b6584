"""Surveys and their questionnaires, scoped by who is asking."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from hearth.kernel.findings import Finding
from hearth.kernel.permits import Actor, check
from hearth.landlords import queries as landlords
from hearth.surveys import permissions
from hearth.surveys.models import Population, Survey, Version
from hearth.surveys.queries import ready
from hearth.surveys.rules import building, checking
from hearth.surveys.rules.checking import Facts
from hearth.surveys.rules.instrument import Instrument
from hearth.surveys.rules.kinds import Draw, Secrecy, Sort, State


def surveys(*, by: Actor, words: str = "", sort: str = "", state: str = "") -> QuerySet[Survey]:
    """All surveys, latest first, perhaps only some. Raises Forbidden."""
    check(by, permissions.SEE)
    found = Survey.objects.select_related("owner")
    if words:
        found = found.filter(Q(title__icontains=words) | Q(purpose__icontains=words))
    if sort:
        found = found.filter(sort=sort)
    return found.filter(state=state) if state else found


def survey(number: int, *, by: Actor) -> Survey | None:
    """One survey, or None where there is none for this person. Raises Forbidden."""
    return surveys(by=by).filter(pk=number).first()


def survey_at(slug: str) -> Survey | None:
    """The survey of a public address. For anybody: what may be shown of it, the caller decides by its state."""
    return Survey.objects.filter(slug=slug).first()


def open_survey_of(sort: Sort) -> Survey | None:
    """The open survey of a sort that opened last, or None: for what follows an event."""
    return Survey.objects.filter(sort=sort, state=State.OPEN).order_by("-opens_on", "-id").first()


def results_overdue(*, on: date) -> QuerySet[Survey]:
    """Surveys that have closed and whose results were due before a day and are not published (SUR-09)."""
    closed = [State.CLOSED, State.ANALYSED]
    return Survey.objects.filter(state__in=closed, results_due_on__lt=on).select_related("owner")


def versions(survey: Survey) -> QuerySet[Version]:
    """Every version of a survey's questionnaire, latest first."""
    return survey.versions.all()


def version(survey: Survey, number: int) -> Version | None:
    """One version by its number, or None."""
    return survey.versions.filter(number=number).first()


def written_version(survey: Survey) -> Version:
    """The version that is being written, or was last: what the builder shows."""
    return survey.versions.latest("number")


def current_version(survey: Survey) -> Version:
    """The version that is put to people: while a survey is a draft the one being written, then the last frozen one."""
    if State(survey.state) is not State.DRAFT:
        frozen = survey.versions.filter(frozen_at__isnull=False).order_by("-number").first()
        if frozen is not None:
            return frozen
    return written_version(survey)


def has_unused_changes(survey: Survey) -> bool:
    """Whether an open survey's questionnaire was changed and the change is not put to people yet."""
    return State(survey.state) is State.OPEN and written_version(survey).frozen_at is None


def next_of(survey: Survey) -> Survey | None:
    """The round that follows this one, or None."""
    return Survey.objects.filter(follows=survey).order_by("id").first()


def opened_before(survey: Survey) -> list[date]:
    """The days on which the rounds before this one opened, latest first; at most a year of months."""
    found: list[date] = []
    one = survey.follows
    while one is not None and one.opens_on is not None and len(found) < 12:
        found.append(one.opens_on)
        one = one.follows
    return found


_instruments: dict[str, Instrument] = {}  # by digest: the same content is the same questionnaire, whoever's it is
MOST_KEPT = 200


def instrument(version: Version) -> Instrument:
    """The questionnaire of a version, read once."""
    found = _instruments.get(version.digest)
    if found is None:
        found = building.load(version.content)
        while len(_instruments) >= MOST_KEPT:
            _instruments.pop(next(iter(_instruments)), None)
        _instruments[version.digest] = found
    return found


def facts_of(survey: Survey) -> Facts:
    """What is known of a survey beside its questionnaire, as the checks read it."""
    edition = ready.prescribed_on(survey.opens_on) if survey.opens_on and survey.locked_set else None
    population = Population.objects.filter(survey=survey).first()
    return Facts(
        sort=Sort(survey.sort),
        purpose=survey.purpose,
        secrecy=Secrecy(survey.secrecy),
        draw=Draw(survey.draw),
        modes=tuple(survey.modes),
        stock=survey.stock,
        locked_set=survey.locked_set,
        edition_of_the_day=edition.key if edition else "",
        opens_on=survey.opens_on,
        closes_on=survey.closes_on,
        results_due_on=survey.results_due_on,
        rolling=survey.rolling,
        every_months=survey.every_months,
        firm=survey.firm,
        agreement=survey.agreement,
        without_lettings=survey.without_lettings,
        sample_drawn=population is not None and population.drawn_at is not None,
        landlord=landlords.own().name,
    )


def findings(survey: Survey, *, on: date) -> tuple[Finding, ...]:
    """What stops a survey from opening on a day, or should be looked at before it does."""
    facts = facts_of(survey)
    edition = ready.ready_instrument(survey.locked_set, landlord=facts.landlord) if survey.locked_set else None
    return checking.before_opening(instrument(written_version(survey)), facts, edition=edition, on=on)
