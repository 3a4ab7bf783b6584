"""Making a person anonymous: what names them goes, what is special goes, what counts and the trail stay (SEC-05)."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Collection
from datetime import date
from typing import Any

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import Exists, OuterRef, QuerySet

from hearth.accounts import services as accounts
from hearth.audit import services as audit
from hearth.db import news, privacy
from hearth.documents import services as documents
from hearth.kernel.permits import Actor, check
from hearth.register import permissions
from hearth.register.models import DataRequest, Person
from hearth.register.queries import rights as queries
from hearth.register.rules import rights as rules

NAMELESS = "Anonymous"
KEEP = object()  # a field that stays as it is
NONE = object()  # a field that cannot be emptied


@transaction.atomic
def anonymise(*, person: Person, on: date, by: Actor) -> None:
    """Take out of every room what names somebody or is special about them (UK GDPR article 17; SEC-05).

    Read off the privacy maps: personal fields are emptied, rows that are nothing without what is special are deleted,
    counts, states and days stay. Raises Refused for who lives here, and under a legal hold.
    """
    check(by, permissions.RIGHTS)
    rules.check_erasable(
        lives_here=queries.lives_here(person, on=on),
        held=queries.held_reasons(person, on=on),
        already=person.anonymised_on is not None,
    )
    forget([person], on=on, by=by)


@transaction.atomic
def forget(people: Collection[Person], *, on: date, by: Actor) -> None:
    """The same for several people at a time, for the retention job, which has asked everything already."""
    check(by, permissions.RIGHTS)
    ids = queries.records_of(*people)
    records = list(Person.objects.select_for_update(of=("self",)).select_related("user").filter(pk__in=ids))
    alone = {one.email.lower() for one in records if one.email} - queries.shared_addresses(ids)
    accounts = [one.user_id for one in records if one.user_id]
    for model in privacy.reaching():
        found = privacy.map_of(model)
        if found is None or model is Person or _is_account(model):
            continue
        rows = privacy.rows_about(model, people=ids, accounts=accounts, addresses=alone)
        _forget_rows(model, found, _of_them_alone(model, found, rows, ids), on=on, by=by)
    DataRequest.objects.filter(person__in=ids).update(person=None)
    for one in records:
        _forget_person(one, on=on, by=by)
    for person in people:
        audit.record(by=by, deed="register.anonymised", subject=person)
        news.announce("register.person_anonymised", person_id=person.pk)


def erased_key(key: str) -> str:
    """What stands for an erased reference: it names nobody, and yet the same reference is known again.

    So that the next file of the housing management system does not bring back who was erased.
    """
    digest = hmac.new(settings.SECRET_KEY.encode(), f"erased {key}".encode(), hashlib.sha256).hexdigest()
    return f"~{digest[:24]}"


def _is_account(model: Any) -> bool:
    joined = privacy.account()
    return joined is not None and model is joined[1]


def _of_them_alone(model: type[models.Model], found: privacy.Map, rows: QuerySet[Any], ids: list[int]) -> QuerySet[Any]:
    """The rows without those that tell of somebody else as well, who is still known by name."""
    for path in found.about:
        known = Person.objects.filter(anonymised_on=None).exclude(pk__in=ids)
        others = model._default_manager.filter(**{f"{path}__in": known}, pk=OuterRef("pk"))
        rows = rows.exclude(Exists(others))
    if found.thing is None:
        return rows
    kind, number = found.thing
    own = {kind: Person._meta.label_lower, f"{number}__in": ids}
    named_others = model._default_manager.filter(**{kind: Person._meta.label_lower}).exclude(**own)
    return rows.exclude(pk__in=named_others.values("pk")).exclude(**{f"{kind}__in": _evidence()})


def _evidence() -> list[str]:
    """The kinds of record that stay as evidence: what was written about them, such as the answer, stays with them."""
    return [
        model._meta.label_lower for model in privacy.mapped() if (privacy.map_of(model) or privacy.Map({})).evidence
    ]


def _forget_rows(model: type[models.Model], found: privacy.Map, rows: QuerySet[Any], *, on: date, by: Actor) -> None:
    """Empty or delete one kind of rows, with the files that hang on them."""
    numbers = list(rows.values_list("pk", flat=True))
    if not numbers or found.evidence:
        return
    _empty_files(model, found, numbers, on=on, by=by)
    kept = model._default_manager.filter(pk__in=numbers)
    blanks = blank_fields(model, found)
    if blanks is None or found.secret:
        kept.delete()
        return
    if not blanks:
        return
    try:
        with transaction.atomic():
            kept.update(**blanks)
    except IntegrityError:  # the row makes no sense without what it said
        kept.delete()


def _empty_files(
    model: type[models.Model], found: privacy.Map, numbers: Collection[int], *, on: date, by: Actor
) -> None:
    for name in found.named("personal", "special"):
        field = model._meta.get_field(name)
        if isinstance(field, models.ForeignKey) and field.related_model._meta.label == "documents.StoredFile":
            for row in model._default_manager.filter(pk__in=numbers).exclude(**{name: None}).select_related(name):
                documents.empty(file=getattr(row, name), on=on, by=by)


def blank_fields(model: type[models.Model], found: privacy.Map) -> dict[str, Any] | None:
    """What to put into the personal and special fields of a model; None where its rows must go as a whole."""
    blanks: dict[str, Any] = {}
    for name in found.named("personal", "special"):
        value = _blank(model._meta.get_field(name), special=found.words[name] == "special")
        if value is NONE:
            return None
        if value is not KEEP:
            blanks[name] = value
    return blanks


def _blank(field: Any, *, special: bool) -> Any:
    if isinstance(field, models.ForeignKey):
        if field.related_model is privacy.subject() or not special:
            return KEEP  # a number that leads to a record without a name
        return None if field.null else NONE
    if field.name.endswith(("_by", "_by_name")) or field.name == "by_name":
        return KEEP  # who on the staff did it
    if field.null:
        return None
    if isinstance(field, models.CharField | models.TextField) and not field.unique:
        return "" if field.blank or not special else NONE
    if isinstance(field, models.JSONField) and field.has_default():
        return field.get_default()
    return NONE


def _forget_person(person: Person, *, on: date, by: Actor) -> None:
    found = privacy.map_of(Person)
    assert found is not None
    user, before = person.user, person.key
    for name, value in (blank_fields(Person, found) or {}).items():
        setattr(person, name, value)
    person.key = erased_key(before) if before and not before.startswith("~") else before
    person.family_name, person.user, person.anonymised_on = NAMELESS, None, on
    person.save()
    if user is not None:
        accounts.end_resident(user=user, on=on, erase=True, by=by)
