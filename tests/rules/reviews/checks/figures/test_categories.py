"""D06 to D11, D19 and D20: categories, labels, coverage and unknowns."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hearth.reviews.rules.content import Content, Profile, Snapshot
from tests.rules.reviews.checks.figures.building import CONTEXT, FORM, PEOPLE, found, review

RELIGION = (
    "Religion – 45% of tenants are Christian, 4% Hindu, 3% Muslim, {} 1% Buddhist, 1% Jewish and 1% other religion. "
    "40% have no religion and 3% did not answer."
)


@pytest.mark.parametrize(
    "text",
    [
        "Disability – 26% have a disability, vulnerability or support need and 74% have none.",
        "Ethnicity – 80% are White, 5% Black, 5% Asian, 5% Mixed and 5% Chinese or other ethnic group.",
        "Ethnicity – 70% are White and 30% are BME.",
        "Ethnicity – 70% are White, 10% Black, 10% Asian and 10% Other. The Other group is mostly European.",
        "Sexual orientation – 95% are heterosexual and 5% are LGBT+.",
        "Religion – 60% of tenants are Christian and 40% are Jedi.",
    ],
)
def test_a_category_that_joins_unlike_things_or_is_unknown_to_any_set_is_told(text: str) -> None:
    assert found("D06", review(f"{PEOPLE}\n• {text}"))


@pytest.mark.parametrize(
    "text",
    [
        "Disability – 26% have a disability, 70% do not and 4% is unknown.",
        "Ethnicity – 80% are White, 5% Black, 5% Asian, 5% Mixed and 5% Other ethnic group.",
        "Sexual orientation – 90% are heterosexual, 4% gay or lesbian, 2% bisexual and 4% unknown.",
        RELIGION.format("2% Sikh,"),
    ],
)
def test_the_categories_of_the_census_are_accepted(text: str) -> None:
    assert not found("D06", review(f"{PEOPLE}\n• {text}"))


def test_blanks_counted_as_no_are_suspected_where_other_sets_have_unknowns() -> None:
    known = "• Disability – 20% of tenants have a disability and 80% do not have a disability.\n"
    other = "• Ethnicity – 60% of tenants are White, 20% are Black and the group of 20% is unknown."
    (finding,) = found("D07", review(PEOPLE + "\n" + known + other))
    assert "Ethnicity" in finding.message
    assert not found("D07", review(PEOPLE + "\n" + known))
    shown = known.replace("80% do not have a disability", "70% do not, and 10% is unknown")
    assert not found("D07", review(PEOPLE + "\n" + shown + other))


def test_a_census_profile_may_have_unknowns_in_its_voluntary_questions_alone() -> None:
    text = (
        "• Ethnicity – 80% of the population are White, 10% Black and 10% Asian.\n"
        "• Religion – 60% of the population are Christian, 30% have no religion and 10% did not answer.\n"
        "(Source: Census 2021, ONS)"
    )
    assert not found("D07", review(text))


def test_gender_is_not_the_forms_word_for_sex() -> None:
    text = "Gender – 60% of tenants are female and 40% are male."
    (finding,) = found("D08", review(text))
    assert finding.suggestion == FORM.characteristic("sex").label
    assert not found("D08", review(text.replace("Gender", "Sex")))


def test_an_outside_profile_keeps_the_labels_of_its_publisher() -> None:
    assert not found("D08", review("Gender – 51% are female and 49% are male.\n(Source: Census 2021, ONS)"))


def test_one_kind_of_people_in_the_singular_beside_another_in_the_plural_is_told() -> None:
    rows = (("Sexual orientation", "Gay man", "40%"), ("", "Gay women", "20%"), ("", "Heterosexual", "40%"))
    assert found("D08", review(rows=rows))
    assert not found("D08", review(rows=(rows[0], ("", "Gay woman", "20%"), rows[2])))


def test_characteristics_without_figures_are_named() -> None:
    (finding,) = found("D09", review("Sex – 60% of tenants are female and 40% are male."))
    assert finding.quote.startswith("Age, Disability, Gender reassignment, Race")
    assert f"8 of {len(FORM.characteristics)}" in finding.message


def test_a_snapshot_that_is_held_counts_as_figures_and_one_not_held_does_not() -> None:
    text = "Sex – 60% of tenants are female and 40% are male."
    snapshots = (Snapshot("age", base=10, held=False),)
    (finding,) = found("D09", Content(profile=Profile(text=text, snapshots=snapshots)))
    assert "Age" in finding.quote


def test_an_unanswered_question_is_left_to_other_checks() -> None:
    assert not found("D09", review(""))


@pytest.mark.requirement("PROF-23")
def test_a_name_that_stands_twice_is_told_with_both_figures() -> None:
    (finding,) = found("D10", review(RELIGION.format("2% Hindu,")))
    assert "4% and 2%" in finding.message
    assert not found("D10", review(RELIGION.format("2% Sikh,")))


def test_a_usual_category_that_is_missing_is_named() -> None:
    (finding,) = found("D11", review(RELIGION.format("2% Hindu,")))
    assert "Sikh" in finding.message
    assert not found("D11", review(RELIGION.format("2% Sikh,")))


def test_a_landlords_own_short_set_is_not_measured_against_a_long_one() -> None:
    assert not found("D11", review("Religion – 60% are Christian, 30% have no religion and 10% are Muslim."))


@pytest.mark.parametrize(("unknown", "limit", "speaks"), [("21", 20, True), ("20", 20, False), ("20", 19.5, True)])
def test_unknown_above_the_limit_set_is_told(unknown: str, limit: float, speaks: bool) -> None:
    text = f"Ethnicity – {80 - int(unknown)}% are White, 20% are Black and the group of {unknown}% is unknown."
    assert bool(found("D19", review(text), replace(CONTEXT, unknown_limit=limit))) is speaks


def test_two_rows_of_unknown_count_together() -> None:
    rows = (("Race", "White", "70%"), ("", "Prefer not to say", "15%"), ("", "Unknown", "15%"))
    assert found("D19", review(rows=rows))


def test_not_applicable_is_no_answer_that_anybody_understands() -> None:
    rows = (("Transgender", "Trans man", "1%"), ("", "Not applicable", "2%"), ("", "Not stated", "97%"))
    assert found("D20", review(rows=rows))
    assert not found("D20", review(rows=(rows[0], rows[2])))
