"""The privacy map: what each field of each model is, and about whom a row tells.

A model says in its `Privacy`, besides the word of each field (`plain`, `personal`, `special`):

- `others`: fields that may hold somebody else's data, such as a note or the name of an advocate. They stay out of the
  copy that a person asks for until an officer has looked.
- `secret`: fields that nobody is ever shown, such as the digest of a password; a code's row goes with its person.
- `sealed`: the whole row stays out until then.
- `evidence`: rows are kept for a time of their own although their person was made anonymous; they let go of the person.
- `about`: lookups that lead to the people whom a row tells of, such as "holders__person". A foreign key to the person,
  and a parent with which a row is deleted, are found without it.
- `thing`: the two fields ("about_kind", "about_id") that name any record, perhaps a person.
- `addressed`: fields that hold an email address, perhaps the person's.

From this one map come the copy of one's own data, what is made anonymous, the copy of the database for development, and
what the audit trail may name. Whose data is meant is named in the settings (HEARTH_DATA_SUBJECT).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

Model = type[models.Model]


@dataclass(frozen=True)
class Map:
    """What a model says of its fields and rows."""

    words: dict[str, str]  # {"name": "personal", …}
    others: frozenset[str] = frozenset()
    secret: frozenset[str] = frozenset()
    sealed: bool = False
    evidence: bool = False
    about: tuple[str, ...] = ()
    thing: tuple[str, str] | None = None
    addressed: frozenset[str] = frozenset()

    def named(self, *wanted: str) -> list[str]:
        """The fields of these words."""
        return [name for name, word in self.words.items() if word in wanted]


@lru_cache(maxsize=512)
def map_of(model: Model) -> Map | None:
    """The map of a model, or None for a library's model, which has none."""
    said: Any = getattr(model, "Privacy", None)
    if said is None:
        return None
    words: dict[str, str] = {}
    for word in ("plain", "personal", "special"):
        words |= dict.fromkeys(getattr(said, word), word)
    return Map(
        words,
        frozenset(getattr(said, "others", ())),
        frozenset(getattr(said, "secret", ())),
        bool(getattr(said, "sealed", False)),
        bool(getattr(said, "evidence", False)),
        tuple(getattr(said, "about", ())),
        getattr(said, "thing", None),
        frozenset(getattr(said, "addressed", ())),
    )


def mapped() -> list[Model]:
    """Every model that has a map, in the order of the rooms."""
    return [model for model in apps.get_models() if map_of(model) is not None]


@lru_cache(maxsize=1)
def subject() -> Model:
    """The model of the people whose data is kept."""
    return apps.get_model(settings.HEARTH_DATA_SUBJECT)


@lru_cache(maxsize=1)
def account() -> tuple[str, Model] | None:
    """The field by which a person is joined to their account, and the account's model."""
    for field in subject()._meta.concrete_fields:
        if isinstance(field, models.OneToOneField) and field.related_model is not subject():
            return field.name, field.related_model  # type: ignore[return-value]
    return None


@lru_cache(maxsize=1024)
def paths(model: Model, root: Model) -> tuple[str, ...]:
    """The lookups that lead from a model's rows to those of `root` whom they tell of; none where nothing leads there.

    To the person: every foreign key; to an account only one with which the row is deleted, because who once filed
    something is not whom it is about. Else through what the model says in `about`, else through its parents.
    """
    found = map_of(model)
    if found is None:
        return ()
    if model is root:
        return ("pk",)
    keys = [field for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey)]
    direct = [one for one in keys if one.related_model is root and (root is subject() or _owned(one))]
    if direct or (found.about and root is subject()):
        return tuple(one.name for one in direct) + (found.about if root is subject() else ())
    return tuple(
        f"{one.name}__{path}"
        for one in keys
        if _owned(one) and one.related_model is not model and one.related_model is not subject()
        for path in paths(one.related_model, root)  # type: ignore[arg-type]
        if path != "pk"
    )


def _owned(key: Any) -> bool:
    return key.remote_field.on_delete is models.CASCADE


def tells_of_somebody(model: Model) -> bool:
    """Whether rows of a model tell of a person: their own words may then stand nowhere that outlives them."""
    return bool(paths(model, subject()))


def rows_about(
    model: Model, *, people: Collection[int], accounts: Collection[int] = (), addresses: Collection[str] = ()
) -> QuerySet[Any]:
    """The rows of a model that tell of a person: of their records, their account, or sent to their email addresses."""
    found = map_of(model)
    wanted = Q(pk__in=[])
    for path in paths(model, subject()):
        wanted |= Q(**{f"{path}__in": list(people)})
    joined = account()
    if joined and accounts:
        for path in paths(model, joined[1]):
            wanted |= Q(**{f"{path}__in": list(accounts)})
    if found and found.thing:
        kind, number = found.thing
        wanted |= Q(**{kind: subject()._meta.label_lower, f"{number}__in": list(people)})
    if found and addresses:
        small = [address.lower() for address in addresses]
        for field in found.addressed:
            sent = model._default_manager.annotate(address_in_small=Lower(field)).filter(address_in_small__in=small)
            wanted |= Q(pk__in=sent.values("pk"))
    return model._default_manager.filter(pk__in=model._default_manager.filter(wanted).order_by().values("pk"))


def reaching() -> Iterator[Model]:
    """Every model from whose rows something leads to a person."""
    joined = account()
    for model in mapped():
        found = map_of(model)
        through_account = joined is not None and bool(paths(model, joined[1]))
        if tells_of_somebody(model) or through_account or (found and (found.thing or found.addressed)):
            yield model
