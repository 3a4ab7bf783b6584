"""Checks on bands, order, averages, periods and population: D02, D12 to D16, D18 and D21."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from hearth.kernel.figures import (
    PERCENT,
    Band,
    FigureSet,
    Printed,
    ages,
    missing_ages,
    off_grid,
    overlapping_ages,
    plain_label,
    read_band,
    read_spans,
    sets_for,
    uneven,
)
from hearth.kernel.findings import Finding, Level
from hearth.reviews.rules.checks.context import Context
from hearth.reviews.rules.checks.figures.profile import (
    NEGATIVE,
    OWN,
    PART,
    RESIDUAL,
    Profile,
    is_outside,
    listed,
    name,
    quote,
    read_profile,
)
from hearth.reviews.rules.content import Content
from hearth.reviews.rules.form import Form

BANDS = "Every age falls in one band, and bands can be compared with the census's five-year bands (PROF-06)"
AVERAGES = "A mean is not compared with a median (PROF-22)"
ZERO = "Office for National Statistics: [low] marks a figure that rounds to 0 and is not 0"
ORDER = "Words and figures say the same"
PERIOD = "A figure is quoted with the period of its source"
POPULATION = "Evidence is about the people whom the activity affects"
LIKE = "Figures are compared over time only on like bases, bands and categories (PROF-21)"


def bands(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """D02: bands of age that overlap, leave a gap, or are uneven and begin where no census band does."""
    for found in read_profile(content).wholes:
        read = _bands(found)
        if len(read) < 2:
            continue
        if twice := overlapping_ages(read):
            yield _warn("D02", f"{name(found)}: people aged {ages(twice)} fall in two bands.", quote(found), BANDS)
        if none := missing_ages(read):
            yield _warn("D02", f"{name(found)}: people aged {ages(none)} fall in no band.", quote(found), BANDS)
        off = off_grid(read)
        if off and not twice:
            odd = uneven(read)
            widths = f" The bands are uneven: {listed(f'{b} ({b.width} years)' for b in odd)}." if odd else ""
            yield _warn(
                "D02",
                f"{name(found)}: the bands {listed(str(b) for b in off)} begin where no five-year band of the census "
                f"does, so the figures cannot be compared with it.{widths}",
                quote(found),
                BANDS,
            )


def _bands(found: FigureSet) -> tuple[Band, ...]:
    if found.topic not in {"age", ""}:
        return ()
    return tuple(band for f in found.members if not f.unknown and (band := read_band(f.label)))


def averages(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """D12: a mean compared with a median."""
    for found in read_profile(content).sets:
        kinds = {a.kind for a in found.averages}
        if len(kinds) > 1 and "median" in kinds:
            other = "mean" if "mean" in kinds else "kind of average that is not named"
            yield _warn(
                "D12",
                f"{name(found)}: a median is compared with a {other}. "
                "They are different kinds of average. Use the same kind for both.",
                "; ".join(a.printed for a in found.averages),
                AVERAGES,
            )


def order(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """D13: bands of age that are not in the order of age."""
    for found in read_profile(content).wholes:
        read = list(_bands(found))
        if len(read) > 2 and read != sorted(read) and read != sorted(read, reverse=True):
            message = f"{name(found)}: the bands are not in the order of age. In that order they are easier to compare."
            yield Finding("D13", Level.INFORM, message, PART, quote(found), BANDS)


def zeros(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """D14: a printed zero that may be nobody or a few people."""
    for found in read_profile(content).sets:
        for figure in found.figures:
            if figure.unit == PERCENT and figure.value == 0:
                yield _warn(
                    "D14",
                    f"{name(found)}: “{figure.printed}” for “{figure.label}” may mean nobody, or so few that it rounds "
                    "to zero. Say which; the usual mark for few is [low].",
                    f"{figure.label} {figure.printed}",
                    ZERO,
                )


def ranking(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """D15: words of order ("followed by", "the largest") that the figures contradict."""
    for found in read_profile(content).sets:
        figures = [f for f in found.figures if f.unit == PERCENT and not f.within]
        wrong = _out_of_chain(figures) or _not_the_largest(figures)
        if wrong:
            better, worse = wrong
            yield _warn(
                "D15",
                f"{name(found)}: the figures contradict the order in which the words put the groups: {worse.printed} "
                f"stands before {better.printed}. Order them by their figures.",
                better.context,
                ORDER,
            )


def _out_of_chain(figures: list[Printed]) -> tuple[Printed, Printed] | None:
    """The first pair (larger, smaller) in which a chain of "followed by" passes over a larger figure."""
    start = next((i for i, f in enumerate(figures) if "followed by" in f.context.lower()), None)
    if start is None:
        return None
    sentence = figures[start].context
    chain = [f for f in figures if f.context == sentence]
    opens = re.match(r"\W*(this|these|they)\b.{0,20}followed by", sentence, re.I)
    if opens and start:
        chain = [figures[start - 1], *chain]
    for before, after in pairwise(chain):
        if after.value > before.value and not RESIDUAL.search(after.label) and not after.unknown:
            return after, before
    later = figures[figures.index(chain[-1]) + 1 :]
    for figure in later:
        if figure.unknown or NEGATIVE.search(figure.label):
            continue
        smaller = next((f for f in chain if f.value < figure.value and not RESIDUAL.search(f.label)), None)
        if smaller:
            return figure, smaller
    return None


def _not_the_largest(figures: list[Printed]) -> tuple[Printed, Printed] | None:
    for figure in figures:
        alone = sum(f.context == figure.context for f in figures) == 1
        if alone and re.search(r"\bthe (largest|biggest|highest|most common)\b(?! of)", figure.context, re.I):
            larger = next((f for f in figures if f.value > figure.value and not f.unknown), None)
            if larger:
                return larger, figure
    return None


def periods(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """D16: a sentence gives its figures another period than their source has.

    Where the section names the source's own period as well, a figure for an earlier period may stand beside it.
    """
    for found in read_profile(content).sets:
        sourced = read_spans(found.source_text)
        if not sourced:
            continue
        near = read_spans(found.around)
        for span in read_spans(" ".join(dict.fromkeys(f.context for f in found.figures))):
            if any(span.same(s) for s in sourced):
                continue
            overlaps = any(span.first < s.last and s.first < span.last for s in sourced)
            named = any(n.same(s) for n in near for s in sourced)
            if overlaps or not named:
                yield _warn(
                    "D16",
                    f"{name(found)}: the text says “{span.printed}”, the source is for “{sourced[0].printed}”. "
                    "Check which period the figures belong to.",
                    found.source_text,
                    PERIOD,
                )
                break


def population(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """D18: the only profile is of the people of a place, though the activity affects the landlord's own people."""
    profile = read_profile(content)
    affected = " ".join([content.affected.text, *content.affected.groups])
    outside = [s for s in profile.wholes if is_outside(s) and s.topic]
    if outside and not profile.own and OWN.search(affected.replace("_", " ")):
        yield _warn(
            "D18",
            f"The profile ({listed(map(name, outside))}) is of the population of an area. The activity affects "
            f"{listed(m.lower() for m in OWN.findall(affected.replace('_', ' ')))}. Give their profile, or say that it "
            "is not held.",
            outside[0].source_text or outside[0].population,
            POPULATION,
        )


