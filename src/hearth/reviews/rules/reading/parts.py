"""From the text of an answer to the fields of its part. The text is always kept whole beside them."""

from __future__ import annotations

import re

from hearth.reviews.rules.content import (
    Affected,
    Aims,
    Approval,
    Committee,
    Consultation,
    Consulted,
    Contribution,
    Dictated,
    Gap,
    Gaps,
    Monitoring,
    Partner,
    Partners,
)
from hearth.reviews.rules.form import Form
from hearth.reviews.rules.reading.joining import sentences
from hearth.reviews.rules.reading.words import TICKED, UNTICKED, plain_words, without_marks

_POST = (
    r"(?:(?:acting|interim|assistant|deputy|senior|strategic|corporate|executive|group|managing)\s+)*"
    r"(?:head|director|deputy|chief|leader|cabinet|manager|assistant|executive|monitoring officer|portfolio|"
    r"section 151|s151|lead|mayor|council|committee|legal services|solicitor|service director|service manager)\b"
)
_BETWEEN_POSTS = re.compile(rf"\s*(?:/|;|\n|\s(?:&|and|then)\s|,)\s*(?:and\s+)?(?=(?:the\s+)?{_POST})", re.IGNORECASE)
_INDICATOR = re.compile(r"\b(?:[A-Z]{2,8}-\d{1,3}[a-z]?|[A-Z]{2}\d{2}(?:/\d{1,2})?)\b")
_OBJECTIVE_CODE = re.compile(r"\(([A-Z]{1,4}\d{1,2})\)")
_NO_INDICATOR = re.compile(
    r"\b(?:no|not any|none of the)\s+(?:related\s+|relevant\s+)?(?:kpis?|(?:key\s+)?performance indicators?)\b"
    r"|\bno(?:ne| kpis?)\b[^.]*\brelat",
    re.IGNORECASE,
)
_PURPOSE = re.compile(r"\b(?:aims?|objectives?|priorit(?:y|ies)|ambitions?|corporate plan|values?)\b", re.IGNORECASE)
_LAW_END = r"(?:Acts?|Regulations|Order|Standards?|Code|Charter|Guidance|Directive|Framework|White Paper)"
_TITLE = re.compile(
    r"\b[A-Z][\w-]*(?:,?\s+(?:[A-Z][\w-]*['’]?s?|of|and|the|for|to|in|with|on|&))*?\s+"
    rf"{_LAW_END}(?:\s+(?:of|for)\s+[A-Z][\w-]*(?:\s+(?:[A-Z][\w-]*|for|of|and|the))*)?(?:\s+(?:19|20)\d\d)?"
)
_LAW_ITEM = re.compile(
    r"\b(?:Acts?|Regulations|Order|Standards?|Guidance|Codes?|Framework|Strategy|Scheme|Charter|Law|Directive|Paper)\b"
)
_NUMBERED = re.compile(r"^\s*(?:\(?\d{1,2}[.)])\s+(.*)$", re.DOTALL)
_FUTURE = re.compile(r"\b(?:will|to be|shall|plan(?:s|ned)?|intend)\b", re.IGNORECASE)
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_WHEN = re.compile(
    rf"\b(?:\d{{1,2}}\s+)?(?:{_MONTHS})(?:\s*[/–-]\s*(?:{_MONTHS}))?\s+\d{{4}}\b|\b(?:in|during)\s+((?:19|20)\d\d)\b"
)
_CONSULTS = re.compile(
    r"\b(?:consult\w*|survey\w*|questionnaire|focus groups?|workshops?|invited|made available|engaged)\b", re.IGNORECASE
)
_WHO = (
    re.compile(r"\b(?:carried out|undertaken|held|conducted|consulted)\s+with\s+(?P<who>[^.;]+)", re.IGNORECASE),
    re.compile(r"\b(?:made available|sent|circulated)\s+to\s+(?P<who>[^.;,]+?)(?:\s+for\b|[.;,]|$)", re.IGNORECASE),
    re.compile(
        r"(?:^|\band\s+)(?P<who>(?:the\s+)?[A-Z][^.;,]+?)\s+(?:has|have|was|were)\s+(?:also\s+)?(?:been\s+)?(?:invited|consulted|asked)\b"
    ),
)
_FOUND = re.compile(r"\b(?:results?|findings?|respondents|feedback|highlight\w*|found that|told us)\b", re.IGNORECASE)
_INTERVALS = (
    (re.compile(r"(?<![\w-])(?<!half )(?:annual(?:ly)?|yearly|every year|each year|once a year)\b", re.IGNORECASE), 12),
    (re.compile(r"(?<![\w-])(?:half[- ]yearly|six[- ]monthly|twice a year|twice yearly)\b", re.IGNORECASE), 6),
    (re.compile(r"(?<![\w-])(?:quarterly|every quarter|each quarter)\b", re.IGNORECASE), 3),
    (re.compile(r"(?<![\w-])(?<!six )(?<!half )(?<!three )(?:monthly|every month|each month)\b", re.IGNORECASE), 1),
)
_UNITS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "twelve": 12,
}


