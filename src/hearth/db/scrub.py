"""A copy of the database for developers, in which nobody can be found: made by the privacy maps alone.

Every row is read, disguised and only then written into a new database, so that nothing real was ever in it. What no map
covers is not copied: sessions, queues, caches, second factors. Nor is the audit trail, which would be no trail any
longer with other words in it, nor what files hold.
"""

from __future__ import annotations

import json
import re
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.hashers import make_password
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.fields.related import ForeignKey

from hearth.db import privacy, wall
from hearth.kernel.disguise import Disguise

CHUNK = 2000
WORDS = 6  # the longest run of words that is looked up among what people are called
Model = type[models.Model]


@dataclass
class Report:
    """What was copied: rows by model, and in how many plain fields something personal stood and was disguised too."""

    rows: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    found_in_plain: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    largest: dict[Model, int] = field(default_factory=dict)  # the largest number of each table


def copy(to: BaseDatabaseWrapper, *, disguise: Disguise, password: str = "") -> Report:
    """Copy every mapped table of this database, disguised, into the empty tables of another.

    `password` is given to every account; without one nobody can sign in. One transaction on each side.
    """
    report = Report()
    hashed = make_password(password or None)
    with _snapshot(), transaction.atomic(using=to.alias):
        landlords = _landlords()
        for landlord in landlords:
            known = Known(landlord)
            for model in _models():
                copier = Copier(model, disguise=disguise, known=known, password=hashed, report=report)
                with wall.within(landlord), to.cursor() as cursor:
                    cursor.execute("select set_config('hearth.landlord', %s, true)", [str(landlord)])
                    copier.copy(cursor, landlord if wall.walled(model) else None, first=landlord == landlords[0])
        with to.cursor() as cursor:  # the wall hides the rows from Django's own statement for this
            for model, largest in report.largest.items():
                pk = model._meta.pk
                if isinstance(pk, models.AutoField | models.BigAutoField):
                    table = f'"{model._meta.db_table}"'
                    cursor.execute("select setval(pg_get_serial_sequence(%s, %s), %s)", [table, pk.column, largest])
    return report


def _snapshot() -> Any:
    """One moment of the source: rows that point at each other are read as they stood together."""
    outermost = not connection.in_atomic_block
    block = transaction.atomic()
    if not outermost:
        return block

    class Moment:
        def __enter__(self) -> None:
            block.__enter__()
            with connection.cursor() as cursor:
                cursor.execute("set transaction isolation level repeatable read, read only")

        def __exit__(self, *error: Any) -> None:
            block.__exit__(*error)

    return Moment()


def _landlords() -> list[int]:
    from django.apps import apps

    return list(apps.get_model("landlords", "Landlord").objects.order_by("id").values_list("id", flat=True))


def _models() -> Iterator[Model]:
    """Every mapped model with the tables of its many-to-many fields; what is append-only is left out."""
    for model in privacy.mapped():
        if model._meta.label in wall.APPEND_ONLY or model._meta.proxy or not model._meta.managed:
            continue
        yield model
        found = privacy.map_of(model)
        for many in model._meta.many_to_many:
            through: Any = many.remote_field.through
            if through._meta.auto_created and found and found.words.get(many.name) != "special":
                yield through


# ── what people are called, also where it should not stand ────────────────────────────────────────────────


class Known:
    """The personal words of one landlord, to find them in plain fields too, where somebody typed a name.

    Only what stands out is looked for: addresses of email, numbers of six digits or more, and runs of two words or
    more, such as a full name; a single word could be anything.
    """

    def __init__(self, landlord: int) -> None:
        self._said: set[str] = set()
        with wall.within(landlord):
            for model in privacy.mapped():
                if wall.walled(model) and model._meta.label not in wall.APPEND_ONLY:
                    self._learn(model, landlord)

    def _learn(self, model: Model, landlord: int) -> None:
        found = privacy.map_of(model)
        said = set(found.named("personal", "special")) if found else set()
        texts = [
            one.name
            for one in model._meta.concrete_fields
            if one.name in said and isinstance(one, models.CharField | models.TextField) and not one.choices
        ]
        if not texts:
            return
        for row in _pages(model, ["pk", *texts], landlord):
            values = [value for value in row[1:] if value]
            for one in (*values, *(f"{one} {other}" for one, other in pairwise(values))):
                plain = normal(one)
                if stands_out(plain):
                    self._said.add(plain)

    def stands_in(self, text: str) -> bool:
        """Whether a text holds something personal."""
        words = normal(text).split()
        for start in range(len(words)):
            for length in range(1, WORDS + 1):
                if " ".join(words[start : start + length]) in self._said:
                    return True
        return False


