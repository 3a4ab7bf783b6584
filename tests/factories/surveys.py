"""Surveys for tests: a questionnaire with every kind of question, a population, invitations, answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import uuid4

from hearth.surveys.rules.instrument import Instrument, OnlyIf, Option, Question, Section
from hearth.surveys.rules.kinds import QuestionKind

SAT5 = (
    "Very satisfied", "Fairly satisfied", "Neither satisfied nor dissatisfied", "Fairly dissatisfied",
    "Very dissatisfied",
)  # fmt: skip

_number = iter(range(1, 10**9))


def options(*words: str, **said: Any) -> tuple[Option, ...]:
    """Options with the codes 1, 2, 3…"""
    return tuple(Option(code=str(code), words={"en": one}, **said) for code, one in enumerate(words, start=1))


def scale(code: str, words: str, **said: Any) -> Question:
    """A five-point question of satisfaction."""
    return Question(code=code, kind=QuestionKind.SCALE, words={"en": words}, options=options(*SAT5), **said)


def yes_no(code: str, words: str, **said: Any) -> Question:
    """A question with the answers "yes" and "no", which are also its codes."""
    both = (Option("yes", {"en": "Yes"}), Option("no", {"en": "No"}))
    return Question(code=code, kind=QuestionKind.ONE, words={"en": words}, options=both, **said)


def _question(code: str, kind: QuestionKind, words: str, **said: Any) -> Question:
    return Question(code=code, kind=kind, words={"en": words}, **said)


# Five closed questions and a free text without filters: the shape that other survey systems were measured with.
PLAIN = Instrument(
    title={"en": "How are we doing?"},
    intro={"en": "Six short questions about your home. They take about two minutes."},
    complain={"en": "If something is wrong you can complain at any time. Call 01632 960001."},
    thanks={"en": "Your answers are with us."},
    sections=(
        Section(
            "home",
            {"en": "Your home"},
            (
                scale("overall", "How satisfied or dissatisfied are you with the service?", required=True),
                scale("home", "How satisfied or dissatisfied are you with your home?"),
                scale("repairs", "How satisfied or dissatisfied are you with repairs?"),
                scale("heard", "How satisfied or dissatisfied are you that we listen to you?"),
                scale("area", "How satisfied or dissatisfied are you with your neighbourhood?"),
                _question("why", QuestionKind.TEXT, "Why do you say so?", comment=True),
            ),
        ),
    ),
)

# One question of each kind, with filters, a second language, Easy Read, an "alone" option and one never read out.
SMALL = Instrument(
    title={"en": "Your home and us", "cy": "Eich cartref a ni", "en-easy": "Your home"},
    languages=("en", "cy", "en-easy"),
    intro={"en": "This takes about five minutes.", "en-easy": "We want to know what you think."},
    consent={"en": "The next questions are about you. They help us to treat everybody fairly."},
    complain={"en": "You can complain at any time. Call 01632 960001."},
    thanks={"en": "Your answers are with us.", "cy": "Mae eich atebion gyda ni."},
    sections=(
        Section(
            "service",
            {"en": "The service", "cy": "Y gwasanaeth", "en-easy": "What we do"},
            (
                scale("overall", "How satisfied or dissatisfied are you with the service?", required=True),
                yes_no("repair", "Have we carried out a repair in the last 12 months?", required=True),
                scale(
                    "speed",
                    "How satisfied or dissatisfied are you with the time it took?",
                    only_if=OnlyIf("repair", ("yes",)),
                    required=True,
                ),
                _question("why", QuestionKind.TEXT, "Why do you say so?", comment=True, longest=500),
            ),
        ),
        Section(
            "home",
            {"en": "Your home", "cy": "Eich cartref", "en-easy": "Your home"},
            (
                _question(
                    "rooms",
                    QuestionKind.MANY,
                    "Which rooms are cold?",
                    options=(
                        Option("bed", {"en": "Bedroom"}),
                        Option("bath", {"en": "Bathroom"}),
                        Option("none", {"en": "None of these"}, alone=True),
                        Option("refused", {"en": "Refused"}, silent=True, missing=True),
                    ),
                ),
                _question("people", QuestionKind.NUMBER, "How many people live here?", lowest=1, highest=20),
                _question("moved", QuestionKind.DATE, "When did you move in?"),
                _question("first", QuestionKind.RANK, "What matters most?", options=options("Heat", "Quiet", "Safety")),
                _question("where", QuestionKind.PLACE, "What is your postcode?", places="postcode"),
            ),
        ),
        Section(
            "you",
            {"en": "About you", "cy": "Amdanoch chi", "en-easy": "About you"},
            (
                _question(
                    "age",
                    QuestionKind.ONE,
                    "How old are you?",
                    characteristic="age",
                    options=options("16 to 34", "35 to 64", "65 or over", "Prefer not to say"),
                ),
            ),
        ),
    ),
)

GOOD: dict[str, Any] = {"overall": "2", "repair": "no", "why": "The stairs are clean."}


def survey(questionnaire: Instrument = PLAIN, **said: Any) -> Any:
    """A survey that is open today, with its questionnaire frozen as version 1. `said` are fields of the survey."""
    from django.utils import timezone

    from hearth.surveys.models import Survey, Version
    from hearth.surveys.rules import building
    from hearth.surveys.rules.kinds import Secrecy, Sort, State

    number, today, now = next(_number), timezone.localdate(), timezone.now()
    usual = {
        "title": "How are we doing?",
        "sort": Sort.OTHER,
        "slug": f"survey-{number}",
        "state": State.OPEN,
        "secrecy": Secrecy.CONFIDENTIAL,
        "draw": "open",
        "modes": ["web", "sms", "telephone", "paper", "face"],
        "opens_on": today - timedelta(days=7),
        "closes_on": today + timedelta(days=7),
        "opened_at": now - timedelta(days=7),
    }
    made = Survey.objects.create(**{**usual, **said})
    plain = building.dump(questionnaire)
    Version.objects.create(
        survey=made,
        number=1,
        content=plain,
        digest=building.digest(plain),
        frozen_at=None if made.state == State.DRAFT else now,
    )
    return made


def unit(survey: Any, *, traits: Mapping[str, str] | None = None, **said: Any) -> Any:
    """One household of a survey's population, with no household of the register behind it unless one is given."""
    from hearth.surveys.models import Unit

    number = survey.units.count() + 1
    traits = {"area": "North", "age": "35-54"} if traits is None else dict(traits)
    return Unit.objects.create(survey=survey, number=number, traits=traits, **{"stock": "lcra", **said})


