"""Print a review in the manners in which reviews have been printed, with invented answers."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

from hearth.reviews.rules.form import Form, Question

ANSWERS: dict[int, str] = {
    1: "The Parking Permit Procedure says who may park on estates and how a permit is asked for.",
    2: "Tenants and leaseholders who live on an estate with a car park.",
    3: "No KPI related to this activity. It serves the corporate aim of tidy estates.",
    4: "The procedure has regard to the Traffic Management Act 2004. The landlord has discretion about fees.",
    5: "The landlord owns 900 garages. Nothing else is held about those who rent them.",
    6: "A survey of garage tenants took place in May 2024. The results show that signs are hard to read.",
    7: "Nothing is known about leaseholders, especially working hours and access needs.",
    9: "There is no reason to think that a permit matters more to one of these groups.",
    10: "There are no known circumstances in which the warden service would have such an effect.",
    11: "None.",
    13: "Head of Legal Services & Director of Estates and Parking",
    14: "☒ Yes ☐ No",
    15: "Refusals will be looked at every six months.",
    16: "This review will be looked at again on 5 May 2027.",
}
ACTION = ("Working hours", "Ask leaseholders", "Hours are known", "May 2025", "At team meetings", "Parking Officer")
SIGNED = "Agreed by Legal Services – 3 October 2024"


def wording(form: Form, question: Question) -> str:
    """The whole wording of a question as the form prints it."""
    parts = [f"{p.letter}) {form.say(p.wording)}" for p in question.parts if not p.answers]
    return " ".join([form.say(question.wording), *parts])


def printed_review(
    form: Form, *, style: str = "columns", answers: Mapping[int, str] = ANSWERS, tick: str = "\\boxtimes"
) -> str:
    """The text of a review; `style` is columns, glued, markdown or lines."""
    lines = [form.title, "", "Assessment details"]
    details = (
        "Parking Permit Procedure",
        "May 2024",
        "Estates",
        "Parking Manager / Estates Manager",
        "Parking Officer",
    )
    lines += [f"{label}\t{value}" for label, value in zip(form.details.values(), details, strict=True)]
    for step in form.steps:
        lines += ["", f"Step {step.number}: {step.title}"]
        for question in step.questions:
            lines += _question(form, question, style, answers.get(question.number, ""))
            if question.answers == "impacts":
                lines += _matrix(form, tick)
            for part in question.parts:
                if part.answers:
                    lines += [f"{part.letter}) {part.wording}", "", "\t".join(part.columns)]
                    lines += ["\t".join(ACTION) if part.letter == "a" else "N/A\t\t\t\t\t", ""]
    return "\n".join([*lines, "", SIGNED, ""])


def _question(form: Form, question: Question, style: str, answer: str) -> list[str]:
    said = wording(form, question)
    if style == "columns":
        return [f"{question.number}.\t{said}\t{answer}"]
    if style == "glued":
        return [f"{question.number}. {said}\t{answer}"]
    if style == "markdown":
        return [f"- {question.number}. {said}", "", answer, ""]
    return [*textwrap.wrap(f"{question.number}. {said}", 80), *textwrap.wrap(answer, 80), ""]


def _matrix(form: Form, tick: str) -> list[str]:
    rows = ["\t".join(form.columns)]
    rows += [f"{row.label}\t\t\t{tick}\t" for row in form.characteristics]
    return [*rows, "", form.footnotes[0], ""]
