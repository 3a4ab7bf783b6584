"""How long survey weights and their errors take: Hearth's own arithmetic beside svy, in one run.

    .venv/bin/python bench/weighting.py [runs]

200,000 invented responses, raked to four margins of a population of 4,000,000, and twelve percentages with standard
errors that know the raking: in one process from coded columns, and from a file of responses to a file of weights, each
in a process of its own, with its processor time and its largest memory. Always by turns, so that a busy machine slows
both alike. Both must give the same weights and errors, or nothing is told.
"""

from __future__ import annotations

import csv
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

RESPONSES, POPULATION, SEED = 200_000, 4_000_000, 20261122
SHARES: dict[str, dict[str, tuple[float, float]]] = {  # category: its share among the population, and its eagerness
    "age": {"16-34": (0.158, 0.5), "35-54": (0.332, 0.75), "55-64": (0.188, 1.2), "65+": (0.322, 1.4)},
    "sex": {"Female": (0.59, 1.1), "Male": (0.41, 0.9)},
    "ethnicity": {"White": (0.735, 1.1), "Black": (0.119, 0.7), "Asian": (0.1, 0.7), "Mixed/Other": (0.046, 0.65)},
    "disability": {"No": (0.663, 0.9), "Yes": (0.337, 1.2)},
}
QUESTIONS = [f"q{number:02}" for number in range(1, 13)]


@dataclass
class Made:
    """The invented survey: columns of text by name, and the margins."""

    columns: dict[str, list[str]]
    margins: dict[str, dict[str, float]]


def invent() -> Made:
    """Responses in which the young are rare and less content, so that weights matter and margins bear on each other."""
    import numpy as np

    chance = np.random.default_rng(SEED)
    columns: dict[str, list[str]] = {"id": [str(number) for number in range(1, RESPONSES + 1)]}
    codes = {}
    for variable, categories in SHARES.items():
        names = list(categories)
        odds = np.asarray([share * eager for share, eager in categories.values()])
        codes[variable] = chance.choice(len(names), RESPONSES, p=odds / odds.sum())
        if variable == "disability":  # the old are disabled more often
            codes[variable] = np.where(chance.random(RESPONSES) < 0.1 * codes["age"], 1, codes[variable])
        columns[variable] = [names[code] for code in codes[variable]]
    mood = 0.35 * codes["age"] - 0.2 * codes["disability"] + 0.1 * codes["ethnicity"]
    for at, question in enumerate(QUESTIONS):
        felt = np.clip(np.rint(2.6 + 0.05 * at + mood + chance.normal(0, 1.1, RESPONSES)), 1, 5).astype(int)
        said = np.where(chance.random(RESPONSES) < 0.04, 0, felt)
        columns[question] = ["" if answer == 0 else str(answer) for answer in said]
    margins = {
        variable: {name: POPULATION * share for name, (share, _) in categories.items()}
        for variable, categories in SHARES.items()
    }
    return Made(columns, margins)


