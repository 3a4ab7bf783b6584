"""Every way to change what this room keeps: one verb a function."""

from hearth.surveys.services.answering import AnswersRefused, enter_draw, submit
from hearth.surveys.services.building import add_survey
from hearth.surveys.services.drafts import note_wrong_code, save_draft

__all__ = [
    "AnswersRefused",
    "add_survey",
    "enter_draw",
    "note_wrong_code",
    "save_draft",
    "submit",
]
