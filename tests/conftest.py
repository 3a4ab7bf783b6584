"""What every test may stand on: a PostgreSQL of its own, landlords behind the wall, and somebody to act.

Nothing here touches Django until a test asks for the database, so that the tests of rules run without it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.factories import database, people, queue

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"


def pytest_configure(config: pytest.Config) -> None:
    """What Django's settings would otherwise look for on this machine."""
    os.environ.setdefault("HEARTH_SECRET_KEY", "a key for tests only")
    os.environ.setdefault("HEARTH_CONNECT_AS", "owner")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of seeds and reference data; tests that need it are skipped where it is missing."""
    if not SHARED.exists():
        pytest.skip("The folder of seeds (../shared) is not here.")
    return SHARED


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """A database of this run's own, on the server that is named or on an embedded one."""
    import environ
    from django.conf import settings
    from django.db import connection
    from django.template import engines
    from jinja2 import StrictUndefined

    settings.HEARTH_BRIEFLY = 0.0  # what one test has read is nothing to the next
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick
    settings.STORAGES["default"]["OPTIONS"] = {"location": tmp_path_factory.mktemp("files")}
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    engines["jinja2"].env.undefined = StrictUndefined  # type: ignore[attr-defined]
    url, server = database.owner_url()
    try:
        with django_db_blocker.unblock():
            connection.settings_dict.update(
                environ.Env.db_url_config(url, engine=settings.DATABASES["default"]["ENGINE"])
            )
            with database.fresh(connection, url):
                yield
    finally:
        if server:
            server.stop()


@pytest.fixture
def landlord(db: None) -> Any:
    """The landlord of most tests."""
    return people.landlord("thornbridge", "Thornbridge Borough Council")


@pytest.fixture
def other_landlord(db: None) -> Any:
    """Another landlord of the same installation, whose rows nobody else may see."""
    return people.landlord("calderwick", "Calderwick Homes")


@pytest.fixture
def inside(landlord: Any, other_landlord: Any) -> Iterator[Any]:
    """Inside the wall: this test's connection is the web role's, working for `landlord`."""
    from django.db import connection

    from hearth.db import wall

    with wall.within(landlord.pk):
        with connection.cursor() as cursor:
            cursor.execute(f"set local role {connection.ops.quote_name(database.role())}")
        yield landlord
        with connection.cursor() as cursor:
            cursor.execute("reset role")


@pytest.fixture
def within(inside: Any) -> Callable[[Any], AbstractContextManager[None]]:
    """`with within(other_landlord): …` works for another landlord for a while, still as the web role."""
    from hearth.db import wall

    @contextmanager
    def work(landlord: Any) -> Iterator[None]:
        with wall.within(landlord.pk):
            yield

    return work


@pytest.fixture
def user_with(inside: Any) -> Callable[..., Any]:
    """`user_with(roles=["administrator"], posts=["Head of Legal Services"])`: somebody who signs in."""
    return people.user


@pytest.fixture
def actor(inside: Any) -> Callable[..., Any]:
    """`actor("administrator", posts=["Head of Legal Services"])`: somebody to hand to a service as `by`."""

    def make(*roles: str, posts: tuple[str, ...] | list[str] = (), **said: Any) -> Any:
        return people.actor(people.user(roles=roles, posts=posts, **said))

    return make


@pytest.fixture
def client_as(inside: Any) -> Callable[..., Any]:
    """`client_as(user)`: a browser in which that person is signed in; `client_as()`: a visitor's."""
    from tests.factories.pages import PageClient

    def make(user: Any = None, **kwargs: Any) -> PageClient:
        client = PageClient(inside.slug, **kwargs)
        if user is not None:
            client.force_login(user)
        return client

    return make


@pytest.fixture
def run_jobs(inside: Any) -> Callable[[], list[str]]:
    """Do what this test has put on the queue, and say which jobs were done."""
    return queue.run_jobs


@pytest.fixture
def queries() -> Callable[[int], AbstractContextManager[None]]:
    """`with queries(12): …` pins the number of queries; savepoints and naming the landlord do not count."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    @contextmanager
    def pinned(most: int) -> Iterator[None]:
        with CaptureQueriesContext(connection) as caught:
            yield
        said = [query["sql"] for query in caught.captured_queries]
        asked = [
            words for words in said if not words.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK", "select set_config"))
        ]
        assert len(asked) == most, f"{len(asked)} queries instead of {most}:\n" + "\n".join(asked)

    return pinned
