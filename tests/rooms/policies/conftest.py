"""Officers who keep documents, and documents at each point of their life."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest


@pytest.fixture
def officer(actor: Callable[..., Any]) -> Any:
    """A policy officer."""
    return actor("housing_policy_officer", posts=["Housing Policy & Performance Officer"])


@pytest.fixture
def post(officer: Any) -> Any:
    """The officer's post."""
    from hearth.landlords.models import Post

    return Post.objects.get(title="Housing Policy & Performance Officer")


@pytest.fixture
def director(actor: Callable[..., Any]) -> Any:
    """Somebody who decides."""
    return actor("director", posts=["Director of Housing & Public Protection"])


@pytest.fixture
def client(client_as: Any, user_with: Any) -> Any:
    """A policy officer's browser."""
    return client_as(user_with(roles=["housing_policy_officer"], posts=["Housing Policy & Performance Officer"]))


@pytest.fixture
def cabinet(inside: Any) -> Any:
    """A body that decides, with another name."""
    from hearth.landlords.models import Body

    return Body.objects.create(
        name="Housing Services Cabinet Committee", aliases=["Housing Cabinet Committee"], kind="committee", decides=True
    )


@pytest.fixture
def draft(officer: Any, post: Any) -> Callable[..., Any]:
    """`draft(title="Lettings policy")`: a document that is being written."""
    from hearth.policies import services

    def make(**said: Any) -> Any:
        given = {"title": "Domestic Abuse Housing Strategy", "kind": "strategy", "owner": post, "officer": post,
                 "on": date(2023, 1, 2), "by": officer}  # fmt: skip
        return services.add_document(**{**given, **said})

    return make


@pytest.fixture
def published(draft: Callable[..., Any]) -> Callable[..., Any]:
    """`published(title=…)`: a document in force since 15 January 2023."""

    def make(**said: Any) -> Any:
        return draft(**{"adopted_on": date(2023, 1, 15), "on": date(2023, 2, 1), **said})

    return make


@pytest.fixture
def clear(officer: Any, cabinet: Any) -> Callable[..., Any]:
    """`clear(document)`: its review was approved. Any record may stand for the review."""
    from hearth.policies import services

    def give(document: Any, on: date = date(2023, 3, 1), subject: Any = None) -> Any:
        return services.record_clearance(
            document=document, subject=subject or cabinet, title="CAR-2023-0001, approved", on=on, by=officer
        )

    return give


@pytest.fixture
def revised(draft: Callable[..., Any], officer: Any) -> Callable[..., Any]:
    """`revised()`: a document that was consulted on and waits for its committee."""
    from hearth.policies import services

    def make(**said: Any) -> Any:
        document = draft(**said)
        for to, text in (
            ("internal_consultation", ""),
            ("external_consultation", "All heads of service were asked in January, and agreed"),
            ("revised", "Two amendments were made after the consultation"),
        ):
            services.move(document=document, to=to, on=date(2023, 2, 1), text=text, by=officer)
        return document

    return make
