"""What visitors read, download and ask for."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core import mail

from hearth.documents.models import FormatRequest, Printed
from hearth.documents.rules.rendering import programs
from hearth.landlords.models import Post
from hearth.reviews.models import Publication
from tests.factories.pages import text_of
from tests.factories.publications import published

ASKED = {"format": "braille", "name": "Ann Other", "contact": "ann@example.org"}


@pytest.fixture
def visitor(client_as: Callable[..., Any]) -> Any:
    return client_as()


@pytest.fixture
def publication(inside: Any) -> Publication:
    return published()[0]


def test_the_first_page_opens_with_and_without_reviews(visitor: Any, inside: Any) -> None:
    assert "No review has been published yet" in text_of(visitor.page("public:home"))
    published(7)
    page = text_of(visitor.page("public:home"))
    assert page.count("Approved on") == 5
    assert inside.name in page


@pytest.mark.requirement("CAR-48")
def test_the_register_is_found_by_words_status_and_year(visitor: Any, inside: Any) -> None:
    form = published(3)[0].review.form
    published(1, form=form, title="Pets in flats", approved_on=date(2023, 2, 1))
    every = visitor.page("public:reviews")
    assert "4 reviews" in text_of(every)
    assert "Due for review" in text_of(every)
    by_words = text_of(visitor.page("public:reviews", query={"words": "flats PETS"}))
    assert "1 review " in by_words
    assert "Garden waste service" not in by_words
    assert "Pets in flats" in text_of(visitor.page("public:reviews", query={"year": "2023"}))
    waiting = text_of(visitor.page("public:reviews", query={"status": "due_for_review"}))
    assert "Garden waste service 2" in waiting
    assert "Garden waste service 1" not in waiting
    assert "No published review fits" in text_of(visitor.page("public:reviews", query={"words": "zebra"}))


def test_the_register_asks_as_often_for_many_as_for_few(visitor: Any, inside: Any, queries: Any) -> None:
    form = published(1)[0].review.form
    with queries(5):
        visitor.page("public:reviews")
    published(120, form=form)
    with queries(5):
        assert "next" in visitor.page("public:reviews").content.decode().lower()


@pytest.mark.requirement("CAR-47", "SYS-11")
def test_a_review_is_a_page_first_with_its_pictures_and_every_other_format(visitor: Any, publication: Any) -> None:
    page = visitor.page("public:review", slug=publication.slug)
    html, text = page.content.decode(), text_of(page)
    assert "<svg" in html
    assert text.count("Help with lifting is offered") >= 9  # question 8 as a section for each characteristic
    for words in ("Word document", "OpenDocument text", "PDF", "Large print, 24 point", "Braille", "Audio"):
        assert words in text
    for step in range(1, 7):
        assert f"Step {step}" in text


@pytest.mark.parametrize(
    ("format", "starts"),
    [("docx", b"PK"), ("odt", b"PK"), ("pdf", b"%PDF"), ("large_print_16", b"%PDF"), ("large_print_24", b"%PDF")],
)
@pytest.mark.requirement("SYS-11", "CAR-47")
def test_small_formats_come_at_once_and_are_made_only_once(
    visitor: Any, publication: Any, format: str, starts: bytes
) -> None:
    first = visitor.page("public:download", slug=publication.slug, format=format)
    assert first.content.startswith(starts)
    assert first["Content-Disposition"].startswith("attachment")
    again = visitor.page("public:download", slug=publication.slug, format=format)
    assert again.content == first.content
    assert Printed.objects.count() == 1
    if format == "docx":
        words = zipfile.ZipFile(BytesIO(first.content)).read("word/document.xml").decode()
        assert "Help with lifting is offered" in words
        assert "Heading2" in words


def test_what_takes_long_is_made_by_a_job_while_the_page_asks_again(
    visitor: Any, publication: Any, run_jobs: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from hearth.documents import queries as documents

    monkeypatch.setattr(programs, "missing", lambda *_: "")
    monkeypatch.setattr(programs, "to_braille", lambda lines, **_: [line.upper() for line in lines])
    monkeypatch.setattr("hearth.documents.rules.rendering.braille.to_braille", lambda lines, **_: lines, raising=False)
    documents.formats.cache_clear()
    try:
        where = {"slug": publication.slug, "format": "braille"}
        asked = visitor.page("public:download", **where)
        assert "It has not been made yet" in text_of(asked)
        assert not asked.has_header("Refresh")
        for _ in range(3):  # asking again while it waits makes it once
            assert visitor.send("public:download", **where).status_code == 302
        waiting = visitor.page("public:download", query={"making": "1"}, **where)
        assert waiting["Refresh"] == "5"
        assert "Check again" in text_of(waiting)
        assert run_jobs().count("public.print") == 1
        ready = visitor.page("public:download", query={"making": "1"}, **where)
        assert "It is ready" in text_of(ready)
        assert not ready.has_header("Refresh")
        file = visitor.page("public:download", query={"get": "1"}, **where)
        assert file["Content-Disposition"].endswith(".brf")
    finally:
        documents.formats.cache_clear()


def test_where_the_program_is_missing_the_page_says_so_and_the_rest_works(
    visitor: Any, publication: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from hearth.documents import queries as documents

    monkeypatch.setattr(programs.shutil, "which", lambda _: None)
    documents.formats.cache_clear()
    try:
        page = text_of(visitor.page("public:review", slug=publication.slug))
        assert "not made here by machine; ask us for it" in page
        said = text_of(visitor.page("public:download", slug=publication.slug, format="audio"))
        assert "espeak-ng" in said
        assert "ask us for this format" in said
        assert visitor.page("public:download", slug=publication.slug, format="pdf").content.startswith(b"%PDF")
    finally:
        documents.formats.cache_clear()


@pytest.mark.requirement("COM-04")
def test_anybody_may_ask_for_another_format_and_is_told_by_when(visitor: Any, publication: Any) -> None:
    sent = visitor.send("public:ask_format", ASKED, slug=publication.slug, follow=True)
    request = FormatRequest.objects.get()
    assert (request.due_on - request.asked_on).days >= 19  # 15 working days, and the weekends between
    assert f"FORMAT-{request.pk}" in sent.content.decode()
    assert request.subject_version == publication.digest


@pytest.mark.parametrize(
    ("changed", "words"),
    [({"name": ""}, "Enter your name"), ({"contact": " "}, "postal address"), ({"format": "translation"}, "language")],
)
def test_what_is_missing_in_a_request_is_asked_for(visitor: Any, publication: Any, changed: Any, words: str) -> None:
    refused = visitor.send("public:ask_format", {**ASKED, **changed}, slug=publication.slug)
    assert refused.status_code == 422
    assert words in text_of(refused)
    assert not FormatRequest.objects.exists()


@pytest.mark.requirement("COM-04")
def test_large_print_for_an_email_address_is_made_sent_and_on_record_with_its_proof(
    visitor: Any, publication: Any, run_jobs: Any
) -> None:
    asked = {"format": "large_print_18", "name": "Ann Other", "contact": "ann@example.org"}
    visitor.send("public:ask_format", asked, slug=publication.slug)
    run_jobs()
    sent = mail.outbox[0]
    assert "ann@example.org" in sent.to[0]
    assert sent.attachments[0][1].startswith(b"%PDF")
    request = FormatRequest.objects.get()
    assert request.state == "sent"
    assert "Handed to the mail server" in request.proof


def test_what_goes_by_post_stays_with_the_officers(visitor: Any, publication: Any, run_jobs: Any) -> None:
    asked = {"format": "large_print_18", "name": "Ann Other", "contact": "1 High Street\nThornbridge"}
    visitor.send("public:ask_format", asked, slug=publication.slug)
    run_jobs()
    assert not mail.outbox
    request = FormatRequest.objects.get()
    assert request.state == "made"
    assert request.file is not None


@pytest.mark.requirement("GOV-13")
def test_who_we_are_shows_published_posts_with_their_duties_and_no_others(visitor: Any, inside: Any) -> None:
    Post.objects.create(title="Director of Homes", senior=True, published=True, duties="Answers for all homes.")
    Post.objects.create(title="Night Porter", duties="Keeps the keys.")
    page = text_of(visitor.page("public:who"))
    assert "Answers for all homes." in page
    assert "Night Porter" not in page


@pytest.mark.requirement("GOV-13")
def test_who_we_are_says_when_it_was_last_updated(visitor: Any, actor: Any) -> None:
    from hearth.landlords import services

    by = actor("administrator")
    services.add_post(title="Director of Homes", published=True, duties="Answers for all homes.", by=by)
    assert "Last updated on" in text_of(visitor.page("public:who"))


@pytest.mark.requirement("COM-08")
def test_relay_uk_stands_beside_the_telephone_number_on_every_page(visitor: Any, publication: Any) -> None:
    for page in ("public:home", "public:contact", "public:reviews"):
        html = visitor.page(page).content.decode()
        assert html.count("01632 960001") >= 1
        assert "18001" in html
    assert "18001 01632 960001" in text_of(visitor.page("public:review", slug=publication.slug))


@pytest.mark.requirement("COM-21")
def test_an_accessibility_statement_stands_at_the_foot_of_every_page(visitor: Any, inside: Any) -> None:
    home = visitor.page("public:home").content.decode()
    assert visitor.address("public:accessibility") in home
    assert "Web Content Accessibility Guidelines version 2.2, level AA" in text_of(visitor.page("public:accessibility"))
    assert visitor.page("public:privacy").status_code == 200


def test_what_is_not_there_is_not_there(visitor: Any, publication: Any, other_landlord: Any, client_as: Any) -> None:
    assert visitor.page("public:review", slug="nothing").status_code == 404
    assert visitor.page("/published/" + publication.slug + "/as/exe/").status_code == 404
    neighbour = type(visitor)(other_landlord.slug)
    assert neighbour.page("public:review", slug=publication.slug).status_code == 404
