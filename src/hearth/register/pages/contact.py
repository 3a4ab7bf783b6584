"""What the pages about reaching and helping somebody show, in words."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from hearth.kernel.permits import Actor
from hearth.kernel.words import listed
from hearth.register import permissions, queries
from hearth.register.models import Adjustment, Advocate, ContactLog, InterpreterBooking, Need, Person
from hearth.register.rules.adjustments import BOOKING_MOVES
from hearth.register.rules.kinds import Channel, Format, Purpose, Scope
from hearth.register.rules.languages import language_words
from hearth.register.rules.numbers import shown_phone
from hearth.register.rules.reaching import Way
from hearth.ui.tables import Cell, Table
from hearth.ui.tags import Tag
from hearth.ui.words import day, moment

BOOKING_COLOURS = {"asked": "blue", "confirmed": "green", "done": "grey", "failed": "red", "cancelled": "grey"}
SPOKEN = {Channel.PHONE, Channel.RELAY}


def address(name: str, person: Person, **kwargs: Any) -> str:
    """The address of one of these pages about a person."""
    return reverse(f"register:{name}", kwargs={"pk": person.pk, **kwargs})


def reach_section(person: Person, *, on: date, by: Actor) -> dict[str, Any]:
    """How somebody may be reached, for their page: the ways for what must reach them, and what they wish."""
    at = timezone.now()
    found = queries.reach(person.pk, purpose=Purpose.SERVICE, at=at, by=by)
    return {
        "person": person,
        "reach": found,
        "words": found.words,
        "ways": [way_row(way) for way in found.ways],
        "wishes": wish_rows(person, on=on),
        "may_work": by.may(permissions.WORK),
        "may_mark": by.may(permissions.MARK_SAFE),
        "to_tell": list(queries.to_be_told(person, by=by)),
    }


def way_row(way: Way) -> dict[str, Any]:
    """One way as the page draws it. A telephone number carries its Relay UK line (COM-08)."""
    return {
        "channel": way.channel.label,
        "to": way.to,
        "shown": way.shown,
        "name": way.to_name if way.through == "advocate" else "",
        "spoken": way.channel in SPOKEN,
        "relay": way.channel == Channel.RELAY,
        "dial": way.dial,
        "extra": listed([*_extras(way)]) if any(_extras(way)) else "",
    }


def _extras(way: Way) -> list[str]:
    said = [] if way.format == Format.STANDARD or way.channel != Channel.LETTER else [way.format.label.lower()]
    said += [] if way.language.startswith("en") or way.channel in SPOKEN else [f"in {language_words(way.language)}"]
    return said + ([f"with an interpreter: {way.interpreter}"] if way.interpreter and way.channel in SPOKEN else [])


def by_purpose(person: Person, *, at: datetime, by: Actor) -> list[tuple[str, Any]]:
    """How somebody may be reached now for each purpose; purposes with one answer stand together."""
    found: dict[str, list[str]] = {}
    for purpose in Purpose:
        found.setdefault(queries.reach(person.pk, purpose=purpose, at=at, by=by).words, []).append(purpose.label)
    return [(_together(labels), words) for words, labels in found.items()]


def _together(labels: list[str]) -> str:
    if len(labels) == len(Purpose):
        return "Every purpose"
    return listed([labels[0], *(label[0].lower() + label[1:] for label in labels[1:])])


def wish_rows(person: Person, *, on: date) -> list[tuple[str, Any]]:
    """What somebody said of how they wish to hear; the landlord's defaults where they have not said (COM-10)."""
    said = queries.wishes(person)
    rows = list(queries.channels(person))
    out = [one.get_purpose_display() for one in queries.opt_outs(person, on=on)]
    chosen = dict(queries.topics(on))
    wished = [row.get_channel_display() for row in rows if row.allowed]
    refused = [row.get_channel_display() for row in rows if not row.allowed]
    online = {True: "Yes", False: "No", None: "Not known"}[person.online]
    if said is None:
        frequency = queries.default_frequency(on)
        standing = [("How often", f"{frequency.label} (they have not said)")]
    else:
        topics = [chosen.get(key, key) for key in said.topics]
        standing = [
            ("How often", said.get_frequency_display()),
            ("Topics", listed(topics) if topics else "All topics"),
            ("Involvement", said.get_level_display()),
            ("Language", language_words(said.language)),
            ("Interpreter", said.interpreter or "Not needed"),
            ("Format", said.get_format_display()),
        ]
    found: list[tuple[str, Any]] = [
        ("Ways, in order", "\n".join(wished) or "They have not said"),
        ("Not to be used", "\n".join(refused) or "Nothing"),
        ("Do not contact about", "\n".join(out) or "Nothing"),
        *standing,
        ("Uses the internet", online),
    ]
    if person.guardian:
        found.append(("Parent or guardian who agreed", person.guardian))
    if said is not None:
        found.append(("Last changed", f"{day(said.changed_on)}, told by: {said.get_told_by_display().lower()}"))
    return found


