"""What runs later: ids in, one service call. Importing this package registers the jobs of every module."""

from hearth.surveys.jobs import answering, events, firmfile, inviting, lifecycle, paper, results

__all__ = ["answering", "events", "firmfile", "inviting", "lifecycle", "paper", "results"]
