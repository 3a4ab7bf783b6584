"""What has to be there before a review can be submitted: the form's own rules (CAR-02 to CAR-43).

These are not overridable: a reason does not fill in a missing answer. V18 only asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hearth.kernel.findings import Finding, Level
from hearth.reviews.rules.checks import actions, dates, groups, words
from hearth.reviews.rules.checks.catalogue import Check, Look
from hearth.reviews.rules.checks.context import Context
from hearth.reviews.rules.content import ActionRow, Content, State
from hearth.reviews.rules.form import Form

FORM = "The form: every question needs an answer"
NOTES = "The form's notes on the impact table"

_CORRECTABLE = (
    (
        re.compile(
            r"\b(?:limited|insufficient|no|little|not enough) (?:\w+ )?(?:data|information|evidence)\b"
            r"|\b(?:impact|effect) is (?:unclear|unknown|not known)\b",
            re.IGNORECASE,
        ),
        State.UNKNOWN,
    ),
    (
        re.compile(
            r"\b(?:not (?:\w+ ){0,3}(?:expected|likely|anticipated)|unlikely) to have (?:an?|any) (?:\w+ ){0,2}"
            r"(?:impacts?|effects?)\b|\bno (?:\w+ ){0,2}(?:impacts?|effects?)\b",
            re.IGNORECASE,
        ),
        State.NO_IMPACT,
    ),
)
_COLUMNS = {
    "need": "the information need",
    "action": "the action",
    "outcome": "the intended outcome",
    "due": "the date for completion",
    "monitoring": "how it will be monitored",
    "officer": "the responsible officer",
    "affected": "who is affected",
}


def _block(code: str, message: str, part: str, quote: str = "", suggestion: str = "") -> Finding:
    return Finding(code, Level.BLOCK, words.opening(message), part, quote[:200], FORM, suggestion)


def details_missing(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """V01: the assessment details (CAR-02)."""
    details = content.details
    given = {
        "area": details.area,
        "assessed": details.assessed,
        "directorate": details.directorate,
        "managers": " ".join(details.managers),
        "officer": details.officer,
    }
    for name, value in given.items():
        label = form.details.get(name, name)
        if not value.strip():
            yield _block("V01", f"give the {label[:1].lower()}{label[1:]}.", "details")
        elif name == "assessed" and dates.last_day(value) is None:
            yield _block(
                "V01", f"“{value.strip()[:60]}” cannot be read as a date. Give a month and a year.", "details", value
            )


def aims_missing(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """V02: the aims of the activity (CAR-05)."""
    if words.is_nothing(content.aims.text) and not any(o.strip() for o in content.aims.objectives):
        yield _block("V02", f"{words.question('aims', form)} is empty. Say what the activity is for.", "aims")


def affected_missing(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """V03: who is affected (CAR-06)."""
    if not groups.affected_groups(content, form) and words.is_nothing(content.affected.text):
        yield _block("V03", f"{words.question('affected', form)} is empty. Choose who is affected.", "affected")


def indicator_missing(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """V04: an indicator, or the statement that there is none (CAR-07)."""
    answer = content.contribution
    linked = any(indicator.strip() for indicator in answer.indicators)
    where = words.question("contribution", form)
    if answer.no_indicator and linked:
        yield _block("V04", f"{where} names an indicator and says that there is none. Keep one.", "contribution")
    elif not answer.no_indicator and not linked and words.is_nothing(answer.indicators_text):
        message = f"{where} names no performance indicator. Link one, or tick that none is related to this activity."
        yield _block("V04", message, "contribution")


def discretion_missing(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """V05: where there is discretion, or none (CAR-09)."""
    if not content.dictated.discretion.strip():
        message = f"{words.question('dictated', form)}: state where {form.landlord} has discretion, or “none”."
        yield _block("V05", message, "dictated")


def row_contradicts(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """V06: a row with two answers, or with none (CAR-19)."""
    for c, impact in words.rows_of(content, form):
        part = f"impacts.{c.code}"
        if impact.state is State.CONTRADICTORY:
            message = f"the row for {c.label} has two answers that contradict each other. Keep a text or one tick."
            yield _block("V06", message, part)
        elif impact.state is State.BLANK:
            yield _block("V06", f"the row for {c.label} is empty. Choose one answer.", part)


def aim_missing(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """V07: an impact without an aim of the duty (CAR-17)."""
    if not form.aims:
        return
    letters = words.listed(f"{aim.code}) {aim.label}" for aim in form.aims)
    for c, impact in words.rows_of(content, form):
        columns = (
            ("positive", impact.positive, impact.positive_aims),
            ("negative", impact.negative, impact.negative_aims),
        )
        for column, text, aims in columns:
            if text.strip() and not aims and not impact.typed_not_applicable:
                message = f"say which aim the {column} impact on {c.label} is about: {letters}."
                yield _block("V07", message, f"impacts.{c.code}")


def aim_refused(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """V08: an aim that the law does not let count for the row (CAR-23)."""
    for c, impact in words.rows_of(content, form):
        wrong = sorted({*impact.positive_aims, *impact.negative_aims} - set(c.aims))
        if wrong:
            message = f"{c.label} counts only under aim {words.listed(c.aims)}; take out {words.listed(wrong)}."
            yield _block("V08", message, f"impacts.{c.code}", ", ".join(wrong))


def unknown_without_action(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """V09: an unknown impact without an action that gathers the information (CAR-21)."""
    told = [f"{r.need}\n{r.action}\n{r.affected}" for r in actions.rows(content.information_actions.rows)]
    named = words.spoken_of("\n".join(told), form)
    every = any(re.search(r"\bprotected\b|\bcharacteristics\b|\bequality (?:data|monitoring)", t, re.I) for t in told)
    where = words.question("information_actions", form)
    for c, impact in words.rows_of(content, form):
        if impact.unknown and not every and c.code not in named:
            message = f"the impact on {c.label} is unknown and no action in {where} finds it out. Add one."
            yield _block("V09", message, "information_actions")


def negative_without_action(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """V10: negative impacts and no action against them, or "N/A" (CAR-22)."""
    negative = [
        c.label
        for c, i in words.rows_of(content, form)
        if not words.is_nothing(i.negative) and not i.typed_not_applicable
    ]
    if negative and (content.impact_actions.none or not actions.rows(content.impact_actions.rows)):
        where = words.question("impact_actions", form)
        message = f"{where} has no action, but the impact on {words.listed(negative)} is negative. Add one for each."
        yield _block("V10", message, "impact_actions")


def partners_missing(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """V11: partners and their circumstances, or the statement of none (CAR-27)."""
    answer = content.partners
    if not answer.none and not answer.text.strip() and not any(p.name.strip() for p in answer.partners):
        where = words.question("partners", form)
        message = f"{where} is empty. List the partners, or state that there are no known circumstances."
        yield _block("V11", message, "partners")


def _fields_missing(
    code: str, part: str, rows: tuple[ActionRow, ...], need: tuple[str, ...], form: Form
) -> Iterator[Finding]:
    for number, row in enumerate(rows, start=1):
        missing = [_COLUMNS[name] for name in need if words.is_nothing(getattr(row, name))]
        if missing:
            title = (row.need or row.action).strip()[:100] or f"row {number}"
            message = f"the action “{title}” in {words.question(part, form)} lacks {words.listed(missing)}."
            yield _block(code, message, part)


def information_fields(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """V12: the six fields of an action on information (CAR-29)."""
    need = ("need", "action", "outcome", "due", "monitoring", "officer")
    rows = actions.rows(content.information_actions.rows)
    yield from _fields_missing("V12", "information_actions", rows, need, form)


def impact_fields(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """V13: the fields of an action on a negative impact, with who is affected (CAR-30)."""
    need = ("need", "affected", "action", "outcome", "due", "monitoring", "officer")
    rows = actions.rows(content.impact_actions.rows)
    yield from _fields_missing("V13", "impact_actions", rows, need, form)


def committee_unclear(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """V14: exactly one of yes and no (CAR-36)."""
    if content.committee.yes == content.committee.no:
        said = "both yes and no" if content.committee.yes else "neither yes nor no"
        yield _block("V14", f"{words.question('committee', form)} has {said}. Choose one.", "committee")


def interval_missing(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """V15: monitoring with an interval: "every year", not "on a regular basis" (CAR-37)."""
    answer = content.monitoring
    read = dates.interval_months(answer.text)
    if words.is_nothing(answer.text):
        yield _block(
            "V15", f"{words.question('monitoring', form)} is empty. Say how this will be monitored.", "monitoring"
        )
    elif read is None and (not answer.every_months or answer.every_months < 1):
        message = f"{words.question('monitoring', form)} gives no interval. Say how often, such as “every year”."
        yield _block("V15", message, "monitoring", answer.text)


def gap_left_open(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """V16: a gap without planned research, without an action and without a reason (CAR-15)."""
    for gap in content.gaps.gaps:
        if gap.planned.strip() or gap.reason.strip():
            continue
        if not any(actions.answers(row, gap.gap) for row in actions.rows(content.information_actions.rows)):
            named = gap.gap.strip()[:150]
            message = f"the gap “{named}” has no planned step. Add an action, or say why nothing will be done."
            yield _block("V16", message, "gaps", gap.gap)


def explanation_refused(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """V17: an empty or "not applicable" explanation although a row needs one (CAR-20, CAR-21, CAR-42)."""
    text = content.explanation.text
    ticked = [c.label for c, i in words.rows_of(content, form) if i.no_impact or i.unknown]
    if ticked and words.is_nothing(text):
        said = "says “not applicable”" if words.says_not_applicable(text) else "is empty"
        where = words.question("explanation", form)
        message = f"{where} {said}, but “no impact” or “unknown” is chosen for {words.listed(ticked)}."
        yield _block("V17", message, "explanation", text)


def positive_in_doubt(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """V18: a positive text that says "limited data" or "no differential impact" (CAR-43)."""
    for c, impact in words.rows_of(content, form):
        if impact.typed_not_applicable:
            continue
        for pattern, state in _CORRECTABLE:
            found = pattern.search(words.plain(impact.positive))
            if found:
                instead = state.value.replace("_", " ")
                message = f"The positive impact on {c.label} says “{found[0]}”. Is “{instead}” meant?"
                yield Finding("V18", Level.WARN, message, f"impacts.{c.code}", found[0], NOTES, state.value)
                break


def _rule(code: str, title: str, source: str, looks: Look, *parts: str) -> Check:
    return Check(code, Level.BLOCK, title, source, looks, parts)


COMPLETENESS_CHECKS = (
    _rule("V01", "Assessment details are missing", FORM, details_missing, "details"),
    _rule("V02", "The aims are missing", FORM, aims_missing, "aims"),
    _rule("V03", "Nobody is named as affected", FORM, affected_missing, "affected"),
    _rule("V04", "No indicator, and no statement that there is none", FORM, indicator_missing, "contribution"),
    _rule("V05", "Discretion is not stated", FORM, discretion_missing, "dictated"),
    _rule("V06", "A row with two answers or none", NOTES, row_contradicts, "impacts"),
    _rule("V07", "An impact without an aim", FORM, aim_missing, "impacts"),
    _rule("V08", "An aim that does not count for the row", FORM, aim_refused, "impacts"),
    _rule(
        "V09", "An unknown impact without an action", NOTES, unknown_without_action, "information_actions", "impacts"
    ),
    _rule("V10", "A negative impact without an action", FORM, negative_without_action, "impact_actions", "impacts"),
    _rule("V11", "The statement on partners is missing", FORM, partners_missing, "partners"),
    _rule("V12", "An action on information lacks a field", FORM, information_fields, "information_actions"),
    _rule("V13", "An action on an impact lacks a field", FORM, impact_fields, "impact_actions"),
    _rule("V14", "Committee: exactly one of yes and no", FORM, committee_unclear, "committee"),
    _rule("V15", "Monitoring without an interval", FORM, interval_missing, "monitoring"),
    _rule("V16", "A gap without an action or a reason", FORM, gap_left_open, "gaps", "information_actions"),
    _rule("V17", "An explanation is owed", NOTES, explanation_refused, "explanation", "impacts"),
    Check("V18", Level.WARN, "A positive impact in doubt", NOTES, positive_in_doubt, ("impacts",)),
)
