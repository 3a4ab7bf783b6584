"""The words of a page of a PDF with their places: letters, ligatures, signs of symbol fonts, form fields and ticks.

Places are boxes (left, top, right, bottom) in points from the top left corner of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from pdfminer.pdftypes import resolve1
from pdfplumber.page import Page

from .gather import NOT_TICKED, TICKED, symbol

Box = tuple[float, float, float, float]
_DINGBATS = {
    **dict.fromkeys("34\u2713\u2714", "✓"),
    **dict.fromkeys("5678", TICKED),
    **dict.fromkeys("opqr", NOT_TICKED),
    **dict.fromkeys("ln", "•"),
}
_CROSSES = {"x", "X", "✓", "✔", "√", "✗", "✘", "✕", "✖", "×", TICKED}
_PUSH_BUTTON = 1 << 16
_TAB = 3.0  # a gap of so many letter heights parts columns
_JOIN = 0.15  # letters nearer than so much of their size are of one word


@dataclass(frozen=True)
class Word:
    """A word and where it stands; `size` is the height of its letters, `turned` says that it runs up the page."""

    text: str
    box: Box
    size: float = 10.0
    font: str = ""
    turned: bool = False
    own_line: bool = False  # a line of a form field: it ends where it ends

    @property
    def bold(self) -> bool:
        return re.search(r"bold|black|heavy|semib|demi", self.font, re.IGNORECASE) is not None


@dataclass(frozen=True)
class TextLine:
    """The words on one height, from left to right."""

    words: tuple[Word, ...]
    stretched: bool = False  # to both margins

    @property
    def box(self) -> Box:
        boxes = [word.box for word in self.words]
        return (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))

    @property
    def size(self) -> float:
        return max(word.size for word in self.words)

    @property
    def base(self) -> float:
        """The height on which most of the line's letters stand."""
        return max(self.words, key=lambda word: word.box[2] - word.box[0]).box[3]

    @property
    def text(self) -> str:
        """The line as it is read; a wide gap is a tab, as between columns without ruled lines."""
        made = self.words[0].text
        for before, word in pairwise(self.words):
            gap = word.box[0] - before.box[2]
            size = max(min(before.size, word.size), 1)
            wide = gap > _TAB * size and not self.stretched
            made += ("\t" if wide else " " if gap > _JOIN * size or before.own_line else "") + word.text
        return made


def words_of(page: Page) -> list[Word]:
    """Everything on the page that can be read, in no order: letters, and what form fields hold."""
    found = []
    for word in page.extract_words(
        x_tolerance_ratio=_JOIN, extra_attrs=["fontname", "size"], line_dir_rotated="ltr", char_dir_rotated="btt"
    ):
        font = word.get("fontname") or ""
        box = (float(word["x0"]), float(word["top"]), float(word["x1"]), float(word["bottom"]))
        size = float(word.get("size") or 0) or box[3] - box[1]
        found.append(Word(_signs(word["text"], font), box, size, font, turned=not word.get("upright", True)))
    for annotation in page.annots:
        found += _field_words(annotation)
    return found


def _signs(text: str, font: str) -> str:
    """Boxes, ticks and bullets of symbol fonts, which a PDF keeps as letters of that font."""
    if "Dingbats" in font:
        return "".join(_DINGBATS.get(char, char) for char in text)
    if text == "o" and "Courier" in font:
        return "•"  # Word's mark for the second depth of a list
    symbols = "Wingdings" in font or "Webdings" in font
    return "".join(
        symbol(ord(char), font) or char
        if symbols or "\uf000" <= char <= "\uf0ff" or ("Symbol" in font and char == "\xb7")
        else char
        for char in text
    )


# ------------------------------------------------------------------ form fields


