"""The command line of reviews: `reviews read FILE…` reads existing reviews; `reviews forms` stores a form as data."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from hearth.db import wall
from hearth.db.jobs import system
from hearth.kernel.findings import Finding
from hearth.kernel.refusals import Refused
from hearth.landlords import queries as landlords
from hearth.reviews import services
from hearth.reviews.rules.reading import Reading

EDITIONS = Path(__file__).parents[2] / "editions"
SHIPPED = EDITIONS / "dartford.yaml"


class Command(BaseCommand):
    """reviews read FILE… [--json] [--save] [--landlord SLUG] | reviews forms FILE --landlord SLUG --from DATE"""

    help = "Read existing Customer Access Reviews, and store form definitions."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        steps = parser.add_subparsers(dest="step", required=True)
        read = steps.add_parser("read", help="Read .docx, .odt, .pdf, .html or .txt and say what is doubtful.")
        read.add_argument("files", nargs="+", type=Path, metavar="FILE")
        read.add_argument("--json", action="store_true", help="for machines: one object a file, in a list")
        read.add_argument("--save", action="store_true", help="keep each as a draft of the landlord")
        read.add_argument("--landlord", metavar="SLUG", help="whose form and register to use; needed to save")
        read.add_argument("--form", type=Path, help="a form definition (YAML) instead of the one that is shipped")
        forms = steps.add_parser("forms", help="Store a form definition from a day on.")
        forms.add_argument("file", type=Path)
        forms.add_argument("--landlord", metavar="SLUG", required=True)
        forms.add_argument("--from", dest="holds_from", default="2000-01-01")

    def handle(self, *args: Any, **options: Any) -> None:
        (self._read if options["step"] == "read" else self._forms)(**options)

    def _read(self, *, files: list[Path], landlord: str | None, save: bool, **options: Any) -> None:
        if save and not landlord:
            raise CommandError("Say whose draft it is: --save --landlord SLUG.")
        results, failed = [], []
        for path in files:
            try:
                results.append(self._one(path, landlord, save=save, form=options["form"], quiet=options["json"]))
            except (Refused, OSError) as refused:
                failed.append(f"{path.name}: {getattr(refused, 'strerror', None) or refused}")
                results.append({"file": path.name, "error": failed[-1]})
        if options["json"]:
            self.stdout.write(json.dumps(results, ensure_ascii=False, indent=2))
        if failed:
            raise CommandError("\n".join(failed))

    def _one(self, path: Path, slug: str | None, *, save: bool, form: Path | None, quiet: bool) -> dict[str, Any]:
        body, now = path.read_bytes(), timezone.now()
        if slug:
            with within(slug) as landlord_id:
                read = services.read_document(name=path.name, body=body, on=now.date())
                reading, findings = read.reading, read.findings
                kept = services.save_reading(read=read, body=body, at=now, by=system(landlord_id)) if save else None
        else:
            definition = yaml.safe_load((form or SHIPPED).read_text(encoding="utf-8"))
            reading, findings = services.read_offline(name=path.name, body=body, on=now.date(), definition=definition)
            kept = None
        if not quiet:
            self._print(path, reading, findings, kept)
        return as_json(path.name, reading, findings, str(kept) if kept else None)

    def _print(self, path: Path, reading: Reading, findings: tuple[Finding, ...], kept: Any) -> None:
        say, details = self.stdout.write, reading.content.details
        say(self.style.MIGRATE_HEADING(f"{path.name}: {details.area or reading.printed_title}"))
        say(f"  {details.assessed}; {details.directorate}; {' / '.join(details.managers)}; {details.officer}")
        for number, text in sorted(reading.answers.items()):
            line = " ".join(text.split())
            say(f"  {number:>2}. {line[:110]}{'…' if len(line) > 110 else ''}")
        say("  Impacts: " + "; ".join(f"{i.characteristic} {i.state.value}" for i in reading.content.impacts))
        for sign_off in reading.sign_offs:
            say(f"  {sign_off.verb} {sign_off.post}: {sign_off.name or 'name not printed'}, {sign_off.printed_on}")
        for doubt in reading.doubts:
            say(self.style.WARNING(f"  Doubt {doubt.code}: {doubt.message}"))
        for text in reading.unplaced:
            say(self.style.WARNING(f"  Not placed: {' '.join(text.split())[:110]}"))
        for finding in findings:
            say(f"  {finding.code} ({finding.level.value}) {finding.message}")
        if kept:
            say(self.style.SUCCESS(f"  Kept as {kept}."))

    def _forms(self, *, file: Path, landlord: str, holds_from: str, **_: Any) -> None:
        try:
            definition = yaml.safe_load(file.read_text(encoding="utf-8"))
        except (OSError, yaml.YAMLError) as error:
            raise CommandError(f"{file}: {error}") from None
        day = date.fromisoformat(holds_from)
        with within(landlord) as landlord_id:
            try:
                edition = services.store_form(definition=definition, holds_from=day, by=system(landlord_id))
            except Refused as refused:
                raise CommandError(str(refused)) from None
        self.stdout.write(f"{edition} holds from {edition.holds_from}.")


@contextmanager
def within(slug: str) -> Iterator[int]:
    """Work for the landlord of this name."""
    landlord = landlords.landlord_at(slug=slug)
    if landlord is None:
        raise CommandError(f"There is no landlord called {slug}.")
    with wall.within(landlord.pk):
        yield landlord.pk


def as_json(name: str, reading: Reading, findings: tuple[Finding, ...], kept: str | None) -> dict[str, Any]:
    """One reading for machines."""
    checks = [
        {"code": f.code, "level": f.level.value, "part": f.part, "message": f.message, "quote": f.quote,
         "suggestion": f.suggestion}
        for f in findings
    ]  # fmt: skip
    return {"file": name, **reading.to_plain(), "checks": checks, "saved": kept}
