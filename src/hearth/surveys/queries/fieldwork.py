"""How the asking goes, and what interviewers need: whom to call, whom to visit, papers that were keyed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.signing import BadSignature, Signer
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from hearth.kernel.permits import Actor, check
from hearth.kernel.refusals import Refused
from hearth.landlords import queries as landlords
from hearth.register import queries as register
from hearth.register.queries import Channel, Purpose, Reach, Way
from hearth.surveys import permissions
from hearth.surveys.models import Attempt, Draft, Hold, Invitation, PaperBatch, PaperEntry, Response, Survey
from hearth.surveys.queries.sample import population
from hearth.surveys.rules import calling, drawing
from hearth.surveys.rules.calling import Candidate, Limits
from hearth.surveys.rules.kinds import Draw, Mode, Outcome, Secrecy, Standing, State

TO_ASK = (Invitation.State.WAITING, Invitation.State.SENT, Invitation.State.FAILED)
BY_TELEPHONE = (Channel.PHONE, Channel.RELAY)


def surveys_to_ask(*, by: Actor) -> QuerySet[Survey]:
    """Open surveys that interviewers work on. Raises Forbidden."""
    check(by, permissions.INTERVIEW)
    spoken = Q(modes__contains=[Mode.TELEPHONE]) | Q(modes__contains=[Mode.FACE]) | Q(modes__contains=[Mode.PAPER])
    return Survey.objects.filter(spoken, state=State.OPEN)


def survey_to_ask(number: int, *, by: Actor) -> Survey | None:
    """One survey for whoever works in the field, open or not, or None. Raises Forbidden."""
    if not (by.may(permissions.SEE) or by.may(permissions.INTERVIEW)):
        check(by, permissions.INTERVIEW)
    return Survey.objects.filter(pk=number).exclude(state=State.DRAFT).first()


# ── how it goes ──────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Fieldwork:
    """How the asking goes: counts only."""

    by_mode: dict[str, dict[str, int]]  # mode: standing: responses
    by_day: dict[date, int]  # responses that count
    attempts: dict[str, dict[str, int]]  # mode: outcome: calls or visits
    papers: dict[str, int]  # state: forms
    quotas: dict[str, tuple[int, int]]  # group: wanted, still to come


def fieldwork(survey: Survey, *, by: Actor) -> Fieldwork:
    """How the asking goes. Five queries, whatever the size. Raises Forbidden."""
    check(by, permissions.SEE)
    responses = Response.objects.filter(survey=survey)
    by_mode: dict[str, dict[str, int]] = {}
    for mode, standing, n in responses.values_list("mode", "standing").annotate(n=Count("pk")).order_by():
        by_mode.setdefault(mode, {})[standing] = n
    counted = responses.exclude(standing=Standing.SET_ASIDE).annotate(day=TruncDate("given_at"))
    attempts: dict[str, dict[str, int]] = {}
    calls = Attempt.objects.filter(invitation__survey=survey)
    for mode, outcome, n in calls.values_list("mode", "outcome").annotate(n=Count("pk")).order_by():
        attempts.setdefault(mode, {})[outcome] = n
    papers = PaperEntry.objects.filter(survey=survey).values_list("state").annotate(n=Count("pk")).order_by()
    wanted, left = _quotas(survey)
    return Fieldwork(
        by_mode=by_mode,
        by_day=dict(counted.values_list("day").annotate(n=Count("pk")).order_by("day")),
        attempts=attempts,
        papers=dict(papers),
        quotas={group: (wanted[group], left[group]) for group in wanted},
    )


def quotas_left(survey: Survey) -> dict[str, int] | None:
    """How many answers each group still lacks; None where there are no quotas."""
    return _quotas(survey)[1] if survey.draw == Draw.QUOTA else None


def _quotas(survey: Survey) -> tuple[dict[str, int], dict[str, int]]:
    frozen = population(survey) if survey.draw == Draw.QUOTA else None
    if frozen is None or not frozen.draw:
        return {}, {}
    wanted = {str(name): int(size) for name, size in frozen.draw.get("by_stratum", {}).items()}
    complete = Response.objects.filter(survey=survey, standing=Standing.COMPLETE).values_list("traits", flat=True)
    there = Counter(traits.get(frozen.draw.get("stratum", ""), "") for traits in complete)
    return wanted, drawing.quota_left(wanted, there)


# ── whom to call ─────────────────────────────────────────────────────────────────────────────────────────────


def call_limits(on: date) -> Limits:
    """How often and when people are called."""

    def said(name: str) -> int:
        return int(landlords.setting(f"surveys.call_{name}", on=on))

    return Limits(said("attempts"), timedelta(hours=said("apart")), said("from"), said("until"))


def candidates(survey: Survey, *, at: datetime) -> list[Candidate]:
    """Every household that has not answered and that nobody is asking now, with what came of its calls. Two queries."""
    frozen = population(survey) if survey.draw == Draw.QUOTA else None
    stratum = frozen.draw.get("stratum", "") if frozen and frozen.draw else ""
    calls: dict[int, list[tuple[str, datetime, datetime | None]]] = {}
    made = Attempt.objects.filter(invitation__survey=survey, mode=Mode.TELEPHONE).order_by("at", "id")
    for number, outcome, moment, again in made.values_list("invitation_id", "outcome", "at", "call_again_at"):
        calls.setdefault(number, []).append((outcome, moment, again))
    rows = Invitation.objects.filter(survey=survey, state__in=TO_ASK).exclude(hold__until__gt=at)
    rows = rows.exclude(expires_on__lt=timezone.localdate(at))
    found = []
    for number, place, traits in rows.values_list("pk", "unit__drawn", "unit__traits"):
        mine = calls.get(number, [])
        last = mine[-1] if mine else None
        found.append(
            Candidate(
                number=number,
                place=place or 0,
                attempts=len(mine),
                last=Outcome(last[0]) if last else None,
                last_at=last[1] if last else None,
                call_again_at=last[2] if last else None,
                group=(traits or {}).get(stratum, "") if stratum else "",
            )
        )
    return found


def call_queue(survey: Survey, *, at: datetime) -> list[Candidate]:
    """Who may be called now as far as the survey goes, in order; how each may be reached is asked of the register."""
    return calling.queue(
        candidates(survey, at=at),
        at=timezone.localtime(at),
        limits=call_limits(timezone.localdate(at)),
        quotas=quotas_left(survey),
    )


def callable_now(numbers: Iterable[int], *, at: datetime) -> Iterator[int]:
    """Those of some invitations whose people may be called at this moment, in their order (COM-05, SUR-16)."""
    ordered = list(numbers)
    size = 50
    while ordered:
        batch, ordered, size = ordered[:size], ordered[size:], 1000
        people = dict(Invitation.objects.filter(pk__in=batch, person__isnull=False).values_list("pk", "person_id"))
        reached = register.reach_many_unasked(people.values(), purpose=Purpose.SURVEY, at=at)
        for number in batch:
            person = people.get(number)
            if person in reached and reached[person].by(*BY_TELEPHONE):
                yield number


@dataclass(frozen=True)
class Spoken:
    """Whom an interviewer speaks with: what they need for it, and nothing else of the register."""

    name: str
    way: Way | None  # how they may be called at this moment; None: not now
    words: str  # why not, or how, in one sentence
    language: str
    interpreter: str
    to_know: tuple[str, ...]  # adjustments, needs, format: a line each (PROF-19)


def spoken_to(invitation: Invitation, *, at: datetime, by: Actor) -> Spoken | None:
    """What an interviewer is told of somebody whom they are asking; None where nobody is known. Raises Forbidden."""
    check(by, permissions.INTERVIEW)
    if invitation.person_id is None:
        return None
    reach = register.reach_many_unasked([invitation.person_id], purpose=Purpose.SURVEY, at=at).get(invitation.person_id)
    if reach is None:
        return None
    ways = reach.by(*BY_TELEPHONE)
    return Spoken(
        name=invitation.person.name if invitation.person else "",
        way=ways[0] if ways else None,
        words=reach.words,
        language=reach.language,
        interpreter=reach.interpreter,
        to_know=tuple(register.at_a_glance_unasked([invitation.person_id])[invitation.person_id]),
    )


def hold_by_nonce(survey: Survey, nonce: str) -> Hold | None:
    """The hold of an interview, with its invitation."""
    found = Hold.objects.filter(invitation__survey=survey, nonce=nonce)
    return found.select_related("invitation__person", "invitation__unit", "invitation__survey").first()


def own_holds(survey: Survey, *, mode: str, at: datetime, by: Actor) -> QuerySet[Hold]:
    """The households that somebody is asking now or has on their list. Raises Forbidden."""
    check(by, permissions.INTERVIEW)
    found = Hold.objects.filter(invitation__survey=survey, holder=by.user_id, mode=mode, until__gt=at)
    return found.filter(invitation__state__in=TO_ASK).select_related("invitation__person", "invitation__unit")


def interview_draft(survey: Survey, nonce: str) -> Draft | None:
    """The answers of an interview so far."""
    spoken = [Mode.TELEPHONE, Mode.FACE]
    found = Draft.objects.filter(survey=survey, nonce=nonce, mode__in=spoken, invitation=None)
    return found.select_related("version").first()


def own_interviews(survey: Survey, *, by: Actor) -> QuerySet[Draft]:
    """Interviews that somebody began with people who were not drawn, and has not finished. Raises Forbidden."""
    check(by, permissions.INTERVIEW)
    held = Hold.objects.filter(invitation__survey=survey).values("nonce")
    found = Draft.objects.filter(survey=survey, mode=Mode.TELEPHONE, taken_by=by.user_id, invitation=None)
    return found.exclude(nonce__in=held).order_by("-changed_at")


def attempts_of(invitation: Invitation) -> QuerySet[Attempt]:
    """The calls and visits so far, latest first."""
    return Attempt.objects.filter(invitation=invitation)


def call_counts(survey: Survey, *, at: datetime) -> Mapping[str, int]:
    """For the page of the telephone: how many may be called now as far as the survey goes, later, and no more."""
    limits, quotas = call_limits(timezone.localdate(at)), quotas_left(survey)
    every = candidates(survey, at=at)
    now = [one for one in every if calling.due(one, at=at, limits=limits, quotas=quotas)]
    promised = [one for one in every if one.call_again_at and one.call_again_at > at]
    return {"now": len(now), "promised": len(promised), "all": len(every)}


# ── whom to visit ────────────────────────────────────────────────────────────────────────────────────────────

_visits = Signer(salt="hearth surveys visit")


def visit_ref(invitation: Invitation) -> str:
    """What a visited home is called on an interviewer's device: it opens nothing by itself."""
    return _visits.sign(str(invitation.pk))


