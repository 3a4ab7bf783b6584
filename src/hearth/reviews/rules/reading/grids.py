"""Profile tables inside an answer: nested, cut by a page, shifted by a column, and printed twice (trap T11)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hearth.reviews.rules.reading.gathered import Gathered
from hearth.reviews.rules.reading.wordings import Wordings
from hearth.reviews.rules.reading.words import squeezed

_FIGURE = re.compile(
    r"^[<>~≈c. ]*[£]?\d[\d,.]*\s*%?\*?$|^(?:-|–|\*|\[[a-z]+\]|n/?a|unknown|not held|not known|nil)$", re.I
)
_HEADS = {"characteristic", "protectedcharacteristic", "group", "category"}
_FIGURE_HEADS = {"share", "percentage", "percent", "figure", "number", "people", "count"}
_CAPTION = re.compile(r"^Profile table \d{1,2}$")
_FLAT_FIGURE = re.compile(r"[<>~≈]?\d[\d,.]*\s*%")


class Grids:
    """Collects (characteristic, category, figure) rows; a row without a characteristic takes the one above it."""

    def __init__(self, found: Gathered, wordings: Wordings) -> None:
        self.found = found
        self.wordings = wordings
        self.reset()

    def reset(self) -> None:
        """Begin a new answer."""
        self.carried = ""
        self.echoed = ""  # the same, for rows that repeat the inner table
        self.place: int | None = None  # the column in which categories stand on this page
        self.page = 0
        self.inner: dict[tuple[str, ...], int] = {}

    def take(self, cells: Sequence[str], page: int) -> list[str]:
        """Take the rows of tables out of a row of cells and give back the texts that are none."""
        if page != self.page:
            self.place, self.page = None, page
        said = [(place, text) for place, text in enumerate(cells) if text.strip()]
        if len(said) in {2, 3} and all("\n" not in text for _, text in said) and _is_figure(said[-1][1]):
            self._outer(said)
            return []
        if len(said) in {2, 3} and squeezed(said[0][1]) in _HEADS and squeezed(said[-1][1]) in _FIGURE_HEADS:
            self.found.keep(*(text for _, text in said))
            return []
        left = [self._without_tables(text) for _, text in said]
        if len(left) > 1 and self.inner:
            # The same table once more, as loose cells behind the cell that holds it.
            known = {squeezed(cell) for row in self.inner for cell in row}
            repeats = [text for text in left[1:] if squeezed(text) in known]
            self.found.furniture.extend(repeats)
            left = [left[0], *(text for text in left[1:] if squeezed(text) not in known)]
        return [text for text in left if text.strip()]

    def _without_tables(self, text: str) -> str:
        lines = []
        if _CAPTION.match(text.strip()):
            self.found.keep(text)
            return ""
        said = text.split("\n")
        flat = [self._flat(line) for line in said]
        for place, line in enumerate(said):
            row = flat[place]
            if row is not None and not any(flat[max(0, place - 1) : place] + flat[place + 1 : place + 2]):
                row = None  # one such line alone is a sentence
            if row is None and "\t" in line:
                row = self._carry(tuple(cell.strip() for cell in line.split("\t")))
            if row is None:
                lines.append(line)
                continue
            self.carried = row[0]
            self.found.grid.append(row)
            self.inner[row] = self.page
        return "\n".join(lines)

    def _flat(self, line: str) -> tuple[str, ...] | None:
        """A row whose cells were run together: "Sex Female 66.63%"; None for any other line."""
        if "\t" in line or len(line) > 80:
            return None
        row, label, rest = self.wordings.row_before(line)
        category, _, figure = rest.strip().rpartition(" ")
        if row is None or not category or not _FLAT_FIGURE.fullmatch(figure) or category[:1] in ":–—-":
            return None
        return label, category.strip(), figure

    def _carry(self, row: tuple[str, ...]) -> tuple[str, ...]:
        if row and row[0]:
            self.carried = row[0]
            return row
        return (self.carried, *row[1:])

    def _outer(self, said: list[tuple[int, str]]) -> None:
        texts = [text.strip() for _, text in said]
        if len(texts) == 3:
            self.echoed = texts[0]
        if (self.echoed, *texts[-2:]) in self.inner:
            self.found.furniture.extend(texts)  # printed once in the inner table and once beside it
            return
        place = said[-2][0]
        if len(texts) == 3:
            self.carried = texts[0]
        elif self.place is not None and place != self.place:
            self._shifted(texts)
        self.place = place  # so that a run of shifted rows is doubted once
        self.found.grid.append((self.carried, *texts[-2:]))

    def _shifted(self, texts: list[str]) -> None:
        message = (
            f"The row “{' – '.join(texts)}” of the profile table stands in another column than its neighbours. "
            f"It was read under “{self.carried}”."
        )
        self.found.doubt("T11", "profile", message, " | ".join(texts))


def _is_figure(text: str) -> bool:
    return len(text) <= 24 and bool(_FIGURE.match(text.strip()))
