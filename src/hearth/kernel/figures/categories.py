"""Category sets as data: the census's, those that landlords still print, and groupings that join unlike things.

A set has a name, a source and the day from which it holds. A label belongs to the first category whose words it has, so
narrow categories stand before wide ones. Source of all sets unless said: customer-access-reviews reference 5.1-5.3.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

ONS = "Office for National Statistics, Census 2021 dictionary"
NOT_ANSWERED = (
    r"not answered|no answer|not state|unknown|prefer not|blank|not known|"
    r"did not (answer|state)|not recorded"
)


@dataclass(frozen=True)
class Category:
    label: str
    words: str  # a pattern that a label of this category has
    residual: bool = False  # "not answered": its absence is no missing category

    def holds(self, label: str) -> bool:
        return bool(re.search(self.words, label, re.I))


@dataclass(frozen=True)
class CategorySet:
    key: str
    title: str
    topic: str
    source: str
    valid_from: str  # ISO date
    categories: tuple[Category, ...]
    current: bool = True  # the set of the latest census

    def category_of(self, label: str) -> Category | None:
        """The category to which a label belongs, or None."""
        return next((c for c in self.categories if c.holds(label)), None)

    def missing(self, labels: Iterable[str]) -> tuple[str, ...]:
        """The usual categories that none of the labels belongs to."""
        found = {c.label for label in labels if (c := self.category_of(label))}
        return tuple(c.label for c in self.categories if not c.residual and c.label not in found)


def _residual(label: str = "Not answered") -> Category:
    return Category(label, NOT_ANSWERED, residual=True)


ORIENTATION_2021 = CategorySet(
    "census-2021-sexual-orientation",
    "Census 2021 sexual orientation",
    "sexual_orientation",
    ONS,
    "2021-03-21",
    (
        _residual(),
        Category("Straight or Heterosexual", r"straight|heterosexual"),
        Category("Bisexual", r"bisexual|\bbi\b"),
        Category("Pansexual", r"pansexual"),
        Category("Asexual", r"asexual"),
        Category("Queer", r"queer"),
        Category("Gay or Lesbian", r"gay|lesbian|homosexual"),
        Category("All other sexual orientations", r"other"),
    ),
)
RELIGION_2021 = CategorySet(
    "census-2021-religion",
    "Census 2021 religion",
    "religion",
    ONS,
    "2021-03-21",
    (
        _residual(),
        Category("No religion", r"no religion|none|not .*religion|without .*religion|no faith|atheis|agnostic"),
        Category("Christian", r"christian"),
        Category("Buddhist", r"buddhis"),
        Category("Hindu", r"hindu"),
        Category("Jewish", r"jew|judais"),
        Category("Muslim", r"muslim|islam"),
        Category("Sikh", r"sikh"),
        Category("Other religion", r"other|any religion"),
    ),
)
ETHNIC_GROUP_2021 = CategorySet(
    "census-2021-ethnic-group-5",
    "Census 2021 ethnic group, five groups",
    "race",
    ONS + ", dataset TS021",
    "2021-03-21",
    (
        _residual(),
        Category("Mixed or Multiple ethnic groups", r"mixed|multiple|dual"),
        Category("Asian, Asian British or Asian Welsh", r"asian|indian|pakistani|bangladeshi|chinese"),
        Category(
            "Black, Black British, Black Welsh, Caribbean or African",
            r"\bblack (?!minorit)|caribbean|african|black$",
        ),
        Category("White", r"white|irish|gypsy|traveller|roma"),
        Category("Other ethnic group", r"other|arab"),
    ),
)
ETHNIC_GROUP_2001 = CategorySet(
    "census-2001-ethnic-group-5",
    "Census 2001 ethnic group, five groups",
    "race",
    "Office for National Statistics, Census 2001; replaced in 2011, when Chinese became an Asian group",
    "2001-04-29",
    (
        _residual(),
        Category("Chinese or other ethnic group", r"chinese"),
        Category("Mixed", r"mixed|dual"),
        Category("Asian or Asian British", r"asian"),
        Category("Black or Black British", r"\bblack (?!minorit)|black$"),
        Category("White", r"white"),
    ),
    current=False,
)
DISABILITY_2021 = CategorySet(
    "census-2021-disability",
    "Census 2021 disability",
    "disability",
    ONS + "; matches the harmonised standard and Equality Act 2010 s.6",
    "2021-03-21",
    (
        _residual(),
        Category("Disabled, limited a lot", r"limited a lot"),
        Category("Disabled, limited a little", r"limited a little"),
        Category("Not disabled: has condition, not limited", r"not limited"),
        Category("Not disabled: no condition", r"no (long.term )?condition"),
    ),
)
GENDER_IDENTITY_2021 = CategorySet(
    "census-2021-gender-identity",
    "Census 2021 gender identity (official statistics in development since 12 September 2024)",
    "gender_reassignment",
    "Office for Statistics Regulation, review of September 2024; list of categories second-hand",
    "2021-03-21",
    (
        _residual(),
        Category("Same as sex registered at birth", r"\bsame\b"),
        Category("Different, no specific identity given", r"different"),
        Category("Trans woman", r"trans ?woman|male to female"),
        Category("Trans man", r"trans ?man|female to male"),
        Category("Non-binary", r"non-?binary"),
        Category("All other gender identities", r"other"),
    ),
)
PARTNERSHIP_2021 = CategorySet(
    "census-2021-legal-partnership",
    "Census 2021 legal partnership status",
    "marriage",
    ONS,
    "2021-03-21",
    (
        _residual(),
        Category("Never married or in a civil partnership", r"never|single"),
        Category("Separated", r"separated"),
        Category("Divorced or civil partnership dissolved", r"divorced|dissolved"),
        Category("Widowed or surviving civil partner", r"widow|surviving"),
        Category("Married", r"married"),
        Category("In a civil partnership", r"civil partner"),
    ),
)
SEX_2021 = CategorySet(
    "census-2021-sex",
    "Census 2021 sex",
    "sex",
    ONS,
    "2021-03-21",
    (_residual(), Category("Female", r"female|wom[ae]n"), Category("Male", r"\bmale|\bm[ae]n\b")),
)

CATEGORY_SETS: tuple[CategorySet, ...] = (
    ORIENTATION_2021,
    RELIGION_2021,
    ETHNIC_GROUP_2021,
    ETHNIC_GROUP_2001,
    DISABILITY_2021,
    GENDER_IDENTITY_2021,
    PARTNERSHIP_2021,
    SEX_2021,
)


@dataclass(frozen=True)
class Joined:
    """A category that joins what the law or the census keeps apart. All the patterns must be in one label."""

    topic: str
    all_of: tuple[str, ...]
    says: str
    source: str
    anywhere: bool = False  # the patterns may stand in one sentence of the set rather than in one label


JOINED: tuple[Joined, ...] = (
    Joined(
        "disability",
        (r"disab", r"vulnerab|support need"),
        "counts disabled people together with people who are vulnerable or need support",
        "Equality Act 2010 s.6: disability is an impairment with a substantial and long-term effect",
    ),
    Joined(
        "race",
        (r"chinese", r"\bother\b"),
        "is a grouping of the 2001 census; since 2011 Chinese is counted as an Asian group",
        ETHNIC_GROUP_2021.source,
    ),
    Joined(
        "race",
        (r"\b(bme|bame|minority ethnic|ethnic minorit\w+|non-white)\b",),
        "puts all groups but White into one, so that no single group can be seen",
        ETHNIC_GROUP_2021.source,
    ),
    Joined("race", (r"mixed", r"\bother\b"), "joins Mixed with Other groups", ETHNIC_GROUP_2021.source),
    Joined(
        "race",
        (r"\beuropean\b", r"\b(bme|bame|minority|other)\b"),
        "counts European groups as Other; the census counts White European people as White: Other White",
        ETHNIC_GROUP_2021.source,
        anywhere=True,
    ),
    Joined(
        "sexual_orientation",
        (r"\blgbt|\btrans(gender)?\b",),
        "joins sexual orientation with gender reassignment",
        "Equality Act 2010 ss.7 and 12",
    ),
)

# Headings that name something else than the characteristic they are used for.
OTHER_WORDS: tuple[tuple[str, str, str], ...] = (
    (r"^gender$", "sex", "Equality Act 2010 s.11: the protected characteristic is sex"),
)


def sets_for(topic: str) -> tuple[CategorySet, ...]:
    """The known category sets of one characteristic."""
    return tuple(known for known in CATEGORY_SETS if known.topic == topic)


def likely_set(topic: str, labels: Iterable[str]) -> CategorySet | None:
    """The known set that the labels follow: at least three quarters of its usual categories are there. None if none."""
    labels = tuple(labels)
    best: tuple[float, CategorySet] | None = None
    for known in sets_for(topic):
        usual = [c for c in known.categories if not c.residual]
        share = 1 - len(known.missing(labels)) / len(usual)
        if share >= 0.75 and (best is None or share > best[0]):
            best = (share, known)
    return best[1] if best else None