def invitation_of_visit(ref: str) -> Invitation | None:
    """The invitation that a reference from a device means, or None where it was not made here."""
    try:
        number = int(_visits.unsign(ref))
    except (BadSignature, ValueError):
        return None
    return Invitation.objects.select_related("survey", "unit").filter(pk=number).first()


def visitable(people: Iterable[int], *, at: datetime) -> dict[int, Reach]:
    """Those of some people at whose door an interviewer may knock at any hour (SUR-16, COM-05)."""
    ids = list(people)
    facts = register.facts_of(ids, on=timezone.localdate(at))
    found = {}
    for number, reach in register.reach_many_unasked(ids, purpose=Purpose.SURVEY, at=at).items():
        known = facts[number]
        if known.home and calling.may_visit(
            safety=reach.safety,
            can_be_reached=bool(reach.ways),
            wishes_visits=Channel.VISIT in reach.channels,
            refuses_visits=Channel.VISIT in known.refused,
            has_said=bool(known.order),
        ):
            found[number] = reach
    return found


def visits_of(*, at: datetime, by: Actor) -> list[Hold]:
    """The homes on somebody's list of visits, of surveys that are open. Raises Forbidden."""
    check(by, permissions.INTERVIEW)
    found = Hold.objects.filter(
        holder=by.user_id, mode=Mode.FACE, until__gt=at, invitation__survey__state=State.OPEN,
        invitation__state__in=TO_ASK,
    )  # fmt: skip
    return list(found.select_related("invitation__person", "invitation__unit", "invitation__survey").order_by("id"))


