"""Talking to a virus scanner: clamd's INSTREAM, over a socket that the caller opened."""

from __future__ import annotations

import struct
from typing import Protocol

CHUNK = 64 * 1024


class Channel(Protocol):
    """What a socket can do."""

    def sendall(self, data: bytes) -> None: ...

    def recv(self, size: int) -> bytes: ...


def infected(channel: Channel, body: bytes) -> bool:
    """Whether the scanner finds a virus. Raises ValueError where its answer is neither yes nor no."""
    channel.sendall(b"zINSTREAM\0")
    for start in range(0, len(body), CHUNK):
        piece = body[start : start + CHUNK]
        channel.sendall(struct.pack("!I", len(piece)) + piece)
    channel.sendall(struct.pack("!I", 0))
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < 4096:
        more = channel.recv(4096)
        if not more:
            break
        answer += more
    said = answer.rstrip(b"\0").decode("utf-8", "replace")
    if said.endswith("OK"):
        return False
    if said.endswith("FOUND"):
        return True
    raise ValueError(f"The scanner answered: {said[:200]}")
