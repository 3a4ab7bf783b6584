"""How somebody may be reached for a purpose, how not, and why: the one rule that every later room obeys.

Sources: UK GDPR article 21(2) and (3) and the Privacy and Electronic Communications Regulations 2003, regulation 22
(wishes about news); Equality Act 2010 section 20(6) (information in an accessible format); COM-05, COM-20 (opt-outs;
service notices cannot be opted out of), SEC-14 (authority to act), SUR-16 (contact safely), INC-07 (under sixteen).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from hearth.kernel.words import listed
from hearth.register.rules import authority, safe
from hearth.register.rules.kinds import NOT_OPTIONAL, Authority, Channel, Format, Frequency, Purpose
from hearth.register.rules.languages import language_words
from hearth.register.rules.safe import Marker

CHILD_UNDER = 16  # years (INC-07)
RELAY_PREFIX = "18001"  # dialled before the whole number (Relay UK's own advice)
WRITTEN = (Channel.EMAIL, Channel.SMS, Channel.LETTER)  # what Hearth can send; the others are for people
DEFAULT_ORDER = (Channel.EMAIL, Channel.LETTER, Channel.SMS, Channel.PHONE)
CAPPED = frozenset({Purpose.NEWS, Purpose.INVOLVEMENT})  # what may wait until the next time they wish to hear
APART = {Frequency.WEEKLY: 7, Frequency.MONTHLY: 28, Frequency.QUARTERLY: 84}  # days between two; whole weeks


@dataclass(frozen=True)
class Acting:
    """Somebody who may act for a person, as the register knows them."""

    name: str
    kind: Authority
    scope: frozenset[str]
    started_on: date
    ended_on: date | None = None  # the last day
    withdrawn_at: datetime | None = None
    email: str = ""
    phone: str = ""
    address: str = ""

    def point(self, channel: Channel) -> str:
        """Their number or address for a channel; empty where none is known."""
        points = {Channel.EMAIL: self.email, Channel.LETTER: self.address, Channel.PHONE: self.phone}
        return points.get(channel, "")


@dataclass(frozen=True)
class Facts:
    """All that is known of how one person may be reached, on one day."""

    name: str
    email: str = ""
    phone: str = ""
    mobile: str = ""
    address: str = ""  # where letters go, with its postcode
    home: str = ""  # where visits go
    order: tuple[Channel, ...] = ()  # the channels that they wish, first wish first; none: they have not said
    refused: frozenset[Channel] = frozenset()  # channels that they do not want used
    default_order: tuple[Channel, ...] = DEFAULT_ORDER
    opted_out: frozenset[Purpose] = frozenset()
    language: str = "en"  # BCP 47
    interpreter: str = ""
    format: Format = Format.STANDARD
    acting: tuple[Acting, ...] = ()
    marker: Marker | None = None
    born_on: date | None = None
    guardian: str = ""
    died_on: date | None = None
    anonymised: bool = False

    def point(self, channel: Channel) -> str:
        """The person's own number or address for a channel; empty where none is known."""
        spoken = self.phone or self.mobile
        return {
            Channel.EMAIL: self.email,
            Channel.SMS: self.mobile,
            Channel.PHONE: spoken,
            Channel.RELAY: spoken,
            Channel.LETTER: self.address or self.home,
            Channel.VISIT: self.home,
        }[channel]


@dataclass(frozen=True)
class Way:
    """One way that may be used now: to whom, where, in which form and language."""

    channel: Channel
    to_name: str
    to: str
    format: Format = Format.STANDARD
    language: str = "en"
    through: str = "person"  # or "advocate"
    interpreter: str = ""  # the language to interpret when speaking

    @property
    def dial(self) -> str:
        """What is dialled: through Relay UK the prefix stands before the whole number (COM-08)."""
        return f"{RELAY_PREFIX} {self.shown}" if self.channel == Channel.RELAY else self.shown

    @property
    def shown(self) -> str:
        """The number or address as a page shows it."""
        return safe.shown(self.channel, self.to) if self.channel in safe.SPOKEN_TO else self.to


