"""What documents answer to: laws, standards and guidance; corporate plans and their aims; indicators."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import IntegrityError, transaction

from hearth.audit import services as audit
from hearth.db import news
from hearth.kernel.days import spoken
from hearth.kernel.permits import Actor, check
from hearth.kernel.refusals import Refused
from hearth.policies import permissions, queries, rules
from hearth.policies.models import Aim, Indicator, Law, Plan
from hearth.policies.rules import Reason
from hearth.policies.services.documents import bring_review_forward


@transaction.atomic
def add_law(
    *,
    title: str,
    kind: str,
    issuer: str = "",
    aliases: Iterable[str] = (),
    draft: bool = False,
    from_on: date | None = None,
    to_on: date | None = None,
    source: str = "",
    confirm: bool = False,
    by: Actor,
) -> Law:
    """Add an Act, regulations, a standard, a code or guidance to the register (GOV-21 to GOV-23)."""
    check(by, permissions.REGISTER)
    law = Law(confirm=confirm)
    _say(law, title, kind, issuer, aliases, draft, from_on, to_on, source)
    law.save()
    audit.record(by=by, deed="policies.law_added", subject=law)
    return law


@transaction.atomic
def change_law(
    *,
    law: Law,
    title: str,
    kind: str,
    issuer: str,
    aliases: Iterable[str],
    draft: bool,
    from_on: date | None,
    to_on: date | None,
    source: str,
    by: Actor,
) -> Law:
    """Correct what the register says of a law. What an officer has gone over needs no more confirming."""
    check(by, permissions.REGISTER)
    _say(law, title, kind, issuer, aliases, draft, from_on, to_on, source)
    law.confirm = False
    law.save()
    audit.record(by=by, deed="policies.law_corrected", subject=law)
    return law


def _say(
    law: Law, title: str, kind: str, issuer: str, aliases: Iterable[str], draft: bool, from_on: date | None,
    to_on: date | None, source: str,
) -> None:  # fmt: skip
    if not title.strip():
        raise Refused("Enter the title.", field="title")
    if kind not in Law.Kind.values:
        raise Refused("Select what it is.", field="kind")
    known = queries.law_called(title)
    if known and known.pk != law.pk:
        raise Refused(f"It is in the register already, as {known.title}.", field="title")
    if from_on and to_on and to_on < from_on:
        raise Refused("It cannot end before it comes into force.", field="to_on")
    law.title, law.kind, law.issuer, law.draft = title.strip(), kind, issuer.strip(), draft
    law.aliases = list(dict.fromkeys(alias.strip() for alias in aliases if alias.strip()))
    law.from_on, law.to_on, law.source = from_on, to_on, source.strip()


@transaction.atomic
def replace_law(*, law: Law, by_law: Law, on: date, by: Actor) -> Law:
    """Record that another takes a law's place from a day on; the day before is its last (GOV-23).

    Documents that cite it show a warning from then on (GOV-22).
    """
    check(by, permissions.REGISTER)
    if law.pk == by_law.pk:
        raise Refused("Choose another one: nothing replaces itself.", field="by_law")
    after: Law | None = by_law
    while after is not None:
        if after.replaced_by_id == law.pk:
            raise Refused(f"{by_law.title} was itself replaced by {law.title}.", field="by_law")
        after = after.replaced_by
    if law.from_on and on <= law.from_on:
        raise Refused(f"It came into force on {spoken(law.from_on)}, so it is replaced after that.", field="on")
    law.replaced_by, law.to_on = by_law, on - timedelta(days=1)
    law.save(update_fields=["replaced_by", "to_on"])
    audit.record(by=by, deed="policies.law_replaced", subject=law, by_law=by_law.pk, from_on=on.isoformat())
    news.announce("policies.law_changed", law_id=law.pk)
    return law


@transaction.atomic
def law_changed(*, law: Law, change: str, on: date, by: Actor) -> Law:
    """Mark a law as fundamentally changed: the review of each published document under it falls due (GOV-20)."""
    check(by, permissions.REGISTER)
    if len(change.split()) < 3:
        raise Refused("Say what changed, so that others can judge what it means for their documents.", field="change")
    if law.changed_on and on < law.changed_on:
        raise Refused(f"A later change, of {spoken(law.changed_on)}, is recorded already.", field="on")
    law.changed_on, law.change = on, change.strip()
    law.save(update_fields=["changed_on", "change"])
    audit.record(by=by, deed="policies.law_changed", subject=law, on=on.isoformat())
    made_by_parliament = {Law.Kind.ACT, Law.Kind.REGULATIONS, Law.Kind.GUIDANCE}
    reason = Reason.LEGISLATIVE if law.kind in made_by_parliament else Reason.REGULATORY
    for document in queries.documents_under(law):
        bring_review_forward(document=document, reason=reason.value, on=on, by=by)
    news.announce("policies.law_changed", law_id=law.pk)
    return law


@transaction.atomic
def add_plan(*, title: str, starts_on: date, ends_on: date, by: Actor) -> Plan:
    """Add a corporate plan of some years (GOV-30)."""
    check(by, permissions.REGISTER)
    if not title.strip():
        raise Refused("Enter the title.", field="title")
    rules.check_term(starts_on, ends_on)
    plan = Plan.objects.create(title=title.strip(), starts_on=starts_on, ends_on=ends_on)
    audit.record(by=by, deed="policies.plan_added", subject=plan)
    return plan


@transaction.atomic
def add_aim(*, plan: Plan, text: str, code: str = "", by: Actor) -> Aim:
    """Add an aim or a coded objective to a corporate plan."""
    check(by, permissions.REGISTER)
    if not text.strip():
        raise Refused("Enter the aim as the plan words it.", field="text")
    if code.strip() and plan.aims.filter(code__iexact=code.strip()).exists():
        raise Refused(f"This plan has an aim {code.strip()} already.", field="code")
    aim = Aim.objects.create(plan=plan, code=code.strip(), text=text.strip())
    audit.record(by=by, deed="policies.aim_added", subject=aim)
    return aim


@transaction.atomic
def add_indicator(*, code: str, title: str, aliases: Iterable[str] = (), by: Actor) -> Indicator:
    """Add a key performance indicator as a name to cite (CAR-07)."""
    check(by, permissions.REGISTER)
    for field, value, ask in (("code", code, "Enter the code, such as HPI-16."), ("title", title, "Enter the title.")):
        if not value.strip():
            raise Refused(ask, field=field)
    names = list(dict.fromkeys(alias.strip() for alias in aliases if alias.strip()))
    try:
        with transaction.atomic():
            indicator = Indicator.objects.create(code=code.strip(), title=title.strip(), aliases=names)
    except IntegrityError:
        raise Refused("There is an indicator with that code already.", field="code") from None
    audit.record(by=by, deed="policies.indicator_added", subject=indicator)
    return indicator
