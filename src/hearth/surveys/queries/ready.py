"""The ready questionnaires that come with Hearth, read from their files once."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from hearth.kernel.refusals import Refused
from hearth.surveys.rules import ready as rules
from hearth.surveys.rules.instrument import Instrument, Section, Wording
from hearth.surveys.rules.kinds import Sort
from hearth.surveys.rules.ready import Ready

READY_SECTIONS = {
    "suggestion": "A free suggestion",
    "lettings": "Choice Based Lettings",
    "internet": "Getting online",
    "equality": "About you: the equality questions",
}
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


def ready_section(name: str, *, landlord: str) -> Section:
    """A section that several questionnaires share, with the landlord's name. Raises Refused for one there is not."""
    if name not in READY_SECTIONS:
        raise Refused("There is no such ready section.", field="part")
    return rules.section(name, _parts(), landlord=landlord)


def ready_texts(*, landlord: str) -> dict[str, Wording]:
    """What every questionnaire says unless it has words of its own: "consent", "complain", "thanks"."""
    return rules.texts(_parts(), landlord=landlord)


def prescribed_on(day: date) -> Ready | None:
    """The edition of the tenant satisfaction measures that holds on a day."""
    return rules.edition_on(ready_questionnaires(), Sort.TSM, day)
