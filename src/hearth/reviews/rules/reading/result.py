"""What the reader hands back: the content, where each answer came from, and what a person must look at."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from hearth.reviews.rules.checks.context import SignOff
from hearth.reviews.rules.content import Content, to_parts, to_plain


@dataclass(frozen=True)
class Doubt:
    """Something the reader could not be sure of. `code` is a trap ("T2") or a plain word ("missing")."""

    code: str
    part: str
    message: str
    quote: str = ""


@dataclass(frozen=True)
class Placed:
    """How sure the reader is that a part's answer is the right one, from 0 to 1, and why."""

    confidence: float
    reason: str


@dataclass(frozen=True)
class Reading:
    """A printed review, read. Nothing printed is lost: what is no answer is `unplaced` or `furniture`.

    `furniture` holds the form's own words (headings, questions, notes, running headers) and exact repeats.
    `answers` are the answers by question number, as text.
    """

    form_key: str
    edition_guess: str
    confidence: float
    is_review: bool
    reason: str
    content: Content = field(default_factory=Content)
    sign_offs: tuple[SignOff, ...] = ()
    placed: dict[str, Placed] = field(default_factory=dict)
    unplaced: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    printed_title: str = ""
    answers: dict[int, str] = field(default_factory=dict)
    furniture: tuple[str, ...] = ()

    def to_plain(self) -> dict[str, Any]:
        """The reading as JSON can hold it."""
        content = self.content
        return {
            "form": self.form_key,
            "edition": self.edition_guess,
            "confidence": self.confidence,
            "is_review": self.is_review,
            "reason": self.reason,
            "printed_title": self.printed_title,
            "details": to_plain(content.details),
            "answers": {str(number): text for number, text in sorted(self.answers.items())},
            "impacts": {impact.characteristic: impact.state.value for impact in content.impacts},
            "actions": {
                "information": [to_plain(row) for row in content.information_actions.rows],
                "impact": [to_plain(row) for row in content.impact_actions.rows],
            },
            "sign_offs": [
                {
                    "post": s.post,
                    "verb": s.verb,
                    "name": s.name,
                    "on": s.on.isoformat() if s.on else None,
                    "printed_on": s.printed_on,
                    "image": s.image,
                }
                for s in self.sign_offs
            ],
            "placed": {key: {"confidence": p.confidence, "reason": p.reason} for key, p in self.placed.items()},
            "doubts": [{"code": d.code, "part": d.part, "message": d.message, "quote": d.quote} for d in self.doubts],
            "unplaced": list(self.unplaced),
            "parts": to_parts(content),
        }
