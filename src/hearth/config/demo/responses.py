"""Answers to the surveys of the demonstration, invented and the same each time; and last year's results."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from hearth.kernel.permits import Actor
from hearth.surveys import queries, services
from hearth.surveys.models import Invitation, Survey
from hearth.surveys.rules import answering
from hearth.surveys.rules.instrument import Question
from hearth.surveys.rules.kinds import QuestionKind, Secrecy

# How answers fall, best first; what is not named falls as USUAL.
FALL: dict[str, Sequence[int]] = {
    "TP01": (40, 33, 11, 6, 10),
    "TP02": (46, 29, 9, 7, 9),
    "TP03": (48, 26, 7, 7, 12),
    "TP05": (50, 29, 7, 5, 9, 2),
    "TP06": (31, 30, 15, 9, 15, 9),
    "TP09": (18, 17, 10, 16, 39),
    "TP12": (24, 22, 18, 13, 23, 30),
}
USUAL = (36, 31, 14, 8, 11, 8)
YES = {"TP02F": 0.66, "TP09F": 0.2, "TP10F": 0.47}
MODES = (("telephone", 62), ("web", 28), ("paper", 10))
COMMENTS = (
    "Repairs are quick now, but the last one took three visits.",
    "The new caretaker keeps the stairs clean.",
    "Nobody rings back when they say they will.",
    "I asked Mrs Hollis at 14 Quarry Lane about the damp, she has it too.",
    "Always polite on the telephone.",
    "The bin store is broken again. Call me on 01632 960123.",
    "More parking, please.",
    "The lift in our block was out for a week and nobody told us why.",
)


def fill(survey: Survey, *, today: date, share: float, seed: int, last: date | None = None, by: Actor) -> int:
    """Ask everybody who was drawn, and have a share of them answer up to a day; gives how many answered.

    Of an anonymous survey, or one that is open to anybody, answers come without a household.
    """
    chance, until = Random(seed), min(last or today, today)  # noqa: S311 - the same answers each time, not a secret
    version = queries.current_version(survey)
    whom: list[Invitation | None] = []
    if survey.secrecy != Secrecy.ANONYMOUS and queries.drawn(survey).exists():
        services.invite(survey=survey, by=by)
        # As if the letters had gone out: the demonstration sends none.
        Invitation.objects.filter(survey=survey).update(state=Invitation.State.SENT, sent_on=survey.opens_on)
        asked = list(Invitation.objects.filter(survey=survey).select_related("unit").order_by("pk"))
        whom += [one for one in asked if chance.random() < share * _keen(one)]
    else:
        whom += [None] * round(80 * share)
    modes = [mode for mode, _ in MODES if mode in survey.modes] or ["web"]
    weights = [dict(MODES).get(mode, 1) for mode in modes]
    opens = survey.opens_on or until
    for number, invitation in enumerate(whom):
        on = opens + timedelta(days=int((until - opens).days * chance.random() ** 1.6))
        mode = chance.choices(modes, weights)[0]
        services.submit(
            survey=survey,
            version=version,
            nonce=f"demonstration-{survey.pk}-{number}",
            answers=_answers(survey, invitation, chance, kind=mode == "telephone"),
            mode=mode,
            invitation=invitation,
            started_at=_at(on, chance.randrange(600)),
            at=_at(on, 601 + chance.randrange(9)),
            by=by,
        )
    return len(whom)


def _keen(invitation: Invitation) -> float:
    """Older people answer more often: so that there is something to weight."""
    age = invitation.unit.traits.get("age", "") if invitation.unit else ""
    return {"16-24": 0.5, "25-34": 0.6, "35-44": 0.8, "65-74": 1.4, "75+": 1.4}.get(age, 1.0)


def _answers(survey: Survey, invitation: Invitation | None, chance: Random, *, kind: bool) -> dict[str, Any]:
    """One household's answers; who answers by telephone is a little kinder."""
    found: dict[str, Any] = {}
    stock = (invitation.unit.stock if invitation and invitation.unit else "") or survey.stock
    for question in queries.instrument(queries.current_version(survey)).questions():
        if answering.asks(question, found, stock=stock):
            given = _given(question, chance, kind=kind)
            if given is not None:
                found[question.code] = given
    return found


def _given(question: Question, chance: Random, *, kind: bool) -> Any:
    options = [one for one in question.options if not one.silent]
    if question.kind is QuestionKind.TEXT:
        return chance.choice(COMMENTS) if chance.random() < 0.35 else None
    if not question.required and chance.random() < (0.12 if question.characteristic else 0.02):
        return None
    if question.kind is QuestionKind.SCALE:
        fall = [*FALL.get(question.code, USUAL), 6]
        weights = [weight * (1.35 if kind and at < 2 else 1) for at, weight in enumerate(fall[: len(options)])]
        return chance.choices(options, weights)[0].code
    if question.kind is QuestionKind.ONE:
        if question.code in YES:
            return "yes" if chance.random() < YES[question.code] else "no"
        return chance.choice(options).code
    if question.kind is QuestionKind.MANY:
        shared = [one.code for one in options if not one.alone]
        return chance.sample(shared, min(2, len(shared)))
    if question.kind is QuestionKind.RANK:
        return chance.sample([one.code for one in options], len(options))
    if question.kind is QuestionKind.NUMBER:
        return int(question.lowest or 1) + chance.randrange(4)
    return None


def show(survey: Survey, *, at: datetime, by: Actor) -> None:
    """Count, weight and publish the results of a survey that has closed, with what was done about them."""
    if services.compute(survey=survey, at=at, by=by) is None:
        return
    result = queries.newest_result(survey)
    parts = result.exact["parts"] if result else []
    advised = [one["trait"] for part in parts for one in part["represented"] if one["advised"]]
    if advised:
        services.set_weighting(
            survey=survey, method="raking", characteristics=advised[:2], join=5, at=at, by=by,
            why="Younger tenants answered less often than older ones.",
        )  # fmt: skip
    services.write_approach(
        survey=survey, added={}, by=by,
        did="We answer the repairs line until 8pm since October, and ring back the same day. A panel of tenants looks "
        "at ten closed complaints every quarter.",
    )  # fmt: skip
    for comment in queries.comments_to_check(survey, by=by)[:30]:
        named = "Hollis" in comment.text or "01632" in comment.text
        services.check_comment(
            comment=comment, verdict="kept_back" if named else "shown", at=at, by=by,
            themes=["repairs"] if "epair" in comment.text else ["estate"] if "block" in comment.text else [],
        )  # fmt: skip
    services.mark_analysed(survey=survey, at=at, by=by)
    services.publish(survey=survey, at=at, by=by)


def _at(on: date, minutes: int) -> datetime:
    return timezone.make_aware(datetime.combine(on, time(9))) + timedelta(minutes=minutes)
