"""What a percentage in a sentence is a percentage of: its label and the people it is counted among."""

from __future__ import annotations

import re

_VERB = (
    r"(?:are|is|was|were|have|has|had|do|does|did|identif(?:y|ies|ied)|describe[sd]?|connect(?:ed)?|report(?:ed|s)?|"
    r"said|say|live[sd]?|feel|felt|preferred|prefer|belong(?:ed|s)?|stated?|consider(?:ed)?|in the|who)"
)
_PEOPLE = (
    r"(?:tenants|residents|people|persons|respondents|applicants|households|leaseholders|customers|adults|women|men|"
    r"tenancies|members|population|those|us|staff)"
)
# "disability, vulnerability or support need" is one label: a list that ends in "or".
_LISTED = r"\s+[\w'’/-]+(?:,?\s[\w'’/-]+){0,3}\s+or\s"
_LEAD = re.compile(
    r"^(?:[\s,;:.]+|(?:and|or|then|while|whilst|with|but|plus)\s+|"
    r"(?:(?:this|these|which)\s+(?:is|are|was|were)\s+)?followed by\s+)+",
    re.I,
)
_TRAIL = re.compile(r"(?:[\s,;:.(]+|\s(?:and|or|then|while|whilst|with|but|followed by))+$", re.I)
_CLEAN_VERB = re.compile(
    r"^(?:(?:who|that|are|is|was|were|have|has|had|also|from|in|within|being)\s+|"
    r"(?:self-?)?(?:identif(?:y|ies|ied)|describe[sd]?|connect(?:ed)? or identif(?:y|ied)|belong(?:ed|s)?)\s*"
    r"(?:themselves\s+|to be\s+)*(?:as|with|to)\s+|described\s+|(?:an?|the)\s+)+",
    re.I,
)


def split_population(after: str) -> tuple[str, str]:
    """Split what stands after a figure: "of tenants are aged up to 35" gives ("tenants", "are aged up to 35")."""
    found = re.match(rf"\s*of\s+(?P<people>.{{2,90}}?)\s+(?={_VERB}\b)", after, re.I)
    if found:
        return found.group("people").strip(), after[found.end() :]
    found = re.match(rf"\s*(?P<people>(?:\w+\s+){{0,2}}{_PEOPLE})\s+(?={_VERB}\b)", after, re.I)
    if found:
        return found.group("people").strip(), after[found.end() :]
    found = re.match(r"\s*of\s+(?P<people>[^,;.]{2,90})", after, re.I)
    if found:
        return _TRAIL.sub("", found.group("people")).strip(), after[found.end() :]
    return "", after


def tidy(words: str) -> str:
    """A label without the words that only join it to its sentence."""
    words = _TRAIL.sub("", _LEAD.sub("", words.strip()))
    words = _CLEAN_VERB.sub("", words)
    return " ".join(words.strip(" '\"‘’“”•–—-").split())


def label_after(after: str) -> tuple[str, str]:
    """Label and population from the words that follow a figure, up to the first comma or semicolon."""
    population, rest = split_population(re.sub(r"^\s*\)", "", after))
    rest = re.split(rf";(?=\s)|,(?=\s)(?!{_LISTED})|\s\((?=\d)", rest.strip(), maxsplit=1)[0]
    return tidy(rest), population


def label_before(before: str) -> str:
    """The label in the words that lead to a figure ("followed by Black, Black British (", "is White at")."""
    words = re.sub(r"[\s(:=–—-]+$", "", before)
    words = re.split(r"\b(?:states?|shows?|showed|suggests?|found|reports?|reported) that\s", words)[-1]
    words = re.sub(
        r"\s(?:makes? up|made up|accounts? for|accounted for|represents?|at|is|was|were|are|being)$",
        "",
        words,
    )
    if re.search(r"\swith$", words):  # "The Other group is the largest with 12%": the subject is the label
        words = re.split(r"\s(?:is|are|was|were)\s", words[:-5], maxsplit=1)[0]
    else:
        # "This is followed by residents aged …", "… that people identify with is White": the complement is
        # the label
        words = re.split(r"\bfollowed by\b|\s(?:is|are|was|were)\s(?!followed)", words)[-1]
    words = re.sub(rf"^[\s,;]*(?:and\s+|then\s+)*(?:by\s+)?{_PEOPLE}\s+(?=aged|who|in)", "", words, flags=re.I)
    return tidy(words)


def label_of(before: str, after: str) -> tuple[str, str]:
    """The label of a figure and the people it is counted among.

    `before` and `after` are the words between this figure and its neighbours, inside one sentence.
    """
    bracketed = before.rstrip().endswith("(")
    if bracketed:
        return label_before(before), ""
    leads = re.search(r"(?:\b(?:at|with|is|was|are|were|being|by)|[:=–—])\s*$", before, re.I)
    label, population = label_after(after)
    if leads and not re.search(r"followed by\s*$", before, re.I):
        named = label_before(before)
        if named:
            return named, population
    if label:
        return label, population
    return label_before(before), population