def _field_words(annotation: dict[str, Any]) -> list[Word]:
    said = _field(annotation.get("data") or {})
    x0, top, x1, bottom = (float(annotation[key]) for key in ("x0", "top", "x1", "bottom"))
    lines = [line for line in re.split(r"[\r\n]+", said) if line.strip()]
    if not lines:
        return []
    step = (bottom - top) / len(lines)
    size = min(10.0, max(step, 1.0))
    right = x1 if said in {TICKED, NOT_TICKED} else x0 + 1
    return [Word(line, (x0, top + step * n, right, top + step * (n + 1)), size, own_line=right != x1)
            for n, line in enumerate(lines)]  # fmt: skip


def _field(data: dict[str, Any]) -> str:
    """What a form field on the page says: a tick box, typed words or a choice."""
    kind = _name(_inherited(data, "FT"))
    if kind == "Btn":
        flags = _inherited(data, "Ff")
        if isinstance(flags, int) and flags & _PUSH_BUTTON:
            return ""
        state = _name(data.get("AS")) or _name(_inherited(data, "V")) or "Off"
        return NOT_TICKED if state == "Off" else TICKED
    if kind not in {"Tx", "Ch"}:
        return ""
    value = _inherited(data, "V")
    values = [resolve1(one) for one in value] if isinstance(value, list) else [value]
    return ", ".join(filter(None, map(_typed, values)))


def _inherited(data: dict[str, Any], key: str) -> Any:
    """A field's own value, or that of the field which it is a part of."""
    for _ in range(8):
        if key in data:
            return resolve1(data[key])
        above = resolve1(data.get("Parent"))
        if not isinstance(above, dict):
            return None
        data = above
    return None


def _typed(value: Any) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-16" if value.startswith((b"\xfe\xff", b"\xff\xfe")) else "latin-1", "replace")
    return value if isinstance(value, str) else ""


def _name(value: Any) -> str:
    name = getattr(resolve1(value), "name", "") or ""
    return name.decode("latin-1") if isinstance(name, bytes) else str(name)


# ------------------------------------------------------------------ drawn tick boxes


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


# ------------------------------------------------------------------ lines


def within(inner: Box, outer: Box, room: float = 0.0) -> bool:
    """Whether the middle of one box lies in the other and, with `room`, all of it but so many points."""
    if room:
        return (inner[0] >= outer[0] - room and inner[2] <= outer[2] + room
                and inner[1] >= outer[1] - room and inner[3] <= outer[3] + room)  # fmt: skip
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return outer[0] <= x <= outer[2] and outer[1] <= y <= outer[3]


def lines_of(words: Iterable[Word]) -> list[TextLine]:
    """Words on one height are a line; a line is read from left to right, turned words from the foot up."""
    upright: list[Word] = []
    turned: list[Word] = []
    for word in words:
        (turned if word.turned else upright).append(word)
    lines: list[list[Word]] = []
    for word in sorted(upright, key=lambda w: (w.box[1] + w.box[3], w.box[0])):
        if lines and _same_height(lines[-1], word):
            lines[-1].append(word)
        else:
            lines.append([word])
    made = [TextLine(tuple(sorted(line, key=lambda w: w.box[0]))) for line in lines]
    if turned:
        made.append(_turned(turned))
        made.sort(key=lambda line: line.box[1])
    return made


def _same_height(line: list[Word], word: Word) -> bool:
    first = line[0]
    middle, own = (word.box[1] + word.box[3]) / 2, (first.box[1] + first.box[3]) / 2
    return first.box[1] <= middle <= first.box[3] and word.box[1] <= own <= word.box[3]


def _turned(words: list[Word]) -> TextLine:
    """Words that run up the page, as one line of their own."""
    inorder = sorted(words, key=lambda w: (round(w.box[0] / 4), -w.box[3]))
    box = TextLine(tuple(words)).box
    placed = [replace(word, box=(box[0] + n * 0.01, box[1], box[0] + n * 0.01, box[3]), own_line=True)
              for n, word in enumerate(inorder)]  # fmt: skip
    return TextLine(tuple(placed))
