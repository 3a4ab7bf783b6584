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

    Raises Refused where two files use one key, or an answer is mapped to one that no file describes.
    """
    check(by, permissions.KEEP)
    every = list(described)
    keys = [one.key for one in every]
    if twice := next((key for key in keys if keys.count(key) > 1), None):
        raise Refused(f"Two category sets have the key {twice}.")
    before = {kept.key: _plain(kept) for kept in CategorySet.objects.exclude(key="")}
    kept = {one.key: _load_one(one) for one in every}
    for one in every:
        _load_mappings(one, kept)
    added = sum(key not in before for key in keys)
    after = {key: _plain(CategorySet.objects.get(pk=kept[key].pk)) for key in keys}
    changed = sum(key in before and before[key] != after[key] for key in keys)
    for key in keys:
        if before.get(key) != after[key]:
            audit.record(by=by, deed="equality.category_set_loaded", subject=kept[key])
    return Loaded(added, changed, len(keys) - added - changed)


def _plain(kept: CategorySet) -> list[Any]:
    fields = ("name", "characteristic", "source", "address", "note", "holds_from", "sensitive", "several")
    answers = [
        (c.position, c.label, c.code, c.unknown, sorted((m.target_id, m.differs) for m in c.mappings.all()))
        for c in kept.categories.prefetch_related("mappings")
    ]
    return [[getattr(kept, name) for name in fields], answers]


def _load_one(one: SetDescription) -> CategorySet:
    rules.check_set(characteristic=one.characteristic, labels=[c.label for c in one.categories])
    told = {
        "characteristic": one.characteristic,
        "name": one.name,
        "source": one.source,
        "address": one.address,
        "note": one.note,
        "holds_from": one.holds_from,
        "sensitive": one.sensitive,
        "several": one.several,
    }
    kept, new = CategorySet.objects.get_or_create(key=one.key, defaults={**told, "confirm": one.confirm})
    if not new:
        CategorySet.objects.filter(pk=kept.pk).update(**told)
        kept.refresh_from_db()
    there = {category.label: category for category in kept.categories.all()}
    for number, told_of in enumerate(one.categories, start=1):
        made = _category(kept, number, label=told_of.label, unknown=told_of.unknown, code=told_of.code)
        if old := there.pop(told_of.label, None):
            made.pk, made.recorded_at = old.pk, old.recorded_at
        made.save()
    Category.objects.filter(pk__in=[category.pk for category in there.values()]).delete()
    return kept


def _load_mappings(one: SetDescription, kept: Mapping[str, CategorySet]) -> None:
    own = {category.label: category for category in kept[one.key].categories.all()}
    for told_of in one.categories:
        wanted: dict[int, str] = {}
        for meaning in told_of.means:
            target_set = kept.get(meaning.set_key) or CategorySet.objects.filter(key=meaning.set_key).first()
            target = target_set.categories.filter(label=meaning.label).first() if target_set else None
            if target is None:
                raise Refused(f"{one.key}: “{told_of.label}” counts as “{meaning.label}” of {meaning.set_key}, "
                              "which is not described.")  # fmt: skip
            wanted[target.pk] = meaning.differs
        category = own[told_of.label]
        keys = {meaning.set_key for meaning in told_of.means}
        # An officer's own mappings to one's own sets stay; those to sets of the files follow the files.
        category.mappings.filter(target__category_set__key__in=[*kept, *keys]).exclude(target__in=wanted).delete()
        for target_id, differs in wanted.items():
            models.Mapping.objects.update_or_create(
                category=category, target_id=target_id, defaults={"differs": differs}
            )
