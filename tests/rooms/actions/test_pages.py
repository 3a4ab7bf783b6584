"""The register of actions as people meet it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.factories.pages import text_of

Promise = Callable[..., Any]


@pytest.fixture
def client(client_as: Any, user_with: Any) -> Any:
    return client_as(user_with(roles=["housing_policy_officer"], posts=["Housing Policy & Performance Officer"]))


def spoken(day: date) -> str:
    return f"{day:%Y-%m-%d}"


@pytest.fixture
def three(promise: Promise) -> None:
    from hearth.actions.models import Action

    today = timezone.localdate()
    late = promise(text="Late one", due=spoken(today - timedelta(days=1)))
    quiet = promise(text="Quiet one", due=spoken(today + timedelta(days=200)))
    promise(text="Fresh one", due=spoken(today + timedelta(days=300)), officer_title="")
    Action.objects.filter(pk=quiet.pk).update(updated_on=today - timedelta(days=90))
    assert late.due_on


@pytest.mark.requirement("ACT-06")
def test_what_is_late_is_marked_overdue_and_what_is_quiet_says_for_how_long(client: Any, three: None) -> None:
    page = client.page("actions:actions").content.decode()
    assert "govuk-tag--red" in page
    assert "Overdue" in page
    assert "govuk-tag--orange" in page
    assert "No update for 90 days" in page


@pytest.mark.requirement("ACT-01")
def test_the_register_is_narrowed_by_state_source_officer_and_lateness(client: Any, three: None, inside: Any) -> None:
    def listed(**query: Any) -> set[str]:
        text = text_of(client.page("actions:actions", query=query))
        return {name for name in ("Late one", "Quiet one", "Fresh one") if name in text}

    assert listed() == {"Late one", "Quiet one", "Fresh one"}
    assert listed(only="late") == {"Late one"}
    assert listed(only="quiet") == {"Quiet one"}
    assert listed(officer="none") == {"Fresh one"}
    assert listed(words="quiet") == {"Quiet one"}
    assert listed(status="complete") == set()
    assert listed(source="landlords.body") == {"Late one", "Quiet one", "Fresh one"}


@pytest.mark.requirement("ACT-01")
def test_an_action_leads_back_to_its_source(client: Any, promise: Promise, inside: Any) -> None:
    from hearth.policies.models import Document

    document = Document.objects.create(title="Lettings policy", kind="policy")
    action = promise(source=document)
    page = client.page("actions:action", pk=action.pk).content.decode()
    assert f'href="{client.address("policies:document", pk=document.pk)}"' in page


@pytest.mark.requirement("SYS-10")
def test_the_exported_list_holds_what_the_filter_shows_and_starts_no_formula(client: Any, promise: Promise) -> None:
    promise(text='=HYPERLINK("http://example.org","Click")', outcome="+1", need="@cmd", monitoring="-2+3", due="2099")
    promise(text="Plain, with a comma", due="31 May 2020")
    response = client.page("actions:export")
    assert response["Content-Type"].startswith("text/csv")
    assert "attachment" in response["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert len(rows) == 3
    assert all(not cell.startswith(("=", "+", "-", "@", "\t")) for row in rows for cell in row)
    assert any("HYPERLINK" in cell for row in rows for cell in row)
    late = list(csv.reader(io.StringIO(client.page("actions:export", query={"only": "late"}).content.decode())))
    assert len(late) == 2
    assert "Plain, with a comma" in late[1]


def test_the_register_asks_as_many_questions_for_many_actions_as_for_few(
    client: Any, promise: Promise, queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def asked() -> int:
        with CaptureQueriesContext(connection) as caught:
            client.page("actions:actions")
        return len(caught)

    promise()
    few = asked()
    for _ in range(10):
        promise()
    assert asked() == few


def day_of(name: str, day: date) -> dict[str, Any]:
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}


def test_an_action_is_started_checked_and_completed_through_its_pages(client: Any, promise: Promise) -> None:
    action, today = promise(due="31 December 2099"), timezone.localdate()
    assert client.send("actions:start", {"text": "Rooms are booked"}, pk=action.pk).status_code == 302
    said = {"text": "Two meetings held", "evidence": "Minutes", **day_of("on", today)}
    assert client.send("actions:check", said, pk=action.pk).status_code == 302
    refused = client.send("actions:complete", {"evidence": "", "outcome_reached": "yes"}, pk=action.pk)
    assert refused.status_code == 422
    assert "Say what shows that this was done" in text_of(refused)
    done = client.send(
        "actions:complete", {"evidence": "All minutes", "outcome_reached": "yes"}, follow=True, pk=action.pk
    )
    text = text_of(done)
    assert "The action is complete." in text
    assert "Two meetings held" in text
    assert "All minutes" in text


def test_every_page_and_form_of_an_action_opens(client: Any, promise: Promise) -> None:
    action = promise()
    for name in ("action", "start", "check", "complete", "defer", "change_date", "end", "officer"):
        assert client.page(f"actions:{name}", pk=action.pk).status_code == 200, name
    assert client.page("actions:add").status_code == 200


def test_dates_ends_and_owners_change_through_their_pages(client: Any, promise: Promise, user_with: Any) -> None:
    from hearth.landlords.models import Post

    user_with(posts=["Housing Manager"])
    manager = Post.objects.get(title="Housing Manager")
    action = promise(due="31 December 2099")
    said = {"reason": "The hall is closed", **day_of("due_on", date(2099, 11, 1))}
    assert client.send("actions:change_date", said, pk=action.pk).status_code == 302
    said = {**said, "agreed_by": "Housing Manager", **day_of("due_on", date(2099, 12, 1))}
    assert client.send("actions:defer", said, pk=action.pk).status_code == 302
    assert client.send("actions:officer", {"officer": manager.pk, "manager": ""}, pk=action.pk).status_code == 302
    ended = {"how": "supersede", "reason": "Action 12 does the same", "agreed_by": "Housing Manager"}
    assert client.send("actions:end", ended, pk=action.pk).status_code == 302
    action.refresh_from_db()
    assert (action.status, action.due_on, action.officer) == ("superseded", date(2099, 12, 1), manager)


def test_an_action_is_added_by_hand_with_where_it_comes_from(client: Any, user_with: Any) -> None:
    from hearth.actions.models import Action
    from hearth.landlords.models import Post

    user_with(posts=["Housing Manager"])
    said = {
        "source_title": "Estate inspection of 3 May 2026", "kind": "other", "text": "Mend the gate",
        "outcome": "The gate shuts", "due": "Autumn 2027", "ongoing": "no", "monitoring": "Next inspection",
        "officer": Post.objects.get(title="Housing Manager").pk,
    }  # fmt: skip
    assert client.send("actions:add", said).status_code == 302
    action = Action.objects.get(text="Mend the gate")
    assert (action.due_on, action.source_title) == (date(2027, 11, 30), "Estate inspection of 3 May 2026")


def test_evidence_is_handed_out_as_a_file_to_save(client: Any, promise: Promise, keeper: Any) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from hearth.actions import services

    action = promise()
    upload = SimpleUploadedFile("minutes.txt", b"Minutes of the spring meeting.", "text/plain")
    note = services.check_progress(action=action, on=date(2026, 5, 1), text="Held", upload=upload, by=keeper)
    response = client.page("actions:file", pk=action.pk, note=note.pk)
    assert response.content == b"Minutes of the spring meeting."
    assert response["Content-Disposition"].startswith("attachment")


@pytest.mark.requirement("SEC-01")
def test_the_register_stays_shut_to_those_without_the_right(client_as: Any, user_with: Any, promise: Promise) -> None:
    action = promise()
    councillor = client_as(user_with(roles=["councillor"]))
    auditor = client_as(user_with(roles=["auditor"]))
    assert councillor.page("actions:actions").status_code == 403
    assert auditor.page("actions:actions").status_code == 200
    assert auditor.page("actions:start", pk=action.pk).status_code == 403
    assert auditor.send("actions:start", {}, pk=action.pk).status_code == 403
    assert auditor.page("actions:add").status_code == 403
