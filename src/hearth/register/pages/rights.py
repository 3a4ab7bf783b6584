"""What the pages about requests, holds and retention show, in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse

from hearth.kernel.permits import Actor
from hearth.register import permissions
from hearth.register.models import DataRequest, LegalHold, Person, RetentionRun
from hearth.register.pages.own import COLOURS
from hearth.register.queries import rights as queries
from hearth.register.rules import rights as rules
from hearth.register.rules.kinds import Asks, Purpose, RequestState
from hearth.register.rules.retention import Line
from hearth.register.rules.rights import Item
from hearth.ui.tables import Cell, Table
from hearth.ui.tags import Tag
from hearth.ui.words import day, number

AT_ONCE = 10  # parts in doubt on one page


def address(name: str, **kwargs: Any) -> str:
    """The address of one of these pages."""
    return reverse(f"register:{name}", kwargs=kwargs or None)


def request_table(requests: Sequence[DataRequest], *, on: date) -> Table:
    """Requests by due date."""
    rows = []
    for one in requests:
        late = queries.is_open(one) and one.due_on < on
        due = Cell(day(one.due_on), tags=(Tag("Late", "red"),) if late else ())
        href = address("data_request", pk=one.pk)
        rows.append(
            (
                Cell(queries.reference(one), href=href, hint=one.get_asks_display()),
                one.asked_by,
                one.received_on,
                due,
                Tag(one.get_state_display(), COLOURS[one.state]),
            )
        )
    headers = ("Request", "Who asks", "Received", "Due", "Where it stands")
    return Table("Requests about data", headers, tuple(rows), stack=True, hidden_caption=True, empty="There are none.")


def request_rows(one: DataRequest) -> list[tuple[str, Any]]:
    """One request."""
    person = one.person
    whose = Cell(person.name, href=address("person", pk=person.pk)) if person else "Not known yet"
    rows: list[tuple[str, Any]] = [
        ("Asks for", one.get_asks_display()),
        ("Who asks", one.asked_by),
        ("Whose data", whose),
        ("Received", Cell(day(one.received_on), hint=one.get_how_display())),
        ("Due", Cell(day(one.due_on), hint=_extension(one))),
        ("Where it stands", Tag(one.get_state_display(), COLOURS[one.state])),
        ("Proof of identity", Cell(one.identity_how, hint=day(one.identity_on)) if one.identity_on else "None yet"),
    ]
    if one.purposes:
        rows.append(("Objects to", "\n".join(Purpose(value).label for value in one.purposes)))
    if one.what:
        rows.append(("In their words", one.what))
    if one.answered_on:
        rows.append(("Answered", Cell(day(one.answered_on), hint=f"By {one.handled_by}")))
    if one.ground:
        rows.append(("Why something is kept", one.get_ground_display()))
    if one.answer:
        rows.append(("Answer", one.answer))
    return rows


def _extension(one: DataRequest) -> str:
    return f"Put off on {day(one.extended_on)}: {one.extension_reason}" if one.extended_on else ""


def steps(one: DataRequest, *, items: Sequence[Item], on: date) -> list[tuple[str, str, bool]]:
    """What may be done next with a request: words, address, and whether it is the main thing to do."""
    state, pk = RequestState(one.state), one.pk
    found: list[tuple[str, str, bool]] = []
    if state is RequestState.RECEIVED and one.identity_on:
        found.append(("Start work on it", address("data_start", pk=pk), True))
    if state in (RequestState.RECEIVED, RequestState.IDENTITY) and not one.identity_on:
        found.append(("Write down proof of identity", address("data_proved", pk=pk), True))
    if state is RequestState.RECEIVED and not one.identity_on:
        found.append(("Ask for proof of identity", address("data_identity", pk=pk), False))
    if state is RequestState.WORKING:
        wants_copy = Asks(one.asks) in (Asks.ACCESS, Asks.PORTABILITY) and one.person_id is not None
        if wants_copy and undecided(items, one):
            found.append(("Review what is in doubt", address("data_review", pk=pk), True))
        elif wants_copy:
            again = "Make the copy again" if one.file_id else "Make the copy"
            found.append((again, address("data_copy", pk=pk), one.file_id is None))
        found.append(("Decide and answer", address("data_answer", pk=pk), not wants_copy or one.file_id is not None))
    if state in rules.OPEN and one.extended_on is None and on <= one.due_on:
        found.append(("Put the answer off", address("data_extend", pk=pk), False))
    if state in rules.OPEN:
        found.append(("They no longer ask", address("data_withdraw", pk=pk), False))
    return found


def undecided(items: Sequence[Item], one: DataRequest) -> list[tuple[str, str]]:
    """The parts in doubt that nobody has decided on: key, and words that say what it is."""
    decided = {decision.key for decision in queries.decisions(one)}
    return [(key, part_words(item, key)) for item in items for key in item.doubts() if key not in decided]


def part_words(item: Item, key: str) -> str:
    """A part in doubt as the reviewer sees it. What is sealed is not shown: whoever is cleared is asked about it."""
    if item.doubt == rules.SEALED and key == item.key:
        return f"{item.kind}: sealed. Ask whoever is cleared for it before you decide"
    said = item.part if key.endswith("+") else item.fields
    return f"{item.kind}: {'; '.join(f'{one.label}: {one.text}' for one in said)}"


def copy_rows(items: Sequence[Item], one: DataRequest) -> list[tuple[str, str]]:
    """What the copy would hold, by kind, and what it leaves out."""
    given = rules.given(items, queries.decisions(one))
    kinds: dict[str, int] = {}
    for item in given:
        kinds[item.kind] = kinds.get(item.kind, 0) + 1
    rows = [(kind, number(count)) for kind, count in kinds.items()]
    out = rules.kept_back(items, queries.decisions(one))
    return rows + [(f"Left out: {kind}", f"{number(count)}. {why}") for kind, count, why in out]


def hold_table(holds: Sequence[LegalHold]) -> Table:
    """Legal holds, those in force first."""
    words = {kind.kind: kind.words for kind in queries.kinds_kept()}
    rows = tuple(
        (
            Cell(one.reason, href="" if one.ended_on else address("hold_lift", pk=one.pk)),
            one.person.name if one.person else "Everybody",
            words.get(one.kind, one.kind) or "All records",
            one.started_on,
            one.ended_on or Tag("In force", "yellow"),
        )
        for one in holds
    )
    headers = ("Why", "Whose", "Which records", "From", "Lifted")
    return Table("Legal holds", headers, rows, stack=True, empty="Nothing is held.")


def line_table(lines: Sequence[Line], *, caption: str) -> Table:
    """What would go, or went."""
    rows = tuple((Cell(one.words, hint=one.rule), one.deleted, one.anonymised, one.held) for one in lines)
    return Table(caption, ("What", "Deleted", "Made anonymous", "Held"), rows, stack=True)


def run_table(run: RetentionRun) -> Table:
    """What the job did on a day."""
    lines = [
        Line(one["kind"], one["words"], one["rule"], one["deleted"], one["anonymised"], one["held"])
        for one in run.report
        if one["deleted"] or one["anonymised"] or one["held"]
    ]
    return line_table(lines, caption=f"On {day(run.on)}")


def person_section(person: Person, *, on: date, by: Actor) -> dict[str, Any] | None:
    """Requests and holds of a person, for whoever works on them; else nothing."""
    if not by.may(permissions.RIGHTS):
        return None
    return {
        "person": person,
        "requests": request_table(list(queries.requests_of(person)), on=on),
        "holds": hold_table(list(queries.holds(by=by).filter(person=person))),
    }
