"""Reading figures from running text, bullets and lines: which of them belong together, and what each one counts.

Text is cut at new lines and bullets. A piece that opens with the name of a characteristic and a dash or a colon ("Age –
6% are …") holds shares of one whole; so do lines that are each a label and a figure, and sentences whose figures name
the categories of one characteristic and all but make 100. Every other percentage is kept, and never added.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from hearth.kernel.figures.bases import Setting, choose_base, local_base, read_setting, sentences
from hearth.kernel.figures.labels import label_of
from hearth.kernel.figures.pieces import LINE, PERCENTAGE, Piece, pieces_of, plain
from hearth.kernel.figures.rows import read_value, set_from_rows
from hearth.kernel.figures.sets import (
    COUNT,
    PERCENT,
    Average,
    Base,
    FigureSet,
    Printed,
    plain_label,
    says_unknown,
)
from hearth.kernel.figures.topics import topic_of, topic_of_label
from hearth.kernel.words import SMALL_NUMBERS

_AVERAGE = re.compile(
    r"\b(median|mean|average)\b(?P<between>[^.;%]{0,80}?)\b(?P<value>\d{1,3}(?:\.\d+)?)\s*(?P<unit>years?|people|%|months?|weeks?|days?)",
    re.I,
)
_COUNTED = re.compile(
    r"(?<![\d.,£-])\b(?P<n>\d{1,3}(?:,\d{3})*|one|two|three|four|five|six|seven|eight|nine)\s+"
    r"(?P<what>(?:[\w'’-]+\s+){0,2}?(?:tenants?|residents?|people|persons?|applicants?|leaseholders?|respondents?))\b",
    re.I,
)
_NUMBER_WORDS = {word: n for n, word in enumerate(SMALL_NUMBERS[:10]) if n}
_COMPARES = re.compile(
    r"\b(compared (?:to|with)|(?:more|less|as) likely|than(?!\s+\d)|prevalence|rates? of|risk of|victims?|experienced|"
    r"increase[sd]?|decrease[sd]?|rose|fell|target|satisf(?:ied|action)|response rate)\b",
    re.I,
)
_PART_OF = re.compile(r"^\W*(?:of|among|amongst|within)\s+(?:this|these|those|them|which|whom)\b", re.I)
NEAR = Decimal(20)  # how near to 100 sentences without a heading must come to be read as parts of a whole


def read_sets(text: str, setting: Setting | None = None) -> tuple[FigureSet, ...]:
    """Every group of figures in a text, in reading order. Never raises; a text without figures gives ().

    `setting` is what is known of the population from elsewhere; without it the text itself is asked.
    """
    text = plain(text)
    setting = setting or read_setting(text)
    sets: list[FigureSet] = []
    pieces = pieces_of(text)
    at = 0
    while at < len(pieces):
        lines = _line_rows(pieces, at)
        if lines:
            rows = [row for _, row in lines]
            sets += set_from_rows(rows, heading=pieces[at].section, source=pieces[at].source, setting=setting)
            at += len(lines)
            continue
        sets += _read_piece(pieces[at], setting)
        at += 1
    return tuple(sets)


def _line_rows(pieces: list[Piece], at: int) -> list[tuple[Piece, tuple[str, ...]]]:
    """The run of lines that are rows of a table: cells with tabs, or "label: figure" at least twice."""
    run: list[tuple[Piece, tuple[str, ...]]] = []
    tabbed = False
    for piece in pieces[at:]:
        cells = tuple(cell.strip() for cell in piece.text.split("\t"))
        found = None if len(cells) > 1 else LINE.match(piece.text)
        if not piece.head and _is_row(cells):
            tabbed = True
            run.append((piece, cells))
        elif found and not piece.head and piece.section == pieces[at].section:
            run.append((piece, ("", found.group("label").strip(), found.group("figure"))))
        else:
            break
    return run if tabbed or len(run) > 1 else []


def _is_row(cells: tuple[str, ...]) -> bool:
    """Whether the cells are words and figures, each in cells of their own."""
    values = [bool(read_value(cell)) for cell in cells]
    words = [cell for cell, value in zip(cells, values, strict=True) if cell and not value]
    return any(values[1:]) and bool(words) and not any(PERCENTAGE.search(cell) for cell in words)


def _read_piece(piece: Piece, setting: Setting) -> list[FigureSet]:
    parts = [(s, _in_sentence(s)) for s in sentences(piece.text)]
    averages = tuple(a for s, _ in parts for a in _averages(s))
    counts = tuple(c for s, _ in parts for c in _counts(s))
    if not averages and not counts and not any(found for _, found in parts):
        return []
    heading = piece.head or piece.section
    blank = FigureSet(
        heading=heading,
        topic=topic_of(piece.head or piece.section),
        source=_short_source(piece.source or piece.text),
        source_text=piece.source,
        text=piece.text.strip(),
        around=piece.around,
    )
    groups, asides = _under_heading(parts) if piece.strong else _without_heading(parts)
    population = next((p for f, p in [*(pair for group in groups for pair in group), *asides] if p), "")
    common = replace(blank, population=population or _near_population(blank, setting), basis=setting.basis)
    own = local_base(piece.text)
    sets: list[FigureSet] = []
    for group in groups:
        figures = tuple(f for f, _ in group) + (counts if group is groups[0] else ())
        topic = (blank.topic if piece.strong else "") or _common_topic(figures) or blank.topic
        made = replace(common, figures=figures, additive=True, averages=averages, topic=topic)
        base = own or choose_base(setting.bases, population or setting.population)
        sets.append(based(replace(made, heading=made.heading or topic.replace("_", " ").capitalize()), base))
    if asides or (not groups and (averages or counts)):
        left = tuple(f for f, _ in asides) + (() if groups else counts)
        sets.append(based(replace(common, figures=left, averages=() if groups else averages), own))
    return sets


def based(figures: FigureSet, base: Base | None) -> FigureSet:
    """The set with a base put to it; unchanged where there is none."""
    if base is None:
        return figures
    return replace(figures, base=base.value, base_printed=base.printed, base_words=base.words, base_homes=base.homes)


def _near_population(blank: FigureSet, setting: Setting) -> str:
    return "" if blank.source_text else setting.population


Found = tuple[Printed, str]


def _in_sentence(sentence: str) -> list[Found]:
    """The percentages of one sentence, each with the people it is counted among."""
    hits = list(PERCENTAGE.finditer(sentence))
    found: list[Found] = []
    for n, hit in enumerate(hits):
        start = hits[n - 1].end() if n else 0
        end = hits[n + 1].start() if n + 1 < len(hits) else len(sentence)
        before = re.sub(r"^\s*\)", "", sentence[start : hit.start()])
        label, population = label_of(before, re.sub(r"[.!?]\s*$", "", sentence[hit.end() : end]))
        decimals = len(hit.group(2)) - 1 if hit.group(2) else 0
        value = Decimal(hit.group(1).replace(",", "") + (hit.group(2) or ""))
        printed = Printed(
            label=label,
            value=value,
            decimals=decimals,
            printed=hit.group(0),
            context=sentence,
            unknown=says_unknown(label),
        )
        found.append((printed, population))
    return found


Groups = tuple[list[list[Found]], list[Found]]  # shares of one whole, each group by itself, and all the rest


def _under_heading(parts: list[tuple[str, list[Found]]]) -> Groups:
    """Under a characteristic's own heading: the shares (parts of parts marked), and what only compares."""
    shares: list[Found] = []
    asides: list[Found] = []
    for sentence, found in parts:
        if found and _COMPARES.search(sentence) and not _makes_whole(found):
            asides += found
            continue
        parent = _parent(sentence, found, shares)
        shares += [(replace(f, within=parent), p) for f, p in found]
    return ([shares] if shares else []), asides


