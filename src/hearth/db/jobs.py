"""What runs later: ids in, one service call, inside the wall of the landlord that asked for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, datetime
from functools import wraps
from typing import Any

from django.apps import apps
from django.db import close_old_connections, connection
from django.utils import timezone
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import ProcrastinateException

from hearth.db import wall
from hearth.kernel.permits import Actor

RETRY = RetryStrategy(max_attempts=6, exponential_wait=5)
_END = object()
TIMED: dict[str, Callable[..., Any]] = {}  # every job of the timetable, by name: `run(landlord_id=…, on="2026-12-31")`


def system(landlord_id: int) -> Actor:
    """The actor of a job that nobody in particular asked for."""
    return Actor(landlord_id=landlord_id, name="Hearth", system=True)


def job(name: str) -> Callable[[Callable[..., Any]], Any]:
    """Register a job "room.verb": it is given `by` and the ids it was deferred with, and retried when it fails."""

    def register(work: Callable[..., Any]) -> Any:
        @wraps(work)
        def run(*, landlord_id: int, **ids: Any) -> Any:
            if not connection.in_atomic_block:  # as in a test, which calls jobs from inside its own transaction
                close_old_connections()  # one that broke since this thread's last job: no request has asked after it
            with wall.within(landlord_id):
                return work(by=system(landlord_id), **ids)

        return app.task(name=name, retry=RETRY)(run)

    return register


def job_in_steps(name: str) -> Callable[[Callable[..., Iterator[None]]], Any]:
    """Register a long job: a generator, each of whose steps is kept before the next begins, so that progress is seen.

    A worker that dies loses only the step at which it was. The job is then begun anew, and finds from what it has
    kept where it was.
    """

    def register(work: Callable[..., Iterator[None]]) -> Any:
        @wraps(work)
        def run(*, landlord_id: int, **ids: Any) -> None:
            if not connection.in_atomic_block:
                close_old_connections()
            steps = work(by=system(landlord_id), **ids)
            more = True
            while more:
                with wall.within(landlord_id):
                    more = next(steps, _END) is not _END

        return app.task(name=name, retry=RETRY)(run)

    return register


def timetable(name: str, cron: str) -> Callable[[Callable[..., Any]], Any]:
    """Register a job that the clock starts, once for every landlord. `cron` is in the server's time zone (UTC).

    It is given the day that it runs for as `on`: the day in the landlord's time zone on which the clock started it,
    or the day that somebody named who ran it by hand (SYS-09). It must do the same when it runs for a day twice.
    """

    def register(work: Callable[..., Any]) -> Any:
        @wraps(work)
        def on_a_day(*, by: Actor, on: str) -> Any:
            return work(by=by, on=date.fromisoformat(on))

        one = job(f"{name}.one")(on_a_day)
        TIMED[name] = one

        @app.periodic(cron=cron)
        @app.task(name=name)
        def every(timestamp: int) -> None:
            on = datetime.fromtimestamp(timestamp, tz=timezone.get_default_timezone()).date().isoformat()
            for landlord_id in landlord_ids():
                one.defer(landlord_id=landlord_id, on=on)

        return one

    return register


@app.periodic(cron="* * * * *")
@app.task(name="db.take_up_again", queueing_lock="db.take_up_again", pass_context=True)
async def take_up_again(context: JobContext, timestamp: int) -> None:
    """Put jobs back on the queue whose worker ended without a word (a power cut, a kill).

    A job is one transaction, so of what was begun nothing stayed, and it is done from its start.
    """
    for one in await context.app.job_manager.get_stalled_jobs():
        with suppress(ProcrastinateException):  # the same waits on the queue already
            await context.app.job_manager.retry_job(one)


def landlord_ids() -> list[int]:
    """The number of every landlord of this installation."""
    return list(apps.get_model("landlords", "Landlord").objects.order_by("id").values_list("id", flat=True))
