"""Groups in which too few answered are joined with the group beside them: a weight rests on people (reference 2.2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hearth.kernel.refusals import Refused


def joined(categories: Sequence[str], responses: Mapping[str, int], *, below: int) -> dict[str, str]:
    """For each category, in their order, the group that it becomes: itself, or "16-24, 25-34" where it is joined.

    The smallest group with fewer responses than `below` joins whichever neighbour has fewer, until none is left.
    """
    if below < 0:
        raise Refused("Groups are joined below a number of responses of 0 or more.", field="join")
    groups = [[one] for one in categories]

    def size(group: Sequence[str]) -> int:
        return sum(responses.get(one, 0) for one in group)

    while len(groups) > 1:
        at = min(range(len(groups)), key=lambda place: size(groups[place]))
        if size(groups[at]) >= below:
            break
        beside = [place for place in (at - 1, at + 1) if 0 <= place < len(groups)]
        other = min(beside, key=lambda place: size(groups[place]))
        first, last = sorted((at, other))
        groups[first : last + 1] = [groups[first] + groups[last]]
    return {one: ", ".join(group) for group in groups for one in group}
