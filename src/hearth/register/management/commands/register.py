"""`register import FILE` brings in a file of the housing system, `register duplicates` looks for people kept twice."""

from __future__ import annotations

import argparse
import csv
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from hearth.db import wall
from hearth.db.jobs import system
from hearth.kernel.refusals import Refused
from hearth.landlords import queries as landlords
from hearth.register import queries, services
from hearth.register.models import Import
from hearth.register.pages import imports as pages
from hearth.register.rules import ImportState
from hearth.ui.exports import safe_cell


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is not a day. Write it like 2026-12-31.") from None


class Command(BaseCommand):
    """register import FILE --source NAME --landlord SLUG [--dry-run] | register duplicates --landlord SLUG"""

    help = "Bring in a file of the housing management system, and look for people who are kept twice."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        steps = parser.add_subparsers(dest="step", required=True)
        bring = steps.add_parser("import", help="Check a CSV or XLSX file, and bring it in.")
        bring.add_argument("file", type=Path, metavar="FILE")
        bring.add_argument("--source", required=True, metavar="NAME", help="whose column meanings to use, and to keep")
        bring.add_argument("--landlord", required=True, metavar="SLUG")
        bring.add_argument(
            "--as-at", type=_day, metavar="DAY", help="the day that the file tells of; today if left out"
        )
        bring.add_argument("--whole", action="store_true", help="what is missing from the file has ended")
        bring.add_argument("--confirmed", action="store_true", help="however much that is")
        bring.add_argument("--dry-run", action="store_true", help="only say what bringing it in would do")
        bring.add_argument(
            "--problems", type=Path, metavar="CSV", help="write rows with problems here, with the reason"
        )
        doubles = steps.add_parser("duplicates", help="Look for people who are kept twice.")
        doubles.add_argument("--landlord", required=True, metavar="SLUG")

    def handle(self, *args: Any, **options: Any) -> None:
        landlord = landlords.landlord_at(slug=options["landlord"])
        if landlord is None:
            raise CommandError(f"There is no landlord “{options['landlord']}”. See: landlords list")
        self.by = system(landlord.pk)
        try:
            if options["step"] == "duplicates":
                self._duplicates()
            else:
                self._import(**options)
        except Refused as refused:
            raise CommandError(refused.message) from None
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from None

    def _within(self) -> Any:
        return wall.within(self.by.landlord_id or 0)

    def _duplicates(self) -> None:
        with self._within():
            found = services.find_duplicates(on=timezone.localdate(), by=self.by)
        self.stdout.write(f"{found:,} pairs of records may be one person each. Look at them under “Kept twice?”.")

    def _import(self, *, file: Path, source: str, as_at: date | None, whole: bool, **options: Any) -> None:
        today = timezone.localdate()
        with self._within():
            one = services.take_file(
                source=source, name=file.name, body=file.read_bytes(), as_at=as_at or today, whole=whole, on=today,
                by=self.by,
            )  # fmt: skip
            services.check_file(one=one, by=self.by, wait=False)
        one = self._drive(services.check_in_steps, one)
        self._say(one)
        if options["problems"]:
            self._write_problems(one, options["problems"])
        if options["dry_run"]:
            return
        with self._within():
            services.bring_in(one=one, confirmed=options["confirmed"], by=self.by, wait=False)
        one = self._drive(services.bring_in_steps, one)
        self.stdout.write(f"Brought in: {one.rows:,} rows.")

    def _drive(self, work: Callable[..., Iterator[None]], one: Import) -> Import:
        """Take the steps of the long work, each of which is kept; say how far it has come."""
        steps, end, found = work(import_id=one.pk, by=self.by), object(), one
        more = True
        while more:
            with self._within():
                more = next(steps, end) is not end
                found = queries.imports(by=self.by).get(pk=one.pk)
            if words := pages.progress(found):
                self.stderr.write(words)
        if found.state in (ImportState.FAILED, ImportState.STOPPED):
            raise CommandError(found.error or "Somebody has stopped the work on this file.")
        return found

    def _say(self, one: Import) -> None:
        table = pages.counts_table(one)
        self.stdout.write(f"{table.caption}:" if table.rows else table.empty)
        for kind, added, changed, ended, same in table.rows:
            self.stdout.write(f"  {kind:<28} {added:>9,} added {changed:>9,} changed {ended:>9,} ended {same:>9,} same")
        for note in pages.notes(one):
            self.stdout.write(note)
        with self._within():
            problems = queries.problems(one, by=self.by)
            refused = problems.filter(refused=True).values("row").distinct().count()
            self.stdout.write(f"{problems.count():,} problems; {refused:,} rows are not brought in.")
            for problem in problems[:10]:
                beside = f", {problem.column}" if problem.column else ""
                self.stdout.write(f"  Row {problem.row:,}{beside}: {problem.reason}")

    def _write_problems(self, one: Import, path: Path) -> None:
        with self._within(), path.open("w", encoding="utf-8-sig", newline="") as out:
            headings, rows = pages.problem_rows(one, queries.problems(one, by=self.by))
            writer = csv.writer(out)
            writer.writerow(headings)
            writer.writerows([safe_cell(value) for value in row] for row in rows)
