"""People of the register for tests of how they are reached: invented, and complete enough to be written to."""

from __future__ import annotations

from datetime import date
from typing import Any

from hearth.register.models import Home, Household, HouseholdMember, Person, SafeContact

LONG_AGO = date(2020, 1, 1)
SECRET = "because of the brother at number nine"  # what nobody but the cleared officer may ever read

_number = iter(range(1, 10**6))


def resident(given_name: str = "Ann", **said: Any) -> Person:
    """Somebody who lives in a home of their own, with every way to be reached."""
    number = next(_number)
    made = Person.objects.create(
        **{
            "given_name": given_name,
            "family_name": f"Resident{number}",
            "email": f"{given_name.lower()}{number}@example.org",
            "mobile": "+447700900001",
            "phone": "+441632960001",
            **said,
        }
    )
    home = Home.objects.create(address=f"{number} High Street, Dartford", postcode="DA1 1AA")
    household = Household.objects.create(home=home, started_on=LONG_AGO)
    HouseholdMember.objects.create(household=household, person=made, started_on=LONG_AGO)
    return made


def marked(person: Person, *channels: dict[str, str], times: tuple[dict[str, Any], ...] = (), user: Any = None) -> Any:
    """A marker as the service would keep it."""
    return SafeContact.objects.create(
        person=person, channels=list(channels), times=list(times), set_by=user, set_by_name="Cleared Officer",
        started_on=LONG_AGO, review_on=date(2030, 1, 1),
    )  # fmt: skip
