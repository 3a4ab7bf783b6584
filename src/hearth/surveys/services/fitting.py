"""What is known of the population, and weights fitted to it (reference 2.2). Brings numpy, as `counting` does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from django.db.models import Count

from hearth.kernel.refusals import Refused
from hearth.surveys import queries
from hearth.surveys.models import Survey, Unit
from hearth.surveys.rules.columns import CHOSEN, Columns
from hearth.surveys.rules.joining import joined
from hearth.surveys.rules.matching import match, says_nothing
from hearth.surveys.rules.population import NAMES, UNKNOWN
from hearth.surveys.rules.weighting import Coded, Margin, Method, Missing, weigh
from hearth.surveys.rules.weighting import Weighting as Weighed

FORGOTTEN = "(cannot be told any more)"
METHODS = {"raking": Method.RAKE, "poststratification": Method.POSTSTRATIFY}
MOST_CHARACTERISTICS = 5  # the return has room for so many (reference 2.2)


@dataclass(frozen=True)
class Known:
    """What is known of the population of one part: how many households, by trait, and by combinations of traits."""

    size: int | None
    margins: dict[str, dict[str, float]] = field(default_factory=dict)
    cells: Counter[tuple[tuple[str, str], ...]] = field(default_factory=Counter)
    answered: dict[str, dict[str, int]] = field(default_factory=dict)  # by trait, before rare ones were forgotten


def known_of(survey: Survey, columns: Columns, stock: str) -> Known:
    """The population of a part: from the frozen frame, or those who were asked."""
    frozen = queries.population(survey)
    if frozen is None:
        asked_of = queries.progress(survey).asked
        return Known(asked_of or None)
    units = Unit.objects.filter(survey=survey)
    mixed = units.exclude(stock=stock).exists() if stock else False
    if mixed:
        units = units.filter(stock=stock)
    cells: Counter[tuple[tuple[str, str], ...]] = Counter()
    for traits, number in units.order_by().values_list("traits").annotate(n=Count("pk")):
        cells[tuple(sorted(traits.items()))] += number
    found: dict[str, Counter[str]] = {}
    for cell, number in cells.items():
        for name, value in cell:
            found.setdefault(name, Counter())[value] += number
    margins = {name: {label: float(n) for label, n in sorted(counts.items())} for name, counts in found.items()}
    if not mixed:  # what other rooms keep is counted of the whole population only
        for name, counts in frozen.margins.items():
            margins.setdefault(name, {label: float(number) for label, number in counts.items()})
    answered: dict[str, Counter[str]] = {}
    for of_stock, traits in frozen.answered.items():
        for name, counts in traits.items() if of_stock == stock or not mixed else ():
            answered.setdefault(name, Counter()).update(counts)
    size = units.count() if mixed else frozen.size
    return Known(size, margins, cells, {name: dict(counts) for name, counts in answered.items()})


@dataclass(frozen=True)
class Characteristic:
    """Something to weight by: each response's group, and how many of the population are in each group.

    `becomes` says which group each of the population's own categories is part of.
    """

    words: str
    coded: Coded
    population: dict[str, float]
    becomes: Mapping[str, str] = field(default_factory=dict)


def characteristics(columns: Columns, known: Known) -> dict[str, Characteristic]:
    """By what responses can be weighted: words, each response's category, and the population in each.

    A trait of the household, or a characteristic of which the population is known as counts and which the survey asks
    for. Households of which nothing is known are left out of the population, which is scaled up to the whole.
    """
    found: dict[str, Characteristic] = {}
    for name, counts in known.margins.items():
        there = {label: number for label, number in counts.items() if number and not says_nothing(label)}
        if len(there) < 2:
            continue
        if name in columns.traits:
            words = NAMES.get(name, name.replace("_", " ").capitalize())
            found[name] = Characteristic(words, _known(columns.trait(name)), there)
            continue
        question = next((one for one, _ in columns.questions if one.characteristic == name), None)
        if question is None or question.kind not in CHOSEN:
            continue
        coded = columns.answer(question)
        matched = match(coded.categories, there)
        if matched.whole:
            words = f"{name.replace('_', ' ').capitalize()}, as respondents say themselves"
            coded = _renamed(coded, [matched.of_answer[one] for one in coded.categories])
            found[name] = Characteristic(words, coded, there)
    return found


def unmatched(columns: Columns, known: Known) -> list[str]:
    """Characteristics that are known of the population and asked, but in other categories: one sentence each."""
    said_of = []
    for name, counts in known.margins.items():
        question = next((one for one, _ in columns.questions if one.characteristic == name), None)
        if name in columns.traits or question is None or question.kind not in CHOSEN:
            continue
        matched = match(columns.answer(question).categories, [label for label, number in counts.items() if number])
        if not matched.whole:
            left = [*matched.answers_left, *matched.population_left]
            said_of.append(
                f"{name.replace('_', ' ').capitalize()} cannot be weighted by: “{'”, “'.join(left[:6])}” "
                "is in the survey or in the population only."
            )
    return said_of


def fit(
    columns: Columns, known: Known, method: str, names: Sequence[str], bounds: Mapping[str, float] | None
) -> Weighed:
    """Weights by the characteristics that were chosen. Raises Refused where responses and population do not fit."""
    if known.size is None:
        raise Refused("There is no population to weight to.", field="method")
    if not 1 <= len(names) <= MOST_CHARACTERISTICS:
        raise Refused("Choose one to five characteristics.", field="characteristics")
    offered = characteristics(columns, known)
    for name in names:
        if name not in offered:
            raise Refused(f"Nothing is known of the population by {NAMES.get(name, name)}.", field="characteristics")
    chosen = [_joined(offered[name], int((bounds or {}).get("join", 0))) for name in names]
    if method == "poststratification" and len(names) > 1:
        if any(_forgotten(one, known.answered.get(name, {})) for name, one in zip(names, chosen, strict=True)):
            raise Refused(
                "Traits that few households share were forgotten when the survey closed, so that combinations cannot "
                "be told apart any more. Choose raking.",
                field="method",
            )
        targets = [_joint(known, names, chosen)]
    else:
        chosen = [_made_up(one, known.answered.get(name, {})) for name, one in zip(names, chosen, strict=True)]
        targets = [Margin.of(one.words, one.population) for one in chosen]
    variables = [Coded(one.words, one.coded.categories, one.coded.codes) for one in chosen]
    within = (float(bounds["low"]), float(bounds["high"])) if bounds and "low" in bounds else None
    return weigh(
        variables,
        [_scaled(one, known.size) for one in targets],
        method=METHODS[method],
        bounds=within,
        missing=Missing.KEEP,
    )


def _joint(known: Known, names: Sequence[str], chosen: Sequence[Characteristic]) -> Margin:
    """The population by several traits at once."""
    cells: Counter[tuple[str, ...]] = Counter()
    for cell, number in known.cells.items():
        traits = dict(cell)
        values = tuple(one.becomes.get(traits.get(name, UNKNOWN), "") for name, one in zip(names, chosen, strict=True))
        if all(values):
            cells[values] += number
    if not cells:
        raise Refused(
            "Cells of several characteristics can only be made of what is kept with each household. Choose raking.",
            field="method",
        )
    return Margin(tuple(one.words for one in chosen), {cell: float(number) for cell, number in cells.items()})


def _joined(one: Characteristic, below: int) -> Characteristic:
    """A characteristic whose groups of few responses are joined with those beside them."""
    order = list(one.population)
    numbers = np.bincount(one.coded.codes[one.coded.codes >= 0], minlength=len(one.coded.categories)).tolist()
    becomes = joined(order, dict(zip(one.coded.categories, numbers, strict=True)), below=below)
    population: dict[str, float] = {}
    for label, number in one.population.items():
        population[becomes[label]] = population.get(becomes[label], 0.0) + number
    coded = _renamed(one.coded, [becomes.get(label, label) for label in one.coded.categories])
    return Characteristic(one.words, coded, population, becomes)


def _forgotten(one: Characteristic, answered: Mapping[str, int]) -> dict[str, int]:
    """How many responses of each group cannot be told any more, because few households share their traits."""
    numbers = np.bincount(one.coded.codes[one.coded.codes >= 0], minlength=len(one.coded.categories)).tolist()
    there = dict(zip(one.coded.categories, numbers, strict=True))
    said_once: dict[str, int] = {}
    for label, number in answered.items():
        if label in one.becomes:
            said_once[one.becomes[label]] = said_once.get(one.becomes[label], 0) + number
    return {label: number - there.get(label, 0) for label, number in said_once.items() if number > there.get(label, 0)}


def _made_up(one: Characteristic, answered: Mapping[str, int]) -> Characteristic:
    """The population without those for whom forgotten responses stand, who have a group of their own.

    Where 10 of a group of 300 households answered and 4 of them cannot be told any more, the other 6 stand for 180 and
    the rest is for whoever cannot be told: so nobody counts more because others were forgotten.
    """
    gone = _forgotten(one, answered)
    unknown = one.coded.codes < 0
    if not gone or not unknown.any():
        return one
    numbers = np.bincount(one.coded.codes[~unknown], minlength=len(one.coded.categories)).tolist()
    there = dict(zip(one.coded.categories, numbers, strict=True))
    never = max(int(unknown.sum()) - sum(gone.values()), 0) / len(unknown)  # who never said: they keep their share
    whole, pool, population = sum(one.population.values()), 0.0, {}
    for label, number in one.population.items():
        lost = gone.get(label, 0) / (gone.get(label, 0) + there.get(label, 0)) if gone.get(label) else 0.0
        population[label] = number * (1 - lost) * (1 - never)
        pool += number * lost * (1 - never)
    codes = np.where(unknown, len(one.coded.categories), one.coded.codes)
    coded = Coded(one.coded.name, (*one.coded.categories, FORGOTTEN), codes)
    return Characteristic(one.words, coded, {**population, FORGOTTEN: pool + whole * never}, one.becomes)


def _scaled(margin: Margin, size: int) -> Margin:
    return Margin(margin.variables, {cell: number * size / margin.total for cell, number in margin.population.items()})


def _known(coded: Coded) -> Coded:
    """A variable whose "not known" is nothing."""
    book = np.asarray(
        [-1 if says_nothing(one) else at for at, one in enumerate(coded.categories)] + [-1], dtype=np.intp
    )
    return Coded(coded.name, coded.categories, book[coded.codes])


def _renamed(coded: Coded, names: Sequence[str]) -> Coded:
    """A variable in other words; answers that come to mean the same are one."""
    order = list(dict.fromkeys(names))
    book = np.asarray([order.index(name) for name in names] + [-1], dtype=np.intp)
    return Coded(coded.name, tuple(order), book[coded.codes])
