"""Figures are worked out by a job, judged by people, and published; those who were asked are told (SUR-09).

Who sees what: small numbers are hidden from everybody but those who build surveys (surveys.build), who can export the
answers themselves anyway. Groups by equality questions are hidden from them too where they are small: nobody needs to
know how four people of one religion answered. The public sees what was published, as it was that day.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from hearth.audit import services as audit
from hearth.db import news
from hearth.kernel.permits import Actor, check
from hearth.kernel.refusals import Refused
from hearth.landlords import queries as landlords
from hearth.register import services as register
from hearth.register.queries import Purpose
from hearth.surveys import permissions, queries
from hearth.surveys.models import Invitation, Response, Result, Survey, Weighting
from hearth.surveys.rules import lifecycle, treating
from hearth.surveys.rules.approach import HEADINGS
from hearth.surveys.rules.kinds import Standing, State

BATCH = 200  # letters and messages of one job
AFRESH = 0.005  # the share of new answers from which an open survey is counted again
ADDED = 4_000  # characters that officers may add to one item


@transaction.atomic
def compute(*, survey: Survey, at: datetime, by: Actor) -> Result | None:
    """Work out all figures as they stand now; None where nobody has answered. What nobody published is let go of.

    Two at once come one after the other. Raises Forbidden.
    """
    check(by, permissions.BUILD)
    from hearth.surveys.services import counting  # brings numpy

    survey = Survey.objects.select_for_update(no_key=True).get(pk=survey.pk)
    kept = Weighting.objects.filter(survey=survey, current=True).first()
    columns = counting.read(survey)
    if not columns.rows:
        return None
    exact = counting.result_of(survey, columns, kept)
    shown = treating.treated(exact, queries.policy_on(timezone.localdate(at)))
    Result.objects.filter(survey=survey, published_at=None).delete()
    result = Result.objects.create(survey=survey, at=at, responses=columns.rows, exact=exact, treated=shown)
    audit.record(by=by, deed="surveys.results_counted", subject=survey, responses=columns.rows)
    return result


def due(*, by: Actor) -> list[int]:
    """Surveys whose newest figures are behind their answers: for the job that looks every few minutes."""
    check(by, permissions.BUILD)
    found = []
    for survey in Survey.objects.exclude(state__in=[State.DRAFT, State.PUBLISHED]):
        number = Response.objects.filter(survey=survey, standing=Standing.COMPLETE).count()
        newest = Result.objects.filter(survey=survey).only("responses", "at").first()
        before = newest.responses if newest else 0
        if abs(number - before) > max(AFRESH * before, 0):
            found.append(survey.pk)
    return found


@transaction.atomic
def mark_analysed(*, survey: Survey, at: datetime, by: Actor) -> Survey:
    """Say that the figures of a closed survey have been looked at and stand. Raises Refused, Forbidden."""
    check(by, permissions.BUILD)
    survey = Survey.objects.select_for_update().get(pk=survey.pk)
    newest = queries.newest_result(survey)
    lifecycle.check_analysed(State(survey.state), responses=newest.responses if newest else 0)
    survey.state = State.ANALYSED
    survey.save(update_fields=["state"])
    audit.record(by=by, deed="surveys.analysed", subject=survey, responses=newest.responses if newest else 0)
    return survey


@transaction.atomic
def write_approach(*, survey: Survey, added: dict[str, str], did: str = "", by: Actor) -> Survey:
    """Keep what officers add to the summary of survey approach, by its letters, and what was done about the results.

    `did` may be written before and after publication: what was promised takes its time. Raises Refused, Forbidden.
    """
    check(by, permissions.BUILD)
    survey = Survey.objects.select_for_update().get(pk=survey.pk)
    for letter, text in {**added, "did": did}.items():
        if letter not in (*HEADINGS, "did"):
            raise Refused("The summary of survey approach has the items a to k.")
        if len(text) > ADDED:
            raise Refused(f"Write {ADDED:,} characters or fewer.", field=letter)
    told = {letter: text.strip() for letter, text in {**added, "did": did}.items() if text.strip()}
    survey.approach = told
    survey.save(update_fields=["approach"])
    audit.record(by=by, deed="surveys.approach_written", subject=survey, items="".join(sorted(told)))
    return survey


@transaction.atomic
def publish(*, survey: Survey, at: datetime, by: Actor) -> Result:
    """Publish the newest figures, as they are shown to the public from now on, and tell those who were asked.

    Once published they stay as they are. Published again after a correction, only where nobody's answers could be
    worked out from the difference. Raises Refused, Forbidden.
    """
    check(by, permissions.PUBLISH)
    survey = Survey.objects.select_for_update().get(pk=survey.pk)
    result = queries.newest_result(survey)
    if result is None:
        raise Refused("There are no results yet.")
    before = queries.published_result(survey)
    if before is None:
        lifecycle.check_published(State(survey.state))
    elif before.pk == result.pk:
        raise Refused("These results are published already.")
    else:
        _check_apart(before, result, at)
    result.published_at, result.published_by = at, by.name
    result.save(update_fields=["published_at", "published_by"])
    survey.state = State.PUBLISHED
    survey.save(update_fields=["state"])
    audit.record(by=by, deed="surveys.results_published", subject=survey, responses=result.responses,
                 again=before is not None)  # fmt: skip
    news.announce("surveys.results_published", survey_id=survey.pk)
    if before is None:
        news.defer("surveys.tell_results", survey_id=survey.pk, after=0)
    return result


def _check_apart(before: Result, now: Result, at: datetime) -> None:
    small = treating.small_changes(before.exact, now.exact, queries.policy_on(timezone.localdate(at)))
    if small:
        raise Refused(
            "Beside what is published already, these results would let a reader work out the answers of a few people "
            f"({', '.join(small[:5])}). They stay as they are until more has changed."
        )


@transaction.atomic
def tell_results(*, survey_id: int, after: int, at: datetime, by: Actor) -> int | None:
    """Tell the next of those who were asked that the results are out; gives the last number, or None at the end.

    Everybody who was asked is told, whether they answered or not: of a confidential survey nobody knows any more what
    anybody answered. Each message goes once, by the person's own way (SUR-09, SUR-16).
    """
    survey = Survey.objects.get(pk=survey_id)
    state = Invitation.State
    asked = list(
        Invitation.objects.select_related("person")
        .filter(survey=survey, state__in=[state.SENT, state.ANSWERED], person__isnull=False, pk__gt=after)
        .order_by("pk")[:BATCH]
    )
    if not asked:
        return None
    address = landlords.address_of(landlords.own(), f"surveys/results/{survey.slug}/")
    did = survey.approach.get("did", "")
    body = (
        f"You were asked to take part in “{survey.title}”. The results are out.\n\nRead them at {address}\n\n"
        + (f"What we are doing about it:\n\n{did}\n\n" if did else "")
        + "Thank you to everybody who answered."
    )
    for invitation in asked:
        if invitation.person is not None:
            register.write_to(
                person=invitation.person, purpose=Purpose.SURVEY, subject=f"Results of “{survey.title}”", body=body,
                key=f"surveys.results:{survey.pk}:{invitation.person_id}", about=survey, at=at, by=by,
            )  # fmt: skip
    last = asked[-1].pk
    news.defer("surveys.tell_results", survey_id=survey.pk, after=last)
    return last


Plain = dict[str, Any]

__all__ = ["compute", "due", "mark_analysed", "publish", "tell_results", "write_approach"]
