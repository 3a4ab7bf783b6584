"""Checks on sums, bases, counts and precision: D01, D03, D04, D05 and D17."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from hearth.kernel.counts.percent import exactly_recoverable, recover
from hearth.kernel.figures import COUNT, PERCENT, FigureSet, Printed
from hearth.kernel.findings import Finding, Level
from hearth.reviews.rules.checks.context import Context
from hearth.reviews.rules.checks.figures.profile import (
    OWN,
    PART,
    is_outside,
    listed,
    name,
    quote,
    read_profile,
)
from hearth.reviews.rules.content import Content
from hearth.reviews.rules.form import Form

SUM = "A set of percentages makes 100 within half a unit of each figure's last decimal (PROF-12)"
BASE = "A percentage is of a stated base, and of the people it speaks of (PROF-13, PROF-16)"
PRECISION = "One precision in one set, and no more decimals than the base carries (NHS Digital 2018)"
STUDY = re.compile(r"\b(survey|research|report(ed)?|statistics|study|assessment|census|ONS|CSEW|data from)\b")
ONE_PERSON = re.compile(
    r"\b(tenant (1|one)|first[- ]named|lead tenant|main tenant|sole tenant|heads? of households?)", re.I
)


def sums(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """D01: the parts do not make 100, or the parts of a part make more than it."""
    for found in read_profile(content).wholes:
        if not found.complete:
            rest = 100 - found.total
            gap = f"{abs(rest)}% is missing" if rest > 0 else f"{abs(rest)}% is too much"
            mended = repair(found)
            said = f" If only one figure is wrong, “{mended[0].printed}” may stand for {mended[1]}%." if mended else ""
            yield _finding(
                "D01",
                f"{name(found)}: the figures add up to {found.total}%, not to 100% ({gap}; rounding explains at most "
                f"{found.tolerance.normalize():f}). Check them against the source.{said}",
                quote(found),
                SUM,
                suggestion=f"{mended[1]}%" if mended else "",
            )
    for found in read_profile(content).sets:
        yield from _parts(found)


def _parts(found: FigureSet) -> Iterator[Finding]:
    for parent in found.members:
        children = tuple(f for f in found.figures if f.within and f.within in {parent.label, parent.printed})
        group = FigureSet(found.heading, tuple(_top(f) for f in children))
        allowed = group.tolerance + Decimal(5).scaleb(-parent.decimals - 1)
        if children and not group.complete and group.total > parent.value + allowed:
            yield _finding(
                "D01",
                f"{name(found)}: the parts of “{parent.label}” add up to {group.total}%, which is more than the "
                f"{parent.printed} that they are parts of. Check them against the source.",
                quote(group),
                SUM,
            )


def _top(figure: Printed) -> Printed:
    return Printed(figure.label, figure.value, figure.decimals, figure.printed, figure.unit)


def repair(found: FigureSet) -> tuple[Printed, str] | None:
    """The one figure that a slip of the pen explains, with the value that would make 100; None if none or several.

    A digit lost or doubled, or two changed places, is likelier than one digit typed for another.
    """
    ranked: dict[int, list[tuple[Printed, str]]] = {}
    for figure in found.members:
        value = 100 - (found.total - figure.value)
        wanted = f"{value:.{figure.decimals}f}" if value > 0 else ""
        typed = figure.printed.rstrip("% ").replace(",", "")
        if wanted and Decimal(wanted) == value:
            ranked.setdefault(_slip(typed, wanted), []).append((figure, wanted))
    for rank in (1, 2):
        if rank in ranked:
            return ranked[rank][0] if len(ranked[rank]) == 1 else None
    return None


def _slip(typed: str, wanted: str) -> int:
    """1 for a digit lost, doubled or moved, 2 for one digit typed for another, 9 for more than that."""
    pairs = ((typed, wanted), (wanted, typed))
    if any(longer[:i] + longer[i + 1 :] == shorter for longer, shorter in pairs for i in range(len(longer))):
        return 1
    if len(typed) != len(wanted):
        return 9
    differ = [i for i in range(len(typed)) if typed[i] != wanted[i]]
    if len(differ) == 2 and differ[1] == differ[0] + 1 and typed[differ[0]] == wanted[differ[1]]:
        return 1 if typed[differ[1]] == wanted[differ[0]] else 9
    return 2 if len(differ) == 1 else 9


def bases(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """D03: the base is not stated, counts homes, leaves people out, or is one that the figures do not fit."""
    own = read_profile(content).own
    homes = [s for s in own if s.base_homes]
    if homes:
        yield _finding(
            "D03",
            f"The percentages of {listed(map(name, homes))} are about people, but the only number given is "
            f"{homes[0].base_printed} {homes[0].base_words}. State how many people they are a percentage of.",
            f"{homes[0].base_printed} {homes[0].base_words}",
            BASE,
        )
    narrow = [s for s in own if ONE_PERSON.search(s.basis)]
    if narrow:
        yield _finding(
            "D03",
            f"The figures are “{narrow[0].basis}” data: one person for each tenancy. Joint tenants and other members "
            "of the household are left out, so this is not the whole tenant population. Say so beside the figures.",
            narrow[0].basis,
            BASE,
        )
    bare = [s for s in own if s.base is None and not any(f.unit == COUNT for f in s.figures)]
    if bare:
        yield _finding(
            "D03",
            f"No base is given for {listed(map(name, bare))}. State the number of people that the percentages rest on.",
            quote(bare[0]),
            BASE,
        )
    for found in own:
        misfits = [f for f in found.members if found.base and not recover(f.value, found.base)]
        if misfits:
            yield _finding(
                "D03",
                f"{name(found)}: no whole number of people out of {found.base_printed} gives "
                f"{listed(f.printed for f in misfits)}. Check the base.",
                quote(found),
                BASE,
            )


def counts(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """D04: the people whom the figures stand for do not add up to the base."""
    for found in read_profile(content).wholes:
        if not found.base:
            continue
        ranges = [recover(f.value, found.base) for f in found.members]
        if not all(ranges):
            continue  # D03 speaks of the base
        least, most = sum(r[0] for r in ranges), sum(r[-1] for r in ranges)
        if least <= found.base <= most:
            continue
        short = abs(2 * found.base - least - most) // 2
        word = "missing" if found.base > most else "too many"
        yield _finding(
            "D04",
            f"{name(found)}: the percentages stand for {_between(least, most)} of {found.base_printed}, so about "
            f"{short:,} are {word}. Say who they are, or add a row for those not known.",
            quote(found),
            BASE,
        )
    for found in read_profile(content).sets:
        yield from _printed_counts(found)


def _printed_counts(found: FigureSet) -> Iterator[Finding]:
    numbers = [int(f.value) for f in found.figures if f.unit == COUNT]
    if found.additive and not found.text and len(numbers) > 1 and found.base and sum(numbers) != found.base:
        yield _finding(
            "D04",
            f"{name(found)}: the counts add up to {sum(numbers):,}, not to the base of {found.base_printed}. "
            "Say who is missing, or mend the count that is wrong.",
            "; ".join(f"{f.label} {f.printed}" for f in found.figures if f.unit == COUNT),
            BASE,
        )


def _between(least: int, most: int) -> str:
    return f"{least:,}" if least == most else f"between {least:,} and {most:,}"


def precision(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """D05: figures of one profile with different decimals, or with more decimals than the base carries."""
    profile = read_profile(content)
    mixed = [s for s in profile.wholes if len({f.decimals for f in s.members}) > 1]
    own = {f.decimals for s in profile.own for f in s.members}
    if mixed or len(own) > 1:
        named = mixed or list(profile.own)
        yield _finding(
            "D05",
            f"Figures with different numbers of decimals stand side by side ({listed(map(name, named))}). "
            "Print all figures that are compared with the same number.",
            "; ".join(_one_of_each(named)),
            PRECISION,
        )
    fine = [s for s in profile.own if _too_fine(s)]
    if fine:
        deep = max(f.decimals for s in fine for f in s.members)
        yield _finding(
            "D05",
            f"{deep} decimals on a base of {fine[0].base_printed} say more than the figures can bear: "
            f"{Decimal(1).scaleb(-deep)}% is less than one person. Print "
            f"{'whole per cents' if deep == 1 else f'at most {deep - 1} decimal' + ('s' if deep > 2 else '')}.",
            quote(fine[0]),
            PRECISION,
        )


def _too_fine(found: FigureSet) -> bool:
    counted = any(f.unit == COUNT for f in found.figures)  # the counts stand beside the shares
    deep = max((f.decimals for f in found.members), default=0)
    return bool(found.base) and deep > 0 and exactly_recoverable(deep, found.base or 0) and not counted


def _one_of_each(sets: list[FigureSet]) -> list[str]:
    seen: dict[int, str] = {}
    for figure in (f for s in sets for f in s.members):
        seen.setdefault(figure.decimals, figure.printed)
    return list(seen.values())


def unbased(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """D17: percentages with neither base nor count, and no source whose period would let a reader look them up.

    The landlord's own profile without a base is D03's.
    """
    profile = read_profile(content)
    found: dict[str, list[Printed]] = {}
    for figures in profile.sets:
        shares = [f for f in figures.figures if f.unit == PERCENT]
        if not shares or figures.base or _can_be_looked_up(figures) or figures in profile.own:
            continue
        found.setdefault(name(figures), []).extend(shares)
    for heading, shares in found.items():
        printed = listed(f.printed for f in shares[:4]) + (" and others" if len(shares) > 4 else "")
        yield _finding(
            "D17",
            f"{heading}: nothing says what number {printed} {'is' if len(shares) == 1 else 'are'} a percentage of. "
            "Give the base or the count, or a dated source.",
            shares[0].context,
            BASE,
        )


def _can_be_looked_up(figures: FigureSet) -> bool:
    """Whether the figures are another body's, from a source with a year: behind the text, or named in it."""
    named = figures.around or figures.text if STUDY.search(figures.around or figures.text) else ""
    census = figures.source if "census" in figures.source.lower() else ""
    dated = re.search(r"\b(19|20)\d\d\b", f"{figures.source_text} {census} {named}")
    return bool(dated) and (is_outside(figures) or not OWN.search(figures.population))


def _finding(code: str, message: str, quoted: str, source: str, *, suggestion: str = "") -> Finding:
    return Finding(code, Level.WARN, message, PART, quoted, source, suggestion)
