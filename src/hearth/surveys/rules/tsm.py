"""The tenant satisfaction measures are locked: wording, order, options and filters are the regulator's (SUR-18).

What may be added is decided from section 1.4 of the reference on tenant satisfaction measures: "TP01 comes first,
before anything else that could colour it; extra questions allowed", as landlords do who ask in an open question why
TP01 was answered as it was. The precise clause on order was not found, so the cautious reading holds here: after a
prescribed question only free text may stand, never between a filter and what it opens; every other question comes
after the last prescribed one. An option that is never read out or shown (`silent`) may note a refusal, outside the
base. The lock is on the English words; a translation can only be compared by a person, and is named by a check before
opening.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hearth.kernel.refusals import Refused
from hearth.surveys.rules.building import named
from hearth.surveys.rules.instrument import ENGLISH, Instrument, Option, Question, said
from hearth.surveys.rules.kinds import QuestionKind
from hearth.surveys.rules.ready import for_stock

REASON = "The regulator drops the whole perception return of a landlord whose questions differ from its own."


@dataclass(frozen=True)
class Difference:
    """Where a questionnaire departs from the prescribed set: the question, and one sentence."""

    code: str
    message: str


def check_locked(instrument: Instrument, edition: Instrument, *, landlord: str, stock: str) -> None:
    """Refuse a questionnaire that departs from the prescribed set, naming the question and the reason (SUR-18).

    `edition` is the ready questionnaire of the set, with or without the placeholder; `landlord` is the name that must
    stand in its wording; `stock` is "lcra", "lcho" or "" for both in one survey.
    """
    first = next(differences(instrument, edition, landlord=landlord, stock=stock), None)
    if first is not None:
        raise Refused(f"{first.message} {REASON}")


def prescribed(edition: Instrument, *, landlord: str, stock: str) -> tuple[Question, ...]:
    """The locked questions of an edition in order, as they must be asked of a kind of stock."""
    whole = for_stock(named(edition, landlord), stock)
    return tuple(question for question in whole.questions() if question.locked)


def differences(instrument: Instrument, edition: Instrument, *, landlord: str, stock: str) -> Iterator[Difference]:
    """Everything in which a questionnaire departs from the prescribed set, in the order of the set."""
    wanted = prescribed(edition, landlord=landlord, stock=stock)
    every = {question.code for question in edition.questions() if question.locked}
    asked = list(instrument.questions())
    yield from _presence(asked, wanted, every)
    by_code = {question.code: question for question in asked}
    for question in wanted:
        if question.code in by_code:
            yield from _one(by_code[question.code], question, stock=stock)
    yield from _order(asked, wanted)
    yield from _between(asked, wanted)


def _presence(asked: list[Question], wanted: tuple[Question, ...], every: set[str]) -> Iterator[Difference]:
    codes = [question.code for question in asked]
    wanted_codes = {question.code for question in wanted}
    for question in wanted:
        if question.code not in codes:
            yield Difference(question.code, f"{question.code} is missing.")
        elif codes.count(question.code) > 1:
            yield Difference(question.code, f"{question.code} is asked twice.")
    for code in codes:
        if code in every and code not in wanted_codes:
            yield Difference(code, f"{code} is asked of low-cost rental tenants only, so it is not in this survey.")


def _one(found: Question, wanted: Question, *, stock: str) -> Iterator[Difference]:
    code = wanted.code
    if said(found.words) != said(wanted.words):
        yield Difference(code, f"The wording of {code} must be “{said(wanted.words)}”")
    if found.kind != wanted.kind:
        yield Difference(code, f"{code} must stay a question of the kind “{wanted.kind.label.lower()}”.")
    if any(found.hint.values()):
        yield Difference(code, f"{code} has no hint or explanation.")
    if _offered(found) != _offered(wanted):
        yield Difference(code, _options(found, wanted))
    if any(option.silent and not option.missing for option in found.options):
        yield Difference(code, f"An option of {code} that is not read out may not count as an answer.")
    if found.only_if != wanted.only_if:
        yield Difference(code, _filter(wanted))
    if found.stock != wanted.stock and not stock:
        who = "low-cost rental tenants only" if wanted.stock else "everybody"
        yield Difference(code, f"{code} is asked of {who}.")
    if found.locked != wanted.locked:
        yield Difference(code, f"{code} must stay marked as prescribed.")


def _offered(question: Question) -> tuple[tuple[str, str, bool, bool], ...]:
    """What can be chosen: codes, English words and what counts."""
    return tuple((one.code, said(one.words), one.missing, one.alone) for one in _shown(question))


def _shown(question: Question) -> tuple[Option, ...]:
    return tuple(option for option in question.options if not option.silent)


def _options(found: Question, wanted: Question) -> str:
    words = [said(one.words) for one in _shown(wanted)]
    has, had = {said(one.words) for one in _shown(found)}, set(words)
    code = wanted.code
    added = [said(one.words) for one in _shown(found) if said(one.words) not in had]
    if added:
        return f"{code} may not offer “{added[0]}”: its answers are {_listed(words)}."
    lost = [one for one in words if one not in has]
    if lost:
        return f"{code} must offer “{lost[0]}”: its answers are {_listed(words)}."
    return f"The answers of {code} must be these, in this order: {_listed(words)}."


def _listed(words: list[str]) -> str:
    return " · ".join(words)


def _filter(wanted: Question) -> str:
    if wanted.only_if is None:
        return f"{wanted.code} is asked of everybody, without a filter."
    return f"{wanted.code} is asked of those who answered yes to {wanted.only_if.question}."


def _order(asked: list[Question], wanted: tuple[Question, ...]) -> Iterator[Difference]:
    order = [question.code for question in wanted]
    found = [question.code for question in asked if question.code in set(order)]
    expected = [code for code in order if code in set(found)]
    for is_here, should_be in zip(found, expected, strict=False):
        if is_here != should_be:
            yield Difference(should_be, f"{should_be} must come before {is_here}: the order is prescribed.")
            return


def _between(asked: list[Question], wanted: tuple[Question, ...]) -> Iterator[Difference]:
    """What may not stand where it stands: before the first, or among the prescribed questions."""
    prescribed_codes = {question.code for question in wanted}
    opened = {question.only_if.question for question in wanted if question.only_if}
    places = [at for at, question in enumerate(asked) if question.code in prescribed_codes]
    if not places or not wanted:
        return
    first, last = wanted[0].code, places[-1]
    for at, question in enumerate(asked):
        if question.code in prescribed_codes:
            continue
        if at < places[0]:
            yield Difference(first, f"Nothing may be asked before {first}, and {question.code} is.")
            continue
        if at > last:
            return
        before = next(one.code for one in reversed(asked[:at]) if one.code in prescribed_codes)
        if before in opened:
            yield Difference(before, f"Nothing may stand between {before} and what it opens, and {question.code} does.")
        elif question.kind is not QuestionKind.TEXT:
            yield Difference(
                before,
                f"Only a question in free text may follow {before}; move {question.code} behind the last of the set.",
            )


def translated(instrument: Instrument) -> tuple[tuple[str, str], ...]:
    """The prescribed questions that are put in other words than English ones, as (code, language)."""
    return tuple(
        (question.code, language)
        for question in instrument.questions()
        if question.locked
        for language, words in question.words.items()
        if language != ENGLISH and words
    )
