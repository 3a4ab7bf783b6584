"""Who hears what: the one table of news and the jobs that hear it."""

LISTENERS: dict[str, tuple[str, ...]] = {}
