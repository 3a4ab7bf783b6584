"""The two kinds of table on the form: the impact table (question 8) and the tables of actions (question 12)."""

from __future__ import annotations

from collections.abc import Sequence

from hearth.reviews.rules.form import Lettered
from hearth.reviews.rules.reading.gathered import Chunk, Gathered, MatrixRow
from hearth.reviews.rules.reading.wordings import Wordings
from hearth.reviews.rules.reading.words import TICKED, UNTICKED, is_tick_cell, says_nothing, without_marks


class ImpactTable:
    """Collects the rows of the impact table; a row may go on over the next page (trap T10)."""

    def __init__(self, found: Gathered, wordings: Wordings) -> None:
        self.found = found
        self.wordings = wordings
        self.columns: dict[int, int] = {}
        self.row: MatrixRow | None = None
        self.flat = False

    def open(self, columns: dict[int, int], *, flat: bool = False) -> None:
        """The column heads have been printed, in cells of their own or (`flat`) in one line."""
        self.columns, self.flat = columns, flat

    def take_line(self, line: str) -> None:
        """Take a row whose cells were run together. Two boxes are "no impact" and "unknown"; a text has no column."""
        row, label, rest = self.wordings.row_before(line)
        boxes = [mark for mark in rest if mark in TICKED or mark in UNTICKED]
        if row is not None:
            self.found.keep(label)
            self.row = self.found.matrix.setdefault(row.code, MatrixRow(row.code))
        if self.row is not None and len(boxes) == 2:
            for column, box in enumerate(boxes, 3):
                self.row.cells.setdefault(column, []).append(Chunk(box, 0, True))
        said = without_marks(rest).strip()
        if self.row is None:
            self.found.lose(said)
        elif said or len(boxes) not in {0, 2}:
            self.found.lose(said)
            message = "The columns of the impact table cannot be told apart here. Fill in this row from the print."
            self.found.doubt("flat", f"impacts.{self.row.code}", message, line)

    def take(self, cells: Sequence[str], page: int, line: int) -> None:
        """Take one row."""
        label_at = next((place for place, column in self.columns.items() if column == 0), 0)
        label = cells[label_at] if label_at < len(cells) else ""
        row = self.wordings.row(label) if label.strip() else None
        if label.strip() and row is None:
            self.found.lose(" | ".join(text for text in cells if text.strip()))
            message = "A row of the impact table is about a group that this form does not list. It was not placed."
            self.found.doubt("unknown-row", "impacts", message, label)
            self.row = None
            return
        if row is not None:
            self.found.keep(label)
            self.row = self.found.matrix.setdefault(row.code, MatrixRow(row.code))
        if self.row is None:  # a continuation of nothing
            self.found.lose(*cells)
            return
        for place, text in enumerate(cells):
            if place != label_at and text.strip():
                self._cell(self.row, place, Chunk(text.replace("\t", " | "), page, True, line))

    def _cell(self, row: MatrixRow, place: int, chunk: Chunk) -> None:
        column = self.columns.get(place)
        if column is None:
            self.found.lose(chunk.text)
        else:
            row.cells.setdefault(column, []).append(chunk)


class ActionTables:
    """Collects the rows of the tables of actions, each under its lettered part."""

    def __init__(self, found: Gathered) -> None:
        self.found = found
        self.key = ""
        self.columns: dict[int, int] = {}
        self.page = 0

    def open(self, lettered: Lettered, columns: dict[int, int]) -> None:
        """The wording or the column heads of a table have been printed."""
        self.key, self.columns = lettered.answers, columns
        self.found.actions.setdefault(lettered.answers, [])
        if columns:
            self.found.action_columns[lettered.answers] = lettered.columns

    def take(self, cells: Sequence[str], page: int) -> None:
        """Take one row: an action, the rest of one that a page cut, or "N/A" (trap T16)."""
        said = [text for text in cells if text.strip()]
        if all(says_nothing(text) or is_tick_cell(text) for text in said):
            self.found.no_actions.add(self.key)
            self.found.keep(*said)
            return
        if not self.columns:
            self.found.lose(*said)
            message = "Text stands where a table of actions should be. It was not placed."
            self.found.doubt("no-table", self.key, message, said[0])
            return
        values = [""] * len(self.found.action_columns[self.key])
        for place, text in enumerate(cells):
            column = self.columns.get(place)
            if column is None:
                self.found.lose(text)
            elif text.strip():
                values[column] = "\n".join(filter(None, [values[column], text.replace("\t", " | ").strip()]))
        rows = self.found.actions[self.key]
        if rows and any(values) and not values[0] and page != self.page:
            rows[-1] = ["\n".join(filter(None, pair)) for pair in zip(rows[-1], values, strict=True)]
        elif any(values):
            rows.append(values)
        self.page = page
