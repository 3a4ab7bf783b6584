"""`make rules` runs this folder without Django; whoever lets a rule reach for it hears of it here."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session", autouse=True)
def no_django(pytestconfig: pytest.Config) -> Iterator[None]:
    """After the last test, Django has still not been imported (not asked where Django's own plugin is on)."""
    yield
    if not pytestconfig.pluginmanager.has_plugin("django"):
        assert "django" not in sys.modules, "something that these tests import has imported Django"
