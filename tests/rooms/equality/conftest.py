"""A profile with invented counts of the shape that landlords have: most answers unknown, some groups very small."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

BASE = 3000
COUNTS = {
    "sex": {"Male": 1000, "Female": 2000},
    "race": {
        "White": 1900,
        "Asian or Asian British": 41,
        "Black or Black British": 55,
        "Mixed": 66,
        "Chinese or other ethnic group": 6,
        "Unknown / prefer not to say": 932,
    },
    "sexual_orientation": {
        "Heterosexual / straight": 400,
        "Gay man": 4,
        "Gay women / lesbian": 7,
        "Bisexual": 6,
        "Prefer not to say / unknown": 2583,
    },
    "gender_reassignment": {
        "Female to male": 2,
        "Male to female": 3,
        "Not applicable": 8,
        "Not stated / blank": 2987,
    },
}
SET_KEYS = {
    "sex": "printed-2026-sex",
    "race": "printed-2026-race",
    "sexual_orientation": "printed-2026-sexual-orientation",
    "gender_reassignment": "printed-2026-transgender",
}


@pytest.fixture
def officer(actor: Callable[..., Any]) -> Any:
    """The equality-data officer, who keeps figures and may see exact counts."""
    return actor("equality_officer")


@pytest.fixture
def reader(actor: Callable[..., Any]) -> Any:
    """Somebody who may see profiles, but not their small numbers."""
    return actor("housing_policy_officer")


@pytest.fixture
def sets(inside: Any, officer: Any) -> dict[str, Any]:
    """The category sets that come with Hearth, by key."""
    from hearth.equality import services
    from hearth.equality.management.commands.reference import SHIPPED, sets_in
    from hearth.equality.models import CategorySet

    described = [one for path in sorted(SHIPPED.glob("*.yaml")) for one in sets_in(path)]
    services.load_sets(described=described, by=officer)
    return {kept.key: kept for kept in CategorySet.objects.all()}


@pytest.fixture
def fill(sets: dict[str, Any], officer: Any) -> Callable[..., Any]:
    """`fill(profile, "race", {"White": 12}, "printed-2026-race")`: give a profile the counts of one characteristic."""
    from hearth.equality import services
    from hearth.equality.rules import Answer

    def give(profile: Any, characteristic: str, counts: dict[str, Any], key: str) -> None:
        unknown = {c.label: c.unknown for c in sets[key].categories.all()}
        answers = [
            Answer(label, value, unknown[label])
            if isinstance(value, int)
            else Answer(label, None, unknown[label], printed=value)
            for label, value in counts.items()
        ]
        services.set_figures(
            profile=profile, characteristic=characteristic, answers=answers, category_set=sets[key], by=officer
        )

    return give


@pytest.fixture
def new_profile(officer: Any) -> Callable[..., Any]:
    """`new_profile(base=120)`: a profile without figures yet."""
    from hearth.equality import services

    def make(**said: Any) -> Any:
        told = {
            "title": "Tenant profile, March 2026",
            "population": "tenants",
            "basis": "Tenant 1 data",
            "as_at": date(2026, 3, 31),
            "base": BASE,
            "source": "Housing management system",
        }
        return services.add_profile(**{**told, **said}, by=officer)

    return make


@pytest.fixture
def profile(new_profile: Callable[..., Any], fill: Callable[..., Any]) -> Any:
    """The invented profile with all its counts."""
    made = new_profile()
    for characteristic, counts in COUNTS.items():
        fill(made, characteristic, counts, SET_KEYS[characteristic])
    return made
