"""What the walk through a source has found so far, still as it was printed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from hearth.reviews.rules.reading.result import Doubt


@dataclass(frozen=True)
class Chunk:
    """A piece of an answer as one cell or line held it."""

    text: str
    page: int
    cell: bool  # True from a table cell, False from a line outside tables
    row: int = 0


@dataclass
class Asked:
    """One question as found: how well its wording matched and what was answered."""

    number: int
    part: str
    score: float = 0.0
    older: bool = False
    by_number_only: bool = False
    started_on: int = 0
    chunks: list[Chunk] = field(default_factory=list)
    interleaved: bool = False
    split: bool = False  # its wording goes on behind a page break (trap T7)


@dataclass
class MatrixRow:
    """One row of the impact table: the texts of each column, cell by cell, over as many pages as it runs."""

    code: str
    cells: dict[int, list[Chunk]] = field(default_factory=dict)
    beside: dict[str, Any] = field(default_factory=dict)  # other fields of the impact, where they are printed


@dataclass
class Signing:
    """One block of the sign-off: "Reviewed by <post>:" and the lines under it."""

    verb: str
    post: str
    inline: str = ""
    lines: list[str] = field(default_factory=list)
    image: bool = False
    open: bool = True
    typed: bool = False  # a row of a table of signatures, which has no room for a picture


@dataclass
class Gathered:
    """Everything found. Whatever is in none of the answers is in `furniture` or `unplaced`."""

    title: str = ""
    details: dict[str, str] = field(default_factory=dict)
    old_labels: bool = False
    asked: dict[int, Asked] = field(default_factory=dict)
    grid: list[tuple[str, ...]] = field(default_factory=list)
    matrix: dict[str, MatrixRow] = field(default_factory=dict)
    actions: dict[str, list[list[str]]] = field(default_factory=dict)
    no_actions: set[str] = field(default_factory=set)
    action_columns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    signings: list[Signing] = field(default_factory=list)
    steps: set[int] = field(default_factory=set)
    furniture: list[str] = field(default_factory=list)
    unplaced: list[str] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    def keep(self, *texts: str) -> None:
        """Put the form's own words aside."""
        self.furniture.extend(text for text in texts if text.strip())

    def lose(self, *texts: str) -> None:
        """Keep texts for which no place was found."""
        self.unplaced.extend(text for text in texts if text.strip())

    def doubt(self, code: str, part: str, message: str, quote: str = "") -> None:
        """Note a doubt once."""
        found = Doubt(code, part, message, quote[:300])
        if found not in self.doubts:
            self.doubts.append(found)
