"""The regulator's two published workbooks: every landlord in them, and the two councils to the last figure."""

import json

import pytest

from hearth.performance.rules import Tenure, Verdict, analyse, bands_of, measure_of, quartiles, warnings, year_of

FILES = {2023: "RSH_2024_TSM_Full_Data_v1.1_FINAL.xlsx", 2024: "RSH_2025_TSM_Full_Data_v1.0_FINAL.xlsx"}
pytestmark = pytest.mark.requirement("SUR-20")


@pytest.fixture(scope="module")
def books(shared):
    found = {}
    for year, name in FILES.items():
        path = shared / "data" / name
        if not path.exists():
            pytest.skip("The regulator's workbooks are not here.")
        found[year] = analyse(name, path.read_bytes())
    return found


@pytest.fixture(scope="module")
def golden(shared):
    return json.loads((shared / "data" / "tsm_golden.json").read_text(encoding="utf-8"))


TP = [f"TP{n:02}" for n in range(1, 13)]
LCHO = [code for code in TP if code not in ("TP02", "TP03", "TP04")]


def test_both_years_are_read_by_their_own_dictionary(books):
    for year, landlords in ((2023, (355, 56, 2, 358)), (2024, (353, 59, 2, 359))):
        workbook = books[year].workbook
        assert workbook.year == year
        tenures = (Tenure.LCRA, Tenure.LCHO, Tenure.COMBINED, None)
        assert tuple(len(list(workbook.of(tenure))) for tenure in tenures) == landlords
        assert len(workbook.providers) == 360
        assert not any("has no column" in remark or "does not know" in remark for remark in workbook.remarks)
        shifted = [remark for remark in workbook.remarks if "describe" in remark]
        assert len(shifted) == 6  # TP05 and TP06, on three sheets
    assert sum("the field is named Repairs" in remark for remark in books[2024].workbook.remarks) == 2


def test_all_perception_figures_of_renting_tenants_agree_in_2023_24(books):
    tally = books[2023].tally
    assert {code: tally["LCRA", code].agreed for code in TP} == dict.fromkeys(TP, 355)
    assert tally["LCRA", "required sample"].agreed == 355
    assert tally["LCRA", "margin"].agreed == 354
    assert {code: tally["COMB", code].agreed for code in TP} == dict.fromkeys(TP, 2)


def test_everything_agrees_in_2024_25(books):
    assert books[2024].differing() == ()
    tally = books[2024].tally
    for code in TP:
        assert tally["LCRA", code].agreed == (352 if code in ("TP09", "TP10") else 353)
    for code in (*LCHO, "required sample", "margin"):
        assert tally["LCHO", code].agreed == 59
    for quantity in ("required sample", "margin"):
        assert tally["LCRA", quantity].agreed == 353
        assert tally["COMB", quantity].agreed == 2


def test_what_does_not_agree_is_explained_without_exception(books):
    done = books[2023]
    kinds: dict[str, set[tuple[str, str, str]]] = {}
    for one in done.differing():
        told = (done.name(one.figure.provider).split()[0], one.figure.tenure.value, one.figure.quantity)
        kinds.setdefault(one.kind, set()).add(told)
    assert kinds.pop("hundredth") == {("Octavia", "LCRA", "margin")}
    assert kinds.pop("swapped") == {
        (name, "LCHO", quantity) for name in ("Sparrow", "Heylo") for quantity in ("required sample", "margin")
    }
    rounded = kinds.pop("rounded counts")
    assert {tenure for _, tenure, _ in rounded} == {"LCHO"}
    assert len(rounded) == 7 * len(LCHO)  # seven landlords' sums of weights are printed as whole numbers there
    assert not kinds


def test_those_left_out_are_named_with_the_regulators_reason(books):
    left_out = [(one.name.split()[0], one.perception) for one in books[2024].workbook.left_out]
    assert left_out == [("Cannock", True), ("Stoke", True), ("Tandridge", False)]
    assert len(books[2023].workbook.left_out) == 7
    assert all(one.reason for year in books.values() for one in year.workbook.left_out)


