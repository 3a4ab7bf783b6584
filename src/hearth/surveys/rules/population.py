"""The population that a survey speaks for: one unit a household, with the traits by which it is drawn and weighted.

Every household in the relevant stock of a tenure belongs to it (reference on tenant satisfaction measures, 2.2);
households may be left out of the frame only in exceptional circumstances (paragraph 63 of the requirements).
"""

from __future__ import annotations

import hashlib
import itertools
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from hearth.kernel.refusals import Refused

UNKNOWN = "Not known"
AGE, STOCK, AREA, ESTATE, HOME, SINCE = "age", "stock_type", "area", "estate", "building_type", "length_of_tenancy"
NAMES = {
    AGE: "Age of respondent",
    STOCK: "Stock type",
    AREA: "Geographical area",
    ESTATE: "Estate",
    HOME: "Building type",
    SINCE: "Length of tenancy",
}  # the first five in the words of the regulator's return
LCRA, LCHO = "lcra", "lcho"


@dataclass(frozen=True)
class Held:
    """What the register says of one tenancy: no name, no address."""

    household: int | None
    home: int
    person: int
    tenure: str
    stock: str  # "lcra" or "lcho"
    tenure_words: str
    area: str
    estate: str
    home_words: str
    born_on: date | None
    since_on: date


@dataclass(frozen=True)
class Frozen:
    """One household of the population as it was on the day."""

    number: int  # 1…N
    household: int | None
    home: int
    person: int
    stock: str
    traits: dict[str, str] = field(hash=False)


def age_on(born_on: date, day: date) -> int:
    """Whole years on a day. Somebody born on 29 February has their birthday on 1 March in other years."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def band_of(age: int | None, starts: Sequence[int]) -> str:
    """The band of an age, where bands start at these ages: [16, 35, 55] gives "16-34", "35-54", "55+", "Under 16"."""
    if age is None:
        return UNKNOWN
    ordered = sorted(starts)
    if not ordered or age < ordered[0]:
        return f"Under {ordered[0]}" if ordered else UNKNOWN
    for start, following in itertools.pairwise(ordered):
        if start <= age < following:
            return f"{start}-{following - 1}"
    return f"{ordered[-1]}+"


def freeze(held: Iterable[Held], *, on: date, age_starts: Sequence[int]) -> tuple[Frozen, ...]:
    """One unit a household, in a fixed order, whatever the order they came in.

    Where a household holds two tenancies, the first by home and person stands for it. A tenancy without a household
    counts by its home. Raises Refused where nobody is left to ask.
    """
    kept: dict[tuple[str, int], Held] = {}
    for one in sorted(held, key=lambda one: (one.home, one.person)):
        kept.setdefault(("household", one.household) if one.household else ("home", one.home), one)
    if not kept:
        raise Refused("The register holds no household that could be asked. Look at the kinds of tenancy chosen.")
    return tuple(
        Frozen(number, one.household, one.home, one.person, one.stock, traits_of(one, on=on, age_starts=age_starts))
        for number, one in enumerate(kept.values(), 1)
    )


def traits_of(one: Held, *, on: date, age_starts: Sequence[int]) -> dict[str, str]:
    """By what a household is drawn, weighted and told apart in results."""
    return {
        AGE: band_of(age_on(one.born_on, on) if one.born_on else None, age_starts),
        STOCK: one.tenure_words or UNKNOWN,
        AREA: one.area or UNKNOWN,
        ESTATE: one.estate or UNKNOWN,
        HOME: one.home_words or UNKNOWN,
        SINCE: "Under 12 months" if _months(one.since_on, on) < 12 else "12 months or more",
    }


def _months(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)


def digest(units: Sequence[Frozen]) -> str:
    """A fingerprint of the population: the same households with the same traits have the same."""
    made = hashlib.sha256()
    for unit in units:
        traits = ";".join(f"{name}={unit.traits[name]}" for name in sorted(unit.traits))
        made.update(f"{unit.number}|{unit.household}|{unit.home}|{unit.person}|{unit.stock}|{traits}\n".encode())
    return made.hexdigest()


def margins(traits: Iterable[Mapping[str, str]]) -> dict[str, dict[str, int]]:
    """How many households have each value of each trait: what answers are weighted to."""
    counted: dict[str, Counter[str]] = {}
    for one in traits:
        for name, value in one.items():
            counted.setdefault(name, Counter())[value] += 1
    return {name: dict(sorted(values.items())) for name, values in counted.items()}