def visit_lists(survey: Survey, *, at: datetime) -> list[tuple[str, int, datetime]]:
    """Who has how many homes to visit, and until when. Counts only."""
    rows = (
        Hold.objects.filter(invitation__survey=survey, mode=Mode.FACE, until__gt=at, invitation__state__in=TO_ASK)
        .values_list("holder__name", "until")
        .annotate(n=Count("pk"))
        .order_by("holder__name", "until")
    )
    return [(name or "", n, until) for name, until, n in rows]


def surveys_to_visit(*, by: Actor) -> QuerySet[Survey]:
    """Open surveys that are asked face to face, for the devices of interviewers. Raises Forbidden."""
    return surveys_to_ask(by=by).filter(modes__contains=[Mode.FACE])


# ── paper ────────────────────────────────────────────────────────────────────────────────────────────────────


def paper_batches(survey: Survey, *, by: Actor) -> QuerySet[PaperBatch]:
    """The files of printed forms, latest first. Raises Forbidden."""
    check(by, permissions.BUILD)
    return PaperBatch.objects.filter(survey=survey).select_related("file")


def paper_entries(survey: Survey, *, by: Actor, state: str = "") -> QuerySet[PaperEntry]:
    """The paper forms that were keyed, oldest first. Raises Forbidden."""
    check(by, permissions.INTERVIEW)
    found = PaperEntry.objects.filter(survey=survey)
    return found.filter(state=state) if state else found


def paper_entry(survey: Survey, number: int, *, by: Actor) -> PaperEntry | None:
    """One keyed form, or None. Raises Forbidden."""
    return paper_entries(survey, by=by).filter(pk=number).first()


def paper_with_serial(survey: Survey, serial: str) -> PaperEntry | None:
    """The form with a serial that was keyed already, or None."""
    return PaperEntry.objects.filter(survey=survey, serial=serial).first()


def keyed_twice(survey: Survey, *, on: date) -> bool:
    """Whether the next paper form of a survey is keyed by two people."""
    once = int(landlords.setting("surveys.keyed_once", on=on))
    return PaperEntry.objects.filter(survey=survey).count() >= once


def invitation_of_unit(survey: Survey, number: int) -> Invitation | None:
    """The invitation of a household by its number in the population."""
    found = Invitation.objects.filter(survey=survey, unit__number=number, event=None)
    return found.select_related("unit", "survey").first()


def refuse_anonymous(survey: Survey) -> None:
    """Somebody who is asked by name, by an interviewer or with a code, is not anonymous. Raises Refused."""
    if survey.secrecy == Secrecy.ANONYMOUS:
        raise Refused("This survey is anonymous, so nobody is asked by name: whoever asks would know who answered.")
