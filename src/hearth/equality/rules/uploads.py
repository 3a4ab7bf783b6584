"""Reading a sheet of counts (SYS-10): which row is wrong, and what to do about it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from hearth.equality.rules.figures import CHARACTERISTICS, Answer, title_of
from hearth.equality.rules.sheets import Row, whole_number
from hearth.kernel.figures import plain_label, topic_of
from hearth.kernel.refusals import Refused

COLUMNS = {
    "characteristic": ("characteristic", "protected characteristic", "question", "topic"),
    "answer": ("answer", "category", "label", "group", "response", "value"),
    "count": ("number", "count", "people", "total", "number of people", "tenants", "n"),
    "set": ("category set", "set", "classification"),
}
NEEDED = ("characteristic", "answer", "count")
_TOTAL = re.compile(r"^(grand )?(total|base|all)\b", re.I)


@dataclass(frozen=True)
class Known:
    """A category set that answers may come from."""

    name: str
    characteristic: str
    labels: Mapping[str, bool]  # label: whether it stands for people of whom nothing is known


@dataclass(frozen=True)
class Block:
    """The counts of one characteristic, with the name of the set that its answers are from."""

    characteristic: str
    set_name: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class _Line:
    row: int
    label: str
    count: int
    set_name: str


def read_counts(rows: Sequence[Row], sets: Sequence[Known], base: int) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """The blocks of a sheet and what is wrong with it, each error naming its row. Blocks count only without errors.

    The sheet has the columns Characteristic, Answer and Number, in any order, perhaps Category set. A characteristic
    holds for the rows below it until another is named; a row "Total" is checked and left out.
    """
    try:
        columns, rest = _columns(rows)
    except Refused as refused:
        return (), (refused.message,)
    errors: list[str] = []
    lines: dict[str, list[_Line]] = {}
    current = set_now = ""
    for number, cells in rest:
        cell = {name: cells[place] if place < len(cells) else "" for name, place in columns.items()}
        named = str(cell["characteristic"] or "").strip()
        if named:
            current, set_now = code_of(named), ""
            if not current:
                errors.append(f"Row {number}: “{named}” is not a characteristic that Hearth knows.")
        set_now = str(cell.get("set") or "").strip() or set_now
        line = _line(number, cell, set_now, errors)
        if line is None or not current:
            if not current and not named:
                errors.append(f"Row {number}: say which characteristic this is about.")
            continue
        if _TOTAL.match(line.label):
            _check_total(line, lines.get(current, []), errors)
            continue
        lines.setdefault(current, []).append(line)
    blocks = [_block(code, found, sets, base, errors) for code, found in lines.items()]
    if not errors and not blocks:
        errors.append("There are no counts in this file.")
    return tuple(block for block in blocks if block), tuple(errors)


def code_of(words: str) -> str:
    """The code of the characteristic that somebody wrote in a sheet, or nothing."""
    plain = plain_label(words)
    for code, title in CHARACTERISTICS.items():
        if plain in (plain_label(title), plain_label(code)):
            return code
    return topic_of(words)


def _columns(rows: Sequence[Row]) -> tuple[dict[str, int], Sequence[Row]]:
    for index, (_, cells) in enumerate(rows[:20]):
        heads = [plain_label(str(cell or "")) for cell in cells]
        found = {name: heads.index(word) for name, words in COLUMNS.items() for word in words if word in heads}
        if all(name in found for name in NEEDED):
            return found, rows[index + 1 :]
    raise Refused("The first row must name the columns: Characteristic, Answer and Number.", field="file")


def _line(number: int, cell: Mapping[str, Any], set_name: str, errors: list[str]) -> _Line | None:
    label = cell["answer"]
    if isinstance(label, (date, datetime)):
        errors.append(
            f"Row {number}: the answer is a date, {label:%d %B %Y}. Excel may have taken a band such as 10-14 for a "
            "date: set the column to text and write it again, or write “10 to 14”."
        )
        return None
    if isinstance(label, float) and label == int(label):
        label = int(label)
    words = " ".join(str(label if label is not None else "").split())
    if not words:
        if cell["count"] not in ("", None):
            errors.append(f"Row {number}: the answer is missing.")
        return None
    try:
        return _Line(number, words, whole_number(cell["count"]), set_name)
    except Refused as refused:
        errors.append(f"Row {number} (“{words}”): {refused.message}.")
        return None


def _check_total(line: _Line, lines: Sequence[_Line], errors: list[str]) -> None:
    found = sum(one.count for one in lines)
    if found != line.count:
        errors.append(f"Row {line.row}: the total is {line.count:,}, but the rows above it add up to {found:,}.")


def _block(code: str, lines: Sequence[_Line], sets: Sequence[Known], base: int, errors: list[str]) -> Block | None:
    seen: dict[str, int] = {}
    before = len(errors)
    for line in lines:
        plain = plain_label(line.label)
        if plain in seen:
            errors.append(f"Row {line.row}: “{line.label}” stands in row {seen[plain]} already.")
        seen.setdefault(plain, line.row)
    known = _set_for(code, lines, sets, errors)
    found = sum(line.count for line in lines)
    if found != base and len(errors) == before:
        gap = abs(found - base)
        errors.append(
            f"{title_of(code)}: the answers add up to {found:,}, which is {gap:,} "
            f"{'more' if found > base else 'fewer'} than the base of {base:,}."
        )
    if known is None or len(errors) > before:
        return None
    counts = {plain_label(line.label): line.count for line in lines}
    answers = [Answer(label, counts.get(plain_label(label), 0), unknown) for label, unknown in known.labels.items()]
    return Block(code, known.name, tuple(answers))


def _set_for(code: str, lines: Sequence[_Line], sets: Sequence[Known], errors: list[str]) -> Known | None:
    """The set that all answers are from: the one that the sheet names, or else the one that fits most closely.

    That is the set that holds all answers and has the fewest others; of two that fit alike, the first given.
    """
    fitting = [one for one in sets if one.characteristic == code]
    named = next((line for line in lines if line.set_name), None)
    if named:
        fitting = [one for one in fitting if plain_label(one.name) == plain_label(named.set_name)]
        if not fitting:
            errors.append(f"Row {named.row}: there is no category set “{named.set_name}” for {title_of(code)}.")
            return None
    if not fitting:
        errors.append(f"Row {lines[0].row}: there is no category set for {title_of(code)} yet. Add one first.")
        return None

    def strangers(known: Known) -> list[_Line]:
        labels = {plain_label(label) for label in known.labels}
        return [line for line in lines if plain_label(line.label) not in labels]

    best = min(fitting, key=lambda known: (len(strangers(known)), len(known.labels)))
    for line in strangers(best):
        close = difflib.get_close_matches(line.label, best.labels, n=1)
        guess = f" Did you mean “{close[0]}”?" if close else ""
        errors.append(f"Row {line.row}: “{line.label}” is not an answer of the category set “{best.name}”.{guess}")
    return best
