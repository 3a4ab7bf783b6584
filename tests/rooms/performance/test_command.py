"""./hearth performance workbook: what agrees, what does not, a landlord among its peers; loading with --save."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import CommandError, call_command

from hearth.performance.models import Workbook
from tests.rooms.performance.conftest import book
from tests.rules.performance import books


@pytest.fixture
def file(tmp_path):
    """An invented workbook on disk."""
    path = tmp_path / "TSM_2026.xlsx"
    path.write_bytes(books.as_xlsx(book()))
    return path


def said(*words):
    out = io.StringIO()
    call_command("performance", "workbook", *map(str, words), stdout=out, stderr=io.StringIO(), no_color=True)
    return out.getvalue()


def test_it_says_what_agrees_what_does_not_and_why_without_a_database(file):
    told = said(file)  # a test without the database fixture may not open a connection
    assert "Tenant Satisfaction Measures 2025-26" in told
    assert "TP01 12/12" in told
    assert "margin 11/12" in told
    assert "1 hundredth: A hundredth of the computed" in told
    assert "Ember Homes" in told


def test_a_landlord_is_set_among_its_peers(file):
    told = said(file, "--landlord", "brook")
    assert "Brook District Council (B2):" in told
    assert "in the lowest quarter of 10 councils" in told
    (one,) = json.loads(said(file, "--landlord", "B2", "--json"))
    first = one["landlord"]["figures"][0]
    assert (first["measure"], first["published"], first["numerator"]) == ("TP01", 40.0, 40.0)
    assert set(first["places"]) == {"all", "kind", "region", "size"}
    assert one["differing"][0]["kind"] == "hundredth"


def test_files_that_cannot_be_read_are_named_and_the_others_are_read(file, tmp_path):
    wrong = tmp_path / "letter.xlsx"
    wrong.write_bytes(b"Dear tenant")
    with pytest.raises(CommandError, match=r"letter\.xlsx: This is not a spreadsheet"):
        said(wrong, file)
    with pytest.raises(CommandError, match=r"gone\.xlsx: No such file"):
        said(tmp_path / "gone.xlsx")
    with pytest.raises(CommandError, match="No landlord in this workbook"):
        said(file, "--landlord", "nobody")


def test_saved_it_is_loaded_for_the_landlord_that_is_named(file, inside, other_landlord, within):
    said(file, "--save", "--for", inside.slug)
    assert Workbook.objects.get().state == "ready"
    with within(other_landlord):
        assert not Workbook.objects.exists()
    with pytest.raises(CommandError, match="no landlord “nowhere”"):
        said(file, "--save", "--for", "nowhere")
