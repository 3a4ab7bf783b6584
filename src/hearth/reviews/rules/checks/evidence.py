"""What a review holds on each characteristic: are there figures, and how much of them is unknown?"""

from __future__ import annotations

import re
from dataclasses import dataclass

from hearth.reviews.rules.checks import words
from hearth.reviews.rules.content import Content, Figure, Grid, Snapshot
from hearth.reviews.rules.form import Form

_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s*(?:%|per\s?cent\b)", re.IGNORECASE)
_FIGURE = re.compile(
    r"\d\s*(?:%|per\s?cent\b)|\b\w+ in (?:\d+|two|three|four|five|ten)\b"
    r"|\b\d[\d,.]*\s+(?:(?:council|other|million)\s+)?(?:people|person|tenant|resident|household|respondent|member|"
    r"women|woman|men|man|child|female|male|applicant|leaseholder)",
    re.IGNORECASE,
)
_UNKNOWN = re.compile(
    r"\bunknown\b|\bnot (?:known|stated|recorded|answered|disclosed)\b|\bprefer(?:red)? not to (?:say|answer)\b"
    r"|\bdid not answer\b|\bblank\b|\bundisclosed\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Evidence:
    """What question 5 holds on one characteristic. `unknown` is a share in per cent, None where not told."""

    held: bool = False
    unknown: float | None = None


def by_characteristic(content: Content, form: Form) -> dict[str, Evidence]:
    """The evidence for each characteristic of the form, from snapshots, tables, statistics and prose."""
    found: dict[str, list[float | None]] = {c.code: [] for c in form.characteristics}
    for snapshot in content.profile.snapshots:
        if snapshot.held and snapshot.figures:
            found.setdefault(snapshot.characteristic, []).append(_unknown_in(snapshot))
    for statistic in content.profile.statistics:
        for code in {statistic.characteristic} & set(found) or words.spoken_of(statistic.text, form):
            found[code].append(None)
    for code, share in [*_prose(content.profile.text, form), *_tables(content.profile.tables, form)]:
        found[code].append(share)
    return {code: Evidence(bool(shares), _most(shares)) for code, shares in found.items()}


def lacking(content: Content, form: Form, limit: float) -> tuple[str, ...]:
    """Characteristics without data, or with more unknown than `limit` per cent, in the form's order.

    A row that counts in employment alone is left out where the review does not touch employment.
    """
    evidence = by_characteristic(content, form)
    return tuple(
        c.code
        for c in form.characteristics
        if (content.duty.employment or not c.employment_only) and is_thin(evidence[c.code], limit)
    )


def is_thin(evidence: Evidence, limit: float) -> bool:
    """Whether the evidence is missing, or unknown above `limit` per cent: too thin for "no impact"."""
    return not evidence.held or (evidence.unknown is not None and evidence.unknown > limit)


def _most(shares: list[float | None]) -> float | None:
    return max((share for share in shares if share is not None), default=None)


def _per_cent(printed: str) -> float | None:
    found = _PERCENT.search(printed)
    return float(found[1]) if found else None


def _unknown_in(snapshot: Snapshot) -> float | None:
    """The share of a snapshot that is unknown: as printed, or worked out from its counts."""
    blank = [figure for figure in snapshot.figures if figure.unknown or _UNKNOWN.search(figure.label)]
    if not blank:
        return None
    printed = [_per_cent(figure.printed) for figure in blank]
    if all(share is not None for share in printed):
        return sum(share for share in printed if share is not None)
    base = snapshot.base or _total(snapshot.figures)
    counts = _total(tuple(blank))
    return 100 * counts / base if base and base > 0 else None


def _total(figures: tuple[Figure, ...]) -> int:
    return sum(figure.count or 0 for figure in figures)


def _prose(text: str, form: Form) -> list[tuple[str, float | None]]:
    """Sentences with figures, each with the characteristics that it names or stands under."""
    found: list[tuple[str, float | None]] = []
    current = ""
    for sentence in words.sentences(text):
        current = words.heading_of(sentence, form) or current
        named = words.spoken_of(sentence, form)
        if not _FIGURE.search(sentence):
            continue
        share = _unknown_share(sentence)
        # An unknown share belongs to the heading it stands under, unless the sentence names just one other.
        owners = named or ({current} if current else set())
        if share is not None and len(owners) > 1 and current in owners:
            owners = {current}
        found += [(code, share) for code in sorted(owners)]
    return found


def _unknown_share(sentence: str) -> float | None:
    """The percentage that a sentence calls unknown: the last before the word, else the first after it."""
    word = _UNKNOWN.search(sentence)
    if not word:
        return None
    after = _PERCENT.search(sentence, word.start())
    if after and not re.search(r"[,;]|\band\b", sentence[word.end() : after.start()]):
        return float(after[1])
    before = list(_PERCENT.finditer(sentence, 0, word.start()))
    if before:
        return float(before[-1][1])
    return float(after[1]) if after else None


def _tables(tables: tuple[Grid, ...], form: Form) -> list[tuple[str, float | None]]:
    """Rows with figures, each with the characteristic under whose name it stands."""
    found: list[tuple[str, float | None]] = []
    for table in tables:
        current = words.heading_of(table.caption, form)
        for row in table.rows:
            cells = [cell.strip() for cell in row if cell.strip()]
            current = words.heading_of(cells[0], form) or current if cells else current
            if not current or not any(re.search(r"\d", cell) for cell in cells[1:]):
                continue
            unknown = any(_UNKNOWN.search(cell) for cell in cells)
            share = next((s for s in map(_per_cent, reversed(cells)) if s is not None), None)
            found.append((current, share if unknown else None))
    return found
