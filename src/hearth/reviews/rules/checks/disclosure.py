"""Checks S01 to S03: figures that give people away, in the profile and in every other text of a review.

No message says how many people a figure stands for, only that they are fewer than the threshold: a finding is read by
more people than the exact table is. What a reader can work out is judged by `hearth.kernel.counts.printed`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hearth.kernel.counts.percent import exactly_recoverable, recover
from hearth.kernel.counts.printed import Exposure, safe_to_print
from hearth.kernel.figures import (
    COUNT,
    PERCENT,
    SENSITIVE,
    FigureSet,
    Printed,
    choose_base,
    read_sets,
    topic_of,
    topic_of_label,
)
from hearth.kernel.findings import Finding, Level
from hearth.reviews.rules.checks.catalogue import Check
from hearth.reviews.rules.checks.context import Context
from hearth.reviews.rules.checks.figures.profile import (
    OWN,
    PART,
    Profile,
    is_official,
    is_outside,
    listed,
    name,
    read_profile,
)
from hearth.reviews.rules.content import Content
from hearth.reviews.rules.form import Form

THRESHOLD = "Small numbers: fewer than ten of a sensitive characteristic are not published (PROF-26; ONS, NHS Digital)"
EXACT = "A percentage with d decimals of a base under 10^(d+2) gives back the exact count (reference 5.5)"
SECONDARY = "Secondary suppression: what is hidden must not be given back by the rest of its block (reference 5.5)"


@dataclass(frozen=True)
class Exposed:
    """One block or text with the figures in it that stand for too few people."""

    name: str
    part: str
    figures: tuple[Printed, ...]
    exact: tuple[Printed, ...]
    threshold: int
    judged: Exposure | None = None


def exposed(content: Content, context: Context) -> Iterator[Exposed]:
    """Everything that gives back a number of people under the threshold. Outside statistics are left out."""
    profile = read_profile(content)
    for found in profile.sets:
        if not is_outside(found):
            yield from _in_set(found, PART, profile, context)
    for part, text in _texts(content):
        for found in read_sets(text, profile.setting):
            if not is_outside(found):
                yield from _in_set(found, part, profile, context)


def _texts(content: Content) -> Iterator[tuple[str, str]]:
    """The other free texts of a review: question 6 on, and both columns of every row."""
    yield "consultation", content.consultation.text
    yield "gaps", content.gaps.text
    yield "explanation", content.explanation.text
    yield "partners", content.partners.text
    yield "comments", content.comments.text
    for impact in content.impacts:
        yield f"impacts.{impact.characteristic}", f"{impact.positive}\n{impact.negative}"


def _in_set(found: FigureSet, part: str, profile: Profile, context: Context) -> Iterator[Exposed]:
    small: list[Printed] = []
    exact: list[Printed] = []
    threshold = _threshold(found.topic, context)
    judged = _judged(found, threshold)
    for figure in found.figures:
        if figure.unknown:
            continue  # not to be known says nothing about a person
        limit = threshold if found.topic else _threshold(_topic(figure), context)
        if figure.unit == COUNT:
            if 0 < figure.value < limit and _counts_people(found, figure):
                small.append(figure)
                exact.append(figure)
            continue
        base = found.base or _base_near(found, figure, profile)
        possible = recover(figure.value, base) if base else range(0)
        if base and figure.value > 0 and possible and possible[-1] < limit:
            small.append(figure)
            if len(possible) == 1 or exactly_recoverable(figure.decimals, base):
                exact.append(figure)
    if small:
        yield Exposed(name(found), part, tuple(small), tuple(exact), threshold, judged)


def _judged(found: FigureSet, threshold: int) -> Exposure | None:
    """What the whole block gives away, where it is a whole with a known base."""
    members = [(f.label, f.value) for f in found.members]
    if not (found.additive and found.base and len(members) > 1):
        return None
    judged = safe_to_print(members, found.base, threshold)
    return judged if judged.fits else None


def _base_near(found: FigureSet, figure: Printed, profile: Profile) -> int | None:
    """The base of the profile, for a percentage in running text that is said to be of the landlord's own people."""
    said_of_us = OWN.search(found.population) and not is_official(found)
    if found.additive or not said_of_us or not (found.topic or _topic(figure)):
        return None
    base = choose_base(profile.setting.bases, found.population)
    return base.value if base and not base.homes else None


def _topic(figure: Printed) -> str:
    return topic_of_label(figure.label) or topic_of(figure.label) or topic_of_label(figure.context)


def _counts_people(found: FigureSet, figure: Printed) -> bool:
    """Whether a count is of people with a characteristic, not of people who were asked or came to a meeting."""
    if found.additive and not found.text:
        return True
    near = figure.context[max(0, figure.context.find(figure.printed) - 10) :][:160]
    return topic_of_label(near) in SENSITIVE and not re.search(r"\b(attended|interviewed|invited|consulted)\b", near)


def _threshold(topic: str, context: Context) -> int:
    return context.threshold if topic in SENSITIVE else context.threshold_other


def small_numbers(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """S01: a figure gives back a number of people under the threshold."""
    for found in exposed(content, context):
        each = " each" if len(found.figures) > 1 else ""
        yield Finding(
            "S01",
            Level.WARN,
            f"{found.name}: {listed(_shown(f) for f in found.figures)} can only stand for fewer than {found.threshold} "
            f"people{each}. Hearth hides them in what it publishes; merge them if the review goes out otherwise.",
            found.part,
            "; ".join(_shown(f) for f in found.figures),
            context.settings_source or THRESHOLD,
        )


def exact_recovery(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """S02: the exact number of people in a small group can be worked out from its percentage and the base.

    It speaks only of groups under the threshold. That larger figures give back their counts too is no harm to anybody;
    D05 asks for fewer decimals there.
    """
    for found in exposed(content, context):
        shares = [f for f in found.exact if f.unit == PERCENT]
        if shares:
            yield Finding(
                "S02",
                Level.WARN,
                f"{found.name}: from {listed(f.printed for f in shares)} and the base anybody can work out exactly how "
                "many people are meant. Print fewer decimals, or no base.",
                found.part,
                "; ".join(_shown(f) for f in shares),
                EXACT,
            )


def hiding_fails(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """S03: if only the small figures were hidden, the rest of their block would give them back."""
    for found in exposed(content, context):
        if found.judged and found.judged.small and not found.judged.hiding_is_enough:
            further = found.judged.further
            advice = f"Hide {listed(f'“{label}”' for label in further)} too" if further else "Leave the whole block out"
            yield Finding(
                "S03",
                Level.WARN,
                f"{found.name}: hiding only {listed(f'“{f.label}”' for f in found.figures)} is not enough, because the "
                f"other figures and the base give them back. {advice}, or merge categories.",
                found.part,
                "; ".join(_shown(f) for f in found.figures),
                SECONDARY,
                suggestion="; ".join(further),
            )


def _shown(figure: Printed) -> str:
    return f"{figure.label} {figure.printed}" if figure.unit == PERCENT else figure.context or figure.label


PARTS = ("profile", "consultation", "gaps", "explanation", "partners", "comments", "impacts")

DISCLOSURE_CHECKS: tuple[Check, ...] = (
    Check(
        "S01",
        Level.WARN,
        "A figure stands for too few people",
        THRESHOLD,
        small_numbers,
        PARTS,
    ),
    Check("S02", Level.WARN, "The exact number can be worked out", EXACT, exact_recovery, PARTS),
    Check("S03", Level.WARN, "Hiding only the small figures is not enough", SECONDARY, hiding_fails, PARTS),
)
