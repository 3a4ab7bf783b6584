"""surveys events FILE --landlord SLUG [--sort repair]: note the events of a file, to be followed by surveys."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.utils import timezone

from hearth.db import wall
from hearth.db.jobs import system
from hearth.kernel.refusals import Refused
from hearth.landlords import queries as landlords
from hearth.surveys import services
from hearth.surveys.rules.eventfile import Fate

HELP = "Note the events of a CSV or XLSX file, to be followed by surveys."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command line takes."""
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--landlord", metavar="SLUG", required=True)
    parser.add_argument("--sort", default="", help="the kind of event, where the file does not say it: repair, asb…")


def run(say: Callable[[str], Any], *, file: Path, landlord: str, sort: str, **options: Any) -> None:
    """Note them and say what became of the rows; the refused ones by number and reason."""
    found = landlords.landlord_at(slug=landlord)
    if found is None:
        raise Refused(f"There is no landlord “{landlord}”.")
    with wall.within(found.pk):
        brought = services.bring_in_events(
            name=file.name, body=file.read_bytes(), usual=sort, today=timezone.localdate(), by=system(found.pk)
        )
    counts = Counter(one.fate for one in brought)
    say(", ".join(f"{counts[fate]} {fate.label.lower()}" for fate in Fate))
    for one in brought:
        if one.fate is Fate.REFUSED:
            say(f"Row {one.row}{f', {one.column}' if one.column else ''}: {one.reason}")
