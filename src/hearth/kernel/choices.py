"""States and the moves between them: one table, checked in words that say what is still to be done."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Mapping
from enum import Enum
from typing import TypeVar

from hearth.kernel.refusals import Refused
from hearth.kernel.words import listed

State = TypeVar("State", bound=Enum)
Moves = Mapping[State, Collection[State]]


def in_words(state: Enum) -> str:
    """A state in small words: its label if it has one, else its name: LEGAL_REVIEWED is "legal reviewed"."""
    label = getattr(state, "label", None)
    if label is None:
        return state.name.replace("_", " ").lower()
    words = str(label)
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def steps_between(moves: Moves[State], here: State, there: State) -> tuple[State, ...] | None:
    """The fewest steps from one state to another, with the last; None if there is no way, () if none is needed.

    Where two ways are equally short, the one whose states were declared first is taken.
    """
    came_from: dict[State, State | None] = {here: None}
    queue = deque([here])
    while queue:
        state = queue.popleft()
        if state == there:
            break
        for following in _in_order(moves.get(state, ())):
            if following not in came_from:
                came_from[following] = state
                queue.append(following)
    if there not in came_from:
        return None
    steps: list[State] = []
    at: State | None = there
    while at is not None and at != here:
        steps.append(at)
        at = came_from[at]
    return tuple(reversed(steps))


def check_move(moves: Moves[State], here: State, there: State, *, what: str) -> None:
    """Refuse a move that the table does not hold, and say which steps are missing.

    "A review that is drafting cannot become approved. First it must be submitted, then legal reviewed."
    """
    if there in moves.get(here, ()):
        return
    article = "An" if what[:1].lower() in "aeiou" else "A"
    if here == there:
        raise Refused(f"The {what} is already {in_words(there)}.")
    sentence = f"{article} {what} that is {in_words(here)} cannot become {in_words(there)}."
    steps = steps_between(moves, here, there)
    if steps:
        missing = [in_words(step) for step in steps[:-1]]
        raise Refused(f"{sentence} First it must be {', then '.join(missing)}.")
    onward = [in_words(state) for state in _in_order(moves.get(here, ()))]
    if onward:
        raise Refused(f"{sentence} It can become {listed(onward, 'or')}.")
    raise Refused(f"{sentence} Nothing follows {in_words(here)}.")


def diagram(moves: Moves[State]) -> str:
    """The table as a Mermaid state diagram; starts are what nothing leads to, ends what leads nowhere."""
    states = _in_order({*moves, *(state for onward in moves.values() for state in onward)})
    reached = {state for onward in moves.values() for state in onward}
    lines = ["stateDiagram-v2"]
    lines += [f'    state "{in_words(state)}" as {state.name.lower()}' for state in states]
    lines += [f"    [*] --> {state.name.lower()}" for state in states if state not in reached]
    for state in states:
        name = state.name.lower()
        onward = _in_order(moves.get(state, ()))
        lines += [f"    {name} --> {following.name.lower()}" for following in onward]
        lines += [] if onward else [f"    {name} --> [*]"]
    return "\n".join(lines) + "\n"


def _in_order(states: Collection[State]) -> list[State]:
    """States as their class declares them, so that sets read the same every time."""
    return sorted(states, key=lambda state: list(type(state).__members__.values()).index(state))
