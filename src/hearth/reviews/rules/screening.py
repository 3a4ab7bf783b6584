"""The first look: is a full assessment needed? (CAR-04; reference 1.4, the default rule)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hearth.kernel.refusals import Refused
from hearth.reviews.rules.form import Form

ADVERSE = {"yes", "unknown"}  # "don't know or no information" counts like "yes": what is not known must be found out


@dataclass(frozen=True)
class Decision:
    """Whether to assess in full, with the reason in words that can stand in the record."""

    full: bool
    reason: str
    aims: tuple[str, ...]


def decide(answers: Mapping[str, Any], form: Form) -> Decision:
    """Full assessment where an aim is relevant and a characteristic is adverse or unknown, or resources change much.

    `answers` holds one entry a screening question: aims a list of letters, yes_no "yes" or "no", per_characteristic
    a mapping of code to "yes", "no" or "unknown". Raises Refused naming what is not answered.
    """
    unanswered = [
        q.wording for q in form.screening if q.kind != "text" and q.kind != "aims" and not answers.get(q.code)
    ]
    if unanswered:
        raise Refused(f"Answer this first: {unanswered[0]}")
    aims = tuple(answers.get("aims") or ())
    adverse = answers.get("adverse") or {}
    missing = [c.label for c in form.characteristics if not adverse.get(c.code)]
    if missing:
        raise Refused(f"Say for each group whether an adverse impact is likely. Missing: {', '.join(missing)}.")
    hit = [c.label for c in form.characteristics if adverse[c.code] in ADVERSE]
    if answers.get("resources") == "yes":
        return Decision(True, "Significant resources are committed or removed.", aims)
    if aims and hit:
        return Decision(
            True, f"An aim of the duty is relevant, and an impact is likely or not known: {', '.join(hit)}.", aims
        )
    if aims:
        return Decision(False, "An aim of the duty is relevant, but no adverse impact is likely for any group.", aims)
    return Decision(False, "No aim of the duty is relevant.", aims)


def check_not_required(*, reason: str, approver_is_officer: bool) -> None:
    """A full assessment may be left out only with a reason, agreed by somebody else (data/states.yaml)."""
    if len(reason.split()) < 5:
        raise Refused("Give the reason in a sentence: it is what a court would read.", field="reason")
    if approver_is_officer:
        raise Refused("Somebody else must agree that no full assessment is needed.")
