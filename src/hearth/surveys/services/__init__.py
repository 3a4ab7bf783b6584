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
from hearth.surveys.services.comments import check_comment
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
from hearth.surveys.services.firmfile import (
    bring_in_steps,
    check_firm_file,
    columns_of,
    keep_firm_file,
    look_at_firm_file,
    note_columns,
    seen_of,
    set_mapping,
    start_firm_file,
    take_back_firm_file,
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
from hearth.surveys.services.prizes import draw_prizes, forget_entries
from hearth.surveys.services.results import compute, due, mark_analysed, publish, tell_results, write_approach
from hearth.surveys.services.sample import draw_sample, freeze_population, leave_out, take_back
from hearth.surveys.services.shops import assign_shop, close_shop, complete_shop, improve
from hearth.surveys.services.weighting import set_weighting

__all__ = [
    "AnswersRefused",
    "Told",
    "add_source",
    "add_survey",
    "assign_shop",
    "bring_in_steps",
    "call_back",
    "change_facts",
    "check_comment",
    "check_firm_file",
    "close_shop",
    "close_survey",
    "columns_of",
    "complete_shop",
    "compute",
    "draw_prizes",
    "draw_sample",
    "drop_draft",
    "due",
    "due_reminders",
    "edit",
    "end_source",
    "enter_draw",
    "follow",
    "forget_entries",
    "freeze_population",
    "hand_over",
    "hear",
    "improve",
    "invite",
    "keep_days",
    "keep_firm_file",
    "leave_out",
    "look_at_firm_file",
    "mark_analysed",
    "new_key",
    "next_round",
    "note_columns",
    "note_event",
    "note_refusal",
    "note_wrong_code",
    "open_survey",
    "publish",
    "put_in",
    "remind",
    "remind_of_results",
    "remove_lettings",
    "save_draft",
    "seen_of",
    "send_batch",
    "set_mapping",
    "set_trigger",
    "set_weighting",
    "start_firm_file",
    "stop_recurring",
    "submit",
    "take_back",
    "take_back_firm_file",
    "tell_results",
    "unlink",
    "unlink_late",
    "use_version",
    "write_approach",
]
