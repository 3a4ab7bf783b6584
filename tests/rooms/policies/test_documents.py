"""Documents move along their life, keep every text, and come due for review."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hearth.kernel.permits import Forbidden
from hearth.kernel.refusals import Refused

Make = Callable[..., Any]


@pytest.mark.requirement("GOV-02")
def test_a_draft_is_not_approved_at_once_and_the_refusal_names_the_missing_steps(draft: Make, director: Any) -> None:
    from hearth.policies import services

    document = draft()
    with pytest.raises(Refused) as refused:
        services.move(document=document, to="approved", on=date(2023, 2, 1), text="Cabinet agreed it", by=director)
    for step in ("internal consultation", "external consultation", "revised", "submitted"):
        assert step in str(refused.value)


@pytest.mark.requirement("GOV-02", "GOV-04", "GOV-17")
def test_the_whole_way_is_accepted_each_step_dated_and_the_review_planned(
    revised: Make, clear: Make, officer: Any, director: Any
) -> None:
    from hearth.policies import services

    document = revised()
    clear(document)
    services.move(document=document, to="submitted", on=date(2023, 3, 2), by=officer)
    services.move(document=document, to="approved", on=date(2023, 3, 20), text="Cabinet approved it", by=director)
    services.move(
        document=document, to="published", on=date(2023, 4, 1), text="On the website, checked with a reader", by=officer
    )
    document.refresh_from_db()
    assert document.status == "published"
    assert document.approved_on == date(2023, 3, 20)
    assert document.review_on == date(2026, 3, 20)
    assert [(s.status, s.on) for s in document.steps.all()] == [
        ("draft", date(2023, 1, 2)),
        ("internal_consultation", date(2023, 2, 1)),
        ("external_consultation", date(2023, 2, 1)),
        ("revised", date(2023, 2, 1)),
        ("submitted", date(2023, 3, 2)),
        ("approved", date(2023, 3, 20)),
        ("published", date(2023, 4, 1)),
    ]


@pytest.mark.requirement("GOV-03")
def test_outside_consultation_waits_for_the_record_of_the_one_inside(draft: Make, officer: Any) -> None:
    from hearth.policies import services

    document = draft()
    services.move(document=document, to="internal_consultation", on=date(2023, 1, 9), by=officer)
    with pytest.raises(Refused) as refused:
        services.move(document=document, to="external_consultation", on=date(2023, 1, 20), by=officer)
    assert refused.value.field == "text"


@pytest.mark.requirement("GOV-04")
def test_a_document_without_a_review_does_not_go_to_committee(revised: Make, clear: Make, officer: Any) -> None:
    from hearth.policies import services

    document = revised()
    with pytest.raises(Refused, match="Customer Access Review"):
        services.move(document=document, to="submitted", on=date(2023, 3, 2), by=officer)
    document.refresh_from_db()
    assert document.status == "revised"
    clear(document)
    services.move(document=document, to="submitted", on=date(2023, 3, 2), by=officer)
    assert document.status == "submitted"


@pytest.mark.requirement("GOV-04")
def test_the_review_of_an_earlier_edition_clears_a_new_one_no_more(
    published: Make, clear: Make, officer: Any, cabinet: Any
) -> None:
    from hearth.landlords.models import Body
    from hearth.policies import queries, services

    document = published()
    clear(document)
    assert queries.clearance_of(document)
    services.start_review(document=document, reason="operational", on=date(2024, 1, 1), by=officer)
    assert queries.clearance_of(document) is None
    clear(document, on=date(2024, 6, 1), subject=Body.objects.create(name="Another", kind="board"))
    assert queries.clearance_of(document)


def test_a_review_clears_its_document_once(revised: Make, clear: Make) -> None:
    document = revised()
    assert clear(document).pk == clear(document).pk


@pytest.mark.requirement("GOV-33")
def test_a_document_without_an_owner_starts_no_consultation_and_says_that_nobody_answers(
    draft: Make, officer: Any
) -> None:
    from hearth.policies import queries, services

    document = draft(owner=None)
    with pytest.raises(Refused, match="owner"):
        services.move(document=document, to="internal_consultation", on=date(2023, 2, 1), by=officer)
    assert any("owner" in words for words in queries.warnings(document, on=date(2023, 2, 1)))


def test_a_step_cannot_be_dated_before_the_one_before_it(draft: Make, officer: Any) -> None:
    from hearth.policies import services

    with pytest.raises(Refused) as refused:
        services.move(document=draft(), to="internal_consultation", on=date(2022, 12, 31), by=officer)
    assert refused.value.field == "on"


def test_who_writes_a_document_does_not_approve_it(revised: Make, clear: Make, officer: Any) -> None:
    from hearth.policies import services

    document = revised()
    clear(document)
    services.move(document=document, to="submitted", on=date(2023, 3, 2), by=officer)
    with pytest.raises(Forbidden):
        services.move(document=document, to="approved", on=date(2023, 3, 20), text="Cabinet approved it", by=officer)


@pytest.mark.requirement("GOV-17")
def test_an_early_review_needs_one_of_the_four_reasons_and_is_announced(
    published: Make, officer: Any, monkeypatch: Any
) -> None:
    from hearth.db import news
    from hearth.policies import services

    told: list[tuple[str, dict[str, Any]]] = []
    monkeypatch.setattr(news, "announce", lambda topic, **ids: told.append((topic, ids)))
    document = published()
    with pytest.raises(Refused) as refused:
        services.start_review(document=document, reason="", on=date(2024, 1, 1), by=officer)
    assert refused.value.field == "reason"
    services.start_review(document=document, reason="regulatory", on=date(2024, 1, 1), by=officer)
    document.refresh_from_db()
    assert (document.status, document.review_reason) == ("under_review", "regulatory")
    assert ("policies.review_started", {"document_id": document.pk}) in told


def test_after_a_review_the_next_edition_is_a_draft_with_the_next_number(published: Make, officer: Any) -> None:
    from hearth.policies import services

    document = published(version="1.4")
    services.start_review(document=document, reason="operational", on=date(2024, 1, 1), by=officer)
    services.move(document=document, to="draft", on=date(2024, 2, 1), by=officer)
    assert document.version == "2.0"


@pytest.mark.requirement("GOV-18", "GOV-29", "GOV-31")
def test_a_change_in_its_term_is_a_minor_version_with_a_reason_and_the_old_text_stays(
    published: Make, officer: Any, client: Any
) -> None:
    from hearth.policies import queries, services

    document = published()
    services.new_version(document=document, on=date(2023, 1, 15), note="First text", text="The old words", by=officer)
    with pytest.raises(Refused) as refused:
        services.new_version(document=document, on=date(2024, 5, 1), note="Clearer words", text="New words", by=officer)
    assert refused.value.field == "reason"
    new = services.new_version(
        document=document, on=date(2024, 5, 1), note="Clearer words", text="The new words", reason="best practice",
        by=officer,
    )  # fmt: skip
    document.refresh_from_db()
    assert (new.number, document.version) == ("1.1", "1.1")
    page = client.page("policies:document", pk=document.pk).content.decode()
    assert "Replaces 1.0" in page
    assert "Best practice" in page
    assert (
        client.page("policies:in_force", pk=document.pk, on="2023-06-01", follow=True)
        .content.decode()
        .count("old words")
    )
    assert (
        client.page("policies:in_force", pk=document.pk, on="2024-06-01", follow=True)
        .content.decode()
        .count("new words")
    )
    early = queries.version_in_force(document, on=date(2023, 1, 14))
    assert early is None


def test_an_attached_text_is_kept_and_read(draft: Make, officer: Any) -> None:
    from hearth.policies import services

    upload = SimpleUploadedFile("strategy.txt", b"Nobody should be homeless.\n\nWe listen.", "text/plain")
    version = services.new_version(document=draft(), on=date(2023, 1, 5), note="First draft", upload=upload, by=officer)
    assert "Nobody should be homeless." in version.text
    assert version.file.name == "strategy.txt"


@pytest.mark.requirement("GOV-29")
def test_a_document_that_replaces_another_ends_it(published: Make, client: Any) -> None:
    old = published(title="Agreement of 2007", adopted_on=date(2007, 5, 1))
    new = published(title="Agreement of 2012", adopted_on=date(2012, 5, 1), replaces=old)
    old.refresh_from_db()
    assert old.status == "superseded"
    assert "Agreement of 2007" in client.page("policies:document", pk=new.pk).content.decode()
    page = client.page("policies:document", pk=old.pk).content.decode()
    assert "Superseded" in page
    assert "Agreement of 2012" in page


@pytest.mark.requirement("GOV-19")
def test_a_fixed_term_is_reviewed_at_its_end_and_warned_of_six_months_ahead_once(published: Make, officer: Any) -> None:
    from hearth.db.jobs import system
    from hearth.notifications.models import Message
    from hearth.policies import services

    document = published(
        adopted_on=date(2026, 1, 1), starts_on=date(2026, 1, 1), ends_on=date(2027, 12, 31), on=date(2026, 2, 1)
    )
    assert document.review_on == date(2027, 12, 31)
    services.warn_of_reviews(on=date(2027, 6, 29), by=system(1))
    assert not Message.objects.exists()
    for day in (date(2027, 6, 30), date(2027, 7, 1)):
        services.warn_of_reviews(on=day, by=system(1))
    assert Message.objects.count() == 1
    services.warn_of_reviews(on=date(2027, 12, 31), by=system(1))
    assert Message.objects.count() == 2


def test_a_review_cannot_be_put_later_than_the_policy_allows(published: Make, officer: Any, post: Any) -> None:
    from hearth.policies import services

    document = published()
    with pytest.raises(Refused) as refused:
        services.change_document(
            document=document, title=document.title, kind="strategy", aliases=[], owner=post, officer=post,
            starts_on=None, ends_on=None, law_ids=[], aim_ids=[], review_on=date(2026, 1, 16), by=officer,
        )  # fmt: skip
    assert refused.value.field == "review_on"


@pytest.mark.requirement("GOV-30")
def test_an_aim_of_a_plan_outside_the_documents_dates_is_warned_of(draft: Make, actor: Any, client: Any) -> None:
    from hearth.policies import queries, services

    keeper = actor("corporate_policy")
    then = services.add_plan(title="Plan one", starts_on=date(2017, 4, 1), ends_on=date(2020, 3, 31), by=keeper)
    now = services.add_plan(title="Plan two", starts_on=date(2021, 4, 1), ends_on=date(2025, 3, 31), by=keeper)
    old = services.add_aim(plan=then, code="HS1", text="Build homes", by=keeper)
    new = services.add_aim(plan=now, code="HS3", text="Prevent homelessness", by=keeper)
    document = draft(starts_on=date(2023, 1, 1), ends_on=date(2028, 12, 31), aim_ids=[old.pk, new.pk])
    warned = [words for words in queries.warnings(document, on=date(2023, 2, 1)) if "aim" in words]
    assert len(warned) == 1
    assert "HS1" in warned[0]
    assert "Plan one" in warned[0]
    assert document.title in client.page("policies:aim", pk=new.pk).content.decode()
