"""Mystery shops: their states, and what must be done before one is closed (SUR-12 to SUR-15)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from hearth.kernel.choices import Moves
from hearth.kernel.kinds import Kind
from hearth.kernel.refusals import Refused

BEST = 10  # a score lies between nought and this


class Shop(Kind):
    """Where a mystery shop stands (requirements section 4)."""

    ASSIGNED = "assigned", "Given to a shopper"
    DONE = "done", "Done"
    FED_BACK = "fed_back", "Service told"
    IMPROVEMENT = "improvement", "Improvement under way"
    CLOSED = "closed", "Closed"


MOVES: Moves[Shop] = {
    Shop.ASSIGNED: (Shop.DONE,),
    Shop.DONE: (Shop.FED_BACK,),
    Shop.FED_BACK: (Shop.IMPROVEMENT, Shop.CLOSED),
    Shop.IMPROVEMENT: (Shop.CLOSED,),
}


def check_result(*, score: int, comment: str, done_on: date, today: date) -> None:
    """Refuse a result without its score or its words (SUR-12)."""
    if not 0 <= score <= BEST:
        raise Refused(f"Give a score between 0 and {BEST}.", field="score")
    if not comment.strip():
        raise Refused("Say what happened.", field="comment")
    if done_on > today:
        raise Refused("The day cannot lie in the future.", field="done_on")


def check_closing(*, score: int, pass_score: int, actions: int, no_change: str) -> None:
    """Refuse to close a shop below its standard without an improvement, or any without either (SUR-15)."""
    if score < pass_score and not actions:
        raise Refused(
            f"The score is {score} and the standard {pass_score}: add an improvement before closing.", field="no_change"
        )
    if not actions and not no_change.strip():
        raise Refused("Say why nothing needs to change, or add an improvement.", field="no_change")


@dataclass(frozen=True)
class Quarter:
    """The shops of one service in a quarter. `average` is of ten, None without a shop, which is to be noticed."""

    service: str
    shops: int
    average: Decimal | None
    below: int


def quarter(scores: Iterable[tuple[str, int, int]], services: Iterable[str]) -> tuple[Quarter, ...]:
    """Count and average by service, from (service, score, pass score); services without a shop are named (SUR-14)."""
    by_service: dict[str, list[tuple[int, int]]] = {name: [] for name in services}
    for service, score, least in scores:
        by_service.setdefault(service, []).append((score, least))
    return tuple(
        Quarter(name, len(rows), _average([score for score, _ in rows]), sum(score < least for score, least in rows))
        for name, rows in sorted(by_service.items())
    )


def _average(scores: list[int]) -> Decimal | None:
    if not scores:
        return None
    return (Decimal(sum(scores)) / len(scores)).quantize(Decimal("0.1"), ROUND_HALF_UP)


def quarter_of(day: date) -> tuple[date, date]:
    """The first and the last day of the quarter of a year, from January, in which a day lies."""
    first = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    after = date(first.year + (first.month == 10), first.month % 12 + 3 if first.month < 10 else 1, 1)
    return first, date.fromordinal(after.toordinal() - 1)
