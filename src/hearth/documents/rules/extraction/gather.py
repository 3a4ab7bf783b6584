"""What all readers of files share: the kinds of file, the limits, and the list of passages as it grows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from hearth.kernel.passages import Image, Line, PageBreak, Passage, Row
from hearth.kernel.refusals import Refused

MEGABYTE = 1024 * 1024
TICKED, NOT_TICKED = "☒", "☐"

# Wingdings, Wingdings 2 and Symbol put their boxes and ticks at these code points (also 0xF000 higher).
_SYMBOLS = {
    0xFE: TICKED, 0xFD: TICKED, 0x78: TICKED, 0xFC: "✓", 0xFB: "✗", 0xA8: NOT_TICKED, 0x6F: NOT_TICKED,
    0x71: NOT_TICKED, 0x72: NOT_TICKED, 0xA7: "•", 0xB7: "•", 0x6C: "•", 0x6E: "•",
}  # fmt: skip
_SYMBOLS_2 = {0x52: TICKED, 0x51: TICKED, 0x54: TICKED, 0x53: TICKED, 0x50: "✓", 0x4F: "✗", 0xA3: NOT_TICKED}
_UNFIT = re.compile("[^\t\n\u0020-\u007e\u00a0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010fffd]")
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")


class Kind(StrEnum):
    """What a file is, by its content."""

    DOCX = "docx"
    ODT = "odt"
    PDF = "pdf"
    HTML = "html"
    TEXT = "txt"


KIND_WORDS = {
    Kind.DOCX: "a Word document",
    Kind.ODT: "an OpenDocument text",
    Kind.PDF: "a PDF",
    Kind.HTML: "a web page",
    Kind.TEXT: "plain text",
}


@dataclass(frozen=True)
class Limits:
    """How much a file may ask of the server. Sizes are bytes."""

    size: int = 20 * MEGABYTE
    entries: int = 2000
    unpacked: int = 200 * MEGABYTE
    ratio: int = 200  # unpacked to packed, of a part larger than 1 MB
    pages: int = 300
    characters: int = 3_000_000
    markup: int = 8 * MEGABYTE  # a web page without its inline pictures


class Gathering:
    """The passages read so far."""

    def __init__(self, limits: Limits) -> None:
        self.passages: list[Passage] = []
        self.warnings: list[str] = []
        self.tables = 0
        self._limits = limits
        self._characters = 0

    def line(self, text: str, *, level: int = 0, running: bool = False) -> None:
        """A paragraph; each of its lines is a line."""
        for part in text.split("\n"):
            tidy = tidied(part)
            if tidy:
                self._count(tidy)
                self.passages.append(Line(tidy, level, running))

    def row(self, cells: list[str], table: int) -> None:
        tidy = tuple("\n".join(filter(None, map(tidied, cell.split("\n")))) for cell in cells)
        if any(tidy):
            self._count("".join(tidy))
            self.passages.append(Row(tidy, table))

    def page_break(self) -> None:
        """A new page; several in a row, or one before anything else, say nothing."""
        if self.passages and not isinstance(self.passages[-1], PageBreak):
            self.passages.append(PageBreak())

    def image(self, description: str = "") -> None:
        self._count("x")
        self.passages.append(Image(tidied(description.replace("\n", " "))))

    def new_table(self) -> int:
        self.tables += 1
        return self.tables

    def warn(self, message: str) -> None:
        if message not in self.warnings:
            self.warnings.append(message)

    def _count(self, text: str) -> None:
        self._characters += len(text) + 1
        if self._characters > self._limits.characters:
            raise Refused("The file holds too much text to read at once. Split it and try again.", field="file")


def tidied(text: str) -> str:
    """One line of text without control characters, unseen spaces or runs of spaces; tabs stay."""
    text = _UNSEEN.sub("", _UNFIT.sub("", text.replace("\r", " ").replace("\xa0", " ")))
    return re.sub(" {2,}", " ", text).strip(" ")


def symbol(code: int, font: str) -> str:
    """The sign that a symbol font draws for a code, if it is a box, a tick or a bullet; else nothing."""
    place = code - 0xF000 if 0xF000 <= code <= 0xF0FF else code
    return (_SYMBOLS_2 if "2" in font else _SYMBOLS).get(place, "")


def ordinal(number: int, style: str) -> str:
    """A list number: decimal, letters or Roman numerals."""
    low = style.lower()
    if "letter" in low or low == "a":
        number = max(number, 1)
        made = chr(ord("a") + (number - 1) % 26) * min(1 + (number - 1) // 26, 3)
    elif "roman" in low or low == "i":
        made = _roman(number)
    else:
        return str(number)
    return made.upper() if style[:1].isupper() else made


def _roman(number: int) -> str:
    made = ""
    for value, sign in ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv")):
        while number >= value and len(made) < 20:
            made, number = made + sign, number - value
    return made + "i" * min(max(number, 0), 3)
