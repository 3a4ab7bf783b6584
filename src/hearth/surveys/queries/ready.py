"""The ready questionnaires that come with Hearth, read from their files once."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from hearth.kernel.refusals import Refused
from hearth.surveys.rules import ready as rules
from hearth.surveys.rules.instrument import Instrument
from hearth.surveys.rules.kinds import Sort
from hearth.surveys.rules.ready import Ready

EDITIONS = Path(__file__).resolve().parents[1] / "editions"


@lru_cache
def ready_questionnaires() -> tuple[Ready, ...]:
    """Every ready questionnaire, in the order of their files. Raises cattrs errors that name what is wrong."""
    return rules.described({path.stem: _read(path) for path in sorted(EDITIONS.glob("*.yaml"))})


@lru_cache
def _parts() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for path in sorted((EDITIONS / "parts").glob("*.yaml")):
        found |= _read(path)
    return found


def _read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def ready_questionnaire(key: str) -> Ready:
    """One ready questionnaire. Raises Refused where there is none of that name."""
    for one in ready_questionnaires():
        if one.key == key:
            return one
    raise Refused("There is no such ready questionnaire.", field="ready")


def ready_instrument(key: str, *, landlord: str, stock: str = "") -> Instrument:
    """The questionnaire of a ready one with the landlord's name, for one kind of stock or ("") for all."""
    return rules.instrument(ready_questionnaire(key), _parts(), landlord=landlord, stock=stock)


def prescribed_on(day: date) -> Ready | None:
    """The edition of the tenant satisfaction measures that holds on a day."""
    return rules.edition_on(ready_questionnaires(), Sort.TSM, day)
