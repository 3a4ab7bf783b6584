"""What every test may stand on: a PostgreSQL of its own, landlords behind the wall, and somebody to act."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"


def pytest_configure(config: pytest.Config) -> None:
    """Start an embedded PostgreSQL where none is named, before Django reads its settings."""
    os.environ.setdefault("HEARTH_SECRET_KEY", "a key for tests only")
    os.environ.setdefault("HEARTH_CONNECT_AS", "owner")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of seeds and reference data; tests that need it are skipped where it is missing."""
    if not SHARED.exists():
        pytest.skip("The folder of seeds (../shared) is not here.")
    return SHARED
