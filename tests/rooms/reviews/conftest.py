"""People around a review, and one that is being written on either of the forms that are shipped."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.factories import people, reviews


def said(response: Any) -> str:
    """What a page says, with a space where a tag stood."""
    found = re.search(r"<main.*?</main>", response.content.decode(), re.DOTALL)
    words = re.sub(r"<[^>]+>", " ", found.group() if found else response.content.decode())
    return " ".join(html.unescape(words).split())


@pytest.fixture
def officer(user_with: Callable[..., Any]) -> Any:
    """Somebody who writes reviews."""
    return user_with(roles=["housing_policy_officer"], name="Olu Adair", posts=["Policy Officer"])


@pytest.fixture
def colleague(user_with: Callable[..., Any]) -> Any:
    """Somebody else who writes reviews."""
    return user_with(roles=["housing_policy_officer"], name="Mo Brand")


@pytest.fixture
def lawyer(user_with: Callable[..., Any]) -> Any:
    """Somebody who signs reviews."""
    return user_with(roles=["legal"], name="Lea Crane", posts=["Head of Legal Services"])


@pytest.fixture
def dartford(inside: Any) -> Any:
    """The form that is shipped for a council, stored."""
    return reviews.store_form("dartford")


@pytest.fixture(params=reviews.EDITION_NAMES)
def each_form(request: pytest.FixtureRequest, inside: Any) -> Any:
    """Either of the forms that are shipped: no page may know one of them."""
    return reviews.store_form(request.param)


@pytest.fixture
def review(dartford: Any, officer: Any) -> Any:
    """A review whose full assessment is open."""
    return reviews.drafting(people.actor(officer), form=dartford)


@pytest.fixture
def any_review(each_form: Any, officer: Any) -> Any:
    """A review whose full assessment is open, on either form."""
    return reviews.drafting(people.actor(officer), form=each_form)


@pytest.fixture
def desk(client_as: Callable[..., Any], officer: Any) -> Any:
    """The officer's browser."""
    return client_as(officer)


@pytest.fixture
def queries_of() -> Callable[[Callable[[], Any]], int]:
    """How many queries something asks, without savepoints."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count(work: Callable[[], Any]) -> int:
        with CaptureQueriesContext(connection) as caught:
            work()
        quiet = ("SAVEPOINT", "RELEASE", "ROLLBACK", "select set_config")
        import sys

        print(
            *[q["sql"][:230] for q in caught.captured_queries if not q["sql"].startswith(quiet)],
            "=======",
            sep="\n",
            file=sys.stderr,
        )
        return sum(not query["sql"].startswith(quiet) for query in caught.captured_queries)

    return count
