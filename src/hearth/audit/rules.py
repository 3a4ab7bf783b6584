"""The chain: each seal binds an event to all that came before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

START = "0" * 64  # what the first seal of a landlord binds to


def seal(before: str, event: Mapping[str, Any]) -> str:
    """The next link: SHA-256, in hexadecimal, of the link before and of everything that the event says."""
    said = json.dumps(event, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(f"{before}\n{said}".encode()).hexdigest()


@dataclass(frozen=True)
class Link:
    """One seal with the event it stands for; `event` is None where the event is gone."""

    position: int
    event_id: int
    link: str
    event: Mapping[str, Any] | None


@dataclass(frozen=True)
class Broken:
    """The first place at which the chain does not hold, with what is wrong there in words."""

    position: int
    event_id: int
    why: str


def verify(links: Iterable[Link]) -> Broken | None:
    """Walk the chain from its start; None where every link holds (GOV-36)."""
    before = START
    for expected, link in enumerate(links, start=1):
        if link.position != expected:
            return Broken(expected, link.event_id, "a seal is missing")
        if link.event is None:
            return Broken(link.position, link.event_id, "the event is gone")
        if seal(before, link.event) != link.link:
            return Broken(link.position, link.event_id, "the event was changed after it was sealed")
        before = link.link
    return None


def deed_words(deed: str) -> str:
    """A deed as words: "accounts.role_given" is "Role given (accounts)"."""
    room, _, verb = deed.partition(".")
    return f"{verb.replace('_', ' ').capitalize()} ({room})" if verb else deed
