"""Invite somebody from the command line: the way in for the first administrator of a new landlord."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from hearth.accounts import queries, services
from hearth.db import wall
from hearth.db.jobs import system
from hearth.kernel.refusals import Refused
from hearth.landlords import queries as landlords


class Command(BaseCommand):
    """invite LANDLORD EMAIL NAME [--role administrator] [--at ADDRESS]"""

    help = "Open an account, send its invitation, and print the address at which it is taken up."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("landlord", help="the landlord's word in addresses")
        parser.add_argument("email")
        parser.add_argument("name")
        parser.add_argument("--role", action="append", choices=sorted(queries.roles()), help="may be given again")
        parser.add_argument("--at", default="http://localhost:8000", help="where this installation is reached")

    def handle(self, *args: Any, **options: Any) -> None:
        landlord = landlords.landlord_at(slug=options["landlord"])
        if landlord is None:
            raise CommandError(f"There is no landlord called {options['landlord']}.")
        below = "" if landlord.hostname and landlord.hostname in options["at"] else f"/{landlord.slug}"

        def address(token: str) -> str:
            made = f"{options['at'].rstrip('/')}{below}/account/invitation/{token}/"
            self.stdout.write(made)
            return made

        now = timezone.now()
        try:
            with wall.within(landlord.pk):
                services.invite_person(
                    name=options["name"],
                    email=options["email"],
                    roles=options["role"] or ["administrator"],
                    post_ids=[],
                    first_on=timezone.localdate(now),
                    needs_second_factor=True,
                    at=now,
                    address=address,
                    by=system(landlord.pk),
                )
        except Refused as refused:
            raise CommandError(str(refused)) from None
