"""The "summary of survey approach", items a to k, written from what the system knows (reference 2.3; SUR-18).

It must be clearly available beside each set of perception results. Items a to e are confirmed by landlords' pages that
use the regulator's letters; the exact words of f to k are not, so the headings here are Hearth's own. Officers may add
to every item. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from hearth.kernel.days import spoken
from hearth.kernel.words import listed

HEADINGS = {
    "a": "Number of responses",
    "b": "When the survey was done",
    "c": "How people could answer",
    "d": "How people were chosen",
    "e": "How far those who answered are like all our tenants",
    "f": "Weighting",
    "g": "Who carried it out",
    "h": "Households that were left out",
    "i": "If too few answered",
    "j": "Incentives",
    "k": "Anything else that bears on the results",
}
DRAWS = {
    "census": "Every household was asked (a census).",
    "random": "A simple random sample of households was drawn.",
    "stratified": "A random sample was drawn within groups of households (a stratified sample).",
    "quota": "Households were drawn within groups until each had enough answers (quotas).",
    "open": "The survey was open to anybody. Its answers speak for nobody but those who gave them.",
}
METHODS = {"raking": "raking", "poststratification": "post-stratification"}


@dataclass(frozen=True)
class Facts:
    """What is known of a survey that its summary must tell."""

    landlord: str
    responses: int
    opens_on: date | None
    closes_on: date | None
    modes: Mapping[str, int]  # words of the way of answering: responses
    draw: str
    population: int | None
    drawn: int
    asked: int
    rate: float | None
    parts: Sequence[Mapping[str, Any]]  # of the treated result
    method: str = "none"
    characteristics: Sequence[str] = ()
    why_weighted: str = ""
    firm: str = ""
    firm_role: str = ""
    left_out: Sequence[tuple[str, int]] = ()  # broad reasons of paragraph 63 with numbers
    incentive: str = ""
    follows: str = ""  # the earlier survey that results are compared with
    mode_warnings: Sequence[str] = ()


@dataclass(frozen=True)
class Item:
    """One item: its letter, heading, what the system says, and what officers added."""

    letter: str
    heading: str
    said: str
    added: str = ""


def items(facts: Facts, added: Mapping[str, str]) -> tuple[Item, ...]:
    """Items a to k in order."""
    written = {
        "a": _responses(facts),
        "b": _timing(facts),
        "c": _modes(facts),
        "d": _sampling(facts),
        "e": _represented(facts),
        "f": _weighting(facts),
        "g": _firm(facts),
        "h": _left_out(facts),
        "i": _too_few(facts),
        "j": f"Incentive: {facts.incentive}" if facts.incentive else "No incentive was offered.",
        "k": _other(facts),
    }
    return tuple(Item(letter, HEADINGS[letter], said, added.get(letter, "")) for letter, said in written.items())


def _responses(facts: Facts) -> str:
    found = [f"{facts.responses:,} responses."]
    for part in facts.parts:
        of = f" of {part['population']:,} households" if part.get("population") else ""
        if len(facts.parts) > 1 and part["responses"] is not None:
            found.append(f"{part['words']}: {part['responses']:,}{of}.")
        if part.get("margin") is not None:
            name = f"For {part['words'].lower()} the" if len(facts.parts) > 1 else "The"
            found.append(f"{name} margin of error is {part['margin']:.1f} percentage points either way.")
    if facts.rate is not None:
        found.append(f"{facts.rate:.1f}% of those who were asked answered.")
    return " ".join(found)


def _timing(facts: Facts) -> str:
    if facts.opens_on is None:
        return "The days are not recorded."
    if facts.closes_on is None:
        return f"From {spoken(facts.opens_on)} on."
    return f"From {spoken(facts.opens_on)} to {spoken(facts.closes_on)}."


def _modes(facts: Facts) -> str:
    used = [f"{words.lower()} ({number:,})" for words, number in facts.modes.items() if number]
    return f"Responses by method: {listed(used)}." if used else "Nobody has answered yet."


def _sampling(facts: Facts) -> str:
    found = [DRAWS.get(facts.draw, "")]
    if facts.population:
        found.append(f"There are {facts.population:,} households in the population.")
    if facts.drawn and facts.draw != "census":
        found.append(f"{facts.drawn:,} of them were drawn.")
    if facts.asked:
        found.append(f"{facts.asked:,} were asked.")
    return " ".join(one for one in found if one)


def _represented(facts: Facts) -> str:
    found = []
    for part in facts.parts:
        lines = [one["sentence"] for one in part.get("represented", ())]
        if lines:
            names = listed([one["words"].lower() for one in part["represented"]])
            found.append(f"The responses were compared with the population by {names}. {' '.join(lines)}")
    return (
        " ".join(found) or "The responses could not be compared with the population: nothing is known of it by group."
    )


def _weighting(facts: Facts) -> str:
    if facts.method not in METHODS or not facts.characteristics:
        return "The results are not weighted."
    why = f" {facts.why_weighted}" if facts.why_weighted else ""
    return (
        f"The results are weighted by {listed([one.lower() for one in facts.characteristics])} "
        f"({METHODS[facts.method]}).{why}"
    )


def _firm(facts: Facts) -> str:
    if not facts.firm:
        return f"{facts.landlord} carried out the survey itself. No contractor was used."
    role = f": {facts.firm_role}" if facts.firm_role else ""
    return f"{facts.firm}{role}".rstrip(".") + "."


def _left_out(facts: Facts) -> str:
    total = sum(number for _, number in facts.left_out)
    if not total:
        return "No household was left out."
    reasons = listed([f"{why[:1].lower()}{why[1:]} ({number:,})" for why, number in facts.left_out if number])
    return f"{total:,} households were left out, in exceptional circumstances: {reasons}."


def _too_few(facts: Facts) -> str:
    short = [part for part in facts.parts if part.get("required") and (part["responses"] or 0) < part["required"]]
    if not short:
        return "Enough households answered for the accuracy that the regulator asks for."
    return " ".join(part["verdict"] for part in short)


def _other(facts: Facts) -> str:
    found = list(facts.mode_warnings)
    if facts.follows:
        found.insert(0, f"The results are compared with those of {facts.follows}.")
    return " ".join(found) or "Nothing else is known that bears on the results."
