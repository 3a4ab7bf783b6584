"""From the lines on a page back to the paragraphs that were typed.

A line was wrapped where the next word had no room; where it had room, the writer ended the line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from .pdf_words import TextLine

_BULLET = re.compile(r"[•●▪◦‣∙■➢➤►\uf000-\uf0ff](?=[\s\t]|$)")
_MARK = re.compile(r"(?:[–\-*·o☒☐☑✓✔]\s|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)](?:\s|$))", re.IGNORECASE)
_ENDS = re.compile(r"[.!?:;…][\"'’”)\]]*\s*$")
_COMPOUND = {"well", "self", "non", "half", "face", "decision"}  # first parts of words that have a hyphen of their own
_SPACE = 0.25  # a word space in letter heights
_GAP = 1.22  # lines so much further apart than others begin a paragraph


@dataclass(frozen=True)
class Paragraph:
    """A paragraph as read. `room` is what its last line left free, `first` is what its first word needs."""

    text: str
    room: float
    first: float
    top: float
    bottom: float

    @property
    def ended(self) -> bool:
        """Whether its last sentence is finished."""
        return _ENDS.search(self.text) is not None

    @property
    def marked(self) -> bool:
        """Whether it begins with the mark of a list."""
        return _BULLET.match(self.text) is not None or _MARK.match(self.text) is not None


def paragraphs(lines: Sequence[TextLine], right: float, pitch: float) -> list[Paragraph]:
    """The paragraphs of lines that stand one under the other; `right` is where lines must end at the latest.

    `pitch` is the usual distance of lines on this page, in letter heights.
    """
    pitch = usual(pitches(lines, right)) or pitch
    groups: list[list[TextLine]] = []
    for line in _without_stretch(lines, right):
        if groups and not _begins(groups[-1], line, right, pitch):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_paragraph(group, right) for group in groups]


def _without_stretch(lines: Sequence[TextLine], right: float) -> list[TextLine]:
    """Lines that were stretched to both margins: their wide gaps are spaces, and no columns."""
    made = list(lines)
    for place, (line, below) in enumerate(pairwise(lines)):
        if "\t" not in line.text or right - line.box[2] > line.size or "\t" in below.text:
            continue
        gaps = [word.box[0] - before.box[2] for before, word in pairwise(line.words)]
        if max(gaps) < 2.5 * max(min(gaps), 0.1) and (len(gaps) > 1 or below.text[:1].islower()):
            made[place] = TextLine(line.words, stretched=True)
    return made


def pitches(lines: Sequence[TextLine], right: float) -> list[float]:
    """How far apart lines of one sentence stand, in letter heights, wherever a sentence runs over a line."""
    return [
        _distance(above, below)
        for above, below in pairwise(lines)
        if not _fits(above, below, right) and below.text[:1].islower() and not _ENDS.search(above.text)
    ]


def usual(distances: Sequence[float]) -> float:
    """The usual one of distances, the smaller where two are usual; 0 for none."""
    return median(sorted(distances)[: len(distances) // 2 + 1]) if distances else 0.0


def _distance(above: TextLine, below: TextLine) -> float:
    return (below.base - above.base) / max(below.size, 1.0)


def _fits(above: TextLine, below: TextLine, right: float) -> bool:
    """Whether the first word of a line would have had room on the line above it."""
    first = below.words[0]
    need = first.box[2] - first.box[0] + _SPACE * first.size
    # A sentence that plainly goes on was hardly broken by hand, so for it the margin may be judged wrongly by more.
    doubt = 1.0 if below.text[:1].islower() and not _ENDS.search(above.text) else 0.2
    return above.box[2] + need < right - doubt * first.size


def _begins(group: Sequence[TextLine], line: TextLine, right: float, pitch: float) -> bool:
    """Whether a line begins a paragraph of its own."""
    above = group[-1]
    text, before = line.text, above.text
    if "\t" in text or "\t" in before or line.words[0].own_line or above.words[0].own_line or _BULLET.match(text):
        return True
    if abs(line.size - above.size) > 0.12 * above.size:
        return True
    goes_on = text[:1].islower() and not _ENDS.search(before)
    if _distance(above, line) > (pitch or 1.4) * _GAP and (not goes_on or _distance(above, line) > 2.6):
        return True
    if all(word.bold for word in above.words) != all(word.bold for word in line.words) and not goes_on:
        return True
    if _MARK.match(text) and (_ENDS.search(before) or _fits(above, line, right) or _MARK.match(group[0].text)):
        return True
    if _hangs(group) and line.box[0] < group[-1].box[0] - 3:
        return True
    if _ENDS.search(before) and (text.startswith("(") or _flush_below_bullet(group, line)):
        return True
    return _fits(above, line, right)


def _hangs(group: Sequence[TextLine]) -> bool:
    """Whether a list item's further lines stand in from its mark."""
    return len(group) > 1 and group[-1].box[0] > group[0].box[0] + 3


