"""Surveys that follow an event: who is asked, who is spared, and which answers want a call back.

Sources: SUR-03 to SUR-06 (everybody who had a repair; the reporter of a case and never the person complained of; the
residents of the building or estate), SUR-16 (safety is counted without a reason), SUR-20 (at most so many in a period).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hearth.kernel.kinds import Kind
from hearth.kernel.refusals import Refused
from hearth.surveys.rules.kinds import AFTER_AN_EVENT, Sort


class Whom(Kind):
    """Who is asked after an event."""

    REPORTER = "reporter", "The person whose event it is"
    BUILDING = "building", "Every household of the building"
    ESTATE = "estate", "Every household of the estate"


class Fate(Kind):
    """What becomes of one event for one person."""

    ASK = "ask", "Asked"
    MERGE = "merge", "Merged with another event of the same person"
    RECENT = "recent", "Was surveyed a short time ago"


@dataclass(frozen=True)
class Happened:
    """One event, as the plan needs it."""

    event: int
    person: int
    on: date


@dataclass(frozen=True)
class Planned:
    """What becomes of an event. `into` is the event whose survey speaks for it too."""

    event: int
    person: int
    fate: Fate
    into: int | None = None


def due_on(happened_on: date, after_days: int) -> date:
    """The first day on which the survey of an event may go out."""
    return happened_on + timedelta(days=after_days)


def plan(
    events: Iterable[Happened], *, last_asked: Mapping[int, date], on: date, days_between: int, statutory: bool = False
) -> tuple[Planned, ...]:
    """Whom to ask on a day: of several events of one person the latest is asked about, and speaks for the others.

    `last_asked` is the last day on which a person was asked by any survey that counts. Somebody asked fewer than
    `days_between` days ago is spared, unless the survey is statutory (SUR-20).
    """
    by_person: dict[int, list[Happened]] = {}
    for one in events:
        by_person.setdefault(one.person, []).append(one)
    found = []
    for person, theirs in sorted(by_person.items()):
        ordered = sorted(theirs, key=lambda one: (one.on, one.event))
        latest = ordered[-1]
        last = last_asked.get(person)
        spared = not statutory and last is not None and (on - last).days < days_between
        found += [Planned(one.event, person, Fate.MERGE, latest.event) for one in ordered[:-1]]
        found.append(Planned(latest.event, person, Fate.RECENT if spared else Fate.ASK))
    return tuple(found)


def check_event(
    *, sort: str, key: str, happened_on: date, today: date, known: Collection[str], whom: str, oldest_days: int
) -> None:
    """Refuse an event that cannot be followed. `known` are the things of the register that it names."""
    if sort not in {one.value for one in AFTER_AN_EVENT}:
        listed = ", ".join(sorted(one.value for one in AFTER_AN_EVENT))
        raise Refused(f"“{sort}” is no kind of event. Use one of: {listed}.", field="sort")
    if not key.strip():
        raise Refused("An event needs its own key, such as the job number, so that it is followed once.", field="key")
    if len(key) > 80:
        raise Refused("The key is longer than 80 characters.", field="key")
    if happened_on > today:
        raise Refused("An event cannot lie in the future.", field="happened_on")
    if (today - happened_on).days > oldest_days:
        raise Refused(
            f"This happened more than {oldest_days} days ago: too long for people to remember it well.",
            field="happened_on",
        )
    if not known:
        raise Refused("Name the person, home, building or estate by its reference in the register.", field="person")
    if whom == Whom.REPORTER and "person" not in known and "home" not in known:
        raise Refused("This kind of event is followed with one person: name the person or the home.", field="person")
    if whom in (Whom.BUILDING, Whom.ESTATE) and not {"building", "estate", "home"} & set(known):
        raise Refused("This kind of event is followed with residents: name the building, estate or home.", field="home")


def is_low(answers: Mapping[str, object], *, question: str, codes: Sequence[str]) -> bool:
    """Whether an answer is one of those that want a call back."""
    return bool(question) and str(answers.get(question, "")) in set(codes)


def default_low(options: Sequence[str]) -> tuple[str, ...]:
    """The two worst of a five-point scale, best first: "Fairly dissatisfied" and "Very dissatisfied"."""
    return tuple(options[3:5]) if len(options) >= 5 else ()


def usual_whom(sort: Sort) -> Whom:
    """Who is asked where nothing else is said: after works the residents, else whose event it is (SUR-05, SUR-06)."""
    return Whom.BUILDING if sort is Sort.WORKS else Whom.REPORTER
