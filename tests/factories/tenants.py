"""Tenants of the register for tests of surveys, and a survey that has asked them."""

from __future__ import annotations

from datetime import date
from typing import Any

from hearth.register.models import Home, Household, HouseholdMember, Person, Tenancy, TenancyHolder

ALL = ("general_needs", "supported")
DAY = date(2026, 3, 31)


def tenant(number: int, *, tenure: str = "general_needs", estate: Any = None, **said: Any) -> Person:
    """A lead tenant with a household in a home of their own."""
    person = Person.objects.create(
        **{"given_name": "T", "family_name": f"Tenant{number}", "email": f"t{number}@example.org",
           "born_on": date(1960 + number % 40, 5, 5), **said}
    )  # fmt: skip
    home = Home.objects.create(address=f"{number} Mill Lane", postcode="DA1 1AA", kind="flat", estate=estate)
    household = Household.objects.create(home=home, started_on=date(2020, 1, 1))
    HouseholdMember.objects.create(household=household, person=person, started_on=date(2020, 1, 1))
    tenancy = Tenancy.objects.create(home=home, household=household, tenure=tenure, started_on=date(2020, 1, 1))
    TenancyHolder.objects.create(tenancy=tenancy, person=person, lead=True, started_on=date(2020, 1, 1))
    return person


def frozen(survey: Any, officer: Any, tenures: Any = ALL, **said: Any) -> Any:
    """The population of a survey, as the register stood on DAY."""
    from hearth.surveys import services

    return services.freeze_population(survey=survey, on=DAY, tenures=tenures, **said, by=officer)


def opened(survey: Any, officer: Any, **said: Any) -> Any:
    """Frozen, drawn as a census and open."""
    from django.utils import timezone

    from hearth.surveys import services

    survey.draw = "census"
    survey.save()
    frozen(survey, officer)
    services.draw_sample(survey=survey, by=officer)
    for name, value in {"state": "open", "opens_on": timezone.localdate(), **said}.items():
        setattr(survey, name, value)
    survey.save()
    return survey
