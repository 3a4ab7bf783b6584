"""A survey firm's file, from its sending to its answers: kept, understood, checked, brought in once, taken back."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hearth.documents import queries as documents
from hearth.kernel.permits import Forbidden
from hearth.kernel.refusals import Refused
from hearth.surveys import queries, services
from hearth.surveys.models import FirmFile, Invitation, Response
from tests.factories import surveys as make
from tests.factories.surveys import SAT5

pytestmark = pytest.mark.django_db
CSV = b"overall,why,Method\nVery satisfied,Clean,Telephone\nFairly dissatisfied,,Online\n"


@pytest.fixture
def survey(inside: Any) -> Any:
    return make.survey(make.SMALL)


def sent(survey: Any, officer: Any, run_jobs: Any, body: bytes = CSV, name: str = "wave.csv") -> FirmFile:
    file = services.keep_firm_file(survey=survey, name=name, body=body, by=officer)
    run_jobs()
    return FirmFile.objects.get(pk=file.pk)


def brought_in(survey: Any, officer: Any, run_jobs: Any, body: bytes = CSV, name: str = "wave.csv") -> FirmFile:
    file = sent(survey, officer, run_jobs, body, name)
    services.set_mapping(file=file, columns=services.columns_of(file), by=officer)
    run_jobs()
    services.start_firm_file(file=FirmFile.objects.get(pk=file.pk), by=officer)
    run_jobs()
    return FirmFile.objects.get(pk=file.pk)


def test_a_file_comes_in_row_by_row_by_its_own_ways(survey: Any, officer: Any, run_jobs: Any) -> None:
    file = brought_in(survey, officer, run_jobs)
    assert (file.state, file.counts["done"]) == ("done", {"added": 2})
    kept = {one.mode: one.answers for one in Response.objects.filter(survey=survey)}
    assert kept == {"telephone": {"overall": "1", "why": "Clean"}, "web": {"overall": "4"}}
    assert documents.body_of(file.file) == CSV


def test_the_same_file_again_adds_nothing_and_a_job_done_twice_doubles_nothing(
    survey: Any, officer: Any, run_jobs: Any
) -> None:
    file = brought_in(survey, officer, run_jobs)
    again = sent(survey, officer, run_jobs)
    services.set_mapping(file=again, columns=services.columns_of(again), by=officer)
    run_jobs()
    again.refresh_from_db()
    assert again.counts == {"same": 2}
    with pytest.raises(Refused, match="No row of this file is new"):
        services.start_firm_file(file=again, by=officer)
    FirmFile.objects.filter(pk=file.pk).update(state="running")
    list(services.bring_in_steps(file_id=file.pk, by=officer))
    assert Response.objects.filter(survey=survey).count() == 2


def test_a_check_brings_nothing_in_and_names_what_is_wrong(survey: Any, officer: Any, run_jobs: Any) -> None:
    body = b"overall,Method\nVery satisfied,Telephone\nVery satisfied,Pigeon\n,Online\n"
    file = sent(survey, officer, run_jobs, body)
    services.set_mapping(file=file, columns=services.columns_of(file), by=officer)
    run_jobs()
    file.refresh_from_db()
    assert (file.state, file.rows, file.counts) == ("checked", 3, {"new": 1, "refused": 2})
    assert [(one["row"], one["column"]) for one in file.problems] == [(3, "Method"), (4, "")]
    assert not Response.objects.exists()


@pytest.mark.requirement("SUR-11")
def test_answers_are_matched_by_reference_only_and_a_household_counts_once(
    survey: Any, officer: Any, run_jobs: Any
) -> None:
    from django.utils import timezone

    from hearth.surveys.models import Handover

    Handover.objects.create(survey=survey, at=timezone.now(), agreement="Signed", rows=2)
    one, code = make.invitation(survey)
    other, other_code = make.invitation(survey)
    make.respond(survey, make.GOOD, invitation=other)
    body = (
        f"Reference,overall,Method\n{code},Very satisfied,Telephone\n{other_code},Very satisfied,Telephone\n"
        "ZZZZ-ZZZZ-ZZZZ,Very satisfied,Telephone\n"
    ).encode()
    file = brought_in(survey, officer, run_jobs, body)
    assert file.counts["done"] == {"added": 1, "set_aside": 1, "refused": 1}
    assert "not given to the firm" in file.problems[0]["reason"]
    assert Response.objects.get(invitation=one, standing="complete").mode == "telephone"
    assert Invitation.objects.get(pk=one.pk).state == "answered"
    plain = sent(survey, officer, run_jobs)
    with pytest.raises(Refused, match="reference"):
        services.set_mapping(file=plain, columns=services.columns_of(plain), by=officer)


def sav(tmp_path: Path) -> bytes:
    polars, pyreadstat = pytest.importorskip("polars"), pytest.importorskip("pyreadstat")
    labels = {5.0 - place: words for place, words in enumerate(SAT5)}  # this firm writes 5 for the best
    frame = polars.DataFrame({"overall": [5.0, 1.0, None], "why": ["Clean", "", "Late"]})
    pyreadstat.write_sav(frame, str(tmp_path / "x.sav"), variable_value_labels={"overall": labels})
    return (tmp_path / "x.sav").read_bytes()


def test_an_spss_file_says_itself_what_its_codes_mean(survey: Any, officer: Any, run_jobs: Any, tmp_path: Path) -> None:
    file = brought_in(survey, officer, run_jobs, sav(tmp_path), "wave.sav")
    assert file.counts["done"] == {"added": 3}
    assert sorted(str(one.answers.get("overall")) for one in Response.objects.all()) == ["1", "5", "None"]


def test_a_workbook_is_read_and_its_formulas_are_refused(survey: Any, officer: Any, run_jobs: Any) -> None:
    from xlsxwriter import Workbook

    out = io.BytesIO()
    with Workbook(out) as book:
        sheet = book.add_worksheet("Data")
        sheet.write_row(0, 0, ["overall", "why"])
        sheet.write_row(1, 0, [SAT5[0], "Clean"])
        sheet.write(2, 0, SAT5[1])
        sheet.write_formula(2, 1, "=1+1")
    file = brought_in(survey, officer, run_jobs, out.getvalue(), "wave.xlsx")
    assert file.counts["done"] == {"added": 1, "refused": 1}
    assert "formula" in file.problems[0]["reason"]


@pytest.mark.parametrize(
    ("body", "name", "words"),
    [
        (b"PK\x03\x04rubbish", "x.xlsx", "spreadsheet"),
        (b"$FL2 rubbish", "x.sav", "SPSS"),
        (b"a,a\n1,2\n", "x.csv", "Two columns"),
        (b"\n\n", "x.csv", "empty"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_is_kept(
    survey: Any, officer: Any, run_jobs: Any, body: bytes, name: str, words: str
) -> None:
    file = sent(survey, officer, run_jobs, body, name)
    assert file.state == "failed"
    assert words in file.error
    assert documents.body_of(file.file) == body


def test_a_file_taken_back_is_set_aside_and_not_lost(survey: Any, officer: Any, run_jobs: Any) -> None:
    file = brought_in(survey, officer, run_jobs)
    with pytest.raises(Refused, match="why"):
        services.take_back_firm_file(file=file, reason=" ", by=officer)
    assert services.take_back_firm_file(file=file, reason="The wrong wave", by=officer) == 2
    assert set(Response.objects.values_list("standing", flat=True)) == {"set_aside"}


def test_a_firm_sends_files_and_does_nothing_else(survey: Any, officer: Any, run_jobs: Any, actor: Any) -> None:
    firm = actor("survey_firm")
    file = sent(survey, firm, run_jobs)
    for deed in (
        lambda: services.set_mapping(file=file, columns=services.columns_of(file), by=firm),
        lambda: services.start_firm_file(file=file, by=firm),
        lambda: services.take_back_firm_file(file=file, reason="x", by=firm),
    ):
        with pytest.raises(Forbidden):
            deed()


def test_in_the_browser_from_the_file_to_the_answers(
    survey: Any, client_as: Any, user_with: Any, run_jobs: Any
) -> None:
    page = client_as(user_with(roles=["resident_involvement_officer"]))
    body = b"overall,Method\n1,Telephone\n5,Online\n"
    page.send("surveys:send_firm_file", {"file": SimpleUploadedFile("wave.csv", body)}, pk=survey.pk)
    run_jobs()
    file = FirmFile.objects.get()
    where = {"pk": survey.pk, "file": file.pk}
    assert "Look at the values of overall" in page.page("surveys:firm_file", **where).content.decode()
    done = page.send("surveys:firm_columns", {"column_0": "question:overall", "column_1": "mode"}, follow=True, **where)
    assert "overall: “5”" in done.content.decode()
    wrong = page.send("surveys:firm_values", {"value_0_0": "5"}, **where)
    assert wrong.status_code == 422
    page.send("surveys:firm_values", {"value_0_0": "5", "value_0_1": "1"}, **where)
    run_jobs()
    assert "New: will be brought in" in page.page("surveys:firm_file", **where).content.decode()
    page.send("surveys:start_firm_file", {}, **where)
    run_jobs()
    assert "Brought in" in page.page("surveys:firm_file", **where).content.decode()
    assert {one.mode: one.answers["overall"] for one in Response.objects.all()} == {"telephone": "5", "web": "1"}
    assert queries.progress(survey).responses == 2
