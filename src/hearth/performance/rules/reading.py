"""The regulator's workbook as it is: landlords, their returns and answers, read by its own dictionary (PERF-17).

Every sheet, heading row and column is found by what stands in it. What is missing is named by file, sheet and column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hearth.kernel.refusals import Refused
from hearth.performance.rules import columns
from hearth.performance.rules.cells import Value, plain, text, value_of, words_of
from hearth.performance.rules.dictionary import Dictionary, Entry, Key, Rows, find_dictionary, tenure_of
from hearth.performance.rules.measures import MEASURES, Tenure

MOST_ROWS = 20_000
_YEAR = re.compile(r"reporting year 1 April (20\d\d)", re.I)
_TABLE_YEAR = re.compile(r"^[a-z]+(\d\d)(?=[ _])", re.I)
_VERSION = re.compile(r"\bversion (\d+(?:\.\d+)*)\b", re.I)
_NAMED_VERSION = re.compile(r"[_ -]v(\d+(?:\.\d+)*)(?=[_ .-])", re.I)


@dataclass(frozen=True)
class Provider:
    """A landlord of the workbook."""

    code: str
    name: str
    kind: str = ""  # "PRP", "LA", "LARP"
    size: str = ""
    region: str = ""
    notes: tuple[str, ...] = ()  # what the regulator says beside its figures

    @property
    def council(self) -> bool:
        """Whether it is a local authority: "LA" in one year, "LARP" in another."""
        return self.kind.upper().startswith("LA")


@dataclass(frozen=True)
class Return:
    """One row: what one landlord answered about the homes of one tenure, or on its own records."""

    provider: str
    tenure: Tenure | None  # None for management measures
    sheet: str
    row: int  # as the spreadsheet counts
    values: Mapping[Key, Value]

    def get(self, measure: str, part: str, tenure: str = "") -> Value:
        """What it says under a key; None where the column is not there."""
        return self.values.get(Key(measure, part, tenure))

    def fact(self, part: str) -> Value:
        """A fact about the return, such as "population"."""
        return self.values.get(Key("", part))


@dataclass(frozen=True)
class LeftOut:
    """A landlord whose figures the regulator did not take into a table."""

    code: str
    name: str
    perception: bool
    reason: str


@dataclass(frozen=True)
class ColumnRead:
    """Where a column was found and what it was taken for: so that a reader can check."""

    sheet: str
    place: int
    caption: str
    name: str
    datapoint: str
    key: Key | None


@dataclass(frozen=True)
class Workbook:
    """Everything that was read."""

    name: str
    year: int  # the calendar year in which the reporting year begins
    version: str
    providers: Mapping[str, Provider]
    returns: tuple[Return, ...]
    left_out: tuple[LeftOut, ...]
    columns: tuple[ColumnRead, ...]
    remarks: tuple[str, ...] = field(default=())

    def of(self, tenure: Tenure | None) -> Iterator[Return]:
        """The returns of one tenure, or with None those on the landlords' own records."""
        return (one for one in self.returns if one.tenure == tenure)


def read(name: str, sheets: Mapping[str, Rows]) -> Workbook:
    """Read a workbook, given as its sheets by name. Raises Refused, naming the file, sheet and column that is wrong."""
    try:
        return _read(name, sheets)
    except Refused as refused:
        raise Refused(f"{name}: {refused.message}", field=refused.field or "file") from None


def _read(name: str, sheets: Mapping[str, Rows]) -> Workbook:
    dictionary = find_dictionary(sheets)
    providers: dict[str, Provider] = {}
    returns: list[Return] = []
    read_columns: list[ColumnRead] = []
    remarks = list(dictionary.remarks)
    used = {dictionary.sheet}
    for table, entries in dictionary.tables.items():
        sheet, head = _sheet_of(table, entries, sheets, used)
        used.add(sheet)
        captions = sheets[sheet][head]
        found = columns.match(captions, entries)
        remarks += _strangers(sheet, captions, entries, found)
        places = columns.places_of(found)
        _check_needed(sheet, places)
        read_columns += [
            ColumnRead(sheet, place, words_of(captions[place]), entry.name, entry.datapoint, entry.key)
            for place, entry in sorted(found.items())
        ]
        tenure = tenure_of(table, entries)
        for one, provider in _rows(sheet, sheets[sheet], head, places, tenure):
            providers[provider.code] = _together(providers.get(provider.code), provider)
            returns.append(one)
    _check_whole(returns)
    left_out = tuple(_left_out(sheets, used))
    remarks += _coverage(sheets, used, dictionary, returns)
    remarks += _twice(returns)
    return Workbook(
        name,
        _year(sheets, dictionary),
        _version(name, sheets, used),
        providers,
        tuple(returns),
        left_out,
        tuple(read_columns),
        tuple(remarks),
    )


