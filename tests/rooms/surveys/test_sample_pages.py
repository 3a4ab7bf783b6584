"""The pages of population and sample, and what a survey firm may fetch."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from hearth.kernel.refusals import Refused
from hearth.register.models import ContactChannel, SafeContact
from hearth.surveys import queries, services
from hearth.surveys.models import Exclusion, Handover, Invitation
from tests.factories import surveys as make
from tests.factories.tenants import DAY, opened

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client_as: Any, user_with: Any) -> Any:
    return client_as(user_with(roles=["resident_involvement_officer"]))


def test_an_officer_freezes_draws_and_sees_what_is_needed(page: Any, draft: Any, tenants: Any) -> None:
    here = f"/surveys/{draft.pk}/sample/"
    assert "Freeze the households" in page.page(here).content.decode()
    done = page.send(
        f"{here}freeze/",
        {"on": DAY, "tenures": ["general_needs", "supported"]},
        follow=True,
    )
    assert "12 households" in done.content.decode()
    assert "12, for a margin of 5 points either way" in done.content.decode()
    wrong = page.send(f"{here}draw/", {"size": "13", "seed": "spring"})
    assert wrong.status_code == 422
    assert "only 12 households" in wrong.content.decode()
    assert "spring" in wrong.content.decode()
    done = page.send(f"{here}draw/", {"size": "5", "seed": "spring"}, follow=True)
    assert "5 households are drawn" in done.content.decode()
    rows = page.page(f"{here}draw.csv").content.decode("utf-8-sig").splitlines()
    assert len(rows) == 6
    assert "Tenant" not in rows[1]


def test_the_sample_page_asks_a_fixed_number_of_queries(
    page: Any,
    draft: Any,
    tenants: Any,
    actor: Any,
    queries: Any,
) -> None:
    opened(draft, actor("resident_involvement_officer"))
    with queries(12):
        page.page(f"/surveys/{draft.pk}/sample/")


def test_a_stratified_sample_is_drawn_by_groups(page: Any, draft: Any, tenants: Any, actor: Any) -> None:
    draft.draw = "stratified"
    draft.save()
    services.freeze_population(
        survey=draft, on=DAY, tenures=("general_needs", "supported"), by=actor("resident_involvement_officer")
    )
    form = page.page(f"/surveys/{draft.pk}/sample/draw/?by=stock_type").content.decode()
    assert "Supported or independent living tenancy: how many?" in form
    page.send(f"/surveys/{draft.pk}/sample/draw/?by=stock_type", {"group_0": "2", "group_1": "3"}, follow=True)
    assert queries.population(draft).draw["by_stratum"] == {
        "General needs tenancy": 2,
        "Supported or independent living tenancy": 3,
    }


def test_a_household_is_found_by_name_left_out_and_put_back(
    page: Any,
    draft: Any,
    tenants: Any,
    actor: Any,
) -> None:
    services.freeze_population(
        survey=draft, on=DAY, tenures=("general_needs",), by=actor("resident_involvement_officer")
    )
    here = f"/surveys/{draft.pk}/sample/leave-out/"
    assert "Tenant3" in page.page(f"{here}?q=Tenant3").content.decode()
    done = page.send(here, {"number": "3", "why": "capacity", "text": "Advanced dementia"}, follow=True)
    assert "Household 3: Significant capacity issues" in done.content.decode()
    left = Exclusion.objects.get()
    page.send(f"{here}{left.pk}/", {}, follow=True)
    assert not Exclusion.objects.exists()


@pytest.mark.requirement("SUR-11")
def test_no_sample_is_shared_without_an_agreement(draft: Any, tenants: Any, actor: Any) -> None:
    by = actor("resident_involvement_officer")
    opened(draft, by, firm="Invented Research Ltd")
    services.invite(survey=draft, by=by)
    with pytest.raises(Refused, match="data-sharing agreement"):
        services.hand_over(survey=draft, ways=["phone"], at=timezone.now(), by=by)
    assert not Handover.objects.exists()


@pytest.mark.requirement("SUR-11", "SUR-16")
def test_a_firm_gets_references_and_one_way_and_nobody_who_must_be_contacted_safely(
    client_as: Any,
    user_with: Any,
    draft: Any,
    tenants: Any,
    actor: Any,
) -> None:
    by = actor("resident_involvement_officer")
    SafeContact.objects.create(
        person=tenants[0],
        channels=[{"channel": "email", "to": tenants[0].email}],
        set_by_name="X",
        started_on=DAY,
        review_on=timezone.localdate(),
    )
    ContactChannel.objects.create(person=tenants[1], channel="email", position=1, allowed=False)
    opened(draft, by, firm="Invented Research Ltd", agreement="Signed on 3 March 2026")
    services.invite(survey=draft, by=by)
    firm = client_as(user_with(roles=["survey_firm"]))
    assert draft.title in firm.page("surveys:firm").content.decode()
    sent = firm.send(f"/surveys/{draft.pk}/sample/firm/", {"ways": ["email"]})
    lines = sent.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "reference,name,email,language"
    assert len(lines) == 11
    assert tenants[0].email not in sent.content.decode()
    assert tenants[1].email not in sent.content.decode()
    assert "born" not in lines[0]
    reference = lines[1].split(",")[0]
    assert queries.invitation_by_code(reference) in Invitation.objects.all()
    assert firm.page(f"/surveys/{draft.pk}/sample/").status_code == 403


def test_a_visitor_and_an_interviewer_may_not_see_the_sample(
    client_as: Any,
    user_with: Any,
    draft: Any,
) -> None:
    assert client_as().page(f"/surveys/{draft.pk}/sample/").status_code == 302
    assert client_as(user_with(roles=["interviewer"])).page(f"/surveys/{draft.pk}/sample/").status_code == 403


def test_a_survey_open_to_anybody_has_no_sample(page: Any, inside: Any) -> None:
    open_to_all = make.survey(draw="open")
    assert "open to anybody" in page.page(f"/surveys/{open_to_all.pk}/sample/").content.decode()
