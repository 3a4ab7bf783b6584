"""Checks on the actions: does every gap and every negative impact have one, and can it be followed?

Sources: Customer Access Review reference, sections 3.3 and 3.4; requirements CAR-15, CAR-16, CAR-29, CAR-31.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hearth.kernel.findings import Finding, Level
from hearth.reviews.rules.checks import dates, evidence, words
from hearth.reviews.rules.checks.catalogue import Check
from hearth.reviews.rules.checks.context import Context
from hearth.reviews.rules.content import ActionRow, Content
from hearth.reviews.rules.form import Form

MITIGATE = "W v Birmingham [2011] EWHC 1147: were alternatives considered? The form's question on mitigation"
GAPS = "Bridges v South Wales Police [2020] EWCA Civ 1058: acquire what is missing; the form's question on gaps"
FOLLOW = "Audit Wales, 27 September 2022: weak monitoring after roll-out"

_GAP = re.compile(
    r"\bgaps?\b|\bmissing\b|\bnot (?:held|known|collected|recorded|available)\b|\bno (?:data|information)\b"
    r"|\b(?:does|do) not (?:hold|collect|know|receive)\b|\bcould be (?:improved|better)\b|\black(?:s|ing)?\b"
    r"|\blimited (?:data|information)\b|\bincomplete\b|\bis needed\b|\bare needed\b|\bunknown\b",
    re.IGNORECASE,
)
_NO_GAP = re.compile(r"\bno (?:known |other |identified )?gaps?\b", re.IGNORECASE)
_PLAN = re.compile(r"\bwill be (?:invited|consulted|asked|surveyed|undertaken|collected)\b|\bwill (?:also )?consult\b")
_DETAIL = re.compile(
    r"\b(?:especially|particularly|in particular|such as|including|namely|e\.g)\b[,:]?\s*", re.IGNORECASE
)


def named_gaps(content: Content) -> tuple[str, ...]:
    """The gaps that the text names: what follows "especially", "such as", or the whole sentence."""
    found: list[str] = []
    for sentence in words.sentences(content.gaps.text):
        introduces = sentence.endswith(":")  # "as follows:" names nothing itself
        if introduces or not (_GAP.search(sentence) or _PLAN.search(sentence)) or _NO_GAP.search(sentence):
            continue
        pieces = _DETAIL.split(sentence, maxsplit=1) if _GAP.search(sentence) else [sentence]
        details = re.split(r",\s*(?:and\s+)?|\s+and\s+", pieces[1].strip(" .")) if len(pieces) > 1 else pieces
        found += [detail.strip() for detail in details if detail.strip()]
    return tuple(found)


def answers(row: ActionRow, gap: str, *, least: float = 0.34) -> bool:
    """Whether an action speaks to a gap: it shares at least a third of the gap's bearing words."""
    wanted = words.stems(gap)
    shared = wanted & words.stems(f"{row.need} {row.action} {row.outcome} {row.affected}")
    return bool(wanted) and len(shared) / len(wanted) >= least


def is_row(row: ActionRow) -> bool:
    """Whether a row says anything: an empty row and "N/A" are no row."""
    said = (row.need, row.action, row.outcome, row.due, row.monitoring, row.officer, row.affected)
    return not all(words.is_nothing(text) for text in said)


def rows(table_rows: tuple[ActionRow, ...]) -> tuple[ActionRow, ...]:
    """The rows of a table that say something."""
    return tuple(row for row in table_rows if is_row(row))