def log_row(one: ContactLog) -> tuple[Any, ...]:
    """One contact."""
    tags = () if one.reached else (Tag("Nobody reached", "grey"),)
    relay = (Tag("Relay UK", "purple"),) if one.channel == Channel.RELAY else ()
    who = "They contacted us" if one.incoming else "We contacted them"
    return (
        Cell(moment(one.at)),
        Cell(one.get_channel_display(), tags=(*relay, *tags), hint=who),
        one.get_purpose_display(),
        Cell(one.note, hint=one.by_name),
    )


def log_table(rows: list[ContactLog]) -> Table:
    """The contacts with somebody."""
    return Table("Contacts", ("When", "How", "What for", "What was said or done"), tuple(log_row(r) for r in rows),
                 stack=True, hidden_caption=True, empty="No contact is on record.")  # fmt: skip


def needs_section(person: Person, *, on: date, by: Actor) -> dict[str, Any]:
    """What somebody needs and what is done about it, for their page."""
    may_work = by.may(permissions.WORK)
    needs = list(queries.needs(person, by=by))
    adjustments = list(queries.adjustments_for(person, by=by))
    return {
        "person": person,
        "may_work": may_work,
        "needs": needs_table([one for one in needs if one.ended_on is None], may_work=may_work),
        "ended": [one for one in needs if one.ended_on is not None],
        "adjustments": adjustments_table(adjustments, on=on),
        "interpreters": interpreters_table(list(queries.interpreters(person, by=by)), may_work=may_work),
    }


def needs_table(needs: list[Need], *, may_work: bool) -> Table:
    """What somebody needs now."""
    rows = [
        (
            Cell(one.what),
            one.get_kind_display(),
            one.get_told_by_display(),
            one.started_on,
            *([Cell("It ended", href=address("end_need", one.person, need=one.pk))] if may_work else []),
        )
        for one in needs
    ]
    headers = ("Need", "Kind", "Told by", "Since", *(["Change"] if may_work else []))
    return Table("Needs", headers, tuple(rows), stack=True, caption_size="s", empty="No need is on record.")


def adjustments_table(adjustments: list[Any], *, on: date) -> Table:
    """The adjustments that hold, with how often each was made (PROF-29)."""
    rows = [
        (
            Cell(one.what, href=address("adjustment", one.person, adjustment=one.pk)),
            one.need.what if one.need else "",
            one.made,
            one.not_made,
            Cell(day(one.review_on), tags=(Tag("Look at it again", "orange"),) if one.review_on <= on else ()),
        )
        for one in adjustments
    ]
    headers = ("Adjustment", "For", "Times made", "Times not made", "Review")
    return Table("Reasonable adjustments", headers, tuple(rows), stack=True, caption_size="s",
                 empty="No adjustment has been agreed.")  # fmt: skip


def adjustment_rows(one: Adjustment, *, on: date) -> list[tuple[str, Any]]:
    """One adjustment."""
    ended = [("Ended", one.ended_on)] if one.ended_on else []
    return [
        ("For", one.need.what if one.need else "No need that is listed"),
        ("Agreed", one.agreed_on),
        ("Asked for by", one.get_told_by_display()),
        ("Look at it again", one.review_on),
        *ended,
    ]


def uses_table(uses: list[Any]) -> Table:
    """When an adjustment was made, or was not and why."""
    rows = [
        (
            one.on,
            Tag("Made", "green") if one.made else Tag("Not made", "orange"),
            Cell(one.where, hint=one.reason),
            one.by_name,
        )
        for one in uses
    ]
    return Table("When it was made", ("Day", "Made?", "In what", "Recorded by"), tuple(rows), stack=True,
                 empty="Nobody has recorded yet that it was made.")  # fmt: skip


