"""What people change in their own record, and how they come to the account with which they do (PROF-32)."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from hearth.accounts import permissions as account_permissions
from hearth.accounts import services as accounts
from hearth.audit import services as audit
from hearth.db import news, wall
from hearth.db.jobs import system
from hearth.kernel.days import spoken
from hearth.kernel.permits import Actor, check
from hearth.kernel.refusals import Refused
from hearth.landlords import queries as landlords
from hearth.register import queries as register
from hearth.register.models import AccountCode, Person
from hearth.register.queries import own as queries
from hearth.register.rules import numbers
from hearth.register.rules import own as rules
from hearth.register.rules.kinds import Purpose
from hearth.register.rules.reaching import WRITTEN
from hearth.register.services.messages import State, Written, write_to

FIELDS = {
    "title": "title", "email": "email address", "phone": "telephone number", "mobile": "mobile number",
    "postal_address": "address for letters",
}  # fmt: skip


@transaction.atomic
def correct_details(
    *, person: Person, title: str, email: str, phone: str, mobile: str, postal_address: str, at: datetime, by: Actor
) -> list[str]:
    """Correct how one is reached; what was changed, in words. Names, birth and tenancy are asked for as a correction.

    They are told by the way that was theirs before, so that nobody else changes it unseen.
    """
    queries.check_own(person, by)
    said = {
        "title": title.strip(), "email": email.strip(), "phone": _number(phone, "phone"),
        "mobile": _number(mobile, "mobile"), "postal_address": postal_address.strip(),
    }  # fmt: skip
    changed = [name for name, value in said.items() if getattr(person, name) != value]
    if not changed:
        return []
    words = [FIELDS[name] for name in changed]
    if any(getattr(person, name) for name in changed if name != "title"):
        text = f"On your own page, these were changed: {', '.join(words)}. If that was not you, tell us at once."
        write_to(
            person=person, purpose=Purpose.CASE, subject="Your contact details were changed", body=text,
            key=f"register.details.{person.pk}.{at.isoformat()}", at=at, by=by,
        )  # fmt: skip
    for name in changed:
        setattr(person, name, said[name])
    person.save(update_fields=changed)
    audit.record(by=by, deed="register.details_corrected", subject=person, person=person.pk, fields=changed)
    news.announce("register.details_corrected", person_id=person.pk)
    return words


def _number(text: str, field: str) -> str:
    try:
        return numbers.phone(text) if text.strip() else ""
    except Refused as refused:
        raise Refused(str(refused), field=field) from None


# ── accounts ──────────────────────────────────────────────────────────────────────────────────────────────


def digest(code: str) -> str:
    """What is kept of a code."""
    return hashlib.sha256(rules.plain_code(code).encode()).hexdigest()


@transaction.atomic
def send_code(*, person: Person, address: str, at: datetime, by: Actor) -> Written:
    """Send somebody the code with which they open their own account; earlier codes are good no longer.

    By the way that is theirs (a "contact safely" marker is obeyed), never through somebody who acts for them, and not
    to somebody under sixteen without a guardian (INC-07). `address` is the full address of the page to enter it on.
    """
    check(by, account_permissions.OPEN_FOR_RESIDENTS)
    on = timezone.localdate(at)
    queries.may_have_account(person, on=on, from_age=int(landlords.setting("register.own_account_age", on=on)))
    first = next(iter(register.reach_unasked(person.pk, purpose=Purpose.CASE, at=at).by(*WRITTEN)), None)
    if first is not None and first.through != "person":
        raise Refused("What we write to them goes to somebody who acts for them. Hand the code over in another way.")
    code = "".join(secrets.choice(rules.ALPHABET) for _ in range(rules.CODE_LENGTH))
    days = int(landlords.setting("register.code_days", on=on))
    landlord = landlords.own()
    written = write_to(
        person=person,
        purpose=Purpose.CASE,
        subject=f"Your account at {landlord.short_name}",
        body=f"You can see and correct what {landlord.name} keeps about you. To open your account, go to\n\n"
        f"{address}\n\nand enter this code:\n\n{rules.spoken_code(code)}\n\n"
        f"The code is good until {spoken(date.fromordinal(on.toordinal() + days))}, once. Give it to nobody.",
        key=f"register.code.{person.pk}.{at.isoformat()}",
        at=at,
        by=by,
    )
    if written.state in (State.SPOKEN, State.NOT_WISHED):
        raise Refused(f"Nothing can be written to them, so no code was made. {written.words}")
    AccountCode.objects.filter(person=person, used_on=None).delete()
    channel = written.way.channel if written.way else "visit"
    AccountCode.objects.create(person=person, digest=digest(code), channel=channel, sent_on=on)
    audit.record(by=by, deed="register.code_sent", subject=person, person=person.pk)
    return written


class WrongBirth(Refused):
    """The date of birth does not agree; the try is counted by `count_try`, after everything else is undone."""


@transaction.atomic
def take_up(*, code: str, born_on: date | None, email: str, password: str, at: datetime) -> Person:
    """Open an account with a code. A code alone does not do: whoever opened the letter must know the date of birth."""
    on = timezone.localdate(at)
    kept = queries.code(digest(code))
    if kept is None:
        raise Refused("This code is not known here. Check it against the letter or email.", field="code")
    kept = AccountCode.objects.select_for_update().select_related("person").get(pk=kept.pk)
    days = int(landlords.setting("register.code_days", on=on))
    rules.check_code(sent_on=kept.sent_on, days=days, used=kept.used_on is not None, tries=kept.tries, on=on)
    person = kept.person
    if not rules.check_born(given=born_on, recorded=person.born_on):
        raise WrongBirth("This is not the date of birth that we have for you. Check it, or ask us.", field="born_on")
    queries.may_have_account(person, on=on, from_age=int(landlords.setting("register.own_account_age", on=on)))
    by = system(wall.current())
    person.user = accounts.open_for_resident(name=person.name, email=email, password=password, on=on, by=by)
    person.save(update_fields=["user"])
    kept.used_on = on
    kept.save(update_fields=["used_on"])
    audit.record(by=by, deed="register.account_opened", subject=person, person=person.pk)
    return person


@transaction.atomic
def count_try(*, code: str) -> None:
    """Count a wrong date of birth against a code; after a few it is good no longer."""
    kept = AccountCode.objects.select_for_update().filter(digest=digest(code), used_on=None).first()
    if kept is not None:
        kept.tries = min(kept.tries + 1, rules.TRIES)
        kept.save(update_fields=["tries"])


@transaction.atomic
def end_account(*, person: Person, on: date, by: Actor) -> None:
    """End the account of a resident; their record stays."""
    check(by, account_permissions.OPEN_FOR_RESIDENTS)
    if person.user is None:
        raise Refused("They have no account.")
    accounts.end_resident(user=person.user, on=on, by=by)
    person.user = None
    person.save(update_fields=["user"])
    audit.record(by=by, deed="register.account_ended", subject=person, person=person.pk)
