"""The reader itself: walk, mend what pages broke, build the parts, and say how sure it is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hearth.reviews.rules.content import (
    PART_CLASSES,
    ActionRow,
    ActionTable,
    Content,
    Details,
    Grid,
    Impact,
    NextReview,
    Profile,
    Text,
)
from hearth.reviews.rules.form import Form
from hearth.reviews.rules.reading import parts
from hearth.reviews.rules.reading.dates import days_in
from hearth.reviews.rules.reading.gathered import Asked, Gathered, MatrixRow
from hearth.reviews.rules.reading.joining import drop_repeats, joined, move_figures
from hearth.reviews.rules.reading.result import Placed, Reading
from hearth.reviews.rules.reading.signing import sign_offs
from hearth.reviews.rules.reading.source import Source
from hearth.reviews.rules.reading.walking import Walker
from hearth.reviews.rules.reading.wordings import Wordings
from hearth.reviews.rules.reading.words import is_tick_cell, is_ticked

_BUILDERS = {
    "aims": parts.aims,
    "affected": parts.affected,
    "contribution": parts.contribution,
    "dictated": parts.dictated,
    "consultation": parts.consultation,
    "gaps": parts.gaps,
    "partners": parts.partners,
    "approval": parts.approval,
    "committee": parts.committee,
    "monitoring": parts.monitoring,
}
_ACTION_FIELDS = ("need", "action", "outcome", "due", "monitoring", "officer")
_OLDER_CONFIDENCE = 0.4
_LOWERED = {
    "T1": 0.6,
    "T2": 0.8,
    "T11": 0.8,
    "T4": 0.7,
    "wording": 0.8,
    "unknown-row": 0.8,
    "repeated": 0.8,
    "flat": 0.3,
}


def read(source: str | Source, form: Form) -> Reading:
    """Read a printed review as this form prints it (reference, section 2).

    Never raises: a text that is no review comes back with `is_review` False and a reason in plain words.
    """
    if isinstance(source, str):
        source = Source.from_text(source)
    wordings = Wordings(form)
    found = Walker(form, wordings).walk(source)
    move_figures(found, wordings)
    answers: dict[int, str] = {}
    for number, asked in sorted(found.asked.items()):
        drop_repeats(asked, found)
        answers[number] = joined(asked.chunks, found, asked.part)
    content = _content(found, answers, form)
    signed = sign_offs(found)
    older = found.old_labels or any(asked.older for asked in found.asked.values())
    placed = _placed(found, content)
    confidence, is_review, reason = _verdict(found, form, placed, older=older)
    if is_review:
        _missing(found, form)
    if older:
        message = "The wording is that of an earlier edition of the form. Check every answer against the print."
        found.doubt("T17", "", message)
    return Reading(
        form_key=form.key,
        edition_guess=(f"before {form.edition}" if older else form.edition) if is_review else "",
        confidence=confidence,
        is_review=is_review,
        reason=reason,
        content=content,
        sign_offs=signed,
        placed=placed,
        unplaced=tuple(found.unplaced),
        doubts=tuple(found.doubts),
        printed_title=found.title,
        answers={number: text for number, text in answers.items() if found.asked[number].part},
        furniture=tuple(found.furniture),
    )


def _content(found: Gathered, answers: dict[int, str], form: Form) -> Content:
    values: dict[str, Any] = {"details": _details(found)}
    extra: dict[str, str] = {}
    for number, asked in found.asked.items():
        text, part = answers[number], asked.part
        if part in _BUILDERS:
            values[part] = _BUILDERS[part](text, form)
        elif part == "profile":
            tables = (Grid(rows=tuple(found.grid)),) if found.grid else ()
            values[part] = Profile(text=text, tables=tables)
        elif part == "next_review":
            days = days_in(text)
            values[part] = NextReview(text, days[0][0].isoformat() if len(days) == 1 else "")
        elif part.startswith("extra."):
            extra[part.removeprefix("extra.")] = text
        elif part == "impacts" or part not in PART_CLASSES:
            if text:
                found.unplaced.append(text)
        elif PART_CLASSES[part] is Text:
            values[part] = Text(text)
        elif text:
            found.unplaced.append(text)
    for key, rows in found.actions.items():
        values[key] = _actions(rows, none=key in found.no_actions)
    impacts = tuple(_impact(found.matrix[row.code], found) for row in form.characteristics if row.code in found.matrix)
    return replace(Content(), **values, impacts=impacts, extra=extra)


def _details(found: Gathered) -> Details:
    said = {name: text.strip() for name, text in found.details.items()}
    return Details(
        area=said.get("area", ""),
        assessed=said.get("assessed", ""),
        directorate=said.get("directorate", ""),
        managers=parts.split_managers(said.get("managers", "")),
        officer=said.get("officer", ""),
    )


def _actions(rows: list[list[str]], *, none: bool) -> ActionTable:
    """A table of actions; "N/A", an empty row and no row at all hold no row (trap T16)."""
    read_rows = tuple(ActionRow(**dict(zip(_ACTION_FIELDS, row, strict=False))) for row in rows)
    return ActionTable(rows=read_rows, none=none and not read_rows)


def _impact(row: MatrixRow, found: Gathered) -> Impact:
    part = f"impacts.{row.code}"
    texts = {column: joined(row.cells.get(column, []), found, part) for column in (1, 2)}
    ticks = {}
    for column in (3, 4, 5):
        cells = [chunk.text for chunk in row.cells.get(column, [])]
        ticks[column] = any(is_ticked(cell) for cell in cells)
        for cell in cells:
            if not is_tick_cell(cell):
                found.unplaced.append(cell)
                message = "There is a text where only a tick belongs. It was not placed."
                found.doubt("T4", part, message, cell)
    for column, text in texts.items():
        if text and is_tick_cell(text):
            if not is_ticked(text):
                texts[column] = ""
            else:
                message = "A positive or negative impact is ticked, but not described."
                found.doubt("T4", part, message, text)
    impact = Impact(
        row.code,
        positive=texts[1],
        negative=texts[2],
        no_impact=ticks[3],
        unknown=ticks[4],
        not_applicable=ticks[5],
        **row.beside,
    )
    if impact.typed_not_applicable:
        message = "“Not applicable” is typed where impacts are described. It was read as “not applicable”."
        found.doubt("T18", part, message, texts[1] or texts[2])
    return impact


def _confidence(asked: Asked, codes: list[str]) -> Placed:
    if asked.by_number_only:
        return Placed(0.3, "Only the number of the question could be recognised.")
    confidence, reasons = min(1.0, asked.score), ["The wording of the question was recognised."]
    if asked.older:
        confidence, reasons = _OLDER_CONFIDENCE * confidence, ["The wording is that of an earlier edition."]
    elif asked.score < 0.95:
        reasons = ["The wording of the question was recognised in part."]
    if asked.interleaved:
        confidence *= 0.9
        reasons.append("Question and answer are printed line by line beside each other.")
    if asked.split:
        reasons.append("The wording of the question goes on behind a page break.")
    for code in codes:
        confidence *= _LOWERED.get(code, 1.0)
        if code in _LOWERED:
            reasons.append(f"There is a doubt ({code}).")
    return Placed(round(confidence, 2), " ".join(reasons))


def _placed(found: Gathered, content: Content) -> dict[str, Placed]:
    codes: dict[str, list[str]] = {}
    for doubt in found.doubts:
        codes.setdefault(doubt.part, [])
        if doubt.code not in codes[doubt.part]:
            codes[doubt.part].append(doubt.code)
    placed: dict[str, Placed] = {}
    if found.details:
        sure = 0.5 if found.old_labels else min(1.0, len(found.details) / 5)
        reason = "Some labels are those of an earlier edition." if found.old_labels else "The labels were recognised."
        placed["details"] = Placed(round(sure, 2), reason)
    for asked in found.asked.values():
        if asked.part and asked.part != "impacts":
            placed[asked.part] = _confidence(asked, codes.get(asked.part, []))
    for impact in content.impacts:
        key, sure = f"impacts.{impact.characteristic}", 1.0
        for code in codes.get(key, []):
            sure *= _LOWERED.get(code, 1.0)
        placed[key] = Placed(round(sure, 2), "The row of the impact table was recognised.")
    for key in found.action_columns:
        placed[key] = Placed(1.0, "The column heads of the table were recognised.")
    for key in found.no_actions:
        placed.setdefault(key, Placed(0.9, "The table says that there is nothing to list."))
    return placed


def _verdict(found: Gathered, form: Form, placed: dict[str, Placed], *, older: bool) -> tuple[float, bool, str]:
    """How sure the reader is that this is a review on this form, and why (or why not)."""
    total = len(form.questions)
    known = [asked for asked in found.asked.values() if not asked.by_number_only]
    score = sum(min(1.0, a.score) * (_OLDER_CONFIDENCE if a.older else 1.0) for a in known) / max(1, total)
    extras = 0.03 * bool(found.title) + 0.01 * min(5, len(found.details)) + 0.02 * bool(found.matrix)
    confidence = round(min(1.0, score * 0.9 + extras), 2)
    enough = len(known) >= max(4, total // 4) or (
        len(known) >= 2 and (bool(found.title) + (len(found.details) >= 3) + (len(found.matrix) >= 5)) >= 1
    )
    if enough and older:
        confidence = min(confidence, _OLDER_CONFIDENCE)
        return confidence, True, f"{len(known)} of {total} questions were found, some in an earlier wording."
    if enough:
        return confidence, True, f"{len(known)} of {total} questions of the form were found."
    if not known and not found.details and not found.unplaced and not found.furniture:
        return 0.0, False, "There is no text to read."
    few = "None" if not known else f"Only {len(known)}"
    reason = f"{few} of the {total} questions of the {form.title} were found, so this is not read as one."
    return min(confidence, 0.2), False, reason


def _missing(found: Gathered, form: Form) -> None:
    for question in form.questions:
        if question.answers and question.number not in found.asked:
            message = f"Question {question.number} was not found."
            found.doubt("missing", question.answers, message)
    rows = [row.label for row in form.characteristics if row.code not in found.matrix]
    if rows and found.matrix:
        found.doubt("missing", "impacts", "Rows of the impact table were not found: " + ", ".join(rows) + ".")
