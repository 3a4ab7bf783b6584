"""Nothing tells any more who gave which answer, once a confidential survey has closed (issue 3, section D).

A link is more than a foreign key. Also these go: the moment at which an answer came (a call at ten past three is in the
diary of whoever made it), the number and the nonce of a response (a job or a file of a survey firm may name it), the
order in which rows lie in the database and the transaction that wrote them, papers as they were keyed, calls, drafts,
files of survey firms, and traits that only a few households share (`rules.coarsening`).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, F, Q
from django.db.models.functions import TruncDate
from django.utils import timezone

from hearth.audit import services as audit
from hearth.documents import services as documents
from hearth.kernel.permits import Actor, check
from hearth.kernel.refusals import Refused
from hearth.landlords import queries as landlords
from hearth.surveys import permissions
from hearth.surveys.models import (
    Attempt,
    Comment,
    Draft,
    FirmFile,
    Hold,
    Invitation,
    PaperEntry,
    Population,
    Response,
    Survey,
    Unit,
)
from hearth.surveys.rules import coarsening, population
from hearth.surveys.rules.kinds import Secrecy, Standing, State

# Traits by their worth for weights and results: what comes last is forgotten first.
WORTH = (
    population.SINCE,
    population.STOCK,
    population.AGE,
    population.AREA,
    population.HOME,
    "service",
    population.ESTATE,
)
Traits = dict[str, str]


@transaction.atomic
def unlink(*, survey: Survey, at: datetime, by: Actor) -> int:
    """Cut every link from a person to an answer of a survey that has closed; gives how many answers it was done for.

    Nothing is done where the survey is named, as those who answered were told. Done again it does no harm: for papers
    and files that came in after the last day. Raises Refused while the survey takes answers, Forbidden.
    """
    check(by, permissions.BUILD)
    if survey.secrecy == Secrecy.NAMED:
        return 0
    if survey.state in (State.DRAFT, State.OPEN):
        raise Refused("Answers stay linked until the survey has closed.")
    _count_answered(survey)
    gone = _let_go(survey, at=at, by=by)
    done = _rewrite(survey, least=int(landlords.setting("disclosure.threshold_other", on=timezone.localdate(at))))
    audit.record(by=by, deed="surveys.unlinked", subject=survey, responses=done, **gone)
    return done


def unlink_late(*, at: datetime, by: Actor) -> None:
    """Every night: the same for what came in after a survey had closed. May run twice a day."""
    closed = Survey.objects.exclude(secrecy=Secrecy.NAMED).exclude(state__in=[State.DRAFT, State.OPEN])
    late = Q(responses__recorded_at__gt=F("closed_at")) | Q(responses__invitation__isnull=False)
    settled = Q(paper_entries__state=PaperEntry.State.AGREED)
    file = Q(firm_files__state=FirmFile.State.DONE, firm_files__file__emptied_on=None)
    for survey in closed.filter(late | settled | file).distinct():
        unlink(survey=survey, at=at, by=by)


def _count_answered(survey: Survey) -> None:
    """Keep how many of each trait answered, as counts, before what few share is forgotten: weights need to know."""
    frozen = Population.objects.select_for_update().filter(survey=survey).first()
    if frozen is None:
        return
    given = Response.objects.filter(survey=survey, standing=Standing.COMPLETE)
    if frozen.answered:  # it was done when the survey closed: only what came in since is new
        given = given.filter(recorded_at__gt=survey.closed_at)
    told: dict[str, dict[str, dict[str, int]]] = frozen.answered
    for stock, traits, number in given.order_by().values_list("stock", "traits").annotate(n=Count("pk")):
        of_stock = told.setdefault(stock, {})
        for name, value in traits.items():
            counts = of_stock.setdefault(name, {})
            counts[value] = counts.get(value, 0) + number
    frozen.save(update_fields=["answered"])


def _let_go(survey: Survey, *, at: datetime, by: Actor) -> dict[str, int]:
    """Delete what leads from a person to an answer, and say how much it was."""
    calls = Attempt.objects.filter(invitation__survey=survey)
    papers = PaperEntry.objects.filter(survey=survey)
    counted = {"calls": calls.count(), "papers": papers.filter(state=PaperEntry.State.AGREED).count()}
    calls.delete()
    Hold.objects.filter(invitation__survey=survey).delete()
    papers.filter(state=PaperEntry.State.AGREED).delete()
    papers.update(invitation=None)  # of a paper that two people keyed differently: it is still to be settled
    Draft.objects.filter(survey=survey).delete()
    for brought in FirmFile.objects.filter(survey=survey).select_related("file"):
        if brought.state not in (FirmFile.State.UPLOADED, FirmFile.State.CHECKED, FirmFile.State.RUNNING):
            documents.empty(file=brought.file, on=timezone.localdate(at), by=by)
    # In one statement, so that no row says which transaction it was written by. That somebody answered stays known.
    Invitation.objects.filter(survey=survey).update(answered_on=None)
    return counted


def _rewrite(survey: Survey, *, least: int) -> int:
    """Write all responses and comments anew in one statement: new numbers, random order, coarse days and traits."""
    zone = timezone.get_default_timezone_name()
    with connection.cursor() as cursor:
        cursor.execute(
            _STATEMENT,
            {
                "survey": survey.pk,
                "zone": zone,
                "days": json.dumps(_days(survey, least)),
                "traits": json.dumps(_traits(survey, least)),
                "languages": json.dumps(_languages(survey, least)),
            },
        )
        return int(cursor.fetchone()[0])


def _days(survey: Survey, least: int) -> list[dict[str, str]]:
    found = (
        Response.objects.filter(survey=survey)
        .annotate(day=TruncDate("given_at"))
        .values_list("day")
        .annotate(n=Count("pk"))
        .order_by("day")
    )
    return [{"was": str(day), "now": str(first)} for day, first in coarsening.coarse_days(found, least=least).items()]


def _languages(survey: Survey, least: int) -> list[dict[str, str]]:
    spoken = Response.objects.filter(survey=survey).values_list("language").annotate(n=Count("pk")).order_by()
    kept = coarsening.coarsen({(language,): number for language, number in spoken}, least=least)
    return [{"was": was, "now": now} for (was,), (now,) in kept.items()]


def _traits(survey: Survey, least: int) -> list[dict[str, Traits]]:
    """What is kept of the traits of each response: as much as enough households of the population share.

    Traits that no household of the population has (they came with a file) are judged among the responses themselves.
    """
    given = _counted(Response.objects.filter(survey=survey))
    known = kept_traits(_counted(Unit.objects.filter(survey=survey)), least=least)
    settled = set(known.values())
    others = {one: number for one, number in given.items() if one not in known and one not in settled}
    known |= kept_traits(others, least=least)
    return [{"was": json.loads(one), "now": json.loads(known.get(one, one))} for one in given]


def kept_traits(counts: Mapping[str, int], *, least: int) -> dict[str, str]:
    """What is kept of each set of traits, both as JSON with sorted keys; see `rules.coarsening`."""
    sets: dict[str, Traits] = {one: json.loads(one) for one in counts}
    names = coarsening.ordered_traits({name for one in sets.values() for name in one}, first=WORTH)
    numbers: Counter[coarsening.Combination] = Counter()
    for one, traits in sets.items():
        numbers[_combination(traits, names)] += counts[one]
    kept = coarsening.coarsen(numbers, least=least)
    return {
        one: _plain(
            {name: value for name, value in zip(names, kept[_combination(traits, names)], strict=True) if value}
        )
        for one, traits in sets.items()
    }


def _combination(traits: Traits, names: Iterable[str]) -> coarsening.Combination:
    return tuple(str(traits.get(name, "")) for name in names)


def _counted(rows: Any) -> dict[str, int]:
    """How many rows have each set of traits, by the traits as JSON."""
    found: Counter[str] = Counter()
    for traits, number in rows.order_by().values_list("traits").annotate(n=Count("pk")):
        found[_plain(traits)] += number
    return dict(found)


def _plain(traits: Traits) -> str:
    return json.dumps(traits, sort_keys=True, ensure_ascii=False)


def _columns(model: Any) -> list[str]:
    return [field.column for field in model._meta.concrete_fields]


def _statement() -> str:
    """Both tables in one: what is deleted is what is put back, in the order of a lot that nobody keeps."""
    response, comment = Response._meta.db_table, Comment._meta.db_table
    new = {
        "id": "new_id",
        "invitation_id": "null",
        "nonce": "replace(gen_random_uuid()::text, '-', '')",
        "given_at": "day",
        "recorded_at": "day",
        "started_at": "null::timestamptz",
        "taken_by_id": "null",
        "weight": "null",  # it would tell of traits that are forgotten
        "traits": "now_traits",
        "language": "now_language",
    }
    columns = _columns(Response)
    values = ", ".join(new.get(column, f"fresh.{column}") for column in columns)
    said = [column for column in _columns(Comment) if column != "id"]
    told = {"response_id": "fresh.new_id", "recorded_at": "fresh.day"}
    words = ", ".join(told.get(column, f"spoken.{column}") for column in said)
    return f"""
        with gone as (delete from {response} where survey_id = %(survey)s returning *),
        spoken as (delete from {comment} where survey_id = %(survey)s returning *),
        days as (select was, now from jsonb_to_recordset(%(days)s) as d(was date, now date)),
        traits as (select was, now from jsonb_to_recordset(%(traits)s) as t(was jsonb, now jsonb)),
        languages as (select was, now from jsonb_to_recordset(%(languages)s) as l(was text, now text)),
        fresh as materialized (
            select gone.*, gen_random_uuid() as new_id, days.now::timestamp at time zone %(zone)s as day,
                coalesce(traits.now, '{{}}'::jsonb) as now_traits, languages.now as now_language
            from gone
            join days on days.was = (gone.given_at at time zone %(zone)s)::date
            join languages on languages.was = gone.language
            left join traits on traits.was = gone.traits
            order by random()
        ),
        answers as (insert into {response} ({", ".join(columns)}) select {values} from fresh returning 1),
        words as (
            insert into {comment} ({", ".join(said)})
            select {words} from spoken join fresh on fresh.id = spoken.response_id order by random() returning 1
        )
        select count(*) from answers
    """  # noqa: S608 - names of columns, none of them given from outside


_STATEMENT = _statement()
