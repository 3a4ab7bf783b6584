"""News goes up without imports: a lower room announces, `config.listeners` says which jobs of upper rooms hear it."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import JobDeferrer
from procrastinate.manager import JobManager
from procrastinate.tasks import configure_task

from hearth.db import wall


def announce(topic: str, **ids: Any) -> None:
    """Tell whoever listens, after the commit. `topic` is "room.deed"; `ids` are record numbers, never words."""
    for task in import_string(settings.HEARTH_LISTENERS).get(topic, ()):
        defer(task, **ids)


def defer(task: str, **ids: Any) -> None:
    """Put a job of the current landlord on the queue. It is there exactly when this transaction commits."""
    _later(task).defer(landlord_id=wall.current(), **ids)


def defer_once(task: str, *, lock: str, **ids: Any) -> None:
    """Put a job on the queue unless one with this lock waits there already: asking twice does it once."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        _later(task, queueing_lock=f"{wall.current()}.{lock}").defer(landlord_id=wall.current(), **ids)


def _later(task: str, **options: Any) -> JobDeferrer:
    """A job that is put on the queue by Django's own connection, and so within its transaction.

    In a worker the queue's app has a connection of its own, which would put the job there before the deed is done, and
    leave it there where the deed is undone.
    """
    return configure_task(name=task, job_manager=JobManager(DjangoConnector()), **options)
