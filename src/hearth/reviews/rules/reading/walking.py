"""Walk through a printed review item by item and put every piece of text under its own question.

Each item is tried against what the form itself prints (headings, labels, wordings, column heads); what is none of it
belongs to whatever was open last. The traps named in comments are those of the importer's specification (T1 to T18).
"""

from __future__ import annotations

import re

from hearth.reviews.rules.form import Form
from hearth.reviews.rules.reading.around import Around
from hearth.reviews.rules.reading.details import DetailsBlock
from hearth.reviews.rules.reading.gathered import Asked, Chunk, Gathered
from hearth.reviews.rules.reading.grids import Grids
from hearth.reviews.rules.reading.sections import SectionedImpacts
from hearth.reviews.rules.reading.signing import SigningTable, add_lines, open_signing
from hearth.reviews.rules.reading.source import Image, Item, Line, PageBreak, Row, Source, running_headers
from hearth.reviews.rules.reading.tables import ActionTables, ImpactTable
from hearth.reviews.rules.reading.wordings import Start, Wordings, after_words, behind_name, number_of
from hearth.reviews.rules.reading.words import (
    ANY,
    plain_words,
    squeezed,
    unbulleted,
    walk,
)

_PAGE_NUMBER = re.compile(r"^\W*page\s+\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?\W*$", re.IGNORECASE)