@dataclass(frozen=True)
class Reach:
    """What may be done to reach somebody for a purpose at a moment.

    Only `ways` may be used, the first before the others. No ways: nothing goes out now. `withheld` says that this is so
    because of the marker; `later` is then the next safe moment, where there is one. `safety` (a marker stands) is for
    counting only: no page, export or letter shows more of it than `words`, one sentence without a reason.
    """

    ways: tuple[Way, ...] = ()
    why_not: tuple[tuple[Channel, str], ...] = ()
    words: str = ""
    withheld: bool = False
    later: datetime | None = None
    safety: bool = False
    format: Format = Format.STANDARD
    language: str = "en"
    interpreter: str = ""
    channels: frozenset[Channel] = field(init=False, default=frozenset())

    def __post_init__(self) -> None:
        object.__setattr__(self, "channels", frozenset(way.channel for way in self.ways))

    def by(self, *channels: Channel) -> tuple[Way, ...]:
        """The ways by certain channels, in order: `reach.by(Channel.EMAIL, Channel.SMS)`."""
        return tuple(way for way in self.ways if way.channel in channels)


def reach(facts: Facts, *, purpose: Purpose, at: datetime) -> Reach:
    """How somebody may be reached for a purpose at a moment in the landlord's local time, and how not.

    What weighs more comes first: a person who died, an opt-out, an age under sixteen, the marker, and only then wishes.
    """
    if facts.died_on is not None or facts.anonymised:
        return _nobody(facts, "Do not contact: this person has died." if facts.died_on else "Nothing is known of them.")
    if purpose in facts.opted_out and purpose not in NOT_OPTIONAL:
        return _nobody(facts, f"They asked not to hear from us for this purpose: {purpose.label.lower()}.")
    if purpose not in NOT_OPTIONAL and not facts.guardian and is_child(facts.born_on, at.date()):
        return _nobody(facts, f"They are under {CHILD_UNDER}, and no parent or guardian has agreed.")
    if facts.marker is not None:
        return _safely(facts, facts.marker, purpose=purpose, at=at)
    ways, why_not = _as_wished(facts, purpose=purpose, at=at)
    return Reach(
        ways=ways,
        why_not=why_not,
        words=_words(ways, facts),
        format=facts.format,
        language=facts.language,
        interpreter=facts.interpreter,
    )


def is_child(born_on: date | None, on: date) -> bool:
    """Whether somebody is under sixteen on a day. Nobody is taken for a child whose birthday is not known (INC-07)."""
    if born_on is None:
        return False
    years = on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))
    return years < CHILD_UNDER


def due(frequency: Frequency, last_sent: datetime | None, at: datetime) -> bool:
    """Whether somebody may hear again of what is not urgent (PROF-17, COM-20)."""
    return at >= next_due(frequency, last_sent, at)


def next_due(frequency: Frequency, last_sent: datetime | None, at: datetime) -> datetime:
    """The moment from which somebody may hear again; `at` itself where that is now. A month is four weeks here."""
    if last_sent is None or frequency == Frequency.AS_IT_HAPPENS:
        return at
    return max(at, last_sent + timedelta(days=APART[frequency]))


def wants(topics: Collection[str], topic: str) -> bool:
    """Whether somebody wishes to hear of a topic. Whoever chose none wishes to hear of all (PROF-17)."""
    return not topics or not topic or topic in topics


def _nobody(facts: Facts, words: str) -> Reach:
    return Reach(words=words, safety=facts.marker is not None, format=facts.format, language=facts.language)


