"""The register from the command line."""

from __future__ import annotations

from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.rooms.register.files import as_csv, street

pytestmark = pytest.mark.django_db


@pytest.fixture
def extract(tmp_path: Path) -> Path:
    rows = street()
    rows[3]["postcode"] = "nowhere"
    path = tmp_path / "extract.csv"
    path.write_bytes(as_csv(rows))
    return path


def run(landlord: Any, *words: Any, **options: Any) -> str:
    out = StringIO()
    call_command(
        "register", "import", *map(str, words), "--source", "HMS", "--landlord", landlord.slug, "--as-at", "2026-03-31",
        stdout=out, stderr=StringIO(), **options,
    )  # fmt: skip
    return out.getvalue()


def test_a_dry_run_says_what_would_be_done_and_does_nothing(inside, extract, tmp_path):
    from hearth.register.models import Person

    problems = tmp_path / "problems.csv"
    said = run(inside, extract, "--dry-run", "--problems", problems)
    assert "What bringing it in would do:" in said
    assert "5 added" in next(line for line in said.splitlines() if "People" in line)
    assert "Row 5, Postcode: “nowhere” is not a postcode." in said
    assert Person.objects.count() == 0
    assert "nowhere" in problems.read_text(encoding="utf-8-sig").splitlines()[1]


def test_a_file_is_brought_in(inside, extract):
    from hearth.register.models import Import, Person

    assert "Brought in" in run(inside, extract)
    assert Person.objects.count() == 5
    one = Import.objects.get()
    assert (one.state, one.as_at) == ("done", date(2026, 3, 31))


def test_what_is_wrong_is_said_in_one_sentence(inside, tmp_path):
    empty = tmp_path / "empty.csv"
    empty.write_bytes(b"")
    with pytest.raises(CommandError, match="The file is empty"):
        run(inside, empty)
    with pytest.raises(CommandError, match=r"missing\.csv: No such file or directory"):
        run(inside, tmp_path / "missing.csv")
    with pytest.raises(CommandError, match="There is no landlord “nobody”"):
        call_command("register", "duplicates", "--landlord", "nobody")


def test_doubles_are_looked_for(inside, extract):
    run(inside, extract)
    out = StringIO()
    call_command("register", "duplicates", "--landlord", inside.slug, stdout=out)
    assert "0 pairs of records" in out.getvalue()
