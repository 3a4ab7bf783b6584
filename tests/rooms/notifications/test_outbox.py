"""Messages leave once, fail before an officer's eyes, and letters are printed and posted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from hearth.notifications import services
from hearth.notifications.models import Message
from tests.factories.pages import text_of


@pytest.fixture
def clerk(user_with: Callable[..., Any], client_as: Callable[..., Any]) -> Any:
    return client_as(user_with(roles=["administrator"]))


def send(actor: Any, **said: Any) -> Message:
    kept = {"key": "one", "to_name": "Ann Other", "to_address": "ann@example.org", "subject": "About your garden",
            "body": "Dear Ann,\n\nthe hedge is cut."}  # fmt: skip
    return services.send(**{**kept, **said}, by=actor("administrator"))


@pytest.mark.requirement("SYS-05")
def test_a_message_leaves_once_with_proof(clerk: Any, actor: Any, run_jobs: Any) -> None:
    first = send(actor)
    assert send(actor).pk == first.pk
    run_jobs()
    assert len(mail.outbox) == 1
    page = text_of(clerk.page("notifications:message", pk=first.pk))
    assert "Handed to the mail server" in page
    assert "the hedge is cut" in page


@pytest.mark.requirement("SYS-05")
def test_a_message_that_keeps_failing_is_shown_and_can_be_tried_again(
    clerk: Any, actor: Any, run_jobs: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(*_: Any) -> None:
        raise OSError("The mail server is down.")

    message = send(actor)
    with monkeypatch.context() as broken:
        broken.setattr("hearth.notifications.services._hand_over", down)
        for _ in range(5):
            with pytest.raises(services.Undelivered):
                services.deliver(message_id=message.pk, at=timezone.now())
        services.deliver(message_id=message.pk, at=timezone.now())
    listed = text_of(clerk.page("notifications:outbox", query={"state": "failed"}))
    assert "About your garden" in listed
    assert "1 message needs somebody" in listed
    assert "The mail server is down." in text_of(clerk.page("notifications:message", pk=message.pk))
    assert "Could not be sent: About your garden" in text_of(clerk.page("desk:home"))
    assert clerk.send("notifications:again", pk=message.pk).status_code == 302
    run_jobs()
    message.refresh_from_db()
    assert message.state == "sent"
    assert len(mail.outbox) == 1
    assert clerk.send("notifications:again", pk=message.pk).status_code == 422


@pytest.mark.requirement("SYS-05")
def test_a_letter_is_printed_and_its_posting_recorded(clerk: Any, actor: Any, run_jobs: Any) -> None:
    letter = send(actor, channel="letter", to_address="1 High Street\nThornbridge")
    run_jobs()
    assert not mail.outbox
    printed = text_of(clerk.page("notifications:letter", pk=letter.pk))
    assert "1 High Street" in printed
    assert "the hedge is cut." in printed
    assert clerk.send("notifications:posted", {"proof": " "}, pk=letter.pk).status_code == 422
    assert clerk.send("notifications:posted", {"proof": "First class"}, pk=letter.pk).status_code == 302
    assert "First class" in text_of(clerk.page("notifications:message", pk=letter.pk))
    assert clerk.send("notifications:posted", {"proof": "Again"}, pk=letter.pk).status_code == 422


def test_an_email_has_no_page_to_print(clerk: Any, actor: Any) -> None:
    assert clerk.page("notifications:letter", pk=send(actor).pk).status_code == 404


def test_the_outbox_is_for_those_who_keep_it(user_with: Any, client_as: Any, actor: Any, inside: Any) -> None:
    message = send(actor)
    stranger = client_as(user_with(roles=["legal"]))
    assert stranger.page("notifications:outbox").status_code == 403
    assert stranger.page("notifications:message", pk=message.pk).status_code == 403


def test_the_outbox_asks_as_often_for_many_as_for_few(clerk: Any, actor: Any, queries: Any) -> None:
    send(actor)
    clerk.page("notifications:outbox")
    with queries(9):
        clerk.page("notifications:outbox")
    for number in range(20):
        send(actor, key=f"number {number}")
    with queries(9):
        clerk.page("notifications:outbox")


def test_a_printed_letter_is_downloaded_from_its_own_message_only(clerk: Any, actor: Any) -> None:
    from hearth.documents import services as documents

    by = actor("administrator")
    mine = documents.keep(name="letter.pdf", body=b"%PDF mine", purpose="documents.printed", by=by)
    documents.keep(name="other.pdf", body=b"%PDF other", purpose="documents.printed", by=by)
    message = send(actor, channel="letter", to_address="1 High Street", attachments=[mine.pk])
    page = clerk.page("notifications:message", pk=message.pk)
    assert "letter.pdf" in text_of(page)
    assert clerk.page("notifications:file", pk=message.pk, number=1).content == b"%PDF mine"
    assert clerk.page("notifications:file", pk=message.pk, number=2).status_code == 404
