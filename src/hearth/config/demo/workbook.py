"""A workbook of the regulator's shape, all of it invented, so that "Measures" has something to show.

Forty landlords that do not exist, with counts drawn from a seed, so that the same year gives the same figures
everywhere. Nothing in it is a figure of any real landlord.
"""

from __future__ import annotations

import io
import math
from collections.abc import Mapping
from datetime import date
from random import Random
from typing import Any

from hearth.kernel.samples import accuracy_for, bands_on, margin, required_sample

LANDLORDS = 40
OWN = {"dartford": "X01", "thornbridge": "X02"}  # who the demonstration's landlords are in it
_OWN_NAMES = {"X01": "The demonstration council (invented)", "X02": "Thornbridge Borough Council"}
_FIRST = [
    "Alderwyke",
    "Brambleford",
    "Cinderhythe",
    "Dovemere",
    "Elmsworthy",
    "Fallowgate",
    "Gorsecombe",
    "Harrowmede",
    "Inglestow",
    "Jessamy",
]
_LAST = ("District Council", "Homes", "Housing Trust", "City Council")
_REGIONS = ("South East", "London", "North West", "East Midlands", "South West")
_SIZES = ((5_000, "Less than 5,000"), (10_000, "5,000 to 9,999"), (10**9, "10,000 or more"))
_ANSWERS = {
    "VS": "very satisfied",
    "FS": "fairly satisfied",
    "NSD": "neither satisfied nor dissatisfied",
    "FD": "fairly dissatisfied",
    "VD": "very dissatisfied",
}
# Each measure: what it is about, its usual level in per cent, and what comes before or beside the five answers.
_ASKED = {
    "TP01": ("with the service provided by their landlord", 71, ""),
    "TP02": ("with the overall repairs service", 73, "filter"),
    "TP03": ("with the time taken to complete their most recent repair", 69, "filter"),
    "TP04": ("that their home is well maintained", 72, ""),
    "TP05": ("that their home is safe", 77, "don't know"),
    "TP06": ("that their landlord listens to their views and acts upon them", 61, "don't know"),
    "TP07": ("that their landlord keeps them informed about things that matter", 71, "don't know"),
    "TP08": ("that their landlord treats them fairly and with respect", 77, "don't know"),
    "TP09": ("with their landlord's approach to complaints handling", 36, "filter"),
    "TP10": ("that communal areas are kept clean and well maintained", 66, "filter"),
    "TP11": ("that their landlord makes a positive contribution to the neighbourhood", 64, "don't know"),
    "TP12": ("with their landlord's approach to anti-social behaviour", 59, "don't know"),
}
# Measures from records: what is counted, what it is divided by, per how many, the usual share and its spread.
_COUNTED = {
    "RP01": ("homes that do not meet the Decent Homes Standard", "homes", 100, 3, 3),
    "RP02_1": ("non-emergency repairs within target", "non-emergency repairs", 100, 82, 8),
    "RP02_2": ("emergency repairs within target", "emergency repairs", 100, 93, 5),
    "BS01": ("homes with all gas safety checks", "homes that need one", 100, 99.8, 0.2),
    "BS02": ("homes with all fire risk assessments", "homes whose building needs one", 100, 99, 1),
    "BS03": ("homes with all asbestos surveys", "homes whose building needs one", 100, 98, 2),
    "BS04": ("homes with all water risk assessments", "homes whose building needs one", 100, 98, 2),
    "BS05": ("homes with all lift safety checks", "homes whose building needs one", 100, 97, 3),
    "NM01_1": ("anti-social behaviour cases", "homes", 1000, 38, 20),
    "NM01_2": ("anti-social behaviour cases with hate incidents", "homes", 1000, 0.7, 0.6),
}
_OF = {"RP02_1": 2.6, "RP02_2": 0.9, "BS01": 0.84, "BS02": 0.37, "BS03": 0.31, "BS04": 0.22, "BS05": 0.11}
_SYSTEM = "System Property"
_BASE = (
    "Landlord name",
    "Landlord code",
    "Landlord type",
    "Landlord group size (homes owned)",
    "Landlord predominant region",
)
Row = tuple[str, str, str]  # caption, name of the field, question


def latest_year(today: date) -> int:
    """The reporting year that has been published by now: the one before the last that ended in March."""
    return today.year - (1 if (today.month, today.day) >= (4, 1) else 2)


