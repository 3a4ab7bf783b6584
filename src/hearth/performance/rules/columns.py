"""Which column of a sheet is which entry of the dictionary: by caption, never by place.

The captions of the sheets carry footnote marks and small changes of words against the dictionary's, and the columns
stand in another order. Equal captions are matched first, then captions without their footnote, then near ones, as long
as neither says something that the other denies.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from hearth.performance.rules import cells
from hearth.performance.rules.cells import words_of
from hearth.performance.rules.dictionary import Entry

NEAR = 0.85  # of the words, in order; below it a caption is a stranger
_FOOTNOTE = re.compile(r"\s*\d(\s*,\s*\d)*\s*%?\s*$")
# Words by which two captions differ in meaning, not in style.
_TELLING = frozenset(
    re.split(
        " ",
        "very fairly neither satisfied dissatisfied not no yes numerator denominator unweighted weighted telephone "
        "internet facetoface face postal sms other one two lcra lcho combined without with emergency raised completed "
        "closed outstanding name code type size region",
    )
)
_CODED = re.compile(r"^([a-z]{2}\d\d|\d+)$")


@lru_cache(maxsize=4096)  # each caption is held against many
def plain(caption: Any) -> str:
    """A caption's words to compare by; "pt1" of a measure is its "1"."""
    return re.sub(r"\bpt(\d)\b", r"\1", cells.plain(caption))


def match(captions: Sequence[Any], entries: Sequence[Entry]) -> dict[int, Entry]:
    """The entry of each column that the dictionary knows, by the column's place."""
    waiting = list(entries)
    found: dict[int, Entry] = {}
    for wanted in (plain, _without_footnote):
        for place, caption in enumerate(captions):
            words = wanted(caption)
            if place in found or not words:
                continue
            entry = next((one for one in waiting if plain(one.caption) == words), None)
            # Several entries of one caption are told apart only by the code that the sheet's caption carries.
            if entry and sum(plain(one.caption) == words for one in waiting) == 1:
                found[place] = entry
                waiting.remove(entry)
    for place, caption in enumerate(captions):
        if place not in found and (near := _nearest(caption, waiting)):
            found[place] = near
            waiting.remove(near)
    return found


def _without_footnote(caption: Any) -> str:
    return plain(_FOOTNOTE.sub("", words_of(caption)))


def _nearest(caption: Any, entries: Sequence[Entry]) -> Entry | None:
    """The entry whose words are nearest, if they are near, agree in meaning, and no other is as near."""
    words = _without_footnote(caption).split()
    best: list[tuple[float, Entry]] = []
    for entry in entries:
        said = f"{plain(entry.caption)} {_code_words(entry)}".split() if _several(entry, entries) else None
        theirs = said or plain(entry.caption).split()
        nearness = difflib.SequenceMatcher(None, words, theirs, autojunk=False).ratio()
        if nearness >= NEAR and _agree(words, theirs):
            best.append((nearness, entry))
    best.sort(key=lambda pair: -pair[0])
    if not best or (len(best) > 1 and best[0][0] == best[1][0]):
        return None
    return best[0][1]


def _several(entry: Entry, entries: Sequence[Entry]) -> bool:
    return sum(plain(one.caption) == plain(entry.caption) for one in entries) > 1


def _code_words(entry: Entry) -> str:
    return plain(entry.key.measure) if entry.key else ""


def _agree(words: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether neither says what the other denies: a telling word may be missing on one side, not differ on both."""
    ours, other = _telling(words), _telling(theirs)
    return not (ours - other and other - ours)


def _telling(words: Sequence[str]) -> set[str]:
    return {word for word in words if word in _TELLING or _CODED.match(word)}


def places_of(columns: Mapping[int, Entry]) -> dict[tuple[str, str, str], int]:
    """The place of each key; where two columns have one key, the first."""
    found: dict[tuple[str, str, str], int] = {}
    for place in sorted(columns):
        key = columns[place].key
        if key is not None:
            found.setdefault(tuple(key), place)  # type: ignore[arg-type]
    return found
