"""Turn a fragment of HTML or of a scan's mark-up into the plain text of one cell.

Plain means: paragraphs on lines of their own, "• " before a bullet, ☒ and ☐ for boxes, and the row of a table inside
the cell as a line with tabs, a cell that spans rows being repeated in each of them.
"""

from __future__ import annotations

import re
import warnings

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning
from bs4.element import NavigableString, PageElement, Tag

_KNOWN = (
    "p|ul|ol|li|u|b|i|em|strong|br|input|table|thead|tbody|tfoot|tr|td|th|sup|sub|span|div|h[1-6]|a|img|s|"
    "caption|label|font|small|section|figure"
)
_TAG = re.compile(rf"</?(?:{_KNOWN})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_STRAY = re.compile(rf"<(?!/?(?:{_KNOWN})(?:\s[^<>]*)?/?>)", re.IGNORECASE)
_BLOCKS = frozenset({"p", "div", "ul", "ol", "li", "table", "tr", "section", "figure", "caption"})
_BLOCKS |= {f"h{level}" for level in range(1, 7)}
_MOST_TAGS = 20_000
_DEEPEST = 60
_CODE_ITEM = re.compile(r"\s+(?=[A-Z]{2,}[A-Z\d/-]*\d\s+[–-]\s)")


def has_tags(text: str) -> bool:
    """Whether a text holds mark-up that is worth reading as HTML."""
    return _TAG.search(text) is not None


def cell_text(fragment: str) -> str:
    """The plain text of a cell that may hold HTML, LaTeX boxes and inline bullets."""
    text = _scan_marks(fragment)
    if has_tags(text):
        text = _from_html(text) if len(_TAG.findall(text)) <= _MOST_TAGS else _TAG.sub(" ", text)
    return tidy(text)


def _scan_marks(text: str) -> str:
    text = re.sub(r"\$?\\boxtimes\$?|\$?\\checkmark\$?|\$?\\boxed\{\s*(?:x|\\times)\s*\}\$?", "☒", text)
    text = re.sub(r"\$?\\(?:square|Box)\b\$?", "☐", text)
    text = re.sub(r"\$?\^\{([^{}]{0,20})\}\$?", r"\1", text)
    return text.replace("\u00ad", "").replace("\u200b", "").replace("\ufeff", "").replace("\u00a0", " ")


def tidy(text: str) -> str:
    """One paragraph a line, no double spaces, every inline bullet on a line of its own. Tabs are kept."""
    text = re.sub(r"[ \r\f\v\u2028\u2029]+", " ", text)
    text = re.sub(r"[ ]*[•●▪‣]\s*", "\n• ", text)
    lines = [line.strip(" ") for line in text.split("\n")]
    return "\n".join(line for line in lines if line.strip("\t ") and line.strip() != "•")


def _from_html(text: str) -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        soup = BeautifulSoup(_STRAY.sub("&lt;", text), "html.parser")
    out: list[str] = []
    _write(soup, out, 0)
    return "".join(out)


def _write(node: PageElement, out: list[str], depth: int) -> None:
    if isinstance(node, NavigableString):
        out.append(re.sub(r"\s+", " ", str(node)))
        return
    if not isinstance(node, Tag):
        return
    if depth > _DEEPEST:
        out.append(node.get_text(" "))
        return
    if node.name == "br":
        out.append("\n")
    elif node.name == "input":
        if str(node.get("type", "checkbox")).lower() in {"checkbox", "radio"}:
            out.append("☒ " if node.has_attr("checked") else "☐ ")
    elif node.name == "img":
        out.append(f"\n[image] {node.get('alt') or ''}\n")
    elif node.name == "table":
        out.append("\n" + "\n".join("\t".join(row) for row in table_rows(node)) + "\n")
        out.append(" ".join(_outside_cells(node)) + "\n")
    else:
        _write_element(node, out, depth)


def _write_element(node: Tag, out: list[str], depth: int) -> None:
    block = node.name in _BLOCKS
    if block:
        out.append("\n")
    if node.name == "li":
        out.append("• ")
    for child in node.children:
        if node.name == "ul" and isinstance(child, NavigableString) and "•" not in child:
            # a scan may give a list without items: every line that starts with a code is one
            items = [item for item in _CODE_ITEM.split(str(child)) if item.strip()]
            out.append("".join(f"\n• {item.strip()}" for item in items))
            continue
        if node.name == "ol" and isinstance(child, NavigableString):
            out.append(_numbered_lines(str(child)))
            continue
        _write(child, out, depth + 1)
    if block:
        out.append("\n")


def _numbered_lines(text: str) -> str:
    """A run of "1. … 2. … 3. …" that a scan left in one piece, an item a line."""
    out, at, number = "", 0, 1
    while match := re.compile(rf"(?:^|\s){number}[.)]\s+(?=\S)").search(text, at):
        out += re.sub(r"\s+", " ", text[at : match.start()]) + f"\n{number}. "
        at, number = match.end(), number + 1
    return out + re.sub(r"\s+", " ", text[at:])


def table_rows(table: Tag) -> list[tuple[str, ...]]:
    """The rows of a table as texts; a cell that spans rows or columns fills all that it spans."""
    held: dict[int, tuple[int, str]] = {}
    rows: list[tuple[str, ...]] = []
    for tr in table.find_all("tr"):
        if tr.find_parent("table") is not table:
            continue
        row: list[str] = []
        for cell in tr.find_all(["td", "th"], recursive=False):
            _fill(row, held)
            said = re.sub(r"\s+", " ", cell_text(cell.decode_contents())) if cell.contents else ""
            down, across = _span(cell, "rowspan"), _span(cell, "colspan")
            for _ in range(across):
                if down > 1:
                    held[len(row)] = (down - 1, said)
                row.append(said)
        _fill(row, held)
        rows.append(tuple(row))
    return rows


def _outside_cells(table: Tag) -> list[str]:
    """Texts that broken mark-up left in a table, but in none of its cells."""
    cells = {
        id(cell)
        for tr in table.find_all("tr")
        if tr.find_parent("table") is table
        for cell in tr.find_all(["td", "th"], recursive=False)
    }
    stray = []
    for text in table.find_all(string=True):
        if str(text).strip():
            above = text.parents
            if not any(id(parent) in cells for parent in above):
                stray.append(re.sub(r"\s+", " ", str(text)))
    return stray


def _fill(row: list[str], held: dict[int, tuple[int, str]]) -> None:
    while len(row) in held:
        left, said = held.pop(len(row))
        if left > 1:
            held[len(row)] = (left - 1, said)
        row.append(said)


def _span(cell: Tag, name: str) -> int:
    """A span as printed, at least 1 and never so large that a broken page fills the memory."""
    said = str(cell.get(name) or "1")
    return min(max(int(said), 1), 200) if said.isascii() and said.isdigit() and len(said) < 6 else 1
