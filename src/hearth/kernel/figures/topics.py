"""Which protected characteristic a heading or a label speaks of (Equality Act 2010 s.4, and the words forms use)."""

from __future__ import annotations

import re

# Code, names as headings print them. Longer names first, so that "Sexual orientation" is not read as "Sex".
TOPICS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("sexual_orientation", ("sexual orientation", "sexuality")),
    (
        "gender_reassignment",
        (
            "gender reassignment",
            "gender identity",
            "transgender",
            "trans status",
            "gender re-assignment",
            "trans",
        ),
    ),
    (
        "marriage",
        (
            "marriage and civil partnership",
            "marriage & civil partnership",
            "marital status",
            "marriage",
            "civil partnership",
            "legal partnership status",
            "relationship status",
        ),
    ),
    (
        "pregnancy",
        ("pregnancy and maternity", "pregnancy & maternity", "pregnancy/maternity", "pregnancy", "maternity"),
    ),
    (
        "religion",
        ("religion or belief", "religion and belief", "religion/belief", "religion", "faith", "belief"),
    ),
    (
        "race",
        (
            "ethnic group",
            "ethnic background",
            "ethnic origin",
            "ethnicity",
            "race and ethnicity",
            "race",
            "nationality",
        ),
    ),
    ("disability", ("disability", "disabilities", "disabled people", "long-term health condition", "health")),
    ("age", ("age group", "age band", "age profile", "age")),
    ("sex", ("sex", "gender")),
)

# Every name, longest first, for use in a pattern.
NAMES = "|".join(re.escape(n) for n in sorted((n for _, names in TOPICS for n in names), key=len, reverse=True))

# Words by which a label in running text can be told to be a category of a characteristic.
LABEL_WORDS: tuple[tuple[str, str], ...] = (
    ("sexual_orientation", r"\b(heterosexual|straight|gay|lesbian|bisexual|pansexual|asexual|queer)\b"),
    ("gender_reassignment", r"\b(trans|transgender|non-?binary|female to male|male to female)\b"),
    ("sex", r"^(aged? )?(are |is )?(fe)?males?\b|^(wo)?men\b"),
    ("religion", r"\b(christian|muslim|hindu|sikh|buddhist|jewish|no religion|any religion)\b"),
    ("race", r"\b(white|black|asian|mixed|bme|bame|ethnic)\b"),
    ("disability", r"\b(disabilit(y|ies)|disabled|limited a (lot|little))\b"),
    ("marriage", r"\b(married|civil partner(ship|ed)|widowed|divorced|separated|cohabiting)\b"),
    ("pregnancy", r"\b(pregnan(t|cy)|maternity)\b"),
    ("age", r"\b(aged|years|under \d+|over \d+)\b|^\d+ ?[-–] ?\d+$|^\d+ ?\+$"),
)

# Characteristics whose figures are special category data (UK GDPR Art 9), or may reveal it.
SENSITIVE = frozenset({"sexual_orientation", "gender_reassignment", "religion", "race", "disability", "pregnancy"})


def topic_of(heading: str) -> str:
    """The code of the characteristic that a heading names, or "" (a heading may say "Age profile of tenants")."""
    plain = " ".join(re.sub(r"[^a-z0-9/&\- ]+", " ", heading.lower()).split())
    for code, names in TOPICS:
        for name in names:
            if re.search(rf"(?<![a-z]){re.escape(name)}(?![a-z])", plain):
                return code
    return ""


def topic_of_label(label: str) -> str:
    """The code of the characteristic whose category a label is, or ""."""
    plain = label.lower()
    return next((code for code, pattern in LABEL_WORDS if re.search(pattern, plain)), "")


def run_in_heading(text: str) -> tuple[str, str]:
    """Split "Race For the year …" into ("Race", "For the year …"); ("", text) where no topic is run in.

    A topic's name counts as a run-in heading only where the words after it begin a sentence of their own.
    """
    for _, names in TOPICS:
        for name in names:
            head = text[: len(name)]
            rest = text[len(name) :]
            if head.lower() == name and head[:1].isupper() and re.match(r"\s+[A-Z][A-Za-z]* ", rest):
                return head, rest.strip()
    return "", text
