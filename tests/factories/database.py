"""The database of a test run: copied from a template that is migrated once for each state of the tables."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

ROOT = Path(__file__).parents[2]
TEMPLATE = "hearth_template"
# What decides how the tables, their rights and the wall look.
SOURCES = ("*/migrations/*.py", "db/wall.py", "db/management/commands/migrate.py")
MAKING = 0x7E57  # the advisory lock under which one run makes the template and the others wait


def owner_url() -> tuple[str, Any]:
    """The owner's connection, and the embedded server that was started for it where none was named."""
    if url := os.environ.get("DATABASE_URL"):
        return url, None
    from hearth.db import postgres

    server = postgres.start(ROOT / ".hearth" / "test-postgres", durable=False)
    return server.url, server


def template_name() -> str:
    """The template's name: it changes with the migrations and the wall."""
    source = ROOT / "src" / "hearth"
    digest = hashlib.sha256()
    for pattern in SOURCES:
        for path in sorted(source.glob(pattern)):
            digest.update(path.relative_to(source).as_posix().encode() + path.read_bytes())
    return f"{TEMPLATE}_{digest.hexdigest()[:10]}"


@contextlib.contextmanager
def fresh(connection: Any, url: str) -> Iterator[None]:
    """Point Django's connection at a database of this process's own; drop it at the end."""
    template, name = template_name(), f"hearth_test_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute("select pg_advisory_lock(%s)", [MAKING])
        if not _exists(admin, template):
            _clear_away(admin)
            _make(admin, connection, template)
        admin.execute(sql.SQL("drop database if exists {}").format(sql.Identifier(name)))
        _create(admin, name, template)
        admin.execute("select pg_advisory_unlock(%s)", [MAKING])
    _point(connection, name)
    try:
        yield
    finally:
        connection.close()
        with psycopg.connect(url, autocommit=True) as admin:
            admin.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))


def _make(admin: Any, connection: Any, template: str) -> None:
    """Migrate a new database, under a name that counts only once it is whole."""
    from django.core.management import call_command

    from hearth.db import wall

    part = f"{template}_part"
    admin.execute(sql.SQL("drop database if exists {}").format(sql.Identifier(part)))
    _create(admin, part)
    _point(connection, part)
    call_command("migrate", verbosity=0, interactive=False)
    connection.close()
    role = sql.Identifier(wall.web_role(part))
    admin.execute(sql.SQL("grant {} to current_user").format(role))  # so that a test may become the web role
    admin.execute(sql.SQL("alter database {} rename to {}").format(sql.Identifier(part), sql.Identifier(template)))


def role() -> str:
    """The web role whose rights the template carries; a copy has the same."""
    from hearth.db import wall

    return wall.web_role(f"{template_name()}_part")


def _point(connection: Any, name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name


def _create(admin: Any, name: str, template: str = "template0") -> None:
    made = sql.SQL("create database {} template {}").format(sql.Identifier(name), sql.Identifier(template))
    admin.execute(made)


def _exists(admin: Any, name: str) -> bool:
    return admin.execute("select 1 from pg_database where datname = %s", [name]).fetchone() is not None


def _clear_away(admin: Any) -> None:
    """Drop templates of earlier states with their roles, unless somebody is using one."""
    pattern = f"{TEMPLATE}\\_%"
    for (old,) in admin.execute("select datname from pg_database where datname like %s", [pattern]).fetchall():
        with contextlib.suppress(psycopg.Error):
            admin.execute(sql.SQL("drop database {}").format(sql.Identifier(old)))
    for (old,) in admin.execute("select rolname from pg_roles where rolname like %s", [pattern]).fetchall():
        with contextlib.suppress(psycopg.Error):  # some database still gives it rights
            admin.execute(sql.SQL("drop role {}").format(sql.Identifier(old)))
