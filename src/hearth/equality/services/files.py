"""Files of answers: checked first, so that everybody sees what would happen; then brought in, or thrown away."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from hearth.audit import services as audit
from hearth.db import news
from hearth.equality import permissions, queries, rules
from hearth.equality.models import AnswerFile, Consent, Purpose
from hearth.equality.rules import Problem, Row, SheetRow, Source, Standing, Told
from hearth.equality.services.answers import _purpose, _write
from hearth.kernel.permits import Actor, check
from hearth.kernel.refusals import Refused
from hearth.register import queries as register

MOST_PROBLEMS = 20_000


@transaction.atomic
def check_file(*, name: str, rows: Sequence[Row], source: Source, on: date, by: Actor) -> AnswerFile:
    """Read a sheet of answers and keep what it would bring in, with what is wrong; nothing is brought in yet.

    One row a person by the register's reference, one column a characteristic. Answers of leaseholders, and of others
    who are no tenants, are refused unless the row says that they consented (PROF-14).
    """
    check(by, permissions.KEEP)
    check(by, permissions.COLLECT)
    purpose = _purpose(on)
    questions = {
        code: rules.question_of(
            code, kept.name, kept.several, [(c.pk, c.label, c.code, c.unknown) for c in kept.categories.all()]
        )
        for code, kept in queries.questions_on(on).items()
    }
    good, problems = rules.read_answers(rows, questions)
    known = _people([one.key for one in good], by=by)
    tenures = register.tenures_of(list(known.values()), on=on)
    consented = set(Consent.objects.filter(purpose=purpose, withdrawn_on=None).values_list("person_id", flat=True))
    ready = []
    for one in good:
        person = known.get(one.key)
        if problem := _problem(one, person, tenures, consented, purpose):
            problems.append(problem)
            continue
        told = [[t.characteristic, t.standing.value, list(t.categories)] for t in one.told]
        ready.append([known[one.key].pk, one.consent, told])
    problems.sort(key=lambda problem: problem.row)
    kept = AnswerFile.objects.create(
        name=name[:200], source=source, told_on=on, ready=ready, rows=max(len(rows) - 1, 0), people=len(ready),
        answers=sum(len(told) for _, _, told in ready), by_name=by.name,
        problems=[[p.row, p.column, p.why] for p in problems[:MOST_PROBLEMS]],
    )  # fmt: skip
    audit.record(by=by, deed="equality.file_checked", subject=kept, people=len(ready), problems=len(problems))
    return kept


def _people(keys: Sequence[str], *, by: Actor) -> dict[str, Any]:
    found = {}
    for start in range(0, len(keys), 5000):
        for person in register.people(by=by).filter(key__in=keys[start : start + 5000]):
            found[person.key] = person
    return found


def _problem(
    one: SheetRow, person: Any, tenures: Mapping[int, Any], consented: Collection[int], purpose: Purpose
) -> Problem | None:
    """What keeps the answers of one row from being kept, or nothing."""
    if person is None:
        return Problem(one.row, "", "Nobody in the register has this reference.")
    try:
        rules.check_consent(
            consented=one.consent or person.pk in consented, tenant=tenures[person.pk].value in queries.TENANTS,
            source=Source.IMPORT, basis=purpose.lawful_basis, condition=purpose.condition,
        )  # fmt: skip
    except Refused as refused:
        return Problem(one.row, "", refused.message)
    return None


@transaction.atomic
def bring_in(*, file: AnswerFile, at: datetime, by: Actor) -> None:
    """Bring in what a checked file holds, later, in one transaction; a file is brought in once."""
    check(by, permissions.KEEP)
    check(by, permissions.COLLECT)
    if file.done_at or not file.ready:
        raise Refused("There is nothing in this file that could be brought in.")
    audit.record(by=by, deed="equality.file_brought_in", subject=file, people=file.people, answers=file.answers)
    news.defer_once("equality.bring_in", lock=f"equality.file.{file.pk}", file_id=file.pk, at=at.isoformat())


@transaction.atomic
def write_file(*, file_id: int, at: datetime, by: Actor) -> int:
    """Write the answers of a file that was told to be brought in, and forget its rows. Says how many people it was."""
    file = AnswerFile.objects.select_for_update().filter(pk=file_id).first()
    if file is None or file.done_at:
        return 0
    purpose, sets = _purpose(file.told_on), queries.questions_on(file.told_on)
    held = {c.person_id: c for c in Consent.objects.filter(purpose=purpose, withdrawn_on=None)}
    new = [
        Consent(person_id=pk, purpose=purpose, source=file.source, given_on=file.told_on)
        for pk, consent, _ in file.ready
        if consent and pk not in held
    ]
    held |= {one.person_id: one for one in Consent.objects.bulk_create(new, batch_size=2000)}
    before = queries.standing_now([pk for pk, _, _ in file.ready])
    told = []
    for pk, _, answers in file.ready:
        said = [Told(code, Standing(standing), tuple(categories)) for code, standing, categories in answers]
        if changes := rules.changed(before.get(pk, {}), said):
            told.append((pk, held.get(pk), changes))
    _write(told, purpose=purpose, source=Source(file.source), sets=sets, on=file.told_on, at=at)
    file.ready, file.done_at = [], at
    file.answers = sum(len(changes) for _, _, changes in told)
    file.save(update_fields=["ready", "done_at", "answers"])
    return len(told)


@transaction.atomic
def throw_away(*, file: AnswerFile, by: Actor) -> None:
    """Throw a checked file away; what it held is gone."""
    check(by, permissions.KEEP)
    if file.done_at:
        raise Refused("This file was brought in already.")
    audit.record(by=by, deed="equality.file_thrown_away", subject=file)
    file.delete()