class Walker:
    """Holds what is open while the items pass: the question, the table, the page."""

    def __init__(self, form: Form, wordings: Wordings) -> None:
        self.form = form
        self.words = wordings
        self.found = Gathered()
        self.page = 1
        self.line = 0
        self.mode = "preamble"
        self.step: int | None = None
        self.asked: Asked | None = None
        self.rest: tuple[str, ...] = ()
        self.number = ""  # a question number that stood alone on its line
        self.grids = Grids(self.found, wordings)
        self.details = DetailsBlock(self.found, wordings)
        self.impacts = ImpactTable(self.found, wordings)
        self.actions = ActionTables(self.found)
        self.around = Around(self.found, wordings)
        self.sections = SectionedImpacts(self.found, wordings)
        self.signing_table = SigningTable(self.found)

    # ------------------------------------------------------------------ items

    def walk(self, source: Source) -> Gathered:
        """Pass through all items."""
        headers = running_headers(source)
        for item in source.items:
            self.line += 1
            self._item(item, headers)
        self._give_back_number()
        return self.found

    def _item(self, item: Item, headers: set[str]) -> None:
        if isinstance(item, PageBreak):
            self.page += 1
        elif isinstance(item, Image):
            self._image(item)
        elif isinstance(item, Line):
            if item.running or squeezed(item.text) in headers:
                if self.words.is_title(item.text):
                    self.found.title = self.found.title or item.text.strip()
                self.found.keep(item.text)
                return
            for paragraph in item.text.split("\n"):
                self._cells([paragraph], cell=False)
        elif isinstance(item, Row):
            cells = list(item.cells)
            while cells and not cells[-1].strip():
                cells.pop()
            self._cells(cells, cell=True)

    def _image(self, item: Image) -> None:
        self.found.keep(item.alt)
        if self.mode == "signing" and self.found.signings:
            self.found.signings[-1].image = True

    def _cells(self, cells: list[str], *, cell: bool) -> None:
        said = [text for text in cells if text.strip()]
        if not said:
            return
        if len(said) == 1 and number_of(said[0]) == (self.asked.number if self.asked else 0) + 1:
            self._give_back_number()
            self.number = said[0]
            return
        if self._furniture(cells, said) or self._headers(cells, said) or self._question(cells, cell=cell):
            return
        if self._sectioned(said, cell=cell) or self._sign_table(cells, cell=cell):
            return
        self._give_back_number()
        if self._signing(said) or self._details(said, cell=cell) or self._notes(said):
            return
        self._goes_on(cells, said, cell=cell)

    def _sectioned(self, said: list[str], *, cell: bool) -> bool:
        """A heading or a short table of question 8 where that is printed in sections."""
        if self.asked is None or self.asked.part != "impacts" or self.mode not in {"question", "between", "sections"}:
            return False
        if not self.sections.opens(said, cell=cell):
            return False
        self._give_back_number()
        self.mode, self.rest = "sections", ()
        return True

    def _sign_table(self, cells: list[str], *, cell: bool) -> bool:
        """A table of signatures behind the last answer: its heads, or a row of it."""
        if not cell:
            return False
        if self.mode == "sign_table":
            return self.signing_table.take(cells)
        if not self._may_sign(cells[0]) or self.asked is None or not self.signing_table.opens(cells):
            return False
        self._give_back_number()
        self.mode = "sign_table"
        return True

    def _give_back_number(self) -> None:
        """A number alone that no question followed is part of whatever is open."""
        number, self.number = self.number, ""
        if number:
            self._goes_on([number], [number], cell=False)

    # -------------------------------------------------------- the form's own words

    def _furniture(self, cells: list[str], said: list[str]) -> bool:
        whole = " ".join(said)
        if len(whole) > 200:
            return False
        step = self.words.step(whole)
        if step is not None:
            if step == self.step:
                self.page += 1  # a step heading is printed again only on the next page
            if step != self.step and self.mode in {"matrix", "actions", "details", "preamble"}:
                self.mode = "between"
            self.step = step
            self.found.steps.add(step)
            self.found.keep(*said)
            return True
        if self.words.is_title(whole):
            self.found.title = self.found.title or whole.strip()
            self.page += 1
            self.found.keep(*said)
            return True
        if self.around.has(said, self.mode, last=self.asked is not None and self._may_sign(whole)):
            self.found.keep(*said)
            return True
        if self.words.is_heading(whole) or _PAGE_NUMBER.match(whole):
            if squeezed(whole) == "assessmentdetails":
                self.mode = "details"
            self.found.keep(*said)
            return True
        if self.words.old_heads(said):
            self.found.old_labels = True
            self.found.keep(*said)
            return True
        return False

    def _headers(self, cells: list[str], said: list[str]) -> bool:
        if len(said) >= 3:
            columns = self.words.matrix_columns(cells)
            if columns:
                self.found.keep(*said)
                self.impacts.open(columns)
                self.mode = "matrix"
                return True
            table = self.words.action_columns(cells)
            if table:
                self.found.keep(*said)
                self.actions.open(table[1], table[2])
                self.mode = "actions"
                return True
        if len(said) == 1 and self.words.flat_matrix(said[0]):
            self.found.keep(said[0])
            self.impacts.open({column: column for column in range(len(self.form.columns))}, flat=True)
            self.mode = "matrix"
            return True
        if len(said) == 1 and (flat := self.words.flat_actions(said[0])):
            self.found.keep(said[0])
            self.actions.open(flat, {})
            self.mode = "actions"
            return True
        lead = self.words.table_lead(" ".join(said)) if len(said) <= 2 else None
        if lead:
            _, lettered, after = lead
            self.mode = "actions"
            self.actions.open(lettered, {})
            printed = " ".join(said)
            self.found.keep(printed[: len(printed) - len(after)] if after else printed)
            if after.strip() and self.words.table_lead(after):
                self.found.keep(after)  # the wordings of both tables, printed before either
            elif after.strip():
                self.actions.take([after], self.page)
            return True
        return False

    # ------------------------------------------------------------------ questions

    def _question(self, cells: list[str], *, cell: bool) -> bool:
        places = [place for place, text in enumerate(cells) if text.strip()]
        first = places[0]
        number = number_of(cells[first])
        at = first
        if number is not None and len(places) > 1:
            at = places[1]
        elif number is not None:
            return False
        elif self.number:
            number = number_of(self.number)
        start = self.words.start(cells[at], number)
        if start is None:
            return self._by_number(cells, places, number)
        if self.mode == "matrix" and len(places) >= 3 and not start.numbered:
            return False
        self.found.keep(self.number, cells[first] if at != first else "")
        self.number = ""
        self._begin(start, cells[at])
        self._answer_cells([start.after, *cells[at + 1 :]], cell=cell)
        return True

    def _begin(self, start: Start, printed: str) -> None:
        question = start.wording.question
        self.found.keep(printed[: len(printed) - len(start.after)] if start.after else printed)
        asked = self.found.asked.get(question.number)
        if asked is None:
            asked = Asked(question.number, question.answers, started_on=self.page)
            self.found.asked[question.number] = asked
        asked.older = asked.older or start.wording.older
        total = len(start.wording.words)
        asked.score = max(asked.score, (total - len(start.rest)) / total)
        self.asked, self.rest, self.mode = asked, start.rest, "question"
        if self.rest == (ANY,):
            self.rest = ()
        self.grids.reset()

    def _by_number(self, cells: list[str], places: list[int], number: int | None) -> bool:
        """A number in its own column where the next question is due, though its wording cannot be made out."""
        last = self.asked.number if self.asked else 0
        if number is None or len(places) < 2 or places[0] != 0 or number != last + 1 or self.mode == "matrix":
            return False
        try:
            question = self.form.question(number)
        except KeyError:
            return False
        if len(places) < 3 and not cells[places[1]].strip().endswith("?"):
            return False
        self.found.keep(cells[places[0]], cells[places[1]])
        self.asked = Asked(number, question.answers, 0.3, by_number_only=True, started_on=self.page)
        self.found.asked[number] = self.asked
        self.rest, self.mode = (), "question"
        self.grids.reset()
        message = f"Question {number} was recognised by its number only. Check its wording and its answer."
        self.found.doubt("wording", question.answers or str(number), message, cells[places[1]])
        self._answer_cells(cells[places[1] + 1 :], cell=True)
        return True

    def _consume(self, text: str) -> str | None:
        """Take the rest of the question's own wording off a text (traps T5 and T7); None if it is none of it."""
        if not self.rest:
            return None
        tokens = plain_words(unbulleted(text)[:3000])
        step = walk(tokens, self.rest)
        if not tokens or step.same < min(2, len(tokens), len(self.rest)):
            return None
        whole = step.same >= 0.75 * len(tokens)
        ends = step.wording >= 0.85 * len(self.rest) and step.same >= 0.7 * len(self.rest) and step.same >= 3
        if not whole and not ends:
            return None
        self.rest = self.rest[step.wording :]
        if self.asked:
            total = step.wording + len(self.rest)
            self.asked.score = min(1.0, self.asked.score + (1 - self.asked.score) * step.wording / max(1, total))
        plain = unbulleted(text)
        after = after_words(plain, step.text) if step.text < len(tokens) else ""
        if self.rest == (ANY,):
            self.rest, after = (), behind_name(after)
        self.found.keep(plain[: len(plain) - len(after)] if after else plain)
        return after

    # ------------------------------------------------------------------ answers

    def _goes_on(self, cells: list[str], said: list[str], *, cell: bool) -> None:
        if self.mode == "matrix" and cell:
            self.impacts.take(cells, self.page, self.line)
        elif self.mode == "matrix" and self.impacts.flat:
            self.impacts.take_line(said[0])
        elif self.mode == "actions":
            self.actions.take(cells, self.page)
        elif self.mode == "sections":
            self.sections.take(said, self.page, self.line)
        elif self.mode == "signing":
            add_lines(self.found, said)
        elif self.mode == "details" and self.details.last and not cells[0].strip() and cell:
            self.details.goes_on(said)
        elif self.asked is not None and self.mode in {"question", "matrix", "between"}:
            first = next(place for place, text in enumerate(cells) if text.strip())
            if first <= 1:
                after = self._consume(cells[first])
                if after is not None:
                    if cell and any(text.strip() for text in cells[first + 1 :]):
                        self.asked.split = self.asked.split or self.page != self.asked.started_on
                        self.asked.interleaved = not self.asked.split
                    self._answer_cells([after, *cells[first + 1 :]], cell=cell)
                    return
            self._answer_cells(cells, cell=cell)
        else:
            self.found.lose(*said)

    def _answer_cells(self, cells: list[str], *, cell: bool) -> None:
        """Put cells under the open question."""
        asked = self.asked
        said = [text for text in cells if text.strip()]
        if asked is None or not said:
            return
        if asked.part == "profile":
            said = self.grids.take(cells, self.page)
        elif asked.part == "impacts":
            said = ["\n".join(line for line in text.split("\n") if not self._note_line(line)) for text in said]
            said = [text for text in said if text.strip()]
        if not said:
            return
        if not asked.part:
            self.found.lose(*said)
            return
        joined = " ".join(said) if asked.part == "committee" else " | ".join(said) if len(said) > 1 else said[0]
        text = joined.replace("\t", " | ").strip()
        if text:
            asked.chunks.append(Chunk(text, self.page, cell, self.line))

    def _note_line(self, line: str) -> bool:
        note = self.words.is_note(line) or self.words.is_heading(unbulleted(line))
        if not note:
            note = self._consume(line) == "" if self.rest else False
            return note
        self.found.keep(line)
        return True

    def _notes(self, said: list[str]) -> bool:
        if len(said) == 1 and self.words.is_note(said[0]) and "\n" not in said[0]:
            self.found.keep(said[0])
            return True
        return False

    def _signing(self, said: list[str]) -> bool:
        if self.mode == "preamble" or (self.mode != "signing" and not self._may_sign(said[0])):
            return False
        if not open_signing(self.found, said):
            return False
        self.mode = "signing"
        return True

    def _may_sign(self, text: str) -> bool:
        if self.asked is None or not self.asked.part:
            return True
        # Inside an answer "Approved by Cabinet on …" is a sentence; only behind the last answer may it be a signature.
        last = max((question.number for question in self.form.questions if question.answers), default=0)
        return self.asked.number >= last and len(text) < 120

    def _details(self, said: list[str], *, cell: bool) -> bool:
        if self.asked is not None or not self.details.take(said, cell=cell, opened=self.mode == "details"):
            return False
        self.mode = "details"
        return True
