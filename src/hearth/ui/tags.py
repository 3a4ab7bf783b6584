"""A tag says a state in words; its colour only helps the eye."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

COLOURS = ("", "grey", "green", "teal", "blue", "purple", "magenta", "red", "orange", "yellow")


@dataclass(frozen=True)
class Tag:
    """Words with one of the design system's tag colours; no colour is blue."""

    text: str
    colour: str = ""

    def __post_init__(self) -> None:
        if self.colour not in COLOURS:
            raise ValueError(f"A tag's colour is one of {', '.join(COLOURS[1:])}, not {self.colour}.")


def state_tag(state: Enum, colours: Mapping[Any, str]) -> Tag:
    """The tag of a state: its label, or its name in small words, with the colour that its room gives it."""
    text = getattr(state, "label", None) or state.name.replace("_", " ").capitalize()
    return Tag(str(text), colours.get(state, "grey"))