def bullets(text: str) -> list[str]:
    """The bulleted lines of a text, without their bullets."""
    return [line.strip()[1:].strip() for line in text.split("\n") if line.strip().startswith("•")]


def split_posts(text: str) -> tuple[str, ...]:
    """The posts in "Head of Legal Services & Director of Housing and Public Protection" (two).

    A break counts only before a word that begins a post, so "Director of Housing & Public Protection" stays one.
    """
    pieces = [re.sub(r"^[\s•\d.)-]*(?:the\s+)?", "", p, flags=re.IGNORECASE) for p in _BETWEEN_POSTS.split(text)]
    return tuple(piece.strip(" .,;") for piece in pieces if piece.strip(" .,;"))


def split_managers(text: str) -> tuple[str, ...]:
    """The posts in a manager's box, which are parted by a stroke, a semicolon or a new line."""
    return tuple(piece.strip() for piece in re.split(r"\s*[/;\n]\s*", text) if piece.strip())


def aims(text: str, form: Form) -> Aims:
    """Question 1: the text, and its bullets as objectives."""
    return Aims(text, tuple(bullets(text)))


def affected(text: str, form: Form) -> Affected:
    """Question 2: the text, and those of the form's groups that it names."""
    first, _, rest = text.partition("\n")
    listed = re.fullmatch(r"Groups: (.+)\.", first)
    only = listed and all(groups_in(one, form) for one in re.split(r",| and ", listed[1]) if one.strip())
    return Affected(groups_in(text, form), rest.strip() if only else text)


def groups_in(text: str, form: Form) -> tuple[str, ...]:
    """Codes of the form's groups whose label stands in a text, in the form's order."""
    said = f" {' '.join(plain_words(text))} "
    found = []
    for group in form.groups:
        label = " ".join(plain_words(group.label))
        one = label[:-1] if label.endswith("s") else label
        if f" {label} " in said or f" {one} " in said:
            found.append(group.code)
    return tuple(found)


def contribution(text: str, form: Form) -> Contribution:
    """Question 3: indicators (a) and objectives (b), as far as the answer tells them apart."""
    part_a, part_b = _lettered(text)
    labelled = bool(part_b)
    if not labelled:
        part_a = " ".join(s for s in sentences(text) if _INDICATOR.search(s) or _NO_INDICATOR.search(s))
    none = _NO_INDICATOR.search(text)
    if labelled:
        aims_said = bullets(part_b) or [p for p in part_b.split("\n\n") if p.strip()][:1]
    else:
        aims_said = [s for s in sentences(text) if _PURPOSE.search(s) and s not in part_a]
    codes = [code for code in _OBJECTIVE_CODE.findall(text) if code not in " ".join(aims_said)]
    indicators = tuple(dict.fromkeys(_INDICATOR.findall(part_a)))
    return Contribution(
        no_indicator=bool(none) and not indicators,
        indicators=indicators,
        indicators_text=part_a.strip(),
        objectives=tuple(dict.fromkeys([*aims_said, *codes])),
        text=text,
    )


def _lettered(text: str) -> tuple[str, str]:
    """The parts behind "a)" and "b)" at the start of a line."""
    match = re.search(
        r"(?:^|\n)\s*(?:•\s*)?\(?a[.)]\s*(.*?)(?:^|\n)\s*(?:•\s*)?\(?b[.)]\s*(.*)$", text, re.DOTALL | re.I
    )
    return (match.group(1).strip(), match.group(2).strip()) if match else (text, "")


def dictated(text: str, form: Form) -> Dictated:
    """Question 4: the laws, standards and guidance that it names, and what it says of discretion."""
    listed = [b for b in bullets(text) if len(b.split()) <= 16 and b[:1].isupper() and _is_title(b)]
    prose = " ".join(line for line in text.split("\n") if line.strip().lstrip("• ") not in listed)
    named = [re.sub(r"^(?:The|A|An|This|In|Under)\s+", "", match.group()) for match in _TITLE.finditer(prose)]
    known: dict[str, str] = {}
    for law in [*(title for title in named if len(title.split()) >= 2), *listed]:
        known.setdefault(" ".join(plain_words(law)), law)
    # "the Ombudsman's Complaint Handling Code" and "Complaint Handling Code" are one: the fuller name stays.
    laws = tuple(law for key, law in known.items() if not any(other.endswith(f" {key}") for other in known))
    discretion = " ".join(s for s in sentences(prose) if re.search(r"\bdiscretion", s, re.IGNORECASE))
    return Dictated(laws=laws, text=text, discretion=discretion)


def _is_title(bullet: str) -> bool:
    return bool(_LAW_ITEM.search(bullet)) and not re.search(r"\b(?:is|are|was|will|must)\b", bullet)


