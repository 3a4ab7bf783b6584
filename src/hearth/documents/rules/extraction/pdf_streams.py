"""A PDF before it is read: without its lock, and without streams that would unpack to fill the server.

The PDF reader unpacks any amount at once, so every stream is unpacked here first, a piece at a time, and counted.
"""

from __future__ import annotations

import io
import re
import zlib

from pypdf import PdfReader, PdfWriter

from hearth.kernel.refusals import Refused

from .gather import MEGABYTE, Limits

LOCKED = "The PDF has a password. Save a copy without a password and try again."
_UNUSUAL = "The PDF is packed in an unusual way, so it was not opened. Print it to a new PDF and try once more."
_BOMB = (
    "The PDF unpacks to far more than a document needs, so it was not opened. Print it to a new PDF and try once more."
)
# Filters that are old, slow to undo or put one over another; and names that hide their letters.
_ODD_FILTER = re.compile(
    rb"/LZWDecode|/LZW\b|/(?:ASCII85Decode|A85|ASCIIHexDecode|AHx|RunLengthDecode|RL|FlateDecode|Fl)\s*"
    rb"/(?:FlateDecode|Fl|RunLengthDecode|RL)\b|/F(?:ilter)?\s*\[?\s*/[A-Za-z0-9]*#"
)
_DEPTH = 3


def unlocked(body: bytes) -> bytes:
    """The PDF without the kind of lock that asks for no password to read; refuses one that does."""
    if b"/Encrypt" not in body:
        return body
    reader = PdfReader(io.BytesIO(body))
    if not reader.is_encrypted:
        return body
    if not reader.decrypt(""):
        raise Refused(LOCKED, field="file")
    out = io.BytesIO()
    PdfWriter(clone_from=reader).write(out)
    return out.getvalue()


def check(body: bytes, limits: Limits) -> None:
    """Refuses a PDF whose streams unpack to more than the limit."""
    if _ODD_FILTER.search(body):
        raise Refused(_UNUSUAL, field="file")
    whole = 0
    for found in re.finditer(rb"(?<!end)stream\r?\n", body):
        end = body.find(b"endstream", found.end())
        whole += _unpacked(body[found.end() : end if end > 0 else len(body)], limits.unpacked - whole, 0)


def _unpacked(packed: bytes, room: int, depth: int) -> int:
    """How many bytes a stream unpacks to, also where a packed stream holds another; refuses beyond the room."""
    unpack = zlib.decompressobj()
    whole, first = 0, b""
    try:
        while packed and not unpack.eof:
            piece = unpack.decompress(packed, MEGABYTE)
            packed = unpack.unconsumed_tail
            first = first or piece
            whole += len(piece)
            if whole > room:
                raise Refused(_BOMB, field="file")
    except zlib.error:
        return whole  # not packed this way, or torn
    if depth < _DEPTH and first[:1] == b"\x78":
        whole += _unpacked(first, room - whole, depth + 1)
    return whole
