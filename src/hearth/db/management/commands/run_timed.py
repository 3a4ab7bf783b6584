"""Run the timetable by hand for any day, for every landlord: reminders, overdue marks, due reviews (SYS-09)."""

from __future__ import annotations

import argparse
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from hearth.db.jobs import TIMED, landlord_ids


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is not a day. Write it like 2026-12-31.") from None


class Command(BaseCommand):
    """Each job runs in a transaction of its own; running it twice for the same day changes nothing more."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--on", type=_day, default=None, help="The day to run for, like 2026-12-31; today if left out."
        )
        parser.add_argument("--job", action="append", choices=sorted(TIMED), help="Only this job; may be given again.")

    def handle(self, *args: Any, **options: Any) -> None:
        on: date = options["on"] or timezone.localdate()
        failed = []
        for name in options["job"] or sorted(TIMED):
            for landlord_id in landlord_ids():
                try:
                    TIMED[name](landlord_id=landlord_id, on=on.isoformat())
                except Exception as error:
                    failed.append(f"{name} for landlord {landlord_id}: {error}")
            self.stdout.write(f"{name} has run for {on.isoformat()}.")
        if failed:
            raise CommandError("\n".join(failed))