def population(survey: Any, size: int = 10, *, traits: Sequence[Mapping[str, str]] = ()) -> list[Any]:
    """A frozen population of so many households; `traits` are given out in turn."""
    from django.utils import timezone

    from hearth.surveys.models import Population

    Population.objects.create(survey=survey, on=timezone.localdate(), size=size, digest="0" * 64)
    return [unit(survey, traits=traits[at % len(traits)] if traits else None) for at in range(size)]


def invitation(survey: Any, *, at: Any = None, **said: Any) -> tuple[Any, str]:
    """Somebody who was asked, and the code that they were sent. `at` is their household; else one is made."""
    from django.utils import timezone

    from hearth.surveys import queries
    from hearth.surveys.models import Invitation
    from hearth.surveys.rules import codes

    household = at or unit(survey)
    code = queries.code_of_unit(survey.pk, household.number)
    made = Invitation.objects.create(
        survey=survey,
        unit=household,
        code_digest=codes.digest(queries.secret(), code),
        channel="email",
        **{"state": Invitation.State.SENT, "sent_on": timezone.localdate(), **said},
    )
    return made, code


def respond(survey: Any, answers: Mapping[str, Any] | None = None, **said: Any) -> Any:
    """One answered questionnaire, through the service by which all come in. `said` are its arguments."""
    from django.utils import timezone

    from hearth.db import wall
    from hearth.kernel.permits import Actor
    from hearth.surveys import services

    version = survey.versions.latest("number")
    return services.submit(
        **{
            "survey": survey,
            "version": version,
            "nonce": uuid4().hex,
            "answers": {"overall": "2"} if answers is None else answers,
            "mode": "web",
            "at": timezone.now(),
            "by": Actor(landlord_id=wall.current(), system=True),
            **said,
        }
    )
