"""The copy of one's own data: as a paper that can be read, and as JSON that a machine can take elsewhere (SEC-05)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from hearth.audit import services as audit
from hearth.documents import services as documents
from hearth.documents.queries import body_of
from hearth.kernel.days import spoken
from hearth.kernel.papers import Bullets, Heading, Pairs, Paper, Paragraph
from hearth.kernel.permits import Actor, check
from hearth.kernel.refusals import Refused
from hearth.landlords import queries as landlords
from hearth.register import permissions
from hearth.register.models import DataRequest, Person
from hearth.register.queries import rights as queries
from hearth.register.rules import rights as rules
from hearth.register.rules.kinds import Asks, RequestState
from hearth.register.rules.rights import Item

VERSION = 1  # of the JSON's shape


@transaction.atomic
def make_copy(*, request: DataRequest, on: date, by: Actor) -> None:
    """Make the copy that a request asks for, once identity is proved and every part in doubt was looked at.

    Made from the privacy maps of all rooms (UK GDPR articles 15 and 20). An earlier copy of the request is emptied.
    """
    check(by, permissions.RIGHTS)
    if Asks(request.asks) not in (Asks.ACCESS, Asks.PORTABILITY):
        raise Refused("This request does not ask for a copy.")
    if request.state != RequestState.WORKING or request.identity_on is None:
        raise Refused("A copy is made while the request is worked on, after proof of identity.")
    if request.person is None:
        raise Refused("Say first whose data it is: choose the person of this request.")
    items, decisions = queries.items(request.person, by=by), queries.decisions(request)
    rules.check_reviewed(items, decisions)
    given, left_out = rules.given(items, decisions), left_out_words(items, request)
    earlier = [file for file in (request.file, request.data) if file]
    name = queries.reference(request)
    paper = paper_of(request.person, given, left_out, on=on)
    request.file = documents.keep(
        name=f"{name}.pdf", body=documents.rendered(paper=paper, format="pdf").body, purpose="register.copy",
        media_type="application/pdf", by=by,
    )  # fmt: skip
    body = json.dumps(plain(request.person, given, left_out, on=on), ensure_ascii=False, indent=1).encode()
    request.data = documents.keep(
        name=f"{name}.json", body=body, purpose="register.copy", media_type="application/json", by=by
    )
    request.save(update_fields=["file", "data"])
    for file in earlier:
        documents.empty(file=file, on=on, by=by)
    audit.record(by=by, deed="register.copy_made", subject=request, records=len(given), left_out=len(left_out))


def in_format(*, request: DataRequest, format: str) -> Any:
    """The copy that was made, in another format (Word, large print, Braille, audio), from the same words. Not kept."""
    if request.data is None:
        raise Refused("The copy has not been made yet.")
    return documents.rendered(paper=paper_from(json.loads(body_of(request.data))), format=format)


def left_out_words(items: Sequence[Item], request: DataRequest) -> list[str]:
    """What the copy says that it leaves out: kind and reason. Of what is sealed it says nothing at all, because that
    it exists may be what nobody else may learn (Data Protection Act 2018 Schedule 3).
    """
    open_ones = [item for item in items if item.doubt != rules.SEALED]
    return [f"{kind}: {why}" for kind, _, why in rules.kept_back(open_ones, queries.decisions(request))]


def plain(person: Person, items: Sequence[Item], left_out: Sequence[str], *, on: date) -> dict[str, Any]:
    """The copy as JSON: {"version", "landlord", "about", "made_on", "records": [{"record", "kind", "fields"}]}."""
    return {
        "version": VERSION,
        "landlord": landlords.own().name,
        "about": person.name,
        "made_on": on.isoformat(),
        "records": [
            {"record": item.key, "kind": item.kind, "fields": [[said.label, said.text] for said in item.fields]}
            for item in items
        ],
        "left_out": list(left_out),
    }


def paper_of(person: Person, items: Sequence[Item], left_out: Sequence[str], *, on: date) -> Paper:
    """The copy as a paper."""
    return paper_from(plain(person, items, left_out, on=on))


def paper_from(copy: dict[str, Any]) -> Paper:
    """The paper of a copy that was kept as JSON, so that every format says the same."""
    made_on = spoken(date.fromisoformat(copy["made_on"]))
    blocks: list[Any] = [
        Paragraph(
            f"This is what {copy['landlord']} keeps about {copy['about']}, as it stood on {made_on}. You asked for it "
            "under article 15 of the UK General Data Protection Regulation."
        ),
        Paragraph(
            "We keep it to manage your home and to hear from you. You may ask us to correct it, to erase it or to stop "
            "using it for a purpose. If you are not content with our answer, you may complain to us or to the "
            "Information Commissioner."
        ),
    ]
    kinds: dict[str, list[dict[str, Any]]] = {}
    for record in copy["records"]:
        kinds.setdefault(record["kind"], []).append(record)
    for kind, records in kinds.items():
        blocks.append(Heading(2, kind))
        for number, record in enumerate(records, start=1):
            caption = f"{kind} {number} of {len(records)}" if len(records) > 1 else kind
            blocks.append(Pairs(caption, tuple((label, text) for label, text in record["fields"])))
    if copy["left_out"]:
        blocks += [Heading(2, "What is left out, and why"), Bullets(tuple(copy["left_out"]))]
    landlord = landlords.own()
    return Paper(
        title="Your data",
        landlord=landlord.name,
        blocks=tuple(blocks),
        running_title="Your data",
        contact=" ".join(filter(None, (landlord.phone, landlord.email))),
    )
