"""A workbook from its bytes to what agreed, what did not and why: the one way for commands, jobs and pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hearth.kernel.refusals import Refused
from hearth.performance.rules.agreement import Checked, Tally, Verdict, check, tally
from hearth.performance.rules.measures import Tenure
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
