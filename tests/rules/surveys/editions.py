"""The ready questionnaires as the rules' tests read them: their files, without Django."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from hearth.surveys.rules import ready
from hearth.surveys.rules.instrument import Instrument

EDITIONS = Path(ready.__file__).resolve().parents[1] / "editions"
NAME = "Thornbridge Borough Council"


def _read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@lru_cache
def readies() -> dict[str, ready.Ready]:
    found = ready.described({path.stem: _read(path) for path in sorted(EDITIONS.glob("*.yaml"))})
    return {one.key: one for one in found}


@lru_cache
def parts() -> dict[str, Any]:
    return {name: part for path in (EDITIONS / "parts").glob("*.yaml") for name, part in _read(path).items()}


@lru_cache
def questionnaire(key: str, stock: str = "", landlord: str = NAME) -> Instrument:
    return ready.instrument(readies()[key], parts(), landlord=landlord, stock=stock)


def bare(key: str) -> Instrument:
    """An edition with the placeholder still in its wording."""
    return ready.instrument(readies()[key], parts(), landlord="{landlord}")
