"""What must be right before a survey opens (requirements, section 4), each found with words that say what to do.

Nothing here changes anything. BLOCK stops the opening; WARN asks to look again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from hearth.kernel.days import spoken
from hearth.kernel.findings import Finding, Level
from hearth.kernel.refusals import Refused
from hearth.surveys.rules import lifecycle, tsm
from hearth.surveys.rules.building import untranslated
from hearth.surveys.rules.editing import CODE
from hearth.surveys.rules.instrument import ENGLISH, Instrument, Question, said
from hearth.surveys.rules.kinds import Draw, QuestionKind, Secrecy, Sort

CHOOSING = frozenset({QuestionKind.ONE, QuestionKind.MANY, QuestionKind.SCALE, QuestionKind.RANK})
TENANT_SURVEYS = frozenset({Sort.TSM, Sort.STAR})  # which ask about Choice Based Lettings (SUR-07)
LETTINGS = "lettings"  # the key of that section
INTERNET = "internet"


@dataclass(frozen=True)
class Facts:
    """What is known of a survey beside its questionnaire. `edition_of_the_day` is that of the day on which it opens."""

    sort: Sort
    purpose: str = ""
    secrecy: Secrecy = Secrecy.CONFIDENTIAL
    draw: Draw = Draw.CENSUS
    modes: Sequence[str] = ()
    stock: str = ""
    locked_set: str = ""
    edition_of_the_day: str = ""
    opens_on: date | None = None
    closes_on: date | None = None
    results_due_on: date | None = None
    rolling: bool = False
    every_months: int | None = None
    firm: str = ""
    agreement: str = ""
    without_lettings: str = ""
    sample_drawn: bool = False
    landlord: str = ""


def before_opening(
    instrument: Instrument, facts: Facts, *, edition: Instrument | None = None, on: date
) -> tuple[Finding, ...]:
    """Everything that stops a survey from opening on a day, or should be looked at again before it does.

    `edition` is the prescribed questionnaire where the survey carries one.
    """
    found = [*_questions(instrument), *_filters(instrument), *_languages(instrument), *_texts(instrument)]
    found += [*_modules(instrument, facts), *_days(facts, on), *_facts(facts)]
    if edition is not None:
        found += _locked(instrument, facts, edition)
    order = [Level.BLOCK, Level.WARN, Level.INFORM]
    return tuple(sorted(found, key=lambda one: order.index(one.level)))


def stopping(found: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings that stop the opening."""
    return tuple(one for one in found if one.level is Level.BLOCK)


def _block(code: str, message: str, part: str = "", source: str = "") -> Finding:
    return Finding(code, Level.BLOCK, message, part=part, source=source)


def _warn(code: str, message: str, part: str = "", source: str = "") -> Finding:
    return Finding(code, Level.WARN, message, part=part, source=source)


def _questions(instrument: Instrument) -> Iterator[Finding]:
    """S01 to S04: there are questions, each complete and with a code of its own."""
    asked = list(instrument.questions())
    if not asked:
        yield _block("S01", "There is no question yet. Add one.")
    for section in instrument.sections:
        if not section.questions:
            message = f"The section “{said(section.title)}” has no question. Add one or take it out."
            yield _block("S02", message, part=f"section/{section.key}")
    seen: set[str] = set()
    for question in asked:
        yield from _question(question)
        if question.code.lower() in seen:
            message = f"Two questions have the code {question.code}. Each needs its own."
            yield _block("S04", message, part=f"question/{question.code}")
        seen.add(question.code.lower())


def _question(question: Question) -> Iterator[Finding]:
    code, part = question.code, f"question/{question.code}"
    if not CODE.fullmatch(code):
        yield _block("S04", f"“{code}” cannot be the name of a column. Use letters and numbers.", part=part)
    if not said(question.words).strip():
        yield _block("S02", f"{code} has no wording.", part=part)
    offered = [option for option in question.options if not option.silent]
    if question.kind in CHOOSING:
        if len([option for option in offered if not option.missing]) < 2:
            yield _block("S03", f"{code} needs at least two answers to choose from.", part=part)
        if any(not said(option.words).strip() for option in question.options):
            yield _block("S03", f"An answer of {code} has no words.", part=part)
        if len({option.code for option in question.options}) < len(question.options):
            yield _block("S03", f"Two answers of {code} have the same code.", part=part)
    if question.kind is QuestionKind.SCALE and len([one for one in offered if not one.missing]) != 5:
        yield _block("S03", f"{code} is a five-point scale, so it has five answers that count.", part=part)
    if question.lowest is not None and question.highest is not None and question.lowest > question.highest:
        yield _block("S03", f"The lowest number of {code} is above its highest.", part=part)
    if question.characteristic and question.required:
        message = f"{code} asks for a protected characteristic, so it may not have to be answered."
        yield _block("S06", message, part=part, source="UK GDPR Article 9; Equality Act 2010 s.149")
    if question.characteristic and offered and not any(option.missing for option in offered):
        yield _warn("S06", f"{code} should offer “prefer not to say”.", part=part)


def _filters(instrument: Instrument) -> Iterator[Finding]:
    """S05: a filter names answers of an earlier question."""
    before: dict[str, Question] = {}
    for question in instrument.questions():
        if question.only_if is not None:
            asked, part = before.get(question.only_if.question), f"question/{question.code}"
            if asked is None:
                name = question.only_if.question
                message = f"{question.code} depends on {name}, which is not asked before it. Move it, or take it out."
                yield _block("S05", message, part=part)
            else:
                known = {option.code for option in asked.options}
                for code in [one for one in question.only_if.codes if one not in known]:
                    message = f"{question.code} depends on the answer “{code}” of {asked.code}, which is not offered."
                    yield _block("S05", message, part=part)
        before[question.code] = question


