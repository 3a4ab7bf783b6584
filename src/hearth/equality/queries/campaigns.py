"""Campaigns as everybody with a right to profiles sees them, in counts; their lists by name for those who collect."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from hearth.equality import permissions, rules
from hearth.equality.models import Answer, Campaign, CampaignPerson
from hearth.equality.queries.population import people_by_number
from hearth.kernel.permits import Actor, check


@dataclass(frozen=True)
class Progress:
    """How far a campaign is: people on its list, those of whom nothing is missing any more, and whole per cent."""

    people: int
    told: int

    @property
    def share(self) -> int:
        """Whole per cent, rounded down: 100 means all."""
        return rules.progress(self.people, self.told)


def campaigns(*, by: Actor) -> QuerySet[Campaign]:
    """Every campaign, the newest first. Raises Forbidden."""
    check(by, permissions.SEE)
    return Campaign.objects.all()


def campaign(pk: int, *, by: Actor) -> Campaign | None:
    """One campaign. Raises Forbidden."""
    return campaigns(by=by).filter(pk=pk).first()


def progress_of(one: Campaign) -> Progress:
    """How far a campaign is. Two queries."""
    people = one.people.count()
    return Progress(people, people - len(_still_open(one)))


def _still_open(one: Campaign) -> dict[int, set[str]]:
    """The characteristics still missing of each person on the list of whom any is."""
    asked = set(one.characteristics)
    missing = {pk: set(asked) for pk in one.people.values_list("person_id", flat=True)}
    told = Answer.objects.filter(person__in=one.people.values("person"), superseded_at=None, characteristic__in=asked)
    told = told.exclude(standing=rules.Standing.UNKNOWN)
    for person_id, code in told.values_list("person_id", "characteristic").distinct():
        missing[person_id].discard(code)
    return {pk: codes for pk, codes in missing.items() if codes}


@dataclass(frozen=True)
class ToAsk:
    """Somebody on a work list: the record of the register, the questions that are open, and when one last tried."""

    place: CampaignPerson
    person: Any
    questions: tuple[str, ...]


def work_list(one: Campaign, *, by: Actor) -> list[CampaignPerson]:
    """Who is still to be asked, those first whom nobody has tried to ask. For staff who collect. Raises Forbidden."""
    check(by, permissions.COLLECT)
    still = _still_open(one)
    places = [place for place in one.people.all() if place.person_id in still]
    return sorted(places, key=lambda place: (place.tried_on or date.min, place.pk))


def open_questions(places: list[CampaignPerson], one: Campaign, *, by: Actor) -> list[ToAsk]:
    """People of a work list by name, with the questions that are open: never what they told. Raises Forbidden."""
    check(by, permissions.COLLECT)
    still = _still_open(one)
    people = {person.pk: person for person in people_by_number([p.person_id for p in places], by=by)}
    order = list(rules.CHARACTERISTICS)
    return [
        ToAsk(
            place, people[place.person_id],
            tuple(rules.title_of(code) for code in sorted(still.get(place.person_id, ()), key=order.index)),
        )
        for place in places
        if place.person_id in people
    ]  # fmt: skip
