"""Every published figure worked out again from the counts beside it (reference 1.4, 1.5 and 2.1).

perception  100 · (very satisfied + fairly satisfied) / (sum of the five answers)
management  100 · n/d, or 1,000 · n/d for rates per thousand homes
sample      the size that the accuracy of the population's band needs, and the margin that was reached
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from hearth.kernel.samples import Band, accuracy_for, margin, required_sample
from hearth.performance.rules.cells import Code, Value, number, text
from hearth.performance.rules.dictionary import SCALE
from hearth.performance.rules.measures import METHODS, Measure, Tenure, in_order, measure_of
from hearth.performance.rules.reading import Return, Workbook

REQUIRED, MARGIN, UNWEIGHTED = "required sample", "margin", "TP01 unweighted"
QUANTITY_WORDS = {
    REQUIRED: "Required minimum sample",
    MARGIN: "Margin of error",
    UNWEIGHTED: "TP01 from unweighted counts",
}
_DUTY = {"LCRA": Tenure.LCRA, "LCHO": Tenure.LCHO, "COMB": Tenure.COMBINED, "": Tenure.ALL}


class Family(StrEnum):
    """Figures that one edition prints in one way, so that its rounding can be told from all of them."""

    PERCEPTION = "perception"
    MANAGEMENT = "management"
    REQUIRED = "required"
    MARGIN = "margin"
    UNWEIGHTED = "unweighted"


@dataclass(frozen=True)
class Figure:
    """One published figure with what it comes from and what it comes to."""

    provider: str
    tenure: Tenure
    quantity: str  # a measure's code, or REQUIRED, MARGIN, UNWEIGHTED
    family: Family
    published: float | None
    why_none: Code | None  # why there is no published figure
    numerator: float | None
    denominator: float | None
    computed: float | None
    sheet: str = ""
    row: int = 0
    weighted: bool = False  # counts are sums of weights, printed rounded

    @property
    def value(self) -> float | None:
        """The figure to compare landlords by: as published, none where there was nothing to divide by.

        One edition prints 0 where a count is zero or was not given; such a 0 is no result.
        """
        return None if self.computed is None else self.published


@dataclass(frozen=True)
class Survey:
    """What a landlord says of its survey of one tenure."""

    provider: str
    tenure: Tenure
    population: int | None
    responses: int | None
    required: float | None  # as published
    margin: float | None  # as published, percentage points
    excluded: int | None  # households left out of the sample frame (paragraph 63)
    census: bool | None
    by_method: dict[str, int]  # only methods that were used
    tp01_by_method: dict[str, float]
    by_method_weighted: bool | None
    weighted: bool | None
    characteristics: tuple[str, ...]
    counts: tuple[float, ...]  # TP01, five answers, weighted where weighted
    unweighted: tuple[float, ...]  # TP01, five answers
    unweighted_percent: float | None
    contractor: str = ""

    def shares(self) -> dict[str, float]:
        """The mix of methods, in per cent of all answers by any method."""
        whole = sum(self.by_method.values())
        return {method: 100 * count / whole for method, count in self.by_method.items()} if whole else {}


def figures(workbook: Workbook, bands: Sequence[Band]) -> tuple[Figure, ...]:
    """Every figure of the workbook that can be checked, with what it comes to."""
    return tuple(figure for one in workbook.returns for figure in _figures_of(one, bands))


def _figures_of(one: Return, bands: Sequence[Band]) -> Iterator[Figure]:
    published = [key for key in one.values if key.measure and key.part == "published"]
    for code in in_order(key.measure for key in published):
        for key in published:
            if key.measure == code:
                tenure = one.tenure or _DUTY[key.tenure]
                measure = measure_of(code)
                parts = _answers(one, code) if measure.perception else _counted(one, code, key.tenure)
                yield _figure(one, tenure, measure, one.values[key], parts)
    if one.tenure:
        yield from _sample(one, one.tenure, bands)


def _answers(one: Return, code: str) -> tuple[float | None, float | None]:
    """The satisfied and all who answered on the scale; "don't know" is in neither (reference 1.4)."""
    counts = [number(one.get(code, part)) for part in SCALE]
    known = [count for count in counts if count is not None]
    if len(known) < len(counts):
        return None, None
    return known[0] + known[1], sum(known)


def _counted(one: Return, code: str, tenure: str) -> tuple[float | None, float | None]:
    return number(one.get(code, "numerator", tenure)), number(one.get(code, "denominator", tenure))


def _figure(
    one: Return, tenure: Tenure, measure: Measure, said: Value, parts: tuple[float | None, float | None]
) -> Figure:
    numerator, denominator = parts
    computed = measure.per * numerator / denominator if numerator is not None and denominator else None
    family = Family.PERCEPTION if measure.perception else Family.MANAGEMENT
    return Figure(
        one.provider, tenure, measure.code, family, number(said), said if isinstance(said, Code) else None,
        numerator, denominator, computed, one.sheet, one.row,
        weighted=measure.perception and bool(_either(one.fact("weighted"), "yes", "no")),
    )  # fmt: skip


def _sample(one: Return, tenure: Tenure, bands: Sequence[Band]) -> Iterator[Figure]:
    """The sample's size and margin, and TP01 from the unweighted counts."""
    population, responses = number(one.fact("population")), number(one.fact("responses"))
    need = reached = None
    if population:
        need = required_sample(int(population), accuracy_for(int(population), bands))
        reached = margin(int(population), responses) if responses else None
    counts = unweighted(one)
    share = 100 * (counts[0] + counts[1]) / sum(counts) if counts and sum(counts) else None
    told = (
        (REQUIRED, Family.REQUIRED, "required", None, population, need),
        (MARGIN, Family.MARGIN, "margin", responses, population, reached),
        (UNWEIGHTED, Family.UNWEIGHTED, "unweighted published", counts[0] + counts[1] if counts else None,
         sum(counts) if counts else None, share),
    )  # fmt: skip
    for quantity, family, part, numerator, denominator, computed in told:
        said = one.fact(part)
        if said is None and computed is None:
            continue
        code = said if isinstance(said, Code) else None
        yield Figure(
            one.provider, tenure, quantity, family, number(said), code, numerator, denominator, computed, one.sheet,
            one.row,
        )  # fmt: skip


