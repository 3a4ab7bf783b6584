"""The words of a page of a PDF with their places: letters, ligatures, signs of symbol fonts, form fields and ticks.

Places are boxes (left, top, right, bottom) in points from the top left corner of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
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
    upward: bool = True
    own_line: bool = False  # a line of a form field: it ends where it ends
    letters: tuple[tuple[float, float], ...] = ()  # where each letter begins and ends, if known

    @property
    def start(self) -> Box:
        """Where it begins: a word too long for its column still belongs there."""
        x, middle = self.box[0] + min((self.box[2] - self.box[0]) / 2, 0.5 * self.size), (self.box[1] + self.box[3]) / 2
        return (x, middle, x, middle)

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
    page = _printed_once(page)
    down = _mark_turned(page)
    for word in page.extract_words(
        x_tolerance_ratio=_JOIN,
        extra_attrs=["fontname", "size"],
        line_dir_rotated="rtl" if down else "ltr",
        char_dir_rotated="ttb" if down else "btt",
        return_chars=True,
        use_text_flow=True,
    ):
        font = word.get("fontname") or ""
        box = (float(word["x0"]), float(word["top"]), float(word["x1"]), float(word["bottom"]))
        size = float(word.get("size") or 0) or box[3] - box[1]
        text = _signs(word["text"], font)
        spans = tuple((float(char["x0"]), float(char["x1"])) for char in word.get("chars") or ())
        known = spans if len(spans) == len(text) else ()
        found.append(Word(text, box, size, font, turned=not word.get("upright", True), upward=not down, letters=known))
    for annotation in page.annots:
        found += _field_words(annotation)
    return found


def _printed_once(page: Page) -> Page:
    """The page without letters that were printed twice to look bold."""
    places = {(char["text"], round(char["x0"]), round(char["top"])) for char in page.chars}
    twice = len(page.chars) - len(places)
    return page.dedupe_chars(tolerance=1) if twice > 0.02 * len(page.chars) else page


def _mark_turned(page: Page) -> bool:
    """Mark the letters that run up or down the page; whether they run down."""
    ways = 0
    for char in page.chars:
        across, up = float(char["matrix"][0]), float(char["matrix"][1])
        if abs(up) > abs(across):
            char["upright"], char["size"] = False, float(char["width"])
            ways += 1 if up > 0 else -1
    return ways < 0


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


# ------------------------------------------------------------------ lines


def parted(word: Word, cells: Sequence[Box]) -> list[Word]:
    """A word that fills its column meets the one in the next: the two, if their letters show it, or the word whole.

    `cells` are those on which the word stands, from left to right.
    """
    pieces = [word]
    inset = word.box[0] - cells[0][0] if cells else 0.0
    for cell in cells[1:]:
        last = pieces[-1]
        at = 0 if last.turned else _meets(last, cell[0], inset)
        if at:
            left, top, right, bottom = last.box
            one, other = last.letters[:at], last.letters[at:]
            pieces[-1:] = [
                replace(last, text=last.text[:at], box=(left, top, one[-1][1], bottom), letters=one),
                replace(last, text=last.text[at:], box=(other[0][0], top, right, bottom), letters=other),
            ]
    return pieces


def _meets(word: Word, x: float, inset: float) -> int:
    """Where the word of the next cell begins, which is at x: behind an odd gap, or just as far in as other words."""
    gap, best = 0.0, 0
    gaps = [abs(after[0] - before[1]) for before, after in pairwise(word.letters)]
    for at, (before, after) in enumerate(pairwise(word.letters), 1):
        if abs(after[0] - x - inset) < 0.15:
            return at
        if abs(after[0] - x) < 0.8 * word.size and abs(after[0] - before[1]) > gap:
            gap, best = abs(after[0] - before[1]), at
    others = max((one for at, one in enumerate(gaps, 1) if at != best), default=0.0)
    odd = gap > 0.08 * word.size or gap > max(0.03 * word.size, 2.5 * others)
    return best if odd else 0


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
    """Words that run up or down the page, as one line of their own."""
    way = 1 if words[0].upward else -1
    inorder = sorted(words, key=lambda w: (way * round(w.box[0] / 4), -way * w.box[3]))
    text = inorder[0].text
    for before, word in pairwise(inorder):
        gap = before.box[1] - word.box[3] if way > 0 else word.box[1] - before.box[3]
        near = abs(before.box[0] - word.box[0]) < 2 and gap < _JOIN * max(word.size, 1)
        text += ("" if near else " ") + word.text
    return TextLine((replace(inorder[0], text=text, box=TextLine(tuple(words)).box, own_line=True, letters=()),))
