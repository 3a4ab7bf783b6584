"""Traps that landlords' own returns have fallen into, as warnings (reference 4.5). They ask; they decide nothing."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from hearth.kernel.findings import Finding, Level
from hearth.kernel.samples import Band, accuracy_for, required_sample, top_of_band
from hearth.performance.rules.cells import number
from hearth.performance.rules.measures import TENURE_WORDS, Tenure, measure_of, year_words
from hearth.performance.rules.reading import Workbook
from hearth.performance.rules.recompute import Figure, Survey, figures, survey
from hearth.performance.rules.standard import CENSUS_ENOUGH, bands_of

SAFETY = ("BS01", "BS02", "BS03", "BS04", "BS05")
RATES = ("NM01(1)", "CH01(1)", "CH01(2)")
SOURCE = "Seen in returns that were published (reference tenant-satisfaction-measures, 4.5 no. {})"
RETURN = "The regulator's return, as published"


@dataclass(frozen=True)
class Limits:
    """From where on a change is worth a question."""

    fall: float = 50  # per cent by which a denominator falls
    rate: float = 2  # times by which a rate rises or falls
    mix: float = 10  # percentage points by which the share of a method changes
    mode: float = 5  # percentage points between methods' satisfaction


@dataclass(frozen=True)
class Year:
    """What one workbook says of one landlord."""

    year: int
    figures: Mapping[tuple[str, Tenure], Figure]
    surveys: Mapping[Tenure, Survey]
    facts: Mapping[str, float] = field(default_factory=dict)  # repairs raised, extensions and the like


@dataclass(frozen=True)
class Printed:
    """What a landlord's own page says, typed in by an officer, so that it can be held against the return."""

    what: str  # one of PRINTED
    number: float
    where: str = ""


PRINTED = {
    "responses": "Responses to the survey",
    "minimum": "Minimum sample",
    "excluded": "Households left out of the sample",
    "stage one": "Stage one complaints",
    "stage two": "Stage two complaints",
}
FACTS = ("repairs raised", "repairs completed", "repairs closed otherwise", "repairs outstanding")


def year_of(workbook: Workbook, code: str) -> Year:
    """Everything that a workbook says of one landlord."""
    own = Workbook(
        workbook.name, workbook.year, workbook.version, workbook.providers,
        tuple(one for one in workbook.returns if one.provider == code), (), (),
    )  # fmt: skip
    found = {(one.quantity, one.tenure): one for one in figures(own, bands_of(workbook.year))}
    surveys = {one.tenure: survey(one) for one in own.returns if one.tenure}
    return Year(workbook.year, found, surveys, facts(own).get(code, {}))


def facts(workbook: Workbook) -> dict[str, dict[str, float]]:
    """What landlords say besides their measures, by landlord: repairs raised, answers within an extension."""
    found: dict[str, dict[str, float]] = {}
    for one in workbook.of(None):
        for key, value in one.values.items():
            known = number(value)
            if known is not None and (key.part in FACTS or key.part.endswith(" extension")):
                name = f"{key.measure} {key.part} {key.tenure}".strip() if key.measure else key.part
                found.setdefault(one.provider, {})[name] = known
    return found


def warnings(
    now: Year,
    before: Year | None = None,
    *,
    bands: Sequence[Band],
    limits: Limits = Limits(),
    printed: Sequence[Printed] = (),
) -> list[Finding]:
    """Every question that a landlord's figures of a year give rise to, those of another year beside them."""
    found = [*_whole_stock(now), *_parts(now), *_repairs(now)]
    for one in now.surveys.values():
        found += [*_survey(one, bands), *_weights(one), *_methods(one, limits)]
    if before is not None:
        found += [*_falls(now, before, limits), *_rates(now, before, limits), *_mix(now, before, limits)]
    return [*found, *_against_page(now, printed, bands)]


def _warn(code: str, message: str, part: str = "", *, quote: str = "", no: int = 0, suggestion: str = "",
          level: Level = Level.WARN) -> Finding:  # fmt: skip
    return Finding(code, level, message, part, quote, SOURCE.format(no) if no else RETURN, suggestion)


def _falls(now: Year, before: Year, limits: Limits) -> Iterator[Finding]:
    """Homes counted as blocks or lifts: the denominator of a safety check falls sharply."""
    for code in SAFETY:
        new, old = now.figures.get((code, Tenure.ALL)), before.figures.get((code, Tenure.ALL))
        if new is None or old is None or new.denominator is None or not old.denominator:
            continue
        share = 100 * (1 - new.denominator / old.denominator)
        if share >= limits.fall:
            yield _warn(
                "M01",
                f"{code}: the number of homes fell by {share:.0f}% in a year. The measure counts homes, not blocks or "
                "lifts: check that homes were counted.",
                code, no=1,
                quote=f"{old.denominator:,.0f} in {year_words(before.year)}, {new.denominator:,.0f} in "
                f"{year_words(now.year)}",
            )  # fmt: skip


