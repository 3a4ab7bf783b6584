"""Text messages leave by the landlord's gateway, and are tried again when it does not answer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest
from django.utils import timezone

from hearth.notifications import services
from hearth.notifications.models import Message


class _Gateway(BaseHTTPRequestHandler):
    taken: list[tuple[str, Any]] = []
    answer = 200

    def do_POST(self) -> None:
        said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.answer == 200:
            self.taken.append((self.headers["Authorization"], said))
        self.send_response(self.answer)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def gateway(settings: Any) -> Iterator[type[_Gateway]]:
    server = HTTPServer(("127.0.0.1", 0), _Gateway)
    Thread(target=server.serve_forever, daemon=True).start()
    settings.HEARTH_TEXTS = "hearth.config.texts.to_gateway"
    settings.HEARTH_TEXTS_URL = f"http://127.0.0.1:{server.server_port}/send"
    settings.HEARTH_TEXTS_TOKEN = "a token for tests"
    _Gateway.taken, _Gateway.answer = [], 200
    yield _Gateway
    server.shutdown()
    server.server_close()


@pytest.mark.requirement("SYS-05")
def test_a_text_that_the_gateway_refuses_is_tried_again_and_taken_once(gateway: Any, actor: Any) -> None:
    message = services.send(
        key="text.1", to_name="Ann Other", to_address="+447700900001", subject="Survey", body="Tell us: https://a.example",
        channel="sms", by=actor("administrator"),
    )  # fmt: skip
    gateway.answer = 503
    with pytest.raises(services.Undelivered):
        services.deliver(message_id=message.pk, at=timezone.now())
    message.refresh_from_db()
    assert (message.state, "503" in message.error) == (Message.State.WAITING, True)
    gateway.answer = 200
    for _ in range(2):
        services.deliver(message_id=message.pk, at=timezone.now())
    message.refresh_from_db()
    assert message.state == Message.State.SENT
    said = {"to": "+447700900001", "text": "Tell us: https://a.example", "reference": "text.1"}
    assert gateway.taken == [("Bearer a token for tests", said)]
