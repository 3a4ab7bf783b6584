"""One real Hearth for all journeys: a database of its own with the demonstration, web and worker, and a browser."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest

from tests.factories import database
from tests.house.processes import RealHearth, ask, browser_path, scratch
from tests.journeys.visitor import Journal, Visitor

SECRET = "a key for journeys only"
ARGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="package")
def chromium() -> Iterator[Any]:
    """The browser, for as long as journeys run: its event loop would be in the way of Django's own tests."""
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed.")
    path = browser_path()
    if path is None:
        pytest.skip("There is no Chromium here: `make test` installs it, or CHROMIUM names one that you have.")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=path, args=ARGS)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def hearth(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealHearth]:
    """Hearth with the demonstration's data, as `make run` starts it."""
    url, server = database.owner_url()
    name = f"hearth_journeys_{os.getpid()}"
    try:
        folder, env = tmp_path_factory.mktemp("journeys"), {"HEARTH_SECRET_KEY": SECRET}
        with scratch(url, name) as own, RealHearth(own, folder, env=env) as real:
            real.prepare()
            real.manage("demo")
            real.start()
            yield real
    finally:
        if server:
            server.stop()


@pytest.fixture(scope="package")
def journal() -> Journal:
    return Journal()


@pytest.fixture
def visitor(chromium: Any, hearth: RealHearth, journal: Journal) -> Iterator[Callable[..., Visitor]]:
    """`visitor()`: somebody who is not signed in; `visitor("nadia@dartford.example")`: an officer who is."""
    made: list[Visitor] = []

    def arrive(email: str = "", *, slug: str = "", **context: Any) -> Visitor:
        slug = slug or (email.partition("@")[2].partition(".")[0] or "dartford")
        one = Visitor(chromium, hearth.url, slug, journal, **context)
        made.append(one)
        return one.signs_in(email) if email else one

    yield arrive
    for one in made:
        one.close()


@pytest.fixture
def rows(hearth: RealHearth) -> Callable[..., list[tuple[Any, ...]]]:
    """`rows("select …", …, slug="dartford")` asks the database itself, from inside that landlord's wall."""
    return partial(ask, hearth.database_url)
