"""One cell of the regulator's sheets: a number, words, or one of the codes that say why there is none."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache
from typing import Any


class Code(StrEnum):
    """Why a figure is not there (notes of the regulator's sheets; reference 1.3)."""

    BLANK = "[X]"  # the landlord left it blank
    NOT_REQUIRED = "[Z]"
    NO_DENOMINATOR = "[U]"
    SUPPRESSED = "[S]"  # fewer than 50 answers by that method
    EXCLUDED = "[E]"  # taken out by the regulator


CODE_WORDS = {
    Code.BLANK: "left blank by the landlord",
    Code.NOT_REQUIRED: "not required",
    Code.NO_DENOMINATOR: "nothing to divide by",
    Code.SUPPRESSED: "hidden: fewer than 50 answers by this method",
    Code.EXCLUDED: "taken out by the regulator",
}
Value = float | Code | str | None
_CODE = re.compile(r"^\[\s*([A-Za-z])\s*\]$")
_NUMBER = re.compile(r"^[+-]?(\d+(,\d{3})*|\d*)(\.\d+)?(e[+-]?\d+)?%?$", re.I)
_UNSEEN = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")


def words_of(cell: Any) -> str:
    """A cell's words on one line, without the characters that nobody sees; whole numbers without ".0"."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = _UNSEEN.sub("", unicodedata.normalize("NFKC", "" if cell is None else str(cell)))
    return " ".join(text.split())


def plain(cell: Any) -> str:
    """A cell's words to compare by: small letters and digits, single spaces."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", words_of(cell).lower().replace("’", "'")).split())


def value_of(cell: Any) -> Value:
    """What a cell says: a number (also where it stands as text), a code, words, or None where it is empty."""
    if isinstance(cell, bool):
        return words_of(cell)
    if isinstance(cell, (int, float)):
        return float(cell)
    said = "" if cell is None else str(cell)
    return _read(said) if len(said) < 80 else _read.__wrapped__(said)  # long words are not worth keeping


@lru_cache(maxsize=4096)  # most cells with words hold one of a few
def _read(cell: str) -> Value:
    text = words_of(cell)
    if not text:
        return None
    if found := _CODE.match(text):
        code = f"[{found[1].upper()}]"
        return Code(code) if code in set(Code) else text
    bare = text.replace(",", "").removesuffix("%")
    if _NUMBER.match(text) and any(c.isdigit() for c in bare):
        return float(bare)
    return text


def number(value: Value) -> float | None:
    """The number, or None where there is a code or words."""
    return value if isinstance(value, float) else None


def whole(value: Value) -> int | None:
    """The number where it is a whole one."""
    return int(value) if isinstance(value, float) and value.is_integer() else None


def text(value: Value) -> str:
    """The words of an answer; nothing for a code or an empty cell."""
    return "" if value is None or isinstance(value, Code) else words_of(value)
