"""Somebody who keeps the register, and actions in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

TODAY = date(2026, 6, 1)


@pytest.fixture
def keeper(actor: Callable[..., Any]) -> Any:
    """A policy officer."""
    return actor("housing_policy_officer", posts=["Housing Policy & Performance Officer"])


@pytest.fixture
def source(inside: Any) -> Any:
    """A record that promises something; any will do."""
    from hearth.landlords.models import Body

    return Body.objects.create(name="Housing Advisory Board", kind="board")


@pytest.fixture
def promise(source: Any, keeper: Any) -> Callable[..., Any]:
    """`promise(due="31 May 2026")`: an action of the source, like those of a review."""
    from hearth.actions import services

    rows = iter(range(1, 1000))

    def make(**said: Any) -> Any:
        given: dict[str, Any] = {
            "source": source,
            "source_key": f"information.{next(rows)}",
            "kind": "information",
            "need": "What tenants think",
            "affected": "",
            "text": "Ask tenants at the spring meetings",
            "outcome": "Their views are known",
            "due": "30 September 2026",
            "monitoring": "Minutes of the meetings",
            "officer_title": "Housing Policy & Performance Officer",
            "by": keeper,
        }
        return services.promise(**{**given, **said})

    return make
