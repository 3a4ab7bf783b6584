"""Days as files write them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.kernel.refusals import Refused
from hearth.kernel.sheets.days import EARLIEST, LATEST, Style, day

DAYS = st.dates(min_value=EARLIEST, max_value=LATEST)
WRITTEN = [
    "%d/%m/%Y",
    "%Y-%m-%d",
    "%d.%m.%Y",
    "%d-%m-%Y",
    "%d %B %Y",
    "%d-%b-%Y",
    "%Y-%m-%dT00:00:00",
    "%d/%m/%Y 00:00",
]


@given(DAYS, st.sampled_from(WRITTEN))
def test_a_day_is_read_in_whatever_way_it_is_written(on, written):
    assert day(on.strftime(written)) == on


@given(DAYS)
def test_a_column_that_writes_the_month_first_is_read_so(on):
    style = Style()
    style.look(2, "12/31/2026")
    assert day(on.strftime("%m/%d/%Y"), style) == on


@given(DAYS)
def test_the_numbers_of_a_spreadsheet_are_days(on):
    serial = (on - date(1899, 12, 30)).days
    if serial > 60:
        assert day(serial) == day(float(serial)) == on
        assert (day(str(serial)) == on) if serial > 1000 else True


def style_of(*cells: str) -> Style:
    style = Style()
    for row, cell in enumerate(cells, start=2):
        style.look(row, cell)
    return style


def test_with_two_styles_in_one_column_only_what_has_one_reading_is_read():
    style = style_of("31/12/2026", "12/31/2026", "03/04/2026")
    assert style.mixed
    assert day("31/12/2026", style) == day("12/31/2026", style) == date(2026, 12, 31)
    assert day("05/05/2026", style) == date(2026, 5, 5)
    with pytest.raises(Refused, match="row 2 of this column writes the day first, row 3 the month"):
        day("03/04/2026", style)


def test_where_nothing_tells_the_day_comes_first():
    style = style_of("03/04/2026", "05/06/2026", "2026-12-31")
    assert not style.american
    assert day("03/04/2026", style) == date(2026, 4, 3)


@pytest.mark.parametrize(
    "cell",
    ["31/02/2026", "00/01/2026", "2026-13-01", "soon", "12/2026", "1/1/1066", "31 Foo 2026", "29/02/2025", "999999",
     0, -5, 10**9, True, "12 Mabc 2026"],
)  # fmt: skip
def test_what_is_no_day_is_refused(cell):
    with pytest.raises(Refused):
        day(cell)


@pytest.mark.parametrize("cell", [None, "", "  "])
def test_an_empty_cell_is_no_day_and_no_fault(cell):
    assert day(cell) is None


def test_moments_and_two_figure_years():
    assert day(datetime(2026, 1, 2, 3, 4)) == date(2026, 1, 2)  # noqa: DTZ001 - as a spreadsheet gives it
    assert day("1/2/26") == date(2026, 2, 1)
    assert day("1/2/49") == date(2049, 2, 1)
    assert day("1/2/50") == date(1950, 2, 1)
    assert day("1st Sept 2026") == date(2026, 9, 1)


def test_the_first_and_last_days_that_can_be_right():
    assert day(EARLIEST.isoformat()) == EARLIEST
    for beyond in (EARLIEST - timedelta(days=1), LATEST + timedelta(days=1)):
        with pytest.raises(Refused):
            day(beyond.isoformat())
