"""The perception measures TP01 to TP12 from coded answers (tenant satisfaction measures, reference 1.4; SUR-18).

A measure is 100 × (the two best answers) / (all five answers of the scale). "Not applicable/ don't know", no answer,
and whoever the filter question sends past are outside the base. Where responses are weighted each count is a sum of
weights, and the formula the same. Nothing is rounded until it is printed, to one decimal place as the regulator does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import numpy as np

from hearth.kernel.refusals import Refused
from hearth.surveys.rules.estimates import Answers, Estimate, estimate
from hearth.surveys.rules.weighting.coding import Floats, Ints
from hearth.surveys.rules.weighting.samples import Sample

# An answer's code, best first: very satisfied (strongly agree) 5 to very dissatisfied (strongly disagree) 1.
SCALE = (5, 4, 3, 2, 1)
TOP = (5, 4)
NOT_APPLICABLE = 0  # "Not applicable/ don't know", where it is offered
NO_ANSWER = -1
YES, NO, DONT_KNOW = 1, 2, 3  # filter questions; -1 where nothing was said

FILTERED = ("TP02", "TP03", "TP09", "TP10")
WITH_NOT_APPLICABLE = ("TP05", "TP06", "TP07", "TP08", "TP11", "TP12")
CODES = tuple(f"TP{number:02}" for number in range(1, 13))


@dataclass(frozen=True)
class Measure:
    """One perception measure as the return asks for it: sums of weights, and the percentage with its error.

    `scale` has the counts of the five answers, best first; `yes` and `no` those of the filter question (None without).
    `pct` is unrounded, None where nobody is in the base.
    """

    code: str
    scale: tuple[float, float, float, float, float]
    not_applicable: float
    no_answer: float
    yes: float | None
    no: float | None
    filter_unknown: float | None
    responses_in_base: int
    pct: float | None
    estimate: Estimate | None

    @property
    def numerator(self) -> float:
        """The two best answers."""
        return self.scale[0] + self.scale[1]

    @property
    def denominator(self) -> float:
        """All five answers of the scale."""
        return sum(self.scale)

    @property
    def filter_share(self) -> float | None:
        """The percentage that the filter lets in, of those who said yes or no."""
        if self.yes is None or self.no is None or self.yes + self.no == 0:
            return None
        return 100 * self.yes / (self.yes + self.no)

    @property
    def printed(self) -> str:
        """The percentage to one decimal place, rounded once; "[U]" with a base of 0, as the regulator has it."""
        return "[U]" if self.pct is None else f"{printed(self.pct)}"


def percentage(counts: Sequence[float]) -> float | None:
    """100 × (first two) / (all five), best answer first; None with a base of 0 (reference 1.4)."""
    if len(counts) != 5 or min(counts) < 0:
        raise Refused("A measure has five counts of 0 or more, the best answer first.", field="counts")
    whole = sum(counts)
    return 100 * (counts[0] + counts[1]) / whole if whole else None


def printed(pct: float) -> Decimal:
    """A percentage to one decimal place, halves up; first to nine places, so that 72.35 is not 72.3499…97."""
    fine = Decimal(pct).quantize(Decimal("1e-9"), rounding=ROUND_HALF_UP)
    return fine.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def measure(
    code: str,
    answers: Answers | Ints,
    *,
    sample: Sample | None = None,
    filtered: Answers | Ints | None = None,
) -> Measure:
    """One measure from coded answers, one a response (`SCALE`, `NOT_APPLICABLE`, `NO_ANSWER`; reference 1.4).

    `sample` holds the weights (none: everybody counts 1, and no error is given). `filtered` are the answers to the
    filter question (`YES`, `NO`, `DONT_KNOW`, -1) of TP02, TP03, TP09 and TP10: only who said yes can be in the base.
    Without them (a survey firm's file may not hold them) every answer counts.
    """
    if code not in CODES:
        raise Refused(f"{code} is no perception measure.", field="code")
    if filtered is not None and code not in FILTERED:
        raise Refused(f"{code} has no filter question.", field=code)
    given = np.asarray(answers)
    if given.size and (given.min() < NO_ANSWER or given.max() > SCALE[0]):
        raise Refused(f"{code}: an answer must be 1 to 5, or 0 or -1 where it does not count.", field=code)
    if code not in WITH_NOT_APPLICABLE and (given == NOT_APPLICABLE).any():
        raise Refused(f"{code} does not offer “Not applicable/ don't know”.", field=code)
    weights: Floats = np.ones(len(given)) if sample is None else sample.row_weights
    if len(weights) != len(given):
        raise Refused(f"{code}: there are {len(given):,} answers for {len(weights):,} responses.", field=code)
    asked = np.ones(len(given), dtype=bool)
    yes = no = unknown = None
    if filtered is not None:
        said = np.asarray(filtered)
        if len(said) != len(given):
            raise Refused(f"{code}: there are {len(said):,} filter answers for {len(given):,}.", field=code)
        asked = said == YES
        yes, no = float(weights[asked].sum()), float(weights[said == NO].sum())
        unknown = float(weights[(said != YES) & (said != NO)].sum())
    counts = np.bincount(given[asked] + 1, weights[asked], minlength=len(SCALE) + 2).tolist()
    five = (counts[6], counts[5], counts[4], counts[3], counts[2])
    return Measure(
        code=code,
        scale=five,
        not_applicable=counts[1],
        no_answer=counts[0],
        yes=yes,
        no=no,
        filter_unknown=unknown,
        responses_in_base=int((asked & (given >= 1)).sum()),
        pct=percentage(five),
        estimate=None if sample is None else estimate(sample, given, top=TOP, scale=SCALE, within=asked),
    )
