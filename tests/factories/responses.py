"""Many responses at once, for tests and measurements of results: by one statement, without going through the form."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Any

AREAS, AGES = ("North", "South", "East"), ("16-34", "35-54", "55-74", "75+")
STOCK = ("General needs tenancy", "Supported or independent living tenancy")
SINCE = ("Under 12 months", "12 months or more")


def household(chance: random.Random) -> dict[str, str]:
    """The traits of one household of an invented population."""
    return {
        "age": chance.choices(AGES, (25, 35, 28, 12))[0],
        "stock_type": chance.choices(STOCK, (85, 15))[0],
        "area": chance.choices(AREAS, (40, 35, 25))[0],
        "length_of_tenancy": chance.choices(SINCE, (10, 90))[0],
    }


def population(survey: Any, size: int, *, seed: int = 1, stock: str = "lcra") -> list[Any]:
    """A frozen population of so many households, with its margins; drawn as a census."""
    from django.utils import timezone

    from hearth.surveys.models import Population, Unit
    from hearth.surveys.rules import population as rules

    chance = random.Random(seed)
    traits = [household(chance) for _ in range(size)]
    before = survey.units.count()
    units = Unit.objects.bulk_create(
        Unit(survey=survey, number=before + at, traits=one, stock=stock, drawn=before + at)
        for at, one in enumerate(traits, 1)
    )
    everybody = list(survey.units.values_list("traits", flat=True))
    Population.objects.update_or_create(
        survey=survey,
        defaults={
            "on": timezone.localdate(),
            "size": len(everybody),
            "digest": "0" * 64,
            "margins": rules.margins(everybody),
            "draw": {"method": survey.draw, "size": len(everybody), "seed": "1"},
        },
    )
    return units


def answer(
    survey: Any,
    units: Sequence[Any],
    *,
    weights: Mapping[str, Sequence[float]] | None = None,
    modes: Sequence[str] = ("telephone", "web", "paper"),
    mode_weights: Sequence[float] = (60, 30, 10),
    seed: int = 2,
) -> None:
    """One response of each of these households, drawn with a seed; `weights` bend the answers to a question.

    Who answers by telephone is a little kinder. Questions with a filter are answered by those whom it lets in.
    """
    from django.utils import timezone

    from hearth.surveys import queries
    from hearth.surveys.models import Comment, Response
    from hearth.surveys.rules import answering

    chance, version = random.Random(seed), queries.current_version(survey)
    instrument = queries.instrument(version)
    made = []
    for unit in units:
        mode = chance.choices(modes, mode_weights)[0]
        answers: dict[str, Any] = {}
        for question in instrument.questions():
            if not answering.asks(question, answers, stock=unit.stock):
                continue
            given = _given(question, chance, kind=1.3 if mode == "telephone" else 1.0, weights=weights or {})
            if given is not None:
                answers[question.code] = given
        made.append(
            Response(
                survey=survey, version=version, nonce=f"{seed}-{unit.number}", mode=mode, stock=unit.stock,
                traits=unit.traits, answers=answers, given_at=timezone.now(),
            )
        )  # fmt: skip
    Response.objects.bulk_create(made, batch_size=5_000)
    asked = [one.code for one in instrument.questions() if one.comment]
    Comment.objects.bulk_create(
        Comment(survey=survey, response=one, question=code, text=one.answers[code])
        for one in made
        for code in asked
        if code in one.answers
    )


def _given(question: Any, chance: random.Random, *, kind: float, weights: Mapping[str, Sequence[float]]) -> Any:
    """One made-up answer, or None."""
    options = [one for one in question.options if not one.silent]
    match str(question.kind):
        case "scale":
            usual = (30 * kind, 33 * kind, 14, 11, 12) + (8,) * (len(options) - 5)
            return (
                chance.choices(options, weights.get(question.code, usual))[0].code if chance.random() < 0.98 else None
            )
        case "one":
            even = (1,) * len(options)
            return chance.choices(options, weights.get(question.code, even))[0].code if chance.random() < 0.95 else None
        case "many":
            shared = [one.code for one in options if not one.alone]
            return sorted(chance.sample(shared, min(len(shared), 2)))
        case "rank":
            return chance.sample([one.code for one in options], len(options))
        case "number":
            return chance.randint(1, 6)
        case "text":
            return chance.choice(WORDS) if chance.random() < 0.3 else None
    return None


WORDS = (
    "Repairs take too long and nobody rings back.",
    "The new caretaker keeps the stairs very clean.",
    "I waited three weeks for the boiler.",
    "Please ask Mr Oakley at 12 Mill Lane, he has the same damp.",
    "Always polite on the phone.",
)
