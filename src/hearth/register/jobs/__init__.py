"""What runs later: ids in, one service call. Importing this package registers the jobs of every module."""

from hearth.register.jobs import importing

__all__ = ["importing"]
