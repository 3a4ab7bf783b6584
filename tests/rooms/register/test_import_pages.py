"""Files of the housing management system through the pages, and people who are kept twice."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories.pages import text_of
from tests.rooms.register.files import ON, as_csv, brought_in, row, street

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(client_as: Callable[..., Any], user_with: Callable[..., Any]) -> Any:
    return client_as(user_with(roles=["register_keeper"], name="Kit Keeper"))


def upload(client: Any, body: bytes, name: str = "extract.csv", **said: Any) -> Any:
    """Take in a file through the page."""
    answers = {"source": "HMS", "as_at": ON, "whole": False, **said}
    from tests.factories.pages import typed

    data = typed(answers) | {"file": SimpleUploadedFile(name, body)}
    return client.post(client.address("register:take_file"), data)


def columns_page(client: Any, one: Any) -> dict[str, str]:
    """What stands in the form about columns, as a browser would send it back."""
    from hearth.register.forms.imports import Columns
    from hearth.register.rules import mapping
    from hearth.register.services import words_to_settle

    headings = one.options["headings"]
    sent = {"whole": "no"}
    sent |= {f"column_{n}": one.mapping.get(h, "") for n, h in enumerate(headings)}
    sent |= {f"tenure_{n}": key for n, (_, key) in enumerate(words_to_settle(one))}
    form = Columns(headings=headings, words=words_to_settle(one), left_out=mapping.protected(headings))
    assert set(sent) >= set(form.fields)
    return sent


def the_import() -> Any:
    from hearth.register.models import Import

    return Import.objects.order_by("-pk").first()


def test_a_file_goes_from_upload_to_register_through_the_pages(inside, keeper, run_jobs):
    from hearth.register.models import Person

    response = upload(keeper, as_csv(street()))
    one = the_import()
    assert response["Location"] == keeper.address("register:columns", pk=one.pk)
    page = keeper.page("register:columns", pk=one.pk)
    assert "Column “Surname”" in text_of(page)
    assert keeper.send("register:columns", columns_page(keeper, one), pk=one.pk).status_code == 302
    waiting = keeper.page("register:import", pk=one.pk)
    assert "Being checked" in text_of(waiting)
    assert "Look again how far it is" in waiting.content.decode()
    run_jobs()
    checked = keeper.page("register:import", pk=one.pk)
    assert "http-equiv" not in checked.content.decode()
    words = text_of(checked)
    assert "What bringing it in would do" in words
    assert "People 6 0 0 0" in words
    assert Person.objects.count() == 0
    assert keeper.send("register:bring_in", {}, pk=one.pk).status_code == 302
    run_jobs()
    words = text_of(keeper.page("register:import", pk=one.pk))
    assert "Brought in" in words
    assert "What was brought in" in words
    assert Person.objects.count() == 6
    assert "HMS, 31 March 2026" in text_of(keeper.page("register:imports"))


def test_rows_with_problems_are_downloaded_with_the_reason_beside_the_row(inside, keeper, run_jobs):
    rows = street()
    rows[3] |= {"postcode": "nowhere", "given": "=2+3"}
    rows[0] |= {"email": "not one"}
    upload(keeper, as_csv(rows))
    one = the_import()
    keeper.send("register:columns", columns_page(keeper, one), pk=one.pk)
    run_jobs()
    words = text_of(keeper.page("register:import", pk=one.pk))
    assert "2 problems; 1 row is not brought in." in words
    assert "“nowhere” is not a postcode. The row was not brought in." in words
    body = keeper.page("register:problems", pk=one.pk, format="csv").content.decode("utf-8-sig")
    found = list(csv.reader(io.StringIO(body)))
    assert found[0][:6] == ["Row", "Column", "What is wrong", "Brought in", "Property Ref", "UPRN"]
    assert [line[:2] + line[3:5] for line in found[1:]] == [
        ["2", "Email", "Yes, without this value", "H1"], ["5", "Postcode", "No", "H2"],
    ]  # fmt: skip
    assert "'=2+3" in found[2]  # no spreadsheet takes it for a formula
    from hearth.kernel.sheets import Formula, Limits, rows_of

    workbook = keeper.page("register:problems", pk=one.pk, format="xlsx").content
    lines = list(rows_of(io.BytesIO(workbook), "p.xlsx", limits=Limits()))
    assert "=2+3" in lines[2].cells
    assert not any(isinstance(cell, Formula) for cell in lines[2].cells)


def test_a_file_that_cannot_be_read_says_so_beside_the_file(inside, keeper):
    for name, body, words in (
        ("a.csv", b"one\n1\n", "first row must name the columns"),
        ("a.xlsx", b"PK\x03\x04broken", "could not be read as a spreadsheet"),
        ("a.docx", b"x", "must be a CSV, TXT, XLSX or XLSM"),
        ("a.csv", b"", "empty"),
    ):
        response = upload(keeper, body, name)
        assert response.status_code == 422
        assert words in text_of(response)
    assert the_import() is None


def test_a_file_that_is_too_large_is_refused(inside, keeper, actor):
    from hearth.landlords import services as landlords

    landlords.set_value(
        key="register.import_most_megabytes", value=1, holds_from=date(2020, 1, 1), source="A test", owner="Head of IT",
        by=actor("administrator"),
    )  # fmt: skip
    response = upload(keeper, b"A,B\n" + b"1,2\n" * 300_000)
    assert "The file is larger than 1 MB" in text_of(response)


def test_columns_that_are_missing_are_named_and_what_was_chosen_stays(inside, keeper):
    upload(keeper, as_csv(street()))
    one = the_import()
    sent = columns_page(keeper, one)
    for name, key in list(sent.items()):
        if key == "right.tenure":
            sent[name] = ""
    response = keeper.send("register:columns", sent, pk=one.pk)
    assert response.status_code == 422
    assert "Say which column is: Tenure." in text_of(response)


def test_a_protected_characteristic_is_not_offered(inside, keeper):
    from tests.rooms.register.files import HEADINGS

    upload(keeper, as_csv(street(), headings=(*HEADINGS[:-1], "Ethnicity")))
    words = text_of(keeper.page("register:columns", pk=the_import().pk))
    assert "Not taken, because the register keeps nothing of the kind: Ethnicity" in words
    assert "Column “Ethnicity”" not in words


def test_what_was_said_of_the_columns_is_kept_for_the_next_file(inside, keeper):
    from tests.rooms.register.files import HEADINGS

    odd = tuple("Zap" if heading == "Surname" else heading for heading in HEADINGS)
    upload(keeper, as_csv(street(), headings=odd))
    one = the_import()
    sent = columns_page(keeper, one) | {f"column_{odd.index('Zap')}": "person.family_name"}
    assert keeper.send("register:columns", sent, pk=one.pk).status_code == 302
    upload(keeper, as_csv(street(), headings=odd))
    assert the_import().mapping["Zap"] == "person.family_name"


def test_a_whole_file_that_ends_too_much_must_be_confirmed(inside, keeper, run_jobs, actor):
    from hearth.register.models import Tenancy

    brought_in(as_csv([one | {"tenure": "Secure"} if one["right"] == "T2" else one for one in street()]),
               by=actor("register_keeper"))  # fmt: skip
    upload(keeper, as_csv(street()[:3]), whole=True)
    one = the_import()
    keeper.send("register:columns", columns_page(keeper, one) | {"whole": "yes"}, pk=one.pk)
    run_jobs()
    assert "1 of 2 tenancies would end because they are not in the file." in text_of(
        keeper.page("register:import", pk=one.pk)
    )
    asked = keeper.page("register:bring_in", pk=one.pk)
    assert "This file would end 1 of 2 tenancies" in text_of(asked)
    refused = keeper.send("register:bring_in", {}, pk=one.pk)
    assert refused.status_code == 422
    assert Tenancy.objects.filter(ended_on=None).count() == 2
    keeper.send("register:bring_in", {"confirmed": "yes"}, pk=one.pk)
    run_jobs()
    assert Tenancy.objects.filter(ended_on=None).count() == 1


def test_the_work_on_a_file_is_stopped_from_its_page(inside, keeper, run_jobs):
    upload(keeper, as_csv(street()))
    one = the_import()
    keeper.send("register:columns", columns_page(keeper, one), pk=one.pk)
    assert keeper.send("register:stop_import", {}, pk=one.pk).status_code == 302
    run_jobs()
    one.refresh_from_db()
    assert one.state == "stopped"
    again = keeper.send("register:stop_import", {}, pk=one.pk)
    assert "Nothing is being done with this file now." in text_of(again)
    keeper.send("register:check_file", {}, pk=one.pk)
    run_jobs()
    one.refresh_from_db()
    assert one.state == "checked"


def test_two_records_are_compared_merged_and_taken_apart_on_pages(inside, keeper, actor, run_jobs):
    from hearth.audit.models import Event
    from hearth.register.models import Merge, Person

    twice = row(home="H7", uprn="", address="7 Oak Way", right="T7", person="P1b", given="Anne", title="", email="")
    brought_in(as_csv([*street(), twice]), by=actor("register_keeper"))
    keeper.send("register:look_for_pairs", {})
    assert "register.find_duplicates" in run_jobs()
    page = text_of(keeper.page("register:pairs"))
    assert "Ann Example and Anne Example" in page
    from hearth.register.models import Pair

    pair = Pair.objects.get()
    words = text_of(keeper.page("register:pair", pk=pair.pk))
    assert "Given names Ann Anne Differs" in words
    assert Event.objects.filter(deed="register.person_seen", about_person=pair.other_id).exists()
    ann, anne = Person.objects.get(key="P1"), Person.objects.get(key="P1b")
    answers = {"stays": str(ann.pk), "given_name": str(anne.pk), "title": str(ann.pk), "email": str(ann.pk)}
    response = keeper.send("register:pair", answers, pk=pair.pk)
    assert response["Location"] == keeper.address("register:person", pk=ann.pk), text_of(response)
    ann.refresh_from_db()
    assert (ann.given_name, ann.email) == ("Anne", "ann@example.org")
    assert keeper.page("register:pair", pk=pair.pk).status_code == 404
    assert "Anne Example" in text_of(keeper.page("register:merges"))
    keeper.send("register:undo_merge", {}, pk=Merge.objects.get().pk)
    ann.refresh_from_db()
    assert ann.given_name == "Ann"
    keeper.send("register:different", {}, pk=pair.pk)
    assert "0 pairs" in text_of(keeper.page("register:pairs"))


@pytest.mark.parametrize("name", ["imports", "take_file", "pairs", "merges", "look_for_pairs"])
def test_a_housing_officer_opens_none_of_these_pages(inside, client_as, user_with, name):
    assert client_as(user_with(roles=["housing_officer"])).page(f"register:{name}").status_code == 403
