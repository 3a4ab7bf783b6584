"""Two profiles side by side, on like answers only (PROF-07, PROF-16, PROF-21, CAR-49).

Pure. A side may be exact or treated: where a figure is hidden, nothing is worked out that its table does not say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from hearth.kernel.counts import decimals, percent

NO_MATCH = "Not comparable: the other profile has no answer that means the same"
HIDDEN = "Hidden: too few people"


@dataclass(frozen=True)
class Part:
    """One answer of one side: a count, or a share in per cent where only that is known; neither where it is hidden."""

    label: str
    count: int | None = None
    share: Decimal | None = None
    unknown: bool = False

    @property
    def hidden(self) -> bool:
        return self.count is None and self.share is None


@dataclass(frozen=True)
class Side:
    """One characteristic of one profile. `step` is what its counts were rounded to (1: not at all)."""

    parts: tuple[Part, ...]
    base: int | None
    set_name: str = ""
    places: int = 2

    def share_of(self, labels: Sequence[str]) -> Decimal | None:
        """The share of the people who gave one of these answers, in per cent; None where the table does not say it."""
        chosen = [part for part in self.parts if part.label in labels]
        rest = [part for part in self.parts if part.label not in labels]
        if all(part.count is not None for part in chosen) and self.base:
            return percent(sum(part.count or 0 for part in chosen), self.base, self.places)
        if all(part.share is not None for part in chosen):
            return sum((part.share or Decimal(0) for part in chosen), Decimal(0))
        if self.base and rest and all(part.count is not None for part in rest):
            # All that is hidden is in this group: the reader has its sum from the rest already.
            left = max(self.base - sum(part.count or 0 for part in rest), 0)
            return percent(left, self.base, self.places)
        return None

    @property
    def unknown_share(self) -> Decimal | None:
        """The share of people of whom nothing is known; None where that is hidden."""
        return self.share_of([part.label for part in self.parts if part.unknown])


@dataclass(frozen=True)
class Way:
    """How an answer reads in the set in which both sides are compared; `differs` says where it means other people."""

    label: str
    differs: str = ""


@dataclass(frozen=True)
class Common:
    """A set in which both sides can be read: its name, its answers in order, and the way of each side's answers."""

    name: str
    labels: tuple[str, ...]
    first: Mapping[str, Way]
    second: Mapping[str, Way]


@dataclass(frozen=True)
class Compared:
    """One line: the shares of both sides in per cent, and their difference in points where they mean the same."""

    label: str
    first: Decimal | None
    second: Decimal | None
    difference: Decimal | None = None
    note: str = ""
    first_answers: tuple[str, ...] = ()
    second_answers: tuple[str, ...] = ()

    @property
    def comparable(self) -> bool:
        return self.difference is not None


@dataclass(frozen=True)
class Comparison:
    """One characteristic compared, and the set in which it is."""

    lines: tuple[Compared, ...]
    in_set: str = ""
    warnings: tuple[str, ...] = ()

    @property
    def matched(self) -> int:
        return sum(line.comparable for line in self.lines)


def compare(first: Side, second: Side, commons: Sequence[Common], unknown_limit: Decimal | int = 20) -> Comparison:
    """Compare in the common set that gives the most lines with a difference; the others come last, not comparable."""
    found = [_compared(first, second, common) for common in commons]
    best = max(found, key=lambda one: (one.matched, -len(one.lines)), default=Comparison(_apart(first, second, (), ())))
    warnings = []
    for side, words in ((first, "first"), (second, "second")):
        unknown = side.unknown_share
        if unknown is not None and unknown > unknown_limit:
            warnings.append(f"Nothing is known of {unknown}% of people in the {words} profile.")
    return Comparison(best.lines, best.in_set, tuple(warnings))


def _compared(first: Side, second: Side, common: Common) -> Comparison:
    lines: list[Compared] = []
    used_first: list[str] = []
    used_second: list[str] = []
    for label in common.labels:
        left = [part.label for part in first.parts if (w := common.first.get(part.label)) and w.label == label]
        right = [part.label for part in second.parts if (w := common.second.get(part.label)) and w.label == label]
        if left and right:
            used_first += left
            used_second += right
            lines.append(_line(label, first, second, left, right, common))
    return Comparison((*lines, *_apart(first, second, used_first, used_second)), common.name)


def _line(label: str, first: Side, second: Side, left: Sequence[str], right: Sequence[str], common: Common) -> Compared:
    one, two = first.share_of(left), second.share_of(right)
    differs = [w.differs for w in (*map(common.first.get, left), *map(common.second.get, right)) if w and w.differs]
    note, difference = "", None
    if differs:
        note = "Not comparable: definition differs. " + " ".join(dict.fromkeys(differs))
    elif one is None or two is None:
        note = HIDDEN
    else:
        places = min(decimals(one), decimals(two)) if not (one == 0 or two == 0) else max(decimals(one), decimals(two))
        difference = (one - two).quantize(Decimal(1).scaleb(-max(places, 0))) if places else one - two
    return Compared(label, one, two, difference, note, tuple(left), tuple(right))


def _apart(first: Side, second: Side, left: Sequence[str], right: Sequence[str]) -> tuple[Compared, ...]:
    """Answers that only one side has."""
    lines = []
    for part in first.parts:
        if part.label not in left:
            lines.append(Compared(part.label, first.share_of([part.label]), None, None, NO_MATCH, (part.label,)))
    for part in second.parts:
        if part.label not in right:
            lines.append(Compared(part.label, None, second.share_of([part.label]), None, NO_MATCH, (), (part.label,)))
    return tuple(lines)


def rolled_up(side: Side, ways: Mapping[str, Way], labels: Sequence[str]) -> tuple[Part, ...]:
    """A side in the answers of another set (PROF-07): each target with the share of the answers that count as it.

    Answers that count as nothing there are left out; a target some of whose answers mean other people is left out too.
    """
    parts = []
    for label in labels:
        group = [part for part in side.parts if (w := ways.get(part.label)) and w.label == label]
        if group and not any(ways[part.label].differs for part in group):
            share = side.share_of([part.label for part in group])
            parts.append(Part(label, share=share, unknown=all(part.unknown for part in group)))
    return tuple(parts)
