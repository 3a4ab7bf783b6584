"""A small invented workbook of the regulator's shape: other names, places and order, the same kind of words."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any

ANSWERS = {
    "VS": "very satisfied",
    "FS": "fairly satisfied",
    "NSD": "neither satisfied nor dissatisfied",
    "FD": "fairly dissatisfied",
    "VD": "very dissatisfied",
}
SUBJECTS = {"TP01": "with the service provided by their landlord", "TP05": "that their home is safe"}
LANDLORDS = [  # code, name, type, size, region, population, responses, TP01 counts, TP05 counts and don't know
    ("A1", "Anvil Homes", "PRP", "<5,000", "North", 4160, 977, (40, 30, 10, 10, 10), (50, 25, 10, 10, 5, 3)),
    ("B2", "Brook District Council", "LA", "<5,000", "South", 5640, 771, (20, 20, 20, 20, 20), (30, 30, 20, 10, 10, 7)),
    (4711, "Copper Homes", "PRP", ">40000", "South", 30_000, 2_400, (60, 20, 5, 5, 10), (60, 20, 5, 5, 10, 1)),
    ("D4", "Dale City Council", "LA", ">40000", "North", 2_000, 400, (10, 10, 10, 10, 10), (20, 10, 10, 5, 5, 2)),
]
SYSTEM = "System Property"
HEADS = ("Table", "Column Heading", "Data Field Name", "Survey_Datapoint", "Survey Question")


def entries(table: str) -> list[tuple[str, str, str, str, str]]:
    """The dictionary's rows of the perception table; captions of TP05's counts are those of another subject."""
    rows = [
        (table, "Landlord name", SYSTEM, SYSTEM, SYSTEM),
        (table, "Landlord code", SYSTEM, SYSTEM, SYSTEM),
        (table, "Landlord type", SYSTEM, SYSTEM, SYSTEM),
        (table, "Landlord group size (homes owned)", SYSTEM, SYSTEM, SYSTEM),
        (table, "Landlord predominant region", SYSTEM, SYSTEM, SYSTEM),
        (table, "Relevant tenant population size", "Relevant_ten_pop_size_a", "DP_TSML015", "Confirm the size"),
        (table, "Required minimum sample size", SYSTEM, SYSTEM, SYSTEM),
        (table, "Total sample size achieved", "Total_sample_size_a", "DP_TSML024", "The total number of responses"),
        (table, "Estimated margin of error achieved", SYSTEM, SYSTEM, SYSTEM),
    ]
    number = 200
    for code, subject in SUBJECTS.items():
        rows.append(
            (table, f"Proportion of respondents who report that they are satisfied {subject} ({code})",
             f"{code}_Satisfied_Calc_LCRA", f"DP_TSML{number}", f"{code} - How satisfied? - Calculated TSM")
        )  # fmt: skip
        said = SUBJECTS["TP01"] if code == "TP05" else subject
        for name, words in ANSWERS.items():
            number += 1
            rows.append(
                (table, f"Number of respondents who report that they are {words} {said} ({code})",
                 f"{code}_{name}_LCRA", f"DP_TSML{number}", f"{code} - How satisfied? - {words.capitalize()}")
            )  # fmt: skip
        number += 1
    rows.append(
        (table, "Number of respondents who report 'not applicable/ don't know' (TP05)", "TP05_NADK_LCRA",
         f"DP_TSML{number}", "TP05 - How satisfied? - Not applicable/ don’t know*")
    )  # fmt: skip
    return rows


def management(table: str) -> list[tuple[str, str, str, str, str]]:
    """The dictionary's rows of the table of management measures."""
    rows = entries(table)[:5]
    rows.append((table, "Any additional notes from RSH", SYSTEM, SYSTEM, SYSTEM))
    for code, words in (("RP01", "homes that do not meet the standard"), ("BS01", "homes checked for gas")):
        rows += [
            (table, f"Proportion of {words} ({code})", f"{code}_Calculated_Value", "", f"{code} - x - Calculation"),
            (table, f"Number of {words} ({code} Numerator)", f"{code}_Numerator", "", f"{code} - Numerator"),
            (
                table,
                f"Number of homes, {words} ({code} Denominator)",
                f"{code}_Denominator",
                "",
                f"{code} - Denominator",
            ),
        ]
    return rows


