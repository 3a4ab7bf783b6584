"""From rows of answers to figures: heavy work for a job. Imported with the first result, since it brings numpy.

Answers are streamed in pieces into columns of small numbers, so that memory stays bounded (bench/survey_results.py).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from django.db import connection, transaction

from hearth.kernel.refusals import Refused
from hearth.surveys import queries
from hearth.surveys.models import Response, Survey
from hearth.surveys.models import Weighting as Kept
from hearth.surveys.rules import margins as sizes
from hearth.surveys.rules.change import Wave, compare
from hearth.surveys.rules.columns import Columns, Reading, Row, asked, in_base
from hearth.surveys.rules.instrument import Question, said
from hearth.surveys.rules.kinds import Draw, QuestionKind, Standing, State
from hearth.surveys.rules.matching import says_nothing
from hearth.surveys.rules.measures import BEST, POINTS, Part, measures_of, questions_of
from hearth.surveys.rules.population import NAMES, SINCE
from hearth.surveys.rules.representing import Represented, represented
from hearth.surveys.rules.weighting import Weighting as Weighed
from hearth.surveys.rules.weighting import fixed_weights, unweighted
from hearth.surveys.services.fitting import METHODS, Known, characteristics, fit, known_of, unmatched

Plain = dict[str, Any]

PIECE = 4_000
MODE_WORDS = {"web": "internet", "sms": "text message", "paper": "post", "face": "visit", "other": "other ways"}
STOCKS = {"lcra": "Low cost rental", "lcho": "Low cost home ownership", "": "Everybody"}


def read(survey: Survey) -> Columns:
    """All whole responses of a survey that count, as columns. What is part answered or set aside is not in it."""
    instruments = [queries.instrument(version) for version in queries.versions(survey)]
    reading = Reading(asked(instruments))
    for piece in _pieces(survey):
        reading.add(piece)
    return reading.done()


def _pieces(survey: Survey) -> Iterator[list[Row]]:
    """The responses piece by piece, by a cursor that lives in the database and in this transaction only.

    By hand, because Django's own would live longer than a transaction behind a pooler, and without one it fetches all.
    """
    wanted = Response.objects.filter(survey=survey, standing=Standing.COMPLETE).order_by()
    select, values = wanted.values_list("answers", "traits", "mode", "stock", "weight").query.sql_with_params()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"declare answers_of_a_survey no scroll cursor for {select}", values)
        while True:
            cursor.execute(f"fetch {PIECE} from answers_of_a_survey")
            found = cursor.fetchall()
            if not found:
                break
            yield [(json.loads(row[0]), json.loads(row[1]), row[2], row[3], row[4]) for row in found]
        cursor.execute("close answers_of_a_survey")


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
        "plain": one.plain,
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


__all__ = ["Counted", "characteristics", "fit", "parts_of", "read", "representation", "result_of", "weights_in_order"]
