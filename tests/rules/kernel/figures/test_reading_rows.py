"""Figures in the rows of tables, whole or broken over pages."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from hearth.kernel.figures import Setting, read_bases, set_from_rows


def test_a_row_without_a_heading_stands_under_the_one_before() -> None:
    rows = [("Sex", "Female", "60.5%"), ("", "Male", "39.5%"), ("Age", "Under 25", "4%"), ("25 and over", "96%")]
    assert [(s.topic, s.total) for s in set_from_rows(rows)] == [("sex", Decimal("100.0")), ("age", Decimal(100))]


def test_counts_beside_percentages_give_the_base() -> None:
    rows = [("Female", "605", "60.5%"), ("Male", "395", "39.5%")]
    (found,) = set_from_rows(rows, headers=("Sex", "Number", "Per cent"), heading="Sex")
    assert (found.base, found.base_words, len(found.members)) == (1000, "sum of the counts", 2)


def test_a_row_of_totals_is_the_base_and_no_category() -> None:
    rows = [("Female", "60%", ""), ("Male", "40%", ""), ("Total", "", "1,250")]
    (found,) = set_from_rows(rows, heading="Sex")
    assert (found.base, [f.label for f in found.members]) == (1250, ["Female", "Male"])


def test_a_percentage_in_brackets_stands_beside_its_count() -> None:
    (found,) = set_from_rows([("Female", "605 (60.5%)"), ("Male", "395 (39.5%)")], heading="Sex")
    assert (found.base, found.total, len(found.figures)) == (1000, Decimal(100), 4)


def test_a_column_that_moved_on_the_next_page_is_still_the_same_column() -> None:
    (found,) = set_from_rows([("Female", "", "60%"), ("Male", "40%")], heading="Sex")
    assert found.complete


def test_two_columns_of_percentages_are_two_sets() -> None:
    rows = [("Female", "60%", "51%"), ("Male", "40%", "49%")]
    found = set_from_rows(rows, headers=("Sex", "Tenants", "Borough population"), heading="Sex")
    assert [(s.population, s.total) for s in found] == [("Tenants", 100), ("Borough population", 100)]


def test_the_text_around_a_table_gives_its_base() -> None:
    setting = Setting(
        bases=read_bases("We manage 900 homes. The total tenant population is 870."), population="tenants"
    )
    (found,) = set_from_rows([("Sex", "Female", "60%"), ("Sex", "Male", "40%")], setting=setting)
    assert (found.base, found.base_homes) == (870, False)


def test_homes_let_to_leaseholders_are_no_base_for_tenants() -> None:
    setting = Setting(bases=read_bases("There are currently 481 leasehold properties."), population="tenants")
    (found,) = set_from_rows([("Sex", "Female", "60%"), ("Sex", "Male", "40%")], setting=setting)
    assert found.base is None


@given(st.lists(st.lists(st.text(max_size=12), max_size=5), max_size=12))
def test_any_rows_can_be_read(rows: list[list[str]]) -> None:
    assert all(found.figures for found in set_from_rows(rows))
