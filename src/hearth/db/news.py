"""News goes up without imports: a lower room announces, `config.listeners` says which jobs of upper rooms hear it."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from hearth.db import wall


def announce(topic: str, **ids: Any) -> None:
    """Tell whoever listens, after the commit. `topic` is "room.deed"; `ids` are record numbers, never words."""
    for task in import_string(settings.HEARTH_LISTENERS).get(topic, ()):
        defer(task, **ids)


def defer(task: str, **ids: Any) -> None:
    """Put a job of the current landlord on the queue. It is there exactly when this transaction commits."""
    app.configure_task(task).defer(landlord_id=wall.current(), **ids)


def defer_once(task: str, *, lock: str, **ids: Any) -> None:
    """Put a job on the queue unless one with this lock waits there already: asking twice does it once."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        app.configure_task(task, queueing_lock=f"{wall.current()}.{lock}").defer(landlord_id=wall.current(), **ids)