def _makes_whole(found: list[Found]) -> bool:
    return len(found) > 1 and FigureSet("", tuple(f for f, _ in found)).complete


def _parent(sentence: str, found: Iterable[Found], shares: list[Found]) -> str:
    """The label of the earlier share of which a sentence's figures are parts, or ""."""
    tops = [f for f, _ in shares if not f.within]
    values = [f.value for f, _ in found]
    if not tops or not values:
        return ""
    if _PART_OF.search(sentence):
        return tops[-1].label or tops[-1].printed
    whole = abs(sum((f.value for f in tops), Decimal(0)) - 100) <= Decimal(len(tops)) / 2
    words = set(plain_label(sentence).split())
    for top in tops:
        # An abbreviation, or the only word that tells this label from the others ("BME").
        others = {w for o in tops if o is not top for w in plain_label(o.label).split()}
        own = {w for w in plain_label(top.label).split() if w not in others and len(w) > 2}
        if whole and len(words & own) > 0 and sum(values) <= top.value:
            return top.label
    return (tops[-1].label or tops[-1].printed) if whole else ""


def _without_heading(parts: list[tuple[str, list[Found]]]) -> Groups:
    """Without a characteristic's own heading: shares only where they name one characteristic and all but make 100."""
    by_topic: dict[str, list[Found]] = {}
    topic = ""
    for sentence, found in parts:
        for figure, people in [] if _COMPARES.search(sentence) else found:
            topic = topic if figure.unknown else topic_of_label(figure.label)
            by_topic.setdefault(topic, []).append((figure, people))
    groups = [found for topic, found in by_topic.items() if topic and _nearly_whole(found)]
    shares = {id(figure) for group in groups for figure, _ in group}
    return groups, [pair for _, found in parts for pair in found if id(pair[0]) not in shares]


def _nearly_whole(found: list[Found]) -> bool:
    return len(found) > 1 and abs(sum((f.value for f, _ in found), Decimal(0)) - 100) <= NEAR


def _common_topic(figures: tuple[Printed, ...]) -> str:
    topics = [topic_of_label(f.label) for f in figures if not f.unknown and f.unit == PERCENT]
    return topics[0] if topics and len(set(topics)) == 1 else ""


def _averages(sentence: str) -> list[Average]:
    return [
        Average(
            found.group(1).lower(),
            Decimal(found.group("value")),
            found.group("unit").lower(),
            found.group(0),
            sentence,
        )
        for found in _AVERAGE.finditer(sentence)
    ]


def _counts(sentence: str) -> list[Printed]:
    """Numbers of people that a sentence gives as such ("three tenants"); rates ("7 in 100 women") are none."""
    counts: list[Printed] = []
    for found in _COUNTED.finditer(sentence):
        after = sentence[found.start("n") + len(found.group("n")) :]
        if re.match(r"\s+(?:in|out of)\s+\d", after) or re.search(r"\bin\s+$", sentence[: found.start()]):
            continue
        printed = found.group("n")
        value = _NUMBER_WORDS.get(printed.lower()) or int(printed.replace(",", ""))
        label = " ".join(found.group("what").split())
        counts.append(Printed(label, Decimal(value), 0, printed, COUNT, sentence))
    return counts


def _short_source(words: str) -> str:
    census = re.search(r"\bCensus\s+(?:19|20)\d\d|\b(?:19|20)\d\d\s+Census", words, re.I)
    if census:
        return census.group(0)
    named = re.search(r"\b(Office for National Statistics|ONS|Home Office|Nomis)\b", words)
    return named.group(0) if named else ""
