"""Checks D01 to D21: the figures of a profile, judged as arithmetic and as data (reference 5.7)."""

from __future__ import annotations

from hearth.kernel.findings import Level
from hearth.reviews.rules.checks.catalogue import Check, Look
from hearth.reviews.rules.checks.figures import labels, sums, wording

PARTS = ("profile", "consultation")


def _check(code: str, title: str, source: str, looks: Look, level: Level = Level.WARN) -> Check:
    return Check(code=code, level=level, title=title, source=source, looks=looks, parts=PARTS)


FIGURE_CHECKS: tuple[Check, ...] = (
    _check("D01", "The parts of a whole do not make 100%", sums.SUM, sums.sums),
    _check("D02", "Age bands overlap, leave a gap or are uneven", wording.BANDS, wording.bands),
    _check("D03", "The base is not stated, or is the wrong one", sums.BASE, sums.bases),
    _check("D04", "The people in the figures do not add up to the base", sums.BASE, sums.counts),
    _check("D05", "Decimals are mixed, or more than the base carries", sums.PRECISION, sums.precision),
    _check("D06", "Categories join unlike things, or differ from known sets", labels.SETS, labels.category_sets),
    _check("D07", "People not known may be counted as “no”", labels.UNKNOWN_AS_NO, labels.unknown_as_no),
    _check("D08", "A label names another thing, or is worded in two ways", labels.SETS, labels.labels),
    _check("D09", "Characteristics without any figures", labels.GAP, labels.coverage),
    _check("D10", "The same label stands twice", labels.ONE_NAME, labels.duplicates),
    _check("D11", "A usual category is missing", labels.SETS, labels.missing_categories),
    _check("D12", "A mean is compared with a median", wording.AVERAGES, wording.averages),
    _check("D13", "Age bands are not in the order of age", wording.BANDS, wording.order, Level.INFORM),
    _check("D14", "A zero may be nobody or a few people", wording.ZERO, wording.zeros),
    _check("D15", "Words of order contradict the figures", wording.ORDER, wording.ranking),
    _check("D16", "The period in the text is not that of the source", wording.PERIOD, wording.periods),
    _check("D17", "Percentages without base, count or dated source", sums.BASE, sums.unbased),
    _check("D18", "The profile is of other people than those affected", wording.POPULATION, wording.population),
    _check("D19", "Too much is unknown to conclude from the rest", labels.UNKNOWNS, labels.unknown_share),
    _check("D20", "A category is not defined", labels.SETS, labels.undefined),
    _check("D21", "The profile cannot be compared with the earlier one", wording.LIKE, wording.comparable),
)

__all__ = ["FIGURE_CHECKS"]
