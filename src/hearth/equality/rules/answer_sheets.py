"""Reading a sheet of people's answers: one row a person, one column a characteristic (PROF-14, SYS-10). Pure.

What is wrong names the row and the column and what to do, never what the cell held: the list of what is wrong is
handed around, and must not hold what somebody told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from hearth.equality.rules.figures import CHARACTERISTICS, title_of
from hearth.equality.rules.people import Standing, Told
from hearth.equality.rules.sheets import Row
from hearth.equality.rules.uploads import code_of
from hearth.kernel.figures import plain_label
from hearth.kernel.refusals import Refused

KEYS = ("key", "reference", "person", "person reference", "person key", "tenant reference", "customer reference")
CONSENT = ("consent", "consent given", "has consented")
YES = {"yes", "y", "true", "1", "x"}
NO = {"", "no", "n", "false", "0"}
WORDS = {
    Standing.PREFER_NOT: ("prefer not to say", "prefers not to say", "refused", "declined", "rather not say"),
    Standing.UNKNOWN: ("not known", "unknown", "don't know", "not stated", "no answer", "blank"),
    Standing.NOT_APPLICABLE: ("not applicable", "does not apply", "n/a", "na"),
}

STANDINGS = {plain_label(word): standing for standing, words in WORDS.items() for word in words}


@dataclass(frozen=True)
class Question:
    """What a column may hold: the set's answers by label and code, each with its number."""

    characteristic: str
    set_name: str
    several: bool
    answers: Mapping[str, int]  # plain label or code: number of the category
    standings: Mapping[str, Standing] = field(default_factory=dict)  # the set's own unknown answers


@dataclass(frozen=True)
class SheetRow:
    """What one row says of one person."""

    row: int
    key: str
    consent: bool
    told: tuple[Told, ...]


@dataclass(frozen=True)
class Problem:
    """What is wrong in one row; `column` is its header, or empty where the whole row is meant."""

    row: int
    column: str
    why: str


def question_of(
    characteristic: str, set_name: str, several: bool, categories: Sequence[tuple[int, str, str, bool]]
) -> Question:
    """A question from the categories of its set: (number, label, code, says nothing about the person)."""
    answers: dict[str, int] = {}
    standings: dict[str, Standing] = {}
    for number, label, code, unknown in categories:
        names = [plain_label(label), *([plain_label(code)] if code else [])]
        if unknown:
            prefer = "prefer" in plain_label(label) or "not to say" in plain_label(label)
            standings.update(dict.fromkeys(names, Standing.PREFER_NOT if prefer else Standing.UNKNOWN))
        else:
            for name in names:
                answers.setdefault(name, number)
    return Question(characteristic, set_name, several, answers, standings)


def read_answers(rows: Sequence[Row], questions: Mapping[str, Question]) -> tuple[list[SheetRow], list[Problem]]:
    """The rows that can be used and what is wrong with the others. An empty cell says nothing and changes nothing.

    Raises Refused where the sheet has no column of references or none that is asked about.
    """
    head, columns, key_at, consent_at = _columns(rows, questions)
    good: list[SheetRow] = []
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    for number, cells in rows[head + 1 :]:
        key = _text(cells[key_at] if key_at < len(cells) else "")
        if not key:
            problems.append(Problem(number, str(rows[head][1][key_at]), "Give the person's reference."))
            continue
        if key in seen:
            problems.append(Problem(number, "", f"The same person stands in row {seen[key]} already."))
            continue
        seen[key] = number
        found, wrong = _row(number, cells, columns, questions)
        consent = _text(cells[consent_at]).casefold() if consent_at is not None and consent_at < len(cells) else ""
        if consent not in YES | NO:
            wrong.append(Problem(number, str(rows[head][1][consent_at or 0]), "Write yes or no."))
        if wrong:
            problems += wrong
        elif found:
            good.append(SheetRow(number, key, consent in YES, tuple(found)))
    return good, problems


def _columns(
    rows: Sequence[Row], questions: Mapping[str, Question]
) -> tuple[int, dict[int, tuple[str, str]], int, int | None]:
    """The row of headers, which column is about what, and where the reference and the consent stand."""
    for index, (_, cells) in enumerate(rows[:20]):
        heads = [plain_label(_text(cell)) for cell in cells]
        key_at = next((heads.index(name) for name in KEYS if name in heads), None)
        if key_at is None:
            continue
        consent_at = next((heads.index(name) for name in CONSENT if name in heads), None)
        columns: dict[int, tuple[str, str]] = {}
        for place, cell in enumerate(cells):
            code = code_of(_text(cell)) if place not in (key_at, consent_at) and _text(cell) else ""
            if code in questions:
                if code in [known for known, _ in columns.values()]:
                    raise Refused(f"Two columns are about {title_of(code)}. Keep one of them.", field="file")
                columns[place] = (code, _text(cell))
            elif code in CHARACTERISTICS:
                raise Refused(f"{title_of(code)} is not asked, so the column “{_text(cell)}” cannot be read in. Choose "
                              "a category set for it first, or leave the column out.", field="file")  # fmt: skip
        if columns:
            return index, columns, key_at, consent_at
        asked = ", ".join(title_of(code) for code in questions) or "nothing yet"
        raise Refused(f"No column is about anything that is asked. Asked is: {asked}.", field="file")
    raise Refused("The first row must name the columns: Reference, and what each other column is about.", field="file")


def _row(
    number: int, cells: Sequence[Any], columns: Mapping[int, tuple[str, str]], questions: Mapping[str, Question]
) -> tuple[list[Told], list[Problem]]:
    found: list[Told] = []
    wrong: list[Problem] = []
    for place, (code, head) in columns.items():
        cell = cells[place] if place < len(cells) else ""
        if isinstance(cell, (date, datetime)):
            wrong.append(Problem(number, head, "The spreadsheet has made a date of this. Format the column as text."))
            continue
        text = _text(cell)
        if not text:
            continue
        try:
            found.append(_told(text, questions[code]))
        except Refused as refused:
            wrong.append(Problem(number, head, refused.message))
    return found, wrong


def _told(text: str, question: Question) -> Told:
    plain = plain_label(text)
    standing = question.standings.get(plain) or STANDINGS.get(plain)
    if plain in question.answers:
        return Told(question.characteristic, Standing.ANSWERED, (question.answers[plain],))
    if standing:
        return Told(question.characteristic, standing)
    parts = [plain_label(part) for part in text.split(";") if part.strip()]
    if len(parts) > 1 and all(part in question.answers for part in parts):
        if not question.several:
            raise Refused(f"Give one answer of the category set “{question.set_name}”.")
        return Told(
            question.characteristic, Standing.ANSWERED, tuple(dict.fromkeys(question.answers[p] for p in parts))
        )
    raise Refused(f"This is not an answer of the category set “{question.set_name}”.")


def _text(cell: Any) -> str:
    """A cell as text; a whole number that a spreadsheet keeps as 12.0 is 12."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return " ".join(str(cell if cell is not None else "").split())
