"""`./hearth surveys weigh RESPONSES.csv MARGINS.csv --out WEIGHTS.csv`, and whatever else stands in `steps`."""

from __future__ import annotations

import pkgutil
from argparse import ArgumentParser
from importlib import import_module
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hearth.kernel.refusals import Refused
from hearth.surveys.management import steps
from hearth.surveys.management.alone import in_words


class Command(BaseCommand):
    """surveys STEP …: each step is a module of `hearth.surveys.management.steps`."""

    help = "Work with surveys from the command line: weights, estimates and more."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        steps_ = parser.add_subparsers(dest="step", required=True)
        for module in pkgutil.iter_modules(steps.__path__):
            step = _step(module.name)
            step.add_arguments(steps_.add_parser(module.name, help=step.HELP, description=step.HELP))

    def handle(self, *args: Any, step: str, **options: Any) -> None:
        try:
            _step(step).run(self.stdout.write, **options)
        except (Refused, OSError) as refused:
            raise CommandError(in_words(refused)) from None


def _step(name: str) -> Any:
    return import_module(f"{steps.__name__}.{name}")
