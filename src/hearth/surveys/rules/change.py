"""Whether a percentage changed between two waves: more than chance would, and more than the mix of modes explains.

People answer an interviewer more kindly than a form (75.8 % by telephone beside 65.6 % on the web in one real survey:
reference 4.5, trap 11), so a trend across two mixes of modes compares two ways of asking. Both waves are therefore also
given one common mix, and the part of the change that goes away is what the mix explains. Pure; numpy.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from math import erfc, sqrt

import numpy as np

from hearth.kernel.refusals import Refused
from hearth.surveys.rules.estimates import SCALE, TOP, Answers, quantile
from hearth.surveys.rules.weighting.coding import Coded, Floats, Ints
from hearth.surveys.rules.weighting.samples import Sample

FEW_BY_MODE = 50  # the regulator hides results by a method with fewer responses (reference 1.2)
SMALL = 0.5  # points: of a smaller change no share is worth telling


@dataclass(frozen=True)
class Wave:
    """One question of one wave: the weighted sample, the answers (one a response), and how each was given."""

    name: str
    sample: Sample
    answers: Answers | Ints
    mode: Coded | None = None


@dataclass(frozen=True)
class Difference:
    """A change in percentage points, with its error and the chance of one as large where nothing changed (`p`)."""

    before: float
    after: float
    points: float
    se: float
    low: float
    high: float
    z: float | None
    p: float
    significant: bool


@dataclass(frozen=True)
class ModeLine:
    """One mode in both waves: its share of the weighted base and the percentage in it (None where nobody used it)."""

    mode: str
    share_before: float
    share_after: float
    pct_before: float | None
    pct_after: float | None
    responses_before: int
    responses_after: int
    common_share: float


@dataclass(frozen=True)
class Change:
    """The change between two waves: as it is, at one mix of modes, and what the mix explains (percentage points).

    `same_mix` and `explained` are None where modes were not given or none was used in both waves; `explained_share` is
    a percentage of the change, None where the change is too small for one to mean anything.
    """

    raw: Difference
    same_mix: Difference | None
    explained: float | None
    explained_share: float | None
    modes: tuple[ModeLine, ...]
    sentences: tuple[str, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class _ByMode:
    """A wave's answers by mode: tables (cells, 2 x modes), percentages as shares, and weighted bases."""

    table: Floats
    shares: Floats  # (modes,), nan where nobody
    bases: Floats  # (modes,)
    responses: Ints  # (modes,)


def compare(
    before: Wave,
    after: Wave,
    *,
    top: Collection[int] = TOP,
    scale: Collection[int] = SCALE,
    fpc: bool = True,
    level: float = 0.95,
) -> Change:
    """The change of the percentage in `top` from one wave to the next (a two-sample z test on linearised errors).

    The waves are taken as drawn apart from each other. The common mix is the mean of the two waves' mixes over the
    modes that both used; it is taken as fixed. Refused where nobody is in the base of a wave (reference 4.5, trap 11).
    """
    waves = (before, after)
    modes = _modes(waves)
    plain = [_by_mode(wave, (), top, scale) for wave in waves]
    for wave, one in zip(waves, plain, strict=True):
        if not one.bases[0] > 0:
            raise Refused(f"Nobody answered this question in {wave.name}.", field=wave.name)
    raw = _difference(waves, plain, np.ones(1), fpc=fpc, level=level)
    if not modes:
        unknown = "How each response was given is not known, so the mix of modes is not allowed for."
        return Change(raw, None, None, None, (), (_raw_sentence(raw, before, after, level),), (unknown,))
    split = [_by_mode(wave, modes, top, scale) for wave in waves]
    mixes = [one.bases / one.bases.sum() for one in split]
    both = (split[0].bases > 0) & (split[1].bases > 0)
    common = np.where(both, mixes[0] + mixes[1], 0)
    lines, warnings = _lines(waves, modes, split, mixes, common), _warnings(waves, modes, split, both)
    if not both.any():
        return Change(raw, None, None, None, lines, (_raw_sentence(raw, before, after, level),), warnings)
    same = _difference(waves, split, common / common.sum(), fpc=fpc, level=level)
    explained = raw.points - same.points
    share = 100 * explained / raw.points if abs(raw.points) >= SMALL else None
    said = (_raw_sentence(raw, before, after, level), *_mix_sentences(raw, same, explained, share, level))
    return Change(raw, same, explained, share, lines, said, warnings)


def _modes(waves: tuple[Wave, Wave]) -> tuple[str, ...]:
    if any(wave.mode is None for wave in waves):
        return ()
    for wave in waves:
        if wave.mode is not None and (wave.mode.codes < 0).any():
            first = int(np.argmax(wave.mode.codes < 0))
            raise Refused(f"{wave.name}: response {first + 1} does not say how it was given.", field="mode")
    return tuple(dict.fromkeys(name for wave in waves if wave.mode for name in wave.mode.categories))


