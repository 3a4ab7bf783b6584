"""What is printed around the form's own words: the subject behind the title, captions, the review's standing."""

from __future__ import annotations

from collections.abc import Sequence

from hearth.reviews.rules.reading.gathered import Gathered
from hearth.reviews.rules.reading.wordings import Wordings
from hearth.reviews.rules.reading.words import squeezed

_STANDING = {"reference", "status", "approvedon", "nextreview"}
_SIGNING_HEADS = {"signoff", "signoffs", "signatures", "approvalandsignoff"}


class Around:
    """Recognises what is none of the answers, and remembers a label whose value is on the next line."""

    def __init__(self, found: Gathered, words: Wordings) -> None:
        self.found = found
        self.words = words
        self.waiting = False

    def has(self, said: Sequence[str], mode: str, *, last: bool) -> bool:
        """Whether a line or row is printed around the answers; `last` says that the last answer is behind it."""
        whole = " ".join(said)
        key = squeezed(whole)
        waiting, self.waiting = self.waiting, False
        if mode == "preamble":
            if self.words.titled(whole):
                self.found.title = self.found.title or whole.strip()
                return True
            return key == squeezed(self.words.form.landlord)
        if mode == "details":
            if waiting and len(said) == 1:
                return True
            self.waiting = len(said) == 1 and key in _STANDING
            return self.waiting or key in {"itemdetails", "thisreview"} or squeezed(said[0]) in _STANDING
        if mode == "actions":
            return key in {"action", "actions"} and len(said) == 1
        return last and key in _SIGNING_HEADS
