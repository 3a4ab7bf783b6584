"""What people tell: standings, consent, bands of age, tallies, and sheets with every sort of fault."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.equality.rules import (
    NOT_ASKED,
    Source,
    Standing,
    Told,
    added_up,
    age_on,
    band_of,
    changed,
    check_consent,
    check_told,
    check_year,
    progress,
    question_of,
    read_answers,
    tally,
)
from hearth.kernel.refusals import Refused

BANDS = [
    ("Under 25", None, 24),
    ("25 to 35", 25, 35),
    ("36 to 45", 36, 45),
    ("75 and over", 75, None),
    ("Unknown", None, None),
]


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2000, 5, 10), date(2026, 5, 9), 25),
        (date(2000, 5, 10), date(2026, 5, 10), 26),
        (date(2004, 2, 29), date(2026, 2, 28), 21),
        (date(2004, 2, 29), date(2026, 3, 1), 22),
        (date(2004, 2, 29), date(2028, 2, 29), 24),
    ],
)
def test_somebody_is_a_year_older_on_their_birthday(born, day, age):
    assert age_on(born, day) == age


@pytest.mark.requirement("PROF-05")
def test_everybody_falls_in_the_band_of_their_age_and_nobody_in_one_that_names_none():
    day = date(2026, 3, 31)
    assert band_of(date(2001, 4, 1), day, BANDS) == "Under 25"
    assert band_of(date(2001, 3, 31), day, BANDS) == "25 to 35"
    assert band_of(date(1930, 1, 1), day, BANDS) == "75 and over"
    assert band_of(date(1975, 1, 1), day, BANDS) is None  # the set has a gap
    assert band_of(None, day, BANDS) is None
    assert band_of(date(2027, 1, 1), day, BANDS) is None


@given(st.dates(date(1900, 1, 1), date(2026, 3, 31)))
def test_a_day_later_nobody_is_younger_and_nobody_two_years_older(born):
    day = date(2026, 3, 31)
    assert 0 <= age_on(born, day + timedelta(days=1)) - age_on(born, day) <= 1


@pytest.mark.requirement("PROF-01")
def test_what_says_nothing_is_counted_apart_by_its_reason_and_never_with_an_answer():
    labels = ["White", "Prefer not to say", "Not known", NOT_ASKED, NOT_ASKED, "white"]
    found = tally(labels, [("White", False), ("Black", False)])
    assert found == [
        ("White", 2, False),
        ("Black", 0, False),
        ("Prefer not to say", 1, True),
        ("Not known", 1, True),
        (NOT_ASKED, 2, True),
    ]


def test_an_answer_is_one_of_the_set_and_not_beside_prefer_not_to_say():
    check_told(Told("race", Standing.ANSWERED, (1,)), several=False, known={1, 2})
    check_told(Told("race", Standing.ANSWERED, (1, 2)), several=True, known={1, 2})
    for wrong, several in (
        (Told("race", Standing.ANSWERED), False),
        (Told("race", Standing.ANSWERED, (1, 2)), False),
        (Told("race", Standing.ANSWERED, (3,)), False),
        (Told("race", Standing.PREFER_NOT, (1,)), True),
    ):
        with pytest.raises(Refused) as refused:
            check_told(wrong, several=several, known={1, 2})
        assert refused.value.field == "race"


@pytest.mark.requirement("PROF-14")
@pytest.mark.parametrize("source", list(Source))
@pytest.mark.parametrize("tenant", [True, False])
@pytest.mark.parametrize("condition", ["equality", "explicit_consent"])
def test_who_has_not_consented_is_kept_out_where_the_law_or_the_tenure_asks_for_it(source, tenant, condition):
    def kept(consented):
        try:
            check_consent(consented=consented, tenant=tenant, source=source, basis="public_task", condition=condition)
        except Refused:
            return False
        return True

    assert kept(True)
    assert kept(False) == (tenant and source is not Source.SELF and condition == "equality")


def test_only_what_says_something_else_is_a_change():
    before = {"race": ("answered", frozenset({1})), "sex": ("unknown", frozenset())}
    told = [Told("race", Standing.ANSWERED, (1,)), Told("sex", Standing.PREFER_NOT), Told("religion", Standing.UNKNOWN)]
    assert changed(before, told) == told[1:]


def test_a_campaign_is_done_when_everybody_has_answered_and_not_before():
    assert [progress(3, n) for n in range(4)] == [0, 33, 66, 100]
    assert progress(1000, 999) == 99
    assert progress(0, 0) == 100


@pytest.mark.requirement("PROF-24")
def test_shares_of_different_duties_or_years_are_not_added_up():
    one = ("2022-23", "prevention", Decimal("6.76"))
    assert added_up([one]) == Decimal("6.76")
    for other in (("2022-23", "relief", Decimal("25.57")), ("2023-24", "prevention", Decimal(7))):
        with pytest.raises(Refused, match="its own duty and year"):
            added_up([one, other])
    check_year("1999-00")
    for wrong in ("2022", "2022-24", "2022/23", "22-23"):
        with pytest.raises(Refused):
            check_year(wrong)


QUESTIONS = {
    "race": question_of("race", "CORE", False, [(1, "White", "0", False), (2, "Asian or Asian British", "2", False),
                                                (3, "Tenant prefers not to say", "17", True)]),
    "condition_effects": question_of("condition_effects", "Effects", True, [(7, "Vision", "1", False),
                                                                            (8, "Hearing", "2", False)]),
}  # fmt: skip
HEAD = (1, ("Reference", "Ethnicity", "Effects of a condition", "Consent"))


def read(*rows):
    return read_answers([HEAD, *rows], QUESTIONS)


def test_a_sheet_gives_what_each_person_told_by_label_code_and_standing():
    good, problems = read(
        (2, ("A1", "white", "", "")),
        (3, (102.0, 17.0, "Vision; Hearing", "yes")),
        (4, ("A3", "don't know", "", None)),
        (5, ("A4", "", "", "")),
    )
    assert problems == []
    assert [(one.key, one.consent) for one in good] == [("A1", False), ("102", True), ("A3", False)]
    assert good[0].told == (Told("race", Standing.ANSWERED, (1,)),)
    assert good[1].told == (
        Told("race", Standing.PREFER_NOT),
        Told("condition_effects", Standing.ANSWERED, (7, 8)),
    )
    assert good[2].told == (Told("race", Standing.UNKNOWN),)


def test_each_fault_names_its_row_and_column_and_never_what_the_cell_held():
    good, problems = read(
        (2, ("", "White", "", "")),
        (3, ("A1", "Martian", "", "")),
        (4, ("A1", "White", "", "")),
        (5, ("A2", date(2026, 1, 2), "", "")),
        (6, ("A3", "White", "", "perhaps")),
        (7, ("A4", "White; Asian or Asian British", "", "")),
        (8, ("=1+1", "<script>", "", "")),
    )
    assert good == []
    assert [(p.row, p.column) for p in problems] == [
        (2, "Reference"), (3, "Ethnicity"), (4, ""), (5, "Ethnicity"), (6, "Consent"), (7, "Ethnicity"),
        (8, "Ethnicity"),
    ]  # fmt: skip
    said = " ".join(p.why for p in problems)
    assert "Martian" not in said
    assert "script" not in said
    assert "stands in row 3 already" in problems[2].why
    assert "made a date of this" in problems[3].why


@pytest.mark.parametrize(
    ("head", "match"),
    [
        (("Name", "Ethnicity"), "must name the columns"),
        (("Reference", "Rent"), "No column is about anything that is asked"),
        (("Reference", "Religion"), "Religion or belief is not asked"),
        (("Reference", "Race", "Ethnicity"), "Two columns are about Race"),
    ],
)
def test_a_sheet_without_the_columns_that_are_needed_is_refused(head, match):
    with pytest.raises(Refused, match=match):
        read_answers([(1, head), (2, ("A1", "White"))], QUESTIONS)


@given(st.lists(st.tuples(st.text(max_size=6), st.text(max_size=12)), max_size=12))
def test_whatever_a_sheet_holds_each_row_is_good_a_problem_or_empty(cells):
    rows = [(number, (key, value, "", "")) for number, (key, value) in enumerate(cells, start=2)]
    good, problems = read(*rows)
    assert {one.row for one in good} & {p.row for p in problems} == set()
    assert {one.row for one in good} | {p.row for p in problems} <= set(range(2, len(rows) + 2))
