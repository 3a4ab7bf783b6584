"""Percentages of a weighted survey with errors that know the weighting (reference 1.4 and 2.1; SUR-17).

Pure; numpy. An answer is a whole number: one of `scale` is in the base, anything else (no answer, "not applicable/
don't know", filtered out) is outside it. The error is that of R's survey package: linearised, from the residuals of
what the weights were fitted to, with the finite population correction. Its alternatives are asked for by name:
`Sample.as_fixed()` takes the weights as given, `fpc=False` leaves the correction out, and `weighting.unweighted(…)`
counts everybody alike.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from hearth.kernel.refusals import Refused
from hearth.surveys.rules.weighting.coding import Coded, Floats, Ints
from hearth.surveys.rules.weighting.samples import Sample

Answers = NDArray[np.signedinteger]

TOP = (4, 5)
SCALE = (1, 2, 3, 4, 5)
FEW_ANSWERS = 30  # below this, and below FEW_EITHER_WAY answers on either side, the interval is a rough guide
FEW_EITHER_WAY = 5
MOST_AT_ONCE = 2_000_000  # cells times groups that are counted in one table


@dataclass(frozen=True)
class Estimate:
    """A percentage and how sure it is. `se`, `low`, `high` and `margin` are in percentage points.

    `base` is the number of answers, `weighted_base` and `weighted_count` the sums of their weights. All but these are
    None where nobody is in the base. `design_effect` is None where it has no meaning (everybody gives the same answer).
    `errors` names the standard error in words; `warnings` say where it is a rough guide only.
    """

    base: int
    count: int
    weighted_base: float
    weighted_count: float
    pct: float | None
    se: float | None
    low: float | None
    high: float | None
    margin: float | None
    design_effect: float | None
    errors: str
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class GroupEstimate:
    """A percentage within one group of respondents."""

    variable: str
    category: str
    estimate: Estimate


def estimate(
    sample: Sample,
    answers: Answers | Ints,
    *,
    top: Collection[int] = TOP,
    scale: Collection[int] = SCALE,
    within: NDArray[np.bool_] | None = None,
    fpc: bool = True,
    level: float = 0.95,
) -> Estimate:
    """The percentage whose answer is in `top` among those whose answer is in `scale` (and who are `within`).

    `answers` has one whole number a response, in the order of the sample; `level` is the confidence of the interval.
    """
    classes = _classes(answers, scale, top)
    if within is not None:
        classes = np.where(within, classes, -1)
    return _share(sample, sample.tabulate(classes, 2), fpc=fpc, level=level)


def estimates_by_group(
    sample: Sample,
    answers: Answers | Ints,
    group: Coded,
    *,
    top: Collection[int] = TOP,
    scale: Collection[int] = SCALE,
    fpc: bool = True,
    level: float = 0.95,
) -> tuple[GroupEstimate, ...]:
    """The same percentage in each category of a variable, in the order of its categories."""
    classes, size = _classes(answers, scale, top), len(group.categories)
    if len(group) != len(classes):
        raise Refused(f"{group.name} and the answers are of different numbers of responses.", field=group.name)
    if len(sample.counts) * size > MOST_AT_ONCE:
        tables = (sample.tabulate(np.where(group.codes == at, classes, -1), 2) for at in range(size))
    else:
        joint = np.where((classes >= 0) & (group.codes >= 0), group.codes * 2 + classes, -1)
        whole = sample.tabulate(joint, 2 * size)
        tables = (whole[:, 2 * at : 2 * at + 2] for at in range(size))
    return tuple(
        GroupEstimate(group.name, category, _share(sample, table, fpc=fpc, level=level))
        for category, table in zip(group.categories, tables, strict=True)
    )


def distribution(
    sample: Sample,
    answers: Answers | Ints,
    *,
    scale: Sequence[int] = SCALE,
    fpc: bool = True,
    level: float = 0.95,
) -> tuple[tuple[int, Estimate], ...]:
    """The percentage of each answer of the scale, among all answers of the scale."""
    classes = np.full(len(answers), -1, dtype=np.intp)
    for at, value in enumerate(scale):
        classes[np.asarray(answers) == value] = at
    table = sample.tabulate(classes, len(scale))
    whole = table.sum(axis=1)
    return tuple(
        (value, _share(sample, np.column_stack([whole - table[:, at], table[:, at]]), fpc=fpc, level=level))
        for at, value in enumerate(scale)
    )


@lru_cache(maxsize=8)
def quantile(level: float) -> float:
    """How many standard errors an interval of this confidence reaches to each side: 1.959964 for 0.95."""
    if not 0 < level < 1:
        raise Refused("The confidence of an interval is between 0 and 1, like 0.95.", field="level")
    return NormalDist().inv_cdf(0.5 + level / 2)


def _classes(answers: Answers | Ints, scale: Collection[int], top: Collection[int]) -> Ints:
    """0: in the base; 1: in the base and in the top; -1: outside."""
    if not set(top) <= set(scale):
        raise Refused("An answer that counts must be one of the scale.", field="top")
    given = np.asarray(answers)
    low, high = min(scale), max(scale)
    if high - low > 1000:
        raise Refused("A scale has at most a thousand steps.", field="scale")
    book = np.full(high - low + 3, -1, dtype=np.intp)  # the first and the last are everything beyond the scale
    for value in scale:
        book[value - low + 1] = int(value in top)
    return book[np.clip(given.astype(np.intp) - low + 1, 0, len(book) - 1)]


def _share(sample: Sample, table: Floats, *, fpc: bool, level: float) -> Estimate:
    """From a table by cell of (not counted, counted) to the share that is counted."""
    sums = table.sum(axis=0)
    base, count = int(sums.sum()), int(sums[1])
    masses = sample.weights @ table
    whole, part = float(masses.sum()), float(masses[1])
    errors = f"{sample.name}, {'with' if fpc else 'without'} finite population correction"
    if not base or whole <= 0:
        return Estimate(base, count, whole, part, None, None, None, None, None, None, errors, ("Nobody answered.",))
    share = part / whole
    variance = sample.variance(table, np.asarray([-share, 1 - share]) / whole, fpc=fpc)
    error = float(np.sqrt(max(variance, 0.0)))
    reach = quantile(level) * error
    return Estimate(
        base,
        count,
        whole,
        part,
        100 * share,
        100 * error,
        100 * (share - reach),
        100 * (share + reach),
        100 * reach,
        _design_effect(variance, share, base, whole),
        errors,
        _warnings(base, count),
    )


def _design_effect(variance: float, share: float, base: int, whole: float) -> float | None:
    """The variance beside that of a simple random sample of as many answers from as many people (R's `deff=TRUE`)."""
    if base < 2 or base >= whole or not 0 < share < 1:
        return None
    plain = share * (1 - share) / (base - 1) * (1 - base / whole)
    return variance / plain


def _warnings(base: int, count: int) -> tuple[str, ...]:
    if base < FEW_ANSWERS:
        return (f"Only {base} answered: the interval is a rough guide.",)
    if min(count, base - count) < FEW_EITHER_WAY:
        return ("Nearly everybody answered alike: the interval is a rough guide.",)
    return ()
