"""`hearth surveys weigh` as an analyst meets it: without Django, without a database, and with clear errors."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

ROOT = Path(__file__).parents[3]
RESPONSES = "id,age,sex,q01,q02\n" + "".join(
    f"r{at},{age},{sex},{answer},{5 if at % 3 else ''}\n"
    for at, (age, sex, answer) in enumerate(
        [("16-34", "Female", 5), ("16-34", "Male", 1), ("35+", "Female", 4), ("35+", "Male", 2)] * 30
    )
)
MARGINS = "variable,category,population\nage,16-34,400\nage,35+,800\nsex,Female,700\nsex,Male,500\n"
CELLS = "age,sex,population\n16-34,Female,250\n16-34,Male,150\n35+,Female,450\n35+,Male,350\n"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "responses.csv").write_text(RESPONSES, encoding="utf-8")
    (tmp_path / "margins.csv").write_text(MARGINS, encoding="utf-8")
    (tmp_path / "cells.csv").write_text(CELLS, encoding="utf-8")
    return tmp_path


def hearth(*words: str | Path) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, with no database to reach."""
    return subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "surveys", "weigh", *map(str, words)],
        env={"PATH": "/usr/bin:/bin", "DATABASE_URL": "postgres://nobody@127.0.0.1:1/nothing"},
        capture_output=True,
        text=True,
        check=False,
    )


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_a_file_of_weights_meets_the_margins_without_a_database(files: Path) -> None:
    done = hearth(files / "responses.csv", files / "margins.csv", "--out", files / "weights.csv")
    assert done.returncode == 0, done.stderr
    assert "120 responses were raked by age and sex, to a population of 1,200." in done.stdout
    found = rows(files / "weights.csv")
    assert [row["id"] for row in found] == [f"r{at}" for at in range(120)]
    young = [float(row["w_rake"]) for at, row in enumerate(found) if at % 4 < 2]
    assert sum(young) == pytest.approx(400)


def test_django_is_not_even_started(files: Path) -> None:
    code = (
        "import runpy, sys\n"
        "sys.modules['django'] = None\n"
        "sys.argv = ['manage.py', 'surveys', 'weigh', *sys.argv[1:]]\n"
        f"runpy.run_path({str(ROOT / 'manage.py')!r}, run_name='__main__')\n"
    )
    words = [str(files / "responses.csv"), str(files / "margins.csv")]
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_every_weight_and_estimate_of_the_golden_files_comes_out(shared: Path, tmp_path: Path) -> None:
    golden = shared / "data" / "golden"
    out = {name: tmp_path / f"{name}.csv" for name in ("out", "estimates", "groups", "distribution")}
    done = hearth(
        golden / "small_responses.csv", golden / "small_margins.csv",
        "--poststrata", golden / "small_poststrata_age_sex.csv", "--linear",
        *(word for name, path in out.items() for word in (f"--{name}", path)),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert_same(rows(out["out"]), rows(golden / "small_weights_R.csv"))
    assert_same(rows(out["estimates"]), rows(golden / "small_estimates_R.csv"))
    assert_same(rows(out["distribution"])[:5], rows(golden / "small_q01_distribution_R.csv"))
    theirs = rows(golden / "small_q01_by_group_R.csv")
    assert_same([{key: row[key] for key in theirs[0]} for row in rows(out["groups"])[: len(theirs)]], theirs)


def assert_same(ours: list[dict[str, str]], theirs: list[dict[str, str]]) -> None:
    assert len(ours) == len(theirs)
    for mine, other in zip(ours, theirs, strict=True):
        assert list(mine) == list(other)
        for key, value in other.items():
            try:
                assert float(mine[key]) == pytest.approx(float(value), abs=1e-6, rel=0)
            except ValueError:
                assert mine[key] == value


def test_the_report_for_machines_holds_convergence_design_effect_and_estimates(files: Path) -> None:
    done = hearth(
        files / "responses.csv", files / "margins.csv", "--poststrata", files / "cells.csv",
        "--out", files / "weights.csv", "--json",
    )  # fmt: skip
    report = json.loads(done.stdout)
    assert (report["responses"], report["population"]) == (120, 1200)
    assert list(report["weightings"]) == ["w_rake", "w_poststrat_age_sex"]
    raked = report["weightings"]["w_rake"]
    assert raked["converged"] is True
    assert raked["weights"]["design_effect"] >= 1
    assert raked["weights"]["effective"] <= 120
    assert {row["design"] for row in report["estimates"]} >= {"unweighted_srs_fpc", "rake", "poststrat_age_sex"}
    assert all(row["se_pp"] is not None for row in report["estimates"] if row["item"] == "q01")


def test_the_step_runs_inside_django_too(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("surveys", "weigh", str(files / "responses.csv"), str(files / "margins.csv"))
    assert "The weights meet every margin" in capsys.readouterr().out
    with pytest.raises(CommandError, match="No such file"):
        call_command("surveys", "weigh", str(files / "nothing.csv"), str(files / "margins.csv"))


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("r1,16-34,Male,1", "r1,16-34,Male,7", "responses.csv: row 3, column q01: “7” is not an answer from 1 to 5."),
        ("r1,16-34,Male,1", "r1,17-34,Male,1", "age “17-34” in row 3 is not in the margins"),
        ("r1,16-34,Male,1", "r1,,Male,1", "1 response does not say age; the first is in row 3."),
        ("r1,16-34", "r0,16-34", "responses.csv: row 3, column id: “r0” stands already in row 2."),
        ("id,age", "id,Age", "responses.csv: there is no column age"),
    ],
)
def test_a_bad_row_is_named_and_nothing_is_written(files: Path, old: str, new: str, sentence: str) -> None:
    (files / "responses.csv").write_text(RESPONSES.replace(old, new, 1), encoding="utf-8")
    done = hearth(files / "responses.csv", files / "margins.csv", "--out", files / "weights.csv")
    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert not (files / "weights.csv").exists()


