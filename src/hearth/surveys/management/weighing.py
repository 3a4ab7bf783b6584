"""Weighting files of responses without the database: open, weight, estimate, write (SUR-18; reference 2.2).

The arithmetic is the rules'; here files are opened (UTF-8, UTF-16 or Windows-1252, as survey firms send them) and
written. A file that is written appears whole or not at all.
"""

from __future__ import annotations

import csv
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TextIO, TypeVar

from hearth.kernel.refusals import Refused
from hearth.surveys.rules.estimates import Estimate, distribution, estimate, estimates_by_group
from hearth.surveys.rules.weighting import (
    Margin,
    Method,
    Missing,
    Responses,
    Sample,
    Weighting,
    read_margins,
    read_poststrata,
    read_responses,
    unweighted,
    weigh,
)

ENCODINGS = {"utf-8-sig": "UTF-8", "utf-16": "UTF-16", "cp1252": "Windows-1252"}
Read = TypeVar("Read")


@dataclass(frozen=True)
class Options:
    """What to weight and how; the options of `hearth surveys weigh`."""

    responses: Path
    margins: Path
    poststrata: Path | None = None
    linear: bool = False
    id_column: str = "id"
    questions: Sequence[str] | None = None
    by: Sequence[str] = ()
    base_column: str | None = None
    scale: Sequence[int] = (1, 2, 3, 4, 5)
    top: Sequence[int] = (4, 5)
    outside: Sequence[str] = ()
    missing: str = "refuse"
    population: float | None = None
    bounds: tuple[float, float] | None = None
    trim_at: float | None = None
    tolerance: float | None = None
    limit: int = 1000


@dataclass(frozen=True)
class Row:
    """One estimate and what it is of."""

    design: str
    item: str
    estimate: Estimate
    variable: str = ""
    category: str = ""

    def to_plain(self) -> dict[str, Any]:
        """The estimate for machines, with the names that the columns of the files have."""
        one = self.estimate
        found = {
            "design": self.design,
            "item": self.item,
            "n": one.base,
            "pct": one.pct,
            "se_pp": one.se,
            "ci_lo": one.low,
            "ci_hi": one.high,
            "moe95_pp": one.margin,
            "deff": one.design_effect,
            "errors": one.errors,
            "warnings": list(one.warnings),
        }
        return {**found, "variable": self.variable, "category": self.category} if self.variable else found


@dataclass(frozen=True)
class Weighed:
    """Weights and estimates of one file. `designs` are the weightings by the names that estimates have."""

    options: Options
    responses: Responses
    weightings: Mapping[str, Weighting]  # by the name of the column of weights
    designs: Mapping[str, Weighting]
    estimates: tuple[Row, ...]
    notes: tuple[str, ...]

    @property
    def groups(self) -> tuple[Row, ...]:
        """Raked percentages of each question within each category of each variable."""
        sample, options = self.weightings["w_rake"].sample, self.options
        return tuple(
            Row("rake", item, one.estimate, one.variable, one.category)
            for item, answers in self.responses.answers.items()
            for variable in self.responses.variables
            for one in estimates_by_group(sample, answers, variable, top=options.top, scale=options.scale)
        )

    @property
    def answers(self) -> tuple[Row, ...]:
        """Raked percentages of each answer of each question."""
        sample, scale = self.weightings["w_rake"].sample, self.options.scale
        return tuple(
            Row("rake", item, one, "value", str(value))
            for item, answers in self.responses.answers.items()
            for value, one in distribution(sample, answers, scale=scale)
        )

    def to_plain(self) -> dict[str, Any]:
        """The report for machines."""
        return {
            "file": self.options.responses.name,
            "responses": len(self.responses),
            "population": self.weightings["w_rake"].sample.population,
            "weightings": {name: one.report.to_plain() for name, one in self.weightings.items()},
            "estimates": [row.to_plain() for row in self.estimates],
            "notes": list(self.notes),
        }


def weigh_files(options: Options) -> Weighed:
    """Weight a file of responses to one of margins, and estimate every question. Refused with file, row and column."""
    margins, _ = _read(options.margins, partial(read_margins, name=options.margins.name))
    cells: Margin | None = None
    if options.poststrata is not None:
        cells, _ = _read(options.poststrata, partial(read_poststrata, name=options.poststrata.name))
    responses, encoding = _read(
        options.responses, partial(_responses, options, [*margins, *([cells] if cells else [])])
    )
    notes = [] if encoding == "UTF-8" else [f"{options.responses.name} was read as {encoding}."]
    if responses.unused:
        notes.append(f"Columns that were not used: {', '.join(responses.unused)}.")
    fit = partial(
        weigh,
        responses.variables,
        base=responses.base,
        missing=Missing(options.missing),
        population=options.population,
        tolerance=options.tolerance,
        limit=options.limit,
        where=responses.where,
    )
    held = partial(fit, margins, bounds=options.bounds, trim_at=options.trim_at)
    designs = {"rake": held(method=Method.RAKE)}
    if cells is not None:
        designs["poststrat_" + "_".join(cells.variables)] = fit([cells], method=Method.POSTSTRATIFY)
    if options.linear:
        designs["calib_linear"] = held(method=Method.LINEAR)
    weightings = {f"w_{name}": one for name, one in designs.items()}
    return Weighed(
        options, responses, weightings, designs, tuple(_estimates(designs, responses, options)), tuple(notes)
    )


