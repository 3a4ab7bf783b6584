"""What visitors set going."""

from __future__ import annotations

from typing import Any

from hearth.db import news


def make(*, publication: Any, format: str) -> None:
    """Put the making of a format on the queue, once however often it is asked for."""
    lock = f"public.print.{publication.pk}.{format}"
    news.defer_once("public.print", lock=lock, publication_id=publication.pk, format=format)
