"""How the checks read prose: sentences, mentions of characteristics and groups, names of papers and bodies.

The readings are simple on purpose: an officer must be able to see from the text why a check spoke. All words
come from the form (labels, aliases, words) or are plain English; none is the name of a council.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from hearth.reviews.rules.content import Content, Impact
from hearth.reviews.rules.form import Characteristic, Choice, Form

_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " "})
_ABBREVIATIONS = re.compile(r"\b(e\.g|i\.e|etc|No|approx)\.(?=\s)", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[.;:!?])\s+|[\n\r•]+|\s+(?=\d{1,2}\.\s+[A-Z])")
_CONNECTING = "and|&|of|for|the|to|on|in|with|a"
_RUN = rf"[A-Z][\w'-]*(?:\s+(?:{_CONNECTING}|[A-Z][\w'-]*)){{0,12}}"
_YEARS = r"(?:\s+\d{4}(?:\s*[-/]\s*\d{2,4})?)?"
PAPER_KINDS = ("strategy", "policy", "procedure", "plan", "scheme", "framework")
_PAPER = re.compile(rf"\b(?:{_RUN}\s+)(?:Strategy|Policy|Procedure|Plan|Scheme|Framework)\b{_YEARS}")
_BODY = re.compile(rf"\b(?:{_RUN}\s+)(?:Forum|Board|Panel|Committee|Association|Federation|Partnership)\b")
_STAFF = re.compile(
    r"\b(?:tenants?|tenancy|residents?|leaseholders?|customers?|public)(?:'s?)?\s+(?:\w+\s+){0,3}"
    r"(?:officers?|managers?|teams?|services?|departments?|directors?|protection)\b",
    re.IGNORECASE,
)
_SMALL = frozenset(
    re.findall(
        r"\w+",
        "a an and any are as at be been by can could for from had has have if in include included including into"
        " is it its may no not of on or our such that the their them there these they this those to was we were"
        " what when which who will with would also all some more about within",
    )
)


@lru_cache(maxsize=2048)
def plain(text: str) -> str:
    """The text with straight quotes, plain dashes and single spaces; case is kept."""
    return " ".join(text.translate(_QUOTES).split())


@lru_cache(maxsize=2048)
def sentences(text: str) -> tuple[str, ...]:
    """The sentences, list items and lines of a text, without pieces that hold no letter."""
    straight = _ABBREVIATIONS.sub(lambda found: found[1], text.translate(_QUOTES))
    return tuple(" ".join(s.split()) for s in _SENTENCE_END.split(straight) if re.search(r"[A-Za-z]", s))


@lru_cache(maxsize=2048)
def is_nothing(text: str) -> bool:
    """Whether an answer says nothing: empty, a dash, "N/A", "none", "not applicable" and the like.

    A text that opens with "not applicable" and goes on is an answer of "not applicable" all the same.
    """
    bare = plain(text).strip(" .-_").lower()
    return bare in {"", "n/a", "na", "none", "nil", "tbc", "-"} or says_not_applicable(text)


def says_not_applicable(text: str) -> bool:
    """Whether an answer is "N/A" or opens with "Not applicable"."""
    bare = plain(text).strip(" .-_").lower()
    return bare in {"n/a", "na", "none"} or bare.startswith("not applicable")


@lru_cache(maxsize=512)
def _phrase(phrase: str) -> str:
    """A pattern for a phrase that allows for plurals, possessives and other spacing."""
    words = [re.escape(word) for word in plain(phrase).lower().split()]
    if words and words[-1].endswith("ies"):
        words[-1] = words[-1][:-3] + "(?:y|ies)"
    elif words and words[-1].endswith("y") and len(words[-1]) > 3:
        words[-1] = words[-1][:-1] + "(?:y|ies)"
    elif words:
        words[-1] = re.sub(r"s$", "", words[-1]) + "(?:s|es)?" if not words[-1].endswith("ss") else words[-1]
    return r"\s+".join(words)


def mentions(text: str, phrases: Iterable[str]) -> bool:
    """Whether a text uses one of the phrases as whole words, in the singular or the plural."""
    options = "|".join(_phrase(phrase) for phrase in phrases if phrase.strip())
    return bool(options) and bool(re.search(rf"(?<!\w)(?:{options})(?!\w)", plain(text).lower()))


def titles_of(characteristic: Characteristic) -> tuple[str, ...]:
    """The names under which a characteristic stands as a heading: label, parts of the label, aliases."""
    label = characteristic.label
    every = [label, *re.split(r"[/*]", label), *characteristic.aliases]
    return tuple(dict.fromkeys(name.strip().lower() for name in every if name.strip()))


def names_of(characteristic: Characteristic) -> tuple[str, ...]:
    """Every name and word by which prose speaks of a characteristic, its label first."""
    words = [word.strip().lower() for word in characteristic.words if word.strip()]
    return tuple(dict.fromkeys([*titles_of(characteristic), *words]))


@lru_cache(maxsize=64)
def _pattern(characteristics: tuple[Characteristic, ...], titles: bool) -> tuple[re.Pattern[str], tuple[str, ...]]:
    pairs = [(name, c.code) for c in characteristics for name in (titles_of(c) if titles else names_of(c))]
    pairs.sort(key=lambda pair: -len(pair[0]))
    if not pairs:
        return re.compile(r"(?!)"), ()
    options = "|".join(f"({_phrase(name)})" for name, _ in pairs)
    return re.compile(rf"(?<!\w)(?:{options})(?!\w)"), tuple(code for _, code in pairs)


def spoken_of(text: str, form: Form) -> frozenset[str]:
    """The codes of the characteristics that a text names; "gender reassignment" is not read as "gender"."""
    pattern, codes = _pattern(form.characteristics, False)
    groups = (found.lastindex for found in pattern.finditer(plain(text).lower()))
    return frozenset(codes[group - 1] for group in groups if group)


def heading_of(text: str, form: Form) -> str:
    """The characteristic with whose name a text opens ("Ethnicity - 61% of ..."), or an empty string."""
    pattern, codes = _pattern(form.characteristics, True)
    found = pattern.match(plain(text).lower().lstrip(" -*•"))
    return codes[found.lastindex - 1] if found and found.lastindex else ""


def label_of(code: str, form: Form) -> str:
    """The printed name of a characteristic; its code where the form does not know it."""
    return next((c.label for c in form.characteristics if c.code == code), code)


def rows_of(content: Content, form: Form) -> tuple[tuple[Characteristic, Impact], ...]:
    """The matrix in the form's order: each characteristic with what the review says of it."""
    return tuple((c, content.impact(c.code)) for c in form.characteristics)


