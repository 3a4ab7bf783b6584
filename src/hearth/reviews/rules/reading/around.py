"""What is printed around the form's own words: the subject behind the title, captions, the review's standing."""

from __future__ import annotations

from collections.abc import Sequence

from hearth.reviews.rules.reading.gathered import Gathered
from hearth.reviews.rules.reading.wordings import Wordings
from hearth.reviews.rules.reading.words import squeezed

_STANDING = {"reference", "status", "approvedon", "nextreview"}
_SIGNING_HEADS = {"signoff", "signoffs", "signatures", "approvalandsignoff"}


def is_around(found: Gathered, words: Wordings, said: Sequence[str], mode: str, *, last: bool) -> bool:
    """Whether a line or row is none of the answers; `last` says that the last answer is behind it."""
    whole = " ".join(said)
    key = squeezed(whole)
    if mode == "preamble":
        if words.titled(whole):
            found.title = found.title or whole.strip()
            return True
        return key == squeezed(words.form.landlord)
    if mode == "details":
        return key in {"itemdetails", "thisreview"} or _standing(said)
    if mode == "actions":
        return key in {"action", "actions"} and len(said) == 1
    return last and key in _SIGNING_HEADS


def _standing(said: Sequence[str]) -> bool:
    """Where the review stands: a row, or term and value in one line."""
    return len(said) == 2 and squeezed(said[0]) in _STANDING
