"""Two records become one person's, and two again.

A merge moves every row of the whole installation that points to the record that goes, whichever room it belongs to:
Django's own list of models says where such rows are, so that no room needs to be told and none is forgotten. What
cannot be moved, because the record that stays has one like it, is taken out and kept in the merge. Undoing puts all of
it back as it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction

from hearth.audit import services as audit
from hearth.db import news
from hearth.kernel.permits import Actor, check
from hearth.kernel.refusals import Refused
from hearth.register import permissions
from hearth.register.models import Merge, Pair, Person, SafeContact, TenancyHolder
from hearth.register.rules import merging as rules

# They tell of the two records themselves.
STAY = {"register.merge", "register.pair"}


def pointing() -> Iterator[tuple[type[models.Model], models.Field[Any, Any]]]:
    """Every field in the installation that points to a person, with its model."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.label_lower in STAY or model._meta.proxy or not model._meta.managed:
            continue
        for field in model._meta.local_concrete_fields:
            if field.remote_field is not None and field.remote_field.model is Person:
                yield model, field


@transaction.atomic
def merge(*, kept: Person, gone: Person, choices: Mapping[str, str], at: datetime, by: Actor) -> Merge:
    """Say that two records are one person. `choices` say of which record each value stays; see `rules.chosen`."""
    check(by, permissions.MERGE)
    people = Person.objects.select_for_update().in_bulk([kept.pk, gone.pk])
    kept, gone = people[kept.pk], people[gone.pk]
    rules.check_mergeable(
        same=kept.pk == gone.pk,
        merged=bool(kept.merged_into_id or gone.merged_into_id),
        anonymised=bool(kept.anonymised_on or gone.anonymised_on),
        accounts=sum(person.user_id is not None for person in (kept, gone)),
        markers=SafeContact.objects.filter(person__in=[kept, gone], ended_on=None).count(),
    )
    moved: dict[str, Any] = {"rows": {}, "removed": [], "changed": []}
    for model, field in pointing():
        _move(model, field, gone, kept, moved)
    _values(kept, gone, choices, moved)
    done = Merge.objects.create(kept=kept, gone=gone, moved=moved, at=at, by_name=by.name)
    low, high = sorted((kept.pk, gone.pk))
    Pair.objects.filter(one_id=low, other_id=high).update(state=Pair.State.SAME, decided_by=by.name, decided_at=at)
    audit.record(by=by, deed="register.merged", subject=kept, person=kept.pk, gone=gone.pk, merge=done.pk)
    news.announce("register.person_merged", kept_id=kept.pk, gone_id=gone.pk)
    return done


def _move(
    model: type[models.Model], field: models.Field[Any, Any], gone: Person, kept: Person, moved: dict[str, Any]
) -> None:
    """Point the rows of one model to the record that stays: all at once, or one by one where some collide."""
    rows = model._base_manager.filter(**{field.name: gone.pk}).order_by("pk")
    ids = list(rows.values_list("pk", flat=True))
    if not ids:
        return
    name = f"{model._meta.label_lower}.{field.name}"
    try:
        with transaction.atomic():
            rows.update(**{field.name: kept.pk})
        moved["rows"][name] = ids
        return
    except IntegrityError:
        pass
    for row in model._base_manager.filter(pk__in=ids):
        try:
            with transaction.atomic():
                model._base_manager.filter(pk=row.pk).update(**{field.name: kept.pk})
            moved["rows"].setdefault(name, []).append(row.pk)
        except IntegrityError:
            _take_out(row, kept, moved)


def _take_out(row: models.Model, kept: Person, moved: dict[str, Any]) -> None:
    """Take out a row that the record that stays has one like; a row on which others hang stays where it is."""
    if isinstance(row, TenancyHolder) and row.lead:
        _hand_over_lead(row, kept, moved)
    for relation in row._meta.related_objects:
        if relation.related_model._base_manager.filter(**{relation.field.name: row.pk}).exists():
            return
    moved["removed"].append({"model": row._meta.label_lower, "values": _plain(row)})
    row._meta.model._base_manager.filter(pk=row.pk).delete()


def _hand_over_lead(row: TenancyHolder, kept: Person, moved: dict[str, Any]) -> None:
    """One person who was kept as both tenants of a tenancy is its lead tenant."""
    own = TenancyHolder.objects.filter(tenancy_id=row.tenancy_id, person=kept, ended_on=None, lead=False).first()
    if own is None:
        return
    TenancyHolder.objects.filter(pk=row.pk).update(lead=False)
    TenancyHolder.objects.filter(pk=own.pk).update(lead=True)
    moved["changed"].append([own._meta.label_lower, own.pk, "lead", "False", "True"])