def _safely(facts: Facts, marker: Marker, *, purpose: Purpose, at: datetime) -> Reach:
    """Only what the marker names, and of that nothing that the person refused, unless it must reach them."""
    listed_ways = tuple(way for way in marker.ways if way.channel not in facts.refused)
    if not listed_ways and purpose in NOT_OPTIONAL:
        listed_ways = marker.ways
    now = [way for way in listed_ways if marker.open_at(at, way.channel)]
    ways = tuple(_own(facts, way.channel, way.to) for way in now)
    named = {way.channel for way in marker.ways}
    why_not = [(channel, safe.TITLE) for channel in Channel if channel not in named]
    why_not += [(way.channel, "Not at this time.") for way in listed_ways if way not in now]
    later = None if ways or not listed_ways else marker.next_open(at)
    return Reach(
        ways=ways,
        why_not=tuple(why_not),
        words=safe.words(marker),
        withheld=not ways,
        later=later,
        safety=True,
        format=facts.format,
        language=facts.language,
        interpreter=facts.interpreter,
    )


def _as_wished(
    facts: Facts, *, purpose: Purpose, at: datetime
) -> tuple[tuple[Way, ...], tuple[tuple[Channel, str], ...]]:
    """The ways in the order of the person's wishes, with those who receive their letters, and what is left out."""
    order = tuple(channel for channel in (facts.order or facts.default_order) if channel not in facts.refused)
    own = tuple(_own(facts, channel, facts.point(channel)) for channel in order if facts.point(channel))
    if purpose in NOT_OPTIONAL and facts.point(Channel.LETTER) and Channel.LETTER not in {way.channel for way in own}:
        own = (*own, _own(facts, Channel.LETTER, facts.point(Channel.LETTER)))  # the last resort: it must reach them
    why_not = tuple(_left_out(facts, order, {way.channel for way in own}))
    first, after = _through_others(facts, purpose=purpose, at=at, order=order)
    if purpose == Purpose.LEGAL:  # served on the person themselves, and only then on whoever acts
        return own + first + after, why_not
    return first + own + after, why_not


def _own(facts: Facts, channel: Channel, to: str) -> Way:
    return Way(channel, facts.name, to, facts.format, facts.language, "person", facts.interpreter)


def _left_out(facts: Facts, order: tuple[Channel, ...], used: set[Channel]) -> Iterator[tuple[Channel, str]]:
    for channel in Channel:
        if channel in used:
            continue
        if channel in facts.refused:
            yield channel, "They asked not to be reached this way."
        elif channel not in order:
            yield channel, "It is not among the ways that they wish."
        else:
            yield channel, "No number or address is known for this."


def _through_others(
    facts: Facts, *, purpose: Purpose, at: datetime, order: tuple[Channel, ...]
) -> tuple[tuple[Way, ...], tuple[Way, ...]]:
    """The ways through those who may act now: first those who receive the person's letters, then others."""
    first: list[Way] = []
    after: list[Way] = []
    for one in facts.acting:
        holds = authority.holds(started_on=one.started_on, ended_on=one.ended_on, withdrawn_at=one.withdrawn_at, at=at)
        if not holds or not authority.hears_of(one.scope, purpose):
            continue
        # What the person refuses for themselves says nothing of their advocate's mail.
        channels = (*order, *(c for c in (Channel.EMAIL, Channel.LETTER, Channel.PHONE) if c not in order))
        ways = [Way(c, one.name, one.point(c), through="advocate") for c in channels if one.point(c)]
        (first if authority.receives(one.scope) else after).extend(ways)
    return tuple(first), tuple(after)


def _words(ways: tuple[Way, ...], facts: Facts) -> str:
    """One sentence that an ordinary officer may see."""
    if not ways:
        return "No way to reach them is known that they wish."
    labels = [way.channel.label for way in ways if way.through == "person"]
    labels = labels[:1] + [label[0].lower() + label[1:] for label in labels[1:]]
    named = listed(list(dict.fromkeys(labels)))
    others = list(dict.fromkeys(way.to_name for way in ways if way.through == "advocate"))
    parts = [named] if named else []
    parts += [f"through {listed(others)}"] if others else []
    extra = [] if facts.format == Format.STANDARD else [facts.format.label.lower()]
    extra += [] if facts.language.startswith("en") else [f"in {language_words(facts.language)}"]
    extra += [f"interpreter: {facts.interpreter}"] if facts.interpreter else []
    return "; ".join([*parts, *extra]) + "."
