"""Printed dates, read as first and last days (CAR-31, trap T15)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.kernel.days import MONTHS, add_months, month_end, spoken
from hearth.kernel.periods import Precision, read, strategy_years

START = date(2022, 4, 1)
DAYS = st.dates(date(2001, 1, 1), date(2098, 12, 31))
FIRSTS = DAYS.map(lambda day: day.replace(day=1))


@pytest.mark.requirement("CAR-31")
@pytest.mark.parametrize(
    ("printed", "last"),
    [
        ("October/November 2023", date(2023, 11, 30)),
        ("January 2024", date(2024, 1, 31)),
        ("2024 (Action in Year 2 of the Strategy)", date(2024, 12, 31)),
        ("May 2026", date(2026, 5, 31)),
    ],
)
def test_the_due_dates_of_the_action_tables_are_the_last_day_of_what_was_printed(printed, last):
    period = read(printed)
    assert period is not None
    assert period.last == last
    assert period.printed == printed


@pytest.mark.requirement("CAR-31")
def test_a_strategy_year_printed_beside_a_year_is_kept():
    period = read("2024 (Action in Year 2 of the Strategy)")
    assert (period.strategy_year, period.precision) == (2, Precision.YEAR)


@pytest.mark.parametrize(
    ("printed", "first", "last", "precision"),
    [
        ("3 October 2022", "2022-10-03", "2022-10-03", "day"),
        ("Monday 3rd of October 2022", "2022-10-03", "2022-10-03", "day"),
        ("October 3, 2022", "2022-10-03", "2022-10-03", "day"),
        ("5th July 2011", "2011-07-05", "2011-07-05", "day"),
        ("27.4.2026", "2026-04-27", "2026-04-27", "day"),
        ("14.4.2026.", "2026-04-14", "2026-04-14", "day"),
        ("14.4.26", "2026-04-14", "2026-04-14", "day"),
        ("30/11/2023", "2023-11-30", "2023-11-30", "day"),
        ("3-Oct-22", "2022-10-03", "2022-10-03", "day"),
        ("1-5 March 2025", "2025-03-01", "2025-03-05", "days"),
        ("28 March to 3 April 2025", "2025-03-28", "2025-04-03", "days"),
        ("28 December – 3 January 2025", "2024-12-28", "2025-01-03", "days"),
        ("2026-03", "2026-03-01", "2026-03-31", "month"),
        ("03/2026", "2026-03-01", "2026-03-31", "month"),
        ("Sept 2025", "2025-09-01", "2025-09-30", "month"),
        ("Mar-25", "2025-03-01", "2025-03-31", "month"),
        ("by end of March 2025", "2025-03-01", "2025-03-31", "month"),
        ("March 2027", "2027-03-01", "2027-03-31", "month"),
        ("October - December 2023", "2023-10-01", "2023-12-31", "months"),
        ("october 2023 – march 2024", "2023-10-01", "2024-03-31", "months"),
        ("Nov, Dec and Jan 2024", "2023-11-01", "2024-01-31", "months"),
        ("Start January 2024, complete by March 2025", "2024-01-01", "2025-03-31", "months"),
        ("Q1 2024/25", "2024-04-01", "2024-06-30", "quarter"),
        ("Quarter 4 of 2024-25", "2025-01-01", "2025-03-31", "quarter"),
        ("third quarter 2024", "2024-07-01", "2024-09-30", "quarter"),
        ("Spring 2025", "2025-03-01", "2025-05-31", "season"),
        ("Winter 2025/26", "2025-12-01", "2026-02-28", "season"),
        ("2024.", "2024-01-01", "2024-12-31", "year"),
        ("mid-2025", "2025-01-01", "2025-12-31", "year"),
        ("2023/24", "2023-04-01", "2024-03-31", "year"),
        ("2024-2025", "2024-04-01", "2025-03-31", "year"),
        ("2023-28", "2023-01-01", "2028-12-31", "years"),
        ("Year 2", "2023-04-01", "2024-03-31", "strategy year"),
        ("year two of the strategy", "2023-04-01", "2024-03-31", "strategy year"),
        ("Years 1-3", "2022-04-01", "2025-03-31", "strategy year"),
    ],
)
def test_dates_as_people_type_them(printed, first, last, precision):
    period = read(printed, strategy_start=START)
    assert period is not None
    assert (str(period.first), str(period.last), str(period.precision)) == (first, last, precision)
    assert period.printed == printed


@pytest.mark.parametrize(
    "printed",
    [
        "",
        "N/A",
        "Ongoing",
        "within 12 months",
        "at the end of the five year period",
        "£2024",
        "2,024 homes",
        "CAR-2026-0007",
        "15 May",
        "31 February 2026",
        "31.2.2026",
        "2026-02-30",
        "2026-13",
        "99.2026",
    ],
)
def test_text_that_names_no_day_that_exists_gives_nothing(printed):
    assert read(printed, strategy_start=START) is None


def test_a_strategy_year_alone_needs_the_day_the_strategy_starts():
    assert read("Year 2") is None
    assert read("Year 2", strategy_start=date(2023, 10, 16)).last == date(2025, 10, 15)


def test_every_strategy_year_named_is_given():
    assert strategy_years("Year 1, 2 and 3") == (1, 2, 3)
    assert strategy_years("Years 1-3") == (1, 2, 3)
    assert strategy_years("Years one to three") == (1, 2, 3)
    assert strategy_years("2024") == ()


@given(DAYS)
def test_a_day_reads_the_same_however_it_is_written(day):
    month = MONTHS[day.month - 1]
    for printed in (
        spoken(day),
        day.isoformat(),
        f"{day.day}.{day.month}.{day.year}.",
        f"{day:%d/%m/%Y}",
        f"{day:%d/%m/%y}",
        f"{day.day} {month[:3]} {day.year}",
        f"by {month} {day.day}, {day.year}",
    ):
        period = read(printed)
        assert period is not None, printed
        assert (period.first, period.last, period.precision) == (day, day, Precision.DAY), printed


@given(FIRSTS, st.integers(1, 11), st.sampled_from(["/", " - ", " – ", " to ", " and "]))
def test_a_run_of_months_ends_with_the_last_day_of_the_last(first, more, joint):
    last = add_months(first, more)
    period = read(f"{MONTHS[first.month - 1]}{joint}{MONTHS[last.month - 1]} {last.year}")
    assert (period.first, period.last) == (first, month_end(last))


@given(FIRSTS, st.integers(1, 600))
def test_what_is_printed_later_falls_due_later(first, months):
    later = add_months(first, months)
    if later.year > 2099:
        return
    for shape in ("{m} {y}", "{y}-{n:02d}"):
        one, two = (read(shape.format(m=MONTHS[d.month - 1], y=d.year, n=d.month)) for d in (first, later))
        assert one.last < two.last


@given(st.text(max_size=60))
def test_any_text_at_all_can_be_read(text):
    period = read(text, strategy_start=START)
    assert period is None or (period.printed == text and period.first <= period.last)


@given(DAYS, st.integers(1, 20))
def test_strategy_years_follow_each_other_without_a_gap(start, number):
    one, two = (read(f"Year {n}", strategy_start=start) for n in (number, number + 1))
    assert (two.first - one.last).days == 1
