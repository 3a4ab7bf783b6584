"""Laws apply from day to day; what changes reaches the documents that answer to it; indicators show who cites them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from hearth.kernel.refusals import Refused
from tests.factories.pages import text_of

Make = Callable[..., Any]


@pytest.fixture
def law(officer: Any) -> Make:
    """`law("Care Act 2014")`: an entry of the register."""
    from hearth.policies import services

    def make(title: str, kind: str = "act", **said: Any) -> Any:
        return services.add_law(title=title, kind=kind, **said, by=officer)

    return make


@pytest.mark.requirement("GOV-21")
def test_a_document_lists_its_laws_and_a_law_its_documents(law: Make, draft: Make, client: Any) -> None:
    acts = [law(f"Housing Act {year}") for year in range(1985, 2000)]
    document = draft(law_ids=[act.pk for act in acts])
    page = text_of(client.page("policies:document", pk=document.pk))
    assert all(act.title in page for act in acts)
    assert document.title in text_of(client.page("policies:law", pk=acts[3].pk))


@pytest.mark.requirement("GOV-23")
def test_the_register_shows_which_standards_applied_on_any_day(law: Make, officer: Any, client: Any) -> None:
    from hearth.policies import services

    old = law("Tenant Involvement Standard 2017", "standard", from_on=date(2017, 7, 1))
    new = law("Transparency Standard", "standard", from_on=date(2024, 4, 1))
    services.replace_law(law=old, by_law=new, on=date(2024, 4, 1), by=officer)

    from hearth.policies import queries

    assert [entry.title for entry in queries.laws_narrowed(queries.laws(), on=date(2022, 9, 30))] == [old.title]
    assert [entry.title for entry in queries.laws_narrowed(queries.laws(), on=date(2024, 3, 31))] == [old.title]
    assert [entry.title for entry in queries.laws_narrowed(queries.laws(), on=date(2024, 4, 1))] == [new.title]
    assert "as they stand on 30 September 2022" in text_of(
        client.page("policies:laws", query={"on-day": 30, "on-month": 9, "on-year": 2022})
    )


@pytest.mark.requirement("GOV-22")
def test_a_document_warns_of_guidance_that_was_superseded(law: Make, draft: Make, officer: Any, client: Any) -> None:
    from hearth.policies import services

    old, new = law("Guidance of 2021", "guidance"), law("Guidance of 2025", "guidance")
    document = draft(law_ids=[old.pk])
    assert "superseded" not in text_of(client.page("policies:document", pk=document.pk))
    services.replace_law(law=old, by_law=new, on=date(2025, 6, 1), by=officer)
    page = text_of(client.page("policies:document", pk=document.pk))
    assert "Guidance of 2021 is cited, but it is superseded" in page
    assert "Guidance of 2025 replaces it" in page


def test_two_laws_cannot_replace_each_other(law: Make, officer: Any) -> None:
    from hearth.policies import services

    one, two, three = law("One"), law("Two"), law("Three")
    services.replace_law(law=one, by_law=two, on=date(2020, 1, 1), by=officer)
    services.replace_law(law=two, by_law=three, on=date(2021, 1, 1), by=officer)
    for entry in (one, three):
        with pytest.raises(Refused):
            services.replace_law(law=three, by_law=entry, on=date(2022, 1, 1), by=officer)


@pytest.mark.requirement("GOV-20")
def test_when_a_code_changes_the_review_of_each_published_document_under_it_falls_due_that_day(
    law: Make, published: Make, draft: Make, officer: Any
) -> None:
    from hearth.notifications.models import Message
    from hearth.policies import queries, services

    code = law("Complaint Handling Code", "code")
    procedure = published(title="Compensation procedure", kind="procedure", law_ids=[code.pk])
    other = published(title="Parking policy", kind="policy")
    writing = draft(title="New policy", law_ids=[code.pk])
    on = date(2024, 4, 1)
    services.law_changed(law=code, change="Stage one is now ten working days", on=on, by=officer)
    for document in (procedure, other, writing):
        document.refresh_from_db()
    assert (procedure.review_on, procedure.review_reason) == (on, "regulatory")
    assert other.review_on != on
    assert writing.review_on is None
    assert list(queries.overdue(queries.documents(officer), on=on)) == [procedure]
    assert list(queries.mine(officer, on)) == [procedure]
    assert Message.objects.filter(subject__contains="Compensation procedure").count() == 1


@pytest.mark.requirement("CAR-07")
def test_an_indicators_page_lists_what_cites_it(officer: Any, client: Any, monkeypatch: Any) -> None:
    from hearth.config import citers
    from hearth.policies import services

    indicator = services.add_indicator(code="HPI-16", title="Homelessness prevented", aliases=["H16"], by=officer)
    asked: list[tuple[str, str]] = []

    def citer(kind: str, code: str) -> list[tuple[str, str]]:
        asked.append((kind, code))
        return [("CAR-2023-0001 Strategy", "/reviews/1/")]

    monkeypatch.setattr(citers, "CITERS", [citer])
    page = client.page("policies:indicator", pk=indicator.pk).content.decode()
    assert asked == [("indicator", "HPI-16")]
    assert 'href="/reviews/1/"' in page
    assert "HPI-16" in text_of(client.page("policies:indicators", query={"words": "h16"}))


def test_an_indicator_code_and_a_law_title_stand_once(officer: Any, law: Make) -> None:
    from hearth.policies import services

    services.add_indicator(code="HPI-1", title="Rent", by=officer)
    with pytest.raises(Refused):
        services.add_indicator(code="HPI-1", title="Other", by=officer)
    law("Equality Act 2010", aliases=["the 2010 Act"])
    with pytest.raises(Refused, match="Equality Act 2010"):
        law("The 2010 act")
