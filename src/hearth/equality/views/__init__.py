"""The pages about equality figures."""

from hearth.equality.views import library, profiles, reading

__all__ = ["library", "profiles", "reading"]
