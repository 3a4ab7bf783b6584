"""Question 8 printed as sections: a short table of states, then a heading for each characteristic and its texts.

This is how reviews are printed for people who cannot use a wide table: "Age: no impact", "Positive impacts:" and the
text below. A heading without a state ("Age") is understood too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from hearth.reviews.rules.reading.gathered import Chunk, Gathered, MatrixRow
from hearth.reviews.rules.reading.wordings import Wordings
from hearth.reviews.rules.reading.words import alike, says_nothing, squeezed

_STATES = {
    "positive": (1,),
    "negative": (2,),
    "positiveandnegative": (1, 2),
    "mixed": (1, 2),
    "none": (3,),
    "no": (3,),
    "unknown": (4,),
    "unclear": (4,),
    "notapplicable": (5,),
    "notdecided": (),
    "contradictoryanswers": (),
}
_COLUMN = re.compile(
    r"^\W*(positive|negative)\s+(?:equality\s+)?impacts?\s*(?:[:–—]\s*(.*))?$", re.IGNORECASE | re.DOTALL
)
_AIMS = re.compile(r"^aims? of the duty\s*:\s*", re.IGNORECASE)
_FIELDS = (
    ("promise", re.compile(r"^delivered by this promise\s*:\s*", re.IGNORECASE)),
    ("alternatives", re.compile(r"^alternatives considered\s*:\s*", re.IGNORECASE)),
    ("unknown_reason", re.compile(r"^why .no impact. is kept although much is unknown\s*:\s*", re.IGNORECASE)),
)
_RISK = re.compile(r"^severity (\d{1,2}) by likelihood (\d{1,2}): \d{1,3}\.?$", re.IGNORECASE)
_REFERS = {"thereasonisgivenintheexplanationbelow", "notanswered", "seetheexplanationbelow"}


def columns_of(words: str) -> tuple[int, ...] | None:
    """The columns of the impact table that a state in words stands for: "No impact" is (3,). None for other words."""
    said = re.sub(r"(?:equality)?impacts?$", "", squeezed(words))
    return _STATES.get(said)


class SectionedImpacts:
    """Collects the sections of question 8."""

    def __init__(self, found: Gathered, wordings: Wordings) -> None:
        self.found = found
        self.wordings = wordings
        self.row: MatrixRow | None = None
        self.column = 0
        self.stated: dict[str, tuple[int, ...]] = {}
        self.glance = False

    def opens(self, cells: Sequence[str], *, cell: bool) -> bool:
        """Whether a row or line opens the short table, stands in it, or heads a section; it is then taken."""
        said = [text.strip() for text in cells if text.strip()]
        if cell:
            return self._glance_row(said)
        if len(said) != 1 or len(said[0]) > 120 or "\n" in said[0]:
            return False
        if squeezed(said[0]) == "impactsataglance":
            self.found.keep(said[0])
            return True
        row, label, rest = self.wordings.row_before(said[0])
        state = columns_of(rest) if re.match(r"\s*[:–—-]", rest) else None
        if (
            row is None
            or (state is None and rest.strip(" :"))
            or (state is None and squeezed(label) != squeezed(said[0]))
        ):
            return False
        self.found.keep(said[0])
        self.row = self.found.matrix.setdefault(row.code, MatrixRow(row.code))
        self.column, self.glance = 0, False
        if state is not None:
            self._state(row.code, state)
        return True

    def _glance_row(self, said: list[str]) -> bool:
        if len(said) != 2:
            return False
        if alike(squeezed(said[0]), self.wordings.columns[0]) and squeezed(said[1]) in {"impact", "impacts", "state"}:
            self.glance, self.row = True, None
            self.found.keep(*said)
            return True
        row = self.wordings.row(said[0]) if self.glance else None
        state = columns_of(said[1])
        if row is None or state is None:
            return False
        self.found.keep(*said)
        self.found.matrix.setdefault(row.code, MatrixRow(row.code))
        self._state(row.code, state)
        return True

    def _state(self, code: str, columns: tuple[int, ...]) -> None:
        self.stated[code] = columns
        row = self.found.matrix[code]
        for column in (3, 4, 5):
            row.cells.pop(column, None)
            if column in columns:
                row.cells[column] = [Chunk("☒", 0, False)]

    def take(self, said: Sequence[str], page: int, line: int) -> None:
        """Take a line or row of a section."""
        text = "\t".join(said)
        if self.row is None:
            self.found.lose(*said)
            return
        match = _COLUMN.match(text)
        if match:
            self.column = 1 if match[1].lower() == "positive" else 2
            rest = (match[2] or "").strip()
            self.found.keep(text[: len(text) - len(rest)])
            text = rest
        if text and not self._aside(text):
            self._text(self.row, Chunk(text.replace("\t", " | "), page, False, line))

    def _aside(self, text: str) -> bool:
        """What is printed beside the texts: aims, promise, alternatives and the like."""
        row = self.row
        if row is None or squeezed(text) in _REFERS:
            self.found.keep(text)
            return True
        if aims := _AIMS.match(text):
            said = squeezed(text[aims.end() :])
            known = tuple(aim.code for aim in self.wordings.form.aims if squeezed(aim.label) in said)
            if known and self.column:
                row.beside["positive_aims" if self.column == 1 else "negative_aims"] = known
                self.found.keep(text)
                return True
        if risk := _RISK.match(text):
            row.beside |= {"severity": int(risk[1]), "likelihood": int(risk[2])}
            self.found.keep(text)
            return True
        for name, pattern in _FIELDS:
            if match := pattern.match(text):
                row.beside[name] = text[match.end() :].strip()
                self.found.keep(match.group())
                return True
        return False

    def _text(self, row: MatrixRow, chunk: Chunk) -> None:
        stated = self.stated.get(row.code, ())
        column = self.column or (stated[0] if len(stated) == 1 and stated[0] < 3 else 0)
        if column:
            row.cells.setdefault(column, []).append(chunk)
        elif says_nothing(chunk.text):
            self.found.keep(chunk.text)
        else:
            self.found.lose(chunk.text)
            message = "Nothing says whether this text tells of a positive or a negative impact. It was not placed."
            self.found.doubt("section", f"impacts.{row.code}", message, chunk.text)
