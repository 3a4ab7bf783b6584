"""What was published gives nobody away: the attacker of the kernel's tests, let loose on a stored publication."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import product
from typing import Any

import pytest
from django.utils import timezone

from tests.rooms.equality.conftest import BASE, COUNTS
from tests.rules.kernel.attack import Attack

pytestmark = pytest.mark.django_db
DAY = date(2026, 4, 1)


def publish(profile: Any, officer: Any) -> None:
    """Publish each table of a profile as it would be treated now."""
    from hearth.equality import services
    from hearth.kernel.counts import Treated

    done = services.treated(profile, DAY)
    tables = {t.name: Treated(done.base, (t,), done.cost, done.rounding) for t in done.tables}
    services.keep_published(tables=tables, exact={}, where="a test", at=timezone.now(), by=officer)


@pytest.mark.requirement("PROF-26")
def test_an_attacker_who_knows_the_exact_base_learns_nothing_of_the_small_counts(profile: Any, officer: Any) -> None:
    from hearth.equality import queries

    publish(profile, officer)
    published = queries.last_published()
    assert set(published) == {f"{characteristic}|tenants" for characteristic in COUNTS}
    for name, done in published.items():
        counts = COUNTS[name.partition("|")[0]]
        small = [(name, label) for label, count in counts.items() if 0 < count < 10]
        shown = {(name, c.label): counts[c.label] for t in done.tables for c in t.cells if c.shown is not None}
        attack = Attack(done, base=BASE, exact=shown)
        for path in small:
            assert attack.interval(path) == (1, 9), path
        for values in product((1, 9), repeat=len(small)):
            assert attack.possible(dict(zip(small, values, strict=True))), (name, values)


@pytest.mark.requirement("PROF-26")
def test_a_small_change_since_the_last_publication_is_hidden(
    profile: Any, officer: Any, new_profile: Callable[..., Any], fill: Callable[..., Any]
) -> None:
    from hearth.equality import queries, services

    publish(profile, officer)
    later = new_profile(title="Tenant profile, June 2026", as_at=date(2026, 6, 30))
    race = {**COUNTS["race"], "White": 1897, "Black or Black British": 58}
    fill(later, "race", race, "printed-2026-race")
    cells = {cell.label: cell for cell in services.treated(later, DAY).tables[0].cells}
    # 55 became 58, printed as 55 and 60: the reader would know of a handful of people.
    assert cells["Black or Black British"].hidden
    assert queries.differences(later, DAY) == ()


def test_the_same_profile_is_treated_the_same_after_it_was_published(profile: Any, officer: Any) -> None:
    from hearth.equality import services

    before = services.treated(profile, DAY)
    publish(profile, officer)
    assert services.treated(profile, DAY).tables == before.tables


@pytest.mark.requirement("CAR-48")
def test_what_is_hidden_and_what_it_costs_is_said_beside_the_last_publication(
    profile: Any, officer: Any, client_as: Callable[..., Any], user_with: Callable[..., Any]
) -> None:
    from tests.factories.pages import text_of

    client = client_as(user_with(roles=["housing_policy_officer"]))
    assert "nothing can be worked out by subtraction" in text_of(client.page("equality:disclosure", pk=profile.pk))
    publish(profile, officer)
    text = text_of(client.page("equality:disclosure", pk=profile.pk))
    assert "Cost of protection 10 of 17 figures hidden" in text
    assert "can work out no small change" in text
    assert text_of(client.page("equality:published")).count("Tenants") == 4


def test_a_published_percentage_that_gives_a_few_people_away_is_hidden(
    new_profile: Callable[..., Any], fill: Callable[..., Any], client_as: Callable[..., Any],
    user_with: Callable[..., Any],
) -> None:  # fmt: skip
    from decimal import Decimal

    from tests.factories.pages import text_of

    made = new_profile(counted=False, base=1000, title="Printed elsewhere")
    shares = {"Male": Decimal("0.4"), "Female": Decimal("99.6")}
    fill(made, "sex", shares, "printed-2026-sex")
    text = text_of(client_as(user_with(roles=["housing_policy_officer"])).page("equality:profile", pk=made.pk))
    assert "0.4%" not in text
    assert "99.6%" not in text
