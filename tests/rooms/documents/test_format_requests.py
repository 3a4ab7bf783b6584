"""Officers serve what people asked for in other formats."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from hearth.documents.models import FormatRequest
from tests.factories.pages import text_of


@pytest.fixture
def clerk(user_with: Callable[..., Any], client_as: Callable[..., Any]) -> Any:
    return client_as(user_with(roles=["policy_projects_officer"]))


def request(inside: Any, *, due: date, **said: Any) -> FormatRequest:
    kept = {"subject_kind": "reviews.publication", "subject_id": 0, "subject_title": "Pets in flats",
            "subject_version": "d" * 64, "format": "braille", "name": "Ann Other", "contact": "1 High Street",
            "asked_on": due - timedelta(days=20), "due_on": due}  # fmt: skip
    return FormatRequest.objects.create(**{**kept, **said})


@pytest.mark.requirement("COM-04")
def test_the_list_is_by_due_date_and_what_is_overdue_stands_out(clerk: Any, inside: Any) -> None:
    today = timezone.localdate()
    request(inside, due=today + timedelta(days=9), subject_title="Later one")
    request(inside, due=today - timedelta(days=1), subject_title="Late one")
    request(inside, due=today, subject_title="Sent one", state="sent", sent_on=today, proof="Post")
    page = text_of(clerk.page("documents:requests"))
    assert page.index("Late one") < page.index("Later one")
    assert "1 request is overdue" in page
    assert "Sent one" not in page
    assert "Later one" not in text_of(clerk.page("documents:requests", query={"state": "late"}))
    assert "Sent one" in text_of(clerk.page("documents:requests", query={"state": "all"}))


@pytest.mark.requirement("COM-04")
def test_sending_is_recorded_with_its_proof_supplier_and_cost(clerk: Any, inside: Any) -> None:
    kept = request(inside, due=timezone.localdate())
    assert clerk.send("documents:sent", {"on": timezone.localdate(), "proof": ""}, pk=kept.pk).status_code == 422
    said = {"on": timezone.localdate(), "proof": "First class", "supplier": "RNIB", "cost": "41.50"}
    assert clerk.send("documents:sent", said, pk=kept.pk).status_code == 302
    page = text_of(clerk.page("documents:request", pk=kept.pk))
    for words in ("First class", "RNIB", "£41.50", "Sent"):
        assert words in page
    again = clerk.send("documents:sent", said, pk=kept.pk)
    assert again.status_code == 422
    assert "settled already" in text_of(again)


def test_sending_before_it_was_asked_for_is_refused(clerk: Any, inside: Any) -> None:
    kept = request(inside, due=timezone.localdate())
    early = {"on": kept.asked_on - timedelta(days=1), "proof": "First class"}
    assert clerk.send("documents:sent", early, pk=kept.pk).status_code == 422
    kept.refresh_from_db()
    assert kept.state == "asked"


def test_declining_wants_a_reason(clerk: Any, inside: Any) -> None:
    kept = request(inside, due=timezone.localdate(), format="other", language="A song")
    assert clerk.send("documents:decline", {"reason": "No."}, pk=kept.pk).status_code == 422
    said = {"reason": "Nobody here sings; we offered audio."}
    assert clerk.send("documents:decline", said, pk=kept.pk).status_code == 302
    assert "we offered audio" in text_of(clerk.page("documents:request", pk=kept.pk))


def test_a_file_is_made_again_through_the_queue(clerk: Any, inside: Any, run_jobs: Any) -> None:
    kept = request(inside, due=timezone.localdate())
    assert clerk.send("documents:make", pk=kept.pk).status_code == 302
    assert "reviews.serve_format" in run_jobs()
    assert clerk.page("documents:request_file", pk=kept.pk).status_code == 404


def test_who_has_nothing_to_do_with_formats_sees_no_request(user_with: Any, client_as: Any, inside: Any) -> None:
    kept = request(inside, due=timezone.localdate())
    lawyer = client_as(user_with(roles=["legal"]))
    for page in ("documents:request", "documents:request_file", "documents:sent", "documents:make"):
        assert lawyer.page(page, pk=kept.pk).status_code == 403


def test_the_list_asks_as_often_for_many_as_for_few(clerk: Any, inside: Any, queries: Any) -> None:
    request(inside, due=timezone.localdate())
    clerk.page("documents:requests")
    with queries(9):
        clerk.page("documents:requests")
    for _ in range(20):
        request(inside, due=timezone.localdate())
    with queries(9):
        clerk.page("documents:requests")
