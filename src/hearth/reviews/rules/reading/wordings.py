"""The form's own words, made ready to be found again in print."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from hearth.reviews.rules.form import Characteristic, Form, Lettered, Question
from hearth.reviews.rules.reading.words import ANY, alike, plain_words, squeezed, unbulleted, walk, words

_NUMBER = re.compile(r"^\W*(?:q(?:uestion)?\s*)?(\d{1,2})\s*[.):]?\s*$", re.IGNORECASE)
_GLUED = re.compile(r"^\W*(?:q(?:uestion)?\s*)?(\d{1,2})\s*[.):]\s*(?=\D)", re.IGNORECASE)
_DETAIL_LABELS = {  # how earlier editions and other hands label the same details
    "area": ("Assessment area", "Area of assessment", "Title of activity or proposal"),
    "assessed": ("Date of assessment", "Assessment date"),
    "directorate": ("Directorate and Service", "Directorate & Service", "Directorate"),
    "managers": ("Manager", "Managers", "Service Manager", "Manager(s)"),
    "officer": ("Lead Officer", "Officer conducting assessment", "Officer completing assessment"),
}
_OLD_DETAIL_LABELS = frozenset({"leadofficer", "directorateservice"})
_OLD_HEADS = frozenset({"keyquestions", "answersnotes", "keyquestion", "answers", "notes"})


@dataclass(frozen=True)
class Wording:
    """One wording of one question, as plain words."""

    question: Question
    words: tuple[str, ...]
    older: bool


@dataclass(frozen=True)
class _Table:
    """A table of actions: its lead-in and its column heads."""

    question: Question
    lettered: Lettered
    words: tuple[str, ...]
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Start:
    """A question was found at the start of a text; `after` is where the text goes on behind its wording."""

    wording: Wording
    rest: tuple[str, ...]  # words of the wording that have not been printed yet
    after: str
    score: float
    numbered: bool


def number_of(cell: str) -> int | None:
    """The question number in a cell of its own ("6.", "- 8.")."""
    match = _NUMBER.match(cell)
    return int(match.group(1)) if match else None


def split_number(text: str) -> tuple[int | None, str]:
    """A number glued before a text ("9. If …") and the text without it."""
    match = _GLUED.match(text)
    return (int(match.group(1)), text[match.end() :]) if match else (None, text)


class Wordings:
    """Everything that a form prints of its own accord, and how to recognise it."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.title = squeezed(form.title)
        self.steps = {step.number: squeezed(f"Step {step.number}: {step.title}") for step in form.steps}
        self.columns = tuple(squeezed(column) for column in form.columns)
        self.tables = [
            _Table(question, lettered, plain_words(form.say(lettered.wording)), _labels(lettered))
            for question in form.questions
            for lettered in question.parts
            if lettered.answers
        ]
        self.wordings = [
            Wording(question, _with_any(text, named, form), older)
            for question in form.questions
            for text, older in self._wordings(question)
            for named in ([True, False] if "{landlord}" in text else [True])
        ]
        self.notes = self._all_notes()
        self.details = self._details()
        self.rows = {
            squeezed(name): row for row in form.characteristics for name in (row.label, row.code, *row.aliases)
        }

    def _wordings(self, question: Question) -> list[tuple[str, bool]]:
        current = question.wording
        for lettered in question.parts:
            if not lettered.answers:
                current += f" {lettered.letter}) {lettered.wording}"
        return [(current, False), *((text, True) for text in question.older)]

    def _all_notes(self) -> list[tuple[str, ...]]:
        texts = [note for question in self.form.questions for note in question.notes]
        texts += list(self.form.footnotes) + [row.note for row in self.form.characteristics if row.note]
        return [plain_words(self.form.say(text)) for text in texts]

    def _details(self) -> dict[str, str]:
        labels: dict[str, str] = {}
        for name, own in self.form.details.items():
            for label in (own, *_DETAIL_LABELS.get(name, ())):
                labels.setdefault(squeezed(label), name)
        return labels

    def step(self, text: str) -> int | None:
        """The number of the step whose heading this is, however broken (trap T3)."""
        said = squeezed(text)
        if not 4 < len(said) < 80:
            return None
        return next((number for number, head in self.steps.items() if alike(said, head)), None)

    def is_title(self, text: str) -> bool:
        """Whether this is the form's title, as a first line or as a running header (trap T13)."""
        return len(text) < 120 and alike(squeezed(text), self.title, 0.9)

    def titled(self, text: str) -> bool:
        """Whether this is the form's title with its subject behind it: "Customer Access Review: parking permits"."""
        head, colon, subject = text.rpartition(":")
        return bool(colon and subject.strip()) and len(text) < 300 and alike(squeezed(head), self.title, 0.9)

    def is_heading(self, text: str) -> bool:
        """Whether this is a heading that no step carries: "Assessment details", "NOTES:"."""
        return squeezed(text) in {"assessmentdetails", "notes", "note"}

    def is_note(self, text: str) -> bool:
        """Whether this is one of the form's notes or its footnote, whole or cut by a page."""
        said = plain_words(unbulleted(text))
        if len(said) < 4:
            return False
        for note in self.notes:
            step = walk(said, note)
            if step.same >= 4 and step.same >= 0.8 * len(said):
                return True
        return False

    def detail(self, label: str) -> tuple[str, bool] | None:
        """The detail that a label asks for, and whether it is an earlier edition's label."""
        said = squeezed(label)
        if not 4 < len(said) < 60:
            return None
        for known, name in self.details.items():
            if alike(said, known, 0.9):
                return name, known in _OLD_DETAIL_LABELS
        return None

    def detail_before(self, line: str) -> tuple[tuple[str, bool] | None, str, str]:
        """The detail whose label starts a line without a table, the label, and the rest of the line."""
        said = words(line)
        for count in range(min(5, len(said)), 0, -1):
            label = line[: said[count - 1].end]
            name = self.details.get(squeezed(label))
            if name:
                return (name, squeezed(label) in _OLD_DETAIL_LABELS), label, after_words(line, count)
        return None, "", ""

    def flat_matrix(self, line: str) -> bool:
        """Whether a line is the matrix's header without its columns."""
        return len(line) < 200 and alike(squeezed(line), "".join(self.columns), 0.92)

    def flat_actions(self, line: str) -> Lettered | None:
        """The table of actions whose header stands on a line without its columns."""
        said = squeezed(line) if len(line) < 300 else ""
        return next((t.lettered for t in self.tables if alike(said, "".join(t.columns), 0.92)), None)

    def row_before(self, line: str) -> tuple[Characteristic | None, str, str]:
        """The characteristic whose label starts a line without a table, the label, and the rest of the line."""
        said = words(line)
        for count in range(min(6, len(said)), 0, -1):
            label = line[: said[count - 1].end]
            row = self.rows.get(squeezed(label))
            if row:
                return row, label, line[said[count - 1].end :].lstrip("* ")
        return None, "", line

    def old_heads(self, cells: Sequence[str]) -> bool:
        """Whether a row is the column heads of the 2011 edition ("Key Questions", "Answers/Notes")."""
        said = [squeezed(cell) for cell in cells if cell.strip()]
        return 0 < len(said) <= 2 and all(s in _OLD_HEADS for s in said) and "notes" not in said[:1]

    def matrix_columns(self, cells: Sequence[str]) -> dict[int, int] | None:
        """Which cell of the matrix's header stands for which column; None if this is no such header."""
        found = {
            place: column
            for place, cell in enumerate(cells)
            for column, label in enumerate(self.columns)
            if alike(squeezed(cell), label)
        }
        return found if len(set(found.values())) >= 3 else None

    def action_columns(self, cells: Sequence[str]) -> tuple[Question, Lettered, dict[int, int]] | None:
        """The action table whose header this is, with its columns by cell."""
        best: tuple[Question, Lettered, dict[int, int]] | None = None
        said = [(place, squeezed(cell)) for place, cell in enumerate(cells) if 3 < len(cell) < 80]
        for table in self.tables:
            found = {
                place: column
                for place, cell in said
                for column, label in enumerate(table.columns)
                if alike(cell, label)
            }
            if len(found) >= max(3, len(table.columns) // 2) and (best is None or len(found) > len(best[2])):
                best = (table.question, table.lettered, found)
        return best

    def table_lead(self, text: str) -> tuple[Question, Lettered, str] | None:
        """The lettered part ("b) If any negative impacts …") whose wording this text starts with."""
        _, plain = split_number(unbulleted(text))
        said = plain_words(plain[:1000])
        for table in self.tables:
            for known in ((table.lettered.letter, *table.words), table.words):
                step = walk(said, known)
                if step.same >= 5 and step.same >= 0.7 * min(len(said), len(known)):
                    return table.question, table.lettered, after_words(plain, step.text)
        return None

    def row(self, label: str) -> Characteristic | None:
        """The characteristic whose row starts with this label."""
        said = squeezed(label)
        if not 2 < len(said) < 60:
            return None
        if said in self.rows:
            return self.rows[said]
        return next((row for name, row in self.rows.items() if len(name) > 4 and alike(said, name, 0.88)), None)

    def start(self, text: str, number: int | None = None) -> Start | None:
        """The question whose wording a text starts with, or is the start of. `number` is what is printed before it."""
        glued, plain = split_number(unbulleted(text))
        number = glued if glued is not None else number
        said = words(plain[:3000])
        tokens = tuple(word.plain for word in said)
        if not tokens:
            return None
        best: Start | None = None
        for wording in self.wordings:
            start = self._start(wording, tokens, plain, number)
            if start and (best is None or (start.numbered, start.score) > (best.numbered, best.score)):
                best = start
        return best

    def _start(self, wording: Wording, tokens: tuple[str, ...], plain: str, number: int | None) -> Start | None:
        step = walk(tokens, wording.words)
        numbered = number is not None and number == wording.question.number
        least = min(2 if numbered else 4, len(wording.words))
        if step.same < least or step.same < 0.7 * step.wording:
            return None
        partial = step.text >= len(tokens) - 1 and step.same >= 0.75 * len(tokens)
        whole = step.wording >= 0.85 * len(wording.words)
        if not (partial or whole or (numbered and step.same >= 0.4 * len(wording.words))):
            return None
        if not whole and not numbered and step.same < 5:
            return None
        if number is not None and not numbered and step.same < 0.7 * len(wording.words):
            return None
        score = step.same / max(1, len(wording.words)) + 0.01 * step.same
        after = after_words(plain, step.text) if step.text < len(tokens) else ""
        if wording.words[-1] == ANY:
            after = behind_name(after)
        return Start(wording, wording.words[step.wording :], after, score, numbered)


def _labels(lettered: Lettered) -> tuple[str, ...]:
    return tuple(squeezed(column) for column in lettered.columns)


def _with_any(text: str, named: bool, form: Form) -> tuple[str, ...]:
    """The words of a wording, with the landlord's own name or with any name in its place."""
    if named:
        return plain_words(form.say(text))
    pieces = [plain_words(piece) for piece in text.split("{landlord}")]
    return tuple(word for piece in pieces for word in (ANY, *piece))[1:]


def behind_name(text: str) -> str:
    """What follows a landlord's name that ends a question ("… of Northmere Homes? No …")."""
    return re.sub(r"^[^?.\n]{1,60}\?\s*", "", text)


def after_words(text: str, count: int) -> str:
    """What is left of a text behind its first words, without the marks that closed them."""
    if count <= 0:
        return text
    said = words(text)
    if count >= len(said):
        return ""
    return re.sub(r"^[\s?.:;,)\]'’\"”*_]+", "", text[said[count - 1].end :])
