"""Tick boxes that are drawn on a page of a PDF: small squares, empty or with a cross or tick in them."""

from __future__ import annotations

from typing import Any

from pdfplumber.page import Page

from .gather import NOT_TICKED, TICKED
from .pdf_words import Box, Word, within

_CROSSES = {"x", "X", "✓", "✔", "√", "✗", "✘", "✕", "✖", "×", TICKED}


def tick_boxes(page: Page) -> list[Box]:
    """Small squares that stand alone, as drawn tick boxes do; cells of a table touch their neighbours."""
    shapes = [(_box(shape), shape) for shape in (*page.rects, *page.curves)]
    squares = [(box, shape) for box, shape in shapes if _is_square(box)]
    if not squares or len(shapes) > 3000:
        return []
    others = [box for box, _ in shapes if not _is_square(box)] + [_box(line) for line in page.lines]
    found: list[Box] = []
    for box, _ in sorted(squares, key=lambda entry: entry[0][0] - entry[0][2]):
        if any(within(box, held, 1) for held in found):
            continue  # the same box, drawn in several strokes
        neighbours = [held for held, _ in squares if not within(held, box, 1) and not within(box, held, 1)]
        if not any(_touches(box, other) for other in (*others, *neighbours)):
            found.append(box)
    return found


def with_ticks(words: list[Word], boxes: list[Box], page: Page) -> list[Word]:
    """The words with each drawn box as ☒ or ☐; a cross or tick in the box is the box's own."""
    found = list(words)
    for box in boxes:
        inside = [word for word in found if within(word.box, box, 1)]
        if any(word.text not in _CROSSES and word.text != NOT_TICKED for word in inside):
            continue  # a number in a frame
        drawn = any(_is_stroke(shape, box) for shape in (*page.lines, *page.curves, *page.rects))
        full = not inside and not drawn and any(_is_filled(shape, box) for shape in (*page.rects, *page.curves))
        if full:
            continue  # a black square is an ornament
        ticked = drawn or any(word.text in _CROSSES for word in inside)
        size = inside[0].size if inside else box[3] - box[1]
        found = [word for word in found if word not in inside]
        found.append(Word(TICKED if ticked else NOT_TICKED, box, size))
    return found


def _box(shape: dict[str, Any]) -> Box:
    return (float(shape["x0"]), float(shape["top"]), float(shape["x1"]), float(shape["bottom"]))


def _is_square(box: Box) -> bool:
    width, height = box[2] - box[0], box[3] - box[1]
    return 5 <= width <= 22 and 5 <= height <= 22 and abs(width - height) <= 0.2 * max(width, height)


def _touches(box: Box, other: Box) -> bool:
    """Whether another shape meets the box's border from outside."""
    if within(other, box, 1) or (other[2] - other[0] > 3 and other[3] - other[1] > 3 and _around(other, box)):
        return False
    return (other[0] <= box[2] + 0.6 and other[2] >= box[0] - 0.6
            and other[1] <= box[3] + 0.6 and other[3] >= box[1] - 0.6)  # fmt: skip


def _around(outer: Box, box: Box) -> bool:
    return outer[0] < box[0] - 0.6 and outer[2] > box[2] + 0.6 and outer[1] < box[1] - 0.6 and outer[3] > box[3] + 0.6


def _is_stroke(shape: dict[str, Any], box: Box) -> bool:
    """Whether a shape is a stroke of a cross or tick inside the box."""
    own = _box(shape)
    width, height = box[2] - box[0], box[3] - box[1]
    return (within(own, box, 0.5) and own[2] - own[0] > 0.2 * width and own[3] - own[1] > 0.2 * height
            and not (own[2] - own[0] > 0.9 * width and own[3] - own[1] > 0.9 * height and _outlines(shape))
            and not (_is_square(own) and _outlines(shape)))  # fmt: skip


def _outlines(shape: dict[str, Any]) -> bool:
    """Whether a shape is a frame (a rectangle, maybe with round corners) and no stroke."""
    return shape.get("object_type") == "rect" or len(shape.get("pts") or ()) > 6


def _is_filled(shape: dict[str, Any], box: Box) -> bool:
    if not shape.get("fill") or not within(_box(shape), box, 1):
        return False
    colour = shape.get("non_stroking_color")
    tones = [float(tone) for tone in colour if isinstance(tone, (int, float))] if isinstance(colour, tuple) else []
    if len(tones) == 4:
        return sum(tones) > 0.3  # cyan, magenta, yellow, black
    return not tones or min(tones) < 0.7
