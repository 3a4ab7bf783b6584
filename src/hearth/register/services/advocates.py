"""Who may act for somebody: written down with scope and evidence, ended on a day or withdrawn at once (SEC-14)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from hearth.audit import services as audit
from hearth.db import news
from hearth.documents import services as documents
from hearth.kernel.permits import Actor, check
from hearth.kernel.refusals import Refused
from hearth.register import permissions, queries
from hearth.register.models import Advocate, Person
from hearth.register.rules import authority, numbers
from hearth.register.rules.kinds import Authority, Scope


@transaction.atomic
def add_advocate(
    *,
    person: Person,
    name: str,
    kind: Authority | str,
    scope: Sequence[Scope | str],
    evidence: str,
    started_on: date,
    ended_on: date | None = None,
    organisation: str = "",
    email: str = "",
    phone: str = "",
    postal_address: str = "",
    user_id: int | None = None,
    file: Any = None,
    on: date,
    by: Actor,
) -> Advocate:
    """Write down that somebody may act for a person, for what, until when, and what shows it (SEC-14).

    `file` is an uploaded copy of the evidence, with a name and `read()`. Raises Refused for one with a virus.
    """
    check(by, permissions.WORK)
    if not name.strip():
        raise Refused("Enter the name of whoever acts.", field="name")
    wanted = [Scope(one).value for one in scope]
    authority.check_authority(scope=wanted, evidence=evidence, started_on=started_on, ended_on=ended_on, on=on)
    kept = None
    if file is not None:
        media_type = getattr(file, "content_type", "") or ""
        kept = documents.keep(
            name=file.name, body=file.read(), purpose="register.authority", media_type=media_type, by=by
        )
    made = Advocate.objects.create(
        person=person, name=name.strip(), organisation=organisation.strip(), kind=Authority(kind), scope=wanted,
        email=email.strip(), phone=_phone(phone), postal_address=postal_address.strip(), user_id=user_id,
        evidence=evidence.strip(), file=kept, started_on=started_on, ended_on=ended_on,
    )  # fmt: skip
    audit.record(by=by, deed="register.authority_added", subject=person, person=person.pk, kind=str(made.kind))
    news.announce("register.authority_changed", person_id=person.pk)
    return made


def _phone(typed: str) -> str:
    try:
        return numbers.phone(typed) if typed.strip() else ""
    except Refused as refused:
        raise Refused(f"{refused}.", field="phone") from None


@transaction.atomic
def withdraw_authority(*, advocate: Advocate, at: datetime, by: Actor) -> None:
    """End an authority at once: from this moment on, nobody may act on it. The person may do so themselves too."""
    permissions.check_own(by, permissions.WORK, advocate.person.user_id)
    if not queries.advocate_holds(advocate, at=at) and advocate.withdrawn_at is not None:
        raise Refused("This authority was withdrawn already.")
    advocate.withdrawn_at = at
    advocate.save(update_fields=["withdrawn_at"])
    audit.record(by=by, deed="register.authority_withdrawn", subject=advocate.person, person=advocate.person_id)
    news.announce("register.authority_changed", person_id=advocate.person_id)
