"""The command line of measures: `performance workbook FILE` reads one of the regulator's workbooks and checks it."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from hearth.db import wall
from hearth.db.jobs import system
from hearth.kernel.refusals import Refused
from hearth.landlords import queries as landlords
from hearth.performance import rules, services


class Command(BaseCommand):
    """performance workbook FILE… [--json] [--landlord NAME_OR_CODE] [--save [--for SLUG]]"""

    help = "Read the regulator's workbooks of Tenant Satisfaction Measures, and say what agrees and what does not."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        steps = parser.add_subparsers(dest="step", required=True)
        book = steps.add_parser("workbook", help="Work every published figure out again, for every landlord in it.")
        book.add_argument("files", nargs="+", type=Path, metavar="FILE", help="several: the years beside each other")
        book.add_argument("--json", action="store_true", help="for machines: one object a file, in a list")
        book.add_argument("--landlord", metavar="NAME_OR_CODE", help="its figures among its peers, and what they ask")
        book.add_argument("--save", action="store_true", help="load it for the landlords of this installation")
        book.add_argument("--for", dest="slug", metavar="SLUG", help="load it for one landlord only")

    def handle(self, *args: Any, **options: Any) -> None:
        results, failed, read = [], [], {}
        for path in options["files"]:
            try:
                body = path.read_bytes()
                analysis = rules.analyse(path.name, body)
                read[analysis.workbook.year] = analysis
                results.append(rules.summary(analysis))
                if not options["json"]:
                    self._print(results[-1])
                if options["landlord"]:
                    results[-1]["landlord"] = self._landlord(options["landlord"], analysis, read, options["json"])
                if options["save"]:
                    self._save(path.name, body, options["slug"])
            except (Refused, OSError) as error:
                said = getattr(error, "strerror", None) or str(error)
                failed.append(said if said.startswith(path.name) else f"{path.name}: {said}")
                results.append({"file": path.name, "error": failed[-1]})
        if options["json"]:
            self.stdout.write(json.dumps(results, ensure_ascii=False, indent=2))
        if failed:
            raise CommandError("\n".join(failed))

    def _print(self, told: dict[str, Any]) -> None:
        say = self.stdout.write
        say(self.style.MIGRATE_HEADING(f"{told['file']}: Tenant Satisfaction Measures {told['year']}"))
        say(f"  {told['landlords']} landlords. Figures that agree with what their counts come to:")
        for tenure in dict.fromkeys(one["tenure"] for one in told["agreed"]):
            some = [one for one in told["agreed"] if one["tenure"] == tenure and one["compared"]]
            words = [f"{one['quantity']} {one['agreed']}/{one['compared']}" for one in some]
            for start in range(0, len(words), 6):
                say(f"    {tenure if not start else '':5}{'; '.join(words[start : start + 6])}")
        counted = Counter(one["kind"] for one in told["differing"])
        say(f"  {len(told['differing'])} do not agree" + (":" if told["differing"] else "."))
        for kind, count in counted.most_common():
            some = [one for one in told["differing"] if one["kind"] == kind]
            say(f"    {count} {kind}: {some[0]['reason']}")
            for one in some[:12]:
                say(f"      {one['landlord']}, {one['tenure']} {one['quantity']}: published {one['published']:g}, "
                    f"comes to {one['computed']:.4g} (sheet {one['sheet']}, row {one['row']})")  # fmt: skip
            if count > 12:
                say(f"      and {count - 12} more; --json names all")
        for one in told["left_out"]:
            say(f"  Left out by the regulator ({'perception' if one['perception'] else 'management'}): "
                f"{one['landlord']}. {one['reason']}")  # fmt: skip
        for remark in told["remarks"]:
            say(f"  {remark}")

    def _landlord(
        self, words: str, analysis: rules.Analysis, read: dict[int, rules.Analysis], quiet: bool
    ) -> dict[str, Any]:
        """A landlord's figures among its peers, and what they make one ask; an earlier year as far as it was read."""
        workbook = analysis.workbook
        own = rules.find_provider(words, workbook.providers)
        now = rules.year_of(workbook, own.code)
        before = read.get(workbook.year - 1)
        earlier = rules.year_of(before.workbook, own.code) if before else None
        figures: list[dict[str, Any]] = []
        for code in rules.in_order(key[0] for key in now.figures if key[0] in rules.MEASURES):
            for (measure, tenure), figure in now.figures.items():
                if measure == code and figure.value is not None:
                    of = rules.measure_of(code)
                    values = analysis.values(code, tenure)
                    places = {
                        group: place.words
                        for group in rules.PEERS
                        if (place := rules.among(own, group, workbook.providers, values, of))
                    }
                    figures.append({
                        "measure": code, "name": of.name, "tenure": tenure.value, "published": figure.published,
                        "numerator": figure.numerator, "denominator": figure.denominator, "places": places,
                    })  # fmt: skip
        asked = rules.warnings(now, earlier, bands=rules.bands_of(workbook.year))
        if not quiet:
            self.stdout.write(f"  {own.name} ({own.code}):")
            for one in figures:
                self.stdout.write(f"    {one['measure']:8} {one['tenure']:5}{one['published']:>8.1f}  "
                                  f"{one['places'].get('kind', '')}")  # fmt: skip
            for finding in asked:
                self.stdout.write(f"    {finding.level.upper()}: {finding.message}")
        return {"code": own.code, "name": own.name, "figures": figures,
                "questions": [{"code": one.code, "level": one.level.value, "about": one.part, "message": one.message,
                               "figures": one.quote} for one in asked]}  # fmt: skip

    def _save(self, name: str, body: bytes, slug: str | None) -> None:
        found = [one for one in landlords.landlords() if slug in (None, one.slug)]
        if not found:
            raise CommandError(f"There is no landlord “{slug}”." if slug else "There is no landlord yet.")
        for landlord in found:
            with wall.within(landlord.pk):
                kept = services.load_at_once(name=name, body=body, at=timezone.now(), by=system(landlord.pk))
                told = f": {kept.message}" if kept.message else ""
                self.stderr.write(f"  {landlord.slug}: {kept.get_state_display()}, {kept.done:,} figures{told}")
