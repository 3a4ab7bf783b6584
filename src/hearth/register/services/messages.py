"""Writing to a person: the only way in which any room sends somebody a message (COM-05, COM-20, SUR-16)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.utils import timezone

from hearth.db import news
from hearth.documents import services as printing
from hearth.kernel.papers import Paper, Paragraph
from hearth.kernel.permits import Actor
from hearth.kernel.refusals import Refused
from hearth.kernel.words import blocks
from hearth.landlords import queries as landlords
from hearth.notifications import queries as outbox
from hearth.notifications import services as notifications
from hearth.register import queries
from hearth.register.models import ContactLog, HeldMessage, Person
from hearth.register.rules.kinds import NOT_OPTIONAL, Channel, Format, Purpose
from hearth.register.rules.reaching import WRITTEN, Reach, Way

Words = str | Mapping[str, str]  # words in English, or in several languages: {"en": "…", "pl": "…"}
PRINTED = {Format.LARGE_PRINT: "large_print_18", Format.BRAILLE: "braille", Format.AUDIO: "audio"}
BY_HAND = {Format.EASY_READ: "easy_read", Format.SIGNED: "other"}  # formats that people must make


class State(StrEnum):
    """What became of a message."""

    SENT = "sent"  # in the outbox
    WAITS = "waits"  # until a safe hour, or until they wish to hear again
    WITHHELD = "withheld"  # by the marker; cleared staff settle what must reach the person
    SPOKEN = "spoken"  # only people can tell them, by telephone or in person
    NOT_WISHED = "not_wished"  # opted out, another topic, died, a child, or no way is known


@dataclass(frozen=True)
class Written:
    """What became of a message. `words` may be shown to any officer."""

    state: State
    reach: Reach
    words: str
    way: Way | None = None
    message_id: int | None = None
    language: str = ""  # in which it was written; not the person's own where no translation was given
    until: datetime | None = None


@dataclass(frozen=True)
class Draft:
    """One message before it has found its way."""

    purpose: Purpose
    subject: Words
    body: Words
    key: str
    attachments: tuple[int, ...] = ()
    about: Any = None
    topic: str = ""
    standard_because: str = ""


@transaction.atomic
def write_to(
    *,
    person: Person,
    purpose: Purpose | str,
    subject: Words,
    body: Words,
    key: str,
    at: datetime,
    by: Actor,
    attachments: Sequence[int] = (),
    about: Any = None,
    topic: str = "",
    standard_because: str = "",
) -> Written:
    """Write to somebody by the first way that is theirs, in their format and language; once for each `key`.

    Whoever calls has already said who may do so. The message may have to wait or be withheld instead: look at what
    comes back. `subject` and `body` may be given in several languages by their codes; `standard_because` says why a
    letter goes in standard print only although the person needs another format (PROF-19). Raises Refused where the
    words are empty.
    """
    draft = Draft(Purpose(purpose), subject, body, key, tuple(attachments), about, topic, standard_because.strip())
    if not _in(subject, "en")[0].strip() or not _in(body, "en")[0].strip():
        raise Refused("Enter a subject and a message.", field="body")
    # One at a time for each person, so that nobody is written to twice or more often than they wish.
    person = Person.objects.select_for_update().get(pk=queries.survivor(person.pk))
    reach = queries.reach_unasked(person.pk, purpose=draft.purpose, at=at)
    held = HeldMessage.objects.filter(key=key).first()
    if held is not None:
        return _as_held(held, reach)
    if (sent := outbox.with_key(key)) is not None:
        return Written(State.SENT, reach, "It was sent already.", message_id=sent.pk)
    return _write(person, draft, reach, at=at, by=by)


def _write(person: Person, draft: Draft, reach: Reach, *, at: datetime, by: Actor) -> Written:
    if not reach.ways and not reach.withheld:
        return Written(State.NOT_WISHED, reach, reach.words)
    if not queries.wishes_for(person.pk, topic=draft.topic, purpose=draft.purpose):
        return Written(State.NOT_WISHED, reach, "They did not choose this topic.")
    if reach.withheld:
        return _withhold(person, draft, reach, at=at, by=by)
    next_time = queries.next_due(person.pk, purpose=draft.purpose, at=at)
    if next_time > at:
        _hold(person, draft, HeldMessage.Why.FREQUENCY, until=next_time)
        return Written(State.WAITS, reach, "It waits until they wish to hear again.", until=next_time)
    way = next(iter(reach.by(*WRITTEN)), None)
    if way is None:
        if draft.purpose in NOT_OPTIONAL:
            _hold(person, draft, HeldMessage.Why.SPOKEN, until=None)
        return Written(State.SPOKEN, reach, f"Nothing can be written to them. {reach.words}")
    return send_by(person=person, draft=draft, way=way, reach=reach, at=at, by=by)


def send_by(*, person: Person, draft: Draft, way: Way, reach: Reach, at: datetime, by: Actor) -> Written:
    """Put one message into the outbox by one way, and write down the contact."""
    subject, language = _in(draft.subject, way.language)
    body, language = _in(draft.body, way.language)
    if way.through == "advocate":
        body = f"You receive this because you may act for {person.name}.\n\n{body}"
    attachments, note = list(draft.attachments), subject
    if way.channel == Channel.LETTER:
        file, note = _letter(draft, way, subject, body, language, by=by)
        attachments.insert(0, file)
    message = notifications.send(
        key=draft.key,
        to_name=way.to_name,
        to_address=way.to,
        subject=subject,
        body=f"{subject}. {body}" if way.channel == Channel.SMS else body,
        attachments=attachments,
        about=draft.about,
        channel=str(way.channel.value),
        by=by,
    )
    _ask_for_formats(message, draft, way, language, at=at, by=by)
    ContactLog.objects.create(
        person=person, at=at, channel=way.channel, purpose=draft.purpose, note=note, by_name=by.name
    )
    return Written(State.SENT, reach, reach.words, way, message.pk, language)


def _in(words: Words, language: str) -> tuple[str, str]:
    """The words in a language, or a near one, else in English; and the language that they are in."""
    if isinstance(words, str):
        return words, "en"
    for wanted in (language, language.split("-")[0], "en"):
        if wanted in words:
            return words[wanted], wanted
    return next(((text, code) for code, text in words.items()), ("", "en"))


def _letter(draft: Draft, way: Way, subject: str, body: str, language: str, *, by: Actor) -> tuple[int, str]:
    """The letter as a file in the person's format; what could not be made goes in standard print, with the reason."""
    landlord = landlords.own()
    address = Paragraph("\n".join([way.to_name, *(line.strip() for line in way.to.splitlines() if line.strip())]))
    paper = Paper(
        title=subject, landlord=landlord.name, blocks=(address, *blocks(body)), running_title=subject,
        contact=landlord.phone, language="en-GB" if language == "en" else language,
    )  # fmt: skip
    wanted = "pdf" if draft.standard_because else PRINTED.get(way.format, "pdf")
    why = f" Standard print only: {draft.standard_because}" if draft.standard_because else ""
    try:
        file = printing.print_paper(paper=paper, format=wanted, name="letter", by=by)
    except Refused as refused:
        if wanted == "pdf":
            raise
        why = f" Standard print only, for now: {refused}"
        file = printing.print_paper(paper=paper, format="pdf", name="letter", by=by)
    return file.pk, f"{subject}{why}" if why else subject


