"""Load the category sets that come with Hearth, or one's own files of the same shape, for a landlord."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import yaml
from django.core.management.base import BaseCommand, CommandError

from hearth.db import wall
from hearth.db.jobs import system
from hearth.equality import rules, services
from hearth.kernel.refusals import Refused
from hearth.landlords import queries as landlords

SHIPPED = Path(__file__).parents[2] / "reference"


class Command(BaseCommand):
    """reference --landlord SLUG [FILE…]: running it again changes nothing."""

    help = "Load category sets of the census, of CORE and of printed reviews, with how they map to each other."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--landlord", metavar="SLUG", required=True)
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="instead of the files that come along")

    def handle(self, *args: Any, **options: Any) -> None:
        landlord = landlords.landlord_at(slug=options["landlord"])
        if landlord is None:
            raise CommandError(f"There is no landlord “{options['landlord']}”. Add it with: landlords add.")
        try:
            described = [one for path in options["files"] or sorted(SHIPPED.glob("*.yaml")) for one in sets_in(path)]
            with wall.within(landlord.pk):
                done = services.load_sets(described=described, by=system(landlord.pk))
        except (Refused, OSError, yaml.YAMLError) as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"Category sets: {done.added} added, {done.changed} changed, {done.same} as they were.")


def sets_in(path: Path) -> list[rules.SetDescription]:
    """The category sets that a file describes. Raises Refused, OSError or YAMLError."""
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(raw, list):
        raise Refused(f"{path.name} must hold a list of category sets.")
    return [rules.described(one, path.name) for one in raw]
