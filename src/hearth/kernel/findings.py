"""A finding is what a check says: where, how loud, in words fit to show, and on whose authority."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How loud a finding is. BLOCK stops signing unless a reason is recorded; nothing here says "unlawful"."""

    BLOCK = "block"
    WARN = "warn"
    INFORM = "inform"


@dataclass(frozen=True)
class Finding:
    """What one check found in one place."""

    code: str  # "C07", "D01", "S03"
    level: Level
    message: str  # plain words that say what to do
    part: str = ""  # the part of the content that it is about
    quote: str = ""  # the words or figures that gave rise to it
    source: str = ""  # the case, standard or rule behind the check
    suggestion: str = ""  # a value that would mend it; never applied by itself
