"""Checks on categories: D06 to D11, D19 and D20."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from hearth.kernel.figures import (
    COUNT,
    JOINED,
    OTHER_WORDS,
    FigureSet,
    Joined,
    likely_set,
    plain_label,
    sentences,
    sets_for,
    topic_of_label,
)
from hearth.kernel.findings import Finding, Level
from hearth.reviews.rules.checks import words
from hearth.reviews.rules.checks.context import Context
from hearth.reviews.rules.checks.figures.profile import (
    NEGATIVE,
    PART,
    is_outside,
    listed,
    name,
    quote,
    read_profile,
    topics_of,
)
from hearth.reviews.rules.content import Content
from hearth.reviews.rules.form import Form

UNDEFINED = re.compile(r"^\W*(not applicable|n/?a|none of (the above|these)|misc\w*|various)\W*$", re.I)
SETS = "Category sets are data with a source and a date: the census and the harmonised standards"
UNKNOWN_AS_NO = "People who did not answer are not people who answered no (PROF-01)"
GAP = "Public Sector Equality Duty: due regard needs evidence, and a gap is to be named"
ONE_NAME = "No two categories of one characteristic have the same name (PROF-23)"
UNKNOWNS = "Unknown above the limit set: a conclusion of no impact is doubtful"


def category_sets(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """D06: a category joins what the law or the census keeps apart, or belongs to no category that is known."""
    for found in read_profile(content).wholes:
        said = [(joined, where) for joined in JOINED if (where := _joins(joined, found))]
        for joined, where in said:
            yield _warn("D06", f"{name(found)}: “{where}” {joined.says}.", where, joined.source)
        if not said and not is_outside(found):
            strange = _strange(found)
            if strange:
                known = sets_for(found.topic)[0]
                yield _warn(
                    "D06",
                    f"{name(found)}: {listed(f'“{s}”' for s in strange)} cannot be placed in {known.title}, so the "
                    "figures cannot be compared with it. Say which set of categories is used.",
                    listed(strange),
                    known.source,
                )


def _joins(joined: Joined, found: FigureSet) -> str:
    if joined.topic != found.topic:
        return ""
    places = sentences(found.text) if joined.anywhere else [f.label for f in found.members]
    for place in places:
        if all(re.search(pattern, place, re.I) for pattern in joined.all_of):
            return place
    return ""


def _strange(found: FigureSet) -> list[str]:
    """The labels that no known set of this characteristic has a place for; yes and no are always understood."""
    known = sets_for(found.topic)
    if not known or found.topic == "disability":
        return []
    labels = [f.label for f in found.members if f.label and not f.unknown and not UNDEFINED.match(f.label)]
    return [label for label in labels if not any(s.category_of(label) for s in known)]


def unknown_as_no(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """D07: a set makes 100 without anybody unknown, though the same records do not know others.

    Sex and age are left out: a tenancy record nearly always holds them. Outside statistics are left out too: a census
    fills in the questions that must be answered.
    """
    own = read_profile(content).own
    others = [s for s in own if s.has_unknown]
    for found in own:
        if found.topic in {"sex", "age"} or found.has_unknown or not found.complete:
            continue
        known = [s for s in others if s is not found]
        if known:
            counted = " Blanks may have been counted as “no”." if any(_negative(f.label) for f in found.members) else ""
            yield _warn(
                "D07",
                f"{name(found)} adds up to 100% with nobody unknown, though {listed(map(name, known))} "
                f"{'has' if len(known) == 1 else 'have'} unknowns.{counted} Show the unknowns as a row of their own.",
                quote(found),
                UNKNOWN_AS_NO,
            )


def _negative(label: str) -> bool:
    return bool(NEGATIVE.search(label))


def labels(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """D08: a heading that names another thing, or one kind of people in the singular beside another in the plural.

    It judges the landlord's own records, which the landlord can rename. An outside profile is quoted as published.
    """
    for found in read_profile(content).own:
        for pattern, topic, source in OTHER_WORDS:
            if found.topic == topic and re.search(pattern, found.heading.strip(), re.I):
                own = next((c.label for c in form.characteristics if topics_of(form)[c.code] == topic), topic)
                yield _warn(
                    "D08",
                    f"The figures headed “{found.heading}” are about {own.lower()}. Use the form's word, “{own}”.",
                    found.heading,
                    source,
                    suggestion=own,
                )
        one = [f.label for f in found.members if re.search(r"\b(wo)?man\b", f.label, re.I)]
        many = [f.label for f in found.members if re.search(r"\b(wo)?men\b", f.label, re.I)]
        if one and many:
            yield _warn(
                "D08",
                f"{name(found)}: “{one[0]}” and “{many[0]}” are worded in two ways. Word like categories alike.",
                f"{one[0]}; {many[0]}",
                SETS,
            )


def coverage(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """D09: characteristics of the form of which the profile holds no figure. Silent while the profile is empty."""
    profile = read_profile(content)
    answer = content.profile
    if not (answer.text.strip() or answer.tables or answer.snapshots or answer.statistics):
        return
    held = {s.topic for s in profile.sets if s.topic}
    held |= {topic_of_label(f.label) for s in profile.sets for f in s.figures if f.unit != COUNT and not s.topic}
    held |= {s.characteristic for s in answer.statistics if s.characteristic}
    held |= {s.characteristic for s in answer.snapshots if s.held and s.figures}
    topics = topics_of(form)
    lacking = [c for c in form.characteristics if c.code not in held and topics[c.code] not in held]
    if lacking:
        yield _warn(
            "D09",
            f"{words.opening(words.question(PART, form))} holds no figures on {listed(c.label for c in lacking)} "
            f"({len(lacking)} of {len(form.characteristics)}). Say where data could come from, or name the gap in "
            f"{words.question('gaps', form)}.",
            listed(c.label for c in lacking),
            GAP,
        )


def duplicates(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """D10: the same label twice in one set."""
    for found in (s for s in read_profile(content).sets if s.additive):
        seen: dict[str, str] = {}
        for figure in found.members:
            label = plain_label(figure.label)
            if label and label in seen:
                yield _warn(
                    "D10",
                    f"{name(found)}: “{figure.label}” stands there twice ({seen[label]} and {figure.printed}). "
                    "One of the two is another category, or the same figure was printed twice.",
                    f"{figure.label} {seen[label]}; {figure.label} {figure.printed}",
                    ONE_NAME,
                )
            seen.setdefault(label, figure.printed)


def missing_categories(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """D11: the set follows a known one of which a usual category is missing."""
    for found in read_profile(content).wholes:
        names = [f.label for f in found.members]
        known = likely_set(found.topic, names)
        missing = known.missing(names) if known else ()
        if known and missing:
            yield _warn(
                "D11",
                f"{name(found)} follows {known.title}, but has no figure for {listed(missing)}.",
                quote(found),
                known.source,
            )


def unknown_share(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """D19: so much of a set is unknown that little can be concluded from the rest."""
    limit = Decimal(str(context.unknown_limit))
    for found in (s for s in read_profile(content).sets if s.additive):
        unknown = [f for f in found.members if f.unknown]
        share = sum((f.value for f in unknown), Decimal(0))
        if share > limit:
            yield _warn(
                "D19",
                f"{name(found)}: {share}% is unknown, more than the {limit.normalize():f}% up to which a conclusion is "
                "drawn. Do not conclude from the rest that there is no impact; plan how to learn more.",
                "; ".join(f"{f.label} {f.printed}" for f in unknown),
                context.settings_source or UNKNOWNS,
            )


def undefined(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """D20: a category such as "Not applicable" among answers, which tells nobody who is meant."""
    for found in (s for s in read_profile(content).sets if s.additive):
        for figure in found.members:
            if UNDEFINED.match(figure.label):
                yield _warn(
                    "D20",
                    f"{name(found)}: it is not clear who is counted as “{figure.label}”. Define it, or count these "
                    "people where they belong.",
                    f"{figure.label} {figure.printed}",
                    SETS,
                )


def _warn(code: str, message: str, quoted: str, source: str, *, suggestion: str = "") -> Finding:
    return Finding(code, Level.WARN, message, PART, quoted, source, suggestion)
