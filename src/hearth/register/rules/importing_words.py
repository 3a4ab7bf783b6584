"""What the words of other systems mean here: tenures, parts in a household, kinds of home (PROF-31); pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from hearth.kernel.refusals import Refused
from hearth.register.rules.kinds import ApplicationKind, HomeKind, Tenure
from hearth.register.rules.mapping import plain

TENANCY, LEASE, APPLICATION = "tenancy", "lease", "application"
LEAD, JOINT, MEMBER, LEASEHOLDER, APPLICANT = "lead", "joint", "member", "leaseholder", "applicant"
HOLDER = "holder"  # a tenant; whether the lead tenant is said elsewhere


@dataclass(frozen=True)
class Right:
    """By what right: a tenancy of some tenure, a lease, or an application of some kind."""

    kind: str
    value: str = ""  # of Tenure or ApplicationKind

    @property
    def key(self) -> str:
        """As it stands in the options of a source: "tenancy:general_needs"."""
        return f"{self.kind}:{self.value}" if self.value else self.kind


RIGHTS: dict[str, tuple[Right, str]] = {
    **{right.key: (right, tenure.label) for tenure in Tenure for right in [Right(TENANCY, tenure.value)]},
    LEASE: (Right(LEASE), "Leasehold"),
    **{
        right.key: (right, f"Application: {kind.label.lower()}")
        for kind in ApplicationKind
        for right in [Right(APPLICATION, kind.value)]
    },
}

# The first that fits; words as landlords and CORE write them.
_TENURES = [
    (r"\bshared (owner|equity)\w*|\bpart (buy|owner)\w*|\bs/?o\b", "tenancy:shared_ownership"),
    (r"\blease\w*|\blong lease\b|\bright to buy\b|\brtb\b|\blhs?\b", LEASE),
    (r"\bhomeless\w* appl\w*|\bhomeless\w*$", "application:homeless"),
    (r"\btransfer\b", "application:transfer"),
    (r"\bappl\w+|\bhousing register\b|\bwaiting list\b", "application:housing"),
    (r"\btemp\w*|\bnon ?secure\b|\bnightly\b|\bbed (and|&) breakfast\b|\bhostel\b|\binterim\b", "tenancy:temporary"),
    (
        r"\bsupport\w*|\bsheltered\b|\bindependent living\b|\bextra care\b|\bretirement\b|\bhousing scheme\b"
        r"|\bolder (people|persons)\b|\bhfop\b",
        "tenancy:supported",
    ),
    (r"\bintermediate\b|\bkey ?worker\b|\brent to (buy|homebuy)\b", "tenancy:intermediate"),
    (
        r"\bgeneral needs?\b|\bsecure\b|\bintroductory\b|\bflexible\b|\bassured\b|\bstarter\b|\bdemoted\b"
        r"|\bsocial rent\w*|\baffordable rent\w*|\bgn\b|\blicen[cs]e\w*",
        "tenancy:general_needs",
    ),
]
_TENURES_READ = [(re.compile(pattern), key) for pattern, key in _TENURES]


@lru_cache(maxsize=2000)
def guess_right(words: str) -> str:
    """The key of the right that words such as "Secure tenancy" name; nothing where they name none."""
    bare = plain(words)
    for key, (_, label) in RIGHTS.items():
        if bare in (plain(key), plain(label), plain(key.partition(":")[2])):
            return key
    return next((key for pattern, key in _TENURES_READ if pattern.search(bare)), "")


def right(words: str, said: Mapping[str, str]) -> Right:
    """The right that a tenure's words stand for: as somebody has said for this source, else by the words. Refused."""
    key = said.get(words) or guess_right(words)
    if key not in RIGHTS:
        raise Refused(f"“{words}” is not a tenure that is known here: say what it means, beside the columns")
    return RIGHTS[key][0]


_ROLES = {
    LEAD: "lead tenant, main tenant, tenant 1, primary tenant, sole tenant, lead, main, primary, sole, self",
    JOINT: "joint tenant, joint, tenant 2, tenant 3, tenant 4, co tenant",
    HOLDER: "tenant, t, shared owner, owner, licensee",
    LEASEHOLDER: "leaseholder, joint leaseholder, lessee, l",
    APPLICANT: "applicant, joint applicant, main applicant",
}  # fmt: skip
_ROLE_OF = {words: role for role, listed in _ROLES.items() for words in listed.split(", ")}


@lru_cache(maxsize=2000)
def role(words: str) -> str:
    """The part that somebody has: a tenant of some sort, a leaseholder, an applicant, else a household member."""
    return _ROLE_OF.get(plain(words), MEMBER)


_HOMES = [
    (r"\bbungalow\b", HomeKind.BUNGALOW),
    (r"\bmaison\w*", HomeKind.MAISONETTE),
    (r"\bbed ?sit\w*|\bstudio\b", HomeKind.BEDSIT),
    (r"\broom\b|\bhmo\b", HomeKind.ROOM),
    (r"\bflat\b|\bapartment\b|\bfl\b", HomeKind.FLAT),
    (r"\bpitch\b|\bcaravan\b|\bmobile home\b", HomeKind.PITCH),
    (r"\bhouse\b|\bterrace\w*|\bdetached\b|\bhs\b", HomeKind.HOUSE),
]
_HOMES_READ = [(re.compile(pattern), kind) for pattern, kind in _HOMES]


@lru_cache(maxsize=2000)
def home_kind(words: str) -> str:
    """The kind of home that words such as "Mid-terraced house" name; others are "other"."""
    bare = plain(words)
    return next((kind.value for pattern, kind in _HOMES_READ if pattern.search(bare)), HomeKind.OTHER.value)


_YES = {"y", "yes", "true", "t", "1", "x", "✓", "lead", "main", "primary"}
_NO = {"n", "no", "false", "f", "0", "", "joint", "secondary"}


def yes(words: str) -> bool:
    """Whether words say yes. Raises Refused for words that say neither."""
    bare = words.casefold().strip(". ")
    if bare in _YES or bare in _NO:
        return bare in _YES
    raise Refused(f"“{words}” is neither yes nor no")


_TITLES = re.compile(r"^(mr|mrs|ms|miss|mx|dr|prof|professor|rev|reverend|sir|dame|lord|lady|cllr)\b\.?\s*", re.I)


def name_parts(words: str) -> tuple[str, str, str]:
    """Title, given names and family name of a name in one cell: "Lee, Ann" and "Ms Ann Lee" alike."""
    family, comma, given = (part.strip() for part in words.partition(","))
    title = ""
    if comma:
        if found := _TITLES.match(given):
            title, given = found[1], given[found.end() :]
        return title, given, family
    if (found := _TITLES.match(family)) and family[found.end() :]:
        title, family = found[1], family[found.end() :]
    given, _, family = family.rpartition(" ")
    return title, given.strip(), family
