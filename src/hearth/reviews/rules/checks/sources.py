"""Checks on the papers that a review cites, and on the name of the paper under review.

Sources: Customer Access Review reference, section 3.4 (C25, C29); requirements CAR-13; faults F-51, F-54, F-57.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from hearth.kernel.findings import Finding, Level
from hearth.reviews.rules.checks import dates, timing, words
from hearth.reviews.rules.checks.catalogue import Check
from hearth.reviews.rules.checks.context import Citation, Context
from hearth.reviews.rules.content import Content
from hearth.reviews.rules.form import Form

CURRENT = "Brown principle 3: regard in substance rests on sources that are in force"
NAMED = "One name for one paper, so that the register can find it"

_DRAFT = re.compile(
    r"\bdraft\s+(?:\w+\s+){0,3}(?:guidance|code|standards?|regulations|bill|order|directions?|framework)\b",
    re.IGNORECASE,
)
_ENDED = re.compile(r"\b((?:[A-Z][\w'&-]*\s+(?:(?:and|&|of|for)\s+)?){1,8})(20\d\d)\s*[-/]\s*((?:20)?\d\d)\b(?!-)")


def _texts(content: Content) -> Iterator[tuple[str, str]]:
    """Every text in which sources are cited, with its part."""
    yield "aims", content.aims.text
    yield (
        "contribution",
        "\n".join([content.contribution.text, content.contribution.indicators_text, *content.contribution.objectives]),
    )
    yield "dictated", "\n".join([*content.dictated.laws, content.dictated.text, content.dictated.discretion])
    yield (
        "profile",
        "\n".join(
            [
                content.profile.text,
                *(snapshot.source for snapshot in content.profile.snapshots),
                *(f"{s.text} ({s.title}, {s.publisher}, {s.published})" for s in content.profile.statistics),
            ]
        ),
    )
    yield "consultation", content.consultation.text
    yield "gaps", content.gaps.text
    for impact in content.impacts:
        yield f"impacts.{impact.characteristic}", f"{impact.positive}\n{impact.negative}"
    yield "explanation", content.explanation.text
    yield "partners", content.partners.text
    yield "comments", content.comments.text


def not_current(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """C25: a source that is a draft, was replaced or has ended, on the day of assessment or today."""
    assessed = dates.last_day(content.details.assessed)
    told: set[str] = set()
    for part, text in _texts(content):
        straight = words.plain(text)
        for citation in context.register:
            if citation.title in told or not words.mentions(straight, (citation.title, *citation.aliases)):
                continue
            message = _fault(citation, assessed, context.today)
            if message:
                told.add(citation.title)
                yield Finding("C25", Level.WARN, message, part, citation.title, CURRENT, citation.replaced_by)
        draft = _DRAFT.search(straight)
        if draft:
            message = (
                f"A source is called a draft (“{draft[0]}”). Check whether the final version is out, and cite that."
            )
            yield Finding("C25", Level.WARN, message, part, draft[0], CURRENT)
        yield from _ended_plans(part, straight, content, context)


def _fault(citation: Citation, assessed: date | None, today: date) -> str:
    """What is wrong with a cited source, in words; empty where nothing is."""
    care = " The register's date is not confirmed: check it." if citation.confirm else ""
    instead = f" Use “{citation.replaced_by}”." if citation.replaced_by else ""
    ended = citation.in_force_to
    if citation.draft:
        return f"“{citation.title}” is a draft.{instead or ' Check whether the final version is out.'}{care}"
    if ended and assessed and ended <= assessed:
        return f"“{citation.title}” was no longer in force when this was assessed.{instead}{care}"
    if ended and ended <= today:
        return f"“{citation.title}” has not been in force since {dates.spell(ended)}.{instead}{care}"
    return ""


def _ended_plans(part: str, text: str, content: Content, context: Context) -> Iterator[Finding]:
    """Plans whose own years are over. The paper under review is left out: its years are its own matter."""
    own = words.stems(f"{content.details.area} {context.policy_title}")
    for found in _ENDED.finditer(text):
        title, end = found[1].strip(), int(found[3]) if len(found[3]) == 4 else 2000 + int(found[3])
        is_plan = re.search(r"\b(?:Plan|Strategy|Policy|Programme)$", title)
        if is_plan and end >= int(found[2]) and end < context.today.year and not words.stems(title) <= own:
            message = f"“{found[0]}” ended with {end}. Check whether a newer one has taken its place."
            yield Finding("C25", Level.WARN, message, part, found[0], CURRENT)


def _kind(title: str) -> str:
    """The kind of paper that a title names: "strategy", "policy" ...; empty where it names none."""
    kinds = [word for word in re.findall(r"[a-z]+", title.lower()) if word in words.PAPER_KINDS]
    return kinds[-1] if kinds else ""


def _years(title: str) -> tuple[int, ...]:
    return tuple(2000 + int(y) % 100 for y in re.findall(r"(?<!\d)(?:20)?(\d\d)(?!\d)", title))


def _bare(title: str) -> frozenset[str]:
    return words.stems(re.sub(r"\([^)]*\)|\d+", " ", title))


def other_name(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """C29: the paper goes by another name or other years than the assessment area."""
    area = words.plain(content.details.area)
    if not area:
        return
    alike = [n for n in words.papers_named(content.aims.text) if _kind(area) and _kind(n) == _kind(area)]
    # Where the paper is called by its own name, other names are other papers.
    if not any(_bare(name) <= _bare(area) for name in alike):
        for name in {_bare(name): name for name in reversed(alike)}.values():
            yield _differs(area, name, "aims", words.question("aims", form))
    title = words.plain(context.policy_title)
    if title and (_bare(title) != _bare(area) or (_years(title) and _years(area) and _years(title) != _years(area))):
        yield _differs(area, title, "details", "the register")
    yield from _starts_too_early(area, content)


def _differs(area: str, name: str, part: str, where: str) -> Finding:
    message = f"The assessment area is “{area}”, but {where} calls it “{name}”. Use one name throughout."
    return Finding("C29", Level.INFORM, message, part, name, NAMED)


def _starts_too_early(area: str, content: Content) -> Iterator[Finding]:
    """Years in the title that begin before people have been asked: the paper cannot be approved in time."""
    years = _years(area)
    ends = [dates.last_day(r.due) for r in content.information_actions.rows if timing.seeks_views(r)]
    last = max((end for end in ends if end), default=None)
    if years and last and years[0] < last.year:
        message = (
            f"The title says that it begins in {years[0]}, but people are still being asked until"
            f" {dates.spell(last)}. Check the years in the title."
        )
        yield Finding("C29", Level.INFORM, message, "details", area, NAMED)


def statistic_without_source(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """G02: an outside statistic that does not tell where it comes from (CAR-12)."""
    for statistic in content.profile.statistics:
        origin = {"publisher": statistic.publisher, "title": statistic.title, "period": statistic.period}
        missing = [name for name, value in origin.items() if not value.strip()]
        if statistic.text.strip() and missing:
            message = f"The figure “{statistic.text.strip()[:150]}” lacks its {words.listed(missing)}. Add the source."
            yield Finding("G02", Level.WARN, message, "profile", statistic.text[:200], CURRENT)


SOURCE_CHECKS = (
    Check(
        "C25",
        Level.WARN,
        "A source that is a draft or no longer in force",
        CURRENT,
        not_current,
        ("dictated", "profile", "contribution", "gaps"),
    ),
    Check("C29", Level.INFORM, "The paper goes by another name", NAMED, other_name, ("details", "aims")),
    Check("G02", Level.WARN, "An outside figure without its source", CURRENT, statistic_without_source, ("profile",)),
)
