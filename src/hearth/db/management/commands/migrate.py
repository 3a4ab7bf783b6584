"""`migrate`, and then the wall, so that nobody can forget it."""

from typing import Any

from django.core.management import call_command
from django.core.management.commands.migrate import Command as Migrate
from django.db import connections

from hearth.db import wall


class Command(Migrate):
    """Bring the tables up to date, then build the landlord wall over all of them."""

    def handle(self, *args: Any, **options: Any) -> None:
        with wall.tables_only():
            super().handle(*args, **options)
        if args or options.get("app_label") or options.get("plan") or options.get("check_unapplied"):
            return  # part of the tables only: the wall is built with the whole
        call_command("createcachetable", database=options["database"], verbosity=0)
        wall.build(connections[options["database"]])
