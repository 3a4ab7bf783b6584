"""The form, the seeds and the words of a reading, for the tests of the reader."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from hearth.reviews.rules.form import Form, form_from
from hearth.reviews.rules.reading import Reading, read

ROOT = Path(__file__).parents[4]
SEEDS = ROOT.parent / "shared" / "seeds"


@pytest.fixture(scope="session")
def form() -> Form:
    """The form as it is printed in 2022, 2023 and 2026."""
    path = ROOT / "src" / "hearth" / "reviews" / "editions" / "dartford.yaml"
    return form_from(yaml.safe_load(path.read_text(encoding="utf-8")), landlord="Dartford Borough Council")


@pytest.fixture(scope="session")
def refdata() -> dict:
    """What is known to be right about the three seeds."""
    path = ROOT.parent / "shared" / "data" / "refdata.yaml"
    if not path.exists():
        pytest.skip("the shared reference data is not beside this repository")
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def printed() -> Callable[[str], str]:
    """The text of a seed by the start of its file name."""

    def text(name: str) -> str:
        found = sorted(SEEDS.glob(f"{name}_*.txt"))
        if not found:
            pytest.skip("the shared seeds are not beside this repository")
        return found[0].read_text(encoding="utf-8")

    return text


@pytest.fixture(scope="session")
def seed(form: Form, printed: Callable[[str], str]) -> Callable[[str], Reading]:
    """The reading of a seed by the start of its file name."""
    return lambda name: read(printed(name), form)
