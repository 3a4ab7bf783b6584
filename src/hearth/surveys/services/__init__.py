"""Every way to change what this room keeps: one verb a function."""

from hearth.surveys.services.building import add_survey

__all__ = [
    "add_survey",
]
