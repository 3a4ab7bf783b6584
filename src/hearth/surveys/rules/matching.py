"""What people answer about themselves beside what is known of the population: the same categories in other words.

A characteristic that is kept as counts of the population only ("Female": 2,310) can be weighted by where the survey
asks for it: the answer's words are matched with the population's, and what finds no partner is named (reference 2.2).
Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

UNKNOWN = re.compile(r"not (known|asked|stated|given)|unknown|prefer not to say|refused|don'?t know|not applicable")


@dataclass(frozen=True)
class Matched:
    """Which of the population's categories each answer means; what has no partner on either side."""

    of_answer: Mapping[str, str]
    answers_left: tuple[str, ...]
    population_left: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether every category of both has a partner."""
        return not self.answers_left and not self.population_left


def says_nothing(label: str) -> bool:
    """Whether a category of the population means that nothing is known."""
    return bool(UNKNOWN.search(label.casefold().replace("’", "'")))


def match(answers: Iterable[str], population: Iterable[str]) -> Matched:
    """Match answers with categories by their words; "16 to 24" is "16-24", "75 and over" is "75+"."""
    known = {plain(label): label for label in population if not says_nothing(label)}
    found: dict[str, str] = {}
    left = []
    for answer in answers:
        label = known.get(plain(answer))
        if label is None:
            left.append(answer)
        else:
            found[answer] = label
    reached = set(found.values())
    return Matched(found, tuple(left), tuple(label for label in known.values() if label not in reached))


def plain(label: str) -> str:
    """Words without what differs by habit only."""
    text = label.casefold().replace("’", "'").replace("&", " and ")
    text = re.sub(r"(\d+)\s*(?:to|–|—|-)\s*(\d+)", r"\1-\2", text)
    text = re.sub(r"(\d+)\s*(?:\+|(?:years )?(?:and|or) (?:over|older|above))", r"\1+", text)
    return " ".join(re.sub(r"[^\w+\-]+", " ", text).split())
