"""The landlord wall: PostgreSQL row-level security, so that a forgotten filter shows nothing of anyone else's.

The web process connects as a role that owns nothing. Every request and every job says at the start of its transaction
which landlord it works for; the policies compare each row with that word. A connection that never said it sees no row.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

_landlord: ContextVar[int | None] = ContextVar("landlord", default=None)

# Tables without a landlord of their own, with the reason why that is safe.
NO_WALL = {
    "landlords.Landlord": "The address of a request names its landlord before the wall can stand; only public facts.",
    "sessions.Session": "An opaque token that names an account; the account itself stands behind the wall.",
    "contenttypes.ContentType": "Names of Django's models; no landlord's data.",
    "auth.Permission": "Django's own table, unused and empty of landlords' data; Hearth's permissions are code.",
    "auth.Group": "Django's own table, unused; Hearth's roles are code.",
    "procrastinate.ProcrastinateJob": "The queue: a job carries its landlord's number and record numbers, no words.",
    "procrastinate.ProcrastinateEvent": "The queue's own history: times and states only.",
    "procrastinate.ProcrastinatePeriodicDefer": "The timetable's own history: times only.",
    "procrastinate.ProcrastinateWorker": "Heartbeats of workers; no landlord's data.",
}
# Tables of libraries that hang on an account: a row is seen by whoever may see the account.
THROUGH = {
    "account.EmailAddress": ("user_id", "accounts_user"),
    "account.EmailConfirmation": ("email_address_id", "account_emailaddress"),
    "mfa.Authenticator": ("user_id", "accounts_user"),
}
# Rows here may be added and read by the web role, never changed or removed.
APPEND_ONLY = {"audit.Event", "audit.Seal"}
READ_ONLY = {"landlords.Landlord": ("update",)}  # what else the web role may do there
OWN_ROW = {"landlords.Landlord"}  # read by all, changed only by the landlord whose row it is


def current() -> int:
    """The number of the landlord that this transaction works for. Raises RuntimeError where none was named."""
    number = _landlord.get()
    if number is None:
        raise RuntimeError("No landlord was named for this transaction.")
    return number


def named() -> bool:
    """Whether a landlord was named for this transaction."""
    return _landlord.get() is not None


@contextmanager
def tables_only() -> Iterator[None]:
    """Change tables: no landlord is at work, and yet Django asks a new column for its default."""
    token = _landlord.set(0)  # no landlord has this number, so that no row can be written with it
    try:
        yield
    finally:
        _landlord.reset(token)


@contextmanager
def within(landlord_id: int) -> Iterator[None]:
    """Work for one landlord, in one transaction."""
    token = _landlord.set(landlord_id)
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("select set_config('hearth.landlord', %s, true)", [str(landlord_id)])
            yield
        if isinstance(token.old_value, int):  # work within work: the outer landlord's word holds again
            with connection.cursor() as cursor:
                cursor.execute("select set_config('hearth.landlord', %s, true)", [str(token.old_value)])
    finally:
        _landlord.reset(token)


def web_role(database: str) -> str:
    """The name of the role as which web and worker processes connect to a database."""
    return f"{database[:50]}_web"


def web_password() -> str:
    """The web role's password: made from the secret key, so that it is kept in no file of its own."""
    return hmac.new(settings.SECRET_KEY.encode(), b"hearth web role", hashlib.sha256).hexdigest()


def walled(model: type[models.Model]) -> bool:
    """Whether rows of this model carry their landlord."""
    return any(field.column == "landlord_id" for field in model._meta.concrete_fields)


def build(on: BaseDatabaseWrapper = connection) -> None:
    """Build or mend the wall: the web role, its rights, and a policy on every table. Safe to run again and again.

    Raises RuntimeError that names the table where a model has neither a wall nor a recorded reason.
    """
    role = web_role(str(on.settings_dict["NAME"]))
    quoted = on.ops.quote_name(role)
    with transaction.atomic(using=on.alias), on.cursor() as cursor:
        cursor.execute("select 1 from pg_roles where rolname = %s", [role])
        # An existing role is only given its password anew: to restate its attributes would take a superuser.
        start = f"alter role {quoted}" if cursor.fetchone() else f"create role {quoted} nosuperuser nobypassrls"
        cursor.execute(f"{start} login password '{web_password()}'")
        cursor.execute(f"grant usage on schema public to {quoted}")
        cursor.execute(f"grant usage, select on all sequences in schema public to {quoted}")
        cursor.execute(f"grant execute on all functions in schema public to {quoted}")
        cursor.execute(f"grant select on django_migrations to {quoted}")
        there = set(on.introspection.table_names(cursor))  # `makemigrations --check` names a table that is missing
        for model in apps.get_models():
            if model._meta.db_table in there:
                for statement in _statements(model, quoted):
                    cursor.execute(statement)
        for table in ("procrastinate_jobs", "procrastinate_events", "procrastinate_periodic_defers"):
            cursor.execute(f"grant select, insert, update, delete on {table} to {quoted}")
        cursor.execute(f"grant select, insert, update, delete on django_cache to {quoted}")


def _statements(model: type[models.Model], role: str) -> Iterator[str]:
    table, label = f'"{model._meta.db_table}"', model._meta.label
    yield f"revoke all on {table} from {role}"
    if label in APPEND_ONLY:
        yield f"grant select, insert on {table} to {role}"
    elif label in READ_ONLY:
        yield f"grant {', '.join(['select', *READ_ONLY[label]])} on {table} to {role}"
    else:
        yield f"grant select, insert, update, delete on {table} to {role}"
    if walled(model):
        test = "landlord_id = nullif(current_setting('hearth.landlord', true), '')::bigint"
    elif label in THROUGH:
        column, parent = THROUGH[label]
        test = f"{column} in (select id from {parent})"  # noqa: S608 - names of our own, above
    elif label in OWN_ROW:
        yield from _own_row(table)
        return
    elif label in NO_WALL:
        return
    else:
        raise RuntimeError(f"{label} has neither a landlord nor a recorded reason to stand without a wall.")
    yield f"alter table {table} enable row level security"
    yield f"alter table {table} force row level security"
    yield f"drop policy if exists landlord_wall on {table}"
    yield f"create policy landlord_wall on {table} using ({test}) with check ({test})"


def _own_row(table: str) -> Iterator[str]:
    """The owner of the tables is not held to this one, because it adds landlords."""
    yield f"alter table {table} enable row level security"
    for policy, verb in (("landlord_read", "select"), ("landlord_own", "update")):
        test = "true" if verb == "select" else "id = nullif(current_setting('hearth.landlord', true), '')::bigint"
        yield f"drop policy if exists {policy} on {table}"
        yield f"create policy {policy} on {table} for {verb} using ({test})"
