"""Every way to change what this room keeps: one verb a function."""

from hearth.surveys.services.answering import AnswersRefused, enter_draw, submit
from hearth.surveys.services.building import add_survey
from hearth.surveys.services.drafts import note_wrong_code, save_draft
from hearth.surveys.services.inviting import due_reminders, invite, note_refusal, remind, send_batch
from hearth.surveys.services.sample import draw_sample, freeze_population, leave_out, take_back

__all__ = [
    "AnswersRefused",
    "add_survey",
    "draw_sample",
    "due_reminders",
    "enter_draw",
    "freeze_population",
    "invite",
    "leave_out",
    "note_refusal",
    "note_wrong_code",
    "remind",
    "save_draft",
    "send_batch",
    "submit",
    "take_back",
]
