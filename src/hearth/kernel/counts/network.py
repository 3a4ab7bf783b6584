"""Sums of a table as a network: which counts can change together so that every sum still holds.

Each sum is a place, each cell a pipe between the two sums that it stands in: as a part of one and the total of the
other, or as a part of a row and of a column. A cell in one sum only is a pipe to the open ground. People can be moved
round the pipes by whole numbers, as far as the bounds of the cells leave room; what is moved leaves each sum true.
Tables of this kind are one-way tables with parts of parts, two-way tables with totals, and two-way tables whose rows
have parts; a two-way table with parts both ways, or a three-way table, is not, and is refused.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count as numbers
from typing import Any

from hearth.kernel.refusals import Refused

Key = Any  # whatever names a cell; hashable
GROUND = -1
Room = Callable[[Key, int, bool], int]  # how far a cell that was moved so much may still rise (True) or fall (False)
Price = Callable[[Key], tuple[int, int]]  # what it costs to move a cell: figures lost, people in them


@dataclass(frozen=True)
class Sum:
    """A total and the parts that add up to it."""

    total: Key
    parts: tuple[Key, ...]


@dataclass
class Network:
    """The sums of one table. Raises Refused where they make no network."""

    sums: Sequence[Sum]
    ends: dict[Key, tuple[int, int]] = field(default_factory=dict)  # from which sum to which a cell's people flow
    at: dict[int, list[Key]] = field(default_factory=dict)  # the cells of a sum

    def __post_init__(self) -> None:
        stands: dict[Key, list[tuple[int, int]]] = {}
        for number, one in enumerate(self.sums):
            for key, sign in ((one.total, -1), *((part, 1) for part in one.parts)):
                stands.setdefault(key, []).append((number, sign))
        turned = self._turned(stands)
        for key, places in stands.items():
            entering = [n for n, sign in places if sign * turned[n] > 0]
            leaving = [n for n, sign in places if sign * turned[n] < 0]
            self.ends[key] = ((leaving or [GROUND])[0], (entering or [GROUND])[0])
            for node in self.ends[key]:
                self.at.setdefault(node, []).append(key)

    def _turned(self, stands: Mapping[Key, list[tuple[int, int]]]) -> dict[int, int]:
        """By which sign each sum is written, so that every cell enters one of its sums and leaves the other."""
        beside: dict[int, list[tuple[int, int]]] = {n: [] for n in range(len(self.sums))}
        for places in stands.values():
            if len(places) > 2:
                raise Refused("These sums hold a cell three times, so they make no network.")
            if len(places) == 2:
                (one, sign), (two, other) = places
                beside[one].append((two, -sign * other))
                beside[two].append((one, -sign * other))
        turned: dict[int, int] = {}
        for start in beside:
            waiting = [] if start in turned else [(start, 1)]
            while waiting:
                node, sign = waiting.pop()
                if node in turned:
                    if turned[node] != sign:
                        raise Refused("These sums go round in a way that makes no network.")
                    continue
                turned[node] = sign
                waiting += [(other, sign * times) for other, times in beside[node]]
        return turned

    def move(
        self, forced: Mapping[Key, int], *, room: Room, price: Price, but: Collection[Key] = ()
    ) -> dict[Key, int] | None:
        """By how much other cells have to change where these do; None if there is no way. Never moves `but`.

        Finds the cheapest way for one after the other, which is not always the cheapest for all of them.
        """
        still = {**dict.fromkeys(but, True), **dict.fromkeys(forced, True)}
        excess: dict[int, int] = {}
        for key, amount in forced.items():
            tail, head = self.ends[key]
            excess[tail] = excess.get(tail, 0) - amount
            excess[head] = excess.get(head, 0) + amount
        moved: dict[Key, int] = {}
        while True:
            excess = {node: amount for node, amount in excess.items() if amount}
            if not excess:  # also at the ground: what all sums together have too much, it has too little
                return {key: amount for key, amount in moved.items() if amount}
            start = next(node for node, amount in excess.items() if amount > 0)
            goals = {node for node, amount in excess.items() if amount < 0}
            found = self._way(start, goals, moved, still, room, price)
            if found is None:
                return None
            goal, steps = found
            limits = [room(key, moved.get(key, 0), rises) for key, rises in steps]
            amount = min(*limits, excess[start], -excess[goal])
            for key, rises in steps:
                moved[key] = moved.get(key, 0) + (amount if rises else -amount)
            for node, change in ((start, -amount), (goal, amount)):
                excess[node] = excess.get(node, 0) + change

    def _way(
        self,
        start: int,
        goals: Collection[int],
        moved: Mapping[Key, int],
        still: Collection[Key],
        room: Room,
        price: Price,
    ) -> tuple[int, list[tuple[Key, bool]]] | None:
        """The cheapest way from a sum to one of the goals: the goal, and each cell on it with whether it rises."""
        best: dict[int, tuple[int, int]] = {start: (0, 0)}
        came: dict[int, tuple[int, tuple[Key, bool]]] = {}
        tie = numbers()
        queue: list[tuple[tuple[int, int], int, int]] = [((0, 0), next(tie), start)]
        while queue:
            cost, _, node = heapq.heappop(queue)
            if cost > best[node]:
                continue
            if node in goals:
                steps = []
                goal = node
                while node != start:
                    node, step = came[node]
                    steps.append(step)
                return goal, steps
            for key in self.at.get(node, ()):
                tail, head = self.ends[key]
                rises = tail == node
                if key in still or room(key, moved.get(key, 0), rises) <= 0:
                    continue
                beyond = head if rises else tail
                more = (0, 0) if moved.get(key) else price(key)
                dearer = (cost[0] + more[0], cost[1] + more[1])
                if beyond not in best or dearer < best[beyond]:
                    best[beyond], came[beyond] = dearer, (node, (key, rises))
                    heapq.heappush(queue, (dearer, next(tie), beyond))
        return None
