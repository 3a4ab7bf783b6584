"""Mystery shops: seen by the shopper, hidden from the service until done, and never without something that follows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from hearth.actions.models import Action
from hearth.kernel.permits import Forbidden
from hearth.kernel.refusals import Refused
from hearth.landlords.models import Post
from hearth.notifications.models import Message
from hearth.surveys import queries, services
from hearth.surveys.models import MysteryShop
from tests.factories.tenants import tenant

pytestmark = pytest.mark.django_db


@pytest.fixture
def shopper(user_with: Any) -> Any:
    """A resident with an account."""
    person = tenant(1, key="P1", given_name="Secret", family_name="Shopper")
    person.user = user_with(roles=[], posts=[])
    person.save()
    return person


@pytest.fixture
def manager(user_with: Any) -> Any:
    """Whoever answers for repairs."""
    return user_with(roles=["service_manager"], posts=["Repairs Manager"])


@pytest.fixture
def shop(shopper: Any, manager: Any, officer: Any) -> MysteryShop:
    return services.assign_shop(
        scenario="Report a dripping tap by telephone on a Monday morning.", service="Repairs",
        post=Post.objects.get(title="Repairs Manager"), standard="Answered within a minute, with a day for the visit",
        channel="call", shopper="P1", due_on=timezone.localdate() + timedelta(7), pass_score=7, by=officer,
    )  # fmt: skip


def done(shop: MysteryShop, by: Any, score: int = 4) -> MysteryShop:
    today = timezone.localdate()
    return services.complete_shop(
        shop=shop, score=score, comment="Twelve minutes of music.", done_on=today, today=today, by=by
    )


@pytest.mark.requirement("SUR-12")
def test_the_shopper_sees_the_scenario_and_the_service_sees_nothing_before_it_is_done(
    shop: Any, shopper: Any, manager: Any, client_as: Any
) -> None:
    mine = client_as(shopper.user)
    assert "dripping tap" in mine.page("surveys:own_shops").content.decode()
    theirs = client_as(manager)
    assert "Report a dripping" not in theirs.page("surveys:shops").content.decode()
    assert theirs.page("surveys:shop", pk=shop.pk).status_code == 404
    mine.send(
        "surveys:own_shop",
        {"done_on": timezone.localdate(), "score": "4", "comment": "Twelve minutes of music."},
        pk=shop.pk,
    )
    assert "Twelve minutes of music" in theirs.page("surveys:shop", pk=shop.pk).content.decode()


@pytest.mark.requirement("SUR-13", "SEC-12")
def test_the_service_is_told_the_same_day_and_never_by_whom(
    shop: Any, shopper: Any, manager: Any, client_as: Any, actor: Any
) -> None:
    from tests.factories import people

    done(shop, people.actor(shopper.user))
    message = Message.objects.get(to_address=manager.email)
    assert "4 of 10" in message.subject
    shop.refresh_from_db()
    assert (shop.state, shop.told_on) == ("fed_back", timezone.localdate())
    page = client_as(manager)
    seen = page.page("surveys:shop", pk=shop.pk).content.decode() + page.page("surveys:shops").content.decode()
    for words in (seen, message.body, str(list(type(shop).objects.defer("shopper").values("comment", "scenario")))):
        assert "Secret" not in words
        assert "P1" not in words


@pytest.mark.requirement("SUR-15")
def test_below_the_standard_an_improvement_is_needed_before_closing(shop: Any, officer: Any) -> None:
    done(shop, officer)
    with pytest.raises(Refused, match="add an improvement"):
        services.close_shop(shop=shop, no_change="A bad day", by=officer)
    services.improve(shop=shop, text="More people on Mondays", due="March 2027", officer_title="", by=officer)
    services.improve(shop=shop, text="A message with the waiting time", due="", officer_title="", by=officer)
    assert Action.objects.count() == 2
    services.close_shop(shop=shop, by=officer)
    shop.refresh_from_db()
    assert shop.state == "closed"


def test_above_the_standard_it_is_said_why_nothing_changes(shop: Any, officer: Any) -> None:
    done(shop, officer, score=9)
    with pytest.raises(Refused, match="Say why nothing"):
        services.close_shop(shop=shop, by=officer)
    services.close_shop(shop=shop, no_change="As it should be", by=officer)


@pytest.mark.requirement("SUR-14")
def test_the_quarter_counts_averages_and_names_what_was_not_tried(shop: Any, officer: Any) -> None:
    assert [(one.service, one.shops, one.average) for one in queries.quarter(timezone.localdate(), by=officer)] == [
        ("Repairs", 0, None)
    ]
    done(shop, officer)
    (repairs,) = queries.quarter(timezone.localdate(), by=officer)
    assert (repairs.shops, str(repairs.average), repairs.below) == (1, "4.0", 1)


def test_nobody_else_tells_what_happened(shop: Any, manager: Any, client_as: Any, user_with: Any) -> None:
    from tests.factories import people

    with pytest.raises(Forbidden):
        done(shop, people.actor(manager))
    assert client_as(user_with(roles=[])).page("surveys:own_shop", pk=shop.pk).status_code == 404


def test_a_result_is_given_once(shop: Any, officer: Any) -> None:
    done(shop, officer)
    with pytest.raises(Refused):
        done(shop, officer, score=10)
