"""From rows of answers to figures: heavy work for a job. Imported with the first result, since it brings numpy.

Answers are streamed in pieces into columns of small numbers, so that memory stays bounded: a million responses of
thirty questions are some 60 MB (see bench/survey_results.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

import numpy as np
from django.db.models import Count

from hearth.kernel.refusals import Refused
from hearth.surveys import queries
from hearth.surveys.models import Response, Survey, Unit
from hearth.surveys.models import Weighting as Kept
from hearth.surveys.rules import margins as sizes
from hearth.surveys.rules.change import Wave, compare
from hearth.surveys.rules.columns import CHOSEN, Columns, Reading, asked, in_base
from hearth.surveys.rules.instrument import Question, said
from hearth.surveys.rules.joining import joined
from hearth.surveys.rules.kinds import Draw, QuestionKind, Standing, State
from hearth.surveys.rules.matching import match, says_nothing
from hearth.surveys.rules.measures import BEST, POINTS, Part, measures_of, questions_of
from hearth.surveys.rules.population import NAMES, SINCE, UNKNOWN
from hearth.surveys.rules.representing import Represented, represented
from hearth.surveys.rules.weighting import Coded, Margin, Method, Missing, Sample, fixed_weights, unweighted, weigh
from hearth.surveys.rules.weighting import Weighting as Weighed

Plain = dict[str, Any]

PIECE = 4_000
MODE_WORDS = {"web": "internet", "sms": "text message", "paper": "post", "face": "visit", "other": "other ways"}
STOCKS = {"lcra": "Low cost rental", "lcho": "Low cost home ownership", "": "Everybody"}
FORGOTTEN = "(cannot be told any more)"
METHODS = {"raking": Method.RAKE, "poststratification": Method.POSTSTRATIFY}
MOST_CHARACTERISTICS = 5  # the return has room for so many (reference 2.2)


def read(survey: Survey) -> Columns:
    """All whole responses of a survey that count, as columns. What is part answered or set aside is not in it."""
    instruments = [queries.instrument(version) for version in queries.versions(survey)]
    reading = Reading(asked(instruments))
    rows = (
        Response.objects.filter(survey=survey, standing=Standing.COMPLETE)
        .order_by()
        .values_list("answers", "traits", "mode", "stock", "weight")
        .iterator(chunk_size=PIECE)
    )
    while piece := list(islice(rows, PIECE)):
        reading.add(piece)
    return reading.done()


@dataclass(frozen=True)
class Known:
    """What is known of the population of one part: how many households, by trait, and by combinations of traits."""

    size: int | None
    margins: dict[str, dict[str, float]] = field(default_factory=dict)
    cells: Counter[tuple[tuple[str, str], ...]] = field(default_factory=Counter)
    answered: dict[str, dict[str, int]] = field(default_factory=dict)  # by trait, before rare ones were forgotten


@dataclass(frozen=True)
class Counted:
    """One part with all that its figures come from."""

    key: str
    part: Part
    known: Known
    weighed: Weighed | None
    notes: tuple[str, ...] = ()


def parts_of(survey: Survey, columns: Columns, kept: Kept | None) -> list[Counted]:
    """The kinds of stock that answered, apart (SUR-18): one where all are alike, else each, never together."""
    found = [stock for stock in columns.stocks if stock] or [survey.stock]
    wanted = found if survey.locked_set or len(found) == 1 else [""]
    return [_counted(survey, columns.only(columns.of_stock(stock)), stock, kept) for stock in sorted(wanted)]


def _counted(survey: Survey, columns: Columns, stock: str, kept: Kept | None) -> Counted:
    known = known_of(survey, columns, stock)
    whole = known.size if known.size and known.size >= columns.rows else None
    notes = []
    if known.size and whole is None:
        notes.append(
            f"{columns.rows:,} responses came from {known.size:,} households: more than one a household. No margin of "
            "error is given."
        )
    plain = unweighted(columns.rows, population=float(whole or columns.rows)) if columns.rows else None
    if plain is None:
        raise Refused("Nobody has answered this survey, so there is nothing to count.")
    sample, weighed = plain, None
    given = columns.arrays["weight"]
    if kept is not None and kept.method in METHODS:
        try:
            weighed = fit(columns, known, kept.method, kept.characteristics, kept.bounds)
            sample = weighed.sample
        except Refused as refused:
            notes.append(f"The weights could not be worked out, so the results are unweighted. {refused.message}")
    elif kept is None and columns.rows and not np.isnan(given).any():
        sample = fixed_weights(given, population=float(whole or columns.rows))
        notes.append("The weights are those of the survey firm; their margins cannot know what they were fitted to.")
    notes += _drawn_apart(survey, columns, known, weighed)
    return Counted(stock, Part(columns, sample, plain, known=whole is not None), known, weighed, tuple(notes))


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


# --- weights


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


def _drawn_apart(survey: Survey, columns: Columns, known: Known, weighed: Weighed | None) -> list[str]:
    """That a sample was drawn by groups in other proportions than the population, and is not weighted for it."""
    frozen = queries.population(survey)
    stratum = frozen.draw.get("stratum", "") if frozen and frozen.draw else ""
    if not stratum or survey.draw not in (Draw.STRATIFIED, Draw.QUOTA) or stratum not in known.margins:
        return []
    names = [line.variable for line in weighed.report.categories] if weighed else []
    words = NAMES.get(stratum, stratum)
    if words in names:
        return []
    drawn = frozen.draw.get("by_stratum", {}) if frozen else {}
    total, whole = sum(drawn.values()), sum(known.margins[stratum].values())
    uneven = total and any(
        abs(number / total - known.margins[stratum].get(label, 0) / whole) > 0.01 for label, number in drawn.items()
    )
    return [f"The sample was drawn by {words.lower()} in other proportions: weight by it."] if uneven else []


def representation(counted: Counted) -> list[Represented]:
    """How the responses compare with the population by each characteristic that both know."""
    found = []
    for name, one in characteristics(counted.part.columns, counted.known).items():
        words, coded, population = one.words, one.coded, one.population
        numbers = np.bincount(coded.codes[coded.codes >= 0], minlength=len(coded.categories))
        responses = {label: int(number) for label, number in zip(coded.categories, numbers, strict=True) if number}
        before = counted.known.answered.get(name)
        if before:
            responses = {label: number for label, number in before.items() if number and not says_nothing(label)}
        try:
            unknown = max(len(coded) - sum(responses.values()), 0)
            found.append(represented(name, words, responses, population, unknown=unknown))
        except Refused:
            continue
    return found


# --- the whole result


def result_of(survey: Survey, columns: Columns, kept: Kept | None) -> Plain:
    """All figures of a survey, exact and unrounded."""
    progress = queries.progress(survey)
    frozen = queries.population(survey)
    asked_of = progress.asked or (frozen.draw.get("size", 0) if frozen and frozen.draw else 0)
    counted = parts_of(survey, columns, kept)
    former = _former(survey)
    modes = np.bincount(columns.arrays["mode"].astype(np.intp), minlength=len(columns.modes))
    return {
        "responses": columns.rows,
        "part_answered": progress.part,
        "asked": asked_of,
        "rate": sizes.response_rate(columns.rows, asked_of) if 0 < columns.rows <= asked_of else None,
        "modes": {mode: int(number) for mode, number in zip(columns.modes, modes, strict=True)},
        "parts": [_plain_part(survey, one, former) for one in counted],
        "warnings": _warnings(columns, counted),
    }


def _plain_part(survey: Survey, one: Counted, former: dict[str, tuple[str, Part]]) -> Plain:
    part, size = one.part, one.known.size
    on = survey.closes_on or survey.opens_on
    verdict = None
    if part.known and size and on:
        census = survey.draw == Draw.CENSUS
        try:
            verdict = sizes.verdict(part.columns.rows, size, on=on, census=census)
        except Refused:
            verdict = None
    return {
        "key": one.key,
        "words": STOCKS.get(one.key, one.key),
        "responses": part.columns.rows,
        "population": size,
        "known": part.known,
        "required": verdict.required.responses if verdict else None,
        "accuracy": verdict.required.accuracy if verdict else None,
        "reached": bool(verdict and (verdict.reached or verdict.by_census)) if verdict else None,
        "verdict": verdict.sentence if verdict else "",
        "margin": sizes.margin(part.columns.rows, size) if part.known and size else None,
        "weighting": one.weighed.report.to_plain() if one.weighed else {},
        "notes": list(one.notes),
        "represented": [_plain_represented(line) for line in representation(one)],
        "unmatched": unmatched(part.columns, one.known),
        "questions": questions_of(part),
        "measures": measures_of(part) if survey.locked_set else [],
        "change": _changes(survey, one, former) if former else [],
    }


def _plain_represented(one: Represented) -> Plain:
    return {
        "trait": one.trait,
        "words": one.words,
        "sentence": one.sentence,
        "p": one.p,
        "advised": one.advised,
        "unknown": one.unknown,
        "lines": [{**vars(line), "points": line.points} for line in one.lines],
    }


def _warnings(columns: Columns, counted: Sequence[Counted]) -> list[str]:
    """What a reader has to know. New and existing customers are told apart, and neither may be missing (SUR-08)."""
    found = []
    for one in counted:
        expected = {label for label, number in one.known.margins.get(SINCE, {}).items() if number}
        there: set[str] = set()
        if SINCE in one.part.columns.traits:
            coded = one.part.columns.trait(SINCE)
            there = {coded.categories[at] for at in set(coded.codes.tolist()) if at >= 0}
        there |= {label for label, number in one.known.answered.get(SINCE, {}).items() if number}
        empty = sorted({"Under 12 months", "12 months or more"} - there) if there or expected else []
        for label in empty:
            who = "new customers (under 12 months)" if label.startswith("Under") else "existing customers"
            found.append(f"No response from {who} can be told apart, so there is no result for them.")
    return list(dict.fromkeys(found))


# --- since last time


def _former(survey: Survey) -> dict[str, tuple[str, Part]]:
    """The survey that this one follows, by kind of stock; nothing where there is none or it is not over."""
    former = survey.follows
    if former is None or former.state in (State.DRAFT, State.OPEN):
        return {}
    kept = Kept.objects.filter(survey=former, current=True).first()
    columns = read(former)
    if not columns.rows:
        return {}
    return {one.key: (wave_name(former), one.part) for one in parts_of(former, columns, kept)}


def wave_name(survey: Survey) -> str:
    """A wave as sentences call it: the month in which it was open."""
    return f"{survey.opens_on:%B %Y}" if survey.opens_on else survey.title


def _changes(survey: Survey, one: Counted, former: Mapping[str, tuple[str, Part]]) -> list[Plain]:
    """Every question that both waves asked, with the mix of ways of answering beside it (reference 4.5, trap 11)."""
    if one.key not in former:
        return []
    name, before = former[one.key]
    found = []
    for question, _ in one.part.columns.questions:
        earlier = next((other for other, _ in before.columns.questions if other.code == question.code), None)
        best = _best(question)
        if earlier is None or best is None or len(in_base(earlier)) != len(in_base(question)):
            continue
        try:
            change = compare(
                _wave(name, before, earlier),
                _wave(wave_name(survey), one.part, question),
                top=range(best),
                scale=range(len(in_base(question))),
            )
        except Refused:
            continue
        found.append(
            {
                "code": question.code,
                "words": said(question.words),
                "same_words": said(question.words) == said(earlier.words),
                "raw": vars(change.raw),
                "same_mix": vars(change.same_mix) if change.same_mix else None,
                "modes": [vars(line) for line in change.modes],
                "sentences": list(change.sentences),
                "warnings": list(change.warnings),
            }
        )
    return found


def _best(question: Question) -> int | None:
    """How many of the first answers are the good ones: two of five points, or "yes"."""
    counted = in_base(question)
    if question.kind is QuestionKind.SCALE and len(counted) == POINTS:
        return BEST
    if question.kind is QuestionKind.ONE and counted and counted[0][1].code == "yes":
        return 1
    return None


def _wave(name: str, part: Part, question: Question) -> Wave:
    answers = np.where(part.columns.put(question), part.columns.answer(question).codes, -1)
    mode = part.columns.mode()
    return Wave(name, part.sample, answers, replace(mode, categories=tuple(mode_words(one) for one in mode.categories)))


def mode_words(mode: str) -> str:
    """A way of answering inside a sentence."""
    return MODE_WORDS.get(mode, mode)


def weights_in_order(survey: Survey, columns: Columns, kept: Kept | None) -> np.ndarray:
    """The weight of each response in the order in which they were read; 1 where there are none."""
    weights = np.ones(columns.rows)
    stocks = [stock for stock in columns.stocks if stock] or [survey.stock]
    wanted = stocks if survey.locked_set or len(stocks) == 1 else [""]
    for stock in sorted(wanted):
        which = columns.of_stock(stock)
        if which.any():
            one = _counted(survey, columns.only(which), stock, kept)
            weights[which] = one.part.sample.row_weights
    return weights


def before_and_after(counted: Counted, code: str = "") -> Iterator[tuple[str, float | None, float | None]]:
    """The headline questions without and with weights, the first of a survey first."""
    for one in questions_of(counted.part):
        if one.get("top"):
            yield one["code"], one["unweighted"]["pct"], one["top"]["pct"]


__all__ = ["Counted", "Iterator", "Sample", "fit", "parts_of", "read", "representation", "result_of"]
