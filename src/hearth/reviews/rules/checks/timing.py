"""Checks on when things happened: consultation before signing, assessment before decision, review to come.

Sources: Customer Access Review reference, sections 3.2 (Brown principles 2 and 5), 3.3 and 3.4.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from hearth.kernel.findings import Finding, Level
from hearth.reviews.rules.checks import dates, words
from hearth.reviews.rules.checks.catalogue import Check
from hearth.reviews.rules.checks.context import Context
from hearth.reviews.rules.content import ActionRow, Content
from hearth.reviews.rules.form import Form

BEFORE = "R (Rotherham) v BIS [2014] EWHC 232; Kaur & Shah v Ealing [2008] EWHC 2062"
ROUTE = "The council's own route: legal review before final approval"
MONITOR = "DXK v SSHD [2024] EWHC 579; Audit Wales, 27 September 2022"
CONTINUES = "Brown principle 5: the duty continues; Sheakh v Lambeth [2022] EWCA Civ 457"

_SEEKS_VIEWS = re.compile(
    r"\bviews?\b|\bcomments?\b|\bfeedback\b|\bopinions?\b|\bconsult(?:ed|ing)?\b|\binvit|\bfocus groups?\b"
    r"|(?<!any )(?<!future )(?<!other )\bconsultation\b",
    re.IGNORECASE,
)
_MEASURE = re.compile(
    r"\bindicators?\b|\bkpis?\b|\bsatisfaction\b|\bnumbers? of\b|\bpercentages?\b|\bproportion\b|\brates?\b|%"
    r"|\b[A-Z]{2,6}-?\d{1,3}\b",
    re.IGNORECASE,
)


def seeks_views(row: ActionRow) -> bool:
    """Whether an action asks people for their views on the proposal."""
    return bool(_SEEKS_VIEWS.search(f"{row.need}\n{row.action}"))


def signed_before_consultation(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """C01: an action that seeks views ends after a signature or the decision; unsigned, after today."""
    events = [(f"{s.post or 'Somebody'} signed on", s.on) for s in context.sign_offs if s.on]
    if context.decided_on:
        events.append(("the decision was made on", context.decided_on))
    signed = bool(events)
    said, day = min(events or [("today is", context.today)], key=lambda event: event[1] or date.max)
    for row in content.information_actions.rows:
        due = dates.last_day(row.due)
        if day is None or due is None or not day < due or not seeks_views(row):
            continue
        where = words.question("information_actions", form)
        later = f"the action “{row.need or row.action}” in {where} runs until {dates.spell(due)}"
        mend = (
            "Add what people said and have the review signed again."
            if signed
            else "Finish the consultation and add what people said before anyone signs."
        )
        message = words.opening(f"{said} {dates.spell(day)}, but {later}. {mend}")
        yield Finding("C01", Level.BLOCK, message, "information_actions", row.due, BEFORE)


def assessed_after_decision(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """C02: the assessment is dated after the decision."""
    assessed = dates.first_day(content.details.assessed)
    if context.decided_on and assessed and assessed > context.decided_on:
        message = (
            f"The assessment is dated {content.details.assessed.strip()}, after the decision of"
            f" {dates.spell(context.decided_on)}. It has to be considered before the decision and at the time."
        )
        yield Finding("C02", Level.BLOCK, message, "details", content.details.assessed, BEFORE)


def is_legal(post: str) -> bool:
    """Whether a post belongs to the legal team."""
    return bool(re.search(r"\blegal\b|\bsolicitors?\b|\bmonitoring officer\b", post, re.IGNORECASE))


def out_of_order(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """C05: somebody approved before the legal review was done."""
    legal = [s for s in context.sign_offs if s.on and is_legal(s.post)]
    if not legal:
        return
    last = max(legal, key=lambda s: s.on or date.min)
    for sign_off in context.sign_offs:
        if not sign_off.on or not last.on or is_legal(sign_off.post) or sign_off.on >= last.on:
            continue
        days = (last.on - sign_off.on).days
        message = (
            f"{sign_off.post or 'Somebody'} approved on {dates.spell(sign_off.on)}, {days} day{'s'[: days != 1]}"
            f" before {last.post} reviewed on {dates.spell(last.on)}. Ask for the approval to be confirmed."
        )
        yield Finding("C05", Level.WARN, message, "approval", sign_off.printed_on, ROUTE)


def monitors_nothing(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """C20: the monitoring names no characteristic and no measure."""
    text = content.monitoring.text
    if words.spoken_of(text, form) or _MEASURE.search(text):
        return
    message = (
        f"{words.opening(words.question('monitoring', form))} names no protected group and no measure. Say what"
        " you will count or ask, and for which groups."
    )
    yield Finding("C20", Level.WARN, message, "monitoring", text[:200], MONITOR)


def no_review_date(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """C21: the next review has no date."""
    answer = content.next_review
    if dates.first_day(answer.on) or dates.holds_date(answer.text):
        return
    message = (
        f"{words.opening(words.question('next_review', form))} gives no date. Give the month in which this review"
        " will be looked at again."
    )
    yield Finding("C21", Level.BLOCK, message, "next_review", answer.text[:200], CONTINUES)


def signed_too_soon_or_by_assessor(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """G04: a signature before the assessment began, or by the post that conducted it (CAR-35)."""
    began = dates.first_day(content.details.assessed)
    assessor = words.plain(content.details.officer).lower()
    for sign_off in context.sign_offs:
        post = sign_off.post.strip() or "Somebody"
        if began and sign_off.on and sign_off.on < began:
            message = f"{post} signed on {dates.spell(sign_off.on)}, before the assessment began. Check the dates."
            yield Finding("G04", Level.WARN, message, "approval", sign_off.printed_on, ROUTE)
        if assessor and words.plain(sign_off.post).lower() == assessor:
            message = f"{post} conducted this assessment and signed it too. Ask somebody else to approve it."
            yield Finding("G04", Level.WARN, message, "approval", post, ROUTE)


TIMING_CHECKS = (
    Check(
        "C01",
        Level.BLOCK,
        "Signed or decided before the consultation is over",
        BEFORE,
        signed_before_consultation,
        ("information_actions",),
        overridable=True,
    ),
    Check(
        "C02",
        Level.BLOCK,
        "Assessed after the decision",
        BEFORE,
        assessed_after_decision,
        ("details",),
        overridable=True,
    ),
    Check("C05", Level.WARN, "Approved before the legal review", ROUTE, out_of_order, ("approval",)),
    Check(
        "C20",
        Level.WARN,
        "Monitoring names no protected group and no measure",
        MONITOR,
        monitors_nothing,
        ("monitoring",),
    ),
    Check(
        "C21",
        Level.BLOCK,
        "The next review has no date",
        CONTINUES,
        no_review_date,
        ("next_review",),
        overridable=True,
    ),
    Check(
        "G04",
        Level.WARN,
        "Signed too soon, or by the officer who assessed",
        ROUTE,
        signed_too_soon_or_by_assessor,
        ("approval", "details"),
    ),
)
