"""What the regulator's perception return asks for, in its own order, and what to look at before it goes out.

Facts and order as in the data dictionary of the 2024-25 return (reference 1.2, 1.4, 2.2 and 4.1); the traps are those
of section 4.5 that a perception survey can fall into. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hearth.kernel.findings import Finding, Level
from hearth.kernel.words import listed

Plain = Mapping[str, Any]

# The return's methods in its own order; what is none of them is "Other".
METHODS = (
    ("telephone", "Telephone"),
    ("web", "Internet"),
    ("face", "Face to face"),
    ("paper", "Postal"),
    ("sms", "SMS"),
    ("other", "Other"),
)
MOST_CHARACTERISTICS = 5
SCALE = ("Very satisfied", "Fairly satisfied", "Neither", "Fairly dissatisfied", "Very dissatisfied")
AGREE = ("Strongly agree", "Agree", "Neither", "Disagree", "Strongly disagree")
MODE_SHIFT = 5.0  # points by which a method's share of the responses may change before a trend needs it beside it
SOURCE = "Traps in real returns, reference 4.5"


@dataclass(frozen=True)
class Row:
    """One line of the return: its heading, the question and the answer as it is entered."""

    heading: str
    question: str
    answer: str


@dataclass(frozen=True)
class Survey:
    """What of the survey itself the return asks for."""

    tenure: str
    draw: str
    left_out: Sequence[tuple[str, int]]
    firm: str
    firm_role: str
    method: str
    characteristics: Sequence[str]


def rows(part: Plain, survey: Survey) -> Iterator[Row]:
    """The return of one tenure, line by line; counts are exact, weighted ones with one decimal place."""
    weighted = bool(part["weighting"])
    yield Row("The survey", "Tenure", survey.tenure)
    yield Row("The survey", "Relevant tenant population (households)", _whole(part["population"]))
    yield Row("The survey", "Households left out under paragraph 63", _whole(sum(n for _, n in survey.left_out)))
    yield Row("The survey", "Broad reason", listed([why for why, number in survey.left_out if number]))
    yield Row("The survey", "Census or sample", "Census" if survey.draw == "census" else "Sample")
    yield Row("The survey", "Total responses", _whole(part["responses"]))
    yield Row("The survey", "Required minimum sample size", _whole(part["required"]))
    yield Row("The survey", "Margin of error (percentage points)", _places(part["margin"], 2))
    yield Row("The survey", "External contractor", survey.firm or "None")
    yield Row("The survey", "What the contractor did", survey.firm_role)
    yield from _methods(part, weighted)
    yield Row("Weighting", "Were responses weighted?", "Yes" if weighted else "No")
    for number in range(MOST_CHARACTERISTICS):
        name = survey.characteristics[number] if weighted and number < len(survey.characteristics) else ""
        yield Row("Weighting", f"Characteristic {number + 1}", name)
    for one in part["measures"]:
        yield from _measure(one, weighted)


def _methods(part: Plain, weighted: bool) -> Iterator[Row]:
    tp01 = next((one for one in part["measures"] if one["code"] == "TP01"), None)
    by_mode = {line["mode"]: line for line in tp01["modes"]} if tp01 else {}
    for mode, words in METHODS:
        line = by_mode.get(mode)
        yield Row("Responses by method", words, _whole(line["responses"] if line else 0))
    basis = "weighted" if weighted else "unweighted"
    for mode, words in METHODS:
        line = by_mode.get(mode)
        answer = "" if line is None else "[S]" if line["suppressed"] else _places(line["pct"], 1)
        yield Row(f"TP01 by method, {basis}", words, answer)


def _measure(one: Plain, weighted: bool) -> Iterator[Row]:
    code, words = one["code"], AGREE if one["code"] == "TP08" else SCALE
    if one["yes"] is not None:
        yield Row(code, "Filter: yes", _count(one["yes"], weighted))
        yield Row(code, "Filter: no", _count(one["no"], weighted))
    for label, number in zip(words, one["scale"], strict=True):
        yield Row(code, label, _count(number, weighted))
    if code in ("TP05", "TP06", "TP07", "TP08", "TP11", "TP12"):
        yield Row(code, "Not applicable/ don't know", _count(one["not_applicable"], weighted))
    if code == "TP01" and weighted:
        for label, number in zip(words, one["counts"], strict=True):
            yield Row("TP01 unweighted", label, _whole(number))
    yield Row(code, "Per cent", one["printed"])


def _whole(value: float | None) -> str:
    return "" if value is None else f"{value:.0f}"


def _places(value: float | None, places: int) -> str:
    return "" if value is None else f"{value:.{places}f}"


def _count(value: float, weighted: bool) -> str:
    return f"{value:.1f}" if weighted else f"{value:.0f}"


# --- what to look at before


def findings(result: Plain, *, weighting: str, former: Plain | None = None) -> tuple[Finding, ...]:
    """What to look at before results are published. Checks warn; people decide. `weighting` is its method."""
    found: list[Finding] = []
    for part in result["parts"]:
        found += [*_basis(part), *_accuracy(part), *_likeness(part, weighting), *_empty(part)]
    found += [_warn("R08", sentence) for sentence in result["warnings"]]
    found += [_warn("R09", note) for part in result["parts"] for note in part["notes"]]
    if former is not None:
        found += _shift(result, former)
    return tuple(found)


def _warn(code: str, message: str, source: str = "") -> Finding:
    return Finding(code, Level.WARN, message, source=source)


def _inform(code: str, message: str, source: str = "") -> Finding:
    return Finding(code, Level.INFORM, message, source=source)


def _basis(part: Plain) -> Iterator[Finding]:
    """Trap 3: marked as weighted though nothing moved; methods that cannot belong to the whole. Trap 10: rounding."""
    tp01 = next((one for one in part["measures"] if one["code"] == "TP01"), None)
    if tp01 is None:
        return
    if part["weighting"] and [round(number, 1) for number in tp01["scale"]] == [float(n) for n in tp01["counts"]]:
        yield _warn(
            "R03", "The results are marked as weighted, yet the weighted and unweighted counts of TP01 are the same. "
            "Look at the weights, or publish the results as unweighted.", f"{SOURCE}, no. 3",
        )  # fmt: skip
    told = [line["pct"] for line in tp01["modes"] if line["pct"] is not None]
    whole = tp01["pct"]
    every = not any(line["suppressed"] for line in tp01["modes"])
    if told and every and whole is not None and (whole < min(told) - 0.05 or whole > max(told) + 0.05):
        yield _warn(
            "R03", f"TP01 is {whole:.1f}%, outside what the methods give ({min(told):.1f}% to {max(told):.1f}%). That "
            "cannot be on one basis.", f"{SOURCE}, no. 3",
        )  # fmt: skip
    if part["weighting"] and any(one["yes"] is not None for one in part["measures"]):
        yield _inform(
            "R10", "Weighted counts are entered with one decimal place, so that yes and no of a filter need not add up "
            "to the answers exactly.", f"{SOURCE}, no. 10",
        )  # fmt: skip


def _accuracy(part: Plain) -> Iterator[Finding]:
    if part["reached"] is False:
        yield _warn("R01", part["verdict"], "Tenant survey requirements, reference 2.1")


def _likeness(part: Plain, weighting: str) -> Iterator[Finding]:
    advised = [one["words"].lower() for one in part["represented"] if one["advised"]]
    if advised and not weighting:
        yield _warn(
            "R02", f"The responses are not like the population by {listed(advised)}, and nobody has decided on weights "
            "yet. Choose weights, or record why there are none.", "Reference 2.2: representativeness",
        )  # fmt: skip
    if part["weighting"] and not part["weighting"]["converged"]:
        yield _warn("R02", part["weighting"]["warnings"][0], "Reference 2.2: weighting")


def _empty(part: Plain) -> Iterator[Finding]:
    nobody = [one["code"] for one in part["measures"] if one["pct"] is None]
    if nobody:
        yield _warn("R04", f"Nobody is in the base of {listed(nobody)}, so there is no percentage.")


def _shift(result: Plain, former: Plain) -> Iterator[Finding]:
    """Trap 11: a trend across two mixes of methods compares two ways of asking."""
    then, now = _shares(former["modes"]), _shares(result["modes"])
    moved = [mode for mode in then | now if abs(now.get(mode, 0) - then.get(mode, 0)) >= MODE_SHIFT]
    if moved:
        words = dict(METHODS)
        told = listed(
            f"{words.get(mode, mode).lower()} from {then.get(mode, 0):.0f} to {now.get(mode, 0):.0f}%"
            for mode in sorted(moved)
        )
        yield _warn(
            "R11", f"The mix of methods has changed since last time ({told} of the responses). Show it beside every "
            "comparison, and say so in item k.", f"{SOURCE}, no. 11",
        )  # fmt: skip


def _shares(modes: Mapping[str, int]) -> dict[str, float]:
    whole = sum(modes.values())
    return {mode: 100 * number / whole for mode, number in modes.items()} if whole else {}
