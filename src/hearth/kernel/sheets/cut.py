"""Rows cut out of the XML of a sheet, and the cells of those that look as the usual programs write them; pure.

Parsing XML costs five calls a cell; a sheet of 200,000 rows has five million cells. What is cut here is only what has
exactly the usual look; all else is left to the parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

_PIECE = 1 << 20
_LONGEST = 1 << 26  # bytes of one row
_BEGINS = b"<sheetData>"
_NUMBER = re.compile(rb'\br="(\d+)"')
_CELL = re.compile(
    rb'<c r="([A-Z]{1,3})\d+"(?: s="(\d+)")?(?: t="([a-zA-Z]+)")?'
    rb'(?:/>|>(?:<v>([^<&]*)</v>|<is><t(?: xml:space="preserve")?>([^<&]*)</t></is>)?</c>)'
)


def is_plain(head: bytes) -> bool:
    """Whether a sheet begins as the usual programs write it: in UTF-8, without prefixes and document types."""
    at = head.find(_BEGINS)
    if at < 0 or b"<!" in head[:at]:
        return False
    said = re.search(rb'encoding=["\']([^"\']*)', head[:200])
    return said is None or said[1].lower() == b"utf-8"


def rows(head: bytes, opened: Any) -> Iterator[tuple[int, bytes]]:
    """The number of each row that is not empty, and what stands between its tags. `head` is what was read already.

    The stream is read to its end, so that a damaged archive is noticed. Raises ValueError for what is no sheet.
    """
    rest, number, over = head[head.find(_BEGINS) + len(_BEGINS) :], 0, False
    while True:
        end = rest.rfind(b"</row>")
        if end >= 0 and not over:
            pieces = rest[: end + 6].split(b"</row>")
            rest = rest[end + 6 :]
            for piece in pieces[:-1]:
                begin = piece.rfind(b"<row")
                closes = piece.find(b">", begin)
                if begin < 0 or closes < 0:
                    raise ValueError("This is no row.")
                said = _NUMBER.search(piece, begin, closes)
                number = int(said[1]) if said else number + piece.count(b"<row")
                yield number, piece[closes + 1 :]
        over = over or b"</sheetData>" in rest
        more = opened.read(_PIECE)
        if not more:
            if not over:
                raise ValueError("The sheet is not whole.")
            return
        rest = more if over else rest + more
        if len(rest) > _LONGEST:
            raise ValueError("A row is too long.")


def cells(body: bytes) -> list[tuple[int, bytes, bytes, bytes]] | None:
    """Column, style, kind and text of each cell of a row that holds anything; None where one looks unusual."""
    found = _CELL.findall(body)
    if len(found) != body.count(b"<c") or b"\r" in body:
        return None
    return [(column(letters.decode()), style, kind, v or t) for letters, style, kind, v, t in found if v or t]


@lru_cache(maxsize=20_000)
def column(place: str) -> int:
    """The number of a column: "A1" is 1, "AB12" is 28."""
    found = 0
    for letter in place:
        if letter < "A":
            break
        found = found * 26 + ord(letter) - 64
    return found
