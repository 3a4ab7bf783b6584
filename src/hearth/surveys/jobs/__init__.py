"""What runs later: ids in, one service call. Importing this package registers the jobs of every module."""

from hearth.surveys.jobs import events, inviting, lifecycle

__all__ = ["events", "inviting", "lifecycle"]
