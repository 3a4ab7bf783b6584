"""Closed lists whose members carry the words that may be shown."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """A choice with its words: `KIND = "value", "Words"`."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Kind:
        # The default is for whoever looks a member up, Kind("value"): a member itself is never made without its words.
        if not label:
            raise TypeError(f"{cls.__name__} “{value}” needs words that may be shown.")
        made = str.__new__(cls, value)
        made._value_ = value
        made.label = label
        return made


def choices(kinds: type[Kind]) -> list[tuple[str, str]]:
    """The pairs that a model's field asks for."""
    return [(kind.value, kind.label) for kind in kinds]
