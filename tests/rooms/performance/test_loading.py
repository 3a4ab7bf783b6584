"""A workbook is kept as it came, read once, loaded in steps, and replaced by a newer edition of its year."""

from __future__ import annotations

import pytest

from hearth.kernel.permits import Forbidden
from hearth.kernel.refusals import Refused
from hearth.performance import queries, services
from hearth.performance.models import Figure, OwnCode, Provider, Workbook
from tests.rooms.performance.conftest import book
from tests.rules.performance import books


@pytest.mark.requirement("PERF-13")
def test_a_workbook_is_kept_as_it_came_with_its_day(load):
    from hearth.documents import queries as documents

    body = books.as_xlsx(book())
    kept = load(body=body)
    assert (kept.state, kept.year, kept.version) == ("ready", 2025, "1.0")
    assert kept.done == kept.total == Figure.objects.count() > 0
    assert documents.body_of(kept.file) == body
    assert kept.loaded_at is not None
    assert Provider.objects.get(code="B2").surveys["LCRA"]["population"] == 5640


def test_the_same_file_twice_changes_nothing(load, run_jobs):
    body = books.as_xlsx(book())
    first = load(body=body)
    figures = set(Figure.objects.values_list("pk", flat=True))
    assert load(body=body, name="another name.xlsx") == first
    assert set(Figure.objects.values_list("pk", flat=True)) == figures
    assert run_jobs() == []
    assert Workbook.objects.count() == 1


def test_a_job_that_runs_twice_does_the_same(load, keeper):
    kept = load()
    before = Figure.objects.count()
    services.read_workbook(workbook_id=kept.pk, by=keeper)
    assert not services.keep_figures(workbook_id=kept.pk, start=0, at=kept.loaded_at, by=keeper)
    assert Figure.objects.count() == before


def test_figures_are_kept_in_steps_and_the_page_can_say_how_far(keeper, run_jobs, monkeypatch):
    from django.utils import timezone

    from hearth.performance.services import loading

    monkeypatch.setattr(loading, "STEP", 20)
    kept = services.load(name="a.xlsx", body=books.as_xlsx(book()), by=keeper)
    assert kept.state == "waiting"
    services.read_workbook(workbook_id=kept.pk, by=keeper)
    assert services.keep_figures(workbook_id=kept.pk, start=0, at=timezone.now(), by=keeper)
    kept.refresh_from_db()
    assert (kept.state, kept.done) == ("loading", 20)
    assert queries.latest(by=keeper) is None  # nobody sees half a year
    run_jobs()
    kept.refresh_from_db()
    assert kept.state == "ready"
    assert Figure.objects.count() == kept.total


def test_a_newer_edition_of_a_year_takes_its_place(load):
    first = load(26, "TSM_v1.0.xlsx")
    changed = book(26)
    books.put(changed, "LCRA", "Brook District Council", "Relevant tenant population", 5700)
    second = load(26, "TSM_v1.1.xlsx", books.as_xlsx(changed))
    first.refresh_from_db()
    assert (first.state, second.state) == ("replaced", "ready")
    assert not first.providers.exists()
    assert Provider.objects.get(code="B2").surveys["LCRA"]["population"] == 5700


def test_an_older_edition_does_not_take_the_place_of_a_newer(load):
    newer = load(26, "TSM_v1.1.xlsx")
    changed = book(26)
    books.put(changed, "LCRA", "Brook District Council", "Relevant tenant population", 5700)
    older = load(26, "TSM_v1.0.xlsx", books.as_xlsx(changed))
    newer.refresh_from_db()
    assert (newer.state, older.state) == ("ready", "failed")
    assert "Version 1.1 of 2025-26 is loaded already" in older.message


def test_what_turns_out_unreadable_says_so_and_can_be_given_again(load):
    wrong = book()
    for name in list(wrong):
        if "LCRA" in name:
            del wrong[name]
    body = books.as_xlsx(wrong)  # made once: a workbook carries the second in which it was made
    kept = load(body=body)
    assert kept.state == "failed"
    assert "TSM26_LCRA_Perception" in kept.message
    assert load(body=body) == kept


def test_what_is_no_workbook_is_refused_at_once_and_not_kept(keeper):
    from hearth.documents.models import StoredFile

    with pytest.raises(Refused, match="not a spreadsheet"):
        services.load(name="letter.xlsx", body=b"Dear tenant", by=keeper)
    with pytest.raises(Refused, match="not the regulator's workbook"):
        services.load(name="rents.xlsx", body=books.as_xlsx({"Rents": [["Home", "Rent"]]}), by=keeper)
    assert not StoredFile.objects.filter(purpose="performance.workbook").exists()


def test_only_who_keeps_measures_loads_and_only_who_sees_them_reads(load, reader, actor):
    with pytest.raises(Forbidden):
        load(by=reader)
    with pytest.raises(Forbidden):
        queries.workbooks(by=actor("councillor"))


def test_each_landlord_has_its_own_copy_behind_the_wall(load, own, within, other_landlord):
    with within(other_landlord):
        assert not Workbook.objects.exists()
        assert not Figure.objects.exists()
        assert not OwnCode.objects.exists()


def test_figures_read_back_are_those_of_the_workbook(own, keeper):
    from hearth.performance import rules

    again = rules.year_of(rules.analyse("a.xlsx", books.as_xlsx(book())).workbook, "B2")
    kept = queries.years("B2", by=keeper)[2025]
    assert {key: (one.published, one.numerator, one.denominator) for key, one in kept.figures.items()} == {
        key: (one.published, one.numerator, one.denominator) for key, one in again.figures.items()
    }
    assert kept.surveys == again.surveys
    assert kept.facts == again.facts


def test_who_we_are_must_be_in_a_loaded_workbook(own, keeper):
    with pytest.raises(Refused, match="Select a landlord"):
        services.say_who_we_are(code="ZZ", by=keeper)
    services.say_who_we_are(code="A1", by=keeper)
    assert [one.code for one in OwnCode.objects.all()] == ["A1"]
