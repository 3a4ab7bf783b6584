"""Every way to change what this room keeps: one verb a function."""

from hearth.surveys.services.answering import AnswersRefused, enter_draw, submit
from hearth.surveys.services.building import (
    add_survey,
    change_facts,
    edit,
    put_in,
    remove_lettings,
    use_version,
)
from hearth.surveys.services.drafts import drop_draft, new_key, note_wrong_code, save_draft
from hearth.surveys.services.events import (
    Told,
    add_source,
    call_back,
    end_source,
    follow,
    hear,
    note_event,
    set_trigger,
)
from hearth.surveys.services.handover import hand_over
from hearth.surveys.services.inviting import due_reminders, invite, note_refusal, remind, send_batch
from hearth.surveys.services.lifecycle import (
    close_survey,
    keep_days,
    next_round,
    open_survey,
    remind_of_results,
    stop_recurring,
)
from hearth.surveys.services.privacy import unlink, unlink_late
from hearth.surveys.services.sample import draw_sample, freeze_population, leave_out, take_back
from hearth.surveys.services.shops import assign_shop, close_shop, complete_shop, improve

__all__ = [
    "AnswersRefused",
    "Told",
    "add_source",
    "add_survey",
    "assign_shop",
    "call_back",
    "change_facts",
    "close_shop",
    "close_survey",
    "complete_shop",
    "draw_sample",
    "drop_draft",
    "due_reminders",
    "edit",
    "end_source",
    "enter_draw",
    "follow",
    "freeze_population",
    "hand_over",
    "hear",
    "improve",
    "invite",
    "keep_days",
    "leave_out",
    "new_key",
    "next_round",
    "note_event",
    "note_refusal",
    "note_wrong_code",
    "open_survey",
    "put_in",
    "remind",
    "remind_of_results",
    "remove_lettings",
    "save_draft",
    "send_batch",
    "set_trigger",
    "stop_recurring",
    "submit",
    "take_back",
    "unlink",
    "unlink_late",
    "use_version",
]
