"""Add a landlord to this installation, or list them. Run by the owner of the tables."""

import argparse
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from hearth.landlords.models import Landlord


class Command(BaseCommand):
    """landlords list | landlords add SLUG NAME [--short-name …] [--hostname …] [--colour …]"""

    help = "Add a landlord, or list them."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        steps = parser.add_subparsers(dest="step", required=True)
        steps.add_parser("list")
        add = steps.add_parser("add")
        add.add_argument("slug")
        add.add_argument("name")
        for option in ("short-name", "hostname", "colour", "phone", "email", "address"):
            add.add_argument(f"--{option}", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["step"] == "list":
            for landlord in Landlord.objects.all():
                self.stdout.write(f"{landlord.slug}\t{landlord.name}")
            return
        names = ("slug", "name", "short_name", "hostname", "colour", "phone", "email", "address")
        given = {name: options[name] for name in names if options[name]}
        landlord = Landlord(**{"short_name": options["name"], **given})
        try:
            landlord.full_clean()
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from None
        landlord.save()
        self.stdout.write(f"{landlord.name} is here now, at /{landlord.slug}/.")
