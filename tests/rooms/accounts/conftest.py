"""Signing in as people do: through the form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.factories.people import PASSWORD


@pytest.fixture
def sign_in(client_as: Callable[..., Any]) -> Callable[..., Any]:
    """`sign_in(user)`: a browser in which somebody has signed in with their password."""

    def go(user: Any, password: str = PASSWORD) -> Any:
        client = client_as()
        client.send("account_login", {"login": user.email, "password": password})
        return client

    return go


@pytest.fixture
def account(user_with: Callable[..., Any]) -> Any:
    """An auditor who signs in with a password."""
    return user_with(roles=["auditor"], password=PASSWORD)
