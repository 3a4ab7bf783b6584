"""What people tell about themselves: asked for a purpose, kept with consent where it is needed, withdrawn, looked at.

No event of the trail holds what somebody told: only that it was told, by what way, and of which characteristics.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from hearth.audit import services as audit
from hearth.equality import models, permissions, queries, rules
from hearth.equality.models import CategorySet, Consent, Purpose
from hearth.equality.rules import Source, Told
from hearth.kernel.permits import Actor, Forbidden, check
from hearth.kernel.refusals import Refused


@transaction.atomic
def add_purpose(
    *,
    text: str,
    lawful_basis: str,
    condition: str,
    consent_words: str,
    holds_from: date,
    kept_years: int = 6,
    by: Actor,
) -> Purpose:
    """Say for what people are asked, and by which ground of the law, from a day on (PROF-27)."""
    check(by, permissions.KEEP)
    if Purpose.objects.filter(holds_from=holds_from).exists():
        raise Refused("Another purpose begins on this day already.", field="holds_from")
    made = Purpose.objects.create(
        text=text.strip(), lawful_basis=rules.LawfulBasis(lawful_basis), condition=rules.Condition(condition),
        consent_words=consent_words.strip(), holds_from=holds_from, kept_years=kept_years,
    )  # fmt: skip
    audit.record(by=by, deed="equality.purpose_added", subject=made)
    return made


@transaction.atomic
def ask_with(*, kept: CategorySet, from_on: date | None, question: str = "", by: Actor) -> None:
    """Ask people with the answers of this set from a day on, in place of the set before; None: ask with it no more."""
    check(by, permissions.KEEP)
    if from_on and kept.characteristic != "age" and not any(not c.unknown for c in kept.categories.all()):
        raise Refused("None of the answers of this set says anything about a person.")
    kept.asked_from, kept.question = from_on, question.strip()
    kept.save(update_fields=["asked_from", "question"])
    audit.record(by=by, deed="equality.question_changed", subject=kept, asked=from_on is not None)


@transaction.atomic
def tell(
    *,
    person: Any,
    told: Sequence[Told],
    source: Source,
    on: date,
    at: datetime,
    consent: bool = False,
    forget: Iterable[str] = (),
    by: Actor,
) -> int:
    """Keep what somebody told about themselves, and say how many characteristics it changed (PROF-01, PROF-32).

    People tell it themselves (`source` SELF), or an officer with the right to collect writes it down, from paper or
    asking, without seeing what was told before. `forget` names characteristics whose answers the person takes away.
    Refused without a purpose, and without the consent that is needed (PROF-14, PROF-15).
    """
    own = source is Source.SELF
    if own and (by.user_id is None or person.user_id != by.user_id):
        raise Forbidden(f"{by.name or 'Nobody'} may not answer for somebody else.")
    if not own:
        check(by, permissions.COLLECT)
    purpose = _purpose(on)
    sets = queries.questions_on(on)
    for one in told:
        _check_told(one, sets)
    forgotten = _forget(person, set(forget))
    before = queries.standing_now([person.pk]).get(person.pk, {})
    new = rules.changed(before, told)
    if not new:
        if forgotten:
            audit.record(by=by, deed="equality.answers_forgotten", subject=person, person=person.pk, what=forgotten)
        return len(forgotten)
    given = _consent(person, purpose, source=source, asked=consent, on=on)
    _write([(person.pk, given, new)], purpose=purpose, source=source, sets=sets, on=on, at=at)
    codes = sorted([*forgotten, *(one.characteristic for one in new)])
    audit.record(by=by, deed="equality.told", subject=person, person=person.pk, source=source.value, what=codes)
    return len(codes)


def _purpose(on: date) -> Purpose:
    purpose = queries.purpose_on(on)
    if purpose is None:
        raise Refused("Say first for what people are asked: nothing may be kept without a purpose.")
    return purpose


def _check_told(one: Told, sets: dict[str, CategorySet]) -> None:
    kept = sets.get(one.characteristic)
    if kept is None:
        raise Refused(f"{rules.title_of(one.characteristic)} is not asked.", field=one.characteristic)
    rules.check_told(one, several=kept.several, known={c.pk for c in kept.categories.all() if not c.unknown})


def _consent(person: Any, purpose: Purpose, *, source: Source, asked: bool, on: date) -> Consent | None:
    """The consent under which an answer is kept, made now where the person gave it; refused where it is lacking."""
    standing = queries.consent_of(person.pk, purpose)
    rules.check_consent(
        consented=asked or standing is not None,
        tenant=source is Source.SELF or queries.is_tenant(person, on=on),
        source=source, basis=purpose.lawful_basis, condition=purpose.condition,
    )  # fmt: skip
    if standing is None and asked:
        standing = Consent.objects.create(person_id=person.pk, purpose=purpose, source=source, given_on=on)
    return standing


def _write(
    told: Iterable[tuple[int, Consent | None, Sequence[Told]]],
    *,
    purpose: Purpose,
    source: Source,
    sets: dict[str, CategorySet],
    on: date,
    at: datetime,
) -> None:
    """Put answers in the place of those that stand; what was replaced stays, marked as replaced."""
    rows: list[models.Answer] = []
    people: dict[str, list[int]] = {}
    for person_id, consent, answers in told:
        for one in answers:
            people.setdefault(one.characteristic, []).append(person_id)
            for category in one.categories or (None,):
                rows.append(
                    models.Answer(
                        person_id=person_id, characteristic=one.characteristic, category_set=sets[one.characteristic],
                        category_id=category, standing=one.standing, source=source, told_on=on, purpose=purpose,
                        consent=consent,
                    )
                )  # fmt: skip
    for code, ids in people.items():
        for start in range(0, len(ids), 5000):
            there = models.Answer.objects.filter(characteristic=code, superseded_at=None)
            there.filter(person_id__in=ids[start : start + 5000]).update(superseded_at=at)
    models.Answer.objects.bulk_create(rows, batch_size=2000)


def _forget(person: Any, codes: set[str]) -> list[str]:
    """Take answers away for good, also those that were replaced, and say of which characteristics there were any."""
    held = models.Answer.objects.filter(person_id=person.pk, characteristic__in=codes)
    found = sorted(set(held.values_list("characteristic", flat=True)))
    held.delete()
    return found


@transaction.atomic
def withdraw(*, person: Any, on: date, by: Actor) -> int:
    """Somebody takes back their consent: what they told is removed, also what was replaced before (PROF-15).

    The trail keeps that it happened, and no value. By the person themselves, or by an officer who collects.
    """
    if by.user_id is None or person.user_id != by.user_id:
        check(by, permissions.COLLECT)
    standing = Consent.objects.filter(person_id=person.pk, withdrawn_on=None)
    if not standing.exists():
        raise Refused("There is no consent that could be withdrawn.")
    codes = queries.said_by(person.pk, earlier=True)
    removed, _ = models.Answer.objects.filter(person_id=person.pk).delete()
    standing.update(withdrawn_on=on)
    audit.record(
        by=by, deed="equality.consent_withdrawn", subject=person, person=person.pk,
        what=sorted({one.characteristic for one in codes}),
    )  # fmt: skip
    return removed


@transaction.atomic
def look_at_answers(*, person: Any, why: str, by: Actor) -> list[queries.Said]:
    """What one person told, now and before, for cleared staff; that they looked goes to the trail (PROF-27)."""
    check(by, permissions.ANSWERS)
    if len(why.split()) < 2:
        raise Refused("Say what you need it for.", field="why")
    audit.record(by=by, deed="equality.answers_seen", subject=person, person=person.pk, why=why)
    return queries.said_by(person.pk, earlier=True)
