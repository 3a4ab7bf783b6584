"""Figures in running text: which belong together, what each counts, and on which base."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from hearth.kernel.figures import FigureSet, read_sets

PROFILE = """Tenant profile
The association owns 5,120 homes. The total tenant population is 4,870.
• Sex – 58% of tenants are female and 42% are male.
• Age – 21.5% of tenants are aged up to 34 years; 40.5% are aged 35 to 54 years; and 38.0% are aged 55 and over.
• Ethnicity – The largest group is White at 70%. This is followed by Black, Black British or African (20%)
and Asian (10%).
• Disability – 18% of tenants are disabled. Of this, 8% are limited a lot and 10% are limited a little.
"""


def only(text: str, topic: str) -> FigureSet:
    return next(s for s in read_sets(text) if s.topic == topic and s.additive)


def labels(found: FigureSet) -> list[str]:
    return [f.label for f in found.figures]


def test_a_bullet_that_opens_with_a_characteristic_holds_shares_of_one_whole() -> None:
    assert [s.topic for s in read_sets(PROFILE) if s.additive] == ["sex", "age", "race", "disability"]


def test_every_share_knows_what_it_counts() -> None:
    assert labels(only(PROFILE, "age")) == ["aged up to 34 years", "aged 35 to 54 years", "aged 55 and over"]


def test_a_label_with_commas_before_a_bracket_is_kept_whole() -> None:
    assert labels(only(PROFILE, "race")) == ["White", "Black, Black British or African", "Asian"]


def test_people_are_a_better_base_than_homes() -> None:
    found = only(PROFILE, "sex")
    assert (found.base, found.base_homes, found.population) == (4870, False, "tenants")


def test_homes_are_the_base_where_nothing_else_is_said() -> None:
    found = only("The council owns 5,120 homes.\n• Sex – 58% of tenants are female and 42% are male.", "sex")
    assert (found.base, found.base_printed, found.base_homes) == (5120, "5,120", True)


def test_parts_of_a_part_are_not_added_to_the_whole() -> None:
    found = only(PROFILE, "disability")
    assert [f.within for f in found.figures] == ["", "disabled", "disabled"]
    assert found.total == Decimal(18)


def test_a_share_of_a_group_named_before_is_a_part_of_it() -> None:
    text = "Ethnicity – 71% are White and 29% are BME. The Other group is the largest BME group with 12% of tenants."
    found = only(text, "race")
    assert found.total == 100
    assert [f.within for f in found.figures if f.value == 12] == ["BME"]


def test_rates_are_never_added() -> None:
    text = (
        "Race\nSurvey data show that 7.6% in the Mixed group were victims. "
        "This was followed by White (5.7%) and Asian (3.6%)."
    )
    assert [s.additive for s in read_sets(text)] == [False]


def test_comparisons_under_the_heading_of_a_characteristic_are_not_added() -> None:
    text = "Disability – Disabled tenants are twice as likely to be in arrears (22% compared to 11%)."
    assert not any(s.additive for s in read_sets(text))


def test_a_comparison_beside_shares_that_make_100_does_not_hide_them() -> None:
    text = "Sex – There are more women than men in the town: 51% are female and 49% are male."
    assert only(text, "sex").complete


def test_sentences_without_a_heading_are_added_where_they_name_one_characteristic_and_all_but_make_100() -> None:
    found = read_sets("Of our tenants 12% are disabled. 55% of tenants are women and 45% are men.")
    assert [(s.topic, s.total) for s in found if s.additive] == [("sex", Decimal(100))]


def test_lines_of_label_and_figure_are_rows() -> None:
    text = "Age\n16-24: 4%\n25-34: 15%\n35-44: 20%\n45 and over: 61%"
    assert labels(only(text, "age")) == ["16-24", "25-34", "35-44", "45 and over"]


def test_headings_whose_bullets_were_lost_still_part_the_sets() -> None:
    text = "Age – 40% are under 40 and 60% are 40 and over. Religion – 55% are Christian and 45% have no religion."
    assert [s.topic for s in read_sets(text)] == ["age", "religion"]


def test_a_source_belongs_to_the_bullets_before_it_and_not_to_another_section() -> None:
    text = (
        "Town profile\n• Sex – 51% are female and 49% are male.\n(Source: Census 2021, ONS)\n"
        "Arrears\nIn arrears are 12% of tenants."
    )
    sex, arrears = read_sets(text)
    assert sex.source_text == "Census 2021, ONS"
    assert arrears.source_text == ""


def test_an_average_keeps_its_kind() -> None:
    text = "Age – The median age is 37 years, lower than the mean age of 40 years. 30% are aged under 30."
    kinds = [a.kind for s in read_sets(text) for a in s.averages]
    assert kinds == ["median", "mean"]


def test_so_many_in_a_hundred_is_no_count_of_people() -> None:
    counts = [
        f for s in read_sets("About 7 in 100 women and 3 tenants were asked.") for f in s.figures if f.unit == "count"
    ]
    assert [f.printed for f in counts] == ["3"]


def test_a_survey_states_its_own_base() -> None:
    text = "The council owns 5,120 homes.\nIn a survey of 871 people 28% had moved."
    assert [s.base for s in read_sets(text) if any(f.unit == "%" for f in s.figures)] == [871]


def test_prefer_not_to_say_counts_as_unknown() -> None:
    found = only("Religion: Christian 50%, No religion 40%, Prefer not to say 10%", "religion")
    assert [f.unknown for f in found.figures] == [False, False, True]


@given(st.text(max_size=400))
@settings(max_examples=150, deadline=None)
def test_any_text_can_be_read(text: str) -> None:
    assert all(isinstance(found, FigureSet) for found in read_sets(text))


HEADS = ["Age – ", "Sex: ", "• ", "White", "unknown", "followed by", "Of this, ", "(Source: ONS 2021)", "£5"]
FIGURES = ["12.5%", " 40% ", "(7%)"]
JOINTS = [
    "of tenants",
    " are ",
    "\n",
    "1,200 homes",
    "altogether",
    "\t",
    "<td>",
    "</tr>",
    "mean age of 4 years",
    ". ",
    ", ",
]
WORDS = st.sampled_from(HEADS + FIGURES + JOINTS)


@given(st.lists(WORDS, max_size=40))
@settings(max_examples=200, deadline=None)
def test_every_percentage_that_stands_alone_is_kept_once(words: list[str]) -> None:
    text = " ".join(words)
    read = sorted(f.printed for s in read_sets(text) for f in s.figures if f.unit == "%")
    assert len(read) == sum(word in FIGURES for word in words)
