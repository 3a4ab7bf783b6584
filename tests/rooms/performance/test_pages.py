"""Measures, a workbook, where we stand, and the questions: as the people see them who may."""

from __future__ import annotations

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hearth.performance import queries as measures
from hearth.performance.models import Workbook
from tests.rooms.performance.conftest import book
from tests.rules.performance import books


@pytest.fixture
def page(client_as, user_with):
    """The pages as a keeper of measures sees them."""
    return client_as(user_with(roles=["housing_policy_officer"]))


def text(response):
    return " ".join(response.content.decode().split())


def test_a_workbook_is_loaded_on_the_page_and_says_how_far_it_is(page, run_jobs):
    file = SimpleUploadedFile("TSM_2026.xlsx", books.as_xlsx(book()))
    response = page.send("/performance/workbooks/load/", {"file": file}, follow=True)
    assert "It waits to be read" in text(response)
    run_jobs()
    shown = text(page.page(f"/performance/workbooks/{Workbook.objects.get().pk}/"))
    assert "It waits" not in shown
    assert "Typed as a fraction (1 figure)" in shown
    assert "A hundredth of the computed 2.743" in shown
    assert "Ember Homes" in shown
    assert "describe TP01" in shown
    columns = text(page.page(f"/performance/workbooks/{Workbook.objects.get().pk}/columns/"))
    assert "TP05 vs LCRA" in columns


def test_a_wrong_file_comes_back_with_what_to_do(page):
    response = page.send("/performance/workbooks/load/", {"file": SimpleUploadedFile("a.xlsx", b"no")})
    assert response.status_code == 422
    assert "This is not a spreadsheet that can be read" in text(response)


def test_a_landlord_finds_itself_and_says_so(page, load):
    load()
    assert "Say which landlord you are" in text(page.page("/performance/"))
    found = text(page.page("/performance/who-we-are/", query={"words": "brook"}))
    assert "Brook District Council" in found
    assert "Anvil" not in found
    response = page.send("/performance/who-we-are/?words=brook", {"code": "B2"}, follow=True)
    assert "You are Brook District Council (code B2)" in text(response)
    assert "called “nobody”" in text(page.page("/performance/who-we-are/", query={"words": "nobody"}))


@pytest.mark.requirement("PERF-12")
def test_where_we_stand_among_our_kind_with_source_and_year(page, own):
    shown = text(page.page("/performance/2025/"))
    assert "Where we stand, 2025-26" in shown
    assert "in the lowest quarter of 10 councils" in shown
    assert "Source: Regulator of Social Housing, Tenant Satisfaction Measures 2025-26" in shown
    assert "lower is better" in shown
    assert shown.count("<svg") >= 3
    everyone = text(page.page("/performance/2025/", query={"among": "all"}))
    assert "12 landlords" in everyone
    assert "landlords with fewer than 5,000 homes" in text(page.page("/performance/2025/", query={"among": "size"}))


@pytest.mark.requirement("PERF-17")
def test_a_measure_without_a_figure_is_listed(page, own):
    shown = text(page.page("/performance/2025/"))
    assert "Measures without a figure" in shown
    assert "NM01(1) Anti-social behaviour cases: not in the workbook" in shown


def test_our_place_is_a_file_that_opens_safely(page, own):
    body = page.page("/performance/2025/where-we-stand.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(body)))
    first = next(row for row in rows if row["Measure"] == "TP01" and row["Compared with"] == "Councils")
    assert (first["Year"], first["Published"], first["Numerator"]) == ("2025-26", "40.0", "40.0")
    assert first["Landlords"] == "10"
    from python_calamine import CalamineWorkbook

    body = page.page("/performance/2025/where-we-stand.xlsx").content
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(body)).get_sheet_by_index(0).to_python()
    assert sheet[0][:2] == ["Year", "Measure"]
    assert len(sheet) == len(rows) + 1


@pytest.mark.requirement("PERF-13")
def test_year_by_year_with_the_change(page, own, load):
    later = book(27)
    rows = later["TSM27_LCRA_Perception"]
    head = next(row for row in rows if "Landlord name" in row)
    very = [n for n, cell in enumerate(head) if "very satisfied with" in str(cell)]
    books.row_of(rows, "Brook District Council")[max(very)] = 60  # TP01's, whose caption TP05's carries too
    first = "Proportion of respondents who report that they are satisfied with"
    books.put(later, "LCRA", "Brook District Council", first, 100 * 80 / 140)
    load(27, body=books.as_xlsx(later))
    shown = text(page.page("/performance/2026/years/"))
    assert "2025\u201126" in shown
    assert "+17.1" in shown


def test_questions_take_a_commentary_and_what_our_page_says(page, own):
    shown = text(page.page("/performance/2025/questions/"))
    assert "These are questions, not findings of fault" in shown
    told = {"responses": "771", "minimum": "567", "where": "Our page"}
    response = page.send("/performance/2025/questions/page/", told, follow=True)
    shown = text(response)
    assert "for 5,640 households it is 543" in shown
    assert "TP01 Overall satisfaction" in shown
    response = page.send("/performance/2025/questions/TP01/", {"text": "We copied the guide's example."}, follow=True)
    assert "We copied the guide&#39;s example." in text(response)
    response = page.send("/performance/2025/questions/page/", {"responses": "771"}, follow=True)
    assert "it is 543" not in text(response)


def test_a_reader_sees_and_may_not_load(client_as, user_with, own):
    seen = client_as(user_with(roles=["auditor"]))
    assert "Load a workbook" not in text(seen.page("/performance/"))
    assert seen.page("/performance/2025/").status_code == 200
    for address in ("workbooks/load/", "who-we-are/", "2025/questions/page/", "2025/questions/TP01/"):
        assert seen.page(f"/performance/{address}").status_code == 403


@pytest.mark.parametrize("address", ["1999/", "2025/questions/ZZ99/", "workbooks/999999/", "1999/where-we-stand.csv"])
def test_what_is_not_there_is_not_found(page, own, address):
    assert page.page(f"/performance/{address}").status_code == 404


def test_pages_ask_the_database_a_fixed_number_of_times(page, own, queries, keeper):
    for address, most in (("", 12), ("2025/", 17), ("2025/questions/", 14), ("2025/years/", 11)):
        page.page(f"/performance/{address}")  # pictures are drawn once
        with queries(most):
            page.page(f"/performance/{address}")


def test_a_landlord_that_is_not_in_the_workbook_is_told(page, own, keeper, load):
    from hearth.performance.models import OwnCode

    OwnCode.objects.update(code="GONE", name="Gone Homes")
    assert "Gone Homes is not in this workbook" in text(page.page("/performance/2025/"))
    assert page.page("/performance/2025/where-we-stand.csv").status_code == 404
    assert measures.years("GONE", by=keeper) == {}
