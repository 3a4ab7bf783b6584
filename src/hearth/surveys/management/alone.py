"""Running a step of `hearth surveys` without Django, for those that need no database (see manage.py)."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from importlib import import_module

from hearth.kernel.refusals import Refused
from hearth.surveys.management import steps


def main(step: str, words: Sequence[str]) -> int:
    """Run a step with the words of the command line that follow its name; 1 where it was refused."""
    module = import_module(f"{steps.__name__}.{step}")
    parser = ArgumentParser(prog=f"hearth surveys {step}", description=module.HELP)
    module.add_arguments(parser)
    try:
        module.run(lambda line: sys.stdout.write(f"{line}\n"), **vars(parser.parse_args(words)))
    except (Refused, OSError) as refused:
        sys.stderr.write(f"{in_words(refused)}\n")
        return 1
    return 0


def in_words(refused: Refused | OSError) -> str:
    """What to tell the person at the keyboard."""
    if isinstance(refused, OSError) and refused.strerror:
        return f"{refused.filename}: {refused.strerror}" if refused.filename else refused.strerror
    return str(refused)
