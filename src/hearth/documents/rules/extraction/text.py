"""Plain text, whatever it was written on: UTF-8, UTF-16 or the older Windows alphabet."""

from __future__ import annotations

import codecs
import re

from hearth.kernel.refusals import Refused

from .gather import Gathering

_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffd]")


def decoded(body: bytes, declared: str = "") -> tuple[str, str]:
    """The text and the name of its encoding. Refuses what is not text."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if body.startswith(mark):
            return _checked(body.decode(encoding, errors="replace")), encoding
    tries = ["utf-8", declared, _without_mark(body), "cp1252"]
    for encoding in filter(None, tries):
        try:
            return _checked(body.decode(encoding)), encoding
        except (UnicodeDecodeError, LookupError, Refused):
            continue
    return _checked(body.decode("cp1252", errors="replace")), "cp1252"


def _without_mark(body: bytes) -> str:
    """UTF-16 without its mark: English text has every second byte zero."""
    sample = body[:4000]
    half = max(len(sample) // 2, 1)
    if sample[1::2].count(0) > 0.6 * half:
        return "utf-16-le"
    return "utf-16-be" if sample[0::2].count(0) > 0.6 * half else ""


def _checked(text: str) -> str:
    """Text has no zero bytes and next to no control characters."""
    if "\x00" in text or len(_CONTROLS.findall(text)) > max(2, len(text) // 200):
        raise Refused(
            "The file is not a document that can be read. Use Word (.docx), OpenDocument (.odt), PDF, "
            "web page (.html) or plain text (.txt).",
            field="file",
        )
    return text


def read(body: bytes, gathering: Gathering) -> None:
    """Each line a line; a form feed is a page break."""
    text, encoding = decoded(body)
    if encoding == "cp1252":
        gathering.warn(
            "The text is in an older alphabet (Windows-1252). Check pound signs, dashes and quotation marks."
        )
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for number, page in enumerate(text.split("\f")):
        if number:
            gathering.page_break()
        for line in page.split("\n"):
            gathering.line(line)