def consultation(text: str, form: Form) -> Consultation:
    """Question 6: the text, and the exercises that can be told in it."""
    exercises: list[Consulted] = []
    for sentence in sentences(text):
        found = [match["who"].strip() for pattern in _WHO for match in pattern.finditer(sentence)]
        when = _WHEN.search(sentence)
        if exercises and not found and _FOUND.search(sentence):
            last = exercises.pop()
            exercises.append(
                Consulted(last.who, last.groups, last.when, last.how, None, f"{last.findings} {sentence}".strip())
            )
        elif found:
            for who in found:
                who = re.sub(r"^(?:the|all)\s+(?=[A-Z])", "", who)
                exercises.append(Consulted(who, groups_in(who, form), when.group() if when else "", sentence))
        elif when and _CONSULTS.search(sentence):
            exercises.append(Consulted("", groups_in(sentence, form), when.group(), sentence))
    return Consultation(text, tuple(exercises))


def gaps(text: str, form: Form) -> Gaps:
    """Question 7: numbered items, or what a sentence names "especially"; the planned research stands with them."""
    lines = [line for line in text.split("\n") if line.strip()]
    items = [match.group(1) for line in lines if (match := _NUMBERED.match(line))] or bullets(text)
    if not items and re.match(r"^\W*(?:no|none|n/?a|not applicable)\b", text, re.IGNORECASE):
        return Gaps(text)
    if not items:
        items = [piece for sentence in sentences(text) for piece in _named_gaps(sentence)]
    return Gaps(text, tuple(_gap(item, form) for item in items))


def _named_gaps(sentence: str) -> list[str]:
    match = re.search(r"\b(?:especially|particularly|in particular|such as|including)\s+(.+?)[.;]?$", sentence)
    if not match:
        return [sentence.rstrip(".")]
    return [piece.strip() for piece in re.split(r",\s*(?:and\s+)?|\s+and\s+", match.group(1)) if piece.strip()]


def _gap(item: str, form: Form) -> Gap:
    first = sentences(item)[0].rstrip(".") if sentences(item) else item
    planned = item if _FUTURE.search(first) else ""
    return Gap(first, planned, groups_in(first, form) if planned else ())


def partners(text: str, form: Form) -> Partners:
    """Question 10: the partners listed, and whether the answer says that no circumstances are known."""
    none = re.search(
        r"\bno (?:known |particular |specific )?circumstances\b|^\W*(?:none|n/?a|not applicable|no)\W*$", text, re.I
    )
    return Partners(bool(none), tuple(Partner(name.rstrip(".;,")) for name in bullets(text)), text)


def approval(text: str, form: Form) -> Approval:
    """Question 13: the text and the posts in it."""
    short = [line for line in text.split("\n") if line.strip() and len(line) <= 200]
    return Approval(text, tuple(post for line in short for post in split_posts(line)))


def committee(text: str, form: Form) -> Committee:
    """Question 14: yes and no as ticked in any manner (trap T4); whatever else is said goes into `body`."""
    ticks = "".join(TICKED)
    boxes = ticks + "".join(UNTICKED)
    yes, no = _box("yes", text, ticks, boxes), _box("no", text, ticks, boxes)
    plain = without_marks(text)
    if yes is None and no is None:
        first = re.match(r"^\W*(yes|no)\b", plain, re.IGNORECASE)
        yes, no = bool(first and first[1].lower() == "yes"), bool(first and first[1].lower() == "no")
        body = plain[first.end() :] if first else plain
    else:
        body = re.sub(r"\[\s*[xX]?\s*\]", "", re.sub(r"\b(?:yes|no)\b", "", plain, flags=re.IGNORECASE))
    return Committee(bool(yes), bool(no), re.sub(r"\s+", " ", body).strip(" \n|–-:.,/"))


def _box(word: str, text: str, ticks: str, boxes: str) -> bool | None:
    """Whether the box beside a word is ticked; None where there is no box."""
    before = re.search(rf"(?:([{re.escape(boxes)}])|\[(\s*[xX]?\s*)\])\s*{word}\b", text, re.IGNORECASE)
    after = re.search(rf"\b{word}\s*(?:([{re.escape(boxes)}])|\[(\s*[xX]?\s*)\])", text, re.IGNORECASE)
    # "☒ Yes ☐ No" and "Yes ☒ No ☐" look alike from the middle: what comes first in the text decides.
    leads = re.match(rf"^\W*?(?:[{re.escape(boxes)}]|\[)", text.strip()) is not None
    match = before if leads else after or before
    if match is None:
        return None
    return match.group(1) in ticks if match.group(1) else bool((match.group(2) or "").strip())


def monitoring(text: str, form: Form) -> Monitoring:
    """Question 15: the text and the shortest interval it promises, in months; none for "regular"."""
    found = [months for pattern, months in _INTERVALS if pattern.search(text)]
    for amount, unit in re.findall(r"\b(?:every|each)\s+(\d{1,2}|[a-z]+)\s+(month|year)s?\b", text, re.IGNORECASE):
        number = int(amount) if amount.isdigit() else _UNITS.get(amount.lower(), 0)
        if number:
            found.append(number * (12 if unit.lower() == "year" else 1))
    return Monitoring(text, min(found) if found else None)