def _values(kept: Person, gone: Person, choices: Mapping[str, str], moved: dict[str, Any]) -> None:
    """Give the record that stays the chosen values, and the account of whichever has one."""
    label = Person._meta.label_lower
    wanted: dict[str, Any] = rules.chosen(_chosen_of(kept), _chosen_of(gone), choices)
    if gone.user_id and not kept.user_id:
        moved["changed"].append([label, gone.pk, "user", str(gone.user_id), None])
        wanted["user_id"], gone.user_id = gone.user_id, None
    for name, value in wanted.items():
        old = getattr(kept, name)
        if old != value:
            field = Person._meta.get_field(name.removesuffix("_id"))
            before = _text(field, kept)
            setattr(kept, name, value)
            moved["changed"].append([label, kept.pk, field.name, before, _text(field, kept)])
    gone.merged_into = kept
    gone.save(update_fields=["merged_into", "user"])
    kept.save(update_fields=[name.removesuffix("_id") for name in wanted])


def _chosen_of(person: Person) -> dict[str, Any]:
    return {name: getattr(person, name) for name in rules.CHOSEN}


def _text(field: Any, row: models.Model) -> str | None:
    """A value as text that can be read back; None for none."""
    return None if field.value_from_object(row) is None else field.value_to_string(row)


def _plain(row: models.Model) -> dict[str, str | None]:
    return {field.attname: _text(field, row) for field in row._meta.local_concrete_fields}


@transaction.atomic
def undo_merge(*, merge: Merge, at: datetime, by: Actor) -> None:
    """Make two records of one again, each with what it had; what was changed since then stays changed.

    Refused while the record that stayed has itself been merged into another.
    """
    check(by, permissions.MERGE)
    merge = Merge.objects.select_for_update().select_related("kept", "gone").get(pk=merge.pk)
    if merge.undone_at is not None:
        raise Refused("This merge has been undone already.")
    if merge.kept.merged_into_id is not None:
        raise Refused(f"{merge.kept} has since been merged into another record. Undo that first.")
    if merge.kept.anonymised_on or merge.gone.anonymised_on:
        raise Refused("The record has been made anonymous since, so that it cannot be taken apart.")
    for label, number, name, before, after in reversed(merge.moved["changed"]):
        _change_back(label, number, name, before, after)
    for removed in reversed(merge.moved["removed"]):
        _put_back(removed)
    for place, ids in merge.moved["rows"].items():
        label, _, name = place.rpartition(".")
        model = apps.get_model(label)
        model._base_manager.filter(pk__in=ids, **{name: merge.kept_id}).update(**{name: merge.gone_id})
    Person.objects.filter(pk=merge.gone_id).update(merged_into=None)
    merge.undone_at, merge.undone_by = at, by.name
    merge.save(update_fields=["undone_at", "undone_by"])
    low, high = sorted((merge.kept_id, merge.gone_id))
    Pair.objects.filter(one_id=low, other_id=high).update(state=Pair.State.OPEN, decided_by="", decided_at=None)
    audit.record(by=by, deed="register.merge_undone", subject=merge.kept, person=merge.kept_id, gone=merge.gone_id)
    news.announce("register.merge_undone", kept_id=merge.kept_id, gone_id=merge.gone_id)


def _change_back(label: str, number: int, name: str, before: str | None, after: str | None) -> None:
    """Put a value back, unless somebody has changed it since."""
    model = apps.get_model(label)
    field = model._meta.get_field(name)
    row = model._base_manager.filter(pk=number).first()
    if row is not None and _text(field, row) == after:
        value = None if before is None else field.to_python(before)
        model._base_manager.filter(pk=number).update(**{field.attname: value})


def _put_back(removed: dict[str, Any]) -> None:
    """A row that was taken out, as it was, to its number and the moment at which it was first kept."""
    model = apps.get_model(removed["model"])
    values = {}
    for field in model._meta.local_concrete_fields:
        text = removed["values"].get(field.attname)
        values[field.attname] = None if text is None else field.to_python(text)
    model._base_manager.bulk_create([model(**values)])
    moments = {field.attname: values[field.attname] for field in model._meta.local_concrete_fields
               if getattr(field, "auto_now_add", False) or getattr(field, "auto_now", False)}  # fmt: skip
    if moments:
        model._base_manager.filter(pk=values[model._meta.pk.attname]).update(**moments)
