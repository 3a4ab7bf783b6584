"""What the answers of a survey come to: for each question its base, distribution, groups and ways of answering.

Figures are exact and unrounded here; what may be shown of them is decided in `hearth.surveys.rules.treating`. A
percentage is of those whose answer counts: "not applicable", "prefer not to say" and no answer are outside the base
(reference 1.4; SUR-17). Pure; numpy.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from hearth.surveys.rules.columns import CHOSEN, SEVERAL, Columns, in_base
from hearth.surveys.rules.estimates import Estimate, GroupEstimate, distribution, estimate, estimates_by_group
from hearth.surveys.rules.estimates_tsm import CODES, FILTERED, measure
from hearth.surveys.rules.instrument import Question, said
from hearth.surveys.rules.kinds import Mode, QuestionKind
from hearth.surveys.rules.population import NAMES, UNKNOWN
from hearth.surveys.rules.weighting.coding import Coded
from hearth.surveys.rules.weighting.samples import Sample

Plain = dict[str, Any]

BEST = 2  # how many answers of a five-point scale are good ones: the first two
POINTS = 5
FEW_BY_MODE = 50  # the regulator hides results by a method with fewer responses (reference 1.2, [S])
MOST_GROUPS = 30  # a trait with more categories is too fine for a table


@dataclass(frozen=True)
class Part:
    """The responses of one kind of stock, or all: with the sample that gives their weights.

    `known` says whether the sample speaks for a population, so that it has margins of error; `plain` is the same
    without weights.
    """

    columns: Columns
    sample: Sample
    plain: Sample
    known: bool = True


def questions_of(part: Part) -> list[Plain]:
    """Every question with what was answered, in order."""
    groups = list(groupings(part.columns))
    return [_question(part, question, section, groups) for question, section in part.columns.questions]


def groupings(columns: Columns) -> Iterator[tuple[str, str, bool, Coded]]:
    """By what results are told apart: key, words, whether it is sensitive, and each response's group."""
    for name in sorted(columns.traits):
        coded = columns.trait(name)
        if 1 < len([one for one in coded.categories if one != UNKNOWN]) <= MOST_GROUPS:
            yield name, NAMES.get(name, name.replace("_", " ").capitalize()), False, _ordered(coded)
    for question, _ in columns.questions:
        if question.characteristic and question.kind in CHOSEN:
            words = f"{question.characteristic.replace('_', ' ').capitalize()}, as they say themselves"
            yield question.code, words, True, columns.answer(question)


def _ordered(coded: Coded) -> Coded:
    """Categories by the alphabet, with what is not known left out."""
    names = sorted(name for name in coded.categories if name != UNKNOWN)
    book = np.full(len(coded.categories) + 1, -1, dtype=np.intp)
    for at, name in enumerate(coded.categories):
        if name != UNKNOWN:
            book[at] = names.index(name)
    return Coded(coded.name, tuple(names), book[coded.codes])


def _question(part: Part, question: Question, section: str, groups: Sequence[tuple[str, str, bool, Coded]]) -> Plain:
    found: Plain = {
        "code": question.code,
        "kind": str(question.kind),
        "words": said(question.words),
        "section": section,
        "sensitive": bool(question.characteristic),
        "locked": question.locked,
        "only_if": [question.only_if.question, list(question.only_if.codes)] if question.only_if else None,
    }
    put = part.columns.put(question)
    found["asked"] = int(put.sum())
    if question.kind in CHOSEN:
        return found | _choice(part, question, put, groups)
    if question.kind in SEVERAL:
        return found | _several(part, question, put)
    if question.kind is QuestionKind.NUMBER:
        return found | _number(part, question, put)
    given = int((part.columns.arrays[question.code] >= 0).sum())
    return found | {"base": given, "no_answer": max(int(put.sum()) - given, 0)}


def _choice(part: Part, question: Question, put: Any, groups: Sequence[tuple[str, str, bool, Coded]]) -> Plain:
    raw = np.where(put, part.columns.arrays[question.code], -1)
    counted = in_base(question)
    answers = part.columns.answer(question).codes
    answers = np.where(put, answers, -1)
    whole = distribution(part.sample, answers, scale=range(len(counted))) if counted else ()
    outside = [
        {"code": option.code, "words": said(option.words), "n": int((raw == at).sum())}
        for at, option in enumerate(question.options)
        if option.missing
    ]
    found: Plain = {
        "base": int((answers >= 0).sum()),
        "outside": outside,
        "no_answer": int((put & (raw < 0)).sum()),
        "options": [
            {"code": option.code, "words": said(option.words), "n": one.count, **_figures(part, one)}
            for (_, option), (_, one) in zip(counted, whole, strict=True)
        ],
    }
    if question.kind is QuestionKind.SCALE and len(counted) == POINTS:
        found |= _satisfied(part, question, answers, groups)
    return found


def _satisfied(part: Part, question: Question, answers: Any, groups: Sequence[tuple[str, str, bool, Coded]]) -> Plain:
    """The two best answers of five: in all, by group and by way of answering."""
    scale, top = range(POINTS), range(BEST)
    best = [said(option.words) for _, option in in_base(question)[:BEST]]
    whole = estimate(part.sample, answers, top=top, scale=scale)
    plain = estimate(part.plain, answers, top=top, scale=scale)
    by_mode = estimates_by_group(part.sample, answers, part.columns.mode(), top=top, scale=scale)
    return {
        "top": {"words": " or ".join(best), "n": whole.count, "base": whole.base, **_figures(part, whole)},
        "unweighted": {"n": plain.count, "base": plain.base, **_figures(part, plain)},
        "modes": [
            {"mode": one.category, "words": Mode(one.category).label, **_line(part, one)}
            for one in by_mode
            if one.estimate.base
        ],
        "groups": [
            {
                "trait": name,
                "words": words,
                "sensitive": sensitive,
                "lines": [
                    {"category": one.category, **_line(part, one)}
                    for one in estimates_by_group(part.sample, answers, coded, top=top, scale=scale)
                ],
            }
            for name, words, sensitive, coded in groups
            if coded.name != question.code
        ],
    }


