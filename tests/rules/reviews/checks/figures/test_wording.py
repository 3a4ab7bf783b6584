"""D02, D12 to D16, D18 and D21: bands, averages, order, periods, population, comparison."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hearth.kernel.findings import Level
from hearth.reviews.rules.checks.context import Neighbour
from tests.rules.reviews.checks.figures.building import CONTEXT, HOMES, PEOPLE, found, review


@pytest.mark.requirement("PROF-06")
def test_bands_that_share_their_ends_are_told_with_the_ages() -> None:
    (finding,) = found("D02", review("Age – 30% are up to 35; 40% are 35 to 55; and 30% are 55 plus."))
    assert "35 and 55" in finding.message


@pytest.mark.requirement("PROF-06")
def test_an_age_in_no_band_is_told() -> None:
    (finding,) = found("D02", review("Age – 30% are under 35; 40% are 40 to 54; and 30% are 55 plus."))
    assert "35 to 39" in finding.message


def test_bands_that_no_census_table_has_are_told() -> None:
    rows = (("Age", "Under 25", "10%"), ("", "25-35", "30%"), ("", "36-45", "30%"), ("", "46 and over", "30%"))
    (finding,) = found("D02", review(rows=rows))
    assert "uneven" in finding.message


def test_bands_of_ten_years_on_the_census_grid_pass() -> None:
    assert not found("D02", review("Age – 20% are 16 to 24; 30% are 25 to 34; 20% are 35 to 44; and 30% are 45 plus."))


@pytest.mark.requirement("PROF-22")
def test_a_median_beside_a_mean_is_told() -> None:
    text = "Age – The median age here is 37 years, lower than the {} age of 40 years elsewhere."
    assert found("D12", review(text.format("mean")))
    assert not found("D12", review(text.format("median")))


def test_bands_out_of_order_are_worth_a_word_and_no_more() -> None:
    text = "Age – 40% are aged 16 to 34; 20% are {}; and 40% are {}."
    (finding,) = found("D13", review(text.format("55 and over", "35 to 54")))
    assert finding.level is Level.INFORM
    assert not found("D13", review(text.format("35 to 54", "55 and over")))


def test_a_printed_zero_may_be_a_few() -> None:
    assert found("D14", review("Sexual orientation – 99.0% are heterosexual, 1.0% gay and 0.0% queer."))
    assert not found("D14", review("Sexual orientation – 99.0% are heterosexual and 1.0% gay."))


@pytest.mark.parametrize(
    ("text", "speaks"),
    [
        ("7% in the Mixed group were victims. This was followed by White (5%) and Asian (3%). Black had 4%.", True),
        ("7% in the Mixed group were victims. This was followed by White (5%) and Asian (3%). Black had 2%.", False),
        ("Ethnicity – 60% are White, followed by 10% Black and 30% Asian.", True),
        ("Ethnicity – 60% are White, followed by 30% Black and 10% Asian.", False),
        ("Ethnicity – 60% are White, followed by 25% Black, 5% Asian and 10% other groups.", False),
        ("Religion – 50% are Christian, followed by 10% Hindu. 35% have no religion and 5% did not answer.", False),
        ("Ethnicity – The largest group is White at 40%. 60% are Black.", True),
    ],
)
def test_words_of_order_must_agree_with_the_figures(text: str, speaks: bool) -> None:
    assert bool(found("D15", review(text))) is speaks


@pytest.mark.parametrize(
    ("said", "speaks"),
    [
        ("in 2019-2020", True),
        ("in the year ending March 2020", True),
        ("in the years ending March 2018 to 2020", False),
        ("in 2014-15", True),
        ("lately", False),
    ],
)
def test_the_period_in_the_text_is_that_of_the_source(said: str, speaks: bool) -> None:
    source = "(Source: Victims of crime, year ending March 2018 to year ending March 2020)"
    assert bool(found("D16", review(f"Race\nThe survey {said} found 7% in the Mixed group.\n{source}"))) is speaks


def test_an_earlier_figure_may_stand_beside_one_of_the_sources_own_period() -> None:
    text = "Crime\nIn the year ending March 2022 it was 7%. In the year ending March 2019 it was 5%.\n"
    assert not found("D16", review(text + "(Source: Crime survey, year ending March 2022, ONS)"))


TOWN = "• Sex – 51% of the borough's residents are female and 49% are male.\n(Source: Census 2021, ONS)"


def test_a_town_is_not_its_tenants() -> None:
    assert found("D18", review(TOWN, affected="Council tenants and housing applicants"))
    assert not found("D18", review(TOWN, affected="All residents of the borough"))


def test_a_profile_of_tenants_beside_that_of_the_town_will_do() -> None:
    tenants = "• Sex – 60% of tenants are female and 40% are male.\n"
    assert not found("D18", review(tenants + TOWN, affected="Council tenants"))


def test_what_changed_since_the_last_review_is_told() -> None:
    age = "\n• Age – 40% of tenants are aged {} and 60% are aged {}."
    then = review(HOMES + age.format("under 40", "40 and over"))
    now = review(PEOPLE + age.format("under 45", "45 and over"))
    context = replace(CONTEXT, earlier=(Neighbour("Engagement strategy", 2022, then),))
    (finding,) = found("D21", now, context)
    assert "2022" in finding.message
    assert "homes" in finding.message
    assert "bands of Age" in finding.message
    assert not found("D21", then, context)
    assert not found("D21", now, CONTEXT)


def test_other_words_for_the_same_categories_are_no_change() -> None:
    text = PEOPLE + "\n• Religion – {} of tenants are {} and 40% have no religion."
    then, now = review(text.format("60%", "Christian")), review(text.format("60%", "of the Christian faith"))
    assert not found("D21", now, replace(CONTEXT, earlier=(Neighbour("Earlier", 2022, then),)))