def papers_named(text: str) -> tuple[str, ...]:
    """Names of strategies, policies, procedures and plans used in a text, without a leading "The"."""
    straight = re.sub(r"\s*\([^)]*\)", "", plain(text))
    return tuple(re.sub(r"^(?:The|A|This)\s+", "", found[0]) for found in _PAPER.finditer(straight))


def without_names(text: str, *, bodies: bool) -> str:
    """A text without the names of papers, posts and teams and, if asked, of bodies.

    A tenants' forum is not the tenants, and a resident involvement officer is no resident.
    """
    cleared = _STAFF.sub(" ", _PAPER.sub(" ", plain(text)))
    return _BODY.sub(" ", cleared) if bodies else cleared


def group_words(group: Choice) -> str:
    """The phrase by which prose speaks of a group: "All residents" -> "residents"."""
    return re.sub(r"^(?:all|any|every)\s+", "", group.label.lower())


def groups_in(text: str, form: Form) -> frozenset[str]:
    """The codes of the form's groups that a text names."""
    return frozenset(group.code for group in form.groups if mentions(text, [group_words(group)]))


_SUFFIXES = (
    "ations",
    "ation",
    "ments",
    "ment",
    "ings",
    "ing",
    "ions",
    "ion",
    "ies",
    "ers",
    "er",
    "ed",
    "es",
    "s",
)
_ALIKE = {
    "internet": "digital", "online": "digital", "web": "digital", "website": "digital",
    "ethnic": "race", "ethnicity": "race", "gender": "sex", "translat": "languag", "interpret": "languag",
    "comment": "view", "feedback": "view", "opinion": "view", "consult": "view",
    "data": "inform", "profil": "inform", "profile": "inform",
}  # fmt: skip


@lru_cache(maxsize=2048)
def stems(text: str) -> frozenset[str]:
    """The bearing words of a text, cut to their stems, near-synonyms made one."""
    found = set()
    for word in re.findall(r"[a-z]{3,}", plain(text).lower()):
        if word in _SMALL:
            continue
        cut = next((word[: -len(s)] for s in _SUFFIXES if word.endswith(s) and len(word) - len(s) >= 4), word)
        found.add(_ALIKE.get(word, _ALIKE.get(cut, cut)))
    return frozenset(found)


def likeness(one: str, other: str) -> float:
    """How much two sentences share, from 0.0 to 1.0 (shared stems among all stems)."""
    left, right = stems(one), stems(other)
    return len(left & right) / len(left | right) if left | right else 0.0


_PART_NAMES = {
    "details": "the assessment details",
    "impacts": "the impact table",
    "duty": "the aims of the duty",
    "information_actions": "the actions on information",
    "impact_actions": "the actions on negative impacts",
    "next_review": "the next review",
}


def question(part: str, form: Form) -> str:
    """How a message names the question that a part answers: "question 9", "question 12a", or plain words."""
    stem = part if part.startswith("extra.") else part.split(".")[0]
    asked = form.question_for(part)
    if asked is None:
        return _PART_NAMES.get(stem, f"the part on {stem.removeprefix('extra.').replace('_', ' ')}")
    letter = next((lettered.letter for lettered in asked.parts if lettered.answers == stem), "")
    return f"question {asked.number}{letter}"


def opening(text: str) -> str:
    """A message with a capital letter at its start."""
    return text[:1].upper() + text[1:]


def listed(names: Iterable[str]) -> str:
    """A list in words: "age, sex and race"."""
    every = list(names)
    return every[0] if len(every) == 1 else f"{', '.join(every[:-1])} and {every[-1]}" if every else ""
