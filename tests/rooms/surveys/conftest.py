"""Fixtures that tests of surveys share."""

from __future__ import annotations

from typing import Any

import pytest

from tests.factories import surveys as make


@pytest.fixture
def officer(actor: Any) -> Any:
    """Somebody who builds surveys, to hand to a service."""
    return actor("resident_involvement_officer")


@pytest.fixture
def draft(inside: Any) -> Any:
    """A survey that nobody has been asked yet."""
    return make.survey(state="draft", draw="random")


@pytest.fixture
def tenants(inside: Any) -> list[Any]:
    """Eight general needs tenants, half of them in the north, and four supported ones."""
    from hearth.register.models import Estate
    from tests.factories.tenants import tenant

    north = Estate.objects.create(name="Mill", area="North")
    return [
        *(tenant(number, estate=north if number % 2 else None) for number in range(1, 9)),
        *(tenant(number, tenure="supported") for number in range(9, 13)),
    ]
