"""Plain text: cut into blocks and sentences, compared, searched, joined and shortened."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from hearth.kernel.papers import Block, Bullets, Numbers, Paragraph

BULLET = re.compile(r"^\s*(?:[•·▪◦●‣∙○■]\s*|[-*–]\s+)(?=\S)")
NUMBER = re.compile(r"^\s*\(?(\d{1,3})[.)]\s+(?=\S)")
LETTER = re.compile(r"[a-z]\)\s")  # "a) …" begins a part of its own
INLINE_BULLET = re.compile(r"\s*•\s*")
SENTENCE_END = re.compile(r"[.!?…]+[\"'’”)\]]*\s+(?=[\"'‘“(\[]*[A-Z0-9£])")
ABBREVIATION = re.compile(
    r"e\.g|i\.e|eg|ie|mr|mrs|ms|mx|miss|dr|prof|cllr|rev|st|nos?|paras?|ss?|regs?|art|etc|vs?|approx|dept|gov|inc|"
    r"ltd|co|pp?|vol|ch|fig|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
)
WORDS = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
SMALL_NUMBERS = [
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
]  # fmt: skip
_PLAIN = str.maketrans(
    {
        "‘": "'", "’": "'", "‚": "'", "‛": "'", "′": "'", "`": "'",
        "“": '"', "”": '"', "„": '"', "″": '"', "«": '"', "»": '"',
        "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-",
        "…": "...", "\u00ad": None, "\u200b": None, "\u200c": None, "\u200d": None, "\ufeff": None,
    }
)  # fmt: skip


def normalise(text: str) -> str:
    """The text with straight quotes, plain hyphens and single spaces, trimmed. Case is kept."""
    return " ".join(text.translate(_PLAIN).split())


def tokens(text: str) -> list[str]:
    """The words and numbers of a text, in order, in lower case."""
    return WORDS.findall(normalise(text).casefold())


def similarity(one: str, other: str) -> float:
    """How alike two texts are, word by word in order: 0 for nothing in common, 1 for the same words.

    Quotes, dashes, spaces, punctuation and case make no difference, nor does the order of the arguments.
    """
    first, second = sorted((tokens(one), tokens(other)))
    if not first and not second:
        return 1.0
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def mentions(text: str, words: Iterable[str]) -> tuple[str, ...]:
    """Those of the words or phrases that the text holds as whole words, in any case, in the order given."""
    body = normalise(text)

    def holds(word: str) -> bool:
        plain = normalise(word)
        return bool(plain) and re.search(rf"(?<!\w){re.escape(plain)}(?!\w)", body, re.IGNORECASE) is not None

    return tuple(word for word in words if holds(word))


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text. Line breaks with a blank line or before a bullet end a sentence too."""
    found: list[str] = []
    for block in blocks(text):
        items = (block.text,) if isinstance(block, Paragraph) else getattr(block, "items", ())
        for item in items:
            found.extend(_split_sentences(item))
    return tuple(found)


def _split_sentences(text: str) -> list[str]:
    """Cut one line of text where a full stop ends a sentence, not an abbreviation or somebody's initial."""
    found, start = [], 0
    for end in SENTENCE_END.finditer(text):
        before = text[start : end.start()]
        last = before.split()[-1].lstrip("([\"'‘“").casefold() if before.split() else ""
        stop = text[end.start()]
        is_initial = len(last) == 1 and last.isalpha() and before[-1].isupper() and last != "i"
        if stop == "." and (ABBREVIATION.fullmatch(last) or is_initial):
            continue
        found.append(text[start : end.end()].strip())
        start = end.end()
    rest = text[start:].strip()
    return [*found, rest] if rest else found


def blocks(text: str) -> tuple[Block, ...]:
    """Typed or pasted text as blocks of a paper: paragraphs, bullet lists and numbered lists.

    A blank line parts paragraphs. A line of its own is a paragraph, unless it begins in lower case and the line
    before it did not end: then it is the same sentence, broken by a page or a column, and is joined. "•" parts
    items even in the middle of a line.
    """
    found: list[tuple[str, list[str]]] = []
    after_blank = True
    for line in _lines(text):
        if not line.strip():
            after_blank = True
            continue
        kind, words = _kind(line)
        if kind == "p" and found and not after_blank and _goes_on(found[-1][1][-1], words):
            found[-1][1][-1] += f" {words}"
        elif kind != "p" and found and found[-1][0] == kind and not _restarts(kind, line):
            found[-1][1].append(words)
        else:
            found.append((kind, [words]))
        after_blank = False
    return tuple(_block(kind, items) for kind, items in found)


def _lines(text: str) -> list[str]:
    """The lines, with a bullet that stands in the middle of a line put on a line of its own."""
    lines: list[str] = []
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        first, *items = INLINE_BULLET.split(line)
        lines.extend([first] if first.strip() or not items else [])
        lines.extend(f"• {item}" for item in items if item.strip())
    return lines


def _kind(line: str) -> tuple[str, str]:
    for kind, mark in (("b", BULLET), ("n", NUMBER)):
        if found := mark.match(line):
            return kind, " ".join(line[found.end() :].split())
    return "p", " ".join(line.split())


def _restarts(kind: str, line: str) -> bool:
    """A numbered line that begins again at 1 begins another list."""
    found = NUMBER.match(line)
    return kind == "n" and found is not None and int(found[1]) == 1


def _goes_on(before: str, words: str) -> bool:
    return words[:1].islower() and before[-1:] not in ".!?:;" and not LETTER.match(words)


def _block(kind: str, items: list[str]) -> Block:
    if kind == "b":
        return Bullets(tuple(items))
    return Numbers(tuple(items)) if kind == "n" else Paragraph(items[0])


def listed(items: Iterable[str], last: str = "and") -> str:
    """A list as one would say it: "a", "a and b", "a, b and c"; `last` may be "or"."""
    *first, end = tuple(items) or ("",)
    return f"{', '.join(first)} {last} {end}" if first else end


def counted(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun: "one action", "ten working days", "25 homes"; in words up to twenty."""
    spelled = SMALL_NUMBERS[number] if 0 <= number < len(SMALL_NUMBERS) else f"{number:,}"
    return f"{spelled} {noun if number == 1 else plural or noun + 's'}"


def shorten(text: str, limit: int) -> str:
    """The text in at most `limit` characters, cut between words and ended with "…"."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    cut = text[: max(limit - 1, 0)]
    if not text[len(cut)].isspace() and " " in cut:
        cut = cut[: cut.rindex(" ")]
    return f"{cut.rstrip(' ,;:.–-')}…"[: max(limit, 0)]
