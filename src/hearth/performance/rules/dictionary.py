"""The workbook's own data dictionary: what each column holds, whatever its place and its year (reference 4.5 no. 7).

A row of the dictionary says the same thing up to three times: in the name of the database field ("TP05_VS_LCRA"), in
the question ("TP05 - ... - Very satisfied") and in the caption ("... very satisfied ... (TP05)"). All three are read.
The words of a caption about the subject are never trusted, because the regulator's are shifted for TP05 and TP06; its
code in brackets and the datapoint's number are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from hearth.kernel.refusals import Refused
from hearth.performance.rules.cells import plain, words_of
from hearth.performance.rules.measures import Tenure

Rows = Sequence[Sequence[Any]]
HEADS = {"table": "table", "caption": "column heading", "name": "data field name", "question": "survey question"}


class Key(NamedTuple):
    """What a column holds: a part of a measure ("TP05", "vs"), or a fact about the return ("", "population")."""

    measure: str
    part: str
    tenure: str = ""  # where the column says it itself, as those of complaints do


@dataclass(frozen=True)
class Entry:
    """One row of the dictionary."""

    table: str
    caption: str
    name: str
    question: str
    datapoint: str  # "DP_TSML227"; nothing where the regulator worked it out
    row: int
    key: Key | None = None


@dataclass(frozen=True)
class Dictionary:
    """Every table that the dictionary names, with its entries in order, and where it contradicts itself."""

    sheet: str
    tables: Mapping[str, tuple[Entry, ...]]
    remarks: tuple[str, ...] = field(default=())


SCALE = ("vs", "fs", "ns", "fd", "vd")  # very satisfied … very dissatisfied; strongly agree … strongly disagree
_METHOD = "(telephone|internet|face ?to ?face|postal|sms|other)"
_TENURE = "(?:_(lcra|lcho|comb))?"
# The names of fields, with the slips that they are spelled with ("Fiter_No", "Resopnses_Postal", "BS01 _Applies").
_NAMES: list[tuple[str, str, str]] = [
    (rf"(tp\d\d)_(vs|fs|nsd|nsod|fd|vd|nadk){_TENURE}", "{0}", "{1}"),
    (rf"(tp\d\d)_fil?ter_(yes|no){_TENURE}", "{0}", "{1}"),
    (rf"(tp\d\d)_satisfied_calc{_TENURE}", "{0}", "published"),
    (rf"tp01_satisfied_{_METHOD}(?:_[a-z])?", "", "tp01 {0}"),
    (rf"res[a-z]*_{_METHOD}(?:_[a-z])?", "", "by {0}"),
    (r"unweighted_tp01_(vs|fs|nsd|nsod|fd|vd)(?:_[a-z])?", "", "unweighted {0}"),
    (r"unweighted_prop_satisfied(?:_[a-z])?", "", "unweighted published"),
    (r"relevant_ten_pop_size(?:_[a-z])?", "", "population"),
    (r"total_sample_size(?:_[a-z])?", "", "responses"),
    (r"excluded_tens(?:_[a-z])?", "", "excluded"),
    (r"census_or_sample(?:_[a-z])?", "", "census"),
    (r"tp01_confirm_weighting(?:_[a-z])?", "", "by method basis"),
    (r"weighting_used(?:_[a-z])?", "", "weighted"),
    (r"weighting_characteristic(\d)(?:_[a-z])?", "", "characteristic {0}"),
    (r"external_contractor_name(?:_[a-z])?", "", "contractor"),
    (rf"([a-z]{{2}}\d\d(?:_\d)?)_calculated_value{_TENURE}", "{0}", "published"),
    (rf"([a-z]{{2}}\d\d(?:_\d)?)_(numerator|denominator|applies){_TENURE}", "{0}", "{1}"),
    (r"rp02_max_timescale_non_emer", "", "non-emergency days"),
    (r"rp02_max_timescale_emer", "", "emergency hours"),
    (rf"stg(\d)_comp_(without|with)_ext{_TENURE}", "CH02({0})", "{1} extension"),
    (r"repairs_raised", "", "repairs raised"),
    (r"repairs_calculated_value|repairs_completed", "", "repairs completed"),
    (r"repairs_wip", "", "repairs outstanding"),
    (r"repairs_cancelled_reclassified", "", "repairs closed otherwise"),
]
_NAME_PATTERNS = [(re.compile(f"^(?:{pattern})$"), measure, part) for pattern, measure, part in _NAMES]
# Captions and questions, in plain words. What the regulator worked out itself has no field name, only a caption.
_WORDS: list[tuple[str, str]] = [
    (r"^landlord name$", "name"),
    (r"^landlord code$", "code"),
    (r"^landlord type$", "type"),
    (r"^landlord (group )?size", "size"),
    (r"^landlord .*region$", "region"),
    (r"above 30 supported housing", "supported"),
    (r"^required minimum sample size", "required"),
    (r"^estimated margin of error", "margin"),
    (r"notes from rsh|notes from the regulator", "notes"),
    (r"^predominant collection method", "predominant"),
    (r"repairs raised", "repairs raised"),
    (r"^number of responsive repairs completed", "repairs completed"),
    (r"repairs closed .*apart from completion", "repairs closed otherwise"),
    (r"work in progress", "repairs outstanding"),
]
_WORD_PATTERNS = [(re.compile(pattern), part) for pattern, part in _WORDS]
_CAPTION_CODE = re.compile(r"\(?\b([A-Z]{2}\d\d)(?:[ (]+(?:pt)?(\d)\)?)?(?:\s+(Numerator|Denominator|responses))?\s*\)")
_QUESTION_CODE = re.compile(r"^\s*([A-Z]{2}\d\d)(?:\s*[( ]\s*(\d)\)?)?\s*[-–]")
_ANSWERS = [
    (r"very satisfied|strongly agree", "vs"),
    (r"neither satisfied|neither agree|not satisfied or dissatisfied", "ns"),
    (r"fairly satisfied", "fs"),
    (r"fairly dissatisfied", "fd"),
    (r"very dissatisfied|strongly disagree", "vd"),
    (r"not applicable don t know", "nadk"),
]
_ANSWER_PATTERNS = [(re.compile(pattern), part) for pattern, part in _ANSWERS]
_DATAPOINT = re.compile(r"^DP_[A-Z]+\d+(/DP_[A-Z]+\d+)*$")


def find_dictionary(sheets: Mapping[str, Rows]) -> Dictionary:
    """The sheet that describes all others, found by its heading row. Raises Refused where there is none."""
    for sheet, rows in sheets.items():
        for index, row in enumerate(rows[:50]):
            heads = [plain(cell) for cell in row]
            if all(head in heads for head in HEADS.values()):
                return _read(sheet, rows, index, {part: heads.index(head) for part, head in HEADS.items()})
    raise Refused(
        "This is not the regulator's workbook of Tenant Satisfaction Measures: no sheet is a data dictionary with the "
        "columns Table, Column Heading, Data Field Name and Survey Question.",
        field="file",
    )


def _read(sheet: str, rows: Rows, head: int, places: Mapping[str, int]) -> Dictionary:
    tables: dict[str, list[Entry]] = {}
    remarks: list[str] = []
    for number, row in enumerate(rows[head + 1 :], start=head + 2):
        said = {part: words_of(row[place]) if place < len(row) else "" for part, place in places.items()}
        if not said["table"] or not said["caption"]:
            continue
        # In one edition the columns of datapoint and question reference are swapped: take what looks like a datapoint.
        datapoint = next((words_of(cell) for cell in row if _DATAPOINT.match(words_of(cell))), "")
        entry = Entry(said["table"], said["caption"], said["name"], said["question"], datapoint, number)
        key, remark = _key(entry)
        if remark:
            remarks.append(f"{sheet}, row {number}: {remark}")
        tables.setdefault(entry.table, []).append(
            Entry(entry.table, entry.caption, entry.name, entry.question, datapoint, number, key)
        )
    if not tables:
        raise Refused(f"The data dictionary (sheet “{sheet}”) describes no table.", field="file")
    shifted = [remark for entries in tables.values() for remark in shifted_captions(entries)]
    return Dictionary(sheet, {name: tuple(entries) for name, entries in tables.items()}, (*remarks, *shifted))


def _key(entry: Entry) -> tuple[Key | None, str]:
    """What an entry means, and where it contradicts itself. The field's name counts, unless both others differ."""
    named, asked, captioned = by_name(entry.name), by_words(entry.question), by_words(entry.caption)
    if named is None:
        return captioned or asked, ""
    if asked and captioned and asked[:2] == captioned[:2] != named[:2]:
        return asked, f"the field is named {entry.name}, but caption and question say “{entry.caption}”; these count."
    code = _CAPTION_CODE.search(entry.caption)
    if code and named.measure and _code(code[1], code[2]) not in (named.measure, named.measure.partition("(")[0]):
        return named, f"the field is named {entry.name}, but its caption says {_code(code[1], code[2])}."
    return named, ""


