"""The block of details before the first question: labels and what is printed beside or below them."""

from __future__ import annotations

from collections.abc import Sequence

from hearth.reviews.rules.reading.gathered import Gathered
from hearth.reviews.rules.reading.wordings import Wordings
from hearth.reviews.rules.reading.words import squeezed


class DetailsBlock:
    """Collects the details; a row printed twice is kept once, and a value may go on in the next row."""

    def __init__(self, found: Gathered, wordings: Wordings) -> None:
        self.found = found
        self.wordings = wordings
        self.last = ""
        self.waiting = False  # a label stood alone on its line: its value is on the next

    def take(self, said: Sequence[str], *, cell: bool, opened: bool) -> bool:
        """Take a row or line that starts with a label; `opened` once the block's heading was printed."""
        label, values = said[0], list(said[1:])
        known = self.wordings.detail(label)
        if known is None and len(said) >= 2:
            label = " ".join(said[:2])  # trap T3: "Off | ficer conducting …"
            known, values = self.wordings.detail(said[0] + said[1]), list(said[2:])
        if known is None and len(said) == 1 and ":" in said[0]:
            label, _, value = said[0].partition(":")
            known, values = self.wordings.detail(label), [value]
        if known is None and len(said) == 1 and opened and not cell:
            known, label, value = self.wordings.detail_before(said[0])
            values = [value]
        if known is None:
            return self._below(said, cell=cell)
        name, old = known
        self.last = name
        self.found.old_labels = self.found.old_labels or old
        self.found.keep(label)
        value = " ".join(values).strip()
        self.waiting = not cell and not value
        self._put(name, value, label)
        return True

    def _below(self, said: Sequence[str], *, cell: bool) -> bool:
        if cell or not self.waiting or len(said) != 1 or self.wordings.is_heading(said[0]):
            return False
        self.waiting = False
        self._put(self.last, said[0].strip(), self.last)
        return True

    def goes_on(self, said: Sequence[str]) -> None:
        """A row without a label belongs to the one above it."""
        self.found.details[self.last] = (self.found.details.get(self.last, "") + "\n" + " ".join(said)).strip()

    def _put(self, name: str, value: str, label: str) -> None:
        held = self.found.details.get(name)
        if held and squeezed(held) == squeezed(value):
            self.found.keep(value)  # a row printed again behind a page break
        elif held and value:
            self.found.lose(value)
            message = f"“{label.strip()}” is printed twice with different answers. The first was kept."
            self.found.doubt("repeated", "details", message, value)
        elif value or name not in self.found.details:
            self.found.details[name] = value