def _sheet_of(table: str, entries: Sequence[Entry], sheets: Mapping[str, Rows], used: set[str]) -> tuple[str, int]:
    """The sheet of a table and its heading row: by name, else the sheet that holds most of its captions."""
    wanted = plain(table).replace(" ", "")
    named = [sheet for sheet in sheets if plain(sheet).replace(" ", "") == wanted]
    known = {columns.plain(entry.caption) for entry in entries}
    best: tuple[int, str, int] = (0, "", 0)
    for sheet in named or [one for one in sheets if one not in used]:
        for index, row in enumerate(sheets[sheet][:60]):
            hits = len(known & {columns.plain(cell) for cell in row if cell != ""})
            if hits > best[0]:
                best = (hits, sheet, index)
    # A sheet of another name is taken only where it holds most of the captions: all tables share a few.
    if best[0] < max(3, len(known) // (10 if named else 2)):
        if named:
            raise Refused(f"Sheet “{named[0]}” has no row with the headings that the data dictionary gives.")
        raise Refused(f"The sheet “{table}”, which the data dictionary describes, is missing.")
    return best[1], best[2]


def _strangers(
    sheet: str, captions: Sequence[Any], entries: Sequence[Entry], found: Mapping[int, Entry]
) -> Iterator[str]:
    for place, caption in enumerate(captions):
        if words_of(caption) and place not in found:
            yield f"Sheet “{sheet}”: the dictionary does not know the column “{words_of(caption)}”; it was not read."
    there = {id(entry) for entry in found.values()}
    for entry in entries:
        if id(entry) not in there and entry.key is not None:
            yield f"Sheet “{sheet}” has no column “{entry.caption}”, which the data dictionary names."


def _check_needed(sheet: str, places: Mapping[tuple[str, str, str], int]) -> None:
    """Without a landlord's name and code no row can be read; without a figure the sheet holds nothing."""
    for part, words in (("name", "Landlord name"), ("code", "Landlord code")):
        if ("", part, "") not in places:
            raise Refused(f"Sheet “{sheet}” has no column “{words}”.")
    if not any(measure and part == "published" for measure, part, _ in places):
        raise Refused(f"Sheet “{sheet}” has no column with a published figure.")


def _rows(
    sheet: str, rows: Rows, head: int, places: Mapping[tuple[str, str, str], int], tenure: Tenure | None
) -> Iterator[tuple[Return, Provider]]:
    """Each landlord's row; notes above and below the table have no code and are passed over."""
    if len(rows) - head > MOST_ROWS:
        raise Refused(f"Sheet “{sheet}” has {len(rows) - head:,} rows. There are not that many landlords.")
    name_at, code_at = places["", "name", ""], places["", "code", ""]
    keys = [(_key(key, tenure), place) for key, place in places.items()]
    for number, row in enumerate(rows[head + 1 :], start=head + 2):
        code = words_of(row[code_at]) if code_at < len(row) else ""
        name = words_of(row[name_at]) if name_at < len(row) else ""
        if not code or not name:
            continue
        values = {key: value_of(row[place]) for key, place in keys if place < len(row)}
        note = text(values.get(Key("", "notes")))
        kind, size, region = (text(values.get(Key("", part))) for part in ("type", "size", "region"))
        yield (
            Return(code, tenure, sheet, number, values),
            Provider(code, name, kind, size, region, (note,) if note else ()),
        )


def _key(key: tuple[str, str, str], tenure: Tenure | None) -> Key:
    """Within a return of one tenure its name is left out of the keys."""
    return Key(key[0], key[1], "" if tenure else key[2])


def _together(one: Provider | None, other: Provider) -> Provider:
    """What the sheets say of a landlord, the first word counting; a size or region "Merged during year" is none."""
    if one is None:
        return other
    notes = tuple(dict.fromkeys((*one.notes, *other.notes)))
    return Provider(
        one.code, one.name, one.kind or other.kind, one.size or other.size, one.region or other.region, notes
    )


def _check_whole(returns: Sequence[Return]) -> None:
    if not any(one.tenure for one in returns):
        raise Refused("No sheet holds perception measures (TP01 to TP12).")
    if not any(key.measure in MEASURES for one in returns for key in one.values):
        raise Refused("No sheet holds a Tenant Satisfaction Measure.")


def _left_out(sheets: Mapping[str, Rows], used: set[str]) -> Iterator[LeftOut]:
    """The sheets that name landlords whose figures were not taken in, with the regulator's reason."""
    for sheet, rows in sheets.items():
        if sheet in used:
            continue
        for index, row in enumerate(rows[:20]):
            heads = [plain(cell) for cell in row]
            if "landlord name" not in heads or "landlord code" not in heads:
                continue
            reason = next((place for place, head in enumerate(heads) if head.startswith("notes")), None)
            if reason is None:
                break
            name_at, code_at = heads.index("landlord name"), heads.index("landlord code")
            perception = "perception" in plain(sheet)
            for one in rows[index + 1 :]:
                if words_of(one[code_at]):
                    yield LeftOut(words_of(one[code_at]), words_of(one[name_at]), perception, words_of(one[reason]))
            break


def _coverage(
    sheets: Mapping[str, Rows], used: set[str], dictionary: Dictionary, returns: Sequence[Return]
) -> Iterator[str]:
    """Where the table of coverage says that a landlord is in a sheet and it is not, or the other way round."""
    tables = {plain(table).replace(" ", ""): table for table in dictionary.tables}
    there: dict[str, set[str]] = {}
    for one in returns:
        there.setdefault(plain(one.sheet).replace(" ", ""), set()).add(one.provider)
    for sheet, rows in sheets.items():
        if sheet in used:
            continue
        for index, row in enumerate(rows[:20]):
            heads = [plain(cell).replace(" ", "") for cell in row]
            found = {place: head for place, head in enumerate(heads) if head in tables}
            if "landlordcode" not in heads or not found:
                continue
            yield from _against(sheet, rows[index + 1 :], heads.index("landlordcode"), found, tables, there)
            break


def _against(
    sheet: str,
    rows: Rows,
    code_at: int,
    found: Mapping[int, str],
    tables: Mapping[str, str],
    there: Mapping[str, set[str]],
) -> Iterator[str]:
    for row in rows:
        code = words_of(row[code_at])
        for place, head in found.items():
            said, is_there = plain(row[place]), code in there.get(head, set())
            if code and said in ("yes", "no") and (said == "yes") != is_there:
                yield (
                    f"Sheet “{sheet}” says that {words_of(row[0])} is {'' if said == 'yes' else 'not '}in "
                    f"“{tables[head]}”, but it is {'' if is_there else 'not '}there."
                )


def _twice(returns: Sequence[Return]) -> Iterator[str]:
    seen: dict[tuple[str, str], int] = {}
    for one in returns:
        key = (one.sheet, one.provider)
        if key in seen:
            yield f"Sheet “{one.sheet}”: landlord {one.provider} stands in rows {seen[key]} and {one.row}."
        seen[key] = one.row


def _year(sheets: Mapping[str, Rows], dictionary: Dictionary) -> int:
    """The reporting year: as the introduction says it, else as the tables are named ("TSM25_…" is 2024-25)."""
    for rows in sheets.values():
        for row in rows[:40]:
            for cell in row[:3]:
                if isinstance(cell, str) and (found := _YEAR.search(words_of(cell))):
                    return int(found[1])
    named = {int(found[1]) for table in dictionary.tables if (found := _TABLE_YEAR.match(table))}
    if len(named) == 1:
        return 2000 + named.pop() - 1
    raise Refused("The workbook does not say which reporting year it is about.")


def _version(name: str, sheets: Mapping[str, Rows], used: set[str]) -> str:
    """The latest version that its release history or its file's name gives; nothing where neither gives one."""
    said = [tuple(int(part) for part in found.split(".")) for found in _NAMED_VERSION.findall(name)] + [
        tuple(int(part) for part in found[1].split("."))
        for sheet, rows in sheets.items()
        if sheet not in used
        for row in rows[:60]
        for cell in row[:3]
        if isinstance(cell, str) and (found := _VERSION.search(cell))
    ]
    return ".".join(str(part) for part in max(said)) if said else ""
