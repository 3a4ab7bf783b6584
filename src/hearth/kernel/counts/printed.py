"""What percentages that somebody already printed give away: for checks S01 to S03 (reference 5.5 and 5.6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from hearth.kernel.counts.disclosure import choose, needed_slack
from hearth.kernel.counts.percent import recover


@dataclass(frozen=True)
class Recovered:
    """A printed percentage with the counts that it can stand for, both ends included."""

    label: str
    printed: Decimal
    least: int
    most: int

    @property
    def exact(self) -> bool:
        """Whether only one count is left."""
        return self.least == self.most


@dataclass(frozen=True)
class Exposure:
    """What one block of percentages that adds up to its base gives away.

    `small` are the cells that must be below the threshold (S01), `exact` those of them whose count is given back (S02).
    `hiding_is_enough` is False if the rest of the block gives back something of the small cells when only they are
    hidden (S03); `further` then names the cells to hide with them, or is empty if the whole block must be withheld.
    `fits` is False if no counts of this base could have been printed so: then nothing else is said.
    """

    fits: bool
    cells: tuple[Recovered, ...] = ()
    small: tuple[Recovered, ...] = ()
    exact: tuple[Recovered, ...] = ()
    hiding_is_enough: bool = True
    further: tuple[str, ...] = ()

    @property
    def safe(self) -> bool:
        """Whether the block may be printed as it stands."""
        return self.fits and not self.small


def safe_to_print(percents: Sequence[tuple[str, Decimal]], base: int, threshold: int) -> Exposure:
    """Judge the printed percentages of one additive block, given the base that a reader knows or can guess.

    The reader is taken to use each figure's rounding and that all counts add up to the base. A small cell is one that
    cannot be 0 and cannot reach the threshold.
    """
    ranges = [recover(figure, base) for _, figure in percents]
    bounds = _add_up([(r.start, r.stop - 1) for r in ranges], base) if all(len(r) for r in ranges) else None
    if bounds is None:
        return Exposure(fits=False)
    cells = tuple(Recovered(label, figure, *bound) for (label, figure), bound in zip(percents, bounds, strict=True))
    small = tuple(cell for cell in cells if cell.least >= 1 and cell.most < threshold)
    if not small:
        return Exposure(fits=True, cells=cells)
    others = [cell for cell in cells if cell not in small]
    least_hidden = base - sum(cell.most for cell in others)
    most_hidden = base - sum(cell.least for cell in others)
    enough = least_hidden <= len(small) and most_hidden >= len(small) * (threshold - 1)
    return Exposure(
        fits=True,
        cells=cells,
        small=small,
        exact=tuple(cell for cell in small if cell.exact),
        hiding_is_enough=enough,
        further=() if enough else _further(others, len(small), threshold),
    )


def _add_up(bounds: list[tuple[int, int]], base: int) -> list[tuple[int, int]] | None:
    """Narrow each cell's bounds by what the others leave of the base; None if they cannot add up to it."""
    least, most = sum(low for low, _ in bounds), sum(high for _, high in bounds)
    if not least <= base <= most:
        return None
    return [(max(low, base - most + high), min(high, base - least + low)) for low, high in bounds]


def _further(others: Sequence[Recovered], small: int, threshold: int) -> tuple[str, ...]:
    """The cells to hide besides the small ones, by the rule of the engine; none if the whole block must go."""
    large = [cell for cell in others if cell.least >= threshold]
    chosen = choose([(cell.least, 1) for cell in large], needed_slack(small, threshold), threshold)
    return tuple(large[index].label for index in sorted(chosen or ()))