def write_weights(done: Weighed, path: Path) -> None:
    """id and one column of weights for each method, in the order of the responses."""
    columns = []
    for weighting in done.weightings.values():
        sample = weighting.sample
        texts = [f"{weight:.14f}" for weight in sample.weights.tolist()]
        columns.append(map(texts.__getitem__, sample.cell.tolist()))
    titles = [done.options.id_column, *done.weightings]
    _write(path, titles, zip(done.responses.ids, *columns, strict=True))


def write_estimates(done: Weighed, path: Path) -> None:
    """design,item,n,pct,se_pp,ci_lo,ci_hi,moe95_pp,deff: every question in every design, unweighted too."""
    titles = ["design", "item", "n", "pct", "se_pp", "ci_lo", "ci_hi", "moe95_pp", "deff"]
    _write(path, titles, ([_cell(row.to_plain()[title]) for title in titles] for row in done.estimates))


def write_groups(done: Weighed, path: Path) -> None:
    """item,variable,category,n,pct,se_pp: raked percentages within groups."""
    titles = ["item", "variable", "category", "n", "pct", "se_pp"]
    _write(path, titles, ([_cell(row.to_plain()[title]) for title in titles] for row in done.groups))


def write_distribution(done: Weighed, path: Path) -> None:
    """item,value,pct,se_pp: raked percentages of each answer."""
    rows = ([row.item, row.category, _cell(row.estimate.pct), _cell(row.estimate.se)] for row in done.answers)
    _write(path, ["item", "value", "pct", "se_pp"], rows)


WRITERS: dict[str, Callable[[Weighed, Path], None]] = {
    "out": write_weights,
    "estimates": write_estimates,
    "groups": write_groups,
    "distribution": write_distribution,
}


def _responses(options: Options, margins: Sequence[Margin], lines: Iterable[str]) -> Responses:
    known: dict[str, tuple[str, ...]] = {}
    for margin in margins:
        for at, variable in enumerate(margin.variables):
            known.setdefault(variable, tuple(dict.fromkeys(cell[at] for cell in margin.population)))
    return read_responses(
        lines,
        variables={**known, **{name: () for name in options.by if name not in known}},
        questions=options.questions,
        id_column=options.id_column,
        base_column=options.base_column,
        scale=options.scale,
        outside=options.outside,
        name=options.responses.name,
    )


def _estimates(designs: Mapping[str, Weighting], responses: Responses, options: Options) -> Iterator[Row]:
    raked = designs["rake"].sample
    samples: dict[str, tuple[Sample, bool]] = {
        "unweighted_srs_fpc": (unweighted(len(responses), population=raked.population), True),
        **{name: (one.sample, True) for name, one in designs.items()},
        "rake_weights_as_fixed_fpc": (raked.as_fixed(), True),
        "rake_weights_as_fixed_nofpc": (raked.as_fixed(), False),
    }
    for name, (sample, fpc) in samples.items():
        for item, answers in responses.answers.items():
            yield Row(name, item, estimate(sample, answers, top=options.top, scale=options.scale, fpc=fpc))


def _read(path: Path, read: Callable[[TextIO], Read]) -> tuple[Read, str]:
    """Read a file in the first encoding that fits; also the encoding's name."""
    with path.open("rb") as raw:
        start = raw.read(4)
    if start.startswith(b"PK\x03\x04") or start == b"\xd0\xcf\x11\xe0":
        raise Refused(f"{path.name} is a spreadsheet. Save it as CSV.", field=path.name)
    wide = start[:2] in (b"\xff\xfe", b"\xfe\xff")
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp1252"):
        with suppress(UnicodeError), path.open(encoding=encoding, newline="") as lines:
            return read(lines), ENCODINGS[encoding]
    raise Refused(f"{path.name} is not text. Save it as CSV (UTF-8).", field=path.name)


def _write(path: Path, titles: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """A CSV that appears whole or not at all."""
    handle, name = tempfile.mkstemp(dir=path.resolve().parent, prefix=f".{path.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out, lineterminator="\n")
            writer.writerow(titles)
            writer.writerows(rows)
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(0o666 & ~mask)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _cell(value: Any) -> str:
    """A number as R writes it: ten decimals; empty where there is none."""
    if value is None:
        return ""
    return f"{value:.10f}" if isinstance(value, float) else str(value)
