"""What the rows of a file say, and what is wrong in them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from hearth.kernel.refusals import Refused
from hearth.kernel.sheets import Formula, Line
from hearth.register.rules import mapping
from hearth.register.rules.importing_rows import STAGED, Reader
from hearth.register.rules.importing_words import guess_right, home_kind, name_parts, yes

HEADINGS = ["Property Ref", "UPRN", "Address 1", "Address 2", "Postcode", "Tenancy Ref", "Tenure", "Start", "End",
            "Person Ref", "Name", "DOB", "Phone", "Email", "Main Tenant"]  # fmt: skip
GOOD = ["H1", "100000000001", "1 Alder Court", "Mill Bank", "TB1 1AA", "T1", "Secure tenancy", "04/01/2010", "", "P1",
        "Ms Ann Lee", "02/03/1970", "07700 900123", "a@example.org", "Y"]  # fmt: skip


class File:
    """Rows read one after another."""

    def __init__(self, headings: list[str] = HEADINGS, **options: Any) -> None:
        self.headings = headings
        self.reader = Reader(headings, mapping.guess(headings), date(2026, 3, 31), **options)
        self.row = 1

    def read(self, fault: str = "", **said: Any) -> tuple[dict[str, Any], list[tuple[str, str, bool]]]:
        self.row += 1
        cells = list(GOOD) + [""] * (len(self.headings) - len(GOOD))
        for heading, cell in said.items():
            cells[self.headings.index(heading.replace("_", " "))] = cell
        staged, problems = self.reader.read(Line(self.row, cells, fault))
        return dict(zip(STAGED, staged, strict=True)), [(p.column, p.reason, p.refused) for p in problems]


def test_a_row_says_home_right_and_person():
    said, problems = File().read()
    assert problems == []
    assert {name: said[name] for name in ("address", "postcode", "uprn", "right_kind", "right_value", "role")} == {
        "address": "1 Alder Court, Mill Bank", "postcode": "TB1 1AA", "uprn": "100000000001", "right_kind": "tenancy",
        "right_value": "general_needs", "role": "lead",
    }  # fmt: skip
    assert (said["title"], said["given_name"], said["family_name"]) == ("Ms", "Ann", "Lee")
    assert (said["phone"], said["mobile"]) == ("", "+447700900123")


@pytest.mark.parametrize(
    ("column", "cell", "words"),
    [
        ("Property_Ref", "", "reference is missing"),
        ("Property_Ref", "1.2E+12", "shortened"),
        ("Property_Ref", date(2026, 2, 1), "is a day"),
        ("Property_Ref", Formula("H1"), "is a formula"),
        ("Property_Ref", "#REF!", "error of the spreadsheet"),
        ("Postcode", "TB1", "not a postcode"),
        ("Postcode", "", "postcode is missing"),
        ("Tenure", "", "tenure is missing"),
        ("Tenure", "Purple", "not a tenure"),
        ("Start", "", "start is missing"),
        ("Start", "32/01/2010", "not a day"),
        ("End", "03/01/2010", "before it starts"),
        ("Person_Ref", "", "reference is missing"),
        ("Person_Ref", "P" * 61, "longer than 60"),
        ("Name", "", "family name is missing"),
        ("Name", "=cmd" + "x" * 300, "longer than 240"),
    ],
)
def test_what_is_wrong_keeps_the_row_out_and_says_why_beside_its_column(column, cell, words):
    said, problems = File().read(**{column: cell})
    assert said["refused"] is True
    assert any(words in reason and refused for _, reason, refused in problems), problems
    assert all(reason.endswith("The row was not brought in.") for _, reason, _ in problems)


@pytest.mark.parametrize(
    ("column", "cell", "kept"),
    [
        ("UPRN", "12AB", ("uprn", "")),
        ("DOB", "01/04/2026", ("born_on", None)),
        ("DOB", "unknown", ("born_on", None)),
        ("Phone", "call daughter", ("phone", "")),
        ("Email", "none", ("email", "")),
    ],
)
def test_what_is_wrong_with_a_small_thing_leaves_only_that_out(column, cell, kept):
    said, problems = File().read(**{column: cell})
    assert said["refused"] is False
    assert said[kept[0]] == kept[1]
    assert [(where, refused) for where, _, refused in problems] == [(column, False)]


def test_numbers_of_a_spreadsheet_are_references():
    said, problems = File().read(Property_Ref=1234.0, UPRN=100012345678.0, Person_Ref=77)
    assert problems == []
    assert (said["home_key"], said["uprn"], said["person_key"]) == ("1234", "100012345678", "77")


def test_what_looks_like_a_formula_in_text_stays_text():
    said, _ = File().read(Address_1="=HYPERLINK(1)")
    assert said["address"] == "=HYPERLINK(1), Mill Bank"


def test_the_same_reference_for_two_people_names_both_rows():
    file = File()
    file.read()
    said, problems = file.read(Tenancy_Ref="T2", Property_Ref="H2", UPRN="", Name="Bo Lee")
    assert said["refused"]
    assert problems[0][:2] == (
        "Person Ref", "The reference “P1” stands for somebody else in row 2. The row was not brought in.",
    )  # fmt: skip


def test_the_same_person_twice_in_one_tenancy_names_both_rows():
    file = File()
    file.read()
    said, problems = file.read()
    assert said["refused"]
    assert "in row 2 already" in problems[0][1]


def test_one_home_with_two_addresses_names_both_rows():
    file = File()
    file.read()
    _, problems = file.read(Person_Ref="P2", Name="Bo Lee", Main_Tenant="N", Address_1="7 Oak Way")
    assert "The home “H1” has another address in row 2" in problems[0][1]
    _, problems = file.read(Person_Ref="P2", Name="Bo Lee", Main_Tenant="N", Address_1="1, Alder  court")
    assert problems == []


def test_one_tenancy_at_two_homes_names_both_rows():
    file = File()
    file.read()
    _, problems = file.read(Person_Ref="P2", Name="Bo Lee", Property_Ref="H2", UPRN="")
    assert "The reference “T1” has another home, tenure, start or end in row 2" in problems[0][1]


def test_a_uprn_of_two_homes_is_left_out_of_the_second():
    file = File()
    file.read()
    said, problems = file.read(Property_Ref="H2", Tenancy_Ref="T2", Person_Ref="P2", Address_1="2 Alder Court")
    assert (said["refused"], said["uprn"]) == (False, "")
    assert "belongs to the home “H1” in row 2 already" in problems[0][1]


def test_a_second_lead_tenant_is_taken_as_joint():
    file = File()
    file.read()
    said, problems = file.read(Person_Ref="P2", Name="Bo Lee")
    assert said["role"] == "joint"
    assert "Row 2 names the lead tenant of “T1” already" in problems[0][1]


def test_where_the_file_says_no_lead_the_first_tenant_is_remembered():
    file = File()
    file.read(Main_Tenant="N")
    file.read(Person_Ref="P2", Name="Bo Lee", Main_Tenant="N")
    assert file.reader.seen.waiting == {"T1": 2}
    file.read(Person_Ref="P3", Name="Cy Lee", Main_Tenant="Y")
    assert file.reader.seen.waiting == {}


def test_without_a_column_for_it_the_first_tenant_is_the_lead():
    headings = HEADINGS[:-1]
    file = File(headings)
    roles = [file.read(Person_Ref=f"P{n}", Name=f"A{n} Lee")[0]["role"] for n in range(3)]
    assert roles == ["lead", "joint", "joint"]


def test_a_row_that_is_kept_out_is_not_the_first_of_anything():
    file = File()
    first, _ = file.read(Name="")
    second, _ = file.read(Person_Ref="P2", Name="Bo Lee")
    assert not first["first_home"]
    assert second["first_home"]
    assert second["first_right"]


def test_a_row_whose_letters_cannot_be_trusted_is_kept_out():
    said, problems = File().read(fault="Wrong letters")
    assert said["refused"]
    assert problems == [("", "Wrong letters. The row was not brought in.", True)]


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("Secure", "tenancy:general_needs"), ("INTRODUCTORY TENANCY", "tenancy:general_needs"),
        ("Affordable Rent", "tenancy:general_needs"), ("Sheltered Housing", "tenancy:supported"),
        ("Independent Living - Secure", "tenancy:supported"), ("Temporary (non-secure)", "tenancy:temporary"),
        ("Shared Ownership Lease", "tenancy:shared_ownership"), ("Leasehold - RTB", "lease"),
        ("Homeless application", "application:homeless"), ("Housing Register", "application:housing"),
        ("Intermediate rent", "tenancy:intermediate"), ("general_needs", "tenancy:general_needs"), ("X1", ""),
    ],
)  # fmt: skip
def test_words_of_tenure_are_understood_or_asked_about(words, key):
    assert guess_right(words) == key


@pytest.mark.parametrize(
    ("words", "kind"),
    [("Mid Terraced House", "house"), ("2 Bed Flat", "flat"), ("Bedsit", "bedsit"), ("Bungalow", "bungalow"),
     ("Maisonette", "maisonette"), ("Igloo", "other")],
)  # fmt: skip
def test_kinds_of_home_are_understood(words, kind):
    assert home_kind(words) == kind


@pytest.mark.parametrize(
    ("words", "parts"),
    [("Ms Ann Lee", ("Ms", "Ann", "Lee")), ("Lee, Dr Ann Mary", ("Dr", "Ann Mary", "Lee")), ("Lee", ("", "", "Lee")),
     ("Mr", ("", "", "Mr")), ("Anna Maria van Dyk", ("", "Anna Maria van", "Dyk"))],
)  # fmt: skip
def test_a_name_in_one_cell_is_taken_apart(words, parts):
    assert name_parts(words) == parts


def test_yes_and_no_and_neither():
    assert [yes(words) for words in ("Y", "yes", "TRUE", "1", "N", "no", "", "False")] == [True] * 4 + [False] * 4
    with pytest.raises(Refused):
        yes("maybe")


def test_columns_are_guessed_from_their_headings():
    found = mapping.guess(
        [
            "TenancyRef",
            "person_id",
            "Surname",
            "Forename(s)",
            "Post Code",
            "Address Line 1",
            "Address Line 2",
            "Colour",
            "Surname 2",
        ]
    )
    assert found == {
        "TenancyRef": "right.key", "person_id": "person.key", "Surname": "person.family_name",
        "Post Code": "home.postcode", "Address Line 1": "home.address", "Address Line 2": "home.address",
    }  # fmt: skip


def test_what_was_said_for_the_source_goes_before_the_guess():
    kept = {"Surname": "person.full_name", "Title": ""}
    assert mapping.guess(["Surname", "Title", "DOB"], kept) == {"Surname": "person.full_name", "DOB": "person.born_on"}


@pytest.mark.requirement("PROF-14")
def test_no_heading_of_a_protected_characteristic_is_ever_guessed():
    names = ["Ethnic Origin", "Ethnicity", "Religion", "Sexual Orientation", "Gender", "Sex", "Disability",
             "Nationality", "Marital Status", "GenderIdentity"]  # fmt: skip
    assert mapping.guess(names) == {}
    assert mapping.protected(names) == tuple(names)
    assert mapping.protected(["Sussex Road", "Title", "Essex"]) == ()


def test_missing_and_doubled_columns_are_named():
    with pytest.raises(Refused, match="Person reference, Family name and Tenure"):
        mapping.check_mapping({"Email": "person.email"}, ["Email"])
    with pytest.raises(Refused, match="Home reference or UPRN and Postcode of the home"):
        mapping.check_mapping(
            {"a": "person.key", "b": "person.family_name", "c": "right.tenure", "d": "home.address"}, list("abcd")
        )
    with pytest.raises(Refused, match="“a” and “b” both mean “Person reference”"):
        mapping.check_mapping({"a": "person.key", "b": "person.key"}, ["a", "b"])
    with pytest.raises(Refused, match="has no column “gone”"):
        mapping.check_mapping({"gone": "person.key"}, ["a", "b"])
