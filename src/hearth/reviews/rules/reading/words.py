"""Words as a reader compares them: without case, quotes, marks and the small damage that a scan does."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

TICKED = frozenset("☒⊠☑✓✔√✗✘✕\uf0fe\uf0fd\uf078\uf0fc\uf052\uf053")
UNTICKED = frozenset("☐□▢❏❑\uf06f\uf0a8\uf071")
ANY = "\x00"  # in a wording: a name of a few words, whatever it is
_APOSTROPHES = re.compile(r"['’‘`´ʼ]")


@dataclass(frozen=True)
class Word:
    """One word, made plain, with the place in its text where it ends."""

    plain: str
    end: int


def words(text: str) -> list[Word]:
    """The words of a text in order. A word with an apostrophe is one word ("tenants'" is "tenants")."""
    # An apostrophe is replaced by nothing, but the places must stay those of the text that was given.
    found: list[Word] = []
    for match in re.finditer(r"[^\W_]+(?:['’‘`´ʼ][^\W_]+)*", text):
        plain = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", match.group())).casefold()
        found.append(Word("".join(c for c in plain if not unicodedata.combining(c)), match.end()))
    return found


def plain_words(text: str) -> tuple[str, ...]:
    """Only the words, made plain."""
    return tuple(word.plain for word in words(text))


def squeezed(text: str) -> str:
    """The letters and digits alone: what survives of a heading when a scan breaks its words apart."""
    return "".join(plain_words(text))


def _share_letters(one: str, other: str) -> bool:
    """A quick look whether two strings can be alike at all."""
    letters, others = set(one), set(other)
    return len(letters & others) * 10 >= 7 * max(len(letters), len(others)) - 5


@lru_cache(maxsize=50_000)
def same_word(one: str, other: str) -> bool:
    """Whether two plain words are one word, allowing for a letter lost or misread in the longer ones."""
    if one == other:
        return True
    if min(len(one), len(other)) < 4 or abs(len(one) - len(other)) > 2 or not _share_letters(one, other):
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= 0.82


@lru_cache(maxsize=50_000)
def alike(one: str, other: str, least: float = 0.85) -> bool:
    """Whether two squeezed labels are the same label, but for scan damage."""
    if one == other:
        return bool(one)
    if not one or not other or min(len(one), len(other)) < least * 0.8 * max(len(one), len(other)):
        return False
    if not _share_letters(one, other):
        return False
    digits = re.sub(r"\D", "", one), re.sub(r"\D", "", other)
    if all(digits) and digits[0] != digits[1]:
        return False  # "Step 1" is not "Step 3", however alike the rest
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= least


@dataclass(frozen=True)
class Walk:
    """How far a text and a wording agree: words of each that were passed, and how many were the same."""

    text: int = 0
    wording: int = 0
    same: int = 0


def walk(text: Sequence[str], wording: Sequence[str]) -> Walk:
    """Walk along both from the start for as long as they agree, stepping over a few lost or foreign words.

    The walk ends behind the last word that was the same.
    """
    i = j = same = 0
    last = Walk()
    while i < len(text) and j < len(wording):
        if same_word(text[i], wording[j]):
            i, j, same = i + 1, j + 1, same + 1
            last = Walk(i, j, same)
            continue
        step = _step(text, wording, i, j)
        if step is None:
            break
        i, j = i + step[0], j + step[1]
    return last


_STEPS = [(0, 1), (1, 0), (1, 1), (0, 2), (2, 0), (1, 2), (2, 1), (2, 2), (0, 3)]


def _step(text: Sequence[str], wording: Sequence[str], i: int, j: int) -> tuple[int, int] | None:
    """The smallest step after which the next two words agree again (or the last one of either does)."""
    if wording[j] == ANY:
        behind = tuple(wording[j + 1 : j + 2])
        return next(((a, 1) for a in range(1, 8) if behind and tuple(text[i + a : i + a + 1]) == behind), None)
    for a, b in _STEPS:
        x, y = i + a, j + b
        if x >= len(text) or y >= len(wording) or not same_word(text[x], wording[y]):
            continue
        if x + 1 >= len(text) or y + 1 >= len(wording):
            if len(wording[y]) > 3 or a + b == 1:
                return a, b
        elif same_word(text[x + 1], wording[y + 1]):
            return a, b
    return None


def is_ticked(cell: str) -> bool:
    """Whether a tick box cell is ticked: any drawn tick, or a lone "x", "yes", "y" or "[x]"."""
    said = cell.strip()
    if any(mark in said for mark in TICKED):
        return True
    return said.strip("[]() ").casefold() in {"x", "yes", "y", "v", "ticked"}


def is_tick_cell(cell: str) -> bool:
    """Whether a cell holds nothing but a box, ticked or not."""
    said = cell.strip()
    if not said:
        return True
    return all(c in TICKED or c in UNTICKED or c in "[]() \n" for c in said) or is_ticked(said)


def without_marks(text: str) -> str:
    """A text without boxes, ticked or not."""
    return "".join(c for c in text if c not in TICKED and c not in UNTICKED)


def unbulleted(text: str) -> str:
    """A line without the bullet before it."""
    return re.sub(r"^\s*[•●▪◦‣·\-–*]\s+", "", text)


def says_nothing(text: str) -> bool:
    """Whether a cell only says that there is nothing to say: "N/A", "None", "-"."""
    return squeezed(text) in {"", "na", "none", "notapplicable", "nil", "noneidentified", "nonerequired", "noaction"}
