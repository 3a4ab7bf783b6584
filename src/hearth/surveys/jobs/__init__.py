"""What runs later: ids in, one service call. Importing this package registers the jobs of every module."""

from hearth.surveys.jobs import events, firmfile, inviting, lifecycle, results

__all__ = ["events", "firmfile", "inviting", "lifecycle", "results"]