Change = Callable[[dict[str, list[list[Any]]]], None]


def sheets(year: int = 26, *, landlords: Sequence[tuple[Any, ...]] = LANDLORDS) -> dict[str, list[list[Any]]]:
    """The sheets as rows: notes above the tables, columns in reverse order, captions with footnote marks."""
    perception, records = f"TSM{year}_LCRA_Perception", f"TSM{year}_Management_Info"
    told = [*entries(perception), *management(records)]
    return {
        "About": [[f"The information relates to the reporting year 1 April 20{year - 1} to 31 March 20{year}."]],
        "What is what": [["Dictionary"], ["One table"], [], list(HEADS), *(list(row) for row in told)],
        perception: _sheet(entries(perception), [_answers(one) for one in landlords]),
        f"TSM{year}_Management _Info": _sheet(management(records), [_records(one) for one in landlords]),
        f"TSM{year}_Perception_Not_Inc": [
            ["Landlord name", "Landlord code", "Notes from RSH following TSM review"],
            ["Ember Homes", "E5", "The survey's wording differed."],
        ],
    }


def _sheet(rows: Sequence[tuple[str, ...]], values: Sequence[Mapping[str, Any]]) -> list[list[Any]]:
    captions = [row[1] for row in rows][::-1]
    marked = [f"{caption}2,3" if caption.startswith(("Required", "Estimated")) else caption for caption in captions]
    table = [[one.get(caption, "[X]") for caption in captions] for one in values]
    return [["Back to contents"], ["Notes:"], ["1. Some note."], marked, *table, [], ["2. Another note."]]


def _base(one: tuple[Any, ...]) -> dict[str, Any]:
    code, name, kind, size, region = one[:5]
    return {
        "Landlord name": name,
        "Landlord code": code,
        "Landlord type": kind,
        "Landlord group size (homes owned)": size,
        "Landlord predominant region": region,
    }


def _answers(one: tuple[Any, ...]) -> dict[str, Any]:
    import math

    population, responses, first, fifth = one[5:9]
    accuracy = 5 if population < 2500 else 4 if population < 10_000 else 3 if population < 25_000 else 2
    n0 = 9604 / accuracy**2
    found = {
        **_base(one),
        "Relevant tenant population size": population,
        "Required minimum sample size": n0 / (1 + n0 / population),
        "Total sample size achieved": responses,
        "Estimated margin of error achieved": 98
        / math.sqrt(responses)
        * math.sqrt((population - responses) / (population - 1)),
    }
    for row in entries("x"):
        for code, counts in (("TP01", first), ("TP05", fifth)):
            if row[2] == f"{code}_Satisfied_Calc_LCRA":
                found[row[1]] = 100 * sum(counts[:2]) / sum(counts[:5])
            for name, count in zip((*ANSWERS, "NADK"), counts, strict=False):
                if row[2] == f"{code}_{name}_LCRA":
                    found[row[1]] = count
    return found


def _records(one: tuple[Any, ...]) -> dict[str, Any]:
    homes, found = one[5], _base(one)
    for row in management("x"):
        for code, part in (("RP01", homes // 50), ("BS01", homes - 3)):
            told = {f"{code}_Calculated_Value": 100 * part / homes, f"{code}_Numerator": part,
                    f"{code}_Denominator": homes}  # fmt: skip
            if row[2] in told:
                found[row[1]] = told[row[2]]
    return found


def column(rows: Sequence[Sequence[Any]], caption: str) -> int:
    """Where a column stands in a sheet of the invented workbook."""
    head = next(row for row in rows if "Landlord name" in row)
    return next(place for place, cell in enumerate(head) if str(cell).startswith(caption))


def row_of(rows: Sequence[list[Any]], name: str) -> list[Any]:
    """A landlord's row."""
    return next(row for row in rows if name in row)


def put(book: dict[str, list[list[Any]]], sheet: str, landlord: str, caption: str, value: Any) -> None:
    """Write one cell of the invented workbook."""
    rows = next(rows for name, rows in book.items() if sheet in name)
    row_of(rows, landlord)[column(rows, caption)] = value


def as_xlsx(book: Mapping[str, Sequence[Sequence[Any]]]) -> bytes:
    """The sheets as an Excel file."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as written:
        for name, rows in book.items():
            sheet = written.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return out.getvalue()
