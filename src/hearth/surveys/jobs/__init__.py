"""What runs later: ids in, one service call. Importing this package registers the jobs of every module."""

from hearth.surveys.jobs import inviting, lifecycle

__all__ = ["inviting", "lifecycle"]