def write(made: Made, folder: Path) -> None:
    """The invented survey as files."""
    responses, margins = folder / "responses.csv", folder / "margins.csv"
    with responses.open("w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(made.columns)
        writer.writerows(zip(*made.columns.values(), strict=True))
    with margins.open("w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["variable", "category", "population"])
        writer.writerows(
            [variable, name, f"{number:.0f}"]
            for variable, all_ in made.margins.items()
            for name, number in all_.items()
        )


# ── in one process, from columns ──────────────────────────────────────────────────────────────────────────

Result = tuple[float, float, Any, list[tuple[float, float]]]  # seconds to rake, to estimate; weights; (share, error)


def hearth(made: Made) -> Callable[[], Result]:
    import numpy as np

    from hearth.surveys.rules import estimates, weighting

    variables = [weighting.code(name, made.columns[name]) for name in SHARES]
    margins = [weighting.Margin.of(name, numbers) for name, numbers in made.margins.items()]
    answers = {name: np.asarray([int(text or -1) for text in made.columns[name]], dtype=np.int16) for name in QUESTIONS}

    def run() -> Result:
        began = time.perf_counter()
        done = weighting.weigh(variables, margins)
        raked = time.perf_counter()
        found = [estimates.estimate(done.sample, answers[name]) for name in QUESTIONS]
        ended = time.perf_counter()
        return raked - began, ended - raked, done.weights, [(one.pct or 0, one.se or 0) for one in found]

    return run


def by_svy(made: Made) -> Callable[[], Result]:
    import polars as pl
    import svy

    frame = pl.DataFrame({name: made.columns[name] for name in SHARES}).with_columns(
        *[
            pl.Series(name, [None if text == "" else float(text in "45") for text in made.columns[name]])
            for name in QUESTIONS
        ],
        pl.lit(POPULATION / RESPONSES).alias("base"),
        pl.lit(float(POPULATION)).alias("population"),
    )

    def run() -> Result:
        sample = svy.Sample(frame, svy.Design(wgt="base", pop_size="population"))
        began = time.perf_counter()
        sample = sample.weighting.rake(controls=made.margins, tol=1e-10, max_iter=1000)
        raked = time.perf_counter()
        found = svy_estimates(sample)
        ended = time.perf_counter()
        return raked - began, ended - raked, sample.data["rk_wgt"].to_numpy(), found

    return run


def svy_estimates(sample: Any) -> list[tuple[float, float]]:
    """Twelve percentages and their errors, one question at a time, because each has its own missing answers."""
    found = []
    for name in QUESTIONS:
        one = sample.estimation.mean(name, drop_nulls=True, deff="wor").estimates[0]
        found.append((100 * one.est, 100 * one.se))
    return found


def agree(first: Result, second: Result) -> str:
    """Refuse to compare the speed of two different answers."""
    import numpy as np

    weights = float(np.abs(first[2] / second[2] - 1).max())
    errors = max(abs(one[1] / other[1] - 1) for one, other in zip(first[3], second[3], strict=True))
    shares = max(abs(one[0] - other[0]) for one, other in zip(first[3], second[3], strict=True))
    if weights > 1e-6 or shares > 1e-6 or errors > 1e-6:
        raise SystemExit(f"They do not agree: weights {weights:.1e}, percentages {shares:.1e}, errors {errors:.1e}.")
    return (
        f"Largest differences: weights {weights:.0e}, percentages {shares:.0e} points, errors {errors:.0e} (relative)."
    )


# ── from file to file, each in a process of its own ───────────────────────────────────────────────────────


def svy_process(responses: Path, margins: Path, out: Path) -> None:
    """What an analyst would write with svy: read, rake, estimate, write."""
    import polars as pl
    import svy

    controls: dict[str, dict[str, float]] = {}
    for row in pl.read_csv(margins).iter_rows(named=True):
        controls.setdefault(row["variable"], {})[row["category"]] = float(row["population"])
    total = sum(next(iter(controls.values())).values())
    frame = pl.read_csv(responses, schema_overrides={"id": pl.String})
    frame = frame.with_columns(
        *[(pl.col(name) >= 4).cast(pl.Float64) for name in QUESTIONS],
        pl.lit(total / len(frame)).alias("base"),
        pl.lit(total).alias("population"),
    )
    sample = svy.Sample(frame, svy.Design(wgt="base", pop_size="population"))
    sample = sample.weighting.rake(controls=controls, tol=1e-10, max_iter=1000)
    print(svy_estimates(sample))
    sample.data.select("id", "rk_wgt").write_csv(out)


def spent(words: Sequence[str]) -> tuple[float, float, float]:
    """Run a process to its end: seconds by the clock, seconds of processor, MB of memory at its largest."""
    began = time.perf_counter()
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{' '.join(words)} failed.")
    return time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def processes(runs: int) -> list[str]:
    """Whole processes, before this one has grown: a child's largest memory counts what it was born with."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run([sys.executable, __file__, "write", name], check=True)
        responses, margins = folder / "responses.csv", folder / "margins.csv"
        size = responses.stat().st_size / 1e6
        wanted = {
            "Hearth": [
                sys.executable, str(ROOT / "manage.py"), "surveys", "weigh", str(responses), str(margins),
                "--out", str(folder / "hearth.csv"), "--estimates", str(folder / "estimates.csv"), "--json",
            ],
            "svy": [sys.executable, __file__, "svy", str(responses), str(margins), str(folder / "svy.csv")],
        }  # fmt: skip
        times: dict[str, list[tuple[float, float, float]]] = {one: [] for one in wanted}
        for _ in range(runs):
            for one, words in wanted.items():
                times[one].append(spent(words))
    said = [
        "",
        f"From a file ({size:.0f} MB) to files of weights and estimates (Hearth: 48 in four designs, svy: 12).",
        f"{'':12}{'clock s':>10}{'processor s':>13}{'largest':>10}{'MB':>7}",
    ]
    for one, all_ in times.items():
        clock, work, memory = (statistics.median(run[at] for run in all_) for at in range(3))
        said.append(f"{one:12}{clock:10.2f}{work:13.2f}{max(run[1] for run in all_):10.2f}{memory:7.0f}")
    return said


def main(runs: int) -> int:
    from_files = processes(max(3, runs // 2))
    made = invent()
    makers = {"Hearth": hearth(made), "svy": by_svy(made)}
    same = agree(*(make() for make in makers.values()))
    times: dict[str, list[Result]] = {name: [] for name in makers}
    for _ in range(runs):
        for name, make in makers.items():
            times[name].append(make())
    print(f"Median of {runs} runs; {RESPONSES:,} responses, four margins of {POPULATION:,}, twelve percentages.")
    print(f"{'':12}{'rake s':>10}{'estimates s':>13}{'both s':>10}{'slowest':>10}")
    for name, all_ in times.items():
        rake, rest = (statistics.median(float(run[at]) for run in all_) for at in (0, 1))
        both = [run[0] + run[1] for run in all_]
        print(f"{name:12}{rake:10.3f}{rest:13.3f}{statistics.median(both):10.3f}{max(both):10.3f}")
    print(same)
    print("\n".join(from_files))
    return 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["svy"]:
        svy_process(*map(Path, sys.argv[2:5]))
    elif sys.argv[1:2] == ["write"]:
        write(invent(), Path(sys.argv[2]))
    else:
        raise SystemExit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 7))
