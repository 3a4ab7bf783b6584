"""What goes into a weighting: variables as whole numbers, and what is known of the population (reference 2.2).

A variable is coded once: `codes[i]` is the place of response i in `categories`, -1 where it is not known. A margin says
how many of the population are in each category of one variable, or in each cell of several taken together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import fsum, isfinite, prod

import numpy as np
from numpy.typing import NDArray

from hearth.kernel.refusals import Refused

Ints = NDArray[np.intp]
Floats = NDArray[np.float64]
Cell = tuple[str, ...]
Where = Callable[[int], str]

UNKNOWN = "(not known)"
AGREE = 0.5  # totals of margins may differ by half a person, which is rounding; more is a contradiction
MOST_CELLS = 1_000_000


class Missing(StrEnum):
    """What to do with responses that do not say the category of a variable."""

    REFUSE = "refuse"
    KEEP = "keep"  # they keep their share among the responses; the known ones are weighted to the rest


@dataclass(frozen=True)
class Coded:
    """One variable of all responses. `codes` has one whole number a response, -1 where it is not known."""

    name: str
    categories: tuple[str, ...]
    codes: Ints

    def __len__(self) -> int:
        return len(self.codes)


@dataclass(frozen=True)
class Margin:
    """The population in each category of one variable, or in each cell of several (people or households)."""

    variables: tuple[str, ...]
    population: Mapping[Cell, float]

    @classmethod
    def of(cls, variable: str, population: Mapping[str, float]) -> Margin:
        """A margin of one variable."""
        return cls((variable,), {(category,): number for category, number in population.items()})

    @property
    def name(self) -> str:
        """Its variables, as they are named in sentences."""
        return " by ".join(self.variables)

    @property
    def total(self) -> float:
        """The whole population as this margin has it."""
        return fsum(self.population.values())


@dataclass(frozen=True)
class Target:
    """A margin that met the responses: which category each response is in, and what each category must add up to."""

    name: str
    labels: tuple[str, ...]
    codes: Ints  # (responses,)
    totals: Floats  # (categories,)
    responses: Ints  # (categories,)


def code(name: str, values: Iterable[str | None], categories: Sequence[str] = ()) -> Coded:
    """Code a variable. Categories come in the order given, others after them as they are met; blank is not known."""
    book = {category: place for place, category in enumerate(categories)}
    codes = [book.setdefault(value, len(book)) if value else -1 for value in values]
    return Coded(name, tuple(book), np.asarray(codes, dtype=np.intp))


def combine(codes: Sequence[Ints], sizes: Sequence[int]) -> tuple[Ints, Ints]:
    """Several coded variables as one: the first response of each combination that occurs, and each one's combination.

    `sizes` are the numbers of categories. The combinations come in the order of their codes.
    """
    key, span = np.zeros(len(codes[0]), dtype=np.int64), 1
    for one, size in zip(codes, sizes, strict=True):
        if span * max(size, 1) > 2**40:
            key = np.unique(key, return_inverse=True)[1].astype(np.int64)
            span = int(key.max(initial=0)) + 1
        key = key * max(size, 1) + one
        span *= max(size, 1)
    if span > max(4 * len(key), 4096):
        _, firsts, place = np.unique(key, return_index=True, return_inverse=True)
        return firsts.astype(np.intp), place.astype(np.intp)
    found = np.full(span, -1, dtype=np.intp)
    found[key[::-1]] = np.arange(len(key) - 1, -1, -1)  # the first response is written last
    occurs = found >= 0
    return found[occurs], (np.cumsum(occurs) - 1)[key]


def check_margins(margins: Sequence[Margin], *, population: float | None) -> float:
    """The population that the margins speak of. Refused where they say nothing, nonsense, or differ from each other."""
    if not margins:
        raise Refused("Say what is known of the population: there are no margins to weight to.", field="margins")
    names = [margin.name for margin in margins]
    for name in names:
        if names.count(name) > 1:
            raise Refused(f"The margin of {name} is given twice.", field=name)
    for margin in margins:
        for cell, number in margin.population.items():
            if not isfinite(number) or number < 0:
                raise Refused(
                    f"The population of {margin.name} “{_label(cell)}” must be 0 or more, and it is {number}.",
                    field=margin.name,
                )
        if margin.total <= 0:
            raise Refused(f"The population of {margin.name} adds up to 0.", field=margin.name)
    first = margins[0]
    slack = AGREE if population is None else first.total * 0.01  # shares that were rounded
    for margin in margins[1:]:
        if abs(margin.total - first.total) > slack:
            raise Refused(
                f"The margins disagree: {first.name} adds up to {_number(first.total)} and {margin.name} to "
                f"{_number(margin.total)}. Every margin must count the same population.",
                field=margin.name,
            )
    if population is not None and (not isfinite(population) or population <= 0):
        raise Refused("The population must be more than 0.", field="population")
    return first.total if population is None else population


def meet(
    margin: Margin,
    variables: Mapping[str, Coded],
    *,
    total: float,
    base: Floats,
    missing: Missing,
    where: Where,
) -> Target:
    """Bring a margin and the responses together, scaled to `total`. Refused wherever they do not fit.

    `where` names a response in sentences ("row 12"), by its place from 0.
    """
    parts = [_variable(name, variables) for name in margin.variables]
    if prod(len(part.categories) for part in parts) > MOST_CELLS and len(parts) > 1:
        raise Refused(f"{margin.name} has too many cells to weight to.", field=margin.name)
    unknown = np.logical_or.reduce([part.codes < 0 for part in parts])
    if unknown.any() and missing is Missing.REFUSE:
        first = int(np.argmax(unknown))
        which = next(part.name for part in parts if part.codes[first] < 0)
        raise Refused(
            f"{_responses(int(unknown.sum()))} not say {which}; the first is in {where(first)}. "
            "Complete them, or let them keep their share.",
            field=which,
        )
    codes, labels, totals = _placed(margin, parts, unknown, where)
    counts = np.bincount(codes[~unknown], minlength=len(labels))
    _check_reached(margin, labels, totals, counts)
    totals = np.asarray(totals) * (total / margin.total)
    if unknown.any():
        share = float(base[unknown].sum() / base.sum())
        if share == 1:
            raise Refused(f"No response says {margin.name}.", field=margin.name)
        codes, labels = np.where(unknown, len(labels), codes), [*labels, UNKNOWN]
        totals = np.append(totals * (1 - share), total * share)
        counts = np.append(counts, int(unknown.sum()))
    kept = np.flatnonzero(totals > 0)
    renumber = np.zeros(len(totals), dtype=np.intp)
    renumber[kept] = np.arange(len(kept))
    return Target(
        margin.name, tuple(labels[at] for at in kept), renumber[codes], totals[kept], counts[kept].astype(np.intp)
    )


def _placed(
    margin: Margin, parts: Sequence[Coded], unknown: NDArray[np.bool_], where: Where
) -> tuple[Ints, list[str], Floats]:
    """Each response's place in the margin's own order; refused for a category that the margin does not have."""
    if len(parts) == 1:
        cells: list[Cell] = [(category,) for category in parts[0].categories]
        place = np.where(unknown, 0, parts[0].codes)
    else:
        firsts, place = combine(
            [np.where(unknown, 0, part.codes) for part in parts], [len(part.categories) for part in parts]
        )
        cells = [tuple(part.categories[max(part.codes[at], 0)] for part in parts) for at in firsts]
    order = {cell: at for at, cell in enumerate(margin.population)}
    used = np.bincount(place[~unknown], minlength=len(cells))
    for at, cell in enumerate(cells):
        if used[at] and cell not in order:
            first = int(np.flatnonzero((place == at) & ~unknown)[0])
            known = ", ".join(f"“{_label(known)}”" for known in list(order)[:8])
            raise Refused(
                f"{margin.name} “{_label(cell)}” in {where(first)} is not in the margins, which have {known}.",
                field=margin.name,
            )
    book = np.asarray([order.get(cell, 0) for cell in cells], dtype=np.intp)
    labels = [_label(cell) for cell in order]
    totals = np.asarray(list(margin.population.values()), dtype=float)
    return (book[place] if len(cells) else place), labels, totals


def _check_reached(margin: Margin, labels: list[str], totals: Floats, counts: NDArray[np.intp]) -> None:
    for at, label in enumerate(labels):
        if counts[at] and totals[at] == 0:
            raise Refused(
                f"The margins give nobody for {margin.name} “{label}”, but {_responses(int(counts[at]), 'are')} in it.",
                field=margin.name,
            )
        if totals[at] > 0 and not counts[at]:
            near = neighbour(labels, counts, at)
            advice = f" Join it with “{near}”, or with another that is like it." if near else ""
            raise Refused(
                f"Nobody of {margin.name} “{label}” ({_number(totals[at])} in the population) has answered, so no "
                f"weight can stand for them.{advice}",
                field=margin.name,
            )


def neighbour(labels: Sequence[str], counts: Sequence[int] | NDArray[np.intp], at: int) -> str | None:
    """The category beside this one, in the order of the margin, that has fewer responses but some; None if none."""
    beside = [place for place in (at - 1, at + 1) if 0 <= place < len(labels) and counts[place]]
    if not beside or len(labels) < 3:
        return None
    return labels[min(beside, key=lambda place: counts[place])]


def _variable(name: str, variables: Mapping[str, Coded]) -> Coded:
    try:
        return variables[name]
    except KeyError:
        raise Refused(f"The margins speak of {name}, but the responses have no such column.", field=name) from None


def _label(cell: Cell) -> str:
    return ", ".join(cell)


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value - round(value)) < 1e-9 else f"{value:,.1f}"


def _responses(number: int, verb: str = "do") -> str:
    one = {"do": "does", "are": "is"}[verb]
    return f"1 response {one}" if number == 1 else f"{number:,} responses {verb}"
