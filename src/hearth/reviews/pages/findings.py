"""What the checks found, for people: where it is, how loud, and whether it may be set aside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from hearth.kernel.findings import Finding, Level
from hearth.reviews.models import Override, Review
from hearth.reviews.pages.links import part_url, review_url
from hearth.reviews.pages.questions import place_of, places
from hearth.reviews.rules.checks import CATALOGUE
from hearth.reviews.rules.form import Form

PASSABLE = frozenset(check.code for check in CATALOGUE if check.overridable)
LEVELS = {Level.BLOCK: "stops submission", Level.WARN: "look again", Level.INFORM: "for information"}


@dataclass(frozen=True)
class Shown:
    """One finding with its place and what can be done about it."""

    finding: Finding
    where: str
    href: str
    set_aside: str = ""  # the page on which a reason can be given; empty where there is none
    override: Override | None = None
    passable: bool = False  # whether a reason lets one go on


@dataclass
class StepFindings:
    """The findings of one step of the form."""

    title: str
    found: list[Shown] = field(default_factory=list)


def shown(
    found: Iterable[Finding], review: Review, form: Form, overrides: Mapping[str, Override], *, may_write: bool = True
) -> list[Shown]:
    """Findings with their places and links."""
    return [_shown(finding, review, form, overrides.get(finding.code), may_write) for finding in found]


def _shown(finding: Finding, review: Review, form: Form, override: Override | None, may_write: bool) -> Shown:
    try:
        where = place_of(finding.part, form).label
    except KeyError:
        where = "The whole review"
    passable = finding.level is Level.BLOCK and finding.code in PASSABLE
    aside = review_url(review, "set_aside", code=finding.code) if passable and may_write else ""
    href = part_url(review, finding.part, form) if may_write else ""
    return Shown(finding, where, href, aside, override if passable else None, passable)


def by_step(found: Iterable[Shown], form: Form) -> list[StepFindings]:
    """Findings under the steps of the form, in its order; what has no place of its own comes last."""
    steps = {title: StepFindings(title or "Assessment details") for _, title in places(form)}
    of = dict(places(form))
    rest = StepFindings("The whole review")
    for one in found:
        part = "duty" if one.finding.part == "impacts" else one.finding.part
        (steps[of[part]] if part in of else rest).found.append(one)
    return [step for step in (*steps.values(), rest) if step.found]


def counts(found: Iterable[Finding]) -> dict[Level, int]:
    """How many findings there are of each level."""
    given = [finding.level for finding in found]
    return {level: given.count(level) for level in Level}
