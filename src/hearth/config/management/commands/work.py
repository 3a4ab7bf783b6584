"""`work`: do what was put off, until somebody asks it to stop.

The queue's own command ends as soon as the database goes away, be it for a second; this one begins again.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import signal
from contextlib import suppress
from typing import Any

from django.core.management.base import BaseCommand
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

PAUSE = 2.0  # seconds before it looks whether the database is back
log = logging.getLogger(__name__)


class Command(BaseCommand):
    """work [--grace SECONDS]"""

    help = "Do what was put off (letters, formats, reminders), until asked to stop."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--grace", type=float, default=15.0, help="seconds for a job to end when asked to stop")

    def handle(self, *args: Any, **options: Any) -> None:
        asyncio.run(work(grace=options["grace"]))


async def work(*, grace: float) -> None:
    """Work until a signal asks to stop; what is being done then may take `grace` seconds more."""
    asked = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, asked.set)
    while not asked.is_set():
        working = asyncio.create_task(_until_it_ends(grace))
        stop = asyncio.create_task(asked.wait())
        await asyncio.wait({working, stop}, return_when=asyncio.FIRST_COMPLETED)
        stop.cancel()
        if asked.is_set():
            working.cancel()
        try:
            await working
        except asyncio.CancelledError:
            break
        except Exception as error:  # whatever ended it, the queue must be served again
            log.warning("The queue cannot be reached: %s", error)
        with suppress(TimeoutError):
            await asyncio.wait_for(asked.wait(), PAUSE)


async def _until_it_ends(grace: float) -> None:
    """Serve the queue, which ends by itself when the database does not answer."""
    connector = app.connector
    assert isinstance(connector, DjangoConnector)
    with app.replace_connector(connector.get_worker_connector()) as own:
        async with own.open_async():
            await own.run_worker_async(install_signal_handlers=False, shutdown_graceful_timeout=grace)