def test_weights_that_miss_a_margin_are_not_written_unless_that_is_accepted(files: Path) -> None:
    words = [files / "responses.csv", files / "margins.csv", "--bounds", "0.99,1.01", "--out", files / "weights.csv"]
    done = hearth(*words)
    assert done.returncode == 1
    assert "do not meet the margins" in done.stdout
    assert "--accept-missed" in done.stderr
    assert not (files / "weights.csv").exists()
    assert hearth(*words, "--accept-missed").returncode == 0
    assert max(float(row["w_rake"]) for row in rows(files / "weights.csv")) <= 10.1 + 1e-9


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_files_in_the_encodings_of_survey_firms_are_read(files: Path, encoding: str) -> None:
    (files / "responses.csv").write_text(RESPONSES.replace("35+", "35–99"), encoding=encoding)
    (files / "margins.csv").write_text(MARGINS.replace("35+", "35–99"), encoding="utf-8")
    done = hearth(files / "responses.csv", files / "margins.csv", "--out", files / "weights.csv")
    assert done.returncode == 0, done.stderr
    assert len(rows(files / "weights.csv")) == 120


def test_a_spreadsheet_and_what_is_no_text_are_refused(files: Path) -> None:
    (files / "responses.csv").write_bytes(b"PK\x03\x04" + b"\x00" * 100)
    assert "is a spreadsheet. Save it as CSV." in hearth(files / "responses.csv", files / "margins.csv").stderr
    (files / "responses.csv").write_bytes(bytes(range(128, 256)) * 20)
    done = hearth(files / "responses.csv", files / "margins.csv")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_what_is_read_is_never_written_over(files: Path) -> None:
    done = hearth(files / "responses.csv", files / "margins.csv", "--out", files / "margins.csv")
    assert done.returncode == 1
    assert "would be written over" in done.stderr
    assert (files / "margins.csv").read_text(encoding="utf-8") == MARGINS


def test_a_million_empty_rows_at_the_end_are_no_responses(files: Path) -> None:
    with (files / "responses.csv").open("a", encoding="utf-8") as out:
        out.writelines([",,,,\n"] * 1_000_000)
    done = hearth(files / "responses.csv", files / "margins.csv", "--out", files / "weights.csv")
    assert done.returncode == 0, done.stderr
    assert len(rows(files / "weights.csv")) == 120
