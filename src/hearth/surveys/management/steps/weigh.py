"""`hearth surveys weigh`: from a file of responses and one of margins to weights and estimates, without the web."""

from __future__ import annotations

import json
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hearth.kernel.refusals import Refused

if TYPE_CHECKING:
    from hearth.surveys.management.weighing import Weighed

Say = Callable[[str], Any]

HELP = "Weight a file of responses to what is known of the population; no database and no landlord are needed."


def add_arguments(parser: ArgumentParser) -> None:
    """The files and options of this step."""
    add = parser.add_argument
    add("responses", type=Path, metavar="RESPONSES.csv", help="one row a response: id, variables, questions (q01 …)")
    add("margins", type=Path, metavar="MARGINS.csv", help="variable,category,population")
    add("--out", type=Path, metavar="WEIGHTS.csv", help="where to write id and weights")
    add("--poststrata", type=Path, metavar="FILE", help="also weight to these cells: variables …,population")
    add("--linear", action="store_true", help="also weight by linear regression on the margins")
    add("--estimates", type=Path, metavar="FILE", help="where to write percentages with errors, for every design")
    add("--groups", type=Path, metavar="FILE", help="where to write raked percentages within each group")
    add("--distribution", type=Path, metavar="FILE", help="where to write raked percentages of each answer")
    add("--json", action="store_true", help="the report for machines")
    add("--id", default="id", metavar="COLUMN", dest="id_column", help="the column of references (id)")
    add("--questions", type=_words, metavar="LIST", help="columns of answers; otherwise all named q and a number")
    add("--by", type=_words, metavar="LIST", default=(), help="more columns to report by, besides the margins' own")
    add("--base", metavar="COLUMN", dest="base_column", help="a column of base weights from the draw")
    add("--scale", type=_whole, default=(1, 2, 3, 4, 5), metavar="LIST", help="answers in the base (1,2,3,4,5)")
    add("--top", type=_whole, default=(4, 5), metavar="LIST", help="answers that count (4,5)")
    add("--outside", type=_words, default=(), metavar="LIST", help="codes outside the base, besides blank and NA")
    add("--missing", choices=("refuse", "keep"), default="refuse", help="responses without a category: refuse, or keep")
    add("--population", type=float, metavar="N", help="scale margins (shares, say) to this population")
    add("--bounds", type=_two, metavar="LOW,HIGH", help="hold weights between so many times the base weight: 0.3,3")
    add("--trim", type=float, metavar="TIMES", dest="trim_at", help="cut weights at so many times the average")
    add("--tolerance", type=float, help="share of a category that may be missed (1e-10; with bounds 1e-8)")
    add("--limit", type=int, default=1000, help="most rounds of raking (1000)")
    add("--accept-missed", action="store_true", help="write weights although some margin is not met")


def run(say: Say, **options: Any) -> None:
    """Weight, write the files that were asked for, and report."""
    from hearth.surveys.management import weighing

    files = {name: options[name] for name in ("out", "estimates", "groups", "distribution") if options[name]}
    _check_files(files, [options[name] for name in ("responses", "margins", "poststrata") if options[name]])
    chosen = {name: options[name] for name in weighing.Options.__dataclass_fields__}
    done = weighing.weigh_files(weighing.Options(**chosen))
    if options["json"]:
        say(json.dumps(done.to_plain(), ensure_ascii=False, indent=2))
    else:
        _print(say, done)
    missed = [name for name, one in done.weightings.items() if not one.report.converged]
    if missed and not options["accept_missed"]:
        raise Refused(
            f"{' and '.join(missed)} do not meet the margins, so nothing was written. Follow the suggestions, or add "
            "--accept-missed."
        )
    for name, path in files.items():
        weighing.WRITERS[name](done, path)
        if not options["json"]:
            say(f"Written: {path}")


def _print(say: Say, done: Weighed) -> None:
    for name, weighting in done.weightings.items():
        report = weighting.report
        say(name)
        for sentence in report.sentences:
            say(f"  {sentence}")
        for sentence in report.warnings:
            say(f"  Warning: {sentence}")
        for sentence in report.suggestions:
            say(f"  Suggestion: {sentence}")
    for sentence in done.notes:
        say(f"  {sentence}")
    rows = [row for row in done.estimates if row.design in done.designs]
    if rows:
        say(f"  {'design':24}{'item':10}{'base':>9}{'%':>9}{'± points':>10}{'deff':>8}")
    for row in rows:
        one = row.estimate
        cells = ["" if value is None else f"{value:.2f}" for value in (one.pct, one.margin, one.design_effect)]
        say(f"  {row.design:24}{row.item:10}{one.base:>9,}{cells[0]:>9}{cells[1]:>10}{cells[2]:>8}")
    for sentence in sorted({one.estimate.errors for one in rows}):
        say(f"  Errors: {sentence}.")


def _check_files(written: dict[str, Path], read: list[Path]) -> None:
    taken = {path.resolve() for path in read}
    for path in written.values():
        if path.resolve() in taken:
            raise Refused(f"{path} would be written over a file that is read or written.")
        taken.add(path.resolve())
        if not path.resolve().parent.is_dir():
            raise Refused(f"{path}: there is no such folder.")


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())


def _whole(text: str) -> tuple[int, ...]:
    try:
        return tuple(int(word) for word in _words(text))
    except ValueError:
        raise ArgumentTypeError(f"“{text}” must be whole numbers with commas between them, like 4,5") from None


def _two(text: str) -> tuple[float, float]:
    try:
        low, high = (float(word) for word in text.split(","))
    except ValueError:
        raise ArgumentTypeError(f"“{text}” must be two numbers with a comma between them, like 0.3,3") from None
    return low, high
