"""The formats in which the landlord gives a paper: standard ones and the alternative formats people may ask for.

Sources: Equality Act 2010 s.20(6) (information in an accessible format); GOV.UK "Accessible communication formats"
(17 June 2026); requirements of print size: 12 point for standard print, 16 point and over for large print.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Format(StrEnum):
    """One way to give a paper. The web page is made by the pages themselves and is not listed here."""

    DOCX = "docx"
    ODT = "odt"
    PDF = "pdf"
    LARGE_PRINT_16 = "large_print_16"
    LARGE_PRINT_18 = "large_print_18"
    LARGE_PRINT_24 = "large_print_24"
    BRAILLE = "braille"
    AUDIO = "audio"
    TEXT = "txt"


@dataclass(frozen=True)
class About:
    """What a person needs to know about a format before choosing it."""

    words: str
    suffix: str
    media_type: str


ABOUT: dict[Format, About] = {
    Format.DOCX: About(
        "Word document", ".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    ),
    Format.ODT: About("OpenDocument text", ".odt", "application/vnd.oasis.opendocument.text"),
    Format.PDF: About("PDF", ".pdf", "application/pdf"),
    Format.LARGE_PRINT_16: About("Large print, 16 point", "-large-print-16.pdf", "application/pdf"),
    Format.LARGE_PRINT_18: About("Large print, 18 point", "-large-print-18.pdf", "application/pdf"),
    Format.LARGE_PRINT_24: About("Large print, 24 point", "-large-print-24.pdf", "application/pdf"),
    Format.BRAILLE: About("Braille (contracted UEB)", ".brf", "application/x-brf"),
    Format.AUDIO: About("Audio", ".mp3", "audio/mpeg"),
    Format.TEXT: About("Plain text", ".txt", "text/plain; charset=utf-8"),
}

POINTS: dict[Format, int] = {
    Format.PDF: 12,
    Format.LARGE_PRINT_16: 16,
    Format.LARGE_PRINT_18: 18,
    Format.LARGE_PRINT_24: 24,
}


@dataclass(frozen=True)
class Rendered:
    """A made file. `name_suffix` goes after the paper's own file name, such as "-large-print-18.pdf"."""

    name_suffix: str
    media_type: str
    body: bytes