def made(year: int) -> bytes:
    """The workbook of the reporting year that begins on 1 April of `year`, as an XLSX file."""
    ending = f"{(year + 1) % 100:02}"
    tables = {f"TSM{ending}_LCRA_Perception": _perception(), f"TSM{ending}_Management_Info": _management()}
    landlords = [_landlord(number, year) for number in range(1, LANDLORDS + 1)]
    heads = ["Table", "Column Heading", "Data Field Name", "Survey_Datapoint", "Survey Question"]
    dictionary = [[table, row[0], row[1], "", row[2]] for table, rows in tables.items() for row in rows]
    sheets: dict[str, list[list[Any]]] = {
        "Introduction": [
            ["Invented figures of invented landlords, made for the demonstration of Hearth"],
            [f"The information relates to the reporting year 1 April {year} to 31 March {year + 1}."],
        ],
        "Data Dictionary": [["Data Dictionary"], [], heads, *dictionary],
    }
    for table, rows in tables.items():
        captions = [row[0] for row in rows]
        body = [[one.get(caption, "[X]") for caption in captions] for one in landlords]
        sheets[table] = [[table], ["Notes:"], captions, *body]
    return _as_xlsx(sheets)


def _system(*captions: str) -> list[Row]:
    return [(caption, _SYSTEM, _SYSTEM) for caption in captions]


def _perception() -> list[Row]:
    rows = [
        *_system(*_BASE),
        ("Relevant tenant population size", "Relevant_ten_pop_size_a", "Confirm the size of your tenant population"),
        *_system("Required minimum sample size"),
        ("Total sample size achieved", "Total_sample_size_a", "Please confirm the total number of responses"),
        *_system("Estimated margin of error achieved"),
        ("Tenants excluded from sample frame", "Excluded_tens_a", "How many tenants did you not include?"),
        ("Sample or census", "Census_or_Sample_a", "Did you use a census or a sample?"),
        ("Number of responses by method - Telephone", "Responses_Telephone_a", "Responses by method - Telephone"),
        ("Number of responses by method - Internet", "Responses_Internet_a", "Responses by method - Internet"),
        ("Number of responses by method - Postal", "Responses_Postal_a", "Responses by method - Postal"),
    ]
    for code, (about, _, kind) in _ASKED.items():
        rows.append(
            (f"Proportion of respondents who report that they are satisfied {about} ({code})",
             f"{code}_Satisfied_Calc_LCRA", f"{code} - How satisfied? - Calculated TSM")
        )  # fmt: skip
        if kind == "filter":
            rows += [(f"Number who were asked {code}: {said}", f"{code}_Filter_{said}_LCRA",
                      f"{code} - Filter - {said}") for said in ("Yes", "No")]  # fmt: skip
        rows += [
            (f"Number of respondents who report that they are {words} {about} ({code})", f"{code}_{name}_LCRA",
             f"{code} - How satisfied? - {words.capitalize()}")
            for name, words in _ANSWERS.items()
        ]  # fmt: skip
        if kind == "don't know":
            rows.append((f"Number of respondents who report 'not applicable/ don't know' ({code})",
                         f"{code}_NADK_LCRA", f"{code} - How satisfied? - Not applicable/ don't know"))  # fmt: skip
    return rows


def _management() -> list[Row]:
    rows = [*_system(*_BASE)]
    for name, (part, whole, per, *_) in _COUNTED.items():
        code = name.replace("_", " ")
        share = "Proportion" if per == 100 else "Number per 1,000 homes"
        rows += _three(name, code, share, part, whole)
    for stage, words in ((1, "stage one"), (2, "stage two")):
        rows += _three(
            f"CH01_{stage}", f"CH01 {stage}", "Number per 1,000 homes", f"{words} complaints", "homes", "LCRA"
        )
        answered = f"{words} complaints answered in time"
        rows += _three(f"CH02_{stage}", f"CH02 {stage}", "Proportion", answered, f"{words} complaints", "LCRA")
    return rows


def _three(name: str, code: str, share: str, part: str, whole: str, tenure: str = "") -> list[Row]:
    """A measure's figure and the two counts that it is made of."""
    of, field = (f"{tenure} - ", f"_{tenure}") if tenure else ("", "")
    bare = code.partition(" ")[0]
    return [
        (f"{of}{share} of {part} ({code})", f"{name}_Calculated_Value{field}", f"{bare} - {part} - Calculated"),
        (f"{of}Number of {part} ({code} Numerator)", f"{name}_Numerator{field}", f"{bare} - Numerator"),
        (f"{of}Number of {whole} ({code} Denominator)", f"{name}_Denominator{field}", f"{bare} - Denominator"),
    ]


