"""A paper is what a document says, before anyone decides how it looks.

A room describes its document once, as a `Paper`; web pages, Word, OpenDocument, PDF, large print, Braille and audio
are all made from that one description, so that no format can say something that another does not.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Heading:
    """A heading below the title: level 2 is a step, level 3 a question, level 4 a part of an answer."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    text: str


@dataclass(frozen=True)
class Bullets:
    items: tuple[str, ...]


@dataclass(frozen=True)
class Numbers:
    """A numbered list."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Pairs:
    """Terms with their values, such as the assessment's details."""

    caption: str
    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Table:
    """A data table with one row of headers; with `row_headers` the first cell of each row heads the row."""

    caption: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    row_headers: bool = True


@dataclass(frozen=True)
class Note:
    """A footnote or a remark set apart from the text."""

    text: str


Block = Heading | Paragraph | Bullets | Numbers | Pairs | Table | Note


@dataclass(frozen=True)
class Paper:
    """A whole document. `running_title` is repeated on each printed page; `contact` says how to ask for formats."""

    title: str
    landlord: str
    blocks: tuple[Block, ...]
    running_title: str = ""
    contact: str = ""
    language: str = "en-GB"

    def digest(self) -> str:
        """The SHA-256 of the content, in hexadecimal: equal papers have equal digests."""
        body = [[type(block).__name__, asdict(block)] for block in self.blocks]
        whole = [self.title, self.landlord, self.running_title, self.contact, self.language, body]
        return hashlib.sha256(json.dumps(whole, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
