"""A review as a paper: one description, from which the web page, Word, PDF, Braille and audio are all made (CAR-47).

Question 8 is not printed as one wide table of long texts: each characteristic has a section of its own, after a short
table that gives the overview (reference 6.2, consequence 2). A signature is text: post, name and date, never a picture.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from hearth.kernel.days import spoken
from hearth.kernel.papers import Block, Bullets, Heading, Note, Pairs, Paper, Paragraph, Table
from hearth.kernel.words import blocks, listed
from hearth.reviews.rules.checks.context import SignOff
from hearth.reviews.rules.content import (
    ActionTable,
    Consultation,
    Content,
    Contribution,
    Dictated,
    Gaps,
    Impact,
    Partners,
    Profile,
    Snapshot,
    State,
)
from hearth.reviews.rules.form import Form, Question

STATES = {
    State.BLANK: "Not decided",
    State.POSITIVE: "Positive impact",
    State.NEGATIVE: "Negative impact",
    State.MIXED: "Positive and negative impact",
    State.NO_IMPACT: "No impact",
    State.UNKNOWN: "Unknown",
    State.NOT_APPLICABLE: "Not applicable",
    State.CONTRADICTORY: "Contradictory answers",
}
UNANSWERED = "Not answered."


@dataclass(frozen=True)
class Late:
    """An addendum, as it is printed."""

    number: int
    need: str
    findings: str
    effect: str
    ended_on: date
    sign_offs: tuple[SignOff, ...] = ()


@dataclass(frozen=True)
class Facts:
    """A review with everything that is printed around its content."""

    reference: str
    landlord: str
    form: Form
    content: Content
    sign_offs: tuple[SignOff, ...] = ()
    overrides: tuple[tuple[str, str, str, date], ...] = ()  # check, reason, by whom, on
    addenda: tuple[Late, ...] = ()
    exceptions: tuple[str, ...] = ()
    status: str = ""
    approved_on: date | None = None
    next_review_on: date | None = None
    contact: str = ""


def addendum_digest(need: str, findings: str, effect: str, ended_on: date) -> str:
    """What a signature under an addendum binds to."""
    return hashlib.sha256("\n".join([need, findings, effect, ended_on.isoformat()]).encode()).hexdigest()


def paper(facts: Facts) -> Paper:
    """The whole review in the order of its form."""
    form, content = facts.form, facts.content
    found: list[Block] = [_details(form, content)]
    found.append(_standing(facts))
    for step in form.steps:
        found.append(Heading(2, f"Step {step.number}: {step.title}"))
        for question in step.questions:
            found += _question(question, form, content)
    found += _set_aside(facts)
    found += _signatures("Sign-off", facts.sign_offs)
    found += [Note(words) for words in facts.exceptions]
    for late in facts.addenda:
        found += _addendum(late)
    title = f"{form.title}: {content.details.area}" if content.details.area else form.title
    return Paper(
        title=title, landlord=facts.landlord, blocks=tuple(found), running_title=form.title, contact=facts.contact
    )


def summary(content: Content) -> str:
    """The findings for a committee report, in sentences: states by characteristic, then the actions promised."""
    said = []
    for state in (State.POSITIVE, State.NEGATIVE, State.MIXED, State.NO_IMPACT, State.UNKNOWN, State.NOT_APPLICABLE):
        rows = [i.characteristic.replace("_", " ") for i in content.impacts if i.state is state]
        if rows:
            said.append(f"{STATES[state]}: {listed(rows)}.")
    promised = len(content.information_actions.rows) + len(content.impact_actions.rows)
    said.append(f"Actions promised: {promised}.")
    return " ".join(said)


def _details(form: Form, content: Content) -> Pairs:
    details = content.details
    said = {
        "area": details.area,
        "assessed": details.assessed,
        "directorate": details.directorate,
        "managers": " / ".join(details.managers),
        "officer": details.officer,
    }
    return Pairs("Assessment details", tuple((label, said.get(key, "")) for key, label in form.details.items()))


def _standing(facts: Facts) -> Pairs:
    pairs = [("Reference", facts.reference), ("Status", facts.status)]
    if facts.approved_on:
        pairs.append(("Approved on", spoken(facts.approved_on)))
    if facts.next_review_on:
        pairs.append(("Next review", spoken(facts.next_review_on)))
    return Pairs("This review", tuple(pair for pair in pairs if pair[1]))


def _question(question: Question, form: Form, content: Content) -> Iterable[Block]:
    wording = form.say(question.wording)
    yield Heading(3, f"{question.number}. {wording}")
    if question.parts and question.answers != "impacts":
        yield from (Paragraph(f"{part.letter}) {form.say(part.wording)}") for part in question.parts)
    if question.answers == "impacts":
        yield from _impacts(question, form, content)
    elif question.answers.startswith("extra."):
        yield from _text(content.extra.get(question.answers.removeprefix("extra."), ""))
    elif question.answers:
        yield from _answer(question.answers, content, form)
    else:
        for part in question.parts:
            if part.answers:
                yield Heading(4, f"{question.number}{part.letter}. {form.say(part.wording)}")
                yield from _actions(getattr(content, part.answers), part.columns)


def _text(text: str, otherwise: str = UNANSWERED) -> Iterable[Block]:
    found = blocks(text)
    return found if found else (Paragraph(otherwise),)


def _answer(part: str, content: Content, form: Form) -> Iterable[Block]:
    value = getattr(content, part)
    if part == "affected":
        labels = [group.label for group in form.groups if group.code in value.groups]
        return (*((Paragraph(f"Groups: {listed(labels)}."),) if labels else ()), *_text(value.text))
    special: dict[str, Callable[[Any], Iterable[Block]]] = {
        "contribution": _contribution,
        "dictated": _dictated,
        "profile": profile_blocks,
        "consultation": _consultation,
        "gaps": _gaps,
        "partners": _partners,
    }
    if part in special:
        return special[part](value)
    if part == "aims":
        listing = (Bullets(value.objectives),) if value.objectives and value.objectives[0] not in value.text else ()
        return (*_text(value.text), *listing)
    if part == "comments":
        return _text(value.text, otherwise="None.")
    if part == "approval":
        return _text(value.text or listed(value.posts))
    if part == "committee":
        said = "Yes" if value.yes else "No" if value.no else UNANSWERED
        return (Paragraph(f"{said}: {value.body}" if value.body else said),)
    if part == "monitoring" and value.every_months:
        return (*_text(value.text), Paragraph(f"Checked every {value.every_months} months."))
    if part == "next_review" and value.on:
        return (*_text(value.text, otherwise=""), Paragraph(f"On {spoken(date.fromisoformat(value.on))}."))
    return _text(value.text)


def _contribution(value: Contribution) -> Iterable[Block]:
    if value.text:
        yield from _text(value.text)
    if value.no_indicator and "no kpi" not in value.text.lower():
        yield Paragraph("a) No KPI related to this activity.")
    extra = [code for code in value.indicators if code not in value.text]
    if extra or (value.indicators_text and value.indicators_text not in value.text):
        yield Paragraph(f"a) {' '.join([value.indicators_text, listed(extra)]).strip()}")
    aims = [aim for aim in value.objectives if aim not in value.text]
    if aims:
        yield Paragraph("b) It serves:")
        yield Bullets(tuple(aims))


def _dictated(value: Dictated) -> Iterable[Block]:
    if value.text:
        yield from _text(value.text)
    laws = tuple(law for law in value.laws if law not in value.text)
    if laws:
        yield Paragraph("Dictated by:")
        yield Bullets(laws)
    if value.discretion:
        yield Paragraph("Where there is discretion:")
        yield from _text(value.discretion)
    if not (value.text or value.laws or value.discretion):
        yield Paragraph(UNANSWERED)


def profile_blocks(value: Profile) -> Iterable[Block]:
    """The answer on the people affected: its words, tables, frozen profiles and outside figures."""
    if value.text or not (value.tables or value.snapshots or value.statistics):
        yield from _text(value.text)
    for number, grid in enumerate(value.tables, start=1):
        width = max((len(row) for row in grid.rows), default=len(grid.headers))
        headers = grid.headers or ("Characteristic", "Category", "Share")[:width]
        headers = (*headers, *("",) * (width - len(headers)))
        rows = tuple((*row, *("",) * (width - len(row))) for row in grid.rows)
        yield Table(grid.caption or f"Profile table {number}", headers, rows)
    for snapshot in value.snapshots:
        yield from _snapshot(snapshot)
    for statistic in value.statistics:
        told = [statistic.publisher, statistic.title, statistic.period, statistic.published]
        source = ", ".join(words for words in told if words)
        yield Paragraph(f"{statistic.text} (Source: {source})" if source else statistic.text)


def _snapshot(snapshot: Snapshot) -> Iterable[Block]:
    name = snapshot.characteristic.replace("_", " ").capitalize()
    if not snapshot.held:
        yield Paragraph(f"{name}: not held.")
        return
    rows = tuple((f.label, "" if f.count is None else f"{f.count:,}", f.printed) for f in snapshot.figures)
    counted = any(f.count is not None for f in snapshot.figures)
    headers = ("Category", "People", "Share") if counted else ("Category", "Share")
    yield Table(f"{name} of {snapshot.population or 'the people in this profile'}", headers,
                rows if counted else tuple((label, share) for label, _, share in rows))  # fmt: skip
    told = [
        f"Base: {snapshot.base:,}" if snapshot.base else "",
        snapshot.basis,
        f"As at {snapshot.as_at}" if snapshot.as_at else "",
        f"Categories: {snapshot.category_set}" if snapshot.category_set else "",
        f"Source: {snapshot.source}" if snapshot.source else "",
    ]
    yield Note(". ".join(words for words in told if words) + ".")


def _consultation(value: Consultation) -> Iterable[Block]:
    if value.text or not value.exercises:
        yield from _text(value.text)
    extra = [e for e in value.exercises if e.findings or e.when or e.how or e.who not in value.text]
    if extra:
        rows = tuple(
            (e.who, e.when, e.how, "" if e.responses is None else f"{e.responses:,}", e.findings) for e in extra
        )
        yield Table("Consultation", ("Who was consulted", "When", "How", "Responses", "Key findings"), rows)


def _gaps(value: Gaps) -> Iterable[Block]:
    if value.text or not value.gaps:
        yield from _text(value.text)
    extra = [gap for gap in value.gaps if gap.gap not in value.text or gap.planned or gap.reason]
    if extra:
        rows = tuple((gap.gap, gap.planned or gap.reason or "Nothing is planned yet.") for gap in extra)
        yield Table("Gaps in information", ("Gap", "What will be done"), rows)


def _partners(value: Partners) -> Iterable[Block]:
    if value.text:
        yield from _text(value.text)
    extra = [partner for partner in value.partners if partner.name not in value.text or partner.circumstances]
    if extra:
        yield Bullets(tuple(f"{p.name}: {p.circumstances}" if p.circumstances else p.name for p in extra))
    if value.none and not value.text:
        yield Paragraph("There are no known circumstances that could give rise to an impact between groups.")
    if not (value.text or value.partners or value.none):
        yield Paragraph(UNANSWERED)


def _impacts(question: Question, form: Form, content: Content) -> Iterable[Block]:
    yield Bullets(tuple(f"{part.letter}) {form.say(part.wording)}" for part in question.parts))
    rows = tuple((c.label, STATES[content.impact(c.code).state]) for c in form.characteristics)
    yield Table("Impacts at a glance", (form.columns[0].capitalize(), "Impact"), rows)
    for characteristic in form.characteristics:
        impact = content.impact(characteristic.code)
        star = "*" if characteristic.note else ""
        yield Heading(4, f"{characteristic.label}{star}: {STATES[impact.state].lower()}")
        yield from _impact(impact, form)
    for characteristic in form.characteristics:
        if characteristic.note:
            yield Note(f"* {form.say(characteristic.note)}")


def _impact(impact: Impact, form: Form) -> Iterable[Block]:
    aims = {aim.code: aim.label for aim in form.aims}
    for title, text, served in (
        ("Positive impacts", impact.positive, impact.positive_aims),
        ("Negative impacts", impact.negative, impact.negative_aims),
    ):
        if text.strip():
            yield Paragraph(f"{title}:")
            yield from blocks(text)
            if served:
                yield Paragraph(f"Aims of the duty: {listed(aims.get(code, code) for code in served)}.")
    if impact.promise:
        yield Paragraph(f"Delivered by this promise: {impact.promise}")
    if impact.alternatives:
        yield Paragraph(f"Alternatives considered: {impact.alternatives}")
    if impact.unknown_reason:
        yield Paragraph(f"Why “no impact” is kept although much is unknown: {impact.unknown_reason}")
    if impact.severity and impact.likelihood:
        product = impact.severity * impact.likelihood
        yield Paragraph(f"Severity {impact.severity} by likelihood {impact.likelihood}: {product}.")
    if impact.state in {State.NO_IMPACT, State.UNKNOWN}:
        yield Paragraph("The reason is given in the explanation below.")
    if impact.state is State.BLANK:
        yield Paragraph(UNANSWERED)


def _actions(table: ActionTable, columns: tuple[str, ...]) -> Iterable[Block]:
    if not table.rows:
        yield Paragraph("N/A" if table.none else "None.")
        return
    rows = tuple(
        (f"{r.need} ({r.affected})" if r.affected else r.need, r.action, r.outcome, r.due, r.monitoring, r.officer)
        for r in table.rows
    )
    yield Table("Actions", columns, rows)


def _set_aside(facts: Facts) -> Iterable[Block]:
    if facts.overrides:
        yield Heading(2, "Checks set aside, with the reasons")
        rows = tuple((code, reason, f"{by}, {spoken(on)}") for code, reason, by, on in facts.overrides)
        yield Table("Checks set aside", ("Check", "Reason", "By"), rows)


def _signatures(title: str, sign_offs: tuple[SignOff, ...]) -> Iterable[Block]:
    if not sign_offs:
        return
    yield Heading(2, title)
    rows = tuple(
        (s.post, s.name or "Name not held", spoken(s.on) if s.on else s.printed_on or "Not dated", s.verb)
        for s in sign_offs
    )
    yield Table(title, ("Post", "Name", "Date", "As printed"), rows)


def _addendum(late: Late) -> Iterable[Block]:
    yield Heading(2, f"Addendum {late.number}: {late.need}")
    yield Paragraph(f"The consultation ended on {spoken(late.ended_on)}, after this review was approved.")
    yield Heading(3, "What was found")
    yield from _text(late.findings)
    yield Heading(3, "What it changes")
    yield from _text(late.effect)
    if late.sign_offs:
        rows = tuple((s.post, s.name or "Name not held", spoken(s.on) if s.on else "", s.verb) for s in late.sign_offs)
        yield Table(f"Sign-off of addendum {late.number}", ("Post", "Name", "Date", "As printed"), rows)
