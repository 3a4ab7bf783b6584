"""A profile with invented counts of the shape that landlords have: most answers unknown, some groups very small."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
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


@pytest.fixture
def person(inside: Any) -> Callable[..., Any]:
    """`person(born_on=…, tenure="general_needs", lead=True, area="North")`: somebody of the register.

    `tenure="lease"` makes a leaseholder, `tenure=""` somebody without a home here.
    """
    from hearth.register.models import Estate, Home, Lease, LeaseHolder, Person, Tenancy, TenancyHolder

    numbers = iter(range(1, 100_000))

    def make(*, tenure: str = "general_needs", lead: bool = True, area: str = "North", **said: Any) -> Any:
        number = next(numbers)
        made = Person.objects.create(
            **{"key": f"P{number}", "given_name": "Example", "family_name": f"Person {number}", **said}
        )
        if not tenure:
            return made
        estate = Estate.objects.get_or_create(name=area, area=area)[0]
        home = Home.objects.create(address=f"{number} Example Road", postcode="ZZ1 1ZZ", estate=estate)
        if tenure == "lease":
            lease = Lease.objects.create(home=home, started_on=date(2020, 1, 1))
            LeaseHolder.objects.create(lease=lease, person=made, started_on=date(2020, 1, 1))
        else:
            held = Tenancy.objects.create(home=home, tenure=tenure, started_on=date(2020, 1, 1))
            TenancyHolder.objects.create(tenancy=held, person=made, lead=lead, started_on=date(2020, 1, 1))
        return made

    return make


@pytest.fixture
def asked(sets: dict[str, Any], officer: Any) -> dict[str, Any]:
    """A purpose, and questions in use: sex, ethnic group, condition effects (several) and bands of age."""
    from hearth.equality import services

    services.add_purpose(
        text="So that our services are fair to everybody.", lawful_basis="public_task", condition="equality",
        consent_words="I agree that my answers are kept for this.", holds_from=date(2026, 1, 1), by=officer,
    )  # fmt: skip
    used = {
        "sex": "printed-2026-sex",
        "race": "core-2026-ethnic-group",
        "condition_effects": "core-2026-condition-effects",
        "age": "census-2021-age-8",
    }
    for key in used.values():
        services.ask_with(kept=sets[key], from_on=date(2026, 1, 1), by=officer)
    return {code: sets[key] for code, key in used.items()}


@pytest.fixture
def tell(asked: dict[str, Any], officer: Any) -> Callable[..., Any]:
    """`tell(person, sex="Female", race="prefer_not_to_say")`: an officer writes down what somebody tells."""
    from hearth.equality import services
    from hearth.equality.rules import Source, Standing, Told

    def write(person: Any, *, on: date = date(2026, 3, 1), consent: bool = False, **answers: str) -> int:
        told = []
        for code, label in answers.items():
            if label in list(Standing):
                told.append(Told(code, Standing(label)))
            else:
                chosen = [asked[code].categories.get(label=one).pk for one in label.split(";")]
                told.append(Told(code, Standing.ANSWERED, tuple(chosen)))
        at = datetime.combine(on, time(12), tzinfo=UTC)
        return services.tell(person=person, told=told, source=Source.OFFICER, on=on, at=at, consent=consent, by=officer)

    return write
