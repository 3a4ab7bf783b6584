"""People's answers as counts: the only way in which they leave this room."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from hearth.equality import permissions, rules
from hearth.equality.models import Answer, CategorySet
from hearth.equality.queries.population import Counted, described, members, online_of
from hearth.equality.queries.sets import read_in, sets_in_use
from hearth.equality.rules import Population, Standing
from hearth.kernel.permits import Actor, check

HELD_BY_THE_REGISTER = {"age": "Age", "tenure": "Tenure", "area": "Area", "online": "Internet access"}
ONLINE = {True: "Has internet access", False: "No internet access", None: Standing.UNKNOWN.label}


def age_set(on: date) -> CategorySet | None:
    """The bands of age that are in use on a day, or those that came with Hearth where none was put to use."""
    used = sets_in_use(on).get("age")
    if used is not None:
        return used
    kept = CategorySet.objects.filter(characteristic="age", holds_from__lte=on).prefetch_related("categories")
    return kept.order_by("-key", "-holds_from").first()


def labels(
    people: Sequence[Counted], characteristic: str, *, kept: CategorySet | None = None, on: date, by: Actor
) -> dict[int, str]:
    """In which category each person is counted on a day. For this room's counting only: it never leaves it.

    Besides the characteristics: "tenure", "area" and "online". People of whom nothing is known have a label that says
    why: not asked, not known, prefer not to say, not applicable, or answered in a set that cannot be read in this one.
    """
    if characteristic == "tenure":
        return {one.person_id: one.tenure or Standing.UNKNOWN.label for one in people}
    if characteristic == "area":
        return {one.person_id: one.area or Standing.UNKNOWN.label for one in people}
    if characteristic == "online":
        known = online_of(by=by)
        return {one.person_id: ONLINE[known.get(one.person_id)] for one in people}
    if characteristic == "age":
        kept = kept or age_set(on)
        bands = [(c.label, c.age_from, c.age_to) for c in kept.categories.all()] if kept else []
        return {one.person_id: rules.band_of(one.born_on, on, bands) or Standing.UNKNOWN.label for one in people}
    kept = kept or sets_in_use(on).get(characteristic)
    told = _told(characteristic, kept, on) if kept else {}
    return {one.person_id: told.get(one.person_id, rules.NOT_ASKED) for one in people}


def _told(characteristic: str, kept: CategorySet, on: date) -> dict[int, str]:
    """The label of everybody who told something of a characteristic by a day. Two or three queries."""
    reads = read_in(kept)
    rows = Answer.objects.filter(characteristic=characteristic, told_on__lte=on)
    rows = rows.filter(Q(superseded_at=None) | Q(superseded_at__date__gt=on)).order_by("told_on", "pk")
    found: dict[int, str] = {}
    for person_id, category, standing in rows.values_list("person_id", "category_id", "standing"):
        if category is None:
            found[person_id] = Standing(standing).label
        else:
            found[person_id] = reads.get(category, rules.OTHER_SET)
    return found


def known_labels(
    characteristic: str, *, kept: CategorySet | None = None, on: date
) -> tuple[list[tuple[str, bool]], CategorySet | None]:
    """The labels of a characteristic in order, with whether each says nothing of a person; and their set."""
    if characteristic in ("tenure", "area"):
        return [], None
    if characteristic == "online":
        return [(label, online is None) for online, label in ONLINE.items()], None
    kept = kept or (age_set(on) if characteristic == "age" else sets_in_use(on).get(characteristic))
    return [(c.label, c.unknown) for c in kept.categories.all()] if kept else [], kept


@dataclass(frozen=True)
class Counts:
    """The exact counts of one characteristic: (label, count, says nothing of a person), and the set they are of."""

    characteristic: str
    cells: tuple[tuple[str, int, bool], ...]
    category_set: CategorySet | None = None

    @property
    def known(self) -> int:
        """Of how many people something is known."""
        return sum(count for _, count, unknown in self.cells if not unknown)


def counts_of(
    people: Sequence[Counted], characteristic: str, *, kept: CategorySet | None = None, on: date, by: Actor
) -> Counts:
    """How many of these people are in each category: exact, so for officers' eyes and for treatment only."""
    order, used = known_labels(characteristic, kept=kept, on=on)
    found = labels(people, characteristic, kept=used, on=on, by=by)
    if characteristic in ("tenure", "area"):
        order = [(label, label == Standing.UNKNOWN.label) for label in sorted(set(found.values()))]
    cells = rules.tally(found.values(), order)
    # A standing that nobody has is left out; an answer that nobody gave is a nought, which is worth reading.
    offered = {label for label, unknown in order if not unknown}
    return Counts(characteristic, tuple(c for c in cells if c[1] or c[0] in offered), used)


def population_margins(
    characteristics: Collection[str],
    *,
    person_ids: Collection[int] | None = None,
    population: Population | str = Population.LEAD_TENANTS,
    on: date,
    by: Actor,
) -> dict[str, dict[str, int]]:
    """How many people of a population are in each category on a day, exactly: {characteristic: {label: count}}.

    `characteristics` are codes ("sex", "race", "age", …) or "tenure", "area", "online". `person_ids` counts these
    people instead of a `population`. The counts of each characteristic add up to the number of people; those of whom
    nothing is known stand under "Not asked", "Not known", "Prefer not to say" and the like, one apart from the other.
    They are margins to weight by: whoever shows them to somebody must treat them first. Raises Forbidden.
    """
    check(by, permissions.SEE)
    people = _people(person_ids, population, on, by)
    return {
        code: {label: count for label, count, _ in counts_of(people, code, on=on, by=by).cells}
        for code in characteristics
    }


@dataclass(frozen=True)
class Coded:
    """People as numbers, to weight by: `codes[person][n]` is a place in `labels[characteristics[n]]`."""

    characteristics: tuple[str, ...]
    labels: Mapping[str, tuple[str, ...]]
    codes: Mapping[int, tuple[int, ...]]


def coded(person_ids: Collection[int], characteristics: Sequence[str], *, on: date, by: Actor) -> Coded:
    """The category of each person as a whole number, for weighting inside a service: never to be kept or shown.

    Everybody who is known has a code for each characteristic, also those of whom nothing is known ("Not asked").
    Raises Forbidden.
    """
    check(by, permissions.SEE)
    people = described(person_ids, on=on, by=by)
    every: dict[str, tuple[str, ...]] = {}
    columns: list[dict[int, int]] = []
    for code in characteristics:
        order, kept = known_labels(code, on=on)
        found = labels(people, code, kept=kept, on=on, by=by)
        names = list(dict.fromkeys([label for label, _ in order] + sorted(set(found.values()))))
        place = {label: number for number, label in enumerate(names)}
        every[code] = tuple(names)
        columns.append({pk: place[label] for pk, label in found.items()})
    codes = {one.person_id: tuple(column[one.person_id] for column in columns) for one in people}
    return Coded(tuple(characteristics), every, codes)


def _people(person_ids: Collection[int] | None, population: Population | str, on: date, by: Actor) -> list[Counted]:
    if person_ids is not None:
        return described(person_ids, on=on, by=by)
    return members(Population(population), on=on, by=by)
