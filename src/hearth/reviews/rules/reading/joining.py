"""Make one readable text of the pieces of an answer, and say where a page may have swallowed or misplaced words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from hearth.reviews.rules.reading.gathered import Asked, Chunk, Gathered
from hearth.reviews.rules.reading.wordings import Wordings
from hearth.reviews.rules.reading.words import squeezed

_ENDS = re.compile(r"[.!?:;…][\"'’”)\]]*\s*$")
_ITEM = re.compile(r"^\s*(?:•|\(?[a-z0-9]{1,2}[.)]\s|[ivx]{1,4}[.)]\s)", re.IGNORECASE)
_LONG_LINE = 50  # a line at least this long was probably wrapped, not ended
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“‘\"'•])")
_ASKING = re.compile(
    r"\b(?:survey|consult\w*|respon\w+|questionnaire|forum|workshop|focus group|invited|feedback|meeting|comment\w*)\b",
    re.IGNORECASE,
)


def sentences(text: str) -> list[str]:
    """The sentences of a text, roughly: split behind a full stop before a capital."""
    return [part.strip() for part in _SENTENCE.split(text.replace("\n", " ")) if part.strip()]


def joined(chunks: Sequence[Chunk], found: Gathered, part: str) -> str:
    """The text of an answer: paragraphs apart by a blank line, bullets on lines of their own.

    A sentence that runs over a page is joined and doubted (trap T2); nothing is ever put in for lost words.
    """
    paragraphs: list[str] = []
    before: Chunk | None = None
    for chunk in chunks:
        lines = [line.strip() for line in chunk.text.split("\n") if line.strip()]
        if before is not None and paragraphs and lines:
            if chunk.page != before.page:
                lines = _over_page(paragraphs, lines, found, part)
            elif _runs_on(paragraphs[-1], lines[0], before, chunk):
                paragraphs[-1] = f"{paragraphs[-1]} {lines.pop(0)}"
        paragraphs.extend(lines)
        before = chunk
    return readable(paragraphs)


def _runs_on(last: str, first: str, before: Chunk, chunk: Chunk) -> bool:
    """Whether a line goes on in the next cell or line of the same page (trap T5)."""
    if _ENDS.search(last) or _ITEM.match(first):
        return False
    wrapped = chunk.row == before.row + 1 and len(before.text.split("\n")[-1]) >= _LONG_LINE
    return first[:1].islower() or wrapped


def _over_page(paragraphs: list[str], lines: list[str], found: Gathered, part: str) -> list[str]:
    last, first = paragraphs[-1], lines[0]
    cut = last[-1:].isalnum() and not _ITEM.match(last) and len(last.split()) >= 6
    goes_on = first[:1].islower() and not _ITEM.match(first) and not _ENDS.search(last)
    if goes_on or (cut and not _ITEM.match(first)):
        quote = f"…{last[-60:]} ⟂ {first[:60]}…"
        message = "A sentence runs over a page break here. Check the print: words may have been lost at the break."
        found.doubt("T2", part, message, quote)
    if goes_on:
        paragraphs[-1] = f"{last} {first}"
        return lines[1:]
    return lines


def readable(paragraphs: Sequence[str]) -> str:
    """Paragraphs with a blank line between them; the items of a list stand close together."""
    out = ""
    for place, paragraph in enumerate(paragraphs):
        close = place > 0 and bool(_ITEM.match(paragraph)) and bool(_ITEM.match(paragraphs[place - 1]))
        out += ("\n" if close else "\n\n") + paragraph if place else paragraph
    return out.strip()


def move_figures(found: Gathered, wordings: Wordings) -> None:
    """Give the profile back what a page break pushed into the next question's cell (trap T1).

    Leading sentences of that cell which speak as profile figures ("Age – 6 % of …") move when the profile's own list
    was cut by the page. Both answers are doubted.
    """
    profile = next((asked for asked in found.asked.values() if asked.part == "profile"), None)
    if profile is None or not profile.chunks:
        return
    after = found.asked.get(profile.number + 1)
    if after is None or not after.chunks or after.chunks[0].page == profile.chunks[-1].page:
        return
    if not _lists_figures(profile.chunks[-1].text, wordings):
        return
    moved, left = _split_figures(after.chunks[0].text, wordings)
    if not moved:
        return
    first = after.chunks[0]
    profile.chunks.append(replace(first, text="\n".join(moved)))
    after.chunks[0:1] = [replace(first, text=left)] if left else []
    message = (
        f"The first lines printed under question {after.number} give profile figures. They were moved to question "
        f"{profile.number}, whose list was cut by the page. Check both."
    )
    for asked in (profile, after):
        found.doubt("T1", asked.part, message, moved[0])


def _heading(text: str, wordings: Wordings) -> bool:
    """Whether a text starts with a characteristic and a dash or colon: "Ethnicity – 61% of …"."""
    match = re.match(r"^\s*(?:•\s*)?([A-Z][A-Za-z/ ]{1,40}?)\s*(?:[–—:]|\s-\s)", text)
    return bool(match and wordings.row(match.group(1)))


def _lists_figures(text: str, wordings: Wordings) -> bool:
    last = text.split("\n")[-1]
    return _heading(last, wordings) or last.rstrip().endswith(":")


def _split_figures(text: str, wordings: Wordings) -> tuple[list[str], str]:
    moved: list[str] = []
    lines = text.split("\n")
    for at, line in enumerate(lines):
        parts = sentences(line)
        for place, sentence in enumerate(parts):
            figures = re.search(r"\d\s*%|\bper cent\b", sentence) is not None
            heading = _heading(sentence, wordings)
            if not (heading or (moved and figures)) or (_ASKING.search(sentence) and not heading):
                return moved, "\n".join([" ".join(parts[place:]), *lines[at + 1 :]]).strip()
            if heading or place == 0:
                plain = re.sub(r"^\s*•\s*", "", sentence)
                moved.append(f"• {plain}")
            else:
                moved[-1] += f" {sentence}"
    return moved, ""


def drop_repeats(asked: Asked, found: Gathered) -> None:
    """Drop a piece of an answer that was printed again word for word right behind a page break (trap T13)."""
    kept: list[Chunk] = []
    for chunk in asked.chunks:
        key = squeezed(chunk.text)
        if kept and chunk.page != kept[-1].page and len(key) > 40 and key == squeezed(kept[-1].text):
            found.furniture.append(chunk.text)
        else:
            kept.append(chunk)
    asked.chunks = kept