def _whole_stock(now: Year) -> Iterator[Finding]:
    """Every home said to need a check that few landlords' every home needs."""
    stock = {
        figure.denominator
        for (code, _), figure in now.figures.items()
        if code in ("NM01(1)", "CH01(1)") and figure.denominator
    }
    for code in SAFETY:
        figure = now.figures.get((code, Tenure.ALL))
        if figure is not None and figure.denominator and figure.denominator in stock:
            yield _warn(
                "M02",
                f"{code}: the homes that needed the check are all homes there are. Check that homes which need none, "
                "such as those without gas, were left out.",
                code, no=2, quote=f"{figure.denominator:,.0f} homes",
            )  # fmt: skip


def _parts(now: Year) -> Iterator[Finding]:
    """A part larger than its whole, and answers in time that do not add up."""
    for (code, tenure), figure in now.figures.items():
        measure = measure_of(code)
        if measure.per == 100 and figure.denominator and (figure.numerator or 0) > figure.denominator:
            yield _warn("M03", f"{code}: more homes or cases counted than there are.", code,
                        quote=f"{figure.numerator:,.0f} of {figure.denominator:,.0f}")  # fmt: skip
        parts = [now.facts.get(f"{code} {way} extension {tenure.value}") for way in ("without", "with")]
        if None not in parts and figure.numerator is not None:
            total = sum(part or 0 for part in parts)
            if total != figure.numerator:
                yield _warn(
                    "M04",
                    f"{code}: answers in time without and with an extension come to {total:,.0f}, not "
                    f"{figure.numerator:,.0f}. Answers within an extension count as in time.",
                    code,
                )


def _repairs(now: Year) -> Iterator[Finding]:
    """Repairs raised less completed are those closed otherwise and those outstanding; and RP02 is of completed."""
    raised, completed, closed, open_ = (now.facts.get(name) for name in FACTS)
    if None not in (raised, completed, closed, open_):
        left, told = (raised or 0) - (completed or 0), (closed or 0) + (open_ or 0)
        quote = (
            f"{raised:,.0f} raised, {completed:,.0f} completed, {closed:,.0f} closed otherwise, "
            f"{open_:,.0f} outstanding"
        )
        if told and left == 0:
            message = (
                f"As many repairs were completed as were raised, and yet {told:,.0f} were closed otherwise or are "
                "outstanding. Check that repairs raised were counted."
            )
            yield _warn("M05", message, "RP02(1)", no=9, quote=quote)
        elif left != told:
            message = (
                f"Repairs raised less completed leave {left:,.0f}, but {told:,.0f} were closed otherwise or are "
                "outstanding. "
            ) + (
                "Repairs carried over from the year before may explain it."
                if told > left else f"What became of {left - told:,.0f} repairs is not said."
            )  # fmt: skip
            yield _warn("M05", message, "RP02(1)", no=9, quote=quote, level=Level.INFORM if told > left else Level.WARN)
    both = [now.figures.get((code, Tenure.ALL)) for code in ("RP02(1)", "RP02(2)")]
    counts = [one.denominator for one in both if one is not None and one.denominator is not None]
    if completed is not None and len(counts) == 2 and sum(counts) != completed:
        yield _warn("M06", f"Non-emergency and emergency repairs come to {sum(counts):,.0f}, but {completed:,.0f} "
                    "repairs were completed.", "RP02(1)")  # fmt: skip


def _survey(one: Survey, bands: Sequence[Band]) -> Iterator[Finding]:
    """The sample's size, and counts of answers that contradict each other."""
    where = TENURE_WORDS[one.tenure]
    if one.population and one.responses:
        need = math.ceil(required_sample(one.population, accuracy_for(one.population, bands)) - 1e-9)
        if one.responses < need:
            enough = bool(one.census) and one.population <= CENSUS_ENOUGH
            yield _warn(
                "M07",
                f"The survey ({where}) has {one.responses:,} answers; {need:,} are needed for "
                f"{one.population:,} households. "
                + ("A census is enough for a landlord of this size." if enough else "The reason must be published."),
                "TP01", level=Level.INFORM if enough else Level.WARN,
            )  # fmt: skip
    by_method = sum(one.by_method.values())
    if by_method and one.responses and by_method != one.responses:
        yield _warn("M08", f"Answers by method ({where}) come to {by_method:,}, not {one.responses:,}.", "TP01")
    answered = sum(one.unweighted) or (0 if one.weighted else sum(one.counts))
    if one.responses and answered > one.responses:
        yield _warn("M09", f"TP01 ({where}) has {answered:,.0f} answers, more than the {one.responses:,} responses.",
                    "TP01")  # fmt: skip


def _weights(one: Survey) -> Iterator[Finding]:
    """Said to be weighted, and yet the weighted counts are the unweighted ones."""
    if one.weighted and one.counts and one.counts == one.unweighted:
        named = f" (by {', '.join(one.characteristics).lower()})" if one.characteristics else ""
        yield _warn(
            "M10",
            f"The results ({TENURE_WORDS[one.tenure]}) are said to be weighted{named}, but the weighted and unweighted "
            "counts of TP01 are identical. Check which counts the percentages were made from.",
            "TP01", no=3,
        )  # fmt: skip


