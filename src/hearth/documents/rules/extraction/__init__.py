"""Files that people bring, taken apart into neutral passages for the rooms above to read.

What may come in, and what is refused with one sentence, follows SYS-06 (type check, size, no macros, nothing that
unpacks to fill the server).
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

from hearth.kernel.passages import Image, Line, Passage, Row
from hearth.kernel.refusals import Refused

from . import guard
from .gather import Gathering, Kind, Limits

__all__ = ["Extracted", "Kind", "Limits", "extract"]


@dataclass(frozen=True)
class Extracted:
    """What was read off a file: its kind by content, its passages in reading order, what the person should know."""

    kind: Kind
    passages: tuple[Passage, ...]
    warnings: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(passage for passage in self.passages if isinstance(passage, Line))

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(passage for passage in self.passages if isinstance(passage, Row))

    @property
    def images(self) -> tuple[Image, ...]:
        return tuple(passage for passage in self.passages if isinstance(passage, Image))


def extract(name: str, body: bytes, *, limits: Limits | None = None) -> Extracted:
    """The passages of a file. Whatever the file holds, this answers or refuses; it raises nothing else."""
    limits = limits or Limits()
    kind = guard.sniff(name, body, limits)
    gathering = Gathering(limits)
    if warning := guard.mismatch(name, kind):
        gathering.warn(warning)
    try:
        _read(kind, body, gathering, limits)
    except Refused:
        raise
    except Exception as error:  # a damaged file makes its reader fail in ways nobody can list
        raise Refused(guard.DAMAGED, field="file") from error
    if not gathering.passages:
        raise Refused("The file holds no words. Choose the file again, or ask for a new copy.", field="file")
    return Extracted(kind, tuple(gathering.passages), tuple(gathering.warnings))


def _read(kind: Kind, body: bytes, gathering: Gathering, limits: Limits) -> None:
    """The libraries take a while to load, so each is loaded when a file of its kind comes."""
    if kind is Kind.DOCX:
        from . import word

        word.read(body, gathering)
    elif kind is Kind.ODT:
        from . import opendocument

        opendocument.read(body, gathering)
    elif kind is Kind.PDF:
        from . import pdf

        logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it writes a warning for every odd font
        pdf.read(body, gathering, limits)
    elif kind is Kind.HTML:
        from . import web

        web.read(body, gathering, limits)
    else:
        from . import text

        text.read(body, gathering)
