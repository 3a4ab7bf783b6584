"""Cutting a text into pieces: paragraphs and bullets, each with the headings that it stands under and its source."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from hearth.kernel.figures.topics import NAMES, run_in_heading, topic_of

PERCENTAGE = re.compile(
    r"(?<!\d[-–—])(?<![\d.,])(\d{1,3}(?:,\d{3})+|\d{1,6})(\.\d{1,6})?\s?(?:%|per\s?cent\b|percent\b)", re.I
)
_SOURCE = re.compile(r"[(\[]?\s*\bSource\s*:\s*(?P<source>(?:\([^()\n]*\)|[^()\[\]\n])+)[)\]]?", re.I)
_HEADED = re.compile(r"^(?P<head>[A-Z][A-Za-z /,'’&()-]{1,60}?)(?:\s*[–—:]\s*|\s+-\s+)(?=\S)")
LINE = re.compile(
    r"^(?P<label>[^%\t]{1,80}?)[\s:–—=-]+(?P<figure>\d[\d,]*(?:\.\d+)?\s?(?:%|per\s?cent))\s*[.;,]?$", re.I
)
# "… 75 years plus. Ethnicity – 61% …": a heading whose bullet was lost.
_LOST_BULLET = re.compile(rf"(?<=[.;:!?])\s+(?=(?:{NAMES})\s*[–—]\s)", re.I)
_BULLETS = "•●▪◦‣∙·*\uf0b7\uf0a7\uf02d"


@dataclass
class Piece:
    """A piece of text with the headings that it stands under."""

    text: str
    head: str = ""  # its own, run in
    section: str = ""
    strong: bool = False  # its own heading is followed by a dash or a colon
    source: str = ""
    around: str = ""  # the text of all pieces of its section that rest on the same source


@dataclass
class Cut:
    """Pieces gathered so far, and those that still wait for the source that follows them."""

    pieces: list[Piece] = field(default_factory=list)
    waiting: list[Piece] = field(default_factory=list)
    section: str = ""

    def begin(self, heading: str) -> None:
        self.section, self.waiting = heading, []

    def add(self, piece: Piece) -> None:
        self.pieces.append(piece)
        self.waiting.append(piece)

    def sourced(self, source: str) -> None:
        for piece in self.waiting:
            piece.source = source
        self.waiting = []


def plain(text: str) -> str:
    """The text without markup, with one kind of bullet and of space, one paragraph or bullet to a line."""
    text = re.sub(r"<\s*/?\s*(?:p|ul|ol|li|br|tr|table|tbody|thead|div|h\d)\b[^>]*>", "\n", text, flags=re.I)
    text = re.sub(r"<\s*/?\s*(?:td|th)\b[^>]*>", "\t", text, flags=re.I)
    text = re.sub(r"<[^<>]{0,200}>", "", text).replace("\xa0", " ").replace("\r", "\n")
    text = re.sub(rf"(?:(?<=\s)|^)[{re.escape(_BULLETS)}](?=\s)|[\uf0b7\uf0a7]", "\n• ", text, flags=re.M)
    text = _LOST_BULLET.sub("\n• ", text)
    lines: list[str] = []
    for line in (line.strip(" ") for line in text.split("\n")):
        if lines and lines[-1] and re.match(r"[a-z(]", line) and not re.search(r"[.;:!?]$", lines[-1]):
            lines[-1] += " " + line.strip()  # a line broken by the width of the page
        else:
            lines.append(line)
    return "\n".join(line for line in lines if line.strip())


def pieces_of(text: str) -> list[Piece]:
    """The text line by line, cut into pieces that each speak of one thing; what stands near a piece goes with it."""
    cut = Cut()
    for raw in text.split("\n"):
        bullet = raw.startswith("•")
        line = raw.lstrip("• ").rstrip(" ") if bullet else raw
        source = _SOURCE.search(line)
        if source:
            line = (line[: source.start()] + line[source.end() :]).strip()
        if line.strip():
            _place(cut, line, bullet)
        if source:
            cut.sourced(" ".join(source.group("source").split()))
    near: dict[tuple[str, str], list[str]] = {}
    for piece in cut.pieces:
        near.setdefault((piece.section, piece.source), []).append(piece.text)
    for piece in cut.pieces:
        piece.around = "\n".join(near[piece.section, piece.source])
    return cut.pieces


def _place(cut: Cut, line: str, bullet: bool) -> None:
    """Put one line with its heading, or begin a section with it."""
    headed = _HEADED.match(line)
    if headed and _may_head(headed.group("head")) and not LINE.match(line):
        head = headed.group("head").strip()
        if not bullet:
            cut.waiting = [p for p in cut.waiting if p.strong]
            if topic_of(cut.section):
                cut.section = ""  # one characteristic ends where the next begins
        cut.add(Piece(line[headed.end() :], head, cut.section, strong=bool(topic_of(head))))
    elif not bullet and _is_heading(line):
        cut.begin(line.strip())
    else:
        head, rest = run_in_heading(line) if not bullet else ("", line)
        if head:
            cut.begin(head)
        cut.add(Piece(rest, "", cut.section))


def _may_head(words: str) -> bool:
    return len(words.split()) <= 6 and words.count("(") == words.count(")")


def _is_heading(line: str) -> bool:
    words = line.split()
    return (
        "\t" not in line
        and len(words) <= 8
        and line[:1].isupper()
        and not re.search(r"[.;,%]$", line.strip())
        and not PERCENTAGE.search(line)
        and not re.search(r"\d{2,}", line)
    )
