"""Bases: the numbers of people or homes on which printed percentages may rest, found in the words around them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from hearth.kernel.figures.sets import Base

_HOMES = r"homes|properties|dwellings|units|houses|flats"
_PEOPLE = (
    r"tenants|tenancies|households|leaseholders|residents|applicants|customers|people|persons|respondents|adults|"
    r"women|men|members|staff|employees"
)
_NUMBER = r"(?<![\d.,£])(\d{1,3}(?:,\d{3})+|\d{2,7})(?![\d,]*\d|\.\d|\s?%|\s?per cent)"
_AFTER = re.compile(rf"{_NUMBER}\s+((?:(?:are|is)\s+)?(?:[\w'’/&-]+\s+){{0,3}}?(?:{_HOMES}|{_PEOPLE}))\b", re.I)
_BEFORE = re.compile(
    rf"((?:total|tenant|resident|household|adult)?\s*(?:number of (?:{_HOMES}|{_PEOPLE})|population|base|"
    rf"sample size|responses))\s*(?:size\s*)?(?:is|was|of|:|=|stood at|totals?|–|-)\s*{_NUMBER}",
    re.I,
)
_SURVEY = re.compile(
    rf"(?:\b(?:survey(?:ed)?|sample|responses|replies|interviews?)\s+(?:of|with|from)\s+{_NUMBER}|"
    rf"\b(?:n|base)\s*[=:]\s*{_NUMBER}|\bout of\s+{_NUMBER})",
    re.I,
)
# What tells that a number is the size of the landlord's stock or people, not a result in the running text.
_STOCK = re.compile(
    r"\b((?:we|council|association|trust|landlord|company) (?:currently |now )?(?:has|have|lets?|houses?)|"
    r"owns?|manages?|total|population|stock|there (?:are|were)|currently|number of|let to|consists? of|comprises?|"
    r"of which)\b",
    re.I,
)


@dataclass(frozen=True)
class Setting:
    """What the whole text says about the population of its figures."""

    bases: tuple[Base, ...] = ()
    basis: str = ""  # "Tenant 1"
    population: str = ""


def sentences(text: str) -> list[str]:
    """The sentences of a text, roughly: a full stop, a question mark or a new line ends one."""
    parts = re.split(r"(?<=[.!?])\s+(?=[A-Z0-9“‘\"'(•])|\n+", text)
    return [part.strip() for part in parts if part and part.strip()]


def _number(printed: str) -> int:
    return int(printed.replace(",", ""))


def _year_like(printed: str) -> bool:
    return "," not in printed and len(printed) == 4 and printed[:2] in {"19", "20"}


def read_bases(text: str) -> tuple[Base, ...]:
    """The stated sizes of stock and population ("owns 4,230 homes", "total tenant population is 4,159")."""
    found: list[Base] = []
    for sentence in sentences(text):
        if not _STOCK.search(sentence):
            continue
        spans: set[int] = set()
        for match in _BEFORE.finditer(sentence):
            if not _year_like(match.group(2)):
                spans.add(match.start(2))
                found.append(_base(match.group(2), match.group(1), sentence, total="total" in match.group(1).lower()))
        for match in _AFTER.finditer(sentence):
            if match.start(1) not in spans and not _year_like(match.group(1)):
                before = sentence[max(0, match.start() - 25) : match.start()].lower()
                found.append(_base(match.group(1), match.group(2), sentence, total="total" in before))
    return tuple(found)


def _base(printed: str, words: str, sentence: str, *, total: bool) -> Base:
    words = re.sub(r"^(are|is)\s+", "", " ".join(words.split()), flags=re.I)
    homes = bool(re.search(rf"\b({_HOMES})\b", words, re.I))
    leasehold = "leasehold" in words.lower()
    return Base(_number(printed), printed, words, homes, total, leasehold, sentence)


def local_base(text: str) -> Base | None:
    """The base of a survey that the same paragraph states ("a survey of 871 people", "n = 120"), or None."""
    match = _SURVEY.search(text)
    if not match:
        return None
    printed = next(group for group in match.groups() if group)
    return None if _year_like(printed) else Base(_number(printed), printed, "responses", context=match.group(0))


def read_basis(text: str) -> str:
    """The basis that a text states for its people ("Tenant 1 data", "all tenants", "household members"), or ""."""
    match = re.search(
        r"\b(tenant 1|tenant one|first[- ]named tenants?|lead tenants?|main tenants?|sole tenants?|"
        r"heads? of households?)\b",
        text,
        re.I,
    ) or re.search(r"\b(all tenants including joint tenants|all household members|household members)\b", text, re.I)
    return match.group(0) if match else ""


def read_setting(text: str) -> Setting:
    """What a text says about the people of whom its figures speak."""
    population = re.search(
        r"\b(tenant profile|profile of (?:\w+ )?tenants|(?:council )?tenants|tenant population|"
        r"population profile|(?:borough|district|county|city)(?:'s|’s)? (?:population|residents|profile))\b",
        text,
        re.I,
    )
    return Setting(read_bases(text), read_basis(text), population.group(0) if population else "")


def choose_base(bases: Iterable[Base], population: str) -> Base | None:
    """The base that a set of figures most likely rests on.

    People before homes, a total before a part, the first before the later; a number of leasehold homes is no base for
    tenants. None where nothing is stated.
    """
    about_leaseholders = "leasehold" in population.lower()
    fitting = [b for b in bases if b.leasehold == about_leaseholders]
    if not fitting:
        return None
    return min(fitting, key=lambda b: (b.homes, not b.total, -b.value if not b.total else 0))