def comparable(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """D21: the profile cannot be compared with that of the latest earlier review that has one of the same people."""
    now = read_profile(content)
    for neighbour in context.earlier:
        then = read_profile(neighbour.content)
        if not then.own or not now.own:
            continue
        changed = _changes(then, now)
        if changed:
            yield _warn(
                "D21",
                f"The profile cannot be compared with that of {neighbour.year} ({neighbour.title}): "
                f"{'; '.join(changed)}. Say so where a change over time is described.",
                neighbour.title,
                LIKE,
            )
        return


def _changes(then: Profile, now: Profile) -> list[str]:
    changed = []
    before, after = _base(then), _base(now)
    if before != after and (before or after):
        changed.append(f"the base was {before or 'not stated'} and is {after or 'not stated'}")
    old = {s.topic: s for s in then.own if s.topic}
    banded, differ = [], []
    for found in now.own:
        earlier = old.get(found.topic)
        if not earlier:
            continue
        if _bands(found) and _bands(earlier):
            if set(_bands(found)) != set(_bands(earlier)):
                banded.append(name(found))
        elif found.topic != "sex" and _categories(found) != _categories(earlier):
            differ.append(name(found))
    if banded:
        changed.append(f"the bands of {listed(banded)} differ")
    if differ:
        changed.append(f"the categories of {listed(differ)} differ")
    return changed


def _base(profile: Profile) -> str:
    for found in profile.own:
        if found.base:
            kind = "homes" if found.base_homes else "people"
            return f"{kind} (“{found.basis}”)" if found.basis else kind
    return ""


def _categories(found: FigureSet) -> set[str]:
    """The categories of a set by the names of a known one, so that wording alone makes no difference."""
    named = set()
    for label in (f.label for f in found.members if not f.unknown):
        known = (s.category_of(label) for s in sets_for(found.topic))
        category = next((c.label for c in known if c), "")
        named.add(category or plain_label(label))
    return named


def _warn(code: str, message: str, quoted: str, source: str) -> Finding:
    return Finding(code, Level.WARN, message, PART, quoted, source)
