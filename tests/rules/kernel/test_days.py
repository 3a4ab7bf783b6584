"""Working days, months and dates in words."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.kernel.days import Calendar, add_months, days_before, month_end, spoken, spoken_days

DAYS = st.dates(date(2005, 1, 1), date(2040, 12, 31))
COUNTS = st.integers(1, 60)


@pytest.mark.requirement("SYS-02")
def test_five_working_days_from_the_tuesday_before_easter_2026():
    assert Calendar().add(date(2026, 3, 31), 5) == date(2026, 4, 9)


def test_the_sentence_names_the_days_left_out_and_not_the_weekends():
    assert Calendar().explain(date(2025, 12, 24), 10) == (
        "12 January: ten working days from 24 December, leaving out 25 and 26 December and 1 January"
    )
    assert Calendar().explain(date(2026, 6, 1), 1) == "2 June: one working day from 1 June"
    assert Calendar().explain(date(2026, 6, 2), -1) == "1 June: one working day before 2 June"


def test_a_bank_holiday_on_which_the_count_begins_is_not_said_to_be_left_out():
    # Boxing Day 2025 is the start, so it is not among the days counted or left out.
    assert Calendar().explain(date(2025, 12, 26), 1) == "29 December: one working day from 26 December"
    assert Calendar().explain(date(2025, 12, 26), -1) == (
        "24 December: one working day before 26 December, leaving out 25 December"
    )


def test_closures_of_the_council_and_new_bank_holidays_are_left_out():
    calendar = Calendar(closures=frozenset({date(2026, 6, 2)}), extra=frozenset({date(2026, 6, 3)}))
    assert calendar.add(date(2026, 6, 1), 1) == date(2026, 6, 4)
    assert "leaving out 2 and 3 June" in calendar.explain(date(2026, 6, 1), 1)


def test_england_has_its_own_bank_holidays():
    calendar = Calendar()
    assert not calendar.is_working(date(2026, 4, 6))  # Easter Monday, a working day in Scotland
    assert calendar.is_working(date(2026, 1, 2))  # a holiday in Scotland only
    assert not calendar.is_working(date(2022, 9, 19))  # the state funeral
    assert not calendar.is_working(date(2021, 12, 27))  # instead of Saturday 25 December


def test_no_days_at_all_means_the_day_itself_or_the_next_one_worked():
    assert Calendar().add(date(2026, 4, 2), 0) == date(2026, 4, 2)
    assert Calendar().add(date(2026, 4, 3), 0) == date(2026, 4, 7)


@given(DAYS, COUNTS)
def test_what_is_added_is_what_lies_between(day, count):
    calendar = Calendar()
    later = calendar.add(day, count)
    assert calendar.is_working(later)
    assert calendar.working_days_between(day, later) == count
    earlier = calendar.add(day, -count)
    assert calendar.is_working(earlier)
    assert calendar.working_days_between(day, earlier) == -count


@given(DAYS, COUNTS)
def test_a_later_start_or_a_longer_time_never_falls_due_earlier(day, count):
    calendar = Calendar()
    assert calendar.add(day, count) <= calendar.add(day + timedelta(days=1), count)
    assert calendar.add(day, count) < calendar.add(day, count + 1)


@given(DAYS, COUNTS)
def test_from_a_working_day_there_and_back_is_the_same_day(day, count):
    calendar = Calendar()
    start = calendar.add(day, 0)
    assert calendar.add(calendar.add(start, count), -count) == start


def test_months_end_where_the_shorter_month_ends():
    assert add_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert add_months(date(2024, 3, 31), -1) == date(2024, 2, 29)
    assert add_months(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert add_months(date(2024, 12, 15), 1) == date(2025, 1, 15)


@given(DAYS, st.integers(-60, 60))
def test_adding_months_lands_in_the_month_asked_for(day, months):
    there = add_months(day, months)
    assert (there.year - day.year) * 12 + there.month - day.month == months
    assert there.day == min(day.day, month_end(there).day)


def test_dates_read_as_on_gov_uk():
    assert spoken(date(2022, 10, 3)) == "3 October 2022"
    assert spoken_days([date(2026, 1, 1), date(2025, 12, 26), date(2025, 12, 25)]) == (
        "25 and 26 December and 1 January"
    )
    assert days_before(date(2026, 3, 1), 14) == date(2026, 2, 15)
