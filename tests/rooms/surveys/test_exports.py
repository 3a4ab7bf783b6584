"""Files of results: whole, labelled, and without anybody's identity."""

from __future__ import annotations

import csv
import io
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from hearth.kernel.permits import Forbidden
from hearth.surveys import queries, services
from hearth.surveys.models import Response
from tests.factories import responses as many
from tests.factories import surveys as make

pytestmark = pytest.mark.django_db
LEAST = 10


@pytest.fixture
def survey(inside: Any, officer: Any) -> Any:
    """A closed survey of the measures, 300 answers, weighted by age."""
    asked = queries.ready_instrument("tsm-2023", landlord="Thornbridge", stock="lcra")
    made = make.survey(asked, sort="tsm", locked_set="tsm-2023", stock="lcra", draw="census", slug="tsm-26")
    many.answer(made, many.population(made, 1_000)[:300])
    made.state = "closed"
    made.save()
    services.set_weighting(
        survey=made, method="raking", characteristics=["age"], why="x", at=timezone.now(), by=officer
    )
    return made


def file(survey: Any, what: str, kind: str, by: Any) -> bytes:
    made = services.export(survey=survey, what=what, kind=kind, at=timezone.now(), by=by)
    assert made is not None
    return made.body


def table(body: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"))))


def test_every_answer_is_there_once_with_its_weight(survey: Any, officer: Any) -> None:
    rows = table(file(survey, "answers", "csv", officer))
    assert len(rows) == 300
    said = Counter(Response.objects.values_list("answers__TP01", flat=True))
    told = Counter(row["TP01"] for row in rows)
    assert {code: told[code] for code in "54321"} == {code: said[code] for code in "54321"}
    assert told["-9"] == said[None]
    assert sum(float(row["weight"]) for row in rows) == pytest.approx(1_000)
    not_asked = Counter(row["TP02"] for row in rows)["-8"]
    had_none = [one.get("TP02F") != "yes" for one in Response.objects.values_list("answers", flat=True)]
    assert not_asked == sum(had_none)


@pytest.mark.requirement("SEC-12")
def test_nothing_in_the_file_says_whose_answer_a_row_is(survey: Any, officer: Any) -> None:
    body = file(survey, "answers", "csv", officer).decode("utf-8-sig")
    rows = table(body.encode("utf-8-sig"))
    for name in ("nonce", "invitation", "given_at", "SUGGESTION", "household"):
        assert name not in rows[0]
    for response in Response.objects.all()[:50]:
        assert str(response.pk) not in body
        assert response.nonce not in body.split("\n")[0]
    assert "Mr Oakley" not in body
    order = [row["TP01"] for row in rows]
    assert order != [row["TP01"] for row in table(file(survey, "answers", "csv", officer))]


def test_traits_and_answers_about_oneself_are_told_only_where_enough_share_them(survey: Any, officer: Any) -> None:
    rows = table(file(survey, "answers", "csv", officer))
    about = [name for name in rows[0] if name.startswith("EQ_")]
    traits = ["stock_type", "age", "length_of_tenancy", "area", *about]
    shared = Counter(tuple(row[name] for name in traits) for row in rows)
    assert min(shared.values()) >= LEAST
    assert len(shared) > 3
    weights: dict[tuple[str, ...], set[str]] = {}
    for row in rows:
        weights.setdefault(tuple(row[name] for name in traits), set()).add(row["weight"])
    assert all(len(found) == 1 for found in weights.values())  # a weight of its own would tell what is left out


def test_the_codebook_says_what_every_column_and_code_means(survey: Any, officer: Any) -> None:
    book = table(file(survey, "codebook", "csv", officer))
    rows = table(file(survey, "answers", "csv", officer))
    assert {line["Column"] for line in book} == set(rows[0])
    labels = {(line["Column"], line["Code"]): line for line in book}
    assert labels["TP01", "5"]["Label"] == "Very satisfied"
    assert labels["TP05", "91"]["No answer"] == "Yes"
    for row in rows[:50]:
        for name, value in row.items():
            if name not in ("response", "weight"):
                assert (name, value) in labels, (name, value)


def test_an_spss_file_has_labels_value_labels_and_missing_values(survey: Any, officer: Any, tmp_path: Path) -> None:
    import pyreadstat

    path = tmp_path / "answers.sav"
    path.write_bytes(file(survey, "answers", "sav", officer))
    frame, meta = pyreadstat.read_sav(str(path), user_missing=True, output_format="dict")
    assert len(frame["TP01"]) == 300
    assert meta.column_names_to_labels["TP01"].startswith("Taking everything into account")
    assert meta.variable_value_labels["TP01"][5.0] == "Very satisfied"
    assert {one["lo"] for one in meta.missing_ranges["TP01"]} == {-9.0, -8.0, 91.0}
    assert {(one["lo"], one["hi"]) for one in meta.missing_ranges["EQ_SEX"]} == {(-9.0, -7.0), (91.0, 91.0)}
    assert sum(frame["weight"]) == pytest.approx(1_000)


def test_workbooks_hold_answers_and_codebook(survey: Any, officer: Any) -> None:
    from python_calamine import CalamineWorkbook

    for kind in ("xlsx", "ods"):
        book = CalamineWorkbook.from_filelike(io.BytesIO(file(survey, "answers", kind, officer)))
        assert book.sheet_names == ["Answers", "Codebook"]
        rows = book.get_sheet_by_name("Answers").to_python()
        assert len(rows) == 301
        assert rows[0][0] == "response"


def test_words_of_a_survey_never_become_a_formula(survey: Any, officer: Any, inside: Any) -> None:
    version = survey.versions.get()
    content = version.content
    content["sections"][0]["questions"][0]["options"][0]["words"] = {"en": "=1+1"}
    version.content, version.digest = content, "another"
    version.save()
    services.compute(survey=survey, at=timezone.now(), by=officer)
    assert "'=1+1" in file(survey, "tables", "csv", officer).decode()
    with zipfile.ZipFile(io.BytesIO(file(survey, "tables", "xlsx", officer))) as book:
        assert "<f>" not in book.read("xl/worksheets/sheet1.xml").decode()
    with zipfile.ZipFile(io.BytesIO(file(survey, "tables", "ods", officer))) as book:
        assert "formula" not in book.read("content.xml").decode()


def test_tables_are_for_whoever_sees_results_and_hide_small_numbers(survey: Any, officer: Any, actor: Any) -> None:
    reader = actor("auditor")
    rows = table(file(survey, "tables", "csv", reader))
    assert rows[0]["Question"] == "TP01"
    exact = queries.newest_result(survey).exact["parts"][0]["questions"]
    religion = next(one for one in exact if one["code"] == "EQ_RELIGION")
    for option in religion["options"]:
        if 0 < option["n"] < LEAST:
            line = next(row for row in rows if row["Question"] == "EQ_RELIGION"
                        and row["Group or answer"] == option["words"])  # fmt: skip
            assert not line["Per cent"].replace(".", "").isdigit()
    for what in ("answers", "codebook"):
        with pytest.raises(Forbidden):
            services.export(survey=survey, what=what, kind="csv", at=timezone.now(), by=reader)


def test_a_file_that_there_is_not_is_not_found(survey: Any, officer: Any, user_with: Any, client_as: Any) -> None:
    assert services.export(survey=survey, what="answers", kind="exe", at=timezone.now(), by=officer) is None
    client = client_as(user_with(roles=["resident_involvement_officer"]))
    assert client.page(f"/surveys/{survey.pk}/results/download/answers.exe").status_code == 404
    page = client.page(f"/surveys/{survey.pk}/results/download/answers.sav")
    assert page["Content-Type"] == "application/x-spss-sav"
    assert page["Content-Disposition"] == 'attachment; filename="tsm-26-answers.sav"'


def test_who_took_what_is_written_down(survey: Any, officer: Any) -> None:
    from hearth.audit.models import Event

    file(survey, "answers", "csv", officer)
    assert Event.objects.get(deed="surveys.exported").detail == {"what": "answers", "kind": "csv"}