def _languages(instrument: Instrument) -> Iterator[Finding]:
    """S07: what is said in English is said in every language that is offered."""
    for language in instrument.languages:
        lacking = untranslated(instrument, language) if language != ENGLISH else []
        if lacking:
            count = "1 wording is" if len(lacking) == 1 else f"{len(lacking)} wordings are"
            message = f"{count} missing in “{language}”. Write what is missing, or do not offer the language."
            yield _block("S07", message, part=f"language/{language}")


def _texts(instrument: Instrument) -> Iterator[Finding]:
    """S08: who is asked is told by whom and why, how to complain, and what becomes of what they say of themselves."""
    if not said(instrument.intro).strip():
        yield _block("S08", "The introduction is empty. Say who asks, why, and how long it takes.", part="intro")
    if not said(instrument.complain).strip():
        message = "The questionnaire does not say how to complain."
        yield _block("S08", message, part="complain", source="Complaint Handling Code 1.6")
    asks = any(question.characteristic for question in instrument.questions())
    if asks and not said(instrument.consent).strip():
        message = "Questions about the person need words on why they are asked and what becomes of the answers."
        yield _block("S08", message, part="consent")


def _modules(instrument: Instrument, facts: Facts) -> Iterator[Finding]:
    """S09: Choice Based Lettings in tenant surveys (SUR-07), the internet (PROF-18), a suggestion field (SUR-04)."""
    keys = {section.key for section in instrument.sections if section.questions}
    if facts.sort in TENANT_SURVEYS:
        if LETTINGS not in keys and not facts.without_lettings:
            message = "The questions on Choice Based Lettings are not in this tenant survey. Put them back or say why."
            yield _block("S09", message, part="lettings", source="SUR-07")
        if INTERNET not in keys:
            yield _warn("S09", "The question on getting online is not in this tenant survey.", source="PROF-18")
    if not any(one.kind is QuestionKind.TEXT and one.comment for one in instrument.questions()):
        yield _warn("S09", "There is no free text in which somebody can suggest something.", source="SUR-04")


def _days(facts: Facts, on: date) -> Iterator[Finding]:
    """S10: the days are there and in order."""
    if facts.opens_on is None:
        yield _block("S10", "Say on which day the survey opens.", part="dates")
    if facts.closes_on is None and not facts.rolling:
        yield _block("S10", "Say on which day the survey closes.", part="dates")
    if facts.opens_on and facts.closes_on:
        if facts.closes_on < facts.opens_on:
            yield _block("S10", "The survey would close before it opens.", part="dates")
        if facts.every_months:
            try:
                lifecycle.next_span(lifecycle.Span(facts.opens_on, facts.closes_on), facts.every_months)
            except Refused as refused:
                yield _block("S10", refused.message, part="dates")
    if facts.closes_on and facts.closes_on < on and not facts.rolling:
        yield _block("S10", f"The last day, {spoken(facts.closes_on)}, has passed.", part="dates")
    if facts.every_months and not facts.closes_on:
        yield _block("S10", "A recurring survey needs a last day.", part="dates")
    if facts.results_due_on is None and not facts.rolling:
        yield _block("S10", "Say by when the results are published.", part="dates", source="SUR-09")
    elif facts.results_due_on and facts.closes_on and facts.results_due_on < facts.closes_on:
        yield _block("S10", "The results would be due before the survey closes.", part="dates", source="SUR-09")


def _facts(facts: Facts) -> Iterator[Finding]:
    """S11 to S13: the ways to answer, the sample, the reason, the firm."""
    if not facts.modes:
        yield _block("S11", "Choose at least one way to answer.", part="facts")
    if facts.draw is not Draw.OPEN and not facts.rolling and not facts.sample_drawn:
        message = "Nobody has been drawn yet. Freeze the population and draw the sample, or open it to anybody."
        yield _block("S12", message, part="sample")
    if not facts.purpose.strip():
        yield _warn("S13", "Say why this is asked: the privacy notice needs it.", part="facts")
    if facts.firm and not facts.agreement:
        message = f"No data-sharing agreement with {facts.firm} is recorded, so no sample can be handed to it."
        yield _warn("S13", message, part="facts", source="SUR-11")


def _locked(instrument: Instrument, facts: Facts, edition: Instrument) -> Iterator[Finding]:
    """S14: the prescribed questions are as they are prescribed, in the edition of the day (SUR-18)."""
    for one in tsm.differences(instrument, edition, landlord=facts.landlord, stock=facts.stock):
        yield _block("S14", f"{one.message} {tsm.REASON}", part=f"question/{one.code}", source="SUR-18")
    for code, language in tsm.translated(instrument):
        message = f"{code} is put in “{language}” too. Have somebody compare it with the English wording."
        yield _warn("S14", message, part=f"question/{code}", source="SUR-18")
    if facts.opens_on and facts.edition_of_the_day != facts.locked_set:
        then = facts.edition_of_the_day or "none"
        message = f"The edition of the day on which this survey opens is {then}, and it carries {facts.locked_set}."
        yield _warn("S14", message, part="dates", source="SUR-18")
