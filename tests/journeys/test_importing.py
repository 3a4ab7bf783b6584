"""The keeper of the register takes in a file of the housing system, sees what it would do, and brings it in."""

from __future__ import annotations

import csv
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.xdist_group("journeys")
Arrive = Callable[..., Visitor]
EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "example-register.csv"
PATIENCE = 60  # seconds until the worker is through with the file


@pytest.mark.requirement("SYS-10")
def test_a_file_is_looked_through_brought_in_and_found_again(visitor: Arrive) -> None:
    ingrid = visitor("ingrid@dartford.example")
    when_the_file_is_taken_in(ingrid)
    when_the_columns_are_looked_at(ingrid)
    then_what_it_would_do_is_shown_and_nothing_is_done(ingrid)
    then_the_rows_that_are_refused_come_with_their_reason(ingrid)
    when_it_is_brought_in(ingrid)
    then_a_person_is_found_with_home_and_household(ingrid)
    when_the_same_file_comes_again_then_it_changes_nothing(ingrid)


def when_the_file_is_taken_in(keeper: Visitor) -> None:
    keeper.goes_to("/register/files/").follows("Take in a file")
    keeper.presses("Take in", exact=True)
    assert "Select a file" in keeper.errors
    keeper.attaches("File", EXAMPLE).fills("From which system does it come?", "Keystone")
    keeper.dates("Of which day does the file tell?", 1, 11, 2026)
    keeper.chooses("What is in the file?", "Some of our tenancies").presses("Take in", exact=True)
    assert keeper.heading == "What the columns mean", keeper.errors


def when_the_columns_are_looked_at(keeper: Visitor) -> None:
    """The headings were understood; a word of tenure that nobody knows leaves its rows out."""
    chosen = keeper.field("Column “Property Ref”").locator("option:checked").inner_text()
    assert chosen == "Home reference"
    keeper.sees("“Grace and favour”").presses("Save and check the file")
    until_it_is_through(keeper)


def until_it_is_through(keeper: Visitor) -> None:
    until = time.monotonic() + PATIENCE
    while keeper.link("Look again how far it is").count() and time.monotonic() < until:
        keeper.tab.wait_for_timeout(500)
        keeper.follows("Look again how far it is")


def then_what_it_would_do_is_shown_and_nothing_is_done(keeper: Visitor) -> None:
    assert keeper.button("Bring in", exact=True).count(), keeper.text
    keeper.sees("Checked", "What is wrong in the file")
    keeper.open_tab()
    when_somebody_is_looked_for(keeper).sees("0 people")
    keeper.goes_to("/register/files/").follows("Keystone")


def when_somebody_is_looked_for(keeper: Visitor) -> Visitor:
    keeper.goes_to("/register/people/").fills("Name, address, postcode, email or reference", "quarrier")
    return keeper.presses("Apply filter")


def then_the_rows_that_are_refused_come_with_their_reason(keeper: Visitor) -> None:
    keeper.sees("Row 7", "31/02/2019", "Row 8", "Grace and favour")
    with Path(keeper.downloads("CSV").path()).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert any("Dewhurst" in cell for row in rows for cell in row)
    assert all(any(len(cell.split()) > 3 for cell in row) for row in rows[1:]), rows  # a reason in each


def when_it_is_brought_in(keeper: Visitor) -> None:
    keeper.follows("Bring in", exact=True).presses("Bring in", exact=True)
    assert keeper.errors == []
    until_it_is_through(keeper)
    keeper.sees("Brought in")


def then_a_person_is_found_with_home_and_household(keeper: Visitor) -> None:
    when_somebody_is_looked_for(keeper).sees("3 people")
    keeper.follows("Ottoline Quarrier").sees("1 Quarry View", "CX001")
    keeper.follows("1 Quarry View").sees("Quarry Bank", "Barnaby Quarrier", "Cosima Quarrier")


def when_the_same_file_comes_again_then_it_changes_nothing(keeper: Visitor) -> None:
    keeper.goes_to("/register/files/add/").attaches("File", EXAMPLE)
    keeper.fills("From which system does it come?", "Keystone")
    keeper.dates("Of which day does the file tell?", 1, 11, 2026)
    keeper.presses("Take in", exact=True)
    when_the_columns_are_looked_at(keeper)
    keeper.sees("Homes 0 0 0 3", "People 0 0 0 5", "Tenancies 0 0 0 2")  # added, changed, ended, stays the same