def _methods(one: Survey, limits: Limits) -> Iterator[Finding]:
    """Every method above the whole (or all below) is impossible on one basis; and methods that differ much."""
    answered = {method: value for method, value in one.tp01_by_method.items() if one.by_method.get(method)}
    if not answered or not sum(one.counts):
        return
    whole = 100 * (one.counts[0] + one.counts[1]) / sum(one.counts)
    known = set(answered) == set(one.by_method)
    figures = ", ".join(f"{method} {value:g}%" for method, value in answered.items())
    low, high = min(answered.values()), max(answered.values())
    if known and (low > whole + 0.1 or high < whole - 0.1):
        side = "above" if low > whole else "below"
        yield _warn(
            "M11",
            f"TP01 ({TENURE_WORDS[one.tenure]}) is {side} the overall {whole:.1f}% by every method, which cannot be on "
            "one basis: the methods and the whole were worked out differently.",
            "TP01", quote=figures, no=3,
        )  # fmt: skip
    elif len(answered) > 1 and high - low >= limits.mode:
        yield _warn(
            "M12",
            f"TP01 ({TENURE_WORDS[one.tenure]}) differs by {high - low:.1f} points between methods. Show the mix of "
            "methods beside any trend.",
            "TP01", quote=figures, no=11, level=Level.INFORM,
        )  # fmt: skip


def _rates(now: Year, before: Year, limits: Limits) -> Iterator[Finding]:
    """A rate that doubles or halves: more recording, or more cases? It wants a commentary."""
    for (code, tenure), new in now.figures.items():
        old = before.figures.get((code, tenure))
        if code not in RATES or old is None or not new.computed or not old.computed:
            continue
        change = max(new.computed / old.computed, old.computed / new.computed)
        if change >= limits.rate:
            yield _warn(
                "M13",
                f"{code}: {measure_of(code).name.lower()} went from {old.computed:.1f} to {new.computed:.1f} per 1,000 "
                "homes. Was more recorded, or did more happen? Write a commentary.",
                code, no=8,
            )  # fmt: skip


def _mix(now: Year, before: Year, limits: Limits) -> Iterator[Finding]:
    """The mix of methods changed: part of a trend may be the method."""
    for tenure, new in now.surveys.items():
        old = before.surveys.get(tenure)
        if old is None:
            continue
        new_mix, old_mix = new.shares(), old.shares()
        moved = {method: new_mix.get(method, 0.0) - old_mix.get(method, 0.0) for method in sorted({*new_mix, *old_mix})}
        large = {method: points for method, points in moved.items() if abs(points) >= limits.mix}
        if large and new_mix and old_mix:
            yield _warn(
                "M14",
                f"How people answered ({TENURE_WORDS[tenure]}) changed since {year_words(before.year)}, so part of any "
                "change in satisfaction may come from the method.",
                "TP01", no=11,
                quote="; ".join(
                    f"{method} {old_mix.get(method, 0):.0f}% to {new_mix.get(method, 0):.0f}%" for method in large
                ),
            )  # fmt: skip


def _against_page(now: Year, printed: Sequence[Printed], bands: Sequence[Band]) -> Iterator[Finding]:
    """What the landlord's own page says against what it told the regulator."""
    main = now.surveys.get(Tenure.LCRA) or now.surveys.get(Tenure.COMBINED)
    told: dict[str, float | None] = {
        "responses": main.responses if main else None,
        "excluded": main.excluded if main else None,
    }
    for what, code in (("stage one", "CH01(1)"), ("stage two", "CH01(2)")):
        cases = [figure.numerator for (one, _), figure in now.figures.items() if one == code and figure.numerator]
        told[what] = sum(cases) if cases else None
    numbers = {"responses": 4, "excluded": 5, "stage one": 6, "stage two": 6}
    for one in printed:
        where = f" ({one.where})" if one.where else ""
        if one.what == "minimum" and main and main.population:
            yield from _minimum(one, main.population, bands, where)
        elif (said := told.get(one.what)) is not None and said != one.number:
            hint = (
                " A page may cover leaseholders or other matters, which the measure leaves out."
                if one.what.startswith("stage") else ""
            )  # fmt: skip
            yield _warn(
                "M15",
                f"{PRINTED[one.what]}: your page{where} says {one.number:,.0f}, the return {said:,.0f}.{hint}",
                "TP01" if one.what in ("responses", "excluded") else "CH01(1)", no=numbers[one.what],
            )  # fmt: skip


def _minimum(one: Printed, population: int, bands: Sequence[Band], where: str) -> Iterator[Finding]:
    """The minimum that is printed is often that of the band's top."""
    exact = math.ceil(required_sample(population, accuracy_for(population, bands)) - 1e-9)
    if one.number == exact:
        return
    top = top_of_band(population, bands)
    at_top = top and math.ceil(required_sample(top, accuracy_for(top, bands)) - 1e-9) == one.number
    why = f" It is the number for {top:,} households, the top of the band." if at_top else ""
    yield _warn(
        "M16",
        f"Your page{where} gives {one.number:,.0f} as the minimum sample; for {population:,} households it is "
        f"{exact:,}.{why}",
        "TP01", no=4,
    )  # fmt: skip
