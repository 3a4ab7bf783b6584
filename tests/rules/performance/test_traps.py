"""Traps that returns have fallen into come back as questions; sound returns raise none."""

from dataclasses import replace

import pytest

from hearth.performance.rules import Figure, Printed, Tenure, Year, bands_of, warnings
from hearth.performance.rules.recompute import Family, Survey

SURVEY = Survey(
    provider="A1", tenure=Tenure.LCRA, population=5673, responses=1000, required=543, margin=2.8, excluded=0,
    census=False, by_method={"Telephone": 600, "Internet": 400}, tp01_by_method={"Telephone": 71.0, "Internet": 69.0},
    by_method_weighted=False, weighted=False, characteristics=(), counts=(400.0, 302.0, 100.0, 100.0, 98.0),
    unweighted=(), unweighted_percent=None,
)  # fmt: skip


def figure(code, numerator, denominator, tenure=Tenure.ALL, per=100):
    computed = per * numerator / denominator
    return Figure("A1", tenure, code, Family.MANAGEMENT, computed, None, numerator, denominator, computed)


def year(start=2024, *figures, survey=SURVEY, **facts):
    sound = [
        figure("BS01", 5400, 5450),
        figure("BS02", 1500, 1500),
        figure("BS05", 909, 909),
        figure("NM01(1)", 24, 5673, per=1000),
        figure("RP02(1)", 900, 1000),
        figure("RP02(2)", 90, 100),
    ]
    told = {(one.quantity, one.tenure): one for one in (*sound, *figures)}
    return Year(start, told, {survey.tenure: survey}, facts)


def by_method(telephone, internet):
    return replace(SURVEY, tp01_by_method={"Telephone": telephone, "Internet": internet})


FEW = (200.0, 150.0, 50.0, 50.0, 49.0)


def codes(now, before=None, **more):
    return [one.code for one in warnings(now, before, bands=bands_of(now.year), **more)]


EXTENSIONS = {"CH02(1) without extension LCRA": 105, "CH02(1) with extension LCRA": 10}
REPAIRS = {"repairs raised": 1200, "repairs completed": 1100, "repairs closed otherwise": 60, "repairs outstanding": 40}


def test_a_sound_return_raises_no_question():
    assert codes(year(**REPAIRS), year(2023)) == []


@pytest.mark.parametrize(
    ("now", "before", "code", "words"),
    [
        (year(2024, figure("BS02", 71, 71)), year(2023), "M01", "fell by 95%"),
        (year(2024, figure("BS01", 5673, 5673)), None, "M02", "all homes there are"),
        (year(2024, figure("BS05", 910, 909)), None, "M03", "more homes or cases"),
        (year(2024, figure("CH02(1)", 122, 128, Tenure.LCRA), **EXTENSIONS), None, "M04", "115, not 122"),
        (year(**{**REPAIRS, "repairs raised": 1100}), None, "M05", "As many repairs were completed"),
        (year(**{**REPAIRS, "repairs completed": 1101, "repairs raised": 1201}), None, "M06", "come to 1,100"),
        (year(survey=replace(SURVEY, responses=500, by_method={}, counts=FEW)), None, "M07", "543 are needed"),
        (year(survey=replace(SURVEY, responses=999, counts=FEW)), None, "M08", "come to 1,000, not 999"),
        (year(survey=replace(SURVEY, counts=(900.0, 302.0, 1.0, 1.0, 1.0), tp01_by_method={})), None, "M09", "1,205"),
        (year(survey=replace(SURVEY, weighted=True, characteristics=("Stock type",), unweighted=SURVEY.counts)), None,
         "M10", "identical"),
        (year(survey=by_method(77.9, 79.3)), None, "M11", "above the overall"),
        (year(survey=by_method(75.8, 65.6)), None, "M12", "10.2 points"),
        (year(2024, figure("NM01(1)", 147, 5640, per=1000)), year(2023), "M13", "commentary"),
        (year(), year(2023, survey=replace(SURVEY, by_method={"Internet": 1000})), "M14", "come from the method"),
    ],
)  # fmt: skip
def test_each_trap_is_said_once_and_no_other(now, before, code, words):
    found = warnings(now, before, bands=bands_of(2024))
    assert [one.code for one in found] == [code]
    assert words in found[0].message


def test_a_page_is_held_against_the_return():
    printed = [Printed("responses", 1226), Printed("minimum", 567), Printed("excluded", 7), Printed("stage one", 26)]
    now = year(2024, figure("CH01(1)", 20, 5673, Tenure.LCRA, per=1000))
    found = warnings(now, bands=bands_of(2024), printed=printed)
    assert [one.code for one in found] == ["M15", "M16", "M15", "M15"]
    assert "it is 543" in found[1].message
    assert "9,999 households, the top of the band" in found[1].message
    assert "leaseholders" in found[3].message
    right = [Printed("responses", 1000), Printed("minimum", 543), Printed("excluded", 0), Printed("stage one", 20)]
    assert codes(now, printed=right) == []


def test_a_census_of_a_small_landlord_is_enough():
    small = replace(SURVEY, population=1000, responses=200, by_method={}, census=True)
    (found,) = warnings(year(survey=replace(small, counts=(80.0, 60.0, 20.0, 20.0, 20.0))), bands=bands_of(2024))
    assert (found.code, found.level.value) == ("M07", "inform")


def test_weights_rounded_to_a_tenth_raise_no_question():
    weighted = replace(SURVEY, weighted=True, counts=(392.9, 318.6, 108.0, 52.1, 94.5), unweighted=(411.0, 316.0, 105.0, 50.0, 85.0), tp01_by_method={})  # noqa: E501  # fmt: skip
    assert codes(year(survey=weighted)) == []
