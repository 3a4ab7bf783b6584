"""Small reviews and forms for the tests of the checks: a sound review that no check stops, and a second form."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

import yaml

from hearth.kernel.findings import Finding
from hearth.reviews.rules.checks import CATALOGUE
from hearth.reviews.rules.checks.context import Context
from hearth.reviews.rules.content import (
    ActionRow,
    ActionTable,
    Affected,
    Aims,
    Approval,
    Committee,
    Consultation,
    Consulted,
    Content,
    Contribution,
    Details,
    Dictated,
    Duty,
    Figure,
    Impact,
    Monitoring,
    NextReview,
    Partners,
    Profile,
    Snapshot,
    Text,
)
from hearth.reviews.rules.form import Characteristic, Choice, Form, Question, Step, form_from

ROOT = Path(__file__).resolve().parents[5]
EDITION = ROOT / "src/hearth/reviews/editions/dartford.yaml"
FORM = form_from(yaml.safe_load(EDITION.read_text(encoding="utf-8")), landlord="Anytown Council")
TODAY = date(2026, 6, 1)
CONTEXT = Context(today=TODAY)

SECOND_FORM = Form(
    key="impact-check",
    edition="2025",
    title="Impact check",
    landlord="Othertown Homes",
    details={"area": "What is checked"},
    steps=(
        Step(
            1,
            "Everything",
            (
                Question(31, "What is it for?", "aims"),
                Question(32, "Whom does it touch?", "affected"),
                Question(33, "What do you know?", "profile"),
                Question(34, "What does it do to them?", "impacts"),
                Question(35, "Why?", "explanation"),
                Question(36, "Who decides?", "approval"),
            ),
        ),
    ),
    characteristics=(
        Characteristic("age", "Age"),
        Characteristic("sex", "Sex"),
        Characteristic("carers", "Unpaid carers", protected=False, words=("carer", "caring")),
        Characteristic("low_income", "People on low incomes", protected=False, words=("low income", "benefits")),
    ),
    groups=(Choice("customers", "Customers"), Choice("shared_owners", "Shared owners")),
    aims=(),
    columns=(),
)

ACTION = ActionRow(
    need="Ethnicity of tenants",
    action="Ask every tenant at the next tenancy visit",
    outcome="Ethnicity known for nine tenants in ten",
    due="November 2026",
    monitoring="Count each quarter",
    officer="Data Manager",
    affected="Minority ethnic tenants",
)
REASONS = "age, sex, gender reassignment, religion, sexual orientation and pregnancy are not touched by keys"


def snapshots(form: Form = FORM) -> tuple[Snapshot, ...]:
    """Figures for every characteristic, all known but one in twenty."""
    figures = (Figure("Yes", "95%"), Figure("Unknown", "5%", unknown=True))
    return tuple(Snapshot(c.code, figures, base=2000, population="tenants") for c in form.characteristics)


def sound() -> Content:
    """A review that is complete and gives no check a reason to stop it."""
    positive = {
        "disability": "Twelve wheelchair users will be offered keys with large handles.",
        "race": "Staff will provide the notice in four languages.",
    }
    impacts = tuple(
        Impact(c.code, positive=positive[c.code], positive_aims=("b",))
        if c.code in positive
        else Impact(c.code, not_applicable=c.employment_only, no_impact=not c.employment_only)
        for c in FORM.characteristics
    )
    return Content(
        details=Details("Spare Key Policy", "May 2026", "Housing", ("Keys Manager",), "Policy Officer"),
        aims=Aims("The Spare Key Policy says who gets a second key."),
        affected=Affected(("tenants",), ""),
        contribution=Contribution(no_indicator=True),
        dictated=Dictated(("Housing Act 1985",), "", "None."),
        profile=Profile(snapshots=snapshots()),
        consultation=Consultation(
            exercises=(Consulted("All tenants", ("tenants",), "April 2026", "letter", 210, "Nine in ten agreed."),)
        ),
        duty=Duty(("b",), "new", False),
        impacts=impacts,
        explanation=Text(f"There is no impact because {REASONS}."),
        partners=Partners(none=True),
        comments=Text("People with more than one characteristic get both measures."),
        information_actions=ActionTable((ACTION,)),
        impact_actions=ActionTable(none=True),
        approval=Approval("Head of Legal Services and Director of Homes, then Cabinet"),
        committee=Committee(yes=True, body="Cabinet"),
        monitoring=Monitoring("Requests for keys by age and disability", 12),
        next_review=NextReview("", "2029-05-01"),
    )


def with_impact(content: Content, impact: Impact) -> Content:
    """The same review with one row of the matrix replaced."""
    others = tuple(i for i in content.impacts if i.characteristic != impact.characteristic)
    return replace(content, impacts=(*others, impact))


def found(code: str, content: Content, form: Form = FORM, context: Context = CONTEXT) -> tuple[Finding, ...]:
    """What one check finds."""
    return next(check for check in CATALOGUE if check.code == code).run(content, form, context)


def codes(findings: Iterable[Finding]) -> set[str]:
    return {finding.code for finding in findings}
