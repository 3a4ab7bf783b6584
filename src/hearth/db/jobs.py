"""What runs later: ids in, one service call, inside the wall of the landlord that asked for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.apps import apps
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from hearth.db import wall
from hearth.kernel.permits import Actor

RETRY = RetryStrategy(max_attempts=6, exponential_wait=5)


def system(landlord_id: int) -> Actor:
    """The actor of a job that nobody in particular asked for."""
    return Actor(landlord_id=landlord_id, name="Hearth", system=True)


def job(name: str) -> Callable[[Callable[..., Any]], Any]:
    """Register a job "room.verb": it is given `by` and the ids it was deferred with, and retried when it fails."""

    def register(work: Callable[..., Any]) -> Any:
        @wraps(work)
        def run(*, landlord_id: int, **ids: Any) -> Any:
            with wall.within(landlord_id):
                return work(by=system(landlord_id), **ids)

        return app.task(name=name, retry=RETRY)(run)

    return register


def timetable(name: str, cron: str) -> Callable[[Callable[..., Any]], Any]:
    """Register a job that the clock starts, once for every landlord. `cron` is in the server's time zone (UTC)."""

    def register(work: Callable[..., Any]) -> Any:
        one = job(f"{name}.one")(work)

        @app.periodic(cron=cron)
        @app.task(name=name)
        def every(timestamp: int) -> None:
            for landlord_id in apps.get_model("landlords", "Landlord").objects.values_list("id", flat=True):
                one.defer(landlord_id=landlord_id)

        return one

    return register
