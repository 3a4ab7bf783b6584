"""Whether those who took part stand for everybody: groups with too few, too many or nobody (PROF-28, INC-02). Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from math import sqrt

from hearth.kernel.counts import Reason, TreatedCell, TreatedTable
from hearth.kernel.kinds import Kind

SURE = 1.96  # standard errors: a difference that chance alone makes once in twenty times


class Verdict(Kind):
    """How a group is represented among those who took part."""

    NONE = "none", "Nobody took part"
    UNDER = "under", "Under-represented"
    OVER = "over", "Over-represented"
    FAIR = "fair", "As in the register"
    UNSAID = "unsaid", "Too few people to say"
    APART = "apart", "Says nothing about people"


@dataclass(frozen=True)
class Line:
    """One group: as printed among those who took part and in the register, and what that says."""

    label: str
    took_part: str
    took_part_share: Decimal | None
    register: str
    register_share: Decimal | None
    verdict: Verdict


def could_be(cell: TreatedCell, rounding: int, most: int) -> tuple[int, int]:
    """The least and the most people that a printed cell can stand for, both ends included."""
    if cell.shown is not None:
        slack = rounding // 2
        return (0, 0) if cell.shown == 0 else (max(cell.shown - slack, cell.threshold), cell.shown + slack)
    if cell.reason is Reason.SMALL:
        return 1, cell.threshold - 1
    return (cell.threshold, most) if cell.reason is Reason.PROTECTS else (0, most)


def judge(took: TreatedCell, registered: TreatedCell, *, people: int, rounding: int, unknown: bool) -> Verdict:
    """What the printed figures say of one group, and nothing that only the hidden ones say (PROF-26).

    A group is under-represented where even the most people that its figure can stand for are fewer than chance would
    leave of it, at nineteen chances in twenty, if each of the `people` who took part had been drawn from the register
    by lot; over-represented the other way round. A small figure that is hidden is judged by both its ends, so that the
    verdict gives nothing of it away.
    """
    if unknown:
        return Verdict.APART
    if registered.shown == 0:
        return Verdict.FAIR if took.shown == 0 else Verdict.OVER
    if took.shown == 0:
        return Verdict.NONE
    if registered.percent is None or not people:
        return Verdict.UNSAID
    share = float(registered.percent) / 100
    reach = SURE * sqrt(share * (1 - share) / people)
    least, most = could_be(took, rounding, people)
    if most / people < share - reach:
        return Verdict.UNDER
    if least / people > share + reach:
        return Verdict.OVER
    return Verdict.FAIR if took.shown is not None else Verdict.UNSAID


def lines(
    took: TreatedTable, registered: TreatedTable, *, people: int, rounding: int, unknown: frozenset[str]
) -> tuple[Line, ...]:
    """Every group of one characteristic, in the order of the register's table."""
    mine = {cell.label: cell for cell in took.cells}
    found = []
    for cell in registered.cells:
        part = mine[cell.label]
        verdict = judge(part, cell, people=people, rounding=rounding, unknown=cell.label in unknown)
        found.append(Line(cell.label, part.printed, part.percent, cell.printed, cell.percent, verdict))
    return tuple(found)
