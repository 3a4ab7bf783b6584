"""Traits made coarse, so that nobody is the only one who has them (issue 3, section D; PROF-26).

A person is known by more than their name: whoever lives on a small estate, is over 80 and moved in this year may be
the only one. So of the traits that stay with an answer, only as much is kept as at least `least` households of the
population share; the rest is forgotten. Traits are given in the order in which they are worth keeping. Pure.

What is promised. Every household of the population belongs to one class of at least `least` households, and what is
released of an answer is the words of its class and nothing more. A reader who knows the whole population and this very
procedure still has `least` households to choose from. That is why households with rare traits are put together with
each other, and not simply robbed of the trait that gives them away: of two households that alone have lost a trait,
everybody would know that they are the two rare ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from hearth.kernel.refusals import Refused

Combination = tuple[str, ...]  # the values of the traits, in the order of their worth; "" where one is not known


@dataclass(frozen=True)
class Group:
    """Combinations that become alike, how many households have them, and what is kept of their traits."""

    combinations: tuple[Combination, ...]
    households: int
    kept: Combination


def coarsen(counts: Mapping[Combination, int], *, least: int) -> dict[Combination, Combination]:
    """What is kept of each combination of traits, "" where a trait is forgotten (the promise above).

    `counts` says how many households of the population have each combination. Where the whole population is smaller
    than `least`, nothing is kept.
    """
    if least < 1:
        raise Refused("The smallest group is 1 or more.", field="least")
    width = {len(one) for one in counts}
    if len(width) > 1:
        raise Refused("Combinations of traits must be equally long.")
    groups, rest = _split(dict(counts), (), next(iter(width), 0), least)
    if rest:
        groups = _with_rest(groups, rest)
    return {one: group.kept for group in groups for one in group.combinations}


def _split(
    counts: dict[Combination, int], known: Combination, width: int, least: int
) -> tuple[list[Group], dict[Combination, int]]:
    """The classes of one branch, and the combinations for which it has none."""
    if len(known) == width:
        return _closed(counts, known, width, least)
    branches: dict[str, dict[Combination, int]] = {}
    for one, number in counts.items():
        branches.setdefault(one[len(known)], {})[one] = number
    groups: list[Group] = []
    rest: dict[Combination, int] = {}
    for value in sorted(branches):
        found, left = _split(branches[value], (*known, value), width, least)
        groups += found
        rest |= left
    closed, rest = _closed(rest, known, width, least)
    return groups + closed, rest


def _closed(
    counts: dict[Combination, int], known: Combination, width: int, least: int
) -> tuple[list[Group], dict[Combination, int]]:
    """One class of these combinations where they are enough; else they are handed up."""
    households = sum(counts.values())
    if not counts or households < least:
        return [], counts
    return [Group(tuple(counts), households, known + ("",) * (width - len(known)))], {}


def _with_rest(groups: list[Group], rest: dict[Combination, int]) -> list[Group]:
    """The few that are left at the end, together with the smallest class; nothing is kept of either."""
    width = len(next(iter(rest)))
    smallest = min(groups, key=lambda group: (group.households, group.kept), default=None)
    joined = (*rest, *(smallest.combinations if smallest else ()))
    households = sum(rest.values()) + (smallest.households if smallest else 0)
    return [group for group in groups if group is not smallest] + [Group(joined, households, ("",) * width)]


def coarse_days(days: Iterable[tuple[date, int]], *, least: int) -> dict[date, date]:
    """For each day the first day of a run of days on which together at least `least` answers came.

    The last days, where they are too few, belong to the run before. With fewer answers in all, every day is the first.
    """
    ordered = sorted(days)
    runs: list[tuple[list[date], int]] = []
    for day, number in ordered:
        if runs and runs[-1][1] < least:
            runs[-1] = ([*runs[-1][0], day], runs[-1][1] + number)
        else:
            runs.append(([day], number))
    if len(runs) > 1 and runs[-1][1] < least:
        last = runs.pop()
        runs[-1] = (runs[-1][0] + last[0], runs[-1][1] + last[1])
    return {day: run[0] for run, _ in runs for day in run}


def ordered_traits(names: Iterable[str], *, first: Sequence[str]) -> tuple[str, ...]:
    """Names of traits by their worth: those that are named first, then the others by the alphabet."""
    there = set(names)
    return (*(name for name in first if name in there), *sorted(there - set(first)))