def by_name(name: str) -> Key | None:
    """What a database field's name says that it holds."""
    bare = re.sub(r"\s+", "", name).lower()
    for pattern, measure, part in _NAME_PATTERNS:
        if found := pattern.match(bare):
            groups = [one or "" for one in found.groups()]
            tenure = groups[-1].upper() if groups and groups[-1] in ("lcra", "lcho", "comb") else ""
            told = part.format(*groups).replace("facetoface", "face to face")
            return Key(_measure(measure.format(*groups)), re.sub(r"\b(nsd|nsod)\b", "ns", told), tenure)
    return None


def by_words(words: str) -> Key | None:
    """What a caption or a question says, by its code and its answer, never by the subject that it describes."""
    simple = plain(words)
    for pattern, part in _WORD_PATTERNS:
        if pattern.search(simple):
            return Key("", part)
    code = _QUESTION_CODE.search(words) or _CAPTION_CODE.search(words)
    if code is None or "unweighted" in simple or "survey method" in simple:
        return None
    measure = _code(code[1], code[2])
    prefix = re.match(r"^(lcra|lcho|combined) ", simple)
    tenure = "" if prefix is None else prefix[1][:4].upper()
    simple = simple.removeprefix(prefix[0]) if prefix else simple
    kind = (code[3] or "") if code.re is _CAPTION_CODE else ""
    if kind in ("Numerator", "Denominator"):
        return Key(measure, kind.lower(), tenure)
    if kind == "responses":
        return None  # a share that the regulator worked out of the filter question
    tail = plain(words.rpartition(" - ")[2]) if code.re is _QUESTION_CODE else simple
    if measure.startswith("TP"):
        answered = next((part for pattern, part in _ANSWER_PATTERNS if pattern.search(tail)), "")
        if answered:
            return Key(measure, answered)
    return Key(measure, "published", tenure) if re.match(r"proportion|calculat|number of .*per 1 000", tail) else None