def normal(text: str) -> str:
    """A text as it is compared: small letters, words and addresses parted by single spaces."""
    return " ".join(re.findall(r"[\w@+](?:[\w.@+'’-]*\w)?", text.lower()))


def stands_out(text: str) -> bool:
    """Whether words are peculiar enough to be looked for everywhere."""
    words = text.split()
    if len(words) > WORDS:
        return False
    return "@" in text or (len(words) > 1 and len(text) > 6) or sum(sign.isdigit() for sign in text) > 5


def _pages(model: Model, names: list[str], landlord: int | None) -> Iterator[tuple[Any, ...]]:
    """The rows of a model in the order of their numbers, a page at a time; the first value is the number."""
    rows = model._base_manager.order_by("pk")
    if landlord is not None:
        rows = rows.filter(landlord_id=landlord)
    last = None
    while True:
        page = list((rows if last is None else rows.filter(pk__gt=last)).values_list(*names)[:CHUNK])
        yield from page
        if len(page) < CHUNK:
            return
        last = page[-1][0]


# ── one table ─────────────────────────────────────────────────────────────────────────────────────────────


class Copier:
    """Copies one table, disguising each field as its map and its kind call for."""

    def __init__(self, model: Model, *, disguise: Disguise, known: Known, password: str, report: Report) -> None:
        self.model, self.disguise, self.known = model, disguise, known
        self.password, self.report = password, report
        self.map = privacy.map_of(model) or privacy.Map({})
        self.fields = list(model._meta.concrete_fields)
        self.unique = unique_fields(model)
        self._pools: dict[str, tuple[dict[Any, Any], dict[Any, list[Any]]]] = {}

    def copy(self, cursor: Any, landlord: int | None, *, first: bool) -> None:
        """Copy the rows of a landlord; those of a table without landlords once, with the first."""
        if landlord is None and not first:
            return
        table, columns = self.model._meta.db_table, [one.column for one in self.fields]
        names = ", ".join(f'"{column}"' for column in columns)
        insert = f'insert into "{table}" ({names}) values ({", ".join(["%s"] * len(columns))})'  # noqa: S608 - our own
        wanted = ["pk", *(one.attname for one in self.fields)]
        batch: list[list[Any]] = []
        for row in _pages(self.model, wanted, landlord):
            batch.append(self.disguised(row[0], dict(zip(wanted[1:], row[1:], strict=True))))
            if len(batch) == CHUNK:
                cursor.executemany(insert, batch)
                batch.clear()
            self.report.rows[self.model._meta.label] += 1
            if isinstance(row[0], int):
                self.report.largest[self.model] = max(row[0], self.report.largest.get(self.model, 0))
        if batch:
            cursor.executemany(insert, batch)

    def disguised(self, pk: Any, row: dict[str, Any]) -> list[Any]:
        """The values of one row as they go into the copy."""
        seed = f"{self.model._meta.label}.{pk}"
        values = []
        for one in self.fields:
            value = row[one.attname]
            if value is not None:
                value = self._value(one, value, seed, row)
            values.append(one.get_db_prep_save(value, connection))
        return values

    def _value(self, one: Any, value: Any, seed: str, row: dict[str, Any]) -> Any:
        word = self.map.words.get(one.name, "plain")
        if issubclass(self.model, AbstractBaseUser) and one.name == "password":
            return self.password
        if one.name in self.map.secret and isinstance(one, models.CharField):
            return self.disguise.hexadecimal(str(value), one.max_length or 40)
        if one.primary_key or (isinstance(one, ForeignKey) and word != "special"):
            return value
        if word == "plain":
            return self._plain(one, value, seed)
        return self._personal(one, value, f"{seed}.{one.name}", seed, row)

    def _plain(self, one: Any, value: Any, seed: str) -> Any:
        """A plain value as it is, unless somebody typed into it what is personal elsewhere."""
        if one.choices or one.name in self.unique:
            return value
        if isinstance(one, models.JSONField):
            said = json.dumps(value, ensure_ascii=False, cls=DjangoJSONEncoder)
            if self.known.stands_in(said):
                self.report.found_in_plain[f"{self.model._meta.label}.{one.name}"] += 1
                return self._in_json(value)
        elif isinstance(value, str) and self.known.stands_in(value):
            self.report.found_in_plain[f"{self.model._meta.label}.{one.name}"] += 1
            return self._fit(one, self.disguise.text(value))
        return value

    def _in_json(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {name: self._in_json(one) for name, one in value.items()}
        if isinstance(value, list):
            return [self._in_json(one) for one in value]
        return self.disguise.text(value) if isinstance(value, str) and self.known.stands_in(value) else value

    def _personal(self, one: Any, value: Any, seed: str, row_seed: str, row: dict[str, Any]) -> Any:
        if isinstance(one, ForeignKey):
            return self._pointed(one, value, seed, row)
        if one.choices:
            return self.disguise.pick([key for key, _ in one.flatchoices], seed)
        for kinds, made in self._makers(one, seed, row_seed):
            if isinstance(one, kinds):
                return made(value)
        raise TypeError(f"{self.model._meta.label}.{one.name}: no disguise is known for a {type(one).__name__}.")

    def _makers(self, one: Any, seed: str, row_seed: str) -> list[tuple[Any, Callable[[Any], Any]]]:
        invent = self.disguise
        return [
            (models.EmailField, lambda value: self._fit(one, invent.email(value)) if "@" in value else value),
            (models.URLField, lambda value: f"https://{invent.hexadecimal(value, 12)}.example/" if value else value),
            ((models.CharField, models.TextField), lambda value: self._text(one, value)),
            (models.BooleanField, lambda value: bool(invent.number(seed, 2))),
            (models.DateField, lambda value: invent.day(value, row_seed)),  # moments too
            ((models.DecimalField, models.FloatField), lambda value: invent.near(value, seed)),
            (models.IntegerField, lambda value: min(invent.whole(value), _largest(one))),
            (models.UUIDField, lambda value: uuid.UUID(invent.hexadecimal(str(value), 32))),
            (models.JSONField, lambda value: one.get_default() if one.has_default() else type(value)()),
            (models.BinaryField, lambda value: b""),
        ]

    def _text(self, one: Any, value: str) -> str:
        unique = one.name in self.unique
        return self._fit(one, self.disguise.text(value, unique=unique))

    def _fit(self, one: Any, text: str) -> str:
        """A text within the field's length; an address that grew too long becomes another short one."""
        if one.max_length is None or len(text) <= one.max_length:
            return text
        if "@" in text:
            return f"{self.disguise.hexadecimal(text, 20)}@removed.example"
        return text[: one.max_length]

    def _pointed(self, one: Any, value: Any, seed: str, row: dict[str, Any]) -> Any:
        """What a special field points at: another entry of the same list, because the entry is what is special.

        Something of the person's own stays, because it is disguised itself. Where a person may have several entries,
        all of them move on by as much, so that none is there twice.
        """
        target = one.related_model
        if privacy.tells_of_somebody(target):
            return value
        of, pools = self._pool(one)
        pool = pools[of[value]]
        together = next((names for names in _unique_sets(self.model) if one.name in names), None)
        if together:
            others = [str(row[self.model._meta.get_field(name).attname]) for name in together if name != one.name]  # type: ignore[union-attr]
            seed = f"{self.model._meta.label}.{one.name}.{'.'.join(others)}"
            return pool[(pool.index(value) + 1 + self.disguise.number(seed, max(1, len(pool) - 1))) % len(pool)]
        return self.disguise.pick(pool, seed)

    def _pool(self, one: Any) -> tuple[dict[Any, Any], dict[Any, list[Any]]]:
        """The entries of a list, by what they belong to: answers of one question are exchanged for each other only."""
        if one.name not in self._pools:
            target = one.related_model
            keys = [key.attname for key in target._meta.concrete_fields if isinstance(key, ForeignKey)]
            of: dict[Any, Any] = {}
            pools: dict[Any, list[Any]] = defaultdict(list)
            for pk, *parents in target._base_manager.order_by("pk").values_list("pk", *keys):
                of[pk] = tuple(parents)
                pools[tuple(parents)].append(pk)
            self._pools[one.name] = of, pools
        return self._pools[one.name]


def _largest(one: Any) -> int:
    _, largest = connection.ops.integer_field_range(one.get_internal_type())
    return int(largest or 2**31 - 1)


def _unique_sets(model: Model) -> list[tuple[str, ...]]:
    sets = [tuple(one.fields) for one in model._meta.constraints if isinstance(one, models.UniqueConstraint)]
    return [*sets, *(tuple(names) for names in model._meta.unique_together)]


def unique_fields(model: Model) -> set[str]:
    """The fields that some constraint keeps from being there twice, alone or with others, as a whole or in small."""
    found = {one.name for one in model._meta.concrete_fields if one.unique}
    for names in _unique_sets(model):
        found |= set(names)
    for one in model._meta.constraints:
        if isinstance(one, models.UniqueConstraint) and one.expressions:
            found |= {str(part.name) for expression in one.expressions for part in _references(expression)}
    return found


def _references(expression: Any) -> Iterator[Any]:
    if isinstance(expression, models.F):
        yield expression
    for part in getattr(expression, "get_source_expressions", list)():
        yield from _references(part)