def _ask_for_formats(message: Any, draft: Draft, way: Way, language: str, *, at: datetime, by: Actor) -> None:
    """Ask those who make formats by hand for what Hearth cannot make itself, where it must be understood (COM-04)."""
    if draft.purpose not in NOT_OPTIONAL or draft.standard_because or way.through != "person":
        return
    asked: list[tuple[str, str]] = []
    if way.language.split("-")[0] != language.split("-")[0]:
        asked.append(("translation", way.language))
    if way.channel == Channel.LETTER and way.format in BY_HAND:
        asked.append((BY_HAND[way.format], ""))
    for format, wanted in asked:
        printing.ask_for_format(
            subject=message, version=draft.key[:64], format=format, name=way.to_name, contact=way.to,
            on=timezone.localtime(at).date(), language=wanted, by=by,
        )  # fmt: skip


def _withhold(person: Person, draft: Draft, reach: Reach, *, at: datetime, by: Actor) -> Written:
    """Keep a message back: until a safe hour, or for cleared staff; what nobody must have is only counted."""
    must_reach = draft.purpose in NOT_OPTIONAL
    held = _hold(person, draft, HeldMessage.Why.SAFETY, until=reach.later)
    if reach.later:
        return Written(State.WAITS, reach, reach.words, until=reach.later)
    if not must_reach:
        held.subject, held.body, held.attachment_ids = "", "", []
        held.state, held.settled_at = HeldMessage.State.SETTLED, at
        held.save(update_fields=["subject", "body", "attachment_ids", "state", "settled_at"])
    else:
        news.announce("register.message_held", held_id=held.pk)
    return Written(State.WITHHELD, reach, reach.words)


def _hold(person: Person, draft: Draft, why: HeldMessage.Why, *, until: datetime | None) -> HeldMessage:
    body, language = _in(draft.body, queries.language_of(person.pk))
    return HeldMessage.objects.create(
        person=person,
        key=draft.key,
        purpose=draft.purpose,
        topic=draft.topic,
        subject=" ".join(_in(draft.subject, language)[0].split())[:200],
        body=body,
        language=language,
        attachment_ids=list(draft.attachments),
        about_kind=draft.about._meta.label_lower if draft.about is not None else "",
        about_id=draft.about.pk if draft.about is not None else None,
        why=why,
        until=until,
    )


def _as_held(held: HeldMessage, reach: Reach) -> Written:
    """What became of a message that was held earlier."""
    if held.state == HeldMessage.State.SENT:
        return Written(State.SENT, reach, "It was sent already.")
    states = {HeldMessage.Why.SPOKEN: State.SPOKEN, HeldMessage.Why.FREQUENCY: State.WAITS}
    state = states.get(HeldMessage.Why(held.why), State.WAITS if held.until else State.WITHHELD)
    return Written(state, reach, reach.words, until=held.until)