@pytest.mark.parametrize("who", ["Dartford 2023-24", "Dartford 2024-25", "Gravesham 2023-24", "Gravesham 2024-25"])
def test_the_two_councils_come_out_to_the_last_figure(books, golden, who):
    told = golden[who]
    year = int(told["year"][:4])
    mine = year_of(books[year].workbook, told["code"])
    survey = mine.surveys[Tenure.LCRA]
    assert (survey.population, survey.responses, survey.excluded) == (
        told["population"], told["responses"], told["excluded"]
    )  # fmt: skip
    assert survey.required == pytest.approx(told["required_min_sample"], abs=1e-3)
    assert survey.margin == pytest.approx(told["moe_pct"], abs=1e-5)
    assert survey.census == (told["census_or_sample"] == "Census")
    assert survey.weighted == (told["weighted"] == "Yes")
    for code, one in told["tp"].items():
        figure = mine.figures[code, Tenure.LCRA]
        assert figure.denominator == pytest.approx(sum(one["counts"]))
        assert figure.published == pytest.approx(one["pct"], abs=1e-6)
        assert figure.computed == pytest.approx(one["recalc"], abs=5e-5)
    for name, one in told["mi"].items():
        if not isinstance(one, dict):
            continue
        parts = name.split()
        code = parts[0] + (f"({parts[1]})" if len(parts) > 1 else "")
        figure = mine.figures[code, Tenure(parts[2]) if len(parts) > 2 else Tenure.ALL]
        assert (figure.numerator, figure.denominator) == (one["num"], one["den"])
        assert figure.published == pytest.approx(one["value"], abs=1e-6)
        assert figure.computed == pytest.approx(one["recalc"], abs=5e-5)


# Reference section 5, to half of its last decimal: measure and tenure, all of both years, councils of both years.
QUARTILES = """
TP01 LCRA|63.7 71.3 78.4 355|64.7 71.8 78.9 353|61.6 68.2 75.9 158|61.1 68.5 74.8 158
TP02 LCRA|65.7 72.3 78.7 355|66.8 73.6 79.6 353|63.3 70.5 77.7 158|66.0 71.8 77.9 158
TP03 LCRA|61.1 67.4 75.3 355|63.0 69.5 76.5 353|59.0 66.1 74.2 158|62.8 67.5 75.6 158
TP04 LCRA|64.4 70.8 77.6 355|65.5 71.9 77.8 353|61.1 66.9 75.0 158|61.5 68.0 74.3 158
TP05 LCRA|70.5 76.7 82.5 355|71.8 77.6 82.9 353|68.1 73.5 79.9 158|68.8 74.3 79.9 158
TP06 LCRA|52.3 60.4 67.9 355|54.1 61.6 69.3 353|49.2 55.8 63.7 158|50.2 57.2 64.7 158
TP07 LCRA|63.8 70.3 75.9 355|65.9 72.0 77.3 353|60.2 67.0 72.6 158|61.6 69.1 74.3 158
TP08 LCRA|70.8 76.8 82.8 355|72.6 77.9 83.9 353|67.2 73.5 78.6 158|68.8 74.8 80.3 158
TP09 LCRA|27.5 34.5 41.1 355|29.6 35.5 42.1 352|24.7 29.1 36.2 158|26.1 31.2 36.8 158
TP10 LCRA|58.2 65.1 71.7 355|60.7 66.7 72.8 352|55.3 63.1 69.9 158|57.2 63.0 69.6 158
TP11 LCRA|55.1 63.1 70.4 355|57.7 64.6 71.7 353|51.9 59.5 68.1 158|55.0 62.0 67.9 158
TP12 LCRA|51.3 57.8 64.8 355|54.7 59.5 66.4 353|47.6 54.0 60.5 158|50.8 57.2 61.4 158
RP01 ALL|0.0 0.5 3.4 349|0.0 0.5 3.1 355|1.4 3.6 8.9 150|1.1 3.1 6.7 158
RP02(1) ALL|71.4 81.5 89.5 352|74.8 82.4 89.1 354|73.5 82.6 90.7 154|75.7 84.0 90.8 158
RP02(2) ALL|88.2 95.3 98.7 353|89.1 94.9 98.9 355|87.8 95.1 98.7 155|88.0 94.9 98.9 159
BS01 ALL|99.7 99.9 100.0 358|99.8 100.0 100.0 359|99.6 99.9 100.0 157|99.8 99.9 100.0 159
BS02 ALL|99.8 100.0 100.0 357|99.9 100.0 100.0 357|99.1 100.0 100.0 156|99.9 100.0 100.0 157
BS03 ALL|99.3 100.0 100.0 351|99.9 100.0 100.0 352|99.0 100.0 100.0 155|100.0 100.0 100.0 158
BS04 ALL|99.8 100.0 100.0 354|100.0 100.0 100.0 356|99.7 100.0 100.0 155|100.0 100.0 100.0 158
BS05 ALL|98.3 100.0 100.0 349|99.5 100.0 100.0 351|100.0 100.0 100.0 153|100.0 100.0 100.0 156
NM01(1) ALL|20.7 35.5 56.5 358|22.4 36.0 57.6 359|21.0 35.3 60.0 157|23.0 37.4 61.6 159
NM01(2) ALL|0.2 0.6 1.2 352|0.2 0.7 1.2 359|0.2 0.6 1.4 155|0.2 0.6 1.2 159
CH01(1) LCRA|24.4 42.5 65.1 354|34.3 53.9 72.6 354|21.6 37.5 55.7 157|28.6 44.9 64.6 159
CH01(2) LCRA|3.1 5.6 9.9 353|5.2 8.3 13.6 354|2.7 5.0 9.4 156|4.8 7.6 11.6 159
CH02(1) LCRA|64.6 82.3 92.9 353|72.6 89.9 96.7 353|55.0 76.6 89.0 156|64.2 81.5 93.9 158
CH02(2) LCRA|63.7 83.3 97.7 350|70.0 88.9 100.0 354|56.5 79.8 95.2 154|57.8 82.6 97.8 159
TP01 LCHO|36.9 49.5 58.0 56|41.0 47.9 58.4 59||
TP05 LCHO|59.7 70.6 77.1 56|60.0 72.5 78.1 59||
TP06 LCHO|27.4 37.3 43.6 56|30.2 38.4 45.0 59||
TP07 LCHO|47.1 53.3 61.4 56|51.2 55.8 63.8 59||
TP08 LCHO|49.4 59.1 66.5 56|52.2 60.0 67.8 59||
TP09 LCHO|14.5 19.2 24.8 56|16.5 23.4 29.4 59||
TP10 LCHO|39.6 46.2 51.3 56|40.0 46.8 52.8 59||
TP11 LCHO|30.6 39.1 46.3 56|34.5 40.8 46.3 59||
TP12 LCHO|29.2 37.1 43.2 56|32.3 38.0 45.5 59||
""".strip().splitlines()


