"""Measure how long it takes to read one of the regulator's workbooks and to work all its figures out again.

    .venv/bin/python bench/workbooks.py FILE.xlsx… [--runs 5]

Beside it, where it is installed, openpyxl, which others would open the file with: it only opens, and works nothing out.
Medians in milliseconds, with the fastest and the slowest run; the runs take turns, so that a busy machine is fair.
"""

from __future__ import annotations

import argparse
import importlib.util
import io
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from hearth.performance import rules  # noqa: E402
from hearth.performance.rules.reading import read  # noqa: E402
from hearth.performance.rules.traps import year_of  # noqa: E402


def steps_of(name: str, body: bytes) -> dict[str, Callable[[], Any]]:
    """What is timed, by what it is called."""
    sheets = rules.sheets_of(body, name)
    workbook = read(name, sheets)
    bands = rules.bands_of(workbook.year)
    found = rules.figures(workbook, bands)
    names = {code: one.name for code, one in workbook.providers.items()}
    steps: dict[str, Callable[[], Any]] = {
        "open the file": lambda: rules.sheets_of(body, name),
        "read it by its dictionary": lambda: read(name, sheets),
        f"work {len(found):,} figures out": lambda: rules.figures(workbook, bands),
        "check them and explain what differs": lambda: rules.check(found, bands, names),
        "questions of 20 landlords": lambda: [
            rules.warnings(year_of(workbook, code), bands=bands) for code in list(names)[:20]
        ],
        "all from file to what agrees": lambda: rules.analyse(name, body),
    }
    if importlib.util.find_spec("openpyxl"):
        steps["openpyxl: open the file and see each cell"] = lambda: _openpyxl(body)
    return steps


def _openpyxl(body: bytes) -> int:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(body), read_only=True, data_only=True)
    return sum(1 for sheet in book for row in sheet.iter_rows(values_only=True) for _ in row)


def main() -> None:
    """Time every step of every file, taking turns, and print the medians."""
    asked = argparse.ArgumentParser()
    asked.add_argument("files", nargs="+", type=Path)
    asked.add_argument("--runs", type=int, default=5)
    said = asked.parse_args()
    for path in said.files:
        body = path.read_bytes()
        steps = steps_of(path.name, body)
        times: dict[str, list[float]] = {what: [] for what in steps}
        for _ in range(said.runs):
            for what, work in steps.items():
                began = time.perf_counter()
                work()
                times[what].append(1000 * (time.perf_counter() - began))
        tracemalloc.start()
        rules.analyse(path.name, body)
        most = tracemalloc.get_traced_memory()[1] / 2**20
        tracemalloc.stop()
        print(f"{path.name}: {len(body) / 1024:,.0f} kB, at most {most:.0f} MB of Python's memory")
        for what, took in times.items():
            print(f"  {statistics.median(took):9.1f} ms ({min(took):.1f} to {max(took):.1f})  {what}")


if __name__ == "__main__":
    main()
