"""Homelessness duties and the share owed because of domestic abuse: each with a base of its own (PROF-24). Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from hearth.kernel.kinds import Kind
from hearth.kernel.refusals import Refused


class Duty(Kind):
    """What a council owes somebody who is or may become homeless: Housing Act 1996 Part 7."""

    PREVENTION = "prevention", "Prevention duty (section 195)"
    RELIEF = "relief", "Relief duty (section 189B)"
    MAIN = "main", "Main duty (section 193)"


def check_year(year: str) -> None:
    """Refuse what is no financial year such as 2022-23."""
    found = re.fullmatch(r"(\d{4})-(\d{2})", year)
    if not found or (int(found[1]) + 1) % 100 != int(found[2]):
        raise Refused("Enter a financial year, such as 2022-23.", field="year")


def added_up(shares: Sequence[tuple[str, str, Decimal]]) -> Decimal:
    """Refuses to add shares of different bases: (year, duty, per cent). One share alone is its own sum.

    6.76, 25.57 and 4.46 per cent of three different duties make 36.79 of nothing (reference 5.7, "base missing").
    """
    if len({(year, duty) for year, duty, _ in shares}) > 1:
        raise Refused(
            "These percentages cannot be added up: each is a share of the cases of its own duty and year, so the sum "
            "would be a share of nothing. Add up the numbers of cases instead, where they are known.",
            field="chosen",
        )
    return sum((share for _, _, share in shares[:1]), Decimal(0))
