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
    r"(?:\((?P<more>[\d,.]+\s*%?)\))?\s*$",
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

    A row is (heading, label, figure …), or (label, figure) under the heading of the rows before it. A row
    "Total" or
    "Base" that holds a count gives the base; two columns of percentages give two sets. `setting` is what the text
    around the table says of its people.
    """
    setting = setting or Setting()
    blocks: list[tuple[str, list[Cell]]] = []
    current = heading
    for raw in rows:
        cells = [" ".join(str(cell).split()) for cell in raw]
        values = {n: v for n, cell in enumerate(cells) if cell and (v := read_value(cell))}
        words = [cell for n, cell in enumerate(cells) if cell and n not in values]
        if not values or not words:
            if len(words) == 1 and topic_of(words[0]):
                current = words[0]  # a row that only heads the rows below it
            continue
        # Two cells of words are heading and label; one is a label under the heading that still holds.
        own, label = (words[0], words[1]) if len(words) > 1 else (current, words[0])
        if not blocks or blocks[-1][0] != own:
            blocks.append((own, []))
        current = own
        for n, value in values.items():
            header = headers[n] if n < len(headers) else ""
            blocks[-1][1].append((n, _printed(label, cells, n, value, header)))
    sets = [made for own, found in blocks for made in _columns(own, found, headers)]
    return tuple(_finish(made, setting, source) for made in sets)


def _printed(label: str, cells: list[str], n: int, value: tuple[Decimal, int, str], header: str) -> Printed:
    amount, decimals, unit = value
    if unit == COUNT and ("%" in header or "per cent" in header.lower()):
        unit = PERCENT
    context = " ".join(cell for cell in cells if cell)
    return Printed(label, amount, decimals, cells[n], unit, context, unknown=says_unknown(label))


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
        after = min((n for n in shares if n > share), default=len(headers) + 99)
        figures = tuple(
            f for n, f in found if n == share or (f.unit == COUNT and (len(shares) == 1 or share < n < after))
        )
        population = headers[share] if len(shares) > 1 and 0 <= share < len(headers) else ""
        block = FigureSet(heading, figures, additive=True, topic=topic_of(heading), population=population)
        sets.append(block)
    return sets


def _finish(block: FigureSet, setting: Setting, source: str) -> FigureSet:
    """The set with its base: a printed total, the sum of the counts, or what the text around the table
    states."""
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
