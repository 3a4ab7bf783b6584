"""scrub DATABASE: make a copy for development in which nobody can be found."""

from __future__ import annotations

import argparse
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, connections
from psycopg import sql

from hearth.db import scrub
from hearth.kernel.disguise import Disguise

MARK = "A scrubbed copy of Hearth: nothing in it is anybody's."  # what may be made again stands in its comment
ALIAS = "scrubbed"
TEMPLATE = "template0"  # from which the new database is made: empty
NAME = re.compile(r"[a-z][a-z0-9_]{0,48}")


class Command(BaseCommand):
    """scrub DATABASE [--again] [--password WORDS] [--secret WORDS]"""

    help = "Copy this database into a new one of the same server, with invented values for all that is personal."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("database", help="name of the new database; never the one that Hearth works with")
        parser.add_argument("--again", action="store_true", help="drop an earlier scrubbed copy of this name first")
        parser.add_argument("--password", default="", help="for all accounts of the copy; else nobody can sign in")
        parser.add_argument("--secret", default="", help="make the same copy for the same words; else each differs")

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["database"]
        with _admin() as admin:
            _prepare(admin, name, again=options["again"])
        try:
            with _connected(name) as to:
                call_command("migrate", database=ALIAS, verbosity=0, interactive=False)
                secret = options["secret"].encode() or secrets.token_bytes(32)
                report = scrub.copy(to, disguise=Disguise(secret), password=options["password"])
        except BaseException:
            with _admin() as admin:  # half a copy is no copy
                admin.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))
            raise
        self._tell(name, report)

    def _tell(self, name: str, report: scrub.Report) -> None:
        rows = sum(report.rows.values())
        self.stdout.write(f"Copied {rows:,} rows of {len(report.rows)} tables into {name}, with invented values.")
        for where, count in sorted(report.found_in_plain.items()):
            self.stdout.write(f"  {where} is plain, but held personal words in {count:,} rows; disguised too.")
        self.stdout.write("Not copied: the audit trail, sessions, jobs, second factors, and what files hold.")


def _prepare(admin: psycopg.Connection[Any], name: str, *, again: bool) -> None:
    """Make the new database. Raises CommandError for the live one, and for one that is no scrubbed copy."""
    if name == connection.settings_dict["NAME"]:
        raise CommandError(f"{name} is the database that Hearth works with. Name another one for the copy.")
    if not NAME.fullmatch(name):
        raise CommandError("A database's name here is small letters, digits and underscores, beginning with a letter.")
    there = admin.execute(
        "select shobj_description(oid, 'pg_database') from pg_database where datname = %s", [name]
    ).fetchone()
    if there is not None:
        if there[0] != MARK:
            raise CommandError(f"There is a database {name} that is no scrubbed copy. It was not touched.")
        if not again:
            raise CommandError(f"There is a scrubbed copy {name} already. Add --again to make it anew.")
        admin.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))
    try:
        made = sql.SQL("create database {} template {}").format(sql.Identifier(name), sql.Identifier(TEMPLATE))
        admin.execute(made)
    except psycopg.errors.InsufficientPrivilege:
        owner = connection.settings_dict["USER"]
        raise CommandError(f"The role {owner} may not make databases. Run: alter role {owner} createdb") from None
    admin.execute(sql.SQL("comment on database {} is {}").format(sql.Identifier(name), sql.Literal(MARK)))


@contextmanager
def _admin() -> Iterator[psycopg.Connection[Any]]:
    """A connection of the owner's of its own, because a database is not made inside a transaction."""
    said = connection.settings_dict
    with psycopg.connect(
        host=said["HOST"] or None, port=said["PORT"] or None, user=said["USER"] or None,
        password=said["PASSWORD"] or None, dbname=said["NAME"], autocommit=True,
    ) as admin:  # fmt: skip
        yield admin


@contextmanager
def _connected(name: str) -> Iterator[Any]:
    """Django's connection to the copy, for as long as it is made."""
    made = connection.copy(alias=ALIAS)
    made.settings_dict["NAME"], made.settings_dict["CONN_MAX_AGE"] = name, 0
    connections[ALIAS] = made
    try:
        yield made
    finally:
        made.close()
        del connections[ALIAS]
