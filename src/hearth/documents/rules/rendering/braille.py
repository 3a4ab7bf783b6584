"""A paper in contracted Unified English Braille, as a .brf file that a Braille embosser or display reads.

40 cells to the line, 25 lines to the page, a form feed after each page. Layout after the usual British practice:
paragraphs begin in cell 3, lists run over in cell 3, headings stand apart; tables are read row by row.
"""

from __future__ import annotations

import re
import unicodedata

from hearth.kernel.papers import Paper
from hearth.kernel.refusals import Refused

from .linear import Kind, Step, linear
from .programs import to_braille
from .words import named

CELLS = 40
LINES = 25
_INDENTS = {  # cells before the first line, cells before the lines that run over
    Kind.TITLE: (4, 4),
    Kind.HEADING: (4, 4),
    Kind.PARAGRAPH: (2, 0),
    Kind.NOTE: (2, 0),
    Kind.CAPTION: (6, 6),
    Kind.ITEM: (0, 2),
    Kind.RECORD: (0, 2),
    Kind.VALUE: (2, 4),
}
_APART = {Kind.TITLE, Kind.HEADING, Kind.CAPTION}
_KNOWN = re.compile("[\u0020-\u007e\u00a0-\u017f\u2010-\u2015\u2018-\u201f\u2022\u2026\u20ac\u2122\n]")
_PIECE = 400  # letters given to liblouis at once; its command line takes no very long line


def make(paper: Paper) -> bytes:
    """The .brf file, in Braille ASCII. Refuses a paper in another language: its Braille has other signs."""
    if paper.language.lower().split("-")[0] != "en":
        raise Refused("Braille can be made here only for papers in English. Ask a Braille supplier.", field="format")
    steps = [step for step in linear(paper) if step.text.strip()]
    running = paper.running_title or paper.title
    braille = _translated(_known([_said(step) for step in steps] + [spoken_signs(running)]))
    lines: list[tuple[str, bool]] = []  # the cells, and whether the line must stay with the next one
    for step, cells in zip(steps, braille, strict=False):
        if lines and (step.kind in _APART or (step.kind is Kind.PARAGRAPH and lines[-1][1])):
            lines.append(("", lines[-1][1]))
        first, over = _INDENTS[step.kind]
        lines += [(line, step.kind in _APART) for line in _wrapped(cells, first, over)]
    return _pages(lines, braille[-1]).encode("ascii", errors="replace")


def spoken_signs(text: str) -> str:
    """Signs that Braille and speech do not have, in words: "☒" becomes "[ticked]"."""
    known = "".join(char if _KNOWN.match(char) else _plainer(char) for char in text)
    return re.sub(r"\s+", " ", known).strip()


def _plainer(char: str) -> str:
    """A letter without its accents, if that is a letter that Braille has; else its name."""
    if unicodedata.category(char) in {"Mn", "Cf", "Zs", "Zl", "Zp"}:
        return " " if unicodedata.category(char).startswith("Z") else ""
    base = unicodedata.normalize("NFKD", char)
    if base != char and all(_KNOWN.match(part) or unicodedata.combining(part) for part in base):
        return "".join(part for part in base if not unicodedata.combining(part))
    return f" {named(char)} "


def _said(step: Step) -> str:
    return spoken_signs(f"{step.mark} {step.text}" if step.mark else step.text)


def _known(texts: list[str]) -> list[str]:
    """The texts without signs that the Braille tables of this machine lack: liblouis writes those as "\\x00b9"."""
    signs = sorted({char for text in texts for char in text if ord(char) > 126})
    if not signs:
        return texts
    unknown = {ord(sign): _plainer(sign) for sign, cells in zip(signs, to_braille(signs), strict=True) if "\\" in cells}
    return [" ".join(text.translate(unknown).split()) for text in texts]


def _translated(texts: list[str]) -> list[str]:
    """Each text in Braille; long ones in pieces that end between words."""
    pieces: list[str] = []
    owners: list[int] = []
    for number, text in enumerate(texts):
        for piece in _pieces(text):
            pieces.append(piece)
            owners.append(number)
    made: list[list[str]] = [[] for _ in texts]
    for owner, cells in zip(owners, to_braille(pieces), strict=True):
        made[owner].append(cells.strip())
    return [" ".join(cells) for cells in made]


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    while len(text) > _PIECE:
        end = text.rfind(" ", 1, _PIECE)
        end = end if end > 0 else _PIECE
        pieces.append(text[:end])
        text = text[end:].strip()
    return [*pieces, text]


def _wrapped(cells: str, first: int, over: int) -> list[str]:
    """The words on lines of 40 cells; a word longer than a line is cut."""
    lines: list[str] = []
    line, empty = " " * first, True
    for word in cells.split():
        room = CELLS - len(line) - (0 if empty else 1)
        if len(word) > room and not empty:
            lines.append(line)
            line, empty = " " * over, True
        while len(word) > CELLS - len(line):
            cut = CELLS - len(line)
            lines.append(line + word[:cut])
            word, line = word[cut:], " " * over
        line += word if empty else f" {word}"
        empty = False
    return [*lines, line]


def _pages(lines: list[tuple[str, bool]], running: str) -> str:
    """The running title and the page number on the first line of each page, then 24 lines of text."""
    pages: list[list[str]] = [[]]
    for place, (line, _) in enumerate(lines):
        stay = 1
        while place + stay < len(lines) and stay < 6 and lines[place + stay - 1][1]:
            stay += 1  # a heading goes over with the line that follows it
        if len(pages[-1]) >= LINES - 1 or (lines[place][1] and len(pages[-1]) + stay > LINES - 1):
            pages.append([])
        if line or pages[-1]:
            pages[-1].append(line)
    made = []
    for number, page in enumerate(pages, 1):
        while page and not page[-1]:
            page.pop()
        mark = f"#{_number(number)}"
        head = running[: CELLS - len(mark) - 2].rstrip()
        made.append("\n".join([head.ljust(CELLS - len(mark)) + mark, *page]) + "\n\f")
    return "".join(made)


def _number(number: int) -> str:
    """A number in Braille ASCII, without its number sign: digits are the letters A to J."""
    return "".join("JABCDEFGHI"[int(digit)] for digit in str(number))
