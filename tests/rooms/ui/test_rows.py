"""Rows are added and removed without a script, and nothing typed is lost on the way."""

from __future__ import annotations

from typing import ClassVar

from bs4 import BeautifulSoup

from hearth.ui import fields, forms


class Row(forms.Form):
    what = fields.TextField("What")
    seen_on = fields.DateField("Seen", required=False)


class Asked(forms.Form):
    name = fields.TextField("Name")
    rows: ClassVar[dict[str, forms.Rows]] = {"things": forms.Rows(Row, "thing", least=1, most=3)}


FILLED = {
    "name": "N",
    "things-rows": "2",
    "things-0-what": "first",
    "things-0-seen_on-day": "3",
    "things-0-seen_on-month": "x",
    "things-1-what": "second",
}


def texts(form: forms.Form) -> list[str]:
    drawn = BeautifulSoup(form.draw(), "html5lib")
    return [i["value"] for i in drawn.find_all("input", id=lambda i: i and i.endswith("-what"))]


def test_adding_a_row_keeps_all_that_was_typed_and_shows_no_error():
    form = Asked({**FILLED, "things-add": "1", "name": ""})
    assert form.quiet
    assert not form.is_valid()
    assert form.problems() == []
    assert texts(form) == ["first", "second", ""]
    assert "govuk-error-message" not in form.draw()
    assert 'value="x"' in form.draw()  # the unfinished date as well


def test_removing_a_row_takes_away_that_row_only():
    assert texts(Asked({**FILLED, "things-remove": "0"})) == ["second"]


def test_the_answers_arrive_as_a_list_and_empty_rows_are_passed_over():
    form = Asked({"name": "N", "things-rows": "3", "things-0-what": "a", "things-2-what": "c"})
    assert form.is_valid()
    assert [row["what"] for row in form.cleaned_data["things"]] == ["a", "c"]


def test_a_wrong_row_stops_the_form_and_is_named():
    form = Asked(FILLED)
    assert not form.is_valid()
    assert form.problems() == [{"text": "Thing 1: Seen must include a year", "href": "#id_things-0-seen_on-year"}]


def test_the_least_number_of_rows_is_held_to():
    form = Asked({"name": "N", "things-rows": "1"})
    assert not form.is_valid()
    assert form.problems() == [{"text": "Thing 1: Enter what", "href": "#id_things-0-what"}]
    none = Asked({"name": "N"})
    assert not none.is_valid()
    assert [p["text"] for p in none.problems()] == ["Add at least 1 thing"]


def test_no_more_rows_than_allowed_are_read_or_offered():
    many = {"name": "N", "things-rows": "9999", **{f"things-{i}-what": "x" for i in range(50)}}
    assert len(Asked(many).repeated["things"].forms) == 3
    assert "Add another" not in Asked(initial={"things": [{"what": "a"}] * 3}).draw()


def test_saved_rows_are_shown():
    assert texts(Asked(initial={"things": [{"what": "a"}, {"what": "b"}]})) == ["a", "b"]
