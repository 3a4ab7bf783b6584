"""What "Your details" shows: everything that is kept about whoever reads it, in plain words."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import NoReverseMatch, reverse

from hearth.accounts import permissions as accounts
from hearth.kernel.permits import Actor
from hearth.kernel.words import listed
from hearth.register.models import DataRequest, Person
from hearth.register.pages.contact import wish_rows
from hearth.register.queries import own as queries
from hearth.register.queries import rights
from hearth.register.rules.kinds import Asks, Scope
from hearth.register.rules.numbers import shown_phone
from hearth.ui.tables import Cell, Table
from hearth.ui.tags import Tag
from hearth.ui.words import day, moment

COLOURS = {
    "received": "blue", "identity": "yellow", "working": "blue", "granted": "green", "partly": "green",
    "refused": "grey", "withdrawn": "grey",
}  # fmt: skip
ASK_WORDS = {
    Asks.ACCESS: "Ask for a copy of everything that we keep about you",
    Asks.PORTABILITY: "Ask for your data to take elsewhere",
    Asks.CORRECTION: "Ask us to correct something that you cannot change here",
    Asks.OBJECTION: "Object to a use of your data",
    Asks.RESTRICTION: "Ask us to use your data only where we must",
    Asks.ERASURE: "Ask us to erase your data",
}


def identity_rows(person: Person) -> list[tuple[str, Any]]:
    """Name and birth, which are changed on request only."""
    return [
        ("Name", person.name),
        ("Date of birth", person.born_on),
        ("Our reference", person.key),
        *([("Parent or guardian who agreed", person.guardian)] if person.guardian else []),
    ]


def reach_rows(person: Person) -> list[tuple[str, Any]]:
    """How one is reached, which may be changed at once."""
    return [
        ("Title", person.title),
        ("Email address", person.email),
        ("Mobile number", shown_phone(person.mobile)),
        ("Telephone number", shown_phone(person.phone)),
        ("Address for letters", person.postal_address or "Your home"),
    ]


def home_rows(person: Person, *, by: Actor) -> list[tuple[str, Any]]:
    """Homes, tenancies, leases and applications, each with its days."""
    found: list[tuple[str, Any]] = []
    for member in queries.homes(person, by=by):
        found.append(("Lives at", Cell(str(member.household.home), hint=_span(member.started_on, member.ended_on))))
    for held in queries.tenancies(person, by=by):
        lead = ", as lead tenant" if held.lead else ""
        words = f"{held.tenancy.get_tenure_display()}{lead}"
        found.append(("Tenancy", Cell(words, hint=_span(held.tenancy.started_on, held.tenancy.ended_on))))
    for lease in queries.leases(person, by=by):
        found.append(("Lease", Cell(str(lease.lease.home), hint=_span(lease.lease.started_on, lease.lease.ended_on))))
    for one in queries.applications(person, by=by):
        found.append(("Applied", Cell(one.get_kind_display(), hint=_span(one.started_on, one.ended_on))))
    return found or [("Home", "We know of no home of yours here")]


def _span(first: date | None, last: date | None) -> str:
    if first and last:
        return f"{day(first)} to {day(last)}"
    return f"Since {day(first)}" if first else f"Until {day(last)}" if last else ""


def need_rows(person: Person, *, by: Actor) -> list[dict[str, Any]]:
    """Needs that stand, each with the way to end it."""
    return [
        {
            "key": one.get_kind_display(),
            "value": Cell(one.what, hint=f"Since {day(one.started_on)}, told by: {_told(one)}"),
            "actions": [{"text": "It ended", "href": reverse("register:own_end_need", kwargs={"need": one.pk})}],
        }
        for one in queries.needs(person, by=by).filter(ended_on=None)
    ]


def adjustment_rows(person: Person, *, by: Actor) -> list[tuple[str, Any]]:
    """What is done differently."""
    return [
        ("We will", Cell(one.what, hint=f"Agreed {day(one.agreed_on)}; looked at again by {day(one.review_on)}"))
        for one in queries.adjustments(person, by=by)
    ]


def advocate_rows(person: Person, *, on: date, by: Actor) -> list[tuple[str, Any]]:
    """Who may act for them, for what and until when."""
    found = []
    for one in queries.advocates(person, on=on, by=by):
        scope = listed([Scope(value).label.lower() for value in one.scope]) or "nothing yet"
        until = f", until {day(one.ended_on)}" if one.ended_on else ""
        found.append((one.name, Cell(f"{one.get_kind_display()}: {scope}", hint=f"Since {day(one.started_on)}{until}")))
    return found


def contact_table(person: Person, *, by: Actor) -> Table:
    """The last contacts: when, how and about what."""
    rows = tuple(
        (
            Cell(moment(one.at)),
            "You contacted us" if one.incoming else "We contacted you",
            one.get_channel_display(),
            _to_you(one.get_purpose_display()),
        )
        for one in queries.contacts(person, by=by)[:20]
    )
    headers = ("When", "Who", "How", "About")
    return Table("Our last contacts with you", headers, rows, stack=True, empty="None is on record.")


def request_table(person: Person) -> Table:
    """What they asked, where it stands and by when it is answered."""
    rows = tuple(_request_row(one) for one in rights.requests_of(person))
    return Table("What you asked", ("What", "Asked on", "Where it stands"), rows, stack=True, empty="Nothing so far.")


def _request_row(one: DataRequest) -> tuple[Any, ...]:
    href = reverse("register:own_request", kwargs={"pk": one.pk})
    hint = f"We answer by {day(one.due_on)}" if rights.is_open(one) else ""
    tag = Tag(one.get_state_display(), COLOURS[one.state])
    return (
        Cell(one.get_asks_display(), href=href, hint=rights.reference(one)),
        one.received_on,
        Cell(tags=(tag,), hint=hint),
    )


def asks() -> list[tuple[str, str]]:
    """What may be asked, with its page."""
    return [(words, reverse("register:own_ask", kwargs={"asks": one.value})) for one, words in ASK_WORDS.items()]


def links() -> list[tuple[str, str]]:
    """The pages of other rooms about oneself that this installation has."""
    found = []
    for text, name in queries.other_pages():
        try:
            found.append((text, reverse(name)))
        except NoReverseMatch:
            continue  # an installation without the room
    return found


def details(person: Person, *, on: date, by: Actor) -> dict[str, Any]:
    """The whole page."""
    return {
        "person": person,
        "identity": identity_rows(person),
        "reach": reach_rows(person),
        "homes": home_rows(person, by=by),
        "wishes": [(_to_you(key), _to_you(value)) for key, value in wish_rows(person, on=on)],
        "needs": need_rows(person, by=by),
        "adjustments": adjustment_rows(person, by=by),
        "advocates": advocate_rows(person, on=on, by=by),
        "contacts": contact_table(person, by=by),
        "requests": request_table(person),
        "asks": asks(),
        "links": links(),
    }


def _to_you(words: Any) -> Any:
    """The officers' words, said to the person."""
    if not isinstance(words, str):
        return words
    for theirs, yours in (
        ("They have not said", "You have not said"),
        ("they have not said", "you have not said"),
        ("the person themselves", "you"),
        ("Their own case", "Your own case"),
    ):
        words = words.replace(theirs, yours)
    return words


def _told(one: Any) -> str:
    return str(_to_you(one.get_told_by_display().lower()))


def account_section(person: Person, *, on: date, by: Actor) -> dict[str, Any] | None:
    """Whether somebody has an account, for whoever may send the code with which it is opened; else nothing."""
    if not by.may(accounts.OPEN_FOR_RESIDENTS):
        return None
    sent = queries.codes(person, by=by).first()
    return {"person": person, "user": person.user, "sent": sent if sent and sent.used_on is None else None}