def _by_mode(wave: Wave, modes: tuple[str, ...], top: Collection[int], scale: Collection[int]) -> _ByMode:
    given, size = np.asarray(wave.answers), max(len(modes), 1)
    counted, based = np.isin(given, list(top)), np.isin(given, list(scale))
    place = np.zeros(len(given), dtype=np.intp)
    if modes and wave.mode is not None:
        if len(wave.mode) != len(given):
            raise Refused(f"{wave.name}: modes and answers are of different numbers of responses.", field="mode")
        book = np.asarray([modes.index(name) for name in wave.mode.categories], dtype=np.intp)
        place = book[wave.mode.codes]
    table = wave.sample.tabulate(np.where(based, 2 * place + counted, -1), 2 * size)
    masses = (wave.sample.weights @ table).reshape(size, 2)
    bases = masses.sum(axis=1)
    shares = np.divide(masses[:, 1], bases, out=np.full(size, np.nan), where=bases > 0)
    return _ByMode(table, shares, bases, table.sum(axis=0).reshape(size, 2).sum(axis=1).astype(np.intp))


def _difference(waves: tuple[Wave, Wave], split: list[_ByMode], mix: Floats, *, fpc: bool, level: float) -> Difference:
    """The change of the percentage that a fixed mix of modes gives."""
    used = mix > 0
    levels, variances = [], []
    for wave, one in zip(waves, split, strict=True):
        share, base = np.where(used, one.shares, 0.0), np.where(used, one.bases, 1.0)
        levels.append(float((mix * share).sum()))
        scores = np.column_stack([-share * mix / base, (1 - share) * mix / base]).ravel()
        variances.append(wave.sample.variance(one.table, scores, fpc=fpc))
    points, error = levels[1] - levels[0], sqrt(max(sum(variances), 0.0))
    z = points / error if error > 0 else None
    p = erfc(abs(z) / sqrt(2)) if z is not None else (1.0 if points == 0 else 0.0)
    reach = quantile(level) * error
    low, high = 100 * (points - reach), 100 * (points + reach)
    return Difference(100 * levels[0], 100 * levels[1], 100 * points, 100 * error, low, high, z, p, p < 1 - level)


def _lines(
    waves: tuple[Wave, Wave], modes: tuple[str, ...], split: list[_ByMode], mixes: list[Floats], common: Floats
) -> tuple[ModeLine, ...]:
    whole = common.sum() or 1.0

    def pct(one: _ByMode, at: int) -> float | None:
        return None if one.bases[at] <= 0 else 100 * float(one.shares[at])

    return tuple(
        ModeLine(
            name,
            100 * float(mixes[0][at]),
            100 * float(mixes[1][at]),
            pct(split[0], at),
            pct(split[1], at),
            int(split[0].responses[at]),
            int(split[1].responses[at]),
            100 * float(common[at] / whole),
        )
        for at, name in enumerate(modes)
    )


def _warnings(
    waves: tuple[Wave, Wave], modes: tuple[str, ...], split: list[_ByMode], both: np.ndarray
) -> tuple[str, ...]:
    said = []
    for at, name in enumerate(modes):
        present = [wave.name for wave, one in zip(waves, split, strict=True) if one.bases[at] > 0]
        if len(present) == 1:
            where = next(wave.name for wave in waves if wave.name != present[0])
            number = next(int(one.responses[at]) for one in split if one.bases[at] > 0)
            said.append(
                f"Nobody answered by {name} in {where}, so the {number:,} answers by {name} in {present[0]} are left "
                "out of the comparison at one mix."
            )
        for wave, one in zip(waves, split, strict=True):
            if both[at] and one.responses[at] < FEW_BY_MODE:
                said.append(f"Only {int(one.responses[at]):,} answered by {name} in {wave.name}.")
    if not both.any():
        said.append("No mode was used in both waves, so what changed cannot be told from how people were asked.")
    return tuple(said)


def _raw_sentence(raw: Difference, before: Wave, after: Wave, level: float) -> str:
    moved = f"from {raw.before:.1f} % in {before.name} to {raw.after:.1f} % in {after.name}"
    if not raw.significant:
        return (
            f"The result went {moved}, {_points(raw.points)}. With {100 * level:g} % confidence the change lies "
            f"between {raw.low:+.1f} and {raw.high:+.1f} points, so it may be chance."
        )
    verb = "rose" if raw.points > 0 else "fell"
    return (
        f"The result {verb} {moved}, {_points(raw.points)} ({100 * level:g} % confidence: {raw.low:+.1f} to "
        f"{raw.high:+.1f}). That is more than chance would explain."
    )


def _mix_sentences(
    raw: Difference, same: Difference, explained: float, share: float | None, level: float
) -> tuple[str, ...]:
    first = (
        f"With the same mix of ways of answering in both, the change is {same.points:+.1f} points "
        f"({100 * level:g} % confidence: {same.low:+.1f} to {same.high:+.1f})"
    )
    first += ", more than chance would explain." if same.significant else ", which may be chance."
    if share is None:
        second = f"The change in the mix moved the result by {explained:+.1f} points."
    elif 0 <= share <= 100:
        second = f"The change in the mix explains {explained:+.1f} of the {raw.points:+.1f} points ({share:.0f} %)."
    elif share < 0:
        second = f"The change in the mix hides some of it: it moved the result by {explained:+.1f} points."
    else:
        second = f"The change in the mix explains all of it: alone it moved the result by {explained:+.1f} points."
    return (first, second)


def _points(points: float) -> str:
    return f"{points:+.1f} points"