def _landlord(number: int, year: int) -> dict[str, Any]:
    """Everything that one landlord answered in one year; its nature stays, its luck changes."""
    nature, luck = Random(f"landlord {number}"), Random(f"landlord {number} in {year}")  # noqa: S311 - invented figures
    code = f"X{number:02}"
    homes = (
        4159
        if number == 1
        else nature.choice((1_150, 2_900, 4_300, 6_800, 8_900, 14_500, 31_000)) + nature.randrange(800)
    )
    council = number <= len(OWN) or number % 4 in (0, 3)
    name = _OWN_NAMES.get(code) or f"{_FIRST[number % 10]} {_LAST[(number // 10 + number) % 4]}"
    council = council if code in _OWN_NAMES else name.endswith("Council")
    base = {
        "Landlord name": name,
        "Landlord code": code,
        "Landlord type": "LA" if council else "PRP",
        "Landlord group size (homes owned)": next(words for most, words in _SIZES if homes < most),
        "Landlord predominant region": "South East" if number < 3 else nature.choice(_REGIONS),
    }
    level = nature.gauss(0, 7) + luck.gauss(0, 1.5)
    return {**base, **_answers(homes, level, year, luck), **_records(homes, level, luck)}


def _answers(homes: int, level: float, year: int, luck: Random) -> dict[str, Any]:
    accuracy = accuracy_for(homes, bands_on(date(year, 4, 1)).bands)
    need = required_sample(homes, accuracy)
    responses = math.ceil(need * luck.uniform(1.02, 1.5))
    internet, postal = round(responses * luck.uniform(0.1, 0.4)), round(responses * luck.uniform(0, 0.1))
    found: dict[str, Any] = {
        "Relevant_ten_pop_size_a": homes,
        "Required minimum sample size": need,
        "Total_sample_size_a": responses,
        "Estimated margin of error achieved": margin(homes, responses),
        "Excluded_tens_a": luck.choice((0, 0, 0, 7, 21)),
        "Census_or_Sample_a": "Sample" if responses < homes / 2 else "Census",
        "Responses_Telephone_a": responses - internet - postal,
        "Responses_Internet_a": internet,
        "Responses_Postal_a": postal,
    }
    for code, (_, usual, kind) in _ASKED.items():
        asked = responses
        if kind == "filter":
            asked = round(responses * luck.uniform(0.6, 0.7) * (0.4 if code == "TP09" else 1))
            found |= {f"{code}_Filter_Yes_LCRA": asked, f"{code}_Filter_No_LCRA": responses - asked}
        elif kind:
            unsure = round(responses * luck.uniform(0.01, 0.08))
            asked, found[f"{code}_NADK_LCRA"] = responses - unsure, unsure
        counts = _scale(asked, min(max(usual + level + luck.gauss(0, 2), 8), 96))
        found |= {f"{code}_{name}_LCRA": count for name, count in zip(_ANSWERS, counts, strict=True)}
        found[f"{code}_Satisfied_Calc_LCRA"] = 100 * (counts[0] + counts[1]) / sum(counts)
    return _by_caption(found, _perception())


def _scale(asked: int, satisfied: float) -> list[int]:
    """Five answers that come to so many, with so many per cent satisfied."""
    good = round(asked * satisfied / 100)
    very, rest = round(good * 0.52), asked - good
    neither, fairly = round(rest * 0.37), round(rest * 0.3)
    return [very, good - very, neither, fairly, rest - neither - fairly]


def _records(homes: int, level: float, luck: Random) -> dict[str, Any]:
    found: dict[str, Any] = {}

    def counted(name: str, part: int, whole: int, per: int, tenure: str = "") -> None:
        found[f"{name}_Calculated_Value{tenure}"] = per * part / whole if whole else "[Z]"
        found[f"{name}_Numerator{tenure}"], found[f"{name}_Denominator{tenure}"] = part, whole

    for name, (_, _, per, usual, spread) in _COUNTED.items():
        whole = round(homes * _OF.get(name, 1) * luck.uniform(0.95, 1))
        whole = homes if name not in _OF else whole
        share = abs(luck.gauss(usual, spread / 2)) + (level / 5 if name.startswith("RP02") else 0)
        counted(name, min(round(whole * share / per), whole), whole, per)
    for stage, usual in ((1, 45), (2, 7)):
        cases = max(round(homes * luck.uniform(0.5, 1.5) * usual / 1000), 3)
        counted(f"CH01_{stage}", cases, homes, 1000, "_LCRA")
        counted(f"CH02_{stage}", round(cases * min(luck.uniform(0.7, 1.05), 1)), cases, 100, "_LCRA")
    return _by_caption(found, _management())


def _by_caption(found: Mapping[str, Any], rows: list[Row]) -> dict[str, Any]:
    """Values by the captions of their columns, given by the names of the fields (or by the captions themselves)."""
    captions = {row[1]: row[0] for row in rows}
    return {captions.get(name, name): value for name, value in found.items()}


def _as_xlsx(sheets: Mapping[str, list[list[Any]]]) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return out.getvalue()
