"""Keeping category sets: one's own, and those that come with Hearth as reference files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from hearth.audit import services as audit
from hearth.equality import models, permissions, rules
from hearth.equality.models import Category, CategorySet
from hearth.equality.rules import SetDescription
from hearth.kernel.permits import Actor, check
from hearth.kernel.refusals import Refused


@transaction.atomic
def add_category_set(
    *,
    characteristic: str,
    name: str,
    source: str,
    holds_from: date,
    categories: Sequence[Mapping[str, Any]],
    sensitive: bool = True,
    confirm: bool = False,
    address: str = "",
    note: str = "",
    by: Actor,
) -> CategorySet:
    """Add a set of categories as data, with its source and day. Equal names and overlapping bands are refused.

    A category is {"label": …} with "unknown" and "code" where they apply (PROF-06, PROF-23).
    """
    check(by, permissions.KEEP)
    if characteristic not in rules.CHARACTERISTICS:
        raise Refused("Choose which characteristic the set is about.", field="characteristic")
    labels = [str(category["label"]) for category in categories]
    rules.check_set(characteristic=characteristic, labels=labels)
    if CategorySet.objects.filter(characteristic=characteristic, name=name).exists():
        raise Refused("There is a set of this name already. Give this one another name.", field="name")
    kept = CategorySet.objects.create(
        characteristic=characteristic, name=name, source=source, holds_from=holds_from, sensitive=sensitive,
        confirm=confirm, address=address, note=note,
    )  # fmt: skip
    Category.objects.bulk_create(_category(kept, number, **one) for number, one in enumerate(categories, start=1))
    audit.record(by=by, deed="equality.category_set_added", subject=kept)
    return kept


def _category(kept: CategorySet, position: int, *, label: str, unknown: bool = False, code: str = "") -> Category:
    first, last = rules.ages_of(label) if kept.characteristic == "age" else (None, None)
    return Category(
        category_set=kept, position=position, label=label, unknown=unknown, code=code, age_from=first, age_to=last
    )


@transaction.atomic
def map_answer(*, category: Category, target: Category, differs: str = "", by: Actor) -> None:
    """Say that people who gave one answer count under an answer of another set, and what differs if anything does."""
    check(by, permissions.KEEP)
    if category.category_set_id == target.category_set_id:
        raise Refused("Choose an answer of another set.", field="target")
    if category.category_set.characteristic != target.category_set.characteristic:
        raise Refused("Choose an answer of a set about the same characteristic.", field="target")
    category.mappings.filter(target__category_set=target.category_set_id).delete()
    models.Mapping.objects.create(category=category, target=target, differs=differs)
    audit.record(by=by, deed="equality.answer_mapped", subject=category.category_set, answer=category.label)


@transaction.atomic
def confirm_category_set(*, kept: CategorySet, by: Actor) -> None:
    """Say that a set was checked against its source."""
    check(by, permissions.KEEP)
    if not kept.confirm:
        raise Refused("This set is confirmed already.")
    kept.confirm = False
    kept.save(update_fields=["confirm"])
    audit.record(by=by, deed="equality.category_set_confirmed", subject=kept)


@dataclass(frozen=True)
class Loaded:
    """What loading reference files did."""

    added: int = 0
    changed: int = 0
    same: int = 0


@transaction.atomic
def load_sets(*, described: Iterable[SetDescription], by: Actor) -> Loaded:
    """Load category sets that come with Hearth. Loading them twice changes nothing; an officer's confirmation stays.

    Raises Refused where two descriptions use one key, or an answer is mapped to one that is not there.
    """
    check(by, permissions.KEEP)
    every = list(described)
    keys = [one.key for one in every]
    if twice := next((key for key in keys if keys.count(key) > 1), None):
        raise Refused(f"Two category sets have the key {twice}.")
    for one in every:
        rules.check_set(characteristic=one.characteristic, labels=[c.label for c in one.categories])
    known = {kept.key: kept for kept in CategorySet.objects.exclude(key="").prefetch_related("categories")}
    new = {key for key in keys if key not in known}
    changed = {one.key for one in every if _load_one(one, known)}
    changed |= _load_mappings(every, known)
    for key in keys:
        if key in new or key in changed:
            audit.record(by=by, deed="equality.category_set_loaded", subject=known[key])
    return Loaded(len(new), len(changed - new), len(keys) - len(new | changed))


def _load_one(one: SetDescription, known: dict[str, CategorySet]) -> bool:
    """Make one set and its answers as described, and say whether anything had to change."""
    names = ("characteristic", "name", "source", "address", "note", "holds_from", "sensitive", "several")
    told = {name: getattr(one, name) for name in names}
    kept = known.get(one.key)
    if kept is None:
        kept = known[one.key] = CategorySet.objects.create(key=one.key, confirm=one.confirm, **told)
        there: dict[str, Category] = {}
    else:
        there = {category.label: category for category in kept.categories.all()}
    changed = any(getattr(kept, name) != value for name, value in told.items())
    if changed:
        for name, value in told.items():
            setattr(kept, name, value)
        kept.save(update_fields=list(told))
    made = [_category(kept, n, label=c.label, unknown=c.unknown, code=c.code) for n, c in enumerate(one.categories, 1)]
    for category in made:
        old = there.pop(category.label, None)
        if old is None:
            continue
        category.pk, category.recorded_at = old.pk, old.recorded_at
        if any(getattr(old, name) != getattr(category, name) for name in ("position", "code", "unknown")):
            category.save()
            changed = True
    fresh = [category for category in made if category.pk is None]
    Category.objects.bulk_create(fresh)
    gone = Category.objects.filter(pk__in=[category.pk for category in there.values()])
    answered = models.Answer.objects.filter(category__in=gone).values("category")
    gone.exclude(pk__in=answered).delete()  # an answer that somebody gave stays, though it is not offered any more
    return changed or bool(fresh) or bool(there)


def _load_mappings(every: Sequence[SetDescription], known: Mapping[str, CategorySet]) -> set[str]:
    """Make the mappings as described, and say which sets they changed.

    An officer's own mappings to the landlord's own sets stay; those to sets that come with Hearth follow the files.
    """
    rows = Category.objects.filter(category_set__in=known.values()).values_list("category_set__key", "label", "pk")
    number = {(key, label): pk for key, label, pk in rows}
    wanted: dict[tuple[int, int], str] = {}
    for one in every:
        for category in one.categories:
            for meaning in category.means:
                target = number.get((meaning.set_key, meaning.label))
                if target is None:
                    raise Refused(
                        f"{one.key}: “{category.label}” counts as “{meaning.label}” of {meaning.set_key}, "
                        "which is not described."
                    )
                wanted[number[one.key, category.label], target] = meaning.differs
    ours = models.Mapping.objects.filter(category__category_set__key__in=[one.key for one in every])
    there = {(row.category_id, row.target_id): row for row in ours.exclude(target__category_set__key="")}
    gone = [row for pair, row in there.items() if pair not in wanted]
    fresh = [
        models.Mapping(category_id=pair[0], target_id=pair[1], differs=differs)
        for pair, differs in wanted.items()
        if pair not in there
    ]
    other = [row for pair, row in there.items() if pair in wanted and row.differs != wanted[pair]]
    for row in other:
        row.differs = wanted[row.category_id, row.target_id]
        row.save(update_fields=["differs"])
    models.Mapping.objects.filter(pk__in=[row.pk for row in gone]).delete()
    models.Mapping.objects.bulk_create(fresh)
    key_of = {pk: key for (key, _), pk in number.items()}
    return {key_of[row.category_id] for row in (*gone, *fresh, *other)}
