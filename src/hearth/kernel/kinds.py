"""Closed lists whose members carry the words that may be shown."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """A choice with its words: `KIND = "value", "Words"`."""

    label: str

    def __new__(cls, value: str, label: str) -> Kind:
        made = str.__new__(cls, value)
        made._value_ = value
        made.label = label
        return made


def choices(kinds: type[Kind]) -> list[tuple[str, str]]:
    """The pairs that a model's field asks for."""
    return [(kind.value, kind.label) for kind in kinds]
