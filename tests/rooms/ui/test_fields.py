"""Fields draw themselves, keep what was typed, and say what to do."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from hearth.ui import fields, forms


def form_of(**members) -> type[forms.Form]:
    return type("Asked", (forms.Form,), members)


def soup(drawn: object) -> BeautifulSoup:
    return BeautifulSoup(str(drawn), "html5lib")


def errors(form: forms.Form) -> list[str]:
    form.is_valid()
    return [problem["text"] for problem in form.problems()]


typed_text = st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.just("\n"), max_size=80)


@given(typed_text)
def test_what_was_typed_into_a_text_area_comes_back_to_the_letter(text: str):
    asked = form_of(
        way=fields.Choice("Way", options=["a"], reveals={"a": ("why",)}), why=fields.LongText("Why?", most=500)
    )
    form = asked({"way": "a", "why": text.replace("\n", "\r\n")})
    assert soup(form.draw()).find("textarea").get_text() == text


@given(typed_text)
def test_what_was_typed_on_a_line_comes_back_to_the_letter(text: str):
    form = form_of(name=fields.TextField("Name"))({"name": text})
    assert soup(form.draw()).find("input")["value"] == text


@pytest.mark.parametrize(
    ("day", "month", "year", "sentence", "box"),
    [
        ("", "", "", "Enter date of decision", "day"),
        ("3", "", "2022", "Date of decision must include a month", "month"),
        ("", "", "2022", "Date of decision must include a day and month", "day"),
        ("31", "2", "2022", "Date of decision must be a real date", "day"),
        ("3", "13", "2022", "Date of decision must be a real date", "month"),
        ("3", "10", "22", "Year must include 4 numbers", "year"),
        ("4", "10", "2022", "Date of decision must be the same as or before 3 October 2022", "day"),
        ("x", "y", "z", "Date of decision must be a real date", "day"),
    ],
)
def test_a_wrong_date_says_what_to_do_and_leads_to_the_box(day, month, year, sentence, box):
    asked = form_of(on=fields.DateField("Date of decision", latest=date(2022, 10, 3)))
    form = asked({"on-day": day, "on-month": month, "on-year": year})
    form.is_valid()
    assert form.problems() == [{"text": sentence, "href": f"#id_on-{box}"}]
    drawn = soup(form.draw())
    assert "govuk-input--error" in drawn.find(id=f"id_on-{box}")["class"]
    assert drawn.find(id="id_on-day").get("value", "") == day


@given(st.dates(min_value=date(1000, 1, 1)), st.sampled_from(["{}", "{:02}"]))
def test_any_real_date_is_understood(value: date, style: str):
    form = form_of(on=fields.DateField("On"))(
        {"on-day": style.format(value.day), "on-month": style.format(value.month), "on-year": str(value.year)}
    )
    assert form.is_valid()
    assert form.cleaned_data["on"] == value


@pytest.mark.parametrize("month", ["oct", "October", "OCT.", "10"])
def test_a_month_may_be_written_as_a_word(month):
    form = form_of(at=fields.MonthField("Month"))({"at-month": month, "at-year": "2022"})
    assert form.is_valid()
    assert form.cleaned_data["at"] == date(2022, 10, 1)


def test_ju_is_no_month_because_it_could_be_two():
    assert errors(form_of(at=fields.MonthField("Month"))({"at-month": "ju", "at-year": "2022"})) == [
        "Month must be a real month"
    ]


@pytest.mark.parametrize(
    ("typed", "value"), [("1,234", 1234), (" 12 ", 12), ("£5", 5), ("-3", -3), ("−3", -3), ("１２", 12)]
)
def test_a_number_is_understood_as_people_write_it(typed, value):
    form = form_of(n=fields.Number("Homes"))({"n": typed})
    assert form.is_valid()
    assert form.cleaned_data["n"] == value


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("ten", "Homes must be a number, like 12"),
        ("NaN", "Homes must be a number, like 12"),
        ("1.5", "Homes must be a whole number"),
        ("-1", "Homes must be 0 or more"),
        ("1001", "Homes must be 1,000 or less"),
        ("", "Enter homes"),
    ],
)
def test_a_wrong_number_says_what_to_do(typed, sentence):
    assert errors(form_of(n=fields.Number("Homes", least=0, greatest=1000))({"n": typed})) == [sentence]


def test_money_keeps_its_pence():
    form = form_of(n=fields.Number("Cost", places=2))({"n": "£1,234.50"})
    assert form.is_valid()
    assert form.cleaned_data["n"] == Decimal("1234.50")


class State(Enum):
    DRAFT = "draft"
    SIGNED = "signed"


def test_what_was_not_offered_cannot_be_chosen():
    asked = form_of(state=fields.Choice("State", options=State, coerce=State))
    assert asked({"state": "signed"}).is_valid()
    assert errors(asked({"state": "withdrawn"})) == ["Select state"]


def test_an_unasked_question_is_forgotten_with_its_error():
    asked = form_of(
        agreed=fields.YesNo("Agreed?", reveals={"yes": ("by",)}),
        by=fields.TextField("By whom?", missing="Say who agreed"),
    )
    yes, no = asked({"agreed": "yes"}), asked({"agreed": "no", "by": "somebody"})
    assert errors(yes) == ["Say who agreed"]
    assert no.is_valid()
    assert no.cleaned_data == {"agreed": False, "by": None}
    drawn = soup(yes.draw())
    assert len(drawn.find_all(id="id_by")) == 1
    assert drawn.find(id="conditional-id_agreed").find(id="id_by")


def test_an_answer_that_stands_alone_refuses_company():
    asked = form_of(who=fields.Choices("Who?", options=[("a", "A"), ("none", "Nobody")], exclusive="none"))
    assert errors(asked(QueryDict("who=a&who=none"))) == ["Select answers, or select “Nobody”, but not both"]
    form = asked(QueryDict("who=a"))
    assert form.is_valid()
    assert form.cleaned_data["who"] == ["a"]


def test_a_no_that_was_saved_is_drawn_as_chosen():
    form = form_of(agreed=fields.YesNo("Agreed?"))(initial={"agreed": False})
    assert soup(form.draw()).find("input", value="no").has_attr("checked")


def test_every_error_has_a_link_to_something_on_the_page_and_is_tied_to_its_input():
    asked = form_of(
        name=fields.TextField("Name"),
        why=fields.LongText("Why"),
        on=fields.DateField("On"),
        kind=fields.Choice("Kind", options=["x"]),
        short=fields.Choice("Short", options=["x"], as_list=True),
        some=fields.Choices("Some", options=["x"]),
        file=fields.FileField("File"),
        email=fields.Email(),
        secret=fields.Password(),
    )
    form = asked({})
    form.is_valid()
    drawn = soup(form.draw())
    assert len(form.problems()) == 9
    for problem in form.problems():
        assert drawn.find(id=problem["href"][1:]).name in ("input", "textarea", "select"), problem
    for message in drawn.find_all(class_="govuk-error-message"):
        assert drawn.find(attrs={"aria-describedby": lambda ids, m=message: ids and m["id"] in ids.split()})


def test_a_password_is_never_drawn_back():
    form = form_of(secret=fields.Password(), name=fields.TextField("Name"))({"secret": "hunter2 hunter2"})
    form.is_valid()
    assert "hunter2" not in form.draw()


def test_a_file_of_the_wrong_kind_or_size_is_refused_and_a_lost_one_asked_for_again():
    asked = form_of(
        paper=fields.FileField("Paper", kinds=("docx", "pdf"), most_megabytes=0.001), name=fields.TextField("Name")
    )
    wrong = asked({"name": "x"}, {"paper": SimpleUploadedFile("a.exe", b"x")})
    assert errors(wrong) == ["The selected file must be a DOCX or PDF"]
    big = asked({"name": "x"}, {"paper": SimpleUploadedFile("a.pdf", b"x" * 2000)})
    assert errors(big) == ["The selected file must be smaller than 0.001MB"]
    lost = asked({}, {"paper": SimpleUploadedFile("a.pdf", b"x")})
    assert errors(lost) == ["Enter name"]
    assert "Select the file again" in lost.draw()


def test_a_tampered_hidden_value_is_refused():
    asked = form_of(version=fields.Hidden(coerce=int))
    assert asked({"version": "3"}).is_valid()
    assert errors(asked({"version": "3 or 4"})) == ["This page is out of date. Go back and start again"]


def test_text_that_looks_like_markup_stays_text():
    evil = '"><script>alert(1)</script>'
    asked = form_of(
        name=fields.TextField(evil, hint=evil),
        why=fields.LongText(evil),
        pick=fields.Choice(evil, options=[(evil, evil, evil)]),
    )
    form = asked({"name": evil, "why": evil, "pick": evil})
    form.is_valid()
    assert not soup(form.draw()).find("script")


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        (fields.TextField("Name", most=3), "abcd", "Name must be 3 characters or less; it has 4"),
        (fields.LongText("Why?", most=3), "a\r\nb", None),  # a line end counts once, as on the page
        (fields.LongText("Why?", most=3), "abcd", "Your answer to “Why?” must be 3 characters or less; it has 4"),
        (fields.LongText("Note", most_words=2), "a b c", "Note must be 2 words or less; it has 3"),
        (fields.Email(), "x", "Enter an email address in the correct format, like name@example.com"),
    ],
)
def test_what_is_too_long_or_malformed_says_what_to_do(field, typed, sentence):
    assert errors(form_of(answer=field)({"answer": typed})) == ([sentence] if sentence else [])
