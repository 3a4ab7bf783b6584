"""Messages leave by the queue, so that no page waits for a mail server."""

from typing import Any

from django.utils import timezone

from hearth.db.jobs import job
from hearth.notifications import services


@job("notifications.deliver")
def deliver(*, message_id: int, **_: Any) -> None:
    services.deliver(message_id=message_id, at=timezone.now())