def _several(part: Part, question: Question, put: Any) -> Plain:
    """Several choices: the share of those who answered that chose each; a rank: that put it first."""
    arrays = [part.columns.arrays[f"{question.code}/{option.code}"] for option in question.options]
    given = put & (arrays[0] >= 0) if arrays else put
    outside = np.zeros(len(put), dtype=bool)
    for option, array in zip(question.options, arrays, strict=True):
        if option.missing:
            outside |= array > 0
    base = given & ~outside
    ranked = question.kind is QuestionKind.RANK
    lines = []
    for option, array in zip(question.options, arrays, strict=True):
        if option.missing:
            continue
        chosen = np.where(base, (array == 1) if ranked else (array > 0), -1).astype(np.intp)
        one = estimate(part.sample, chosen, top=(1,), scale=(0, 1))
        lines.append({"code": option.code, "words": said(option.words), "n": one.count, **_figures(part, one)})
    return {
        "base": int(base.sum()),
        "outside": [],
        "no_answer": int((put & ~given).sum()),
        "options": lines,
        "share_of": "put it first" if ranked else "chose it",
    }


def _number(part: Part, question: Question, put: Any) -> Plain:
    """A number: its weighted average. Neither the lowest nor the highest, which is one person's answer."""
    values = part.columns.arrays[question.code]
    there = put & ~np.isnan(values)
    weights = part.sample.row_weights[there]
    mean = float((values[there] * weights).sum() / weights.sum()) if there.any() and weights.sum() else None
    return {"base": int(there.sum()), "no_answer": int((put & ~there).sum()), "mean": mean}


def _figures(part: Part, one: Estimate) -> Plain:
    """The percentage; with its error where the sample speaks for a population."""
    error = (one.se, one.margin) if part.known else (None, None)
    return {"pct": one.pct, "se": error[0], "margin": error[1], "weighted": one.weighted_count}


def _line(part: Part, one: GroupEstimate) -> Plain:
    return {"base": one.estimate.base, "n": one.estimate.count, **_figures(part, one.estimate)}


# --- the tenant satisfaction measures


def measures_of(part: Part) -> list[Plain]:
    """TP01 to TP12 as far as they were asked, as the return has them (reference 1.4 and 2.2; SUR-18)."""
    book = {question.code: question for question, _ in part.columns.questions if question.locked}
    found = []
    for code in CODES:
        question = book.get(code)
        if question is None or not part.columns.put(question).any():
            continue
        filtered = book.get(question.only_if.question) if question.only_if and code in FILTERED else None
        answers = tsm_codes(part.columns, question)
        asked = filter_codes(part.columns, filtered) if filtered else None
        one = measure(code, answers, sample=scaled(part.sample), filtered=asked)
        plain = measure(code, answers, filtered=asked)
        found.append(
            {
                "code": code,
                "words": said(question.words),
                "scale": list(one.scale),
                "counts": [int(number) for number in plain.scale],
                "not_applicable": one.not_applicable,
                "no_answer": one.no_answer,
                "filter": filtered.code if filtered else "",
                "yes": one.yes,
                "no": one.no,
                "filter_unknown": one.filter_unknown,
                "base": one.responses_in_base,
                "pct": one.pct,
                "printed": one.printed,
                "margin": one.estimate.margin if one.estimate and part.known else None,
                "unweighted_pct": plain.pct,
                "modes": _by_mode(part, answers, asked) if code == "TP01" else [],
            }
        )
    return found


def scaled(sample: Sample) -> Sample:
    """The same sample with weights whose average is one, as the return's counts are: they add up to the responses."""
    from dataclasses import replace

    factor = sample.responses / float(sample.row_weights.sum())
    return replace(sample, weights=sample.weights * factor)


def tsm_codes(columns: Columns, question: Question) -> Any:
    """Answers as `estimates_tsm` has them: 5 best to 1 worst, 0 not applicable, -1 nothing (also: refused)."""
    book = np.full(len(question.options) + 1, -1, dtype=np.int8)
    for at, (place, _) in enumerate(in_base(question)):
        book[place] = POINTS - at
    for at, option in enumerate(question.options):
        if option.missing and not option.silent:
            book[at] = 0
    return book[columns.arrays[question.code]]


def filter_codes(columns: Columns, question: Question) -> Any:
    """Answers to a filter question: 1 yes, 2 no, 3 do not know, -1 nothing."""
    book = np.full(len(question.options) + 1, -1, dtype=np.int8)
    for at, option in enumerate(question.options):
        book[at] = {"yes": 1, "no": 2}.get(option.code, 3)
    return book[columns.arrays[question.code]]


def _by_mode(part: Part, answers: Any, asked: Any) -> list[Plain]:
    """TP01 by method, as weighted as the whole is, hidden under 50 responses as the regulator does (reference 1.2)."""
    mode = part.columns.mode()
    found = []
    for one in estimates_by_group(part.sample, np.asarray(answers), mode, top=(5, 4), scale=(5, 4, 3, 2, 1)):
        responses = int((mode.codes == mode.categories.index(one.category)).sum())
        few = responses < FEW_BY_MODE
        found.append(
            {
                "mode": one.category,
                "words": Mode(one.category).label,
                "responses": responses,
                "base": one.estimate.base,
                "pct": None if few else one.estimate.pct,
                "suppressed": few,
            }
        )
    return found
