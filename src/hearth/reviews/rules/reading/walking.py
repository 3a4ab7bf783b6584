"""Walk through a printed review item by item and put every piece of text under its own question.

Each item is tried against what the form itself prints (headings, labels, wordings, column heads); what is none of it
belongs to whatever was open last. The traps named in comments are those of the importer's specification (T1 to T18).
"""

from __future__ import annotations

import re

from hearth.reviews.rules.form import Form
from hearth.reviews.rules.reading.gathered import Asked, Chunk, Gathered, MatrixRow, Signing
from hearth.reviews.rules.reading.grids import Grids
from hearth.reviews.rules.reading.source import Image, Item, Line, PageBreak, Row, Source
from hearth.reviews.rules.reading.wordings import Start, Wordings, after_words, number_of
from hearth.reviews.rules.reading.words import (
    is_tick_cell,
    plain_words,
    says_nothing,
    squeezed,
    unbulleted,
    walk,
)

_SIGNED = re.compile(
    r"^\W*(agreed|reviewed|approved|authorised|authorized|endorsed|signed(?:\s+off)?)\s+by\b[\s:]*(.*)$",
    re.IGNORECASE | re.DOTALL,
)
_PAGE_NUMBER = re.compile(r"^\W*page\s+\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?\W*$", re.IGNORECASE)
_DATE_TAIL = re.compile(r"^(?P<post>.+?)\s*(?:[–—:,]|\s-\s|\bon\b)\s*(?P<tail>[^–—]*\d{4}\W*)$", re.DOTALL)
_VALUE = re.compile(r"\d|^(?:unknown|not (?:known|held|stated)|n/?a|none|nil|-|–)$", re.IGNORECASE)


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
        self.columns: dict[int, int] = {}
        self.table = ""
        self.row: MatrixRow | None = None
        self.detail = ""
        self.grids = Grids(self.found, wordings)
        self.page_of_last_action = 0

    # ------------------------------------------------------------------ items

    def walk(self, source: Source) -> Gathered:
        """Pass through all items."""
        headers = running_headers(source)
        for item in source.items:
            self.line += 1
            self._item(item, headers)
        return self.found

    def _item(self, item: Item, headers: set[str]) -> None:
        if isinstance(item, PageBreak):
            self.page += 1
        elif isinstance(item, Image):
            self._image(item)
        elif isinstance(item, Line):
            if squeezed(item.text) in headers:
                self._keep(item.text)
                return
            for paragraph in item.text.split("\n"):
                self._cells([paragraph], cell=False)
        elif isinstance(item, Row):
            cells = list(item.cells)
            while cells and not cells[-1].strip():
                cells.pop()
            self._cells(cells, cell=True)

    def _image(self, item: Image) -> None:
        self._keep(item.alt)
        if self.mode == "signing" and self.found.signings:
            self.found.signings[-1].image = True

    def _keep(self, *texts: str) -> None:
        self.found.furniture.extend(text for text in texts if text.strip())

    def _lose(self, *texts: str) -> None:
        self.found.unplaced.extend(text for text in texts if text.strip())

    def _cells(self, cells: list[str], *, cell: bool) -> None:
        said = [text for text in cells if text.strip()]
        if not said:
            return
        if self._furniture(cells, said) or self._headers(cells, said) or self._question(cells, cell=cell):
            return
        if self._signing(said) or self._details(cells, said) or self._notes(said):
            return
        self._goes_on(cells, said, cell=cell)

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
                self.mode, self.table = "between", ""
            self.step = step
            self.found.steps.add(step)
            self._keep(*said)
            return True
        if self.words.is_title(whole):
            self.found.title = self.found.title or whole.strip()
            self.page += 1
            self._keep(*said)
            return True
        if self.words.is_heading(whole) or _PAGE_NUMBER.match(whole):
            if squeezed(whole) == "assessmentdetails":
                self.mode = "details"
            self._keep(*said)
            return True
        if self.words.old_heads(said):
            self.found.old_labels = True
            self._keep(*said)
            return True
        return False

    def _headers(self, cells: list[str], said: list[str]) -> bool:
        if len(said) >= 3:
            columns = self.words.matrix_columns(cells)
            if columns:
                self._keep(*said)
                if self.mode != "matrix":
                    self.row = None if not self.found.matrix else self.row
                self.mode, self.columns = "matrix", columns
                return True
            table = self.words.action_columns(cells)
            if table:
                _, lettered, self.columns = table
                self._keep(*said)
                self.mode, self.table = "actions", lettered.answers
                self.found.actions.setdefault(lettered.answers, [])
                self.found.action_columns[lettered.answers] = lettered.columns
                return True
        if len(said) <= 2:
            lead = self.words.table_lead(" ".join(said))
            if lead:
                _, lettered, after = lead
                self.mode, self.table, self.columns = "actions", lettered.answers, {}
                self.found.actions.setdefault(lettered.answers, [])
                self._keep(" ".join(said)[: len(" ".join(said)) - len(after)])
                if after.strip():
                    self._action([after])
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
        start = self.words.start(cells[at], number)
        if start is None:
            return self._by_number(cells, places, number)
        if self.mode == "matrix" and len(places) >= 3 and not start.numbered:
            return False
        if at != first:
            self._keep(cells[first])
        self._begin(start, cells[at])
        self._answer_cells([start.after, *cells[at + 1 :]], cell=cell)
        return True

    def _begin(self, start: Start, printed: str) -> None:
        question = start.wording.question
        self._keep(printed[: len(printed) - len(start.after)] if start.after else printed)
        asked = self.found.asked.get(question.number)
        if asked is None:
            asked = Asked(question.number, question.answers, started_on=self.page)
            self.found.asked[question.number] = asked
        asked.older = asked.older or start.wording.older
        total = len(start.wording.words)
        asked.score = max(asked.score, (total - len(start.rest)) / total)
        self.asked, self.rest, self.mode = asked, start.rest, "question"
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
        self._keep(cells[places[0]], cells[places[1]])
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
        self._keep(plain[: len(plain) - len(after)] if after else plain)
        return after

    # ------------------------------------------------------------------ answers

    def _goes_on(self, cells: list[str], said: list[str], *, cell: bool) -> None:
        if self.mode == "matrix" and len(cells) > 1:
            self._impact(cells)
        elif self.mode == "actions":
            self._action(cells)
        elif self.mode == "signing":
            self._sign_line(said)
        elif self.mode == "details" and self.detail and not cells[0].strip() and cell:
            self.found.details[self.detail] += "\n" + " ".join(said)
        elif self.asked is not None and self.mode in {"question", "matrix", "between"}:
            first = next(place for place, text in enumerate(cells) if text.strip())
            if first <= 1:
                after = self._consume(cells[first])
                if after is not None:
                    if cell and any(text.strip() for text in cells[first + 1 :]):
                        self.asked.interleaved = True
                    self._answer_cells([after, *cells[first + 1 :]], cell=cell)
                    return
            self._answer_cells(cells, cell=cell)
        else:
            self._lose(*said)

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
            self._lose(*said)
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
        self._keep(line)
        return True

    def _notes(self, said: list[str]) -> bool:
        if len(said) == 1 and self.words.is_note(said[0]) and "\n" not in said[0]:
            self._keep(said[0])
            return True
        return False

    def _details(self, cells: list[str], said: list[str]) -> bool:
        if self.asked is not None:
            return False
        label, values = said[0], said[1:]
        found = self.words.detail(label)
        if found is None and len(said) >= 2:
            found, values = self.words.detail(said[0] + said[1]), said[2:]  # trap T3: "Off | ficer conducting …"
            label = " ".join(said[:2])
        if found is None and len(said) == 1 and ":" in label:
            label, _, value = label.partition(":")
            found, values = self.words.detail(label), [value]
        if found is None:
            return False
        name, old = found
        self.mode, self.detail = "details", name
        self.found.old_labels = self.found.old_labels or old
        self._keep(label)
        value = " ".join(values).strip()
        held = self.found.details.get(name)
        if held and squeezed(held) == squeezed(value):
            self._keep(value)  # a row printed again behind a page break
        elif held and value:
            self._lose(value)
            message = f"“{label.strip()}” is printed twice with different answers. The first was kept."
            self.found.doubt("repeated", "details", message, value)
        else:
            self.found.details[name] = value
        return True

    # ------------------------------------------------------------------ tables

    def _impact(self, cells: list[str]) -> None:
        label_at = next((place for place, column in self.columns.items() if column == 0), 0)
        label = cells[label_at] if label_at < len(cells) else ""
        row = self.words.row(label) if label.strip() else None
        if label.strip() and row is None:
            self._lose(" | ".join(text for text in cells if text.strip()))
            message = "A row of the impact table is about a group that this form does not list. It was not placed."
            self.found.doubt("unknown-row", "impacts", message, label)
            return
        if row is not None:
            self._keep(label)
            self.row = self.found.matrix.setdefault(row.code, MatrixRow(row.code))
        if self.row is None:  # a continuation (trap T10) of nothing
            self._lose(*[text for text in cells if text.strip()])
            return
        for place, text in enumerate(cells):
            if place == label_at or not text.strip():
                continue
            column = self.columns.get(place)
            if column is None:
                self._lose(text)
            else:
                chunk = Chunk(text.replace("\t", " | "), self.page, True, self.line)
                self.row.cells.setdefault(column, []).append(chunk)

    def _action(self, cells: list[str]) -> None:
        said = [text for text in cells if text.strip()]
        if all(says_nothing(text) or is_tick_cell(text) for text in said):
            self.found.no_actions.add(self.table)  # trap T16
            self._keep(*said)
            return
        if not self.columns:
            self._lose(*said)
            message = "Text stands where a table of actions should be. It was not placed."
            self.found.doubt("no-table", self.table, message, said[0])
            return
        values = [""] * len(self.found.action_columns[self.table])
        for place, text in enumerate(cells):
            column = self.columns.get(place)
            if column is not None:
                values[column] = text.replace("\t", " | ").strip()
            else:
                self._lose(text)
        rows = self.found.actions[self.table]
        goes_on = rows and not values[0] and any(values) and self.page != self.page_of_last_action
        if goes_on:
            rows[-1] = ["\n".join(filter(None, pair)) for pair in zip(rows[-1], values, strict=True)]
        elif any(values):
            rows.append(values)
        self.page_of_last_action = self.page

    # ------------------------------------------------------------------ sign-off

    def _may_sign(self, text: str) -> bool:
        if self.mode == "signing" or self.asked is None or not self.asked.part:
            return self.mode != "preamble"
        # Inside an answer "Approved by Cabinet on …" is a sentence, so only the form's own manner of signing counts.
        later = self.asked.number >= max((q.number for q in self.form.questions if q.answers), default=0)
        return later and len(text) < 120

    def _signing(self, said: list[str]) -> bool:
        match = _SIGNED.match(said[0])
        if not match or len(said[0]) > 200 or not self._may_sign(said[0]):
            return False
        verb, rest = match.group(1).capitalize() + " by", match.group(2).strip()
        first, *lines = rest.split("\n")
        tail = _DATE_TAIL.match(first)
        signing = Signing(verb, first.strip().rstrip(":").strip())
        if tail and re.search(r"\d", tail["tail"]):
            signing = Signing(verb, tail["post"].strip().rstrip(":").strip(), inline=tail["tail"].strip())
        self.found.signings.append(signing)
        self.mode, self.table = "signing", ""
        self._sign_line([*lines, *said[1:]])
        return True

    def _sign_line(self, said: list[str]) -> None:
        signing = self.found.signings[-1]
        for text in said:
            for line in text.split("\n"):
                if line.strip().lower().startswith("[image]"):
                    signing.image = True
                    self._keep(line)
                elif line.strip():
                    signing.lines.append(line.strip())


def running_headers(source: Source) -> set[str]:
    """Lines that stand first or last on three pages or more (numbers aside): headers and footers (trap T13)."""
    seen: dict[str, int] = {}
    items = [None, *source.items, None]
    for before, item, after in zip(items, items[1:], items[2:], strict=False):
        at_edge = isinstance(before, PageBreak) or isinstance(after, PageBreak) or before is None or after is None
        if isinstance(item, Line) and at_edge and 2 <= len(plain_words(item.text)) <= 14:
            key = squeezed(item.text)
            seen[key] = seen.get(key, 0) + 1
    return {key for key, times in seen.items() if times >= 3 and key}
