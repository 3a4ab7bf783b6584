"""A paper as a tagged PDF (PDF/UA-1, ISO 14289-1), in standard print of 12 point or in large print.

Typst runs inside this process; it checks PDF/UA-1 while it makes the file. In large print, tables that would not be
readable become records of "heading: value" lines (GOV.UK "Accessible communication formats": 16 point and over, left
aligned, no italics, no underlining).
"""

from __future__ import annotations

import importlib.util
import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from hearth.kernel.papers import Block, Bullets, Heading, Note, Numbers, Pairs, Paper, Paragraph, Table

from .linear import joined
from .tags import head_rows
from .words import PAIR_HEADERS, named, widths

# Open Sans comes with its wheel; then what a server usually has; at last the serif that Typst carries.
FAMILIES = ("Open Sans", "Liberation Sans", "Noto Sans", "Arial", "DejaVu Sans", "Libertinus Serif")
STANDARD_POINTS = 12

_TEMPLATE = Path(__file__).with_name("paper.typ")
_NO_GLYPH = re.compile(r'(?:the text|disallowed codepoint) `"(.+?)"`', re.DOTALL)
_RUST_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)", re.DOTALL)
_LONG_WORD = re.compile(r"\S{41,}")
_TRIES = 6


def make(paper: Paper, *, points: int = STANDARD_POINTS) -> bytes:
    """The PDF. `points` is the size of the text; above 12 the large-print rules hold."""
    described = _data(paper, points)
    tables = [block["row_headers"] for block in described["blocks"] if block["kind"] == "table"]
    return head_rows(_set(described, _TEMPLATE), tables)


def typeset(described: dict[str, Any], template: Path) -> bytes:
    """A document of another room's own make: its words as data, and the template (Typst) that sets them.

    The template reads `sys.inputs.paper` (JSON), to which the fonts to be had are added as "fonts".
    """
    return _set({**described, "fonts": _families()}, template)


def _set(described: dict[str, Any], template: Path) -> bytes:
    data = json.dumps(described, ensure_ascii=False)
    for _ in range(_TRIES):
        try:
            return _compile(data, template)
        except typst.TypstError as error:
            unseen = set("".join(_unescape(found) for found in _NO_GLYPH.findall(str(error.diagnostic))))
            unseen = {char for char in unseen if ord(char) > 126}
            if not unseen:
                raise
            data = data.translate({ord(char): _instead(char) for char in unseen})
    # A last resort that always has its letters: everything beyond Latin-1 by its name.
    return _compile("".join(char if ord(char) < 256 else _instead(char) for char in data), template)


def _compile(data: str, template: Path) -> bytes:
    made = _compiler(template).compile(sys_inputs={"paper": data}, format="pdf", pdf_standards=["ua-1"])
    assert isinstance(made, bytes)
    return made


def _compiler(template: Path) -> typst.Compiler:
    return typst.Compiler(template, root=template.parent, font_paths=_fonts())


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """All fonts to be had, searched once a process."""
    spec = importlib.util.find_spec("ttf_opensans")
    folders = [str(Path(spec.origin).parent / "ttf")] if spec is not None and spec.origin else []
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=True, font_paths=folders)


@lru_cache(maxsize=1)
def _families() -> list[str]:
    there = set(_fonts().families())
    return [family for family in FAMILIES if family in there]


def _unescape(text: str) -> str:
    return _RUST_ESCAPE.sub(lambda m: chr(int(m[1], 16)) if m[1] else m[2], text)


def _instead(char: str) -> str:
    """What is printed where no font has a sign: its name, or nothing for joiners and marks."""
    if re.match("[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]", char):
        return ""
    return named(char)


def _data(paper: Paper, points: int) -> dict[str, Any]:
    language = re.fullmatch(r"([a-z]{2,3})(?:-([A-Za-z]{2}))?", paper.language)
    return {
        "title": paper.title,
        "landlord": _breakable(paper.landlord),
        "contact": _breakable(paper.contact),
        "running": paper.running_title or paper.title,
        "points": points,
        "fonts": _families(),
        "lang": language[1] if language else "en",
        "region": language[2].upper() if language and language[2] else None,
        "page-words": ["Page", "of"],
        "blocks": [_block(block, large=points > STANDARD_POINTS) for block in paper.blocks],
    }


def _breakable(text: str) -> str:
    """A very long word may break, with an unseen space of no width, instead of leaving the page."""
    return _LONG_WORD.sub(lambda m: "\u200b".join(re.findall(".{1,20}", m[0])), text)


def _block(block: Block, *, large: bool) -> dict[str, Any]:
    match block:
        case Heading(level, text):
            return {"kind": "heading", "level": level, "text": _breakable(text)}
        case Paragraph(text):
            return {"kind": "paragraph", "text": _breakable(text)}
        case Note(text):
            return {"kind": "note", "text": _breakable(text)}
        case Bullets(items):
            return {"kind": "bullets", "items": [_breakable(item) for item in items]}
        case Numbers(items):
            return {"kind": "numbers", "items": [_breakable(item) for item in items]}
        case Pairs(caption, pairs):
            return _table(Table(caption, PAIR_HEADERS, pairs), large=large)
        case Table():
            return _table(block, large=large)


def _table(table: Table, *, large: bool) -> dict[str, Any]:
    if large and _too_wide(table):
        records = [_record(table, row) for row in table.rows]
        return {"kind": "stack", "caption": _breakable(table.caption), "records": records}
    return {
        "kind": "table",
        "caption": _breakable(table.caption),
        "headers": [_breakable(cell) for cell in table.headers],
        "rows": [[_breakable(cell) for cell in row] for row in table.rows],
        "row_headers": table.row_headers,
        "widths": widths(table),
    }


def _too_wide(table: Table) -> bool:
    """Two short columns stay a table in large print; anything else is stacked."""
    return len(table.headers) > 2 or any(len(cell) > 60 for row in table.rows for cell in row)


def _record(table: Table, row: tuple[str, ...]) -> dict[str, Any]:
    if table.row_headers and len(row) == 2:
        return {"name": _breakable(row[0]), "values": [_breakable(row[1] or "blank")]}
    cells = [_breakable(joined(header, cell)) for header, cell in zip(table.headers, row, strict=True)]
    return {"name": _breakable(row[0]) if table.row_headers and row[0] else cells[0], "values": cells[1:]}