def unweighted(one: Return) -> tuple[float, ...]:
    """TP01's five unweighted counts; none where they were not asked for or not all given."""
    known = [count for part in SCALE if (count := number(one.fact(f"unweighted {part}"))) is not None]
    return tuple(known) if len(known) == len(SCALE) else ()


def survey(one: Return) -> Survey:
    """What a return says of the survey behind it."""

    def count(part: str) -> int | None:
        found = number(one.fact(part))
        return None if found is None else round(found)

    used = {method: count(f"by {method.lower()}") for method in METHODS}
    satisfied = {method: number(one.fact(f"tp01 {method.lower()}")) for method in METHODS}
    counts = [found for part in SCALE if (found := number(one.get("TP01", part))) is not None]
    named = [text(one.fact(f"characteristic {n}")) for n in range(1, 6)]
    return Survey(
        provider=one.provider,
        tenure=one.tenure or Tenure.ALL,
        population=count("population"),
        responses=count("responses"),
        required=number(one.fact("required")),
        margin=number(one.fact("margin")),
        excluded=count("excluded"),
        census=_either(one.fact("census"), "census", "sample"),
        by_method={method: found for method, found in used.items() if found},
        tp01_by_method={method: found for method, found in satisfied.items() if found is not None},
        by_method_weighted=_either(one.fact("by method basis"), "weighted", "unweighted"),
        weighted=_either(one.fact("weighted"), "yes", "no"),
        characteristics=tuple(name for name in named if name),
        counts=tuple(counts) if len(counts) == len(SCALE) else (),
        unweighted=unweighted(one),
        unweighted_percent=number(one.fact("unweighted published")),
        contractor=text(one.fact("contractor")),
    )


def _either(said: Value, yes: str, no: str) -> bool | None:
    answer = text(said).lower()
    return True if answer.startswith(yes) else False if answer.startswith(no) else None