def negative_without_action(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """C14: a negative impact without an action that speaks to it, or without an alternative considered."""
    actions = rows(content.impact_actions.rows)
    where = words.question("impact_actions", form)
    for c, impact in words.rows_of(content, form):
        if words.is_nothing(impact.negative) or impact.typed_not_applicable:
            continue
        mends = any(
            c.code in words.spoken_of(f"{row.need}\n{row.affected}\n{row.action}", form)
            or answers(row, impact.negative)
            for row in actions
        )
        quote = impact.negative.strip()[:200]
        if not mends:
            message = (
                f"The negative impact on {c.label} has no action in {where}. Say how it will be reduced or removed."
            )
            yield Finding("C14", Level.BLOCK, message, "impact_actions", quote, MITIGATE)
        if words.is_nothing(impact.alternatives):
            message = f"The impact on {c.label} is negative and no alternative is told. Say what else was considered."
            yield Finding("C14", Level.BLOCK, message, f"impacts.{c.code}", quote, MITIGATE)


def gap_without_action(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """C18: a gap that no action answers (CAR-16), or thin data that nobody names as a gap."""
    actions = rows(content.information_actions.rows)
    where, asked = words.question("information_actions", form), words.question("gaps", form)
    gaps = [*named_gaps(content), *(gap.gap for gap in content.gaps.gaps if not gap.reason.strip())]
    for gap in dict.fromkeys(gap.strip().rstrip(".") for gap in gaps):
        if gap and not any(answers(row, gap) for row in actions):
            message = f"{words.opening(asked)} names a gap, “{gap[:150]}”, that no action in {where} answers."
            yield Finding("C18", Level.WARN, message, "gaps", gap[:200], GAPS)
    named = "\n".join([content.gaps.text, *(f"{gap.gap}\n{gap.reason}" for gap in content.gaps.gaps)])
    mentioned = words.spoken_of(named, form)
    thin = [c for c in evidence.lacking(content, form, context.unknown_limit) if c not in mentioned]
    if thin:
        names = words.listed(words.label_of(code, form) for code in thin)
        message = (
            f"{words.opening(words.question('profile', form))} holds no figures, or many unknown, on {names}, but"
            f" {asked} does not name that gap. Name it and say what will be done."
        )
        yield Finding("C18", Level.WARN, message, "gaps", names, GAPS)


def action_cannot_be_followed(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """C19: an action lacks an owner, an outcome or a clear date, or one officer owns everything."""
    tables = (("information_actions", content.information_actions), ("impact_actions", content.impact_actions))
    for part, table in tables:
        for row in rows(table.rows):
            faults = list(_faults(row))
            if faults:
                title = (row.need or row.action).strip()[:150]
                message = f"The action “{title}” in {words.question(part, form)} {words.listed(faults)}."
                yield Finding("C19", Level.WARN, message, part, row.due, FOLLOW)
    every = [row for _, table in tables for row in rows(table.rows)]
    assessor = words.plain(content.details.officer).lower()
    if assessor and len(every) > 1 and all(words.plain(row.officer).lower() == assessor for row in every):
        message = (
            f"All {len(every)} actions belong to the officer who conducts the assessment. Give each to the post that"
            " can do it."
        )
        yield Finding("C19", Level.WARN, message, "information_actions", content.details.officer, FOLLOW)


def _faults(row: ActionRow) -> Iterator[str]:
    if words.is_nothing(row.officer):
        yield "has no responsible officer"
    if words.is_nothing(row.outcome):
        yield "has no intended outcome"
    if words.is_nothing(row.due):
        yield "has no date"
    elif dates.last_day(row.due) is None:
        yield f"has a date that cannot be read (“{row.due.strip()[:60]}”)"
    elif dates.is_vague(row.due):
        yield f"has a date that is too wide (“{row.due.strip()[:60]}”): give a month"


ACTION_CHECKS = (
    Check(
        "C14",
        Level.BLOCK,
        "A negative impact without action or alternative",
        MITIGATE,
        negative_without_action,
        ("impacts", "impact_actions"),
        overridable=True,
    ),
    Check(
        "C18",
        Level.WARN,
        "A gap without an action",
        GAPS,
        gap_without_action,
        ("gaps", "information_actions", "profile"),
    ),
    Check(
        "C19",
        Level.WARN,
        "An action that cannot be followed",
        FOLLOW,
        action_cannot_be_followed,
        ("information_actions", "impact_actions"),
    ),
)
