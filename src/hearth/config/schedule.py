"""The timetable: importing the rooms' jobs is enough, each says its own hour."""

from procrastinate import App


def ready(app: App) -> None:
    """Called once the queue is ready; the jobs of every room have been found by then."""
