"""Uploading documents, correcting what was read beside the document, and old signatures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hearth.documents.models import StoredFile
from hearth.reviews import queries
from hearth.reviews.models import Part, Reading, Review
from tests.factories.pages import text_of


@pytest.fixture
def seed(shared: Path) -> Callable[[str], SimpleUploadedFile]:
    def upload(number: str) -> SimpleUploadedFile:
        path = next((shared / "seeds").glob(f"{number}_*.txt"))
        return SimpleUploadedFile(path.name, path.read_bytes(), content_type="text/plain")

    return upload


@pytest.fixture
def readings(dartford: Any, desk: Any, seed: Any) -> Callable[[str], Review]:
    """A seed, uploaded."""

    def read(number: str) -> Review:
        assert desk.send("reviews:read", {"documents": [seed(number)]}).status_code == 302
        return Review.objects.latest("id")

    return read


@pytest.mark.requirement("CAR-33")
def test_an_uploaded_review_becomes_a_draft_beside_its_document(readings: Any, desk: Any) -> None:
    review = readings("001")
    assert review.status == "drafting"
    held = Reading.objects.get(review=review)
    page = desk.page("reviews:reading", pk=review.pk)
    text = text_of(page)
    assert held.file.sha256 in text
    assert "Sure:" in text
    assert text.count("Domestic Abuse") > 4
    answers = [key for key, _ in held.report["placed"].items()]
    assert len(answers) > 15


def test_the_file_is_given_back_byte_for_byte(readings: Any, desk: Any, seed: Any) -> None:
    review = readings("002")
    given = desk.page("reviews:file", pk=review.pk)
    assert given.content == seed("002").read()
    assert given["Content-Disposition"].startswith("attachment")


def test_who_may_not_read_reviews_cannot_have_the_file(readings: Any, client_as: Any, user_with: Any) -> None:
    review = readings("000")
    stranger = user_with(roles=["councillor"])
    assert client_as(stranger).page("reviews:file", pk=review.pk).status_code == 403
    assert client_as().page("reviews:file", pk=review.pk).status_code == 302


@pytest.mark.requirement("SYS-06")
@pytest.mark.parametrize(
    ("name", "body", "words"),
    [
        ("empty.txt", b"", "empty"),
        ("program.exe", b"MZ\x90\x00 anything", "not accepted"),
        ("macro.docm", b"PK\x03\x04 anything", "not accepted"),
        ("broken.docx", b"PK\x03\x04 this is no archive", "damaged"),
        ("photo.pdf", b"\x89PNG\r\n\x1a\n", "photo.pdf"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_by_its_name_and_leaves_nothing(
    dartford: Any, desk: Any, name: str, body: bytes, words: str
) -> None:
    refused = desk.send("reviews:read", {"documents": [SimpleUploadedFile(name, body)]})
    assert refused.status_code == 422
    text = text_of(refused)
    assert words in text
    assert not Review.objects.exists()
    assert not StoredFile.objects.exists()


def test_a_safe_file_that_is_no_review_is_kept_and_makes_no_draft(dartford: Any, desk: Any) -> None:
    letter = SimpleUploadedFile("letter.txt", b"Dear Sir,\n\nthe bins were not emptied.\n\nYours")
    refused = desk.send("reviews:read", {"documents": [letter]})
    assert refused.status_code == 422
    assert "letter.txt does not look like a Customer Access Review" in text_of(refused)
    assert not Review.objects.exists()
    assert StoredFile.objects.get().purpose == "reviews.not_read"


def test_one_bad_file_does_not_stop_the_others(dartford: Any, desk: Any, seed: Any) -> None:
    sent = desk.send("reviews:read", {"documents": [SimpleUploadedFile("bad.txt", b"  "), seed("000")]})
    assert sent.status_code == 422
    text = text_of(sent)
    assert "bad.txt" in text
    assert Review.objects.get().reference in text


def test_a_text_without_a_place_is_kept_and_can_be_put_into_an_answer(readings: Any, desk: Any, officer: Any) -> None:
    review = readings("000")
    held = Reading.objects.get(review=review)
    held.report["unplaced"] = ["The mayor wrote a letter.", "And another."]
    held.save()
    before = desk.page("reviews:reading", pk=review.pk)
    assert "The mayor wrote a letter." in text_of(before)
    put = desk.send("reviews:reading", {"index": "0", "key": "comments"}, pk=review.pk)
    assert put.status_code == 302
    assert Part.objects.get(review=review, key="comments").value["text"].endswith("The mayor wrote a letter.")
    put = desk.send("reviews:reading", {"index": "1", "key": "impacts.age:positive"}, pk=review.pk)
    assert put.status_code == 302
    assert Part.objects.get(review=review, key="impacts.age").value["positive"] == "And another."
    after = text_of(desk.page("reviews:reading", pk=review.pk))
    assert "Every text" not in after
    assert f"by {officer.name}" in after
    again = desk.send("reviews:reading", {"index": "0", "key": "aims"}, pk=review.pk)
    assert again.status_code == 422
    assert Reading.objects.get(review=review).report["unplaced"] == ["The mayor wrote a letter.", "And another."]


@pytest.mark.requirement("CAR-34")
def test_a_review_signed_out_of_order_on_paper_counts_once_its_approver_confirms_it(
    readings: Any, desk: Any, lawyer: Any, user_with: Any, client_as: Any
) -> None:
    review = readings("002")
    shown = text_of(desk.page("reviews:record", pk=review.pk))
    assert "Approved 13 days before legal review." in shown
    assert desk.send("reviews:record", pk=review.pk).status_code == 302
    review.refresh_from_db()
    assert review.status == "legal_reviewed"
    assert review.approved_on is None
    boss = user_with(roles=["director"], posts=[review.route[-1]])
    assert review.reference in text_of(client_as(boss).page("desk:home"))
    assert client_as(lawyer).send("reviews:confirm", pk=review.pk).status_code == 422
    assert client_as(boss).send("reviews:confirm", pk=review.pk).status_code == 302
    review.refresh_from_db()
    assert review.status == "monitoring"
    assert "Confirmed by" in text_of(desk.page("reviews:life", pk=review.pk))


@pytest.mark.requirement("CAR-33")
def test_a_review_signed_in_order_on_paper_is_recorded_as_approved(readings: Any, desk: Any) -> None:
    review = readings("001")
    assert desk.send("reviews:record", pk=review.pk).status_code == 302
    review.refresh_from_db()
    assert review.status == "monitoring"
    assert review.history
    assert review.next_review_on is not None
    assert "Signed on paper, before Hearth" in text_of(desk.page("reviews:life", pk=review.pk))


def test_the_page_with_both_asks_the_database_a_fixed_number_of_times(
    readings: Any, desk: Any, queries: Callable[[int], Any]
) -> None:
    for review in [readings("000"), readings("001")]:
        desk.page("reviews:reading", pk=review.pk)
        with queries(21):
            desk.page("reviews:reading", pk=review.pk)


def test_nobody_can_read_what_is_not_a_reading(review: Any, desk: Any) -> None:
    assert queries.reading_of(review) is None
    assert desk.page("reviews:reading", pk=review.pk).status_code == 404
