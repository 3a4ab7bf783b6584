"""What runs later: ids in, one service call. Importing this package registers the jobs of every module."""

from hearth.register.jobs import contact, importing, retention

__all__ = ["contact", "importing", "retention"]
