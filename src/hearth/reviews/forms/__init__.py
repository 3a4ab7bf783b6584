"""The shapes of answers: beginning a review, its screening, and one form for each part of it."""

from hearth.reviews.forms.answers import FORMS, PartForm, form_for
from hearth.reviews.forms.beginning import Begin, Find, Nothing, NotRequired, Reason, Screening
from hearth.reviews.forms.evidence import Evidence, InsertProfile

__all__ = [
    "FORMS",
    "Begin",
    "Evidence",
    "Find",
    "InsertProfile",
    "NotRequired",
    "Nothing",
    "PartForm",
    "Reason",
    "Screening",
    "form_for",
]
