"""Who sends text messages: a folder of files at first, a landlord's own gateway where one is set up.

`HEARTH_TEXTS` names one of these functions. Each takes `to`, `text` and the message's `key`, and raises OSError where
the text was not taken, so that the queue tries again.
"""

from __future__ import annotations

import json
from hashlib import sha256
from urllib.request import Request, urlopen

from django.conf import settings

SECONDS = 20  # how long a gateway may take to answer


def to_folder(*, to: str, text: str, key: str) -> None:
    """Write the text into a folder, where whoever tries Hearth can read it. The same key gives the same file."""
    folder = settings.HEARTH_DATA / "texts"
    folder.mkdir(parents=True, exist_ok=True)
    name = sha256(key.encode()).hexdigest()[:16]
    (folder / f"{name}.txt").write_text(f"To: {to}\n\n{text}\n", encoding="utf-8")


def to_gateway(*, to: str, text: str, key: str) -> None:
    """Post the text as JSON {"to", "text", "reference"} to HEARTH_TEXTS_URL, with HEARTH_TEXTS_TOKEN as the bearer.

    The reference is the message's key, by which a gateway can tell a second try from a second message.
    """
    said = json.dumps({"to": to, "text": text, "reference": key}).encode()
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {settings.HEARTH_TEXTS_TOKEN}"}
    request = Request(settings.HEARTH_TEXTS_URL, data=said, headers=headers, method="POST")  # noqa: S310 - a setting
    with urlopen(request, timeout=SECONDS) as answer:  # noqa: S310 - the same; its errors are OSErrors
        answer.read()
