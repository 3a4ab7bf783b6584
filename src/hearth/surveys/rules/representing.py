"""Whether those who answered are like the population: by characteristic, with a test, in words (reference 2.2).

Item e of the summary of survey approach must say how representative the responses are and by which characteristics that
was judged; weights follow from it. Pure Python.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, lgamma, log

from hearth.kernel.refusals import Refused

LIKELY = 0.05  # below this chance a difference is hardly luck
NOTABLE = 3.0  # percentage points from which a difference is worth a weight


@dataclass(frozen=True)
class Line:
    """One category: those who answered beside the population, in numbers and per cent."""

    category: str
    responses: int
    population: float
    achieved: float
    expected: float

    @property
    def points(self) -> float:
        """How many points more of the responses than of the population."""
        return self.achieved - self.expected


@dataclass(frozen=True)
class Represented:
    """One characteristic: its lines, the test and what follows. `p` is None where nothing can be tested."""

    trait: str
    words: str
    lines: tuple[Line, ...]
    statistic: float
    freedom: int
    p: float | None
    advised: bool
    sentence: str
    plain: str  # the same without any figure, for where few answered
    nobody: tuple[str, ...]  # categories of the population of whom nobody answered
    unknown: int  # responses that do not say


def represented(
    trait: str, words: str, responses: Mapping[str, int], population: Mapping[str, float], *, unknown: int = 0
) -> Represented:
    """How the responses compare with the population by one characteristic.

    `population` are the households (people) in each category, `responses` the answers; categories that only responses
    have are refused. The test is Pearson's, allowing for the share of the population that answered. Raises Refused.
    """
    strange = [name for name in responses if name not in population and responses[name]]
    if strange:
        raise Refused(f"{words}: “{strange[0]}” is not in the population.", field=trait)
    number, whole = sum(responses.values()), sum(population.values())
    if not number or whole <= 0:
        raise Refused(f"{words}: nobody's answer can be compared with the population.", field=trait)
    lines = tuple(
        Line(
            name,
            responses.get(name, 0),
            households,
            100 * responses.get(name, 0) / number,
            100 * households / whole,
        )
        for name, households in population.items()
        if households > 0
    )
    left = max(1 - number / whole, 0)  # what of the population did not answer: with everybody's answer nothing is luck
    statistic = sum((line.achieved - line.expected) ** 2 / line.expected for line in lines) * number / 100
    freedom = len(lines) - 1
    p = None
    if freedom > 0:
        p = chance(statistic / left, freedom) if left > 0 else (1.0 if statistic == 0 else 0.0)
    nobody = tuple(line.category for line in lines if not line.responses)
    most = max(lines, key=lambda line: abs(line.points))
    advised = p is not None and p < LIKELY and abs(most.points) >= NOTABLE
    sentence, plain = (_sentence(words, most, p, advised, nobody, told=told) for told in (True, False))
    return Represented(trait, words, lines, statistic, freedom, p, advised, sentence, plain, nobody, unknown)


def _sentence(words: str, most: Line, p: float | None, advised: bool, nobody: Sequence[str], *, told: bool) -> str:
    missing = f" Nobody of “{'”, “'.join(nobody)}” answered." if nobody else ""
    if p is None:
        return f"{words}: there is one group only, so nothing can be compared.{missing}"
    apart = ""
    if told:
        apart = (
            f" “{most.category}” is {most.achieved:.1f}% of the responses and {most.expected:.1f}% of the population."
        )
    if advised:
        return f"{words}: the responses are not like the population.{apart} Weighting is advised.{missing}"
    if p < LIKELY:
        return f"{words}: the differences are small, though not luck.{apart} Weighting is not needed.{missing}"
    return f"{words}: the responses are like the population; the largest difference may be luck.{apart}{missing}"


def chance(statistic: float, freedom: int) -> float:
    """The chance of a chi-squared figure as large or larger: the upper regularised incomplete gamma function."""
    if freedom < 1 or statistic < 0:
        raise Refused("A chi-squared figure is 0 or more, with one degree of freedom or more.")
    shape, x = freedom / 2, statistic / 2
    if x == 0:
        return 1.0
    scale = exp(-x + shape * log(x) - lgamma(shape))
    if x < shape + 1:  # by its series
        term = total = 1 / shape
        at = shape
        while abs(term) > abs(total) * 1e-16:
            at += 1
            term *= x / at
            total += term
        return max(0.0, 1 - scale * total)
    tiny = 1e-300  # by its continued fraction (Lentz)
    b = x + 1 - shape
    c, d = 1 / tiny, 1 / b
    whole = d
    for step in range(1, 10_000):
        a = -step * (step - shape)
        b += 2
        d = 1 / ((a * d + b) or tiny)
        c = (b + a / c) or tiny
        change = d * c
        whole *= change
        if abs(change - 1) < 1e-16:
            break
    return scale * whole
