"""Pages, lists and deeds: refusals reach the page untouched, and a view that names no permission stays shut."""

from __future__ import annotations

import re
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404

from hearth.kernel.refusals import Refused
from hearth.ui import fields, forms, gallery, views

SENTENCE = "You can't close this until “remedy <3>” is done."


class CloseForm(forms.Form):
    on = fields.DateField("Date closed")
    why = fields.LongText("Why?")


class Close(views.DeedView):
    permission = "things.close"
    form_class = CloseForm
    title = "Close the thing"
    success_url = "/closed/"
    success_message = "The thing is closed."
    button = "Close it"
    refuse_at: str | None = None
    done_with: list[dict[str, Any]] = []

    def do(self, *, on: date, why: str) -> None:
        if why == "refuse":
            raise Refused(SENTENCE, field=self.refuse_at)
        self.done_with.append({"on": on, "why": why})


ANSWERS = {"on-day": "3", "on-month": "10", "on-year": "2022", "why": "It is done"}


def page(response) -> BeautifulSoup:
    return BeautifulSoup(response.content.decode(), "html5lib")


def test_a_view_that_names_no_permission_is_refused_to_everybody(ask):
    with pytest.raises(PermissionDenied):
        views.PageView.as_view()(ask())


def test_the_one_h1_begins_the_title_and_the_landlord_ends_it(ask):
    drawn = page(Close.as_view()(ask()))
    assert [h1.get_text() for h1 in drawn.find_all("h1")] == ["Close the thing"]
    assert drawn.title.get_text() == "Close the thing – Example Borough Council"


@pytest.mark.django_db
def test_a_deed_gets_the_cleaned_answers_and_goes_on_with_a_message(ask):
    Close.done_with.clear()
    request = ask("/close/", ANSWERS)
    response = Close.as_view()(request)
    assert (response.status_code, response.headers["Location"]) == (302, "/closed/")
    assert Close.done_with == [{"on": date(2022, 10, 3), "why": "It is done"}]
    assert [str(m) for m in messages.get_messages(request)] == ["The thing is closed."]


@pytest.mark.django_db
@pytest.mark.parametrize(("field", "href"), [("on", "#id_on-day"), ("why", "#id_why"), ("other", None), (None, None)])
def test_a_refusal_reaches_the_page_untouched_and_keeps_what_was_typed(ask, field, href):
    response = Close.as_view(refuse_at=field)(ask("/close/", {**ANSWERS, "why": "refuse"}))
    assert response.status_code == 422
    drawn = page(response)
    summary = drawn.find(class_="govuk-error-summary")
    assert summary.find("li").get_text(strip=True) == SENTENCE
    link = summary.find("a")
    assert (link["href"] if link else None) == href
    assert drawn.find(id="id_on-year")["value"] == "2022"
    assert drawn.find("textarea").get_text() == "refuse"
    assert drawn.title.get_text().startswith("Close the thing – there is a problem")


def test_wrong_answers_never_reach_the_deed(ask):
    Close.done_with.clear()
    response = Close.as_view()(ask("/close/", {**ANSWERS, "on-year": ""}))
    assert response.status_code == 422
    assert Close.done_with == []


@pytest.mark.requirement("COM-08")
def test_wherever_the_layout_shows_a_telephone_number_relay_uk_stands_beside_it(ask):
    text = re.sub(r"\s+", " ", page(Close.as_view()(ask())).find("footer").get_text())
    assert "Telephone: 01234 567 890" in text
    assert "dial 18001 then 01234 567 890" in text


def test_messages_are_shown_once_and_escaped(ask):
    request = ask()
    messages.success(request, "<b>Done</b>")
    drawn = page(Close.as_view()(request))
    banner = drawn.find(class_="govuk-notification-banner--success")
    assert banner.find(class_="govuk-notification-banner__heading").get_text() == "<b>Done</b>"


class Numbers(views.ListPage):
    permission = "numbers.read"
    title = "Numbers"

    def items(self):
        return list(range(60))


def test_a_list_has_pages_and_keeps_the_rest_of_the_address(ask):
    drawn = page(Numbers.as_view()(ask("/numbers/?state=draft&page=2")))
    assert "60 results" in drawn.main.get_text()
    assert drawn.find("a", rel="next")["href"] == "?state=draft&page=3"
    assert drawn.find(class_="govuk-pagination__item--current").get_text(strip=True) == "2"


@pytest.mark.parametrize("number", ["0", "99", "x", ""])
def test_a_page_that_is_none_shows_the_nearest(ask, number):
    assert Numbers.as_view()(ask(f"/numbers/?page={number}")).status_code == 200


def test_the_theme_is_a_style_sheet_with_the_landlords_colour(ask):
    response = views.Theme.as_view()(ask())
    assert response.headers["Content-Type"].startswith("text/css")
    assert "--hearth-brand:#5b2a62" in response.content.decode()


def test_the_theme_of_a_landlord_that_tries_to_write_css_is_the_default(ask):
    request = ask()
    request.landlord = SimpleNamespace(name="X", colour="red;}*{}")
    assert "red" not in views.Theme.as_view()(request).content.decode()


def test_there_is_no_gallery_in_service(ask, settings):
    settings.DEBUG = False
    with pytest.raises(Http404):
        gallery.Gallery.as_view()(ask("/gallery/"))
