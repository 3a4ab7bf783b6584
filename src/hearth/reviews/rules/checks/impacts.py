"""Checks on the impact table and its explanation: does each answer rest on something?

Sources: Customer Access Review reference, sections 3.2, 3.3 and 3.4.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from hearth.kernel.findings import Finding, Level
from hearth.reviews.rules.checks import comparing, evidence, words
from hearth.reviews.rules.checks.catalogue import Check
from hearth.reviews.rules.checks.context import Context
from hearth.reviews.rules.content import Content, Impact, State
from hearth.reviews.rules.form import Characteristic, Form

EXPLAIN = "The form's notes on the impact table: explain why; Brown principle 3: in substance, not box-ticking"
ENQUIRE = "Bridges v South Wales Police [2020] EWCA Civ 1058; DXK v SSHD [2024] EWHC 579"
SUBSTANCE = "Buckley v Bath & NES [2018] EWHC 1551; Audit Wales, 27 September 2022"
FOCUSED = "Bracking [2013] EWCA Civ 1345; Equality and Human Rights Commission on the Home Office, 2020"
INDIRECT = "Ward and Gullu v Hillingdon [2019] EWCA Civ 692: a residence rule in housing"
COMBINED = "Audit Wales, 27 September 2022: characteristics that combine are not considered"
PROMISED = "Brown principle 3; consistency with earlier reviews"
FOOTNOTE = "Equality Act 2010, section 149(7): marriage and civil partnership count under the first aim alone"
DECIDED = "Brown principle 3: a decision for every characteristic; nothing is assumed"
RELEVANT = "Brown principle 3; the form's first note: the screening names the relevant aims"

_MECHANISM = re.compile(
    r"\b(?:provid|offer|support|refer|signpost|interpret|translat|braille|large print|audio|adapt|adjust|train"
    r"|visit|inform|advis|advoca|protect|safeguard|prioriti|assess|contact|fund|discount|exempt|waiv|assist|help"
    r"|reduc|increas|remov|pay|paid|deliver|install|allocat|extend|shorten|clos|charg|transport|ramp|lift)"
    r"|\baccessible\b|\brelay\b",
    re.IGNORECASE,
)
_HARM = re.compile(
    r"\b(detriment\w*|harm\w*|risks?|abuse\w*|neglect\w*|los(?:e|es|ing|s|ses)|worse\w*|disadvantag\w*|suffer\w*"
    r"|barriers?|exclu(?:de|ded|des|sion)|evict\w*|suicid\w*|hardship|poverty|unable)\b",
    re.IGNORECASE,
)
_RULES = re.compile(
    r"\beligib|\bresiden(?:ce|cy)\b|\blocal connection\b|\bband(?:s|ing)\b|\bqualif(?:y|ies|ying)\b"
    r"|\ballocations? scheme\b",
    re.IGNORECASE,
)
_COMBINE = re.compile(
    r"\bintersect|\bmore than one (?:\w+ ){0,2}characteristic|\b(?:two|several|multiple) (?:\w+ ){0,2}characteristic"
    r"|\bcharacteristics? (?:\w+ ){0,3}(?:combine|overlap)|\bcombin\w+ (?:\w+ ){0,3}characteristic",
    re.IGNORECASE,
)
_AIM_FILLER = re.compile(
    r"^(?:\s*(?:tackling|eliminat(?:e|ing)|promot(?:e|ing)|advanc(?:e|ing)|foster(?:ing)?|unlawful|the|need|to)\b)+",
    re.IGNORECASE,
)


def _ticked(impact: Impact) -> bool:
    return impact.no_impact or impact.unknown


def not_explained(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """C07: "no impact" or "unknown" without an explanation that names the characteristic (CAR-20)."""
    text = content.explanation.text
    ticked = [c for c, impact in words.rows_of(content, form) if _ticked(impact)]
    named = frozenset[str]() if words.is_nothing(text) else words.spoken_of(text, form)
    missing = [c.label for c in ticked if c.code not in named]
    if missing:
        message = (
            f"{words.opening(words.question('explanation', form))} does not say why there is no impact, or why it is"
            f" unknown, for {words.listed(missing)}."
        )
        yield Finding("C07", Level.BLOCK, message, "explanation", words.listed(missing), EXPLAIN)


def no_impact_on_thin_data(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """C08: "no impact" where no data is held or too much is unknown (CAR-25); a typed reason silences it."""
    known = evidence.by_characteristic(content, form)
    where = words.question("profile", form)
    for c, impact in words.rows_of(content, form):
        if (
            not impact.no_impact
            or impact.unknown_reason.strip()
            or not evidence.is_thin(known[c.code], context.unknown_limit)
        ):
            continue
        share = known[c.code].unknown
        told = "holds no figures on it" if share is None else f"does not know it of {share:g}% of people"
        message = (
            f"{c.label} is marked “no impact”, but {where} {told}. Consider “unknown”, or give the reason why"
            " “no impact” is right."
        )
        quote = "" if share is None else f"{share:g}%"
        yield Finding("C08", Level.WARN, message, f"impacts.{c.code}", quote, ENQUIRE, State.UNKNOWN.value)


def all_the_same(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """C09: every row has the same answer, text and all. A row that only counts in employment may differ."""
    rows = [
        impact
        for c, impact in words.rows_of(content, form)
        if not (c.employment_only and impact.state in {State.NOT_APPLICABLE, State.BLANK})
    ]
    answers = {(i.state, words.plain(i.positive).lower(), words.plain(i.negative).lower()) for i in rows}
    if len(rows) > 2 and len(answers) == 1 and rows[0].state is not State.BLANK:
        said = rows[0].state.value.replace("_", " ")
        message = f"All {len(rows)} rows have the same answer, “{said}”. Look at each group in turn."
        yield Finding("C09", Level.WARN, message, "impacts", said, SUBSTANCE)


def _masked(sentence: str, c: Characteristic, form: Form) -> str:
    """A sentence without the name of its own row, so that copies can be compared."""
    lower = words.plain(sentence).lower()
    for title in sorted(words.names_of(c), key=len, reverse=True):
        lower = re.sub(rf"(?<!\w){re.escape(title)}(?!\w)", " ", lower)
    return lower


def _has_substance(sentence: str, c: Characteristic) -> bool:
    """Whether a sentence names a group of people, a number or a way in which something is done."""
    heads = {title[:5] for title in words.titles_of(c)}
    named = [word for word in words.names_of(c) if word[:5] not in heads]
    return bool(re.search(r"\d", sentence) or _MECHANISM.search(sentence) or words.mentions(sentence, named))


def says_nothing_particular(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """C11: a text that names no group, number or way of doing; copies in other rows are told."""
    texts = [
        (c, column, text)
        for c, impact in words.rows_of(content, form)
        if not impact.typed_not_applicable
        for column, text in (("positive", impact.positive), ("negative", impact.negative))
        if text.strip()
    ]
    hollow = [row for row in texts if not any(_has_substance(s, row[0]) for s in words.sentences(row[2]))]
    for c, column, text in hollow:
        first = [_masked(s, c, form) for s in words.sentences(text)]
        copies = [
            other.label
            for other, _, words_there in texts
            if other.code != c.code
            and any(
                words.likeness(one, _masked(s, other, form)) >= 0.8
                for s in words.sentences(words_there)
                for one in first
            )
        ]
        same = f" The same sentence stands under {words.listed(dict.fromkeys(copies))}." if copies else ""
        message = (
            f"The {column} impact on {c.label} names no group of people, no number and nothing that is done."
            f"{same} Say who gains or loses, and how."
        )
        yield Finding("C11", Level.WARN, message, f"impacts.{c.code}", text.strip()[:200], SUBSTANCE)


def harm_called_positive(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """C12: words of harm in a positive text beside an empty negative one; the subject's own words do not count."""
    subject = words.stems(f"{content.details.area} {context.policy_title}")
    none_negative = not any(i.negative.strip() and not i.typed_not_applicable for i in content.impacts)
    for c, impact in words.rows_of(content, form):
        if impact.negative.strip() or impact.typed_not_applicable:
            continue
        harms = [w.lower() for w in _HARM.findall(impact.positive) if not words.stems(w) <= subject]
        if harms:
            every = " No row of the table tells of a negative impact." if none_negative else ""
            quote = words.listed(dict.fromkeys(harms))
            message = (
                f"The positive impact on {c.label} speaks of harm ({quote}) and the negative impact is empty."
                f"{every} Check that nothing negative is left out."
            )
            yield Finding("C12", Level.INFORM, message, f"impacts.{c.code}", quote, FOCUSED)


