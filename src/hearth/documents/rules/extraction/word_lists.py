"""The marks that Word draws before list items and does not keep in the text, and the levels of headings."""

from __future__ import annotations

import re
from collections import defaultdict

from docx.document import Document as WordFile
from docx.oxml.ns import qn
from lxml import etree

from .gather import ordinal

Level = tuple[str, str, int]  # number format, pattern such as "%1.", first number


class Lists:
    """Counts list items as the document goes on."""

    def __init__(self, word: WordFile) -> None:
        self._styles = {style.get(qn("w:styleId")): style for style in word.styles.element.iter(qn("w:style"))}
        self._abstract: dict[str, str] = {}
        self._levels: dict[str, dict[int, Level]] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        part = next((r.target_part for r in word.part.rels.values() if r.reltype.endswith("/numbering")), None)
        if part is not None:
            self._read(part.element)

    def _read(self, numbering: etree._Element) -> None:
        for abstract in numbering.iter(qn("w:abstractNum")):
            levels = {}
            for level in abstract.iter(qn("w:lvl")):
                style = _value(level, "w:numFmt") or "decimal"
                start = _value(level, "w:start")
                first = int(start) if start.isdigit() else 1
                levels[int(level.get(qn("w:ilvl")) or 0)] = (style, _value(level, "w:lvlText"), first)
            self._levels[abstract.get(qn("w:abstractNumId")) or ""] = levels
        for number in numbering.iter(qn("w:num")):
            self._abstract[number.get(qn("w:numId")) or ""] = _value(number, "w:abstractNumId")
            # A list that starts again is told apart by its own number; one that goes on shares its counts.
            if number.find(qn("w:lvlOverride")) is not None:
                key = number.get(qn("w:numId")) or ""
                self._levels[f"own {key}"] = self._levels.get(self._abstract[key], {})
                self._abstract[key] = f"own {key}"

    def mark(self, paragraph: etree._Element) -> str:
        """ "• " or "1. " before a list item; nothing before another paragraph."""
        number, depth = self._number(paragraph)
        levels = self._levels.get(self._abstract.get(number, ""), {})
        if not number or number == "0" or depth not in levels:
            return ""
        style, pattern, first = levels[depth]
        if style == "bullet":
            return "• "
        if style == "none":
            return ""
        counts = self._counts[self._abstract[number]]
        counts[depth] = counts.get(depth, first - 1) + 1
        for deeper in [level for level in counts if level > depth]:
            del counts[deeper]

        def place(found: re.Match[str]) -> str:
            level = int(found[1]) - 1
            return ordinal(counts.get(level, 1), levels.get(level, ("decimal", "", 1))[0])

        return re.sub(r"%(\d)", place, pattern) + " " if pattern else ""

    def _number(self, paragraph: etree._Element) -> tuple[str, int]:
        for properties in self._properties(paragraph):
            found = properties.find(qn("w:numPr"))
            if found is not None and _value(found, "w:numId"):
                depth = _value(found, "w:ilvl")
                return _value(found, "w:numId"), int(depth) if depth.isdigit() else 0
        return "", 0

    def heading_level(self, paragraph: etree._Element) -> int:
        """1 to 9 for a heading, 0 for other text: by outline level or by the name of its style."""
        for properties in self._properties(paragraph):
            level = _value(properties, "w:outlineLvl")
            if level.isdigit():
                return int(level) + 1 if int(level) < 9 else 0
        style = self._style(paragraph)
        name = _value(style, "w:name").lower() if style is not None else ""
        found = re.fullmatch(r"heading ([1-9])", name)
        return int(found[1]) if found else 1 if name == "title" else 0

    def _style(self, paragraph: etree._Element) -> etree._Element | None:
        properties = paragraph.find(qn("w:pPr"))
        return self._styles.get(_value(properties, "w:pStyle")) if properties is not None else None

    def _properties(self, paragraph: etree._Element) -> list[etree._Element]:
        """The paragraph's own properties and those of its styles, nearest first."""
        found = [paragraph.find(qn("w:pPr"))]
        style = self._style(paragraph)
        for _ in range(10):
            if style is None:
                break
            found.append(style.find(qn("w:pPr")))
            style = self._styles.get(_value(style, "w:basedOn"))
        return [properties for properties in found if properties is not None]


def _value(parent: etree._Element, name: str) -> str:
    child = parent.find(qn(name))
    return (child.get(qn("w:val")) or "") if child is not None else ""
