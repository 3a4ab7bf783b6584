"""The registers as people meet them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.factories.pages import text_of

Make = Callable[..., Any]
WHEN = {"on-day": 1, "on-month": 2, "on-year": 2024}


@pytest.mark.requirement("GOV-01")
def test_a_document_is_added_through_its_page_and_listed_as_a_draft_with_its_term(client: Any, post: Any) -> None:
    from hearth.policies.models import Document

    said = {
        "title": "Domestic Abuse Housing Strategy", "aliases": "DA Strategy\nAbuse strategy", "kind": "strategy",
        "owner": post.pk, "officer": post.pk, "version": "1.0", "in_force": "no",
        "starts_on-day": 1, "starts_on-month": 1, "starts_on-year": 2023,
        "ends_on-day": 31, "ends_on-month": 12, "ends_on-year": 2027,
    }  # fmt: skip
    without = client.send("policies:add_document", {**said, "kind": ""})
    assert without.status_code == 422
    assert "Select kind of document" in text_of(without)
    done = client.send("policies:add_document", said, follow=True)
    text = text_of(done)
    assert "Draft" in text
    assert "(5 years)" in text
    assert "DA Strategy" in text
    assert Document.objects.get().aliases == ["DA Strategy", "Abuse strategy"]
    assert "Domestic Abuse Housing Strategy" in text_of(client.page("policies:documents"))


@pytest.mark.requirement("GOV-01")
def test_the_register_finds_a_document_by_another_name_and_narrows_by_kind_state_and_review(
    client: Any, published: Make, draft: Make
) -> None:
    published(title="Anti-social behaviour policy", kind="policy", aliases=["ASB policy"])
    draft(title="Repairs handbook", kind="handbook")

    def listed(**query: Any) -> set[str]:
        text = text_of(client.page("policies:documents", query=query))
        return {name for name in ("Anti-social behaviour policy", "Repairs handbook") if name in text}

    assert listed(words="asb") == {"Anti-social behaviour policy"}
    assert listed(kind="handbook") == {"Repairs handbook"}
    assert listed(status="published") == {"Anti-social behaviour policy"}
    assert listed(review="due") == {"Anti-social behaviour policy"}
    assert listed(words="nothing at all") == set()


@pytest.mark.requirement("GOV-26")
def test_a_policy_past_its_date_is_shown_as_overdue(client: Any, published: Make) -> None:
    published(kind="policy", adopted_on=date(2015, 1, 1))
    text = text_of(client.page("policies:documents"))
    assert "1 January 2018 Overdue" in text


@pytest.mark.requirement("GOV-02")
def test_the_page_of_steps_refuses_a_jump_and_names_the_missing_steps(
    client_as: Any, user_with: Any, draft: Make
) -> None:
    document = draft()
    director = client_as(user_with(roles=["director"]))
    refused = director.send("policies:move", {"to": "approved", "text": "Cabinet agreed it", **WHEN}, pk=document.pk)
    assert refused.status_code == 422
    assert "First it must be internal consultation, then external consultation" in text_of(refused)


def test_steps_reviews_and_versions_are_recorded_through_their_pages(client: Any, published: Make) -> None:
    document = published()
    version = {"note": "The first text", "text": "Nobody should be homeless.", **WHEN}
    assert client.send("policies:add_version", version, pk=document.pk).status_code == 302
    late = client.send("policies:review", {"reason": "operational", **WHEN}, pk=document.pk)
    assert late.status_code == 302
    assert client.send("policies:move", {"to": "draft", **WHEN}, pk=document.pk).status_code == 302
    document.refresh_from_db()
    assert (document.status, document.version) == ("draft", "2.0")
    assert "Nobody should be homeless." in text_of(
        client.page("policies:version", pk=document.pk, version=document.versions.get().pk)
    )


def test_what_the_register_says_is_changed_through_its_page(client: Any, published: Make, post: Any) -> None:
    document = published()
    form = client.page("policies:change_document", pk=document.pk)
    assert form.status_code == 200
    said = {"title": "Safe at Home", "kind": "strategy", "owner": post.pk, "officer": post.pk, "aliases": "",
            "review_on-day": 1, "review_on-month": 6, "review_on-year": 2025}  # fmt: skip
    assert client.send("policies:change_document", said, pk=document.pk).status_code == 302
    document.refresh_from_db()
    assert (document.title, document.review_on) == ("Safe at Home", date(2025, 6, 1))


def test_laws_plans_and_indicators_are_kept_through_their_pages(client: Any) -> None:
    from hearth.policies.models import Aim, Law, Plan

    for title in ("Standard of 2017", "Standard of 2024"):
        assert client.send("policies:add_law", {"title": title, "kind": "standard", "draft": "no"}).status_code == 302
    old, new = Law.objects.get(title="Standard of 2017"), Law.objects.get(title="Standard of 2024")
    changed = {"change": "Complaints are counted now", **WHEN}
    assert client.send("policies:law_changed", changed, pk=old.pk).status_code == 302
    assert client.send("policies:replace_law", {"by_law": new.pk, **WHEN}, pk=old.pk).status_code == 302
    said = {"title": "Standard of 2024", "kind": "standard", "draft": "no", "issuer": "The regulator"}
    assert client.send("policies:change_law", said, pk=new.pk).status_code == 302
    text = text_of(client.page("policies:law", pk=old.pk))
    assert "Superseded" in text
    assert "Complaints are counted now" in text
    assert "Standard of 2024" in text
    plan = {"title": "Corporate plan", **{f"{n}-{part}": value for n, year in (("starts_on", 2021), ("ends_on", 2025))
                                          for part, value in (("day", 1), ("month", 4), ("year", year))}}  # fmt: skip
    assert client.send("policies:add_plan", plan).status_code == 302
    aim = {"code": "HS3", "text": "Prevent homelessness"}
    assert client.send("policies:add_aim", aim, pk=Plan.objects.get().pk).status_code == 302
    assert "HS3" in text_of(client.page("policies:plans"))
    assert client.page("policies:aim", pk=Aim.objects.get().pk).status_code == 200
    assert client.send("policies:add_indicator", {"code": "HPI-16", "title": "Prevented"}).status_code == 302
    for page in ("laws", "indicators", "reports", "add_law", "add_plan", "add_indicator", "add_report"):
        assert client.page(f"policies:{page}").status_code == 200, page


def test_the_register_asks_as_many_questions_for_many_documents_as_for_few(client: Any, published: Make) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def asked() -> int:
        with CaptureQueriesContext(connection) as caught:
            client.page("policies:documents")
        return len(caught)

    published()
    few = asked()
    for number in range(8):
        published(title=f"Document {number}")
    assert asked() == few


@pytest.mark.requirement("SEC-01")
def test_reading_is_not_writing(client_as: Any, user_with: Any, published: Make, cabinet: Any) -> None:
    document = published()
    auditor = client_as(user_with(roles=["auditor"]))
    assert auditor.page("policies:document", pk=document.pk).status_code == 200
    for name in ("change_document", "review", "add_version", "move"):
        assert auditor.page(f"policies:{name}", pk=document.pk).status_code == 403, name
    sent = auditor.send("policies:move", {"to": "under_review", "reason": "operational", **WHEN}, pk=document.pk)
    assert sent.status_code == 403
    for name in ("add_document", "add_law", "add_plan", "add_indicator", "add_report"):
        assert auditor.page(f"policies:{name}").status_code == 403, name
    administrator = client_as(user_with(roles=["administrator"]))
    assert administrator.page("policies:documents").status_code == 403
