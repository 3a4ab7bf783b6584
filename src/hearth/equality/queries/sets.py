"""Category sets, and in which others their answers can be read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from hearth.equality import permissions, rules
from hearth.equality.models import Category, CategorySet, Mapping
from hearth.equality.rules import Common, Known, Way
from hearth.kernel.permits import Actor, check


def category_sets(*, by: Actor) -> QuerySet[CategorySet]:
    """Every category set with its answers. Raises Forbidden."""
    check(by, permissions.SEE)
    return CategorySet.objects.prefetch_related("categories")


def known_sets(*, by: Actor) -> list[Known]:
    """The category sets that counts may be from, the latest first."""
    rows = category_sets(by=by).filter(several=False).order_by("-holds_from", "name")
    return [Known(s.name, s.characteristic, {c.label: c.unknown for c in s.categories.all()}) for s in rows]


def mappings_from(kept: CategorySet) -> QuerySet[Mapping]:
    """What the answers of a set count as in other sets, in order."""
    found = Mapping.objects.filter(category__category_set=kept).select_related("category", "target__category_set")
    return found.order_by("target__category_set__name", "category__position")


def commons(first: CategorySet | None, second: CategorySet | None) -> list[Common]:
    """The sets in which two sets can both be read: one of them, or a third (PROF-07, PROF-21)."""
    if first is None or second is None:
        return []
    one, two = _readings(first), _readings(second)
    shared = [key for key in one if key in two]
    labels: dict[int, list[str]] = {}
    for category in Category.objects.filter(category_set__in=shared).order_by("position"):
        labels.setdefault(category.category_set_id, []).append(category.label)
    names = dict(CategorySet.objects.filter(pk__in=shared).values_list("pk", "name"))
    return [Common(names[key], tuple(labels[key]), one[key], two[key]) for key in shared]


def _readings(kept: CategorySet) -> dict[int, dict[str, Way]]:
    """In which sets, by number, the answers of a set can be read, its own first."""
    found: dict[int, dict[str, Way]] = {kept.pk: {c.label: Way(c.label) for c in kept.categories.all()}}
    for row in mappings_from(kept):
        ways = found.setdefault(row.target.category_set_id, {})
        ways[row.category.label] = Way(row.target.label, row.differs)
    return found


def roll_ups(kept: CategorySet) -> list[tuple[CategorySet, dict[str, Way], list[str]]]:
    """The sets into which answers of a set can be rolled up, with the ways and the answers there (PROF-07)."""
    return roll_ups_of([kept])[kept.pk]


def roll_ups_of(sets: Iterable[CategorySet]) -> dict[int, list[tuple[CategorySet, dict[str, Way], list[str]]]]:
    """The same for many sets, by their numbers, in three queries."""
    own = {kept.pk for kept in sets}
    ways: dict[int, dict[int, dict[str, Way]]] = {pk: {} for pk in own}
    rows = Mapping.objects.filter(category__category_set__in=own).select_related("category", "target")
    for row in rows.order_by("category__position"):
        into = ways[row.category.category_set_id].setdefault(row.target.category_set_id, {})
        into[row.category.label] = Way(row.target.label, row.differs)
    wanted = {target for found in ways.values() for target in found}
    targets = CategorySet.objects.filter(pk__in=wanted).prefetch_related("categories") if wanted else ()
    labels = {target: [c.label for c in target.categories.all()] for target in targets}
    return {pk: [(t, ways[pk][t.pk], labels[t]) for t in labels if t.pk in ways[pk]] for pk in own}


def full_roll_ups(sets: Iterable[CategorySet]) -> dict[int, list[CategorySet]]:
    """By number of a set, the sets in which every answer that says something about a person means the same people."""
    found: dict[int, list[CategorySet]] = {}
    kept = {one.pk: one for one in sets}
    known: dict[int, list[str]] = {pk: [] for pk in kept}
    for category in Category.objects.filter(category_set__in=kept, unknown=False):
        known[category.category_set_id].append(category.label)
    for pk, targets in roll_ups_of(kept.values()).items():
        found[pk] = [
            target
            for target, ways, _ in targets
            if all(label in ways and not ways[label].differs for label in known[pk])
        ]
    return found


def sets_in_use(on: date) -> dict[str, CategorySet]:
    """The set with which people are asked on a day, by characteristic: the one that was put to use last (PROF-01)."""
    rows = CategorySet.objects.filter(asked_from__lte=on).order_by("asked_from", "pk").prefetch_related("categories")
    latest = {kept.characteristic: kept for kept in rows}
    order = list(rules.CHARACTERISTICS)
    return {code: latest[code] for code in sorted(latest, key=lambda c: order.index(c) if c in order else len(order))}


def read_in(kept: CategorySet) -> dict[int, str]:
    """Every answer of any set that can be read in this one, by its number: its label here (PROF-07).

    The set's own answers, and those of others that count as exactly the same people.
    """
    found = {category.pk: category.label for category in kept.categories.all()}
    for row in Mapping.objects.filter(target__category_set=kept, differs="").select_related("target"):
        found.setdefault(row.category_id, row.target.label)
    return found