def _measure(code: str) -> str:
    found = re.match(r"^([a-z]{2}\d\d)(?:_(\d))?$", code, re.I)
    return _code(found[1].upper(), found[2]) if found else code


def _code(code: str, part: str | None) -> str:
    return f"{code}({part})" if part else code


def shifted_captions(entries: Sequence[Entry]) -> Iterator[str]:
    """Counts whose caption describes another measure than their code says (reference 4.5 no. 7)."""
    subjects = {
        entry.key.measure: subject
        for entry in entries
        if entry.key and entry.key.part == "published" and (subject := _subject(entry.caption))
    }
    whose = {subject: code for code, subject in subjects.items()}
    found: dict[tuple[str, str], int] = {}
    for entry in entries:
        if entry.key is None or entry.key.part not in SCALE or not entry.key.measure:
            continue
        said = _subject(entry.caption)
        if said != subjects.get(entry.key.measure) and said in whose:
            pair = (entry.key.measure, whose[said])
            found[pair] = found.get(pair, 0) + 1
    for (code, other), count in found.items():
        yield (
            f"{entries[0].table}: {count} captions of counts of {code} describe {other}. They were read as {code}, by "
            "their code and datapoint."
        )


def _subject(caption: str) -> str:
    """What a caption is about: the words after the answer, without the code."""
    bare = plain(re.sub(r"\([A-Z]{2}\d\d[^)]*\).*$", "", caption))
    found = re.search(r"(?:dis)?satisfied (?!nor )(?!or )(.*)$", bare)
    return found[1] if found else ""


def tenure_of(table: str, entries: Sequence[Entry]) -> Tenure | None:
    """Whose return a table holds, by the fields in it; None for a table of management measures."""
    perception = [entry for entry in entries if entry.key and entry.key.measure.startswith("TP")]
    if not perception:
        return None
    said = {entry.key.tenure for entry in perception if entry.key and entry.key.tenure}
    if len(said) == 1:
        return Tenure(said.pop())
    for tenure, words in ((Tenure.LCRA, "lcra"), (Tenure.LCHO, "lcho"), (Tenure.COMBINED, "comb")):
        if words in table.lower():
            return tenure
    raise Refused(f"Table “{table}” of the data dictionary does not say whose answers it holds.", field="file")
