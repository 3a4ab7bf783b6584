"""A workbook from its bytes to what agreed, what did not and why: for commands, jobs and pages (PERF-13, PERF-17)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hearth.kernel.refusals import Refused
from hearth.performance.rules.agreement import Checked, Tally, Verdict, check, tally
from hearth.performance.rules.cells import Code
from hearth.performance.rules.measures import Tenure, year_words
from hearth.performance.rules.opening import MOST_BYTES, sheets_of
from hearth.performance.rules.reading import Provider, Workbook, read
from hearth.performance.rules.recompute import Figure, figures
from hearth.performance.rules.standard import bands_of


@dataclass(frozen=True)
class Analysis:
    """A workbook with every figure worked out again."""

    workbook: Workbook
    checked: tuple[Checked, ...]

    @property
    def tally(self) -> dict[tuple[str, str], Tally]:
        """How much agreed, by tenure and quantity."""
        return tally(self.checked)

    def differing(self) -> tuple[Checked, ...]:
        """What does not agree, each with its reason."""
        return tuple(one for one in self.checked if one.verdict == Verdict.DIFFERS)

    def name(self, code: str) -> str:
        """A landlord's name."""
        return self.workbook.providers[code].name

    def values(self, measure: str, tenure: Tenure) -> dict[str, float]:
        """Every landlord's figure of a measure, by code."""
        return values(tuple(one.figure for one in self.checked), measure, tenure)


def analyse(name: str, content: bytes, *, most_bytes: int = MOST_BYTES) -> Analysis:
    """Read and check a workbook. Raises Refused, naming file, sheet or column and what to do."""
    workbook = read(name, sheets_of(content, name, most_bytes=most_bytes))
    bands = bands_of(workbook.year)
    names = {code: one.name for code, one in workbook.providers.items()}
    return Analysis(workbook, check(figures(workbook, bands), bands, names))


def values(figures: tuple[Figure, ...], measure: str, tenure: Tenure) -> dict[str, float]:
    """Landlords' figures of one measure, by code; those without one are left out."""
    return {
        one.provider: one.value
        for one in figures
        if one.quantity == measure and one.tenure == tenure and one.value is not None
    }


def kept(analysis: Analysis) -> tuple[Figure, ...]:
    """The figures worth keeping: those published or worked out, and those that the regulator took out."""
    return tuple(
        one.figure
        for one in analysis.checked
        if one.figure.computed is not None or one.figure.published or one.figure.why_none == Code.EXCLUDED
    )


def summary(analysis: Analysis) -> dict[str, Any]:
    """What came of a workbook, as plain data: what agreed, what did not and why, who is left out, what was read."""
    workbook = analysis.workbook
    return {
        "file": workbook.name,
        "year": year_words(workbook.year),
        "version": workbook.version,
        "landlords": len(workbook.providers),
        "agreed": [
            {"tenure": tenure, "quantity": quantity, "compared": one.compared, "agreed": one.agreed,
             "not_compared": dict(one.not_compared)}
            for (tenure, quantity), one in analysis.tally.items()
        ],
        "differing": [
            {"landlord": analysis.name(one.figure.provider), "code": one.figure.provider,
             "tenure": one.figure.tenure.value, "quantity": one.figure.quantity, "published": one.figure.published,
             "computed": one.figure.computed, "kind": one.kind, "reason": one.reason, "sheet": one.figure.sheet,
             "row": one.figure.row}
            for one in analysis.differing()
        ],
        "left_out": [
            {"landlord": one.name, "code": one.code, "perception": one.perception, "reason": one.reason}
            for one in workbook.left_out
        ],
        "remarks": list(workbook.remarks),
        "columns": [
            {"sheet": one.sheet, "caption": one.caption, "field": one.name, "datapoint": one.datapoint,
             "read_as": " ".join(part for part in one.key if part) if one.key else ""}
            for one in workbook.columns
        ],
    }  # fmt: skip


def find_provider(words: str, providers: Mapping[str, Provider]) -> Provider:
    """A landlord by its code or by words of its name. Raises Refused where none or several fit."""
    wanted = " ".join(words.lower().split())
    for code, one in providers.items():
        if wanted in (code.lower(), one.name.lower()):
            return one
    fitting = [one for one in providers.values() if wanted and wanted in one.name.lower()]
    if len(fitting) == 1:
        return fitting[0]
    if not fitting:
        raise Refused(f"No landlord in this workbook is called or coded “{words}”.", field="provider")
    some = "; ".join(f"{one.name} ({one.code})" for one in fitting[:5])
    raise Refused(f"{len(fitting)} landlords fit “{words}”: {some}. Give the code.", field="provider")