@pytest.mark.parametrize("line", QUARTILES)
def test_the_quartiles_are_those_of_the_reference(books, line):
    name, *columns = line.split("|")
    code, tenure = name.split()
    for told, year, councils in zip(columns, (2023, 2024, 2023, 2024), (False, False, True, True), strict=True):
        if not told:
            continue
        *figures, n = told.split()
        values = books[year].values(code, Tenure(tenure))
        kept = [v for who, v in values.items() if not councils or books[year].workbook.providers[who].council]
        found = quartiles(kept)
        assert found.n == int(n), (year, councils)
        for mine, theirs in zip((found.low, found.median, found.high), figures, strict=True):
            assert abs(mine - float(theirs)) <= 0.05 + 1e-9, (year, councils)


def test_the_traps_of_the_two_councils_are_said(books):
    def codes(code, year):
        before = year_of(books[year - 1].workbook, code) if year - 1 in books else None
        found = warnings(year_of(books[year].workbook, code), before, bands=bands_of(year))
        return {(one.code, one.part) for one in found}

    assert {("M10", "TP01"), ("M11", "TP01")} <= codes("29UG", 2023)
    assert {("M01", "BS02"), ("M01", "BS05"), ("M05", "RP02(1)"), ("M13", "NM01(1)")} <= codes("29UG", 2024)
    assert ("M02", "BS01") in codes("29UD", 2023)
    assert {("M02", "BS01"), ("M13", "NM01(1)"), ("M12", "TP01")} <= codes("29UD", 2024)
    assert not any(code == "M05" for code, _ in codes("29UD", 2024))  # its repairs add up


def test_where_the_file_hides_a_figure_it_is_not_compared(books):
    by_reason = books[2024].tally["LCRA", "TP09"].not_compared
    assert by_reason == {"taken out by the regulator": 1}
    apart = [one.figure.value for one in books[2024].checked if one.verdict == Verdict.NOT_COMPARED]
    assert set(apart) == {None}
    assert measure_of("RP01").better == "lower"