def rule_may_discriminate(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """C15: a policy that decides by rule; prompt for indirect discrimination."""
    text = "\n".join(
        [
            content.details.area,
            context.policy_title,
            content.aims.text,
            *content.aims.objectives,
            content.dictated.discretion,
        ]
    )
    found = _RULES.search(text)
    if context.rule_based or found:
        message = (
            "This decides by rule. Ask of each rule: can people with a protected characteristic meet it less often?"
            " Is there a good reason for it, and would something milder do?"
        )
        yield Finding("C15", Level.INFORM, message, "impacts", found[0] if found else "", INDIRECT)


def combination_not_considered(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """C16: nothing is said of people with more than one characteristic where impacts are assessed."""
    text = "\n".join(
        [
            *(t for impact in content.impacts for t in (impact.positive, impact.negative)),
            content.explanation.text,
            content.partners.text,
            content.comments.text,
            *(row.affected for row in content.impact_actions.rows),
        ]
    )
    if _COMBINE.search(text) or not words.is_nothing(content.extra.get("combined", "")):
        return
    part = "extra.combined" if "combined" in form.optional else "impacts"
    message = (
        "Nothing is said of people with more than one characteristic, such as older disabled people. Consider"
        " whether the impact on them is different."
    )
    yield Finding("C16", Level.INFORM, message, part, "", COMBINED)


def benefit_called_no_impact(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """C22: the explanation tells of a benefit for a characteristic whose row says "no impact"."""
    told: dict[str, str] = {}
    for sentence in words.sentences(content.explanation.text):
        for code in words.spoken_of(sentence, form) if comparing.measures_in(sentence) else ():
            told.setdefault(code, sentence)
    for c, impact in words.rows_of(content, form):
        if impact.no_impact and c.code in told:
            message = (
                f"{c.label} is marked “no impact”, but {words.question('explanation', form)} tells of something that"
                " benefits this group. Consider “positive”, with the benefit as its text."
            )
            quote = told[c.code][:200]
            yield Finding("C22", Level.WARN, message, f"impacts.{c.code}", quote, PROMISED, State.POSITIVE.value)


def not_applicable_instead(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """C23: a tick or text where the row counts in employment alone; "not applicable" typed as a text."""
    for c, impact in words.rows_of(content, form):
        outside = c.employment_only and not content.duty.employment
        said = bool(impact.positive.strip() or impact.negative.strip())
        if impact.typed_not_applicable:
            message = f"“Not applicable” is typed as text for {c.label}. Set the row to “not applicable”."
        elif outside and (_ticked(impact) or said):
            message = (
                f"{c.label} counts only in the context of employment, and this review does not touch employment."
                " Set the row to “not applicable”."
            )
        else:
            continue
        value = State.NOT_APPLICABLE.value
        yield Finding("C23", Level.INFORM, message, f"impacts.{c.code}", impact.positive[:200], FOOTNOTE, value)


def no_state(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """C24: a row for which nothing is decided; "not applicable" typed as a text decides nothing."""
    for c, impact in words.rows_of(content, form):
        typed = impact.typed_not_applicable and not (impact.not_applicable or _ticked(impact))
        if impact.state is State.BLANK or typed:
            suggestion = State.NOT_APPLICABLE.value if typed else ""
            message = f"Nothing is decided for {c.label}. Choose one answer for the row."
            yield Finding("C24", Level.BLOCK, message, f"impacts.{c.code}", "", DECIDED, suggestion)


def aim_not_discussed(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """C30: the screening found an aim relevant and the review never speaks of it. Silent without a screening."""
    if context.screening is None:
        return
    used = Counter(aim for i in content.impacts for aim in (*i.positive_aims, *i.negative_aims))
    texts = [content.explanation.text, content.comments.text, content.partners.text, *content.aims.objectives]
    texts += [t for i in content.impacts for t in (i.positive, i.negative)] + [content.aims.text]
    for aim in form.aims:
        if aim.code not in context.screening.aims or used[aim.code]:
            continue
        subject = _AIM_FILLER.sub("", aim.label).strip() or aim.label
        if not any(words.mentions(text, [subject]) for text in texts):
            message = (
                f"The screening found the aim of {aim.label} relevant, but no impact is assessed against it. Say"
                " what the impact on it is."
            )
            yield Finding("C30", Level.BLOCK, message, "duty", aim.label, RELEVANT)


_B, _W, _I = Level.BLOCK, Level.WARN, Level.INFORM
IMPACT_CHECKS = (
    Check("C07", _B, "No explanation for “no impact” or “unknown”", EXPLAIN, not_explained, ("explanation",), True),
    Check("C08", _W, "“No impact” without data", ENQUIRE, no_impact_on_thin_data, ("impacts", "profile")),
    Check("C09", _W, "All characteristics share one answer", SUBSTANCE, all_the_same, ("impacts",)),
    Check("C11", _W, "An impact that says nothing particular", SUBSTANCE, says_nothing_particular, ("impacts",)),
    Check("C12", _I, "Words of harm in a positive impact", FOCUSED, harm_called_positive, ("impacts",)),
    Check("C15", _I, "A rule that may discriminate indirectly", INDIRECT, rule_may_discriminate, ("aims", "dictated")),
    Check("C16", _I, "Combined characteristics not considered", COMBINED, combination_not_considered, ("impacts",)),
    Check("C22", _W, "A benefit marked “no impact”", PROMISED, benefit_called_no_impact, ("impacts", "explanation")),
    Check("C23", _I, "A row that is not applicable", FOOTNOTE, not_applicable_instead, ("impacts", "duty")),
    Check("C24", _B, "A row without an answer", DECIDED, no_state, ("impacts",), True),
    Check("C30", _B, "A relevant aim is never discussed", RELEVANT, aim_not_discussed, ("duty", "impacts"), True),
)
