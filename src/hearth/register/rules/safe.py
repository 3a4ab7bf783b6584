"""The neutral "contact safely" marker: the only ways and times by which somebody may be reached.

Nothing here knows or says why a marker stands. The words are the same for every marker, whatever the reason.
Sources: SUR-16; UK GDPR Article 25 (data protection by default: nobody learns more than their work needs).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from hearth.kernel.refusals import Refused
from hearth.kernel.words import listed
from hearth.register.rules.kinds import Channel
from hearth.register.rules.numbers import phone, shown_phone

TITLE = "Contact safely"
DAYS = {
    "mon": "Monday", "tue": "Tuesday", "wed": "Wednesday", "thu": "Thursday", "fri": "Friday", "sat": "Saturday",
    "sun": "Sunday",
}  # fmt: skip
_DAY_KEYS = tuple(DAYS)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
SPOKEN_TO = frozenset({Channel.SMS, Channel.PHONE, Channel.RELAY})  # reached by a telephone number
ANY_HOUR = frozenset({Channel.LETTER})  # nobody can say at what hour the post arrives
LONGEST_DAYS = 366  # a marker is looked at again within a year


@dataclass(frozen=True)
class SafeWay:
    """One way that is safe: a channel together with the very number or address."""

    channel: Channel
    to: str

    def words(self) -> str:
        """The way as an officer reads it."""
        name = self.channel.label[0].lower() + self.channel.label[1:]
        return f"{name}: {shown(self.channel, self.to)}"


@dataclass(frozen=True)
class SafeTime:
    """Days and hours that are safe, in local time: from the first minute up to, not including, the last."""

    days: frozenset[int]  # 0 is Monday
    start: time
    end: time

    def holds(self, at: datetime) -> bool:
        """Whether a moment in local time lies within."""
        return at.weekday() in self.days and self.start <= at.time().replace(tzinfo=None) < self.end

    def words(self) -> str:
        """The days and hours as an officer reads them."""
        return f"{_days_words(self.days)}, {self.start:%H:%M} to {self.end:%H:%M}"


@dataclass(frozen=True)
class Marker:
    """What a marker allows. No ways at all: nobody writes, calls or visits."""

    ways: tuple[SafeWay, ...] = ()
    times: tuple[SafeTime, ...] = ()  # none: at any time

    def open_at(self, at: datetime, channel: Channel) -> bool:
        """Whether the hour is safe for a channel."""
        return not self.times or channel in ANY_HOUR or any(one.holds(at) for one in self.times)

    def next_open(self, at: datetime) -> datetime | None:
        """The first safe moment at or after `at`; None where there is none."""
        if not self.times or any(one.holds(at) for one in self.times):
            return at
        found = [
            datetime.combine(at.date() + timedelta(days=ahead), one.start, tzinfo=at.tzinfo)
            for ahead in range(8)
            for one in self.times
            if (at.date() + timedelta(days=ahead)).weekday() in one.days
        ]
        return min((moment for moment in found if moment >= at), default=None)


def _days_words(days: frozenset[int]) -> str:
    if len(days) == 7:
        return "Every day"
    ordered = sorted(days)
    run = ordered == list(range(ordered[0], ordered[-1] + 1))
    names = [DAYS[_DAY_KEYS[day]] for day in ordered]
    return f"{names[0]} to {names[-1]}" if run and len(names) > 2 else listed(names)


def read_marker(*, channels: Iterable[Mapping[str, Any]], times: Iterable[Mapping[str, Any]]) -> Marker:
    """A marker as it is kept. A way without its number or address is no safe way, and is left out."""
    ways = tuple(
        SafeWay(Channel(str(one["channel"])), str(one.get("to", "")))
        for one in channels
        if str(one.get("to", "")).strip()
    )
    return Marker(ways, tuple(_read_time(one) for one in times))


def _read_time(one: Mapping[str, Any]) -> SafeTime:
    days = frozenset(_DAY_KEYS.index(str(day)) for day in one["days"])
    return SafeTime(days, time.fromisoformat(str(one["from"])), time.fromisoformat(str(one["to"])))


def shown(channel: Channel, to: str) -> str:
    """A number or address as it is written on a page: telephone numbers as one dials them, addresses in one line."""
    return shown_phone(to) if channel in SPOKEN_TO else ", ".join(line.strip() for line in to.splitlines())


def read_point(channel: Channel, to: str) -> str:
    """A number or address as it is kept: telephone numbers in their international form. Raises Refused."""
    point = to.strip()
    if not point:
        raise Refused(f"Enter the number or address that is safe for “{channel.label}”.", field="channels")
    if channel in SPOKEN_TO:
        try:
            return phone(point)
        except Refused as refused:
            raise Refused(f"{refused}.", field="channels") from None
    if channel == Channel.EMAIL and not _EMAIL.fullmatch(point):
        raise Refused(f"“{point}” is not an email address.", field="channels")
    if channel in (Channel.LETTER, Channel.VISIT):  # as it is printed: a line for each part
        return "\n".join(part.strip() for part in re.split(r"[,\n]", point) if part.strip())
    return point


def check_marker(
    *, channels: Sequence[Mapping[str, Any]], times: Sequence[Mapping[str, Any]], review_on: date, on: date
) -> None:
    """Refuse a marker that is unclear: a way without its address, hours in the wrong order, no near review."""
    for one in channels:
        if one.get("channel") not in list(Channel):
            raise Refused("Choose a channel for each safe way.", field="channels")
        read_point(Channel(str(one["channel"])), str(one.get("to", "")))
    for one in times:
        if not one.get("days"):
            raise Refused("Choose the days for each safe time.", field="times")
        if not str(one.get("from", "")) or not str(one.get("to", "")) or str(one["from"]) >= str(one["to"]):
            raise Refused("A safe time must end after it starts, on the same day.", field="times")
    if review_on <= on:
        raise Refused("The review must be after today.", field="review_on")
    if review_on > on + timedelta(days=LONGEST_DAYS):
        raise Refused("The review must be within a year.", field="review_on")


def words(marker: Marker) -> str:
    """The one sentence that everybody who works with the person may read. It is built from the ways and times only."""
    if not marker.ways:
        return "Contact safely: do not write, call or visit. Messages are held for staff who are cleared for this."
    ways = listed([way.words() for way in marker.ways], last="or")
    when = f" Only at these times: {'; '.join(one.words() for one in marker.times)}." if marker.times else ""
    return f"Contact safely: only by {ways}.{when}"
