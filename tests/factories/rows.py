"""One row of any model, made of nothing but what its fields insist on."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.db import connection, models

_number = iter(range(1, 10**9))


def forget_checks() -> None:
    """Drop every check of every table until the test is rolled back: these rows need no sense, only a landlord."""
    with connection.cursor() as cursor:
        cursor.execute("select current_user")
        (role,) = cursor.fetchone()
        cursor.execute("reset role")
        cursor.execute(
            "select conrelid::regclass::text, conname from pg_constraint where contype = 'c' and conrelid > 0"
            " and connamespace = 'public'::regnamespace"
        )
        for table, name in cursor.fetchall():
            cursor.execute(f'alter table {table} drop constraint "{name}"')
        cursor.execute(f"set local role {connection.ops.quote_name(role)}")


def one_of(model: type[models.Model], depth: int = 0) -> int:
    """Put a row of a model into its table and give its number; what it points at is made as well.

    Values satisfy types and uniqueness, not what a model checks beyond that: see `forget_checks`.
    """
    assert depth < 6, f"{model._meta.label} points at itself without end"
    values: dict[str, Any] = {}
    for field in model._meta.concrete_fields:
        if field.primary_key and isinstance(field, models.AutoField):
            continue
        values[field.column] = _value(model, field, depth)
    columns = ", ".join(f'"{column}"' for column in values)
    marks = ", ".join(["%s"] * len(values))
    with connection.cursor() as cursor:
        cursor.execute(
            f'insert into "{model._meta.db_table}" ({columns}) values ({marks}) returning "{model._meta.pk.column}"',
            list(values.values()),
        )
        return cursor.fetchone()[0]


def bare(model: type[models.Model], found: Any) -> list[Any]:
    """Values read from a table, ready to be written again."""
    return [json.dumps(value) if isinstance(value, dict | list) else value for value in found]


def _value(model: type[models.Model], field: Any, depth: int) -> Any:
    from hearth.db import wall

    if field.column == "landlord_id":
        return wall.current()
    if isinstance(field, models.ForeignKey):
        return None if field.null else one_of(field.related_model, depth + 1)
    if field.choices:
        return field.choices[0][0]
    if field.null:
        return None
    if field.has_default() and not field.unique:
        given = field.get_default()
        return field.get_db_prep_save(given, connection)
    return _of_type(field)


def _of_type(field: Any) -> Any:
    number = next(_number)
    if isinstance(field, models.JSONField):
        return "{}"
    if isinstance(field, models.BooleanField):
        return False
    if isinstance(field, models.DateTimeField):
        return datetime(2024, 4, 1, tzinfo=timezone.utc)  # noqa: UP017 - the module's own name
    if isinstance(field, models.DateField):
        return date(2024, 4, 1) + timedelta(days=number % 3000)  # some tables allow one row a day
    if isinstance(field, models.DecimalField):
        return Decimal(1)
    if isinstance(field, models.IntegerField | models.FloatField):
        return number % 30000
    if isinstance(field, models.UUIDField):
        return uuid4()
    if isinstance(field, models.BinaryField):
        return b"x"
    if isinstance(field, models.EmailField):
        return f"row{number}@example.org"
    return f"row-{number}"[: field.max_length or 20]
