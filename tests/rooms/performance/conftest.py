"""An invented workbook of the regulator, loaded for the landlord that tests are inside."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.rules.performance import books

MORE = [
    (f"M{n}", f"Maple Council {n}", "LA", "<5,000", "North", 3001 + 7 * n, 600 + n, (31 + n, 20, 7, 11, 13),
     (40, 21 + n, 10, 10, 5, 3))
    for n in range(8)
]  # fmt: skip


def book(year: int = 26, **changed: Any) -> dict[str, Any]:
    """The sheets of an invented year, with a margin typed as a fraction."""
    made = books.sheets(year, landlords=[*books.LANDLORDS, *MORE])
    books.put(made, "LCRA", "Anvil Homes", "Estimated margin of error", 0.0274)
    return made


@pytest.fixture
def keeper(actor: Callable[..., Any]) -> Any:
    """Who loads workbooks."""
    return actor("housing_policy_officer")


@pytest.fixture
def reader(actor: Callable[..., Any]) -> Any:
    """Who may see measures and not load them."""
    return actor("auditor")


@pytest.fixture
def load(keeper: Any, run_jobs: Callable[[], list[str]]) -> Callable[..., Any]:
    """`load(26)` gives a workbook and does its jobs."""
    from hearth.performance import services

    def give(year: int = 26, name: str = "", body: bytes = b"", by: Any = None) -> Any:
        kept = services.load(
            name=name or f"TSM_20{year}_v1.0.xlsx", body=body or books.as_xlsx(book(year)), by=by or keeper
        )
        run_jobs()
        kept.refresh_from_db()
        return kept

    return give


@pytest.fixture
def own(load: Callable[..., Any], keeper: Any) -> Any:
    """One year loaded, and the landlord is Brook District Council."""
    from hearth.performance import services

    kept = load(26)
    services.say_who_we_are(code="B2", by=keeper)
    return kept
