"""Tables without upright lines: words that begin at the same places on several lines stand in columns."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from .pdf_paragraphs import paragraphs
from .pdf_tables import Cell, TableBlock, TableRow
from .pdf_words import TextLine, Word

_GAP = 1.5  # letter heights between the columns of lines that agree with each other
_WIDE = 3.0  # letter heights between the columns of a line that stands alone
_NEAR = 4.0
Part = TextLine | TableBlock


def columned(lines: Sequence[TextLine], rules: Sequence[tuple[float, float, float]], pitch: float) -> list[Part]:
    """Lines in their order, those that stand in columns made tables. `rules` are flat lines: left, right, height."""
    out: list[Part] = []
    at = 0
    while at < len(lines):
        starts, end = _block(lines, at)
        if len(starts) > 1:
            out.append(_table(lines[at:end], starts, rules, pitch))
            at = end
        else:
            out.append(lines[at])
            at += 1
    return out


def _segments(line: TextLine, gap: float) -> list[list[Word]]:
    made = [[line.words[0]]]
    for before, word in pairwise(line.words):
        if word.box[0] - before.box[2] > gap * max(min(before.size, word.size), 1):
            made.append([word])
        else:
            made[-1].append(word)
    return made


def _block(lines: Sequence[TextLine], at: int) -> tuple[list[float], int]:
    """The columns of the lines from here on, and the line behind the last that stands in them."""
    first = _segments(lines[at], _GAP)
    if len(first) < 2:
        return [], at
    starts = [segment[0].box[0] for segment in first]
    end = at + 1
    agreeing = 1
    while end < len(lines) and _follows(lines[end - 1], lines[end]):
        segments = _segments(lines[end], _GAP)
        if not _stands_in(segments, starts):
            break
        agreeing += len(segments) > 1
        end += 1
    while end > at + 1 and len(_segments(lines[end - 1], _GAP)) == 1 and _near(lines[end - 1].box[0], starts) == 0:
        if _continues(lines[end - 2], lines[end - 1]):
            break
        end -= 1  # a paragraph below the columns
    if agreeing > 1:
        return starts, end
    wide = _segments(lines[at], _WIDE)
    return ([segment[0].box[0] for segment in wide], at + 1) if len(wide) > 1 else ([], at)


def _follows(above: TextLine, below: TextLine) -> bool:
    return below.base - above.base < 4.5 * max(above.size, below.size)


def _continues(above: TextLine, below: TextLine) -> bool:
    """Whether a lone line in the first column goes on there what the line above began."""
    return below.base - above.base < 1.5 * below.size and below.text[:1].islower()


def _stands_in(segments: list[list[Word]], starts: list[float]) -> bool:
    """Whether each piece begins at a column and ends before the next."""
    for segment in segments:
        place = _near(segment[0].box[0], starts)
        if place is None:
            return False
        if place + 1 < len(starts) and segment[-1].box[2] > starts[place + 1] - 2:
            return False
    return True


def _near(x: float, starts: Sequence[float]) -> int | None:
    return next((place for place, start in enumerate(starts) if abs(x - start) <= _NEAR), None)


def _table(lines: Sequence[TextLine], starts: list[float], rules: Sequence[tuple[float, float, float]],
           pitch: float) -> TableBlock:  # fmt: skip
    box = (min(line.box[0] for line in lines), lines[0].box[1], max(line.box[2] for line in lines), lines[-1].box[3])
    gaps = [below.base - above.base for above, below in pairwise(lines)]
    least = min(gaps, default=0.0)
    uneven = bool(gaps) and max(gaps) > 1.25 * least
    ruled = [y for x0, x1, y in rules if x1 - x0 > 0.5 * (box[2] - box[0]) and box[1] < y < box[3]]
    rows: list[list[TextLine]] = [[lines[0]]]
    for (above, below), gap in zip(pairwise(lines), gaps, strict=True):
        if ruled:
            new = any(above.box[3] - 3 < y < below.box[1] + 3 for y in ruled)
        elif uneven:
            new = gap > 1.25 * least
        else:
            new = below.words[0].box[0] < starts[1] - _NEAR and not _continues(above, below)
        rows.append([below]) if new else rows[-1].append(below)
    made = [TableRow(_cells(row, starts, box[2], pitch)) for row in rows]
    return TableBlock(made, box, ruled=False)


def _cells(lines: Sequence[TextLine], starts: list[float], right: float, pitch: float) -> list[Cell | None]:
    made: list[Cell | None] = []
    for place, start in enumerate(starts):
        end = starts[place + 1] if place + 1 < len(starts) else right + 1
        parts = [tuple(word for word in line.words if start - _NEAR <= word.box[0] < end - _NEAR) for line in lines]
        inside = [TextLine(part) for part in parts if part]
        box = (start, lines[0].box[1], end, lines[-1].box[3])
        limit = max((line.box[2] for line in inside), default=end)
        made.append(Cell(box, paragraphs(inside, limit, pitch) if inside else []))
    return made
