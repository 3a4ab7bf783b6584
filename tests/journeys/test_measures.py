"""The regulator's workbook is loaded, and a landlord sees where it stands among others."""

from __future__ import annotations

import csv
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from hearth.config.demo import workbook
from tests.journeys.visitor import TELEPHONE, Visitor

pytestmark = pytest.mark.xdist_group("journeys")
Arrive = Callable[..., Visitor]
TODAY = datetime.now(tz=ZoneInfo("Europe/London")).date()
YEAR = workbook.latest_year(TODAY) - 2  # the demonstration has the two after it
WORDS = f"{YEAR}-{(YEAR + 1) % 100:02}"
PATIENCE = 60  # seconds until the worker has read a workbook


@pytest.mark.requirement("PERF-12", "PERF-17")
def test_a_workbook_of_the_regulator_is_loaded_and_shows_where_the_landlord_stands(
    visitor: Arrive, tmp_path: Path
) -> None:
    leila = visitor("leila@thornbridge.example")
    when_a_file_that_is_no_workbook_is_given_it_is_refused(leila, tmp_path)
    when_the_workbook_is_loaded(leila, tmp_path)
    then_every_figure_was_worked_out_again(leila)
    when_the_landlord_says_who_it_is(leila)
    then_it_sees_where_it_stands(leila)
    then_the_figures_come_as_a_file(leila)
    then_a_director_reads_it_on_a_telephone(visitor("ruth@thornbridge.example", width=TELEPHONE))


def when_a_file_that_is_no_workbook_is_given_it_is_refused(officer: Visitor, folder: Path) -> None:
    wrong = folder / "minutes.xlsx"
    wrong.write_bytes(b"Minutes of the garden club")
    officer.goes_to("/performance/").follows("Load a workbook")
    officer.attaches("Workbook", wrong).presses("Load", exact=True)
    assert len(officer.errors) == 1, officer.errors
    assert "minutes.xlsx" in officer.errors[0]


def when_the_workbook_is_loaded(officer: Visitor, folder: Path) -> None:
    """Loading goes on behind the page, which says how far it is."""
    file = folder / f"Invented_TSM_Data_{YEAR + 1}_v1.0.xlsx"
    file.write_bytes(workbook.made(YEAR))
    officer.attaches("Workbook", file).presses("Load", exact=True)
    assert officer.errors == []
    until = time.monotonic() + PATIENCE
    while officer.link("Look again how far it is").count() and time.monotonic() < until:
        officer.tab.wait_for_timeout(500)
        officer.follows("Look again how far it is")


def then_every_figure_was_worked_out_again(officer: Visitor) -> None:
    officer.sees("Loaded", "Every figure agrees with what its counts come to.", "How the file was read")
    officer.follows("Every column, and what it was taken for").sees("TP01", "Relevant tenant population size")


def when_the_landlord_says_who_it_is(officer: Visitor) -> None:
    officer.goes_to("/performance/").follows("Change")
    officer.fills("Part of your landlord's name, or its code", "nobody at all").presses("Find")
    officer.sees("No landlord in the workbook is called “nobody at all”")
    officer.fills("Part of your landlord's name, or its code", "Thornbridge").presses("Find")
    officer.chooses("Which of these is your landlord?", "Thornbridge Borough Council").presses("Save")
    officer.sees("You are Thornbridge Borough Council (code X02)")


def then_it_sees_where_it_stands(officer: Visitor) -> None:
    officer.goes_to(f"/performance/{YEAR}/")
    assert officer.heading == f"Where we stand, {WORDS}"
    officer.sees(
        "Overall satisfaction", "councils", f"Source: Regulator of Social Housing, Tenant Satisfaction Measures {WORDS}"
    )
    assert officer.tab.locator("main svg").count() >= 3
    officer.selects("Compare with", "All").presses("Compare").sees("40 landlords")


def then_the_figures_come_as_a_file(officer: Visitor) -> None:
    file = officer.downloads("CSV")
    rows = list(csv.reader(Path(file.path()).read_text(encoding="utf-8-sig").splitlines()))
    assert len(rows) > 20
    assert any("TP01" in cell for row in rows for cell in row)


def then_a_director_reads_it_on_a_telephone(director: Visitor) -> None:
    director.goes_to("/performance/").sees("You are Thornbridge Borough Council")
    director.does_not_see("Load a workbook")
    director.follows("Where we stand").sees("Repairs service over the last 12 months")
    director.goes_to(f"/performance/{YEAR}/years/").sees("How people answered")
