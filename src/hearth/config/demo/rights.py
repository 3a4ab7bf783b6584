"""Rights of the demonstration: a resident with an account, requests about data at several stages, and a legal hold.

It finds its people in the register, and adds nothing where there are none.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from hearth.accounts import queries as accounts
from hearth.kernel.permits import Actor
from hearth.landlords import queries as landlords
from hearth.notifications import queries as messages
from hearth.register.models import Person
from hearth.register.queries import own as own_queries
from hearth.register.services import own, rights

HOW = "Called back on the number in our record"


def address() -> str:
    """With what the resident of the demonstration signs in."""
    return f"resident@{landlords.own().slug}.example"


def load(*, today: date, now: datetime, password: str, by: Actor) -> Person | None:
    """Open one resident's account by a code, as in life, and log what people ask; the resident, or None."""
    known = Person.objects.filter(merged_into=None, user=None, died_on=None, anonymised_on=None)
    adults = known.filter(born_on__lte=today - timedelta(days=7000)).exclude(email="").order_by("id")
    homes = adults.filter(
        tenancies_held__lead=True, tenancies_held__ended_on=None, tenancies_held__tenancy__ended_on=None
    )
    resident = homes.first()
    if resident is None:
        return None
    written = own.send_code(person=resident, address="http://localhost/register/join/", at=now, by=by)
    message = messages.message(written.message_id) if written.message_id else None
    code = re.search(r"\b[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}\b", message.body if message else "")
    if code is None:
        return None
    own.take_up(code=code[0], born_on=resident.born_on, email=address(), password=password, at=now)
    resident.refresh_from_db()
    _ask(resident, [one for one in homes.all()[:4] if one.pk != resident.pk], today=today, by=by)
    return resident


def _ask(resident: Person, others: list[Person], *, today: date, by: Actor) -> None:
    themselves = accounts.actor(resident.user, on=today)
    rights.ask_own(person=own_queries.own(by=themselves) or resident, asks="access", on=today, by=themselves)
    said = [("objection", 9, ["survey"]), ("correction", 20, []), ("erasure", 34, [])]
    for person, (asks, days, purposes) in zip(others, said, strict=False):
        made = rights.ask(
            person=person, asked_by="", asks=asks, how="letter", received_on=today - timedelta(days=days),
            what="My name is spelt with an e at its end", purposes=purposes, on=today, by=by,
        )  # fmt: skip
        if asks != "erasure":
            rights.identity_proved(request=made, how=HOW, on=today - timedelta(days=days - 2), by=by)
    if others:
        rights.hold(person=others[0], kind="", reason="Claim about disrepair, letter of last month", on=today, by=by)
