"""One form for each part of a review, chosen by the part's key and never by a question's number.

Answers may be given in pieces: what is still missing is told by the checks. A form refuses only what cannot be
understood, such as a word where a number stands. What a form does not show stays as it is.
"""

from __future__ import annotations

from hearth.reviews.forms.impacts import Impact
from hearth.reviews.forms.parts import PartForm, Sources
from hearth.reviews.forms.planning import Approval, Committee, ImpactActions, InformationActions, Monitoring, NextReview
from hearth.reviews.forms.scoping import Affected, Aims, Contribution, Details, Dictated, Duty
from hearth.reviews.forms.telling import Consultation, Gaps, Partners, PlainText, Profile

__all__ = ["FORMS", "PartForm", "Sources", "form_for"]

FORMS: dict[str, type[PartForm]] = {
    "details": Details,
    "aims": Aims,
    "affected": Affected,
    "contribution": Contribution,
    "dictated": Dictated,
    "profile": Profile,
    "consultation": Consultation,
    "gaps": Gaps,
    "duty": Duty,
    "explanation": PlainText,
    "partners": Partners,
    "comments": PlainText,
    "information_actions": InformationActions,
    "impact_actions": ImpactActions,
    "approval": Approval,
    "committee": Committee,
    "monitoring": Monitoring,
    "next_review": NextReview,
}


def form_for(key: str) -> type[PartForm]:
    """The form of a part: its own, that of a row of the matrix, or plain text for a question of one form only."""
    if key.startswith("impacts."):
        return Impact
    return PlainText if key.startswith("extra.") else FORMS[key]