def _flush_below_bullet(group: Sequence[TextLine], line: TextLine) -> bool:
    """Whether a sentence begins below a list item, not under the item's words but under its mark."""
    first = group[0]
    return _BULLET.match(first.text) is not None and line.box[0] < first.box[0] + 2


def _paragraph(lines: Sequence[TextLine], right: float) -> Paragraph:
    text = "\n".join(line.text for line in lines)  # mended below, once the whole document is known
    text = _BULLET.sub("• ", text, count=1) if _BULLET.match(text) else text
    last, first = lines[-1], lines[0].words[0]
    width = first.box[2] - first.box[0] + _SPACE * first.size
    return Paragraph(re.sub(r"^• [ \t]*", "• ", text), right - last.box[2], width, lines[0].box[1], last.box[3])


def run_on(before: Paragraph, after: Paragraph) -> bool:
    """Whether a sentence goes on from the foot of one page at the head of the next."""
    if before.ended or after.marked or "\t" in before.text or "\t" in after.text or after.first < before.room:
        return False
    return after.text[:1].islower() or len(before.text.split()) >= 4


def together(before: Paragraph, after: Paragraph) -> Paragraph:
    """Two pieces of one paragraph as one."""
    return replace(before, text=f"{before.text}\n{after.text}", room=after.room, bottom=after.bottom)


class Hyphens:
    """Joins the lines of paragraphs, knowing all words of the document.

    A hyphen at the end of a line belongs to the word ("face-to-face") or was put in by the layout ("infor-mation").
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self.known: Counter[str] = Counter()
        held = list(texts)
        # A soft hyphen inside a line was drawn, so it stands for any hyphen; else it is one that the layout put in.
        self.drawn = any(re.search("\u00ad(?!\n|$)", text) for text in held)
        lines = cut = 0
        for text in map(self._plain, held):
            self.known.update(word.lower() for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*(?![\w-])", text))
            lines += text.count("\n")
            cut += len(re.findall(r"[^\W\d_]-\n[a-z]", text))
        self.by_layout = any("\u00ad" in text for text in held) or (cut >= 3 and cut > 0.04 * lines)

    def _plain(self, text: str) -> str:
        text = text.replace("\u2010", "-")
        return text.replace("\u00ad", "-") if self.drawn else re.sub("\u00ad\n?", "", text)

    def line(self, text: str) -> str:
        """The text of a paragraph without the ends of its lines."""
        text, before = self._plain(text), ""
        while text != before:  # a narrow column parts a word more than once
            before, text = text, re.sub(r"([^\W\d_]+(?:-[^\W\d_]+)*)-\n([^\W\d_]+)", self._mended, text)
        text = re.sub(r"(?<=\w)([/–—])\n(?=\w)|(?<=\d)(-)\n(?=\d)", lambda m: m[1] or m[2], text)
        return re.sub(r" *\n *", " ", text)

    def _mended(self, found: re.Match[str]) -> str:
        one, other = found[1], found[2]
        whole, hyphened = (one + other).lower(), f"{one}-{other}".lower()
        if self.known[hyphened] or not (other[:1].islower() or whole.upper() == one + other) or "-" in one:
            return f"{one}-{other}"
        if self.known[whole]:
            return one + other
        if one.lower() in _COMPOUND and self.known[other.lower()]:
            return f"{one}-{other}"
        return one + other if self.by_layout else f"{one}-{other}"