def interpreters_table(bookings: list[InterpreterBooking], *, may_work: bool) -> Table:
    """The interpreters booked for somebody (COM-07)."""
    rows = []
    for one in bookings:
        open_still = may_work and one.state in BOOKING_MOVES
        href = address("move_interpreter", one.person, booking=one.pk) if open_still else ""
        rows.append(
            (
                Cell(moment(one.at), href=href),
                Cell(one.language, hint=one.get_mode_display()),
                Cell(one.what_for, hint=one.outcome),
                one.supplier,
                Tag(one.get_state_display(), BOOKING_COLOURS[one.state]),
            )
        )
    headers = ("When", "Language", "What for", "Supplier", "State")
    return Table("Interpreters", headers, tuple(rows), stack=True, caption_size="s", empty="No interpreter was booked.")


def advocates_section(person: Person, *, on: date, by: Actor, at: datetime | None = None) -> dict[str, Any]:
    """Who may act for somebody, for their page."""
    now = at or timezone.now()
    rows = list(queries.advocates(person, by=by))
    may_work = by.may(permissions.WORK)
    held = [one for one in rows if queries.advocate_holds(one, at=now)]
    return {
        "person": person,
        "may_work": may_work,
        "table": advocates_table(rows, at=now, may_work=may_work, marked=bool(queries.marker([person.pk], by=by))),
        "holding": [(one.name, scope_words(one)) for one in held],
    }


def scope_words(one: Advocate) -> str:
    """For what an authority holds."""
    return listed([Scope(value).label.lower() for value in one.scope])


def advocates_table(rows: list[Advocate], *, at: datetime, may_work: bool, marked: bool) -> Table:
    """Everybody who acts or acted for somebody (SEC-14); without numbers and addresses where a marker stands."""
    drawn = []
    for one in rows:
        holds = queries.advocate_holds(one, at=at)
        later = one.started_on > timezone.localtime(at).date()
        tag = Tag("Holds", "green") if holds else Tag("Not yet", "blue") if later else Tag("Ended", "grey")
        until = day(one.ended_on) if one.ended_on else "Until it is withdrawn"
        if one.withdrawn_at:
            until = f"Withdrawn {moment(one.withdrawn_at)}"
        copy = address("authority_file", one.person, advocate=one.pk) if one.file_id else ""
        withdraw = [Cell("Withdraw", href=address("withdraw_authority", one.person, advocate=one.pk)) if holds else ""]
        points = (one.organisation,) if marked else (one.organisation, one.email, shown_phone(one.phone))
        who = Cell(one.name, hint=", ".join(part for part in points if part))
        span = Cell(f"{day(one.started_on)} to {until}" if one.ended_on else f"From {day(one.started_on)}. {until}")
        shown = Cell(one.evidence, href=copy)
        line = (who, one.get_kind_display(), scope_words(one).capitalize(), span, shown, tag)
        drawn.append((*line, *(withdraw if may_work else [])))
    headers = ("Name", "Right", "For", "When", "Evidence", "State", *(["Change"] if may_work else []))
    return Table("Who may act", headers, tuple(drawn), stack=True, hidden_caption=True,
                 empty="Nobody acts for this person.")  # fmt: skip


REPORT_HEADERS = ("Person", "Need", "Kind", "Since", "Adjustments agreed", "Times made in 12 months",
                  "Times not made in 12 months", "Last made")  # fmt: skip


def report_rows(found: list[queries.NeedMet]) -> list[tuple[Any, ...]]:
    """The needs report, plain: for the table and for the file (PROF-29)."""
    return [
        (one.need.person.name, one.need.what, one.need.get_kind_display(), one.need.started_on, one.adjustments,
         one.made, one.not_made, one.last_on)
        for one in found
    ]  # fmt: skip


def report_table(found: list[queries.NeedMet]) -> Table:
    """The needs report as a page shows it."""
    rows = [
        (
            Cell(plain[0], href=address("needs", one.need.person)),
            Cell(plain[1], hint=plain[2]),
            plain[3],
            plain[4],
            plain[5],
            plain[6],
            plain[7] or Tag("Never", "orange"),
        )
        for one, plain in zip(found, report_rows(found), strict=True)
    ]
    headers = (*REPORT_HEADERS[:2], *REPORT_HEADERS[3:])
    return Table("Needs", headers, tuple(rows), stack=True, hidden_caption=True, empty="No need is on record.")
