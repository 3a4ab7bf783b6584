"""Drawing a sample so that anybody can repeat it: each household gets a lot from the seed, and the lowest lots win.

The lot is the SHA-256 of the seed and the household's number, which any program on any machine makes alike; a
generator of random numbers gives no such promise from one edition to the next.

Sources: SUR-17 (sample and size are reported); a census, simple random and stratified samples and quotas within strata
are in use for tenant satisfaction measures (their reference 2.2), and the method is published (2.3 d).
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hearth.kernel.refusals import Refused
from hearth.surveys.rules.kinds import Draw

Strata = Mapping[int, str]  # by a unit's number


@dataclass(frozen=True)
class Drawn:
    """The numbers of the units that were drawn, in the order of their lots, with the size of each stratum's share."""

    order: tuple[int, ...]
    by_stratum: dict[str, int]


def lot(seed: str, number: int) -> str:
    """The lot of a unit: 64 hexadecimal digits, compared as text."""
    return hashlib.sha256(f"{seed}|{number}".encode()).hexdigest()


def draw(
    method: Draw,
    numbers: Sequence[int],
    *,
    seed: str,
    size: int = 0,
    strata: Strata | None = None,
    sizes: Mapping[str, int] | None = None,
) -> Drawn:
    """Draw from the units that may be asked.

    `size` is how many in all (simple random, stratified in proportion); `sizes` how many of each stratum (stratified as
    given, quotas). A census takes everybody, in the order of the lots. With quotas everybody of a wanted stratum is
    drawn, in the order of the lots, and asked until its quota is full. Raises Refused for sizes that cannot be.
    """
    if not seed.strip():
        raise Refused("A draw needs a seed, so that it can be repeated.", field="seed")
    lots = sorted(numbers, key=lambda number: lot(seed, number))
    if method is Draw.OPEN:
        raise Refused("A survey that is open to anybody has no sample.")
    if method is Draw.CENSUS:
        return Drawn(tuple(lots), dict(Counter((strata or {}).get(number, "") for number in lots)))
    if method is Draw.RANDOM:
        _check_size(size, len(lots))
        return Drawn(tuple(lots[:size]), {"": size})
    if strata is None:
        raise Refused("Choose the characteristic by which the sample is stratified.", field="stratum")
    there = Counter(strata[number] for number in numbers)
    if method is Draw.STRATIFIED and not sizes:
        _check_size(size, len(lots))
        sizes = share_out(size, there)
    _check_sizes(sizes or {}, there, most=method is Draw.STRATIFIED)
    return _by_stratum(method, lots, strata, dict(sizes or {}))


def _by_stratum(method: Draw, lots: Sequence[int], strata: Strata, sizes: Mapping[str, int]) -> Drawn:
    left = dict(sizes)
    taken = []
    for number in lots:
        name = strata[number]
        if method is Draw.QUOTA:
            if sizes.get(name, 0):
                taken.append(number)
        elif left.get(name, 0):
            left[name] -= 1
            taken.append(number)
    return Drawn(tuple(taken), dict(sizes))


def share_out(size: int, there: Mapping[str, int]) -> dict[str, int]:
    """So many in proportion to the strata, by largest remainders; no stratum gets more than it has.

    Of two equal remainders the larger stratum's counts, then the one that comes first by its name.
    """
    total = sum(there.values())
    _check_size(size, total)
    exact = {name: size * count / total for name, count in there.items()}
    shares = {name: int(value) for name, value in exact.items()}
    for name in sorted(there, key=lambda name: (shares[name] - exact[name], -there[name], name)):
        if sum(shares.values()) == size:
            break
        shares[name] += 1
    return shares


def quota_left(sizes: Mapping[str, int], answered: Mapping[str, int]) -> dict[str, int]:
    """How many answers each stratum still lacks; never below nought."""
    return {name: max(0, wanted - answered.get(name, 0)) for name, wanted in sizes.items()}


def _check_size(size: int, there: int) -> None:
    if size < 1:
        raise Refused("Enter how many households to draw.", field="size")
    if size > there:
        raise Refused(f"There are only {there:,} households to draw from, not {size:,}.", field="size")


def _check_sizes(sizes: Mapping[str, int], there: Mapping[str, int], *, most: bool) -> None:
    if not any(sizes.values()):
        raise Refused("Enter how many households to draw from each group.", field="sizes")
    for name, wanted in sizes.items():
        if wanted < 0:
            raise Refused(f"{name}: enter 0 or more.", field="sizes")
        if wanted > there.get(name, 0) and (most or not there.get(name)):
            raise Refused(f"{name}: there are only {there.get(name, 0):,} households, not {wanted:,}.", field="sizes")
