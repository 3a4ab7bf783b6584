"""How figures of people are put together, frozen, and treated before anybody else may see them (PROF-03 to PROF-26)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import cattrs

from hearth.kernel.counts import Treated, percent
from hearth.kernel.refusals import Refused

_plain = cattrs.Converter()
_plain.register_unstructure_hook(Decimal, str)
_plain.register_structure_hook(Decimal, lambda value, _: Decimal(value))


def treated_to_plain(treated: Treated) -> dict[str, Any]:
    """Treated tables as JSON can hold them."""
    return _plain.unstructure(treated)


def treated_from_plain(plain: Mapping[str, Any]) -> Treated:
    """Treated tables as they were published."""
    return _plain.structure(plain, Treated)


@dataclass(frozen=True)
class Answer:
    """How many people of a population gave one answer."""

    label: str
    count: int
    unknown: bool = False

    def share(self, base: int, places: int = 2) -> Decimal:
        """The share of the base in per cent, half-up (PROF-13)."""
        return percent(self.count, base, places)


@dataclass(frozen=True)
class Figures:
    """The answers to one characteristic in one profile. They add up to the base."""

    characteristic: str
    answers: tuple[Answer, ...]
    base: int
    category_set: str = ""

    @property
    def unknown_share(self) -> Decimal:
        """The share of people of whom nothing is known, in per cent (PROF-11, CAR-25)."""
        return percent(sum(a.count for a in self.answers if a.unknown), self.base) if self.base else Decimal(0)


def check_figures(*, characteristic: str, answers: Sequence[Answer], base: int) -> None:
    """Refuse answers that do not add up to the base, or the same answer twice (PROF-03, PROF-23)."""
    seen: set[str] = set()
    for answer in answers:
        plain = " ".join(answer.label.lower().split())
        if plain in seen:
            raise Refused(f"“{answer.label}” stands twice under {characteristic}. Give each answer its own name.")
        if answer.count < 0:
            raise Refused(f"“{answer.label}” has a count below zero.")
        seen.add(plain)
    total = sum(answer.count for answer in answers)
    if total != base:
        raise Refused(f"The answers under {characteristic} add up to {total:,}, but the base is {base:,}.")


def check_same_basis(first: str, second: str) -> str:
    """A warning where two profiles count different people, or nothing (PROF-16)."""
    if first.strip().lower() == second.strip().lower():
        return ""
    return f"These profiles count different people: “{first}” and “{second}”. Do not read a change into the difference."
