"""Reading figures from the rows of a table, also one that was broken over pages or has lost its headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from hearth.kernel.figures.bases import Setting, choose_base
from hearth.kernel.figures.sets import COUNT, PERCENT, FigureSet, Printed, says_unknown
from hearth.kernel.figures.topics import topic_of

_VALUE = re.compile(
    r"^\s*[<>~]?\s*(?P<whole>\d{1,3}(?:,\d{3})+|\d{1,9})(?P<part>\.\d{1,6})?\s*(?P<unit>%|per\s?cent)?\s*"
    r"(?:\((?P<more>\d[\d,.]*\s*(?:%|per\s?cent)?)\))?\s*$",
    re.I,
)
_TOTAL = re.compile(r"^\s*(grand\s+)?total\b|^\s*base\b|^\s*all (tenants|people|residents)\b", re.I)


def read_value(cell: str) -> tuple[Decimal, int, str] | None:
    """Value, decimals and unit of a cell that holds one figure and nothing else, or None."""
    found = _VALUE.match(cell)
    if not found:
        return None
    part = found.group("part") or ""
    value = Decimal(found.group("whole").replace(",", "") + part)
    return value, max(len(part) - 1, 0), PERCENT if found.group("unit") else COUNT


Cell = tuple[int, Printed]


def set_from_rows(
    rows: Iterable[Sequence[str]],
    *,
    headers: Sequence[str] = (),
    heading: str = "",
    source: str = "",
    setting: Setting | None = None,
) -> tuple[FigureSet, ...]:
    """The sets of figures in the rows of a table, one for each heading in its first cells.

    A row is (heading, label, figure …), or (label, figure) under the heading of the rows before it; "605 (60.5%)" is
    two figures. A row "Total" or "Base" that holds a count gives the base; two columns of percentages give two sets.
    `setting` is what the text around the table says of its people.
    """
    setting = setting or Setting()
    blocks: list[tuple[str, list[Cell]]] = []
    current = heading
    for raw in rows:
        cells = [" ".join(str(cell).split()) for cell in raw]
        values = _values(cells, headers)
        words = [cell for cell in cells if cell and not read_value(cell)]
        if not values or not words:
            if len(words) == 1 and topic_of(words[0]):
                current = words[0]  # a row that only heads the rows below it
            continue
        # Two cells of words are heading and label; one is a label under the heading that still holds.
        own, label = (words[0], words[1]) if len(words) > 1 else (current, words[0])
        if not blocks or blocks[-1][0] != own:
            blocks.append((own, []))
        current = own
        blocks[-1][1].extend((place, replace(v, label=label, unknown=says_unknown(label))) for place, v in values)
    sets = [_finish(made, setting, source) for own, found in blocks for made in _columns(own, found, headers)]
    return tuple(made for made in sets if made.figures)


def _values(cells: list[str], headers: Sequence[str]) -> list[Cell]:
    """The figures of a row by their places: cell n has place 2n, and what it adds in brackets 2n + 1."""
    found: list[Cell] = []
    context = " ".join(cell for cell in cells if cell)
    for n, cell in enumerate(cells):
        match = _VALUE.match(cell)
        if not match:
            continue
        header = headers[n].lower() if n < len(headers) else ""
        more = match.group("more")
        for place, printed in ((2 * n, cell[: match.start("more") - 1].strip() if more else cell), (2 * n + 1, more)):
            value = read_value(printed) if printed else None
            if value:
                amount, decimals, unit = value
                shares = not more and ("%" in header or "per cent" in header)
                found.append((place, Printed("", amount, decimals, printed, PERCENT if shares else unit, context)))
    return found


def _columns(heading: str, found: list[Cell], headers: Sequence[str]) -> list[FigureSet]:
    """One set for each column of percentages, with the counts that stand beside them."""
    shares = sorted({n for n, figure in found if figure.unit == PERCENT})
    rows = [figure.context for _, figure in found if figure.unit == PERCENT]
    if len(set(rows)) == len(rows):
        shares = shares[:1]  # one to a row: a column that moved on the next page is still the same column
        found = [(shares[0] if figure.unit == PERCENT else n, figure) for n, figure in found]
    shares = shares or [-1]
    sets = []
    for share in shares:
        before = max((n for n in shares if n < share), default=-1)
        figures = tuple(
            f for n, f in found if n == share or (f.unit == COUNT and (len(shares) == 1 or before < n < share))
        )
        population = headers[share // 2] if len(shares) > 1 and 0 <= share // 2 < len(headers) else ""
        block = FigureSet(heading, figures, additive=True, topic=topic_of(heading), population=population)
        sets.append(block)
    return sets


def _finish(block: FigureSet, setting: Setting, source: str) -> FigureSet:
    """The set with its base: a printed total, the sum of the counts, or what the text around the table states."""
    totals = [f for f in block.figures if _TOTAL.match(f.label)]
    figures = tuple(f for f in block.figures if not _TOTAL.match(f.label))
    block = replace(
        block,
        figures=figures,
        population=block.population or setting.population,
        basis=setting.basis,
        source_text=source,
    )
    counted = next((f for f in totals if f.unit == COUNT), None)
    if counted:
        return replace(block, base=int(counted.value), base_printed=counted.printed, base_words="total of the table")
    counts = [f for f in figures if f.unit == COUNT]
    if counts and len(counts) == len({f.label for f in figures}):
        number = sum(int(f.value) for f in counts)
        return replace(block, base=number, base_printed=f"{number:,}", base_words="sum of the counts")
    base = choose_base(setting.bases, block.population)
    if base is None:
        return block
    return replace(block, base=base.value, base_printed=base.printed, base_words=base.words, base_homes=base.homes)
