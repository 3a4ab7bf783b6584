"""Count the words of a printed text and those of its reading, to see that none was lost."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from hearth.reviews.rules.content import to_parts
from hearth.reviews.rules.reading import Reading

_MARK_UP = re.compile(
    r"</?(?:p|ul|ol|li|u|b|br|input|table|tbody|tr|td|th|sup|span|div)(?:\s[^<>]*)?/?>|\\boxtimes|\[image\]", re.I
)


def words_of(text: str) -> Counter[str]:
    """The words of a text; an apostrophe parts them, so that no quote decides."""
    return Counter(re.findall(r"[^\W_]+", _MARK_UP.sub(" ", text)))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _texts(inner)


def words_in(reading: Reading) -> Counter[str]:
    """Every word that a reading holds, once: in answers, in the form's own words, and unplaced.

    What is picked out of an answer (laws, partners, gaps) stands in its text as well and is not counted again.
    """
    held: Counter[str] = Counter()
    for key, part in to_parts(reading.content).items():
        if isinstance(part, dict) and "text" in part:
            part = [part["text"], part.get("tables", [])]
        elif key.startswith("impacts."):
            part = [part["positive"], part["negative"]]
        elif key == "committee":
            part = reading.answers.get(14, "")  # the ticks are read, the words beside them are in the answer
        for text in _texts(part):
            held += words_of(text)
    for text in (*reading.furniture, *reading.unplaced):
        held += words_of(text)
    for signature in reading.sign_offs:
        held += words_of(" ".join([signature.verb, signature.name or "", signature.printed_on]))
    return held


def lost(printed: str, reading: Reading) -> Counter[str]:
    """Words that were printed (so many times) and that the reading does not hold."""
    return words_of(printed) - words_in(reading)
