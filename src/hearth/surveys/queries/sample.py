"""Population, sample and invitations of a survey, as counts and lists; and the codes by which people come in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, QuerySet

from hearth.kernel.permits import Actor, check
from hearth.register import queries as register
from hearth.surveys import permissions
from hearth.surveys.models import Exclusion, Handover, Invitation, Population, Response, Survey, Unit
from hearth.surveys.rules import codes
from hearth.surveys.rules.kinds import Standing, State


def secret() -> bytes:
    """What codes are made from; another secret makes every printed code void."""
    return settings.SECRET_KEY.encode()


def code_of_unit(survey_id: int, number: int) -> str:
    """The code of a household of the population, by its number."""
    return codes.code(secret(), survey_id, "unit", number)


def code_of_event(survey_id: int, event_id: int, person_id: int) -> str:
    """The code of an invitation that follows an event; an event of a building has one for each person who is asked."""
    return codes.code(secret(), survey_id, f"event {event_id}", person_id)


def code_of(invitation: Invitation) -> str:
    """The code that was sent with an invitation, made again: for a letter, a text message or the telephone."""
    if invitation.event_id:
        return code_of_event(invitation.survey_id, invitation.event_id, invitation.person_id or 0)
    if invitation.unit is None:
        return ""
    return code_of_unit(invitation.survey_id, invitation.unit.number)


def invitation_by_code(typed: str) -> Invitation | None:
    """Whom a code belongs to, or None. One query; whoever calls limits how often it may be tried."""
    if not codes.could_be(typed):
        return None
    return (
        Invitation.objects.select_related("survey", "unit", "event")
        .filter(code_digest=codes.digest(secret(), typed))
        .first()
    )


def population(survey: Survey) -> Population | None:
    """The frozen population of a survey, or None."""
    return Population.objects.filter(survey=survey).first()


def home_words() -> dict[str, str]:
    """The kinds of home in words, by their codes."""
    return {kind.value: kind.label for kind in register.HomeKind}


def exclusions(survey: Survey, *, by: Actor) -> QuerySet[Exclusion]:
    """Households left out of the frame, with the broad reason. Raises Forbidden."""
    check(by, permissions.BUILD)
    return Exclusion.objects.filter(survey=survey, frame=True).select_related("unit")


def left_out(survey: Survey) -> list[tuple[str, int, bool]]:
    """Why households were not asked, with how many, and whether it is the frame that lost them. Counts only."""
    rows = (
        Exclusion.objects.filter(survey=survey).values("why", "frame").annotate(n=Count("pk")).order_by("-frame", "why")
    )
    return [(str(Exclusion.Why(row["why"]).label), row["n"], row["frame"]) for row in rows]


def strata(survey: Survey) -> dict[str, dict[str, int]]:
    """The population by each trait by which it may be drawn: those that the units themselves carry."""
    frozen = population(survey)
    if frozen is None:
        return {}
    first = Unit.objects.filter(survey=survey).first()
    return {name: values for name, values in frozen.margins.items() if first and name in first.traits}


def drawn(survey: Survey) -> QuerySet[Unit]:
    """The units of the sample, in the order of the draw."""
    return Unit.objects.filter(survey=survey, drawn__isnull=False).order_by("drawn")


def drawn_list(survey: Survey, *, by: Actor) -> Iterator[tuple[int, int, str, str]]:
    """The draw for an auditor: place, number in the population, lot's stratum, stock. No household, no person.

    Raises Forbidden.
    """
    check(by, permissions.SEE)
    frozen = population(survey)
    stratum = frozen.draw.get("stratum", "") if frozen else ""
    for place, number, traits, stock in drawn(survey).values_list("drawn", "number", "traits", "stock"):
        yield place or 0, number, traits.get(stratum, ""), stock


@dataclass(frozen=True)
class Progress:
    """How far a survey has come: counts only."""

    drawn: int
    invited: int
    sent: int
    waiting: int
    failed: int
    withheld: int
    answered: int
    refused: int
    responses: int
    part: int

    @property
    def asked(self) -> int:
        """Everybody who was really asked."""
        return self.sent + self.answered + self.refused


def progress(survey: Survey) -> Progress:
    """How many were drawn, asked and have answered. Three queries, whatever the size."""
    state = Invitation.State
    by_state = dict(Invitation.objects.filter(survey=survey).values_list("state").annotate(n=Count("pk")).order_by())
    standing = dict(
        Response.objects.filter(survey=survey).values_list("standing").annotate(n=Count("pk")).order_by("standing")
    )
    return Progress(
        drawn=drawn(survey).count(),
        invited=sum(by_state.values()),
        sent=by_state.get(state.SENT, 0),
        waiting=by_state.get(state.WAITING, 0),
        failed=by_state.get(state.FAILED, 0),
        withheld=by_state.get(state.WITHHELD, 0),
        answered=by_state.get(state.ANSWERED, 0),
        refused=by_state.get(state.REFUSED, 0),
        responses=standing.get(Standing.COMPLETE, 0),
        part=standing.get(Standing.PART, 0),
    )


def units_found(survey: Survey, words: str, *, by: Actor) -> list[tuple[int, str]]:
    """Households of a population that a name, address or postcode finds, with their numbers; twenty at most.

    For leaving one out. Raises Forbidden where the person may not see the register.
    """
    check(by, permissions.BUILD)
    people = {one.pk: one.name for one in register.people(by=by, words=words)[:200]}
    units = Unit.objects.filter(survey=survey, person__in=people).select_related("home")[:20]
    return [(one.number, f"{people[one.person_id or 0]}, {one.home or 'address not known'}") for one in units]


def handovers(survey: Survey, *, by: Actor) -> QuerySet[Handover]:
    """What a survey firm was given, latest first. Raises Forbidden."""
    check(by, permissions.FIELD)
    return Handover.objects.filter(survey=survey)


def surveys_with_a_firm() -> QuerySet[Survey]:
    """Open and closed surveys that a firm works on: all that the firm's people see."""
    return Survey.objects.filter(state__in=[State.OPEN, State.CLOSED]).exclude(firm="")


def survey_with_a_firm(number: int) -> Survey | None:
    """One of those surveys, or None."""
    return Survey.objects.exclude(firm="").filter(pk=number).first()
